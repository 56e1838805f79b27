"""Help, keys, tour, bookmarklet: true, kept per person, and without anything of the person in a bookmark."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation

from claims.actions.articles import take_in_text
from claims.models import Article, Preference
from claims.selectors.help_pages import ROLES, TOUR
from claims.selectors.keys import _PLACE_OF, KEYS, PLACES
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


# --- Help by role -------------------------------------------------------------------------------------


def test_help_opens_with_the_persons_own_roles(newsroom: Newsroom) -> None:
    page = newsroom.signed_in("anna").get("/help/").content.decode()
    assert 'id="help-editor"' in page
    assert 'id="help-reviewer"' in page
    assert 'id="help-publisher"' not in page
    assert 'id="help-administrator"' in newsroom.signed_in("adam").get("/help/").content.decode()


@pytest.mark.parametrize("name", sorted(ROLES))
@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_role_has_its_help_in_every_language(newsroom: Newsroom, name: str, language: str) -> None:
    client = newsroom.signed_in("jonas")
    page = client.get(f"/help/{name}/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()
    with translation.override("en"):
        assert str(ROLES[name].lead) not in page.content.decode()


def test_every_place_that_help_and_tour_lead_to_exists() -> None:
    routes = [step.route for page in ROLES.values() for step in page.steps] + [step.route for step in TOUR]
    for route in filter(None, routes):
        assert reverse(route)


def test_only_who_may_enter_the_review_desk_is_led_there(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("rita")
    assert 'href="/admin/claims/claim/"' not in client.get("/help/reviewer/").content.decode()
    newsroom.people["rita"].is_staff = True
    newsroom.people["rita"].save()
    assert 'href="/admin/claims/claim/"' in client.get("/help/reviewer/").content.decode()


def test_help_about_no_role_is_not_found(newsroom: Newsroom) -> None:
    assert newsroom.signed_in("jonas").get("/help/king/").status_code == 404


# --- Keys ---------------------------------------------------------------------------------------------


def test_each_page_lists_its_own_keys_and_one_page_lists_all(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    article = take_in_text(
        desk_id=newsroom.desk.pk, text="Four tugs entered.", actor=newsroom.actor("jonas"), title="Port"
    )
    reading = client.get(article.get_absolute_url()).content.decode()
    listed = client.get("/claims/").content.decode()
    assert "log the selected words" in reading
    assert "log the selected words" not in listed
    assert "go to the next or the last row" in listed
    every = client.get("/help/keys/").content.decode()
    for place in PLACES:
        assert str(PLACES[place]) in every
        for key in KEYS[place]:
            assert str(key.does) in every


def test_the_screen_of_the_review_desk_lists_its_keys_and_names_no_search(newsroom: Newsroom) -> None:
    newsroom.people["rita"].is_staff = True
    newsroom.people["rita"].save()
    claim = newsroom.claim()
    page = newsroom.signed_in("rita").get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    assert "go to the verdict" in page
    assert "list the keys of this page" in page
    assert "go to the search field" not in page


def test_a_page_whose_keys_are_listed_exists() -> None:
    known = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    for route in _PLACE_OF:
        if route in known:
            continue
        try:
            reverse(f"admin:{route}", args=[1] if route.endswith("_change") else [])
        except NoReverseMatch:
            pytest.fail(f"{route} is no page")


# --- The tour -----------------------------------------------------------------------------------------


def test_the_tour_goes_on_is_put_away_and_begins_again_for_one_person_alone(newsroom: Newsroom) -> None:
    client, other = newsroom.signed_in("jonas"), newsroom.signed_in("rita")
    assert f"step 1 of {len(TOUR)}" in client.get("/").content.decode()
    client.post("/tour/", {"step": "2"})
    page = unescape(client.get("/").content.decode())
    assert f"step 2 of {len(TOUR)}" in page
    assert str(TOUR[1].words) in page
    client.post("/tour/", {"step": "0"})
    assert "A short tour" not in client.get("/").content.decode()
    assert f"step 1 of {len(TOUR)}" in other.get("/").content.decode()
    client.post("/tour/", {"step": "1"})
    assert f"step 1 of {len(TOUR)}" in client.get("/").content.decode()


@pytest.mark.parametrize("step", ["", "7", "-1", "x", "9" * 30])
def test_a_step_that_the_tour_does_not_have_puts_it_away(newsroom: Newsroom, step: str) -> None:
    client = newsroom.signed_in("jonas")
    assert client.post("/tour/", {"step": step}).status_code == 302
    assert Preference.objects.get(person=newsroom.people["jonas"]).tour_step == 0


# --- The bookmarklet ----------------------------------------------------------------------------------


def test_the_bookmark_holds_this_sites_address_and_nothing_of_the_person(newsroom: Newsroom) -> None:
    def code(name: str) -> str:
        page = newsroom.signed_in(name).get("/help/bookmarklet/").content.decode()
        found = re.search(r'href="(javascript:[^"]+)"', page)
        assert found
        return unescape(found[1])

    assert code("jonas") == code("rita")
    assert "/claims/from-page/?url=" in code("jonas")
    # It is one address: no blank, no comment, no quote that would end it.
    assert not set(code("jonas")) & set('\n\t"<>`') - {">"}


def test_words_of_any_page_come_into_the_form_with_their_address(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    asked = {
        "url": "https://news.example.org/port?x=1",
        "title": "Порт",
        "text": "У порт зайшли чотири буксири.",
    }
    sent = client.get("/claims/from-page/", asked)
    assert parse_qs(urlsplit(sent["Location"]).query) == {
        "text": [asked["text"]],
        "url": [asked["url"]],
        "language": ["uk"],
    }
    page = client.get(sent["Location"]).content.decode()
    assert asked["text"] in page
    assert "From the page “Порт”." in page
    assert f'value="{asked["url"]}"' in page


def test_words_of_a_page_that_the_desk_has_taken_in_are_logged_from_there(newsroom: Newsroom) -> None:
    article = take_in_text(
        desk_id=newsroom.desk.pk,
        text="10:40\n\nFour tugs entered the harbour.\n\n11:20\n\nOne of them left.",
        actor=newsroom.actor("jonas"),
        title="Port",
    )
    Article.objects.update(canonical_url="https://news.example.org/port")
    client = newsroom.signed_in("jonas")
    asked = {"url": "http://news.example.org/port/?utm_source=x#top", "text": "One of them left."}
    sent = client.get("/claims/from-page/", asked, follow=True)
    assert sent.redirect_chain[0][0].startswith(f"/articles/{article.pk}/log/?words=One")
    assert "11:20" in sent.content.decode()


def test_an_address_that_is_none_and_odd_words_do_no_harm(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    for address in ("javascript:alert(1)", "http://[::1", "file:///etc/passwd", "\x00", ""):
        sent = client.get("/claims/from-page/", {"url": address, "text": "a\x00" * 5_000, "title": "<b>\x00"})
        told = parse_qs(urlsplit(sent["Location"]).query)
        assert "url" not in told
        assert len(told["text"][0]) == 4_000
        assert "<b>" not in client.get(sent["Location"]).content.decode()


def test_an_address_with_a_nul_in_its_host_never_reaches_the_database(newsroom: Newsroom) -> None:
    sent = newsroom.signed_in("jonas").get("/claims/from-page/", {"url": "https://a\x00b.example/port"})
    assert parse_qs(urlsplit(sent["Location"]).query)["url"] == ["https://ab.example/port"]


def test_the_form_waits_behind_the_sign_in(newsroom: Newsroom) -> None:
    sent = Client().get("/claims/from-page/", {"text": "Four tugs.", "url": "https://news.example.org/port"})
    assert sent["Location"].startswith("/sign-in/?next=/claims/from-page/%3F")
    assert "Four" in sent["Location"]
