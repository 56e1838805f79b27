"""What a verdict needs before it may be submitted, approved and published: pure functions over a dossier.

Gates are asked from their phase on, and again at every later one, because evidence and claims can change
while a verdict waits.
"""

from claims.rules.gates import claim, evidence, publication  # noqa: F401  (each registers its gates)
from claims.rules.gates.publication import FORBIDDEN_IN_SCRIPT
from claims.rules.gates.registry import (
    GATES,
    GateResult,
    Phase,
    Severity,
    checklist,
    closed,
)

__all__ = ["FORBIDDEN_IN_SCRIPT", "GATES", "GateResult", "Phase", "Severity", "checklist", "closed"]
