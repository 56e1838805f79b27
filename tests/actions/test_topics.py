"""Sorting a claim into topics: by whom, into which, and that no published byte changes by it."""

from __future__ import annotations

import pytest

from claims.actions.refusals import Conflict, Invalid, NotFound
from claims.actions.topics import seed_topics, sort_claim
from claims.models import Claim, ClaimEvent, Desk, Publication, Topic
from claims.rules.permissions import NotAllowed
from claims.rules.topics import FIRST_TOPICS
from claims.selectors.topics import suggested_topics, topics_with_checks
from tests.newsroom import Newsroom


def _sort(newsroom: Newsroom, claim: Claim, *slugs: str, by: str = "jonas") -> Claim:
    return sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=slugs, actor=newsroom.actor(by))


def test_an_installation_begins_with_topics_named_in_three_languages(db: None) -> None:
    assert set(Topic.objects.values_list("slug", flat=True)) == {first.slug for first in FIRST_TOPICS}
    assert Topic.objects.get(slug="war").label("uk") == "Війна"


def test_topics_that_a_newsroom_has_are_not_put_back_beside_its_own(db: None) -> None:
    Topic.objects.exclude(slug="war").delete()
    seed_topics()
    assert Topic.objects.count() == 1


def test_a_claim_is_sorted_and_the_history_tells_both_sides(newsroom: Newsroom) -> None:
    claim = _sort(newsroom, newsroom.claim(), "transport", "economy")
    claim = _sort(newsroom, claim, "transport")
    assert list(claim.topics.values_list("slug", flat=True)) == ["transport"]
    event = ClaimEvent.objects.filter(claim=claim, verb="sort").latest("sequence")
    assert event.details == {"topics": ["economy, transport", "transport"]}


def test_sorting_into_the_same_topics_writes_no_history(newsroom: Newsroom) -> None:
    claim = _sort(newsroom, newsroom.claim(), "war")
    _sort(newsroom, claim, "war")
    assert ClaimEvent.objects.filter(claim=claim, verb="sort").count() == 1


def test_a_stale_version_sorts_nothing(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    _sort(newsroom, claim, "war")
    with pytest.raises(Conflict):
        _sort(newsroom, claim, "energy")
    assert list(claim.topics.values_list("slug", flat=True)) == ["war"]


def test_who_does_not_write_for_the_desk_sorts_nothing(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    with pytest.raises(NotAllowed):
        _sort(newsroom, claim, "war", by="ada")
    newsroom.join("olga", "journalist", desk=Desk.objects.create(name="Elsewhere"))
    with pytest.raises(NotFound):
        _sort(newsroom, claim, "war", by="olga")


@pytest.mark.parametrize(
    "slugs", [("tugs",), ("war", "tugs"), ("war", "energy", "media", "crime", "health", "courts")]
)
def test_unknown_or_too_many_topics_are_refused(newsroom: Newsroom, slugs: tuple[str, ...]) -> None:
    claim = newsroom.claim()
    with pytest.raises(Invalid):
        _sort(newsroom, claim, *slugs)
    assert claim.topics.count() == 0


def test_sorting_a_published_claim_changes_its_version_and_no_event(newsroom: Newsroom) -> None:
    before = newsroom.published().publication
    _sort(newsroom, Claim.objects.get(pk=before.claim_id), "transport")
    after = Publication.objects.get(pk=before.pk)
    assert after.version == before.version + 1
    assert (after.event_at, after.current_id) == (before.event_at, before.current_id)
    assert [topic.slug for topic in topics_with_checks()] == ["transport"]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "The power plant will produce no electricity this winter.", "energy"),
        ("uk", "На виборах президента проголосувала половина виборців.", "elections"),
        ("ru", "Артиллерия обстреляла город, ракета попала в склад.", "war"),
    ],
)
def test_topics_are_suggested_from_the_words_of_the_claim(
    newsroom: Newsroom, language: str, text: str, first: str
) -> None:
    assert suggested_topics(newsroom.claim(text, language=language))[0] == first
