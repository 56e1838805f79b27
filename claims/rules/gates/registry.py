"""How a gate is written and asked: it looks at one dossier and says whether it stands.

An error closes the way, a warning is only shown. A result names a sentence by its key; edges word it in the
person's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from claims.rules.dossier import VerdictDossier


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Phase(IntEnum):
    """When a gate is first asked."""

    SUBMISSION = 1
    PUBLICATION = 2


Parameters = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class GateResult:
    """How one gate stands. ``key`` names the sentence to show, ``parameters`` fill it."""

    id: str
    severity: Severity
    phase: Phase
    passed: bool
    key: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failing:
    key: str
    parameters: Parameters = field(default_factory=dict)


def failing(key: str, **parameters: str | int) -> Failing:
    return Failing(key, parameters)


Check = Callable[[VerdictDossier], Failing | None]
Gate = Callable[[VerdictDossier], GateResult]

#: Every gate by its id, in the order of the checklist.
GATES: dict[str, Gate] = {}
PHASES: dict[str, Phase] = {}


def gate(id: str, severity: Severity, phase: Phase) -> Callable[[Check], Gate]:
    def register(check: Check) -> Gate:
        def ask(dossier: VerdictDossier) -> GateResult:
            failing = check(dossier)
            if failing is None:
                return GateResult(id, severity, phase, True, id)
            return GateResult(id, severity, phase, False, failing.key, failing.parameters)

        ask.__name__, ask.__doc__ = check.__name__, check.__doc__
        GATES[id], PHASES[id] = ask, phase
        return ask

    return register


def checklist(dossier: VerdictDossier, phase: Phase) -> tuple[GateResult, ...]:
    """Ask every gate that has to stand at ``phase``, in the order of the checklist."""
    return tuple(gate(dossier) for id, gate in GATES.items() if PHASES[id] <= phase)


def closed(results: tuple[GateResult, ...]) -> tuple[GateResult, ...]:
    """Return the results that close the way: errors that do not stand."""
    return tuple(result for result in results if not result.passed and result.severity is Severity.ERROR)


def day(moment: datetime | date) -> str:
    return moment.strftime("%Y-%m-%d")
