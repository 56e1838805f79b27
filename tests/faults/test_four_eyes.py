"""Four eyes by force: every route past the rules that SQL, races and forgery offer.

V2 self-approval by raw SQL; V4 approve, edit, publish; V5 writing to the history, and a cut tail. The races V1
and V3 and the deaths V6 are in test_publishing_under_fire.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from claims.actions.decisions import approve_verdict
from claims.actions.refusals import Conflict
from claims.migrations import _guards
from claims.models import (
    Approval,
    Citation,
    ClaimEvent,
    EvidenceDecision,
    HistoryHead,
    Publication,
    PublishedRevision,
    Rating,
    RatingScale,
    Verdict,
)
from tests.newsroom import Newsroom, fresh, open_newsroom
from tests.together import at_once


def refused(sql: str, *parameters: object) -> str:
    """Run one statement that has to be refused by the database, and return what it said."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(refusal.value)


# --- V2: whose approval it is -------------------------------------------------------------------------


def approval(verdict: Verdict, approver: object, **columns: object) -> Approval:
    values: dict[str, object] = {
        "verdict": verdict,
        "approver": approver,
        "recorder_id": verdict.recorder_id,
        "last_editor_id": verdict.last_editor_id,
        "decision": "approved",
        "content_hash": verdict.content_hash,
    }
    return Approval(**(values | columns))


def not_kept(row: Approval) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_an_approval_by_an_author(newsroom: Newsroom) -> None:
    verdict, people = newsroom.submitted(), newsroom.people
    not_kept(approval(verdict, people["rita"]))
    not_kept(approval(verdict, people["rita"], recorder=people["remi"], last_editor=people["remi"]))
    verdict.co_authors.add(people["remi"])
    not_kept(approval(verdict, people["remi"]))


@pytest.mark.parametrize("name", ["jonas", "pavlo", "ada", "adam", "root"])
def test_the_database_refuses_an_approval_by_who_does_not_review_at_the_desk(
    newsroom: Newsroom, name: str
) -> None:
    not_kept(approval(newsroom.submitted(), newsroom.people[name]))


