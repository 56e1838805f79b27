"""A person's day: each thing in its one place, for the people whom it concerns, at a bounded cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.articles import take_in_text
from claims.actions.comments import answer_question, ask_colleague
from claims.actions.conflicts import declare_conflict
from claims.actions.correction_requests import request_correction
from claims.actions.decisions import request_changes
from claims.actions.follows import follow_article
from claims.models import Article, ArticleVersion, Claim, Desk, Follow, Notice
from claims.selectors.my_day import SHOWN, day_of
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


def ask(newsroom: Newsroom, claim: Claim, to: str = "rita", by: str = "jonas") -> None:
    ask_colleague(
        claim_id=claim.pk,
        words="Do you know the harbour master?",
        person_ids=[newsroom.people[to].pk],
        actor=newsroom.actor(by),
    )


def live_blog(newsroom: Newsroom) -> Article:
    return take_in_text(
        desk_id=newsroom.desk.pk,
        text="10:40\n\nFour tugs entered the harbour.",
        actor=newsroom.actor("jonas"),
        outlet="Harbour Live",
        title="A morning at the port",
    )


# --- What stands where --------------------------------------------------------------------------------


def test_a_submitted_verdict_waits_for_those_who_did_not_write_it(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    assert day_of(newsroom.actor("anna")).to_decide == [verdict]
    assert day_of(newsroom.actor("remi")).to_decide == [verdict]
    for name in ("rita", "jonas", "pavlo", "ada"):
        assert day_of(newsroom.actor(name)).waiting == 0, name


def test_an_approval_that_was_given_waits_no_longer_and_a_publisher_is_next(newsroom: Newsroom) -> None:
    first = newsroom.approved(claim=newsroom.weighed_claim(risk="health"))
    # A claim about health asks for two.
    assert day_of(newsroom.actor("anna")).to_decide == []
    assert day_of(newsroom.actor("remi")).to_decide == [first]
    assert day_of(newsroom.actor("pavlo")).to_publish == []
    second = newsroom.approved(first, by="remi")
    assert day_of(newsroom.actor("pavlo")).to_publish == [second]


def test_at_a_desk_that_rates_blind_a_verdict_is_to_be_labelled_first(newsroom: Newsroom) -> None:
    Desk.objects.update(labels_blind=True)
    verdict = newsroom.submitted()
    day = day_of(newsroom.actor("anna"))
    assert (day.to_label, day.to_decide) == ([verdict], [])
    page = newsroom.signed_in("anna").get("/").content.decode()
    assert "rate it before you see the rating" in page
    assert str(verdict.rating) not in page


def test_what_comes_back_stands_with_its_recorder(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    request_changes(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        comment="Name the log.",
        actor=newsroom.actor("anna"),
    )
    assert day_of(newsroom.actor("rita")).came_back == [verdict]
    assert day_of(newsroom.actor("anna")).came_back == []
    page = newsroom.signed_in("rita").get("/").content.decode()
    assert "changes are asked for" in page
    assert "Name the log." in page


def test_a_readers_request_waits_for_those_who_answer_readers(newsroom: Newsroom) -> None:
    published = newsroom.published()
    asked = request_correction(
        publication_id=published.publication_id, words="The log names five tugs.", language="en"
    )
    assert day_of(newsroom.actor("pavlo")).asked_corrections == [asked]
    assert day_of(newsroom.actor("rita")).asked_corrections == []


def test_deadlines_near_and_past_stand_with_the_desk_and_with_whoever_logged_it(newsroom: Newsroom) -> None:
    now = timezone.now()
    late = newsroom.claim("Five tugs left.", deadline=now - timedelta(hours=1))
    soon = newsroom.claim(
        "Six tugs left.", deadline=now + timedelta(hours=3), logged_by=newsroom.people["jonas"]
    )
    newsroom.claim("Seven tugs left.", deadline=now + timedelta(days=2))
    newsroom.claim("Eight tugs left.", deadline=now - timedelta(days=15), logged_by=newsroom.people["rita"])
    assert day_of(newsroom.actor("anna")).due == [late, soon]
    assert day_of(newsroom.actor("jonas")).due == [soon]
    page = newsroom.signed_in("anna").get("/").content.decode()
    assert "overdue since" in page


def test_what_a_person_keeps_out_of_does_not_stand_on_their_day(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    anna = newsroom.people["anna"]
    declare_conflict(person_id=anna.pk, claim_id=verdict.claim_id, actor=newsroom.actor("anna"))
    assert day_of(newsroom.actor("anna")).to_decide == []


def test_a_followed_article_is_new_until_its_newest_version_was_seen(newsroom: Newsroom) -> None:
    article = live_blog(newsroom)
    follow_article(article_id=article.pk, actor=newsroom.actor("jonas"))
    assert day_of(newsroom.actor("jonas")).followed == []
    newer = ArticleVersion.objects.create(
        article=article, number=2, text="10:40\n\nFive tugs.", text_sha256="0" * 64, fetched_at=timezone.now()
    )
    Article.objects.filter(pk=article.pk).update(current=newer)
    day = day_of(newsroom.actor("jonas"))
    assert (day.followed, day.articles) == ([article], [])
    assert "A morning at the port" in newsroom.signed_in("jonas").get("/").content.decode()
    Follow.objects.update(seen_version=2)
    assert day_of(newsroom.actor("jonas")).followed == []


def test_another_desk_sees_nothing_of_it(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim()
    newsroom.submitted(newsroom.draft(claim))
    live_blog(newsroom)
    newsroom.join("olga", "reviewer", "editor", "publisher", desk=Desk.objects.create(name="Sports"))
    day = day_of(newsroom.actor("olga"))
    assert day.waiting == day.back == 0
    shown = (day.notices, day.due, day.held, day.mine, day.articles)
    assert not any(shown)
    assert "Nothing waits for you" in newsroom.signed_in("olga").get("/").content.decode()


def test_a_full_day_costs_no_more_statements_than_a_quiet_one(newsroom: Newsroom) -> None:
    for role in ("publisher", "journalist"):
        newsroom.people["anna"].memberships.create(desk=newsroom.desk, role=role)
    client = newsroom.signed_in("anna")
    client.get("/")

    def statements() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get("/").status_code == 200
        return len(told)

    quiet = statements()
    for _each in range(SHOWN + 2):
        claim = newsroom.claim(deadline=timezone.now(), logged_by=newsroom.people["anna"])
        ask(newsroom, claim, to="anna")
        newsroom.submitted()
        live_blog_follow = live_blog(newsroom) if not Article.objects.exists() else Article.objects.get()
    follow_article(article_id=live_blog_follow.pk, actor=newsroom.actor("anna"))
    newsroom.approved()
    published = newsroom.published()
    request_correction(
        publication_id=published.publication_id, words="The log names five tugs.", language="en"
    )
    full = statements()
    assert full <= 12
    assert quiet <= 12


# --- Notices ------------------------------------------------------------------------------------------


def test_opening_a_notice_leads_to_the_place_of_work_and_marks_it_read(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    ask(newsroom, claim)
    notice = Notice.objects.get()
    client = newsroom.signed_in("rita")
    assert "Jonas asks you" in client.get("/notices/").content.decode()
    client.head(f"/notices/{notice.pk}/")
    assert Notice.objects.filter(read_at__isnull=True).exists()
    assert client.get(f"/notices/{notice.pk}/")["Location"] == f"/claims/{claim.pk}/ask/"
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    assert "Nothing is unread" in client.get("/notices/?show=unread").content.decode()


def test_a_verdict_that_came_back_opens_at_the_review_desk_for_staff(newsroom: Newsroom) -> None:
    newsroom.people["rita"].is_staff = True
    newsroom.people["rita"].save()
    verdict = newsroom.submitted()
    request_changes(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        comment="Name the log.",
        actor=newsroom.actor("anna"),
    )
    notice = Notice.objects.get(person=newsroom.people["rita"])
    address = newsroom.signed_in("rita").get(f"/notices/{notice.pk}/")["Location"]
    assert address == f"/admin/claims/claim/{verdict.claim_id}/change/"


def test_the_bell_counts_and_answers_304_while_nothing_happens(newsroom: Newsroom) -> None:
    ask(newsroom, newsroom.claim())
    client = newsroom.signed_in("rita")
    with CaptureQueriesContext(connection) as told:
        first = client.get("/notices/count/")
    assert len(told) <= 4
    assert re.search(r">1</b>", first.content.decode())
    assert client.get("/notices/count/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    ask(newsroom, newsroom.claim("Five tugs."))
    assert (
        ">2</b>" in client.get("/notices/count/", headers={"If-None-Match": first["ETag"]}).content.decode()
    )


def test_a_sign_in_that_has_ended_leads_nobody_away_from_what_they_write(newsroom: Newsroom) -> None:
    answer = Client().get("/notices/count/")
    assert (answer.status_code, answer.content) == (204, b"")


def test_all_is_marked_read_up_to_what_stood_on_the_page(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    ask(newsroom, claim)
    seen = Notice.objects.get()
    ask(newsroom, claim)
    client = newsroom.signed_in("rita")
    assert client.post("/notices/read/", {"newest": seen.pk}).status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    assert client.post("/notices/read/", {"newest": "9" * 40}).status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 1


def test_who_left_the_desk_no_longer_reads_what_it_told_them(newsroom: Newsroom) -> None:
    ask(newsroom, newsroom.claim())
    notice = Notice.objects.get()
    newsroom.people["rita"].memberships.all().delete()
    client = newsroom.signed_in("rita")
    assert "Jonas asks you" not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert client.get("/notices/count/").content.strip() == b""


# --- Asking on the pages ------------------------------------------------------------------------------


def test_a_question_is_asked_and_answered_on_the_pages(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    writer, asked = newsroom.signed_in("jonas"), newsroom.signed_in("rita")
    form = {"words": "Do you know <b>him</b>?", "person": [newsroom.people["rita"].pk]}
    assert writer.post(f"/claims/{claim.pk}/ask/", form).status_code == 302
    page = asked.get(f"/claims/{claim.pk}/ask/").content.decode()
    assert "Do you know &lt;b&gt;him&lt;/b&gt;?" in page
    question = claim.comments.get()
    sent = asked.post(f"/claims/questions/{question.pk}/answer/", {"words": "I do."})
    assert sent["Location"] == f"/claims/{claim.pk}/ask/#question-{question.pk}"
    assert "I do." in writer.get(f"/claims/{claim.pk}/ask/?part=questions").content.decode()
    detail = writer.get(f"/claims/{claim.pk}/").content.decode()
    assert "1 question" in detail
    assert "asked a colleague" in detail
    assert "answered a colleague" in detail


def test_a_question_to_nobody_keeps_its_words_in_the_form(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    sent = newsroom.signed_in("jonas").post(f"/claims/{claim.pk}/ask/", {"words": "Does anybody know?"})
    assert sent.status_code == 400
    page = sent.content.decode()
    assert "Does anybody know?" in page
    assert "Choose whom to ask" in page


def test_many_questions_cost_no_more_statements_than_one(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    client = newsroom.signed_in("rita")
    for _each in range(6):
        ask(newsroom, claim)
    for question in claim.comments.all():
        answer_question(comment_id=question.pk, words="Four.", actor=newsroom.actor("rita"))
    with CaptureQueriesContext(connection) as told:
        client.get(f"/claims/{claim.pk}/ask/")
    assert len(told) <= 12


def test_following_is_a_button_on_claim_and_article(newsroom: Newsroom) -> None:
    claim, article = newsroom.claim(), live_blog(newsroom)
    client = newsroom.signed_in("jonas")
    for page in (claim.get_absolute_url(), article.get_absolute_url()):
        assert 'name="follow" value="1"' in client.get(page).content.decode()
        client.post(f"{page}follow/", {"follow": "1"})
        assert 'name="follow" value="0"' in client.get(page).content.decode()
        client.post(f"{page}follow/", {"follow": "0"})
        assert 'name="follow" value="1"' in client.get(page).content.decode()
