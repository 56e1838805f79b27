"""English figures: what is read from sentences about everyday news, and what is left alone."""

from __future__ import annotations

import pytest

from tests.language.expected import Expected, quantities_of, same_figures

HOUR, DAY, YEAR = 3600, 86400, 31557600

CASES: list[tuple[str, list[Expected]]] = [
    ("The hearing lasted nearly three hours.", [("nearly three hours", 2.55 * HOUR, 3 * HOUR, "s")]),
    ("Rescuers pulled 17 survivors from the rubble.", [("17", 17, 17, "count")]),
    ("More than 4,200 homes were flooded.", [("More than 4,200", 4200, None, "count")]),
    ("Roughly 35% of nurses joined the strike.", [("Roughly 35%", 31.5, 38.5, "%")]),
    ("The ministry set aside £2.5m for repairs.", [("£2.5m", 2.5e6, 2.5e6, "GBP")]),
    ("Shares rose 3.2 percent, the most since March.", [("3.2 percent", 3.2, 3.2, "%")]),
    (
        "The loan is worth between $20 million and $30 million.",
        [("between $20 million and $30 million", 2e7, 3e7, "USD")],
    ),
    ("The company will pay $20–30 million in damages.", [("$20–30 million", 2e7, 3e7, "USD")]),
    ("At most six flights a day will operate.", [("At most six", None, 6, "count")]),
    ("The ferry was carrying fewer than ninety passengers.", [("fewer than ninety", None, 90, "count")]),
    ("A quarter of the schools stayed closed.", [("A quarter", 25, 25, "%")]),
    ("Two thirds of members voted for the merger.", [("Two thirds", 66.6667, 66.6667, "%")]),
    ("Three-quarters of respondents own a car.", [("Three-quarters", 75, 75, "%")]),
    ("One in five adults smokes.", [("One in five", 20, 20, "%")]),
    ("About half a million tickets were sold.", [("About half a million", 450000, 550000, "count")]),
    ("The march drew tens of thousands of people.", [("tens of thousands", 20000, None, "count")]),
    ("Hundreds of trees were uprooted.", [("Hundreds", 200, None, "count")]),
    ("Several thousand workers walked out.", [("Several thousand", 2000, None, "count")]),
    ("A dozen boats left the harbour.", [("A dozen", 12, 12, "count")]),
    ("The gust reached 130 km/h.", [("130 km/h", 130 / 3.6, 130 / 3.6, "m/s")]),
    ("Winds of 75 miles per hour hit the coast.", [("75 miles per hour", 33.528, 33.528, "m/s")]),
    ("The reservoir holds 1.4 million cubic metres.", [("1.4 million cubic metres", 1.4e6, 1.4e6, "m3")]),
    ("The fire burned 300 hectares of forest.", [("300 hectares", 3e6, 3e6, "m2")]),
    ("The park covers 12 square kilometres.", [("12 square kilometres", 1.2e7, 1.2e7, "m2")]),
    ("It was 95°F in Phoenix.", [("95°F", 35, 35, "°C")]),
    ("Overnight lows hit 12 degrees below zero.", [("12 degrees below zero", -12, -12, "°C")]),
    ("Pressure dropped to 985 hPa.", [("985 hPa", 98500, 98500, "Pa")]),
    ("A 750-megawatt unit was switched off.", [("750-megawatt", 7.5e8, 7.5e8, "W")]),
    ("The region used 3.1 GWh on Friday.", [("3.1 GWh", 3.1e9, 3.1e9, "Wh")]),
    ("Exports fell to 1.9 million barrels a day.", [("1.9 million barrels", 1.9e6, 1.9e6, "bbl")]),
    ("The truck carried 18 tons of steel.", [("18 tons", 18000, 18000, "kg")]),
    ("The baby weighed 3.4 kg.", [("3.4 kg", 3.4, 3.4, "kg")]),
    ("The pipeline is some 1,100 km long.", [("some 1,100 km", 990000, 1210000, "m")]),
    (
        "He ran 26 miles in under four hours.",
        [("26 miles", 41842.944, 41842.944, "m"), ("under four hours", None, 4 * HOUR, "s")],
    ),
    ("A three-day strike begins on Monday.", [("three-day", 3 * DAY, 3 * DAY, "s")]),
    ("The 12-member jury failed to agree.", [("12-member", 12, 12, "count")]),
    (
        "The 19-year-old striker scored twice.",
        [("19-year-old", 19 * YEAR, 19 * YEAR, "s"), ("twice", 2, 2, "count")],
    ),
    ("The mayor, 61, denied the charges.", [("61", 61 * YEAR, 61 * YEAR, "s")]),
    ("Rents have tripled since the war began.", [("tripled", 3, 3, "x")]),
    ("The bridge cost twice the estimate.", [("twice", 2, 2, "x")]),
    ("He has been fined three times this year.", [("three times", 3, 3, "count")]),
    ("Prices are three times higher than in Poland.", [("three times", 3, 3, "x")]),
    ("Output was 2.5 times last year's level.", [("2.5 times", 2.5, 2.5, "x")]),
    ("The bank raised rates by 50 basis points.", [("50 basis points", 0.5, 0.5, "pp")]),
    ("Support fell by two percentage points.", [("two percentage points", 2, 2, "pp")]),
    ("The poll has a margin of error of three points.", [("three points", 3, 3, "pp")]),
    (
        "She won the second round with 54.3% of the vote.",
        [("second", 2, 2, "ordinal"), ("54.3%", 54.3, 54.3, "%")],
    ),
    ("It was the 21st attack this month.", [("21st", 21, 21, "ordinal")]),
    ("Unemployment rose from 5.1 to 5.6 percent.", [("5.1", 5.1, 5.1, "%"), ("5.6 percent", 5.6, 5.6, "%")]),
    ("Turnout was 61%, up from 48 four years earlier.", [("61%", 61, 61, "%"), ("48", 48, 48, "%")]),
    (
        "The court jailed him for eleven years and his brother for six and a half.",
        [("eleven years", 11 * YEAR, 11 * YEAR, "s"), ("six and a half", 6.5 * YEAR, 6.5 * YEAR, "s")],
    ),
    ("No fewer than 80 aftershocks were recorded.", [("No fewer than 80", 80, None, "count")]),
    (
        "The village is just over 40 kilometres from the border.",
        [("just over 40 kilometres", 40000, 46000, "m")],
    ),
    (
        "Slightly less than 2 million pupils returned.",
        [("Slightly less than 2 million", 1.7e6, 2e6, "count")],
    ),
    ("Losses exceeded €700m.", [("exceeded €700m", 7e8, None, "EUR")]),
    ("The blackout lasted over an hour.", [("over an hour", HOUR, None, "s")]),
    ("The siege took an hour and a half.", [("an hour and a half", 1.5 * HOUR, 1.5 * HOUR, "s")]),
    ("The flight took 5 hours and 40 minutes.", [("5 hours and 40 minutes", 20400, 20400, "s")]),
    ("Two or three witnesses will testify.", [("Two or three", 2, 3, "count")]),
    ("Between 5 and 7% of the crop was lost.", [("Between 5 and 7%", 5, 7, "%")]),
    ("The tanker spilled 40,000 gallons of fuel.", [("40,000 gallons", 151416.47136, 151416.47136, "l")]),
    ("The swap returned 90 prisoners for 85.", [("90", 90, 90, "count"), ("85", 85, 85, "count")]),
    ("A two-and-a-half-hour debate preceded the vote.", [("two-and-a-half-hour", 9000, 9000, "s")]),
    ("Twenty-three miners are missing.", [("Twenty-three", 23, 23, "count")]),
    ("One hundred and forty people were treated.", [("One hundred and forty", 140, 140, "count")]),
    ("One firefighter died in the blaze.", [("One", 1, 1, "count")]),
    (
        "Some 60,000 fans came, or 2,000 more than expected.",
        [("Some 60,000", 54000, 66000, "count"), ("2,000", 2000, 2000, "count")],
    ),
    ("The fund manages 3 trillion yen.", [("3 trillion yen", 3e12, 3e12, "JPY")]),
    ("The fine is 500,000 Swiss francs.", [("500,000 Swiss francs", 500000, 500000, "CHF")]),
    ("He was paid CHF 9,000 a month.", [("CHF 9,000", 9000, 9000, "CHF")]),
    ("A litre of milk costs 89 cents.", [("89 cents", 0.89, 0.89, "USD")]),
    ("Roughly 15 or so vehicles were torched.", [("Roughly 15", 13.5, 16.5, "count")]),
    ("The area of 20 sq km is mined.", [("20 sq km", 2e7, 2e7, "m2")]),
    ("Sales fell by a fifth.", [("a fifth", 20, 20, "%")]),
    ("The dam is 200-odd metres high.", [("200", 180, 220, "m")]),
    ("The clinic vaccinated 40+ children.", [("40+", 40, None, "count")]),
    ("The plane climbed to 11,000 feet.", [("11,000 feet", 3352.8, 3352.8, "m")]),
    ("Water rose 1.5m above the norm.", [("1.5m", 1.5, 1.5, "m")]),
    ("5m households will pay more.", [("5m", 5e6, 5e6, "count")]),
    ("About 2½ hours passed before power returned.", [("About 2½ hours", 8100, 9900, "s")]),
    ("Both airports were shut.", [("Both", 2, 2, "count")]),
    ("The budget gap is 0.125% of output.", [("0.125%", 0.125, 0.125, "%")]),
    ("The vaccine is 95 per cent effective.", [("95 per cent", 95, 95, "%")]),
    ("The crew, aged 20 to 35, were rescued.", [("20 to 35", 20 * YEAR, 35 * YEAR, "s")]),
    ("The thermometer fell to minus 15.", [("minus 15", -15, -15, "°C")]),
    ("Nearly 1 in 3 children is overweight.", [("Nearly 1 in 3", 28.3333, 33.3333, "%")]),
    ("A nine-storey block collapsed.", [("nine-storey", 9, 9, "count")]),
    ("Fees will double the cost and wages halved.", [("double", 2, 2, "x"), ("halved", 50, 50, "%")]),
    ("The reserve covers no less than 45 days.", [("no less than 45 days", 45 * DAY, None, "s")]),
]
NOTHING = [
    "Flight 302 was diverted to Vienna.",
    "Resolution 1701 remains in force.",
    "The F-35 and the Su-57 were on display.",
    "Chapter 11 protection was sought in 2019.",
    "Call 0800 123 456 for details.",
    "The virus causes COVID-19.",
    "Phase two of the plan was shelved.",
    "The 2026 budget passed.",
    "The Second World War ended in 1945.",
    "The first lady visited the hospital.",
    "Soldiers of the 3rd Assault Brigade held the line.",
    "The earthquake had a magnitude of 6.1.",
    "Nobody was hurt.",
    "One of the suspects fled.",
    "They left the five-star hotel.",
    "The match ended 3–1.",
    "Version 3.2.1 was released.",
    "Articles 5, 6 and 7 were amended.",
    "The talks resume on May 14 at 10:30.",
    "He flew in a Boeing 737 on 3 June 2024.",
    "The G20 and the E3 met in Room 12.",
    "The 330 kV line was cut.",
    "No one was hurt.",
    "Nord Stream 2 leaked.",
    "Case 45/2026 was dismissed.",
    "A 6.2-magnitude quake hit the coast.",
    "A 10-point plan was presented.",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_an_english_sentence_yields_its_figures(text: str, expected: list[Expected]) -> None:
    assert same_figures(text, quantities_of(text, "en"), expected)


@pytest.mark.parametrize("text", NOTHING)
def test_english_labels_dates_and_names_are_no_quantities(text: str) -> None:
    assert quantities_of(text, "en") == []
