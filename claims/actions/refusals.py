"""Why an action did not happen: named errors with a sentence for the person. Edges only translate them.

``NotAllowed`` and ``IllegalMove`` come from the rules; ``Conflict``, ``NotFound`` and ``Invalid`` from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.rules.lifecycle import IllegalMove
from claims.rules.permissions import NotAllowed


@dataclass(eq=False)
class Conflict(Exception):
    """Somebody changed it since the person looked; nothing was written. The edge answers 409."""

    seen_version: int
    present_version: int

    def __str__(self) -> str:
        return _(
            "Someone else changed this since you opened it (you saw version %(seen)s, it is now %(present)s). "
            "Nothing was saved over it: look at the change, then decide again."
        ) % {"seen": self.seen_version, "present": self.present_version}


@dataclass(eq=False)
class NotFound(Exception):
    """There is no such thing, or not for this person. The edge answers 404."""

    what: str

    def __str__(self) -> str:
        return _("There is no such %(what)s.") % {"what": self.what}


@dataclass(eq=False)
class Invalid(Exception):
    """The input cannot be taken. ``fields`` maps a form field to its sentence. The edge answers 400."""

    sentence: str
    fields: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence


#: What an edge catches around any action.
REFUSALS = (Conflict, NotFound, Invalid, NotAllowed, IllegalMove)

__all__ = ["REFUSALS", "Conflict", "IllegalMove", "Invalid", "NotAllowed", "NotFound"]
