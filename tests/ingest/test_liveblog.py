"""Pasted live blogs: time lines, days, zones, sections."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.calendar_words import zone_named
from claims.ingest.clock import read_date_line, read_time_line
from claims.ingest.dating import Dating, moment_of, place_on_days
from claims.ingest.extracted import ExtractedArticle, normalise
from claims.ingest.liveblog import split_live_blog
from claims.ingest.parse_errors import NothingGiven, TooMuchText
from claims.ingest.plaintext import guess_date, read_pasted
from tests.ingest.samples import SEEN, sample, utc

REPO = Path(__file__).resolve().parents[2]
SHARED = (REPO / os.environ.get("FACTCHECK_SHARED", "../shared")).resolve()
SEED = SHARED / "seed" / "000_9154b14889f1df9f.txt"
DAY = date(2025, 5, 1)


def pasted(text: str, published: datetime | date | None = DAY, zone: str = "Europe/Kyiv") -> ExtractedArticle:
    return read_pasted(text, outlet_zone=zone, seen_at=SEEN, published=published)


def moments(text: str, published: datetime | date | None = DAY) -> list[str]:
    return [f"{u.moment:%d %H:%M}" if u.moment else u.trouble for u in pasted(text, published, "UTC").updates]


@pytest.mark.skipif(not SEED.exists(), reason=f"the seed article is not at {SEED}")
def test_the_seed_article_gives_its_four_updates_and_its_undated_sections() -> None:
    article = read_pasted(
        SEED.read_text(encoding="utf-8"),
        outlet_zone="Europe/Kyiv",
        seen_at=datetime(2026, 3, 1, tzinfo=UTC),
        published=date(2026, 2, 18),
    )
    assert [(u.printed_time, f"{u.moment:%Y-%m-%d %H:%M}") for u in article.updates] == [
        ("12:00 p.m.", "2026-02-18 10:00"),
        ("11:51 a.m.", "2026-02-18 09:51"),
        ("11:50 a.m.", "2026-02-18 09:50"),
        ("10:40 a.m.", "2026-02-18 08:40"),
    ]
    assert {(u.zone, u.zone_source) for u in article.updates} == {("Europe/Kyiv", "outlet")}
    assert article.updates[1].text.endswith("The meeting lasted about two hours.")
    assert article.updates[3].text.endswith("discussed yesterday,” he wrote.")
    headings = [section.heading.split(":")[0] for section in article.sections]
    assert headings == ["Key points", "Second day agenda", "First day", "Key sticking points"]
    assert article.title == "Ukraine-US-Russia talks in Geneva: Key developments from day two"
    assert article.language == "en"
    for pasted_on in (date(2026, 2, 18), date(2026, 3, 1), date(2026, 11, 23)):
        assert guess_date(article.text, pasted_on) == date(2026, 2, 18)


def test_a_day_without_a_year_months_ahead_is_taken_for_one_gone_by() -> None:
    told = "The ferry line closed on 18 March after the storm."
    assert guess_date(told, date(2025, 12, 1)) == date(2025, 3, 18)
    assert guess_date("Voting is on 18 March.", date(2025, 3, 1)) is None
    assert guess_date("Voting is on 18 March 2027.", date(2026, 12, 1)) is None


def test_the_day_of_the_outlet_counts_just_after_midnight() -> None:
    text = "4 March\n\nHarbour live\n\n00:20\n\nThe crane stands.\n\n00:10\n\nThe crane moves."
    seen = datetime(2025, 3, 3, 22, 30, tzinfo=UTC)
    assert read_pasted(text, outlet_zone="Europe/Kyiv", seen_at=seen).published_on == date(2025, 3, 4)


def test_an_english_live_blog_is_split_with_titles_zones_and_sections() -> None:
    article = pasted(sample("liveblog_pasted.txt"))
    assert [(u.printed_time, u.title, u.zone_source) for u in article.updates] == [
        ("6.10 p.m.", "Doors open again", "outlet"),
        ("2.45 p.m. (Kyiv time)", "", "stated"),
        ("9:30 a.m.", "", "outlet"),
    ]
    assert [u.moment for u in article.updates] == [
        utc("2025-05-01T15:10"),
        utc("2025-05-01T11:45"),
        utc("2025-05-01T06:30"),
    ]
    assert [s.heading for s in article.sections] == ["Background", "What happens next"]
    assert article.title == "Library strike ends: the day in brief"


def test_a_ukrainian_live_blog_printed_oldest_first_crosses_midnight() -> None:
    article = pasted(sample("liveblog_pasted_uk.txt"), published=None)
    assert article.language == "uk"
    assert article.published_on == date(2025, 5, 1)
    assert [u.moment for u in article.updates] == [
        utc("2025-05-01T19:50"),
        utc("2025-05-01T20:35"),
        utc("2025-05-01T21:40"),
        utc("2025-05-01T23:15"),
    ]
    assert article.updates[2].text == "Світло повернули у двох районах із трьох."


@pytest.mark.parametrize("name", ["liveblog_pasted.txt", "liveblog_pasted_uk.txt"])
def test_updates_and_sections_point_at_their_words(name: str) -> None:
    article = pasted(sample(name))
    for update in article.updates:
        assert article.text[update.start :].startswith(update.printed_time)
        assert article.text[update.body_start : update.end] == update.text
    for section in article.sections:
        assert article.text[section.start :].startswith(section.heading)
    edges = sorted([(u.start, u.end) for u in article.updates] + [(s.start, s.end) for s in article.sections])
    assert all(end <= start for (_s, end), (start, _e) in pairwise(edges))


@pytest.mark.parametrize(
    ("line", "printed", "clock", "zone"),
    [
        ("12:00 p.m.", "12:00 p.m.", time(12), ""),
        ("12:10 a.m.", "12:10 a.m.", time(0, 10), ""),
        ("11:51 AM", "11:51 AM", time(11, 51), ""),
        ("7 p.m.", "7 p.m.", time(19), ""),
        ("10:40", "10:40", time(10, 40), ""),
        ("10:40 —", "10:40", time(10, 40), ""),
        ("14.32", "14.32", time(14, 32), ""),
        ("14.32 — Делегація прибула", "14.32", time(14, 32), ""),
        ("[10:40] The doors opened", "10:40", time(10, 40), ""),
        ("10:40 The doors opened", "10:40", time(10, 40), ""),
        ("10:40: the doors opened", "10:40", time(10, 40), ""),
        ("10:40 GMT+2", "10:40 GMT+2", time(10, 40), "UTC+02:00"),
        ("10:40 UTC", "10:40 UTC", time(10, 40), "UTC"),
        ("10:40 за Києвом", "10:40 за Києвом", time(10, 40), "Europe/Kyiv"),
        ("10:40 мск", "10:40 мск", time(10, 40), "Europe/Moscow"),
        ("Updated at 10:40", "10:40", time(10, 40), ""),
        ("• 10:40", "10:40", time(10, 40), ""),
    ],
)
def test_a_time_line_is_recognised(line: str, printed: str, clock: time, zone: str) -> None:
    found = read_time_line(line, DAY)
    assert found is not None
    assert (found.printed, found.clock, found.zone) == (printed, clock, zone)


@pytest.mark.parametrize(
    "line",
    [
        "14.32 percent of voters",
        "14.32 Percent",
        "3:2 - the score",
        "10:40–12:00 Lunch",
        "The talks began at 10:40",
        "15 people came",
        "10 am meeting was held",
        "25:10",
        "12:60",
        "13:00 p.m.",
        "10:400",
        "2026",
        "",
    ],
)
def test_another_figure_at_the_start_of_a_line_is_no_time(line: str) -> None:
    assert read_time_line(line, DAY) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("18 February, 10:40", date(2025, 2, 18)),
        ("Feb. 18, 12:00 p.m.", date(2025, 2, 18)),
        ("10:40, 18 лютого 2024", date(2024, 2, 18)),
        ("18.02.2026 10:40", date(2026, 2, 18)),
        ("2026-02-18 10:40", date(2026, 2, 18)),
        ("среда, 18 февраля, 09:05", date(2025, 2, 18)),
    ],
)
def test_a_date_beside_the_time_is_read(line: str, day: date) -> None:
    found = read_time_line(line, DAY)
    assert found is not None
    assert found.day == day


def test_a_date_without_a_year_takes_the_year_that_is_nearest() -> None:
    assert read_date_line("30 December", date(2026, 1, 2)) == date(2025, 12, 30)
    assert read_date_line("2 січня", date(2025, 12, 30)) == date(2026, 1, 2)
    assert read_date_line("30 February", date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("clocks", "days"),
    [
        (["12:00", "11:51", "11:50", "10:40"], [1, 1, 1, 1]),
        (["10:40", "11:50", "11:51", "12:00"], [1, 1, 1, 1]),
        (["00:20", "23:50", "22:10"], [2, 1, 1]),
        (["22:10", "23:50", "00:20"], [1, 1, 2]),
        (["12:00", "11:51", "11:55", "10:40"], [1, 1, 1, 1]),
        (["01:00", "14:00", "02:00", "15:00", "09:00"], [3, 2, 2, 1, 1]),
        (["09:00", "22:00"], [1, 1]),
        (["09:00"], [1]),
        ([], []),
    ],
)
def test_clock_times_are_placed_on_days_in_either_order(clocks: list[str], days: list[int]) -> None:
    times = [time.fromisoformat(clock) for clock in clocks]
    placed = place_on_days(times, [None] * len(times), date(2025, 5, 1), None)
    assert [day.day for day in placed if day] == days


def test_updates_never_lie_after_the_page_was_seen() -> None:
    times = [time(0, 20), time(23, 50), time(22, 10)]
    placed = place_on_days(times, [None] * 3, date(2025, 5, 2), datetime(2025, 5, 2, 1, 0))
    assert [day.day for day in placed if day] == [2, 1, 1]


def test_lines_that_are_only_dates_divide_the_days() -> None:
    lines = [
        "Flood, hour by hour",
        "2 May",
        "08:00",
        "Water falls.",
        "1 May",
        "21:00",
        "Water rises.",
        "07:30",
        "Rain.",
    ]
    text = "\n\n".join(lines)
    article = pasted(text, None)
    assert [f"{u.moment:%d}" for u in article.updates if u.moment] == ["02", "01", "01"]
    assert article.updates[0].text == "Water falls."


def test_without_any_date_an_update_has_no_moment_and_says_so() -> None:
    article = pasted("Flood, hour by hour\n\n08:00\n\nWater falls.\n\n07:30\n\nRain starts.", None)
    assert [(u.moment, u.trouble) for u in article.updates] == [(None, "no_date"), (None, "no_date")]


def test_the_date_line_under_a_title_is_no_update() -> None:
    text = "A bridge opened today\n\n1 May 2025, 09:00\n\nThe mayor cut the ribbon.\n\nCars crossed at once."
    assert pasted(text, None).updates == ()
    assert pasted(text, None).published_on == DAY


@pytest.mark.parametrize(
    ("day", "clock", "trouble"),
    [(date(2026, 3, 29), time(3, 30), "nonexistent"), (date(2026, 10, 25), time(3, 30), "ambiguous")],
)
def test_a_clock_time_lost_or_doubled_by_a_clock_change_has_no_moment(
    day: date, clock: time, trouble: str
) -> None:
    zone = zone_named("Europe/Kyiv")
    assert zone is not None
    assert moment_of(day, clock, zone) == (None, trouble)


def test_an_unknown_outlet_zone_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        pasted("08:00\n\nWater falls.\n\n07:30\n\nRain starts.", zone="Europe/Nowhere")


def test_what_the_person_states_is_kept() -> None:
    moment = datetime(2025, 5, 1, 8, tzinfo=UTC)
    article = read_pasted(
        "One line of words.", outlet_zone="UTC", seen_at=SEEN, title="Mine", published=moment, language="ru"
    )
    assert (article.title, article.published_at, article.published_zone, article.language) == (
        "Mine",
        moment,
        "stated",
        "ru",
    )


def test_blank_and_endless_text_are_refused() -> None:
    for text in ("", " \n\t ", "\u200b", "---"):
        with pytest.raises(NothingGiven):
            pasted(text)
    with pytest.raises(TooMuchText):
        pasted("word " * 500_000)


@given(st.text(max_size=300))
def test_any_pasted_text_is_read_or_refused(text: str) -> None:
    try:
        article = pasted(text)
    except NothingGiven:
        return
    assert article.text == normalise(text)
    assert "\0" not in article.text


LINES = st.lists(
    st.sampled_from(
        [
            "12:00",
            "23:59 — Rain",
            "00:01",
            "1 May",
            "Key points",
            "Water rose by a metre.",
            "",
            "• one",
            "10.15",
        ]
    ),
    max_size=25,
)


@given(LINES)
def test_updates_and_sections_never_overlap_and_keep_every_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    updates, sections = split_live_blog(text, Dating(DAY, None, "UTC"))
    edges = sorted([(u.start, u.end) for u in updates] + [(s.start, s.end) for s in sections])
    assert all(0 <= start < end <= len(text) for start, end in edges)
    assert all(end <= start for (_s, end), (start, _e) in pairwise(edges))
    if updates:
        covered = "".join(text[start:end] for start, end in edges if start >= updates[0].start)
        assert covered.count("Water") == text[updates[0].start :].count("Water")
