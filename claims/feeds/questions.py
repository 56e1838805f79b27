"""What a request asks of a feed: filters and a place in it, read strictly.

An unknown name is refused and not passed over: a reader who wrote ``lang`` for ``language`` would believe for
years that they follow one language.
"""

from __future__ import annotations

import re

from django.http import HttpResponse, QueryDict

from claims.rules.numbers import LARGEST, whole_number
from claims.selectors.feeds import FeedQuestion

LANGUAGES = ("en", "uk", "ru")
_FILTERS = ("language", "topic", "claimant", "rating")
_SLUG = re.compile(r"[-A-Za-z0-9_]{1,60}")
_NUMBER = re.compile(r"-?[0-9]{1,40}")


class BadQuestion(Exception):
    """The request cannot be answered; ``status`` is 400 for a wrong form, 404 for what does not exist."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status

    def response(self) -> HttpResponse:
        answer = HttpResponse(f"{self}\n", status=self.status, content_type="text/plain; charset=utf-8")
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Cache-Control"] = "no-cache"
        return answer


def read_question(asked: QueryDict, *, place: str = "") -> tuple[FeedQuestion, str]:
    """Return the filters of a request and what it says for ``place`` ("before", "since").

    An empty value is as none. Raises ``BadQuestion``.
    """
    known = (*_FILTERS, place) if place else _FILTERS
    for name, values in asked.lists():
        if name not in known:
            raise BadQuestion(f"Unknown filter. Known are: {', '.join(known)}.")
        if len(values) > 1:
            raise BadQuestion(f"{name}: give it once.")
    language = asked.get("language", "")
    if language and language not in LANGUAGES:
        raise BadQuestion("language: en, uk or ru.")
    question = FeedQuestion(
        language=language,
        topic=_slug(asked, "topic"),
        claimant=_claimant(asked.get("claimant", "")),
        rating=_slug(asked, "rating"),
    )
    return question, asked.get(place, "") if place else ""


def number(text: str, name: str) -> int:
    """Return a number from 0 to 2⁶³−1. Raises ``BadQuestion``."""
    found = whole_number(text)
    if found is None:
        raise BadQuestion(f"{name}: a whole number.")
    return found


def _slug(asked: QueryDict, name: str) -> str:
    value = asked.get(name, "")
    if value and not _SLUG.fullmatch(value):
        raise BadQuestion(f"{name}: letters, digits, hyphens and underscores, at most 60.")
    return value


def _claimant(text: str) -> int | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise BadQuestion("claimant: a whole number.")
    if not 0 < int(text) <= LARGEST:
        raise BadQuestion("claimant: unknown.", status=404)
    return int(text)
