"""What a profile makes of a reading, and how much of a hostile one."""

from __future__ import annotations

import gc
from weakref import ref

from claims.corroboration.profile import MOST_FIGURES, Profile, profile_of
from claims.corroboration.stance import compare_profiles
from claims.language.reading import read


def test_of_a_table_pasted_as_text_only_the_first_figures_are_compared() -> None:
    table = read(" ".join(f"The depot counted {number} crates." for number in range(20, 320)), language="en")
    assert len(table.quantities) == 300
    assert profile_of(table).figures == table.quantities[:MOST_FIGURES]


def test_words_of_one_meaning_are_met_once_however_often_they_stand() -> None:
    repeated = profile_of(read("The ferry left. The ferry was late. The ferry sank.", language="en"))
    ferries = [unit for unit in repeated.content if unit.span.of(repeated.reading.text) == "ferry"]
    assert len(ferries) == 3
    firsts = (*repeated.first_concepts, *repeated.first_words)
    assert [unit for unit in firsts if unit in ferries] == ferries[:1]


def test_a_profile_that_was_compared_is_freed_with_its_last_holder_and_not_by_the_collector() -> None:
    claim = Profile(read("The storm damaged 40 boats in Izmail, and 12 sank.", language="en"))
    passage = Profile(read("In Izmail the storm damaged 45 boats; 12 of them sank.", language="en"))
    assert compare_profiles(claim, passage, passage).figures
    watched = [ref(claim), ref(passage)]
    gc.disable()
    try:
        del claim, passage
        assert [watch() for watch in watched] == [None, None]
    finally:
        gc.enable()
