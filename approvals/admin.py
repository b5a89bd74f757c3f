"""The company's approval limits in the admin: one row, in amounts people write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import DeskAdmin
from accounts.amounts import CompanyAmountField, amount_words
from approvals.models import ApprovalPolicy


class ApprovalPolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Amounts as amounts; the table keeps minor units."""

    finance_above = CompanyAmountField(
        label=_("Ask finance too above"),
        help_text=_(
            "Up to it a request needs the manager alone, or nobody within one's own limit."
        ),
    )
    pay_at_once_up_to = CompanyAmountField(
        label=_("Pay at once after approval, up to"),
        help_text=_("Orders above it wait on the payments page until finance releases them."),
    )

    class Meta:
        model = ApprovalPolicy
        fields = ("finance_above", "pay_at_once_up_to", "tolerance_percent")
        help_texts = {
            "tolerance_percent": _(
                "Percent by which a price may rise between approval and payment without asking"
                " again. Fixed at the decision; it never compounds."
            )
        }


@admin.register(ApprovalPolicy)
class ApprovalPolicyAdmin(DeskAdmin):
    """One row: the list leads straight to it."""

    form = ApprovalPolicyForm
    list_display = ("__str__", "above", "at_once", "tolerance_percent")

    @admin.display(description=_("finance too above"))
    def above(self, policy: ApprovalPolicy) -> str:
        return amount_words(policy.finance_above)

    @admin.display(description=_("paid at once up to"))
    def at_once(self, policy: ApprovalPolicy) -> str:
        return amount_words(policy.pay_at_once_up_to)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Makes the row at the first visit, so that there is always something to change."""
        policy, _made = ApprovalPolicy.objects.get_or_create(pk=1)
        return redirect(reverse("admin:approvals_approvalpolicy_change", args=[policy.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
