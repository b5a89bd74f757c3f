"""Departments: manager, cost centre, how many people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import DeskAdmin
from accounts.choices import Right
from accounts.models import Department, User


class DepartmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Only people who may approve can manage; the present manager stays to be seen."""

    class Meta:
        model = Department
        fields = ("name", "cost_centre", "manager")
        help_texts = {
            "name": _("As people say it: Marketing, Laboratory."),
            "cost_centre": _("The code that requests of this department are booked on."),
            "manager": _(
                "Approves what people of this department ask for. Needs the role Manager."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.who_may(Right.APPROVE)
        if self.instance.manager_id:
            people = people | User.objects.filter(pk=self.instance.manager_id)
        self.fields["manager"].queryset = people  # type: ignore[attr-defined]


@admin.register(Department)
class DepartmentAdmin(DeskAdmin):
    form = DepartmentForm
    list_display = ("name", "cost_centre", "manager", "people")
    list_select_related = ("manager",)
    search_fields = ("name", "cost_centre", "manager__name")

    def get_queryset(self, request: HttpRequest) -> Any:
        active = Count("people", filter=Q(people__is_active=True))
        return super().get_queryset(request).annotate(people_count=active)

    @admin.display(description=_("people"), ordering="people_count")
    def people(self, department: Any) -> str:
        address = reverse("admin:accounts_user_changelist")
        return format_html(
            '<a href="{}?department__id__exact={}">{}</a>',
            address,
            department.pk,
            department.people_count,
        )
