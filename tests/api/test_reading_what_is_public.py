"""What everybody may read: published checks, exactly as published, and nothing before that."""

from __future__ import annotations

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from claims.actions.publication import retract_publication
from claims.models import Claim, Claimant, Publication, Topic
from tests.api.conftest import Program, indexed

pytestmark = pytest.mark.django_db


def test_a_check_is_read_without_a_token(program: Program) -> None:
    revision = program.newsroom.published()
    told = program.get(f"/v1/publications/{revision.publication_id}")
    assert told.status_code == 200
    check = told.json()
    assert check["state"] == "live"
    assert check["content"]["justification"] == revision.snapshot["justification"]
    assert check["content"]["content_hash"] == revision.content_hash
    assert check["url"] == revision.snapshot["url"]
    assert [line["number"] for line in check["revisions"]] == [1]
    listed = program.get("/v1/publications").json()
    assert [row["id"] for row in listed["publications"]] == [revision.publication_id]
    assert listed["next_cursor"] is None


def test_what_is_published_is_told_from_the_snapshot_and_not_from_the_claim(program: Program) -> None:
    revision = program.newsroom.published()
    claim = revision.publication.claim
    Claim.objects.filter(pk=claim.pk).update(attribution="an unpublished thought", topic="unpublished")
    answer = program.get(f"/v1/published-claims/{claim.pk}")
    assert answer.status_code == 200
    assert b"unpublished" not in answer.content
    assert answer.json()["publications"][0]["id"] == revision.publication_id
    assert [row["id"] for row in program.get("/v1/published-claims").json()["claims"]] == [claim.pk]


def test_an_embargoed_check_exists_for_nobody(program: Program) -> None:
    verdict = program.newsroom.approved()
    before = program.get("/v1/publications")
    program.newsroom.scheduled(verdict, publish_at=timezone.now() + timezone.timedelta(days=1))
    embargoed = Publication.objects.get(claim=verdict.claim)
    after = program.get("/v1/publications")
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])
    assert program.get(f"/v1/publications/{embargoed.pk}").status_code == 404
    assert program.get(f"/v1/publications/{embargoed.pk}/revisions/1").status_code == 404
    assert program.get(f"/v1/published-claims/{verdict.claim_id}").status_code == 404


def test_a_retracted_check_keeps_its_row_and_loses_its_verdict(program: Program) -> None:
    revision = program.newsroom.published()
    publication = Publication.objects.get(pk=revision.publication_id)
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note="The log was misread.",
        actor=program.newsroom.actor("pavlo"),
    )
    told = program.get(f"/v1/publications/{publication.pk}").json()
    assert (told["state"], told["rating"], told["content"]) == ("retracted", None, None)
    assert told["retraction_note"] == "The log was misread."
    assert program.get(f"/v1/publications/{publication.pk}/revisions/1").status_code == 404
    listed = program.get("/v1/publications").json()["publications"]
    assert [(row["id"], row["rating"]) for row in listed] == [(publication.pk, None)]


def test_checks_are_narrowed_by_topic_claimant_rating_and_language(program: Program) -> None:
    newsroom = program.newsroom
    wanted = newsroom.published(rating="false")
    other = newsroom.published(rating="true")
    claim = wanted.publication.claim
    claim.topics.set(Topic.objects.filter(slug="health"))
    Claim.objects.filter(pk=claim.pk).update(claimant=Claimant.objects.create(name="A. Harbourmaster"))
    claim.refresh_from_db()

    def found(query: str) -> list[int]:
        answer = program.get(f"/v1/publications?{query}")
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["publications"]]

    one = [wanted.publication_id]
    assert found("topic=health") == found(f"claimant={claim.claimant_id}") == found("rating=false") == one
    assert found("rating=true") == [other.publication_id]
    assert found("rating=false&topic=health&language=en") == one
    assert found("rating=true&topic=health") == found("rating=false&language=uk") == []


