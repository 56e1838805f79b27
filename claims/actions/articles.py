"""Taking articles in: pasted text, an HTML file, or an address that a job fetches.

Every version of the words is kept. An address is taken in once per desk; taking it in again fetches it again
and adds a version only when the words have changed.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.article_versions import store_version
from claims.actions.documents import known_outlet, outlet_named
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_page
from claims.ingest.plaintext import read_pasted
from claims.models import Article, Desk
from claims.rules import permissions
from claims.rules.identity import canonical_url, given_address
from claims.rules.permissions import Actor, NotAllowed


def take_in_text(
    *,
    desk_id: int,
    text: str,
    actor: Actor,
    outlet: str = "",
    title: str = "",
    url: str = "",
    published: datetime | date | None = None,
    zone: str = "",
) -> Article:
    """Take in pasted text as an article or live blog. Raises ``Invalid``, ``NotAllowed``."""
    desk = _desk_for(actor, desk_id)
    try:
        extracted = read_pasted(
            text,
            outlet_zone=zone or _zone_of(outlet, desk),
            seen_at=timezone.now(),
            title=title,
            outlet_name=outlet,
            url=_checked_url(url),
            published=published,
        )
    except ParseError as refusal:
        raise Invalid(str(refusal), {"text": str(refusal)}) from refusal
    except ValueError as refusal:
        sentence = _("There is no time zone of this name; write it like Europe/Kyiv.")
        raise Invalid(sentence, {"zone": sentence}) from refusal
    return _store_new(
        desk, extracted, raw=text.encode("utf-8", "surrogatepass"), actor=actor, outlet_name=outlet
    )


def take_in_html(
    *, desk_id: int, body: bytes, actor: Actor, url: str = "", outlet: str = "", content_type: str = ""
) -> Article:
    """Take in a saved page. Raises ``Invalid`` with the parser's sentence, ``NotAllowed``."""
    desk = _desk_for(actor, desk_id)
    try:
        extracted = parse_page(
            body,
            url=_checked_url(url),
            content_type=content_type,
            outlet_zone=_zone_of(outlet, desk),
            seen_at=timezone.now(),
        )
    except ParseError as refusal:
        raise Invalid(str(refusal), {"file": str(refusal)}) from refusal
    return _store_new(desk, extracted, raw=body, actor=actor, outlet_name=outlet)


def take_in_url(*, desk_id: int, url: str, actor: Actor) -> Article:
    """Register an address and have a job fetch it; an address that stands already is fetched again."""
    desk = _desk_for(actor, desk_id)
    address = _checked_url(url)
    if not address:
        sentence = _("Give the address of the article, like https://example.org/page.")
        raise Invalid(sentence, {"url": sentence})
    with transaction.atomic():
        article, created = Article.objects.get_or_create(
            desk=desk,
            canonical_url=canonical_url(address),
            defaults={
                "url": address,
                "state": Article.State.FETCHING,
                "taken_in_by_id": actor.person_id,
                "zone": desk.zone,
            },
        )
        if not created:
            Article.objects.filter(pk=article.pk).update(
                state=Article.State.FETCHING, failure="", version=F("version") + 1
            )
            article.refresh_from_db()
        append_event(actor=actor, subject=article, verb="take_in", claim_id=None, to_state=article.state)
        jobs.enqueue("fetch_article", article.pk, subject_version=article.version)
    return article


def _desk_for(actor: Actor, desk_id: int) -> Desk:
    if not permissions.can_log_claim(actor, desk_id):
        raise NotAllowed("take_in", _("Only people who write for this desk may take in articles."))
    desk = Desk.objects.filter(pk=desk_id).first()
    if desk is None:
        raise NotFound(_("desk"))
    return desk


def _zone_of(outlet_name: str, desk: Desk) -> str:
    """Return the zone to read the words in; the outlet itself is made only once they could be read."""
    return known_outlet(outlet_name).zone if outlet_name.strip() else desk.zone


def _checked_url(url: str) -> str:
    """Return the address as given, ``""`` for none; raise ``Invalid`` for what is no web address."""
    if not url.strip():
        return ""
    address = given_address(url)
    if not address:
        sentence = _("This is not a web address. Write it like https://example.org/page.")
        raise Invalid(sentence, {"url": sentence})
    return address


def _store_new(
    desk: Desk, extracted: ExtractedArticle, *, raw: bytes, actor: Actor, outlet_name: str
) -> Article:
    with transaction.atomic():
        outlet = outlet_named(name=outlet_name) if outlet_name.strip() else None
        article = None
        if extracted.canonical_url:
            article = Article.objects.filter(desk=desk, canonical_url=extracted.canonical_url).first()
        if article is None:
            article = Article.objects.create(
                desk=desk,
                url=extracted.url or extracted.canonical_url,
                canonical_url=extracted.canonical_url,
                outlet=outlet,
                zone=outlet.zone if outlet else desk.zone,
                taken_in_by_id=actor.person_id,
            )
            append_event(actor=actor, subject=article, verb="take_in", claim_id=None, to_state=article.state)
        store_version(article, extracted, raw, actor)
    return article
