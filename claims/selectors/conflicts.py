"""Conflicts of interest: what a person declared, and which claims they keep out of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from claims.models import Appearance, Claim, Claimant, ConflictOfInterest, Outlet
from claims.rules.conflicts import Connections, Declared, covers, spellings
from claims.rules.numbers import whole_number


class Subject(TypedDict, total=False):
    """What a declaration is about, as ``declare_conflict`` takes it."""

    claimant_id: int | None
    outlet_id: int | None
    claim_id: int | None
    topic: str


class Unknown(LookupError):
    """Nothing of this name is recorded; the message says what to type."""


def subject_named(kind: str, name: str) -> Subject:
    """Return what a person means by a kind and a name that they typed; raise ``Unknown``. One query or two."""
    name = " ".join(name.split())
    if kind == "topic":
        return {"topic": name}
    if kind == "claim":
        return {"claim_id": whole_number(name) or 0}
    if kind == "outlet":
        outlet = Outlet.objects.filter(Q(name=name) | Q(domain=name.lower())).order_by("pk").first()
        outlet = outlet or Outlet.objects.filter(name__iexact=name).order_by("pk").first()
        if outlet is not None:
            return {"outlet_id": outlet.pk}
        raise Unknown(_("No outlet of this name is recorded. Write its name or its domain."))
    claimant = Claimant.objects.filter(name=name).order_by("pk").first()
    claimant = claimant or Claimant.objects.filter(name__iexact=name).order_by("pk").first()
    if claimant is not None:
        return {"claimant_id": claimant.pk}
    raise Unknown(_("No claimant of this name is recorded. Write it as it stands on the claim."))


def standing_conflicts(person_id: int | None) -> list[ConflictOfInterest]:
    """Return what the person keeps out of now, newest first. One query."""
    if person_id is None:
        return []
    standing = ConflictOfInterest.objects.filter(person_id=person_id, ended_at__isnull=True)
    return list(standing.select_related("claimant", "outlet", "claim").order_by("-pk"))


def conflict_with(claim: Claim, person_id: int | None) -> ConflictOfInterest | None:
    """Return the declaration that keeps the person out of ``claim``, if any. One query, or two."""
    standing = standing_conflicts(person_id)
    outlets: frozenset[int] = frozenset()
    if any(conflict.outlet_id for conflict in standing):
        outlets = _outlets_of(claim.pk, [conflict.outlet for conflict in standing if conflict.outlet])
    connections = Connections(claim.pk, claim.claimant_id, outlets, claim.topic)
    return next((conflict for conflict in standing if covers(declared(conflict), connections)), None)


def without_conflicts(claims: QuerySet[Claim], person_id: int | None) -> QuerySet[Claim]:
    """Return ``claims`` without those that the person keeps out of. One query, and none of it per claim.

    A person without a declaration gets the very same query back, so that the queue's indexes still serve it.
    """
    return excluding(claims, standing_conflicts(person_id))


def excluding(claims: QuerySet[Claim], standing: Iterable[ConflictOfInterest]) -> QuerySet[Claim]:
    hidden = Q()
    for conflict in standing:
        if conflict.claimant_id:
            hidden |= Q(claimant_id=conflict.claimant_id)
        elif conflict.claim_id:
            hidden |= Q(pk=conflict.claim_id)
        elif conflict.outlet_id:
            assert conflict.outlet is not None
            there = Appearance.objects.filter(_at(conflict.outlet))
            hidden |= Q(pk__in=there.values("claim_id"))
        else:
            hidden |= Q(topic__in=sorted(spellings(conflict.topic)))
    return claims.exclude(hidden) if hidden else claims


def _outlets_of(claim_id: int, outlets: list[Outlet]) -> frozenset[int]:
    """Return which of ``outlets`` a claim was made at, by its articles or by bare addresses. One query."""
    found = {f"at{outlet.pk}": Count("pk", filter=_at(outlet)) for outlet in outlets}
    counted = Appearance.objects.filter(claim_id=claim_id).aggregate(**found)
    return frozenset(outlet.pk for outlet in outlets if counted[f"at{outlet.pk}"])


def _at(outlet: Outlet) -> Q:
    """Return the condition of an appearance at ``outlet``: in an article of it, or at an address of its domain.

    Outlets are known by their domain without “www.”, as articles are taken in.
    """
    there = Q(article__outlet_id=outlet.pk)
    if outlet.domain:
        for start in ("https://", "https://www.", "http://", "http://www."):
            there |= Q(url__istartswith=f"{start}{outlet.domain}/") | Q(url__iexact=f"{start}{outlet.domain}")
    return there


def declared(conflict: ConflictOfInterest) -> Declared:
    return Declared(conflict.claimant_id, conflict.outlet_id, conflict.claim_id, conflict.topic)
