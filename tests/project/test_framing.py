"""Every route of the site refuses to be framed, but for the card of a check, which anybody may frame."""

from __future__ import annotations

import pytest

from tests.project.test_permission_matrix import ALL_PATTERNS, House, house

__all__ = ["house"]

pytestmark = pytest.mark.django_db
CARD = "embed/<int:publication_id>/"


@pytest.mark.parametrize("pattern", ALL_PATTERNS)
def test_only_the_card_may_be_framed(house: House, pattern: str) -> None:
    for who in ("anonymous", "reviewer", "admin"):
        answer, _grown = house.ask(who, "GET", house.address(pattern))
        policy = answer["Content-Security-Policy"]
        if pattern == CARD:
            assert answer.status_code == 200
            assert "frame-ancestors *" in policy
            assert "X-Frame-Options" not in answer
        else:
            assert "frame-ancestors 'none'" in policy
            assert answer["X-Frame-Options"] == "DENY"
