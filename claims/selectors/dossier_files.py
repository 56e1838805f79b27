"""The files of a dossier: everything about one verdict, as the database holds it, in a fixed order.

The same state gives the same bytes. What readers never saw (who decided what on which evidence) is in it too,
so only people of the desk are given it.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from claims.models import Evidence, Person, Publication, PublishedRevision, Verdict
from claims.publish import dossier
from claims.publish.claimreview import claim_review
from claims.selectors.chain import ASKED, chain_of
from claims.selectors.verdicts import (
    WRITTEN_FIELDS,
    hashed_content,
    iso_utc,
    present_hash,
    required_approvals,
    verdict_with_content,
)

#: Pages as fetched are left out, with their hash told, once the captures together are larger; in bytes.
MOST_CAPTURED = 150 * 1024 * 1024


def dossier_mark(verdict: Verdict) -> str:
    """Return what tells one state of the verdict, its claim and publication from another. Three queries."""
    events = verdict.claim.events.exclude(verb=ASKED).order_by("-sequence")
    newest = events.values_list("sequence", flat=True).first()
    publication = _publication_of(verdict)
    shown = publication.version if publication else 0
    documents = sum(verdict.citations.values_list("evidence__passage__document__version", flat=True))
    return f"{dossier.FORMAT} {newest} {verdict.version} {shown} {documents}"


def dossier_files(verdict_id: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what the manifest says the dossier is of, and its files by name."""
    verdict = verdict_with_content(verdict_id)
    chain = chain_of(verdict.claim_id)
    captures: dict[str, bytes] = {}
    evidence = _evidence(verdict, captures)
    written: dict[str, Any] = {
        dossier.VERDICT: _verdict(verdict, chain),
        dossier.CONTENT: asdict(hashed_content(verdict, verdict.submitted_at)),
        dossier.APPROVALS: _approvals(verdict),
        dossier.EVIDENCE: evidence,
        dossier.CHAIN: chain,
    }
    revision = PublishedRevision.objects.filter(verdict=verdict).select_related("published_by").first()
    if revision is not None:
        written[dossier.PUBLICATION] = _published(revision)
        written[dossier.MARKUP] = claim_review(revision.snapshot)
    about = {
        "claim": verdict.claim_id,
        "verdict": verdict.pk,
        "revision": verdict.revision,
        "language": verdict.language,
        "last_event": {"sequence": chain[-1]["sequence"], "hash": chain[-1]["hash"]} if chain else None,
    }
    return about, {name: dossier.json_bytes(content) for name, content in written.items()} | captures


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.pk, "name": str(person)}


def _publication_of(verdict: Verdict) -> Publication | None:
    return Publication.objects.filter(claim_id=verdict.claim_id, language=verdict.language).first()


def _verdict(verdict: Verdict, chain: list[dict[str, Any]]) -> dict[str, Any]:
    rating = verdict.rating
    authors = {person.pk: person for person in (verdict.recorder, verdict.last_editor)}
    authors |= {person.pk: person for person in verdict.co_authors.all()}
    return {
        "id": verdict.pk,
        "claim": verdict.claim_id,
        "revision": verdict.revision,
        "state": verdict.state,
        "language": verdict.language,
        "rating": rating
        and {
            "key": rating.key,
            "label": rating.label(verdict.language),
            "value": rating.value,
            "scale": rating.scale.key,
            "scale_version": rating.scale.version,
        },
        **{name: getattr(verdict, name) for name in WRITTEN_FIELDS},
        "exceptions": verdict.exceptions,
        "citations": [citation.evidence_id for citation in verdict.citations.all()],
        "recorder": _person(verdict.recorder),
        "authors": [_person(authors[id]) for id in sorted(authors)],
        "recorded_at": iso_utc(verdict.recorded_at),
        "submitted_at": iso_utc(verdict.submitted_at),
        "publish_at": iso_utc(verdict.publish_at),
        "content_hash": verdict.content_hash,
        "present_hash": present_hash(verdict),
        "approvals_required": _approvals_asked(verdict, chain),
    }


