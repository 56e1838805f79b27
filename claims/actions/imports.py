"""Asking for an import, stopping it, and having it go on; the work itself is a job (``import_running``)."""

from __future__ import annotations

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.history import append_event
from claims.actions.refusals import Invalid
from claims.models import Import, ImportPart
from claims.rules import permissions
from claims.rules.identity import canonical_url
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.imports import RUN_IMPORT, job_of

PART_BYTES = 1024 * 1024
LARGEST_IMPORT_BYTES = 300 * 1024 * 1024


def ask_import(
    *, desk_id: int, actor: Actor, kind: str, stream: IO[bytes] | None = None, name: str = "", url: str = ""
) -> Import:
    """Keep what is to be taken in, a file or an address, and have a job do it.

    Raises ``NotAllowed``, and ``Invalid`` for neither of both, an empty or too large file, or a bad address.
    """
    if not permissions.can_add_source(actor, desk_id):
        raise NotAllowed("import", _("Only people who write for this desk may add sources."))
    person_id = person_of(actor)
    with transaction.atomic():
        run = keep_import(desk_id=desk_id, kind=kind, stream=stream, name=name, url=url, person_id=person_id)
        append_event(actor=actor, subject=run, verb="import", claim_id=None, note=run.name)
        jobs.enqueue(RUN_IMPORT, run.pk)
    return run


def keep_import(
    *,
    desk_id: int,
    kind: str,
    stream: IO[bytes] | None,
    name: str = "",
    url: str = "",
    person_id: int | None = None,
) -> Import:
    """Write the import and its bytes, piece by piece, in the caller's transaction. Raises ``Invalid``."""
    address = url.strip()
    if stream is None and not canonical_url(address):
        raise Invalid(
            _("Choose a file, or give an address."), {"url": _("Write it like https://example.org/page.")}
        )
    run = Import.objects.create(
        desk_id=desk_id,
        kind=kind,
        name=(" ".join(name.split()) or address)[:300],
        url="" if stream is not None else address,
        asked_by_id=person_id,
    )
    if stream is not None:
        keep_parts(run, stream)
    return run


def keep_parts(run: Import, stream: IO[bytes]) -> None:
    """Keep the bytes of an import where every worker can read them. Raises ``Invalid``."""
    size = ordinal = 0
    while piece := stream.read(PART_BYTES):
        size += len(piece)
        if size > LARGEST_IMPORT_BYTES:
            sentence = _("The file is larger than the %(size)d MB allowed.") % {
                "size": LARGEST_IMPORT_BYTES >> 20
            }
            raise Invalid(sentence, {"file": sentence})
        ImportPart.objects.create(import_run=run, ordinal=ordinal, content=piece)
        ordinal += 1
    if not size:
        raise Invalid(_("The file is empty."), {"file": _("The file is empty.")})
    run.size = size
    run.save(update_fields=["size"])


def stop_import(*, import_id: int, actor: Actor) -> Import:
    """Stop an import; what was taken in stays. One that has ended is left as it is."""
    with transaction.atomic():
        run = _import_of(import_id, actor)
        job = job_of(run)
        if job is not None and jobs.cancel(job.pk):
            append_event(actor=actor, subject=run, verb="stop_import", claim_id=None, note=run.name)
    return run


def resume_import(*, import_id: int, actor: Actor) -> Import:
    """Have an import that was stopped or given up go on after the last entry that was taken in."""
    with transaction.atomic():
        run = _import_of(import_id, actor)
        job = job_of(run)
        if job is not None and jobs.requeue(job.pk):
            append_event(actor=actor, subject=run, verb="resume_import", claim_id=None, note=run.name)
    return run


def _import_of(import_id: int, actor: Actor) -> Import:
    run = Import.objects.filter(pk=import_id).first()
    require_readable_desk(actor, run.desk_id if run else None, _("import"))
    assert run is not None
    if not permissions.can_add_source(actor, run.desk_id):
        raise NotAllowed("import", _("Only people who write for this desk may add sources."))
    return run
