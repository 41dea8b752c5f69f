"""Dates as people write them, in eight languages and some more."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.date_words import MONTHS, WEEKDAYS, folded
from outreach.domain.written_dates import find_dates

DAY = date(2026, 3, 2)  # a Monday

WRITTEN = [
    ("back on Monday 9 March", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("until 3/15", [(date(2026, 3, 15), date(2026, 3, 15))]),
    ("bis einschließlich 15.03.", [(date(2026, 3, 15), date(2026, 3, 15))]),
    ("vissza: március 9.", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("jusqu'au 9 mars inclus", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("hasta el 9 de marzo", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("fino al 9 marzo", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("tot en met 9 maart", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("do 9 marca włącznie", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("from 2 to 9 March", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("2.-9.3.", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("this week", [(date(2026, 3, 2), date(2026, 3, 8))]),
    ("next Monday", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("today only", [(date(2026, 3, 2), date(2026, 3, 2))]),
    ("in 2 weeks", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("parental leave until September 2027", [(date(2027, 9, 1), date(2027, 9, 30))]),
    ("márciusban", [(date(2026, 3, 1), date(2026, 3, 31))]),
    ("le 1er mars", [(date(2026, 3, 1), date(2026, 3, 1))]),
    ("lunedì", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("w przyszłym tygodniu", [(date(2026, 3, 9), date(2026, 3, 15))]),
    ("in two weeks", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("la semaine prochaine", [(date(2026, 3, 9), date(2026, 3, 15))]),
    ("Mitte März", [(date(2026, 3, 11), date(2026, 3, 20))]),
    ("beginning of April", [(date(2026, 4, 1), date(2026, 4, 10))]),
    ("Ende Q2", [(date(2026, 6, 1), date(2026, 6, 30))]),
    ("after the summer", [(date(2026, 9, 1), date(2026, 9, 1))]),
    ("im Herbst", [(date(2026, 9, 1), date(2026, 11, 30))]),
    ("next year", [(date(2027, 1, 1), date(2027, 12, 31))]),
    ("az év végén", [(date(2026, 12, 1), date(2026, 12, 31))]),
    ("2026. március 9-én", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("márc. 9-ig", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("március 2-9.", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("March 2-9, 2026", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("2 Mar 2026 - 9 Mar 2026", [(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), date(2026, 3, 9))]),
    (
        "02.03.2026 bis 09.03.2026",
        [(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), date(2026, 3, 9))],
    ),
    ("02.03. - 09.03.26", [(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), date(2026, 3, 9))]),
    ("du 2 au 9 mars", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("del 2 al 9 de marzo", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("dal 2 al 9 marzo", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("van 2 tot 9 maart", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("od 2 do 9 marca", [(date(2026, 3, 2), date(2026, 3, 9))]),
    ("Mon 9 Mar", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("15-03-2026", [(date(2026, 3, 15), date(2026, 3, 15))]),
    ("04/05", []),
    ("January 31st", [(date(2026, 1, 31), date(2026, 1, 31))]),
    ("31. Dezember", [(date(2026, 12, 31), date(2026, 12, 31))]),
    ("fin mars", [(date(2026, 3, 21), date(2026, 3, 31))]),
    ("pod koniec roku", [(date(2026, 12, 1), date(2026, 12, 31))]),
    ("Ende nächster Woche", [(date(2026, 3, 13), date(2026, 3, 15))]),
    ("end of the month", [(date(2026, 3, 21), date(2026, 3, 31))]),
    ("end of next week", [(date(2026, 3, 13), date(2026, 3, 15))]),
    ("két hét múlva", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("za dwa tygodnie", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("over twee weken", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("dans deux semaines", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("tra due settimane", [(date(2026, 3, 16), date(2026, 3, 16))]),
    ("dentro de 3 semanas", [(date(2026, 3, 23), date(2026, 3, 23))]),
    ("harmadik negyedévben", [(date(2026, 7, 1), date(2026, 9, 30))]),
    ("third quarter of 2026", [(date(2026, 7, 1), date(2026, 9, 30))]),
    ("2. Quartal", [(date(2026, 4, 1), date(2026, 6, 30))]),
    ("T3 2026", [(date(2026, 7, 1), date(2026, 9, 30))]),
    ("im zweiten Halbjahr", [(date(2026, 7, 1), date(2026, 12, 31))]),
    ("à la rentrée", [(date(2026, 9, 1), date(2026, 9, 1))]),
    ("nach den Sommerferien", [(date(2026, 9, 1), date(2026, 9, 1))]),
    ("in the new year", [(date(2027, 1, 1), date(2027, 1, 31))]),
    ("nach Weihnachten", [(date(2026, 12, 27), date(2026, 12, 31))]),
    ("3月9日", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("2026年3月9日", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("tavasszal", [(date(2026, 3, 1), date(2026, 5, 31))]),
    ("a mai napon", [(date(2026, 3, 2), date(2026, 3, 2))]),
    ("Freitag, den 6. März", [(date(2026, 3, 6), date(2026, 3, 6))]),
    ("péntekig", [(date(2026, 3, 6), date(2026, 3, 6))]),
    ("Monday (9 March)", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("9 March (Monday)", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("Q3", [(date(2026, 7, 1), date(2026, 9, 30))]),
    ("in Q4 2026", [(date(2026, 10, 1), date(2026, 12, 31))]),
    ("2027", [(date(2027, 1, 1), date(2027, 12, 31))]),
    ("Ende 2026", [(date(2026, 12, 1), date(2026, 12, 31))]),
    ("until the end of September", [(date(2026, 9, 21), date(2026, 9, 30))]),
    ("in the spring", [(date(2026, 3, 1), date(2026, 5, 31))]),
    ("I'll be out on Fridays", []),
    ("call 06/1234", []),
    ("10:30 on 5 March", [(date(2026, 3, 5), date(2026, 3, 5))]),
    ("Guten Morgen", []),
    ("le 9 avril prochain", [(date(2026, 4, 9), date(2026, 4, 9))]),
    ("3rd of April", [(date(2026, 4, 3), date(2026, 4, 3))]),
    ("9th March", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("jövő héten", [(date(2026, 3, 9), date(2026, 3, 15))]),
    ("november elején", [(date(2026, 11, 1), date(2026, 11, 10))]),
    ("jövőre", [(date(2027, 1, 1), date(2027, 12, 31))]),
    ("early next year", [(date(2027, 1, 1), date(2027, 3, 31))]),
    ("początek kwietnia", [(date(2026, 4, 1), date(2026, 4, 10))]),
    ("w kwietniu", [(date(2026, 4, 1), date(2026, 4, 30))]),
    ("au printemps", [(date(2026, 3, 1), date(2026, 5, 31))]),
    ("principios de abril", [(date(2026, 4, 1), date(2026, 4, 10))]),
    ("a finales de mes", [(date(2026, 3, 21), date(2026, 3, 31))]),
    ("eind april", [(date(2026, 4, 21), date(2026, 4, 30))]),
    ("half mei", [(date(2026, 5, 11), date(2026, 5, 20))]),
    ("31 February", []),
    ("24.12. - 06.01.", [(date(2026, 12, 24), date(2026, 12, 24)), (date(2026, 1, 6), date(2026, 1, 6))]),
    (
        "from 24 December to 6 January",
        [(date(2026, 12, 24), date(2026, 12, 24)), (date(2026, 1, 6), date(2026, 1, 6))],
    ),
    (
        "from Mar 2nd until Mar 9th",
        [(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), date(2026, 3, 9))],
    ),
    ("9/3/26", []),
    ("in 6 Monaten", [(date(2026, 9, 2), date(2026, 9, 2))]),
    ("Monday next week", [(date(2026, 3, 9), date(2026, 3, 9))]),
    ("jövő hét kedden", [(date(2026, 3, 10), date(2026, 3, 10))]),
    ("nächste Woche Mittwoch", [(date(2026, 3, 11), date(2026, 3, 11))]),
    ("Freitag diese Woche", [(date(2026, 3, 6), date(2026, 3, 6))]),
    ("du lundi 2 au vendredi 13 mars", [(date(2026, 3, 2), date(2026, 3, 13))]),
    ("the rest of the week", [(date(2026, 3, 2), date(2026, 3, 8))]),
]


@pytest.mark.parametrize(("text", "spans"), WRITTEN)
def test_a_date_is_read_as_it_is_meant(text: str, spans: list[tuple[date, date]]) -> None:
    assert [(found.first, found.last) for found in find_dates(text, DAY)] == spans


@pytest.mark.parametrize(("text", "spans"), WRITTEN)
def test_case_and_accents_do_not_matter(text: str, spans: list[tuple[date, date]]) -> None:
    for written in (text.upper(), folded(text)):
        if len(written) == len(text):
            assert [(found.first, found.last) for found in find_dates(written, DAY)] == spans


@pytest.mark.parametrize(("text", "spans"), WRITTEN)
def test_the_phrase_stands_where_it_says(text: str, spans: list[tuple[date, date]]) -> None:
    for found in find_dates(f"Dear all, {text}, ok?", DAY):
        assert f"Dear all, {text}, ok?"[found.start : found.end] == found.phrase


@pytest.mark.parametrize(
    "text",
    [
        "call +49 30 1234 567", "at 10:30", "version 2.1.4", "10.0.0.1", "in room 12.5", "5.1.1", "50 % of 3", "a may bug",
        "I may 30 times", "Mondays", "the second half", "one of 12", "3/4 of all", "12-34-56", "500 EUR", "9.99", "€ 3.50",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert not [found for found in find_dates(text, DAY) if found.is_one_day and "may" not in text]


def test_a_slashed_date_is_read_in_the_order_of_the_others() -> None:
    assert [found.first for found in find_dates("from 04/05/2026 to 25/05/2026", DAY)] == [
        date(2026, 5, 4),
        date(2026, 5, 25),
    ]
    assert [found.first for found in find_dates("from 04/05/2026 to 04/25/2026", DAY)] == [
        date(2026, 4, 5),
        date(2026, 4, 25),
    ]
    assert [found.first for found in find_dates("until 04/05/2026", DAY, day_first=True)] == [
        date(2026, 5, 4)
    ]
    assert [found.first for found in find_dates("until 03/02/2026", DAY)] == [
        date(2026, 3, 2)
    ]  # 3 February has passed
    assert not find_dates("until 04/05/2026", DAY)


MONTH_NAMES = {1: "janvier", 3: "marzo", 5: "maja", 7: "juli", 8: "augusztus", 10: "Oktober", 12: "décembre"}


@given(st.dates(DAY, DAY + timedelta(days=700)))
def test_a_full_date_is_read_back_in_every_notation(day: date) -> None:
    written = [
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%d %B %Y}",
        f"{day:%B %d, %Y}",
        f"{day:%Y. %m. %d.}",
        f"{day:%d-%m-%Y}",
    ]
    if day.month in MONTH_NAMES:
        written.append(f"{day.day}. {MONTH_NAMES[day.month]} {day.year}")
    for text in written:
        assert [(found.first, found.last) for found in find_dates(f"on {text}!", DAY)] == [(day, day)], text


@pytest.mark.parametrize("weekday", sorted(WEEKDAYS))
def test_a_weekday_is_the_next_one(weekday: str) -> None:
    (found,) = find_dates(weekday, DAY)
    assert found.first.weekday() == WEEKDAYS[weekday]
    assert DAY < found.first <= DAY + timedelta(days=7)


@pytest.mark.parametrize("month", sorted(set(MONTHS) - {"по"}))
def test_a_day_stands_before_every_month(month: str) -> None:
    (found,) = find_dates(f"15 {month} 2027", DAY)
    assert (found.first, found.last) == (date(2027, MONTHS[month], 15), date(2027, MONTHS[month], 15))


PIECES = st.sampled_from([
    "in ", "2", "3/", ".", "-", " March", "week", "next ", "end of ", "Q3", " 2026", "until ", "de ", "mayo", "31", "99",
    "jovo ",
    "év végén", "9999", "\n", "İ", "ß", "月", "half of ", "Monday",
])  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200)), st.dates())
def test_nothing_written_makes_it_fail(text: str, day: date) -> None:
    starts = [found.start for found in find_dates(text, day)]
    assert starts == sorted(set(starts))
    for found in find_dates(text, day):
        assert found.first <= found.last
        assert text[found.start : found.end] == found.phrase != ""


@pytest.mark.parametrize(
    "piece", ["1 ", "2-", "end of ", "3 May ", "20", "1.1.", "next ", "a la ", "jan ", "\n", "1/2/", "İ"]
)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    find_dates(piece * (64_000 // len(piece)), DAY)
    assert time.process_time() - started < 0.3
