"""Cut a text into tokens once, so that the readers of figures and times can look words up in dictionaries.

Invariant: tokens are in text order, never overlap, and ``start``/``end`` are code-point offsets into the
text exactly as given. One pass of one linear pattern makes them; a run of one and the same sign is one token.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from claims.language.numerals.words import WORDS

VULGAR_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
APOSTROPHES = "'’ʼ`‘ʹ´＇"
HYPHENS = "-‐‑"
DASHES = "–—―‒"

_LETTER = rf"[^\W\d_{VULGAR_FRACTIONS}]"
_PATTERN = re.compile(
    # Digits grouped by thin or plain spaces, else digits with any inner marks; what they mean is decided
    # later.
    r"(?P<n>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*)"
    rf"|(?P<w>{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad]|[{APOSTROPHES}](?={_LETTER}))*)"
    r"|(?P<s>(?P<sign>[^\w\s]|_|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])(?P=sign)*)"
)
_DROPPED = str.maketrans("", "", APOSTROPHES + "\u0301\u0300\u00ad")


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Lower-case ``word`` without stress marks or apostrophes; ``ё`` is ``е``,
    and an English ``'s`` is cut."""
    folded = word.lower()
    if folded.isascii():
        if folded.endswith("'s"):
            return folded[:-2]
        return folded.replace("'", "").replace("`", "")
    if folded[-2:] == "’s":
        folded = folded[:-2]
    folded = unicodedata.normalize("NFC", folded.translate(_DROPPED))
    return folded.replace("ё", "е")


