"""Words that the readers of quantities and times read in a minute on one core, and what hostile texts cost.

Run ``python -m tests.benchmarks.bench_language_figures [--json FILE]``; exit status 1 means that a floor was
missed. The prose is invented and dense in figures and dates, so that it shows the price of both readers; each
hostile text is about 50 KB of one pattern, read anew.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from claims.language.numerals.scanning import scan
from claims.language.quantities import read_quantities
from claims.language.readings import Language
from claims.language.times import read_times
from claims.language.times.stated import stated_times
from tests.benchmarks.reading_report import tell, wanted_file

WORDS_PER_MINUTE_FLOOR = 1_000_000
PUBLISHED_AT = datetime(2026, 5, 20, 12, tzinfo=UTC)
PROSE: dict[Language, str] = {
    "en": "On May {d} at 10:30 about {n} farmers, nearly a third from the hills, sought €{n}.5m in aid. ",
    "uk": "{d} травня о 10:30 близько {n} фермерів, майже третина з гір, просили {n},5 млн грн допомоги. ",
    "ru": "{d} мая в 10:30 около {n} фермеров, почти треть с гор, попросили {n},5 млн рублей помощи. ",
}
HOSTILE: dict[str, str] = {
    "digits": "9" * 50_000,
    "spaced digits": "1 " * 25_000,
    "grouped digits": "111 " * 12_500,
    "hyphened digits": "1-" * 25_000,
    "comma digits": "1," * 25_000,
    "letters and digits": "1e" * 25_000,
    "fractions": "½ " * 25_000,
    "and": "and " * 12_500,
    "number words": "one " * 12_500,
    "scale words": "тысяча " * 7_000,
    "comparators": "не менее " * 5_500,
    "levels": "снизился до 5 " * 3_500,
    "percentages": "5% " * 16_000,
    "clock times": "10:40 " * 8_300,
    "months": "May 1 " * 8_000,
    "months in Russian": "1 марта " * 6_000,
    "lists": "1 and 2 and " * 4_100,
    "units alone": "около суток " * 4_200,
    "local times": "at 9 local time in Geneva " * 2_000,
    "local times without a place": "at 9 local time. " * 2_900,
    "hyphened articles": "a-" * 25_000,
    "articles and shares": "a third " * 6_200,
    "halves": "пол" * 16_000,
    "fused numbers": "двух" * 12_500,
    "currency signs": "$ " * 25_000,
    "brackets": "()" * 25_000,
    "Roman numerals": "і " * 25_000,
}


def words_per_minute(language: Language, count: int = 3_000) -> float:
    """Read ``count`` new passages with warm dictionaries; return words read in a minute by both readers."""
    _read(PROSE[language].format(d=1, n=2), language)
    passages = [PROSE[language].format(d=1 + number % 28, n=20 + number) * 3 for number in range(count)]
    words = sum(len(passage.split()) for passage in passages)
    started = time.process_time()
    for passage in passages:
        _read(passage, language)
    return words / (time.process_time() - started) * 60


def hostile_milliseconds() -> dict[str, float]:
    """Return for each hostile text the processor time of the slower reader in its slowest language."""
    slowest: dict[str, float] = {}
    for name, text in HOSTILE.items():
        for language in PROSE:
            for label, read in _readers(language).items():
                cost = min(_milliseconds(read, text) for _ in range(2))
                key = f"{name}: {label}"
                slowest[key] = max(slowest.get(key, 0.0), cost)
    return slowest


def _readers(language: Language) -> dict[str, Callable[[str], object]]:
    return {
        "quantities": lambda text: read_quantities(text, language),
        "times": lambda text: read_times(text, language, PUBLISHED_AT, "Europe/Kyiv"),
    }


def _read(text: str, language: Language) -> None:
    for read in _readers(language).values():
        read(text)


def _milliseconds(read: Callable[[str], object], text: str) -> float:
    scan.cache_clear()
    stated_times.cache_clear()
    started = time.process_time()
    read(text)
    return (time.process_time() - started) * 1000


def main() -> int:
    file = wanted_file(__doc__)
    speeds = {language: words_per_minute(language) for language in PROSE}
    return tell(speeds, hostile_milliseconds(), fewest_words=WORDS_PER_MINUTE_FLOOR, file=file)


if __name__ == "__main__":
    sys.exit(main())
