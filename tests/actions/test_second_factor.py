"""A desk that asks for a second factor: nobody approves or publishes there without one, by any route."""

from __future__ import annotations

import pytest

from claims.actions.desks import DeskDetails, change_desk
from claims.actions.refusals import NotAllowed
from claims.models import Desk
from tests.newsroom import Newsroom, fresh
from tests.web.test_signing_in import enrol


@pytest.fixture
def strict(newsroom: Newsroom) -> Newsroom:
    desk = Desk.objects.get(pk=newsroom.desk.pk)
    change_desk(
        desk_id=desk.pk,
        seen_version=desk.version,
        details=DeskDetails(name=desk.name, second_factor_required=True),
        actor=newsroom.actor("adam"),
    )
    return newsroom


def test_who_records_needs_none_and_who_approves_needs_one(strict: Newsroom) -> None:
    verdict = strict.submitted()
    with pytest.raises(NotAllowed, match="asks for a second factor"):
        strict.approved(verdict, by="anna")
    enrol(strict.people["anna"])
    assert strict.approved(fresh(verdict), by="anna").state == "approved"


def test_who_publishes_needs_one(strict: Newsroom) -> None:
    enrol(strict.people["anna"])
    verdict = strict.approved()
    with pytest.raises(NotAllowed, match="asks for a second factor"):
        strict.published(verdict)
    enrol(strict.people["pavlo"])
    assert strict.published(fresh(verdict)).number == 1


def test_another_desk_is_not_asked(strict: Newsroom, newsroom: Newsroom) -> None:
    other = Newsroom(Desk.objects.create(name="Culture"))
    other.join("rita", "reviewer")
    other.join("anna", "reviewer")
    assert other.approved(other.submitted()).state == "approved"
