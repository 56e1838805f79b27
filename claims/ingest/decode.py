"""Turn the bytes of a page or upload into text, whatever they claim to be written in.

Invariant: what decodes strictly as UTF-8 is UTF-8, whatever is declared; else the charset is chosen whose
result reads most like a language, so a false declaration costs nothing. Binary files raise ``BinaryContent``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from claims.ingest.extracted import normalise
from claims.ingest.parse_errors import BinaryContent, NothingGiven

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf",
    b"\x7fELF", b"MZ",
    b"\xd0\xcf\x11\xe0", b"OggS", b"ID3", b"BZh", b"\xfd7zXZ", b"{\\rtf", b"SQLite format 3",
)  # fmt: skip
_CANDIDATES = ("windows-1251", "koi8-u", "iso-8859-5", "cp866", "windows-1252")
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)
_MARKUP = re.compile(rb"<(?:script|style)\b.{0,20000}?</(?:script|style)>|<[^>]{0,2000}>", re.S | re.I)
_SAMPLE = 100_000
# Of a hundred Cyrillic letters in Ukrainian and Russian prose, how many are this one, roughly.
_FREQUENCY = dict(
    zip(
        "оаеинтсрвлкмдпуяыьзгбчйіїєхжшюцщфґёэъ",
        (10, 8, 8, 7, 6.5, 6, 5.3, 4.8, 4.5, 4.4, 3.5, 3.2, 3, 2.8, 2.6, 2, 1.9, 1.8, 1.7, 1.7, 1.6, 1.5, 1.2,
         4, 0.7, 0.5, 1, 0.9, 0.7, 0.7, 0.5, 0.4, 0.3, 0.1, 0.1, 0.3, 0.1),
        strict=True,
    )
)  # fmt: skip
_LATIN_WORDS = frozenset("àáâäçèéêëíîïñóôöùúûüßøåæœ’‘“”–—…«»€°©£")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text, normalised, and the charset it was read in."""

    text: str
    charset: str


def decode(body: bytes, content_type: str = "") -> DecodedText:
    """Decode a page or upload; ``content_type`` is the header as sent.

    Raises ``NothingGiven`` for blank input and ``BinaryContent`` for what is no text.
    """
    if not body.strip():
        raise NothingGiven
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _finished(body[len(bom) :].decode(charset, "replace"), charset)
    if body.startswith(_BINARY_STARTS):
        raise BinaryContent
    wide = _wide_charset(body)
    if wide:
        return _finished(body.decode(wide, "replace"), wide)
    if _control_share(body) > 0.02:
        raise BinaryContent
    try:
        return _finished(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _finished(*_best(body, _declared(body, content_type)))


def _finished(text: str, charset: str) -> DecodedText:
    text = normalise(text)
    if not text.strip():
        raise NothingGiven
    if text.count("\ufffd") > max(len(text) * 0.1, 2):
        raise BinaryContent
    return DecodedText(text, charset)


def _wide_charset(body: bytes) -> str:
    """Recognise UTF-16 without a mark: one byte of nearly every pair is 0 (Latin) or 4 (Cyrillic)."""
    sample = body[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 8:
        return ""
    for first, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[first::2]
        common = high.count(0) + high.count(4) + high.count(0x20)
        low = sample[1 - first :: 2]
        if common >= 0.95 * len(high) and low.count(0) <= 0.02 * len(low):
            return charset
    return ""


def _control_share(body: bytes) -> float:
    sample = body[:_SAMPLE]
    controls = sum(sample.count(bytes((value,))) for value in range(32) if value not in (9, 10, 12, 13, 27))
    return controls / len(sample)


def _declared(body: bytes, content_type: str) -> list[str]:
    names = [found[1] for found in (_HEADER.search(content_type),) if found]
    names += [found[1].decode("ascii") for found in (_DECLARED.search(body[:4096]),) if found]
    known = []
    for name in names:
        try:
            known.append(codecs.lookup(name).name)
        except (LookupError, ValueError):
            continue
    # Only text encodings: “charset=hex” names a codec of Python that is no charset.
    return [name for name in known if codecs.lookup(name)._is_text_encoding and not name.startswith("utf-16")]


def _best(body: bytes, declared: list[str]) -> tuple[str, str]:
    """Choose among UTF-8 with a few broken bytes, what is declared, and the usual charsets."""
    words = _MARKUP.sub(b" ", body[: 10 * _SAMPLE])
    sample = bytes(words)[:_SAMPLE] or body[:_SAMPLE]
    scores = {}
    for charset in dict.fromkeys([*declared, "utf-8", *_CANDIDATES]):
        bonus = 0.5 if charset in declared else 0.0
        scores[charset] = _plausibility(sample.decode(charset, "replace")) + bonus
    chosen = max(scores, key=lambda charset: scores[charset])
    return body.decode(chosen, "replace"), chosen


def _plausibility(text: str) -> float:
    """Return how much the non-ASCII part of a text reads like a language, about -10 to 8 per character."""
    score, counted, before = 0.0, 0, " "
    for character in text:
        if character > "\x7f":
            counted += 1
            score += _letter_score(character, before)
        elif character.isalpha() and before.lower() in _FREQUENCY:
            # Two alphabets within one word are how a wrong charset looks.
            score -= 4.0
        before = character
    return score / counted if counted else 0.0


def _letter_score(character: str, before: str) -> float:
    if character == "\ufffd" or "\x80" <= character < "\xa0":
        return -20.0
    if character in _FREQUENCY:
        return -4.0 if before.isascii() and before.isalpha() else _FREQUENCY[character]
    if character.lower() in _FREQUENCY:
        # So is a capital letter within a word of small ones.
        return -4.0 if before.islower() else 0.9 * _FREQUENCY[character.lower()]
    if character.lower() in _LATIN_WORDS:
        return 3.0 if before.isascii() else -1.0
    if unicodedata.name(character, "").startswith("LATIN"):
        return 2.0 if before.isascii() else -1.0
    return -1.0 if character == "\xa0" else -5.0
