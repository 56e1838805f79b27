"""One generation of the embedded index: a tantivy folder, its fields, a batch in, the best hits out.

The caller holds the writers' lock. A batch is one commit, so a kill leaves all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import tantivy
from tantivy import Occur

from claims.search.base import FIELDS, Hit, Query, WeightedToken
from claims.search.preparation import PreparedDocument, filter_groups, heaviest_tokens

#: A keyword that no filter can have, for a filter's keyword holds “=”.
_TOMBSTONE = "deleted"
_WRITER_BYTES = 60_000_000


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True)
    builder.add_text_field("filters", tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def create_index(path: Path) -> None:
    tantivy.Index(_schema(), path=str(path))


def open_index(path: Path) -> tantivy.Index:
    """Open for reading and writing; the view changes at ``reload`` only."""
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    return index


def write_batch(path: Path, documents: Sequence[PreparedDocument]) -> int:
    """Write those documents that are newer than what is held, in one commit; return how many were."""
    if not documents:
        return 0
    index = open_index(path)
    held = _held_versions(index.searcher(), [document.id for document in documents])
    newest = dict(held)
    accepted: dict[str, PreparedDocument] = {}
    written = 0
    for document in documents:
        if document.version > newest.get(document.id, -1):
            newest[document.id] = document.version
            accepted[document.id] = document
            written += 1
    if accepted:
        with index.writer(_WRITER_BYTES, num_threads=1) as writer:
            for document in accepted.values():
                if document.id in held:
                    writer.delete_documents_by_term("id", document.id)
                writer.add_document(_row(document))
    return written


def forget_ids(path: Path, ids: Sequence[str]) -> None:
    with open_index(path).writer(_WRITER_BYTES, num_threads=1) as writer:
        for doomed in ids:
            writer.delete_documents_by_term("id", doomed)


def live_versions(searcher: tantivy.Searcher) -> Iterator[tuple[str, int]]:
    """Yield ``(id, version)`` of all documents that are not tombstones."""
    alive = tantivy.Query.boolean_query(
        [(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, _keyword_query([_TOMBSTONE]))]
    )
    found = searcher.search(alive, limit=max(searcher.num_docs, 1), count=False)
    for _, address in found.hits:
        yield _stored(searcher, address)


def best_hits(searcher: tantivy.Searcher, query: Query, limit: int) -> list[Hit]:
    """Return the best hits in order of score, then id, which tantivy itself does not look at.

    Hits that tie with the last one are fetched as well, or which of them is returned would be chance.
    """
    wanted = _tantivy_query(query)
    if wanted is None or limit < 1:
        return []
    fetched = limit + 16
    while True:
        found = searcher.search(wanted, limit=fetched, count=False).hits
        scores = [round(float(score), 4) for score, _ in found]
        if len(found) < fetched or scores[-1] < scores[limit - 1]:
            break
        fetched *= 4
    hits = [
        Hit(_stored(searcher, address)[0], score) for score, (_, address) in zip(scores, found, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]


def _held_versions(searcher: tantivy.Searcher, ids: list[str]) -> dict[str, int]:
    """Return the version held of each id that is in the index, tombstones included."""
    any_of_them = tantivy.Query.term_set_query(_schema(), "id", ids)
    found = searcher.search(any_of_them, limit=len(ids), count=False)
    return dict(_stored(searcher, address) for _, address in found.hits)


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> tuple[str, int]:
    row = searcher.doc(address)
    return str(row.get_first("id")), int(row.get_first("version") or 0)


def _row(document: PreparedDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("id", document.id)
    row.add_unsigned("version", document.version)
    for keyword in (_TOMBSTONE,) if document.deleted else document.filters:
        row.add_text("filters", keyword)
    for name, tokens in document.fields.items():
        row.add_text(name, tokens)
    return row


def _tantivy_query(query: Query) -> tantivy.Query | None:
    """Return the query, or None where nothing can match it."""
    tokens = heaviest_tokens(query)
    groups = filter_groups(query.filters)
    if not tokens or not all(groups):
        return None
    clauses = [(Occur.Must, tantivy.Query.boolean_query([(Occur.Should, _term(each)) for each in tokens]))]
    clauses += [(Occur.Must, _keyword_query(group)) for group in groups]
    clauses += [(Occur.MustNot, _keyword_query(group)) for group in filter_groups(query.excluded) if group]
    # A lone disjunction is left unwrapped, for tantivy then skips what cannot be among the best.
    return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)


def _term(token: WeightedToken) -> tantivy.Query:
    term = tantivy.Query.term_query(_schema(), token.field, token.token, "freq")
    return tantivy.Query.boost_query(term, token.weight)


def _keyword_query(keywords: list[str]) -> tantivy.Query:
    """Match documents that carry one of the keywords, without any weight in the score."""
    any_of_them = tantivy.Query.term_set_query(_schema(), "filters", keywords)
    return tantivy.Query.const_score_query(any_of_them, 0.0)
