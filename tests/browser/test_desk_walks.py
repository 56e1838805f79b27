"""Whole walks of several people at the desk in a real browser: blind ratings, a second factor, an embargo."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp

from claims.actions.publication import publish_scheduled
from claims.models import Authenticator, BlindLabel, Desk, Person, Publication, Verdict
from tests.browser.conftest import Open
from tests.browser.test_review_desk import button, screen
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    Person.objects.update(is_staff=True)
    return newsroom


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        button(page, name).click()


def said(page: Any) -> str:
    """Return the sentence above the page that tells what the last step did."""
    told: str = page.locator(".messagelist li").inner_text()
    return told


# --- Blind ratings ------------------------------------------------------------------------------------


def test_two_people_rate_blind_and_discuss_where_they_differ(desk: Newsroom, open_page: Open) -> None:
    Desk.objects.filter(pk=desk.desk.pk).update(labels_blind=True, approvals_required=2)
    claim = desk.submitted().claim
    summary = "The harbour log and two reporters agree on four."

    anna = open_page(screen(claim), "anna")
    assert anna.get_by_text(summary).count() == 0
    assert button(anna, "Approve").count() == 0
    anna.get_by_label("Your rating").select_option(label="False")
    anna.get_by_label("Why", exact=True).fill("Their own log says two.")
    press(anna, "Record my rating")
    assert "It differs from" in said(anna)
    assert anna.get_by_text(summary).count() == 1
    anna.get_by_text("Discussion", exact=True).click()
    anna.get_by_label("Say something about it").fill("Which log counts?")
    press(anna, "Add to the discussion")

    # The second of them sees neither the verdict nor what the first one rated.
    remi = open_page(screen(claim), "remi")
    assert remi.get_by_text("Which log counts?").count() == 0
    assert remi.get_by_text("Their own log says two.").count() == 0
    remi.get_by_label("Your rating").select_option(label="True")
    press(remi, "Record my rating")
    assert "It agrees with" in said(remi)
    assert remi.get_by_text("Which log counts?").count() == 1
    press(remi, "Approve")
    assert "1 of 2" in said(remi)

    anna.reload()
    why = anna.get_by_label("Why you approve it although you rated it differently")
    assert why.evaluate("field => field.required")
    why.fill("The port's log counts; I had read the pilots'.")
    press(anna, "Approve")
    assert Verdict.objects.get().state == "approved"
    assert dict(BlindLabel.objects.values_list("person__first_name", "agrees")) == {
        "Anna": False,
        "Remi": True,
    }


# --- The second factor --------------------------------------------------------------------------------


def code_of(person: Person) -> str:
    """Return the code that the person's authenticator shows now."""
    return f"{totp(Authenticator.objects.get(user=person).bin_key):06d}"


def sign_in(open_page: Open, person: Person) -> Any:
    page = open_page("/sign-in/?next=/account/")
    page.locator("#id_username").fill(person.username)
    page.get_by_label("Password").fill("a long pass phrase")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def test_a_second_factor_is_set_up_asked_for_and_recovered_from(desk: Newsroom, open_page: Open) -> None:
    anna = desk.people["anna"]
    page = sign_in(open_page, anna)
    page.goto("/account/second-factor/")
    page.get_by_label("Your password").fill("a long pass phrase")
    press(page, "Begin")
    drawn = page.get_by_role("img", name="QR code")
    drawn.wait_for()
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("code").inner_text().replace(" ", "")
    assert len(secret) == 32
    page.get_by_label("Code").fill(code_of(anna))
    press(page, "Put it in force")
    codes = page.locator("ol.codes code").all_inner_texts()
    assert len(set(codes)) == 10

    # As if half a minute had passed: the code that was shown last may be taken once more.
    Authenticator.objects.update(last_t=-1, drift=0)
    again = sign_in(open_page, anna)
    assert "/sign-in/code/" in again.url
    again.get_by_label("Code").fill(code_of(anna))
    press(again, "Sign in")
    assert again.url.endswith("/account/")

    # Without the phone: one of the codes that were written down, once.
    without = sign_in(open_page, anna)
    without.get_by_label("Code").fill(codes[0])
    press(without, "Sign in")
    assert without.url.endswith("/account/")
    without.goto("/account/second-factor/")
    assert without.get_by_text("9 recovery codes are left.").count() == 1


# --- An embargo ---------------------------------------------------------------------------------------


def test_a_verdict_is_scheduled_taken_off_and_comes_out_when_its_embargo_ends(
    desk: Newsroom, open_page: Open
) -> None:
    verdict = desk.approved()
    page = open_page(screen(verdict.claim), "pavlo")
    tomorrow = datetime.now(ZoneInfo("Europe/Kyiv")).replace(hour=9, minute=30) + timedelta(days=1)
    moment = page.get_by_label("Publish at (Europe/Kyiv)")
    moment.fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    press(page, "Schedule")
    assert f"readers see it from {tomorrow:%Y-%m-%d} 09:30 EE" in said(page)
    assert page.get_by_text(f"to be published {tomorrow:%Y-%m-%d} 09:30 EE").count() == 1
    assert "How many tugs" not in Client().get("/checks/").content.decode()
    page.get_by_label("Reason").first.fill("The port asked for a day.")
    press(page, "Take it off the schedule")
    assert "off the schedule" in said(page)

    moment.fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    press(page, "Schedule")
    with time_machine.travel(tomorrow + timedelta(seconds=1), tick=True):
        publish_scheduled(verdict.pk)
    page.reload()
    assert page.get_by_role("link", name="Public page").count() == 1
    assert Publication.objects.get().state == "live"
    reader = open_page(Publication.objects.get().get_absolute_url())
    assert reader.get_by_role("heading", name="How many tugs entered the harbour?").count() == 1
