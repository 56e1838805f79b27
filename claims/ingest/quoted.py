"""What became of quoted words in a page that was read again: they stand, were changed, or are gone.

Invariant: only words count. Blanks, line breaks and the shapes of quotation marks and dashes may differ; a
letter or a figure that differs is a change. Words that stand in another post than the one that was quoted stand
only if that post is the quoted one under another time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rapidfuzz import fuzz

from claims.language.sentences import split_sentences

State = Literal["stands", "changed", "gone"]

_WORD = re.compile(r"\w+")
_GLYPHS = str.maketrans("“”„«»‟″’ʼ‘‚′`–—−‑", '"""""""\'\'\'\'\'\'----')
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: From so much of its words on, a stretch is what replaced the quotation (percent of alike letters, in order).
_ALIKE = 70.0
#: From so much of its words on, a post is the quoted one under another time (percent).
_SAME_POST = 60.0
#: The longest answer to “what stands there now” (code points).
_LONGEST_ANSWER = 1_000


@dataclass(frozen=True, slots=True)
class Post:
    """A time-stamped post as it stands now."""

    printed_time: str
    moment: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. ``post`` is the post that they were quoted from, None for an article without posts; ``around``
    are words that they stood in, by which a sentence that was rewritten is known again."""

    exact: str
    post: Post | None = None
    around: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """``words`` are the sentences that stand in the place of changed words, else ``""``."""

    state: State
    words: str = ""


def plain(text: str) -> str:
    """Return ``text`` in the form in which quotations are compared."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_GLYPHS)
    return " ".join(shown.split())


def follow(quotation: Quotation, text: str, posts: Sequence[Post] = ()) -> Followed:
    """Find ``quotation`` in a page's present ``text`` and ``posts``."""
    exact = plain(quotation.exact)
    if not exact:
        return Followed("stands")
    sentence = _sentence_of(exact, plain(quotation.around))
    if quotation.post is None or not posts:
        return _within(exact, sentence, text.split("\n"), whole=text)
    quoted = quotation.post
    own = [post for post in posts if _is_same_time(post, quoted)]
    here = _within(exact, sentence, _lines(own))
    if here.state == "stands":
        return here
    # Only now, for most quotations stand and comparing every post takes a while.
    renamed = [post for post in posts if post not in own and _is_same_post(post, quoted)]
    return _within(exact, sentence, _lines(own + renamed)) if renamed else here


def _lines(posts: Iterable[Post]) -> list[str]:
    return [line for post in posts for line in post.words.split("\n")]


def _is_same_time(post: Post, quoted: Post) -> bool:
    if post.moment and quoted.moment:
        return post.moment == quoted.moment
    return bool(quoted.printed_time) and post.printed_time == quoted.printed_time


def _is_same_post(post: Post, quoted: Post) -> bool:
    return fuzz.token_sort_ratio(plain(post.words), plain(quoted.words)) >= _SAME_POST


def _sentence_of(exact: str, around: str) -> str:
    """Return the sentences of ``around`` that ``exact`` stands in, "" where it does not."""
    start = around.find(exact)
    end = start + len(exact)
    touched = [
        span for span in split_sentences(around) if start >= 0 and span.start < end and start < span.end
    ]
    return around[touched[0].start : touched[-1].end] if touched else ""


def _within(exact: str, sentence: str, lines: Iterable[str], whole: str | None = None) -> Followed:
    """Look in ``lines`` for ``exact``, else for what became of it or of the ``sentence`` that it stood in.

    ``whole`` is the text of the lines where a quotation may run over a line break.
    """
    lines = [line for line in lines if line.strip()]
    joined = plain(whole if whole is not None else " ".join(lines))
    if exact in joined:
        return Followed("stands")
    instead = _nearest(exact, lines) or (_nearest(sentence, lines) if sentence else "")
    return Followed("changed", instead[:_LONGEST_ANSWER]) if instead else Followed("gone")


def _nearest(exact: str, lines: Sequence[str]) -> str:
    """Return the sentences that are most like ``exact``, "" where none is like it."""
    wanted = set(_WORD.findall(exact.casefold()))
    best, found = 0.0, ""
    for line in lines:
        words = plain(line)
        # Most lines share hardly a word: comparing letters is for the few that may have been edited.
        if 2 * len(wanted & set(_WORD.findall(words.casefold()))) < len(wanted):
            continue
        alignment = fuzz.partial_ratio_alignment(exact, words, score_cutoff=max(_ALIKE, best))
        if alignment is None or alignment.score <= best or len(words) < len(exact) / 2:
            continue
        start, end = alignment.dest_start, alignment.dest_end
        touched = [span for span in split_sentences(words) if span.start < end and start < span.end]
        best = alignment.score
        found = words[touched[0].start : touched[-1].end] if touched else words
    return found
