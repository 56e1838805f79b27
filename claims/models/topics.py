"""Topics: the few subjects that readers browse and subscribe to published checks by."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """One subject, named in each language of publication. ``slug`` stands in addresses and never changes.

    It is apart from ``Claim.topic``, the desk's own words, which conflicts of interest are declared about.
    """

    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True)
    label_en = models.CharField(_("name in English"), max_length=80)
    label_uk = models.CharField(_("name in Ukrainian"), max_length=80)
    label_ru = models.CharField(_("name in Russian"), max_length=80)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label_en="") & ~models.Q(label_uk="") & ~models.Q(label_ru=""),
                name="a_topic_is_named_in_every_language",
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "en")

    def get_absolute_url(self) -> str:
        return reverse("topic_checks", args=[self.slug])

    def label(self, language: str) -> str:
        """Return the name in ``language`` (en, uk, ru; any other reads English)."""
        return {"uk": self.label_uk, "ru": self.label_ru}.get(language[:2], self.label_en)
