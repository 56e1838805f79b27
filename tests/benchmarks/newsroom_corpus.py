"""A made-up news archive in English, Ukrainian and Russian, and claims that some of its reports bear on.

Plausible enough that readers and engines have their usual work: reports of one to four paragraphs with
names, places, days, figures and quotations, of which many tell of neighbouring events with other figures.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2025, 1, 6)
DAYS = 420

_TOWNS = {
    "en": "Lviv Odesa Kharkiv Dnipro Poltava Sumy Vinnytsia Chernihiv Geneva Vienna Warsaw Istanbul Riga",
    "uk": "Львів Одеса Харків Дніпро Полтава Суми Вінниця Чернігів Женева Відень Варшава Стамбул Рига",
    "ru": "Львов Одесса Харьков Днепр Полтава Сумы Винница Чернигов Женева Вена Варшава Стамбул Рига",
}
_PEOPLE = {
    "en": "Marchuk,Bondarenko,Lytvyn,Hrytsenko,Keller,Novak,Arslan,Ozols,Shevchuk,Tkachenko",
    "uk": "Марчук,Бондаренко,Литвин,Гриценко,Келлер,Новак,Арслан,Озолс,Шевчук,Ткаченко",
    "ru": "Марчук,Бондаренко,Литвин,Гриценко,Келлер,Новак,Арслан,Озолс,Шевчук,Ткаченко",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
#: What is reported, the same matter in each language: (title, sentence that a claim may repeat).
_MATTERS: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("Drone attack on {town}", "{n} drones attacked {town} on {day}, and {m} of them were shot down."),
        ("Talks in {town}", "The talks in {town} on {day} lasted {h} hours, said {person}."),
        ("Fire at a warehouse in {town}", "A fire in {town} on {day} injured {m} people and destroyed the store."),
        ("Power cuts in {town}", "{n} thousand customers in {town} were without electricity on {day}."),
        ("Budget of {town}", "The council of {town} allocated {n} million euros for roads on {day}."),
        ("Turnout in {town}", "Turnout in {town} reached {n} percent on {day}, the commission said."),
        ("Flood near {town}", "After the flood near {town} {n} residents were evacuated on {day}."),
        ("Protest in {town}", "About {n} hundred people joined the protest in {town} on {day}."),
    ],
    "uk": [
        ("Атака дронів на місто {town}", "{n} дронів атакували місто {town} {day}, із них {m} збили."),
        ("Переговори у місті {town}", "Переговори у місті {town} {day} тривали {h} годин, заявив {person}."),
        ("Пожежа на складі, {town}", "Під час пожежі у місті {town} {day} постраждали {m} людей, склад знищено."),
        ("Без світла: {town}", "{n} тисяч споживачів у місті {town} лишилися без електроенергії {day}."),
        ("Бюджет міста {town}", "Міська рада {town} {day} виділила {n} мільйонів євро на дороги."),
        ("Явка: {town}", "Явка у місті {town} {day} сягнула {n} відсотків, повідомила комісія."),
        ("Повінь: {town}", "Після повені поблизу міста {town} {day} евакуювали {n} мешканців."),
        ("Протест: {town}", "Близько {n} сотень людей вийшли на протест у місті {town} {day}."),
    ],
    "ru": [
        ("Атака дронов на город {town}", "{n} дронов атаковали город {town} {day}, из них {m} сбили."),
        ("Переговоры в городе {town}", "Переговоры в городе {town} {day} длились {h} часов, заявил {person}."),
        ("Пожар на складе, {town}", "При пожаре в городе {town} {day} пострадали {m} человек, склад уничтожен."),
        ("Без света: {town}", "{n} тысяч потребителей в городе {town} остались без электричества {day}."),
        ("Бюджет города {town}", "Городской совет {town} {day} выделил {n} миллионов евро на дороги."),
        ("Явка: {town}", "Явка в городе {town} {day} достигла {n} процентов, сообщила комиссия."),
        ("Наводнение: {town}", "После наводнения возле города {town} {day} эвакуировали {n} жителей."),
        ("Протест: {town}", "Около {n} сотен человек вышли на протест в городе {town} {day}."),
    ],
}  # fmt: skip
_AROUND: dict[str, list[str]] = {
    "en": [
        "Rescue services worked through the night and asked residents to keep away from the area.",
        "“We expect a full report within {m} days,” {person} told reporters.",
        "The ministry of foreign affairs did not comment on the figures by the evening.",
        "According to the regional administration, {m} ambulances were at the scene.",
        "A similar case in {town} a year earlier had cost the city about {n} thousand euros.",
        "Local media reported that the road to {town} would stay closed until Friday.",
        "{person} promised that schools and hospitals would get generators first.",
        "Analysts of the central bank expect prices to rise by {m} percent over the year.",
    ],
    "uk": [
        "Рятувальники працювали всю ніч і просили мешканців не наближатися до місця події.",
        "«Ми очікуємо на повний звіт упродовж {m} днів», — сказав журналістам {person}.",
        "Міністерство закордонних справ до вечора не коментувало ці дані.",
        "За даними обласної адміністрації, на місці працювали {m} карет швидкої допомоги.",
        "Подібний випадок у місті {town} рік тому коштував громаді близько {n} тисяч євро.",
        "Місцеві медіа повідомили, що дорога до міста {town} буде закрита до п'ятниці.",
        "{person} пообіцяв, що школи й лікарні отримають генератори першими.",
        "Аналітики центрального банку очікують зростання цін на {m} відсотків за рік.",
    ],
    "ru": [
        "Спасатели работали всю ночь и просили жителей не приближаться к месту происшествия.",
        "«Мы ожидаем полный отчет в течение {m} дней», — сказал журналистам {person}.",
        "Министерство иностранных дел до вечера не комментировало эти данные.",
        "По данным областной администрации, на месте работали {m} машин скорой помощи.",
        "Похожий случай в городе {town} год назад обошелся городу примерно в {n} тысяч евро.",
        "Местные СМИ сообщили, что дорога до города {town} будет закрыта до пятницы.",
        "{person} пообещал, что школы и больницы получат генераторы первыми.",
        "Аналитики центрального банка ожидают роста цен на {m} процентов за год.",
    ],
}


@dataclass(frozen=True, slots=True)
class Report:
    """One report as a source would publish it."""

    title: str
    text: str
    language: str
    day: date


def reports(rng: random.Random) -> Iterator[Report]:
    """Yield reports without end; the same ``rng`` gives the same ones."""
    while True:
        language = rng.choice(("en", "uk", "ru"))
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        town = rng.choice(_TOWNS[language].split())
        title, told = rng.choice(_MATTERS[language])
        sentences = [_filled(rng, told, language, day, town)]
        for _ in range(rng.choice((1, 2, 4, 8, 16))):
            sentences.append(_filled(rng, rng.choice(_AROUND[language]), language, day))
        yield Report(title.format(town=town), " ".join(sentences), language, day)


def claims(rng: random.Random, count: int) -> list[Report]:
    """Return ``count`` claims; the words of each stand in ``text``."""
    found: list[Report] = []
    for _ in range(count):
        language = rng.choice(("en", "uk", "ru"))
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        title, told = rng.choice(_MATTERS[language])
        town = rng.choice(_TOWNS[language].split())
        found.append(Report(title.format(town=town), _filled(rng, told, language, day, town), language, day))
    return found


def _filled(rng: random.Random, told: str, language: str, day: date, town: str = "") -> str:
    month = _MONTHS[language].split()[day.month - 1]
    return told.format(
        town=town or rng.choice(_TOWNS[language].split()),
        person=rng.choice(_PEOPLE[language].split(",")),
        day=f"{day.day} {month} {day.year}",
        n=rng.randrange(11, 98),
        m=rng.randrange(2, 11),
        h=rng.randrange(2, 9),
    )
