"""The claim's page in a browser: nothing jumps while evidence comes in, and everybody can read the pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from claims import jobs
from claims.models import Claim, Document, Evidence, Job, Passage
from claims.selectors.evidence import UNFOLDED
from tests.browser.conftest import Open
from tests.browser.looking import faults
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def _saying(piece: Evidence, text: str) -> Evidence:
    Document.objects.filter(pk=piece.passage.document_id).update(text=text, title="")
    Passage.objects.filter(pk=piece.passage_id).update(text=text, end=len(text))
    Evidence.objects.filter(pk=piece.pk).update(end=len(text))
    return piece


def _with_figure(piece: Evidence, low: float | None, high: float | None, agreement: str) -> Evidence:
    told = {"unit": "s", "comparator": "=", "of": "", "span": [0, 1]}
    pair = {"claim": told | {"low": 6480, "high": 7920}, "passage": told | {"low": low, "high": high}}
    piece.figures = [pair | {"agreement": agreement}]
    piece.save()
    return piece


def _pictures(newsroom: Newsroom) -> list[Claim]:
    """A claim of a figure, one of an hour, one of words, each with evidence on both sides."""
    figure = newsroom.claim("The talks lasted about two hours.", kind="duration")
    for number in range(UNFOLDED + 2):
        _with_figure(newsroom.evidence(figure, "supports", origin=f"log {number}"), 7200, 7200, "same")
    _with_figure(newsroom.evidence(figure, "contradicts", origin="wire"), 18000, None, "different")
    _with_figure(newsroom.evidence(figure, "context", origin="archive"), 3600, 10800, "different")
    hour = newsroom.claim("The ferry left on 4 March at 10:00.", kind="date", made_on=date(2026, 3, 4))
    _saying(newsroom.evidence(hour, "supports", origin="port"), "It left on 4 March at 10:00.")
    _saying(newsroom.evidence(hour, "contradicts", origin="crew"), "It left on 4 March at 14:00.")
    said = newsroom.claim("“Nobody will unload a ship tonight,” said the harbour master.", kind="quote")
    _saying(
        newsroom.evidence(said, "contradicts", origin="wire"),
        "“Somebody will unload a ship tonight,” he said.",
    )
    return [figure, hour, said]


def test_everybody_can_read_the_pictures_in_both_themes(newsroom: Newsroom, open_page: Open) -> None:
    pages = [(claim.get_absolute_url(), "jonas") for claim in _pictures(newsroom)]
    assert list(faults(open_page, pages)) == []


def test_every_part_in_every_state_is_without_faults(
    newsroom: Newsroom, open_page: Open, settings: LazySettings
) -> None:
    settings.DEBUG = True
    assert list(faults(open_page, [("/styleguide/", "")])) == []


def _top(page: Any, piece: Evidence) -> float:
    return float(page.evaluate(f"document.getElementById('evidence-{piece.pk}').getBoundingClientRect().top"))


def test_nothing_jumps_while_evidence_comes_in(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    pieces = [newsroom.evidence(claim, "supports", origin=f"log {number}") for number in range(UNFOLDED + 2)]
    jobs.enqueue("gather_evidence", claim.pk)
    page = open_page(claim.get_absolute_url(), "jonas", viewport={"width": 1000, "height": 500})
    page.get_by_text("Waiting for a worker").wait_for()
    page.get_by_text("Show 2 more origins").click()
    last = pieces[-1]
    page.evaluate(f"document.getElementById('evidence-{last.pk}').scrollIntoView({{block: 'center'}})")
    before = _top(page, last)
    # It stands above what is being read, and would push it down.
    newsroom.evidence(claim, "supports", origin="first of all")
    Evidence.objects.filter(origin="first of all").update(score=99.0)
    Job.objects.filter(subject=claim.pk).update(state="done")
    page.locator("#evidence:not([hx-get])").wait_for(state="attached")
    assert page.locator("#more-supports").evaluate("part => part.open")
    assert abs(_top(page, last) - before) < 2


def test_polls_without_news_shift_nothing(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    newsroom.evidence(claim, "supports", origin="log")
    jobs.enqueue("gather_evidence", claim.pk)
    page = open_page(claim.get_absolute_url(), "jonas")
    page.get_by_text("Waiting for a worker").wait_for()
    page.evaluate(
        "window.shifts = []; new PerformanceObserver(list => window.shifts.push(...list.getEntries()"
        ".map(entry => entry.value))).observe({type: 'layout-shift', buffered: false})"
    )
    for _poll in range(2):
        with page.expect_response("**/evidence/"):
            pass
    # The work begins and ends; the line on it keeps its height, so the evidence below stays where it is.
    top = "document.querySelector('.balance').getBoundingClientRect().top"
    before = page.evaluate(top)
    Job.objects.filter(subject=claim.pk).update(state="running", note="compare", done_steps=1, all_steps=3)
    page.get_by_text("Comparing what was found").wait_for()
    assert abs(page.evaluate(top) - before) < 1
    assert page.evaluate("window.shifts") == []


def test_a_row_of_the_plot_leads_to_its_passage_in_the_fold(newsroom: Newsroom, open_page: Open) -> None:
    figure = _pictures(newsroom)[0]
    folded = figure.evidence.get(origin=f"log {UNFOLDED + 1}")
    page = open_page(figure.get_absolute_url(), "jonas")
    passage = page.locator(f"#evidence-{folded.pk}")
    assert not passage.is_visible()
    page.locator(f".plot a[href='#evidence-{folded.pk}']").click()
    passage.wait_for()
