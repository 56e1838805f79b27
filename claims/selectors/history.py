"""The history in readable lines: who did what when, from which state to which, with the changed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimEvent, Publication, Verdict
from claims.models.claims import ClaimStateChoice
from claims.models.evidence import Evidence
from claims.models.publications import PublicationStateChoice
from claims.models.verdicts import VerdictStateChoice
from claims.rules.permissions import Actor
from claims.selectors.diffs import FieldDiff, diff_of, diff_of_words
from claims.selectors.queue import readable_desks

#: What a person did, by the verb of the event.
VERBS: dict[str, Promise] = {
    "log": _("logged the claim"),
    "edit_claim": _("changed the details of the claim"),
    "request_correction": _("took in a reader’s request for a correction"),
    "answer_request": _("answered a reader’s request"),
    "write_page": _("wrote a page about the newsroom"),
    "sort": _("sorted the claim into topics"),
    "ask": _("asked a colleague"),
    "answer": _("answered a colleague"),
    "words_changed": _("saw that the quoted words were changed"),
    "words_gone": _("saw that the quoted words are gone"),
    "words_back": _("saw that the quoted words stand again"),
    "source_dead": _("saw that a cited page does not answer"),
    "source_back": _("saw that a cited page answers again"),
    "start_watch": _("had the article watched"),
    "end_watch": _("ended the watch over the article"),
    "gather": _("asked for evidence"),
    "stop_gather": _("stopped the gathering"),
    "stop_fetch": _("stopped the fetching of an article"),
    "gathered": _("gathered evidence"),
    "contact": _("wrote into the contact log"),
    "label": _("rated the claim before seeing the verdict"),
    "discuss": _("joined the discussion of the verdict"),
    "take": _("took the claim"),
    "release": _("gave the claim back"),
    "reassign": _("reassigned the claim"),
    "accept": _("accepted evidence"),
    "reject": _("rejected evidence"),
    "stance": _("changed the stance of evidence"),
    "undo": _("took a decision on evidence back"),
    "start": _("began a verdict"),
    "co_write": _("joined the authors of the verdict"),
    "edit": _("edited the verdict"),
    "submit": _("submitted the verdict"),
    "review": _("is reading the verdict"),
    "approve": _("approved the verdict"),
    "request_changes": _("asked for changes"),
    "withdraw": _("withdrew the verdict"),
    "schedule": _("scheduled the publication"),
    "unschedule": _("took it off the schedule"),
    "publish": _("published the verdict"),
    "supersede": _("replaced the former verdict"),
    "triage": _("set priority, risk or deadline"),
    "dismiss": _("said that it cannot be checked"),
    "link_checked": _("said that it has been checked already"),
    "import": _("had a file or address taken in"),
    "stop_import": _("stopped an import"),
    "resume_import": _("had an import go on"),
    "import_check": _("took in a check by others"),
    "change_check": _("took in what others changed in their check"),
    "export": _("asked for an export of everything"),
    "stop_export": _("stopped an export of everything"),
    "merge": _("merged the claim into another"),
    "join": _("merged another claim into this one"),
    "unmerge": _("took the merge back"),
    "part": _("took another claim out of this one again"),
    "save_filter": _("saved a filter of the queue"),
    "forget_filter": _("deleted a filter of the queue"),
    "conclude": _("concluded the claim"),
    "reopen": _("opened the claim again"),
    "start_correction": _("started a correction"),
    "cancel_correction": _("cancelled the correction"),
    "mark_stale": _("marked a translation that has to follow"),
    "ask_dossier": _("asked for the dossier"),
    "retract": _("retracted the publication"),
}
_STATES: dict[str, str | Promise] = {
    choice.value: choice.label
    for choices in (PublicationStateChoice, Evidence.State, VerdictStateChoice, ClaimStateChoice)
    for choice in choices
}
#: Where the label of a changed field, and the words for its values, are found.
_NOUNS: dict[str, type[models.Model]] = {
    noun._meta.model_name or "": noun for noun in (Claim, Evidence, Publication, Verdict)
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event for a person to read."""

    sequence: int
    at: datetime
    who: str
    did: str
    from_state: str
    to_state: str
    note: str
    changes: tuple[FieldDiff, ...]
    hash: str


