"""Gathering evidence: found, compared, grouped by origin and recorded once, whatever a person has decided."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.documents import NewDocument, store_document
from claims.actions.evidence import gather_evidence
from claims.actions.follows import follow_claim
from claims.actions.indexing import index_document
from claims.models import Claim, Desk, Evidence, Membership, Notice, Outlet, Person
from claims.search import get_backend
from claims.selectors.people import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]

TEXTS = {
    "uk": ("Саміт у Відні", "Саміт у Відні тривав три години."),
    "ru": ("Саммит в Вене", "Саммит в Вене длился семь часов."),
    "en": ("Harvest", "Melons are cheap this year."),
}


@pytest.fixture
def claim() -> Claim:
    for language, (title, text) in TEXTS.items():
        outlet = Outlet.objects.create(name=f"Outlet {language}", zone="UTC")
        document, _outcome = store_document(
            NewDocument(
                key=language,
                outlet_id=outlet.pk,
                title=title,
                text=text,
                language=language,
                published_at=datetime(2025, 9, 16, 12, tzinfo=UTC),
            )
        )
        index_document(document.pk)
    get_backend().refresh("passages")
    desk = Desk.objects.create(name="World")
    return Claim.objects.create(
        desk=desk,
        text="The summit in Vienna lasted about three hours.",
        language="en",
        made_on=date(2025, 9, 16),
    )


def _gather(claim: Claim) -> list[tuple[str, str]]:
    gather_evidence(claim.pk, lambda done, steps, note: None)
    rows = Evidence.objects.filter(claim=claim).select_related("passage__document").order_by("-score")
    return [(row.passage.document.key, row.stance) for row in rows]


def _rows_after_gathering(claim: Claim) -> list[Evidence]:
    gather_evidence(claim.pk, lambda done, steps, note: None)
    return list(Evidence.objects.filter(claim=claim))


def test_what_settles_a_claim_is_found_in_other_languages_with_its_figures(claim: Claim) -> None:
    assert set(_gather(claim)) == {("uk", "supports"), ("ru", "contradicts")}
    contradicting = Evidence.objects.get(stance="contradicts")
    assert contradicting.figures[0]["agreement"] == "different"
    assert contradicting.passage.text[contradicting.start : contradicting.end] == "семь часов"
    assert contradicting.reasons[0]["code"] == "figure_differs"


def test_gathering_again_records_nothing_twice(claim: Claim) -> None:
    assert _gather(claim) == _gather(claim)


def test_what_has_not_changed_is_not_written_again(claim: Claim) -> None:
    _gather(claim)
    with CaptureQueriesContext(connection) as asked:
        _gather(claim)
    assert not [
        query for query in asked.captured_queries if query["sql"].startswith('UPDATE "claims_evidence"')
    ]
    Evidence.objects.update(score=0.01)
    assert all(row.score > 0.01 for row in _rows_after_gathering(claim))


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_as_it_was_after_gathering_however_that_ends(claim: Claim, collecting: bool) -> None:
    def fail_at_the_end(done: int, steps: int, note: str) -> None:
        assert not gc.isenabled()
        if done == 2:
            raise TimeoutError

    was = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        with pytest.raises(TimeoutError):
            gather_evidence(claim.pk, fail_at_the_end)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was else gc.disable)()


def test_each_outlet_with_a_report_of_its_own_is_an_origin(claim: Claim) -> None:
    _gather(claim)

    assert len(set(Evidence.objects.values_list("origin", flat=True))) == 2


def test_who_follows_a_claim_hears_once_of_what_contradicts_it(claim: Claim) -> None:
    follower, logger = (
        Person.objects.create_user(username=name, password="a long pass phrase") for name in ("vira", "yurii")
    )
    for person in (follower, logger):
        Membership.objects.create(person=person, desk=claim.desk, role="journalist")
    follow_claim(claim_id=claim.pk, actor=actor_of(follower))
    Claim.objects.filter(pk=claim.pk).update(logged_by=logger)
    for _run in range(2):
        _gather(claim)
    # Whoever logged it has the first round before their eyes.
    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (follower, "contradicted")
    assert notice.note.startswith("Outlet ru: Саммит в Вене")
