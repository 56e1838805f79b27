"""Where the sample pages are, and the common arguments to read them with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SEEN = datetime(2025, 10, 1, 12, tzinfo=UTC)


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
