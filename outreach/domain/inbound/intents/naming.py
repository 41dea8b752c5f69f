"""Who is named in a reply: the right person to write to, and from whom somebody bought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outreach.domain.inbound.intents.notation import Hit
from outreach.domain.inbound.intents.reading import Reading
from outreach.domain.inbound.words import Intent, Person

MAX_NAMED = 5
MAX_NAME = 80
MAX_COMPETITOR = 200
BESIDE = 60
"""So many letters away from a name an address may stand and still be that person's."""

_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Mme|Mlle|Madame|Monsieur|M|Sra?|Sr|Srta|D|Don|Do\u00f1a"
    r"|Dona|Se\u00f1ora?|Senora?|Signora?|Sig|Signor"
    r"|Dott|Dottssa|Ing|Avv|Dhr|Mevr|Mw|Meneer|Mevrouw|Pani?|Panem|Pania|Pana|Panu|Ir|Drs|Dipl|dhr|mevr"
    r"|mw|meneer|mevrouw|pani?"
    r"|panem|pania|pana|panu|il|la|sig|dott|ing|signora?|monsieur|madame|se\u00f1ora?|senora?|don|dona"
    r"|de heer|"
    r"sig\.ra|dott\.ssa)\.?\s)"
)
_PART = r"[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)?|[A-Z]\.|Mc[A-Z][a-z]+|O'[A-Z][a-z]+"
_PARTICLE = (
    r"(?:van der|van den|van de|von der|van|von|de la|de|del|della|di|da|der|den|ter|le|la|du|dos|el|al"
    r"|bin)\s"
)
_PERSON = rf"(?:{_TITLE}){{0,3}}(?P<name>(?:{_PART})(?:\s(?:{_PARTICLE})?(?:{_PART})){{0,3}})"

