"""Work under way: the page that is polled reads no file that the work is about."""

from __future__ import annotations

import pytest

from claims.actions.dossiers import ask_dossier
from claims.selectors.work import work_under_way
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


def test_a_dossier_under_way_is_told_without_the_file_that_it_holds(newsroom: Newsroom) -> None:
    ada = newsroom.actor("ada")
    dossier = ask_dossier(verdict_id=newsroom.approved().pk, actor=ada)
    subjects = [work.subject for work in work_under_way(ada).rows if work.job.kind == "make_dossier"]
    assert subjects == [dossier]
    assert subjects[0] is not None
    assert subjects[0].get_deferred_fields() == {"content"}
