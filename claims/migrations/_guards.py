"""Triggers that hold what no constraint can: frozen content, four eyes, an append-only and chained history.

One condition per guard, in SQL that SQLite (3.39 or later) and PostgreSQL read alike: where it holds, the write
is refused. A migration that alters a guarded table has to take the guards down first and put them up again,
``operations = [GUARDS_DOWN, …, GUARDS_UP]``, for SQLite makes such a table anew and would lose its triggers.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import migrations


class Guard(NamedTuple):
    name: str
    table: str
    event: str
    refuse_when: str
    message: str


def _differs(*columns: str) -> str:
    return "(" + " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in columns) + ")"


def _append_only(table: str, words: str) -> list[Guard]:
    short = table.removeprefix("claims_")
    return [
        Guard(f"guard_{short}_update", table, "UPDATE", "1 = 1", f"{words} is never changed"),
        Guard(f"guard_{short}_delete", table, "DELETE", "1 = 1", f"{words} is never deleted"),
    ]


def _approvals(verdict: str) -> str:
    """Count the people whose approval is for the verdict's hash and who wrote none of it."""
    return f"""(SELECT COUNT(DISTINCT a.approver_id) FROM claims_approval a
        WHERE a.verdict_id = {verdict}.id AND a.decision = 'approved'
        AND a.content_hash = {verdict}.content_hash
        AND a.approver_id <> {verdict}.recorder_id AND a.approver_id <> {verdict}.last_editor_id
        AND a.approver_id NOT IN
            (SELECT co.person_id FROM claims_verdict_co_authors co WHERE co.verdict_id = {verdict}.id))"""


def _required(verdict: str) -> str:
    """The same rule as ``claims.rules.approvals.approvals_required``."""
    return f"""(SELECT CASE WHEN d.approvals_required < 2 AND (c.risk <> 'ordinary' OR {verdict}.tier = 'substantial'
            OR CAST({verdict}.exceptions AS TEXT) LIKE '%"E15":%')
        THEN 2 ELSE d.approvals_required END
        FROM claims_claim c JOIN claims_desk d ON d.id = c.desk_id WHERE c.id = {verdict}.claim_id)"""


def _holds(person: str, claim: str, *roles: str) -> str:
    """Say whether an active person holds one of the roles at the desk of the claim."""
    names = ", ".join(f"'{role}'" for role in roles)
    return f"""EXISTS (SELECT 1 FROM claims_membership m
        JOIN claims_person p ON p.id = m.person_id JOIN claims_claim mc ON mc.desk_id = m.desk_id
        WHERE mc.id = {claim} AND m.person_id = {person} AND p.is_active AND m.role IN ({names}))"""


_IDENTITY = ("claim_id", "revision", "language", "recorder_id")
_CONTENT = (
    "rating_id",
    "claim_reviewed",
    "title",
    "summary",
    "justification",
    "uncertainty",
    "none_found",
    "exceptions",
    "tier",
    "correction_note",
    "last_editor_id",
    "content_hash",
    "submitted_at",
)
_MOVES = (
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "in_review"),
    ("submitted", "approved"),
    ("submitted", "changes_requested"),
    ("submitted", "withdrawn"),
    ("in_review", "approved"),
    ("in_review", "changes_requested"),
    ("in_review", "withdrawn"),
    ("changes_requested", "draft"),
    ("changes_requested", "withdrawn"),
    ("approved", "changes_requested"),
    ("approved", "scheduled"),
    ("approved", "published"),
    ("approved", "withdrawn"),
    ("scheduled", "approved"),
    ("scheduled", "published"),
    ("published", "superseded"),
)
_PAIRS = ", ".join(f"('{before}', '{after}')" for before, after in _MOVES)


def _cited_by_no_draft(row: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = {row}.verdict_id AND v.state = 'draft')"


def _scale_is_frozen(row: str) -> str:
    return f"""EXISTS (SELECT 1 FROM claims_ratingscale s
        WHERE s.id = {row}.scale_id AND s.frozen_at IS NOT NULL)"""


