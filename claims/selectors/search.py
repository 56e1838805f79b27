"""Searching claims, articles and passages with the person's words, in any of the three languages and scripts.

The engine ranks; the database decides what may be seen. Where the engine cannot be trusted, the database is
asked for the words themselves and the answer says so (``degraded``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from django.db.models import Prefetch, Q

from claims import search
from claims.corroboration.matching import Kinship, explain_match, matching_query
from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.models import Appearance, Claim, Passage
from claims.search.base import IndexKind, Query, SearchUnavailable, WeightedToken
from claims.search.documents import read_claim, read_passage
from claims.search.encoder import FoundText, described, get_encoder
from claims.search.repetition import order_claims
from claims.selectors.article_search import FoundArticle, FoundPassage, find_articles, find_passages
from claims.selectors.claims import with_stances
from claims.selectors.met_words import excerpt, met_words
from claims.selectors.typed_words import is_sentence, read_typed, tidied, typed_tokens

#: How many hits a page of answers shows.
MOST_HITS = 50
#: How many passages lead a list of documents to those that say something.
MOST_DOCUMENTS = 500
#: Earlier claims are shown as similar from this share of what both say, of as many as are compared.
_SIMILAR = 0.35
_COMPARED = 20
#: Likeness of meaning (a cosine) from which claims are shown as similar although they share few words.
_ALIKE = 0.6

#: So many of the newest claims and passages are looked through while the engine is away.
LOOKED_THROUGH = 5_000

Where = Literal["claims", "articles", "passages"]


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: a claim or an excerpt of a passage, with the spans of it that the question met. ``kinship`` says
    of a claim that it says much the same as the question."""

    text: str
    marks: tuple[tuple[int, int], ...]
    claim: Claim | None = None
    passage: Passage | None = None
    kinship: Kinship | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims, passages and articles, best first. ``degraded``: the engine was away and the database answered."""

    claims: tuple[Found, ...]
    passages: tuple[Found, ...]
    articles: tuple[FoundArticle, ...] = ()
    degraded: bool = False

    @property
    def count(self) -> int:
        return len(self.claims) + len(self.passages) + len(self.articles)


def find(question: str, desk_ids: Collection[int], where: Where | None = None) -> Answer:
    """Search claims and articles of the desks, and passages; at most ``MOST_HITS`` of each."""
    question = tidied(question)
    asked = read_typed(question)
    tokens = typed_tokens(asked)
    said: dict[int, list[FoundPassage]] = {}
    try:
        if where in (None, "articles"):
            said = find_passages(asked, tokens, desk_ids, most=MOST_HITS)
        claims = (
            _claims_by_id(_ids("claims", tokens, desk_ids), desk_ids) if where in (None, "claims") else []
        )
        passages = _passages_by_id(_ids("passages", tokens)) if where in (None, "passages") else []
        degraded = False
    except SearchUnavailable:
        claims, passages, degraded = *_from_database(question, desk_ids, where), True
    articles = find_articles(question, desk_ids, said, most=MOST_HITS) if where in (None, "articles") else []
    return Answer(
        _nearest_first([_found_claim(asked, row) for row in with_stances(claims)]),
        tuple(_found_passage(asked, row) for row in passages),
        tuple(articles),
        degraded,
    )


def _found_claim(asked: Reading, row: Claim) -> Found:
    said = read_claim(row)
    match = explain_match(asked, said) if is_sentence(asked) else None
    alike = match is not None and match.share >= _SIMILAR
    return Found(
        row.text, met_words(asked, said), claim=row, kinship=match.kinship if match and alike else None
    )


def _nearest_first(found: Sequence[Found]) -> tuple[Found, ...]:
    """Put the claims that say the same as a typed sentence before those that share words with it."""
    places = {"same": 0, "other_figure": 1}
    return tuple(sorted(found, key=lambda each: places.get(each.kinship or "", 2)))


def claim_ids(question: str, desk_ids: Collection[int], *, limit: int) -> list[int]:
    """Return the ids of the desks' claims that say the words, best first. Raises ``SearchUnavailable``.

    The engine's answer is not yet checked against the database: filter the rows by what may be seen.
    """
    asked = read_typed(tidied(question))
    return list(_scores("claims", typed_tokens(asked), desk_ids, limit))


def document_ids(question: str) -> list[int]:
    """Return the ids of documents whose passages say the words; none when the engine is away. One query."""
    asked = read_typed(tidied(question))
    try:
        found = list(_scores("passages", typed_tokens(asked), limit=MOST_DOCUMENTS))
    except SearchUnavailable:
        return []
    said = Passage.objects.filter(pk__in=found, retired=False)
    return list(said.order_by().values_list("document_id", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    """An earlier claim: the ``same``, the same words with an ``other_figure``, or only ``related``."""

    claim: Claim
    kinship: Kinship
    share: float


def similar_claims(text: str, desk_ids: Collection[int], *, limit: int = 5) -> list[SimilarClaim]:
    """Return earlier claims that say much the same, nearest first; none when the engine is away.

    Where a sentence encoder is set up, claims of like meaning in other words are among them.
    """
    try:
        return find_similar_claims(text, desk_ids, limit=limit)
    except SearchUnavailable:
        return []


def find_similar_claims(text: str, desk_ids: Collection[int], *, limit: int = 5) -> list[SimilarClaim]:
    """As ``similar_claims``, for whom “none” has to be an answer. Raises ``SearchUnavailable``."""
    asked = read(text)
    tokens = tuple(WeightedToken(*token) for token in matching_query(asked))
    scores = _scores("claims", tokens, desk_ids)
    nearest: list[SimilarClaim] = []
    for claim, likeness in _ordered(asked, _claims_by_id(list(scores), desk_ids), scores)[:_COMPARED]:
        match = explain_match(asked, read_claim(claim))
        if match.share >= _SIMILAR or likeness >= _ALIKE:
            nearest.append(SimilarClaim(claim, match.kinship, match.share))
        if len(nearest) == limit:
            break
    with_stances([found.claim for found in nearest])
    return nearest


def _ordered(
    asked: Reading, claims: Sequence[Claim], scores: Mapping[int, float]
) -> list[tuple[Claim, float]]:
    """Return the claims, nearest first, with their likeness of meaning, which is 0.0 without an encoder."""
    by_id = {claim.pk: claim for claim in claims}
    found = [
        FoundText(
            id,
            described(claim.summary, claim.text),
            cast(Language, claim.language),
            scores[id],
            summary=claim.summary,
        )
        for id, claim in by_id.items()
    ]
    return [(by_id[each.id], each.likeness or 0.0) for each in order_claims(asked, found, get_encoder())]


def _ids(
    kind: IndexKind, tokens: Sequence[WeightedToken], desk_ids: Collection[int] | None = None
) -> list[int]:
    return list(_scores(kind, tokens, desk_ids))


def _scores(
    kind: IndexKind,
    tokens: Sequence[WeightedToken],
    desk_ids: Collection[int] | None = None,
    limit: int = MOST_HITS,
) -> dict[int, float]:
    """Return ids with the engine's scores, best first."""
    if not tokens or (desk_ids is not None and not desk_ids):
        return {}
    filters = {"desk": [str(id) for id in desk_ids]} if desk_ids is not None else {}
    result = search.get_backend().search(kind, Query(tuple(tokens), filters=filters), limit=limit)
    return {int(hit.id): hit.score for hit in result.hits}


