"""Snapshots whose markup is kept as golden files; ``python -m tests.publish.markup_cases`` writes them anew.

What a golden file holds is read by a person before it is committed: the tests only say that it has not moved.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, cast

from claims.publish.claimreview import claim_review, media_review, retraction
from claims.publish.snapshot import Snapshot, SnapshotAppearance

FOLDER = Path(__file__).parent / "golden"
SITE = "https://check.example.org"


def _appearance(**changes: Any) -> SnapshotAppearance:
    place = {
        "url": "https://courier.example.org/ferries",
        "offline_origin": "",
        "title": "Ferries back on Monday, minister says",
        "outlet": "River Courier",
        "kind": "article",
        "exact": "nine of the eleven ferries",
        "printed_time": "",
        "moment": "",
        "published": "2026-05-11",
        "is_first": True,
    }
    return cast(SnapshotAppearance, place | changes)


_BASE: Snapshot = {
    "format": 1,
    "publication": 41,
    "claim": 12,
    "claim_iri": f"{SITE}/id/claim/12",
    "revision": 1,
    "language": "en",
    "url": f"{SITE}/checks/41/are-nine-of-eleven-ferries-running/",
    "path": "/checks/41/are-nine-of-eleven-ferries-running/",
    "entry_id": "tag:check.example.org,2026-05-14:check/41",
    "title": "Are nine of eleven ferries running?",
    "claim_reviewed": "Nine of the eleven ferries are back in service.",
    "claim_text": "From Monday nine of the eleven ferries are back in service.",
    "claim_language": "en",
    "claim_kind": "count",
    "claimant": {
        "name": "Halyna Bondar",
        "kind": "Person",
        "same_as": "https://people.example.org/halyna-bondar",
    },
    "other_claimants": [],
    "attribution": "",
    "made": "2026-05-11",
    "appearances": [_appearance()],
    "rating": {
        "key": "mostly_false",
        "label": "Mostly false",
        "labels": {"en": "Mostly false", "uk": "Переважно неправда", "ru": "По большей части неправда"},
        "value": 2,
        "worst": 1,
        "best": 5,
        "scale": "default",
        "scale_version": 1,
    },
    "summary": "The timetable and the pier's log name six ferries.",
    "justification": "The operator's timetable for that week lists six ferries; the log of the pier does so too.",
    "uncertainty": "",
    "none_found": "for",
    "evidence": [
        {
            "ordinal": 1,
            "stance": "contradicts",
            "quotation": "Six ferries sail this week.",
            "url": "https://operator.example.org/timetable",
            "title": "Timetable, week 20",
            "outlet": "Ferry operator",
            "language": "en",
            "published": "2026-05-10",
            "origin": "operator",
            "origin_name": "Ferry operator",
            "is_primary": True,
            "captured_at": "2026-05-12T09:00:00Z",
            "text_sha256": "0" * 64,
        },
        {
            "ordinal": 2,
            "stance": "contradicts",
            "quotation": "Шість поромів.",
            "url": "https://pier.example.org/log",
            "title": "Журнал причалу",
            "outlet": "",
            "language": "uk",
            "published": "2026-05-12T06:30:00Z",
            "origin": "pier",
            "origin_name": "Pier",
            "is_primary": False,
            "captured_at": "2026-05-12T09:00:00Z",
            "text_sha256": "1" * 64,
        },
    ],
    "people": [{"name": "Rita", "part": "recorded"}, {"name": "Anna", "part": "approved"}],
    "organisation": {"name": "Newsroom", "url": SITE},
    "license": "",
    "tier": "first",
    "note": "",
    "corrections": [],
    "first_published_at": "2026-05-14T10:00:00Z",
    "modified_at": "2026-05-14T10:00:00Z",
    "published_at": "2026-05-14T10:00:00Z",
    "content_hash": "f" * 64,
    "is_demonstration": False,
}


def case(**changes: Any) -> Snapshot:
    return cast(Snapshot, copy.deepcopy(_BASE) | changes)


_OFFLINE = _appearance(
    url="", title="", outlet="", kind="", published="", offline_origin="Speech at the pier", is_first=False
)
_UPDATE = _appearance(
    url="https://live.example.org/strike",
    title="Strike on the river: live",
    outlet="River Live",
    kind="live_blog",
    printed_time="14:40",
    moment="2026-05-11T11:40:00Z",
)
_CORRECTIONS = [
    {"revision": 2, "tier": "minor", "note": "", "published_at": "2026-05-15T08:00:00Z"},
    {
        "revision": 3,
        "tier": "substantial",
        "note": "An earlier version counted five ferries; there were six.",
        "published_at": "2026-05-16T08:00:00Z",
    },
]

CASES: dict[str, Snapshot] = {
    "person": case(license="https://creativecommons.org/licenses/by/4.0/"),
    "organisation": case(claimant={"name": "Ministry of Transport", "kind": "Organization", "same_as": ""}),
    "unknown_claimant": case(claimant=None, made=""),
    "several_appearances_and_claimants": case(
        appearances=[
            _appearance(),
            _appearance(url="https://echo.example.org/1", title="Echo", outlet="Echo", is_first=False),
            _OFFLINE,
        ],
        other_claimants=[{"name": "Port Union", "kind": "Organization", "same_as": ""}],
    ),
    "live_blog_update": case(appearances=[_UPDATE], made="2026-05-11T11:40:00Z"),
    "text_only_rating": case(
        rating=_BASE["rating"] | {"key": "unverifiable", "label": "Unverifiable", "value": None}
    ),
    "correction": case(
        revision=3, tier="substantial", corrections=_CORRECTIONS, modified_at="2026-05-16T08:00:00Z"
    ),
    "ukrainian": case(
        language="uk",
        title="Чи ходять дев’ять з одинадцяти поромів?",
        claim_reviewed="Дев’ять з одинадцяти поромів знову ходять.",
        rating=_BASE["rating"] | {"label": "Переважно неправда"},
        summary="Розклад і журнал причалу називають шість поромів.",
        justification="У розкладі перевізника на той тиждень шість поромів; у журналі причалу стільки ж.",
    ),
    "russian": case(
        language="ru",
        claim_language="ru",
        title="Ходят ли девять из одиннадцати паромов?",
        claim_reviewed="Девять из одиннадцати паромов снова ходят.",
        claim_text="С понедельника девять из одиннадцати паромов снова на линии.",
        claimant={"name": "Галина Бондарь", "kind": "Person", "same_as": ""},
        rating=_BASE["rating"] | {"label": "По большей части неправда"},
        summary="Расписание и журнал причала называют шесть паромов.",
        justification="В расписании перевозчика на ту неделю шесть паромов; в журнале причала столько же.",
    ),
    "video": case(claim_kind="video", claim_reviewed="The video shows nine ferries leaving on Monday."),
}


def markup_of(name: str) -> dict[str, Any] | list[dict[str, Any]]:
    """Return what the page of the case carries; of “retraction”, what the tombstone carries."""
    if name == "retraction":
        return retraction(_BASE, "The timetable was of another year.", "2026-05-20T12:00:00Z")
    snapshot = CASES[name]
    media = media_review(snapshot)
    return [claim_review(snapshot), media] if media else claim_review(snapshot)


NAMES = (*CASES, "retraction")


def golden(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def main() -> None:
    for name in NAMES:
        text = json.dumps(markup_of(name), ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