class Tokens:
    """Parallel lists of the tokens of one text; an index outside of them reads as an empty token.

    ``kind`` is ``n`` (digits), ``w`` (word), ``s`` (sign) or ``""`` (the end). ``fold`` holds what
    dictionaries
    are keyed by: folded words, digits as written, one sign for a run of signs (hyphens ``-``, dashes ``–``).
    """

    __slots__ = (
        "_padding",
        "_sentences",
        "_tables",
        "end",
        "fold",
        "kind",
        "numbers",
        "size",
        "start",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        # Numbers already read at a token, by language; several readers look at the same one.
        self.numbers: dict[tuple[int, str], object] = {}
        self._sentences: tuple[list[int], list[int]] | None = None
        self._tables: dict[int, bool] = {}
        self._padding: dict[int, bool] = {}
        self.fold: list[str] = []
        self.kind: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        for match in _PATTERN.finditer(text):
            kind = match.lastgroup or ""
            token = match.group()
            if kind == "w":
                self.fold.append(fold_word(token))
            elif kind == "n":
                self.fold.append(token)
            else:
                kind = "s"
                self.fold.append(_fold_sign(token))
            self.kind.append(kind)
            self.start.append(match.start())
            self.end.append(match.end())
        self.size = len(self.fold)
        # The empty tokens let readers look a few words ahead (and one back) without asking for the length.
        for _ in range(24):
            self.fold.append("")
            self.kind.append("")
            self.start.append(len(text) + 1)
            self.end.append(len(text) + 1)

    def glued(self, index: int) -> bool:
        """Tell whether token ``index`` follows the one before it without a gap."""
        return index > 0 and self.start[index] == self.end[index - 1]

    def capital(self, index: int) -> bool:
        """Tell whether token ``index`` begins with a capital letter."""
        return self.kind[index] == "w" and self.text[self.start[index]].isupper()

    def raw(self, index: int) -> str:
        return self.text[self.start[index] : self.end[index]]

    def begins_sentence(self, index: int) -> bool:
        """Tell whether token ``index`` is the first word of a sentence, line or quotation."""
        if index <= 0:
            return True
        before = self.fold[index - 1]
        if before in _SENTENCE_ENDS or before in _OPENING:
            return True
        return "\n" in self.text[self.end[index - 1] : self.start[index]]

    def sentence(self, index: int, reach: int = 60) -> tuple[int, int]:
        """Return the token range ``[first, last)`` of the sentence around ``index``,
        at most ``reach`` each way."""
        if self._sentences is None:
            self._sentences = self._cut_sentences()
        firsts, lasts = self._sentences
        if index >= self.size:
            return self.size, self.size
        return max(firsts[index], index - reach), min(lasts[index], index + reach + 1)

    def table_end(self, index: int) -> int | None:
        """Return the end of the flattened table that holds token ``index``; ``None`` in prose.

        A table is a stretch of more than 200 tokens without a sentence end, of which a quarter are numbers.
        """
        if self.size <= _LONGEST_SENTENCE:
            return None
        if self._sentences is None:
            self._sentences = self._cut_sentences()
        first, last = self._sentences[0][index], self._sentences[1][index]
        if last - first <= _LONGEST_SENTENCE:
            return None
        if first not in self._tables:
            numbers = sum(
                self.kind[at] == "n"
                or self.fold[at] in _NUMBER_WORDS
                or self.fold[at][:1] in VULGAR_FRACTIONS
                for at in range(first, last)
            )
            self._tables[first] = 4 * numbers >= last - first
        return last if self._tables[first] else None

    def padding_end(self, index: int) -> int | None:
        """Return the end of the padding around token ``index``; ``None`` in prose.

        Padding repeats a few words and signs over a whole stretch. No sentence does, and reading each of its
        thousand figures would only cost time.
        """
        if self.size < _STRETCH:
            return None
        stretch = index // _STRETCH
        first = stretch * _STRETCH
        if stretch not in self._padding:
            # The last stretch is cut short by the end of the text; it is judged with what stands before it.
            start = min(first, self.size - _STRETCH)
            self._padding[stretch] = len(set(self.fold[start : start + _STRETCH])) <= _FEW_WORDS
        return min(first + _STRETCH, self.size) if self._padding[stretch] else None

    def _cut_sentences(self) -> tuple[list[int], list[int]]:
        """Return for each token where its sentence starts and where it ends."""
        firsts: list[int] = []
        lasts: list[int] = []
        first = 0
        for index in range(self.size):
            firsts.append(first)
            if self._breaks(index) or index == self.size - 1:
                lasts += [index + 1] * (index + 1 - first)
                first = index + 1
        return firsts, lasts

    def _breaks(self, index: int) -> bool:
        """Tell whether a sentence ends with token ``index``."""
        after = self.end[index]
        plain = self.text[after : after + 1] == " " and self.start[index + 1] - after == 1
        if not plain and "\n" in self.text[after : self.start[index + 1]]:
            return True
        mark = self.fold[index]
        if mark not in _SENTENCE_ENDS:
            return False
        if mark != ".":
            return True
        following = index + 1
        while self.kind[following] == "s" and following < self.size and self.fold[following] in _CLOSING:
            following += 1
        if following >= self.size:
            return True
        # A full stop after an abbreviation is followed by a small letter or a figure.
        if not self.capital(following) or self.glued(following):
            return False
        return len(self.fold[index - 1]) > 2 or self.kind[index - 1] == "n" or not self.glued(index)


_LONGEST_SENTENCE = 200
_STRETCH = 256  # Tokens that are judged together; prose has 80 different words and signs in as many.
_FEW_WORDS = 8
_NUMBER_WORDS = frozenset(
    form
    for words in WORDS.values()
    for forms in (words.cardinals, words.scales, words.vague)
    for form in forms
)
_SENTENCE_ENDS = frozenset(".!?…")
_OPENING = frozenset("«“„\"'(‘[•*")
_CLOSING = frozenset("»”“\"')’]")


def _fold_sign(run: str) -> str:
    sign = run[0]
    if sign in HYPHENS:
        return "-" if len(run) == 1 else "–"
    if sign in DASHES:
        return "–"
    if sign in VULGAR_FRACTIONS:
        return run
    return sign


_SHORTEST_RUN = 6


def run_end(tokens: Tokens, index: int) -> int | None:
    """Return the end of a row of numbers with at most hyphens between them, of a table or of padding.

    Rows of six or more are keys, account numbers and flattened tables; no sentence states its figures so.
    """
    beyond = tokens.padding_end(index) or tokens.table_end(index)
    if beyond is not None:
        return beyond
    kind, fold = tokens.kind, tokens.fold
    end, count = index, 0
    while kind[end] == "n" or (kind[end] == "s" and fold[end][0] in VULGAR_FRACTIONS):
        end, count = end + 1, count + 1
        if fold[end] == "-" and kind[end + 1] == "n":
            end += 1
    return end if count >= _SHORTEST_RUN else None


@lru_cache(maxsize=64)
def scan(text: str) -> Tokens:
    """Return the tokens of ``text``; the readers of one text share them through the cache."""
    return Tokens(text)
