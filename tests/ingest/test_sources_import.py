"""Import files: one broken line costs one line."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.sources_import import LineError, SourceRecord, read_sources

GOOD = {
    "id": "a1",
    "url": "https://Harbour.example/a?utm_source=x",
    "outlet": "Harbour Post",
    "outlet_country": "pt",
    "language": "en",
    "published_at": "2025-09-10",
    "date_estimated": True,
    "title": "Bridge talks resume",
    "text": "Delegations met again in Lisbon.",
    "relation": "ignored",
}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def read(body: bytes, **more: int) -> list[SourceRecord | LineError]:
    return list(read_sources(io.BytesIO(body), **more))


def test_a_line_becomes_a_record() -> None:
    (record,) = read(line(ownership="the harbour trust", interest="none stated"))
    assert record == SourceRecord(
        line=1,
        url="https://Harbour.example/a?utm_source=x",
        canonical_url="https://harbour.example/a",
        outlet="Harbour Post",
        title="Bridge talks resume",
        text="Delegations met again in Lisbon.",
        language="en",
        outlet_country="PT",
        published_on=date(2025, 9, 10),
        date_estimated=True,
        ownership="the harbour trust",
        interest="none stated",
        external_id="a1",
    )


def test_one_broken_line_among_thousands_costs_that_line_only() -> None:
    lines = [line(id=str(number)) for number in range(3000)]
    lines[1733] = b'{"url": "https://harbour.example/b", "text": "cut o'
    found = read(b"\n".join(lines))
    errors = [one for one in found if isinstance(one, LineError)]
    assert errors == [LineError(1734, "The line is not valid JSON.")]
    assert len(found) == 3000


def test_a_mark_windows_line_ends_and_blank_lines_are_no_trouble() -> None:
    found = read(b"\xef\xbb\xbf" + line() + b"\r\n\r\n" + line(title="Second") + b"\r\n")
    assert [(one.line, getattr(one, "title", "")) for one in found] == [
        (1, "Bridge talks resume"),
        (3, "Second"),
    ]


@pytest.mark.parametrize(
    ("published", "moment", "day"),
    [
        ("2025-09-10T12:00:00+02:00", datetime(2025, 9, 10, 10, tzinfo=UTC), None),
        ("2025-09-10T12:00:00Z", datetime(2025, 9, 10, 12, tzinfo=UTC), None),
        ("2025-09-10T12:00:00", None, date(2025, 9, 10)),
        ("2025-09-10", None, date(2025, 9, 10)),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_moment_keeps_its_zone_and_a_bare_date_stays_bare(
    published: str | None, moment: datetime | None, day: date | None
) -> None:
    (record,) = read(line(published_at=published))
    assert isinstance(record, SourceRecord)
    assert (record.published_at, record.published_on) == (moment, day)


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (line(text=""), "no text"),
        (line(text="   "), "no text"),
        (line(outlet=""), "no outlet"),
        (line(url="ftp://harbour.example/"), "not a web address"),
        (line(url="javascript:alert(1)"), "not a web address"),
        (line(published_at="yesterday"), "not a date"),
        (line(published_at="2025-02-30"), "not a date"),
        (line(published_at="0001-01-01"), "year"),
        (line(published_at="9999-12-31"), "year"),
        (line(captured_at="2026-02-18"), "past moment with its zone"),
        (line(captured_at="2026-02-18T12:00:00"), "past moment with its zone"),
        (line(captured_at="2199-01-01T00:00:00Z"), "past moment with its zone"),
        (line(text=["a"]), "not a text"),
        (line(title="x" * 501), "longer"),
        (b"[1, 2]", "not a JSON object"),
        (b"[" * 100_000, "not valid JSON"),
        (b'"text"', "not a JSON object"),
        ('{"text": "вода"}'.encode("cp1251"), "not in UTF-8"),
        (b"\x00\x01\x02", "not valid JSON"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(body: bytes, part: str) -> None:
    found = read(body + b"\n" + line())
    assert isinstance(found[0], LineError)
    assert part in found[0].sentence
    assert isinstance(found[1], SourceRecord)


def test_the_moment_of_a_capture_is_kept() -> None:
    (record,) = read(line(captured_at="2026-02-18T13:05:00+01:00"))
    assert isinstance(record, SourceRecord)
    assert record.captured_at == datetime(2026, 2, 18, 12, 5, tzinfo=UTC)


def test_an_endless_line_is_left_out_and_the_next_one_read() -> None:
    found = read(line(text="x" * 5000) + b"\n" + line(), max_line_bytes=2000)
    assert [type(one) for one in found] == [LineError, SourceRecord]
    assert found[1].line == 2


def test_a_missing_or_unknown_language_is_read_from_the_words() -> None:
    text = "Делегації знову зустрілися в Лісабоні, щоб домовитися про міст."
    for language in (None, "xx", ""):
        (record,) = read(line(language=language, text=text, title="Переговори тривають"))
        assert isinstance(record, SourceRecord)
        assert record.language == "uk"


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_any_file_is_read_to_its_end(lines: list[bytes]) -> None:
    body = b"\n".join(lines) + b"\n" + line()
    found = read(body)
    assert isinstance(found[-1], SourceRecord)
    assert found[-1].line == body.count(b"\n") + 1
