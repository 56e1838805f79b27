"""Who is told of what: in the change's own transaction, once, and never of another desk's or one's own doing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.actions.comments import LONGEST_WORDS, answer_question, ask_colleague
from claims.actions.decisions import request_changes
from claims.actions.follows import follow_article, follow_claim, see_article, unfollow_article, unfollow_claim
from claims.actions.notices import (
    forget_old_notices,
    mark_all_read,
    mark_read,
    notify,
    notify_followers,
)
from claims.actions.queue import reassign_claim
from claims.actions.refusals import Invalid, NotFound
from claims.models import (
    Article,
    Claim,
    ClaimEvent,
    Comment,
    Desk,
    Follow,
    Membership,
    Notice,
    Person,
)
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


def heard(newsroom: Newsroom, name: str) -> list[str]:
    rows = Notice.objects.filter(person=newsroom.people[name]).order_by("pk")
    return [row.kind for row in rows]


def ask(newsroom: Newsroom, claim: Claim, words: str, *to: str, by: str = "jonas") -> Comment:
    people = [newsroom.people[name].pk for name in to]
    return ask_colleague(claim_id=claim.pk, words=words, person_ids=people, actor=newsroom.actor(by))


# --- Asking and answering -----------------------------------------------------------------------------


def test_a_colleague_who_is_asked_hears_of_it_and_the_history_keeps_the_words(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    comment = ask(newsroom, claim, "Do you know the harbour master?", "rita")
    notice = Notice.objects.get(person=newsroom.people["rita"])
    assert (notice.kind, notice.claim_id, notice.from_name) == ("mentioned", claim.pk, "Jonas")
    assert notice.note == "Do you know the harbour master?"
    event = ClaimEvent.objects.get(claim=claim, verb="ask")
    assert (event.note, event.subject_id, event.details) == (comment.words, comment.pk, {"to": ["Rita"]})


def test_a_name_after_an_at_sign_asks_that_person_and_an_address_asks_nobody(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    rita, anna = newsroom.people["rita"].username, newsroom.people["anna"].username
    ask(newsroom, claim, f"(@{rita.upper()}), see press@{anna} and @NobodyHere.")
    assert heard(newsroom, "rita") == ["mentioned"]
    assert heard(newsroom, "anna") == []


def test_a_question_to_nobody_is_refused(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    with pytest.raises(Invalid, match="Choose whom to ask"):
        ask(newsroom, claim, "Does anybody know? @NobodyHere")
    with pytest.raises(Invalid, match="Write what you want to say"):
        ask(newsroom, claim, "\x00  ", "rita")
    with pytest.raises(Invalid, match="Shorten"):
        ask(newsroom, claim, "a" * (LONGEST_WORDS + 1), "rita")
    assert not Comment.objects.exists()
    assert not ClaimEvent.objects.filter(verb="ask").exists()


def test_nobody_is_asked_who_does_not_work_at_the_desk_of_the_claim(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    elsewhere = newsroom.join("olga", "reviewer", desk=Desk.objects.create(name="Sports"))
    with pytest.raises(Invalid, match="work at the desk"):
        ask(newsroom, claim, "What do you say?", "olga")
    ask(newsroom, claim, f"@{elsewhere.username} would know; Rita, can you ask?", "rita")
    assert heard(newsroom, "olga") == []


def test_another_desks_claim_cannot_be_asked_about(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    newsroom.join("olga", "reviewer", desk=Desk.objects.create(name="Sports"))
    with pytest.raises(NotFound):
        ask(newsroom, claim, "What do you say?", "rita", by="olga")
    question = ask(newsroom, claim, "What do you say?", "rita")
    with pytest.raises(NotFound):
        answer_question(comment_id=question.pk, words="Nothing.", actor=newsroom.actor("olga"))


def test_an_answer_reaches_who_asked_and_who_took_part(newsroom: Newsroom) -> None:
    question = ask(newsroom, newsroom.claim(), "Four or five?", "rita")
    first = answer_question(comment_id=question.pk, words="Four.", actor=newsroom.actor("rita"))
    # An answer to an answer stands under the question.
    second = answer_question(comment_id=first.pk, words="Five, I think.", actor=newsroom.actor("anna"))
    assert second.answers_id == question.pk
    assert heard(newsroom, "jonas") == ["answered", "answered"]
    assert heard(newsroom, "rita") == ["mentioned", "answered"]
    assert heard(newsroom, "anna") == []


def test_who_is_named_in_an_answer_is_told_once(newsroom: Newsroom) -> None:
    question = ask(newsroom, newsroom.claim(), "Four or five?", "rita")
    name = newsroom.people["jonas"].username
    answer_question(comment_id=question.pk, words=f"@{name} four.", actor=newsroom.actor("rita"))
    assert heard(newsroom, "jonas") == ["mentioned"]


def test_a_comment_cannot_be_changed_or_deleted(newsroom: Newsroom) -> None:
    comment = ask(newsroom, newsroom.claim(), "Four or five?", "rita")
    for write in (
        lambda: Comment.objects.filter(pk=comment.pk).update(words="Six."),
        lambda: Comment.objects.filter(pk=comment.pk).delete(),
        lambda: comment.mentioned.clear(),
    ):
        with pytest.raises(IntegrityError, match="never"), transaction.atomic():
            write()


# --- Following ----------------------------------------------------------------------------------------


def test_followers_hear_that_a_verdict_is_published_corrected_and_retracted(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim()
    follow_claim(claim_id=claim.pk, actor=newsroom.actor("jonas"))
    revision = newsroom.published(newsroom.approved(newsroom.submitted(newsroom.draft(claim))))
    newsroom.retracted(newsroom.corrected(revision))
    assert heard(newsroom, "jonas") == ["published", "corrected", "retracted"]
    notes = (
        Notice.objects.filter(person=newsroom.people["jonas"]).order_by("pk").values_list("note", flat=True)
    )
    assert list(notes) == ["", "One tug left.", "The log was forged."]
    # Whoever did it is not told of it.
    assert heard(newsroom, "pavlo") == []


def test_whoever_logged_a_claim_and_whoever_recorded_its_verdict_hear_of_it_unasked(
    newsroom: Newsroom,
) -> None:
    claim = newsroom.weighed_claim(logged_by=newsroom.people["jonas"])
    newsroom.published(newsroom.approved(newsroom.submitted(newsroom.draft(claim))))
    assert heard(newsroom, "jonas") == ["published"]
    assert heard(newsroom, "rita") == ["approved", "published"]


def test_nobody_hears_after_unfollowing_or_leaving_the_desk(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    for name in ("jonas", "rita", "anna", "remi"):
        follow_claim(claim_id=claim.pk, actor=newsroom.actor(name))
        follow_claim(claim_id=claim.pk, actor=newsroom.actor(name))
    unfollow_claim(claim_id=claim.pk, actor=newsroom.actor("jonas"))
    Membership.objects.filter(person=newsroom.people["rita"]).delete()
    Person.objects.filter(pk=newsroom.people["anna"].pk).update(is_active=False)
    with transaction.atomic():
        told = notify_followers(Notice.Kind.QUOTATION_GONE, about=claim, note="Four tugs")
    assert told == 1
    assert set(Notice.objects.values_list("person_id", flat=True)) == {newsroom.people["remi"].pk}


def test_a_job_that_runs_again_tells_nobody_twice(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    follow_claim(claim_id=claim.pk, actor=newsroom.actor("jonas"))
    for _run in range(2):
        with transaction.atomic():
            notify_followers(Notice.Kind.PASSAGE_CHANGED, about=claim, note="Other words", once="7:2")
    with transaction.atomic():
        notify_followers(Notice.Kind.QUOTATION_CHANGED, about=claim, note="Other words", once="7:2")
    assert heard(newsroom, "jonas") == ["passage_changed", "quotation_changed"]


@pytest.mark.django_db(transaction=True)
def test_a_notice_belongs_into_the_transaction_of_its_change(newsroom: Newsroom) -> None:
    with pytest.raises(RuntimeError):
        notify(Notice.Kind.ANSWERED, about=newsroom.claim(), person_ids=[1])


def test_an_article_is_seen_up_to_the_version_that_was_looked_at(newsroom: Newsroom) -> None:
    article = Article.objects.create(desk=newsroom.desk, title="Harbour, live")
    actor = newsroom.actor("jonas")
    follow_article(article_id=article.pk, actor=actor)
    see_article(article_id=article.pk, version=3, actor=actor)
    see_article(article_id=article.pk, version=2, actor=actor)
    assert Follow.objects.get().seen_version == 3
    unfollow_article(article_id=article.pk, actor=actor)
    see_article(article_id=article.pk, version=4, actor=actor)
    assert not Follow.objects.exists()


def test_another_desks_claim_or_article_cannot_be_followed(newsroom: Newsroom) -> None:
    desk = Desk.objects.create(name="Sports")
    newsroom.join("olga", "reviewer", desk=desk)
    article = Article.objects.create(desk=newsroom.desk, title="Harbour, live")
    with pytest.raises(NotFound):
        follow_claim(claim_id=newsroom.claim().pk, actor=newsroom.actor("olga"))
    with pytest.raises(NotFound):
        follow_article(article_id=article.pk, actor=newsroom.actor("olga"))
    with pytest.raises(NotFound):
        follow_claim(claim_id=2**40, actor=newsroom.actor("olga"))


# --- What comes back, what is handed over -------------------------------------------------------------


def test_a_verdict_that_comes_back_is_told_to_its_recorder_with_the_reason(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    request_changes(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        comment="Name the log.",
        actor=newsroom.actor("anna"),
    )
    notice = Notice.objects.get(person=newsroom.people["rita"])
    assert (notice.kind, notice.note, notice.from_name) == ("changes_requested", "Name the log.", "Anna")


def test_a_claim_that_is_handed_over_is_told_to_whom_it_goes(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    reassign_claim(
        claim_id=claim.pk,
        seen_version=claim.version,
        to_person_id=newsroom.people["remi"].pk,
        reason="You know the port.",
        actor=newsroom.actor("anna"),
    )
    assert heard(newsroom, "remi") == ["handed_over"]


# --- Reading and forgetting ---------------------------------------------------------------------------


def test_what_came_after_the_person_looked_stays_unread(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    for words in ("One?", "Two?", "Three?"):
        ask(newsroom, claim, words, "rita")
    first, second, third = Notice.objects.order_by("pk")
    actor = newsroom.actor("rita")
    assert mark_all_read(newest=second.pk, actor=actor) == 2
    assert mark_read(notice_ids=[first.pk, third.pk], actor=actor) == 1
    assert mark_read(notice_ids=[first.pk, third.pk], actor=newsroom.actor("anna")) == 0


def test_old_notices_are_forgotten_sooner_when_they_were_read(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    for words in ("One?", "Two?", "Three?", "Four?"):
        ask(newsroom, claim, words, "rita")
    first, second, third, fourth = Notice.objects.order_by("pk")
    now = timezone.now()
    Notice.objects.filter(pk=first.pk).update(at=now - timedelta(days=40), read_at=now - timedelta(days=31))
    Notice.objects.filter(pk=second.pk).update(at=now - timedelta(days=40))
    Notice.objects.filter(pk=third.pk).update(at=now - timedelta(days=181))
    assert forget_old_notices() == 2
    assert set(Notice.objects.values_list("pk", flat=True)) == {second.pk, fourth.pk}
