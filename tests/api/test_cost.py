"""What a request costs in queries, however many rows there are; each number counts who asks and how often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import ApiToken
from tests.api.conftest import Program, indexed

pytestmark = pytest.mark.django_db

#: One to count the request.
PUBLIC = 1
#: Also the token with its person, their roles, and the note of its use.
WITH_TOKEN = PUBLIC + 3


def cost(program: Program, path: str, *, by: str = "", method: str = "GET", body: object = None) -> int:
    if by:
        program.secret(by)
        ApiToken.objects.update(last_used_at=None)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = program.send(method, path, body, by=by)
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.mark.usefixtures("engine")
def test_reading_what_is_public(program: Program) -> None:
    revision = program.newsroom.published()
    for _each in range(3):
        indexed(program.newsroom.published().publication.claim)
    publication, claim = revision.publication_id, revision.publication.claim_id
    told = {
        "/v1/publications": 2,
        "/v1/publications?rating=true": 3,
        f"/v1/publications/{publication}": 2,
        f"/v1/publications/{publication}/revisions/1": 1,
        "/v1/published-claims": 1,
        f"/v1/published-claims/{claim}": 1,
        "/v1/rating-scales": 2,
        "/v1/search?query=tugs": 1,
        "/v1alpha1/claims:search?query=tugs": 1,
    }
    assert {path: cost(program, path) - PUBLIC for path in told} == told
    body = {"text": "Seven tugs entered the harbour."}
    assert cost(program, "/v1/similar-claims", method="POST", body=body) - PUBLIC == 1


def test_reading_the_work_of_the_desk(program: Program) -> None:
    newsroom = program.newsroom
    verdict = newsroom.submitted()
    for _each in range(3):
        newsroom.submitted()
    claim = verdict.claim_id
    piece = verdict.claim.evidence.first()
    assert piece is not None
    article = program.post(
        "/v1/articles", {"desk_id": newsroom.desk.pk, "text": "Four tugs entered."}, by="jonas"
    ).json()
    document = piece.passage.document_id
    # The second query of most asks what the person keeps out of.
    told = {
        "/v1/token": 0,
        "/v1/articles": 1,
        f"/v1/articles/{article['id']}": 3,
        "/v1/claims": 2,
        f"/v1/claims/{claim}": 4,
        f"/v1/claims/{claim}/evidence": 5,
        f"/v1/evidence/{piece.pk}": 2,
        f"/v1/claims/{claim}/verdicts": 10,
        f"/v1/verdicts/{verdict.pk}": 8,
        "/v1/sources": 1,
        "/v1/documents": 1,
        f"/v1/documents/{document}": 1,
    }
    found = {path: cost(program, path, by="rita") - WITH_TOKEN for path in told}
    assert found == told
    assert max(found.values()) <= 12
