"""What the pages' templates need to show rows: marked words, moments with their zone, figures and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from django import template
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.ingest.calendar_words import zone_named
from claims.models import ClaimEvent, Document, Evidence, Passage, Publication, Rating
from claims.publish.entries import shown_title
from claims.publish.xml import rfc3339
from claims.selectors.corrections import Overtaken, overtaken_by
from claims.selectors.failure_wording import word_failure
from claims.selectors.figure_wording import word_figure
from claims.selectors.history import VERBS
from claims.selectors.met_words import merged
from claims.selectors.reason_wording import word_origin, word_reason, word_suggestion

register = template.Library()
#: The words around a mark that a short excerpt keeps (code points).
_AROUND = 140

register.filter("failure", word_failure)
register.filter("figure", word_figure)
register.filter("reason", word_reason)
register.filter("why", word_suggestion)
register.filter("origin_reason", word_origin)


@register.filter
def marked(text: str, spans: Iterable[Sequence[int]]) -> SafeString:
    """Return ``text`` with ``<mark>`` around each span (code points), everything else escaped."""
    pieces: list[tuple[SafeString]] = []
    at = 0
    for start, end in merged([(max(0, span[0]), min(len(text), span[1])) for span in spans]):
        if start >= end:
            continue
        pieces.append((format_html("{}<mark>{}</mark>", text[at:start], text[start:end]),))
        at = end
    return format_html("{}{}", format_html_join("", "{}", pieces), text[at:])


@register.filter
def excerpt(piece: Evidence) -> SafeString:
    """Return the words of a passage that matter, marked, cut at words where the passage is long."""
    text, title = piece.passage.text, piece.passage.document.title
    # A document's title stands above the excerpt already; it is not shown twice.
    first = len(title) if title and text.startswith(title) else 0
    first += len(text[first:]) - len(text[first:].lstrip())
    start, end = max(piece.start, first), min(piece.end or len(text), len(text))
    if start >= end:
        start, end = first, len(text)
    left = max(first, text.rfind(" ", 0, start - _AROUND) + 1) if start - _AROUND > first else first
    right = text.find(" ", end + _AROUND)
    right = len(text) if right < 0 else right
    marks = [(mark[0] - left, mark[1] - left) for mark in piece.marks if mark[1] > left and mark[0] < right]
    return format_html(
        "{}{}{}",
        "… " if left > first else "",
        marked(text[left:right], marks),
        " …" if right < len(text) else "",
    )


@register.filter
def without_title(passage: Passage, title: str) -> str:
    """Return the words of a passage without the document's title, which stands above it already."""
    return passage.text.removeprefix(title).lstrip() if title else passage.text


@register.filter
def last_line(text: str) -> str:
    """Return the words of ``text`` after its last line break."""
    return text.rsplit("\n", 1)[-1]


@register.filter
def first_line(text: str) -> str:
    """Return the words of ``text`` before its first line break."""
    return text.split("\n", 1)[0]


@register.simple_tag
def moment(at: datetime | str | None, zone: str = "", printed: str = "", desk: str = "") -> SafeString | str:
    """Show a moment in ``zone``, with UTC on hover and focus; ``printed`` replaces it as the page had it.

    Without a zone the moment is shown in UTC and says so. Where the clocks of ``desk``, a zone as well, show
    another time than those of ``zone``, hover and focus tell that too.
    """
    # A bare date stays bare: parse_datetime would make a midnight of it.
    if isinstance(at, str) and (day := parse_date(at)):
        return _day(day)
    known = parse_datetime(at) if isinstance(at, str) else at
    if known is None:
        return printed
    utc = _("%(moment)s UTC") % {"moment": _told(known, UTC)}
    shown = printed or (_told(known, zone_of(zone)) if zone else utc)
    if shown == utc:
        return format_html('<time datetime="{}">{}</time>', rfc3339(known), utc)
    if desk and known.astimezone(zone_of(desk)).utcoffset() != known.astimezone(zone_of(zone)).utcoffset():
        utc = f"{_told(known, zone_of(desk))} {desk} · {utc}"
    return format_html(
        '<time class="moment" datetime="{}" tabindex="0" data-utc="{}">{}<span class="unseen"> ({})</span>'
        "</time>",
        rfc3339(known),
        utc,
        shown,
        utc,
    )


def _told(at: datetime, zone: tzinfo) -> str:
    # Ukrainian and Russian write the month out and in the genitive, so each language has its own format.
    return date_format(at.astimezone(zone), pgettext("format of a moment", "j M Y, H:i"))


@register.simple_tag
def when(row: models.Model, zone: str = "") -> SafeString | str:
    """Show when ``row`` was published: its moment, else its bare date, else nothing."""
    at, on = getattr(row, "published_at", None), getattr(row, "published_on", None)
    if at is not None:
        return moment(at, zone)
    return _day(on) if on else ""


@register.filter("day")
def _day(on: date) -> SafeString:
    """Show a bare date as the language writes it."""
    return format_html(
        '<time datetime="{}">{}</time>', on.isoformat(), date_format(on, pgettext("format of a day", "j M Y"))
    )


def zone_of(name: str) -> tzinfo:
    """Return the zone of this name or of an offset that a page stated (``UTC+02:00``), UTC for what is neither."""
    return zone_named(name) or UTC


@register.filter
def told(event: ClaimEvent) -> str:
    """Return what was done; a verb that is not known here is told as it stands."""
    return str(VERBS.get(event.verb, event.verb.replace("_", " ")))


@register.filter
def lang(row: Any) -> str:
    """Return the language tag of a row or code for a ``lang`` attribute; "" where it is not known."""
    code = row if isinstance(row, str) else getattr(row, "language", "")
    return code if code in ("en", "uk", "ru") else ""


@register.filter
def of(mapping: Mapping[str, Any], key: str) -> Any:
    """Return ``mapping[key]``, or nothing."""
    return mapping.get(key, "")


@register.filter
def steps(rating: Mapping[str, Any]) -> list[str]:
    """Return one word for each step of a rating's scale: ``reached`` up to its number, else ``open``."""
    value, worst, best = rating["value"], rating["worst"], rating["best"]
    return ["reached" if step <= value else "open" for step in range(worst, best + 1)]


@register.filter
def step(rating: Rating) -> dict[str, Any]:
    """Return a rating as published checks carry it: label, value, and the ends of its scale (loaded)."""
    return {
        "label": str(rating),
        "value": rating.value,
        "worst": rating.scale.worst,
        "best": rating.scale.best,
    }


@register.filter
def headline(publication: Publication) -> str:
    """Return the headline of a published check as readers see it, marked where corrected or retracted."""
    return shown_title(publication.current.snapshot, publication.state) if publication.current else ""


@register.inclusion_tag("claims/partials/_translation.html", takes_context=True)
def translation_of(context: template.Context, passage: Passage, document: Document) -> dict[str, Any]:
    """Show a passage in the reader's language, or the button that has it translated.

    The page gives ``translations`` by passage and ``service``, "" where none is set up.
    """
    request, target = context["request"], context["request"].LANGUAGE_CODE
    claim = context.get("claim")
    return {
        "passage_id": passage.pk,
        "target": target,
        "translation": (context.get("translations") or {}).get(passage.pk),
        "may_translate": bool(context.get("service")) and document.language != target,
        "page": claim.get_absolute_url() if claim else request.path,
        "poll_seconds": context.get("poll_seconds"),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def overtaken(publication: Publication) -> Overtaken | None:
    """Return what another language of this check was told since, where this one has not followed yet."""
    return overtaken_by(publication)
