"""What a newsroom has shown to be worth checking: sentences that claims were logged from, and others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from claims.evaluation.learning import Labelled, labelled
from claims.language.readings import Language
from claims.language.sentences import split_sentences
from claims.models import Appearance, Article


def newsroom_sentences() -> Iterator[Labelled]:
    """Yield the sentences of every article that a claim was logged from, with whether one was.

    An article without claims may not have been read by anyone, so its sentences say nothing.
    """
    quoted: dict[int, list[str]] = {}
    for article_id, exact in Appearance.objects.exclude(exact="").values_list("article_id", "exact"):
        if article_id is not None:
            quoted.setdefault(article_id, []).append(" ".join(exact.split()))
    for article in Article.objects.filter(pk__in=quoted).select_related("current").iterator(chunk_size=50):
        if article.current is not None:
            yield from _sentences(article.current.text, cast(Language, article.language), quoted[article.pk])


def _sentences(text: str, language: Language, quoted: list[str]) -> Iterator[Labelled]:
    for span in split_sentences(text):
        words = " ".join(span.of(text).split())
        worth = any(exact in words or words in exact for exact in quoted)
        yield labelled(words, worth, language)
