"""From model to index document: how passages, claims and articles are read, and which tokens and filters they get.

Whoever compares texts reads them here too, so that what was indexed and what is compared is one reading.
A row's index document depends on nothing but the row, its document, article or desk, whether it was ever
published, and the reading code.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.language.tokens import index_tokens
from claims.models import Article, ArticlePassage, Claim, Document, Passage
from claims.search.base import FIELDS, IndexDocument
from claims.search.kept_readings import Kept, missing_reading, read_kept
from claims.search.moments import known_zone, noon_or_moment

#: The filter that a claim with a public check carries.
PUBLISHED = {"published": "yes"}
#: The version of a deletion whose row is gone for good. Ids are never given twice, so nothing may follow.
_GONE_FOR_GOOD = 2**62


def passage_document(passage: Passage) -> IndexDocument:
    """Return what is indexed of a passage (with ``document`` and its ``outlet`` loaded)."""
    if passage.retired:
        return IndexDocument(str(passage.pk), passage.version, deleted=True)
    filters = {
        "language": passage.document.language,
        "document": str(passage.document_id),
        "outlet": str(passage.document.outlet_id),
    }
    return IndexDocument(str(passage.pk), passage.version, index_tokens(read_passage(passage)), filters)


def claim_document(claim: Claim, *, published: bool) -> IndexDocument:
    """Return what is indexed of a claim: its words as said, its summary, and who is said to have said it.

    Wants ``desk``, ``claimant`` and ``appearances`` with article and update loaded. ``published`` says whether a
    check of it was ever made public: readers search among those alone.
    """
    claimant = claim.claimant.name if claim.claimant else ""
    moment = _moment_of(claim)
    # The summary is the claim without its wrapping, so it counts twice.
    described = filter(None, (claim.summary, claim.summary, claimant, claim.attribution))
    tokens = described_tokens(
        read_claim(claim), [_read(words, claim.language, *moment) for words in described]
    )
    filters = {"language": claim.language, "desk": str(claim.desk_id)}
    if published:
        filters |= PUBLISHED
    return IndexDocument(str(claim.pk), claim.version, tokens, filters)


def article_document(passage: ArticlePassage) -> IndexDocument:
    """Return what is indexed of a passage of an article (with ``article`` and its outlet loaded): its
    words, and the article's title, byline and outlet."""
    if passage.retired:
        return IndexDocument(str(passage.pk), passage.version, deleted=True)
    article = passage.article
    described = filter(None, (article.title, article.byline, article.outlet.name if article.outlet else ""))
    moment = _publication_of_article(article)
    tokens = described_tokens(
        read_article_passage(passage), [_read(words, article.language, *moment) for words in described]
    )
    filters = {
        "language": article.language,
        "desk": str(article.desk_id),
        "article": str(article.pk),
    }
    return IndexDocument(str(passage.pk), passage.version, tokens, filters)


def described_tokens(said: Reading, described: Iterable[Reading]) -> dict[str, str]:
    """Return the tokens of words as they were said, with those of whatever describes them."""
    parts = [index_tokens(reading) for reading in (said, *described)]
    return {field: " ".join(filter(None, (part[field] for part in parts))) for field in FIELDS}


def deletion_for_good(id: int) -> IndexDocument:
    """Return the deletion of a row that is not in the database any more."""
    return IndexDocument(str(id), _GONE_FOR_GOOD, deleted=True)


def read_passage(passage: Passage) -> Reading:
    """Read a passage as of its document's publication; offsets are those of ``passage.text``."""
    return read_kept(passage, passage.document.language, *_publication_of(passage.document))


def read_document(document: Document) -> Reading:
    """Read a whole document as of its publication; offsets are those of ``document.text``."""
    return read_kept(document, document.language, *_publication_of(document))


def read_article_passage(passage: ArticlePassage) -> Reading:
    """Read a passage of an article as of its update; offsets are those of ``passage.text``."""
    return read_kept(passage, passage.article.language, *_moment_of_update(passage))


def missing_article_reading(passage: ArticlePassage) -> Kept | None:
    """Return the reading that should be kept of the passage, None where the one loaded with it still fits."""
    return missing_reading(passage, passage.article.language, *_moment_of_update(passage))


def missing_readings(passages: Iterable[Passage]) -> list[Kept]:
    """Return what should be kept of passages and their documents, where what was loaded does not fit."""
    found: list[Kept | None] = []
    documents: set[int] = set()
    for passage in passages:
        document = passage.document
        moment = _publication_of(document)
        found.append(missing_reading(passage, document.language, *moment))
        if document.pk not in documents:
            documents.add(document.pk)
            found.append(missing_reading(document, document.language, *moment))
    return [row for row in found if row is not None]


def read_claim(claim: Claim) -> Reading:
    """Read a claim's words as of the moment it was made; offsets are those of ``claim.text``."""
    return _read(claim.text, claim.language, *_moment_of(claim))


def _read(text: str, language: str, moment: datetime | None, zone: str) -> Reading:
    # The column holds one of the languages; “other” is one of them.
    return read(text, language=cast(Language, language), published_at=moment, zone=zone)


def _moment_of_update(passage: ArticlePassage) -> tuple[datetime | None, str]:
    published, zone = _publication_of_article(passage.article)
    return noon_or_moment(passage.moment, None, zone) or published, known_zone(passage.zone, zone)


def _publication_of_article(article: Article) -> tuple[datetime | None, str]:
    zone = known_zone(article.zone)
    return noon_or_moment(article.published_at, article.published_on, zone), zone


def _publication_of(document: Document) -> tuple[datetime | None, str]:
    zone = known_zone(document.outlet.zone)
    return noon_or_moment(document.published_at, document.published_on, zone), zone


def _moment_of(claim: Claim) -> tuple[datetime | None, str]:
    """Return when the claim was made and the zone its words are to be read in."""
    told: list[str] = []
    for appearance in claim.appearances.all():
        told += [appearance.update.zone] if appearance.update else []
        told += [appearance.article.zone] if appearance.article else []
    zone = known_zone(*told, claim.desk.zone)
    return noon_or_moment(claim.made_at, claim.made_on, zone), zone
