"""The seller's description, made harmless: only its text, lists, tables and pictures come through.

nh3 throws away what no page of ours may hold; what is left is read into plain blocks, which a
template writes and escapes. No markup of the platform's ever stands on a page. Pictures come
through our proxy; those of other hosts are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from desk.pictures import allowed

BLOCKS = {
    "p",
    "div",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
    "dl",
    "dt",
    "dd",
}
LISTS = {"ul", "ol", "li"}
TABLES = {"table", "tr", "td", "th"}
GONE = {"script", "style", "noscript", "iframe", "object", "map", "svg", "math", "form", "select"}
LONGEST = 200_000
MOST_BLOCKS = 400
# Words hidden for search machines would become visible once their style is gone.
_HIDDEN = re.compile(r"<(p|div|span)\b[^>]*display\s*:\s*none[^>]*>[^<]*</\1\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a description. `kind`: text, picture (`text` is its address at the platform),
    list (one cell a row) or table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def description_blocks(html: str) -> list[Block]:
    """A description's pieces, in order; never markup."""
    clean = nh3.clean(
        _HIDDEN.sub("", html[:LONGEST]),
        tags=BLOCKS | LISTS | TABLES | {"img"},
        clean_content_tags=GONE,
        attributes={"img": {"src"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return reader.finished()[:MOST_BLOCKS]


class _Reader(HTMLParser):
    """Collects blocks. A table that holds pictures is only a layout: it is read as a flow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._flow: list[Block] = []
        self._words: list[str] = []
        self._items: list[tuple[str, ...]] = []
        self._rows: list[list[str]] = []
        self._outer: list[Block] | None = None  # what came before the table that is being read
        self._depth = 0

    def finished(self) -> list[Block]:
        while self._depth:
            self._leave_table()
        self._flush()
        self._flush_items()
        return self._flow

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self._picture(dict(attrs).get("src") or "")
        elif tag == "table":
            self._enter_table()
        elif tag == "tr" and self._depth:
            self._flush()
            self._rows.append([])
        elif tag in BLOCKS | LISTS | TABLES:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._leave_table()
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(self._taken())
            self._say(self._rows[-1][-1])
        elif tag == "li":
            text = self._taken()
            if text:
                self._items.append((text,))
        elif tag in ("ul", "ol"):
            self._flush()
            self._flush_items()
        elif tag in BLOCKS:
            self._flush()

    def _taken(self) -> str:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        return text

    def _say(self, text: str) -> None:
        if text:
            self._flow.append(Block("text", text))

    def _flush(self) -> None:
        if self._depth and self._rows and not self._has_picture():
            self._words.append(" ")  # a cell is one text: its line ends are blanks
        else:
            self._say(self._taken())

    def _flush_items(self) -> None:
        if self._items:
            self._flow.append(Block("list", rows=tuple(self._items)))
            self._items.clear()

    def _picture(self, source: str) -> None:
        address = f"https:{source}" if source.startswith("//") else source
        self._say(self._taken())
        if allowed(address):
            self._flow.append(Block("picture", address))

    def _has_picture(self) -> bool:
        return any(block.kind == "picture" for block in self._flow)

    def _enter_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._say(self._taken())
            self._flush_items()
            self._outer, self._flow, self._rows = self._flow, [], []

    def _leave_table(self) -> None:
        self._depth = max(self._depth - 1, 0)
        if self._depth or self._outer is None:
            return
        self._say(self._taken())
        rows = tuple(tuple(row) for row in self._rows if any(row))
        inner = self._flow if self._has_picture() or not rows else [Block("table", rows=rows)]
        self._flow, self._outer, self._rows = self._outer + inner, None, []
