"""What the files of a dossier have to say alike, whoever signed them: hashes, chain, approvals, markup. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from claims.publish.claimreview import MARKUP_VERSION, claim_review
from claims.publish.dossier import APPROVALS, CHAIN, CONTENT, EVIDENCE, MARKUP, PUBLICATION, VERDICT
from claims.publish.snapshot import Snapshot
from claims.rules.hashing import sha256_of
from claims.rules.lifecycle import DECIDED_VERDICT_STATES

#: (file, place in it, what is wrong)
Contradiction = tuple[str, str, str]
#: What every version of the markup says alike, because schema.org and Google ask for it: by its path in the
#: markup, the path of what it tells in the snapshot.
_SAID_BY_EVERY_VERSION = {
    ("@type",): None,
    ("url",): ("url",),
    ("claimReviewed",): ("claim_reviewed",),
    ("reviewRating", "alternateName"): ("rating", "label"),
}


def contradictions(files: Mapping[str, bytes], markup_version: int) -> Iterable[Contradiction]:
    """Yield where the content contradicts itself; a file of an unexpected shape is one of them.

    ``markup_version`` is the one that the dossier was made with. The whole markup can be compared with what was
    published only by the version that wrote it; of another one, what every version has to say is compared.
    """
    read: dict[str, Any] = {}
    for name in (VERDICT, CONTENT, APPROVALS, EVIDENCE, CHAIN, PUBLICATION, MARKUP):
        if name not in files:
            continue
        try:
            read[name] = json.loads(files[name])
        except (ValueError, RecursionError):
            yield name, "", "is no JSON"
    for look, name in (
        (_content, CONTENT),
        (_approvals, APPROVALS),
        (_evidence, EVIDENCE),
        (_chain, CHAIN),
        (_publication, PUBLICATION),
        (_markup if markup_version == MARKUP_VERSION else _markup_of_another_version, PUBLICATION),
    ):
        if name not in read or VERDICT not in read:
            continue
        try:
            yield from look(read, files)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as reason:
            yield name, "", f"has not the shape of a dossier's file ({type(reason).__name__}: {reason})"


def _content(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    if sha256_of(read[CONTENT]) != read[VERDICT]["present_hash"]:
        yield CONTENT, "", "its hash is not the one that the verdict names"


def _approvals(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    verdict = read[VERDICT]
    authors = {person["id"] for person in verdict["authors"]}
    counted = set()
    for place, given in enumerate(read[APPROVALS]):
        if given["decision"] != "approved" or given["content_hash"] != verdict["content_hash"]:
            continue
        if given["person"]["id"] in authors:
            yield APPROVALS, f"[{place}].person", "approved a verdict that they worked on"
        counted.add(given["person"]["id"])
    if verdict["state"] in DECIDED_VERDICT_STATES and len(counted - authors) < verdict["approvals_required"]:
        asked = verdict["approvals_required"]
        yield APPROVALS, "", f"fewer than the {asked} approvals that were asked for stand for this content"


def _evidence(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    for place, piece in enumerate(read[EVIDENCE]):
        for kind in ("text", "page"):
            name, told = piece["capture"][kind], piece["capture"][f"{kind}_sha256"]
            if not name:
                continue
            if name not in files:
                yield EVIDENCE, f"[{place}].capture.{kind}", f"names {name}, which is missing"
            elif hashlib.sha256(files[name]).hexdigest() != told:
                yield name, "", f"is not the capture that {EVIDENCE}, [{place}] names"


def _chain(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    """Every event has the hash of its content, the numbers rise, and neighbours are linked."""
    before: dict[str, Any] | None = None
    for event in read[CHAIN]:
        place = f"event {event['sequence']}"
        if sha256_of({name: value for name, value in event.items() if name != "hash"}) != event["hash"]:
            yield CHAIN, place, "its hash is not that of its content"
        if before is not None:
            if event["sequence"] <= before["sequence"]:
                yield CHAIN, place, "does not come after the one before it"
            elif event["sequence"] == before["sequence"] + 1 and event["previous_hash"] != before["hash"]:
                yield CHAIN, place, "does not follow the event before it"
        before = event
    verdict = read[VERDICT]
    told = [event for event in read[CHAIN] if event["subject"] == ["verdict", verdict["id"]]]
    submitted = [event["details"].get("content_hash") for event in told if event["verb"] == "submit"]
    if verdict["content_hash"] and verdict["content_hash"] not in submitted:
        yield CHAIN, "", "no event submits the content of this verdict"


def _publication(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    snapshot = read[PUBLICATION]["snapshot"]
    if snapshot["content_hash"] != read[VERDICT]["content_hash"]:
        yield PUBLICATION, "snapshot.content_hash", "is not the content that was approved"


def _markup(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    if MARKUP in read and read[MARKUP] != claim_review(cast(Snapshot, read[PUBLICATION]["snapshot"])):
        yield MARKUP, "", "is not the markup of what was published"


def _markup_of_another_version(read: dict[str, Any], files: Mapping[str, bytes]) -> Iterable[Contradiction]:
    if MARKUP not in read:
        return
    for path, source in _SAID_BY_EVERY_VERSION.items():
        expected = _at(read[PUBLICATION]["snapshot"], source) if source else "ClaimReview"
        if _at(read[MARKUP], path) != expected:
            yield MARKUP, ".".join(path), "does not say what was published"


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        content = content[name]
    return content
