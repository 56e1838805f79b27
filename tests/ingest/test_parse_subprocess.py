"""Parsing in a process of its own: limits hold, errors come back named, nothing is left running."""

from __future__ import annotations

import json
import multiprocessing
import time
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection

import psutil
import pytest

from claims.ingest import parse_subprocess
from claims.ingest.articles import read_page
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.feeds import read_feed
from claims.ingest.parse_errors import (
    BinaryContent,
    NoArticle,
    NotAFeed,
    NothingGiven,
    ParseError,
    ParserFailed,
    ParserTooSlow,
)
from claims.ingest.parse_subprocess import ParseLimits, parse_feed, parse_page
from claims.ingest.parse_wire import article_from, to_json
from tests.ingest.samples import SEEN, sample
from tests.ingest.test_feeds import RSS


def parse(body: bytes, limits: ParseLimits | None = None, content_type: str = "") -> ExtractedArticle:
    return parse_page(
        body,
        outlet_zone="Europe/Kyiv",
        seen_at=SEEN,
        url="https://listok.example/live",
        content_type=content_type,
        limits=limits,
    )


def read_here(name: str) -> ExtractedArticle:
    return read_page(sample(name), url="https://listok.example/live", outlet_zone="Europe/Kyiv", seen_at=SEEN)


def test_a_page_comes_back_as_if_it_had_been_read_here() -> None:
    assert parse(sample("liveblog_time_uk.html").encode()) == read_here("liveblog_time_uk.html")


def test_a_page_declared_in_the_wrong_charset_comes_back_right() -> None:
    body = sample("article_ru.html").replace('<meta charset="utf-8">', "").encode("cp1251")
    assert parse(body, content_type="text/html; charset=utf-8").text == read_here("article_ru.html").text


def test_a_page_in_a_language_that_only_the_model_knows_is_read_within_the_limits() -> None:
    words = "<p>Rzeka wystąpiła z brzegów po trzech dniach deszczu i mieszkańcy opuścili swoje domy.</p>" * 3
    assert (
        parse(f"<html><body><article><h1>Rzeka</h1>{words}</article></body></html>".encode()).language
        == "other"
    )


def test_an_uploaded_text_file_is_read_as_pasted_text() -> None:
    article = parse(sample("liveblog_pasted.txt").encode("utf-16"))
    assert len(article.updates) == 3


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NothingGiven),
        (b"%PDF-1.7 ...", BinaryContent),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", NoArticle),
        (b"<html><body>" + b"<div>" * 100_000 + b"words " * 200 + b"</div>" * 100_000, NoArticle),
        (b"<html><body><article><p>" + b"a" * 10_000_000 + b"</p></article></body></html>", NoArticle),
    ],
    ids=["empty", "binary", "no article", "100,000 nested tags", "10 MB word"],
)
def test_what_cannot_be_read_comes_back_as_a_named_error(body: bytes, error: type[ParseError]) -> None:
    with pytest.raises(error) as refused:
        parse(body)
    assert str(refused.value).endswith(".")


def test_ten_megabytes_of_article_end_within_the_time_allowed() -> None:
    paragraph = b"<p>The river rose again in the night and the bridge was closed to traffic.</p>"
    body = b"<html><body><article><h1>Big</h1>" + paragraph * (10_000_000 // len(paragraph)) + b"</article>"
    started = time.monotonic()
    with pytest.raises(ParseError):
        parse(body, ParseLimits(seconds=3))
    assert time.monotonic() - started < 30


def test_a_parser_that_never_returns_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    doing(monkeypatch, "import time; time.sleep(60)")
    before = set(psutil.Process().children(recursive=True))
    started = time.monotonic()
    with pytest.raises(ParserTooSlow):
        parse(b"<p>x</p>", ParseLimits(seconds=1))
    assert time.monotonic() - started < 30
    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_parser_that_takes_all_memory_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    doing(monkeypatch, "blocks = [bytearray(50_000_000) for _ in range(100)]")
    with pytest.raises((ParserFailed, ParserTooSlow)):
        parse(b"<p>x</p>", ParseLimits(seconds=5, memory_bytes=400_000_000))


def test_a_parser_that_dies_or_babbles_is_a_failure_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for deed in (
        "import os; os.abort()",
        "print('babble'); raise SystemExit",
        "print('[]'); raise SystemExit",
    ):
        doing(monkeypatch, deed)
        with pytest.raises(ParserFailed):
            parse(b"<p>x</p>")


def doing(monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    """Let the subprocess do a deed of this test's once its limits are set, instead of parsing."""
    program = (
        "import json, sys\n"
        f"sys.path.insert(0, {str(parse_subprocess._ROOT)!r})\n"
        "from claims.ingest import parse_worker\n"
        "asked = json.loads(sys.stdin.buffer.readline())\n"
        "parse_worker._limit(int(asked['cpu_seconds']), int(asked['memory_bytes']))\n"
        f"{deed}\n"
    )
    monkeypatch.setattr(parse_subprocess, "_COMMAND", ("-c", program))


def test_a_daemonic_pool_process_can_parse() -> None:
    here, there = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_parse_and_tell, args=(there,), daemon=True)
    child.start()
    child.join(120)
    assert here.poll()
    assert here.recv() == 3


def _parse_and_tell(there: Connection) -> None:
    there.send(len(parse(sample("liveblog_json.html").encode()).updates))


def test_the_subprocess_inherits_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for pages")
    doing(
        monkeypatch,
        "import os; print(json.dumps({'error': 'SECRET_KEY' in os.environ and 'x' or 'NoArticle'}))",
    )
    with pytest.raises(NoArticle):
        parse(b"<p>x</p>")


def test_articles_cross_the_wire_unchanged() -> None:
    article = read_here("liveblog_flat_ru.html")
    for one in (
        article,
        replace(article, published_on=date(2025, 1, 2)),
        replace(article, published_at=SEEN),
    ):
        assert article_from(json.loads(to_json(one))) == one


def test_a_feed_comes_back_as_if_it_had_been_read_here() -> None:
    url = "https://listok.example/rss"
    assert parse_feed(RSS.encode(), url=url) == read_feed(RSS.encode(), url=url)
    with pytest.raises(NotAFeed):
        parse_feed(b"<html><body>Not found</body></html>", url=url)
