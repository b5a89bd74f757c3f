"""Exports of exactly the orders a list shows, for accountants: CSV and XLSX.

Ids and tracking numbers are text, so that no spreadsheet turns them into powers of ten; a cell that
would start a formula is defused. Rows are read in pieces, never all at once.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from moneyed import get_currency
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from procurement.models import PurchaseOrder
from procurement.sentences import of_order

PIECES = 500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
DANGEROUS_WIDE = ("＝", "＋", "－", "＠")  # spreadsheets of East Asia read them as the plain ones
TEXT, NUMBER, TIME, ID = "text", "number", "time", "id"


@dataclass(frozen=True, slots=True)
class Column:
    label: str | Promise
    read: Callable[[PurchaseOrder], Any]
    kind: str = TEXT


def _units(units: int | None, currency: str) -> Decimal | None:
    return None if units is None else Decimal(units) / get_currency(currency).sub_unit


def _parcels(order: PurchaseOrder, read: Callable[[Any], str]) -> str:
    return "; ".join(dict.fromkeys(word for word in map(read, order.parcels.all()) if word))


def _address(order: PurchaseOrder) -> str:
    """Where it was sent: the address as it was asked for, where the request kept it."""
    if order.request is None:
        return ""
    to = getattr(order.request, "address", None) or order.request.ship_to.as_json()
    names = ("receiver", "province", "city", "district", "street", "post_code")
    return " ".join(word for word in (to.get(name, "") for name in names) if word)


def _delivered(order: PurchaseOrder) -> datetime | None:
    return max((p.delivered_at for p in order.parcels.all() if p.delivered_at), default=None)


COLUMNS = (
    Column(_("Order"), lambda o: o.number),
    Column(_("Request"), lambda o: o.request.label if o.request else ""),
    Column(_("For what"), lambda o: o.request.purpose if o.request else ""),
    Column(_("Status"), lambda o: of_order(o).text),
    Column(_("Platform's word"), lambda o: o.remote_status),
    Column(_("Marketplace"), lambda o: o.get_marketplace_display()),
    Column(_("Seller"), lambda o: o.seller_name),
    Column(_("Goods"), lambda o: o.title),
    Column(_("Platform id"), lambda o: o.remote_id, ID),
    Column(_("Platform order number"), lambda o: o.order_no, ID),
    Column(_("Our id at the platform"), lambda o: o.outer_id, ID),
    Column(_("Person"), lambda o: str(o.requester or "")),
    Column(_("Department"), lambda o: str(o.department or "")),
    Column(_("Cost centre"), lambda o: o.cost_centre, ID),
    Column(_("Sub-account"), lambda o: o.sub_account.name),
    Column(_("Pieces ordered"), lambda o: o.ordered_count, NUMBER),
    Column(_("Pieces received"), lambda o: o.received_count, NUMBER),
    Column(_("Goods amount"), lambda o: _units(o.goods, o.currency), NUMBER),
    Column(_("Freight"), lambda o: _units(o.freight, o.currency), NUMBER),
    Column(_("Total"), lambda o: _units(o.total, o.currency), NUMBER),
    Column(_("Paid"), lambda o: _units(o.paid, o.currency), NUMBER),
    Column(_("Currency"), lambda o: o.currency),
    Column(_("Rate"), lambda o: o.rate, NUMBER),
    Column(_("Rate of"), lambda o: o.rate_day.isoformat() if o.rate_day else ""),
    Column(
        _("Total in company currency"),
        lambda o: _units(o.company_total, settings.COMPANY_CURRENCY),
        NUMBER,
    ),
    Column(_("Company currency"), lambda o: settings.COMPANY_CURRENCY),
    Column(_("Ordered at"), lambda o: o.placed_at, TIME),
    Column(_("Paid at"), lambda o: o.paid_at, TIME),
    Column(_("Shipped at"), lambda o: o.shipped_at, TIME),
    Column(_("Delivered at"), _delivered, TIME),
    Column(_("Completed at"), lambda o: o.completed_at, TIME),
    Column(_("Read at"), lambda o: o.as_of, TIME),
    Column(_("Courier"), lambda o: _parcels(o, lambda p: p.carrier)),
    Column(_("Tracking number"), lambda o: _parcels(o, lambda p: p.tracking_no), ID),
    Column(_("Ship to"), lambda o: o.request.ship_to.name if o.request else ""),
    Column(_("Address"), _address),
)


def export_rows(rows: QuerySet[PurchaseOrder]) -> Iterator[PurchaseOrder]:
    """The orders with all that a line needs, in pieces."""
    whole = rows.select_related(
        "requester", "department", "sub_account", "request", "request__ship_to"
    ).prefetch_related("payments", "parcels")
    return whole.iterator(chunk_size=PIECES)


def headings() -> list[str]:
    """Column names; times name the zone they are in."""
    zone = timezone.get_current_timezone_name()
    return [
        f"{column.label} ({zone})" if column.kind == TIME else str(column.label)
        for column in COLUMNS
    ]


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    bare = text.lstrip()  # some trim before they look
    starts = text.startswith(DANGEROUS) or bare.startswith(DANGEROUS + DANGEROUS_WIDE)
    return f"'{text}" if starts else text


def csv_lines(rows: QuerySet[PurchaseOrder]) -> Iterator[str]:
    """CSV in UTF-8 with a mark that spreadsheets look for; one line a time."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(headings())
    for order in export_rows(rows):
        yield writer.writerow([_csv_cell(column, order) for column in COLUMNS])


def _csv_cell(column: Column, order: PurchaseOrder) -> str:
    value = column.read(order)
    if value is None or value == "":
        return ""
    if column.kind == TIME:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if column.kind == NUMBER:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if column.kind == ID:
        # A tab before digits: spreadsheets then keep them as text, and trimming gives the id back.
        return f"\t{value}" if value.isdecimal() else defused(value)
    return defused(str(value))


class _Echo:
    """csv.writer returns what `write` returns: the line."""

    def write(self, line: str) -> str:
        return line


def xlsx_file(rows: QuerySet[PurchaseOrder]) -> IO[bytes]:
    """A workbook in a temporary file, at its start; rows go to disk as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(_("Orders")))
    sheet.freeze_panes = "B2"
    sheet.append(headings())
    for order in export_rows(rows):
        sheet.append([_xlsx_cell(sheet, column, order) for column in COLUMNS])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _xlsx_cell(sheet: Any, column: Column, order: PurchaseOrder) -> Any:
    value = column.read(order)
    if value is None or value == "":
        return None
    if column.kind == TIME:
        return timezone.localtime(value).replace(tzinfo=None)
    if column.kind == NUMBER:
        return value
    cell = WriteOnlyCell(sheet, value=_printable(str(value)))
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.number_format = "@"
    return cell


def _printable(text: str) -> str:
    """Without the control characters that a workbook refuses."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
