"""The types of what callers send: taken exactly as the schema says, and storable in any database.

Invariant: what is not of the declared type is refused and never turned into something near it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from claims.rules.numbers import LARGEST

LARGEST_VERSION = 2**31 - 1
_DIGITS = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
#: RFC 3339, with its offset: a moment without one means different things in different places.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def whole(value: Any) -> Any:
    """An address holds text: only plain digits are a number (Python would also read 1_0, and pydantic 1.0)."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("a whole number")
    return value


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a date like 2026-03-04")
    return date.fromisoformat(value)


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("a moment with its offset, like 2026-03-04T12:30:00Z")
    try:
        return datetime.fromisoformat(value.upper())
    except (ValueError, OverflowError):
        raise ValueError("no such moment") from None


Id = Annotated[int, Field(ge=1, le=LARGEST, examples=[17]), BeforeValidator(whole)]
#: An id in a body, where a number is a number.
BodyId = Annotated[int, Field(strict=True, ge=1, le=LARGEST, examples=[17])]
Limit = Annotated[
    int, Field(ge=1, le=100, description="How many rows at most.", examples=[30]), BeforeValidator(whole)
]
CursorText = Annotated[
    str, Field(max_length=300, description="`next_cursor` of the page before; none for the first page.")
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-04"]}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-04T12:30:00Z"]}),
]


class Sent(BaseModel):
    """A body that callers send: nothing unknown in it, and nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Shown(BaseModel):
    """A body that callers get."""

    model_config = ConfigDict(from_attributes=True)
