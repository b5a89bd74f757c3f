"""Marks Chinese text as Chinese, so that it is drawn and read aloud as such."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_HAN = re.compile("[\u3400-\u9fff]")
_ZH = mark_safe(' lang="zh-Hans"')  # noqa: S308  a constant
_NONE = mark_safe("")  # noqa: S308  a constant


@register.filter
def lang(text: object) -> SafeString:
    """`<h3{{ title|lang }}>`: the attribute, where the text has Chinese in it."""
    return _ZH if _HAN.search(str(text or "")) else _NONE
