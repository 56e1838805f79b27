"""My API tokens: made in the pages, shown once, revoked by their person or an administrator."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims.models import ApiToken, Person
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db
FORM = {"name": "Archive", "scopes": ["read", "claims"], "days": "90"}


def test_a_token_is_shown_in_the_one_answer_that_makes_it(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    answer = client.post("/account/tokens/", FORM)
    assert answer.status_code == 200
    (secret,) = re.findall(rb"<code>(fct_[\w-]{43})</code>", answer.content)
    assert "no-store" in answer["Cache-Control"]
    later = client.get("/account/tokens/")
    assert secret not in later.content
    assert b"Archive" in later.content
    asked = Client().get("/api/v1/token", headers={"Authorization": f"Bearer {secret.decode()}"})
    assert asked.json()["scopes"] == ["claims", "read"]


def test_a_form_that_lacks_something_makes_nothing(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    for wrong in ({"name": ""}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "0"}, {"days": "999"}):
        answer = client.post("/account/tokens/", FORM | wrong)
        assert answer.status_code == 400
    assert not ApiToken.objects.exists()


def test_a_person_revokes_their_own_and_sees_nobody_elses(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    client.post("/account/tokens/", FORM)
    token = ApiToken.objects.get()
    other = newsroom.signed_in("rita")
    assert b"Archive" not in other.get("/account/tokens/").content
    assert other.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert b"void" in client.get("/account/tokens/").content


def test_administrators_see_whose_tokens_there_are_and_end_them(newsroom: Newsroom) -> None:
    newsroom.signed_in("jonas").post("/account/tokens/", FORM)
    Person.objects.update(is_staff=True)
    token = ApiToken.objects.get()
    admin = newsroom.signed_in("adam")
    shown = admin.get("/admin/claims/apitoken/")
    assert b"Archive" in shown.content
    page = admin.get(f"/admin/claims/apitoken/{token.pk}/change/")
    assert page.status_code == 200
    assert token.token_hash.encode() not in shown.content + page.content
    assert newsroom.signed_in("rita").get("/admin/claims/apitoken/").status_code == 403
    pressed = admin.post(
        "/admin/claims/apitoken/", {"action": "revoke", "_selected_action": [token.pk]}, follow=True
    )
    assert b"1 token is revoked." in pressed.content
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_reference_lists_every_operation_under_the_strict_policy(newsroom: Newsroom) -> None:
    answer = Client().get("/api/docs/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "POST /api/v1/verdicts/{verdict_id}/approve" in page
    assert 'id="problem-stale"' in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r'(?:src|href)="https?://', page)
    assert Client().get("/api/")["Location"] == "/api/docs/"
