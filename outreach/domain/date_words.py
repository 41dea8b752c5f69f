"""The words of dates in the languages that mails are read in: without accents, in lower case."""

from __future__ import annotations

import unicodedata

# One character for one character, so that a place in the folded text is the same place in the text.
_PLAIN = {
    ord(written): plain
    for written, plain in zip("łđøıßæœİ’‘´`\n\t\xa0\u202f", "ldoisaoi''''    ", strict=True)
}
_PLAIN |= {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0xC0, 0x180)
    if unicodedata.decomposition(chr(code))
}
_PLAIN |= {ord("Ł"): "l", ord("Ø"): "o", ord("\u2013"): "-", ord("\u2014"): "-", ord("\u2212"): "-"}

_BLANK = str.maketrans("`\n\t", "'  ")


def folded(text: str) -> str:
    """Return `text` in lower case, without accents and line breaks, every character in its place."""
    if text.isascii():  # ten times as fast
        return text.lower().translate(_BLANK) if "\n" in text or "\t" in text or "`" in text else text.lower()
    return text.translate(_PLAIN).lower()


_MONTHS = (
    "january jan januar jänner január januari janvier janv enero ene gennaio gen styczeń stycznia styczniu"
    " janeiro ledna ianuarie января"
    " ocak tammikuuta januára січня",
    "february feb februar feber február febr februari février févr febrero febbraio luty lutego lutym"
    " fevereiro února februarie февраля"
    " şubat helmikuuta februára лютого",
    "march mar märz maerz március márc mars marzo maart mrt marzec marca marcu março marts března martie марта"
    " mart března maaliskuuta березня",
    "april apr április ápr avril avr abril abr aprile kwiecień kwietnia kwietniu dubna aprilie апреля"
    " nisan huhtikuuta apríla квітня",
    "may mai május máj mayo maggio mei maj maja maju maio května мая mayıs toukokuuta mája травня",
    "june jun juni június jún juin junio giugno giu czerwiec czerwca czerwcu junho června iunie июня"
    " haziran kesäkuuta júna червня",
    "july jul juli július júl juillet juil julio luglio lug lipiec lipca lipcu julho července iulie июля"
    " temmuz heinäkuuta júla липня",
    "august aug augusztus août agosto ago augustus sierpień sierpnia sierpniu augusti srpna августа"
    " ağustos elokuuta серпня",
    "september sept sep szeptember szept septembre septiembre settembre sett wrzesień września wrześniu"
    " setembro září septembrie сентября"
    " eylül syyskuuta septembra вересня",
    "october oct oktober okt október octobre octubre ottobre ott październik października październiku"
    " outubro října octombrie октября"
    " ekim lokakuuta októbra жовтня",
    "november nov novembre noviembre listopad listopada listopadzie novembro listopadu noiembrie ноября"
    " kasım marraskuuta novembra листопада",
    "december dec dezember dez décembre déc diciembre dic dicembre grudzień grudnia grudniu dezembro prosince"
    " decembrie декабря"
    " aralık joulukuuta decembra грудня",
)
MONTHS = {
    spelt: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
    for spelt in (name, folded(name))
}
"""The number of a month by its name; with and without accents."""

# English and Hungarian put the month before the day; in the others "Mai 3" and "ago 15" are no dates.
_MONTHS_FIRST = (
    "january jan februar february feb március márc march mar április április april apr május máj may június jún"
    " june jun július júl july jul augusztus august aug szeptember szept september sept sep október okt october oct"
    " november nov december dec január február febr"
)
MONTHS_FIRST = sorted({folded(name) for name in _MONTHS_FIRST.split()})
MONTHS_BY_NAME = sorted({folded(name) for name in MONTHS})
# Alone with a preposition these are also other words: "a mai nap", "in gen", "and mar".
MONTHS_ALONE = sorted(
    set(MONTHS_BY_NAME) - {"gen", "mar", "ago", "lug", "giu", "ott", "set", "ene", "dic", "jan"}
)

