"""Translations of passages into the reader's language, as far as they were asked for."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings

from claims.models import Passage, PassageTranslation


def translations_into(target: str, passage_ids: Collection[int]) -> dict[int, PassageTranslation]:
    """Return what stands of these passages in ``target``, by passage. One query; none without a service."""
    if not passage_ids or not settings.TRANSLATOR_URL:
        return {}
    rows = PassageTranslation.objects.filter(passage_id__in=passage_ids, target=target)
    return {row.passage_id: row for row in rows}


def is_passage(passage_id: int) -> bool:
    """Say whether there is a passage of this id. One query."""
    return Passage.objects.filter(pk=passage_id).exists()


def translation_of(passage_id: int, target: str) -> PassageTranslation | None:
    """Return the translation of one passage, also one that is still made or has failed."""
    return PassageTranslation.objects.filter(passage_id=passage_id, target=target).first()


def translation_service() -> str:
    """Return the host of the operator's service, "" where none is set up."""
    return urlsplit(settings.TRANSLATOR_URL).hostname or ""
