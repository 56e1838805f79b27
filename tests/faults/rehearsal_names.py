"""Where a rehearsed job leaves its traces; shared by the worker's bodies and the tests that look for them."""

from __future__ import annotations

from pathlib import Path


def starts_file(folder: Path, kind: str, subject: int) -> Path:
    return folder / f"{kind}-{subject}.starts"


def effect_name(kind: str, subject: int) -> str:
    return f"effect of {kind} {subject}"
