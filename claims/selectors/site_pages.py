"""The pages about the newsroom as they stand, in the language of the reader where they are written in it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import SitePageVersion
from claims.publish.prose import Block, blocks

_LANGUAGES = ("en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The newest version in one language; ``language`` may not be the one that was asked for."""

    version: SitePageVersion
    language: str
    blocks: tuple[Block, ...]


def newest_number(page: str) -> int:
    """Return the number of the newest version, 0 where none was written."""
    newest = newest_version(page)
    return newest.number if newest else 0


def newest_version(page: str) -> SitePageVersion | None:
    return SitePageVersion.objects.filter(page=page).order_by("-number").first()


def shown_page(page: str, language: str) -> ShownPage | None:
    """Return the page in ``language``, else in the first that it is written in. One query."""
    version = newest_version(page)
    if version is None:
        return None
    for code in (language, *_LANGUAGES):
        if code in _LANGUAGES and (text := getattr(version, f"text_{code}")):
            return ShownPage(version, code, tuple(blocks(text)))
    return None


def versions_of(page: str) -> list[SitePageVersion]:
    """Return who wrote which version when, newest first, without the texts. One query."""
    rows = SitePageVersion.objects.filter(page=page).select_related("written_by").order_by("-number")
    return list(rows.defer("text_en", "text_uk", "text_ru")[:20])
