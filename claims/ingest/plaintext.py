"""Read an article that a person pasted as plain text.

Invariant: what the person states (title, publication, outlet zone) is kept; only what they leave open is
guessed from the text, and a guess that is not evident is left empty.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from claims.ingest.calendar_words import DATE, date_of, zone_named
from claims.ingest.clock import read_time_line
from claims.ingest.dating import Dating
from claims.ingest.extracted import ExtractedArticle, normalise
from claims.ingest.headings import Line, lines_of
from claims.ingest.liveblog import split_live_blog
from claims.ingest.parse_errors import NothingGiven, TooMuchText
from claims.language.identify import identify_language

MAX_CHARACTERS = 2_000_000
_HEAD_LINES = 6
#: A day without a year that lies further ahead than this is taken for one gone by: few reports announce the
#: very day of what is months away, and nearly all name the day of what has happened.
_ANNOUNCED = timedelta(days=31)


def read_pasted(
    text: str,
    *,
    outlet_zone: str,
    seen_at: datetime,
    title: str = "",
    outlet_name: str = "",
    language: str = "",
    url: str = "",
    published: datetime | date | None = None,
) -> ExtractedArticle:
    """Read pasted text as an article or live blog.

    ``published`` is an aware moment or a bare date; ``seen_at`` (aware) is when it was pasted, and no
    update lies after it. Raises ``NothingGiven``, ``TooMuchText``, and ``ValueError`` for an unknown zone.
    """
    text = normalise(text)
    if not any(character.isalnum() for character in text):
        raise NothingGiven
    if len(text) > MAX_CHARACTERS:
        raise TooMuchText
    lines = lines_of(text)
    title_line = _title_line(lines)
    # A language is read from the article's own words, not from the menu words above them.
    language = language or identify_language(text[:20_000])
    # The outlet's day, since a text pasted just after midnight there is of a day that UTC has not reached.
    published = published or guess_date(text, seen_at.astimezone(zone_named(outlet_zone) or UTC).date())
    dating = Dating(published, seen_at, outlet_zone)
    updates, sections = split_live_blog(text, dating, title_line.end if title_line else 0)
    moment = published if isinstance(published, datetime) else None
    return ExtractedArticle(
        text=text,
        title=(title.strip() or (title_line.text if title_line else ""))[:500],
        outlet_name=outlet_name,
        language=language,
        url=url,
        published_at=moment,
        published_on=None if isinstance(published, datetime) else published,
        published_zone="stated" if moment else "",
        updates=updates,
        sections=sections,
    )


def guess_date(text: str, near: date) -> date | None:
    """Guess the day an article speaks of: the latest date before or on ``near`` among those of its first
    six lines, else of its first 5,000 characters. A date without a year is the one closest to ``near``, or
    the one before where that lies more than a month ahead."""
    head = "\n".join(line.text for line in lines_of(text[:5000])[:_HEAD_LINES])
    for stretch in (head, text[:5000]):
        found = [_day_spoken_of(match, near) for match in DATE.finditer(stretch)]
        past = [day for day in found if day and day <= near]
        if past:
            return max(past)
    return None


def _day_spoken_of(match: re.Match[str], near: date) -> date | None:
    day = date_of(match, near)
    if day is None or day <= near + _ANNOUNCED:
        return day
    # The year of a date that states one does not depend on where it is looked at from.
    return date_of(match, near - timedelta(days=183))


def _title_line(lines: tuple[Line, ...]) -> Line | None:
    """The first of the head lines that reads as a title: capital letter, three words, no full stop."""
    for line in lines[:_HEAD_LINES]:
        words = line.text.split()
        opening = line.text.lstrip("«“\"„'")[:1]
        if read_time_line(line.text, None):
            return None
        if 3 <= len(words) <= 40 and len(line.text) <= 300 and (opening.isupper() or opening.isdigit()):
            return None if line.text.endswith((".", ":", ";")) else line
    return None
