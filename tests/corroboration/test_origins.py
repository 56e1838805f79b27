"""Reprints are one origin, with the reason."""

from __future__ import annotations

from itertools import permutations

from claims.corroboration.origins import OriginText, group_origins
from tests.corroboration.readings import reading

WIRE = "The ferry ran aground near the harbour at dawn and forty passengers were taken off by boats."
DOCUMENTS = [
    OriginText("1", "Harbour Daily", reading(f"{WIRE} Nobody was hurt.", "en")),
    OriginText("2", "Coast News", reading(f"{WIRE} An inquiry has begun.", "en")),
    OriginText("3", "Baker's Weekly", reading("The price of flour has doubled since spring.", "en")),
]


def test_nearly_the_same_text_is_one_origin() -> None:
    origins = group_origins(DOCUMENTS)

    assert origins["1"].key == origins["2"].key
    assert dict(origins["2"].reason) == {"code": "near_duplicate", "of": "Harbour Daily"}
    assert origins["3"].key != origins["1"].key


def test_the_order_of_the_documents_does_not_matter() -> None:
    expected = group_origins(DOCUMENTS)

    assert all(group_origins(order) == expected for order in permutations(DOCUMENTS))


def test_a_text_that_credits_a_wire_goes_back_to_it() -> None:
    origins = group_origins(
        [
            OriginText("1", "Сегодня", reading("Паром сел на мель, сообщает Reuters.", "ru")),
            OriginText("2", "Reuters", reading("A ferry has run aground off the coast.", "en")),
        ]
    )

    assert origins["1"].key == origins["2"].key
    assert dict(origins["1"].reason)["code"] == "credited"
