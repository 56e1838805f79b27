# ruff: noqa: E501
"""Claims and passages as a careful journalist would judge them, written for these tests.

Every text is invented. All are read as of Tuesday, 16 September 2025, noon UTC. ``kind`` names what a reader
has to understand to answer rightly.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from claims.language.readings import Language

Verdict = Literal["supports", "contradicts", "neither"]


class Pair(NamedTuple):
    kind: str
    claim_language: Language
    claim: str
    passage_language: Language
    passage: str
    expected: Verdict


def _pairs(kind: str, listed: str) -> list[Pair]:
    """Read “expected | claim language: claim | passage language: passage” line by line."""
    found: list[Pair] = []
    for line in listed.strip().splitlines():
        expected, claim, passage = (part.strip() for part in line.split("|"))
        one, asked = claim.split(": ", 1)
        two, told = passage.split(": ", 1)
        found.append(Pair(kind, one, asked, two, told, expected))  # type: ignore[arg-type]
    return found


PAIRS = [
    *_pairs(
        "completion",
        """
supports | en: The coalition talks in Prague are over. | ru: Коалиционные переговоры в Праге продлились пять часов и закончились без соглашения.
supports | en: The coalition talks in Prague are over. | uk: Коаліційні переговори в Празі тривали п’ять годин.
supports | uk: Засідання уряду Молдови завершилося. | en: Moldova's government meeting wrapped up after three hours.
supports | ru: Забастовка докторов в Лодзи закончилась. | en: The doctors' strike in Lodz, which lasted nine days, is over.
contradicts | en: The coalition talks in Prague are over. | uk: Коаліційні переговори в Празі ще тривають.
contradicts | ru: Забастовка горняков в Лодзи закончилась. | en: The miners' strike in Lodz is still going on.
neither | en: The coalition talks in Prague are over. | ru: Коалиционные переговоры в Праге начнутся в четверг.
neither | en: The evacuation of Toledo is complete. | en: The evacuation of Toledo began at dawn.
""",
    ),
    *_pairs(
        "figures",
        """
supports | en: The flood in Bavaria damaged more than 300 houses. | uk: Повінь у Баварії пошкодила 340 будинків.
contradicts | en: The flood in Bavaria damaged more than 300 houses. | ru: Наводнение в Баварии повредило 120 домов.
supports | uk: Явка на виборах у Латвії становила 54 відсотки. | en: Turnout in the Latvian election was 54.2 percent.
contradicts | uk: Явка на виборах у Латвії становила 54 відсотки. | ru: Явка на выборах в Латвии составила 61,5 процента.
supports | ru: Годовая инфляция в Турции достигла 33 процентов. | en: Turkey's annual inflation reached 32.9%.
contradicts | en: Turkey's annual inflation reached 33%. | uk: Річна інфляція в Туреччині сягнула 41 відсотка.
supports | en: The central bank raised its rate to 9.5 percent. | ru: Центробанк повысил ставку до 9,5 процента.
contradicts | ru: Центробанк повысил ставку до 9,5 процента. | uk: Центробанк підвищив ставку до 11 відсотків.
supports | uk: Нові санкції охопили близько сорока компаній. | en: The new sanctions cover 39 companies.
contradicts | uk: Нові санкції охопили близько сорока компаній. | ru: Новые санкции затронули 75 компаний.
supports | en: The blackout in Porto lasted about six hours. | uk: Знеструмлення в Порту тривало майже шість годин.
contradicts | en: The blackout in Porto lasted about six hours. | ru: Отключение света в Порту продлилось двенадцать часов.
supports | en: Nearly 2,000 people caught measles in Austria. | ru: В Австрии корью заболели 1950 человек.
neither | en: The flood in Bavaria damaged more than 300 houses. | ru: Наводнение в Баварии повредило 320 машин.
neither | uk: Явка на виборах у Латвії становила 54 відсотки. | en: The ruling party won 54 percent of the vote in Latvia.
neither | ru: В Австрии корью заболели 1950 человек. | uk: В Австрії від кору щепили 1950 людей.
""",
    ),
    *_pairs(
        "occasion",
        """
