"""What both engines are given: cleaned tokens, joined filters, capped queries.

Whatever would make one engine read a document or query differently from the other is settled here,
before either sees it: odd white space, overlong tokens, empty fields, repeated query tokens.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.search.base import FIELDS, IndexDocument, Query, RejectedItem, WeightedToken

#: Longer tokens are not words; Lucene's white-space analyser would cut them at 255, tantivy would not.
LONGEST_TOKEN = 120
#: Elasticsearch refuses longer ids, and neither engine indexes keywords beyond 32 kB.
LONGEST_KEYWORD_BYTES = 512
LARGEST_VERSION = 2**63 - 1
#: More tokens than this cost time and change no ranking that a person would notice.
MOST_QUERY_TOKENS = 256
#: Stands in every field of every live document. BM25 counts documents and lengths per field: Lucene over
#: those that have the field, tantivy over all. With this token in each, both count the same.
PRESENT = "\u00b6"


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document as it is handed to an engine; a deleted one carries its id and version only."""

    id: str
    version: int
    fields: Mapping[str, str]
    filters: tuple[str, ...]
    deleted: bool

    @property
    def size(self) -> int:
        """Rough number of characters, for cutting bulk requests."""
        return 200 + sum(len(tokens) for tokens in self.fields.values())


def prepare_documents(
    documents: Sequence[IndexDocument],
) -> tuple[list[PreparedDocument], list[RejectedItem]]:
    """Return what can be written, in the given order, and what no engine would take, with reasons."""
    prepared: list[PreparedDocument] = []
    rejected: list[RejectedItem] = []
    for document in documents:
        reason = _why_unwritable(document)
        if reason:
            rejected.append(RejectedItem(document.id, reason, retryable=False))
        else:
            prepared.append(_prepare(document))
    return prepared, rejected


def heaviest_tokens(query: Query) -> tuple[WeightedToken, ...]:
    """Return at most ``MOST_QUERY_TOKENS`` distinct tokens, heaviest first, weights of repeats summed."""
    weights: dict[tuple[str, str], float] = {}
    for wanted in query.tokens:
        if wanted.field not in FIELDS:
            raise ValueError(f"not an indexed field: {wanted.field!r}")
        if not 0 < wanted.weight < math.inf:
            continue
        for token in clean_tokens(wanted.token):
            key = wanted.field, token
            weights[key] = weights.get(key, 0.0) + wanted.weight
    ordered = sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_QUERY_TOKENS]
    return tuple(WeightedToken(field, token, weight) for (field, token), weight in ordered)


def filter_groups(filters: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return, for each filter, the keywords of which a document carries one when the filter holds."""
    return [[filter_keyword(name, value) for value in values] for name, values in filters.items()]


def filter_keyword(name: str, value: str) -> str:
    return f"{name}={value}"


def clean_tokens(tokens: str) -> list[str]:
    """Split at any Unicode white space and drop what is no word: overlong, undecodable or reserved."""
    if not tokens.isascii():
        # A lone surrogate cannot be written as UTF-8; it is dropped, the token around it is kept.
        tokens = tokens.encode("utf-8", "ignore").decode()
    return [token for token in tokens.split() if len(token) <= LONGEST_TOKEN and token != PRESENT]


def _prepare(document: IndexDocument) -> PreparedDocument:
    if document.deleted:
        return PreparedDocument(document.id, document.version, {}, (), deleted=True)
    fields = {name: " ".join([PRESENT, *clean_tokens(document.tokens.get(name, ""))]) for name in FIELDS}
    filters = tuple(filter_keyword(name, value) for name, value in document.filters.items())
    return PreparedDocument(document.id, document.version, fields, filters, deleted=False)


def _why_unwritable(document: IndexDocument) -> str:
    if not _is_keyword(document.id):
        return f"the id is empty, not text, or longer than {LONGEST_KEYWORD_BYTES} bytes"
    if not 0 <= document.version <= LARGEST_VERSION:
        return f"the version {document.version} is out of range"
    unknown = sorted(set(document.tokens) - set(FIELDS))
    if unknown:
        return f"there is no token field {unknown[0]!r}"
    for name, value in document.filters.items():
        if "=" in name or not _is_keyword(filter_keyword(name, value)):
            return f"the filter {name!r} is not text or longer than {LONGEST_KEYWORD_BYTES} bytes"
    return ""


def _is_keyword(text: str) -> bool:
    try:
        return 0 < len(text.encode()) <= LONGEST_KEYWORD_BYTES
    except UnicodeEncodeError:
        return False