_WEEKDAYS = (
    "monday montag hétfő hétfőn hétfőig hétfőtől lundi lunes lunedì maandag poniedziałek poniedziałku"
    " segunda-feira måndag mandag",
    "tuesday dienstag kedd kedden keddig keddtől mardi martes martedì dinsdag wtorek wtorku terça-feira tisdag"
    " tirsdag",
    "wednesday mittwoch szerda szerdán szerdáig szerdától mercredi miércoles mercoledì woensdag środa środę środy"
    " quarta-feira onsdag",
    "thursday donnerstag csütörtök csütörtökön csütörtökig csütörtöktől jeudi jueves giovedì donderdag czwartek"
    " czwartku quinta-feira torsdag",
    "friday freitag péntek pénteken péntekig péntektől vendredi viernes venerdì vrijdag piątek piątku sexta-feira"
    " fredag",
    "saturday samstag sonnabend szombat szombaton szombatig samedi sábado sabato zaterdag sobota sobotę soboty"
    " lördag lørdag",
    "sunday sonntag vasárnap vasárnapig dimanche domingo domenica zondag niedziela niedzielę niedzieli söndag søndag",
)
WEEKDAYS = {
    spelt: number
    for number, names in enumerate(_WEEKDAYS)
    for name in names.split()
    for spelt in (name, folded(name))
}
"""The number of a weekday by its name, Monday is 0; with and without accents."""

_NUMBERS = (
    "a an one ein eine einem einer einen egy un une uno una een jeden jedna",
    "two zwei két kettő deux dos due twee dwa dwie couple",
    "three drei három trois tres tre trzy",
    "four vier négy quatre cuatro quattro cztery",
    "five fünf öt cinq cinco cinque vijf pięć",
    "six sechs hat seis sei zes sześć",
    "seven sieben sept siete sette zeven siedem",
    "eight acht nyolc huit ocho otto osiem",
    "nine neun kilenc neuf nueve nove negen dziewięć",
    "ten zehn tíz dix diez dieci tien dziesięć",
    "eleven elf tizenegy onze once undici",
    "twelve zwölf tizenkét douze doce dodici twaalf dwanaście",
)
NUMBERS = {folded(word): number for number, words in enumerate(_NUMBERS, start=1) for word in words.split()}

_UNITS = {
    "day": "day days tag tage tagen nap napon jour jours dia dias giorno giorni dag dagen dzien dni",
    "week": "week weeks woche wochen het heten heti semaine semaines semana semanas settimana settimane weken"
    " tydzien tygodnie tygodni tygodniu tygodnia",
    "month": "month months monat monate monaten monats honap honapban honapon mois mes meses mese mesi maand maanden"
    " miesiac miesiace miesiecy miesiacu miesiaca",
    "quarter": "quarter quarters quartal quartale quartals quartalen negyedev negyedevben trimestre trimestres"
    " kwartaal kwartalen kwartal kwartalu kwartale kwartaly",
    "year": "year years jahr jahre jahren jahres ev evben even an ans annee annees ano anos anno anni jaar jaren rok"
    " lata lat roku",
}
UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}

# Behind or before the unit: "next week", "la semaine prochaine".
_WHICH = {
    "this": "this|the current|(?:the )?(?:rest|remainder) of (?:the|this)|restlichen?|(?:der )?rest der|diese[rsnm]?"
    "|ezen? a|ebben az?|cette|ce|esta|este|questa|questo|quest'|deze|dit|w tym",
    "next": "next|the next|the coming|coming|the following|kommende[rsnm]?|nachste[rsnm]?|jovo|kovetkezo|a jovo"
    "|a kovetkezo|prochaine?|proxim[ao]|prossim[ao]|volgende?|komende?|w przyszlym|w nastepnym|przyszly"
    "|przyszlego|nastepny|w nadchodzacym",
}
WHICH = "|".join(f"(?P<{name}>{words})" for name, words in _WHICH.items())
NEXT_BEHIND = "prochaine?|qui vient|que viene|prossim[ao]|entrante"