def events_for(actor: Actor) -> QuerySet[ClaimEvent]:
    """Return the events about claims of the actor's desks, newest first."""
    return ClaimEvent.objects.filter(claim__desk_id__in=readable_desks(actor)).order_by("-sequence")


def history_lines(
    claim_id: int, *, most: int, before: int | None = None, without_words_of: int | None = None
) -> tuple[list[HistoryLine], int | None]:
    """Return what happened to the claim, newest first, and the number of the event that the next page begins
    ``before``, None on the last one; of one verdict, if asked for, only what was done and not its words. One
    query."""
    events = ClaimEvent.objects.filter(claim_id=claim_id).order_by("-sequence")
    if before is not None:
        events = events.filter(sequence__lt=before)
    found = list(events[: most + 1])
    lines = []
    for event in found[:most]:
        line = line_of(event)
        is_of_it = event.subject_kind == Verdict._meta.model_name and event.subject_id == without_words_of
        lines.append(replace(line, note="", changes=()) if is_of_it else line)
    return lines, lines[-1].sequence if len(found) > most else None


def line_of(event: ClaimEvent) -> HistoryLine:
    moved = event.from_state != event.to_state
    return HistoryLine(
        sequence=event.sequence,
        at=event.at,
        who=event.person_name,
        did=str(VERBS.get(event.verb, event.verb)),
        from_state=state_word(event.from_state) if moved else "",
        to_state=state_word(event.to_state) if moved else "",
        note=event.note,
        changes=tuple(_changes(event)),
        hash=event.hash,
    )


def state_word(state: str) -> str:
    return str(_STATES.get(state, state))


def _changes(event: ClaimEvent) -> list[FieldDiff]:
    """Return what the event changed, field by field: every ``[before, after]`` in its details."""
    pairs = {name: pair for name, pair in event.details.items() if _is_change(pair)}
    if event.subject_kind == Verdict._meta.model_name and event.verb == "edit":
        return diff_of(
            {name: pair[0] for name, pair in pairs.items()},
            {name: pair[1] for name, pair in pairs.items()},
        )
    noun = _NOUNS.get(event.subject_kind)
    return [
        diff_of_words(name, _field_label(noun, name), *(_value_words(noun, name, value) for value in pair))
        for name, pair in pairs.items()
        if pair[0] != pair[1]
    ]


def _is_change(pair: object) -> bool:
    plain = str | int | None
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(value, plain) for value in pair)


def _column(noun: type[models.Model] | None, name: str) -> models.Field[Any, Any] | None:
    columns = {column.name: column for column in noun._meta.concrete_fields} if noun else {}
    return columns.get(name)


def _field_label(noun: type[models.Model] | None, name: str) -> str:
    column = _column(noun, name)
    return capfirst(str(column.verbose_name)) if column else capfirst(name.replace("_", " "))


def _value_words(noun: type[models.Model] | None, name: str, value: str | int | None) -> str:
    """Return the value as the desk shows it: the label of a choice, nothing for none."""
    column = _column(noun, name)
    labels = {str(key): str(label) for key, label in column.flatchoices} if column else {}
    told = "" if value is None else str(value)
    return labels.get(told, told)


def words_at_last_submission(verdict: Verdict, events: Sequence[ClaimEvent]) -> dict[str, str]:
    """Return what the fields held that were edited since changes were last asked for, if any were.

    ``events`` are those of the claim, oldest first.
    """
    own = [event for event in events if event.subject_kind == "verdict" and event.subject_id == verdict.pk]
    asked = [event.sequence for event in own if event.verb == "request_changes"]
    if not asked:
        return {}
    before: dict[str, str] = {}
    for event in own:
        if event.verb != "edit" or event.sequence < asked[-1]:
            continue
        for name, pair in event.details.items():
            if _is_change(pair) and isinstance(pair[0], str):
                before.setdefault(name, pair[0])
    return before
