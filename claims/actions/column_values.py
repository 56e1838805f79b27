"""The value of a column as an export's JSON says it: of the column's own kind and length, or refused.

Stricter than a form: nothing is guessed, rounded or trimmed, for what was exported was right when it was kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey

from claims.rules.numbers import LARGEST


class Unfit(ValueError):
    """A value that is none of its column."""


def parsed(one: Field[Any, Any], value: Any) -> Any:
    """Return the value of a column from what JSON says. Raises ``Unfit``."""
    if value is None:
        if not one.null:
            raise Unfit("it may not be empty.")
        return None
    while isinstance(one, ForeignKey):
        one = one.target_field
    kind = one.get_internal_type()
    read = _READERS.get(kind, _number if kind.endswith(("IntegerField", "AutoField")) else None)
    if read is None:
        raise Unfit(f"there is no way to read a {kind}.")
    told = read(value)
    if isinstance(told, str) and one.max_length is not None and len(told) > one.max_length:
        raise Unfit(f"it is longer than {one.max_length} characters.")
    return told


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise Unfit("it is no whole number.")
    return value


def _fraction(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise Unfit("it is no number.")
    return float(value)


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise Unfit("it is neither true nor false.")
    return value


def _words(value: Any) -> str:
    if type(value) is not str:
        raise Unfit("it is no text.")
    return value


def _moment(value: Any) -> datetime:
    try:
        told = datetime.fromisoformat(_words(value))
    except ValueError as reason:
        raise Unfit("it is no moment.") from reason
    if told.tzinfo is None:
        raise Unfit("it has no time zone.")
    return told


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_words(value))
    except ValueError as reason:
        raise Unfit("it is no day.") from reason


def _uuid(value: Any) -> UUID:
    try:
        return UUID(_words(value))
    except ValueError as reason:
        raise Unfit("it is no UUID.") from reason


_READERS: dict[str, Callable[[Any], Any]] = {
    "BooleanField": _yes_or_no,
    "CharField": _words,
    "DateField": _day,
    "DateTimeField": _moment,
    "FloatField": _fraction,
    "JSONField": lambda value: value,
    "SlugField": _words,
    "TextField": _words,
    "UUIDField": _uuid,
}