def _approvals_asked(verdict: Verdict, chain: list[dict[str, Any]]) -> int:
    """Return how many approvals were asked for when the last was given: the claim's risk may change later."""
    for event in reversed(chain):
        if event["verb"] == "approve" and event["subject"] == ["verdict", verdict.pk]:
            return int(event["details"]["asked"])
    return required_approvals(verdict)


def _approvals(verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "id": approval.pk,
            "person": _person(approval.approver),
            "decision": approval.decision,
            "content_hash": approval.content_hash,
            "comment": approval.comment,
            "at": iso_utc(approval.decided_at),
        }
        for approval in sorted(verdict.approvals.all(), key=lambda approval: approval.pk)
    ]


def _evidence(verdict: Verdict, captures: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return all evidence of the claim; put the captures of what is cited into ``captures``."""
    ordinals = {citation.evidence_id: citation.ordinal for citation in verdict.citations.all()}
    pieces = (
        Evidence.objects.filter(claim_id=verdict.claim_id)
        .select_related("passage__document__outlet")
        .defer("passage__document__raw", "passage__document__text")
        .prefetch_related("decisions__person")
        .order_by("pk")
    )
    return [_piece(piece, ordinals.get(piece.pk), captures) for piece in pieces]


def _piece(piece: Evidence, ordinal: int | None, captures: dict[str, bytes]) -> dict[str, Any]:
    document = piece.passage.document
    return {
        "id": piece.pk,
        "cited_as": ordinal,
        "stance": piece.stance,
        "suggested_stance": piece.machine_stance,
        "state": piece.state,
        "passage": piece.passage.text,
        "cited_words": [piece.start, piece.end],
        "origin": piece.origin,
        "origin_name": piece.origin_name,
        "decisions": [
            {
                "person": _person(decision.person),
                "decision": decision.decision,
                "stance": [decision.stance_before, decision.stance_after],
                "state": [decision.state_before, decision.state_after],
                "reason": decision.reason,
                "at": iso_utc(decision.decided_at),
            }
            for decision in sorted(piece.decisions.all(), key=lambda decision: decision.pk)
        ],
        "document": {
            "id": document.pk,
            "url": document.url,
            "title": document.title,
            "outlet": document.outlet.name,
            "ownership": document.outlet.ownership,
            "language": document.language,
            "published": iso_utc(document.published_at) or str(document.published_on or ""),
            "captured_at": iso_utc(document.captured_at),
            "is_primary": document.is_primary,
        },
        "capture": _capture(piece, captures) if ordinal is not None else _NO_CAPTURE,
    }


_NO_CAPTURE = {"text": "", "text_sha256": "", "page": "", "page_sha256": ""}


def _capture(piece: Evidence, captures: dict[str, bytes]) -> dict[str, str]:
    """Keep the document's text, and the page as fetched where there is one; several pieces may share them."""
    document = piece.passage.document
    page = bytes(document.raw)
    told = dict(_NO_CAPTURE)
    text_name, page_name = f"captures/{document.pk}.txt", f"captures/{document.pk}.page"
    captures[text_name] = document.text.encode("utf-8", "surrogatepass")
    told |= {"text": text_name, "text_sha256": document.text_sha256}
    if page:
        told["page_sha256"] = hashlib.sha256(page).hexdigest()
        if page_name in captures or sum(map(len, captures.values())) + len(page) <= MOST_CAPTURED:
            captures[page_name] = page
            told["page"] = page_name
    return told


def _published(revision: PublishedRevision) -> dict[str, Any]:
    """Return the revision as it was published; what came after it stands in the chain."""
    return {
        "revision": revision.number,
        "tier": revision.tier,
        "note": revision.note,
        "published_by": _person(revision.published_by),
        "published_at": iso_utc(revision.published_at),
        "snapshot": revision.snapshot,
    }
