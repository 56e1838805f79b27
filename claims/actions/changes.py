"""The middle of every action: compare-and-set on the version that the person saw.

``select_for_update`` alone is no protection on SQLite and lets a stale move through on PostgreSQL, so the
version is part of the UPDATE's condition, and 0 rows changed is a conflict.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from claims.actions.refusals import Conflict, NotFound

M = TypeVar("M", bound=models.Model)


def change(model: type[M], pk: int, seen_version: int, **changes: Any) -> M:
    """Set ``changes`` and raise the version by one, if ``pk`` still has ``seen_version``; return the row.

    Call inside the action's transaction. Raises ``Conflict`` for a stale version, ``NotFound`` for no row.
    """
    manager = model._default_manager
    changed = manager.filter(pk=pk, version=seen_version).update(version=F("version") + 1, **changes)
    if changed == 0:
        present = manager.filter(pk=pk).values_list("version", flat=True).first()
        if present is None:
            raise NotFound(str(model._meta.verbose_name))
        raise Conflict(seen_version, present)
    return manager.get(pk=pk)
