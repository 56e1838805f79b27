"""What a person keeps of the queue and the list of claims: a filter under a name, for themself or their desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.people import Desk, Person


class SavedFilter(models.Model):
    """A question to a list under a name; ``query`` is the part of its address after the question mark.

    Without a desk it is the person's own; with one, everybody at that desk may open it by its address.
    """

    class Place(models.TextChoices):
        """The list that is asked."""

        QUEUE = "queue", _("queue")
        CLAIMS = "claims", _("claims")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_filters")
    desk = models.ForeignKey(
        Desk, on_delete=models.CASCADE, related_name="saved_filters", null=True, blank=True
    )
    place = models.CharField(_("list"), max_length=8, choices=Place.choices, default=Place.QUEUE)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "name"], name="a_person_names_a_filter_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_saved_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
