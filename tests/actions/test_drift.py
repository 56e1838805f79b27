"""Drift between two listings of (id, version), found without holding what does not differ."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from claims.actions.drift import RANGE, Drift, compare_versions, is_row_id

LISTINGS = st.dictionaries(st.integers(1, 4 * RANGE).map(str), st.integers(0, 3), max_size=40)


def compare(database: dict[str, int], index: dict[str, int]) -> Drift:
    return compare_versions(database.items, lambda: reversed(index.items()))


def test_equal_listings_in_any_order_are_no_drift_and_are_read_once() -> None:
    read: list[str] = []

    def listing(side: str) -> Iterable[tuple[str, int]]:
        read.append(side)
        return [(str(number), number % 5) for number in range(1, 5_000)]

    assert compare_versions(lambda: listing("database"), lambda: listing("index")) == Drift()
    assert read == ["database", "index"]


def test_each_kind_of_difference_is_named() -> None:
    database = {"1": 1, "2": 2, "3": 3, "5000": 1}
    index = {"1": 1, "2": 1, "3": 4, "90000": 7, "stray": 1}
    assert compare(database, index) == Drift(
        missing=("5000",), outdated=("2",), ahead=("3",), ghosts=("90000", "stray")
    )


def test_two_rows_that_swapped_their_versions_are_found() -> None:
    assert compare({"1": 1, "2": 2}, {"1": 2, "2": 1}) == Drift(outdated=("2",), ahead=("1",))


@given(LISTINGS, LISTINGS)
def test_exactly_what_differs_is_found(database: dict[str, int], index: dict[str, int]) -> None:
    differing = {id for id in database.keys() | index.keys() if database.get(id) != index.get(id)}
    assert set(compare(database, index).ids) == differing


def test_only_ids_as_rows_have_them_count_as_such() -> None:
    assert [id for id in ("7", "0", "007", "seven", "٧", "-7", "", "7 ", "9" * 19) if is_row_id(id)] == [
        "7",
        "0",
    ]
