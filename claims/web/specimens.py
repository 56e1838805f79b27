"""Rows for the page of all parts: one for each state that a part can have, in no database.

They are given to the very partials that the pages use. Nothing here is ever saved, and the sentences are
written for this page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms

from claims.models import (
    Appearance,
    Claim,
    Claimant,
    Desk,
    Document,
    Evidence,
    Job,
    Outlet,
    Passage,
    Person,
    StanceChoice,
)
from claims.models.claims import ClaimStateChoice
from claims.web.forms import ByHandForm, ClaimForm

_DAY = date(2026, 3, 4)
_MOMENT = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
#: Far above any id of a real row, so that a link from a specimen leads nowhere.
_FIRST_ID = 9_000_000_000


def specimen_claim(number: int, text: str, **fields: Any) -> Claim:
    """Return an unsaved claim with what its partials read."""
    desk = Desk(pk=_FIRST_ID, name="Harbour desk", zone="Europe/Kyiv")
    claimant = Claimant(pk=_FIRST_ID, name="Port Authority", kind="Organization")
    columns: dict[str, Any] = {"language": "en", "kind": "count", "summary": "", "made_at": _MOMENT}
    columns |= {"claimant": claimant, "logged_by": Person(pk=_FIRST_ID, first_name="Jonas"), **fields}
    claim = Claim(pk=_FIRST_ID + number, desk=desk, text=text, version=1, **columns)
    place = Appearance(claim=claim, exact=text, offline_origin="Morning news", is_first=True)
    claim.__dict__["_prefetched_objects_cache"] = {"appearances": [place]}
    return claim


def claims_in_every_state() -> list[Claim]:
    """Return a claim in each state, with the counts that a list shows."""
    counts: list[dict[str, int]] = [
        {"supports": 4, "contradicts": 1, "context": 18},
        {"supports": 12},
        {"contradicts": 2, "context": 1},
        {},
    ]
    rows = []
    for number, state in enumerate(ClaimStateChoice.values):
        claim = specimen_claim(number, "Four tugs entered the harbour before dawn.", state=state)
        claim.documents = counts[number % len(counts)]  # type: ignore[attr-defined]
        claim.gathered_at = _MOMENT if number % 2 else None
        rows.append(claim)
    return rows


def specimen_evidence(number: int, claim: Claim, stance: str, text: str, **fields: Any) -> Evidence:
    """Return an unsaved piece of evidence about ``claim`` whose passage says ``text``."""
    outlet = Outlet(
        pk=_FIRST_ID + number, name=fields.pop("outlet", f"Outlet {number}"), country="UA", zone="Europe/Kyiv"
    )
    outlet.ownership, outlet.interest = fields.pop("ownership", ""), ""
    document = Document(
        pk=_FIRST_ID + number,
        outlet=outlet,
        title=fields.pop("title", "From the harbour log"),
        text=text,
        language=fields.pop("language", "en"),
        published_on=_DAY,
        url="https://example.org/log",
        is_primary=fields.pop("is_primary", False),
    )
    passage = Passage(pk=_FIRST_ID + number, document=document, ordinal=1, start=0, end=len(text), text=text)
    columns: dict[str, Any] = {"strength": "full", "score": 1.0, "machine_stance": stance, "state": "found"}
    columns |= {"origin": outlet.name, "origin_name": outlet.name, "start": 0, "end": len(text)}
    columns |= {"reasons": [], "figures": [], "marks": [], "origin_reason": {}} | fields
    piece = Evidence(pk=_FIRST_ID + number, claim=claim, passage=passage, stance=stance, **columns)
    piece.__dict__["_prefetched_objects_cache"] = {"decisions": []}
    return piece


def figures_specimen() -> tuple[Claim, list[Evidence]]:
    """Return a claim of a duration with evidence of every shape that a range plot draws."""
    claim = specimen_claim(20, "The talks at the pier lasted about two hours.", kind="duration")
    told: list[tuple[str, str, dict[str, Any], str, str]] = [
        ("supports", "They talked for two hours.", _figure(7200, 7200), "same", "Harbour log"),
        (
            "supports",
            "They talked for under two hours.",
            _figure(6000, 7200, "range"),
            "same",
            "Pier Gazette",
        ),
        ("supports", "The talks went on for over an hour.", _figure(3600, None, ">"), "same", "Radio Mole"),
        ("contradicts", "The talks lasted five hours.", _figure(18000, 18000), "different", "Night Courier"),
        ("contradicts", "They took four to five hours.", _figure(14400, 18000, "range"), "different", "Wire"),
        ("contradicts", "It took them two days.", _figure(172800, 172800), "different", "Far Post"),
        ("context", "Earlier talks took three hours.", _figure(10800, 10800), "different", "Archive"),
        ("context", "Such talks take one to three hours.", _figure(3600, 10800, "range"), "same", "Almanac"),
    ]
    own = _figure(6480, 7920, "≈")
    pieces = [
        specimen_evidence(
            40 + number,
            claim,
            stance,
            text,
            outlet=name,
            is_primary=number == 0,
            ownership="a public body" if number == 0 else "",
            state="accepted" if number == 0 else "found",
            figures=[{"claim": own, "passage": figure, "agreement": agreement}],
            reasons=[{"code": "figure_agrees" if agreement == "same" else "figure_differs", "details": {}}],
            marks=[[0, 8, "measure"]],
        )
        for number, (stance, text, figure, agreement, name) in enumerate(told)
    ]
    rejected = specimen_evidence(
        60, claim, "context", "Other talks elsewhere took two hours.", outlet="Elsewhere", state="rejected"
    )
    reprint = specimen_evidence(
        61, claim, "supports", "They talked for two hours.", outlet="Reprint", figures=pieces[0].figures
    )
    reprint.origin, reprint.origin_name = pieces[0].origin, pieces[0].origin_name
    reprint.origin_reason = {"code": "near_duplicate", "of": "Harbour log"}
    reprint.words_state, reprint.words_since = "changed", _MOMENT
    reprint.words_now = "They talked for nearly three hours."
    rejected.words_state, rejected.words_since = "gone", _MOMENT
    return claim, [*pieces, reprint, rejected]


def times_specimen() -> tuple[Claim, list[Evidence]]:
    """Return a claim of an hour with evidence in three languages and zones."""
    claim = specimen_claim(21, "The ferry left the pier on 4 March at 10:00 Kyiv time.", kind="date")
    return claim, [
        specimen_evidence(
            70, claim, "supports", "Паром отошёл 4 марта в 11:00 по московскому времени.", outlet="Причал"
        ),
        specimen_evidence(71, claim, "supports", "The ferry left on 4 March.", outlet="Pier Gazette"),
        specimen_evidence(72, claim, "contradicts", "It left on 4 March at 14:30.", outlet="Night Courier"),
        specimen_evidence(
            73,
            claim,
            "context",
            "Зранку 4 березня на причалі було людно.",
            outlet="Порт",
            language="uk",
            reasons=[{"code": "part_of_the_matter", "details": {}}],
        ),
    ]


def words_specimen() -> tuple[Claim, list[Evidence]]:
    """Return a claim that quotes, with a variant, a translation and a retelling."""
    claim = specimen_claim(22, "“Nobody will unload a ship tonight,” said the harbour master.", kind="quote")
    return claim, [
        specimen_evidence(
            80, claim, "supports", "“Nobody will unload a ship tonight,” he said.", outlet="Wire"
        ),
        specimen_evidence(
            81,
            claim,
            "contradicts",
            "“Nobody will unload a tanker before noon,” he said.",
            outlet="Radio Mole",
        ),
        specimen_evidence(
            82,
            claim,
            "supports",
            "«Ніхто не розвантажить корабель сьогодні», — сказав капітан порту.",
            outlet="Порт",
            language="uk",
        ),
        specimen_evidence(
            83, claim, "supports", "He said that no ship would be unloaded that night.", outlet="Pier Gazette"
        ),
    ]


def gathering_specimens() -> list[dict[str, Any]]:
    """Return what the line on gathering is told in each of its states."""
    claim = specimen_claim(23, "Four tugs entered the harbour before dawn.")
    done = specimen_claim(24, "Four tugs entered the harbour before dawn.", gathered_at=_MOMENT)
    running = Job(state=Job.State.RUNNING, note="compare", done_steps=1, all_steps=3)
    waiting = Job(state=Job.State.WAITING)
    dead = Job(state=Job.State.DEAD, last_error="The search engine is away.")
    return [
        {"claim": claim, "job": None, "under_way": False},
        {"claim": claim, "job": waiting, "under_way": True},
        {"claim": claim, "job": running, "under_way": True},
        {"claim": claim, "job": dead, "under_way": False},
        {"claim": done, "job": None, "under_way": False},
    ]


def forms_in_every_state() -> list[forms.Form]:
    """Return a form as it is first shown and one that was refused."""
    wrong = ByHandForm({"outlet": "O" * 201, "title": "T" * 501}, auto_id="w_%s")
    wrong.is_valid()
    return [ClaimForm(auto_id="c_%s"), wrong]


def ratings_of_every_kind() -> list[dict[str, Any]]:
    """Return the ratings of a scale from 1 to 5, and one that is text only."""
    labels = ["False", "Mostly false", "Half true", "Mostly true", "True"]
    steps = [
        {"label": label, "value": value, "worst": 1, "best": 5} for value, label in enumerate(labels, start=1)
    ]
    return [*steps, {"label": "Cannot be verified", "value": None, "worst": 1, "best": 5}]


STANCES = tuple(StanceChoice.values)
MOMENT = _MOMENT


def _figure(low: float | None, high: float | None, comparator: str = "=") -> dict[str, Any]:
    return {"low": low, "high": high, "unit": "s", "comparator": comparator, "of": "", "span": [0, 1]}
