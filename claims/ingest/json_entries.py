"""Read the entries of a large JSON list one by one, past those that are broken.

Invariant: a broken entry costs that entry only, and no more than one entry of ``MAX_ENTRY_BYTES`` is held. An
entry ends where its braces close; where what stands between them is no JSON, or they never close, reading goes
on at the next place that opens like the first entry did.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Literal

#: Longer entries are left out.
MAX_ENTRY_BYTES = 1024 * 1024
_READ_BYTES = 256 * 1024
#: How far before the first entry a list may be named; what was looked through is kept to match across reads.
_HEAD_BYTES = 1024 * 1024
_OVERLAP_BYTES = 4096

#: The lists that hold the entries: a schema.org DataFeed, a graph or list, an answer of the Fact Check Tools.
_LIST = re.compile(rb'"(?:dataFeedElement|itemListElement|@graph|claims)"\s*:\s*\[')
_OPENING = re.compile(rb'\{\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")?', re.S)
_STRUCTURE = re.compile(rb'\\.|["{}\[\]]', re.S)
_BLANK = b" \t\r\n"

Fault = Literal["broken", "too_long", "no_object", "cut"]


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """One entry, counted from 1, at a byte of the file. ``fields`` are empty where there is a ``fault``."""

    number: int
    offset: int
    fields: dict[str, Any]
    fault: Fault | None = None
    sample: str = ""


def read_entries(stream: IO[bytes]) -> Iterator[JsonEntry]:
    """Yield the entries of a list, of a named list in an object, or of objects one after the other."""
    return _Reader(stream).entries()


class _Reader:
    """A window on the stream: ``held`` begins at byte ``base`` of the file, ``at`` is the place in it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.held = bytearray()
        self.base = 0
        self.at = 0
        self._next: re.Pattern[bytes] | None = None
        #: Whether entries open with what stands in no other place, a name of JSON-LD.
        self._is_telling = False

    def entries(self) -> Iterator[JsonEntry]:
        is_list = self._find_list()
        number = 0
        while (opening := self._skip_blank()) is not None:
            if is_list and opening == b"]":
                return
            number += 1
            offset = self.base + self.at
            fields, fault = self._take_entry(opening)
            sample = self.held[self.at : self.at + 200].decode("utf-8", "replace") if fault else ""
            yield JsonEntry(number, offset, fields, fault, sample)
            if fault and not self._find_next():
                return
        if is_list:
            yield JsonEntry(number + 1, self.base + self.at, {}, "cut")

    def _find_list(self) -> bool:
        """Go to the first entry; say whether it stands in a list that has to close."""
        while len(self.held) < _HEAD_BYTES and self._fill():
            pass
        self.at = 3 if self.held.startswith(b"\xef\xbb\xbf") else 0
        first = self._skip_blank()
        if first == b"[":
            self.at += 1
            return True
        named = _LIST.search(self.held, self.at, _HEAD_BYTES)
        if first == b"{" and named:
            self.at = named.end()
            return True
        return False

    def _take_entry(self, opening: bytes) -> tuple[dict[str, Any], Fault | None]:
        """Read the entry at the present place and go behind it; stay where it cannot be read."""
        if opening != b"{":
            return {}, "no_object"
        if self._next is None:
            first = bytes(self.held[self.at : self.at + _OVERLAP_BYTES])
            self._next, self._is_telling = _next_entry(first), _opens_with_own_name(first)
        end = self._end_of_object()
        if not isinstance(end, int):
            return {}, end
        try:
            fields = json.loads(self.held[self.at : end], strict=False)
        except (ValueError, RecursionError):
            return {}, "broken"
        self.at = end
        return fields, None

    def _end_of_object(self) -> int | Fault:
        """Return where the braces that open here close, counted in ``held``."""
        self._drop_read()
        depth, in_string, looked = 0, False, self.at
        while True:
            following = self._following(looked)
            for mark in _STRUCTURE.finditer(self.held, looked):
                looked = mark.end()
                if looked > following:
                    return "broken"
                sign = mark[0]
                if sign == b'"':
                    in_string = not in_string
                elif in_string or len(sign) == 2:
                    continue
                elif sign in b"{[":
                    depth += 1
                else:
                    depth -= 1
                    if depth == 0:
                        return looked
                if looked - self.at > MAX_ENTRY_BYTES:
                    return "too_long"
            if len(self.held) - self.at > MAX_ENTRY_BYTES:
                return "too_long"
            if not self._fill():
                return "cut"

    def _following(self, looked: int) -> int:
        """Return where another entry opens, which this one cannot reach into if it closes at all."""
        if not self._is_telling or self._next is None:
            return sys.maxsize
        found = self._next.search(self.held, max(self.at + 1, looked - _OVERLAP_BYTES))
        return found.start(1) if found else sys.maxsize

    def _find_next(self) -> bool:
        """Go to the next place that opens like an entry; False where there is none."""
        pattern = self._next or _next_entry(b"")
        looked = self.at + 1
        while True:
            if found := pattern.search(self.held, looked):
                self.at = found.start(1)
                return True
            self.at = looked = max(looked, len(self.held) - _OVERLAP_BYTES)
            self._drop_read()
            looked = self.at
            if not self._fill():
                return False

    def _skip_blank(self) -> bytes | None:
        """Go over blanks and commas; return the byte that stands there, None at the end."""
        while True:
            while self.at < len(self.held):
                if self.held[self.at] not in _BLANK + b",":
                    return bytes(self.held[self.at : self.at + 1])
                self.at += 1
            self._drop_read()
            if not self._fill():
                return None

    def _drop_read(self) -> None:
        if self.at > _READ_BYTES:
            del self.held[: self.at]
            self.base += self.at
            self.at = 0

    def _fill(self) -> bool:
        more = self._stream.read(_READ_BYTES)
        self.held += more
        return bool(more)


def _opens_with_own_name(first: bytes) -> bool:
    known = _OPENING.match(first)
    return known is not None and known[1].startswith(b'"@')


def _next_entry(first: bytes) -> re.Pattern[bytes]:
    """Return what tells the beginning of another entry: the same first name, and the same type if it is one."""
    known = _OPENING.match(first)
    if known is None:
        return re.compile(rb'[,\n]\s*(\{\s*")')
    name, value = known[1], known[2]
    opening = rb"\{\s*" + re.escape(name) + rb"\s*:\s*"
    if name == b'"@type"' and value:
        opening += re.escape(value)
    return re.compile(rb"[,\[\n]\s*(" + opening + rb")")
