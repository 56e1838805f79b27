"""Who the token stands for, and how far a job is."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from claims.actions.refusals import NotFound
from claims.api.callers import actor, caller
from claims.api.desk_shapes import JobShape
from claims.api.fields import Id, Shown
from claims.api.operations import reading
from claims.selectors import api_rows

router = Router(tags=["Token and jobs"])


class DeskRoles(Shown):
    desk_id: int
    roles: list[str]


class TokenShape(Shown):
    """The token that was sent, and what its person may do now."""

    name: str
    person: str
    scopes: list[str]
    expires_at: datetime
    desks: list[DeskRoles]


@router.get("/token", summary="Who am I?", **reading(TokenShape, scope=""))
def token_read(request: HttpRequest) -> TokenShape:
    """Any token may ask this, whatever its scopes."""
    token, who = caller(request).token, actor(request)
    assert token is not None, "Without a token nobody comes this far."
    return TokenShape(
        name=token.name,
        person=who.name,
        scopes=token.scopes,
        expires_at=token.expires_at,
        desks=[DeskRoles(desk_id=desk, roles=sorted(roles)) for desk, roles in sorted(who.roles.items())],
    )


@router.get("/jobs/{int:job_id}", summary="How far is a job?", **reading(JobShape, scope="read"))
def jobs_read(request: HttpRequest, job_id: Id) -> JobShape:
    """Ask every two seconds or less often; the ETag changes with the job."""
    job = api_rows.job_for(actor(request), job_id)
    if job is None:
        raise NotFound(_("job"))
    return JobShape.model_validate(job)
