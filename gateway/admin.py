"""The border in the admin: to look at, for IT. Nothing here is written by hand, but a processed
message may be processed again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_site import DeskAdmin, DeskInline
from gateway.models import CommandAttempt, PushMessage, RemoteCommand, SyncCursor
from gateway.services.inbox import process_again


class ReadOnly:
    """Rows that only the desk itself writes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AttemptInline(ReadOnly, DeskInline, admin.StackedInline):  # type: ignore[type-arg]
    model = CommandAttempt
    can_delete = False


@admin.register(RemoteCommand)
class RemoteCommandAdmin(ReadOnly, DeskAdmin):
    """Every command with its attempts. Choices about stuck ones are on the Stuck page."""

    list_display = ("id", "kind", "subject", "marketplace", "sub_account", "state", "created_at")
    list_filter = ("state", "kind", "marketplace", "verdict")
    list_select_related = ("sub_account",)
    search_fields = ("key", "subject", "attempts__request_id")
    date_hierarchy = "created_at"
    inlines = (AttemptInline,)


@admin.register(PushMessage)
class PushMessageAdmin(ReadOnly, DeskAdmin):
    """The push inbox. A message that was processed or failed can be processed again: it only makes
    the desk read the named order again, so that is always safe."""

    list_display = ("received_at", "marketplace", "type", "state", "repeats", "tries", "note")
    list_filter = ("state", "marketplace")
    search_fields = ("refs", "type", "digest")
    actions = ("again",)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only ours: rows are not deleted by hand."""
        actions = super().get_actions(request)
        return {name: action for name, action in actions.items() if name == "again"}

    @admin.action(description=_("Process again"), permissions=["view"])
    def again(self, request: HttpRequest, rows: QuerySet[PushMessage]) -> None:
        """Those that cannot be read stay as they are."""
        count = sum(process_again(pk) for pk in rows.values_list("pk", flat=True))
        sentence = ngettext(
            "%(n)d message is processed again.", "%(n)d messages are processed again.", count
        )
        self.message_user(request, sentence % {"n": count}, messages.INFO)


@admin.register(SyncCursor)
class SyncCursorAdmin(ReadOnly, DeskAdmin):
    """Where each poller stands."""

    list_display = (
        "sub_account",
        "marketplace",
        "channel",
        "position",
        "completed_at",
        "failing_since",
        "error",
    )
    list_filter = ("marketplace", "channel")
    list_select_related = ("sub_account",)
