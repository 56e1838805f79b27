"""The picture that other sites show beside a link to a check: claim, rating, and whether it was corrected. Pure.

Its size is what Open Graph consumers show whole (1200 × 630). It is drawn with DejaVu Sans, which has Latin and
Cyrillic; where that font is not installed there is no picture, and pages name none.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from claims.publish.entries import shown_title, single_line
from claims.publish.snapshot import Snapshot

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_PAPER, _INK, _FAINT, _ACCENT, _WARN = "#ffffff", "#1f2328", "#5b6270", "#14506f", "#9c2a1c"
_REGULAR, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the picture follows from. ``value`` and ``best`` are None for a rating that is text only."""

    headline: str
    claim: str
    rating: str
    value: int | None
    best: int | None
    organisation: str
    site: str
    is_retracted: bool
    note: str = ""


def words_of(snapshot: Snapshot, state: str, *, note: str = "") -> Words:
    """Return what the picture of a check says now; a retracted one has no rating any more.

    ``note`` is said on top of everything: that this is no check of a newsroom.
    """
    opening, closing = ("“", "”") if snapshot["language"] == "en" else ("«", "»")
    rating, is_retracted = snapshot["rating"], state == "retracted"
    return Words(
        headline=shown_title(snapshot, state),
        claim=f"{opening}{single_line(snapshot['claim_reviewed'])}{closing}",
        rating="" if is_retracted else single_line(rating["label"]),
        value=None if is_retracted else rating["value"],
        best=rating["best"],
        organisation=single_line(snapshot["organisation"]["name"]),
        site=snapshot["url"].removesuffix(snapshot["path"]).partition("://")[2],
        is_retracted=is_retracted,
        note=note,
    )


@lru_cache(maxsize=1)
def can_draw() -> bool:
    """Say whether the fonts are installed."""
    try:
        _font(_REGULAR, 20)
        _font(_BOLD, 20)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def share_image(words: Words) -> bytes:
    """Return the picture as PNG. Raises ``OSError`` where the fonts are missing."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=_WARN if words.is_retracted else _ACCENT)
    top = 58
    if words.note:
        top = _paragraph(draw, 40, words.note, (_BOLD, (30, 26)), lines=1, fill=_WARN) + 10
    top = _paragraph(draw, top, words.headline, (_BOLD, (52, 46, 40)), lines=3, fill=_INK)
    if words.headline != words.claim[1:-1]:
        # What was checked is said as well, for a headline may be a question.
        _paragraph(draw, top + 20, words.claim, (_REGULAR, (36, 32, 28)), lines=3, fill=_FAINT)
    if words.rating:
        _rating(draw, words)
    draw.line((_MARGIN, HEIGHT - 96, WIDTH - _MARGIN, HEIGHT - 96), fill="#dcdad3", width=2)
    foot = _font(_REGULAR, 26)
    draw.text((_MARGIN, HEIGHT - 76), _cut(words.organisation, foot, 620), font=foot, fill=_INK)
    draw.text(
        (WIDTH - _MARGIN, HEIGHT - 76), _cut(words.site, foot, 400), font=foot, fill=_FAINT, anchor="ra"
    )
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _rating(draw: ImageDraw.ImageDraw, words: Words) -> None:
    """Tell the rating by its word, and by steps where it has a number."""
    left, top = _MARGIN, HEIGHT - 186
    if words.value is not None and words.best is not None and words.best <= 12:
        for step in range(1, words.best + 1):
            box = (left, top, left + 26, top + 48)
            draw.rounded_rectangle(
                box, 6, outline=_ACCENT, width=4, fill=_ACCENT if step <= words.value else _PAPER
            )
            left += 36
        left += 16
    font = _font(_BOLD, 44)
    draw.text((left, top - 3), _cut(words.rating, font, WIDTH - _MARGIN - left), font=font, fill=_ACCENT)


def _paragraph(
    draw: ImageDraw.ImageDraw, top: int, text: str, face: tuple[str, Sequence[int]], *, lines: int, fill: str
) -> int:
    """Draw ``text`` in the largest of the sizes at which it fits; return where it ends. What is too long is cut."""
    name, sizes = face
    for size in sizes:
        font = _font(name, size)
        wrapped = _wrapped(text, font)
        if len(wrapped) <= lines:
            break
    else:
        wrapped = [*wrapped[: lines - 1], _cut(" ".join(wrapped[lines - 1 :]), font, WIDTH - 2 * _MARGIN)]
    for line in wrapped:
        draw.text((_MARGIN, top), line, font=font, fill=fill)
        top += round(size * 1.3)
    return top


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, WIDTH - 2 * _MARGIN))
    return [line for line in lines if line]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)
