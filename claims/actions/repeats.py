"""Recording where a concluded claim was said again.

A record is known by the claim, the place and the words: a job that runs twice, a document that changes around the
sentence and a live blog that is read again add nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from claims.language.readings import Reading, Span
from claims.language.words import fold_text
from claims.models import Article, Claim, Document, Outlet, Repeat
from claims.rules.identity import canonical_url

#: The longest stretch that is kept, in code points, and how many one place may add to one claim at a time.
LONGEST_WORDS = 600
MOST_OF_ONE_PLACE = 5


@dataclass(frozen=True, slots=True)
class Place:
    """The document or the article (one of the two) that says something, and when it does."""

    outlet: Outlet | None
    moment: datetime | None
    said_on: date | None
    document: Document | None = None
    article: Article | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim that a passage says again; ``settling`` is the stretch of the passage that does."""

    claim: Claim
    passage: Reading
    settling: Span


def record_repeats(place: Place, heard: Sequence[Heard]) -> None:
    """Write what was heard at a place, once per claim and words. ``claim.appearances`` are to be loaded."""
    rows: dict[tuple[int, str], Repeat] = {}
    for each in heard:
        if _is_older(place, each.claim) or _is_where_it_was_logged(place, each.claim):
            continue
        words = _sentences_around(each.passage, each.settling)
        fingerprint = blake2b(fold_text(words).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()
        if sum(claim_id == each.claim.pk for claim_id, _known in rows) < MOST_OF_ONE_PLACE:
            rows[each.claim.pk, fingerprint] = Repeat(
                claim=each.claim,
                document=place.document,
                article=place.article,
                outlet=place.outlet,
                words=words,
                fingerprint=fingerprint,
                moment=place.moment,
                said_on=None if place.moment else place.said_on,
            )
    Repeat.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _sentences_around(passage: Reading, settling: Span) -> str:
    """Return the whole sentences that the settling stretch touches."""
    touched = [sentence for sentence in passage.sentences if sentence.overlaps(settling)]
    stretch = Span(touched[0].start, touched[-1].end) if touched else settling
    return " ".join(stretch.of(passage.text).split())[:LONGEST_WORDS]


def _is_older(place: Place, claim: Claim) -> bool:
    """Tell whether the place is known to have said it before the day of the claim: that is no “again”."""
    said = place.moment.date() if place.moment else place.said_on
    made = claim.made_at.date() if claim.made_at else claim.made_on
    return said is not None and made is not None and said < made


def _is_where_it_was_logged(place: Place, claim: Claim) -> bool:
    """Tell whether the document is the very page that the claim was logged from."""
    if not place.address:
        return False
    logged = set[str]()
    for appearance in claim.appearances.all():
        logged.add(appearance.url)
        if appearance.article is not None:
            logged |= {appearance.article.url, appearance.article.canonical_url}
    return canonical_url(place.address) in {canonical_url(address) for address in logged if address}
