"""What colleagues asked about a claim and what was answered, and whom a person can ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Article, Claim, Comment, Follow, Person

#: The newest questions that a page shows; the history has all.
QUESTIONS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its answers, oldest first."""

    question: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """How a person stands to a claim or article: whether they follow it, and how many questions stand about it."""

    is_followed: bool
    questions: int


def with_talk(claims: QuerySet[Claim], person_id: int | None) -> QuerySet[Claim]:
    """Have the claims read with how the person stands to each, so that ``talk_about`` needs no query."""
    follows = Follow.objects.filter(claim=OuterRef("pk"), person_id=person_id or 0)
    asked = Comment.objects.filter(claim=OuterRef("pk"), answers__isnull=True).order_by().values("claim")
    counted = Subquery(asked.annotate(questions=Count("pk")).values("questions"))
    return claims.annotate(followed=Exists(follows), asked=Coalesce(counted, 0))


def talk_about(subject: Claim | Article, person_id: int | None) -> Talk:
    """Return how the person stands to ``subject``. One query; none for a claim read ``with_talk``."""
    if isinstance(subject, Claim):
        if not hasattr(subject, "followed"):
            subject = with_talk(Claim.objects.filter(pk=subject.pk), person_id).get()
        return Talk(subject.followed, subject.asked)  # type: ignore[attr-defined]
    return Talk(Follow.objects.filter(article=subject, person_id=person_id or 0).exists(), 0)


def colleagues_of(desk_id: int, *, but: int | None = None) -> list[Person]:
    """Return the active people of a desk but one, by name. One query."""
    people = Person.objects.filter(is_active=True, memberships__desk_id=desk_id).distinct()
    others = [person for person in people if person.pk != but]
    return sorted(others, key=lambda person: (str(person).casefold(), person.pk))


def threads_about(claim: Claim) -> list[Thread]:
    """Return the newest questions about ``claim``, newest first, each with its answers. Three queries at most."""
    questions = (
        Comment.objects.filter(claim=claim, answers__isnull=True)
        .select_related("person")
        .prefetch_related(
            "mentioned", Prefetch("replies", Comment.objects.select_related("person").order_by("pk"))
        )
        .order_by("-pk")[:QUESTIONS_SHOWN]
    )
    return [Thread(question, tuple(question.replies.all())) for question in questions]
