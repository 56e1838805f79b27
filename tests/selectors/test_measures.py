"""Measured work: what is counted, for whom, in how many questions, and an export that runs no formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.publication import retract_publication, start_correction
from claims.models import Claim, Claimant, Desk, Person, Publication
from claims.publish.cells import csv_text, safe_cell
from claims.selectors.measure_period import asked
from claims.selectors.measure_tables import Measure, measure
from claims.selectors.measures import measures
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]


def _found(newsroom: Newsroom, days: int = 28, **others: Any) -> dict[str, Measure]:
    what = asked(desk_ids=[newsroom.desk.pk], zone="Europe/Kyiv", days=days, **others)
    return {measure.key: measure for measure in measures(what)}


def _row(measure: Measure, name: str) -> tuple[Any, ...]:
    return next(row.values for row in measure.rows if row.name == name)


def _totals(measure: Measure) -> list[float]:
    return [sum(row.values[n] or 0 for row in measure.rows) for n in range(len(measure.columns))]  # type: ignore[misc]


def test_cadence_counts_what_was_logged_and_published_in_the_period(newsroom: Newsroom) -> None:
    newsroom.published()
    newsroom.claim("Nobody saw a fifth tug.")
    with time_machine.travel(timezone.now() - timedelta(days=60), tick=False):
        newsroom.claim("An old one.")
    assert _totals(_found(newsroom)["cadence"]) == [2, 1]
    assert _totals(_found(newsroom, days=91)["cadence"]) == [3, 1]


def test_weeks_and_months_are_without_gap_and_begin_in_the_desks_zone(newsroom: Newsroom) -> None:
    now = datetime(2027, 3, 28, 21, 30, tzinfo=UTC)  # In Kyiv it is Monday the 29th already.
    weeks = asked(desk_ids=[1], zone="Europe/Kyiv", days=28, now=now)
    assert [f"{week:%m-%d}" for week in weeks.buckets] == ["03-01", "03-08", "03-15", "03-22", "03-29"]
    months = asked(desk_ids=[1], zone="Europe/Kyiv", days=365, now=now)
    assert len(months.buckets) == 13
    assert months.since.isoformat() == "2026-03-30T00:00:00+03:00"


def test_time_in_each_state_is_from_one_move_to_the_next(newsroom: Newsroom) -> None:
    begin = timezone.now() - timedelta(days=3)
    with time_machine.travel(begin, tick=False) as clock:
        verdict = newsroom.submitted()
        clock.shift(timedelta(hours=5))
        verdict = newsroom.approved(verdict)
        clock.shift(timedelta(hours=2))
        newsroom.published(verdict)
    times = _found(newsroom)["times"]
    assert _row(times, "verdict: submitted") == (1, 5.0, 5.0)
    assert _row(times, "verdict: approved") == (1, 2.0, 2.0)


def test_the_backlog_is_what_waits_now(newsroom: Newsroom) -> None:
    for days in (0, 3, 20, 90):
        with time_machine.travel(timezone.now() - timedelta(days=days, minutes=5), tick=False):
            newsroom.claim(f"A claim of {days} days.")
    found = _found(newsroom)
    assert [row.values[0] for row in found["waiting_claims"].rows] == [1, 1, 1, 1]
    newsroom.submitted()
    assert _row(found := _found(newsroom)["open_verdicts"], "submitted") == (1,)
    assert sum(_totals(found)) == 1


def test_corrections_and_retractions_are_counted_by_their_tier(newsroom: Newsroom) -> None:
    first = newsroom.published()
    publication = Publication.objects.get()
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    draft = newsroom.started(Claim.objects.get(pk=first.publication.claim_id))
    corrected = newsroom.saved(draft, tier="update", correction_note="One tug left again.")
    newsroom.published(newsroom.approved(newsroom.submitted(corrected)))
    publication.refresh_from_db()
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note="The log was forged.",
        actor=newsroom.actor("pavlo"),
    )
    assert _totals(_found(newsroom)["corrections"]) == [0, 1, 0, 1]


def test_the_balance_is_by_claimant_and_topic_and_rating(newsroom: Newsroom) -> None:
    newsroom.published()
    claim = Claim.objects.get()
    Claim.objects.filter(pk=claim.pk).update(topic="shipping")
    found = _found(newsroom)
    assert found["claimants"].columns == ("True",)
    assert _row(found["claimants"], "Port Authority") == (1,)
    assert _row(found["topics"], "shipping") == (1,)


def test_another_desks_work_is_not_counted(newsroom: Newsroom) -> None:
    newsroom.published()
    other = Newsroom(Desk.objects.create(name="Sports"))
    for table in _found(other).values():
        assert not any(value for row in table.rows for value in row.values), table


def test_a_bar_repeats_its_row_on_one_scale(newsroom: Newsroom) -> None:
    for _ in range(4):
        newsroom.claim()
    newsroom.published()
    row = _found(newsroom)["cadence"].rows[-1]
    assert row.values == (5, 1)
    assert [(bar.x, bar.width, bar.y) for bar in row.bars] == [(0.0, 100.0, 0.0), (0.0, 20.0, 5.0)]


def test_parts_of_a_whole_stand_end_to_end() -> None:
    table = measure("k", "t", "f", ("a", "b"), [("x", (3, 1)), ("y", (0, 2)), ("z", (None, "n"))], (0, 1))
    assert [[(bar.x, bar.width, bar.series) for bar in row.bars] for row in table.rows] == [
        [(0.0, 75.0, 1), (75.0, 25.0, 2)],
        [(0.0, 50.0, 2)],
        [],
    ]


# --- The page and its export --------------------------------------------------------------------------


def _signed_in(newsroom: Newsroom, name: str) -> Client:
    Person.objects.filter(pk=newsroom.people[name].pk).update(is_staff=True)
    return newsroom.signed_in(name)


@pytest.mark.parametrize(
    "query", ["", "?days=28", "?days=365&desk=x", "?days=-1", "?desk=99999999999999999999"]
)
def test_the_page_answers_in_twelve_statements(
    newsroom: Newsroom, django_assert_max_num_queries: Any, query: str
) -> None:
    newsroom.published()
    client = _signed_in(newsroom, "ada")
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("admin:claims_measures") + query)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Cadence" in page
    assert "Port Authority" in page
    assert "style=" not in page


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_page_reads_in_three_languages(newsroom: Newsroom, language: str) -> None:
    newsroom.published()
    client = _signed_in(newsroom, "ada")
    answer = client.get(reverse("admin:claims_measures"), headers={"accept-language": language})
    expected = {"en": "Measured work", "uk": "Виміряна робота", "ru": "Измеренная работа"}[language]
    assert expected in answer.content.decode()


def test_a_person_of_another_desk_does_not_choose_this_one(newsroom: Newsroom) -> None:
    newsroom.published()
    newsroom.join("alien", "auditor", desk=Desk.objects.create(name="Sports"))
    client = _signed_in(newsroom, "alien")
    page = client.get(reverse("admin:claims_measures"), {"desk": newsroom.desk.pk}).content.decode()
    assert "Port Authority" not in page


def test_an_export_runs_no_formula(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    Claimant.objects.filter(claims=revision.publication.claim_id).update(name='=HYPERLINK("//evil.example")')
    client = _signed_in(newsroom, "ada")
    answer = client.get(reverse("admin:claims_measures_csv", args=["claimants"]))
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Verdicts by claimant"]
    assert rows[2] == ['\'=HYPERLINK("//evil.example")', "1"]
    whole = client.get(reverse("admin:claims_measures_csv", args=["all"])).content.decode()
    assert "Cadence" in whole
    assert client.get(reverse("admin:claims_measures_csv", args=["other"])).status_code == 404


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t", "\r", "\n", " =", "\u200b=", "\ufeff+"])
def test_a_cell_that_would_be_a_formula_becomes_text(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"
    text = csv_text([[f"{sign}1+1", "x"]]).removeprefix("\ufeff")
    assert next(iter(csv.reader(io.StringIO(text, newline=""))))[0] == f"'{sign}1+1"


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in (-3, 2.5, "tugs - four", None, "")] == [
        -3,
        2.5,
        "tugs - four",
        "",
        "",
    ]
