"""Polling a feed on a real local server: what it finds decides when it is polled again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.actions.feeds import poll_source
from claims.models import Document, Outlet, Source
from tests.live_pages import live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db


def test_a_page_that_is_no_feed_counts_as_a_failure_and_is_left_in_peace_for_longer(
    newsroom: Newsroom, settings: Settings
) -> None:
    outlet = Outlet.objects.create(name="Harbour Post", language="en")
    with live_page(settings, paragraphs=["The gates of the harbour opened at six in the morning."]) as page:
        source = Source.objects.create(feed_url=page.url, outlet=outlet, interval=900)
        poll_source(source.pk)
    source.refresh_from_db()
    assert (source.failures, source.interval) == (1, 900)
    assert "RSS" in source.last_error
    assert source.next_poll_at is not None
    pause = source.next_poll_at - timezone.now()
    assert timedelta(seconds=1500) < pause < timedelta(seconds=2000)
    assert not Document.objects.exists()
