"""Machine reasons in the person's language: each code of the comparison becomes one sentence.

A reason comes as the row that evidence keeps: ``code``, spans, ``details``. A code that this module does not
know (a newer worker wrote it) is still told, as its own words, so that no reason is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Sentences by code; a sentence may name details of the reason.
SENTENCES: dict[str, Promise] = {
    "figure_agrees": gettext_lazy("It gives the same figure for the same matter."),
    "figure_differs": gettext_lazy("It gives another figure for the same matter."),
    "same_names_and_concepts": gettext_lazy("It names the same people or places and says the same of them."),
    "same_matter_no_figure": gettext_lazy("It speaks of the same matter without a figure."),
    "no_comparable_figure": gettext_lazy("It speaks of the same matter, but with no figure to compare."),
    "part_of_the_matter": gettext_lazy("It speaks of a part of the matter only."),
    "other_matter": gettext_lazy("It speaks of another matter."),
    "other_day": gettext_lazy("It speaks of another day (%(days)s)."),
    "other_time": gettext_lazy("It was published at another time (%(days)s)."),
    "before_the_day": gettext_lazy("It was published before that day (%(days)s)."),
    "long_after": gettext_lazy("It was published long after that day (%(days)s)."),
    "other_round": gettext_lazy("It speaks of another round or session."),
    "other_place": gettext_lazy("It speaks of another place."),
    "other_party": gettext_lazy("It speaks of other people or bodies."),
    "other_measure": gettext_lazy("Its figure measures something else."),
    "other_counted": gettext_lazy("Its figure counts something else."),
    "plan_or_result": gettext_lazy("One speaks of a plan, the other of what happened."),
    "level_or_change": gettext_lazy("One gives a level, the other a change."),
    "part_or_whole": gettext_lazy("One figure is for a part, the other for the whole."),
    "opposite": gettext_lazy("It says the opposite."),
    "negated": gettext_lazy("It denies what the claim says."),
}
ORIGINS: dict[str, Promise] = {
    "own_report": gettext_lazy("A report of its own"),
    "near_duplicate": gettext_lazy("Carries the same text as %(of)s"),
}
#: Why a sentence is suggested as worth checking.
SUGGESTIONS: dict[str, Promise] = {
    "figure": gettext_lazy("a figure"),
    "money_or_share": gettext_lazy("money or a share"),
    "quotation": gettext_lazy("quoted words"),
    "attribution": gettext_lazy("said to be someone's statement"),
    "comparison": gettext_lazy("a comparison"),
    "change": gettext_lazy("a change"),
    "date": gettext_lazy("a date"),
    "past_deed": gettext_lazy("something that was done"),
    "record": gettext_lazy("a record"),
    "denial": gettext_lazy("a denial"),
    "named": gettext_lazy("named people or bodies"),
}


class _Details(dict[str, str]):
    """Details of a reason; a sentence that names one the reason lacks shows a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def word_reason(reason: Mapping[str, Any]) -> str:
    """Return the sentence of one reason."""
    return _worded(SENTENCES, reason.get("code", ""), reason.get("details") or {})


def word_suggestion(codes: Iterable[str]) -> str:
    """Return why a sentence is worth checking, in a few words."""
    return ", ".join(_worded(SUGGESTIONS, code, {}) for code in codes)


def word_origin(reason: Mapping[str, Any]) -> str:
    """Return why a document counts to its origin, "" where nothing is recorded."""
    return _worded(ORIGINS, reason.get("code", ""), reason) if reason else ""


def _worded(sentences: Mapping[str, Promise], code: str, details: Mapping[str, Any]) -> str:
    if code in sentences:
        return str(sentences[code]) % _Details({name: str(value) for name, value in details.items()})
    told = code.replace("_", " ")
    values = ", ".join(str(value) for name, value in details.items() if name != "code" and value)
    return _("%(reason)s: %(details)s") % {"reason": told, "details": values} if values else told
