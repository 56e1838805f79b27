"""One step on many ticked claims, each in the version that was seen.

Every claim is a transaction of its own: what one refuses is told by its name and stops none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.actions.refusals import REFUSALS, Invalid, NotFound
from claims.models import Claim
from claims.rules.numbers import whole_number

#: One page of a list; a longer one is a forged form.
MOST_CHOSEN = 200
#: So many refusals are told by name.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Ticked:
    """A claim and the version of it that the person saw."""

    claim: Claim
    seen_version: int


@dataclass(slots=True)
class Outcome:
    """What became of a step: how many claims took it, and the sentence of each that did not."""

    done: int = 0
    refused: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return the sentence that says for how many it was done, "" for none."""
        if not self.done:
            return ""
        sentence = ngettext("Done for %(count)s claim.", "Done for %(count)s claims.", self.done)
        return sentence % {"count": self.done}

    def refusals(self) -> list[str]:
        """Return the refusals by name and, where there are many, how many more."""
        if (more := len(self.refused) - MOST_TOLD) <= 0:
            return self.refused
        sentence = ngettext("%(count)s more was refused.", "%(count)s more were refused.", more)
        return [*self.refused[:MOST_TOLD], sentence % {"count": more}]


def step_on_each(ticked: Iterable[Ticked], step: Callable[[Ticked], object]) -> Outcome:
    """Take ``step``, which calls one action, on every ticked claim."""
    outcome = Outcome()
    for each in ticked:
        try:
            step(each)
            outcome.done += 1
        except REFUSALS as refusal:
            outcome.refused.append(f"{each.claim}: {refusal}")
    return outcome


def ticked_claims(marks: Iterable[str], claims: QuerySet[Claim]) -> list[Ticked]:
    """Return the ticked ones of ``claims``, in their order; a mark is “id:version”.

    Raises ``Invalid`` where a mark is broken or too many are ticked, ``NotFound`` where one is not among
    ``claims``: nothing is done then.
    """
    seen: dict[int, int] = {}
    for mark in marks:
        id, version = (whole_number(part) for part in mark.partition(":")[::2])
        if not id or version is None:
            raise Invalid(_("The form is incomplete. Open the page again."))
        seen[id] = version
    if len(seen) > MOST_CHOSEN:
        raise Invalid(_("The form is incomplete. Open the page again."))
    found = claims.in_bulk(list(seen))
    if len(found) < len(seen):
        raise NotFound(_("claim"))
    return [Ticked(found[id], version) for id, version in seen.items()]
