"""A kept reading is the reading itself, and is told apart from one of another text or of other readers."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language.keeping import UnreadableReading, pack_reading, reading_stamp, unpack_reading
from claims.language.lexicon import reload_lexicon, use_lexicon_folders
from claims.language.reading import read
from claims.language.readings import Language

MOMENT = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
TEXTS: list[tuple[str, Language]] = [
    ("“We waited three hours,” Olena Marchuk told the Harbour Gazette on Sunday at 10:00 Kyiv time.", "en"),
    ("Reportedly more than 12 of 15 trains were not late; the repair cost $4.5 million.", "en"),
    ("За даними ДСНС, у ніч на 29 березня п'ятнадцятьох мешканців Полтави евакуювали.", "uk"),
    ("«Мы не согласны», — заявил Новак; переговоры в Риге заняли менее двух часов.", "ru"),
    ("", "other"),
]
WORDS = st.sampled_from(
    "Kyiv Київ Києва talks переговоры переговорів two два двоє 15 17.05.2026 yesterday вчора “ ” « » , . — \n"
    " 10:00 % $ ½ 1e999 ٣ п’ять Wróbel not не ні said сказав \ud800 👩‍🚒 ʼ".split(" ")
)


def kept(text: str, language: Language, zone: str) -> None:
    reading = read(text, language=language, published_at=MOMENT, zone=zone)
    again = unpack_reading(pack_reading(reading), text=text, language=language, published_at=MOMENT)
    assert again == reading
    assert [time.start.utcoffset() for time in again.times] == [
        time.start.utcoffset() for time in reading.times
    ]
    assert [time.end.date() for time in again.times] == [time.end.date() for time in reading.times]


@pytest.mark.parametrize(("text", "language"), TEXTS)
@pytest.mark.parametrize("zone", ["UTC", "Europe/Kyiv", "America/St_Johns"])
def test_a_kept_reading_equals_the_fresh_one(text: str, language: Language, zone: str) -> None:
    kept(text, language, zone)


# No deadline: the first example loads the dictionaries.
@given(st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(["en", "uk", "ru", "other"]))
def test_whatever_a_text_holds_its_kept_reading_equals_the_fresh_one(text: str, language: Language) -> None:
    kept(text, language, "Europe/Kyiv")


@pytest.mark.parametrize("broken", [b"", b"no zlib", zlib.compress(b"[1, 2]"), zlib.compress(b"{}")])
def test_bytes_that_are_no_reading_are_refused(broken: bytes) -> None:
    with pytest.raises(UnreadableReading):
        unpack_reading(broken, text="A ferry.", language="en", published_at=None)


def test_a_stamp_differs_with_the_text_its_moment_its_zone_and_its_language() -> None:
    stamps = {
        reading_stamp("A ferry.", "en", MOMENT, "UTC"),
        reading_stamp("A barge.", "en", MOMENT, "UTC"),
        reading_stamp("A ferry.", "uk", MOMENT, "UTC"),
        reading_stamp("A ferry.", "en", None, "UTC"),
        reading_stamp("A ferry.", "en", MOMENT, "Europe/Kyiv"),
    }
    assert len(stamps) == 5


def test_a_stamp_differs_once_the_newsrooms_lexicon_was_changed_and_reloaded(tmp_path: Path) -> None:
    words = tmp_path / "harbour.tsv"
    words.write_text("harbour-pilot\tharbour pilot\tлоцман\tлоцман\t\n")
    try:
        use_lexicon_folders([tmp_path])
        before = reading_stamp("A ferry.", "en", MOMENT, "UTC")
        words.write_text("harbour-pilot\tharbour pilot|pilot boat\tлоцман\tлоцман\t\n")
        reload_lexicon()
        assert reading_stamp("A ferry.", "en", MOMENT, "UTC") != before
    finally:
        use_lexicon_folders([])
