"""Clock times in figures: “10:40”, “1500 GMT”, “10.40” after a preposition of time.

Invariant: a ``Clock`` is a civil hour and minute with the zone the text gave it, if any.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.numerals.scanning import Tokens


@dataclass(frozen=True, slots=True)
class Clock:
    """Tokens ``[start, end)`` say this time; ``fixed`` tells that the half of the day is known."""

    start: int
    end: int
    hour: int
    minute: int
    zone: str | None = None
    fixed: bool = True
    to_hour: int | None = None
    to_minute: int = 0


def small_number(tokens: Tokens, index: int, most: int, length: int = 2) -> int | None:
    written = tokens.fold[index]
    if tokens.kind[index] == "n" and len(written) <= length and written.isdecimal() and int(written) <= most:
        return int(written)
    return None


def read_figures(tokens: Tokens, index: int) -> Clock | None:
    """“10:40”, “10:40:15”, “1500 GMT”, “10.40” after a preposition of time."""
    fold = tokens.fold
    hour = small_number(tokens, index, 24)
    if hour is not None and fold[index + 1] == ":" and tokens.glued(index + 1) and tokens.glued(index + 2):
        minute = small_number(tokens, index + 2, 59) if len(fold[index + 2]) == 2 else None
        if (
            minute is None
            or (fold[index + 3] == ":" and len(fold[index + 4]) != 2)
            or (hour == 24 and minute)
        ):
            return None
        end = index + 3
        if fold[end] == ":" and tokens.glued(end) and small_number(tokens, end + 1, 59) is not None:
            end += 2
        return Clock(index, end, hour % 24, minute, fixed=hour > 12 or len(fold[index]) == 2)
    written = fold[index]
    four = tokens.kind[index] == "n" and len(written) == 4 and written.isdecimal()
    if four and fold[index + 1] in _MILITARY and int(written[:2]) < 24 and int(written[2:]) < 60:
        return Clock(index, index + 1, int(written[:2]), int(written[2:]))
    return _dotted(tokens, index)


_MILITARY = frozenset(("gmt", "utc", "cet", "local", "eet", "cest"))


def _dotted(tokens: Tokens, index: int) -> Clock | None:
    hour, dot, minute = tokens.fold[index].partition(".")
    if not dot or tokens.kind[index] != "n" or len(minute) != 2 or not 1 <= len(hour) <= 2:
        return None
    if not (hour.isdecimal() and minute.isdecimal()) or int(hour) > 23 or int(minute) > 59:
        return None
    before, following = tokens.fold[index - 1] if index else "", tokens.fold[index + 1]
    meridiem = following in ("am", "pm") or (following in ("a", "p") and tokens.fold[index + 2] == ".")
    if (
        meridiem
        or before in ("о", "об")
        or (
            before in ("at", "в", "к")
            and (
                tokens.kind[index + 1] != "w"
                or following in ("мск", "по", "за", "gmt", "local", "утра", "вечера", "on")
            )
            and following not in ("%", "$", "€", "°")
        )
    ):
        return Clock(index, index + 1, int(hour), int(minute), fixed=int(hour) > 12 or len(hour) == 2)
    return None
