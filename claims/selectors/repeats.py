"""Where a claim was said again since it was checked: how often, by whom, and the newest places."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from claims.models import Claim, Repeat

#: So many places are listed on the claim's page.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Repeats:
    """``places`` counts documents and articles, ``outlets`` who published them; ``newest`` lists some."""

    places: int
    outlets: int
    newest: tuple[Repeat, ...]


def repeats_of(claim: Claim, *, limit: int = SHOWN) -> Repeats:
    """Return where ``claim`` was said again, newest first. One query where it was not, else two."""
    rows = Repeat.objects.filter(claim=claim)
    counted = rows.aggregate(
        documents=Count("document", distinct=True),
        articles=Count("article", distinct=True),
        outlets=Count("outlet", distinct=True),
    )
    places = counted["documents"] + counted["articles"]
    newest = rows.select_related("document", "article", "outlet").order_by("-pk")[:limit] if places else ()
    return Repeats(places, counted["outlets"], tuple(newest))
