"""What became of quoted words, kept where they are quoted: on the appearance of a claim, on a piece of evidence.

Invariant: a state is written only when it differs, always with its event in the history of the claim and a notice
to those who follow it; the words that were quoted are never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from claims.actions.history import append_event
from claims.actions.notices import notify_followers
from claims.ingest.quoted import Followed, Post, Quotation, follow
from claims.models import Appearance, Article, ArticleVersion, Document, Evidence, Notice, Update, WordsChoice
from claims.rules.permissions import MACHINE

#: The verb of the event, by the new state.
VERBS = {
    WordsChoice.STANDS: "words_back",
    WordsChoice.CHANGED: "words_changed",
    WordsChoice.GONE: "words_gone",
}


def follow_quotations(article: Article) -> int:
    """Look for the words of every claim from ``article`` in its current version; return how many changed state.

    Call inside the transaction that adds the version.
    """
    version = article.current
    appearances = list(
        Appearance.objects.filter(article=article)
        .exclude(exact="")
        .select_related("claim", "update__article_version")
        .defer("update__article_version__raw", "update__article_version__diff")
    )
    if version is None or not appearances:
        return 0
    posts = posts_of(version)
    return sum(
        _note_appearance(appearance, follow(quotation_of(appearance), version.text, posts), version.number)
        for appearance in appearances
    )


def note_page_gone(article: Article) -> int:
    """Flag the words of every claim from ``article`` as gone, for the whole page is; as above."""
    quoting = Appearance.objects.filter(article=article).exclude(exact="").select_related("claim")
    number = article.current.number if article.current else 0
    return sum(_note_appearance(appearance, Followed("gone"), number) for appearance in quoting)


def note_present_words(appearance: Appearance, version: ArticleVersion) -> None:
    """Set what became of the words of a new, unsaved ``appearance`` that was read in an earlier version."""
    followed = follow(quotation_of(appearance), version.text, posts_of(version))
    if followed.state != "stands":
        appearance.words_state, appearance.words_now = followed.state, followed.words
        appearance.words_since = version.fetched_at


def follow_citations(document: Document) -> int:
    """Look for the words of every piece of evidence in the present text of ``document``; as above."""
    pieces = Evidence.objects.filter(passage__document=document).select_related("claim", "passage")
    return sum(_note_piece(piece, document) for piece in pieces.order_by("pk"))


def quotation_of(appearance: Appearance) -> Quotation:
    """Return what an appearance quotes; of words in a post, with the post as it was when it was logged."""
    update = appearance.update
    if update is None or update.kind != Update.Kind.POST:
        around = appearance.prefix + appearance.exact + appearance.suffix
        return Quotation(appearance.exact, around=around)
    post = _post(update, update.article_version.text)
    return Quotation(appearance.exact, post, post.words)


def posts_of(version: ArticleVersion) -> list[Post]:
    """Return the posts of a version, in its order. One query."""
    posts = Update.objects.filter(article_version=version, kind=Update.Kind.POST).order_by("ordinal")
    return [_post(update, version.text) for update in posts]


def _post(update: Update, text: str) -> Post:
    return Post(update.printed_time, update.moment, text[update.body_start : update.end])


def _note_appearance(appearance: Appearance, followed: Followed, number: int) -> bool:
    if not _write(appearance, followed, timezone.now()):
        return False
    state = WordsChoice(followed.state)
    append_event(
        actor=MACHINE,
        subject=appearance,
        verb=VERBS[state],
        claim_id=appearance.claim_id,
        note=followed.words,
        details={"quoted": appearance.exact, "version": number},
    )
    if state != WordsChoice.STANDS:
        is_gone = state == WordsChoice.GONE
        notify_followers(
            Notice.Kind.QUOTATION_GONE if is_gone else Notice.Kind.QUOTATION_CHANGED,
            about=appearance.claim,
            note=appearance.exact if is_gone else followed.words,
            once=f"{appearance.pk}:{number}",
        )
    return True


def _note_piece(piece: Evidence, document: Document) -> bool:
    followed = follow(Quotation(quoted_of(piece), around=piece.passage.text), document.text)
    if not _write(piece, followed, timezone.now()):
        return False
    state = WordsChoice(followed.state)
    append_event(
        actor=MACHINE,
        subject=piece,
        verb=VERBS[state],
        claim_id=piece.claim_id,
        note=followed.words,
        details={"quoted": quoted_of(piece), "document": document.pk, "version": document.version},
    )
    if state != WordsChoice.STANDS and piece.state == Evidence.State.ACCEPTED:
        notify_followers(
            Notice.Kind.PASSAGE_CHANGED,
            about=piece.claim,
            note=f"{document.outlet}: {followed.words or quoted_of(piece)}",
            once=f"{piece.pk}:{document.version}",
            also=_recorders(piece),
        )
    return True


def quoted_of(piece: Evidence) -> str:
    """Return the words of the passage that the evidence points at, else the whole passage."""
    return piece.passage.text[piece.start : piece.end or None]


def _recorders(piece: Evidence) -> Sequence[int]:
    """Return who recorded a verdict that cites ``piece``: they answer for it."""
    return list(piece.citations.values_list("verdict__recorder_id", flat=True).distinct())


def _write(row: Appearance | Evidence, followed: Followed, now: datetime) -> bool:
    """Keep the state where it differs from what stands; words that were changed again count as well."""
    if (row.words_state, row.words_now) == (followed.state, followed.words):
        return False
    row.words_state, row.words_since, row.words_now = followed.state, now, followed.words
    row.save(update_fields=["words_state", "words_since", "words_now"])
    return True
