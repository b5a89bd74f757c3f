"""Addresses inside pasted text: product links, chat share texts, with or without `https://`.

Only finds and splits; which address means which item is each adapter's to say.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qs, urlsplit

LONGEST = 2000  # characters looked at: a share text is a few hundred
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][!-~]*)?", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_SHORT_HOSTS = frozenset({"m.tb.cn", "s.tb.cn", "tb.cn", "qr.1688.com", "e.tb.cn"})


def normalise(text: str) -> str:
    """Half-width digits and signs, no invisible characters, no blanks around.

    Digits of other scripts become ASCII: a number must never end where another script begins.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:LONGEST])).strip()
    if plain.isascii():
        return plain
    return _DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), plain)


def addresses(text: str) -> list[SplitResult]:
    """Every web address in a text, in order. Chinese around them ends them."""
    found = []
    for match in _ADDRESS.findall(normalise(text)):
        whole = match if match[:4].lower() == "http" and "://" in match else f"https://{match}"
        try:
            parts = urlsplit(whole)
            if parts.hostname:
                found.append(parts)
        except ValueError:  # such as an unclosed bracket
            continue
    return found


def is_under(parts: SplitResult, *domains: str) -> bool:
    """Whether the host is one of these domains or lies below one."""
    host = (parts.hostname or "").lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def parameter(parts: SplitResult, *names: str) -> str:
    """The first of these query parameters; some apps put theirs behind the `#`."""
    for text in (parts.query, parts.fragment.partition("?")[2]):
        given = parse_qs(text)
        for name in names:
            if given.get(name):
                return given[name][0].strip()
    return ""


def looks_like_link(text: str) -> bool:
    """Whether somebody meant an address rather than words: a scheme, or nothing but an address."""
    plain = normalise(text)
    if re.search(r"https?://", plain, re.IGNORECASE):
        return True
    return bool(_ADDRESS.fullmatch(plain)) and ("/" in plain or plain.lower().startswith("www."))


def is_short_link(text: str) -> bool:
    """A share link that hides the item's number behind a redirect."""
    return any((parts.hostname or "").lower() in _SHORT_HOSTS for parts in addresses(text))
