"""What a verdict would look like to readers if it were published now: page, markup and feed entry.

It is built by the very functions that publish, from a snapshot that is kept nowhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from claims.models import Publication, PublishedRevision, Verdict
from claims.publish import atom
from claims.publish.claimreview import claim_review
from claims.publish.entries import Channel, Entry
from claims.publish.snapshot import Snapshot
from claims.rules.lifecycle import PublicationState
from claims.selectors.publications import build_snapshot
from claims.selectors.verdicts import present_hash

_ENTRY = re.compile(r"<(?P<tag>(?:\w+:)?entry)\b.*?</(?P=tag)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the public page's template asks for, with nothing published behind it."""

    publication: Publication
    snapshot: Snapshot
    feed_entry: str
    revisions: tuple[PublishedRevision, ...] = ()
    is_retracted: bool = False
    is_under_correction: bool = False

    @property
    def markup(self) -> str:
        return json.dumps(claim_review(self.snapshot), ensure_ascii=False, indent=2)


def preview_of(verdict: Verdict, publication: Publication | None) -> Preview | None:
    """Return the preview of ``verdict`` (with its content); None where it has no rating yet. No query."""
    if verdict.rating is None:
        return None
    now = timezone.now().replace(microsecond=0)
    publication = publication or Publication(
        pk=0,
        claim=verdict.claim,
        language=verdict.language,
        state=PublicationState.EMBARGOED,
        slug=slugify(verdict.title or verdict.claim_reviewed)[:80].strip("-") or "check",
    )
    snapshot = build_snapshot(
        verdict,
        publication,
        revision=publication.current.number + 1 if publication.current else 1,
        first_published_at=publication.first_published_at or now,
        modified_at=now,
        published_at=now,
        publisher_name="",
        content_hash=present_hash(verdict),
    )
    # Nobody has published it, whoever looks at it now.
    snapshot["people"] = [person for person in snapshot["people"] if person["part"] != "published"]
    entry = Entry(snapshot, PublicationState.LIVE, event_at=now, modified_at=now)
    return Preview(publication, snapshot, _feed_entry(entry))


def _feed_entry(entry: Entry) -> str:
    """Return the entry alone, as the Atom feed would hold it."""
    channel = Channel(
        title="",
        description="",
        home_url=settings.SITE_URL,
        self_url=settings.SITE_URL,
        next_url="",
        language="",
        organisation=settings.ORGANISATION_NAME,
        entry_id=settings.SITE_URL,
        updated=entry.modified_at,
    )
    feed = atom.render(channel, [entry]).decode()
    found = _ENTRY.search(feed)
    assert found is not None, "A feed of one entry holds one entry."
    return found.group(0).replace("><", ">\n<")
