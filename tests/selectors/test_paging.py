"""Pages by key: which neighbours a page has, seen from either side."""

from __future__ import annotations

import pytest

from claims.selectors.paging import Cursor, page_of

SOMEWHERE = (5,)


@pytest.mark.parametrize(
    ("found", "cursor", "page"),
    [
        pytest.param([], None, ([], False, False), id="an-empty-list"),
        pytest.param([1, 2], None, ([1, 2], False, False), id="the-only-page"),
        pytest.param([1, 2, 3], None, ([1, 2], True, False), id="the-first-page"),
        pytest.param([6, 7, 8], Cursor(SOMEWHERE, False), ([6, 7], True, True), id="a-page-after-a-row"),
        pytest.param([6, 7], Cursor(SOMEWHERE, False), ([6, 7], False, True), id="the-last-page-after-a-row"),
        pytest.param([], Cursor(SOMEWHERE, False), ([], False, False), id="nothing-after-a-row"),
        pytest.param([4, 3, 2], Cursor(SOMEWHERE, True), ([3, 4], True, True), id="a-page-before-a-row"),
        pytest.param(
            [4, 3], Cursor(SOMEWHERE, True), ([3, 4], True, False), id="the-first-page-before-a-row"
        ),
        pytest.param([], Cursor(SOMEWHERE, True), ([], False, False), id="nothing-before-a-row"),
        pytest.param([9, 8, 7], Cursor((), True), ([8, 9], False, True), id="the-end-of-a-list"),
        pytest.param([9, 8], Cursor((), True), ([8, 9], False, False), id="the-end-of-a-short-list"),
    ],
)
def test_a_page_knows_its_neighbours(
    found: list[int], cursor: Cursor | None, page: tuple[list[int], bool, bool]
) -> None:
    assert page_of(found, cursor, 2) == page
