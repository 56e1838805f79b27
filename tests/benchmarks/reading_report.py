"""What both benchmarks of reading tell: words a minute, and the worst of the hostile texts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from claims.language.readings import Language

HOSTILE_MILLISECONDS_FLOOR = 100


def wanted_file(description: str | None) -> Path | None:
    """Read the command line; return the file that ``--json`` names."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", type=Path)
    file: Path | None = parser.parse_args().json
    return file


def tell(
    speeds: Mapping[Language, float], hostile: Mapping[str, float], *, fewest_words: int, file: Path | None
) -> int:
    """Print words a minute and the five slowest hostile texts (milliseconds); return 1 where a floor is missed."""
    worst = sorted(hostile.items(), key=lambda pair: -pair[1])[:5]
    for language, speed in speeds.items():
        print(f"{language}: {speed:,.0f} words a minute")
    for label, milliseconds in worst:
        print(f"hostile {label}: {milliseconds:.0f} ms")
    if file:
        report = {"words_per_minute": dict(speeds), "hostile_worst_ms": worst[0][1]}
        file.write_text(json.dumps(report), encoding="utf-8")
    return int(min(speeds.values()) < fewest_words or worst[0][1] > HOSTILE_MILLISECONDS_FLOOR)
