"""The list by ratings follows every public event; what was published before there was one is listed as well."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from claims.models import Publication, PublicationRating
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
Row = tuple[int, str, bool, object]


def listed() -> set[Row]:
    return set(PublicationRating.objects.values_list("publication_id", "key", "is_current", "event_at"))


def test_a_rating_that_was_corrected_stays_listed_beside_the_present_one(newsroom: Newsroom) -> None:
    first = newsroom.published(rating="true")
    assert listed() == {(first.publication_id, "true", True, first.publication.event_at)}
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        newsroom.corrected(first, rating="mixture")
    moved = Publication.objects.get(pk=first.publication_id).event_at
    assert moved != first.publication.event_at
    assert listed() == {
        (first.publication_id, "true", False, moved),
        (first.publication_id, "mixture", True, moved),
    }


@pytest.mark.parametrize("step", ["under_correction", "retracted"])
def test_every_public_event_moves_the_list(newsroom: Newsroom, step: str) -> None:
    first = newsroom.published(rating="true")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        getattr(newsroom, step)(first)
    moved = Publication.objects.get(pk=first.publication_id).event_at
    assert moved != first.publication.event_at
    assert listed() == {(first.publication_id, "true", True, moved)}


def test_the_migration_lists_what_the_events_would_have_listed(newsroom: Newsroom) -> None:
    newsroom.corrected(newsroom.published(rating="true"), rating="mixture")
    newsroom.retracted(newsroom.published(rating="false"))
    newsroom.corrected(newsroom.published(rating="true"), tier="update")
    expected = listed()
    PublicationRating.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("claims.migrations.0027_ratings_of_publications")._LIST)
    assert listed() == expected
