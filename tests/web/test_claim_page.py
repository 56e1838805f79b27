"""The page of one claim: the evidence as a picture first, long lists folded, a source added from the page."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.actions.comments import ask_colleague
from claims.actions.follows import follow_claim
from claims.models import Article, Claim, Document, Evidence, Job, Passage, Repeat
from claims.selectors.evidence import UNFOLDED
from tests.newsroom import Newsroom

MOST_QUERIES = 12
#: What a browser fetches for a first page, and what one page of a list may weigh, gzipped (bytes).
MOST_ASSETS, MOST_LIST = 100 * 1024, 60 * 1024


def _figure(low: float, high: float) -> dict[str, object]:
    return {"low": low, "high": high, "unit": "s", "comparator": "=", "of": "", "span": [0, 1]}


def _with_figure(piece: Evidence, low: float, high: float, agreement: str) -> None:
    piece.figures = [{"claim": _figure(7200, 7200), "passage": _figure(low, high), "agreement": agreement}]
    piece.save()


def _saying(piece: Evidence, text: str) -> None:
    Document.objects.filter(pk=piece.passage.document_id).update(text=text, title="")
    Passage.objects.filter(pk=piece.passage_id).update(text=text, end=len(text))
    Evidence.objects.filter(pk=piece.pk).update(end=len(text))


def _page(client: Client, claim: Claim) -> str:
    return str(client.get(claim.get_absolute_url()).content.decode())


def test_figures_stand_in_a_table_that_is_drawn_on_one_axis(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim("The talks lasted two hours.", kind="duration")
    _with_figure(newsroom.evidence(claim, "supports", origin="Harbour log"), 7200, 7200, "same")
    _with_figure(newsroom.evidence(claim, "contradicts", origin="Wire"), 18000, 21600, "different")
    page = _page(jonas, claim)
    plot = page[page.index('<figure class="plot">') : page.index("</figure>")]
    assert "Figures as they were read, on one axis" in plot
    assert [re.sub(r"\s+", " ", cell).strip() for cell in re.findall(r'class="says">([^<]*)<', plot)] == [
        "2 h",
        "2 h",
        "5 h – 6 h",
    ]
    assert plot.count("<svg") == plot.count('aria-hidden="true"') + plot.count('overflow="visible"')
    assert "style=" not in plot


def test_numbers_of_a_drawing_are_written_for_the_machine_in_every_language(
    newsroom: Newsroom, jonas: Client
) -> None:
    claim = newsroom.claim("The talks lasted two hours.", kind="duration")
    _with_figure(newsroom.evidence(claim, "contradicts", origin="Wire"), 18000, 21600, "different")
    jonas.cookies["django_language"] = "uk"
    page = _page(jonas, claim)
    places = re.findall(r' (?:x|x1|width)="([^"]*)%"', page)
    assert places
    assert all(re.fullmatch(r"\d+(\.\d+)?", place) for place in places)


def test_a_claim_of_an_hour_has_a_timeline_and_a_quotation_its_variants(
    newsroom: Newsroom, jonas: Client
) -> None:
    hour = newsroom.claim("The ferry left on 4 March at 10:00.", kind="date", made_on=date(2026, 3, 4))
    _saying(newsroom.evidence(hour, "supports", origin="port"), "It left on 4 March at 10:00.")
    page = _page(jonas, hour)
    assert "Times as they were read; hours in Europe/Kyiv" in page
    assert "4 Mar 2026, 10:00" in page
    said = newsroom.claim("“Nobody will unload a ship tonight,” said the harbour master.", kind="quote")
    _saying(
        newsroom.evidence(said, "contradicts", origin="wire"),
        "“Somebody will unload a ship tonight,” he said.",
    )
    page = _page(jonas, said)
    assert "<ins>Somebody</ins>" in page
    assert "<del>Nobody</del>" in page


def test_what_was_not_read_is_not_drawn(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    newsroom.evidence(claim, "supports", origin="log")
    assert '<figure class="plot' not in _page(jonas, claim)


def test_many_origins_are_folded_and_counted(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    for number in range(UNFOLDED + 2):
        newsroom.evidence(claim, "supports", origin=f"origin {number}")
    page = _page(jonas, claim)
    assert page.index("Show 2 more origins") > page.index('id="more-supports"')
    assert page.count('<article class="piece') == UNFOLDED + 2


def test_a_source_is_added_from_the_page_and_leads_back_to_it(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    page = _page(jonas, claim)
    assert 'href="#add-source"' in page
    assert re.search(r'<form method="post" action="/sources/add/">', page)
    sent = {"way": "hand", "claim": str(claim.pk), "outlet": "Harbour office", "text": "Five tugs came in."}
    assert jonas.post("/sources/add/", sent)["Location"] == claim.get_absolute_url()
    assert Document.objects.filter(text__contains="Five tugs").exists()


def test_who_may_not_add_a_source_is_not_offered_to(newsroom: Newsroom, signed_in: object) -> None:
    page = _page(signed_in("ada"), newsroom.claim())  # type: ignore[operator]
    assert "add-source" not in page


def test_a_bare_date_is_written_as_the_language_writes_it(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim(made_on=date(2026, 3, 4))
    assert '<time datetime="2026-03-04">4 Mar 2026</time>' in _page(jonas, claim)
    jonas.cookies["django_language"] = "uk"
    for address in (claim.get_absolute_url(), "/claims/"):
        assert "4 березня 2026" in jonas.get(address).content.decode()


def test_the_verdict_stands_by_shape_and_word(newsroom: Newsroom, jonas: Client) -> None:
    revision = newsroom.published()
    page = _page(jonas, Claim.objects.get(pk=revision.verdict.claim_id))
    assert 'data-step="5"' in page
    assert "5 of 5" in page
    assert revision.publication.get_absolute_url() in page


def test_the_line_on_gathering_stands_in_every_state(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim(gather_round=1)
    states = {
        "waiting": "Waiting for a worker",
        "running": "Searching the sources",
        "dead": "Gathering failed",
    }
    Job.objects.create(
        kind="gather_evidence", subject=claim.pk, due_at="2026-03-04T10:00Z", created_at="2026-03-04T10:00Z"
    )
    for state, sentence in states.items():
        Job.objects.filter(subject=claim.pk).update(
            state=state, last_error="Away." if state == "dead" else ""
        )
        page = _page(jonas, claim)
        assert 'class="gathering"' in page
        assert sentence in page


def test_the_fullest_page_takes_few_queries(
    newsroom: Newsroom,
    jonas: Client,
    settings: LazySettings,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.TRANSLATOR_URL = "http://127.0.0.1:9/"
    revision = newsroom.published()
    claim = Claim.objects.get(pk=revision.verdict.claim_id)
    document = Document.objects.latest("pk")
    Repeat.objects.create(
        claim=claim, document=document, outlet=document.outlet, words="Four tugs again.", fingerprint="f"
    )
    follow_claim(claim_id=claim.pk, actor=newsroom.actor("jonas"))
    ask_colleague(
        claim_id=claim.pk,
        words="Who has the log?",
        person_ids=[newsroom.people["rita"].pk],
        actor=newsroom.actor("jonas"),
    )
    with django_assert_max_num_queries(MOST_QUERIES):
        page = _page(jonas, claim)
    assert "Stop following" in page
    assert "Said again" in page
    assert "1 question" in page


def test_a_published_check_is_led_to_by_its_headline(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.published().publication.claim
    assert ">How many tugs entered the harbour?</a>" in _page(jonas, claim)


@pytest.mark.parametrize("address", ["/", "/claims/", "/articles/{article}/"])
def test_the_first_load_is_light(article: Article, jonas: Client, address: str) -> None:
    page = jonas.get(address.format(article=article.pk)).content.decode()
    assets = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page))
    assert len(assets) >= 4
    weight = len(gzip.compress(page.encode()))
    for name in assets:
        path = finders.find(name)
        assert path, name
        weight += len(gzip.compress(Path(path).read_bytes()))
    assert weight <= MOST_ASSETS


@pytest.mark.parametrize("address", ["/", "/claims/", "/articles/", "/sources/", "/checks/"])
def test_a_full_list_is_light(newsroom: Newsroom, jonas: Client, address: str) -> None:
    for number in range(60):
        claim = newsroom.claim(f"Tug number {number} entered the harbour, the port authority says again.")
        newsroom.evidence(claim, "supports", origin=f"origin {number}")
    assert len(gzip.compress(jonas.get(address).content)) <= MOST_LIST


def test_the_page_of_all_parts_is_there_for_developers_alone(client: Client, settings: LazySettings) -> None:
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    answer = client.get("/styleguide/")
    page = answer.content.decode()
    assert answer.status_code == 200
    parts = ['class="bar"', 'class="balance"', 'class="flag accepted"', 'class="notice warning"', "Half true"]
    parts += [
        "<ins>",
        'class="field wrong"',
        'class="empty"',
        'class="pager"',
        'class="gathering"',
        "rowgroup",
    ]
    assert [part for part in parts if part not in page] == []
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
