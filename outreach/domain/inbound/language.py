"""The language a text is written in, told by its commonest words; nothing where they do not tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from outreach.domain.time_translation import without_accents
from outreach.domain.time_words import SAID

MAX_LOOKED_AT = 3000
MIN_SCORE = 0.8
"""A word that one language alone has counts 1, one of two languages 1/2, and so on."""
MIN_ALONE = 1.0
"""What is enough where no other language has a word of the text."""
MIN_LEAD = 1.5

# The commonest short words of each language, and those that open or close its mails.
_COMMON: Mapping[str, str] = {
    "en": (
        "the and of to is it for you your we our not are with this that be have please thank thanks on at "
        "from would can will if but do what how does any there them they was has been more us my hi hello "
        "dear regards best kind i i'm we're don't me no interested could should when who which about just "
        "an or as by now out up off stop remove list already here below works sounds pricing price send "
        "share see later next week call sure yes okay two tomorrow today monday tuesday wednesday "
        "thursday friday fine use another until back after again"
    ),
    "de": (
        "der die das und ist nicht ich sie wir ein eine einen mit für auf von zu den dem des im am es "
        "bitte danke vielen dank haben habe sind bei uns mich mir ihre ihr ihren ihrem kein keine auch "
        "noch nach aus wie was wird kann können oder aber wenn dass schon grüße freundlichen hallo sehr "
        "geehrte geehrter guten nur mehr bin unsere unser zur zum über dafür leider gerne würde wäre "
        "werden hat derzeit nein das ja interesse passt klingt kostet uhr morgen was melde gern später "
        "woche jahr frage fragen verfügung erst"
    ),
    "hu": (
        "a az és nem hogy is van egy ez de meg csak már még kérem köszönöm köszönjük tisztelt üdvözlettel "
        "szeretném szeretnék vagyunk vagyok nekünk nekem önök ön kell lehet mert ha most jelenleg nincs "
        "volt lesz szia kedves vagy ezt azt erre ezzel sajnos igen tudnak mennyi mikor hol rendszer cég "
        "kollégám önöknek minden több ne el ki fel be le mint nap rendben jövő héten hívjon holnap később "
        "kérdés ár ára szívesen jó van-e kérnék önökkel ide"
    ),
    "fr": (
        "le la les et est je nous vous de des du un une pour pas ne que qui dans sur avec votre vos notre "
        "mais merci bonjour cordialement au aux ce cette sont être avons avez suis sommes mon ma mes plus "
        "par en si il elle ou où à cela été fait salutations madame monsieur bonne journée c'est d'un "
        "n'est quel quelle comment très avez déjà oui non mardi convient juin prix demain semaine "
        "prochaine rappelez envoyez combien coûte l'année moi m'envoyer j'ai"
    ),
    "es": (
        "el la los las y es de que en no un una por para con su sus nos se lo al del le gracias hola "
        "saludos estimado estimada pero más como este esta estamos tenemos tengo somos soy favor usted "
        "ustedes nuestro nuestra mi me ya muy sobre cuando puede correo interesa si son está hemos "
        "cordial buenos días buenas tardes qué cuánto ha sería otro también vale mañana semana próxima "
        "precio llámeme mándeme cuesta perfecto esto les voy ser sin ahora año"
    ),
    "it": (
        "il la lo gli le e è di che non un una per con sono siamo del della dei delle al alla nel nella "
        "si da grazie buongiorno saluti cordiali ma più come questo questa vi ci mi ho abbiamo nostro "
        "nostra vostro vostra vostri può anche se salve gentile distinti ha sarebbe però già quanto molto "
        "prego signor momento mail mia mio quando interessati lei va bene sentiamoci ore giovedì domani "
        "settimana prossima prezzo costa perfetto alle suo anno"
    ),
    "nl": (
        "de het een en is niet van ik wij we u uw op te dat die voor met zijn bij aan naar maar geen om "
        "ook nog wel bedankt vriendelijke groet groeten beste dank heeft hebben heb kunt kunnen onze ons "
        "mij mijn er als dit deze wat hoe zou worden wordt graag even al hallo goedemorgen over in nu "
        "contact geachte hartelijk meer dag hier jullie werk ben kun jij je dit prima morgen volgende "
        "week prijs kost bellen goed of toch"
    ),
    "pl": (
        "nie się na w z i do to że jest o za jak proszę dziękuję dzień dobry pozdrawiam mamy jestem "
        "jesteśmy państwa pan pani ale czy dla od już po przez tak co pozdrowienia szanowni nas nam mnie "
        "mi tym tego ten ta będzie są oraz lub by bardzo przy moje firma obecnie ile można możemy ze może "
        "tylko rozwiązanie witam poważaniem więcej niestety ma dobrze jutro tydzień przyszłym cena "
        "kosztuje zadzwonić chętnie nasz mój tej sobie"
    ),
    "pt": (
        "o os as e é de que não um uma para com em no na do da dos das por obrigado obrigada olá "
        "cumprimentos mas mais nós eu você vocês temos tenho estamos estou nosso nossa sua seu já muito "
        "bom dia atenciosamente ao pelo são pode ligar amanhã quanto custa preço semana próxima isso este "
        "esta ou também interesse agora favor"
    ),
    "sv": (
        "och att det är inte jag vi en ett för på med av till den som har om ni er oss vår vårt men tack "
        "hej hälsningar vänliga kan ska från detta hälsning mig min mvh inte någon redan just nu hör dig "
        "av i imorgon vecka nästa pris kostar gärna vill"
    ),
    "da": (
        "og at det er ikke jeg vi en et for på med af til den som har om jer jeres os vores men tak hej "
        "hilsen venlig kan skal fra dette mig min mvh venligst allerede nu dig kunne hvad de"
    ),
    "no": (
        "og at det er ikke jeg vi en et for på med av til den som har om dere deres oss vår men takk hei "
        "hilsen vennlig kan skal fra dette meg min mvh allerede nå deg kunne hva de"
    ),
    "fi": (
        "ja on ei että se en me te olen olemme kiitos hei terveisin ystävällisin mutta kun voi tämä niin "
        "meillä minulla teidän meidän ole ovat myös jos kuin nyt vielä"
    ),
    "cs": (
        "a je se na v že to s z do o ale pro jsem jsme není děkuji děkujeme dobrý den pozdravem prosím "
        "máme mám jak už by si nebo jen aby při vás vám nás nám můj naše váš tento která který také zájem "
        "nemáme"
    ),
    "sk": (
        "a je sa na v že to s z do o ale pre som sme nie ďakujem ďakujeme dobrý deň pozdravom prosím máme "
        "mám ako už by si alebo len aby pri vás vám nás nám môj naše váš tento ktorá ktorý tiež záujem "
        "nemáme"
    ),
    "ro": (
        "și si de la nu este în în cu pe un o să ca pentru din sunt suntem vă mulțumesc mulțumim bună "
        "ziua stimate salutări noastră dumneavoastră avem am mai dar sau care acest această foarte fi "
        "dacă cum vom fost"
    ),
    "tr": (
        "ve bir bu için ile de da değil merhaba teşekkürler teşekkür ederim saygılar iyi çalışmalar var "
        "yok biz ben siz sizin bizim lütfen ama daha çok gibi olarak olan ne kadar fiyat nedir yarın "
        "hafta evet hayır olur"
    ),
}  # fmt: skip
MIN_TIME = 4
"""Words for times tell a language too, the short ones aside."""
_SCRIPTS = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[а-яА-Я]")),
    ("el", re.compile(r"[α-ωΑ-Ω]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("ar", re.compile(r"[\u0621-\u064a]")),
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_SHARES = {"uk": 1 / 50, "ja": 1 / 8}
"""What part of the letters has to be of the script: Ukrainian shares most of its own with Russian."""
# Letters that in mails of these languages stand for hardly another one.
_LETTERS: Mapping[str, str] = {
    "ß": "de", "ő": "hu", "ű": "hu", "ł": "pl", "ą": "pl", "ę": "pl", "ż": "pl", "ś": "pl", "ź": "pl",
    "ñ": "es", "¿": "es",
    "¡": "es", "ã": "pt", "õ": "pt", "ř": "cs", "ů": "cs", "ě": "cs", "ľ": "sk", "ĺ": "sk", "ŕ": "sk",
    "ș": "ro", "ț": "ro",
    "ş": "tr", "ğ": "tr", "ı": "tr", "œ": "fr", "ê": "fr", "û": "fr", "î": "fr", "ì": "it", "ò": "it",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def _weights() -> dict[str, dict[str, float]]:
    """Return by word what it adds to each language; a word without its accents is the same word."""
    speakers: dict[str, set[str]] = {}
    for language, words in _COMMON.items():
        times = " ".join(SAID.get(language, {}).values()).replace("|", " ").split()
        for word in (*words.split(), *(time for time in times if len(time) > MIN_TIME)):
            for spelling in (word, without_accents(word)):
                speakers.setdefault(spelling, set()).add(language)
    return {word: dict.fromkeys(languages, 1 / len(languages)) for word, languages in speakers.items()}


_WEIGHTS = _weights()


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, "" where its beginning does not tell.

    One of en, de, hu, fr, es, it, nl, pl, of some of their neighbours, or what a script of its own tells.
    """
    text = text[:MAX_LOOKED_AT].lower().replace("\u2019", "'")
    if max(text, default="") > "\u036f" and (written := _by_script(text)):
        return written
    score: dict[str, float] = defaultdict(float)
    for word, times in Counter(_words(text)).items():
        for language, weight in _WEIGHTS.get(word, {}).items():
            score[language] += weight * min(times, 3)
    if not text.isascii():
        for letter in set(text) & _LETTERS.keys():
            score[_LETTERS[letter]] += 1
    return _clear_winner(score)


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        yield from (word,) if word in _WEIGHTS else word.split("'")  # "quest'anno"


def _clear_winner(score: Mapping[str, float]) -> str:
    (best, points), (_, next_points) = (
        *sorted(score.items(), key=lambda item: -item[1])[:2],
        ("", 0.0),
        ("", 0.0),
    )[:2]
    needed = MIN_SCORE if next_points else MIN_ALONE
    return best if points >= max(needed, MIN_LEAD * next_points) else ""


def _by_script(text: str) -> str:
    letters = sum(map(str.isalpha, text))
    for language, script in _SCRIPTS:
        share = len(script.findall(text))
        if share and (
            share > letters / 3
            or (language == "uk" and share > letters / 50)
            or (language == "ja" and share > letters / 8)
        ):
            return language
    return ""
