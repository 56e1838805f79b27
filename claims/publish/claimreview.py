"""ClaimReview markup of a snapshot, as schema.org and Google's fact-check page document it. Pure.

Required: ``claimReviewed``, ``reviewRating`` with ``alternateName``, ``url``. A rating that is text only has
no numbers; an unknown claimant is left out; the claim's date and the dates of the check are kept apart.
"""

from __future__ import annotations

import json
from typing import Any

from claims.publish.snapshot import (
    Snapshot,
    SnapshotAppearance,
    SnapshotClaimant,
    SnapshotEvidence,
    SnapshotRating,
)

#: Raised whenever the markup of an unchanged snapshot changes; dossiers say by which one theirs was written.
MARKUP_VERSION = 1
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_APPEARANCE_TYPES = {"live_blog": "LiveBlogPosting", "article": "NewsArticle"}
#: Claims about one of these are also reviewed as media, by the type that schema.org knows it by.
_MEDIA_TYPES = {"image": "ImageObject", "video": "VideoObject"}


def claim_review(snapshot: Snapshot) -> dict[str, Any]:
    """Return the ClaimReview object of ``snapshot``, with an inline context."""
    review: dict[str, Any] = {
        **_review("ClaimReview", snapshot, "review"),
        "name": snapshot["title"],
        "claimReviewed": snapshot["claim_reviewed"],
        "reviewRating": _rating(snapshot["rating"], snapshot["summary"]),
        "itemReviewed": _claim(snapshot),
        "reviewBody": snapshot["justification"],
        "citation": [_citation(cited) for cited in snapshot["evidence"]],
        "correction": [
            _correction(correction["note"], correction["published_at"])
            for correction in snapshot["corrections"]
            if correction["note"]
        ],
    }
    return _filled(review)


def media_review(snapshot: Snapshot) -> dict[str, Any] | None:
    """Return the MediaReview of a claim about a picture or video, None for any other claim.

    Whether it was edited, staged or torn out of its context (``mediaAuthenticityCategory``) is a judgement of
    its own, which a verdict does not record: the verdict's words stand in ``originalMediaContextDescription``.
    """
    kind = _MEDIA_TYPES.get(snapshot.get("claim_kind", ""))
    if kind is None:
        return None
    first = next((place for place in snapshot["appearances"] if place["is_first"]), None)
    authors = _authors(snapshot)
    media = {
        "@type": kind,
        "@id": f"{snapshot['claim_iri']}#media",
        "description": snapshot["claim_reviewed"],
        "url": first["url"] if first else "",
        "author": authors[0] if len(authors) == 1 else authors,
        "datePublished": snapshot["made"],
    }
    return _filled(
        {
            **_review("MediaReview", snapshot, "media-review"),
            "originalMediaContextDescription": snapshot["summary"],
            "itemReviewed": _filled(media),
        }
    )


def retraction(snapshot: Snapshot, note: str, at: str) -> dict[str, Any]:
    """Return what a tombstone page says: the review of this id was withdrawn, when and why.

    It is no ClaimReview, so that nobody who reads only types and ratings takes it for one that stands.
    """
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{snapshot['url']}#review",
        "url": snapshot["url"],
        "inLanguage": snapshot["language"],
        "creativeWorkStatus": "Retracted",
        "datePublished": snapshot["first_published_at"],
        "dateModified": at,
        "author": _organisation(snapshot),
        "correction": [_correction(note, at)],
    }


def script_json(snapshot: Snapshot) -> str:
    """Return the markup as JSON that may stand inside ``<script type="application/ld+json">``.

    Nothing in it can end the script element: <, >, &, U+2028 and U+2029 are escaped.
    """
    review, media = claim_review(snapshot), media_review(snapshot)
    return in_script([review, media] if media else review)


