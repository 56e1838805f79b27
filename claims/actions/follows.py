"""Following a claim or an article, and how far a person has read one that they follow.

A follow is its person's own and changes nothing about the claim: it has no version and stands in no history.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.refusals import Invalid
from claims.models import Article, Claim, Follow
from claims.rules.permissions import Actor

#: Whoever follows everything hears nothing; the oldest have to go first.
MOST_FOLLOWED = 500


def follow_claim(*, claim_id: int, actor: Actor) -> None:
    """Have the actor told of what happens to the claim; again changes nothing."""
    with transaction.atomic():
        claim = Claim.objects.filter(pk=claim_id).first()
        require_readable_desk(actor, claim.desk_id if claim else None, _("claim"))
        _require_room(actor)
        assert claim is not None
        keep_following(actor, claim)


def follow_article(*, article_id: int, actor: Actor) -> None:
    """Have the article on the actor's day; what it says now counts as seen."""
    with transaction.atomic():
        article = Article.objects.select_related("current").filter(pk=article_id).first()
        require_readable_desk(actor, article.desk_id if article else None, _("article"))
        _require_room(actor)
        assert article is not None
        seen = article.current.number if article.current else 0
        Follow.objects.bulk_create(
            [Follow(person_id=person_of(actor), article=article, seen_version=seen)], ignore_conflicts=True
        )


def unfollow_claim(*, claim_id: int, actor: Actor) -> None:
    """Stop following; again, or where it was never followed, changes nothing."""
    Follow.objects.filter(person_id=person_of(actor), claim_id=claim_id).delete()


def unfollow_article(*, article_id: int, actor: Actor) -> None:
    """Stop following, like ``unfollow_claim``."""
    Follow.objects.filter(person_id=person_of(actor), article_id=article_id).delete()


def see_article(*, article_id: int, version: int, actor: Actor) -> None:
    """Note that the actor has looked at this version of an article that they follow; never moves back."""
    follows = Follow.objects.filter(person_id=person_of(actor), article_id=article_id)
    follows.filter(seen_version__lt=version).update(seen_version=version)


def keep_following(actor: Actor, claim: Claim) -> None:
    """Make the actor a follower of ``claim``, inside the caller's transaction."""
    Follow.objects.bulk_create([Follow(person_id=person_of(actor), claim=claim)], ignore_conflicts=True)


def _require_room(actor: Actor) -> None:
    if Follow.objects.filter(person_id=person_of(actor)).count() >= MOST_FOLLOWED:
        sentence = _("You follow %(most)d claims and articles already. Stop following some of them first.")
        raise Invalid(sentence % {"most": MOST_FOLLOWED})
