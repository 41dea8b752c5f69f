"""What people say in German replies: refusals and whole answers; the rest is in `german_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.german_wishes import NOW, WISHES

LATER = (
    "(im|in|nach|ab|nächste*|kommende*|später|wieder|noch einmal|nochmal*|zu einem späteren|ende|anfang"
    "|mitte|erneut|gegen"
    "|dann|q1|q2|q3|q4|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
)

GERMAN = Tongue(
    code="de",
    phrases={
        **WISHES,
        "unsubscribe": (
            "(keine|keinerlei) (weiteren|weitere) ~1 (anschreiben|kontaktversuche|mailings"
            "|werbung|zuschriften|werbemails)",
            "bitte keine weiteren ~1 (angebote|anfragen|kontakte|post)",
            "(bitte|bitten|beantrage|verlange|fordere|wünsche) ~2 (austragung|streichung"
            "|entfernung|löschung) (aus|von|meiner|unserer|aus ihrem)",
            "(keine|keinerlei) (e-mails|mails|nachrichten|werbung|post|zusendungen) ~3 (mehr|weiter)"
            " (erhalten|bekommen|zugesandt|zusenden|schicken|senden|haben|wünschen)?",
            "(adresse|daten|mich|namen) ~3 (löschen|entfernen|streichen|austragen|sperren)",
            "(nehmen|nimm|streichen|streich|entfernen|entferne|löschen|lösche|tragen|trage|melden|melde"
            "|nehmt|löscht) (sie)?"
            " (mich|uns|bitte|meine|unsere|diese|umgehend|sofort|alle|sämtliche) ~5 (aus|ab|raus|heraus"
            "|adresse*|daten"
            "|e-mail*|kontaktdaten|mailadresse|emailadresse|verteiler|liste|datenbank)",
            "(bitte|möchte|will|wünsche|wollen|möchten) ~3 (abmelden|austragen|abbestellen|abgemeldet"
            "|ausgetragen"
            "|gelöscht|gestrichen)",
            "(aus|von) (ihrem|ihrer|dem|der|eurem|eurer|diesem|dieser) (verteiler|e-mail-verteiler"
            "|mail-verteiler|liste"
            "|mailingliste|datenbank|newsletter|e-mail-liste|adressliste|emailverteiler|mailverteiler)"
            " (zu)? (nehmen"
            "|streichen|löschen|entfernen|austragen|herausnehmen|rausnehmen|gelöscht|gestrichen|entfernt)",
            "(löschen|löschung|entfernung|entfernen) ~2 (meiner|unserer|meine|unsere|aller|aller meiner"
            "|sämtlicher) ~1"
            " (daten|personenbezogen*|adresse|e-mail*|kontaktdaten)",
            "(daten|adresse|mailadresse|e-mail-adresse|emailadresse|kontaktdaten) ~2 (aus|umgehend|sofort"
            "|unverzüglich|zu"
            "|bitte) ~4 (löschen|entfernen|streichen)",
            "(meine|unsere|diese|alle) ~2 (daten|adresse|mailadresse|e-mail-adresse|kontaktdaten) (zu)?"
            " (löschen|entfernen)",
            "(schreiben|kontaktieren|mailen|schreib|senden|schicken|belästigen|schickt|schreibt|schick"
            "|anschreiben) ~3"
            " (nicht mehr|nie wieder|nichts mehr|nie mehr|keine ~2 mehr|keine weiteren|nicht weiter)",
            "(keine|keinerlei) (weiteren|weitere|mehr|solchen|derartigen|werbe-|werbung) (e-mails|mails"
            "|e-mail|nachrichten"
            "|zusendungen|werbung|newsletter|kontaktaufnahme|kontaktversuche|anfragen|schreiben|mail)",
            "keine (e-mails|mails|nachrichten|werbung|newsletter|werbemails) (mehr)? (von ihnen|mehr"
            "|erhalten|bekommen"
            "|senden|schicken|zusenden)",
            "(nicht mehr|nie wieder|nie mehr) (kontaktieren|kontaktiert|anschreiben|angeschrieben"
            "|schreiben|anmailen"
            "|belästigen|belästigt)",
            "(möchte|will|wollen|möchten|wünsche|wünschen) ~3 (nichts mehr|keine weiteren|keine mails"
            "|keine werbung|nicht"
            " mehr|keinen weiteren kontakt|keinen newsletter)",
            "(widerspreche|widersprechen|widerrufe|widerspruch gegen) (hiermit)? (der|die|meine|ihrer|dem"
            "|die verwendung)"
            " ~2 (nutzung|verarbeitung|verwendung|zusendung|speicherung|einwilligung|daten|werbung"
            "|werbliche*)",
            "(hören|hör|hört) (sie)? (bitte)? (auf|endlich auf) ~2 (mir|uns|mich|mails) ~3 (zu (schreiben"
            "|schicken|senden"
            "|kontaktieren|belästigen|mailen))",
            "(sehen|bitte) sie ~2 von weiteren ~2 ab",
            "von weiteren ~3 (abzusehen|absehen|abstand)",
            "(abmahnung|abmahnen|unterlassung*|rechtliche schritte|rechtsanwalt|meinen anwalt|anwalt ein*)",
            "(abmelden|abbestellen|austragen) (bitte|newsletter)",
            "(newsletter|mails|mailings) (abbestellen|abmelden|kündigen)",
        ),
        "angry": (
            "was soll (das|der|dieser|diese|denn)",
            "(hören|hör|hört) (sie|endlich|damit) (endlich|damit|jetzt)? auf",
            "(was für eine|so eine|eine|reine|diese|unglaubliche|absolute|echt eine) (frechheit"
            "|unverschämtheit|zumutung"
            "|sauerei|schande|dreistigkeit|belästigung)",
            "(frechheit|unverschämt|unverschämtheit|belästigend*|belästigung|unerwünschte werbung|illegal"
            "|rechtswidrig*)",
            "(lassen|lass|lasst) (sie)? (mich|uns) ~2 (in ruhe|in frieden|zufrieden)",
            "(anzeige|beschwerde|strafanzeige) (erstatten|einreichen|einlegen|gegen)",
            "(anzeigen|melden|gemeldet|verklagen) (werde|werden|ich sie|wegen)",
            "(werde|werden) (sie|das|dies|ihre*) ~3 (melden|anzeigen|blockieren|sperren|verklagen)",
            "(das|ihre mail|dies|es) ist ~2 (spam|belästigung|müll|unzulässig|verboten|illegal|schrott)",
            "(ihrem|ihren|ihr|diesem|dieser|diesen|dieses|scheiß*|so ein*) (spam|müll|mist|schrott|dreck"
            "|quatsch|blödsinn"
            "|werbemüll|spammails)",
            "(scheiß*|verdammt*|verpiss*|idiot*|spinner|arschl*|halt die klappe|schämen sie sich|schäm"
            " dich|spammer"
            "|betrüger|abzocker|hau ab|drecks*)",
            "(hören|hör) (sie)? (endlich)? auf (mit|mich|zu)",
            "(was fällt ihnen ein|wie können sie es wagen|geht's noch|geht es noch|wollen sie mich"
            " verarschen|nerven sie"
            " nicht|nervt|genug davon|die nase voll|habe es satt)",
        ),
        "wrong_person": (
            "(liegen|liegt) ~1 bei (meine*|unsere*|frau|herrn)",
            "(ansprechpartner*|kontaktperson|zuständig*|verantwortlich*) ~2 (ist|wäre|sind|wären) ~1 <name>",
            "(entscheidet|entscheiden|trifft|treffen|bestimmt|läuft|laufen|macht|erfolgt"
            "|erfolgen) ~3 (unsere zentrale|die zentrale|der konzern|unser konzern"
            "|muttergesellschaft|mutterhaus|hauptsitz|holding|headquarter*|zentraleinkauf"
            "|stammhaus|zentral über)",
            "(nichts|nicht|kein*) ~2 (mitzureden|zu entscheiden|entscheidungsbefugt"
            "|entscheidungsbefugnis|mitspracherecht)",
            "nichts (damit|mit ~3) zu tun",
            "(damit|hiermit|mit diesem thema|mit dem thema) ~2 nichts zu tun",
            "ist ~1 <name> (zuständig|verantwortlich)",
            "(da|dafür|hierfür|hier) (bin|sind) (ich|wir|sie) ~3 (falsch|falschen|nicht)",
            "(zuständig|verantwortlich) $",
            "(nicht|nicht mehr|nicht der|nicht die|kein) (länger)? (der|die|ihr|euer)? (zuständig*"
            "|verantwortlich*|richtige*"
            "|ansprechpartner*|korrekte*)",
            "(falsche*|nicht richtige*) (ansprechpartner*|person|adresse|adressat*|abteilung|stelle|kontakt)",
            "(bin|ist|sind) (ich|er|sie|wir) (hier|da|dafür|leider|hierfür|damit)? ~2 (nicht zuständig|der"
            " falsche|die falsche"
            "|falsch)",
            "nicht mehr (bei|für|im|in|hier|da|beim) ~3 (tätig|beschäftigt|angestellt|arbeite*|unternehmen"
            "|firma|hause)",
            "(arbeite|arbeitet|arbeiten|bin|ist) ~2 nicht mehr (bei|für|im|in|hier|dort|beim|da)",
            "(unternehmen|firma|haus) (zum|vor|bereits|schon|inzwischen|mittlerweile|im|seit)? ~2 verlassen",
            "(ausgeschieden|im ruhestand|in rente|habe gekündigt|gewechselt zu|die stelle gewechselt)",
            "(mache|entscheide|bearbeite|betreue|verantworte) (ich|das|dies) (das|dies|nicht)? (nicht"
            "|leider nicht)",
            "(entscheide|entscheidet|kümmere mich|befasse mich) ~3 nicht",
            "(zuständig|verantwortlich|ansprechpartner*|richtige ansprechpartner*|zuständige*) (dafür"
            "|hierfür|für ~4)? (ist|sind|wäre|war"
            "|bei uns ist) (meine*|unsere*|frau|herr|die|der|das|jetzt|bei|kollege*|hier|nun)",
            "(zuständig|verantwortlich) (dafür|hierfür|für ~4)? (ist|wäre) <name>",
        ),
        "elsewhere": (
            "(müssten|müssen|sollten|könnten|dürfen) (sie|du) (sich|dich)? ~2 (sich)? an (unsere*"
            "|meine*|frau|herrn|den|die abteilung)",
            "(wenden sie sich|wende dich) ~2 an (frau|herrn)? <name>",
            "(kontaktieren|fragen|schreiben) sie ~1 (frau|herrn)? <name>",
            "(wenden|richten|melden) (sie)? (sich|ihre anfrage)? ~4 (an|bei) (meine*|unsere*|frau|herrn"
            "|die|den|das|einkauf|folgende)",
            "(wenden sie sich|wende dich) ~4 an",
            "(kontaktieren|schreiben|fragen|sprechen|rufen) sie ~2 (meine*|unsere*|frau|herrn|die"
            " abteilung|den einkauf)",
            "(weitergeleitet|leite ~4 weiter|weitergegeben|gebe ~4 weiter) (an|zu)",
            "(kümmert|kümmern|beschäftigt|befasst) sich ~3 (darum|damit|meine*|unsere*|frau|herr|um)",
            "(in cc|in kopie|cc gesetzt|habe ~4 in cc)",
            "(macht|betreut|verantwortet|entscheidet|bearbeitet) (bei uns|das|dies|dieses thema) ~1 (frau"
            "|herr|meine*|unsere*|die|der)",
            "(übernimmt|macht|betreut|verantwortet) (das|dies|dieses thema|diesen bereich|bei uns|jetzt|nun)",
        ),
        "already_bought": (
            "(setzen|nutzen|verwenden|haben|arbeiten|benutzen) ~3 (bereits|schon) (mit|auf|die"
            "|das|den)? <name>",
            "(bereits|schon) <name> (im einsatz|ein|dafür|dazu)",
            "(an|bei) <name> gebunden",
            "vertraglich ~4 gebunden",
            "(bereits|schon|seit ~1) ~1 (bestellt|geliefert|in betrieb|installiert|im haus|vergeben)",
            "(auftrag|projekt) ~3 (vergeben|erteilt)",
            "(gerade|soeben|kürzlich|neulich|letzten monat|letzte woche|letztes jahr|im letzten "
            "jahr|vor ~2 (monaten|wochen|jahren)) ~4 (gekauft|bestellt|angeschafft|eingeführt"
            "|verlängert|unterschrieben|abgeschlossen|gewechselt|beauftragt)",
            "(stammlieferant*|hauslieferant*|rahmenvertrag|feste* (partner|lieferant*|dienstleister))",
            "(auf|zu) <name> (umgestellt|umgestiegen|gewechselt|migriert)",
            "(erst|gerade erst|kürzlich|vor kurzem|letztes jahr|dieses jahr) ~5 (umgestellt|eingeführt"
            "|angeschafft|gekauft|gewechselt|unterschrieben|umgestiegen)",
            "(arbeiten|nutzen|verwenden|setzen|haben|sind|benutzen|besitzen|arbeite|nutze) (wir|ich)?"
            " (hier|dafür|hierfür|da)? (bereits|schon"
            "|seit) (mit|auf|ein*|eine*|seit|bei|zufrieden|versorgt|im einsatz|gut|bestens|längerem|jahren"
            "|so etwas"
            "|etwas|unsere*|andere*|vor|über|ausgestattet|anderweitig)",
            "(bereits|schon) (mit|ein|einen|eine|bei|auf|seit) ~4 (anbieter|lösung|system|partner"
            "|dienstleister|vertrag"
            "|lieferanten|software|tool|programm|im einsatz|zusammen|gekauft|versorgt|unter vertrag"
            "|entschieden)",
            "(bereits|schon|seit|anderweitig|bestens|gut) (gekauft|versorgt|bedient|eingedeckt"
            "|ausgestattet|vergeben|beauftragt"
            "|entschieden|abgedeckt|im einsatz|aufgestellt|vertraglich gebunden|eingeführt|angeschafft"
            "|unterschrieben)",
            "(arbeiten|nutzen|verwenden|setzen|setzten|setzt|arbeite|nutze|haben) (wir)? (bereits|schon"
            "|seit ~2|aktuell|derzeit) (mit"
            "|auf)? <name>",
            "(für|auf) (einen|eine|ein) (anderen|andere|anderes|mitbewerber*|wettbewerber*) ~1 (anbieter"
            "|lösung|system|produkt"
            "|partner|tool|software|hersteller)? ~1 (entschieden|gefallen|festgelegt)",
            "(für|auf) <name> (entschieden|festgelegt)",
            "für <name> ~3 entschieden",
            "(wahl|entscheidung) (ist|fiel|auf) ~2 (einen anderen|eine andere|ein anderes|mitbewerber*"
            "|wettbewerber*|gefallen"
            " auf)",
            "(vertrag|verträge|lizenz|lizenzen|laufzeit) (mit|bei|bis|läuft|läuft bis|läuft noch|haben wir"
            "|hat noch|endet|ist bis) ~5"
            " (bis|läuft|unterschrieben|geschlossen|abgeschlossen|gebunden|ende*|2*)",
            "(vertrag|vereinbarung) (unterschrieben|unterzeichnet|geschlossen|abgeschlossen)",
            "(eigene|eigenes|eigenen|selbst ein*) ~1 (lösung|system|software|tool|entwicklung|programmiert"
            "|entwickelt)",
            "(selbst|intern|inhouse) (entwickelt|programmiert|gebaut|umgesetzt)",
            "(sehr|sind|bin|rundum|vollauf|damit) ~2 zufrieden (mit|damit|und)",
            "zufrieden mit (unsere*|dem|der|meine*|unserem)",
        ),
        "no_budget": (
            "(geschäftsleitung|geschäftsführung|chef|vorstand|controlling|zentrale) ~4 (kein"
            "|keine|nichts|nicht) ~2 (geld|mittel|budget|frei|freigegeben|genehmigt)",
            "(fehlen|fehlt|fehlten) ~4 (mittel|budget|geld|etat|gelder|kleingeld)",
            "(finanziell|wirtschaftlich|budgetär|budgetmäßig) ~5 (nicht|kaum|kein*) ~2 (drin"
            "|möglich|machbar|darstellbar|stemmen)",
            "(alle|sämtliche|neue) (investitionen|ausgaben|anschaffungen|projekte) ~3 (gestoppt"
            "|eingefroren|auf eis|zurückgestellt|ausgesetzt)",
            "(investitionen|ausgaben|mittel|gelder|projekte|anschaffungen) ~4 (gestrichen|gestoppt"
            "|eingefroren|gekürzt|auf eis)",
            "(kosten|preis|preise) ~3 (zu hoch|sprengen|sprengt|übersteigen|übersteigt)",
            "(sparen|sparkurs|gespart werden|sparmaßnahmen|kein geld)",
            "(kein|keine|keinen|keinerlei|nicht genug|nicht das|fehlt das|fehlt uns das|fehlen uns die"
            "|ohne) ~1 (budget|geld|mittel|etat"
            "|finanziellen|gelder|haushaltsmittel|finanzielle*)",
            "budget ~8 (ausgeschöpft|aufgebraucht|eingefroren|verplant|erschöpft|gekürzt|gestrichen"
            "|vergeben|gesperrt|leer|ist weg|knapp)",
            "(budgetsperre|ausgabenstopp|haushaltssperre|investitionsstopp|sparmaßnahmen|sparkurs"
            "|kostendruck|budgetkürzung*)",
            "(nicht|kaum) (leisten|im budget|budgetiert|finanzierbar|eingeplant|bezahlbar)",
            "(zu|viel zu|deutlich zu|einfach zu|weit zu) (teuer|kostspielig|kostenintensiv)",
            "(übersteigt|sprengt) ~1 (unser*|den|das) ~1 (budget|rahmen|möglichkeiten|preis*)",
            "(kein|keinen) (finanziellen) (spielraum)",
        ),
        "not_now": (
            "(zuerst|erst|vorher) (müssen|muss) (wir|ich) ~6 (hinter uns|abschließen"
            "|abgeschlossen|fertig|beenden|erledigen)",
            "(kopf|rücken) (nicht|gerade nicht) frei",
            "(in (ein paar|einigen|zwei|drei|sechs|wenigen) (wochen|monaten)|in einem (halben)? "
            "jahr) (vielleicht|eventuell|evtl|wieder|nochmal*)",
            "(wird|ist) (mir|uns) ~3 zu viel",
            "(dieses jahr|heuer|so schnell|vorläufig) (wird|passiert) ~2 nichts",
            "(kapazitäten|ressourcen|hände) ~2 (gebunden|ausgelastet|erschöpft)",
            "(gerne|gern|lieber) (wieder|dann|später|erneut) $",
            "(frühestens|erst wieder|erst) (im|in|nach|ab|anfang|ende|mitte|2*|q1|q2|q3|q4)",
            "andere (baustellen|themen|projekte|prioritäten)",
            f"{NOW} (leider|einfach|für uns|bei uns|haben wir|ist das|besteht|sehen wir|gibt es|nur)? ~3"
            f" (kein|keine|keinen|nicht|keinerlei"
            "|anderes|andere prioritäten|zu viel|nichts)",
            f"(kein|keine|nicht|keinen) (thema|priorität|bedarf|aktuell|akut|zeit|kapazität*|der richtige"
            f" zeitpunkt|der"
            f" passende zeitpunkt|ressourcen|relevant)? {NOW}",
            f"nicht {NOW}",
            "(erst|frühestens|nicht vor|nicht vor dem|erst wieder) (im|in|nach|ab|nächste*|kommende*|q1|q2"
            "|q3|q4|anfang|mitte|ende"
            "|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|herbst"
            "|sommer|frühjahr)",
            "(melden|melde|meldet|schreiben|kontaktieren|kommen|fragen|rufen|versuchen|sprechen|probieren"
            "|hören|kontaktiere"
            f"|kommt|fragt) (sie)? (sich|mich)? (bitte|gern|gerne|doch|einfach|dann|ruhig|also)? (mich"
            f"|uns|es|sich)? (doch|bitte|gerne|gern|einfach)? ~1 {LATER}",
            "(auf mich|auf uns|auf das thema|darauf) (zu|zurück|zukommen|zurückkommen|zuzukommen) ~2",
            "(im|in|nach|ab|anfang|ende|mitte|nächste*|kommende*) ~4 (wieder|nochmal*|noch einmal|erneut)"
            " (melden|sprechen|kontaktieren|auf*"
            "|darüber|anfragen|anrufen|hören|versuchen|an)",
            "(nächstes jahr|nächstes quartal|im nächsten jahr|kommendes jahr|im neuen jahr|später) (wieder"
            "|noch einmal|nochmal*|vielleicht"
            "|eventuell|gerne|gern|ein thema|interessant)",
            "(vielleicht|eventuell|evtl|ggf|möglicherweise|gerne|gern|lieber|dann) (wieder)? (nächstes|im"
            " nächsten|im herbst|im sommer|im frühjahr|später|im neuen|in einem"
            "|in ein paar|ab|kommendes|im kommenden|im januar)",
            "(zu einem späteren zeitpunkt|kein guter zeitpunkt|falscher zeitpunkt|ungünstiger zeitpunkt"
            "|schlechter zeitpunkt"
            "|der zeitpunkt ist|nicht der richtige zeitpunkt|zu früh|noch zu früh)",
            "(mitten|gerade|derzeit|voll) (in|im|mit|in einer|in einem) ~4 (umstrukturierung|umstellung"
            "|projekt|einführung|umzug|migration|umbau"
            "|übernahme|fusion|beschäftigt|ausgelastet|eingespannt)",
            "(keine (zeit|kapazität|kapazitäten|ressourcen)|andere prioritäten|keine priorität|keine hohe"
            " priorität|zu viel um die"
            " ohren|viel zu tun|land unter|ausgelastet|zurückgestellt|auf eis|verschoben|auf nächstes jahr"
            "|vertagt)",
            "(kontaktieren|schreiben|melden|anrufen) ~3 (nicht|bitte nicht) (vor|bis)",
        ),
        "when_needed": (
            "(melden|melde|kommen|komme) (wir|ich)? (uns|mich|auf sie zu)? ~3 (bei bedarf|bei "
            "gelegenheit|wenn ~4 (bedarf|aktuell|soweit|relevant)|sobald ~4 (bedarf|aktuell"
            "|soweit|relevant))",
            "bei bedarf ~3 (melden|melde|kommen|komme) (wir|ich)",
        ),
        "not_interested": (
            "(ist|wäre) ~6 nichts $",
            "von einer zusammenarbeit ab",
            "(davon|hiervon) ~2 keinen gebrauch",
            "(keinen|nicht wirklich) ~1 (mehrwert|nutzen|anwendungsfall|einsatzzweck)",
            "(nicht|kaum) überzeugt",
            "(passt|passen) ~2 nicht (zu|für|in) (uns|unser*|mich|mein*)",
            "(leider|eher|völlig|für uns|für mich|absolut|ziemlich) uninteressant",
            "uninteressant für",
            "(spricht|sprechen) (uns|mich) nicht an",
            "(nicht|kein) unser* (ding|fall|thema|baustelle)",
            "(machen|erledigen|lösen|regeln|wickeln) ~3 (alles|das|dies|selbst) ~2 (selbst|selber"
            "|intern|inhouse|in eigenregie)",
            "(wir|ich) (sind|bin) (da|hier)? raus",
            "(nehme|nehmen) ~3 abstand",
            "nicht auf der suche",
            "(danke|dank) ~3 aber nein",
            "(setzen|setze) ~3 (nicht|keine) ein",
            "(nicht|kein|keine) ~1 (benötigen|brauchen|gebrauchen|brauche)",
            "(bleiben|bleibe) (bei|beim) ~3",
            "(ist|wäre) ~2 nichts für (uns|mich)",
            "(sehen|sehe) ~3 (keinen|keine|nicht)",
            "(kein|keinen|keinerlei|keine|null|nicht wirklich) (weiteres|großes|weiteren)? (interesse"
            "|bedarf|verwendung|verwendungszweck)",
            "nicht (weiter|mehr|wirklich|sonderlich|an)? (interessiert|relevant|interessant|von interesse"
            "|benötigt|nötig|notwendig"
            "|passend|in frage|infrage|für uns|gebraucht|das richtige|geeignet|unser thema)",
            "(brauchen|benötigen|brauche|benötige|wollen|möchten|suchen|verfolgen|wünschen) (wir|ich)? (so"
            " etwas|sowas|das|dies|dieses|derzeit|es|diese|ihr*|eine solche|solche)?"
            " ~1 (nicht|kein|keine|keinen|nichts)",
            "(interessiert|betrifft|passt|brauchen|benötigen) (mich|uns|wir|zu uns|für uns) (das|dies|es)?"
            " ~2 (nicht|gar nicht|überhaupt nicht|kein)",
            "(nein|ne|nee) (vielen|danke|besten)? dank*",
            "nein danke",
            "(danke nein|dankend ab|lehnen ~3 ab|lehne ~3 ab|abzulehnen|verzichten|verzichte|müssen ~2"
            " absagen|leider absagen|absage)",
            "(kommt|komme) ~3 nicht (in frage|infrage|in betracht)",
            "(nicht weiter|nicht weiter zu) (verfolgen|verfolgt)",
            "(dagegen|gegen ~3) entschieden",
        ),
    },
    whole={
        "unsubscribe": (
            "(abmelden|abbestellen|stop|stopp|austragen|abmeldung|löschen|keine mails mehr|entfernen"
            "|kündigen)",
        ),
        "not_interested": (
            "(nein|nö|nee|kein interesse|kein bedarf|nein danke|danke nein|nicht interessiert|nicht"
            " relevant|uninteressant)",
        ),
        "interested": ("(ja|ja gerne|ja gern|gerne|gern|ja bitte|sehr gerne|interessant|klar|ja interesse)",),
        "not_now": (
            "(später|nicht jetzt|noch nicht|jetzt nicht|vielleicht später|derzeit nicht|aktuell nicht"
            "|momentan nicht)",
        ),
        "no_budget": ("(kein budget|zu teuer|kein geld|keine mittel)",),
        "wrong_person": (
            "(falsche person|falscher ansprechpartner|falsche adresse|nicht zuständig|bin nicht zuständig)",
        ),
        "question": ("(preis|preise|kosten|was kostet das|und der preis)",),
        "meeting": (
            "(rufen sie mich an|bitte um rückruf|bitte rückruf|lassen sie uns telefonieren|anrufen bitte)",
        ),
        "angry": ("(spam|frechheit|unverschämt|müll|idioten|belästigung)",),
        "already_bought": (
            "(schon vorhanden|bereits vorhanden|haben wir schon|haben wir bereits|schon versorgt)",
        ),
    },
    not_before="nicht,nie,niemals,kein*,ohne,weder,noch nie,kaum",
    not_after="nicht,kein*,nie,niemals,gar nicht,leider nicht",
    only_if="wenn,falls,sofern,sollte*,sobald",
)
