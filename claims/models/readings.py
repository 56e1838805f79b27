"""What was read from passages and documents, kept beside them: a copy that may be lost and is made anew.

A row is only good for what its ``stamp`` names: the words, their language and moment, and the readers.
"""

from __future__ import annotations

from django.db import models

from claims.models.articles import ArticlePassage
from claims.models.evidence import Document, Passage


class KeptReading(models.Model):
    """``kept`` is a packed reading (``claims.language.keeping``); ``stamp`` says of what and by which readers."""

    stamp = models.CharField(max_length=32)
    kept = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}: {len(self.kept)} B"


class PassageReading(KeptReading):
    """The reading of one passage."""

    passage = models.OneToOneField(
        Passage, on_delete=models.CASCADE, primary_key=True, related_name="kept_reading"
    )


class DocumentReading(KeptReading):
    """The reading of one whole document."""

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="kept_reading"
    )


class ArticlePassageReading(KeptReading):
    """The reading of one passage of an article."""

    passage = models.OneToOneField(
        ArticlePassage, on_delete=models.CASCADE, primary_key=True, related_name="kept_reading"
    )
