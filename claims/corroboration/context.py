"""What a bare claim takes from its article, said as reasons and as words to look for.

Invariant: nothing here is content of the claim. A claim that names its place takes no names, and one that
states a time takes no day.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.corroboration.comparison import Reason
from claims.corroboration.profile import profile_of
from claims.language.readings import Reading
from claims.language.tokens import concept_tokens, name_tokens

#: So many names tell a person which event is meant.
_NAMES_TOLD = 3
#: What a word of the context counts against a word of the claim when passages are asked for.
_WEIGHTS = {"names": 0.2, "concepts": 0.1, "dates": 0.2}


def context_reasons(claim: Reading, context: Reading | None) -> tuple[Reason, ...]:
    """Return what was taken from the context, for a person to see; nothing where the claim says it all."""
    if context is None:
        return ()
    profile = profile_of(claim, context)
    names = dict.fromkeys(unit.name.surface for unit in profile.anchors if unit.name is not None)
    reasons: list[Reason] = []
    if names:
        told = ", ".join(list(names)[:_NAMES_TOLD])
        reasons.append(Reason("event_from_article", details=(("names", told),)))
    if profile.context_day is not None:
        reasons.append(Reason("day_from_article", details=(("days", profile.context_day.isoformat()),)))
    return tuple(reasons)


def context_query(claim: Reading, context: Reading | None) -> Iterator[tuple[str, str, float]]:
    """Yield ``(field, token, weight)`` for the names, terms and day that the claim leaves to its article."""
    if context is None:
        return
    profile = profile_of(claim, context)
    for unit in profile.anchors:
        if unit.name is not None:
            for token in name_tokens(unit.name):
                yield "names", token, _WEIGHTS["names"]
    if profile.anchors:
        for concept in context.concepts:
            for token in concept_tokens(concept.concept):
                yield "concepts", token, _WEIGHTS["concepts"]
    if profile.context_day is not None:
        yield "dates", profile.context_day.isoformat(), _WEIGHTS["dates"]
