"""Writing the pages about the newsroom: each save is a new version, and the former ones stay."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Conflict, Invalid
from claims.models import SitePageVersion
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.site_pages import newest_number

LONGEST = 20_000


def write_site_page(
    *, page: str, seen_number: int, text_en: str, text_uk: str, text_ru: str, actor: Actor
) -> SitePageVersion:
    """Write version ``seen_number`` + 1 of a page (0 where none stands yet), in one to three languages."""
    if not permissions.can_administer(actor):
        raise NotAllowed("write_page", _("Only administrators write the pages about the newsroom."))
    texts = {"text_en": text_en, "text_uk": text_uk, "text_ru": text_ru}
    texts = {name: storable(text).strip() for name, text in texts.items()}
    if not any(texts.values()):
        raise Invalid(_("Write the page in at least one language."))
    for name, text in texts.items():
        if len(text) > LONGEST:
            sentence = _("A page has at most %(most)d characters.") % {"most": LONGEST}
            raise Invalid(sentence, {name: sentence})
    try:
        with transaction.atomic():
            present = newest_number(page)
            if present != seen_number:
                raise Conflict(seen_number, present)
            version = SitePageVersion.objects.create(
                page=page,
                number=present + 1,
                written_by_id=person_of(actor),
                written_at=timezone.now(),
                **texts,
            )
            append_event(
                actor=actor,
                subject=version,
                verb="write_page",
                claim_id=None,
                details={"page": page, "number": version.number},
            )
    except IntegrityError:
        # Two people wrote the same version at once: the constraint let one of them in.
        raise Conflict(seen_number, newest_number(page)) from None
    return version