# What stands before the name of the right person, and what behind it; the text has no accents there.
_BEFORE = (
    r"contact(?:ing)?|reach(?:ing)? out to|(?:speak|speaking|talk|talking)(?: to| with)|writ(?:e"
    r"|ing)(?: to)?|ask|e-?mail(?:ing)?|get in touch with"
    r"|cc'?(?:d|ing)|copied in|copied|copying|loop(?:ing|ed) in|adding|forwarded (?:this|it|your"
    r" e?-?mail|your message|your mail) to|replaced by|successor(?: is)?"
    r"|right person (?:is|would be|to talk to is)|in charge is|responsible is|try|call|person is"
    r"|contact is|colleague|manager|boss|director|you want|you need|this is|it's|that's|approach"
    r"|an|zustandig(?: dafur| hierfur)? (?:ist|ware)|verantwortlich(?: dafur| hierfur)? ist"
    r"|ansprechpartner(?:in)?(?: \w+){0,3} ist|bei|nachfolger(?:in)?(?: ist)?|kontaktieren sie"
    r"|kollegen|kollegin|kollege|sich (?:darum )?|macht(?: bei uns)?|ubernimmt|fragen sie|schreiben sie"
    r"|kummert sich|mit|ist"
    r"|keressek?|forduljona?k?|kollegam(?:at|hoz|nak)?,?|kolleganom(?:et|hoz|nek)?,?|irj(?:on|anak)"
    r"|hivja|kerem|illetekes|felelos|vezetonk,?"
    r"|contactez(?: plutot| donc| directement)?|contacter|adressez-vous a|vous adresser a|ecri(?:re"
    r"|vez) a|(?:mon|ma|notre) (?:\w+ ){0,3}|collegue|est|aupres de|avec|voyez avec|remplace par"
    r"|contacte(?:n)?(?: con| a)?|hable(?:n)? con|escriba(?:n)? a|dirijase a|pongase en contacto con"
    r"|companer[oa]|encarga|lleva|responsable es|persona es|con|a"
    r"|contatt[ia](?:re|te)?(?: pure)?|scriv[ae](?:re)? a|si rivolga a|rivolgersi a|parl[ia](?:re)? con"
    r"|colleg[ao]|occupa|referente e|e|responsabile e"
    r"|contact op(?:nemen|te nemen)? met|contact met|mail|bel|benader|vraag|collega|hiervoor is"
    r"|daarvoor is|is"
    r"|kontakt z|kontaktowac sie z|skontaktowac sie z|zwrocic sie do|pisac do|kolega|kolezanka"
    r"|kolezanke|koledze|odpowiada|zajmuje sie(?: tym)?|jest|do|z"
)
_BEHIND = (
    r"handles?|is (?:now |currently )?(?:responsible|in charge|the right|the best|your|our|the person"
    r"|the one|who)|takes? care|looks? after|deals? with|manages?|oversees|would be|will be|can help"
    r"|might be"
    r"|has taken over|took over|runs|leads|makes|decides|is (?:more|better)"
    r"|ist (?:dafur |hierfur |jetzt |nun |der |die )?(?:zustandig|verantwortlich|richtige"
    r"|ansprechpartner\w*)|kummert sich|ubernimmt|betreut|macht das|verantwortet|entscheidet"
    r"|foglalkozik|az illetekes|a felelos|intezi|dont|felel|tud segiteni"
    r"|s'en occupe|s'occupe|gere|est (?:en charge|responsable|la bonne|le bon|la personne|charge)|qui"
    r" s'en|qui s'occupe|qui gere|a repris"
    r"|se encarga|se ocupa|lo lleva|lleva|es (?:la persona|el responsable|la responsable|quien)|gestiona"
    r"|se ne occupa|si occupa|e (?:il|la) (?:responsabile|referente|persona)|segue|gestisce|ne e responsabile"
    r"|gaat (?:hierover|hier over|daarover|over)|is (?:hiervoor|daarvoor|de juiste|verantwoordelijk)"
    r"|regelt|beslist|behandelt|doet dit"
    r"|zajmuje sie|odpowiada|jest (?:odpowiedzialn\w*|wlasciw\w*|osoba)|prowadzi|decyduje"
)
_NAMED = re.compile(
    rf"(?:\b(?i:{_BEFORE})[,:]?\s(?:(?i:to|the|my|our|an|at|with|is|meine[nrm]?|unsere[nrm]?|den|die"
    rf"|dem|der|a|az|kollegam?(?:at)?|mon|ma|notre"
    rf"|mi|nuestr[oa]|il|la|mio|mia|mijn|onze|colleague|colleg[ao]|collegue|kolleg(?:e|en|in)"
    rf"|companer[oa]|boss|manager|collega|kolega|kolezanka|director"
    rf"|head of (?:[a-z]+),?|[a-z]+ (?:manager|director|lead|head)|chef|chefin|herr|el|directeur"
    rf"|directrice|responsable),?\s){{0,3}}{_PERSON}"
    rf")|(?:(?<![\w@.])(?:{_TITLE}){{0,2}}(?P<named>(?:{_PART})(?:\s(?:{_PARTICLE})?(?:{_PART})){{0,3}}),?\s(?:(?i:\w{{1,12}},?\s){{0,4}}?)(?i:{_BEHIND})\b)"
)
# Capitals that begin no person's name.
_NOBODY = frozenset(
    "i he she they it we you who that this these those there someone somebody nobody please thanks"
    " thank hello hi dear best kind our my your"
    " the an and or but if so also unfortunately sorry no yes purchasing procurement sales marketing"
    " finance operations maintenance hr it management"
    " head department team office monday tuesday wednesday thursday friday january february march april"
    " may june july august september october"
    " november december ich sie er wir bitte danke hallo guten leider der die das ein eine einkauf"
    " firma abteilung kollege kollegin kollegen geschaftsfuhrung"
    " geschaftsleitung vertrieb technik instandhaltung fur herr frau zustandig ez az ezzel ezt kerem"
    " koszonom sajnos mar en o kollegam kolleganom"
    " beszerzes je il elle nous vous ce cette cela merci bonjour mon ma notre le la les madame monsieur"
    " service achats direction yo el ella esta este"
    " gracias hola departamento compras mi su de no ya se lo gestiona questo questa grazie buongiorno"
    " ufficio acquisti non sono ne ik hij zij wij dit"
    " deze bedankt hallo afdeling inkoop mijn helaas to ten ta prosze dziekuje dzial zakupow za tym pan"
    " pani panem pania ja on ona my nie niestety"
    " email mail telefon phone tel regards sent from crm erp sap gmbh ltd inc contact instead cc maybe"
    " perhaps actually since as at in on for with from".split()
)
_HUNGARIAN = re.compile(r"(?i)\b(?:keressek?|hivja|kollegamat|kolleganomet|forduljona?k?|irj(?:on|anak))\b")
_POLISH = re.compile(r"(?i)\b(?:kontakt|kontaktowac|skontaktowac|zwrocic|pisac|rozmawiac)\b")
_BEFORE_ADDRESS = re.compile(
    rf"{_PERSON}(?:,?\s(?:at|on|under|unter|via|auf|a|in|w|[a-z]{{1,12}}"
    rf" [a-z]{{1,14}}))?[\s:,(<\[-]{{0,4}}(?:mailto:)?$"
)
_GONE = re.compile(
    r"\s(?:is no longer|no longer|has left|left|is not|wird nicht|ist nicht|existiert nicht|mar nem"
    r"|n'est plus|ya no|non e piu|bestaat niet)\b"
)
_INSTRUMENTAL = re.compile(r"([\u00f3\u00e1\u00e9\u0151])v[ae]l$")  # "Maximóval": with Maximo
_SUFFIX = re.compile(r"-[a-z\u00e1-\u0171]{1,4}$")  # "a Limble-t", "az SAP-nak"
_SHORT = {"\u00f3": "o", "\u00e1": "a", "\u00e9": "e", "\u0151": "\u0151"}
_PRODUCTS = frozenset(
    "software system systems solution losung anbieter tool excel your you i we our the this that a an"
    " another it they them one my vendor sap-system"
    " erp crm vertrag jahr januar februar marz april mai juni juli august september oktober november"
    " dezember january february march may june july"
    " october december monday ihr ihre ihnen sie wir uns el la los las un una otro otra proveedor"
    " nostro altro een het ander andere az ez egy masik"
    " le les un une votre notre autre concurrent monat tage jahre einem einer einen mitbewerber"
    " wettbewerber partner dienstleister eigene jahren monaten wochen langem kurzem beginn anfang ende".split()
)


