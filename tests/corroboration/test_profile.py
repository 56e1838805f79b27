"""What a profile makes of a reading, and how much of a hostile one."""

from __future__ import annotations

from claims.corroboration.profile import MOST_FIGURES, profile_of
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
