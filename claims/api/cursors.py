"""Cursors: the place where a page of a list ends, sealed so that only this site's own are taken.

A page costs the same at any depth, for a cursor is the key of a row and never a number of rows to skip.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from claims.api.problems import Refused
from claims.selectors.paging import KeysetPage, M, newest_first

_SEAL = Signer(salt="claims.api.cursors")


def seal(list_name: str, place: str) -> str:
    """Return the cursor for ``place`` of the list; equal places have equal cursors."""
    return _SEAL.sign_object([list_name, place])


def unseal(list_name: str, cursor: str | None) -> str:
    """Return the place that the cursor stands for, "" for none. Raises ``Refused`` for a forged one."""
    if not cursor:
        return ""
    try:
        told = _SEAL.unsign_object(cursor)
    except (BadSignature, ValueError, UnicodeError):
        told = None
    if not isinstance(told, list) or len(told) != 2 or told[0] != list_name:
        raise Refused("unknown-cursor", _("This page of the list does not exist. Begin without a cursor."))
    return str(told[1])


def newest_page(
    rows: QuerySet[M], list_name: str, cursor: str | None, limit: int
) -> tuple[list[M], str | None]:
    """Return one page, newest first, and the cursor of the next one, None on the last. One query."""
    place = unseal(list_name, cursor)
    page: KeysetPage[M] = newest_first(rows, int(place) if place else None, size=limit)
    return page.rows, next_cursor(list_name, page)


def next_cursor(list_name: str, page: KeysetPage[Model] | KeysetPage[M]) -> str | None:
    return None if page.before is None else seal(list_name, str(page.before))
