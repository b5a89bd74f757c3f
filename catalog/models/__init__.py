"""Tables of this app, one module a noun."""

from catalog.models.name import OurName
from catalog.models.search_word import SearchWord
from catalog.models.snapshot import ItemSnapshot, SearchSnapshot

__all__ = ["ItemSnapshot", "OurName", "SearchSnapshot", "SearchWord"]
