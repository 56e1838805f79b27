"""The queue as a page: what it asks the database, its buttons, saved filters, and what is forged."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, ClaimEvent, SavedFilter
from claims.selectors.queue import Waiting
from claims.selectors.queue_question import FIELDS, Sort
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom, open_newsroom

QUEUE = "/admin/claims/claim/"
#: A page is the session, the person, their roles, desks, conflicts and filters, the reviewers, and the list.
MOST_STATEMENTS = 12


def seen(*claims: Claim) -> list[str]:
    return [f"{claim.pk}:{Claim.objects.get(pk=claim.pk).version}" for claim in claims]


def step(client: Any, name: str, claims: list[str], **fields: object) -> str:
    address = reverse("admin:claims_claim_steps", args=[name])
    answer = client.post(address, {"claim": claims, "question": "", **fields}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


# --- What a page costs ----------------------------------------------------------------------------------


def _every_address() -> list[str]:
    narrowed = [f"?waiting=all&{field.name}={value}" for field in FIELDS for value, _label in field.choices]
    waiting = [f"?waiting={choice}" for choice in Waiting.values]
    ordered = [f"?sort={sort}" for sort in Sort.values] + [f"?sort={sort}&before=end" for sort in Sort.values]
    several = "?waiting=all&priority=3&risk=ordinary&language=en&deadline=none&waited=hour&state=logged"
    return ["", *narrowed, *waiting, *ordered, several, "?q=harbour+tugs", "?q=nothing+like+it"]


@pytest.mark.parametrize("name", ["anna", "ada", "pavlo"])
def test_no_question_to_the_queue_asks_the_database_more_than_twelve_times(
    newsroom: Newsroom, at_desk: SignedIn, name: str
) -> None:
    for number in range(60):
        newsroom.evidence(newsroom.claim(text=f"Claim {number} of many."), "supports", origin="log")
    newsroom.submitted()
    client = at_desk(name)
    for address in _every_address():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(QUEUE + address).status_code == 200, address
        assert len(asked) <= MOST_STATEMENTS, (address, [query["sql"] for query in asked])


def test_a_deep_page_costs_what_the_first_costs_and_skips_nothing_by_counting(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    for number in range(160):
        newsroom.claim(text=f"Claim {number} of many.")
    client, counts, address = at_desk("anna"), [], QUEUE
    for _page in range(4):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert not any("OFFSET" in query["sql"] for query in asked)
        counts.append(len(asked))
        forward = re.search(r'<a href="(\?[^"]+)" rel="next">', page)
        address = QUEUE + forward.group(1).replace("&amp;", "&") if forward else ""
    assert counts == [counts[0]] * 4
    assert counts[0] <= MOST_STATEMENTS
    assert address == ""


@pytest.mark.parametrize(
    "address",
    ["?p=2", "?priority__exact=3", "?after=x", "?sort=a.b;--", "?risk=none", "?desk=999999", "?e=1"],
)
def test_a_forged_address_is_refused_with_a_sentence(
    newsroom: Newsroom, at_desk: SignedIn, address: str
) -> None:
    answer = at_desk("anna").get(QUEUE + address)
    assert answer.status_code == 400
    assert re.search(r'role="alert">[^<]{20,}\.</p>', answer.content.decode())


# --- What it shows ----------------------------------------------------------------------------------------


def test_a_deadline_is_told_in_words(newsroom: Newsroom, at_desk: SignedIn) -> None:
    now = timezone.now()
    newsroom.claim(text="Late already.", deadline=now - timedelta(hours=3, minutes=1))
    newsroom.claim(text="Due soon.", deadline=now + timedelta(hours=5, minutes=1))
    page = at_desk("anna").get(QUEUE).content.decode().replace("\xa0", " ")
    assert '<span class="due overdue">overdue by 3 hours</span>' in page
    assert '<span class="due near">due in 5 hours</span>' in page


def test_a_lease_that_ran_out_is_nobodys(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.weighed_claim()
    held = at_desk("anna").get(QUEUE).content.decode().replace("\xa0", " ")
    assert re.search(r"Rita <small>for another 1\d minutes</small>", held)
    Claim.objects.filter(pk=claim.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    lapsed = '<td data-label="Held by"><span class="quiet">—</span></td>'
    assert lapsed in at_desk("anna").get(QUEUE).content.decode()
    assert "your lease ran out" in at_desk("rita").get(QUEUE).content.decode()


def test_buttons_are_shown_to_those_who_may_press_them(newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.claim()
    shown = {name: at_desk(name).get(QUEUE).content.decode() for name in ("rita", "anna", "ada")}
    assert "steps/take/" in shown["rita"]
    assert "steps/dismiss/" not in shown["rita"]
    assert "steps/dismiss/" in shown["anna"]
    assert "steps/" not in shown["ada"]
    assert "Take the next one" not in shown["ada"]


# --- Taking the next one ------------------------------------------------------------------------------------


def test_the_next_one_is_the_most_urgent_that_nobody_holds(newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.claim(text="Not so urgent.", priority=3)
    urgent = newsroom.claim(text="Urgent.", priority=1)
    second = newsroom.claim(text="Urgent as well.", priority=1)
    first = at_desk("rita").post(reverse("admin:claims_claim_next"))
    assert first["Location"] == reverse("admin:claims_claim_change", args=[urgent.pk])
    assert Claim.objects.get(pk=urgent.pk).held_by == newsroom.people["rita"]
    at_desk("remi").post(reverse("admin:claims_claim_next"))
    assert Claim.objects.get(pk=second.pk).held_by == newsroom.people["remi"]


def test_the_next_one_is_of_the_list_that_the_person_looks_at(newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.claim(text="Urgent.", priority=1)
    wanted = newsroom.claim(text="Про порт.", language="uk", priority=4)
    at_desk("rita").post(reverse("admin:claims_claim_next"), {"question": "language=uk"})
    assert Claim.objects.get(pk=wanted.pk).held_by == newsroom.people["rita"]


def test_where_nothing_waits_the_button_says_so(newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.submitted()
    page = at_desk("remi").post(reverse("admin:claims_claim_next"), follow=True).content.decode()
    assert "There is nothing here that waits for someone to take it." in page


def test_the_auditor_takes_nothing(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    at_desk("ada").post(reverse("admin:claims_claim_next"))
    assert Claim.objects.get(pk=claim.pk).held_by is None


# --- Steps on the ticked claims -------------------------------------------------------------------------------


def test_each_refusal_is_told_by_name_and_the_others_go_through(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    held = newsroom.weighed_claim(text="Held by Rita already.")
    free = newsroom.claim(text="Free to be taken.")
    page = step(at_desk("remi"), "take", seen(held, free))
    assert "Held by Rita already.: Rita is working on this claim" in page
    assert "Done for 1 claim." in page
    assert Claim.objects.get(pk=free.pk).held_by == newsroom.people["remi"]


def test_a_claim_that_changed_since_the_page_was_opened_is_left_alone(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.claim(text="Changed meanwhile.")
    ticked = seen(claim)
    step(at_desk("anna"), "triage", ticked, priority="1")
    page = step(at_desk("anna"), "triage", ticked, priority="4")
    assert "Changed meanwhile.: Someone else changed this" in page
    assert Claim.objects.get(pk=claim.pk).priority == 1


def test_triage_sets_what_was_filled_in_in_the_zone_of_the_desk(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    one, two = newsroom.claim(text="One."), newsroom.claim(text="Two.")
    form = {"priority": "1", "risk": "health", "deadline": "2026-07-01T12:00"}
    assert "Done for 2 claims." in step(at_desk("anna"), "triage", seen(one, two), **form)
    for claim in Claim.objects.filter(pk__in=[one.pk, two.pk]):
        assert (claim.priority, claim.risk) == (1, "health")
        assert claim.deadline is not None
        assert claim.deadline.isoformat() == "2026-07-01T09:00:00+00:00"
    step(at_desk("anna"), "triage", seen(one), no_deadline="1")
    assert Claim.objects.get(pk=one.pk).deadline is None


def test_a_deadline_that_the_clock_skips_is_refused(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    page = step(at_desk("anna"), "triage", seen(claim), deadline="2026-03-29T03:30")
    assert "The clocks of Europe/Kyiv change then" in page
    assert Claim.objects.get(pk=claim.pk).deadline is None


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("triage", {"priority": "1"}),
        ("dismiss", {"reason": "It is an opinion."}),
        ("link_checked", {"earlier": "https://checks.example.org/1"}),
        ("reassign", {"reason": "Rita is away.", "to": ""}),
        ("reopen", {"reason": "There is a record after all."}),
    ],
)
def test_only_an_editor_takes_the_steps_of_an_editor(
    newsroom: Newsroom, at_desk: SignedIn, name: str, fields: dict[str, str]
) -> None:
    claim = newsroom.claim()
    before = Claim.objects.values().get(pk=claim.pk)
    for person in ("rita", "pavlo", "ada", "adam"):
        assert "Only editors of this desk may" in step(at_desk(person), name, seen(claim), **fields)
    assert Claim.objects.values().get(pk=claim.pk) == before


@pytest.mark.parametrize("name", ["delete_selected", "publish", "approve", "__class__"])
def test_a_forged_step_is_no_page(newsroom: Newsroom, at_desk: SignedIn, name: str) -> None:
    address = reverse("admin:claims_claim_steps", args=["take"]).replace("take", name)
    assert at_desk("anna").post(address, {"claim": seen(newsroom.claim())}).status_code == 404


def test_one_claim_of_another_desk_stops_the_whole_form(newsroom: Newsroom, at_desk: SignedIn) -> None:
    here, there = newsroom.claim(), open_newsroom().claim()
    address = reverse("admin:claims_claim_steps", args=["take"])
    assert at_desk("rita").post(address, {"claim": seen(here, there)}).status_code == 404
    assert not ClaimEvent.objects.filter(verb="take").exists()


@pytest.mark.parametrize("mark", ["", "1", "1:x", "x:1", "-1:1", "0:1", f"{2**63}:1", "1:" + "9" * 30])
def test_a_broken_mark_is_told_and_changes_nothing(newsroom: Newsroom, at_desk: SignedIn, mark: str) -> None:
    newsroom.claim()
    assert "The form is incomplete" in step(at_desk("rita"), "take", [mark])
    assert not ClaimEvent.objects.filter(verb="take").exists()


def test_ticking_nothing_is_told(newsroom: Newsroom, at_desk: SignedIn) -> None:
    assert "Tick the claims that you mean first." in step(at_desk("rita"), "take", [])


def test_reassigning_needs_a_reason_and_hands_the_claim_over(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.weighed_claim()
    remi = newsroom.people["remi"]
    assert "Say why it is reassigned." in step(at_desk("anna"), "reassign", seen(claim), to=remi.pk)
    step(at_desk("anna"), "reassign", seen(claim), to=remi.pk, reason="Rita is away.")
    assert Claim.objects.get(pk=claim.pk).held_by == remi
    assert ClaimEvent.objects.get(verb="reassign").note == "Rita is away."


def test_the_person_returns_to_the_page_that_they_worked_on(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    form = {"claim": seen(claim), "question": "language=en&sort=newest&after=999.9"}
    answer = at_desk("rita").post(reverse("admin:claims_claim_steps", args=["take"]), form)
    assert answer["Location"] == f"{QUEUE}?language=en&sort=newest&after=999.9"


@pytest.mark.parametrize("question", ["https://elsewhere.example/", "x=1", "after=x", "&&&=;"])
def test_a_forged_way_back_leads_to_the_queue(newsroom: Newsroom, at_desk: SignedIn, question: str) -> None:
    form = {"claim": seen(newsroom.claim()), "question": question}
    answer = at_desk("rita").post(reverse("admin:claims_claim_steps", args=["take"]), form)
    assert answer["Location"] == QUEUE


# --- Saved filters ------------------------------------------------------------------------------------------


def _save(client: Any, **fields: object) -> Any:
    return client.post(reverse("admin:claims_claim_filter_save"), fields, follow=True)


def test_a_saved_filter_is_opened_by_its_address(newsroom: Newsroom, at_desk: SignedIn) -> None:
    _save(at_desk("rita"), name="  Health in  Ukrainian ", question="risk=health&language=uk&sort=newest")
    saved = SavedFilter.objects.get()
    assert (saved.name, saved.desk) == ("Health in Ukrainian", None)
    address = reverse("admin:claims_claim_filter", args=[saved.pk])
    assert at_desk("rita").get(address)["Location"] == f"{QUEUE}?risk=health&language=uk&sort=newest"
    assert "Health in Ukrainian" in at_desk("rita").get(QUEUE).content.decode()


def test_a_filter_is_shared_with_its_desk_and_nobody_else(newsroom: Newsroom, at_desk: SignedIn) -> None:
    _save(at_desk("rita"), name="Mine", question="priority=1")
    _save(at_desk("rita"), name="Ours", question="priority=2", desk=newsroom.desk.pk)
    mine, ours = SavedFilter.objects.order_by("name")
    elsewhere = open_newsroom()
    newsroom.people["ola"] = elsewhere.join("ola", "reviewer", is_staff=True)
    expected = {("remi", mine): 404, ("remi", ours): 302, ("ola", mine): 404, ("ola", ours): 404}
    for (name, saved), status in expected.items():
        answer = at_desk(name).get(reverse("admin:claims_claim_filter", args=[saved.pk]))
        assert answer.status_code == status, (name, saved)
    assert "Ours" in at_desk("remi").get(QUEUE).content.decode()
    forget = reverse("admin:claims_claim_filter_forget", args=[ours.pk])
    assert at_desk("remi").post(forget).status_code == 403
    assert at_desk("ola").post(forget).status_code == 404
    assert at_desk("rita").post(forget).status_code == 302
    assert list(SavedFilter.objects.all()) == [mine]


def test_a_filter_is_saved_for_no_desk_but_ones_own(newsroom: Newsroom, at_desk: SignedIn) -> None:
    other = open_newsroom().desk
    assert _save(at_desk("rita"), name="Theirs", question="", desk=other.pk).status_code == 404
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "question"), [("", ""), ("x" * 61, ""), ("Forged", "password=1"), ("Forged", "priority=77")]
)
def test_what_is_no_filter_is_not_saved(
    newsroom: Newsroom, at_desk: SignedIn, name: str, question: str
) -> None:
    page = _save(at_desk("rita"), name=name, question=question).content.decode()
    assert 'class="warning"' in page
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_replaces_the_filter(newsroom: Newsroom, at_desk: SignedIn) -> None:
    _save(at_desk("rita"), name="Urgent", question="priority=1")
    _save(at_desk("rita"), name="Urgent", question="priority=2")
    assert SavedFilter.objects.get().query == "priority=2"
