"""The page of the list of claims: filters that are kept and shared, steps on ticked claims, and its file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.actions.articles import take_in_text
from claims.actions.filters import save_filter
from claims.actions.follows import follow_claim
from claims.actions.topics import sort_claim
from claims.models import Appearance, Claim, SavedFilter
from claims.web import claim_list
from tests.newsroom import Newsroom

MOST_QUERIES = 12
EVERYTHING = (
    "state=logged&kind=count&language=en&risk=ordinary&topic=war&rating=true&claimant=port&outlet=live"
    "&mine=1&followed=1&since=2020-01-01&until=2030-01-01&sort=oldest"
)


@pytest.fixture
def anna(signed_in: Callable[[str], Client]) -> Client:
    """The browser of Anna, an editor of the desk."""
    return signed_in("anna")


def mark(claim: Claim) -> str:
    return f"{claim.pk}:{claim.version}"


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def meets_everything(newsroom: Newsroom) -> None:
    """Make a claim that ``EVERYTHING`` finds."""
    anna = newsroom.actor("anna")
    text = "The gate stayed shut. Four tugs lay idle."
    article = take_in_text(desk_id=newsroom.desk.pk, text=text, actor=anna, outlet="Harbour Live")
    claim = newsroom.weighed_claim(text="Four tugs lay idle.", logged_by=newsroom.people["anna"])
    Appearance.objects.create(claim=claim, article=article, exact="Four tugs lay idle.")
    claim = sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["war"], actor=anna)
    follow_claim(claim_id=claim.pk, actor=anna)
    newsroom.approved(newsroom.submitted(newsroom.draft(claim)), by="remi")
    Claim.objects.filter(pk=claim.pk).update(state="logged")


# --- The page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["", "sort=updated", "sort=deadline", "topic=war&rating=true", "claimant=port", EVERYTHING]
)
def test_however_it_is_narrowed_the_list_takes_few_queries(
    newsroom: Newsroom,
    anna: Client,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(35):
        newsroom.evidence(newsroom.claim(f"Tug {number} came in."), "supports", origin=str(number))
    meets_everything(newsroom)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text_of(anna.get(f"/claims/?{address}"))
    assert ("No claim fits" in page) is (address == "sort=deadline")


def test_a_filter_stands_in_the_form_and_in_the_addresses_of_the_pages(
    newsroom: Newsroom, jonas: Client
) -> None:
    for number in range(31):
        newsroom.claim(f"Tug {number} came in.")
    page = text_of(jonas.get("/claims/?kind=count&sort=oldest"))
    assert '<option value="count" selected>' in page
    assert re.search(r'rel="next" href="\?kind=count&amp;sort=oldest&amp;after=[\d.]+"', page)
    assert "31 claims" in page


def test_a_published_claim_shows_its_rating(newsroom: Newsroom, jonas: Client) -> None:
    newsroom.published(rating="true")
    assert '<span class="flag">True</span>' in text_of(jonas.get("/claims/"))


def test_an_address_that_the_list_never_gave_gets_a_sentence(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.get("/claims/?colour=red")
    assert answer.status_code == 400
    assert "The list cannot be narrowed by “colour”." in text_of(answer)


# --- Saved filters ------------------------------------------------------------------------------------------


def test_a_list_is_kept_under_a_name_and_shared_with_the_desk(
    newsroom: Newsroom, jonas: Client, anna: Client
) -> None:
    newsroom.claim("Four tugs came in.")
    form = {"name": "Counts", "question": "kind=count", "desk": newsroom.desk.pk}
    assert jonas.post("/claims/filters/", form)["Location"] == "/claims/?kind=count"
    kept = SavedFilter.objects.get(place="claims")
    assert f'href="/claims/filters/{kept.pk}/"' in text_of(anna.get("/claims/"))
    assert anna.get(f"/claims/filters/{kept.pk}/")["Location"] == "/claims/?kind=count"
    assert anna.post(f"/claims/filters/{kept.pk}/forget/").status_code == 403
    jonas.post(f"/claims/filters/{kept.pk}/forget/")
    assert not SavedFilter.objects.filter(pk=kept.pk).exists()


def test_the_queue_and_the_list_keep_their_filters_apart(newsroom: Newsroom, anna: Client) -> None:
    anna.post("/claims/filters/", {"name": "Mine", "question": "mine=1"})
    save_filter(name="Mine", query="waiting=mine", desk_id=None, actor=newsroom.actor("anna"))
    assert sorted(SavedFilter.objects.values_list("place", "query")) == [
        ("claims", "mine=1"),
        ("queue", "waiting=mine"),
    ]
    kept = SavedFilter.objects.get(place="queue")
    assert anna.get(f"/claims/filters/{kept.pk}/").status_code == 404


def test_a_forged_question_is_not_kept(newsroom: Newsroom, jonas: Client) -> None:
    assert jonas.post("/claims/filters/", {"name": "X", "question": "colour=red"}).status_code == 400
    assert not SavedFilter.objects.exists()


# --- Steps on ticked claims ---------------------------------------------------------------------------------


def test_ticked_claims_are_put_into_a_topic_and_keep_their_others(newsroom: Newsroom, jonas: Client) -> None:
    first, second = newsroom.claim("One tug."), newsroom.claim("Two tugs.")
    form = {"claim": [mark(first), mark(second)], "topic_in": "war", "question": "kind=count"}
    answer = jonas.post("/claims/steps/topics/", form, follow=True)
    assert "Done for 2 claims." in text_of(answer)
    assert answer.redirect_chain[-1][0] == "/claims/?kind=count"
    first.refresh_from_db()
    jonas.post("/claims/steps/topics/", {"claim": mark(first), "topic_in": "health"})
    assert sorted(first.topics.values_list("slug", flat=True)) == ["health", "war"]
    first.refresh_from_db()
    jonas.post("/claims/steps/topics/", {"claim": mark(first), "topic_out": "war"})
    assert list(first.topics.values_list("slug", flat=True)) == ["health"]


def test_a_refusal_is_told_by_name_and_stops_no_other_claim(newsroom: Newsroom, anna: Client) -> None:
    stale, other = newsroom.claim("Stale tug."), newsroom.claim("Other tug.")
    form = {"claim": [f"{stale.pk}:{stale.version + 7}", mark(other)], "risk": "health"}
    page = text_of(anna.post("/claims/steps/triage/", form, follow=True))
    assert "Done for 1 claim." in page
    assert "Stale tug.: " in page
    assert list(Claim.objects.filter(risk="health")) == [other]


def test_a_journalist_sets_no_risk_and_is_told_for_each_claim(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim("Four tugs.")
    assert 'formaction="/claims/steps/triage/"' not in text_of(jonas.get("/claims/"))
    page = text_of(jonas.post("/claims/steps/triage/", {"claim": mark(claim), "risk": "health"}, follow=True))
    assert "Four tugs.: Only editors of this desk may do that." in page
    assert not Claim.objects.filter(risk="health").exists()


def test_claims_that_cannot_be_checked_are_closed_with_the_reason(newsroom: Newsroom, anna: Client) -> None:
    claim = newsroom.claim("The harbour is the loveliest.")
    anna.post("/claims/steps/dismiss/", {"claim": mark(claim), "reason": "It is an opinion."})
    claim.refresh_from_db()
    assert (claim.state, claim.state_reason) == ("not_checkable", "It is an opinion.")


@pytest.mark.parametrize(
    ("name", "form", "sentence"),
    [
        ("topics", {"topic_in": "war"}, "Tick the claims that you mean first."),
        ("topics", {"claim": "ticked"}, "Choose a topic first."),
        ("triage", {"claim": "ticked"}, "Choose what to set: a priority or a risk."),
    ],
)
def test_a_form_in_which_nothing_was_chosen_says_so(
    newsroom: Newsroom, anna: Client, name: str, form: dict[str, str], sentence: str
) -> None:
    claim = newsroom.claim()
    sent = {key: mark(claim) if value == "ticked" else value for key, value in form.items()}
    assert sentence in text_of(anna.post(f"/claims/steps/{name}/", sent, follow=True))


@pytest.mark.parametrize("forged", ["x", "1", "1:x", "0:1", f"{2**63}:1"])
def test_a_forged_mark_is_refused(newsroom: Newsroom, anna: Client, forged: str) -> None:
    assert anna.post("/claims/steps/topics/", {"claim": forged, "topic_in": "war"}).status_code == 400


# --- The file -----------------------------------------------------------------------------------------------


def rows_of(answer: object) -> list[list[str]]:
    sent = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(sent)))


def test_the_file_holds_what_the_list_shows(newsroom: Newsroom, jonas: Client) -> None:
    newsroom.claim("Four tugs came in.")
    newsroom.claim("Чотири буксири увійшли.", language="uk")
    answer = jonas.get("/claims/list.csv?language=uk")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = rows_of(answer)
    assert [row[1] for row in rows] == ["Чотири буксири увійшли."]
    assert len(head) == len(rows[0])


def test_a_claim_is_no_formula_in_a_spreadsheet(newsroom: Newsroom, jonas: Client) -> None:
    newsroom.claim('=HYPERLINK("https://evil.example","tug")')
    assert rows_of(jonas.get("/claims/list.csv"))[1][1].startswith("'=")


def test_a_file_that_does_not_hold_all_says_so(
    newsroom: Newsroom, jonas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_list, "MOST_FILED", 2)
    for number in range(3):
        newsroom.claim(f"Tug {number}.")
    rows = rows_of(jonas.get("/claims/list.csv"))
    assert len(rows) == 4
    assert "There are more claims than the 2 in this file" in rows[-1][0]
