"""``manage.py take_in_article FILE_OR_URL``: take an article in and list what was read from it."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from claims.actions.articles import take_in_html, take_in_text, take_in_url
from claims.actions.refusals import REFUSALS
from claims.models import Article, Membership, Person
from claims.selectors.article_parts import parts_of
from claims.selectors.people import actor_of
from claims.selectors.suggestions import suggested_marks

#: How many code points of an update are shown.
SHOWN = 80
LARGEST_FILE = 10_000_000


class Command(BaseCommand):
    help = "Take in an article from a file (HTML or text) or an address, and list its updates."
    stealth_options = ("look_after",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article", help="a file, or an address that begins with http:// or https://")
        parser.add_argument("--as", dest="person", default="journalist", help="who takes it in (journalist)")
        parser.add_argument("--wait", type=float, default=60.0, help="seconds to wait for an address (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username=options["person"]).first()
        membership = Membership.objects.filter(person=person).order_by("pk").first() if person else None
        if person is None or membership is None:
            raise CommandError(f"There is no person “{options['person']}” with a desk; choose one by --as.")
        named: str = options["article"]
        console = Console()
        try:
            if named.startswith(("http://", "https://")):
                article = take_in_url(desk_id=membership.desk_id, url=named, actor=actor_of(person))
                look_after = options.get("look_after")
                with console.status(f"Fetching {named}"):
                    article = _wait_for(article, options["wait"], look_after)
            else:
                article = _take_in_file(Path(named), membership.desk_id, person)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal
        _list_updates(article, console)
        _list_suggestions(article, console)


def _wait_for(article: Article, seconds: float, look_after: Callable[[], None] | None) -> Article:
    deadline = time.monotonic() + seconds
    while article.state == Article.State.FETCHING:
        if time.monotonic() > deadline:
            reason = article.failure or "it has not answered yet"
            raise CommandError(f"Not taken in after {seconds:.0f} s: {reason}. The job goes on.")
        if look_after:
            look_after()
        time.sleep(0.2)
        article.refresh_from_db()
    if article.state == Article.State.FAILED:
        raise CommandError(f"Not taken in: {article.failure}")
    return article


def _take_in_file(path: Path, desk_id: int, person: Person) -> Article:
    try:
        with path.expanduser().open("rb") as file:
            body = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if len(body) > LARGEST_FILE:
        raise CommandError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB.")
    actor = actor_of(person)
    if path.suffix.lower() in {".html", ".htm", ".xhtml"} or body.lstrip()[:1] == b"<":
        return take_in_html(desk_id=desk_id, body=body, actor=actor)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is no UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    return take_in_text(desk_id=desk_id, text=text, actor=actor)


def _list_updates(article: Article, console: Console) -> None:
    version = article.current
    if version is None:
        raise CommandError("The article has no text.")
    table = Table(title=f"{article} ({article.get_absolute_url()})")
    for heading in ("printed", "moment (UTC)", "zone", "text"):
        table.add_column(heading)
    for update in version.updates.order_by("ordinal"):
        zone = update.zone if update.zone_stated or not update.zone else f"{update.zone} (assumed)"
        moment = update.moment.strftime("%Y-%m-%d %H:%M") if update.moment else ""
        words = " ".join(version.text[update.start : update.end].split())
        table.add_row(update.printed_time, moment, zone, words[:SHOWN])
    console.print(table)


def _list_suggestions(article: Article, console: Console) -> None:
    version = article.current
    if version is None:
        return
    updates = list(version.updates.order_by("ordinal"))
    part = parts_of(version.text, updates)[0]
    suggested = suggested_marks(article, version.text, updates, (part.start, part.end))
    table = Table(title="Suggested claims")
    for heading in ("said in", "sentence", "why"):
        table.add_column(heading, overflow="fold")
    for mark in suggested:
        said_in = next((update for update in updates if update.start <= mark.start < update.end), None)
        table.add_row(said_in.printed_time if said_in else "", mark.words, ", ".join(mark.why))
    console.print(table)
    if part.count > 1:
        console.print(f"The article is long: these are of part 1 of {part.count}; its page shows the others.")
