"""Dates that do not exist and texts without sense: the reader of times answers sensibly and never raises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.readings import Language
from claims.language.times import read_times

LANGUAGES: tuple[Language, ...] = ("en", "uk", "ru", "other")
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
FRAGMENTS = (
    "31", "30", "17", "0", "99", "2026", "0000", "9999", "February", "May", "лютого", "мая", "в", "на",
    "о", "at", "on", "the", "10:40", "25:00", "10", "a.m.", "p.m.", "ранку", "вечера", "ночі", "ago",
    "тому", "назад", "days", "годин", "лет", "through", "from", "to", "по", "с", "з", "last", "week",
    "минулого", "тижня", "прошлой", "неделе", "ніч", "ночь", "overnight", "local time",
    "за місцевим часом", "мск", "GMT", "UTC+3", "UTC+99", "(Kyiv time)", "Geneva", "Monday", "понеділок",
    "quarter", "квартал", "half past", "пів на", "половине", "десятого", "third", "року", "года",
    "yesterday", "завтра", "–", "-", ",", ".", "999999", "years", "через", "за останні", "в течение",
    "1e999", "spring", "навесні", "накануне", "early", "конце", "\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It happened on February 30, 2026."),
        ("uk", "Це сталося 31 квітня 2026 року."),
        ("ru", "Это было 0 мая."),
        ("en", "In the year 0 nothing was written."),
        ("ru", "Это случилось 17.13.2026."),
        ("en", "The clock said 25:61."),
        ("en", "It ended 999999 years ago."),
        ("other", "Das war am 5."),
    ],
)
def test_a_date_that_does_not_exist_is_not_read(language: Language, text: str) -> None:
    assert read_times(text, language, NOW, "Europe/Kyiv") == ()


def test_without_a_publication_time_only_absolute_dates_are_read() -> None:
    text = "Yesterday, on May 3, at 10:30, two days ago, they recalled 9 June 2024."
    assert [time.span.of(text) for time in read_times(text, "en", None, "UTC")] == ["9 June 2024"]


def test_an_unknown_zone_reads_as_utc() -> None:
    (found,) = read_times("They met yesterday.", "en", NOW, "Europe/Nowhere")
    assert found.start == datetime(2026, 5, 19, tzinfo=UTC)


def test_a_bare_date_stays_a_date_and_an_hour_says_whether_its_zone_was_named() -> None:
    day, hour, named = read_times(
        "On May 3 it rained. The hall opened at 10:30. Doors shut at 9:00 GMT.", "en", NOW, "UTC"
    )
    assert (day.kind, hour.kind, named.kind) == ("date", "datetime", "datetime")
    assert (hour.zone_stated, named.zone_stated) == (False, True)


def test_one_moment_named_in_three_zones_is_one_moment() -> None:
    texts: list[tuple[str, Language]] = [
        ("18 лютого 2026 року об 11:00 за Києвом", "uk"),
        ("18 февраля 2026 года в 12:00 мск", "ru"),
        ("18 February 2026 at 10 a.m. Geneva time", "en"),
    ]
    moments = {read_times(text, language, NOW, "UTC")[0].start for text, language in texts}
    assert moments == {datetime(2026, 2, 18, 9, tzinfo=UTC)}


@pytest.mark.parametrize(("published", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_civil_day_of_a_clock_change_has_23_or_25_hours(published: str, hours: int) -> None:
    (found,) = read_times(
        "It rained today.", "en", datetime.fromisoformat(f"{published}T12:00+00:00"), "Europe/Kyiv"
    )
    assert (found.end.astimezone(UTC) - found.start.astimezone(UTC)).total_seconds() == hours * 3600


@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=12),
    st.sampled_from((" ", " ", "-", "")),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=300)
def test_no_mixture_of_date_words_raises(parts: list[str], glue: str, language: Language) -> None:
    _check(glue.join(parts), language)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
@settings(max_examples=200)
def test_no_text_at_all_raises(text: str, language: Language) -> None:
    _check(text, language)


def _check(text: str, language: Language) -> None:
    last = 0
    for time in read_times(text, language, NOW, "Europe/Kyiv"):
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        assert time.start <= time.end
        assert time.start.tzinfo is not None
