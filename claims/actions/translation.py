"""Translations by the operator's service: of a claim for searching, of a passage for a reader.

A translation is never stored and never compared with a claim: what is weighed is what the source says.
Without a service, or while it is away, gathering goes on in the claim's own language.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.translation import TextTooLong, TranslationUnavailable, get_translator
from claims.language.reading import read
from claims.language.readings import LANGUAGES, Language, Reading
from claims.models import Claim, Passage
from claims.rules.permissions import Actor

logger = logging.getLogger(__name__)


class NotTranslated(Invalid):
    """There is no translation now: no service is set up, or it does not answer. The edge may answer 503."""


@dataclass(frozen=True, slots=True)
class PassageTranslation:
    """A passage in another language, made by a machine, to be shown beside the words as published."""

    passage_id: int
    language: Language
    target: Language
    text: str


def translate_passage(*, passage_id: int, target: str, actor: Actor) -> PassageTranslation:
    """Translate the words of a passage into ``target`` (en, uk, ru) for a signed-in reader.

    Raises ``NotFound``, ``Invalid`` for another target or too long a passage, and ``NotTranslated``.
    """
    person_of(actor)
    if target not in LANGUAGES:
        raise Invalid(
            _("Choose English, Ukrainian or Russian."), {"target": _("This language is not offered.")}
        )
    row = Passage.objects.filter(pk=passage_id).values_list("text", "document__language").first()
    if row is None:
        raise NotFound(_("passage"))
    text, language = row[0], cast(Language, row[1])
    translator = get_translator()
    if translator is None:
        raise NotTranslated(_("No translation service is set up here."))
    try:
        translated = translator.translate([text], source=language, target=target)
    except TextTooLong as refusal:
        raise Invalid(_("The passage is too long to be translated.")) from refusal
    except TranslationUnavailable as away:
        logger.warning("passage %d was not translated to %s: %s", passage_id, target, away)
        raise NotTranslated(
            _("The translation service does not answer now. Try again in a minute.")
        ) from away
    return PassageTranslation(passage_id, language, target, translated[0])


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
