"""Topics that every installation begins with, and which of the lexicon's files speak of each. Pure.

The lexicon sorts concepts of news language into files by subject. A claim whose words meet concepts of those
files is suggested the topic; people decide. Files that say nothing about a subject (change, general,
statements, time and measure, society) suggest nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class TopicName(NamedTuple):
    """A topic with its names; ``files`` are the stems of the lexicon's files that speak of it."""

    slug: str
    label_en: str
    label_uk: str
    label_ru: str
    files: tuple[str, ...]


FIRST_TOPICS = (
    TopicName("agriculture", "Agriculture", "Сільське господарство", "Сельское хозяйство", ("agriculture",)),
    TopicName("courts", "Courts and law", "Суди і право", "Суды и право", ("law",)),
    TopicName("crime", "Crime", "Злочинність", "Преступность", ("crime",)),
    TopicName("diplomacy", "Diplomacy", "Дипломатія", "Дипломатия", ("diplomacy",)),
    TopicName("disasters", "Disasters", "Надзвичайні ситуації", "Чрезвычайные ситуации", ("disasters",)),
    TopicName(
        "economy", "Economy", "Економіка", "Экономика", ("economy", "finance", "trade", "labour")
    ),
    TopicName("elections", "Elections", "Вибори", "Выборы", ("elections",)),
    TopicName("energy", "Energy", "Енергетика", "Энергетика", ("energy",)),
    TopicName(
        "environment", "Environment and weather", "Довкілля і погода", "Экология и погода",
        ("environment", "weather"),
    ),
    TopicName("health", "Health", "Здоров’я", "Здоровье", ("health", "medicine")),
    TopicName("human-rights", "Human rights", "Права людини", "Права человека", ("human-rights",)),
    TopicName("media", "Media", "Медіа", "Медиа", ("media",)),
    TopicName("migration", "Migration", "Міграція", "Миграция", ("migration", "demography")),
    TopicName("politics", "Politics", "Політика", "Политика", ("politics", "government")),
    TopicName(
        "science", "Science and technology", "Наука і технології", "Наука и технологии",
        ("science", "technology"),
    ),
    TopicName(
        "transport", "Transport and infrastructure", "Транспорт та інфраструктура",
        "Транспорт и инфраструктура", ("transport", "infrastructure"),
    ),
    TopicName("war", "War", "Війна", "Война", ("war", "weapons", "military-organisation")),
)  # fmt: skip

_SLUG_BY_FILE = {file: topic.slug for topic in FIRST_TOPICS for file in topic.files}


def slugs_of(files: Iterable[str], *, most: int = 3) -> list[str]:
    """Return the slugs that a claim's concepts speak of, the commonest first, at most ``most``.

    ``files`` are the lexicon files of the claim's concepts, one for each concept met. A newsroom's own file
    speaks of the topic that bears its name.

    >>> slugs_of(["war", "energy", "weapons", "general"])
    ['war', 'energy']
    """
    quiet = {"change", "general", "statements", "time-and-measure", "society"}
    counted = Counter(_SLUG_BY_FILE.get(file, file) for file in files if file not in quiet)
    return [slug for slug, _times in counted.most_common(most)]
