"""Machine reasons in the person's language: each code of the comparison becomes one sentence.

A reason comes as the row that evidence keeps: ``code``, spans, ``details``. A code that this module does not
know (a newer worker wrote it) is still told, as its own words, so that no reason is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from claims.corroboration.reasons import REASONS

#: Why a sentence is suggested as worth checking.
SUGGESTIONS: Mapping[str, str] = {
    "figure": gettext_noop("a figure"),
    "money_or_share": gettext_noop("money or a share"),
    "statistic": gettext_noop("something that statistics measure"),
    "quotation": gettext_noop("quoted words"),
    "attribution": gettext_noop("said to be someone's statement"),
    "comparison": gettext_noop("a comparison"),
    "public_act": gettext_noop("a vote, a law or another public act"),
    "change": gettext_noop("a change"),
    "date": gettext_noop("a date"),
    "cause": gettext_noop("a cause or a cost"),
    "past_deed": gettext_noop("something that was done"),
    "record": gettext_noop("a record"),
    "sweeping": gettext_noop("all, many or none"),
    "denial": gettext_noop("a denial"),
    "named": gettext_noop("named people or bodies"),
}


class _Details(dict[str, str]):
    """Details of a reason; a sentence that names one the reason lacks shows a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def word_reason(reason: Mapping[str, Any]) -> str:
    """Return the sentence of one reason."""
    return _worded(REASONS, reason.get("code", ""), reason.get("details") or {})


def word_suggestion(codes: Iterable[str]) -> str:
    """Return why a sentence is worth checking, in a few words."""
    return ", ".join(_worded(SUGGESTIONS, code, {}) for code in codes)


def word_origin(reason: Mapping[str, Any]) -> str:
    """Return why a document counts to its origin, "" where nothing is recorded."""
    return _worded(REASONS, reason.get("code", ""), reason) if reason else ""


def _worded(sentences: Mapping[str, str], code: str, details: Mapping[str, Any]) -> str:
    shown = {name: _DAY.sub(_day, str(value)) for name, value in details.items()}
    if code in sentences:
        return _(sentences[code]) % _Details(shown)
    told = code.replace("_", " ")
    values = ", ".join(value for name, value in shown.items() if name != "code" and value)
    return _("%(reason)s: %(details)s") % {"reason": told, "details": values} if values else told


_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def _day(written: re.Match[str]) -> str:
    try:
        return str(date_format(date.fromisoformat(written[0]), pgettext("format of a day", "j M Y")))
    except ValueError:
        return written[0]