neither | en: Hail on Monday damaged 60 farms in Murcia. | en: Hail on 3 May damaged 90 farms in Murcia.
neither | uk: Повінь у Баварії забрала життя дев’яти людей. | ru: Наводнение в Саксонии унесло жизни четырёх человек.
neither | en: The first round of grain talks lasted five hours. | ru: Второй раунд переговоров о зерне длился два часа.
contradicts | en: The second round of grain talks lasted five hours. | ru: Второй раунд переговоров о зерне длился два часа.
neither | uk: Зустріч міністрів у Відні тривала чотири години. | en: After the ministers' meeting in Vienna, the presidents of Serbia and Croatia dined together for one hour.
neither | ru: Прогноз: инфляция в Литве составит 4 процента. | en: Inflation in Norway will be 6 percent, the forecast says.
supports | en: On Sunday the reactor in Zagreb stopped for two hours. | uk: У неділю реактор у Загребі зупинився на дві години.
""",
    ),
    *_pairs(
        "clauses",
        """
supports | en: The parliament sat for two hours on Tuesday. | en: The parliament sat for six hours on Monday and two on Tuesday.
contradicts | en: The parliament sat for six hours on Tuesday. | en: The parliament sat for nine hours on Monday and two hours on Tuesday.
supports | uk: У понеділок у Гданську затримали 12 протестувальників. | ru: В понедельник в Гданьске задержали 12 протестующих, а в воскресенье — 40.
contradicts | en: The storm left 9 dead in Manila. | en: The storm left 23 dead and 9 missing in Manila.
supports | ru: Ураган в Маниле убил 23 человека. | en: The storm left 23 dead and 9 missing in Manila.
neither | en: Nine people died in the storm in Manila. | uk: Після шторму в Манілі госпіталізували дев’ятьох людей.
supports | en: The hearing in Skopje lasted 25 minutes. | ru: Слушания в Скопье начались в 10:05 и закончились в 10:30.
contradicts | en: The hearing in Skopje lasted two hours. | uk: Слухання в Скоп’є почалися о 10:05 і закінчилися о 10:30.
""",
    ),
    *_pairs(
        "part and whole, level and change, plan and result",
        """
neither | en: The fire destroyed 80 homes in Attica. | en: The fire destroyed 80 buildings in Attica, including 12 homes.
neither | uk: Ціна газу зросла на 20 відсотків. | ru: Цена газа выросла до 20 процентов от дохода семьи.
neither | ru: Завод в Гамбурге выпустил 400 автобусов. | en: The plant in Hamburg will produce 650 buses next year.
neither | en: The whole delegation of Ghana has 40 members. | en: The military part of Ghana's delegation has six members.
neither | en: Exports of steel fell by 8 percent. | uk: Експорт сталі впав до 8 мільйонів тонн.
""",
    ),
    *_pairs(
        "everyday things in three languages",
        """
supports | en: The storm left about 30,000 customers in Porto without power. | uk: Через буревій у Порту без електроенергії лишилися 29 800 споживачів.
contradicts | uk: Через буревій у Порту без світла лишилися 30 тисяч абонентів. | en: The storm in Porto caused outages for 95,000 customers.
supports | ru: Переговорщики в Тунисе общались сорок минут. | uk: Переговорники в Тунісі спілкувалися сорок хвилин.
contradicts | uk: Переговорники в Тунісі спілкувалися сорок хвилин. | en: The meeting of the negotiators in Tunis lasted three hours.
neither | en: The meeting at the bank in Tartu took two hours. | ru: Двухчасовая очередь выстроилась у банка в Тарту.
supports | en: Rescuers evacuated 52 patients from the hospital in Split. | ru: Из больницы в Сплите спасатели вывезли 52 пациента.
contradicts | ru: Из больницы в Сплите эвакуировали 52 пациента. | uk: З лікарні у Спліті вивезли 17 пацієнтів.
supports | uk: Дефіцит потужності в Сирії становить 900 МВт. | ru: Нехватка мощности в Сирии составляет 900 МВт.
contradicts | en: The museum in Turku had 4,000 visitors on Sunday. | uk: У неділю в музеї Турку було 1 200 відвідувачів.
supports | ru: Водитель автобуса в Кракове получил 40 тысяч злотых. | uk: Водій автобуса у Кракові отримав 40 тисяч злотих.
neither | en: The flood in Parma destroyed 60 barns. | en: The flood in Parma destroyed 60 buildings, 9 barns among them.
neither | en: Turnout in the Oslo election was 71 percent. | uk: Партія мера здобула на виборах в Осло 71 відсоток голосів.
neither | en: Nearly 70 rescuers are searching the mine in Silesia. | uk: На шахті в Сілезії врятували 70 людей.
neither | uk: У Зальцбурзі на грип захворіли 90 школярів. | en: In Salzburg 90 schoolchildren were vaccinated against flu.
contradicts | uk: Без світла в Порту лишилися 30 тисяч абонентів. | en: Outages hit about 95,000 customers in Porto.
contradicts | uk: Страйк учителів у Ліоні завершився. | en: The teachers' strike in Lyon is still going on.
""",
    ),
    *_pairs(
        "polarity",
        """
