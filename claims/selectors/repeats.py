"""Where a claim was said again since it was checked: how often, by whom, and the newest places.

Rows are counted here and not by the database, so that the page takes one query; beyond ``COUNTED`` it says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Claim, Repeat

#: So many places are listed on the claim's page.
SHOWN = 10
#: So many of the newest repeats are looked at.
COUNTED = 500


@dataclass(frozen=True, slots=True)
class Repeats:
    """``places`` counts documents and articles, ``outlets`` who published them; ``newest`` lists some.

    ``more`` is true where older repeats were not counted.
    """

    places: int
    outlets: int
    newest: tuple[Repeat, ...]
    more: bool


def repeats_of(claim: Claim, *, limit: int = SHOWN) -> Repeats:
    """Return where ``claim`` was said again, newest first. One query."""
    rows = list(
        Repeat.objects.filter(claim=claim)
        .select_related("document", "article", "outlet")
        .defer("document__text", "document__raw")
        .order_by("-pk")[: COUNTED + 1]
    )
    counted = rows[:COUNTED]
    return Repeats(
        places=len({(row.document_id, row.article_id) for row in counted}),
        outlets=len({row.outlet_id for row in counted if row.outlet_id}),
        newest=tuple(counted[:limit]),
        more=len(rows) > COUNTED,
    )
