"""Two people at once: each gets a claim of their own from the queue, and no two merges make a circle."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.actions.merging import merge_claim
from claims.actions.queue import take_next_claim
from claims.actions.refusals import REFUSALS
from claims.models import Claim
from claims.rules.permissions import Actor
from claims.selectors.queue_question import QueueQuestion
from tests.newsroom import Newsroom, open_newsroom
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def newsroom(transactional_db: None) -> Newsroom:
    return open_newsroom()


def test_people_who_take_the_next_one_at_once_get_different_claims(newsroom: Newsroom) -> None:
    people = [newsroom.actor(name) for name in ("rita", "remi", "anna")]
    for number in range(ROUNDS):
        for each in range(len(people)):
            newsroom.claim(text=f"Round {number}, claim {each}.")
        taken = at_once(*(taking(who) for who in people))
        assert len({claim.pk for claim in taken if isinstance(claim, Claim)}) == len(people), taken
        held = Claim.objects.filter(text__startswith=f"Round {number},")
        assert set(held.values_list("held_by", flat=True)) == {who.person_id for who in people}


def taking(who: Actor) -> Callable[[], object]:
    return lambda: take_next_claim(asked=QueueQuestion(), actor=who)


def test_two_claims_that_are_merged_into_each_other_at_once_make_no_circle(newsroom: Newsroom) -> None:
    newsroom.join("edda", "editor")
    anna, edda = newsroom.actor("anna"), newsroom.actor("edda")
    for number in range(ROUNDS):
        one = newsroom.claim(text=f"One of round {number}.")
        two = newsroom.claim(text=f"Two of round {number}.")
        outcomes = at_once(merging(one, two, anna), merging(two, one, edda))
        assert all(isinstance(outcome, (Claim, *REFUSALS)) for outcome in outcomes), outcomes
        merged = Claim.objects.filter(pk__in=[one.pk, two.pk], state="merged")
        assert merged.count() == 1


def merging(claim: Claim, into: Claim, who: Actor) -> Callable[[], object]:
    return lambda: merge_claim(
        claim_id=claim.pk, seen_version=1, into_id=into.pk, answer="appearance", actor=who
    )
