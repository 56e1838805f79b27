"""What became of an export that was taken in: counts, what has no place here, what was left out and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unmapped:
    """What of the export has no place here: a whole model, or a column, with how many rows say something in it."""

    model: str
    column: str
    rows: int


@dataclass(slots=True)
class ImportReport:
    """What became of an export. ``filled`` are columns that it lacks, each set to its usual value in all rows."""

    made_at: str
    site: str
    signed_by: str
    head: str
    counts: dict[str, int] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)
    filled: list[Unmapped] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    people_without_login: int = 0
    subscriptions_disabled: int = 0
    other_site: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