def referral(reading: Reading) -> tuple[Person, ...]:
    """Return who the reply names as the right one to write to, at most `MAX_NAMED`; titles are left out of names.

    An address that stands beside a name, or has part of it before the @, is that person's.
    """
    names = list(_names(reading))
    people: list[Person] = []
    for start, end, address in _addresses(reading):
        name = next((one for one in names if _belongs(one, start, end, address)), None)
        if name is not None:
            names.remove(name)
        people.append(Person(name[2] if name else _name_before(reading, start), address))
    people += [Person(name) for _, _, name in names if not any(name in person.name for person in people)]
    return tuple(dict.fromkeys(people))[:MAX_NAMED]


def competitor(reading: Reading, found: list[Hit]) -> str:
    """Return from whom the writer bought, or whose product is used, "" where no name is given."""
    named = [hit for hit in found if hit.sign in (Intent.ALREADY_BOUGHT, "supplier")]
    for hit in sorted(named, key=lambda hit: (hit.sign == "supplier", hit.start)):
        if hit.name is None:
            continue
        name = reading.evidence(*hit.name).rstrip(".")
        if hit.tongue.code == "hu":
            name = _SUFFIX.sub("", name)
            name = _INSTRUMENTAL.sub(lambda match: _SHORT.get(match[1], match[1]), name)
        if name.split()[0].lower().rstrip(".") not in _PRODUCTS:
            return _without_time(name)[:MAX_COMPETITOR]
    return ""


def _without_time(name: str) -> str:
    """Return the name without the month that may stand behind it: "Fiix March"."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in _PRODUCTS:
        words.pop()
    return " ".join(words)


def _names(reading: Reading) -> Iterator[tuple[int, int, str]]:
    taken: set[str] = set()
    at = 0
    while match := _NAMED.search(reading.based, at):
        group = "name" if match["name"] else "named"
        start, end = match.span(group)
        at = max(end, match.start() + 1)
        if match[group].split()[0].lower().rstrip(".") in _NOBODY:
            at = match.start() + 1 if group == "named" else end
            continue
        name = _undeclined(reading, start, end)
        if name not in taken and len(taken) < MAX_NAMED:
            taken.add(name)
            yield start, end, name


def _name_before(reading: Reading, start: int) -> str:
    """Return the name that stands right before the address at `start`: "or Bob at bob@acme.example"."""
    match = _BEFORE_ADDRESS.search(reading.based[max(0, start - BESIDE) : start])
    if match is None or match["name"].split()[0].lower() in _NOBODY:
        return ""
    begin = max(0, start - BESIDE) + match.start("name")
    return reading.evidence(begin, begin + len(match["name"]))


def _undeclined(reading: Reading, start: int, end: int) -> str:
    """Return the name in its basic form where Hungarian or Polish words before it decline it."""
    name = reading.evidence(start, end)[:MAX_NAME]
    before = reading.based[max(0, start - 40) : start]
    if _HUNGARIAN.search(before):
        *firsts, last = name.split()
        return " ".join((*firsts, _cut_hungarian(last)))
    if _POLISH.search(before):
        return " ".join(map(_cut_polish, name.split()))
    return name


def _cut_hungarian(name: str) -> str:
    for ending, basic in (
        ("\u00e1t", "a"),
        ("\u00e9t", "e"),
        ("\u00e1hoz", "a"),
        ("\u00e1nak", "a"),
        ("\u00e9hez", "e"),
    ):
        if name.endswith(ending):
            return name.removesuffix(ending) + basic
    for ending in ("hoz", "hez", "h\u00f6z", "nak", "nek", "ot", "et", "\u00f6t", "t"):
        if name.endswith(ending) and len(name) > len(ending) + 2:
            return name.removesuffix(ending)
    return name


def _cut_polish(name: str) -> str:
    for ending, basic in (
        ("\u0105", "a"),
        ("\u0119", "\u0119"),
        ("skim", "ski"),
        ("ckim", "cki"),
        ("kiem", "k"),
        ("em", ""),
    ):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending) + basic
    return name


def _addresses(reading: Reading) -> Iterator[tuple[int, int, str]]:
    seen: set[str] = set()
    for match in _ADDRESS.finditer(reading.plain):
        address = match[0].rstrip(".").lower()
        if address not in seen and not _GONE.match(reading.folded, match.end()) and len(seen) < MAX_NAMED:
            seen.add(address)
            yield match.start(), match.end(), address


def _belongs(name: tuple[int, int, str], start: int, end: int, address: str) -> bool:
    beside = 0 <= start - name[1] <= BESIDE or 0 <= name[0] - end <= BESIDE // 2
    local = address.partition("@")[0]
    return beside or any(len(word) > 2 and word.lower() in local for word in name[2].split())
