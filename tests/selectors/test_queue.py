"""The queue's questions and its pages by key: complete, in order, the same at any depth, and never another's."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from claims.models import Claim, Desk, Person
from claims.rules.permissions import Actor
from claims.search.base import SearchUnavailable
from claims.selectors import queue, queue_page
from claims.selectors.questions import NotAQuestion
from claims.selectors.queue import Waiting
from claims.selectors.queue_question import FIELDS, QueueQuestion, Sort, question_of
from tests.newsroom import Newsroom, open_newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return open_newsroom()


def asked(address: str, actor: Actor) -> QueueQuestion:
    return question_of(dict(QueryDict(address).lists()), sorted(actor.roles))


def walk(address: str, actor: Actor, *, size: int) -> list[list[int]]:
    """Return the ids of every page of the question, from the first to the last."""
    pages, place = [], ""
    while True:
        page = queue_page.queue_page(asked(address + place, actor), actor, size=size)
        pages.append([claim.pk for claim in page.claims])
        if not page.after:
            return pages
        place = f"&after={page.after}"


def many(newsroom: Newsroom, count: int = 23) -> list[Claim]:
    now = timezone.now()
    risks, languages = itertools.cycle(Claim.Risk.values), itertools.cycle(["en", "uk", "ru"])
    return [
        newsroom.claim(
            text=f"Claim {number}: {number} tugs entered the harbour.",
            priority=1 + number % 4,
            risk=next(risks),
            language=next(languages),
            deadline=now + timedelta(hours=number // 2 - 5) if number % 3 else None,
        )
        for number in range(count)
    ]


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [queue.MOST_COUNTED, 3], ids=["few are sorted", "many are walked"])
@pytest.mark.parametrize("sort", Sort.values)
def test_the_pages_of_an_order_hold_every_claim_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, sort: str, most: int
) -> None:
    monkeypatch.setattr(queue, "MOST_COUNTED", most)
    many(newsroom)
    claims = list(Claim.objects.all())
    keys = {
        "priority": lambda claim: (claim.priority, claim.logged_at, claim.pk),
        "deadline": lambda claim: (claim.deadline, claim.pk),
        "oldest": lambda claim: (claim.logged_at, claim.pk),
        "newest": lambda claim: (-claim.logged_at.timestamp(), -claim.pk),
    }
    expected = [claim for claim in claims if sort != "deadline" or claim.deadline]
    walked = walk(f"sort={sort}", newsroom.actor("anna"), size=4)
    assert [id for page in walked for id in page] == [claim.pk for claim in sorted(expected, key=keys[sort])]
    assert all(len(page) == 4 for page in walked[:-1])


@pytest.mark.parametrize("most", [queue.MOST_COUNTED, 3], ids=["few are sorted", "many are walked"])
@pytest.mark.parametrize("sort", Sort.values)
def test_the_way_back_shows_the_same_pages(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, sort: str, most: int
) -> None:
    monkeypatch.setattr(queue, "MOST_COUNTED", most)
    many(newsroom)
    anna = newsroom.actor("anna")
    forward = walk(f"sort={sort}", anna, size=4)
    place = ""
    for number, expected in enumerate(forward):
        page = queue_page.queue_page(asked(f"sort={sort}{place}", anna), anna, size=4)
        if number:
            back = queue_page.queue_page(asked(f"sort={sort}&before={page.before}", anna), anna, size=4)
            assert [claim.pk for claim in back.claims] == forward[number - 1]
            assert bool(back.before) == (number > 1)
            assert back.after
        else:
            assert page.before == ""
        assert [claim.pk for claim in page.claims] == expected
        place = f"&after={page.after}"


def test_the_last_page_is_reached_at_once(newsroom: Newsroom) -> None:
    claims = many(newsroom)
    anna = newsroom.actor("anna")
    page = queue_page.queue_page(asked("sort=oldest&before=end", anna), anna, size=4)
    assert [claim.pk for claim in page.claims] == [claim.pk for claim in claims[-4:]]
    assert (page.after, bool(page.before)) == ("", True)


def test_a_claim_that_is_logged_meanwhile_moves_no_other_to_another_page(newsroom: Newsroom) -> None:
    many(newsroom, 8)
    anna = newsroom.actor("anna")
    first = queue_page.queue_page(asked("", anna), anna, size=4)
    newsroom.claim(text="An urgent one came in.", priority=1)
    second = queue_page.queue_page(asked(f"after={first.after}", anna), anna, size=4)
    assert not {claim.pk for claim in first.claims} & {claim.pk for claim in second.claims}


def test_a_list_beyond_counting_is_counted_no_further(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MOST_COUNTED", 3)
    many(newsroom, 6)
    anna = newsroom.actor("anna")
    page = queue_page.queue_page(asked("", anna), anna)
    assert (page.count, page.is_capped) == (4, True)
    assert not queue_page.queue_page(asked("priority=1", anna), anna).is_capped


# --- Questions ----------------------------------------------------------------------------------------------


def test_each_question_to_the_queue_finds_its_claims(newsroom: Newsroom) -> None:
    free = newsroom.claim(text="Nobody looked at this yet.")
    decide = newsroom.submitted().claim
    approved = newsroom.approved().claim
    published = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    expected = {
        ("open", "anna"): {free, decide, approved},
        ("free", "remi"): {free},
        ("decide", "anna"): {decide},
        ("decide", "rita"): set(),
        ("mine", "rita"): {decide, approved},
        ("mine", "remi"): set(),
        ("publish", "pavlo"): {approved},
        ("published", "pavlo"): {published},
        ("changes", "rita"): set(),
        ("all", "ada"): {free, decide, approved, published},
    }
    for (waiting, name), claims in expected.items():
        who = newsroom.actor(name)
        found = queue_page.queue_page(asked(f"waiting={waiting}", who), who).claims
        assert set(found) == claims, (waiting, name)


@pytest.mark.parametrize("most", [queue.MOST_COUNTED, 0], ids=["few verdicts", "many verdicts"])
def test_what_waits_for_a_second_person_is_found_among_few_and_among_many(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(queue, "MOST_COUNTED", most)
    newsroom.claim(text="Nobody looked at this yet.")
    decide = newsroom.submitted().claim
    found = queue.narrowed(Claim.objects.all(), Waiting.DECIDE, newsroom.people["anna"].pk)
    assert set(found) == {decide}


def test_a_lapsed_lease_stays_for_its_holder_and_is_anyones_to_take(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim()
    Claim.objects.filter(pk=claim.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    rita, remi = newsroom.actor("rita"), newsroom.actor("remi")
    assert queue_page.queue_page(asked("waiting=mine", rita), rita).claims == [claim]
    assert queue_page.queue_page(asked("waiting=free", remi), remi).claims == [claim]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_choice_of_every_field_finds_what_the_database_finds(newsroom: Newsroom, field: object) -> None:
    assert isinstance(field, type(FIELDS[0]))
    many(newsroom)
    anna, now = newsroom.actor("anna"), timezone.now()
    for value, _label in field.choices:
        page = queue_page.queue_page(asked(f"waiting=all&{field.name}={value}", anna), anna)
        expected = {claim.pk for claim in Claim.objects.all() if _meets(claim, field.name, str(value), now)}
        assert {claim.pk for claim in page.claims} == expected, value
        assert page.count == len(expected)


def _meets(claim: Claim, name: str, value: str, now: object) -> bool:
    """Say in plain Python what a field's choice asks for."""
    moment = timezone.now()
    if name == "deadline":
        due = (claim.deadline - moment).total_seconds() if claim.deadline else None
        bounds = {"overdue": (-1e9, 0), "day": (0, 86_400), "week": (0, 7 * 86_400)}
        return (
            due is None if value == "none" else due is not None and bounds[value][0] <= due < bounds[value][1]
        )
    if name == "waited":
        return value == "hour"
    return str(getattr(claim, name)) == value


