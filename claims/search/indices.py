"""Generations of one kind in Elasticsearch: numbered indices, their aliases, mapping and settings.

An index is replaced, never emptied: a rebuild fills ``<prefix>-<kind>-000004`` while everyone reads
``…-000003`` through the alias ``<prefix>-<kind>``, which is then moved in one step. Each generation is
written through an alias of its own, so that a write which comes too late for a dropped one is refused
instead of creating an index by accident.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from claims.search.base import FIELDS, GenerationGone, IndexKind, IndexMissing
from claims.search.elasticsearch_server import Server

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_TOKENS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "norms": True}
#: Tokens are split at spaces and counted, all else is exact. The source is not kept, since every
#: document can be made again from the database.
_MAPPING: Mapping[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "id": {"type": "keyword"},
        "deleted": {"type": "boolean"},
        "filters": {"type": "keyword"},
        **dict.fromkeys(FIELDS, _TOKENS),
    },
}
#: Deletions are tombstone documents, so a real delete happens only in a repair; its version must be
#: forgotten at once (``gc_deletes``), or the repaired version would be refused. A generation that is
#: being built is not refreshed (``-1``) until it is switched to.
_SETTINGS_WHILE_BUILT: Mapping[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    "gc_deletes": "0s",
}
_SETTINGS_WHEN_READ: Mapping[str, Any] = {"refresh_interval": "1s"}


class Indices:
    """The numbered indices of one kind under one prefix."""

    def __init__(self, server: Server, prefix: str, kind: IndexKind) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"not a usable index prefix: {prefix!r}")
        self.read_alias = f"{prefix}-{kind}"
        self._numbered = re.compile(re.escape(self.read_alias) + r"-(\d{6,})")
        self._server = server
        self._client = server.writer.indices

    def write_alias(self, number: int) -> str:
        return f"{self._name(number)}-write"

    def current(self) -> int:
        """Return the number of the generation that is read; ``IndexMissing`` where there is none."""
        return self._reading(self._aliases())

    def writable(self) -> list[int]:
        """Return the generations that ordinary writes go to: the current one first, then one being built."""
        aliases = self._aliases()
        newest = max(aliases, default=0)
        try:
            current = self._reading(aliases)
        except IndexMissing:
            if newest:
                return [newest]
            raise
        return [current, newest] if newest > current else [current]

    def create(self) -> int:
        """Create the next generation, empty, and drop a half-built one before it."""
        existing = self._aliases()
        number = max(existing, default=0) + 1
        self._server.ask(
            lambda: self._client.create(
                index=self._name(number),
                settings=_SETTINGS_WHILE_BUILT,
                mappings=_MAPPING,
                aliases={self.write_alias(number): {}},
            )
        )
        # Dropped only after the next exists, so that no number is ever given twice.
        for other, aliases in existing.items():
            if self.read_alias not in aliases:
                self.drop(other)
        return number

    def activate(self, number: int) -> None:
        """Move the read alias to the newest generation, atomically, and drop all others."""
        existing = self._aliases()
        if number != max(existing, default=0):
            raise GenerationGone(f"generation {number} was dropped or replaced by a later one")
        name = self._name(number)
        self._server.ask(lambda: self._client.refresh(index=name))
        self._server.ask(lambda: self._client.put_settings(index=name, settings=_SETTINGS_WHEN_READ))
        switch: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.read_alias}}]
        for other, aliases in existing.items():
            if other != number and self.read_alias in aliases:
                switch.append({"remove": {"index": self._name(other), "alias": self.read_alias}})
        self._server.ask(lambda: self._client.update_aliases(actions=switch))
        for other in existing.keys() - {number}:
            self.drop(other)

    def abandon(self, number: int) -> None:
        """Drop a generation that is not read; no error where it is gone already."""
        if self.read_alias not in self._aliases().get(number, {self.read_alias}):
            self.drop(number)

    def drop(self, number: int) -> None:
        self._server.ask(lambda: self._client.delete(index=self._name(number), ignore_unavailable=True))

    def drop_all(self) -> None:
        for number in self._aliases():
            self.drop(number)

    def _name(self, number: int) -> str:
        return f"{self.read_alias}-{number:06d}"

    def _aliases(self) -> dict[int, set[str]]:
        """Return the existing generations, each with the names of its aliases."""
        answer = self._server.ask(lambda: self._client.get_alias(index=f"{self.read_alias}-*"))
        found: dict[int, set[str]] = {}
        for name, held in answer.items():
            match = self._numbered.fullmatch(name)
            if match:
                found[int(match[1])] = set(held["aliases"])
        return found

    def _reading(self, aliases: Mapping[int, set[str]]) -> int:
        for number, names in aliases.items():
            if self.read_alias in names:
                return number
        raise IndexMissing(f"there is no index behind the alias {self.read_alias}")