contradicts | en: The ministry confirmed the closure of the port of Varna. | ru: Министерство опровергло закрытие порта Варны.
contradicts | uk: Суд у Белграді визнав екс-міністра винним. | en: The court in Belgrade found the former minister not guilty.
contradicts | en: Parliament in Valletta approved the energy tax. | ru: Парламент в Валлетте отклонил налог на энергию.
contradicts | ru: Президент Ганы подписал закон о выборах. | en: The president of Ghana did not sign the election law.
contradicts | en: The pipeline to Malta has been shut down. | uk: Газопровід на Мальту не зупиняли.
supports | uk: Парламент у Валлетті схвалив податок на енергію. | en: Parliament in Valletta approved the energy tax.
supports | en: The president of Ghana did not sign the election law. | uk: Президент Гани не підписав закон про вибори.
supports | ru: Суд в Белграде оправдал бывшего министра. | en: The court in Belgrade acquitted the former minister.
neither | en: Parliament in Valletta approved the energy tax. | uk: Парламент у Валлетті обговорює податок на енергію.
""",
    ),
    *_pairs(
        "heads",
        """
supports | en: Kofi Mensah leads Ghana's delegation in Nairobi. | uk: Делегацію Гани в Найробі очолює Кофі Менса.
contradicts | en: Kofi Mensah leads Ghana's delegation in Nairobi. | ru: Делегацию Ганы в Найроби возглавляет Ама Боатенг.
neither | en: Kofi Mensah leads Ghana's delegation in Nairobi. | ru: Делегацию Кении в Найроби возглавляет Питер Отиено.
neither | uk: Делегацію Гани в Найробі очолює Кофі Менса. | en: At the earlier talks in Lagos Ghana's delegation was led by Ama Boateng.
supports | ru: Делегацию Ганы в Найроби возглавляет Кофи Менса. | en: Ghana's chief negotiator in Nairobi is Kofi Mensah.
""",
    ),
    *_pairs(
        "statements",
        """
supports | en: The mayor said the bridge in Basel would stay closed for repairs. | uk: Мер повідомив, що міст у Базелі залишиться закритим через ремонт.
supports | uk: Уряд Данії виділив кошти на вітрову енергетику. | en: The Danish government has allocated funding for wind energy.
supports | en: The hospital in Bari treats patients with burns and children. | ru: В больнице в Бари лечат пациентов с ожогами и детей.
neither | en: The mayor said the bridge in Basel would stay closed for repairs. | ru: Мэр открыл в Базеле новую школу.
neither | ru: Правительство Дании выделило деньги на ветряную энергетику. | uk: Уряд Данії скоротив витрати на пенсії.
supports | en: The census in Peru took place on 6 and 7 September. | ru: Перепись в Перу прошла 6–7 сентября.
contradicts | en: The census in Peru took place on 6 and 7 September. | uk: Перепис у Перу відбувся 9 вересня.
""",
    ),
]
