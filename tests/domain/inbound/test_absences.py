"""When the author of an auto-reply can be written to again."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound.absences import LONGEST, returns_on

DAY = date(2026, 3, 2)  # a Monday

ABSENCES = [
    ("I am on leave and will be back on the 16th.", date(2026, 3, 16)),
    ("I'm away until the 16th", date(2026, 3, 16)),
    ("Ich bin ab dem 16. wieder im Büro", date(2026, 3, 16)),
    ("Je serai de retour le 16.", date(2026, 3, 16)),
    ("Vuelvo el lunes 16", date(2026, 3, 16)),
    ("Ab KW 12 bin ich wieder erreichbar", date(2026, 3, 16)),
    ("Ich bin bis KW 11 im Urlaub", date(2026, 3, 16)),
    ("Ich bin in KW 11 und 12 im Urlaub", date(2026, 3, 23)),
    ("OOO until Mon 3/9", date(2026, 3, 9)),
    ("2-13 Mart tarihleri arasında yıllık izindeyim", date(2026, 3, 14)),
    ("3月9日以降にご返信いたします。", date(2026, 3, 9)),
    ("我休假至3月9日", date(2026, 3, 10)),
    ("3월 9일까지 휴가입니다", date(2026, 3, 10)),
    ("Я в отпуске до 15 марта", date(2026, 3, 16)),
    ("Od 02.03 do 13.03 przebywam na urlopie", date(2026, 3, 14)),
    ("Ik geniet van mijn vakantie en ben op maandag 23 maart weer aanwezig", date(2026, 3, 23)),
    ("Olen lomalla 13.3. asti", date(2026, 3, 14)),
    ("Jeg er på ferie til og med fredag den 13. marts", date(2026, 3, 14)),
    ("március 16-án, hétfőn leszek újra az irodában", date(2026, 3, 16)),
    ("Erster Arbeitstag: 16.03.", date(2026, 3, 16)),
    ("Wieder da: Mo. 16.03.", date(2026, 3, 16)),
    ("Din 2 martie până pe 13 martie sunt în concediu", date(2026, 3, 14)),
    ("I am out of the office and will be back on 16 March.", date(2026, 3, 16)),
    ("I am away from 3 March to 13 March 2026.", date(2026, 3, 14)),
    ("Out until March 20th. I return on Monday, March 23rd.", date(2026, 3, 23)),
    ("I'm on leave from 5 March and back on 2026-03-12.", date(2026, 3, 12)),
    ("Ich bin bis zum 15.03.2026 nicht im Büro.", date(2026, 3, 16)),
    ("Ab dem 16. März bin ich wieder erreichbar.", date(2026, 3, 16)),
    ("Március 13-ig szabadságon vagyok.", date(2026, 3, 14)),
    ("I will be back in two weeks.", date(2026, 3, 16)),
    ("I am back on Monday (9 March).", date(2026, 3, 9)),
    ("Back next Monday", date(2026, 3, 9)),
    ("Out until 04/05.", None),
    ("I was back on 1 February.", None),
    ("I am away. For urgent matters call Eva.", None),
    ("I am out of office until 3/15.", date(2026, 3, 15)),
    ("Ich bin bis einschließlich 15.03. im Urlaub.", date(2026, 3, 16)),
    ("Szabadságon vagyok, vissza: március 9.", date(2026, 3, 9)),
    ("Je suis absent jusqu'au 9 mars inclus.", date(2026, 3, 10)),
    ("Je suis en congés du 2 au 6 mars. Je serai de retour le lundi 9 mars.", date(2026, 3, 9)),
    ("Estoy fuera de la oficina hasta el 9 de marzo.", date(2026, 3, 10)),
    ("Sono assente fino al 9 marzo compreso.", date(2026, 3, 10)),
    ("Ik ben afwezig tot en met 9 maart.", date(2026, 3, 10)),
    ("Ik ben afwezig tot 9 maart.", date(2026, 3, 9)),
    ("Jestem na urlopie do 9 marca włącznie.", date(2026, 3, 10)),
    ("Jestem na urlopie od 2 do 9 marca.", date(2026, 3, 10)),
    ("Ich bin vom 2.-9.3. im Urlaub.", date(2026, 3, 10)),
    ("I am out of the office this week.", date(2026, 3, 9)),
    ("I am out of the office today only.", date(2026, 3, 3)),
    ("I am on vacation for two weeks.", date(2026, 3, 16)),
    ("I am on parental leave until September 2027.", date(2027, 9, 1)),
    ("Ich bin in Elternzeit bis Ende September 2027.", date(2027, 10, 1)),
    ("I'm on annual leave 2 March - 13 March, returning 16 March", date(2026, 3, 16)),
    ("Our office is closed between 24 December and 2 January.", date(2027, 1, 3)),
    ("Vom 02.03.2026 bis 13.03.2026 bin ich nicht erreichbar.", date(2026, 3, 14)),
    ("Ich bin derzeit im Urlaub und ab Montag, den 16. März, wieder für Sie da.", date(2026, 3, 16)),
    ("Vielen Dank für Ihre Nachricht. Ich bin am 16.03.2026 wieder im Büro.", date(2026, 3, 16)),
    ("Jelenleg szabadságon vagyok, legközelebb március 16-án leszek elérhető.", date(2026, 3, 16)),
    ("2026. március 2-tól március 13-ig szabadságon vagyok.", date(2026, 3, 14)),
    ("Szabadságon vagyok 2026.03.02 - 2026.03.13. között.", date(2026, 3, 14)),
    ("Absent du 02/03/2026 au 13/03/2026.", date(2026, 3, 14)),
    ("Je suis absente jusqu'au 06/03/2026.", date(2026, 3, 7)),
    ("Estaré de vacaciones del 2 al 13 de marzo, ambos inclusive.", date(2026, 3, 14)),
    ("Volveré el 16 de marzo.", date(2026, 3, 16)),
    ("Sarò in ferie dal 2 al 13 marzo. Rientrerò il 16 marzo.", date(2026, 3, 16)),
    ("Rientro previsto: 16/03/2026", date(2026, 3, 16)),
    ("Ik ben met vakantie van 2 t/m 13 maart.", date(2026, 3, 14)),
    ("Vanaf maandag 16 maart ben ik weer bereikbaar.", date(2026, 3, 16)),
    ("Wracam 16 marca.", date(2026, 3, 16)),
    ("Do 13.03.2026 przebywam na urlopie.", date(2026, 3, 14)),
    ("I'll be out of the office starting Monday, March 2 through Friday, March 13.", date(2026, 3, 14)),
    ("I will be out of the office Monday 3/2 - Friday 3/13 and will return Monday 3/16.", date(2026, 3, 16)),
    ("I am out of office until Monday, 9 March 2026 with limited access.", date(2026, 3, 9)),
    ("I will return in April.", date(2026, 4, 1)),
    ("I am away until the end of March.", date(2026, 4, 1)),
    ("I'm out next week.", None),
    ("On maternity leave, returning in January 2027.", date(2027, 1, 1)),
    ("I am out of the office until further notice.", None),
    ("I'm currently away and returning tomorrow.", date(2026, 3, 3)),
    ("I will be out of the office from 03/02/2026 to 03/13/2026.", date(2026, 3, 14)),
    ("Abwesenheitsnotiz. Ich bin heute nicht im Büro.", date(2026, 3, 3)),
    ("Diese Woche bin ich im Urlaub.", date(2026, 3, 9)),
    ("Jag är på semester till och med 13 mars och åter den 16 mars.", date(2026, 3, 16)),
    ("Estou de férias até 13 de março.", date(2026, 3, 14)),
    ("Ich bin erst am 16.03. wieder im Haus.", date(2026, 3, 16)),
    ("Thank you for your email. I am out of the office until Thursday.", date(2026, 3, 5)),
    ("I'm out of the office on 2nd March, returning on 3rd March.", date(2026, 3, 3)),
    ("My last day was 27 February. Please contact Eva.", None),
    ("Kérem, keresse kollégámat. Március 16-tól újra elérhető vagyok.", date(2026, 3, 16)),
    ("Nem vagyok az irodában 2026. március 2. és március 6. között.", date(2026, 3, 7)),
    ("I will be away from the office from 9 March to 13 March.", date(2026, 3, 14)),
    ("Je serai de retour la semaine prochaine.", date(2026, 3, 9)),
    ("Ich bin ab dem 16.3. wieder da.", date(2026, 3, 16)),
    ("Our offices will reopen on 9 March.", date(2026, 3, 9)),
    ("I am on vacation till 3/15/26", date(2026, 3, 15)),
    ("PTO 3/2-3/6", date(2026, 3, 7)),
    ("I am out of the office on leave, back in on Weds 11th March.", date(2026, 3, 11)),
    ("Thanks for your email. I'm away until Tuesday 10th March and will respond then.", date(2026, 3, 10)),
    ("I'm away on vacation and I'll be checking email again on 03/16.", date(2026, 3, 16)),
    ("I will be out of the office beginning 2/27/26 and returning 3/9/26.", date(2026, 3, 9)),
    (
        "I am out of the office from Monday, March 2nd, to Friday, March 6th, returning Monday, March 9th.",
        date(2026, 3, 9),
    ),
    ("Please note I'm on annual leave from 27th February to 10th March inclusive.", date(2026, 3, 11)),
    ("I'm currently out of the office and will return to work on the 9th of March.", date(2026, 3, 9)),
    ("I am on leave w/c 2 March.", date(2026, 3, 9)),
    ("I'm out of the office for the rest of the week.", date(2026, 3, 9)),
    ("I will be back at my desk on Thursday.", date(2026, 3, 5)),
    ("I am away for the next three weeks.", date(2026, 3, 23)),
    ("OOO: 2 Mar - 6 Mar", date(2026, 3, 7)),
    ("Out of office 02-06 March 2026", date(2026, 3, 7)),
    ("I will be on maternity leave until January 2027.", date(2027, 1, 1)),
    ("I'm out of the office until after Easter.", None),
    ("Will be returning the week of March 16.", date(2026, 3, 16)),
    ("I'll be back online March 9.", date(2026, 3, 9)),
    ("I am on holiday with limited access until 9/3/2026.", None),
    ("Ich bin ab sofort bis zum 13. März nicht erreichbar.", date(2026, 3, 14)),
    ("Ich bin vom 2. bis 13. März 2026 im Urlaub und ab dem 16.03. wieder im Büro.", date(2026, 3, 16)),
    ("Bis zum 08.03. bin ich nicht im Hause.", date(2026, 3, 9)),
    ("Ich bin am Montag wieder erreichbar.", date(2026, 3, 9)),
    ("Ich bin ab 9. März zurück.", date(2026, 3, 9)),
    ("In der Zeit vom 02.03.26 bis 06.03.26 bin ich außer Haus.", date(2026, 3, 7)),
    ("Ihre Nachricht lese ich nach meiner Rückkehr am 16.03.2026.", date(2026, 3, 16)),
    ("Unser Büro bleibt vom 24.12.2026 bis zum 3.1.2027 geschlossen.", date(2027, 1, 4)),
    ("Ich bin heute ganztägig in Terminen und morgen wieder für Sie da.", date(2026, 3, 3)),
    ("Urlaub vom 02.03. – 13.03.2026", date(2026, 3, 14)),
    ("Ich bin bis Ende März in Elternzeit.", date(2026, 4, 1)),
    ("Ab Mitte April bin ich wieder da.", date(2026, 4, 11)),
    ("Szabadságon vagyok március 2-13. között.", date(2026, 3, 14)),
    ("2026.03.09-től ismét elérhető vagyok.", date(2026, 3, 9)),
    ("Március 9-én, hétfőn leszek újra az irodában.", date(2026, 3, 9)),
    ("Jövő héten szerdától vagyok elérhető.", date(2026, 3, 11)),
    ("A mai napon szabadságon vagyok.", date(2026, 3, 3)),
    ("Március 6-ig (péntek) távol vagyok.", date(2026, 3, 7)),
    ("Absente du lundi 2 au vendredi 13 mars 2026 inclus.", date(2026, 3, 14)),
    ("Je suis en congé jusqu'au lundi 9 mars.", date(2026, 3, 10)),
    ("De retour au bureau le 16/03.", date(2026, 3, 16)),
    ("Je suis absent ce jour, de retour demain.", date(2026, 3, 3)),
    ("Absent jusqu'à fin mars.", date(2026, 4, 1)),
    ("Je serai joignable à partir du 16 mars 2026.", date(2026, 3, 16)),
    ("Actualmente estoy fuera, regreso el lunes, 9 de marzo.", date(2026, 3, 9)),
    ("Me encuentro de vacaciones desde el 2 hasta el 13 de marzo.", date(2026, 3, 14)),
    ("Estaré de baja hasta nuevo aviso.", None),
    ("A partir del 16 de marzo estaré de nuevo disponible.", date(2026, 3, 16)),
    ("Sono in ferie fino a venerdì 13 marzo.", date(2026, 3, 14)),
    ("Sarò di nuovo in ufficio lunedì 16 marzo.", date(2026, 3, 16)),
    ("Sono fuori ufficio dal 02/03/2026 al 13/03/2026.", date(2026, 3, 14)),
    ("Oggi sono assente, torno domani.", date(2026, 3, 3)),
    ("Ik ben terug op maandag 16 maart.", date(2026, 3, 16)),
    ("Ik ben op vakantie t/m vrijdag 13 maart 2026.", date(2026, 3, 14)),
    ("Van 2 maart tot en met 13 maart ben ik afwezig.", date(2026, 3, 14)),
    ("Ik ben vandaag afwezig, morgen ben ik weer bereikbaar.", date(2026, 3, 3)),
    ("W dniach 2-13 marca jestem na urlopie.", date(2026, 3, 14)),
    ("Jestem nieobecna do 13.03.2026 r. Wracam do biura 16.03.2026 r.", date(2026, 3, 16)),
    ("Od 2 do 13 marca przebywam na urlopie.", date(2026, 3, 14)),
    ("Będę dostępna od poniedziałku 16 marca.", date(2026, 3, 16)),
    ("Ich bin bis auf Weiteres nicht erreichbar.", None),
    ("For orders before 9 March call Eva. I am away.", None),
    ("The fair is on 12 March in hall 4.", None),
    ("I am back at 14:30.", None),
]


@pytest.mark.parametrize(("text", "day"), ABSENCES)
def test_an_absence_ends_where_it_says(text: str, day: date | None) -> None:
    assert returns_on(text, DAY) == day


@pytest.mark.parametrize(("text", "day"), [case for case in ABSENCES if case[1]])
def test_a_greeting_and_a_signature_change_nothing(text: str, day: date) -> None:
    written = f"Hello,\n\nthank you for your mail.\n{text}\n\nKind regards\nDana Doe\nTel. +49 30 123-45"
    assert returns_on(written, DAY) == day


@pytest.mark.parametrize(("text", "day"), [case for case in ABSENCES if case[1]])
def test_wrapped_lines_change_nothing(text: str, day: date) -> None:
    words = text.split(" ")
    middle = len(words) // 2
    assert returns_on(" ".join(words[:middle]) + "\n" + " ".join(words[middle:]), DAY) == day


def test_an_absence_over_the_new_year_ends_in_the_next_one() -> None:
    assert returns_on("I am back on 3 January.", date(2026, 12, 22)) == date(2027, 1, 3)
    assert returns_on("Geschlossen vom 24.12. bis 06.01.", date(2026, 12, 23)) == date(2027, 1, 7)


def test_a_mail_without_a_date_of_its_own_says_no_day() -> None:
    assert returns_on("Back on 16 March", None) is None


@given(st.dates(DAY + timedelta(days=1), DAY + timedelta(days=300)))
def test_every_day_ahead_is_understood_in_every_notation(day: date) -> None:
    assert returns_on(f"I will be back on {day:%d %B %Y}.", DAY) == day
    assert returns_on(f"I will return on {day:%Y-%m-%d}.", DAY) == day
    assert returns_on(f"Ich bin ab dem {day:%d.%m.%Y} wieder im Büro.", DAY) == day
    assert returns_on(f"Ich bin bis einschließlich {day:%d.%m.%Y} im Urlaub.", DAY) == day + timedelta(days=1)
    assert returns_on(f"Je serai de retour le {day:%d/%m/%Y}.", DAY) == day


PIECES = st.sampled_from([
    "back on ", "until ", "bis ", "9 March", "31.12.", "3/4/26", " - ", "this week", "Monday", "2-", "hasta ", "ig ", ". ",
    "\n\n",
    "from ", "to ", "29 February", "9999-12-31", "for 999 years", "in 3 months", "20", "vacation ",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.dates())
def test_nothing_written_makes_it_fail_or_go_back_in_time(pieces: list[str], day: date) -> None:
    found = returns_on("".join(pieces), day)
    assert found is None or day < found <= day + LONGEST


@pytest.mark.parametrize(
    "piece", ["until 3 May ", "back ", "from 2 to ", "2.-9.3.", "hasta el ", "do ", "1 ", "9 March - "]
)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    returns_on(piece * (64_000 // len(piece)), DAY)
    assert time.process_time() - started < 0.3
