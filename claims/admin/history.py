"""The history and what is published, for reading only."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin import dossiers, measures
from claims.admin.paging import KeysetRows
from claims.admin.site import actor, desk
from claims.models import ClaimEvent, Publication
from claims.selectors.blindness import without_hidden_words
from claims.selectors.history import VERBS, events_for, state_word
from claims.selectors.paging import Order
from claims.selectors.queue import readable_desks


@admin.register(ClaimEvent, site=desk)
class ClaimEventAdmin(KeysetRows):
    keyset = Order((("sequence", int),), descending=True)
    list_display = ("sequence", "told_at", "person_name", "did", "claim_link", "moved", "note")
    list_display_links = None
    actions = None
    list_select_related = ("claim",)

    def get_urls(self) -> list[URLPattern]:
        return [*measures.urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimEvent]:
        return events_for(actor(request))

    def as_shown(self, request: HttpRequest, rows: list[ClaimEvent]) -> list[ClaimEvent]:
        return without_hidden_words(rows, actor(request))

    @admin.display(description=_("moment"))
    def told_at(self, event: ClaimEvent) -> str:
        return _told(event.at)

    @admin.display(description=_("what"))
    def did(self, event: ClaimEvent) -> str:
        return str(VERBS.get(event.verb, event.verb))

    @admin.display(description=_("claim"))
    def claim_link(self, event: ClaimEvent) -> SafeString:
        address = reverse("admin:claims_claim_change", args=[event.claim_id])
        return format_html('<a href="{}">{}</a>', address, event.claim)

    @admin.display(description=_("state"))
    def moved(self, event: ClaimEvent) -> str:
        if not event.to_state or event.from_state == event.to_state:
            return ""
        return " → ".join(state_word(state) for state in (event.from_state, event.to_state) if state)


@admin.register(Publication, site=desk)
class PublicationAdmin(KeysetRows):
    keyset = Order(descending=True)
    list_display = ("claim_link", "language", "state", "first_told", "changed_told", "page", "dossier")
    list_display_links = None
    list_filter = ("state", "language")
    actions = None
    list_select_related = ("claim", "current")

    def get_urls(self) -> list[URLPattern]:
        return [*dossiers.urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        return super().get_queryset(request).filter(claim__desk_id__in=readable_desks(actor(request)))

    @admin.display(description=_("claim"))
    def claim_link(self, publication: Publication) -> SafeString:
        address = reverse("admin:claims_claim_change", args=[publication.claim_id])
        return format_html('<a href="{}">{}</a>', address, publication.claim)

    @admin.display(description=_("first published"))
    def first_told(self, publication: Publication) -> str:
        return _told(publication.first_published_at)

    @admin.display(description=_("last changed"))
    def changed_told(self, publication: Publication) -> str:
        return _told(publication.modified_at)

    @admin.display(description=_("page"))
    def page(self, publication: Publication) -> str | SafeString:
        if publication.current_id is None:
            return ""
        return format_html('<a href="{}">{}</a>', publication.get_absolute_url(), _("open"))

    @admin.display(description=_("dossier"))
    def dossier(self, publication: Publication) -> str | SafeString:
        if publication.current is None:
            return ""
        address = reverse("admin:claims_dossier", args=[publication.current.verdict_id])
        return format_html('<a href="{}">{}</a>', address, _("dossier"))


def _told(moment: datetime | None) -> str:
    """Write a moment with its zone: stock lists leave it out. A list over several desks tells UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
