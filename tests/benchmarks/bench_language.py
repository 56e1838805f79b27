"""Words that all readers together read in a minute on one core, and the worst case of hostile input.

Run ``python -m tests.benchmarks.bench_language [--json FILE]``; exit status 1 means that a floor was
missed. The text is made of invented sentences with changing figures, names and days, read once to warm the caches.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from claims.language import reading
from claims.language.readings import Language
from claims.language.words import read_words
from tests.benchmarks.reading_report import tell, wanted_file

WORDS_PER_MINUTE_FLOOR = 300_000
PUBLISHED_AT = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)

SENTENCES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Officials in {place_en} said the ferry carried about {n} passengers when it left on Tuesday.",
        "“We expect repairs to take {k} weeks,” engineer Daniel Okafor told the regional council.",
        "According to local media, the reservoir lost {n} million cubic metres in under a month.",
        "Unemployment fell to {k}.4 percent, while exports of grain exceeded {n} thousand tonnes.",
    ),
    "uk": (
        "Посадовці у місті {place_uk} повідомили, що пором перевозив близько {n} пасажирів.",
        "«Ремонт триватиме щонайменше {k} тижнів», — сказав інженер Данило Окіпнюк у вівторок.",
        "За даними місцевих ЗМІ, водосховище втратило {n} млн кубометрів менш ніж за місяць.",
        "Безробіття знизилося до {k},4 %, а експорт зерна перевищив {n} тис. тонн.",
    ),
    "ru": (
        "Чиновники в городе {place_ru} сообщили, что паром перевозил около {n} пассажиров.",
        "«Ремонт займёт не менее {k} недель», — сказал инженер Даниил Окунев во вторник.",
        "По данным местных СМИ, водохранилище потеряло {n} млн кубометров за месяц.",
        "Безработица снизилась до {k},4 %, а экспорт зерна превысил {n} тыс. тонн.",
    ),
}
PLACES = {
    "place_en": ("Lagos", "Tromsø", "Odesa"),
    "place_uk": ("Лагос", "Трумсе", "Одеса"),
    "place_ru": ("Лагос", "Тромсё", "Одесса"),
}

HOSTILE: dict[str, str] = {
    "one word": "а" * 50_000,
    "apostrophes": "п" + "'" * 50_000,
    "full stops": "." * 50_000,
    "capitals": "Ab " * 16_000,
    "initials": "А. " * 16_000,
    "digits": "1 " * 25_000,
    "grouped digits": "1 000 " * 8_000,
    "open quotations": "«" * 50_000,
    "straight quotations": '"а ' * 16_000,
    "hyphens": "a-" * 25_000,
    "line breaks": "\n" * 50_000,
    "spaces": " " * 50_000,
    "said": "said " * 10_000,
    "not": "не " * 16_000,
    "marks": "и\u0306" * 25_000,
    "tags": "#" + "Аа" * 25_000,
    "single capitals": "A " * 25_000,
    "letters in capitals": "A B C D E F " * 4_100,
    "digits and capitals": "1 A 2 b " * 6_000,
    "dates in German": "17. Februar " * 4_200,
    "days before a month": "1 1 1 Februar " * 3_500,
    "quoted articles": "“a” " * 12_500,
    "links": "https://a " * 5_000,
}


def passages(language: Language, count: int) -> list[str]:
    """Return ``count`` passages of four sentences with changing figures and places."""
    made = []
    for number in range(count):
        places = {key: names[number % 3] for key, names in PLACES.items()}
        made.append(" ".join(SENTENCES[language]).format(n=number * 7 % 900 + 20, k=number % 8 + 2, **places))
    return made


def words_per_minute(language: Language, count: int = 600) -> float:
    """Read passages whose words are known but whose text is new, and return words read in a minute."""
    for text in passages(language, 40):
        reading.read(text, language=language, published_at=PUBLISHED_AT)
    texts = passages(language, count)[40:]
    words = sum(len(read_words(text)) for text in texts)
    started = time.process_time()
    for text in texts:
        reading.read(text, language=language, published_at=PUBLISHED_AT)
    return words / (time.process_time() - started) * 60


def hostile_milliseconds() -> dict[str, float]:
    """Return the time that the slowest reader needs for each hostile text of about 50 KB."""
    slowest: dict[str, float] = {}
    for name, text in HOSTILE.items():
        for label, read in _readers().items():
            # Processor time of the better of two runs: what the machine does besides is not the pattern's.
            slowest[f"{name}: {label}"] = min(_milliseconds(read, text) for _ in range(2))
    return slowest


def _milliseconds(read: Callable[[str], object], text: str) -> float:
    # The collector's pauses are not the pattern's either.
    gc.collect()
    read_words.cache_clear()
    started = time.process_time()
    read(text)
    return (time.process_time() - started) * 1000


def _readers() -> dict[str, Callable[[str], object]]:
    from claims.language.abroad import (
        AbroadText,
        read_concepts_abroad,
        read_countries_abroad,
        read_days_abroad,
        read_lengths_abroad,
    )
    from claims.language.abroad_figures import read_amounts_abroad, read_cldr_countries
    from claims.language.concepts import read_concepts
    from claims.language.identify import identify_language
    from claims.language.names import read_names
    from claims.language.negation import read_negations
    from claims.language.quantities import read_quantities
    from claims.language.quotations import read_attributions, read_quotations
    from claims.language.sentences import split_sentences
    from claims.language.terms import read_terms
    from claims.language.times import read_times

    def read_abroad(text: str) -> None:
        abroad = AbroadText(text)
        read_concepts_abroad(abroad)
        read_countries_abroad(abroad)
        read_lengths_abroad(abroad)
        read_days_abroad(abroad, PUBLISHED_AT, "UTC")
        read_amounts_abroad(text, abroad)
        read_cldr_countries(abroad)

    return {
        "abroad": read_abroad,
        "language": identify_language,
        "words": lambda text: read_words(text),
        "sentences": split_sentences,
        "terms": lambda text: read_terms(text, "uk"),
        "names": lambda text: read_names(text, "uk"),
        "concepts": lambda text: read_concepts(text, "uk"),
        "quotations": lambda text: read_quotations(text, "ru"),
        "attributions": lambda text: read_attributions(text, "ru"),
        "quantities": lambda text: read_quantities(text, "ru"),
        "times": lambda text: read_times(text, "ru", PUBLISHED_AT, "UTC"),
        "negations": lambda text: read_negations(text, "ru"),
    }


def main() -> int:
    file = wanted_file(__doc__)
    reading.load_readers()
    speeds = {language: words_per_minute(language) for language in SENTENCES}
    return tell(speeds, hostile_milliseconds(), fewest_words=WORDS_PER_MINUTE_FLOOR, file=file)


if __name__ == "__main__":
    sys.exit(main())
