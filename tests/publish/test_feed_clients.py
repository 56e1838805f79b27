"""What others read the feeds with: feedparser, newsboat, xmllint against RFC 4287's grammar, JSON Feed's rules."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from tests.newsroom import Newsroom, open_newsroom

SCHEMA = Path(__file__).resolve().parents[1] / "samples" / "atom.rng"
ATOM = "{http://www.w3.org/2005/Atom}"
HUB = "https://hub.example.org/"


def _command(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def written(newsroom: Newsroom, settings: Any) -> Newsroom:
    """A newsroom with a plain check, a corrected, a retracted and a hostile one, and a hub."""
    settings.WEBSUB_HUB_URL = HUB
    newsroom.published()
    newsroom.corrected(newsroom.published(rating="false"))
    newsroom.retracted(newsroom.published())
    newsroom.published(
        newsroom.approved(
            title="Tugs & <b>tugs</b> ]]> \u202egniht\u202c \x0b end",
            summary="Буксири — «чотири», п'ять < шести & ні.",
        )
    )
    return newsroom


# --- Schemas ------------------------------------------------------------------------------------------


def test_xmllint_finds_the_atom_feed_valid_by_the_grammar_of_its_rfc(
    written: Newsroom, client: Client, tmp_path: Path
) -> None:
    xmllint = _command("xmllint")
    for query in ("", "?language=en", "?rating=true&language=uk"):
        path = tmp_path / "atom.xml"
        path.write_bytes(client.get(f"/feeds/atom.xml{query}").content)
        _valid(xmllint, path)
    broken = path.read_text("utf-8").replace("<atom:updated>", "<atom:updated>on ")
    path.write_text(broken, "utf-8")
    with pytest.raises(AssertionError, match="fails to validate"):
        _valid(xmllint, path)


def _valid(xmllint: str, path: Path) -> None:
    command = [xmllint, "--noout", "--nonet", "--relaxng", str(SCHEMA), str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr


def test_the_atom_feed_keeps_what_its_grammar_cannot_say(written: Newsroom, client: Client) -> None:
    """RFC 4287 4.1.1 and 4.1.2 (authors, links, ids), RFC 6721 section 3 (deleted entries), RFC 5005."""
    feed = ElementTree.fromstring(client.get("/feeds/atom.xml").content)
    assert feed.find(ATOM + "author") is not None
    relations = [link.get("rel") for link in feed.findall(ATOM + "link")]
    assert sorted(relations, key=str) == ["alternate", "hub", "self"]
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id", "") for entry in entries]
    assert len(ids) == len(set(ids)) == 3
    for entry in entries:
        alternates = [link for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert _moment(entry.findtext(ATOM + "updated", "")) >= _moment(
            entry.findtext(ATOM + "published", "")
        )
    (gone,) = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert gone.get("ref", "").startswith("tag:")
    assert gone.get("ref") not in ids
    assert _moment(gone.get("when", ""))
    assert list(feed).index(gone) < list(feed).index(entries[0])


def _moment(text: str) -> datetime:
    """Read a date as RFC 3339 writes it."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text), text
    return datetime.fromisoformat(text)


def test_the_json_feed_has_every_field_as_version_1_1_asks(written: Newsroom, client: Client) -> None:
    feed = client.get("/feeds/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert isinstance(feed["title"], str)
    assert feed["authors"][0]["name"]
    for address in (feed["home_page_url"], feed["feed_url"]):
        assert urlsplit(address).scheme in ("http", "https")
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 4
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_text"], str)
        assert _moment(item["date_modified"]) >= _moment(item["date_published"])
        extensions = {name for name in item if name.startswith("_")}
        assert extensions <= {"_claimreview", "_correction"}
        assert ("_claimreview" in item) != (item.get("_correction", {}).get("tier") == "retraction")
    tiers = sorted(item["_correction"]["tier"] for item in feed["items"] if "_correction" in item)
    assert tiers == ["retraction", "substantial"]


def test_every_feed_names_itself_and_its_hub_in_its_headers(written: Newsroom, client: Client) -> None:
    for address in (
        "/feeds/rss.xml",
        "/feeds/atom.xml?language=en",
        "/feeds/feed.json",
        "/feeds/datafeed.json",
    ):
        links = client.get(address)["Link"].split(", ")
        assert [link for link in links if link.endswith('rel="hub"')] == [f'<{HUB}>; rel="hub"']
        (own,) = [link for link in links if link.endswith('rel="self"')]
        assert own.startswith("<http")
        assert own.endswith(f'{address}>; rel="self"')


# --- Readers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml"])
def test_feedparser_reads_what_was_written(written: Newsroom, client: Client, address: str) -> None:
    read = feedparser.parse(client.get(address).content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == ("rss20" if "rss" in address else "atom10")
    titles = {entry.title for entry in read.entries}
    assert {"How many tugs entered the harbour?", "CORRECTED: How many tugs entered the harbour?"} <= titles
    hostile = next(entry for entry in read.entries if entry.title.startswith("Tugs"))
    assert "gniht end" in hostile.title
    assert hostile.summary == "Буксири — «чотири», п'ять < шести & ні."
    assert all(entry.id.startswith("tag:") and entry.link.startswith("http") for entry in read.entries)
    assert all(entry.published_parsed and entry.updated_parsed for entry in read.entries)


def test_feedparser_reads_the_json_feed_as_the_others(written: Newsroom, client: Client) -> None:
    """feedparser 6.0 knows no JSON Feed; its entries are held against those that it does read."""
    rss = feedparser.parse(client.get("/feeds/rss.xml").content).entries
    items = client.get("/feeds/feed.json").json()["items"]
    assert [(entry.id, entry.title, entry.link) for entry in rss] == [
        (item["id"], item["title"], item["url"]) for item in items
    ]


@pytest.mark.django_db(transaction=True)
def test_newsboat_subscribes_fetches_and_gets_a_correction_and_a_retraction(
    live_server: Any, tmp_path: Path
) -> None:
    newsboat = _command("newsboat")
    newsroom = open_newsroom()
    kept, first, second = newsroom.published(), newsroom.published(rating="false"), newsroom.published()
    rss, atom = f"{live_server.url}/feeds/rss.xml", f"{live_server.url}/feeds/atom.xml?language=en"

    def reload(feed: str) -> dict[str, str]:
        # A cache for each: in one, newsboat gives an entry to the first feed that has its id.
        folder = tmp_path / feed.rpartition("/")[2].partition(".")[0]
        folder.mkdir(exist_ok=True)
        (folder / "urls").write_text(f"{feed}\n")
        (folder / "config").touch()
        files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
        ended = subprocess.run(
            [newsboat, *map(str, files), "-x", "reload"],
            env={"HOME": str(folder), "LANG": "C.UTF-8", "TERM": "dumb"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        with sqlite3.connect(folder / "cache.db") as cache:
            return dict(cache.execute("SELECT guid, title FROM rss_item").fetchall())

    ids = [revision.snapshot["entry_id"] for revision in (kept, first, second)]
    for feed in (rss, atom):
        assert sorted(reload(feed)) == sorted(ids)
    newsroom.corrected(first)
    newsroom.retracted(second)
    told = {feed: reload(feed) for feed in (rss, atom)}
    for items in told.values():
        assert items[ids[0]] == "How many tugs entered the harbour?"
        assert items[ids[1]] == "CORRECTED: How many tugs entered the harbour?"
    # newsboat knows no deleted entries of Atom (RFC 6721): by RSS a retraction reaches it as an entry.
    assert told[rss][ids[2]].startswith("RETRACTED: ")
    assert ids[2] in told[atom]
