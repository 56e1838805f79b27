"""From a ClaimReview of another publisher to what is kept of it: whose it is, of which claim, in their words.

Invariant: nothing is guessed. Without the claim's words, an address, a publisher or a rating the review is left
out with the reason; a rating is never turned into one of our own. The properties are those of schema.org's
ClaimReview; ``google_reviews`` reads the shape that the Fact Check Tools' ``claims:search`` answers with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from claims.ingest.extracted import normalise
from claims.ingest.structured import Node, plain, types_of, words_of
from claims.language.identify import identify_language
from claims.language.readings import LANGUAGES
from claims.rules.identity import canonical_url, text_fingerprint

LONGEST_CLAIM = 5000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: What is read of a ClaimReview, and what says nothing that could be kept.
_READ = frozenset(
    ("@type", "@id", "@context", "claimreviewed", "url", "author", "publisher", "reviewrating", "itemreviewed",
     "datepublished", "inlanguage", "headline", "name", "mainentityofpage", "sdpublisher", "sddatepublished",
     "sdlicense")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutsideReview:
    """One check of one claim. ``claimant_kind`` is Person, Organization or "" where they do not say."""

    claim_text: str
    url: str
    publisher: str
    rating: str
    language: str
    claim_language: str
    publisher_site: str = ""
    title: str = ""
    claimant: str = ""
    claimant_kind: str = ""
    claimed_on: date | None = None
    checked_on: date | None = None
    appearance_url: str = ""
    unmapped: tuple[str, ...] = ()

    @property
    def key_words(self) -> str:
        """What the review is known by: the page and the claim, for one page may check several."""
        return f"{canonical_url(self.url)}\n{text_fingerprint(self.claim_text)}"


class Refused(Exception):
    """Why a review is left out; the message is the sentence."""


def read_review(node: Node, page_url: str = "") -> OutsideReview:
    """Read one ClaimReview; ``page_url`` stands in where it names no address. Raises ``Refused``."""
    rating = _first(node.get("reviewRating"))
    item = _first(node.get("itemReviewed"))
    author = _first(node.get("author")) or _first(node.get("publisher"))
    claimant = _first(item.get("author"))
    appearance = _first(item.get("firstAppearance")) or _first(item.get("appearance"))
    return built(
        claim_text=words_of(node, "claimReviewed") or words_of(item, "name"),
        url=_address(node.get("url")) or page_url,
        publisher=words_of(author, "name", "@value"),
        publisher_site=_address(author.get("url")),
        rating=_rating(rating),
        title=words_of(node, "headline", "name"),
        language=words_of(node, "inLanguage"),
        claimant=words_of(claimant, "name", "@value"),
        claimant_kind=_kind(claimant),
        claimed=words_of(item, "datePublished"),
        checked=words_of(node, "datePublished"),
        appearance_url=_address(appearance.get("url")) or _address(appearance.get("@value")),
        unmapped=tuple(sorted(name for name in node if name.lower() not in _READ)),
    )


def google_reviews(claim: Node) -> Iterator[OutsideReview]:
    """Yield the reviews of one claim as the Fact Check Tools answer. Raises ``Refused``."""
    reviews = claim.get("claimReview")
    for review in reviews if isinstance(reviews, list) else []:
        publisher = _first(_first(review).get("publisher"))
        yield built(
            claim_text=words_of(claim, "text"),
            url=_address(_first(review).get("url")),
            publisher=words_of(publisher, "name") or words_of(publisher, "site"),
            publisher_site=words_of(publisher, "site"),
            rating=words_of(_first(review), "textualRating"),
            title=words_of(_first(review), "title"),
            language=words_of(_first(review), "languageCode"),
            claimant=words_of(claim, "claimant"),
            claimed=words_of(claim, "claimDate"),
            checked=words_of(_first(review), "reviewDate"),
        )


def built(
    *,
    claim_text: str,
    url: str,
    publisher: str,
    rating: str,
    publisher_site: str = "",
    title: str = "",
    language: str = "",
    claimant: str = "",
    claimant_kind: str = "",
    claimed: str = "",
    checked: str = "",
    appearance_url: str = "",
    unmapped: tuple[str, ...] = (),
) -> OutsideReview:
    """Return the review that these words make. Raises ``Refused`` with the sentence of what is missing."""
    claim_text, rating, publisher, title, claimant = (
        " ".join(normalise(words).split()) for words in (claim_text, rating, publisher, title, claimant)
    )
    url, publisher_site = normalise(url).strip(), normalise(publisher_site).strip()
    if not any(character.isalnum() for character in claim_text):
        raise Refused(_("The claim that was checked is missing."))
    if len(claim_text) > LONGEST_CLAIM:
        raise Refused(_("The claim is longer than %(longest)d characters.") % {"longest": LONGEST_CLAIM})
    address = canonical_url(url) if len(url) <= 2000 else ""
    if not address or len(address) > 2000:
        raise Refused(_("The address of the check is missing or no web address."))
    host = urlsplit(address).hostname or ""
    if host == urlsplit(settings.SITE_URL).hostname:
        raise Refused(_("This check was published by this newsroom itself."))
    if not rating:
        raise Refused(_("The rating is missing."))
    spoken = identify_language(claim_text)
    code = language.strip().lower().replace("_", "-").partition("-")[0]
    return OutsideReview(
        claim_text=claim_text,
        url=url,
        publisher=publisher[:200] or host,
        publisher_site=publisher_site[:500] or host,
        rating=rating[:300],
        language=(code if code in LANGUAGES else "other") if code else spoken,
        claim_language=spoken,
        title=title[:500],
        claimant=claimant[:200],
        claimant_kind=claimant_kind,
        claimed_on=_day(claimed, _("the date of the claim")),
        checked_on=_day(checked, _("the date of the check")),
        appearance_url=appearance_url
        if len(appearance_url) <= 2000 and canonical_url(appearance_url)
        else "",
        unmapped=unmapped,
    )


def _first(value: Any) -> Node:
    """Return the first object of a property; a bare text counts as one that has a name."""
    one = value[0] if isinstance(value, list) and value else value
    if isinstance(one, str):
        return {"@value": one}
    return one if isinstance(one, dict) else {}


def _address(value: Any) -> str:
    one = value[0] if isinstance(value, list) and value else value
    if isinstance(one, dict):
        one = one.get("@id") or one.get("url")
    return one.strip() if isinstance(one, str) else ""


def _rating(rating: Node) -> str:
    """Return the rating in the publisher's words, or its figures where there are no words."""
    if words := words_of(rating, "alternateName", "name", "ratingExplanation", "@value"):
        return words
    value, best = rating.get("ratingValue"), rating.get("bestRating")
    figures = [
        str(number) for number in (value, best) if isinstance(number, int | float | str) and number != ""
    ]
    return " / ".join(figures) if value not in (None, "") else ""


def _kind(claimant: Node) -> str:
    types = types_of(claimant)
    if "person" in types:
        return "Person"
    return "Organization" if any("organization" in name for name in types) else ""


def _day(words: str, what: str) -> date | None:
    """Read the day of a date or moment as it was written; a moment's zone does not move it."""
    words = plain(words)[:40]
    if not words:
        return None
    found = _DAY.match(words)
    try:
        day = date.fromisoformat(found[0]) if found else _american(words)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise Refused(_("This is no date: %(words)s (%(what)s).") % {"words": words, "what": what})
    return day


def _american(words: str) -> date | None:
    """Read “Mar 4, 2026”, the one other form that these files are known to hold."""
    for form in ("%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None
