"""A reader asks for a correction; the desk answers within seven working days, and nobody else reads who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims.actions.correction_requests import answer_correction_request, request_correction
from claims.actions.publication import start_correction
from claims.actions.refusals import Conflict, Invalid, NotFound
from claims.models import ClaimEvent, CorrectionRequest, Publication
from claims.rules.permissions import NotAllowed
from claims.rules.working_days import working_days_after
from tests.newsroom import Newsroom

WORDS = "The log names five tugs: page 12, third line."


@pytest.fixture
def check(newsroom: Newsroom) -> Publication:
    return newsroom.published().publication


@pytest.fixture
def asked(check: Publication) -> CorrectionRequest:
    return request_correction(
        publication_id=check.pk, words=WORDS, language="en", name="Oksana Reader", email="oksana@example.org"
    )


def _answer(newsroom: Newsroom, asked: CorrectionRequest, by: str, **fields: object) -> CorrectionRequest:
    columns: dict[str, object] = {"state": "declined", "answer": "Page 12 is of another harbour."}
    return answer_correction_request(
        request_id=asked.pk,
        seen_version=asked.version,
        actor=newsroom.actor(by),
        **(columns | fields),  # type: ignore[arg-type]
    )


def _form(check: Publication) -> str:
    return f"/checks/{check.pk}/ask-for-correction/"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 5, 11), date(2026, 5, 20)),
        (date(2026, 5, 15), date(2026, 5, 26)),
        (date(2026, 5, 16), date(2026, 5, 26)),
    ],
    ids=["Monday", "Friday", "Saturday"],
)
def test_the_deadline_counts_working_days(day: date, due: date) -> None:
    assert working_days_after(day, 7) == due


def test_a_reader_asks_from_the_page_of_the_check_and_learns_the_day(
    check: Publication, client: Client
) -> None:
    assert f'href="{_form(check)}"' in client.get(check.get_absolute_url()).content.decode()
    answer = client.post(_form(check), {"words": WORDS, "email": "oksana@example.org"})
    asked = CorrectionRequest.objects.get()
    assert (asked.words, asked.email, asked.state) == (WORDS, "oksana@example.org", "received")
    assert f"{asked.due_on:%d.%m.%Y}".lstrip("0") in answer.content.decode()


def test_the_same_words_again_are_the_same_request(check: Publication, client: Client) -> None:
    for _ in range(2):
        assert client.post(_form(check), {"words": WORDS}).status_code == 200
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"words": ""}, {"words": "Wrong."}, {"words": "x" * 5_001}, {"words": WORDS, "email": "nobody"}]
)
def test_what_cannot_be_answered_is_said_at_its_field(
    check: Publication, client: Client, sent: dict[str, str]
) -> None:
    answer = client.post(_form(check), sent)
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_what_a_program_fills_in_is_kept_by_nobody(check: Publication, client: Client) -> None:
    answer = client.post(_form(check), {"words": WORDS, "website": "https://spam.example.org"})
    assert answer.status_code == 200
    assert not CorrectionRequest.objects.exists()


def test_one_address_is_told_to_wait(check: Publication, client: Client) -> None:
    with time_machine.travel(timezone.now().replace(second=30), tick=False):
        answers = [client.post(_form(check), {"words": f"{WORDS} {number}"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "30"


def test_nobody_asks_about_what_is_not_public(newsroom: Newsroom, client: Client) -> None:
    newsroom.approved()
    with pytest.raises(NotFound):
        request_correction(publication_id=1, words=WORDS, language="en")
    assert client.get("/checks/1/ask-for-correction/").status_code == 404


def test_a_reader_s_words_are_kept_where_a_character_of_them_cannot_be(check: Publication) -> None:
    asked = request_correction(
        publication_id=check.pk, words=f"{WORDS}\x00 \ud83d", language="en", name="Oksana\x00 \ud83d"
    )
    asked.refresh_from_db()
    assert (asked.words, asked.name) == (f"{WORDS} \ufffd", "Oksana \ufffd")


def test_the_history_tells_of_the_request_and_nothing_of_the_reader(asked: CorrectionRequest) -> None:
    event = ClaimEvent.objects.get(verb="request_correction")
    kept = f"{event.note} {event.details} {event.person_name}"
    assert "Oksana" not in kept
    assert "example.org" not in kept
    assert event.claim_id == asked.publication.claim_id


def test_the_desk_answers_once_and_the_answer_names_who(newsroom: Newsroom, asked: CorrectionRequest) -> None:
    answered = _answer(newsroom, asked, "anna")
    assert (answered.state, str(answered.decided_by)) == ("declined", "Anna")
    with pytest.raises(Invalid):
        _answer(newsroom, answered, "pavlo")


def test_a_stale_answer_is_a_conflict(newsroom: Newsroom, asked: CorrectionRequest) -> None:
    CorrectionRequest.objects.update(version=2)
    with pytest.raises(Conflict):
        _answer(newsroom, asked, "anna")


def test_only_editors_and_publishers_answer(newsroom: Newsroom, asked: CorrectionRequest) -> None:
    for person in ("jonas", "ada", "adam"):
        with pytest.raises(NotAllowed):
            _answer(newsroom, asked, person)
    with pytest.raises(NotFound):
        _answer(newsroom, asked, "root")


def test_it_led_to_a_correction_only_where_one_was_begun(
    newsroom: Newsroom, asked: CorrectionRequest, check: Publication
) -> None:
    with pytest.raises(Invalid):
        _answer(newsroom, asked, "pavlo", state="corrected")
    start_correction(
        publication_id=check.pk,
        seen_version=check.version,
        actor=newsroom.actor("pavlo"),
        reason="A reader is right.",
    )
    assert _answer(newsroom, asked, "pavlo", state="corrected").state == "corrected"


def test_the_desk_finds_open_requests_and_answers_on_the_page(
    asked: CorrectionRequest, signed_in: Callable[[str], Client]
) -> None:
    anna = signed_in("anna")
    assert WORDS in anna.get("/corrections/requests/").content.decode()
    page = anna.get(asked.get_absolute_url()).content.decode()
    assert "oksana@example.org" in page
    sent = {"version": "1", "state": "answered", "answer": "You are right about the page."}
    assert anna.post(asked.get_absolute_url(), sent).status_code == 302
    assert WORDS not in anna.get("/corrections/requests/").content.decode()
    assert WORDS in anna.get("/corrections/requests/?show=decided").content.decode()


def test_no_reader_sees_a_request(asked: CorrectionRequest, client: Client) -> None:
    for address in ("/corrections/requests/", asked.get_absolute_url()):
        assert client.get(address).status_code == 302
    for address in ("/corrections/", asked.publication.get_absolute_url()):
        assert "Oksana" not in client.get(address).content.decode()
