"""Keeps under which ratings a publication is listed, so that feeds and pages by rating are read off an index.

Invariant: after every public event, each rating that a revision of the publication ever had stands in the list
once, with the moment of that event; the one of the current revision is marked.
"""

from __future__ import annotations

from claims.models import Publication, PublicationRating


def list_ratings(publication: Publication) -> None:
    """Write it into the caller's transaction, after the change of the publication. Two queries."""
    assert publication.event_at is not None, "Only what has been public is listed."
    rated = publication.revisions.values_list("pk", "verdict__rating__key")
    by_revision = {revision: key for revision, key in rated if key}
    rows = [
        PublicationRating(
            publication=publication,
            key=key,
            is_current=key == by_revision.get(publication.current_id or 0),
            event_at=publication.event_at,
        )
        for key in sorted(set(by_revision.values()))
    ]
    PublicationRating.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["publication", "key"],
        update_fields=["is_current", "event_at"],
    )
