"""Company words and what the marketplaces call the same thing: mug → 马克杯."""

from __future__ import annotations

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "catalog:search-words"


class SearchWord(models.Model):
    """`word` is kept case-folded; a search for exactly it asks for `original` instead."""

    word = models.CharField(_("our word"), max_length=60, unique=True)
    original = models.CharField(_("searched for"), max_length=60)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ("word",)

    def __str__(self) -> str:
        return f"{self.word} → {self.original}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.word = " ".join(self.word.casefold().split())
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        cache.delete(CACHE_KEY)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        cache.delete(CACHE_KEY)
        return super().delete(*args, **kwargs)  # type: ignore[arg-type]
