"""What a declared conflict of interest covers. Pure: the declaration and what a claim is connected with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration; exactly one of the four is set."""

    claimant_id: int | None = None
    outlet_id: int | None = None
    claim_id: int | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Connections:
    """What a claim has to do with: who made it, where it appeared (ids of outlets), what it is about."""

    claim_id: int
    claimant_id: int | None
    outlet_ids: frozenset[int]
    topic: str


def covers(declared: Declared, claim: Connections) -> bool:
    """Say whether the person who declared this keeps out of the claim."""
    return (
        declared.claim_id == claim.claim_id
        or (declared.claimant_id is not None and declared.claimant_id == claim.claimant_id)
        or declared.outlet_id in claim.outlet_ids
        or (bool(declared.topic) and same_topic(declared.topic, claim.topic))
    )


def same_topic(one: str, other: str) -> bool:
    """Topics are words that people type: case and outer space do not tell them apart."""
    return one.strip().casefold() == other.strip().casefold()


def spellings(topic: str) -> frozenset[str]:
    """Return how a desk may have written the topic; a database compares only what is spelt out."""
    plain = topic.strip()
    return frozenset({plain, plain.lower(), plain.upper(), plain.capitalize(), plain.title()})
