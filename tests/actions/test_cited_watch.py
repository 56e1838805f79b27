"""Pages that verdicts cite are looked at again; their server is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims import jobs
from claims.actions.cited_watch import look_at_cited
from claims.actions.feeds import add_source_url
from claims.actions.looking import enrol_cited, request_cited_looks
from claims.models import (
    Claim,
    ClaimEvent,
    Document,
    DocumentCapture,
    DocumentWatch,
    Evidence,
    Job,
    Notice,
    Verdict,
)
from claims.rules.gates import Phase, checklist
from claims.selectors.captures import capture_of
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.verdicts import verdict_with_content
from claims.tasks import BODIES
from tests.live_pages import LivePage, live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

LOG = "The harbour log of that morning names four tugs, each with its master and the minute of its entry."
AROUND = "The harbour office has kept such a log for every ship since the port was opened again."
WORDS = "names four tugs"


@pytest.fixture
def page(settings: Settings) -> Iterator[LivePage]:
    with live_page(settings, title="The log of the harbour", paragraphs=[AROUND, LOG]) as live:
        yield live


@pytest.fixture
def cited(newsroom: Newsroom, page: LivePage) -> Evidence:
    """Accepted evidence from the page, which a submitted verdict cites."""
    document = add_source_url(desk_id=newsroom.desk.pk, url=page.url, actor=newsroom.actor("jonas"))
    # The address was made an https one, as sites have it; the test's server has no certificate.
    Document.objects.filter(pk=document.pk).update(url=page.url, is_primary=True)
    for job in Job.objects.filter(kind="fetch_document"):
        assert jobs.run(job.pk, BODIES)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.last_error
    claim = newsroom.claim()
    evidence = newsroom.evidence(claim, "supports", origin="harbour log", is_primary=True)
    passage = document.passages.get()
    start = passage.text.index(WORDS)
    Evidence.objects.filter(pk=evidence.pk).update(passage=passage, start=start, end=start + len(WORDS))
    newsroom.evidence(claim, "contradicts", origin="agency")
    newsroom.accept_all(claim)
    newsroom.asked_claimant(Claim.objects.get(pk=claim.pk))
    newsroom.submitted(newsroom.draft(Claim.objects.get(pk=claim.pk)))
    enrol_cited()
    # The other document stands on no server.
    DocumentWatch.objects.exclude(document=document).delete()
    return Evidence.objects.get(pk=evidence.pk)


def look(evidence: Evidence) -> DocumentWatch:
    look_at_cited(evidence.passage.document_id)
    evidence.refresh_from_db()
    return DocumentWatch.objects.get(document_id=evidence.passage.document_id)


def warning_of(evidence: Evidence) -> str:
    """Return what gate W3 says of the verdict that cites the evidence, "" where it stands."""
    verdict = verdict_with_content(Verdict.objects.get(claim=evidence.claim).pk)
    results = checklist(dossier_of(verdict), Phase.SUBMISSION)
    return next("" if result.passed else result.key for result in results if result.id == "W3")


def test_an_unchanged_page_costs_a_conditional_request_and_changes_nothing(
    cited: Evidence, page: LivePage
) -> None:
    look(cited)
    watch = look(cited)
    assert "if-none-match:" in page.looks()[-1].lower()
    assert (watch.failures, watch.changed_at, cited.words_state) == (0, None, "stands")
    assert watch.next_look_at is not None
    assert watch.next_look_at > timezone.now() + timedelta(hours=20)
    assert not DocumentCapture.objects.exists()


def test_changed_words_are_flagged_and_the_capture_that_was_cited_is_kept(
    cited: Evidence, page: LivePage, newsroom: Newsroom
) -> None:
    assert warning_of(cited) == ""
    page.edit("names four tugs", "names six tugs")
    watch = look(cited)
    assert watch.changed_at is not None
    assert cited.words_state == "changed"
    assert "names six tugs" in cited.words_now
    assert warning_of(cited) == "source_changed"
    assert ClaimEvent.objects.filter(claim=cited.claim, verb="words_changed").count() == 1
    notice = Notice.objects.get(person=newsroom.people["rita"])
    assert notice.kind == Notice.Kind.PASSAGE_CHANGED
    kept = DocumentCapture.objects.get()
    assert WORDS in kept.text
    assert WORDS.encode() in bytes(kept.raw)
    shown = capture_of(cited.pk, cited.claim_id, [newsroom.desk.pk])
    assert shown is not None
    assert (shown.quoted, shown.words_gone, shown.captured_at) == (WORDS, True, kept.captured_at)
    assert shown.before.startswith("The log of the harbour")
    assert shown.page_sha256


def test_an_edit_beside_the_quoted_words_is_no_warning(cited: Evidence, page: LivePage) -> None:
    page.edit("since the port was opened again", "since the flood")
    look(cited)
    assert cited.words_state == "stands"
    assert warning_of(cited) == ""
    assert cited.passage.retired or "flood" in cited.passage.document.text


def test_a_deleted_passage_is_flagged_as_gone_and_its_return_as_standing(
    cited: Evidence, page: LivePage
) -> None:
    paragraphs = page.paragraphs
    page.paragraphs = [AROUND, "Nothing else is known about that morning, the office writes on its new page."]
    look(cited)
    assert (cited.words_state, cited.words_now) == ("gone", "")
    page.paragraphs = paragraphs
    look(cited)
    assert cited.words_state == "stands"


def test_a_dead_link_is_told_the_second_time_and_an_answer_takes_it_back(
    cited: Evidence, page: LivePage, newsroom: Newsroom
) -> None:
    page.status = "404 Not Found"
    look(cited)
    assert warning_of(cited) == ""
    look(cited)
    assert warning_of(cited) == "source_dead"
    look(cited)
    assert ClaimEvent.objects.filter(claim=cited.claim, verb="source_dead").count() == 1
    assert Notice.objects.get(person=newsroom.people["rita"]).note.endswith("(HTTP 404).")
    page.status = "200 OK"
    assert look(cited).failures == 0
    assert warning_of(cited) == ""
    assert ClaimEvent.objects.filter(claim=cited.claim, verb="source_back").count() == 1


def test_a_site_that_is_down_for_a_moment_is_no_dead_link(cited: Evidence, page: LivePage) -> None:
    page.status = "503 Service Unavailable"
    look(cited)
    look(cited)
    assert warning_of(cited) == ""
    look(cited)
    assert warning_of(cited) == "source_dead"


def test_a_site_that_forbids_it_is_not_asked_and_not_called_dead(cited: Evidence, page: LivePage) -> None:
    page.robots = "User-agent: *\nDisallow: /\n"
    looked = len(page.looks())
    watch = look(cited)
    assert len(page.looks()) == looked
    assert "robots.txt" in watch.last_error
    assert warning_of(cited) == ""


def test_a_page_is_not_looked_at_any_more_when_no_verdict_cites_it(cited: Evidence, page: LivePage) -> None:
    Verdict.objects.update(state="withdrawn")
    looked = len(page.looks())
    look_at_cited(cited.passage.document_id)
    assert len(page.looks()) == looked
    assert not DocumentWatch.objects.exists()


def test_looks_are_bounded_for_each_site_and_for_the_day(newsroom: Newsroom, settings: Settings) -> None:
    settings.CITED_LOOKS_PER_SITE, settings.CITED_LOOKS_A_DAY = 3, 5
    claim = newsroom.claim()
    for number in range(8):
        newsroom.evidence(claim, "supports", origin=str(number))
    hosts = ["one.example.org"] * 6 + ["two.example.org"] * 2
    for document, host in zip(Document.objects.order_by("pk"), hosts, strict=True):
        DocumentWatch.objects.create(document=document, host=host, next_look_at=timezone.now())
    assert request_cited_looks() == 5
    asked = Job.objects.filter(kind="look_at_cited").values_list("subject", flat=True)
    assert DocumentWatch.objects.filter(document__in=asked, host="one.example.org").count() == 3
    DocumentWatch.objects.filter(document__in=asked).update(looked_at=timezone.now())
    Job.objects.all().delete()
    assert request_cited_looks() == 0


def test_what_was_cited_is_enrolled_once(cited: Evidence) -> None:
    enrol_cited()
    count = DocumentWatch.objects.count()
    assert enrol_cited() == 0
    assert DocumentWatch.objects.count() == count


def test_a_kept_capture_is_never_changed(cited: Evidence, page: LivePage) -> None:
    page.edit("four tugs", "six tugs")
    look(cited)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentCapture.objects.update(text="Something else.")


def test_the_page_of_the_document_keeps_what_was_quoted(
    cited: Evidence, page: LivePage, newsroom: Newsroom, client: Client
) -> None:
    page.edit("four tugs", "six tugs")
    look(cited)
    client.force_login(newsroom.people["jonas"])
    shown = client.get(f"/sources/documents/{cited.passage.document_id}/").content.decode()
    assert f'id="passage-{cited.passage_id}"' in shown.partition("Stood here before and is quoted")[2]
