"""Topics for readers: the ones to begin with, sorting a claim into them, and new ones.

Sorting is no part of what was approved: it changes no word of a published check, only where it is found.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.models import Claim, Publication, Topic
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.topics import FIRST_TOPICS
from claims.selectors.publications import PUBLIC_STATES

MOST_TOPICS = 5


def seed_topics() -> None:
    """Put the first topics in place where there is none; a newsroom's own list is left alone."""
    with transaction.atomic():
        if not Topic.objects.exists():
            Topic.objects.bulk_create(
                Topic(
                    slug=first.slug,
                    label_en=first.label_en,
                    label_uk=first.label_uk,
                    label_ru=first.label_ru,
                )
                for first in FIRST_TOPICS
            )


def sort_claim(*, claim_id: int, seen_version: int, slugs: Collection[str], actor: Actor) -> Claim:
    """Sort a claim into exactly these topics. Raises ``Invalid`` for an unknown topic or too many."""
    with transaction.atomic():
        desk_id = Claim.objects.filter(pk=claim_id).values_list("desk_id", flat=True).first()
        if desk_id is None or not permissions.can_read_desk(actor, desk_id):
            raise NotFound(_("claim"))
        if not permissions.can_log_claim(actor, desk_id):
            raise NotAllowed("sort", _("Only people who write for this desk may edit its claims."))
        if len(set(slugs)) > MOST_TOPICS:
            raise Invalid(_("Choose at most %(most)d topics.") % {"most": MOST_TOPICS})
        topics = list(Topic.objects.filter(slug__in=slugs))
        if len(topics) != len(set(slugs)):
            raise Invalid(_("There is no such topic any more. Choose again."))
        claim = change(Claim, claim_id, seen_version)
        before = sorted(claim.topics.values_list("slug", flat=True))
        after = sorted(topic.slug for topic in topics)
        if before == after:
            return claim
        claim.topics.set(topics)
        # Feeds by topic are told apart by the versions of what they hold.
        public = Publication.objects.filter(claim=claim, state__in=PUBLIC_STATES)
        public.update(version=F("version") + 1)
        append_event(
            actor=actor,
            subject=claim,
            verb="sort",
            claim_id=claim.pk,
            details={"topics": [", ".join(before), ", ".join(after)]},
        )
    return claim
