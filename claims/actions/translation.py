"""Translations by the operator's service: of a claim for searching, of a passage for a reader.

A passage is translated by a job and the translation is kept, shown beside the words as published and never
compared with a claim: what is weighed is what the source says. Without a service, or while it is away,
gathering goes on in the claim's own language.
"""

from __future__ import annotations

import logging
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.gatekeeping import person_of
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.translation import LONGEST_TEXT, TranslationUnavailable, get_translator
from claims.language.reading import read
from claims.language.readings import LANGUAGES, Language, Reading
from claims.models import Claim, Passage, PassageTranslation
from claims.rules.permissions import Actor

logger = logging.getLogger(__name__)
_State = PassageTranslation.State


class NotTranslated(Invalid):
    """No service is set up. The edge may answer 503."""


def ask_for_translation(*, passage_id: int, target: str, actor: Actor) -> PassageTranslation:
    """Have a passage translated into ``target`` (en, uk, ru) for a signed-in reader, by a job.

    What is translated or under way is left as it is; what failed is tried again. Raises ``NotFound``,
    ``Invalid`` for another target or too long a passage, and ``NotTranslated`` where no service is set up.
    """
    person_of(actor)
    if target not in LANGUAGES:
        raise Invalid(
            _("Choose English, Ukrainian or Russian."), {"target": _("This language is not offered.")}
        )
    if not settings.TRANSLATOR_URL:
        raise NotTranslated(_("No translation service is set up here."))
    with transaction.atomic():
        passage = Passage.objects.filter(pk=passage_id).first()
        if passage is None:
            raise NotFound(_("passage"))
        if len(passage.text) > LONGEST_TEXT:
            raise Invalid(_("The passage is too long to be translated."))
        translation, created = PassageTranslation.objects.select_for_update().get_or_create(
            passage=passage, target=target
        )
        if not created and translation.state == _State.FAILED:
            translation.state, translation.failure = _State.WAITING, ""
            translation.requests += 1
            translation.save(update_fields=["state", "failure", "requests"])
        if translation.state == _State.WAITING:
            jobs.enqueue("translate_passage", translation.pk, subject_version=translation.requests)
    return translation


def translate_passage(translation_id: int) -> None:
    """Ask the service for one translation and keep it; the job's body, safe to run again.

    A service that does not answer within its seconds ends the job: whoever reads may ask again.
    """
    plan = (
        PassageTranslation.objects.select_related("passage__document")
        .defer("passage__document__text", "passage__document__raw")
        .filter(pk=translation_id, state=_State.WAITING)
        .first()
    )
    if plan is None:
        return
    translator = get_translator()
    try:
        if translator is None:
            raise TranslationUnavailable("no service is set up")
        source, target = cast(Language, plan.passage.document.language), cast(Language, plan.target)
        text = translator.translate([plan.passage.text], source=source, target=target)[0]
    except TranslationUnavailable as away:
        logger.warning("passage %d was not translated to %s: %s", plan.passage_id, plan.target, away)
        outcome = {"state": _State.FAILED, "failure": str(away)[:500]}
    else:
        service = urlsplit(settings.TRANSLATOR_URL).hostname or ""
        outcome = {"state": _State.READY, "text": text, "service": service[:200]}
    PassageTranslation.objects.filter(pk=plan.pk, state=_State.WAITING, requests=plan.requests).update(
        **outcome
    )


def translate_claim(claim: Claim) -> tuple[Reading, ...]:
    """Return readings of the claim's words in the other languages, as far as the service gives them.

    Empty without a service. Not to be called inside a transaction: each language may take some seconds.
    """
    translator = get_translator()
    if translator is None:
        return ()
    readings: list[Reading] = []
    source = cast(Language, claim.language)
    for target in LANGUAGES:
        if target == source:
            continue
        try:
            words = translator.translate([claim.text], source=source, target=target)[0]
        except TranslationUnavailable as away:
            logger.warning("claim %d is searched without its words in %s: %s", claim.pk, target, away)
            continue
        readings.append(read(words, language=target))
    return tuple(readings)
