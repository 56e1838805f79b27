"""Who may see and do what on the pages: nothing of a desk for strangers, nothing to write for readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from claims.models import Article, Claim, Desk
from tests.newsroom import Newsroom

SIGNED_IN_ONLY = [
    "/articles/",
    "/articles/new/",
    "/articles/1/",
    "/claims/",
    "/claims/1/",
    "/claims/1/evidence/",
    "/claims/new/",
    "/search/?q=port",
    "/sources/",
    "/sources/add/",
    "/sources/documents/1/",
]


@pytest.mark.parametrize("address", SIGNED_IN_ONLY)
def test_a_stranger_is_asked_to_sign_in(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("address", ["/", "/checks/", "/sign-in/"])
def test_public_pages_are_open(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 200


def test_what_belongs_to_another_desk_is_not_found(
    newsroom: Newsroom, article: Article, signed_in: Callable[[str], Client]
) -> None:
    claim = newsroom.claim()
    newsroom.join("stranger", "editor", desk=Desk.objects.create(name="Sports"))
    stranger = signed_in("stranger")
    for address in (
        article.get_absolute_url(),
        f"/articles/{article.pk}/state/",
        f"/articles/{article.pk}/versions/",
        f"/articles/{article.pk}/log/?start=0&end=5",
        claim.get_absolute_url(),
        f"/claims/{claim.pk}/evidence/",
    ):
        assert stranger.get(address).status_code == 404, address
    for address in (f"/claims/{claim.pk}/gather/", f"/articles/{article.pk}/fetch/"):
        assert stranger.post(address).status_code == 404, address
    edit = {"version": 1, "summary": "Mine", "kind": "other"}
    assert stranger.post(f"/claims/{claim.pk}/edit/", edit).status_code == 404
    assert Claim.objects.get(pk=claim.pk).summary == claim.summary


def test_an_auditor_reads_and_writes_nothing(
    newsroom: Newsroom, article: Article, signed_in: Callable[[str], Client]
) -> None:
    claim = newsroom.claim()
    ada = signed_in("ada")
    assert ada.get(claim.get_absolute_url()).status_code == 200
    page = ada.get(article.get_absolute_url()).content.decode()
    assert "log from here" not in page
    assert ada.get(f"/articles/{article.pk}/log/?start=0&end=6").status_code == 403
    assert (
        ada.post("/claims/new/", {"text": "A port is closed.", "offline_origin": "Radio"}).status_code == 403
    )
    assert ada.post(f"/claims/{claim.pk}/gather/").status_code == 403
    assert ada.post("/sources/add/", {"way": "hand", "text": "Words", "outlet": "X"}).status_code == 403
    assert Claim.objects.count() == 1


def test_a_person_without_a_desk_is_told_what_to_do(
    newsroom: Newsroom, signed_in: Callable[[str], Client]
) -> None:
    newsroom.join("new")
    new = signed_in("new")
    assert "Ask an administrator" in new.get("/").content.decode()
    assert new.post("/articles/new/", {"way": "text", "text": "Words of an article."}).status_code == 403


def test_signing_out_needs_a_post(jonas: Client) -> None:
    assert jonas.get("/sign-out/").status_code == 405
    assert jonas.post("/sign-out/").status_code == 302
    assert jonas.get("/claims/").status_code == 302


def test_signing_in_never_leads_to_another_site(newsroom: Newsroom) -> None:
    person = newsroom.people["jonas"]
    form = {"username": person.username, "password": "a long pass phrase", "next": "https://evil.example/"}
    assert Client().post("/sign-in/", form)["Location"] == "/"


def test_the_language_switch_is_remembered(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "uk", "next": "/checks/"})
    assert answer["Location"] == "/checks/"
    assert '<html lang="uk"' in client.get("/checks/").content.decode()


def test_a_form_that_was_open_for_too_long_says_what_to_do(newsroom: Newsroom) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(newsroom.people["jonas"])
    answer = strict.post("/claims/new/", {"text": "The port is closed.", "offline_origin": "Radio"})
    assert answer.status_code == 403
    assert "The page was open for too long." in answer.content.decode()


def test_a_broken_page_is_told_in_three_languages(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.web.home.public_publications", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something broke on our side" in page
    assert "Помилка" in page
    assert "Ошибка" in page
