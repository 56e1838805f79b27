"""Quoted words in a page that was read again."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from claims.ingest.quoted import Followed, Post, Quotation, follow

MORNING = datetime(2026, 3, 4, 8, 5, tzinfo=UTC)
NOON = datetime(2026, 3, 4, 10, 40, tzinfo=UTC)
TALKS = "Talks with the port authority lasted about three hours, local media report. They go on tomorrow."
UNION = "The union counts 320 dockers at the gate of the port."


def _post(words: str, moment: datetime | None = MORNING, printed: str = "10:05") -> Post:
    return Post(printed, moment, words)


def _followed(exact: str, before: str, *now: Post) -> Followed:
    return follow(Quotation(exact, _post(before), before), "", now)


def test_words_that_stand_in_their_post_stand() -> None:
    assert _followed("lasted about three hours", TALKS, _post(TALKS)).state == "stands"


@pytest.mark.parametrize(
    "now",
    [
        "“Nobody came”,   the guard\nsaid.",
        "«Nobody came», the guard said.",
        '"Nobody came", the guard said.',
        "“Nobody \u200fcame”, the guard said.",
    ],
)
def test_blanks_and_the_shapes_of_quotation_marks_are_no_change(now: str) -> None:
    before = "“Nobody came”, the guard said."
    assert _followed(before, before, _post(now)).state == "stands"


def test_another_figure_is_a_change_and_the_new_sentence_is_told() -> None:
    now = TALKS.replace("three", "five")
    told = _followed("lasted about three hours", TALKS, _post(now))
    assert told == Followed(
        "changed", "Talks with the port authority lasted about five hours, local media report."
    )


def test_a_rewritten_sentence_is_a_change_though_hardly_a_quoted_word_is_left() -> None:
    now = TALKS.replace("about three hours", "nearly five")
    told = _followed("about three hours", TALKS, _post(now))
    assert told == Followed(
        "changed", "Talks with the port authority lasted nearly five, local media report."
    )


def test_words_whose_post_is_gone_are_gone_though_others_say_them_too() -> None:
    other = _post("A clerk heard that a fair elsewhere lasted about three hours.", NOON, "12:40")
    assert _followed("lasted about three hours", TALKS, other) == Followed("gone")


def test_a_post_under_another_time_is_the_same_post() -> None:
    assert _followed("lasted about three hours", TALKS, _post(TALKS, NOON, "12:40")).state == "stands"


def test_a_sentence_taken_out_of_its_post_is_gone() -> None:
    assert _followed("They go on tomorrow.", TALKS, _post(TALKS[: TALKS.index(" They")])).state == "gone"


def test_of_two_posts_of_one_minute_either_may_hold_the_words() -> None:
    assert _followed("lasted about three hours", TALKS, _post(UNION), _post(TALKS)).state == "stands"
    assert _followed("lasted about three hours", TALKS, _post(UNION)).state == "gone"


def test_an_article_without_posts_is_looked_through_as_a_whole() -> None:
    text = f"{UNION}\n\n{TALKS}"
    assert follow(Quotation("about three hours"), text).state == "stands"
    assert follow(Quotation("gate of the port. Talks with"), text).state == "stands"
    changed = follow(Quotation(UNION), text.replace("320", "420"))
    assert changed == Followed("changed", UNION.replace("320", "420"))
    assert follow(Quotation("Nobody mentioned a ferry at all."), text).state == "gone"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Делегація перевищує 15 осіб, пишуть ЗМІ.", "Делегація перевищує 25 осіб, пишуть ЗМІ."),
        ("Встреча длилась два часа, сообщают СМИ.", "Встреча длилась три часа, сообщают СМИ."),
    ],
)
def test_changes_are_told_in_ukrainian_and_russian(before: str, now: str) -> None:
    assert _followed(before, before, _post(now)) == Followed("changed", now)


def test_a_post_without_a_moment_is_known_by_its_printed_time() -> None:
    quoted = Quotation("about three hours", _post(TALKS, None, "Day two"))
    assert follow(quoted, "", [_post(TALKS, None, "Day two")]).state == "stands"


def test_a_long_page_is_followed_in_bounded_time() -> None:
    words = " ".join(f"word{number}" for number in range(300))
    posts = [_post(f"{number} {words}", None, str(number)) for number in range(1500)]
    began = time.process_time()
    assert (
        follow(Quotation("something else entirely was said", _post("x", None, "7")), "", posts).state
        == "gone"
    )
    assert time.process_time() - began < 3
