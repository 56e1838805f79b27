"""The words of an article that a person chose: where they stand, in which update, and what became of them since.

They arrive as code points of the text that the person had before them, or as pasted words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid
from claims.ingest.quoted import Followed, Post, Quotation, follow
from claims.models import Article, ArticleVersion, Update
from claims.selectors import articles as rows
from claims.selectors.reading_room import cover, find_quotation
from claims.selectors.update_history import words_of
from claims.web.edges import number


def chosen_words(text: str, given: Any) -> tuple[int, int] | None:
    """Return the code points of the chosen words, or None where nothing usable was chosen yet."""
    words = given.get("words", "").strip()
    near = number(given.get("from")) or 0
    if words:
        found = find_words(text, words, near)
        if found is None:
            raise Invalid(_("These words do not stand in the article. Copy them from the text exactly."))
        return found
    start, end = number(given.get("start")), number(given.get("end"))
    if start is None or end is None:
        return None
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise Invalid(_("No words are selected there. Go back to the article and select them again."))
    return start, end


def find_words(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return where pasted ``words`` stand in ``text``, whatever blanks lie between them."""
    found = find_quotation(text, words, near=near)
    if found is not None:
        return found, found + len(words)
    pieces = words.split()
    folded, places = [], []
    for place, character in enumerate(text):
        if not character.isspace():
            folded.append(character)
            places.append(place)
    at = "".join(folded).casefold()
    wanted = "".join(pieces).casefold()
    if len(at) != len(places) or not wanted or (hit := at.find(wanted)) < 0:
        return None
    return places[hit], places[hit + len(wanted) - 1] + 1


def pieces_by_update(text: str, updates: Sequence[Update], start: int, end: int) -> list[tuple[int, int]]:
    """Return the part of ``[start, end)`` in each update that it touches, without blanks at the ends."""
    pieces = []
    for update, first, last in cover(len(text), updates):
        left, right = max(start, update.body_start if update else first), min(end, last)
        words = text[left:right] if left < right and first < end else ""
        if words.strip():
            left += len(words) - len(words.lstrip())
            pieces.append((left, left + len(words.strip())))
    return pieces


def changed_since(
    article: Article, version: ArticleVersion, updates: Sequence[Update], start: int, end: int
) -> Followed | None:
    """Return what became of the words since the version that was read; None where they stand as they were."""
    if article.current is None or version.pk == article.current.pk:
        return None
    update = update_at(updates, start)
    post = Post(update.printed_time, update.moment, words_of(update, version.text)) if update else None
    present = [
        Post(each.printed_time, each.moment, words_of(each, article.current.text))
        for each in rows.updates_of(article.current)
    ]
    quotation = Quotation(version.text[start:end], post, post.words if post else "")
    followed = follow(quotation, article.current.text, present)
    return None if followed.state == "stands" else followed


def update_at(updates: Sequence[Update], position: int) -> Update | None:
    return next((update for update in updates if update.start <= position < update.end), None)
