"""Merging claims and taking it back: what the question allows, chains, circles, and what readers get."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from claims.actions.merging import merge_claim, unmerge_claim
from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed, NotFound
from claims.models import Claim, Claimant, ClaimEvent, Desk
from claims.publish.claimreview import claim_review
from claims.selectors.merging import final_claim, joined_claims, other_claimants, places_said
from claims.selectors.verdicts import present_hash, verdict_with_content
from tests.newsroom import Newsroom, open_newsroom


def merged(
    newsroom: Newsroom, claim: Claim, into: Claim, answer: str = "appearance", by: str = "anna"
) -> Claim:
    version = Claim.objects.get(pk=claim.pk).version
    return merge_claim(
        claim_id=claim.pk, seen_version=version, into_id=into.pk, answer=answer, actor=newsroom.actor(by)
    )


def parted(newsroom: Newsroom, claim: Claim, reason: str = "They speak of two days.") -> Claim:
    version = Claim.objects.get(pk=claim.pk).version
    return unmerge_claim(claim_id=claim.pk, seen_version=version, reason=reason, actor=newsroom.actor("anna"))


def of(name: str) -> Claimant:
    return Claimant.objects.get_or_create(name=name, kind="Person")[0]


def fresh_claim(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_merged_claim_keeps_everything_and_both_histories_tell(newsroom: Newsroom) -> None:
    kept, other = newsroom.claim(text="Four tugs came in."), newsroom.claim(text="Four tugs entered.")
    newsroom.evidence(other, "supports", origin="log")
    found = merged(newsroom, other, kept)
    assert (found.pk, found.state, found.merged_into, found.merged_as) == (
        other.pk,
        "merged",
        kept,
        "appearance",
    )
    assert (other.appearances.count(), other.evidence.count()) == (1, 1)
    assert len(places_said(fresh_claim(kept))) == 2
    assert [place.is_first for place in places_said(fresh_claim(kept))] == [True, False]
    told = {(event.claim_id, event.verb, event.details["other"]) for event in ClaimEvent.objects.all()}
    assert told == {(other.pk, "merge", kept.pk), (kept.pk, "join", other.pk)}


def test_a_merge_is_taken_back_and_evidence_found_meanwhile_stays_where_it_was_found(
    newsroom: Newsroom,
) -> None:
    kept, other = newsroom.claim(text="Four tugs came in."), newsroom.claim(text="Four tugs entered.")
    merged(newsroom, other, kept)
    later_here = newsroom.evidence(kept, "supports", origin="agency")
    later_there = newsroom.evidence(other, "contradicts", origin="log")
    alone = parted(newsroom, other)
    assert (alone.state, alone.merged_into, alone.merged_as) == ("logged", None, "")
    assert list(alone.evidence.all()) == [later_there]
    assert list(kept.evidence.all()) == [later_here]
    assert alone.appearances.get().is_first
    assert joined_claims(fresh_claim(kept)) == []
    assert ClaimEvent.objects.get(verb="part").claim_id == kept.pk


def test_a_chain_is_followed_to_its_end_and_parts_where_it_is_cut(newsroom: Newsroom) -> None:
    first, second, third = (newsroom.claim(text=f"Said a {word} time.") for word in ("1st", "2nd", "3rd"))
    merged(newsroom, first, second)
    merged(newsroom, second, third)
    assert final_claim(fresh_claim(first)) == third
    assert joined_claims(fresh_claim(third)) == [first, second]
    parted(newsroom, second)
    assert final_claim(fresh_claim(first)) == second
    assert joined_claims(fresh_claim(third)) == []


def test_claims_are_not_merged_in_a_circle_nor_into_themselves(newsroom: Newsroom) -> None:
    one, two = newsroom.claim(text="One."), newsroom.claim(text="Two.")
    with pytest.raises(Invalid, match="not merged into itself"):
        merged(newsroom, one, one)
    merged(newsroom, one, two)
    with pytest.raises(Invalid, match="has itself been merged"):
        merged(newsroom, two, one)
    with pytest.raises(IllegalMove):
        merged(newsroom, one, newsroom.claim(text="Three."))


def test_the_answer_has_to_fit_what_is_recorded_of_the_claimants(newsroom: Newsroom) -> None:
    kept = newsroom.claim(text="Kept.", claimant=of("Olha"))
    same = newsroom.claim(text="Same.", claimant=of("Olha"))
    other = newsroom.claim(text="Other.", claimant=of("Petro"))
    unknown = newsroom.claim(text="Unknown.", claimant=None)
    refused = [(same, "author"), (other, "appearance"), (unknown, "author"), (same, "different"), (same, "")]
    for claim, answer in refused:
        with pytest.raises(Invalid):
            merged(newsroom, claim, kept, answer)
    merged(newsroom, same, kept, "appearance")
    merged(newsroom, other, kept, "author")
    merged(newsroom, unknown, kept, "appearance")
    assert [claimant.name for claimant in other_claimants(fresh_claim(kept))] == ["Petro"]


def test_a_published_claim_is_only_ever_merged_into(newsroom: Newsroom) -> None:
    published = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    other = newsroom.claim(text="The same again.")
    with pytest.raises(Invalid, match="keeps its own page"):
        merged(newsroom, published, other)
    assert merged(newsroom, other, published).merged_into == published


def test_a_claim_with_a_verdict_on_its_way_is_not_merged_away(newsroom: Newsroom) -> None:
    claim = newsroom.draft(by="anna", claim=newsroom.weighed_claim(by="anna")).claim
    with pytest.raises(Invalid, match="withdraw that first"):
        merged(newsroom, claim, newsroom.claim(text="Another."))


@pytest.mark.parametrize("stage", ["submitted", "approved"])
def test_nothing_joins_or_leaves_a_claim_while_a_second_person_has_its_verdict(
    newsroom: Newsroom, stage: str
) -> None:
    there, late = newsroom.claim(text="There before."), newsroom.claim(text="Too late.")
    kept = newsroom.weighed_claim()
    merged(newsroom, there, kept)
    verdict = newsroom.draft(fresh_claim(kept))
    getattr(newsroom, stage)(newsroom.submitted(verdict) if stage == "approved" else verdict)
    with pytest.raises(Invalid, match="A second person has the verdict"):
        merged(newsroom, late, kept)
    with pytest.raises(Invalid, match="A second person has the verdict"):
        parted(newsroom, there)


def test_a_claim_that_somebody_works_on_is_not_merged_over_their_head(newsroom: Newsroom) -> None:
    with pytest.raises(NotAllowed, match="Rita is working on this claim"):
        merged(newsroom, newsroom.weighed_claim(), newsroom.claim(text="Another."))


@pytest.mark.parametrize("name", ["rita", "jonas", "pavlo", "ada", "adam"])
def test_only_an_editor_merges_and_takes_back(newsroom: Newsroom, name: str) -> None:
    kept, other = newsroom.claim(text="Kept."), newsroom.claim(text="Other.")
    with pytest.raises(NotAllowed):
        merged(newsroom, other, kept, by=name)
    found = merged(newsroom, other, kept)
    with pytest.raises(NotAllowed):
        unmerge_claim(
            claim_id=found.pk, seen_version=found.version, reason="Two.", actor=newsroom.actor(name)
        )


def test_claims_of_two_desks_are_not_merged_even_by_an_editor_of_both(newsroom: Newsroom) -> None:
    here, there = newsroom.claim(), open_newsroom().claim()
    with pytest.raises(NotFound):
        merged(newsroom, here, there)
    newsroom.people["anna"].memberships.create(desk=Desk.objects.get(pk=there.desk_id), role="editor")
    with pytest.raises(Invalid, match="within one desk"):
        merged(newsroom, here, there)


def test_a_stale_view_merges_nothing_and_parts_nothing(newsroom: Newsroom) -> None:
    kept, other = newsroom.claim(text="Kept."), newsroom.claim(text="Other.")
    anna: dict[str, Any] = {"actor": newsroom.actor("anna")}
    with pytest.raises(Conflict):
        merge_claim(claim_id=other.pk, seen_version=7, into_id=kept.pk, answer="appearance", **anna)
    found = merged(newsroom, other, kept)
    with pytest.raises(Conflict):
        unmerge_claim(claim_id=other.pk, seen_version=found.version - 1, reason="Two.", **anna)
    assert fresh_claim(other).merged_into == kept


def test_taking_back_needs_a_reason_and_a_merge(newsroom: Newsroom) -> None:
    kept, other = newsroom.claim(text="Kept."), newsroom.claim(text="Other.")
    with pytest.raises(IllegalMove):
        parted(newsroom, other)
    merged(newsroom, other, kept)
    with pytest.raises(Invalid):
        parted(newsroom, other, "  ")


def test_the_database_itself_refuses_what_must_not_be_merged(newsroom: Newsroom) -> None:
    published = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    one, two = newsroom.claim(text="One."), newsroom.claim(text="Two.")
    merged(newsroom, one, two)
    there = open_newsroom().claim()
    free = newsroom.claim(text="Free.")
    for claim, into in ((published, free), (free, one), (free, there), (free, free)):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(
                state="merged", merged_into=into, merged_as="appearance", held_by=None, held_until=None
            )


def test_markup_repeats_the_appearance_and_the_author(newsroom: Newsroom) -> None:
    kept = newsroom.weighed_claim(claimant=of("Olha"))
    again = newsroom.claim(text="Said again.", claimant=of("Olha"))
    by_other = newsroom.claim(text="Said by another.", claimant=of("Petro"))
    again.appearances.update(url="https://news.example.org/again")
    by_other.appearances.update(url="https://other.example.org/petro")
    merged(newsroom, again, kept)
    merged(newsroom, by_other, kept, "author")
    snapshot = newsroom.published(
        newsroom.approved(newsroom.submitted(newsroom.draft(fresh_claim(kept))))
    ).snapshot
    item = claim_review(snapshot)["itemReviewed"]
    assert [author["name"] for author in item["author"]] == ["Olha", "Petro"]
    assert item["firstAppearance"]["url"] == "https://news.example.org/harbour"
    assert [place["url"] for place in item["appearance"]] == [
        "https://news.example.org/again",
        "https://other.example.org/petro",
    ]


def test_a_snapshot_from_before_merges_still_has_its_one_author(newsroom: Newsroom) -> None:
    snapshot = newsroom.published().snapshot
    del snapshot["other_claimants"]
    assert claim_review(snapshot)["itemReviewed"]["author"]["name"] == "Port Authority"


def test_a_merge_changes_what_an_approval_is_bound_to(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    before = present_hash(verdict_with_content(verdict.pk))
    other = newsroom.claim(text="Said by another.", claimant=of("Petro"))
    merged(newsroom, other, verdict.claim, "author")
    assert present_hash(verdict_with_content(verdict.pk)) != before
    parted(newsroom, other)
    assert present_hash(verdict_with_content(verdict.pk)) == before
