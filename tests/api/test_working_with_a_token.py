"""The work of the newsroom by token: the way from an article to a published check, under the same rules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.conflicts import declare_conflict
from claims.actions.people import disable_person, enable_person, sign_out_everywhere
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.actions.tokens import issue_token, revoke_token
from claims.models import (
    ApiToken,
    Claim,
    ClaimEvent,
    Desk,
    Evidence,
    IdempotencyKey,
    Job,
    Person,
    Publication,
    Verdict,
)
from tests.api.conftest import Program
from tests.newsroom import JUSTIFICATION

pytestmark = pytest.mark.django_db


def claim_body(program: Program, **fields: object) -> dict[str, object]:
    body: dict[str, object] = {
        "desk_id": program.newsroom.desk.pk,
        "text": "Two cranes fell at the quay.",
        "offline_origin": "Radio, 4 March",
        "kind": "count",
    }
    return body | fields


def test_of_a_named_claimant_the_kind_is_told_and_never_guessed(program: Program) -> None:
    """Gate E8: the markup says of a claimant whether it is a person; a guess would be published as a finding."""
    refused = program.post("/v1/claims", claim_body(program, claimant="Harbour Watch"), by="jonas")
    assert refused.status_code == 422
    assert "Harbour Watch" in refused.content.decode()
    assert not Claim.objects.exists()
    assert program.post("/v1/claims", claim_body(program), by="jonas").status_code == 201
    assert Claim.objects.get().claimant is None
    told = claim_body(program, text="Other.", claimant="Harbour Watch", claimant_kind="Organization")
    logged = program.post("/v1/claims", told, by="jonas")
    claimant = Claim.objects.get(pk=logged.json()["id"]).claimant
    assert claimant is not None
    assert claimant.kind == "Organization"


def test_the_whole_way_from_article_to_correction(program: Program) -> None:
    desk = program.newsroom.desk.pk
    taken = program.post(
        "/v1/articles",
        {
            "desk_id": desk,
            "text": "10:40\n\nFour tugs entered the harbour.\n\n11:20\n\nOne left.",
            "outlet": "Wire",
        },
        by="jonas",
    )
    assert taken.status_code == 202
    article = taken.json()
    start = article["text"].index("Four tugs")
    selection = {
        "article_id": article["id"],
        "start": start,
        "end": start + len("Four tugs entered the harbour."),
    }
    logged = program.post(
        "/v1/claims",
        claim_body(
            program,
            text="Four tugs entered the harbour.",
            selection=selection,
            claimant="Port Authority",
            claimant_kind="Organization",
        ),
        by="jonas",
    )
    assert logged.status_code == 201
    assert logged.json()["job"]["kind"] == "gather_evidence"
    claim = Claim.objects.get(pk=logged.json()["id"])
    for stance, origin in (("supports", "log"), ("supports", "agency"), ("contradicts", "agency")):
        program.newsroom.evidence(claim, stance, origin=origin, is_primary=origin == "log")
    taken_up = program.post(f"/v1/claims/{claim.pk}/take", by="rita", seen=logged["ETag"])
    assert taken_up.status_code == 200
    for piece in program.get(f"/v1/claims/{claim.pk}/evidence", by="rita").json()["evidence"]:
        decided = program.post(
            f"/v1/evidence/{piece['id']}/decisions", {"decision": "accept"}, by="rita", seen=piece["version"]
        )
        assert decided.json()["state"] == "accepted"
    program.newsroom.asked_claimant(claim)
    present = program.get(f"/v1/claims/{claim.pk}", by="rita")
    started = program.post(
        f"/v1/claims/{claim.pk}/verdicts", {"language": "en"}, by="rita", seen=present["ETag"]
    )
    assert started.status_code == 201
    verdict = started.json()
    (scale,) = program.get("/v1/rating-scales").json()["scales"]
    draft = {
        "rating_id": next(step["id"] for step in scale["ratings"] if step["key"] == "true"),
        "claim_reviewed": "Four tugs entered the harbour that morning.",
        "title": "How many tugs entered the harbour?",
        "summary": "The harbour log and two reporters agree on four.",
        "justification": JUSTIFICATION,
        "citations": [piece.pk for piece in claim.evidence.order_by("pk")],
    }
    path = f"/v1/verdicts/{verdict['id']}"
    saved = program.send("PUT", path, draft, by="rita", seen=started["ETag"])
    assert saved.status_code == 200
    submitted = program.post(f"{path}/submit", by="rita", seen=saved["ETag"])
    assert submitted.json()["state"] == "submitted"
    approval = {"content_hash": submitted.json()["content_hash"]}
    own = program.post(f"{path}/approve", approval, by="rita", seen=submitted["ETag"])
    assert own.status_code == 403
    approved = program.post(f"{path}/approve", approval, by="anna", seen=submitted["ETag"])
    assert (approved.json()["state"], approved.json()["approvals_given"]) == ("approved", 1)
    published = program.post(f"{path}/publish", by="pavlo", seen=approved["ETag"])
    assert published.status_code == 200
    public = program.get(f"/v1/publications/{published.json()['id']}")
    assert public.json()["content"]["summary"] == draft["summary"]
    corrected = program.post(
        f"/v1/publications/{public.json()['id']}/start-correction",
        {"reason": "A slip"},
        by="pavlo",
        seen=published["ETag"],
    )
    assert corrected.json()["state"] == "under_correction"
    gone = program.post(
        f"/v1/publications/{public.json()['id']}/retract",
        {"note": "The log was forged."},
        by="pavlo",
        seen=corrected["ETag"],
    )
    assert (gone.json()["state"], gone.json()["content"]) == ("retracted", None)
    steps = ["log", "take", "start", "edit", "submit", "approve", "publish", "retract"]
    told = ClaimEvent.objects.filter(claim=claim, verb__in=steps).order_by("sequence")
    assert list(told.values_list("verb", flat=True)) == steps


def test_a_draft_that_lacks_something_is_told_gate_by_gate(program: Program) -> None:
    verdict = program.newsroom.draft(justification="Too short.")
    answer = program.post(f"/v1/verdicts/{verdict.pk}/submit", by="rita", seen=verdict.version)
    assert answer.status_code == 422
    assert "E14" in {gate["id"] for gate in answer.json()["gates"]}


# --- Who may -------------------------------------------------------------------------------------------


def test_roles_decide_whatever_the_scopes(program: Program) -> None:
    verdict = program.newsroom.approved()
    for who in ("rita", "jonas", "ada", "adam"):
        answer = program.post(f"/v1/verdicts/{verdict.pk}/publish", by=who, seen=verdict.version)
        assert answer.status_code == 403, who
    assert not Publication.objects.exists()


def test_scopes_only_take_away(program: Program) -> None:
    claim = program.newsroom.claim()
    secret = program.secret("rita", "read")
    held = {"Authorization": f"Bearer {secret}"}
    assert program.get(f"/v1/claims/{claim.pk}", **held).status_code == 200
    refused = program.post(f"/v1/claims/{claim.pk}/take", seen=claim.version, **held)
    assert refused.status_code == 403
    assert "claims" in refused.json()["detail"]
    without = {"Authorization": f"Bearer {program.secret('rita', 'evidence')}"}
    assert program.get(f"/v1/claims/{claim.pk}", **without).status_code == 403
    assert program.get("/v1/token", **without).json()["scopes"] == ["evidence"]


def test_what_is_another_desks_is_missing(program: Program) -> None:
    newsroom = program.newsroom
    newsroom.join("olha", "reviewer", "publisher", "editor", desk=Desk.objects.create(name="Culture"))
    verdict = newsroom.approved()
    piece = verdict.claim.evidence.first()
    assert piece is not None
    job = Job.objects.filter(kind="index_claim").first() or Job.objects.create(
        kind="gather_evidence", subject=verdict.claim_id, due_at=timezone.now(), created_at=timezone.now()
    )
    for path in (
        f"/v1/claims/{verdict.claim_id}",
        f"/v1/claims/{verdict.claim_id}/evidence",
        f"/v1/claims/{verdict.claim_id}/verdicts",
        f"/v1/verdicts/{verdict.pk}",
        f"/v1/evidence/{piece.pk}",
        f"/v1/jobs/{job.pk}",
    ):
        assert program.get(path, by="olha").status_code == 404, path
        assert program.get(path, by="rita").status_code == 200, path
    assert program.get("/v1/claims", by="olha").json()["claims"] == []
    answer = program.post(f"/v1/verdicts/{verdict.pk}/publish", by="olha", seen=verdict.version)
    assert answer.status_code == 404


def test_a_claim_that_a_person_keeps_out_of_is_not_there(program: Program) -> None:
    claim = program.newsroom.claim()
    assert program.get(f"/v1/claims/{claim.pk}", by="remi").status_code == 200
    rita = program.newsroom.actor("remi")
    assert rita.person_id is not None
    declare_conflict(person_id=rita.person_id, claim_id=claim.pk, actor=rita)
    assert program.get(f"/v1/claims/{claim.pk}", by="remi").status_code == 404
    assert program.get("/v1/claims", by="remi").json()["claims"] == []


def test_who_labels_blind_does_not_read_the_verdict_by_token_first(program: Program) -> None:
    verdict = program.newsroom.submitted()
    Desk.objects.filter(pk=program.newsroom.desk.pk).update(labels_blind=True)
    assert program.get(f"/v1/verdicts/{verdict.pk}", by="anna").status_code == 403
    assert program.get(f"/v1/claims/{verdict.claim_id}/verdicts", by="anna").json()["verdicts"] == []
    assert program.get(f"/v1/verdicts/{verdict.pk}", by="rita").status_code == 200


# --- Tokens --------------------------------------------------------------------------------------------


def test_a_token_is_kept_as_a_hash_and_noted_when_used(program: Program) -> None:
    secret = program.secret("jonas")
    token = ApiToken.objects.get()
    kept = str(ApiToken.objects.values().get())
    assert secret not in kept
    assert secret.startswith(token.prefix)
    assert token.last_used_at is None
    assert program.get("/v1/token", by="jonas").json()["person"] == "Jonas"
    token.refresh_from_db()
    used = token.last_used_at
    assert used is not None
    program.get("/v1/token", by="jonas")
    token.refresh_from_db()
    assert token.last_used_at == used
    assert secret not in str(list(ClaimEvent.objects.values()))


def test_a_void_token_opens_nothing(program: Program) -> None:
    person = program.newsroom.people["jonas"]
    admin = program.newsroom.actor("adam")

    def status() -> int:
        return program.get("/v1/claims", by="jonas").status_code

    assert status() == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert status() == 401
    program.secrets.clear()
    assert status() == 200
    sign_out_everywhere(person_id=person.pk, actor=program.newsroom.actor("jonas"))
    assert status() == 401
    program.secrets.clear()
    version = Person.objects.get(pk=person.pk).version
    assert status() == 200
    disable_person(person_id=person.pk, seen_version=version, reason="Left", actor=admin)
    assert status() == 401
    enable_person(person_id=person.pk, seen_version=version + 1, reason="Back", actor=admin)
    assert status() == 401
    program.secrets.clear()
    assert status() == 200
    newest = ApiToken.objects.first()
    assert newest is not None
    revoke_token(token_id=newest.pk, actor=admin)
    assert status() == 401
    told = ClaimEvent.objects.filter(subject_kind="person", subject_id=person.pk)
    assert told.filter(verb="revoke_token").count() == 1
    assert told.filter(verb="issue_token").count() == 4


def test_people_revoke_their_own_tokens_and_administrators_all(program: Program) -> None:
    program.secret("jonas")
    token = ApiToken.objects.get()
    with pytest.raises(NotFound):
        revoke_token(token_id=token.pk, actor=program.newsroom.actor("rita"))
    revoke_token(token_id=token.pk, actor=program.newsroom.actor("jonas"))
    revoke_token(token_id=token.pk, actor=program.newsroom.actor("jonas"))
    assert ClaimEvent.objects.filter(verb="revoke_token").count() == 1


def test_a_token_is_made_only_as_offered(program: Program) -> None:
    jonas = program.newsroom.actor("jonas")
    for wrong in (
        {"name": " ", "scopes": ["read"], "days": 30},
        {"name": "x" * 81, "scopes": ["read"], "days": 30},
        {"name": "x", "scopes": [], "days": 30},
        {"name": "x", "scopes": ["everything"], "days": 30},
        {"name": "x", "scopes": ["read"], "days": 0},
        {"name": "x", "scopes": ["read"], "days": 367},
    ):
        with pytest.raises(Invalid):
            issue_token(**wrong, actor=jonas)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        issue_token(name="x", scopes=["read"], days=1, actor=program.newsroom.actor("root"))


def test_a_role_that_ends_ends_for_the_token_too(program: Program) -> None:
    claim = program.newsroom.claim()
    assert program.get(f"/v1/claims/{claim.pk}", by="jonas").status_code == 200
    program.newsroom.people["jonas"].memberships.all().delete()
    assert program.get(f"/v1/claims/{claim.pk}", by="jonas").status_code == 404
    answer = program.post("/v1/claims", claim_body(program), by="jonas")
    assert answer.status_code == 403


# --- Conditions ----------------------------------------------------------------------------------------


def test_a_change_says_which_version_it_saw(program: Program) -> None:
    claim = program.newsroom.claim()
    path = f"/v1/claims/{claim.pk}"
    assert program.send("PATCH", path, {"topic": "Ports"}, by="jonas").status_code == 428
    for header, status in (
        ("3", 400),
        ("*", 400),
        ('"x"', 400),
        ('"1", "2"', 400),
        ('W/"1"', 412),
        ('"7"', 412),
    ):
        answer = program.send("PATCH", path, {"topic": "Ports"}, by="jonas", seen=header)
        assert answer.status_code == status, header
    shown = program.get(path, by="jonas")
    changed = program.send("PATCH", path, {"topic": "Ports"}, by="jonas", seen=shown["ETag"])
    assert (changed.status_code, changed.json()["topic"]) == (200, "Ports")
    assert changed.json()["summary"] == claim.summary
    stale = program.send("PATCH", path, {"topic": "Ships"}, by="jonas", seen=shown["ETag"])
    assert stale.status_code == 412
    assert stale.json()["current_version"] == changed.json()["version"]
    assert Claim.objects.get(pk=claim.pk).topic == "Ports"


def test_an_approval_is_for_the_hash_that_was_read(program: Program) -> None:
    verdict = program.newsroom.submitted()
    answer = program.post(
        f"/v1/verdicts/{verdict.pk}/approve", {"content_hash": "0" * 64}, by="anna", seen=verdict.version
    )
    assert answer.status_code == 412
    assert Verdict.objects.get(pk=verdict.pk).state == "submitted"


# --- Named writes --------------------------------------------------------------------------------------


def test_a_named_write_is_done_once(program: Program) -> None:
    first = program.post("/v1/claims", claim_body(program), by="jonas", Idempotency_Key="one")
    again = program.post("/v1/claims", claim_body(program), by="jonas", Idempotency_Key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Claim.objects.count() == 1
    other = program.post("/v1/claims", claim_body(program, text="Other."), by="jonas", Idempotency_Key="one")
    assert other.status_code == 422
    assert other.json()["type"].endswith("#problem-other-write")
    # Another person's key of the same name is another key.
    assert (
        program.post("/v1/claims", claim_body(program), by="rita", Idempotency_Key="one").status_code == 201
    )
    assert Claim.objects.count() == 2


def test_a_refused_write_may_be_sent_again_mended(program: Program) -> None:
    sent = {"desk_id": program.newsroom.desk.pk, "text": "Two cranes fell."}
    assert program.post("/v1/claims", sent, by="jonas", Idempotency_Key="k").status_code == 422
    mended = sent | {"offline_origin": "Radio"}
    assert program.post("/v1/claims", mended, by="jonas", Idempotency_Key="k").status_code == 201


def test_a_write_under_way_is_told_and_a_dead_one_given_up(program: Program) -> None:
    body = claim_body(program)
    program.post("/v1/claims", body, by="jonas", Idempotency_Key="k")
    kept = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(status=None, body="", claimed_until=timezone.now() + timedelta(seconds=30))
    busy = program.post("/v1/claims", body, by="jonas", Idempotency_Key="k")
    assert busy.status_code == 409
    assert busy["Retry-After"] == "1"
    IdempotencyKey.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert program.post("/v1/claims", body, by="jonas", Idempotency_Key="k").status_code == 201
    assert IdempotencyKey.objects.get(pk=kept.pk).attempt == 2


def test_a_name_counts_for_a_day(program: Program) -> None:
    program.post("/v1/claims", claim_body(program), by="jonas", Idempotency_Key="k")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    later = program.post(
        "/v1/claims", claim_body(program, text="Other words."), by="jonas", Idempotency_Key="k"
    )
    assert later.status_code == 201
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("key", ["", "a b", "ключ", "x" * 256])
def test_a_name_is_plain(program: Program, key: str) -> None:
    answer = program.post("/v1/claims", claim_body(program), by="jonas", Idempotency_Key=key)
    assert answer.status_code == 400
    assert not Claim.objects.exists()


# --- Bodies --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 422),
        (b'{"text": "\\u0000"}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b"{}", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"text": "x", "desk_id": "1"}', "application/json", 422),
        (b'{"text": "x", "desk_id": true}', "application/json", 422),
        (b'{"text": "x", "desk_id": 1, "unknown": 1}', "application/json", 422),
        (b" " * (13 * 1024 * 1024), "application/json", 413),
    ],
)
def test_a_body_is_json_of_the_declared_shape(
    program: Program, body: bytes, content_type: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {program.secret('jonas')}"}
    answer = program.client.generic("POST", "/api/v1/claims", body, content_type, headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_literal_backslash_is_no_nul(program: Program) -> None:
    answer = program.post("/v1/claims", claim_body(program, text="Write \\u0000 here."), by="jonas")
    assert answer.status_code == 201
    assert answer.json()["text"] == "Write \\u0000 here."


def test_the_same_quotation_is_logged_once_and_told_where(program: Program) -> None:
    desk = program.newsroom.desk.pk
    text = "Four tugs entered the harbour.\n\nOne of them left again."
    article = program.post("/v1/articles", {"desk_id": desk, "text": text}, by="jonas").json()
    sent = {
        "desk_id": desk,
        "text": "Four tugs.",
        "selection": {"article_id": article["id"], "start": 0, "end": 9},
    }
    first = program.post("/v1/claims", sent, by="jonas")
    again = program.post("/v1/claims", sent, by="rita")
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["claim"] == first.json()["id"]


def test_an_address_is_taken_in_by_a_job(program: Program) -> None:
    sent = {"desk_id": program.newsroom.desk.pk, "url": "https://news.example.org/live"}
    answer = program.post("/v1/articles", sent, by="jonas")
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["job"]["kind"]) == ("fetching", "fetch_article")
    job = program.get(f"/v1/jobs/{answer.json()['job']['id']}", by="jonas")
    assert job.json()["state"] == "waiting"
    nothing = program.post("/v1/articles", {"desk_id": program.newsroom.desk.pk}, by="jonas")
    assert nothing.status_code == 422


def test_evidence_is_decided_on_with_reasons(program: Program) -> None:
    claim = program.newsroom.claim()
    piece = program.newsroom.evidence(claim, "supports", origin="log")
    path = f"/v1/evidence/{piece.pk}/decisions"
    assert program.post(path, {"decision": "reject"}, by="rita", seen=1).status_code == 422
    assert program.post(path, {"decision": "stance", "reason": "No"}, by="rita", seen=1).status_code == 422
    assert program.post(path, {"decision": "accept"}, by="jonas", seen=1).status_code == 403
    changed = program.post(
        path, {"decision": "stance", "stance": "context", "reason": "Old."}, by="rita", seen=1
    )
    assert changed.json()["stance"] == "context"
    undone = program.post(path, {"decision": "undo"}, by="rita", seen=changed["ETag"])
    assert undone.json()["stance"] == "supports"
    assert Evidence.objects.get(pk=piece.pk).decisions.count() == 2


def test_sources_are_added_and_read(program: Program) -> None:
    desk = program.newsroom.desk.pk
    feed = program.post(
        "/v1/sources", {"desk_id": desk, "feed_url": "https://wire.example.org/feed"}, by="jonas"
    )
    assert feed.status_code == 201
    assert program.get("/v1/sources", by="jonas").json()["sources"][0]["id"] == feed.json()["id"]
    sent = {
        "desk_id": desk,
        "text": "The log names four tugs.",
        "outlet": "Harbour",
        "published_on": "2026-03-04",
    }
    document = program.post("/v1/documents", sent, by="jonas")
    assert document.status_code == 201
    read = program.get(f"/v1/documents/{document.json()['id']}", by="jonas").json()
    assert (read["text"], read["published_on"]) == ("The log names four tugs.", "2026-03-04")
    assert program.get("/v1/documents", by="jonas").json()["documents"][0]["outlet"] == "Harbour"
    assert program.post("/v1/documents", sent, by="ada").status_code == 403


def test_a_change_is_answered_although_it_makes_the_claim_one_to_keep_out_of(program: Program) -> None:
    """The change is done, so that “missing” would be a lie; the next reading does not find it."""
    claim = program.newsroom.claim()
    rita = program.newsroom.actor("rita")
    assert rita.person_id is not None
    declare_conflict(person_id=rita.person_id, topic="Ports", actor=rita)
    changed = program.send("PATCH", f"/v1/claims/{claim.pk}", {"topic": "Ports"}, by="rita", seen=1)
    assert (changed.status_code, changed.json()["topic"]) == (200, "Ports")
    assert program.get(f"/v1/claims/{claim.pk}", by="rita").status_code == 404


def test_a_condition_on_reading_is_told_as_a_problem(program: Program) -> None:
    claim = program.newsroom.claim()
    answer = program.send("GET", f"/v1/claims/{claim.pk}", by="rita", seen=7)
    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"


def test_a_name_does_not_hide_that_the_address_takes_no_such_method(program: Program) -> None:
    program.post("/v1/claims", claim_body(program), by="jonas", Idempotency_Key="k")
    answer = program.send("PUT", "/v1/claims", claim_body(program), by="jonas", Idempotency_Key="k")
    assert answer.status_code == 405
    assert program.post("/v1/nothing", {}, by="jonas", Idempotency_Key="k").status_code == 404
