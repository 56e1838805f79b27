"""Do two figures agree within what their words allow?"""

from __future__ import annotations

import pytest

from claims.corroboration.figures import figures_agree
from claims.corroboration.profile import Profile
from tests.corroboration.readings import reading


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("The march drew more than 300 people.", "The march drew 340 people.", True),
        ("The march drew more than 300 people.", "The march drew 300 people.", False),
        ("The flight took about two hours.", "The flight took less than two hours.", True),
        ("The flight took about four hours.", "The flight took nearly six hours.", False),
        ("Turnout was 62 percent.", "Turnout was 61.8 percent.", True),
        ("Turnout was 62 percent.", "Turnout was 61.2 percent.", False),
        ("The visit did not last more than an hour.", "The visit lasted 50 minutes.", True),
        ("The visit did not last more than an hour.", "The visit lasted two hours.", False),
    ],
)
def test_figures_agree_as_their_words_allow(one: str, other: str, agree: bool) -> None:
    first, second = Profile(reading(one, "en")), Profile(reading(other, "en"))

    assert figures_agree(first.figures[0], second.figures[0], one, other) is agree
    assert figures_agree(second.figures[0], first.figures[0], other, one) is agree
