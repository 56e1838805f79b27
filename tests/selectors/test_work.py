"""Work under way: a desk is told of its own, and the page that is polled reads no file that the work is about."""

from __future__ import annotations

import pytest

from claims import jobs
from claims.actions.dossiers import ask_dossier
from claims.models import Claim, Desk
from claims.selectors import work
from claims.selectors.work import work_under_way
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


def test_a_dossier_under_way_is_told_without_the_file_that_it_holds(newsroom: Newsroom) -> None:
    ada = newsroom.actor("ada")
    dossier = ask_dossier(verdict_id=newsroom.approved().pk, actor=ada)
    subjects = [row.subject for row in work_under_way(ada).rows if row.job.kind == "make_dossier"]
    assert subjects == [dossier]
    assert subjects[0] is not None
    assert subjects[0].get_deferred_fields() == {"content"}


def test_the_work_of_another_desk_hides_none_of_the_own(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_READ", 2)
    elsewhere = Desk.objects.create(name="Another desk")
    others, own = [newsroom.claim() for _count in range(3)], newsroom.claim()
    Claim.objects.filter(pk__in=[claim.pk for claim in others]).update(desk=elsewhere)
    for claim in (*others, own):
        jobs.enqueue("gather_evidence", claim.pk, subject_version=claim.version)
    told = work_under_way(newsroom.actor("jonas"))
    assert [row.subject for row in told.rows] == [own]
    assert not told.is_more
