"""Loading, validating, extending and reloading the lexicon, and reading its concepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.concepts import read_concepts
from claims.language.lexicon import (
    SHIPPED_FOLDER,
    Lexicon,
    current_lexicon,
    load_lexicon,
    reload_lexicon,
    use_lexicon_folders,
)
from claims.language.readings import Language


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_lexicon_folders(())


def lexicon_of(folder: Path, text: str) -> Lexicon:
    (folder / "own.tsv").write_text(text, encoding="utf-8")
    return load_lexicon([folder])


def own_problems(lexicon: Lexicon) -> list[str]:
    return [str(problem) for problem in lexicon.problems if problem.path.name == "own.tsv"]


def test_the_shipped_files_load_with_words_in_three_languages() -> None:
    shipped = load_lexicon()
    assert len(shipped.concepts) >= 3_000
    assert not [problem for problem in shipped.problems if "columns" in problem.message]
    assert all(any(entry.words.values()) for entry in shipped.concepts.values())


def test_faulty_lines_are_reported_with_their_number_and_the_rest_loads(folder: Path) -> None:
    lexicon = lexicon_of(
        folder,
        "# comment\n"
        "zz-lighthouse\tlighthouse\tмаяк\tмаяк\n"
        "zz-only-id\n"
        "ZZ Upper\tfoghorn\tгорн\tгорн\n"
        "zz-buoy\tbuoy\tбуй\tбуй\tnear:zz-lighthouse\n"
        "zz-pilot\tharbour pilot\tлоцман\tлоцман\tbroader:zz-nothing\n"
        "zz-empty\t\t\t\n"
        "zz-lighthouse\tbeacon\tвогник\tогонёк\n",
    )
    assert {"zz-lighthouse", "zz-buoy", "zz-pilot"} <= lexicon.concepts.keys()
    assert [message.split(":")[1] for message in own_problems(lexicon)] == ["3", "4", "7", "8", "5", "6"]
    assert "beacon" not in lexicon.concepts["zz-lighthouse"].words["en"]


def test_bytes_that_are_not_utf_8_spoil_only_their_line(folder: Path) -> None:
    (folder / "own.tsv").write_bytes(b"zz-a\t\xff\xfe\tx\ty\nzz-b\tjetty\t\xd0\xbf\xd1\x96\xd1\x80\t\n")
    lexicon = load_lexicon([folder])
    assert {"zz-a", "zz-b"} & lexicon.concepts.keys() == {"zz-b"}
    assert own_problems(lexicon) == ["own.tsv:1: holds a control character or is not UTF-8"]


def test_a_newsroom_adds_words_to_a_shipped_concept(folder: Path) -> None:
    known = next(iter(load_lexicon().concepts))
    lexicon = lexicon_of(folder, f"{known}\tzzyzzyword\t\t\n")
    assert "zzyzzyword" in lexicon.concepts[known].words["en"]
    assert own_problems(lexicon) == []


def test_a_missing_folder_has_no_words_and_is_no_error(tmp_path: Path) -> None:
    assert load_lexicon([tmp_path / "nowhere"]).concepts.keys() == load_lexicon().concepts.keys()


def test_reloading_makes_new_words_readable(folder: Path) -> None:
    use_lexicon_folders([folder])
    assert read_concepts("zzlantern", "en") == ()
    (folder / "own.tsv").write_text("zz-lantern\tzzlantern\t\t\n", encoding="utf-8")
    reload_lexicon()
    assert [found.concept for found in read_concepts("zzlanterns", "en")] == ["zz-lantern"]
    assert current_lexicon() is current_lexicon()


CONCEPTS = (
    "zz-tide\ttide\tприплив\tприлив\n"
    "zz-tide-gate\ttide gate\tприпливний шлюз\tприливный шлюз\n"
    "zz-gate\tgate\tшлюз\tшлюз\n"
    "zz-keep-watch\tkeep watch\tнести вахту\tнести вахту\n"
)


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("The tides reached the tide gates.", "en", ["zz-tide", "zz-tide-gate"]),
        ("Вода біля шлюзів, припливного шлюзу та приплив", "uk", ["zz-gate", "zz-tide-gate", "zz-tide"]),
        ("У приливных шлюзов ждали прилива", "ru", ["zz-tide-gate", "zz-tide"]),
        ("They kept watch", "en", ["zz-keep-watch"]),
        ("Flut und tide gate", "other", []),
    ],
)
def test_the_longest_phrase_wins_in_any_inflection(
    folder: Path, text: str, language: Language, concepts: list[str]
) -> None:
    lexicon = lexicon_of(folder, CONCEPTS)
    own = [
        found.concept for found in read_concepts(text, language, lexicon) if found.concept.startswith("zz-")
    ]
    assert own == concepts


def test_words_far_apart_make_no_phrase(folder: Path) -> None:
    lexicon = lexicon_of(folder, CONCEPTS)
    found = [concept.concept for concept in read_concepts("tide ......... gate", "en", lexicon)]
    assert "zz-tide-gate" not in found


def test_the_shipped_folder_is_inside_the_package() -> None:
    assert SHIPPED_FOLDER.is_dir()


@settings(max_examples=100)
@given(st.text(max_size=150), st.sampled_from(["en", "uk", "ru", "other"]))
def test_reading_concepts_never_raises_and_stays_inside_the_text(text: str, language: Language) -> None:
    for found in read_concepts(text, language):
        assert 0 <= found.span.start < found.span.end <= len(text)
