"""What no step of the product can have led to: asked of rows that did not come in by its steps.

The triggers of the database guard each change; here the same rules are asked of what stands. An export whose
hashes were all made anew still cannot bring in a verdict that nobody else approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from claims.models import Approval, Publication, PublishedRevision, Verdict
from claims.rules.lifecycle import PublicationState, VerdictState

_PUBLIC = (VerdictState.PUBLISHED, VerdictState.SUPERSEDED)


def unsound_rows() -> Iterator[tuple[str, int, str]]:
    """Yield model, key and a sentence for the first row of each kind that cannot be. One query for each kind."""
    standing = Approval.objects.filter(
        verdict=OuterRef("pk"), decision=Approval.Decision.APPROVED, content_hash=OuterRef("content_hash")
    ).exclude(
        Q(approver=OuterRef("recorder"))
        | Q(approver=OuterRef("last_editor"))
        | Exists(
            Verdict.co_authors.through.objects.filter(
                verdict=OuterRef("verdict"), person=OuterRef("approver")
            )
        )
    )
    decided = Verdict.objects.filter(state__in=(VerdictState.APPROVED, VerdictState.SCHEDULED, *_PUBLIC))
    revision = PublishedRevision.objects.filter(verdict=OuterRef("pk"))
    shown = PublishedRevision.objects.filter(pk=OuterRef("current"), publication=OuterRef("pk"))
    kinds = (
        (decided.filter(~Exists(standing)), "It was approved by nobody but who wrote it."),
        (
            Verdict.objects.filter(state__in=_PUBLIC).filter(~Exists(revision)),
            "It is published and has no published revision.",
        ),
        (
            PublishedRevision.objects.exclude(content_hash=F("verdict__content_hash")),
            "It shows other content than was approved.",
        ),
        (
            PublishedRevision.objects.exclude(
                publication__claim=F("verdict__claim"), publication__language=F("verdict__language")
            ),
            "It is of another claim or language than its publication.",
        ),
        (
            Publication.objects.exclude(state=PublicationState.EMBARGOED).filter(~Exists(shown)),
            "It is public and shows none of its own revisions.",
        ),
        (
            Approval.objects.exclude(
                recorder=F("verdict__recorder"),
            ),
            "It names another author than its verdict.",
        ),
    )
    for rows, sentence in kinds:
        key = rows.order_by("pk").values_list("pk", flat=True).first()
        if key is not None:
            yield rows.model._meta.label, key, sentence
