"""What the rest of the house knows of a search engine: a Protocol and frozen results.

Text is analysed once, in ``claims.language``; an engine only sees space-separated tokens in a few
fields and ranks them with BM25 defaults, so that both engines rank alike. Engines hold nothing that
the database does not, and may be dropped and rebuilt at any moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

#: The kinds of thing that are indexed, each in an index of its own.
IndexKind = Literal["passages", "claims", "articles"]
INDEX_KINDS: tuple[IndexKind, ...] = ("passages", "claims", "articles")

#: Token fields, the same in both engines.
FIELDS: tuple[str, ...] = ("terms", "names", "concepts", "figures", "dates")


class SearchUnavailable(Exception):
    """The engine did not answer in time, or only in part: nothing may be concluded from it."""


class IndexMissing(SearchUnavailable):
    """No generation was ever completed, or the index was lost: it has to be rebuilt from the database.

    An empty index is never put in its place silently, for “nothing found” would then look like an answer.
    """


class GenerationGone(Exception):
    """The numbered generation was dropped, or a later rebuild has taken its place."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One thing to index. ``tokens`` maps each of FIELDS to space-separated tokens.

    ``version`` is the row's version (0 to 2**63 - 1) and is external: only a higher one overwrites what is
    held, a deletion included. ``filters`` are exact-match keywords (``language``, ``document``, ``state``).
    """

    id: str
    version: int
    tokens: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class WeightedToken:
    """One token to look for in one of FIELDS; ``weight`` multiplies its BM25 score."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """A disjunction of weighted tokens; ``filters`` must all hold; ``excluded`` none may hold.

    Each filter names the values of which one must (or none may) be carried by the document. Only the 256
    heaviest tokens are looked for; a repeated token counts with the sum of its weights.
    """

    tokens: tuple[WeightedToken, ...]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    excluded: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One match; ``score`` is BM25 with the factor k1 + 1, in both engines, to four decimals."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, ties by id; ``took_ms`` is the time the engine was waited for."""

    hits: tuple[Hit, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class RejectedItem:
    """An item that was not written: try again where ``retryable``, else set it aside with its reason."""

    id: str
    reason: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of each item of a bulk write: ``written + stale + len(rejected)`` is all of them."""

    written: int
    stale: int
    rejected: tuple[RejectedItem, ...] = ()


class SearchBackend(Protocol):
    """A search engine. All methods raise ``SearchUnavailable`` when it cannot be trusted to answer.

    ``IndexMissing`` (one of them) says that there is no complete generation to read or write.
    """

    name: str

    def ensure(self) -> None:
        """Create an empty first generation of each index where there is none (a fresh installation)."""

    def write(
        self, kind: IndexKind, documents: Sequence[IndexDocument], *, generation: int | None = None
    ) -> BulkOutcome:
        """Upsert or delete by external version, everywhere that is written to or in one generation.

        Without ``generation`` the items go to the current generation and to the one being built.
        Raises ``GenerationGone`` when ``generation`` was dropped meanwhile.
        """

    def forget(self, kind: IndexKind, ids: Sequence[str]) -> None:
        """Drop the ids with their versions and tombstones, so that any version may be written: for repair."""

    def refresh(self, kind: IndexKind) -> None:
        """Make all earlier writes visible to ``search``."""

    def search(self, kind: IndexKind, query: Query, *, limit: int) -> SearchResult:
        """Return the best ``limit`` hits, best first, ties by id."""

    def versions(self, kind: IndexKind) -> Iterator[tuple[str, int]]:
        """Yield ``(id, version)`` of everything held and not deleted, in no certain order, to find drift."""

    def begin_generation(self, kind: IndexKind) -> int:
        """Open an empty next generation; ordinary writes go to it and to the current one from now on.

        A half-built generation that a killed rebuild left behind is dropped.
        """

    def activate_generation(self, kind: IndexKind, generation: int) -> None:
        """Let ``search`` read that generation, atomically, and drop the older ones.

        Raises ``GenerationGone`` when it was dropped or a later one is being built.
        """

    def abandon_generation(self, kind: IndexKind, generation: int) -> None:
        """Drop a half-built generation; never the one that ``search`` reads."""

    def generation(self, kind: IndexKind) -> int:
        """Return the number of the generation that ``search`` reads."""
