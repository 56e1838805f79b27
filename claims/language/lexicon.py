"""The lexicon: concepts of news language with their words in English, Ukrainian and Russian.

Files come from this package and from a folder that the newsroom names with ``use_lexicon_folders``; the
newsroom's lines add words to a shipped concept or bring new concepts. Invariant: a concept id exists
once, every relation points at a concept that exists, and a faulty line never keeps the rest from loading.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from claims.language.families import family_keys
from claims.language.phrases import Branch
from claims.language.readings import LANGUAGES, Language
from claims.language.tables import TableProblem, TableRow, read_table, table_files
from claims.language.words import fold, lemma, read_words

SHIPPED_FOLDER = Path(__file__).parent / "lexicon"

_is_concept_id = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z").match
_is_relation = re.compile(r"(?:opposite|broader):[a-z0-9]+(?:-[a-z0-9]+)*\Z").match


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """One concept: topic (the file's name), words as written, related concept ids."""

    id: str
    topic: str
    words: dict[Language, tuple[str, ...]]
    opposite: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Loaded concepts, their phrases as trees for each language, and what was wrong with the files.

    ``by_lemma`` finds a phrase by the dictionary forms of its words, ``by_family`` by their families, which
    joins more forms (“legal”, “legally”) and is therefore only asked second.
    """

    concepts: dict[str, ConceptEntry] = field(default_factory=dict)
    by_lemma: dict[Language, Branch] = field(default_factory=dict)
    by_family: dict[Language, Branch] = field(default_factory=dict)
    problems: tuple[TableProblem, ...] = ()
    folders: tuple[Path, ...] = ()


def load_lexicon(folders: Sequence[Path] = ()) -> Lexicon:
    """Read the shipped files and then those of ``folders``; later folders extend earlier ones."""
    problems: list[TableProblem] = []
    rows: dict[str, list[TableRow]] = {}
    for path in table_files((SHIPPED_FOLDER, *folders)):
        for row in read_table(path, _is_concept_id, problems):
            earlier = rows.setdefault(row.id, [])
            same_folder = [other for other in earlier if other.path.parent == path.parent]
            if same_folder:
                known = same_folder[0]
                message = f"“{row.id}” is already defined in {known.path.name}:{known.line}"
                problems.append(TableProblem(path, row.line, message))
            else:
                earlier.append(row)
    concepts = {concept: _merge(found, rows, problems) for concept, found in rows.items()}
    trees = {language: _grow(concepts, language) for language in LANGUAGES}
    by_lemma = {language: trees[language][0] for language in LANGUAGES}
    by_family = {language: trees[language][1] for language in LANGUAGES}
    return Lexicon(concepts, by_lemma, by_family, tuple(problems), tuple(folders))


def _merge(
    found: list[TableRow], known: dict[str, list[TableRow]], problems: list[TableProblem]
) -> ConceptEntry:
    words = {
        language: tuple(dict.fromkeys(word for row in found for word in row.words[language]))
        for language in LANGUAGES
    }
    related: dict[str, list[str]] = {"opposite": [], "broader": []}
    for row in found:
        for relation in row.relations:
            kind, _, target = relation.partition(":")
            if not _is_relation(relation):
                problems.append(TableProblem(row.path, row.line, f"“{relation[:60]}” is no valid relation"))
            elif target not in known:
                problems.append(TableProblem(row.path, row.line, f"relation to unknown concept “{target}”"))
            else:
                related[kind].append(target)
    first = found[0]
    return ConceptEntry(
        first.id, first.path.stem, words, tuple(related["opposite"]), tuple(related["broader"])
    )


def _grow(concepts: dict[str, ConceptEntry], language: Language) -> tuple[Branch, Branch]:
    """Return the phrases of one language as a tree of lemmas and a tree of families."""
    by_lemma, by_family = Branch(), Branch()
    for entry in concepts.values():
        for phrase in entry.words[language]:
            words = [word.surface for word in read_words(phrase)]
            by_lemma.plant([dict.fromkeys((lemma(word, language), fold(word))) for word in words], entry.id)
            by_family.plant([family_keys(word, language) for word in words], entry.id)
    return by_lemma, by_family


#: How often a process looks whether it should reload, in seconds.
LOOK_EVERY = 2.0


class _Current:
    """The lexicon in use, loaded when first asked for and swapped as a whole.

    ``signal`` is a file that is touched when all processes are to reload; ``seen`` is its state when this
    process last loaded, and ``look_at`` when it looks again (monotonic seconds).
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.folders: tuple[Path, ...] = ()
        self.lexicon: Lexicon | None = None
        self.signal: Path | None = None
        self.seen = 0
        self.look_at = 0.0

    def signalled(self) -> int:
        """Return the state of the signal; 0 where it was never given."""
        try:
            return self.signal.stat().st_mtime_ns if self.signal else 0
        except OSError:
            return 0


_current = _Current()


def use_lexicon_folders(folders: Sequence[Path], signal: Path | None = None) -> None:
    """Name the newsroom's own folders; the lexicon is read anew when it is next needed.

    ``signal`` is a file that every process watches and that ``ask_for_reload`` touches.
    """
    with _current.lock:
        _current.folders = tuple(folders)
        _current.lexicon = None
        _current.signal = signal


def current_lexicon() -> Lexicon:
    """Return the lexicon in use, loading it at the first call and after a reload was asked for."""
    lexicon = _current.lexicon
    if lexicon is None:
        with _current.lock:
            if _current.lexicon is None:
                _current.seen = _current.signalled()
                _current.lexicon = load_lexicon(_current.folders)
            return _current.lexicon
    if _current.signal is not None and time.monotonic() >= _current.look_at:
        return _after_a_look(lexicon)
    return lexicon


def _after_a_look(lexicon: Lexicon) -> Lexicon:
    """Reload where it was asked for; while one thread does, the others go on with what they have."""
    if not _current.lock.acquire(blocking=False):
        return lexicon
    try:
        _current.look_at = time.monotonic() + LOOK_EVERY
        signalled = _current.signalled()
        if signalled != _current.seen:
            _current.seen = signalled
            _current.lexicon = load_lexicon(_current.folders)
        return _current.lexicon or lexicon
    finally:
        _current.lock.release()


def ask_for_reload() -> None:
    """Have every process that watches the same signal reload within ``LOOK_EVERY`` seconds."""
    if _current.signal is None:
        raise ValueError("no signal was named")
    _current.signal.parent.mkdir(parents=True, exist_ok=True)
    _current.signal.write_text("The lexicon is to be reloaded.\n")


def reload_lexicon() -> Lexicon:
    """Read all files again and return the new lexicon; readers under way finish with the old one."""
    fresh = load_lexicon(_current.folders)
    with _current.lock:
        _current.lexicon = fresh
    return fresh


def broader_concepts(concept: str) -> frozenset[str]:
    """Return what ``concept`` is a kind of, near and far, by the lexicon in use."""
    return _broader(concept, current_lexicon())


@lru_cache(maxsize=16_384)
def _broader(concept: str, lexicon: Lexicon) -> frozenset[str]:
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        entry = lexicon.concepts.get(waiting.pop())
        new = [parent for parent in (entry.broader if entry else ()) if parent not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def opposite_concepts(concept: str) -> frozenset[str]:
    """Return the concepts that exclude ``concept``, whichever of the two names the other."""
    return _opposite(current_lexicon()).get(concept, frozenset())


@lru_cache(maxsize=2)
def _opposite(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for entry in lexicon.concepts.values():
        for other in entry.opposite:
            named.setdefault(entry.id, set()).add(other)
            named.setdefault(other, set()).add(entry.id)
    return {concept: frozenset(others) for concept, others in named.items()}