GUARDS = [
    *_append_only("claims_claimevent", "The history"),
    *_append_only("claims_approval", "An approval"),
    *_append_only("claims_publishedrevision", "A published revision"),
    *_append_only("claims_evidencedecision", "A decision on evidence"),
    *_append_only("claims_articleversion", "A version of an article"),
    *_append_only("claims_documentcapture", "An earlier capture"),
    *_append_only("claims_verdict_co_authors", "Who worked on a verdict"),
    Guard(
        "guard_claimevent_insert",
        "claims_claimevent",
        "INSERT",
        'NOT EXISTS (SELECT 1 FROM claims_historyhead h WHERE NEW.sequence = h."count" + 1'
        ' AND NEW.previous_hash = h."hash")',
        "An event follows the head of the history",
    ),
    Guard(
        "guard_historyhead_insert",
        "claims_historyhead",
        "INSERT",
        'NEW."count" <> 0',
        "The history begins empty",
    ),
    Guard(
        "guard_historyhead_update",
        "claims_historyhead",
        "UPDATE",
        'NEW."count" <> OLD."count" + 1 OR NOT EXISTS (SELECT 1 FROM claims_claimevent e'
        ' WHERE e.sequence = NEW."count" AND e."hash" = NEW."hash")',
        "The head of the history only grows, by one event",
    ),
    Guard(
        "guard_historyhead_delete",
        "claims_historyhead",
        "DELETE",
        "1 = 1",
        "The head of the history is never deleted",
    ),
    Guard(
        "guard_verdict_insert",
        "claims_verdict",
        "INSERT",
        "NEW.state <> 'draft' OR NEW.content_hash <> ''",
        "A verdict begins as a draft",
    ),
    Guard(
        "guard_verdict_delete", "claims_verdict", "DELETE", "1 = 1", "A verdict is withdrawn, never deleted"
    ),
    Guard(
        "guard_verdict_identity",
        "claims_verdict",
        "UPDATE",
        _differs(*_IDENTITY),
        "A verdict keeps its claim, number, language and recorder",
    ),
    Guard(
        "guard_verdict_content",
        "claims_verdict",
        "UPDATE",
        f"{_differs(*_CONTENT)} AND NOT (OLD.state = 'draft'"
        " OR (OLD.state = 'changes_requested' AND NEW.state = 'draft'))",
        "The content of a verdict is frozen once it is submitted",
    ),
    Guard(
        "guard_verdict_move",
        "claims_verdict",
        "UPDATE",
        f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES {_PAIRS})",
        "A verdict moves only as its lifecycle allows",
    ),
    Guard(
        "guard_verdict_approved",
        "claims_verdict",
        "UPDATE",
        "NEW.state = 'approved' AND OLD.state IN ('submitted', 'in_review')"
        f" AND {_approvals('NEW')} < {_required('NEW')}",
        "A verdict is approved by enough people who did not write it",
    ),
    Guard(
        "guard_verdict_published",
        "claims_verdict",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published'"
        " AND NOT EXISTS (SELECT 1 FROM claims_publishedrevision r WHERE r.verdict_id = NEW.id)",
        "A published verdict has a published revision",
    ),
    Guard(
        "guard_citation_insert",
        "claims_citation",
        "INSERT",
        _cited_by_no_draft("NEW"),
        "What a verdict cites is frozen once it is submitted",
    ),
    Guard(
        "guard_citation_update",
        "claims_citation",
        "UPDATE",
        f"{_cited_by_no_draft('OLD')} OR {_cited_by_no_draft('NEW')}",
        "What a verdict cites is frozen once it is submitted",
    ),
    Guard(
        "guard_citation_delete",
        "claims_citation",
        "DELETE",
        _cited_by_no_draft("OLD"),
        "What a verdict cites is frozen once it is submitted",
    ),
    Guard(
        "guard_approval_insert",
        "claims_approval",
        "INSERT",
        f"""NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id
            AND v.recorder_id = NEW.recorder_id AND v.last_editor_id = NEW.last_editor_id
            AND v.content_hash <> '' AND v.content_hash = NEW.content_hash
            AND (v.state IN ('submitted', 'in_review')
                OR (v.state = 'approved' AND NEW.decision = 'changes_requested'))
            AND NEW.approver_id NOT IN
                (SELECT co.person_id FROM claims_verdict_co_authors co WHERE co.verdict_id = v.id)
            AND {_holds("NEW.approver_id", "v.claim_id", "reviewer", "editor")})""",
        "An approval is for the submitted content, by a reviewer or editor who did not write it",
    ),
    Guard(
        "guard_publishedrevision_insert",
        "claims_publishedrevision",
        "INSERT",
        f"""NOT EXISTS (SELECT 1 FROM claims_verdict v
            JOIN claims_publication pub ON pub.id = NEW.publication_id
            WHERE v.id = NEW.verdict_id AND pub.claim_id = v.claim_id AND pub.language = v.language
            AND v.state IN ('approved', 'scheduled') AND v.content_hash = NEW.content_hash
            AND {_approvals("v")} >= {_required("v")}
            AND {_holds("NEW.published_by_id", "v.claim_id", "publisher")})""",
        "Only what enough others approved is published, by a publisher of its desk",
    ),
    Guard(
        "guard_publication_insert",
        "claims_publication",
        "INSERT",
        "NEW.state <> 'embargoed' OR NEW.current_id IS NOT NULL",
        "A publication begins embargoed",
    ),
    Guard(
        "guard_publication_current",
        "claims_publication",
        "UPDATE",
        """(NEW.state <> 'embargoed' AND NEW.current_id IS NULL) OR (NEW.current_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM claims_publishedrevision r
                WHERE r.id = NEW.current_id AND r.publication_id = NEW.id))""",
        "A publication shows one of its own revisions",
    ),
    Guard(
        "guard_publication_kept",
        "claims_publication",
        "UPDATE",
        "(OLD.first_published_at IS NOT NULL"
        f" AND {_differs('first_published_at', 'claim_id', 'language', 'slug')})"
        " OR (OLD.state = 'retracted' AND NEW.state <> 'retracted')"
        " OR (OLD.state <> 'embargoed' AND NEW.state = 'embargoed')",
        "A publication keeps its address and first date, and stays public or retracted",
    ),
    Guard(
        "guard_publication_delete",
        "claims_publication",
        "DELETE",
        "1 = 1",
        "A publication is retracted, never deleted",
    ),
    Guard(
        "guard_claim_merge",
        "claims_claim",
        "UPDATE",
        """NEW.merged_into_id IS NOT NULL AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id
            AND (EXISTS (SELECT 1 FROM claims_publication pub WHERE pub.claim_id = NEW.id)
                OR EXISTS (SELECT 1 FROM claims_claim t WHERE t.id = NEW.merged_into_id
                    AND (t.merged_into_id IS NOT NULL OR t.desk_id <> NEW.desk_id)))""",
        "A published claim is not merged away, nor any claim into a merged one or one of another desk",
    ),
    Guard(
        "guard_ratingscale_update",
        "claims_ratingscale",
        "UPDATE",
        f"OLD.frozen_at IS NOT NULL AND {_differs('key', 'version', 'name', 'worst', 'best', 'frozen_at')}",
        "A frozen rating scale never changes",
    ),
    Guard(
        "guard_rating_insert",
        "claims_rating",
        "INSERT",
        _scale_is_frozen("NEW"),
        "The ratings of a frozen scale never change",
    ),
    Guard(
        "guard_rating_update",
        "claims_rating",
        "UPDATE",
        f"{_scale_is_frozen('OLD')} OR {_scale_is_frozen('NEW')}",
        "The ratings of a frozen scale never change",
    ),
    Guard(
        "guard_rating_delete",
        "claims_rating",
        "DELETE",
        _scale_is_frozen("OLD"),
        "The ratings of a frozen scale never change",
    ),
    *_append_only("claims_comment", "A comment"),
    *_append_only("claims_comment_mentioned", "Whom a comment was put to"),
    *_append_only("claims_blindlabel", "A blind label"),
    Guard(
        "guard_blindlabel_insert",
        "claims_blindlabel",
        "INSERT",
        f"""NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id
            AND v.recorder_id <> NEW.person_id AND v.last_editor_id <> NEW.person_id
            AND v.content_hash <> '' AND v.content_hash = NEW.content_hash
            AND v.rating_id = NEW.recorded_rating_id AND v.state IN ('submitted', 'in_review')
            AND NEW.person_id NOT IN
                (SELECT co.person_id FROM claims_verdict_co_authors co WHERE co.verdict_id = v.id)
            AND {_holds("NEW.person_id", "v.claim_id", "reviewer", "editor")})""",
        "A blind label is for the submitted content, by a reviewer or editor who did not write it",
    ),
]


