"""Everybody reads the pages in a language of their own, with its dates, numbers and grammar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from claims.models import Article, Membership, Person, Source
from claims.selectors.diffs import diff_of
from claims.templatetags.workbench import moment
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db


def _sign_in(newsroom: Newsroom, language: str, client: Client) -> str:
    person = newsroom.people["jonas"]
    person.language = language
    person.save()
    form = {"username": person.username, "password": "a long pass phrase"}
    return client.post(reverse("sign_in"), form, follow=True).content.decode()


def test_signing_in_turns_the_pages_to_the_language_of_the_person(newsroom: Newsroom) -> None:
    assert '<html lang="uk"' in _sign_in(newsroom, "uk", Client())


def test_a_language_chosen_in_the_browser_stays_after_signing_in(newsroom: Newsroom) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "ru", "next": "/"})
    assert '<html lang="ru"' in _sign_in(newsroom, "uk", client)


@pytest.mark.parametrize("language", ["", "de", "uk; a=b"])
def test_a_language_that_is_not_offered_changes_nothing(newsroom: Newsroom, language: str) -> None:
    client = Client()
    assert '<html lang="en"' in _sign_in(newsroom, language, client)
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    ("language", "day"), [("en", "4 Mar 2026"), ("uk", "4 березня 2026"), ("ru", "4 марта 2026")]
)
def test_a_day_is_written_as_its_language_writes_it(
    article: Article, signed_in: Callable[[str], Client], language: str, day: str
) -> None:
    client = signed_in("jonas")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert f'<time datetime="2026-03-04">{day}</time>' in client.get(reverse("article_list")).content.decode()


@pytest.mark.parametrize(
    ("language", "claims", "counted"),
    [
        ("en", 1, "1 claim<"),
        ("en", 2, "2 claims<"),
        ("uk", 2, "2 твердження<"),
        ("uk", 5, "5 тверджень<"),
        ("ru", 1, "1 утверждение<"),
        ("ru", 5, "5 утверждений<"),
    ],
)
def test_the_queue_counts_in_the_grammar_of_its_language(
    newsroom: Newsroom, signed_in: Callable[[str], Client], language: str, claims: int, counted: str
) -> None:
    for number in range(claims):
        newsroom.claim(f"Pier {number} was closed.")
    Person.objects.update(is_staff=True)
    client = signed_in("rita")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("admin:claims_claim_changelist")).content.decode()
    assert counted in page


@pytest.mark.parametrize(("language", "day"), [("en", "3 Feb 2026"), ("ru", "3 февраля 2026")])
def test_a_bare_date_of_a_snapshot_gets_no_time_of_day(language: str, day: str) -> None:
    with translation.override(language):
        assert moment("2026-02-03") == f'<time datetime="2026-02-03">{day}</time>'


def test_what_is_shown_of_relations_has_a_name_in_the_language_of_the_reader() -> None:
    with translation.override("uk"):
        assert [diff.label for diff in diff_of({"rating": ""}, {"rating": "Правда"})] == ["Оцінка"]
        assert str(Source._meta.get_field("outlet").verbose_name) == "видання"  # type: ignore[union-attr]
        assert str(Membership._meta.get_field("desk").verbose_name) == "відділ"  # type: ignore[union-attr]
