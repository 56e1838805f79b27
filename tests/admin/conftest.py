"""The newsroom at its desk: people who are staff, and a client signed in as one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from claims.models import Person
from tests.newsroom import Newsroom, open_newsroom

SignedIn = Callable[[str], Client]


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    newsroom = open_newsroom()
    Person.objects.exclude(pk=newsroom.people["jonas"].pk).update(is_staff=True)
    return newsroom


@pytest.fixture
def at_desk(newsroom: Newsroom) -> SignedIn:
    return newsroom.signed_in
