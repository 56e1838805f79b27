"""Words that negate: “not”, “never”, «не», «ані», “without”, “failed to”.

Invariant: a span covers the negating words only; what they negate is for the comparison to decide.
“Not only”, «не тільки», «не менее» and their like negate nothing and are left out.
"""

from __future__ import annotations

import re

from claims.language.folding import APOSTROPHES
from claims.language.readings import Language, Span

_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"


def _pattern(negating: str, unless: str) -> re.Pattern[str]:
    spaced = negating.replace(" ", r"\s{1,3}")
    followed = unless.replace(" ", r"\s{1,3}")
    return re.compile(
        rf"{_EDGE_BEFORE}(?:{spaced}){_EDGE_AFTER}(?!\s{{1,3}}(?:{followed}){_EDGE_AFTER})", re.IGNORECASE
    )


_PATTERNS: dict[str, re.Pattern[str]] = {
    "en": _pattern(
        rf"not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|no longer|failed to"
        rf"|fails to|refused to"
        rf"|refuses to|denied|denies|(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|could|should"
        rf"|must)n[{APOSTROPHES}]t",
        "only|just|merely|least|more than|less than|fewer than|later than|earlier than|until|exactly"
        "|to mention",
    ),
    "uk": _pattern(
        "не|ні|ані|ніколи|ніхто|нікого|нікому|ніщо|нічого|ніде|нікуди|жоден|жодна|жодне|жодного|жодної"
        "|жодних|немає|нема"
        "|без|відсутній|відсутня|відсутні|відсутність|неможливо",
        "тільки|лише|просто|менше|менш|більше|більш|раніше|пізніше|нижче|вище|кажучи",
    ),
    "ru": _pattern(
        "не|ни|никогда|никто|никого|никому|ничто|ничего|нигде|никуда|нет|нету|без|отсутствует|отсутствуют"
        "|отсутствие"
        "|невозможно|нельзя|никакой|никакого|никаких|ни один|ни одна|ни одного",
        "только|лишь|просто|менее|меньше|более|больше|ранее|раньше|позднее|позже|ниже|выше|говоря",
    ),
}


def read_negations(text: str, language: Language) -> tuple[Span, ...]:
    """Return the spans of negating words in order; texts of other languages have none.

    >>> [span.of("The talks did not end") for span in read_negations("The talks did not end", "en")]
    ['not']
    """
    pattern = _PATTERNS.get(language)
    return tuple(Span(*match.span()) for match in pattern.finditer(text)) if pattern else ()
