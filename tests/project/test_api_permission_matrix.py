"""The permission matrix of the API: every operation × everybody, by token. Roles decide there as in the pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from claims import search
from claims.actions.tokens import issue_token
from claims.api.openapi import schema
from claims.models import (
    ClaimEvent,
    Document,
    Evidence,
    Job,
    Person,
    Publication,
    ScopeChoice,
)
from claims.rules.permissions import Actor, Role
from tests.project.api_permission_matrix import CALLERS, OPERATIONS, Operation
from tests.project.test_permission_matrix import House, _house

pytestmark = pytest.mark.django_db
REFUSED = {401, 403, 404, 409, 422}


@dataclass
class Desk:
    """The house, with a token for everybody who can have one."""

    house: House
    secrets: dict[str, str]
    client: Client

    def things(self) -> dict[str, models.Model]:
        house = self.house
        return {
            "free claim": house.claims["free"],
            "held claim": house.claims["held"],
            "loose claim": house.claims["loose"],
            "found evidence": house.pieces["found"],
            **{f"{state} verdict": verdict for state, verdict in house.verdicts.items()},
            "publication": Publication(pk=house.objects["publication"]),
            "publication under correction": Publication(pk=house.objects["correcting"]),
            "published claim": Publication.objects.get(pk=house.objects["publication"]).claim,
            "document": Document(pk=int(house.named["document_id"])),
            "article": house.newsroom.desk.articles.get(),
            "job": Job.objects.get(pk=house.objects["gather job"]),
        }

    def send(self, who: str, operation: str, declared: Operation) -> tuple[HttpResponse, int]:
        """Send one request and take back what it wrote; return the answer and how much the history grew."""
        method, _space, path = operation.partition(" ")
        headers = {"Authorization": f"Bearer {self.secrets[who]}"} if who in self.secrets else {}
        told = {
            "desk": self.house.newsroom.desk.pk,
            "tomorrow": f"{timezone.now() + timedelta(days=1):%FT%TZ}",
        }
        if declared.about:
            thing = self.things()[declared.about]
            thing = type(thing)._default_manager.get(pk=thing.pk)
            path = re.sub(r"{\w+_id}", str(thing.pk), path).replace("{number}", "1")
            if method != "GET":
                headers["If-Match"] = f'"{getattr(thing, "version", 1)}"'
            told["hash"] = getattr(thing, "content_hash", "")
        body = {
            name: told.get(str(value).strip("{}"), value) for name, value in (declared.body or {}).items()
        }
        data = b"" if declared.body is None else json.dumps(body).encode()
        with transaction.atomic():
            before = ClaimEvent.objects.count()
            address = f"/api{path}?{declared.query}".rstrip("?")
            answer = self.client.generic(method, address, data, "application/json", headers=headers)
            grown = ClaimEvent.objects.count() - before
            transaction.set_rollback(True)
        return answer, grown


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: object) -> Iterator[Desk]:
    search.reset_backend()
    search.get_backend().ensure()
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        house = _house()
        yield Desk(house, _secrets(house), Client(raise_request_exception=False))
        transaction.set_rollback(True)
    search.reset_backend()


def _secrets(house: House) -> dict[str, str]:
    """Make a token for each; the disabled person's was made while they were active."""
    now = timezone.now()
    piece = Evidence.objects.get(pk=house.pieces["found"].pk)
    house.objects["gather job"] = Job.objects.create(
        kind="gather_evidence", subject=piece.claim_id, subject_version=99, due_at=now, created_at=now
    ).pk
    secrets = {}
    for who, person in house.people.items():
        if who == "superuser":
            continue
        held = person.memberships.values_list("desk_id", "role")
        roles = {desk_id: frozenset({Role(role)}) for desk_id, role in held}
        actor = Actor(person_id=person.pk, name=str(person), active=True, roles=roles)
        secrets[who] = issue_token(name="Matrix", scopes=ScopeChoice.values, days=1, actor=actor)[1]
    assert not Person.objects.get(pk=house.people["disabled"].pk).is_active
    return secrets


def test_every_operation_is_declared_and_nothing_else() -> None:
    served = {
        f"{method.upper()} {path.removeprefix('/api')}"
        for path, operations in schema()["paths"].items()
        for method in operations
    }
    assert sorted(served - set(OPERATIONS)) == [], "Say in api_permission_matrix.py who may do what there."
    assert sorted(set(OPERATIONS) - served) == [], "These operations are gone."


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_an_operation_is_done_for_those_who_may_alone(desk: Desk, operation: str) -> None:
    declared = OPERATIONS[operation]
    took, wrong = set(), []
    for who in CALLERS:
        answer, grown = desk.send(who, operation, declared)
        if 200 <= answer.status_code < 300:
            took.add(who)
            continue
        if answer.status_code not in REFUSED or grown:
            wrong.append(f"{who}: {answer.status_code}, history + {grown}: {answer.content[:200]!r}")
        if who not in desk.secrets and answer.status_code != 401:
            wrong.append(f"{who}: {answer.status_code}, not 401")
        if who == "disabled" and answer.status_code != 401:
            wrong.append(f"{who}: {answer.status_code}, not 401")
    assert not wrong, "\n".join(wrong)
    assert took == declared.took


WRITES = sorted(each for each, declared in OPERATIONS.items() if not declared.took >= {"anonymous"})


@pytest.mark.parametrize("operation", [each for each in WRITES if not each.startswith("GET")])
def test_a_token_that_may_only_read_writes_nothing(desk: Desk, operation: str) -> None:
    declared = OPERATIONS[operation]
    with transaction.atomic():
        for who in ("recorder", "publisher", "editor"):
            actor = desk.house.newsroom.actor(
                {"recorder": "rita", "publisher": "pavlo", "editor": "edith"}[who]
            )
            desk_only = Desk(
                desk.house,
                {who: issue_token(name="Reader", scopes=["read"], days=1, actor=actor)[1]},
                desk.client,
            )
            answer, grown = desk_only.send(who, operation, declared)
            assert (answer.status_code, grown) == (403, 0)
        transaction.set_rollback(True)
