"""Words of this app that code compares: roles, rights and marketplaces a sub-account may use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A Django group each; what a role may do is in RIGHTS_OF."""

    BUYER = "buyer", _("Buyer")
    MANAGER = "manager", _("Manager")
    FINANCE = "finance", _("Finance")
    WAREHOUSE = "warehouse", _("Warehouse")
    ADMIN = "admin", _("Admin")


class Right(models.TextChoices):
    """What services ask for. Stored as Django permissions `accounts.<value>`."""

    ASK = "ask", _("Find goods, fill a cart, ask for them")
    APPROVE = "approve", _("Approve what their department asks for")
    APPROVE_AS_FINANCE = "approve_as_finance", _("Be asked above the company limit")
    PAY = "pay", _("Release and watch payments")
    SEE_DEPARTMENT = "see_department", _("See their department's requests and orders")
    SEE_ALL = "see_all", _("See everyone's requests and orders")
    SEE_PRICES = "see_prices", _("See prices")
    RECEIVE = "receive", _("Count goods in")
    CONFIRM_TO_SELLER = "confirm_to_seller", _("Confirm receipt to the seller")
    SETTLE_STUCK = "settle_stuck", _("Decide about stuck commands")
    SEE_CONNECTIONS = "see_connections", _("See the connections to the platform")
    MANAGE_DESK = "manage_desk", _("Manage people, sub-accounts, rates and limits")


RIGHTS_OF: dict[Role, tuple[Right, ...]] = {
    Role.BUYER: (Right.ASK, Right.SEE_PRICES, Right.RECEIVE, Right.CONFIRM_TO_SELLER),
    Role.MANAGER: (
        Right.ASK,
        Right.APPROVE,
        Right.SEE_DEPARTMENT,
        Right.SEE_PRICES,
        Right.RECEIVE,
        Right.CONFIRM_TO_SELLER,
    ),
    Role.FINANCE: (
        Right.APPROVE_AS_FINANCE,
        Right.PAY,
        Right.SEE_ALL,
        Right.SEE_PRICES,
        Right.SETTLE_STUCK,
        Right.SEE_CONNECTIONS,
    ),
    Role.WAREHOUSE: (Right.RECEIVE,),
    Role.ADMIN: (
        Right.ASK,
        Right.SEE_ALL,
        Right.SEE_PRICES,
        Right.SETTLE_STUCK,
        Right.SEE_CONNECTIONS,
        Right.MANAGE_DESK,
    ),
}


class Marketplace(models.TextChoices):
    """The marketplaces built so far. The value is the slug in addresses and tables."""

    TAOBAO = "taobao", _("Taobao")
    ALI1688 = "1688", "1688"


class Theme(models.TextChoices):
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