def _claims_by_id(ids: Sequence[int], desk_ids: Collection[int]) -> list[Claim]:
    """Return the claims in the order of ``ids``, as far as the desks hold them."""
    appearances = Appearance.objects.select_related("article__outlet", "update")
    rows = (
        Claim.objects.filter(desk_id__in=desk_ids)
        .select_related("claimant", "desk", "logged_by")
        .prefetch_related(Prefetch("appearances", appearances))
        .in_bulk(ids)
    )
    return [rows[id] for id in ids if id in rows]


def _passages_by_id(ids: Sequence[int]) -> list[Passage]:
    rows = (
        Passage.objects.filter(retired=False)
        .select_related("document__outlet", "kept_reading")
        .defer("document__text", "document__raw")
        .in_bulk(ids)
    )
    return [rows[id] for id in ids if id in rows]


def _from_database(
    question: str, desk_ids: Collection[int], where: Where | None
) -> tuple[list[Claim], list[Passage]]:
    """Find rows among the newest that hold every word of the question as it was written."""
    if not question:
        return [], []
    said, written = Q(), Q()
    for word in question.split():
        said &= Q(text__icontains=word) | Q(summary__icontains=word)
        written &= Q(text__icontains=word)
    newest = Claim.objects.filter(desk_id__in=desk_ids).order_by("-pk").values("pk")[:LOOKED_THROUGH]
    latest = Passage.objects.filter(retired=False).order_by("-pk").values("pk")[:LOOKED_THROUGH]
    claims = Claim.objects.filter(said, pk__in=newest).order_by("-pk").values_list("pk", flat=True)
    passages = Passage.objects.filter(written, pk__in=latest).order_by("-pk").values_list("pk", flat=True)
    return (
        _claims_by_id(list(claims[:MOST_HITS]), desk_ids) if where in (None, "claims") else [],
        _passages_by_id(list(passages[:MOST_HITS])) if where in (None, "passages") else [],
    )


def _found_passage(asked: Reading, row: Passage) -> Found:
    """Return an excerpt of the passage without its document's title, which a page shows above it already."""
    title = row.document.title
    skipped = len(title) if title and row.text.startswith(title) else 0
    marks = [(start - skipped, end - skipped) for start, end in met_words(asked, read_passage(row))]
    return Found(*excerpt(row.text[skipped:], [mark for mark in marks if mark[0] >= 0]), passage=row)