_PARTS = {
    "early": "early|(?:the |at the )?(?:beginning|start) of|anfang|(?:zu )?beginn|(?:au )?debut|(?:a )?principios de"
    "|comienzos de|(?:a )?inizio|inizi di|(?:het )?begin(?: van)?|(?:na )?poczatk[ui]|(?:na )?poczatek",
    "mid": "mid|(?:the )?middle of|mitte|mi|(?:a la )?mi|(?:au )?milieu|(?:a )?mediados de|(?:a )?meta|half|medio"
    "|midden|(?:w )?polowie|polowa",
    "end": "late|(?:the |at the )?end of|ende|(?:la |a la )?fin|(?:a )?final(?:es)? de|(?:a )?fines de|(?:la |alla )?fine"
    "|eind(?:e)?(?: van)?|(?:do |pod )?konca?|pod koniec|koniec",
}
PARTS = "|".join(f"(?P<{name}>{words})" for name, words in _PARTS.items())
PARTS_BEHIND = "(?P<early>elej[en]\\w{0,3})|(?P<mid>kozep[en]\\w{0,3})|(?P<end>veg[eén]\\w{0,3})"
LINK = "(?: of the| of| des| der| de la| de l'| del| de| du| d'| di| dell'| van de| van het| van)?"

# What a month without a day stands behind: "in March", "bis März", "d'ici mars".
MONTH_LEADS = (
    "in|by|until|till|through|during|from|around|before|after|since|im|ab|bis|nach|vor|en|d'ici|d'ici a|jusqu'en"
    "|jusqu'a|des|apres|a partir de|a partir d'|hasta|para|despues de|entro|fino a|a|ad|da|dopo|tot|vanaf|na|w|we|do|od"
    "|po|this|next|diesen|nachsten"
)

_SEASONS = {
    "spring": "spring fruhling fruhjahr printemps primavera voorjaar lente wiosna",
    "summer": "summer sommer ete verano estate zomer",
    "autumn": "autumn fall herbst automne otono autunno herfst najaar jesien",
    "winter": "winter hiver invierno inverno zima",
}
SEASONS = {word: season for season, words in _SEASONS.items() for word in words.split()}
SEASON_LEADS = (
    "in|in the|this|next|by|im|diesen|nachsten|kommenden|nachstes|dieses|au|en|cet|cette|l'|este|esta|en el|en la"
    "|in|nel|nell'|questa|questo|in het|in de|dit|deze|komende"
)
# Adverbs that name the season alone.
SEASON_ADVERBS = {
    "tavasszal": "spring", "wiosna": "spring", "nyaron": "summer", "latem": "summer", "osszel": "autumn",
    "jesienia": "autumn", "telen": "winter", "zima": "winter",
}  # fmt: skip
FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

AFTER_SUMMER = (
    "(?:after|nach|apres|despues de|despues del|dopo|na|po) ?(?:the |my |our |dem |den |der |l'|les |el |las |le |de |)"
    "(?:summer|sommer|sommerferien|sommerurlaub|sommerpause|ete|vacances d'ete|verano|vacaciones de verano|estate"
    "|vacanze estive|zomer|zomervakantie|wakacjach|lecie)"
    "|(?:a )?nyar utan|(?:a|des|pour|depuis) la rentree"
)
NEW_YEAR = (
    "(?:in|early in|at the start of) the new year|im neuen jahr|nach neujahr|nach dem jahreswechsel|after new year(?:'s)?"
    "|apres le nouvel an|en ano nuevo|nel nuovo anno|dopo capodanno|in het nieuwe jaar|na nieuwjaar|w nowym roku"
    "|po nowym roku|az uj evben|ujev utan"
)
AFTER_CHRISTMAS = (
    "after (?:christmas|xmas)|nach weihnachten|apres noel|despues de navidad(?:es)?|dopo natale|na (?:de )?kerst"
    "|po swietach|karacsony utan"
)
TODAY = "today|tonight|heute|mai nap(?:on)?|aujourd'hui|hoy|oggi|vandaag|dzis|dzisiaj"
TOMORROW = "tomorrow|(?<!guten )(?<!gute )(?<!goede )(?<!am )(?<!jeden )morgen|demain|(?<!la )manana|domani|jutro|holnap"
OVERMORROW = (
    "day after tomorrow|ubermorgen|apres-demain|pasado manana|dopodomani|overmorgen|pojutrze|holnaputan"
)

