"""Plain text with three signs, read into blocks that a template shows: no markup of an author gets through. Pure.

A blank line parts paragraphs, ``## `` begins a heading, ``- `` an item of a list. Everything else is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_BETWEEN = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph (one line each) or a list (one item each)."""

    kind: Literal["heading", "paragraph", "list"]
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Return the blocks of ``text`` in order.

    >>> [block.kind for block in blocks("## Who\\n\\nWe.\\n\\n- one\\n- two")]
    ['heading', 'paragraph', 'list']
    """
    found: list[Block] = []
    for part in _BETWEEN.split(text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines and lines[0].startswith("## "):
            found.append(Block("heading", (lines.pop(0)[3:].strip(),)))
        if not lines:
            continue
        if all(line.startswith("- ") for line in lines):
            found.append(Block("list", tuple(line[2:].strip() for line in lines)))
        else:
            found.append(Block("paragraph", tuple(lines)))
    return found
