"""Who may do what over the API: the one table for its operations. A new operation has to be declared here.

Everybody of the other table knocks with a token of theirs with all scopes; who can have none, with none.
“took” are those whose well-formed request, of the right version and in the right state, is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.project.permission_matrix import AT_THE_DESK, PEOPLE, WRITERS

#: “recorder” is the reviewer who holds the claim and wrote the verdict.
CALLERS = (*PEOPLE, "recorder")
#: A void token opens nothing, not even what is open to everybody.
_STANDING = frozenset(CALLERS) - {"disabled"}
_WITH_TOKEN = _STANDING - {"anonymous", "superuser"}
_DESK = frozenset({*AT_THE_DESK, "recorder"})
_WRITERS = frozenset({*WRITERS, "recorder"})
_REVIEWERS = frozenset({"reviewer", "recorder"})
_DECIDERS = frozenset({"editor", "reviewer"})
_PUBLISHERS = frozenset({"publisher"})


@dataclass(frozen=True)
class Operation:
    """``about`` is what the address names, as the house knows it; ``body`` may name ids of the house in braces."""

    took: frozenset[str]
    about: str = ""
    body: Mapping[str, object] | None = None
    query: str = ""


def changing(took: frozenset[str], about: str, body: Mapping[str, object] | None = None) -> Operation:
    return Operation(took, about, body)


OPERATIONS: dict[str, Operation] = {
    # --- For everybody --------------------------------------------------------------------------------
    "GET /v1/publications": Operation(_STANDING),
    "GET /v1/publications/{publication_id}": Operation(_STANDING, "publication"),
    "GET /v1/publications/{publication_id}/revisions/{number}": Operation(_STANDING, "publication"),
    "GET /v1/published-claims": Operation(_STANDING),
    "GET /v1/published-claims/{claim_id}": Operation(_STANDING, "published claim"),
    "GET /v1/rating-scales": Operation(_STANDING),
    "GET /v1/search": Operation(_STANDING, query="query=tugs"),
    "POST /v1/similar-claims": Operation(_STANDING, body={"text": "Seven tugs."}),
    "GET /v1alpha1/claims:search": Operation(_STANDING, query="query=tugs"),
    "GET /v1alpha1/pages": Operation(_STANDING, query="organization=127.0.0.1"),
    # --- For whoever has a token ----------------------------------------------------------------------
    "GET /v1/token": Operation(_WITH_TOKEN),
    "GET /v1/articles": Operation(_WITH_TOKEN),
    "GET /v1/claims": Operation(_WITH_TOKEN),
    "GET /v1/sources": Operation(_WITH_TOKEN),
    "GET /v1/documents": Operation(_WITH_TOKEN),
    "GET /v1/documents/{document_id}": Operation(_WITH_TOKEN, "document"),
    # --- For the desk ---------------------------------------------------------------------------------
    "GET /v1/articles/{article_id}": Operation(_DESK, "article"),
    "GET /v1/claims/{claim_id}": Operation(_DESK, "free claim"),
    "GET /v1/claims/{claim_id}/evidence": Operation(_DESK, "free claim"),
    "GET /v1/claims/{claim_id}/verdicts": Operation(_DESK, "free claim"),
    "GET /v1/evidence/{evidence_id}": Operation(_DESK, "found evidence"),
    "GET /v1/verdicts/{verdict_id}": Operation(_DESK, "draft verdict"),
    "GET /v1/jobs/{job_id}": Operation(_DESK, "job"),
    # --- What its roles do ----------------------------------------------------------------------------
    "POST /v1/articles": Operation(_WRITERS, body={"desk_id": "{desk}", "text": "Words of an article."}),
    "POST /v1/claims": Operation(
        _WRITERS, body={"desk_id": "{desk}", "text": "A tug sank.", "offline_origin": "Radio"}
    ),
    "POST /v1/sources": Operation(
        _WRITERS, body={"desk_id": "{desk}", "feed_url": "https://feed.example.org/rss"}
    ),
    "POST /v1/documents": Operation(
        _WRITERS, body={"desk_id": "{desk}", "text": "Words of a source.", "outlet": "Harbour"}
    ),
    "PATCH /v1/claims/{claim_id}": changing(_WRITERS, "free claim", {"topic": "Ports"}),
    "POST /v1/claims/{claim_id}/take": changing(_REVIEWERS, "free claim"),
    "POST /v1/claims/{claim_id}/release": changing(frozenset({"recorder"}), "held claim"),
    "POST /v1/claims/{claim_id}/gather": Operation(
        frozenset({"journalist", "editor", "reviewer", "recorder"}), "free claim"
    ),
    "POST /v1/evidence/{evidence_id}/decisions": changing(
        _REVIEWERS, "found evidence", {"decision": "accept"}
    ),
    "POST /v1/claims/{claim_id}/verdicts": changing(_REVIEWERS, "loose claim", {"language": "en"}),
    "PUT /v1/verdicts/{verdict_id}": changing(_REVIEWERS, "draft verdict", {"summary": "Another."}),
    "POST /v1/verdicts/{verdict_id}/submit": changing(_REVIEWERS, "draft verdict"),
    "POST /v1/verdicts/{verdict_id}/withdraw": changing(frozenset({"recorder"}), "draft verdict", {}),
    "POST /v1/verdicts/{verdict_id}/approve": changing(
        _DECIDERS, "submitted verdict", {"content_hash": "{hash}"}
    ),
    "POST /v1/verdicts/{verdict_id}/request-changes": changing(
        _DECIDERS, "submitted verdict", {"comment": "Because."}
    ),
    "POST /v1/verdicts/{verdict_id}/publish": changing(_PUBLISHERS, "approved verdict"),
    "POST /v1/verdicts/{verdict_id}/schedule": changing(
        _PUBLISHERS, "approved verdict", {"publish_at": "{tomorrow}"}
    ),
    "POST /v1/verdicts/{verdict_id}/unschedule": changing(_PUBLISHERS, "scheduled verdict", {}),
    "POST /v1/publications/{publication_id}/start-correction": changing(
        _PUBLISHERS, "publication", {"reason": "A slip"}
    ),
    "POST /v1/publications/{publication_id}/cancel-correction": changing(
        _PUBLISHERS, "publication under correction", {"reason": "None"}
    ),
    "POST /v1/publications/{publication_id}/retract": changing(
        _PUBLISHERS, "publication", {"note": "Forged."}
    ),
}