_ORDINALS = (
    "1st first erste ersten erstes 1er premier primer primero primo eerste pierwszy pierwszym i elso 1e",
    "2nd second zweite zweiten zweites 2e 2eme deuxieme segundo secondo tweede drugi drugim ii masodik 2do",
    "3rd third dritte dritten drittes 3e 3eme troisieme tercer tercero terzo derde trzeci trzecim iii harmadik",
    "4th fourth last vierte vierten viertes 4e 4eme quatrieme cuarto quarto vierde czwarty czwartym iv negyedik",
)
ORDINALS = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words.split()}
ORDINALS |= {str(number): number for number in range(1, 5)}
HALVES = (
    "half(?: of(?: the year)?)?|jahreshalfte|halbjahr|semestre|semester|helft(?: van(?: het jaar)?)?|halfjaar|polroczu"
    "|polrocze|polowie roku|felev(?:ben)?"
)
DISTANCE_LEADS = (
    "in|within|over|for|after|nach|fur|in etwa|in circa|innerhalb von|dans|d'ici|sous|pendant|pour|en|dentro de|durante|por"
    "|tra|fra|entro|per|binnen|voor|za|w ciagu|przez|na"
)
DISTANCE_FILLERS = (
    "(?:the |about |around |approximately |approx\\.? |ca\\.? |den |die |etwa |les |environ |las |los |unos |unas |circa |le"
    " |i |de |ongeveer |okolo |another |at least )?(?:next |coming |nachsten |kommenden |prochaines |prochains |proximas"
    " |proximos |prossime |prossimi |komende |najblizsze |najblizszych )?"
)
TO = "-|/|по|до|to|until|till|through|thru|bis|bis zum|bis einschliess?lich|and|au|a|al|tot|tot en met|t/m|do|il|el"
OF = "(?:of |de |d'|di |del |van |den |e |-|/)?"
ORDINAL_MARKS = r"(?:st|nd|rd|th|er|eme|[.ºª]|o)?"
ENDINGS = ("ban", "ben", "tol", "ig", "ra", "re", "i")
"""What Hungarian puts behind a month."""
QUARTERS_AND_HALVES = (
    "quarter quartals trimestre kwartaal kwartal kwartalu kwartale negyedev negyedevben negyedeve half jahreshalfte"
    " halbjahr semestre semester helft halfjaar polroczu polrocze polowie felev felevben jahresende monatsende"
    " quartalsende yearend mulva halben"
)
OTHER_WORDS = (
    "jovore prochain nachstjahrig sommerferien sommerurlaub sommerpause zomervakantie wakacjach lecie vacances vacaciones"
    " vacanze nyar rentree year jahr neujahr jahreswechsel nouvel ano nuevo nuovo anno capodanno nieuwe jaar nieuwjaar"
    " nowym roku evben ujev christmas xmas weihnachten noel navidad navidades natale kerst swietach karacsony today"
    " tonight heute mai aujourd hui hoy oggi vandaag dzis dzisiaj tomorrow morgen demain manana domani jutro holnap"
    " ubermorgen dopodomani overmorgen pojutrze holnaputan"
)