def test_a_check_that_was_corrected_stays_in_the_list_of_its_former_rating(program: Program) -> None:
    first = program.newsroom.published(rating="true")
    program.newsroom.corrected(first, rating="mixture")
    for rating in ("true", "mixture"):
        rows = program.get(f"/v1/publications?rating={rating}").json()["publications"]
        assert [(row["id"], row["rating"]["key"]) for row in rows] == [(first.publication_id, "mixture")]


def test_pages_of_one_rating_follow_each_other(program: Program) -> None:
    made = [program.newsroom.published(rating="true").publication_id for _ in range(3)]
    program.newsroom.published(rating="false")
    met, query = [], "rating=true&limit=2"
    while query:
        page = program.get(f"/v1/publications?{query}").json()
        met += [row["id"] for row in page["publications"]]
        query = page["next_cursor"] and f"rating=true&limit=2&cursor={page['next_cursor']}"
    assert sorted(met) == made


@pytest.mark.parametrize("query", ["topic=unheard-of", "claimant=999", "rating=unheard-of"])
def test_a_filter_that_names_nothing_public_is_told(program: Program, query: str) -> None:
    answer = program.get(f"/v1/publications?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["detail"]


def test_a_former_revision_is_read_as_it_was_published(program: Program) -> None:
    revision = program.newsroom.published()
    told = program.get(f"/v1/publications/{revision.publication_id}/revisions/1").json()
    assert told["summary"] == revision.snapshot["summary"]
    assert program.get(f"/v1/publications/{revision.publication_id}/revisions/2").status_code == 404


def test_pages_follow_each_other_by_cursor_and_show_nothing_twice(program: Program) -> None:
    published = {program.newsroom.published().publication_id for _each in range(5)}
    seen: list[int] = []
    cursor = ""
    for _page in range(3):
        told = program.get("/v1/publications?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [row["id"] for row in told["publications"]]
        cursor = told["next_cursor"]
    assert cursor is None
    assert len(seen) == 5
    assert set(seen) == published
    claims: list[int] = []
    cursor = ""
    for _page in range(3):
        told = program.get("/v1/published-claims?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        claims += [row["id"] for row in told["claims"]]
        cursor = told["next_cursor"]
    assert cursor is None
    assert claims == sorted(claims, reverse=True)
    assert len(set(claims)) == 5


@pytest.mark.parametrize(
    "cursor", ["x", "WyJwdWJsaWNhdGlvbnMiLCIxIl0:forged", "0", "..", "%F0%9F%98%80", ":"]
)
def test_a_forged_cursor_is_refused(program: Program, cursor: str) -> None:
    answer = program.get(f"/v1/publications?cursor={cursor}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#problem-unknown-cursor")


def test_a_cursor_of_another_list_is_refused(program: Program) -> None:
    for _each in range(2):
        program.newsroom.published()
    cursor = program.get("/v1/published-claims?limit=1").json()["next_cursor"]
    assert program.get(f"/v1/publications?cursor={cursor}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=1_0",
        "limit=ten",
        "language=fr",
        "changed_since=2026-03-04",
        "changed_since=2026-02-30T00:00:00Z",
        "changed_since=2026-03-04T12:00:00",
        "changed_since=0",
    ],
)
def test_a_filter_that_is_not_offered_is_refused_by_name(program: Program, query: str) -> None:
    answer = program.get(f"/v1/publications?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == query.split("=")[0]


@pytest.mark.parametrize("id", ["0", "-1", str(2**63), str(2**63 - 1), "..%2f", "a", "9" * 5000, "1%00"])
@pytest.mark.parametrize("path", ["/v1/publications/", "/v1/published-claims/"])
def test_an_id_that_names_nothing_is_missing(program: Program, path: str, id: str) -> None:
    answer = program.get(path + id)
    assert answer.status_code in (400, 404)
    assert answer["Content-Type"] == "application/problem+json"


def test_what_is_held_already_is_not_sent_again(program: Program) -> None:
    revision = program.newsroom.published()
    path = f"/v1/publications/{revision.publication_id}"
    first = program.get(path)
    for held in (first["ETag"], f'"other", {first["ETag"]}', f"W/{first['ETag']}", "*"):
        again = program.get(path, If_None_Match=held)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert program.get(path, If_None_Match='"other"').status_code == 200
    head = program.send("HEAD", path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert int(head["Content-Length"]) == len(first.content)


def test_an_etag_never_names_two_bodies(program: Program) -> None:
    """The language of a problem or a label changes the body and leaves the version."""
    program.newsroom.published()
    tags = {program.get("/v1/publications", Accept_Language=each)["ETag"] for each in ("en", "uk")}
    bodies = {program.get("/v1/publications", Accept_Language=each).content for each in ("en", "uk")}
    assert len(tags) == len(bodies)


@pytest.mark.usefixtures("engine")
def test_published_checks_are_found_by_words_in_another_script(program: Program) -> None:
    revision = program.newsroom.published()
    hidden = program.newsroom.claim("Four tugs left the harbour at noon.")
    for claim in (revision.publication.claim, hidden):
        indexed(claim)
    for question in ("tugs", "порт буксири", "Port Authority"):
        answer = program.get("/v1/search")
        assert answer.status_code == 422
        found = program.client.get("/api/v1/search", {"query": question})
        assert found.status_code == 200
        told = [row["claim_id"] for row in found.json()["publications"]]
        assert hidden.pk not in told
        if question != "порт буксири":
            assert told == [revision.publication.claim_id]


@pytest.mark.usefixtures("engine")
def test_a_text_finds_what_was_checked_with_what_both_share(program: Program) -> None:
    revision = program.newsroom.published()
    hidden = program.newsroom.claim("Four tugs entered the harbour that evening.")
    for claim in (revision.publication.claim, hidden):
        indexed(claim)
    told = program.post("/v1/similar-claims", {"text": "Seven tugs entered the harbour that morning."}).json()
    assert [each["check"]["claim_id"] for each in told["similar"]] == [revision.publication.claim_id]
    assert told["similar"][0]["kinship"] == "other_figure"
    reasons = told["similar"][0]["reasons"]
    assert {"same_words_other_figure", "shared_word"} <= {reason["code"] for reason in reasons}
    assert all(reason["sentence"] for reason in reasons)


def test_scales_tell_every_step_in_three_languages(program: Program) -> None:
    (scale,) = program.get("/v1/rating-scales").json()["scales"]
    assert (scale["worst"], scale["best"], len(scale["ratings"])) == (1, 5, 6)
    assert all(set(step["labels"]) == {"en", "uk", "ru"} for step in scale["ratings"])


@time_machine.travel("2026-03-04T10:00:30Z", tick=False)
@override_settings(API_REQUESTS_PER_MINUTE=3)
def test_an_address_waits_when_it_asked_too_often(program: Program) -> None:
    remaining = [program.get("/v1/rating-scales")["RateLimit-Remaining"] for _each in range(3)]
    assert remaining == ["2", "1", "0"]
    answer = program.get("/v1/rating-scales")
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "30"
    assert answer["RateLimit-Limit"] == "3"
    # A token has a limit of its own.
    assert program.get("/v1/token", by="jonas").status_code == 200


def test_every_error_is_a_problem(program: Program) -> None:
    asked = {
        ("GET", "/v1/nothing", ""): 404,
        ("DELETE", "/v1/publications", ""): 405,
        ("GET", "/v1/claims", ""): 401,
        ("GET", "/v1/claims", "void"): 401,
        ("GET", "/v1/publications", "void"): 401,
    }
    for (method, path, secret), status in asked.items():
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        answer = program.send(method, path, **headers)
        assert answer.status_code == status, path
        assert answer["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert {"type", "title", "status", "detail"} <= set(told)
        assert told["status"] == status
        assert ("WWW-Authenticate" in answer) == (status == 401)
        assert ("Allow" in answer) == (status == 405)