#: What holds a row against DELETE holds the table against being emptied at once, which no trigger on rows sees.
#: Only PostgreSQL has TRUNCATE; SQLite empties a table that has triggers row by row.
NEVER_EMPTIED = tuple(sorted({guard.table for guard in GUARDS if guard.event == "DELETE"}))


def put_up(apps, schema_editor) -> None:
    """Create every guard of a table that is there: an early migration knows not the tables that came later.

    On PostgreSQL each is a function and a trigger of the same name.
    """
    tables = set(schema_editor.connection.introspection.table_names())
    for guard in GUARDS:
        if guard.table not in tables:
            continue
        if schema_editor.connection.vendor == "postgresql":
            row = "OLD" if guard.event == "DELETE" else "NEW"
            schema_editor.execute(
                f"""CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
                BEGIN
                    IF {guard.refuse_when} THEN
                        RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN {row};
                END $guard$""",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
                f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
                params=None,
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
                f" WHEN {guard.refuse_when} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END",
                params=None,
            )
    if schema_editor.connection.vendor == "postgresql":
        _refuse_emptying(schema_editor, [table for table in NEVER_EMPTIED if table in tables])


def _refuse_emptying(schema_editor, tables: list[str]) -> None:
    schema_editor.execute(
        """CREATE OR REPLACE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END $guard$""",
        params=None,
    )
    for table in tables:
        schema_editor.execute(
            f"CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()",
            params=None,
        )


def take_down(apps, schema_editor) -> None:
    for guard in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}", params=None)
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {guard.name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {guard.name}", params=None)
    if schema_editor.connection.vendor == "postgresql":
        for table in NEVER_EMPTIED:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS guard_truncate ON {table}", params=None)
        schema_editor.execute("DROP FUNCTION IF EXISTS guard_truncate()", params=None)


GUARDS_UP = migrations.RunPython(put_up, take_down)
GUARDS_DOWN = migrations.RunPython(take_down, put_up)
