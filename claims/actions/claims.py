"""Logging claims and asking for evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.changes import change
from claims.actions.history import append_event
from claims.actions.quoted_words import note_present_words
from claims.actions.refusals import Invalid, NotFound
from claims.language.identify import identify_language
from claims.language.words import fold_text
from claims.models import Appearance, Article, ArticleVersion, Claim, Claimant, Update
from claims.rules import permissions
from claims.rules.lifecycle import OPEN_CLAIM_STATES, IllegalMove
from claims.rules.permissions import Actor, NotAllowed

#: The longest claim that is taken; a checkable assertion is a sentence, not a chapter (code points).
LONGEST_CLAIM = 2_000
#: How much of the text around a quotation is kept to find it again (code points).
QUOTE_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """The words that a person selected: code points ``[start, end)`` of the text that they had before them.

    ``version`` is the number of that text, None for the current one: a live blog may change while it is read.
    """

    article_id: int
    start: int
    end: int
    version: int | None = None


@dataclass(eq=False)
class LoggedAlready(Exception):
    """The same quotation of the same article has been logged before: ``claim_id`` is that claim."""

    claim_id: int

    def __str__(self) -> str:
        return _("This quotation has been logged already; nothing was logged twice.")


def log_claim(
    *,
    desk_id: int,
    text: str,
    actor: Actor,
    selection: Selection | None = None,
    url: str = "",
    offline_origin: str = "",
    language: str = "",
    kind: str = Claim.Kind.OTHER,
    summary: str = "",
    claimant_name: str = "",
    claimant_kind: str = "",
    attribution: str = "",
    made_on: date | None = None,
    topic: str = "",
) -> Claim:
    """Log one claim with its first appearance, and ask for evidence.

    Raises ``Invalid`` for empty or overlong text, ``NotFound`` for an article of another desk,
    ``LoggedAlready`` when the same quotation stands already, ``NotAllowed``.
    """
    if not permissions.can_log_claim(actor, desk_id):
        raise NotAllowed("log_claim", _("Only people who write for this desk may log claims."))
    text = " ".join(text.split())
    _refuse_unusable(text)
    appearance = _appearance(desk_id, selection, url, offline_origin)
    moment = appearance.moment
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                desk_id=desk_id,
                text=text,
                summary=" ".join(summary.split())[:300],
                language=language or identify_language(text),
                kind=kind,
                claimant=_claimant(claimant_name, claimant_kind),
                attribution=attribution.strip()[:300],
                made_at=moment,
                made_on=None if moment else made_on or _bare_date(appearance),
                topic=topic,
                logged_by_id=actor.person_id,
                gather_round=1,
            )
            appearance.claim = claim
            appearance.save()
            append_event(actor=actor, subject=claim, verb="log", claim_id=claim.pk, to_state=claim.state)
            jobs.enqueue("index_claim", claim.pk, subject_version=claim.version)
            jobs.enqueue("gather_evidence", claim.pk, subject_version=claim.gather_round)
    except IntegrityError:
        known = Appearance.objects.filter(
            article=appearance.article, fingerprint=appearance.fingerprint
        ).exclude(fingerprint="")
        if (claim_id := known.values_list("claim_id", flat=True).first()) is None:
            raise
        raise LoggedAlready(claim_id) from None
    return claim


def ask_for_evidence(*, claim_id: int, actor: Actor) -> Claim:
    """Have evidence gathered again, as a job. Asking twice while one is waiting is one job."""
    with transaction.atomic():
        claim = Claim.objects.filter(pk=claim_id).first()
        if claim is None or not permissions.can_read_desk(actor, claim.desk_id):
            raise NotFound(_("claim"))
        if not permissions.can_start_gathering(actor, claim.desk_id):
            raise NotAllowed(
                "gather", _("Journalists, editors and reviewers of this desk may gather evidence.")
            )
        if claim.state not in OPEN_CLAIM_STATES:
            raise IllegalMove("gather", claim.state)
        Claim.objects.filter(pk=claim_id).update(gather_round=F("gather_round") + 1)
        claim.refresh_from_db()
        jobs.enqueue("gather_evidence", claim.pk, subject_version=claim.gather_round)
        append_event(actor=actor, subject=claim, verb="gather", claim_id=claim.pk)
    return claim


def edit_claim(
    *, claim_id: int, seen_version: int, actor: Actor, summary: str, kind: str, attribution: str, topic: str
) -> Claim:
    """Change what describes a claim. Its words as said never change."""
    with transaction.atomic():
        desk_id = Claim.objects.filter(pk=claim_id).values_list("desk_id", flat=True).first()
        if desk_id is None or not permissions.can_read_desk(actor, desk_id):
            raise NotFound(_("claim"))
        if not permissions.can_log_claim(actor, desk_id):
            raise NotAllowed("edit_claim", _("Only people who write for this desk may edit its claims."))
        told = ("summary", "kind", "attribution", "topic")
        before = Claim.objects.filter(pk=claim_id).values_list(*told).first() or ()
        claim = change(
            Claim,
            claim_id,
            seen_version,
            summary=" ".join(summary.split())[:300],
            kind=kind,
            attribution=attribution.strip()[:300],
            topic=topic.strip()[:80],
        )
        append_event(
            actor=actor,
            subject=claim,
            verb="edit_claim",
            claim_id=claim.pk,
            details={
                name: [old, getattr(claim, name)]
                for name, old in zip(told, before, strict=True)
                if old != getattr(claim, name)
            },
        )
        jobs.enqueue("index_claim", claim.pk, subject_version=claim.version)
    return claim


def _refuse_unusable(text: str) -> None:
    if not text:
        raise Invalid(_("Write or select the words of the claim."), {"text": _("The claim has no words.")})
    if len(text) > LONGEST_CLAIM:
        sentence = _("A claim is one assertion of at most %(most)d characters; this has %(length)d.") % {
            "most": LONGEST_CLAIM,
            "length": len(text),
        }
        raise Invalid(sentence, {"text": sentence})


def _claimant(name: str, kind: str) -> Claimant | None:
    name = " ".join(name.split())[:200]
    if not name:
        return None
    if kind not in Claimant.Kind.values:
        sentence = _(
            "Say whether “%(name)s” is a person or an organisation. If nobody knows, leave the name empty and "
            "write it under “Reported by”."
        ) % {"name": name}
        raise Invalid(sentence, {"claimant_kind": sentence})
    return Claimant.objects.get_or_create(name=name, kind=kind)[0]


def _appearance(desk_id: int, selection: Selection | None, url: str, offline_origin: str) -> Appearance:
    """Build the unsaved first appearance from the selected words, else from an address or a description."""
    if selection is None:
        if not (url or offline_origin.strip()):
            raise Invalid(
                _("Say where the claim was made: an article, an address, or a description."),
                {"url": _("Give an address, or describe where it was said.")},
            )
        return Appearance(url=url, offline_origin=offline_origin.strip()[:500], is_first=True)
    article = (
        Article.objects.select_related("current", "outlet")
        .filter(pk=selection.article_id, desk_id=desk_id)
        .first()
    )
    if article is None or article.current is None:
        raise NotFound(_("article"))
    seen = article.current
    if selection.version is not None and selection.version != seen.number:
        seen = article.versions.defer("raw", "diff").filter(number=selection.version).first() or seen
    text = seen.text
    if not 0 <= selection.start < selection.end <= len(text):
        raise Invalid(_("The selected words are not in the article as it stands now: select them again."))
    exact = text[selection.start : selection.end]
    post = _update_at(seen, selection.start)
    printed = post.printed_time if post else ""
    appearance = Appearance(
        article=article,
        update=post,
        url=article.url,
        offline_origin="" if article.url else _described(article),
        exact=exact,
        prefix=text[max(0, selection.start - QUOTE_CONTEXT) : selection.start],
        suffix=text[selection.end : selection.end + QUOTE_CONTEXT],
        start=selection.start,
        end=selection.end,
        printed_time=printed,
        moment=post.moment if post else None,
        is_first=True,
        fingerprint=quotation_fingerprint(exact, printed),
    )
    if seen.pk != article.current.pk:
        note_present_words(appearance, article.current)
    return appearance


def _described(article: Article) -> str:
    """Return where an article without an address can be found, for the reader of a verdict."""
    published = article.published_on or (article.published_at.date() if article.published_at else None)
    told = (
        article.outlet.name if article.outlet else "",
        article.title,
        published.isoformat() if published else "",
    )
    return (", ".join(filter(None, told)) or _("a pasted text"))[:500]


def _update_at(version: ArticleVersion, position: int) -> Update | None:
    return (
        Update.objects.filter(article_version=version, start__lte=position, end__gt=position)
        .order_by("kind", "-start")
        .first()
    )


def _bare_date(appearance: Appearance) -> date | None:
    article = appearance.article
    if article is None:
        return None
    published: datetime | None = article.published_at
    return article.published_on or (published.date() if published else None)


def quotation_fingerprint(exact: str, printed_time: str) -> str:
    """Return the SHA-256 (hex) that is equal for the same words at the same printed time."""
    words = " ".join(fold_text(exact).split())
    return hashlib.sha256(f"{printed_time}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()
