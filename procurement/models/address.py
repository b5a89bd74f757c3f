"""Where goods go inside China: usually a forwarder's warehouse."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShipTo(models.Model):
    """A Chinese address. Place names in Chinese, as the platform wants them."""

    name = models.CharField(_("name in the desk"), max_length=60, unique=True)
    receiver = models.CharField(_("receiver"), max_length=40)
    mobile = models.CharField(_("mobile"), max_length=20)
    province = models.CharField(_("province"), max_length=40)
    city = models.CharField(_("city"), max_length=40)
    district = models.CharField(_("district"), max_length=40, blank=True)
    street = models.CharField(_("street"), max_length=200)
    post_code = models.CharField(_("post code"), max_length=6, blank=True)
    is_default = models.BooleanField(_("default"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("ship-to address")
        verbose_name_plural = _("ship-to addresses")
        ordering = ("-is_default", "name")

    def __str__(self) -> str:
        return self.name

    def as_json(self) -> dict[str, str]:
        """The address as commands carry it."""
        return {
            "receiver": self.receiver,
            "mobile": self.mobile,
            "province": self.province,
            "city": self.city,
            "district": self.district,
            "street": self.street,
            "post_code": self.post_code,
        }
