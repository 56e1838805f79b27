"""Figures as people write them: base units of the readings become hours, per cent, thousands.

A figure comes as the row that evidence keeps: ``low``, ``high`` (None = unbounded), ``unit``, ``comparator``.
What is counted (``of``) is a dictionary form in the passage's language and stays with the marked words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

#: From this length on, a duration is told in whole days (seconds).
_DAYS_FROM = 72 * 3600
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = {"%": "%", "pp": "pp", "°C": "°C", "m2": "m²", "m3": "m³"}


def word_figure(figure: Mapping[str, Any]) -> str:
    """Return “≈ 2 h”, “5 h 40 min – 6 h”, “> 15”: comparator, value and unit."""
    low, high, unit = figure.get("low"), figure.get("high"), str(figure.get("unit", ""))
    comparator = str(figure.get("comparator", "="))
    if low is None and high is None:
        return "?"
    if low is None or high is None:
        bound = high if low is None else low
        if comparator not in ("<", "≤", ">", "≥"):
            comparator = "≤" if low is None else "≥"
        return f"{comparator} {word_value(float(bound or 0), unit)}"
    low, high = float(low), float(high)
    if comparator == "≈" or low == high:
        sign = "≈ " if comparator == "≈" else ""
        return f"{sign}{word_value((low + high) / 2, unit)}"
    return f"{word_value(low, unit)} – {word_value(high, unit)}"


def word_value(value: float, unit: str) -> str:
    """Return one value of a base unit in words: 20400 s → “5 h 40 min”."""
    if value == 0:
        return "0"
    if unit == "s":
        return _duration(value)
    if unit == "ordinal":
        return _("no. %(number)s") % {"number": _number(value)}
    if unit == "x":
        return f"× {_number(value)}"
    if unit == "%":
        return f"{_number(value)} %"
    told = _number(value)
    return told if unit in ("count", "") else f"{told} {_UNITS.get(unit, unit)}"


def _duration(seconds: float) -> str:
    if abs(seconds) < 60:
        return pgettext("seconds, short", "%s s") % _number(seconds)
    if seconds >= _DAYS_FROM:
        return pgettext("days, short", "%s d") % _number(round(seconds / 86_400, 1))
    hours, minutes = divmod(round(seconds / 60), 60)
    told = []
    if hours:
        told.append(pgettext("hours, short", "%s h") % _number(hours))
    if minutes or not hours:
        told.append(pgettext("minutes, short", "%s min") % minutes)
    return " ".join(told)


def _number(value: float) -> str:
    names = {"trillion": _("trillion"), "billion": _("billion"), "million": _("million")}
    for size, name in _LARGE:
        if abs(value) >= size:
            return f"{_plain(value / size)} {names[name]}"
    return _plain(value)


def _plain(value: float) -> str:
    rounded = round(value, 2)
    told = int(rounded) if rounded == int(rounded) else rounded
    return str(number_format(told, use_l10n=True, force_grouping=abs(rounded) >= 10_000))
