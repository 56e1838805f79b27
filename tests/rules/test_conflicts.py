"""A declaration covers what it names and nothing else; topics are compared as words."""

from __future__ import annotations

import pytest

from claims.rules.conflicts import Connections, Declared, covers, spellings

CLAIM = Connections(claim_id=7, claimant_id=3, outlet_ids=frozenset({5, 6}), topic="Вибори")


@pytest.mark.parametrize(
    "declared",
    [
        Declared(claimant_id=3),
        Declared(outlet_id=6),
        Declared(claim_id=7),
        Declared(topic="Вибори"),
        Declared(topic=" ВИБОРИ "),
    ],
)
def test_a_declaration_covers_what_it_names(declared: Declared) -> None:
    assert covers(declared, CLAIM)


@pytest.mark.parametrize(
    "declared",
    [
        Declared(claimant_id=7),
        Declared(outlet_id=3),
        Declared(claim_id=3),
        Declared(topic="Вибор"),
        Declared(),
    ],
)
def test_a_declaration_covers_nothing_else(declared: Declared) -> None:
    assert not covers(declared, CLAIM)


def test_a_claim_without_claimant_outlet_or_topic_is_covered_by_its_number_alone() -> None:
    bare = Connections(claim_id=7, claimant_id=None, outlet_ids=frozenset(), topic="")
    assert covers(Declared(claim_id=7), bare)
    for declared in (Declared(claimant_id=3), Declared(outlet_id=5), Declared(topic="Вибори"), Declared()):
        assert not covers(declared, bare)


def test_a_database_is_asked_for_the_spellings_of_a_desk() -> None:
    assert {"Harbour strike", "harbour strike", "HARBOUR STRIKE"} <= spellings("harbour strike")
