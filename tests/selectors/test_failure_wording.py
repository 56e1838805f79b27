"""Kept failures are told in the reader's language, and none is hidden."""

from __future__ import annotations

import pytest
from django.utils import translation

from claims.ingest.fetch_errors import StatusRefused, TooSlow
from claims.ingest.parse_errors import NoArticle
from claims.selectors.failure_wording import word_failure


@pytest.mark.parametrize("error", [TooSlow, NoArticle, lambda: StatusRefused(404)])
def test_what_a_worker_kept_is_told_in_the_language_of_the_reader(error: type[Exception]) -> None:
    kept = str(error())
    with translation.override("uk"):
        told = word_failure(kept)
        assert told == str(error())
    assert told != kept


def test_the_status_that_a_site_answered_with_is_told() -> None:
    with translation.override("ru"):
        assert "HTTP 503" in word_failure("The site answered with an error (HTTP 503).")


def test_the_words_of_an_exception_are_told_as_they_stand() -> None:
    with translation.override("uk"):
        assert word_failure("OSError: no space left on device") == "OSError: no space left on device"


def test_where_nothing_failed_nothing_is_told() -> None:
    with translation.override("uk"):
        assert word_failure("") == ""
