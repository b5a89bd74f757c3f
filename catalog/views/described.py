"""The seller's description, made harmless: text and tables stay, pictures come through our proxy.

No links, styles, scripts or foreign addresses survive; what is no allowed picture is dropped.
"""

from __future__ import annotations

import re

import nh3

from desk.pictures import allowed, picture_url

TAGS = {
    *("p", "div", "br", "strong", "b", "em", "i", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "tbody", "thead", "tr", "td", "th", "img", "blockquote", "hr"),
}
SIZE = 640
LONGEST = 200_000
_NO_PICTURE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_EMPTY = re.compile(r"<(p|div)>(?:\s|&nbsp;|<br>)*</\1>")
# Words hidden for search machines would become visible once their style is gone.
_HIDDEN = re.compile(r"<(p|div|span)\b[^>]*display\s*:\s*none[^>]*>[^<]*</\1\s*>", re.IGNORECASE)


def safe_description(html: str) -> str:
    """HTML that may stand on a page as it is."""
    clean = nh3.clean(
        _HIDDEN.sub("", html[:LONGEST]),
        tags=TAGS,
        clean_content_tags={"script", "style", "noscript", "iframe", "object", "map"},
        attributes={"img": {"src"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        attribute_filter=_attribute,
        set_tag_attribute_values={"img": {"alt": "", "loading": "lazy"}},
        url_schemes={"http", "https"},
        # Not for us to judge: what the filter below makes of a picture's address is relative.
        link_rel=None,
    )
    return _EMPTY.sub("", _NO_PICTURE.sub("", clean)).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        source = f"https:{value}" if value.startswith("//") else value
        return picture_url(source, SIZE) if allowed(source) else None
    if name in ("colspan", "rowspan"):
        return value if value.isdecimal() and len(value) < 3 else None
    return value if tag == "img" and name in ("alt", "loading") else None
