"""What became of words that were quoted: they stand, were changed, or are gone from the page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordsChoice(models.TextChoices):
    STANDS = "stands", _("stands")
    CHANGED = "changed", _("changed since")
    GONE = "gone", _("gone since")


class QuotedWords(models.Model):
    """Words of a page that a claim or a verdict rests on, as the page was last seen to have them.

    ``words_since`` is when the present state was seen first, ``words_now`` what stands there instead. The words
    that were quoted are kept elsewhere on the row and never change.
    """

    words_state = models.CharField(
        _("the quoted words"), max_length=8, choices=WordsChoice.choices, default=WordsChoice.STANDS
    )
    words_since = models.DateTimeField(_("seen first"), null=True, blank=True)
    words_now = models.TextField(_("what stands there now"), blank=True, default="")

    class Meta:
        abstract = True

    @property
    def words_stand(self) -> bool:
        return self.words_state == WordsChoice.STANDS
