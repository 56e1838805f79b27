"""The pages that a newsroom writes about itself: who it is, and who pays for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.people import Person


class SitePageVersion(models.Model):
    """One version of a page in the three languages of publication; the newest is shown, none is changed.

    The text is plain, with three signs: a blank line between paragraphs, ``## `` before a heading, ``- ``
    before an item of a list.
    """

    class Page(models.TextChoices):
        ABOUT = "about", _("About us")
        FUNDING = "funding", _("Who pays for this")

    page = models.CharField(_("page"), max_length=12, choices=Page.choices)
    number = models.PositiveIntegerField(_("version"))
    text_en = models.TextField(_("text in English"), blank=True, default="")
    text_uk = models.TextField(_("text in Ukrainian"), blank=True, default="")
    text_ru = models.TextField(_("text in Russian"), blank=True, default="")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="versions_of_a_page_are_numbered"),
            models.CheckConstraint(
                condition=~models.Q(text_en="", text_uk="", text_ru=""), name="a_page_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} · {self.number}"
