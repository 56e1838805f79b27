"""Month names and time zones as news pages in English, Ukrainian and Russian print them.

Invariant: a printed form leads to one month or one zone; zone abbreviations that mean several zones in
the news of the world (IST, CST) are left out rather than guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = (
    ("january jan", "січня січень", "января январь янв"),
    ("february feb", "лютого лютий лют", "февраля февраль фев"),
    ("march mar", "березня березень", "марта март"),
    ("april apr", "квітня квітень", "апреля апрель апр"),
    ("may", "травня травень", "мая май"),
    ("june jun", "червня червень", "июня июнь"),
    ("july jul", "липня липень", "июля июль"),
    ("august aug", "серпня серпень", "августа август авг"),
    ("september sept sep", "вересня вересень", "сентября сентябрь сент"),
    ("october oct", "жовтня жовтень", "октября октябрь окт"),
    ("november nov", "листопада листопад", "ноября ноябрь нояб"),
    ("december dec", "грудня грудень", "декабря декабрь дек"),
)
MONTH_NUMBER: dict[str, int] = {
    word: number for number, forms in enumerate(_MONTHS, 1) for form in forms for word in form.split()
}
_MONTH = r"(?P<month{0}>" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?P<year{0}>(?:19|20)\d\d)\b(?:\s*(?:р\.|р\b|року|г\.|г\b|года))?)?"
#: A date in words or figures: “18 February 2026”, “February 18”, “18 лютого”, “18.02.2026”, “2026-02-18”.
DATE_PATTERN = (
    r"(?:(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH.format(1) + _YEAR.format(1)
    + r"|" + _MONTH.format(2) + r"\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:)" + _YEAR.format(2)
    + r"|(?P<day3>[0-3]?\d)[./](?P<month3>[01]?\d)[./](?P<year3>(?:19|20)\d\d)\b"
    + r"|(?P<year4>(?:19|20)\d\d)-(?P<month4>[01]\d)-(?P<day4>[0-3]\d))"
)  # fmt: skip
DATE = re.compile(r"(?<!\w)" + DATE_PATTERN, re.IGNORECASE)

_ZONES: dict[str, str] = {
    "Europe/Kyiv": r"kyiv(?:\s+time)?|kiev(?:\s+time)?|за києвом|за київським часом|по киеву"
    r"|по киевскому времени|київського часу|киевского времени",
    "Europe/Moscow": r"moscow(?:\s+time)?|msk|мск|за москвою|за московським часом|по москве"
    r"|по московскому времени|московского времени",
    "UTC": r"gmt|utc|за гринвічем|по гринвичу",
    "America/New_York": r"e[sd]?t|eastern(?:\s+time)?|washington(?:\s+time)?|за вашингтоном|по вашингтону",
    "Europe/Paris": r"ces?t|geneva(?:\s+time)?|central european(?:\s+summer)?\s+time|за женевою|по женеве"
    r"|за центральноєвропейським часом|по центральноевропейскому времени",
    "Europe/London": r"bst|london(?:\s+time)?|за лондоном|по лондону",
    "Europe/Helsinki": r"ees?t",
}
_OFFSET = r"(?:(?:utc|gmt)\s*)?(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?"
#: A printed zone: “(Kyiv time)”, “мск”, “GMT+2”, “+02:00”.
ZONE_PATTERN = (
    r"\(?\s*(?:" + _OFFSET + "|" + "|".join(f"(?P<z{n}>{form})" for n, form in enumerate(_ZONES.values()))
    + r")(?!\w)\s*\)?"
)  # fmt: skip


def date_of(match: re.Match[str], near: date | None) -> date | None:
    """Return the date that ``DATE_PATTERN`` matched. A date without a year takes the year that brings it
    closest to ``near``; ``None`` when there is no such day or nothing to be near to."""
    for form in "1234":
        day = match[f"day{form}"]
        if day is None:
            continue
        month_text = match[f"month{form}"].lower()
        month = MONTH_NUMBER.get(month_text) or int(month_text)
        year = match[f"year{form}"]
        years = [int(year)] if year else [near.year + step for step in (-1, 0, 1)] if near else []
        days = [found for found in (_day(y, month, int(day)) for y in years) if found]
        return min(days, key=lambda found: abs(found - near) if near else timedelta(0), default=None)
    return None


def zone_of(match: re.Match[str]) -> str:
    """Return the zone that ``ZONE_PATTERN`` matched, as an IANA name or ``UTC+02:00``; ``""`` for none."""
    if match["hours"] is not None:
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours > 14 or minutes > 59:
            return ""
        sign = "+" if match["sign"] == "+" else "-"
        return f"UTC{sign}{hours:02d}:{minutes:02d}"
    for number, name in enumerate(_ZONES):
        if match[f"z{number}"] is not None:
            return name
    return ""


def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or of ``UTC+02:00``, or ``None`` when there is no such zone."""
    offset = re.fullmatch(r"UTC([+-])(\d\d):(\d\d)", name)
    try:
        if offset:
            delta = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(-delta if offset[1] == "-" else delta)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
