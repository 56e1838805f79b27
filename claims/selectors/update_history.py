"""What became of each update of a live blog: when it was edited, with the words, and what was taken out.

Read from the differences that were kept with each version, so that the reading room need not compare anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.dateparse import parse_datetime

from claims.models import Article, Update

#: The newest versions that are looked through; the page of the versions has them all.
VERSIONS_READ = 100
#: The removed updates that a page shows at most, the newest first.
REMOVED_SHOWN = 50

Run = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit, seen first at ``at``; ``runs`` are its words, each ``equal``, ``delete`` or ``insert``."""

    at: datetime
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """An update that stands on the page no more, seen first to be missing at ``at``."""

    printed_time: str
    moment: datetime | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UpdateHistory:
    """``edits`` by the words that stand now, newest first. ``news`` are the words that came after the version that
    the person had seen, by edit or as new."""

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    news: frozenset[str] = frozenset()

    def removed_before(self, updates: Sequence[Update]) -> dict[int | None, list[Removed]]:
        """Return what was removed by the ordinal of the update that it stood before; None: after the last one."""
        posts = [update for update in updates if update.kind == Update.Kind.POST and update.moment]
        falls = any(
            left.moment > right.moment for left, right in pairwise(posts) if left.moment and right.moment
        )
        placed: dict[int | None, list[Removed]] = {}
        for gone in self.removed:
            after = (post for post in posts if gone.moment and _follows(post, gone.moment, falls))
            placed.setdefault(next((post.ordinal for post in after), None), []).append(gone)
        for listed in placed.values():
            listed.sort(key=lambda gone: (gone.moment is not None, gone.moment or gone.at), reverse=falls)
        return placed


@dataclass(frozen=True, slots=True)
class News:
    """How many updates were added, changed and removed since a version."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def update_history(
    article: Article, text: str, updates: Sequence[Update], seen: int | None = None
) -> UpdateHistory:
    """Return the history of the updates of the current version. One query, none for a first version."""
    if article.current is None or article.current.number < 2:
        return UpdateHistory()
    present = {words_of(update, text) for update in updates}
    edits: dict[str, list[Edit]] = {}
    removed: list[Removed] = []
    news: set[str] = set()
    #: Earlier words of an update → those that stand now; "" where it stands no more.
    became: dict[str, str] = {}
    for number, at, diff in _versions(article):
        for change in diff:
            old, new = change["old"], change["new"]
            now = became.pop(new, new if new in present else "")
            if seen is not None and number > seen and now:
                news.add(now)
            if change["kind"] == "changed":
                became[old] = now
                if now:
                    edits.setdefault(now, []).append(Edit(at, tuple(change["runs"])))
            elif change["kind"] == "removed" and old not in present and old not in became:
                became[old] = ""
                if change["printed_time"]:
                    removed.append(_removed(change, at))
    return UpdateHistory(
        {words: tuple(listed) for words, listed in edits.items()},
        tuple(removed[:REMOVED_SHOWN]),
        frozenset(news),
    )


def news_since(article: Article, seen: int) -> News:
    """Count what came after version ``seen``. One query."""
    counted = {"added": 0, "changed": 0, "removed": 0}
    for number, _at, diff in _versions(article):
        if number > seen:
            for change in diff:
                counted[change["kind"]] += 1
    return News(**counted)


def words_of(update: Update, text: str) -> str:
    """Return the words of an update as the differences between versions have them."""
    return text[update.body_start : update.end].strip()


def _versions(article: Article) -> list[tuple[int, datetime, list[dict[str, Any]]]]:
    """Return number, moment and difference of the newest versions, newest first."""
    versions = article.versions.order_by("-number").values_list("number", "fetched_at", "diff")
    return list(versions[:VERSIONS_READ])


def _removed(change: Mapping[str, Any], at: datetime) -> Removed:
    moment = parse_datetime(change.get("moment", "")) if change.get("moment") else None
    return Removed(change["printed_time"], moment, change["old"], at)


def _follows(post: Update, moment: datetime, falls: bool) -> bool:
    if post.moment is None:
        return False
    return post.moment <= moment if falls else post.moment > moment
