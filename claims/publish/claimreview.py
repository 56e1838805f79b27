"""ClaimReview markup of a snapshot, as schema.org and Google's fact-check page document it. Pure.

Required: ``claimReviewed``, ``reviewRating`` with ``alternateName``, ``url``. A rating that is text only has
no numbers; an unknown claimant is left out; the claim's date and the dates of the check are kept apart.
"""

from __future__ import annotations

import json
from typing import Any

from claims.publish.snapshot import Snapshot, SnapshotAppearance, SnapshotClaimant, SnapshotRating

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_APPEARANCE_TYPES = {"live_blog": "LiveBlogPosting", "article": "NewsArticle"}


def claim_review(snapshot: Snapshot) -> dict[str, Any]:
    """Return the ClaimReview object of ``snapshot``, with an inline context."""
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{snapshot['url']}#review",
        "url": snapshot["url"],
        "name": snapshot["title"],
        "claimReviewed": snapshot["claim_reviewed"],
        "inLanguage": snapshot["language"],
        "datePublished": snapshot["first_published_at"],
        "dateModified": snapshot["modified_at"],
        "author": {"@type": "Organization", **snapshot["organisation"]},
        "reviewRating": _rating(snapshot["rating"], snapshot["summary"]),
        "itemReviewed": _claim(snapshot),
        "reviewBody": snapshot["justification"],
        "citation": [
            _filled({"@type": "CreativeWork", "name": cited["title"], "url": cited["url"]})
            for cited in snapshot["evidence"]
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction["note"],
                "datePublished": correction["published_at"],
            }
            for correction in snapshot["corrections"]
            if correction["note"]
        ],
    }
    return _filled(review)


def script_json(snapshot: Snapshot) -> str:
    """Return the markup as JSON that may stand inside ``<script type="application/ld+json">``.

    Nothing in it can end the script element: <, >, &, U+2028 and U+2029 are escaped.
    """
    text = json.dumps(claim_review(snapshot), ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


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
    claimants = [snapshot["claimant"], *snapshot.get("other_claimants", [])]
    authors = [_author(claimant) for claimant in claimants if claimant is not None]
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


def _author(claimant: SnapshotClaimant) -> dict[str, Any]:
    return _filled({"@type": claimant["kind"], "name": claimant["name"], "sameAs": claimant["same_as"]})


def _appearance(place: SnapshotAppearance) -> dict[str, Any]:
    return _filled(
        {
            "@type": _APPEARANCE_TYPES.get(place["kind"], "CreativeWork"),
            "url": place["url"],
            "headline": place["title"],
            "description": place["offline_origin"],
            "datePublished": place["moment"] or place["published"],
            "publisher": {"@type": "Organization", "name": place["outlet"]} if place["outlet"] else None,
        }
    )


def _filled(markup: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: an empty value in markup would be read as a statement."""
    return {name: value for name, value in markup.items() if value not in ("", None, [])}