def test_several_fields_narrow_together(newsroom: Newsroom) -> None:
    claims = many(newsroom)
    anna = newsroom.actor("anna")
    found = queue_page.queue_page(asked("risk=election&language=uk&priority=2", anna), anna).claims
    wanted = [c for c in claims if (c.risk, c.language, c.priority) == ("election", "uk", 2)]
    assert found == wanted
    assert wanted


def test_another_desks_claims_are_never_shown(newsroom: Newsroom) -> None:
    elsewhere = open_newsroom()
    there = elsewhere.claim(text="Of the other desk.")
    rita = newsroom.actor("rita")
    for waiting in Waiting.values:
        for sort in Sort.values:
            page = queue_page.queue_page(asked(f"waiting={waiting}&sort={sort}", rita), rita)
            assert there not in page.claims
    with pytest.raises(NotAQuestion):
        asked(f"desk={elsewhere.desk.pk}", rita)


def test_a_person_of_two_desks_reads_one_ordered_queue_and_each_alone(newsroom: Newsroom) -> None:
    other = Desk.objects.create(name="The other desk")
    newsroom.join("vera", "reviewer")
    Person.objects.get(pk=newsroom.people["vera"].pk).memberships.create(desk=other, role="reviewer")
    here = newsroom.claim(text="Said here.", priority=2)
    there = Claim.objects.create(desk=other, text="Said there.", language="en", priority=1)
    vera = newsroom.actor("vera")
    assert queue_page.queue_page(asked("", vera), vera).claims == [there, here]
    assert queue_page.queue_page(asked(f"desk={other.pk}", vera), vera).claims == [there]


