"""What changed between two versions."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.plaintext import read_pasted
from claims.ingest.versions import WordRun, compare_versions
from tests.ingest.samples import SEEN, sample


def test_equal_texts_have_no_changes() -> None:
    assert compare_versions("One.\n\nTwo.", "One.\n\n\nTwo.\n") == ()


def test_a_changed_paragraph_shows_its_words() -> None:
    (change,) = compare_versions(
        "First.\n\nThe river rose by two metres.", "First.\n\nThe river rose by three metres."
    )
    assert (change.kind, change.old, change.new) == (
        "changed",
        "The river rose by two metres.",
        "The river rose by three metres.",
    )
    assert change.runs == (
        WordRun("equal", "The river rose by "),
        WordRun("delete", "two "),
        WordRun("insert", "three "),
        WordRun("equal", "metres."),
    )


def test_added_removed_and_changed_updates_are_told_apart() -> None:
    text = sample("liveblog_pasted.txt")
    later = text.replace("12 more librarians", "15 more librarians").replace(
        "6.10 p.m.\n\nDoors open again\n\nThe central branch let its first readers in at six. "
        "About 300 people had queued since noon.",
        "7.00 p.m.\n\nThe mayor thanked all who had waited in the rain.",
    )
    before, after = (
        read_pasted(one, outlet_zone="UTC", seen_at=SEEN, published=date(2025, 5, 1)) for one in (text, later)
    )
    changes = compare_versions(before.text, after.text, before.updates, after.updates)
    assert sorted((change.kind, change.printed_time) for change in changes) == [
        ("added", "7.00 p.m."),
        ("changed", "2.45 p.m. (Kyiv time)"),
        ("removed", "6.10 p.m."),
    ]


def test_a_wholly_rewritten_paragraph_is_one_out_and_one_in() -> None:
    changes = compare_versions("Rain fell all night.", "Ministers resigned over a budget.")
    assert [change.kind for change in changes] == ["removed", "added"]


PARAGRAPHS = st.lists(st.sampled_from(["a b c", "a b d", "x y", "z", "one two three four"]), max_size=8)


@given(PARAGRAPHS, PARAGRAPHS)
def test_the_runs_of_a_change_give_back_both_sides(old: list[str], new: list[str]) -> None:
    changes = compare_versions("\n".join(old), "\n".join(new))
    for change in changes:
        assert "".join(run.words for run in change.runs if run.kind != "insert") == change.old
        assert "".join(run.words for run in change.runs if run.kind != "delete") == change.new
    gone, came = [c.old for c in changes if c.old], [c.new for c in changes if c.new]
    assert sorted([*(one for one in old), *came]) == sorted([*(one for one in new), *gone])
    assert bool(changes) == (old != new)