def test_the_database_refuses_an_approval_of_another_content_or_of_a_draft(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    not_kept(approval(draft, newsroom.people["anna"], content_hash="0" * 64))
    not_kept(approval(newsroom.submitted(draft), newsroom.people["anna"], content_hash="0" * 64))


def test_the_database_refuses_to_change_or_delete_an_approval(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    assert "never changed" in refused(
        "UPDATE claims_approval SET approver_id = %s WHERE verdict_id = %s",
        newsroom.people["remi"].pk,
        verdict.pk,
    )
    assert "never deleted" in refused("DELETE FROM claims_approval WHERE verdict_id = %s", verdict.pk)


def test_nobody_is_washed_off_a_verdict(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    verdict.co_authors.add(newsroom.people["remi"])
    assert "never deleted" in refused("DELETE FROM claims_verdict_co_authors")
    assert "keeps its claim" in refused(
        "UPDATE claims_verdict SET recorder_id = %s WHERE id = %s", newsroom.people["anna"].pk, verdict.pk
    )


# --- V2 and V4: what is approved and published --------------------------------------------------------


def test_a_bulk_update_moves_no_verdict_past_its_approvers(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    for state in ("approved", "published", "scheduled", "draft", "superseded"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Verdict.objects.filter(pk=verdict.pk).update(state=state)
    assert fresh(verdict).state == "submitted"


def test_a_verdict_is_not_made_published_by_sql(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    said = refused("UPDATE claims_verdict SET state = 'published' WHERE id = %s", verdict.pk)
    assert "has a published revision" in said
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.create(
            claim=verdict.claim,
            revision=9,
            language="uk",
            state="approved",
            rating=verdict.rating,
            content_hash="0" * 64,
            recorder=newsroom.people["rita"],
            last_editor=newsroom.people["rita"],
        )


@pytest.mark.parametrize(
    "assignment",
    [
        "summary = 'Other'",
        "justification = 'Other'",
        "claim_reviewed = 'Other'",
        "title = 'Other'",
        "content_hash = 'other'",
        "last_editor_id = recorder_id + 1",
        "rating_id = rating_id + 1",
        "tier = 'minor'",
    ],
)
def test_frozen_content_is_not_changed_by_sql(newsroom: Newsroom, assignment: str) -> None:
    verdict = newsroom.approved()
    said = refused(f"UPDATE claims_verdict SET {assignment} WHERE id = %s", verdict.pk)
    assert "frozen once it is submitted" in said


def test_what_a_frozen_verdict_cites_is_not_changed_by_sql(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    assert "frozen" in refused("DELETE FROM claims_citation WHERE verdict_id = %s", verdict.pk)
    assert "frozen" in refused("UPDATE claims_citation SET ordinal = 9 WHERE verdict_id = %s", verdict.pk)
    piece = newsroom.evidence(verdict.claim, "context", origin="new")
    with pytest.raises(DatabaseError), transaction.atomic():
        Citation.objects.create(verdict=verdict, evidence=piece, ordinal=4)


def test_a_revision_without_enough_approvals_is_not_inserted(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim(risk="election")
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(claim)))
    publication = Publication.objects.create(claim=claim, language="en", slug="tugs", state="embargoed")
    with pytest.raises(DatabaseError, match="enough others approved"), transaction.atomic():
        _revision(newsroom, publication, verdict).save()


def test_a_revision_by_no_publisher_or_of_another_hash_is_not_inserted(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    publication = Publication.objects.create(
        claim=verdict.claim, language="en", slug="tugs", state="embargoed"
    )
    for row in (
        _revision(newsroom, publication, verdict, published_by=newsroom.people["anna"]),
        _revision(newsroom, publication, verdict, content_hash="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()


def _revision(
    newsroom: Newsroom, publication: Publication, verdict: Verdict, **columns: object
) -> PublishedRevision:
    values: dict[str, object] = {
        "publication": publication,
        "number": 1,
        "verdict": verdict,
        "snapshot": {},
        "content_hash": verdict.content_hash,
        "tier": "first",
        "published_by": newsroom.people["pavlo"],
        "published_at": verdict.submitted_at,
    }
    return PublishedRevision(**(values | columns))


def test_a_publication_keeps_its_first_date_and_address_and_is_not_deleted(newsroom: Newsroom) -> None:
    newsroom.published()
    for assignment in (
        "first_published_at = '2020-01-01 00:00:00+00:00'",
        "slug = 'other'",
        "state = 'embargoed'",
    ):
        assert "keeps its address" in refused(f"UPDATE claims_publication SET {assignment}")
    refused("DELETE FROM claims_publication")
    refused("UPDATE claims_publishedrevision SET note = 'Other'")
    refused("DELETE FROM claims_publishedrevision")


def test_a_publication_is_not_made_live_by_sql(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    for state in ("live", "embargoed"):
        row = Publication(claim=verdict.claim, language="uk", slug="t", state=state)
        row.first_published_at = verdict.submitted_at
        if state == "live":
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save()
        else:
            row.save()
    assert "shows one of its own" in refused("UPDATE claims_publication SET state = 'live'")


def test_approved_then_edited_is_not_published(newsroom: Newsroom) -> None:
    """V4: the approval was for another content, whichever way the words were changed."""
    verdict = newsroom.approved()
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(state="draft", summary="Other")
    verdict.summary = "Other"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()
    assert not PublishedRevision.objects.exists()


# --- V5: the history ----------------------------------------------------------------------------------


def test_history_and_decisions_are_neither_changed_nor_deleted(newsroom: Newsroom) -> None:
    newsroom.weighed_claim()
    assert ClaimEvent.objects.exists()
    assert EvidenceDecision.objects.exists()
    for table, column in (("claims_claimevent", "note"), ("claims_evidencedecision", "reason")):
        assert "never changed" in refused(f"UPDATE {table} SET {column} = 'x'")
        assert "never deleted" in refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", _guards.NEVER_EMPTIED)
def test_no_guarded_table_is_emptied_at_once(table: str, newsroom: Newsroom) -> None:
    """SQLite has no TRUNCATE: it empties by DELETE, whose triggers the other tests try with rows in place."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            assert any("BEFORE DELETE" in sql for (sql,) in cursor.fetchall())
        return
    assert f"{table} is never emptied" in refused(f"TRUNCATE {table} CASCADE")


def test_the_head_only_grows_by_one_event_that_exists(newsroom: Newsroom) -> None:
    newsroom.weighed_claim()
    for change in ('"count" = "count" - 1', '"count" = "count" + 1', "\"hash\" = 'x'"):
        assert "only grows" in refused(f"UPDATE claims_historyhead SET {change}")
    assert "never deleted" in refused("DELETE FROM claims_historyhead")


def test_an_event_that_does_not_follow_the_head_is_refused(newsroom: Newsroom) -> None:
    newsroom.weighed_claim()
    last = ClaimEvent.objects.last()
    assert last is not None
    last.pk, last.sequence, last.hash = None, last.sequence + 1, "0" * 64
    with pytest.raises(DatabaseError, match="follows the head"), transaction.atomic():
        last.save(force_insert=True)


def test_an_altered_row_and_a_cut_tail_are_found_where_the_triggers_were_lifted(newsroom: Newsroom) -> None:
    newsroom.published()
    head = HistoryHead.objects.get()
    call_command("verify_history")
    with _guards_lifted():
        ClaimEvent.objects.filter(sequence=3).update(note="Nothing happened.")
        with pytest.raises(CommandError, match="Event 3: Its content"):
            call_command("verify_history")
        ClaimEvent.objects.filter(sequence=3).update(note="")
        call_command("verify_history")
        ClaimEvent.objects.filter(sequence=head.count).delete()
        with pytest.raises(CommandError, match="end was cut"):
            call_command("verify_history")
        last = ClaimEvent.objects.get(sequence=head.count - 1)
        HistoryHead.objects.update(count=last.sequence, hash=last.hash)
        call_command("verify_history")
        with pytest.raises(CommandError, match="published head names more events"):
            call_command("verify_history", head=f"{head.count}:{head.hash}")
        ClaimEvent.objects.filter(sequence=2).delete()
        with pytest.raises(CommandError, match="Event 2: It is missing"):
            call_command("verify_history")


@contextmanager
def _guards_lifted() -> Iterator[None]:
    """Take the triggers down inside the test's transaction, which is rolled back with them."""

    class Editor:
        def __init__(self) -> None:
            self.connection = connection

        def execute(self, sql: str, params: None) -> None:
            with connection.cursor() as cursor:
                cursor.execute(sql)

    _guards.take_down(None, Editor())
    yield
    _guards.put_up(None, Editor())


def test_every_guard_stands_in_the_database(db: None) -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    assert {guard.name for guard in _guards.GUARDS} <= standing


def test_a_frozen_scale_and_its_ratings_do_not_change(newsroom: Newsroom) -> None:
    assert RatingScale.objects.get().frozen_at is not None
    assert "frozen" in refused("UPDATE claims_rating SET label_en = 'Perhaps'")
    assert "frozen" in refused("DELETE FROM claims_rating")
    assert "frozen" in refused("UPDATE claims_ratingscale SET worst = 2")
    with pytest.raises(DatabaseError), transaction.atomic():
        Rating.objects.create(scale=RatingScale.objects.get(), key="perhaps", label_en="Perhaps")
    RatingScale.objects.update(active=False)


# --- At the same moment -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_an_edit_at_once_do_not_both_succeed() -> None:
    newsroom = open_newsroom()
    verdict = newsroom.submitted()
    anna, remi = newsroom.actor("anna"), newsroom.actor("remi")

    def approve(actor: object) -> Verdict:
        return approve_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            seen_hash=verdict.content_hash,
            actor=actor,  # type: ignore[arg-type]
        )

    outcomes = at_once(lambda: approve(anna), lambda: approve(remi))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1, outcomes
    assert Approval.objects.count() == 1
