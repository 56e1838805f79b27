"""Machine reasons in the person's language: each code of the comparison becomes one sentence.

A reason comes as the row that evidence keeps: ``code``, spans, ``details``. A code that this module does not know
(a newer worker wrote it) is still told, as its own words, so that no reason is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Sentences by code; a sentence may name details of the reason.
SENTENCES: dict[str, Promise] = {
    "figure_agrees": gettext_lazy("It gives the same figure for the same matter."),
    "figure_differs": gettext_lazy("It gives another figure for the same matter."),
    "same_names_and_concepts": gettext_lazy("It names the same people or places and speaks of the same matter."),
    "same_matter_no_figure": gettext_lazy("It speaks of the same matter without a figure that could be compared."),
    "other_day": gettext_lazy("It speaks of another day."),
    "other_matter": gettext_lazy("It speaks of another matter."),
}
ORIGINS: dict[str, Promise] = {
    "own_report": gettext_lazy("A report of its own"),
    "near_duplicate": gettext_lazy("Carries the same text as %(of)s"),
}


class _Details(dict[str, str]):
    """Details of a reason; a sentence that names one the reason lacks shows a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def word_reason(reason: Mapping[str, Any]) -> str:
    """Return the sentence of one reason."""
    return _worded(SENTENCES, reason.get("code", ""), reason.get("details") or {})


def word_origin(reason: Mapping[str, Any]) -> str:
    """Return why a document counts to its origin, "" where nothing is recorded."""
    return _worded(ORIGINS, reason.get("code", ""), reason) if reason else ""


def _worded(sentences: Mapping[str, Promise], code: str, details: Mapping[str, Any]) -> str:
    if code in sentences:
        return str(sentences[code]) % _Details({name: str(value) for name, value in details.items()})
    told = code.replace("_", " ")
    values = ", ".join(str(value) for name, value in details.items() if name != "code" and value)
    return _("%(reason)s: %(details)s") % {"reason": told, "details": values} if values else told
