"""Notices by mail: to who asked for it, through a real SMTP server, once, and ended with one click."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims import jobs
from claims.actions.comments import ask_colleague
from claims.actions.notice_mail import MOST_TOLD, choose_mail, mail_notices, request_due_mail
from claims.actions.notices import mark_all_read
from claims.actions.refusals import Invalid
from claims.models import Job, Notice, Person, Preference
from claims.tasks import BODIES
from tests.newsroom import Newsroom, newsroom
from tests.postbox import Postbox, open_postbox

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    with open_postbox() as postbox:
        settings.MAIL_URL = f"smtp://127.0.0.1:{postbox.port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
        yield postbox


@pytest.fixture
def rita(newsroom: Newsroom) -> Person:
    """Rita, who wants her notices at once and was last written to an hour ago."""
    person = newsroom.people["rita"]
    Person.objects.filter(pk=person.pk).update(email="rita@news.example.org", language="uk")
    choose_mail(mail="at_once", actor=newsroom.actor("rita"))
    written_to(person, timezone.now() - timedelta(hours=1))
    return person


def written_to(person: Person, at: datetime) -> None:
    Preference.objects.filter(person=person).update(mailed_at=at)


def ask(newsroom: Newsroom, words: str = "Do you know the harbour master?") -> Notice:
    claim = newsroom.claim()
    ask_colleague(
        claim_id=claim.pk, words=words, person_ids=[newsroom.people["rita"].pk], actor=newsroom.actor("jonas")
    )
    return Notice.objects.latest("pk")


def run_due_jobs() -> None:
    for job in Job.objects.filter(kind="mail_notices", state="waiting"):
        jobs.run(job.pk, BODIES)


def test_a_letter_tells_what_happened_in_the_persons_language_with_a_link(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    notice = ask(newsroom, "Чи знаєте ви капітана порту?\r\nBcc: all@news.example.org")
    assert request_due_mail() == 1
    run_due_jobs()
    (letter,) = postbox.letters
    assert letter["To"] == "rita@news.example.org"
    assert letter["Subject"] == "1 сповіщення з редакції"
    assert letter["Bcc"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "Jonas запитує вас" in text
    assert "“Чи знаєте ви капітана порту? Bcc: all@news.example.org”" in text
    assert f"{site.SITE_URL}/notices/{notice.pk}/" in text


def test_nobody_is_told_twice_nor_more_often_than_every_five_minutes(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    ask(newsroom)
    request_due_mail()
    request_due_mail()
    run_due_jobs()
    ask(newsroom)
    assert request_due_mail() == 0
    written_to(rita, timezone.now() - timedelta(minutes=6))
    Job.objects.all().delete()
    assert request_due_mail() == 1
    run_due_jobs()
    assert [letter.get_content().count("/notices/") for letter in postbox.letters] == [2, 2]


def test_what_was_read_is_not_mailed(newsroom: Newsroom, rita: Person, postbox: Postbox) -> None:
    notice = ask(newsroom)
    mark_all_read(newest=notice.pk, actor=newsroom.actor("rita"))
    assert request_due_mail() == 0
    mail_notices(rita.pk)
    assert postbox.letters == []


def test_a_letter_is_bounded_and_says_how_many_more_there_are(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    for _each in range(MOST_TOLD + 2):
        ask(newsroom)
    mail_notices(rita.pk)
    text = postbox.letters[0].get_content()
    assert text.count("Jonas запитує вас") == MOST_TOLD
    assert "І ще 2." in text
    mail_notices(rita.pk)
    assert len(postbox.letters) == 1


def test_a_mail_server_that_is_away_is_tried_again_and_one_that_refuses_the_person_is_not(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    ask(newsroom)
    postbox.refusals["MAIL"] = "451 later"
    request_due_mail()
    run_due_jobs()
    job = Job.objects.get(kind="mail_notices")
    assert (job.state, postbox.letters) == ("waiting", [])
    assert Notice.objects.filter(mailed_at__isnull=True).count() == 1
    postbox.refusals = {"RCPT": "550 nobody here"}
    with pytest.raises(jobs.GiveUp, match="nobody here"):
        mail_notices(rita.pk)
    postbox.refusals = {}
    mail_notices(rita.pk)
    assert len(postbox.letters) == 1


def test_the_same_letter_handed_in_twice_carries_one_id(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    ask(newsroom)
    mail_notices(rita.pk)
    # The worker was killed before it wrote down that the letter is out.
    Notice.objects.update(mailed_at=None)
    mail_notices(rita.pk)
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 1


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 10, 4, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 10, 5, 1, tzinfo=UTC), 1),
    ],
    ids=["before seven in Kyiv", "after seven in Kyiv"],
)
def test_the_daily_letter_goes_out_in_the_morning_of_the_desk(
    newsroom: Newsroom,
    rita: Person,
    postbox: Postbox,
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
    due: int,
) -> None:
    Preference.objects.update(mail="daily", mailed_at=datetime(2026, 3, 9, 5, 1, tzinfo=UTC))
    ask(newsroom)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert request_due_mail() == due


def test_one_click_ends_the_mail_without_signing_in(
    newsroom: Newsroom, rita: Person, postbox: Postbox
) -> None:
    ask(newsroom)
    mail_notices(rita.pk)
    letter = postbox.letters[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(letter["List-Unsubscribe"].strip(" <>")).path
    reader = Client(enforce_csrf_checks=True)
    # A mail program that opens every link to look for harm ends nothing.
    assert reader.get(path).status_code == 200
    assert Preference.objects.get(person=rita).mail == "at_once"
    assert reader.post(path).status_code == 200
    assert Preference.objects.get(person=rita).mail == "at_once"
    assert reader.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(person=rita).mail == "off"
    ask(newsroom)
    assert request_due_mail() == 0
    mail_notices(rita.pk)
    assert len(postbox.letters) == 1


def test_a_made_up_end_of_mail_ends_nothing(newsroom: Newsroom, rita: Person) -> None:
    for token in (str(rita.pk), f"{rita.pk}:abc", "%00", f"{2**70}:x"):
        assert Client().post(f"/notices/mail/end/{token}/").status_code == 404
    assert Preference.objects.get(person=rita).mail == "at_once"


def test_mail_is_chosen_on_the_page_and_needs_an_address(newsroom: Newsroom, postbox: Postbox) -> None:
    client = Client()
    client.force_login(newsroom.people["jonas"])
    assert client.post("/notices/mail/", {"mail": "daily"}).status_code == 400
    with pytest.raises(Invalid, match="no e-mail address"):
        choose_mail(mail="daily", actor=newsroom.actor("jonas"))
    Person.objects.filter(pk=newsroom.people["jonas"].pk).update(email="jonas@news.example.org")
    assert client.post("/notices/mail/", {"mail": "hourly"}).status_code == 400
    assert client.post("/notices/mail/", {"mail": "daily"}).status_code == 302
    assert 'value="daily" checked' in client.get("/notices/").content.decode()


def test_without_a_mail_server_nothing_is_asked_for(
    newsroom: Newsroom, rita: Person, settings: Settings
) -> None:
    settings.MAIL_URL = ""
    ask(newsroom)
    assert request_due_mail() == 0
    client = Client()
    client.force_login(rita)
    assert "sends no mail" in client.get("/notices/", headers={"Accept-Language": "en"}).content.decode()
