"""Every gate: what it lets through, what it closes on, and that nothing else moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.rules.approvals import GivenApproval, approvals_required
from claims.rules.dossier import (
    ChosenRating,
    CitedEvidence,
    PlannedAddress,
    PlannedSnapshot,
    VerdictDossier,
    WhereSaid,
)
from claims.rules.gates import GATES, Phase, Severity, checklist, closed
from claims.rules.ratings import RatingStep

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LABELS = {"en": "True", "uk": "Правда", "ru": "Правда"}
RATING = ChosenRating(RatingStep("true", LABELS, 5), worst=1, best=5, scale_is_frozen=True)


def cited(stance: str, origin: str, *, is_primary: bool = False, accepted: bool = True) -> CitedEvidence:
    return CitedEvidence(1, stance, accepted, origin, is_primary)


BOTH_SIDES = (cited("supports", "log", is_primary=True), cited("contradicts", "agency"))
ADDRESS = PlannedAddress("https://check.example.org/checks/7/tugs/", "https://check.example.org", True)
PLANNED = PlannedSnapshot(NOW, NOW, "h", '{"a":"\\u003c/script\\u003e"}', ADDRESS)
PAGE = replace(cited("context", "x"), url="https://paper.example.org/1", source="The Paper")
CAPTURED = replace(PAGE, capture_sha256="a" * 64)
READY = VerdictDossier(
    now=NOW,
    language="en",
    claim_reviewed="Four tugs entered the harbour.",
    justification="Because the log of the harbour says so. " * 8,
    organisation_name="Newsroom",
    rating=RATING,
    active_labels=frozenset({"True", "False", "Mostly false", "Правда", "Неправда"}),
    claimant_name="Port Authority",
    claimant_kind="Organization",
    claim_made=date(2026, 3, 3),
    appearances=(WhereSaid("https://news.example.org/1"),),
    citations=BOTH_SIDES,
    accepted_stances=frozenset({"supports", "contradicts"}),
    content_hash="h",
    present_hash="h",
    author_ids=frozenset({1}),
    approvals=(GivenApproval(2, True, "h"),),
    claimant_asked=True,
    planned=PLANNED,
)
TWO_APPROVALS = (GivenApproval(2, True, "h"), GivenApproval(3, True, "h"))
UNVERIFIABLE = RatingStep("unverifiable", {"en": "Unverifiable"}, None)
EARLIER = NOW - timedelta(days=1)

#: gate, what is changed in a dossier that is ready, the key of the sentence (None: it stands all the same).
CASES = [
    ("E1", {"claim_reviewed": " \n"}, "claim_reviewed_missing"),
    ("W1", {"claim_reviewed": "a" * 75}, None),
    ("W1", {"claim_reviewed": "a" * 76}, "claim_reviewed_long"),
    ("E2", {"claim_reviewed": "It is mostly false that tugs came."}, "claim_reviewed_tells_rating"),
    ("E2", {"claim_reviewed": "Неправда, що прийшли буксири."}, "claim_reviewed_tells_rating"),
    ("E2", {"claim_reviewed": "The truest falsehood of the port."}, None),
    ("W2", {"claim_reviewed": "No tugs entered the harbour."}, "claim_reviewed_denies"),
    ("W2", {"claim_reviewed": "“Не было никаких буксиров.”"}, "claim_reviewed_denies"),
    ("W2", {"claim_reviewed": "Немає буксирів у порту."}, "claim_reviewed_denies"),
    ("W2", {"claim_reviewed": "Norway sent four tugs."}, None),
    ("E3", {"rating": None}, "rating_missing"),
    ("E3", {"language": "uk", "rating": replace(RATING, step=UNVERIFIABLE)}, "label_missing"),
    ("E4", {"rating": replace(RATING, worst=0)}, "number_wrong"),
    ("E4", {"rating": replace(RATING, worst=5)}, "number_wrong"),
    ("E4", {"rating": replace(RATING, best=4)}, "number_wrong"),
    ("E4", {"rating": replace(RATING, step=replace(UNVERIFIABLE, value=3))}, "number_wrong"),
    ("E4", {"rating": replace(RATING, step=UNVERIFIABLE)}, None),
    ("E5", {"rating": replace(RATING, scale_is_frozen=False)}, "scale_not_frozen"),
    ("E7", {"organisation_name": ""}, "organisation_missing"),
    ("E8", {"claimant_name": "Unknown"}, "claimant_unknown"),
    ("E8", {"claimant_name": "невідомо"}, "claimant_unknown"),
    ("E8", {"claimant_name": "—"}, "claimant_unknown"),
    ("E8", {"claimant_name": "", "claimant_kind": ""}, None),
    ("E8", {"claimant_kind": "Thing"}, "claimant_kind"),
    ("E9", {"claim_made": NOW + timedelta(seconds=1)}, "claim_after_check"),
    ("E9", {"claim_made": date(2026, 3, 5)}, "claim_after_check"),
    ("E9", {"claim_made": date(2026, 3, 4)}, None),
    ("E9", {"claim_made": None}, None),
    ("E9", {"claim_made": NOW, "first_published_at": EARLIER}, "claim_after_check"),
    ("E11", {"appearances": ()}, "appearance_missing"),
    ("E11", {"appearances": (WhereSaid(" "),)}, "appearance_missing"),
    ("E11", {"appearances": (WhereSaid(offline_origin="At a rally in the square."),)}, None),
    ("E12", {"citations": (cited("supports", "a"), cited("contradicts", "a"))}, "origins_few"),
    ("E12", {"citations": (cited("supports", "a"),), "exceptions": {"E12": "The only witness."}}, None),
    ("E12", {"citations": (cited("supports", "a"),), "exceptions": {"E12": "  "}}, "origins_few"),
    ("E12", {"citations": (*BOTH_SIDES, cited("context", "x", accepted=False))}, "cited_not_accepted"),
    ("E12-primary", {"citations": (cited("supports", "a"),)}, "primary_missing"),
    ("E12-primary", {"citations": (), "exceptions": {"E12-primary": "No record was kept."}}, None),
    ("E12-sides", {"citations": (BOTH_SIDES[0],)}, "side_missing_against"),
    ("E12-sides", {"citations": (BOTH_SIDES[1],)}, "side_missing_for"),
    (
        "E12-sides",
        {
            "citations": (BOTH_SIDES[0],),
            "none_found": "against",
            "accepted_stances": frozenset({"supports"}),
        },
        None,
    ),
    ("E12-sides", {"citations": (BOTH_SIDES[0],), "none_found": "against"}, "none_found_untrue_against"),
    ("E12-sides", {"citations": (), "none_found": "both", "accepted_stances": frozenset()}, None),
    ("W5", {"none_found": "against", "undecided": {"contradicts": 2}}, "none_found_undecided_against"),
    ("W5", {"none_found": "both", "undecided": {"supports": 1}}, "none_found_undecided_for"),
    ("W5", {"none_found": "against", "undecided": {"supports": 1, "context": 4}}, None),
    ("W5", {"none_found": "", "undecided": {"contradicts": 2}}, None),
    ("E13", {"citations": (*BOTH_SIDES, PAGE)}, "capture_missing"),
    ("E13", {"citations": (*BOTH_SIDES, CAPTURED)}, None),
    ("E13", {"citations": (*BOTH_SIDES, PAGE), "exceptions": {"E13": "Sent to us on paper."}}, None),
    ("E13", {"citations": (*BOTH_SIDES, PAGE), "exceptions": {"E13": " "}}, "capture_missing"),
    ("W3", {"citations": (*BOTH_SIDES, replace(CAPTURED, words_gone=True))}, "source_changed"),
    ("W3", {"citations": (*BOTH_SIDES, replace(CAPTURED, source_failed=True))}, "source_dead"),
    ("W3", {"citations": (*BOTH_SIDES, CAPTURED)}, None),
    ("W4", {"citations": (replace(CAPTURED, published=date(2026, 3, 4)),)}, "evidence_later"),
    ("W4", {"citations": (replace(CAPTURED, published=date(2026, 3, 3)),)}, None),
    ("W4", {"citations": (replace(CAPTURED, published=NOW),), "claim_made": EARLIER}, "evidence_later"),
    ("W4", {"citations": (replace(CAPTURED, published=EARLIER),), "claim_made": EARLIER}, None),
    ("W4", {"citations": (replace(CAPTURED, published=NOW),), "claim_made": None}, None),
    ("W4", {"citations": (CAPTURED,)}, None),
    ("E15", {"risk_is_anonymous_source": True}, "anonymous_reason_missing"),
    ("E15", {"risk_is_anonymous_source": True, "exceptions": {"E15": "Fears for a post."}}, None),
    ("E15-approver", {"exceptions": {"E15": "Fears for a post."}}, "anonymous_approvals_few"),
    ("E15-approver", {"risk_is_anonymous_source": True}, "anonymous_approvals_few"),
    ("E15-approver", {"risk_is_anonymous_source": True, "approvals": TWO_APPROVALS}, None),
    (
        "E15-approver",
        {"risk_is_anonymous_source": True, "approvals": TWO_APPROVALS[:1] * 2},
        "anonymous_approvals_few",
    ),
    ("E21", {"claimant_asked": False}, "claimant_not_asked"),
    ("E21", {"claimant_asked": False, "exceptions": {"E21": "The person died in 2020."}}, None),
    ("E21", {"claimant_asked": False, "claimant_name": "", "claimant_kind": ""}, None),
    ("E14", {"justification": "word " * 39 + "words"}, None),
    ("E14", {"justification": "word " * 39 + "wor"}, "justification_short"),
    ("E14", {"justification": "a" + " " * 300 + "b"}, "justification_short"),
    ("E18", {"tier": "minor"}, "tier_of_first"),
    ("E18", {"is_correction": True}, "tier_missing"),
    ("E18", {"is_correction": True, "tier": "minor", "published_rating": "true"}, None),
    ("E18", {"is_correction": True, "tier": "minor", "published_rating": "false"}, "tier_too_low"),
    ("E18", {"is_correction": True, "tier": "substantial", "published_rating": "false"}, "note_missing"),
    *[
        ("E6", {"planned": replace(PLANNED, address=replace(ADDRESS, **changes))}, key)
        for changes, key in (
            ({"url": "https://elsewhere.example.org/checks/7/tugs/"}, "address_elsewhere"),
            ({"url": "https://check.example.org:8443/checks/7/tugs/"}, "address_elsewhere"),
            ({"url": "http://check.example.org/checks/7/tugs/"}, "address_elsewhere"),
            ({"url": "/checks/7/tugs/"}, "address_elsewhere"),
            ({"url": "https://check.example.org/checks/7/tugs/?from=feed"}, "address_elsewhere"),
            ({"url": "https://check.example.org/checks/7/tugs/#top"}, "address_elsewhere"),
            (
                {"url": "http://check.example.org/1/", "site_url": "http://check.example.org"},
                "address_insecure",
            ),
            ({"url": "http://127.0.0.1:8000/1/", "site_url": "http://127.0.0.1:8000"}, None),
            ({"answers_itself": False}, "address_unanswered"),
        )
    ],
    ("E10", {"first_published_at": EARLIER}, "first_date_changed"),
    ("E10", {"planned": replace(PLANNED, modified_at=EARLIER)}, "modified_before_first"),
    ("E16", {"approvals": ()}, "approvals_few"),
    ("E16", {"approvals": (GivenApproval(1, True, "h"),)}, "approvals_few"),
    ("E16", {"approvals": (GivenApproval(2, True, "other"),)}, "approvals_few"),
    ("E16", {"approvals": (GivenApproval(2, False, "h"),)}, "approvals_few"),
    ("E16", {"approvals": (GivenApproval(2, True, "h"),) * 2, "approvals_required": 2}, "approvals_few"),
    ("E16", {"present_hash": "other"}, "content_changed"),
    ("E16", {"content_hash": ""}, "not_submitted"),
    ("E17", {"publish_at": NOW + timedelta(seconds=1)}, "embargo_running"),
    ("E17", {"publish_at": NOW}, None),
    ("E19", {"planned": replace(PLANNED, script_json='{"a":"</script>"}')}, "markup_unescaped"),
    ("E19", {"planned": replace(PLANNED, script_json='{"a":"\u2028"}')}, "markup_unescaped"),
    ("E20", {"planned": replace(PLANNED, content_hash="other")}, "snapshot_differs"),
]


def test_a_dossier_that_is_ready_passes_every_gate() -> None:
    assert [result for result in checklist(READY, Phase.PUBLICATION) if not result.passed] == []


@pytest.mark.parametrize(("gate", "changes", "key"), CASES)
def test_a_gate_closes_on_what_it_asks_and_on_nothing_else(
    gate: str, changes: dict[str, object], key: str | None
) -> None:
    result = GATES[gate](replace(READY, **changes))  # type: ignore[arg-type]
    assert (result.passed, result.key) == (key is None, key or gate)


def test_every_gate_is_closed_by_some_case() -> None:
    assert {gate for gate, _changes, key in CASES if key} == set(GATES)


def test_a_warning_closes_nothing() -> None:
    results = checklist(replace(READY, claim_reviewed="No " + "tugs " * 20), Phase.PUBLICATION)
    warned = {result.id for result in results if not result.passed}
    assert warned == {"W1", "W2"}
    assert closed(results) == ()


def test_gates_of_publication_are_not_asked_at_submission() -> None:
    asked = {result.id for result in checklist(replace(READY, approvals=()), Phase.SUBMISSION)}
    assert "E16" not in asked
    assert "E14" in asked


def test_severities_follow_the_letters_of_the_ids() -> None:
    for result in checklist(READY, Phase.PUBLICATION):
        assert result.severity is (Severity.WARNING if result.id.startswith("W") else Severity.ERROR)


@pytest.mark.parametrize(
    ("desk", "risk", "tier", "people"),
    [
        (1, "ordinary", "first", 1),
        (1, "casualties", "first", 2),
        (1, "ordinary", "substantial", 2),
        (1, "ordinary", "minor", 1),
        (3, "ordinary", "first", 3),
        (3, "election", "substantial", 3),
    ],
)
def test_much_at_stake_asks_for_two_approvals_at_least(desk: int, risk: str, tier: str, people: int) -> None:
    assert approvals_required(desk, risk=risk, tier=tier) == people