@pytest.mark.parametrize(
    "address",
    [
        "priority=9",
        "priority=1&priority=2",
        "risk=' or 1=1 --",
        "sort=a.b;--",
        "sort=-priority",
        "logged_by__password__startswith=p",
        "filter=user__password__startswith",
        "state__in=logged",
        "p=1000",
        "after=1.2",
        "after=1.2.3.4",
        "after=x.1.1",
        "after=-1.5.1",
        "after=1.1.99999999999999999999",
        "after=１.2.3",
        "before=start",
        "after=1.2.3&before=3.4.5",
        "sort=deadline&after=9223372036854775807.1",
        "sort=newest&after=1",
        "desk=0",
        "waiting=mine'--",
    ],
)
def test_what_the_queue_never_offered_is_refused_with_a_sentence(newsroom: Newsroom, address: str) -> None:
    with pytest.raises(NotAQuestion, match=r"\w+.*\."):
        asked(address, newsroom.actor("rita"))


def test_an_address_of_a_question_reads_back_as_the_question(newsroom: Newsroom) -> None:
    rita = newsroom.actor("rita")
    address = f"waiting=free&risk=health&sort=newest&q=harbour+tugs&desk={newsroom.desk.pk}"
    question = asked(address, rita)
    assert asked(question.address(), rita) == question
    assert asked("", rita).address() == ""


# --- Words --------------------------------------------------------------------------------------------------


def test_words_are_looked_for_by_the_engine_and_checked_against_the_desk(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = newsroom.claim(text="Nine trawlers left the bay.")
    there = open_newsroom().claim(text="Nine trawlers left the bay.")
    monkeypatch.setattr(queue_page, "claim_ids", lambda words, desks, limit: [there.pk, here.pk])
    rita = newsroom.actor("rita")
    page = queue_page.queue_page(asked("q=trawlers", rita), rita)
    assert (page.claims, page.degraded) == ([here], False)


def test_while_the_engine_is_away_the_newest_claims_are_looked_through(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(words: str, desk_ids: object, limit: int) -> list[int]:
        raise SearchUnavailable

    monkeypatch.setattr(queue_page, "claim_ids", away)
    newsroom.claim(text="Nobody looked at this yet.")
    here = newsroom.claim(text="Nine trawlers left the bay.")
    rita = newsroom.actor("rita")
    page = queue_page.queue_page(asked("q=trawlers bay", rita), rita)
    assert (page.claims, page.degraded) == ([here], True)
