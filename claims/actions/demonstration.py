"""Loading the demonstration day: the very actions that people use, on the files of ``claims/demo``."""

from __future__ import annotations

import json
from pathlib import Path

from claims.actions.articles import take_in_html
from claims.actions.claims import LoggedAlready, Selection, log_claim
from claims.actions.sources import import_sources
from claims.models import Article, Claimant
from claims.rules.permissions import Actor

FOLDER = Path(__file__).resolve().parent.parent / "demo"
OUTLET = "Demonstration Desk Live"


def load_demonstration(*, desk_id: int, actor: Actor) -> Article:
    """Import the dispatches, take in the live blog and log its claims; a second call changes nothing."""
    with (FOLDER / "sources.jsonl").open("rb") as stream:
        import_sources(stream, is_demonstration=True)
    article = take_in_html(
        desk_id=desk_id,
        body=(FOLDER / "live_blog.html").read_bytes(),
        actor=actor,
        outlet=OUTLET,
        content_type="text/html; charset=utf-8",
    )
    for line in (FOLDER / "claims.jsonl").read_text("utf-8").splitlines():
        _log(article, json.loads(line), desk_id, actor)
    return article


def _log(article: Article, quoted: dict[str, str], desk_id: int, actor: Actor) -> None:
    if article.current is None:
        raise RuntimeError("The demonstration's live blog has no text.")
    start = article.current.text.index(quoted["quotation"])
    try:
        log_claim(
            desk_id=desk_id,
            text=quoted["text"],
            actor=actor,
            selection=Selection(article.pk, start, start + len(quoted["quotation"])),
            kind=quoted["kind"],
            summary=quoted["summary"],
            attribution=quoted["attribution"],
            claimant_name=quoted["claimant"],
            claimant_kind=Claimant.Kind.PERSON,
        )
    except LoggedAlready:
        return
