"""The list of claims: every filter, every order, its pages by key, and never another desk's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from claims.actions.articles import take_in_text
from claims.actions.follows import follow_claim
from claims.actions.topics import sort_claim
from claims.models import Appearance, Claim, Claimant, Desk
from claims.rules.permissions import Actor
from claims.selectors import queue
from claims.selectors.claim_list import claim_list_page, claims_in_order
from claims.selectors.claim_question import ClaimQuestion, ListSort, claim_question_of
from claims.selectors.questions import NotAQuestion
from tests.newsroom import Newsroom, open_newsroom, tell


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return open_newsroom()


@pytest.fixture(params=[queue.MOST_COUNTED, 0], ids=["few are sorted", "many are walked"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("queue", "claim_conditions"):
        monkeypatch.setattr(f"claims.selectors.{module}.MOST_COUNTED", request.param)


def asked(address: str, actor: Actor) -> ClaimQuestion:
    return claim_question_of(dict(QueryDict(address).lists()), sorted(actor.roles))


def found(newsroom: Newsroom, address: str, by: str = "jonas") -> set[str]:
    actor = newsroom.actor(by)
    return {claim.text for claim in claim_list_page(asked(address, actor), actor, "Europe/Kyiv").claims}


def walk(newsroom: Newsroom, address: str, *, back: bool = False, size: int = 4) -> list[int]:
    """Return the ids of all pages, from the first to the last, or from the last page back."""
    actor, ids, place = newsroom.actor("jonas"), [], "&before=end" if back else ""
    while True:
        page = claim_list_page(asked(address + place, actor), actor, "UTC", size=size)
        shown = [claim.pk for claim in page.claims]
        ids = shown + ids if back else ids + shown
        place = f"&before={page.before}" if back else f"&after={page.after}"
        if not (page.before if back else page.after):
            return ids


def many(newsroom: Newsroom, count: int = 11) -> list[Claim]:
    """Make claims whose steps, deadlines and logging run in three different orders."""
    claims = []
    for number in range(count):
        due = timezone.now() + timedelta(hours=(number * 7) % count)
        claims.append(newsroom.claim(f"Tug number {number} entered the harbour.", deadline=due))
    for place in range(count):
        with transaction.atomic():
            tell(claims[(place * 4) % count])
    return claims


# --- Filters ------------------------------------------------------------------------------------------------


def topic(newsroom: Newsroom, claim: Claim) -> str:
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["war"], actor=newsroom.actor("jonas"))
    return "topic=war"


def outlet(newsroom: Newsroom, claim: Claim) -> str:
    words = "The gate stayed shut. Four tugs lay idle."
    article = take_in_text(
        desk_id=newsroom.desk.pk, text=words, actor=newsroom.actor("jonas"), outlet="Вечерний порт"
    )
    Appearance.objects.create(claim=claim, article=article, exact="Four tugs lay idle.")
    return "outlet=вечерний"


def claimant(newsroom: Newsroom, claim: Claim) -> str:
    Claim.objects.filter(pk=claim.pk).update(
        claimant=Claimant.objects.create(name="Olha Marchenko", kind="Person")
    )
    return "claimant=olha+marchenko"


def followed(newsroom: Newsroom, claim: Claim) -> str:
    follow_claim(claim_id=claim.pk, actor=newsroom.actor("jonas"))
    follow_claim(claim_id=newsroom.claim("Another one.").pk, actor=newsroom.actor("anna"))
    return "followed=1"


def column(address: str, **fields: object) -> Callable[[Newsroom, Claim], str]:
    def narrow(newsroom: Newsroom, claim: Claim) -> str:
        Claim.objects.filter(pk=claim.pk).update(**fields)
        return address

    return narrow


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("sort", ListSort.values)
@pytest.mark.parametrize(
    "narrow",
    [
        topic,
        outlet,
        claimant,
        followed,
        column("state=checking", state="checking"),
        column("kind=quote", kind="quote"),
        column("language=uk", language="uk"),
        column("risk=health", risk="health"),
        column("kind=quote&language=uk&risk=health", kind="quote", language="uk", risk="health"),
    ],
    ids=["topic", "outlet", "claimant", "followed", "state", "kind", "language", "risk", "several"],
)
def test_each_filter_finds_its_claims_in_every_order(
    newsroom: Newsroom, narrow: Callable[[Newsroom, Claim], str], sort: str
) -> None:
    claims = many(newsroom, 3)
    address = narrow(newsroom, claims[1])
    assert found(newsroom, f"{address}&sort={sort}") == {claims[1].text}


@pytest.mark.usefixtures("both_ways")
def test_mine_is_what_the_person_logged(newsroom: Newsroom) -> None:
    newsroom.claim("Someone else logged this one.")
    newsroom.claim("Jonas logged this one.", logged_by=newsroom.people["jonas"])
    assert found(newsroom, "mine=1") == {"Jonas logged this one."}


@pytest.mark.usefixtures("both_ways")
def test_a_rating_finds_claims_whose_verdict_is_published_or_approved(newsroom: Newsroom) -> None:
    newsroom.claim("Nobody rated this one.")
    newsroom.published(rating="true")
    # What nobody has decided on is not found: somebody may still have to rate it blind.
    approved = newsroom.submitted(
        newsroom.draft(newsroom.weighed_claim(text="Two barges left."), rating="false")
    )
    assert found(newsroom, "rating=true") == {"Four tugs entered the harbour that morning."}
    assert found(newsroom, "rating=false") == set()
    newsroom.approved(approved)
    assert found(newsroom, "rating=false") == {"Two barges left."}


@pytest.mark.usefixtures("both_ways")
def test_days_are_those_of_the_desk(newsroom: Newsroom) -> None:
    late, next_day = newsroom.claim("Late on 4 March."), newsroom.claim("On 5 March.")
    # Midnight in Kyiv is 22:00 UTC in winter.
    Claim.objects.filter(pk=late.pk).update(logged_at=datetime(2026, 3, 4, 21, 59, tzinfo=UTC))
    Claim.objects.filter(pk=next_day.pk).update(logged_at=datetime(2026, 3, 4, 22, 0, tzinfo=UTC))
    assert found(newsroom, "until=2026-03-04") == {"Late on 4 March."}
    assert found(newsroom, "since=2026-03-05&until=2026-03-05") == {"On 5 March."}


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("sort", ListSort.values)
def test_claims_of_another_desk_are_never_listed(newsroom: Newsroom, sort: str) -> None:
    own, other = many(newsroom, 2)
    Claim.objects.filter(pk=other.pk).update(desk=Desk.objects.create(name="Sports"))
    assert found(newsroom, f"sort={sort}") == {own.text}


# --- Orders and pages ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("sort", ListSort.values)
def test_pages_show_every_claim_once_in_order_there_and_back(newsroom: Newsroom, sort: str) -> None:
    claims = many(newsroom)
    in_order = {
        "newest": sorted(claims, key=lambda claim: (claim.logged_at, claim.pk), reverse=True),
        "oldest": sorted(claims, key=lambda claim: (claim.logged_at, claim.pk)),
        "deadline": sorted(claims, key=lambda claim: (claim.deadline, claim.pk)),
        "updated": [claims[(place * 4) % len(claims)] for place in reversed(range(len(claims)))],
    }[sort]
    expected = [claim.pk for claim in in_order]
    assert walk(newsroom, f"sort={sort}") == expected
    assert walk(newsroom, f"sort={sort}", back=True) == expected


def test_a_later_step_brings_a_claim_to_the_top(newsroom: Newsroom) -> None:
    claims = many(newsroom, 3)
    claim = Claim.objects.get(pk=claims[1].pk)
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["war"], actor=newsroom.actor("jonas"))
    assert walk(newsroom, "sort=updated")[0] == claim.pk


def test_a_file_holds_the_list_in_its_order(newsroom: Newsroom) -> None:
    claims = many(newsroom, 5)
    actor = newsroom.actor("jonas")
    in_file = [claim.pk for claim in claims_in_order(asked("sort=oldest", actor), actor, "UTC", most=3)]
    assert in_file == [claim.pk for claim in claims[:3]]


# --- Addresses ----------------------------------------------------------------------------------------------


def test_an_address_is_read_as_it_was_written(newsroom: Newsroom) -> None:
    actor = newsroom.actor("jonas")
    address = "state=logged&topic=war&claimant=Olha+M&mine=1&since=2026-03-01&sort=oldest"
    assert asked(address, actor).address() == address
    assert asked("", actor).address() == ""


@pytest.mark.parametrize(
    "address",
    [
        *("colour=red", "state=open", "sort=random", "mine=2", "since=yesterday", "since=2026-02-31"),
        *("desk=999999", "after=x", "after=1.2.3", "after=1.1&before=1.1", "state=logged&state=checking"),
    ],
)
def test_what_the_list_never_offered_is_refused(newsroom: Newsroom, address: str) -> None:
    with pytest.raises(NotAQuestion):
        asked(address, newsroom.actor("jonas"))
