"""Words that search finds: a stretch of a longer text, and what the search engine was told of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexedWords(models.Model):
    """Code points ``[start, end)`` of a text. Words that are gone are retired, not deleted.

    ``version`` is what the search engine is told; ``indexed_version`` is what it has acknowledged.
    """

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    indexed_version = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(_("no longer in the document"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text[:75]
