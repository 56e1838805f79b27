"""The words of an article as they stood at one moment: a version for each change, with what changed.

Invariant: a version is added only when the words differ from the newest one, in one transaction with the updates,
the difference, and what became of the words that claims quote.
"""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from claims import jobs
from claims.actions.article_passages import store_passages
from claims.actions.documents import outlet_named
from claims.actions.history import append_event
from claims.actions.quoted_words import follow_quotations
from claims.ingest.extracted import ExtractedArticle, ExtractedUpdate
from claims.ingest.versions import compare_versions
from claims.models import Article, ArticleVersion, Outlet, Update
from claims.rules.permissions import Actor


def store_version(article: Article, extracted: ExtractedArticle, raw: bytes, actor: Actor) -> bool:
    """Add a version when the words have changed, and bring the article's own fields up to date.

    Say whether a version was added. Call inside a transaction that holds the article.
    """
    before, described = article.current, _described(article)
    is_new = False
    digest = hashlib.sha256(extracted.text.encode("utf-8", "surrogatepass")).hexdigest()
    if before is None or before.text_sha256 != digest:
        article.current = ArticleVersion.objects.create(
            article=article,
            number=before.number + 1 if before else 1,
            title=extracted.title,
            text=extracted.text,
            text_sha256=digest,
            raw=raw,
            raw_sha256=hashlib.sha256(raw).hexdigest(),
            diff=_diff(before, extracted) if before else [],
            fetched_at=timezone.now(),
        )
        _store_updates(article.current, extracted)
        is_new = True
        jobs.enqueue("watch_article", article.pk, subject_version=article.current.number)
        if before:
            append_event(actor=actor, subject=article, verb="new_version", claim_id=None)
            follow_quotations(article)
    if article.outlet is None:
        article.outlet = _outlet_of(extracted)
    article.kind = Article.Kind.LIVE_BLOG if extracted.is_live_blog else Article.Kind.ARTICLE
    article.language = extracted.language
    article.title = extracted.title or article.title
    article.byline = extracted.byline[:300]
    article.published_at = extracted.published_at
    article.published_on = None if extracted.published_at else extracted.published_on
    article.state, article.failure = Article.State.READY, ""
    article.save()
    described_anew = described != _described(article)
    if is_new or described_anew:
        store_passages(article, described_anew=described_anew)
    return is_new


def _described(article: Article) -> tuple[object, ...]:
    """Return what stands in the index with every passage of the article, or says how its words are read."""
    published = article.published_at, article.published_on
    return article.title, article.byline, article.outlet_id, article.language, *published


def _diff(before: ArticleVersion, extracted: ExtractedArticle) -> list[dict[str, Any]]:
    posts = [
        ExtractedUpdate(
            ordinal=post.ordinal,
            printed_time=post.printed_time,
            zone=post.zone,
            zone_source="stated" if post.zone_stated else "outlet",
            moment=post.moment,
            title=post.title,
            text=before.text[post.body_start : post.end],
            start=post.start,
            body_start=post.body_start,
            end=post.end,
        )
        for post in before.updates.filter(kind=Update.Kind.POST)
    ]
    return [
        change.as_json() for change in compare_versions(before.text, extracted.text, posts, extracted.updates)
    ]


def _outlet_of(extracted: ExtractedArticle) -> Outlet | None:
    domain = (urlsplit(extracted.canonical_url or extracted.url).hostname or "").removeprefix("www.")
    if not (domain or extracted.outlet_name):
        return None
    return outlet_named(name=extracted.outlet_name, domain=domain, language=extracted.language)


def _store_updates(version: ArticleVersion, extracted: ExtractedArticle) -> None:
    stretches = [
        Update(
            kind=Update.Kind.POST,
            printed_time=post.printed_time[:60],
            moment=post.moment,
            zone=post.zone[:64],
            zone_stated=post.zone_source == "stated",
            title=post.title[:500],
            start=post.start,
            body_start=post.body_start,
            end=post.end,
        )
        for post in extracted.updates
    ] + [
        Update(
            kind=Update.Kind.SECTION,
            title=section.heading[:500],
            start=section.start,
            body_start=section.body_start,
            end=section.end,
        )
        for section in extracted.sections
    ]
    for ordinal, stretch in enumerate(sorted(stretches, key=lambda update: (update.start, update.end)), 1):
        stretch.article_version, stretch.ordinal = version, ordinal
    Update.objects.bulk_create(stretches)
