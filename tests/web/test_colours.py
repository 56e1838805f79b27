"""The colours of the look: every ink can be read on its grounds, in light and in dark (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.servers import ROOT

STATIC = ROOT / "claims/static/claims"
#: 1.4.3 Contrast (Minimum) for text, 1.4.11 Non-text Contrast for the edges of fields.
TEXT, EDGE = 4.5, 3.0
MEANINGS = ("supports", "contradicts", "context", "warn")
INKS = ("ink", "faint", "accent", *(f"ink-{meaning}" for meaning in MEANINGS))
PAIRS = [
    *((ink, ground, TEXT) for ink, ground in product(INKS, ("paper", "sheet", "wash"))),
    *((f"ink-{meaning}", f"wash-{meaning}", TEXT) for meaning in (*MEANINGS, "mark")),
    *((ink, "accent-wash", TEXT) for ink in ("ink", "faint", "accent")),
    ("accent-ink", "accent", TEXT),
    ("ink", "wash-said", TEXT),
    ("edge", "paper", EDGE),
    ("edge", "sheet", EDGE),
]


def _tokens() -> dict[str, tuple[str, str]]:
    written = (STATIC / "tokens.css").read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", written)
    return {name: (light, dark) for name, light, dark in found}


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground", "least"), PAIRS, ids=[f"{ink} on {ground}" for ink, ground, _ in PAIRS]
)
def test_an_ink_can_be_read_on_its_ground(ink: str, ground: str, least: float) -> None:
    tokens = _tokens()
    ratios = [_contrast(*colours) for colours in zip(tokens[ink], tokens[ground], strict=True)]
    assert min(ratios) >= least


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    assert round(_contrast("#000000", "#ffffff"), 2) == 21.0


def test_the_review_desk_has_the_accent_of_the_pages() -> None:
    """Django's admin has a colour of this name, so the desk has to write it once more."""
    light, dark = _tokens()["accent"]
    assert f"--accent: light-dark({light}, {dark});" in (STATIC / "desk.css").read_text("utf-8")
