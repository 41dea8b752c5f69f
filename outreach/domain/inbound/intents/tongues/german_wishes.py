"""What people say in German replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(montag|dienstag|mittwoch|donnerstag|freitag|morgen|übermorgen|mo|di|mi|do|fr)"
NOW = (
    "(momentan|derzeit|aktuell|zurzeit|zur zeit|im moment|gerade|jetzt|gegenwärtig|im augenblick|vorerst"
    "|bis auf weiteres"
    "|dieses jahr|in diesem jahr|heuer|noch|augenblicklich|zum jetzigen zeitpunkt|in diesem quartal|dieses"
    " quartal)"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "(melden|melde) (sie)? (sich)? ~2 telefonisch",
        "(kommen|schauen|komm|schaut|kommt) (sie)? ~5 (vorbei|zu uns ins|in unser werk)",
        "(vorführung|demo|termin|gespräch|treffen|besuch|telefonat|besichtigung|präsentation"
        "|live-demo|call|austausch) ~5 (wäre|wären|würde) ~2 (interessant|gut|sinnvoll|hilfreich"
        "|schön|toll|super|passen|freuen|möglich|klasse)",
        "am besten erreichen sie mich",
        "erreichen sie mich (am besten|ab|zwischen)",
        "(kommen|schauen) sie ~3 (vorbei|zu uns)",
        "(schlagen|schlag|nennen|machen) ~5 (termin|termine|terminvorschlag|zeitfenster) (vor)?",
        "(termin|gespräch|telefonat|meeting|treffen|telefontermin|videocall|call|demo|online-termin"
        "|vorführung"
        "|präsentation|besprechung|onlinetermin|demotermin) (vereinbaren|ausmachen|machen|finden"
        "|einrichten|organisieren|abstimmen|einstellen|vorschlagen"
        "|festlegen|buchen|führen|ansetzen|planen|zeigen|anbieten|am|um|in der|nächste woche|per|mit"
        " ihnen)",
        "(vereinbaren|machen|finden|führen|planen|abstimmen|buchen) (wir|sie)? (gerne|gern|doch|bitte"
        "|kurz)? (einen|ein|eine) ~2"
        " (termin|gespräch|telefonat|meeting|treffen|telefontermin|call|demo|videocall|online-termin)",
        "(rufen|ruf|ruft) (sie)? (mich|uns|bitte|gerne|gern|doch|einfach) ~6 (an|durch|zurück|unter)",
        "(können|könnten|wollen|sollen|sollten|lassen|würden|gerne|gern|kurz|einmal|mal) (wir|sie uns"
        "|sie)? ~4 (telefonieren|treffen|zusammensetzen|austauschen"
        "|zoomen|besprechen|kennenlernen|persönlich sprechen|darüber sprechen|kurz sprechen|sprechen"
        "|vorstellen|präsentieren|zeigen|vorführen|vorbeikommen)",
        f"(am|nächsten|kommenden|diesen|wie wäre es am|passt|ginge|geht|ab) {DAY} ~5 (passt|passen"
        f"|ginge|geht|frei|zeit|würde|möglich|ideal|gut|perfekt|hätte|telefonieren|sprechen)",
        f"{DAY} ~4 (passt|würde ~1 passen|ginge|geht|frei|wäre gut|wäre ideal|hätte ich zeit|um \\d)",
        "(passt|passen|würde|ginge) (es|ihnen|mir|uns|dir) ~3 (am|um|nächste|diese|morgen|gut|besser"
        "|passen|wann|zeitlich)",
        "(wann|zu welcher uhrzeit) (hätten|haben|passt|würde|können|könnten|wäre|sind|ginge) (sie|es"
        "|ihnen|wir)",
        "(schicken|senden) (sie)? ~3 (einladung|terminvorschlag|terminvorschläge|kalendereinladung"
        "|termineinladung)",
        "(terminvorschlag|terminvorschläge|terminfindung|rückruf)",
        "(stehe|stehen|bin) ~3 für (ein|einen) ~2 (gespräch|termin|telefonat) ~2 (zur verfügung|bereit"
        "|offen)",
        "(freue mich|freuen uns) auf (das|unser|ein) (gespräch|telefonat|treffen|termin)",
    ),
    "interested": (
        "(schicken|senden|lassen) sie ~3 unverbindlich",
        "(suchen|suche) ~3 (alternative|ersatz|nachfolger)",
        "(das|dies|so etwas|sowas|thema|lösung|angebot|produkt|system) würde (mich|uns) ~2 interessieren",
        "(interessiert|interessieren) (mich|uns) (schon|sehr|durchaus|tatsächlich|natürlich|auf "
        "jeden fall|grundsätzlich|$)",
        "(schicken|senden|schick|lassen|schickt|nennen) ~5 (konditionen|muster|referenzen"
        "|beispiele|preisinformation*|datenblätter)",
        "(überlegen|erwägen|planen|denken|überlege) ~6 (umzusteigen|umzustellen|anzuschaffen|zu "
        "wechseln|einzuführen|auszutauschen|zu ersetzen|zu modernisieren)",
        "(schick|schicken|schickt|senden|zeig|zeigen) (sie)? ~3 (rüber|was sie haben|was du hast"
        "|was ihr habt)",
        "her damit",
        "(bitte|gerne|gern|bitten um) (um)? ~2 (infos|informationen|unterlagen|details|angebot"
        "|prospekt*|zusendung|übersendung|preise) ~1 (per|via|an|zusenden|schicken|senden"
        "|zukommen|übersenden|$)",
        "(können|könnten|könntest|würden|kannst) (sie|du|ihr) ~5 (angebot|prospekt*|broschüre"
        "|unterlagen|infos|informationen|preisliste|katalog|datenblatt|präsentation|preise) ~2 "
        "(schicken|senden|zusenden|zukommen|mailen|übersenden|machen|erstellen|unterbreiten)",
        "(holen|vergleichen|sammeln) ~3 angebote",
        "(kommt|käme|kommen) ~2 (gerade|genau) (richtig|recht|zur rechten zeit)",
        "(sind|bin|wären) ~2 (offen|aufgeschlossen) (für|dafür)",
        "(thema|das|dies) ist ~4 (relevant|aktuell|interessant) für (uns|mich)",
        "(passt|würde|könnte) ~2 (gut|zu uns passen|uns helfen|interessant sein)",
        "(näheres|mehr) (erfahren|hören|wissen)",
        "(wie geht es weiter|nächste schritte)",
        "(habe|haben|hätte|hätten|hat|besteht|durchaus|grundsätzlich|großes|grosses|generell"
        "|prinzipiell|ja|würden) (wir|ich|großes|grundsätzlich|durchaus|sehr|bei uns|prinzipiell"
        "|definitiv|generell)?"
        " (großes|durchaus|auf jeden fall)? interesse",
        "(bin|sind|wäre|wären|sehr|grundsätzlich|durchaus|definitiv) (ich|wir)? (sehr|durchaus"
        "|grundsätzlich|definitiv)?"
        " interessiert",
        "(klingt|hört sich|sieht|finde ich|finden wir|ist|wäre) (für uns|für mich|das|sehr|wirklich|ja"
        "|durchaus|auf jeden fall|tatsächlich|echt|erstmal|grundsätzlich|an)? ~1"
        " (gut|interessant|spannend|vielversprechend|super|toll|passend|hilfreich|klasse)",
        "(mehr|weitere|nähere|genauere|zusätzliche|detaillierte) (infos|info|informationen|details"
        "|unterlagen|angaben|material)",
        "(schicken|senden|lassen|übersenden|mailen|schick|unterbreiten|machen|erstellen|zukommen)"
        " (sie)? (mir|uns|bitte|gerne|doch|einfach|gern) ~6 (angebot|unterlagen|infos"
        "|informationen|preise|preisliste|infomaterial|broschüre|präsentation|details|material"
        "|kostenvoranschlag|katalog|prospekt*|angebote|testzugang|datenblatt)",
        "(bitte|um|hätte gern*|brauche|bräuchte|erbitte) (um|ein|ihr)? (ein|ihr|eine)? ~1 (angebot"
        "|preisliste|testzugang|kostenvoranschlag|preisangebot)",
        "(würde|würden|möchte|möchten|will|wollen) (ich|wir|das|es|mich|gerne|gern)? (ich|wir|das|es"
        "|uns)? (gern|gerne|mal|einmal)? ~3 (mehr erfahren|mehr wissen|testen|ausprobieren"
        "|kennenlernen|ansehen|anschauen|kaufen|bestellen|näher informieren|mehr darüber)",
        "(erzählen sie (mir|uns)? mehr|genau was wir (suchen|brauchen)|wie gerufen|ich bin dabei|wir"
        " sind dabei)",
        "(ja gerne|ja gern|sehr gerne|sehr gern|gerne mehr|gern mehr)",
        "(suchen|sind) (gerade|aktuell|derzeit|momentan|wir)? (gerade|aktuell|derzeit|momentan)? (nach"
        " einer|nach einem|auf der suche nach|eine solche|so eine|genau so|ein neues) ~2 (lösung|etwas"
        "|system|software|tool|anbieter)?",
    ),
    "question": (
        "^ (was kostet|was kosten|wie viel kostet|wieviel kostet|wie teuer|wie lange (dauert"
        "|läuft)|gibt es (eine|ein|auch|da|dafür|dazu)|gibts (eine|da|auch)|gibt's (eine|da|auch)"
        "|läuft (das|es|die)|funktioniert (das|es)|bieten sie|unterstützen sie|wo (stehen"
        "|liegen) (ihre|die)|wie unterscheide*)",
        "(mich|uns) (würde|interessiert) ~2 (interessieren|noch|vor allem|ob|wie|was)? (ob|wie|was|welche*)?",
        "(wüsste|wissen|fragen|frage mich) (gern|gerne|möchte|wollte)? (ob|wie|was|welche*|wann|wo)",
        "(habe|hätte|haben|hätten) (ich|wir)? (noch|da|dazu|eine|ein paar|einige|folgende|zwei|drei)?"
        " (noch|dazu)? (eine|ein paar|einige|folgende|zwei|drei|kurze)? (kurze)?"
        " (frage|fragen|rückfrage|rückfragen)",
    ),
    "no_question": (
        "(woher|wie) (haben|hast|habt|sind|kommen|kennen) (sie|du|ihr) ~1 (meine*|an meine*|zu meine*"
        "|diese*|mich)",
        "(wer sind sie|was soll (das|der|dieser)|was erlauben|soll das ein witz|wie oft|was wollen sie"
        "|warum schreiben sie|wieso schreiben"
        "|warum bekomme|wieso bekomme|warum erhalte|wieso erhalte|wie geht|ist das (spam|automatisiert"
        "|ein scherz|ein bot)|sind sie ein|geht's noch|kennen wir uns|haben sie"
        " nichts besseres|verstehen sie kein|ist das ihr ernst|meinen sie das ernst|glauben sie|merken"
        " sie)",
    ),
    "courtesy": (
        "(vielen|besten|herzlichen|danke|dank) (lieben)? (dank)? für (ihr|das|ihre|dein|euer) ~2"
        " (interesse|mail|nachricht|angebot"
        "|anfrage|schreiben|information*|infos|e-mail|kontaktaufnahme|mühe)",
        "(falls|wenn|sollten|bei) (sie|weiteren|weitere|noch|rückfragen) ~3 (fragen|rückfragen"
        "|informationen|interesse)",
        "(ihr|dein) interesse (an|bei)",
        "(zögern sie nicht|für rückfragen stehe|für fragen stehe|stehe ich (ihnen)? gern*)",
        "bei ~2 (interesse|bedarf) (melden|kontaktieren|rufen|schreiben) sie",
        "(falls|wenn|sollten|sollte) ~3 (interesse|bedarf) (besteht|bestehen|haben|melden|melde"
        "|kommen|komme|hätten)?",
    ),
    "temporary": (NOW,),
    "denied": (
        "(sage|sagen|meine|heißt|bedeutet|heisst|behaupte) (ja|das|damit|ich)? nicht (dass)?",
        "(nicht so dass|nicht dass|will nicht sagen|soll nicht heißen)",
    ),
    "irony": (
        "(träumen sie weiter|träum weiter|wer's glaubt|ja klar|am sankt nimmerleinstag|wenn die hölle"
        "|haha|hahaha|na toll"
        "|na super|schon klar|sicher doch|als ob|wie schön noch|lol)",
    ),
    "supplier": (
        "(mit|für|bei|von|auf|nutzen|verwenden|nutzen wir|haben|seit|einsatz|bereits|schon) <name>",
    ),
}
