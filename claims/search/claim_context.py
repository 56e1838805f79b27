"""What a claim's article tells about where and when the claim stands: a context, never a part of the claim.

A claim logged as “The meeting lasted about two hours” names no place and no day. The title of its article, the
live-blog update that it is from and the moment of that update do.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.models import Appearance, Claim
from claims.search.moments import known_zone, noon_or_moment

#: So much of the update or paragraph is read, in code points: a context is a hint, not a text to search for.
LONGEST_CONTEXT = 1_500
#: What has to be loaded with a claim, so that reading its context makes no more queries.
CONTEXT_LOADED = ("appearances__article", "appearances__update__article_version")


def read_context(claim: Claim) -> Reading | None:
    """Read the surroundings of the claim's first appearance in an article; None where it has none."""
    appearance = next((each for each in claim.appearances.all() if each.article is not None), None)
    if appearance is None or appearance.article is None:
        return None
    article = appearance.article
    text = "\n".join(filter(None, (article.title.strip(), _around(appearance).strip())))
    if not text:
        return None
    zone = known_zone(appearance.update.zone if appearance.update else "", article.zone)
    return read(
        text, language=cast(Language, article.language), published_at=_moment_of(appearance, zone), zone=zone
    )


def _around(appearance: Appearance) -> str:
    """Return the words of the update, else those just before and after the quotation with it."""
    update = appearance.update
    if update is None:
        return f"{appearance.prefix}{appearance.exact}{appearance.suffix}"[:LONGEST_CONTEXT]
    body = update.article_version.text[update.body_start : update.end][:LONGEST_CONTEXT]
    return f"{update.title}\n{body}"


def _moment_of(appearance: Appearance, zone: str) -> datetime | None:
    """Return the moment of the update, else of the article's publication."""
    article = appearance.article
    at = (appearance.update.moment if appearance.update else None) or appearance.moment
    if at is None and article is not None:
        return noon_or_moment(article.published_at, article.published_on, zone)
    return noon_or_moment(at, None, zone)