def in_script(markup: dict[str, Any] | list[dict[str, Any]]) -> str:
    """Return any markup so that it cannot end the script element that it stands in."""
    text = json.dumps(markup, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _review(kind: str, snapshot: Snapshot, anchor: str) -> dict[str, Any]:
    """Return what every review of the snapshot says of itself.

    ``archivedAt`` is the page of this very revision, which stays when a later one replaces it.
    """
    site = snapshot["url"].removesuffix(snapshot["path"])
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": f"{snapshot['url']}#{anchor}",
        "url": snapshot["url"],
        "inLanguage": snapshot["language"],
        "datePublished": snapshot["first_published_at"],
        "dateModified": snapshot["modified_at"],
        "version": snapshot["revision"],
        "archivedAt": f"{site}/checks/{snapshot['publication']}/revisions/{snapshot['revision']}/",
        "sdLicense": snapshot.get("license", ""),
        "author": _organisation(snapshot),
    }


def _rating(rating: SnapshotRating, explanation: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": rating["label"],
        "name": rating["label"],
        "ratingExplanation": explanation,
    }
    if rating["value"] is not None:
        shown |= {
            "ratingValue": rating["value"],
            "worstRating": rating["worst"],
            "bestRating": rating["best"],
        }
    return _filled(shown)


def _claim(snapshot: Snapshot) -> dict[str, Any]:
    authors = _authors(snapshot)
    first = next((place for place in snapshot["appearances"] if place["is_first"]), None)
    return _filled(
        {
            "@type": "Claim",
            "@id": snapshot["claim_iri"],
            "text": snapshot["claim_text"],
            "inLanguage": snapshot["claim_language"] if snapshot["claim_language"] != "other" else "",
            # The same claim by somebody else repeats the author, as it repeats the appearance.
            "author": authors[0] if len(authors) == 1 else authors,
            "datePublished": snapshot["made"],
            "firstAppearance": _appearance(first) if first else None,
            "appearance": [_appearance(place) for place in snapshot["appearances"] if place is not first],
        }
    )


def _authors(snapshot: Snapshot) -> list[dict[str, Any]]:
    claimants = [snapshot["claimant"], *snapshot.get("other_claimants", [])]
    return [_author(claimant) for claimant in claimants if claimant is not None]


def _author(claimant: SnapshotClaimant) -> dict[str, Any]:
    return _filled({"@type": claimant["kind"], "name": claimant["name"], "sameAs": claimant["same_as"]})


def _appearance(place: SnapshotAppearance) -> dict[str, Any]:
    """Return where it was said; an update of a live blog is a posting of its own, and part of the whole."""
    is_update = place["kind"] == "live_blog" and bool(place["printed_time"])
    shown: dict[str, Any] = {
        "@type": "BlogPosting" if is_update else _APPEARANCE_TYPES.get(place["kind"], "CreativeWork"),
        "url": place["url"],
        "headline": "" if is_update else place["title"],
        "description": place["offline_origin"],
        "datePublished": place["moment"] or place["published"],
        "publisher": _publisher(place["outlet"]),
    }
    if is_update:
        whole = {"@type": "LiveBlogPosting", "url": place["url"], "headline": place["title"]}
        shown["isPartOf"] = _filled({**whole, "datePublished": place["published"]})
    return _filled(shown)


def _citation(cited: SnapshotEvidence) -> dict[str, Any]:
    return _filled(
        {
            "@type": "CreativeWork",
            "name": cited["title"],
            "url": cited["url"],
            "datePublished": cited["published"],
            "inLanguage": cited["language"] if cited["language"] != "other" else "",
            "publisher": _publisher(cited["outlet"]),
        }
    )


def _organisation(snapshot: Snapshot) -> dict[str, str]:
    # Field by field: a database may keep the keys of JSON in an order of its own, and bytes must not follow it.
    organisation = snapshot["organisation"]
    return {"@type": "Organization", "name": organisation["name"], "url": organisation["url"]}


def _publisher(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _correction(note: str, at: str) -> dict[str, str]:
    return {"@type": "CorrectionComment", "text": note, "datePublished": at}


def _filled(markup: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: an empty value in markup would be read as a statement."""
    return {name: value for name, value in markup.items() if value not in ("", None, [])}
