"""Find's bar as a form: everything a search is, and links that change one thing of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from catalog.marketplaces import ports
from catalog.marketplaces.base import ProductPort, Query, Sort
from catalog.services import quantity_from_text
from catalog.services.checking import MOST_PIECES
from desk.forms import DeskForm
from desk.money import Rate

ALL = "all"
CARDS, DENSE = "cards", "dense"
SORT_LABELS = {
    Sort.BEST: _("Best match"),
    Sort.SOLD: _("Most sold"),
    Sort.PRICE_UP: _("Price, low first"),
    Sort.PRICE_DOWN: _("Price, high first"),
    Sort.REPEAT: _("Most bought again"),
}
LANE_SIZE, TAB_SIZE = 12, 24
LAST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as asked for. Prices in company currency; `quantity` 0 when none was given."""

    words: str = ""
    quantity: int = 0
    on: str = ALL
    sort: Sort = Sort.BEST
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    view: str = CARDS
    page: int = 1
    as_typed: bool = False

    def params(self) -> dict[str, str]:
        """The query of its address, defaults left out."""
        said = {
            "q": self.words,
            "qty": str(self.quantity or ""),
            "on": "" if self.on == ALL else self.on,
            "sort": "" if self.sort == Sort.BEST else self.sort.value,
            "price_from": "" if self.price_from is None else f"{self.price_from:f}",
            "price_to": "" if self.price_to is None else f"{self.price_to:f}",
            "view": "" if self.view == CARDS else self.view,
            "page": "" if self.page == 1 else str(self.page),
            "as_typed": "1" if self.as_typed else "",
        }
        return {name: text for name, text in said.items() if text}

    def link(self, **changes: Any) -> str:
        """Address of this search with something changed; back on its first page unless told."""
        changed = replace(self, **({"page": 1} | changes))
        query = urlencode(changed.params())
        return reverse("catalog:find") + (f"?{query}" if query else "")

    def lane_link(self, marketplace: str, *, again: bool = False) -> str:
        params = replace(self, on=ALL, page=1).params() | ({"again": "1"} if again else {})
        return reverse("catalog:lane", args=[marketplace]) + "?" + urlencode(params)

    def item_link(self, marketplace: str, item_id: str) -> str:
        url = reverse("catalog:item", args=[marketplace, item_id])
        return url + (f"?qty={self.quantity}" if self.quantity else "")

    def query(self, port: ProductPort, words: str, rate: Rate | None, *, size: int) -> Query:
        """What a marketplace is asked: its own sorts, and bounds in its own currency."""
        bounds = port.can_filter_price
        return Query(
            words=words,
            page=self.page,
            size=size,
            sort=self.sort if self.sort in port.sorts else Sort.BEST,
            quantity=self.quantity or 1,
            price_from=there(self.price_from, rate, ROUND_FLOOR) if bounds else None,
            price_to=there(self.price_to, rate, ROUND_CEILING) if bounds else None,
        )

    @property
    def has_bounds(self) -> bool:
        return self.price_from is not None or self.price_to is not None


def there(amount: Decimal | None, rate: Rate | None, rounding: str) -> Money | None:
    """A bound in company currency as yuan, widened to whole fen; without a rate, as yuan."""
    if amount is None:
        return None
    value = amount / rate.value if rate else amount
    return Money(value.quantize(Decimal("0.01"), rounding=rounding), "CNY")


class FindForm(DeskForm):
    """Reads the bar. What does not fit gets an error; the rest is searched all the same."""

    q = forms.CharField(label=_("Words, link or item number"), max_length=500, required=False)
    qty = forms.CharField(label=_("Quantity I need"), max_length=20, required=False)
    on = forms.CharField(required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), required=False)
    price_from = forms.CharField(label=_("Price from"), max_length=20, required=False)
    price_to = forms.CharField(label=_("Price to"), max_length=20, required=False)
    view = forms.CharField(required=False)
    page = forms.CharField(required=False)
    as_typed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        port = ports().get(str(self.data.get("on", "")))
        sorts = port.sorts if port else [s for s in Sort if all(s in p.sorts for p in _all())]
        self.fields["sort"].choices = [(sort.value, SORT_LABELS[sort]) for sort in sorts]  # type: ignore[attr-defined]
        self.fields["qty"].widget.attrs |= {"inputmode": "numeric", "size": 6}
        for name in ("price_from", "price_to"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "size": 6}

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].split())

    def clean_qty(self) -> int:
        typed = self.cleaned_data["qty"]
        if not typed.strip():
            return 0
        quantity = quantity_from_text(typed)
        if quantity is None or quantity < 1:
            raise forms.ValidationError(_("A whole number, 1 or more."))
        if quantity > MOST_PIECES:
            raise forms.ValidationError(_("At most 1,000,000."))
        return quantity

    def clean_price_from(self) -> Decimal | None:
        return _amount(self.cleaned_data["price_from"])

    def clean_price_to(self) -> Decimal | None:
        return _amount(self.cleaned_data["price_to"])

    def clean(self) -> dict[str, Any]:
        low, high = (self.cleaned_data.get(name) for name in ("price_from", "price_to"))
        if low is not None and high is not None and low > high:
            self.add_error("price_to", _("Lower than the first price."))
        return self.cleaned_data

    def asked(self) -> Asked:
        """The search, wrong fields left at their defaults."""
        self.is_valid()
        given = self.cleaned_data
        page = given.get("page") or ""
        return Asked(
            words=given.get("q", ""),
            quantity=given.get("qty", 0),
            on=given["on"] if given.get("on") in ports() else ALL,
            sort=Sort(given.get("sort") or Sort.BEST),
            price_from=given.get("price_from"),
            price_to=given.get("price_to"),
            view=DENSE if given.get("view") == DENSE else CARDS,
            page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 6 else 1,
            as_typed=bool(given.get("as_typed")),
        )


def bounds_currency(rate: Rate | None) -> str:
    """What the price fields mean: the company's currency, or yuan where there is no rate."""
    return settings.COMPANY_CURRENCY if rate else "CNY"


def _all() -> list[ProductPort]:
    return list(ports().values())


def _amount(typed: str) -> Decimal | None:
    """A price as people write it, with point or comma."""
    plain = typed.strip().replace(",", ".").lstrip("€¥$").strip()
    if not plain:
        return None
    digits = plain.replace(".", "", 1)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:
        raise forms.ValidationError(_("An amount, such as 12.50."))
    return Decimal(plain)
