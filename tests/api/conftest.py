"""A newsroom whose people have tokens, and a program that sends JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from claims.actions.indexing import index_claim
from claims.actions.tokens import issue_token
from claims.models import Claim, ScopeChoice
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]


@dataclass
class Program:
    """Sends requests as a person of the newsroom, by one token of theirs with all scopes or those given."""

    newsroom: Newsroom
    client: Client = field(default_factory=Client)
    secrets: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def secret(self, who: str, *scopes: str) -> str:
        chosen = tuple(sorted(scopes or ScopeChoice.values))
        if (who, chosen) not in self.secrets:
            actor = self.newsroom.actor(who)
            self.secrets[who, chosen] = issue_token(name="Test", scopes=chosen, days=30, actor=actor)[1]
        return self.secrets[who, chosen]

    def send(
        self, method: str, path: str, body: Any = None, *, by: str = "", seen: int | str = "", **headers: str
    ) -> HttpResponse:
        """Send one request; ``seen`` becomes If-Match, further headers are given with underscores."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if by:
            told["Authorization"] = f"Bearer {self.secret(by)}"
        if seen != "":
            told["If-Match"] = f'"{seen}"' if isinstance(seen, int) else seen
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, f"/api{path}", data, "application/json", headers=told)

    def get(self, path: str, *, by: str = "", **headers: str) -> HttpResponse:
        return self.send("GET", path, by=by, **headers)

    def post(
        self, path: str, body: Any = None, *, by: str = "", seen: int | str = "", **headers: str
    ) -> HttpResponse:
        return self.send("POST", path, body, by=by, seen=seen, **headers)


@pytest.fixture
def program(newsroom: Newsroom) -> Program:
    return Program(newsroom)


def indexed(claim: Claim) -> Claim:
    index_claim(claim.pk)
    return claim
