"""What a feed shows of one publication: its snapshot, and what happened to it since. Pure.

A retraction is an entry as well: nothing vanishes from a feed without a notice.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from claims.publish.snapshot import Snapshot

_CORRECTED = {"en": "CORRECTED", "uk": "ВИПРАВЛЕНО", "ru": "ИСПРАВЛЕНО"}
_RETRACTED = {"en": "RETRACTED", "uk": "ВІДКЛИКАНО", "ru": "ОТОЗВАНО"}
#: Characters that turn the direction of a line around; in a title they could make it read as something else.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication in a feed. ``event_at`` is its newest event, ``modified_at`` its significant change."""

    snapshot: Snapshot
    state: str
    event_at: datetime
    modified_at: datetime
    retraction_note: str = ""

    @property
    def is_retracted(self) -> bool:
        return self.state == "retracted"

    @property
    def title(self) -> str:
        """The headline as readers see it, marked where it was corrected substantially or retracted."""
        return shown_title(self.snapshot, self.state)

    @property
    def summary(self) -> str:
        """The summary, or why it was retracted."""
        return legible(self.retraction_note if self.is_retracted else self.snapshot["summary"])


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed itself. Addresses are absolute; ``next_url`` is empty on the last page, ``hub_url`` without a
    WebSub hub, and ``first_url`` where this is the first page."""

    title: str
    description: str
    home_url: str
    self_url: str
    next_url: str
    language: str
    organisation: str
    entry_id: str
    updated: datetime
    first_url: str = ""
    hub_url: str = ""


def shown_title(snapshot: Snapshot, state: str) -> str:
    """Return the headline with the word for a retraction or a substantial correction before it."""
    language = snapshot["language"]
    title = single_line(snapshot["title"])
    if state == "retracted":
        return f"{_RETRACTED[language]}: {title}"
    # A later minor correction does not take the word away again: what readers had first seen stays wrong.
    tiers = {snapshot["tier"], *(correction["tier"] for correction in snapshot["corrections"])}
    if "substantial" in tiers:
        return f"{_CORRECTED[language]}: {title}"
    return title


def legible(text: str) -> str:
    """Drop what XML 1.0 cannot carry: control characters, halves of characters, two noncharacters."""
    return "".join(
        character
        for character in text
        if character in "\t\n\r"
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff")
    )


def single_line(text: str) -> str:
    """Return ``text`` for a title: one line, without characters that turn the direction of reading."""
    kept = "".join(character for character in legible(text) if character not in _BIDI_CONTROLS)
    return " ".join(kept.split())
