"""A newsroom that has something of everything, to be moved, and installations to move it to."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims.actions.announcing import spread_event
from claims.actions.articles import take_in_text
from claims.actions.comments import answer_question, ask_colleague
from claims.actions.conflicts import declare_conflict
from claims.actions.correction_requests import request_correction
from claims.actions.dossiers import ask_dossier, make_dossier
from claims.actions.exporting import Written, write_export
from claims.actions.filters import save_filter
from claims.actions.imports import ask_import
from claims.actions.kept_drafts import keep_draft
from claims.actions.site_pages import write_site_page
from claims.actions.subscriptions import SubscriptionDetails, subscribe
from claims.actions.tokens import issue_token
from claims.actions.topics import sort_claim
from claims.models import (
    ArticleVersion,
    Claim,
    Document,
    DocumentCapture,
    DocumentWatch,
    Outlet,
    PassageTranslation,
    Publication,
    PublicEvent,
    Repeat,
    Source,
)
from claims.selectors.export_decisions import shapes
from tests.newsroom import Newsroom, open_newsroom
from tests.servers import ROOT

#: What readers and programs were given, and have to be given again, byte for byte.
PUBLIC = (
    "/feeds/rss.xml",
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/feeds/datafeed.json",
    "/feeds/datafeed-changes.json?since=0",
    "/feeds/rss.xml?language=uk",
    "/feeds/history.json",
    "/api/v1/publications",
)


def furnished() -> Newsroom:
    """Open a newsroom and leave something of everything in it: public, under way, and secret."""
    newsroom = open_newsroom()
    subscribe(
        details=SubscriptionDetails("A reader's site", "https://93.184.215.14/hook"),
        actor=newsroom.actor("adam"),
    )
    first = newsroom.published(title="Скільки буксирів увійшло в порт?")
    newsroom.corrected(first)
    newsroom.retracted(newsroom.published(title="A log that was forged"))
    claim = Claim.objects.get(pk=first.publication.claim_id)
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=("war",), actor=newsroom.actor("jonas"))
    # What comes next in the house is not public, and is the newsroom's own all the same.
    scheduled = newsroom.approved()
    newsroom.scheduled(scheduled, publish_at=timezone.now() + timedelta(days=3))
    draft = newsroom.draft()
    keep_draft(
        verdict_id=draft.pk,
        seen_version=draft.version,
        words={"title": "Half a thought"},
        actor=newsroom.actor("rita"),
    )
    question = ask_colleague(
        claim_id=claim.pk,
        words="Чи бачив хтось журнал порту?",
        person_ids=[newsroom.people["remi"].pk],
        actor=newsroom.actor("rita"),
    )
    answer_question(comment_id=question.pk, words="Так, сьогодні.", actor=newsroom.actor("remi"))
    _on_paper(newsroom, first.publication)
    _from_outside(claim)
    for event in PublicEvent.objects.order_by("pk"):
        spread_event(event.pk)
    return newsroom


def _on_paper(newsroom: Newsroom, publication: Publication) -> None:
    """Leave what stands around the checks: an article, a dossier, letters, filters, imports, a key."""
    desk = newsroom.desk.pk
    jonas, adam = newsroom.actor("jonas"), newsroom.actor("adam")
    article = take_in_text(
        desk_id=desk,
        text="2:15 p.m. Nine ferries stay in the harbour.\n\n1 p.m. Crews walked out.",
        actor=jonas,
    )
    ArticleVersion.objects.create(
        article=article,
        number=9,
        text="Гудки",
        text_sha256="0" * 64,
        raw=b"\x00\xffraw",
        fetched_at=timezone.now(),
    )
    assert publication.current is not None
    dossier = ask_dossier(verdict_id=publication.current.verdict_id, actor=newsroom.actor("ada"))
    make_dossier(dossier.pk, lambda done, total, note: None)
    request_correction(
        publication_id=publication.pk,
        words="The log that you show names five tugs.",
        name="Oksana",
        email="oksana@example.org",
        language="uk",
    )
    declare_conflict(person_id=newsroom.people["rita"].pk, topic="Ports", actor=newsroom.actor("rita"))
    save_filter(name="Mine", query="state=logged", desk_id=None, actor=newsroom.actor("rita"))
    write_site_page(
        page="about", seen_number=0, text_en="We check.", text_uk="Ми перевіряємо.", text_ru="", actor=adam
    )
    ask_import(
        desk_id=desk,
        kind="checks",
        stream=BytesIO(b"claim,rating\nNine ferries,true\n"),
        name="a.csv",
        actor=jonas,
    )
    issue_token(name="A script", scopes=["read"], days=30, actor=jonas)


def _from_outside(claim: Claim) -> None:
    """Leave what workers find when they look at other sites, which no test does."""
    document, outlet, now = Document.objects.latest("pk"), Outlet.objects.latest("pk"), timezone.now()
    passage = document.passages.get()
    Source.objects.create(outlet=outlet, feed_url="https://wire.example.org/feed", interval=900.25)
    DocumentWatch.objects.create(document=document, host="wire.example.org", next_look_at=now)
    DocumentCapture.objects.create(
        document=document,
        number=1,
        text="Before",
        text_sha256="1" * 64,
        raw=bytes(range(256)),
        captured_at=now,
    )
    PassageTranslation.objects.create(passage=passage, target="uk")
    Repeat.objects.create(claim=claim, document=document, words="Чотири буксири", fingerprint="2" * 64)


def exported(path: Path) -> Written:
    return write_export(path, lambda done, total, note: None)


def told_in_public() -> dict[str, tuple[str, str]]:
    """Return ETag and body hash of every public answer, and of the page of every check."""
    client = Client(SERVER_NAME="127.0.0.1")
    pages = [
        one.get_absolute_url() for one in Publication.objects.filter(current__isnull=False).order_by("pk")
    ]
    told = {}
    for address in PUBLIC:
        answer = client.get(address)
        assert answer.status_code == 200, address
        told[address] = (answer.get("ETag", ""), hashlib.sha256(answer.getvalue()).hexdigest())
    for address in pages:
        told[address] = (str(client.get(address).status_code), "")
    return told


def rows_of(folder: Path) -> dict[str, list[Any]]:
    """Return the rows of an exported folder by model, without the hashes of their lines."""
    rows: dict[str, list[Any]] = {}
    for path in sorted((folder / "rows").iterdir()):
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        rows[path.stem] = [
            {name: value for name, value in row.items() if name != "line_hash"} for row in found
        ]
    return rows


def triggers() -> list[Any]:
    """Return the guards as the database tells them, with whether each is in force."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")
        return list(cursor.fetchall())


def exported_labels() -> set[str]:
    return {shape.label for shape in shapes()}


class Elsewhere:
    """Another installation, with a database and files of its own, driven by its commands."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "FACTCHECK_VAR": str(folder / "var"),
            "SITE_URL": settings.SITE_URL,
            "SECRET_KEY": "another installation has another key",
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "ELASTICSEARCH_URL": "",
            # Pages name their style sheets without a collected folder of them.
            "DEBUG": "1",
        }

    def manage(self, *arguments: str, fails: bool = False) -> str:
        return self._run([sys.executable, "manage.py", *arguments], fails=fails)

    def told_in_public(self) -> Mapping[str, tuple[str, str]]:
        script = (
            "import django, json; django.setup();"
            "from tests.moving import told_in_public; print(json.dumps(told_in_public()))"
        )
        told = json.loads(self._run([sys.executable, "-c", script]).splitlines()[-1])
        return {address: (etag, body) for address, (etag, body) in told.items()}

    def _run(self, command: list[str], *, fails: bool = False) -> str:
        ended = subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, timeout=900, check=False
        )
        assert (ended.returncode != 0) == fails, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr
