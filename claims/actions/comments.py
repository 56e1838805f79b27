"""Asking a colleague about a claim, and answering: comments that reach the people they are put to.

Whoever asks follows the claim from then on. A comment is never changed; the history carries its words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.follows import keep_following
from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.history import append_event
from claims.actions.notices import notify
from claims.actions.refusals import Invalid, NotFound
from claims.models import Claim, Comment, Notice, Person
from claims.rules.permissions import Actor
from claims.rules.storing import storable
from claims.selectors.comments import colleagues_of

LONGEST_WORDS = 2_000
#: So many people are asked by one comment at most.
MOST_ASKED = 10
#: A sign-in name after an @ that no letter stands before, so that an e-mail address names nobody.
_NAMED = re.compile(r"(?<![\w.])@([\w.+@-]*\w)")


def ask_colleague(*, claim_id: int, words: str, person_ids: Iterable[int] = (), actor: Actor) -> Comment:
    """Put a question about a claim to colleagues: those chosen, and those named in it as @name."""
    with transaction.atomic():
        claim = _claim(claim_id, actor)
        words = _kept(words)
        asked = _people(claim, words, set(person_ids), actor)
        if not asked:
            sentence = _("Choose whom to ask, or write @ and the name that they sign in with.")
            raise Invalid(sentence, {"person": sentence})
        comment = _say(claim, words, None, asked, actor)
        keep_following(actor, claim)
        notify(
            Notice.Kind.MENTIONED,
            about=claim,
            person_ids=[person.pk for person in asked],
            actor=actor,
            note=words,
        )
    return comment


def answer_question(*, comment_id: int, words: str, actor: Actor) -> Comment:
    """Answer a question; who asked it and who took part hears of it, and whom the answer names is asked."""
    with transaction.atomic():
        question = Comment.objects.select_related("claim").filter(pk=comment_id).first()
        if question is None:
            raise NotFound(_("question"))
        claim = _claim(question.claim_id, actor)
        if question.answers_id is not None:
            question = Comment.objects.get(pk=question.answers_id)
        words = _kept(words)
        named = _people(claim, words, set(), actor)
        said = {question.person_id, *question.replies.values_list("person_id", flat=True)}
        comment = _say(claim, words, question, named, actor)
        asked = {person.pk for person in named}
        notify(Notice.Kind.MENTIONED, about=claim, person_ids=asked, actor=actor, note=words)
        notify(Notice.Kind.ANSWERED, about=claim, person_ids=said - asked, actor=actor, note=words)
    return comment


def _say(claim: Claim, words: str, question: Comment | None, named: list[Person], actor: Actor) -> Comment:
    comment = Comment.objects.create(
        claim=claim, person_id=person_of(actor), words=words, answers=question, said_at=timezone.now()
    )
    comment.mentioned.add(*named)
    append_event(
        actor=actor,
        subject=comment,
        verb="answer" if question else "ask",
        claim_id=claim.pk,
        note=words,
        details={"to": [str(person) for person in named]},
    )
    return comment


def _claim(claim_id: int, actor: Actor) -> Claim:
    person_of(actor)
    claim = Claim.objects.filter(pk=claim_id).first()
    require_readable_desk(actor, claim.desk_id if claim else None, _("claim"))
    assert claim is not None
    return claim


def _people(claim: Claim, words: str, chosen: set[int], actor: Actor) -> list[Person]:
    """Return the colleagues that were chosen or are named; a name that nobody here has is only a word."""
    names = {name.casefold() for name in _NAMED.findall(words)}
    colleagues = colleagues_of(claim.desk_id, but=actor.person_id)
    asked = [person for person in colleagues if person.pk in chosen or person.username.casefold() in names]
    if not chosen <= {person.pk for person in asked}:
        sentence = _("Choose people who work at the desk of this claim.")
        raise Invalid(sentence, {"person": sentence})
    if len(asked) > MOST_ASKED:
        sentence = _("Ask at most %(most)d people at once.") % {"most": MOST_ASKED}
        raise Invalid(sentence, {"person": sentence})
    return asked


def _kept(words: str) -> str:
    words = storable(words).strip()
    if not words:
        raise Invalid(_("Write what you want to say."), {"words": _("Write what you want to say.")})
    if len(words) > LONGEST_WORDS:
        sentence = _("Shorten this to %(most)s characters; it has %(length)s.") % {
            "most": LONGEST_WORDS,
            "length": len(words),
        }
        raise Invalid(sentence, {"words": sentence})
    return words
