"""Words that tell an intent only where two of them meet in a sentence: a talk and a weekday, a choice and a rival.

`talk` with `slot` asks for a meeting, `send` with `material` shows interest, `acquired` with `rival` tells of
something bought elsewhere. `undecided` says that they talk among themselves: with you nothing is agreed.
"""

from __future__ import annotations

from collections.abc import Mapping

PAIRS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "undecided": ("(our meeting|internally|board meeting|team meeting|staff meeting|let you know"
            "|get back to you|come back to you|was cancelled|been cancelled|keep you posted|be in touch)",),
        "talk": ("(call|chat|talk|speak|meet|meeting|demo|zoom|teams|walk me through|walk us through"
            "|show me|show us|phone|conversation)",),
        "slot": (
            "(monday|tuesday|wednesday|thursday|friday|tomorrow|half an hour|30 minutes|15 minutes|twenty"
            " minutes|20 minutes)",
            "at (noon|lunchtime)",
        ),
        "send": ("(send|pop over|fire over|ping over|ping me|pass on|share|forward|provide|e-mail"
            "|receive|see|drop me|shoot me|shoot us)",),
        "material": ("(details|pricing|prices|price list|quote|quotation|proposal|brochure|information"
            "|info|case study|datasheet|estimate|trial|one-pager|references|deck)",),
        "acquired": (
            "(chose|chosen|picked|selected|rolled out|renewed|signed|bought|purchased|implemented"
            "|introduced|switched to|went with|moved to|opted"
            "|settled on|use|using|work with|working with|rely on|covered by)",
        ),
        "rival": (
            "(competitor|competitors|another (vendor|supplier|provider|tool|system|solution|company"
            "|product)|other (vendor|supplier|provider|tool|system|product)"
            "|different (vendor|supplier|provider|tool|system|product)|current (vendor|supplier|provider)"
            "|existing (vendor|supplier|provider|system|solution|tool)"
            "|similar (system|tool|solution|product)|so we're covered|so we are covered|for years|last"
            " year)",
        ),
    },
    "de": {
        "undecided": ("(intern|betriebsversammlung|melden uns|melde mich|geben ~1 bescheid|gebe ~1"
            " bescheid|komme ~1 auf sie zu|kommen ~1 auf sie zu|halte sie|besprechen das|besprechen wir)",),
        "talk": ("(telefonieren|telefonat|gespräch|termin|sprechen|treffen|vorführung|demo|austauschen"
            "|anrufen|videocall|meeting|zeigen|besprechen|teams-termin|telefontermin)",),
        "slot": ("(montag*|dienstag*|mittwoch*|donnerstag*|freitag*|morgen|übermorgen|uhr|halbe stunde"
            "|zeit für|ab neun|vormittag*|nachmittag*)",),
        "send": ("(senden|schicken|zukommen|übersenden|zusenden|mailen|lassen|erhalten|bekommen|sehen"
            "|zuschicken)",),
        "material": ("(unterlagen|angebot|preisliste|preise|broschüre|infomaterial|kostenvoranschlag"
            "|infos|informationen|datenblatt|präsentation|testzugang)",),
        "acquired": (
            "(entschieden|gekauft|gewählt|eingeführt|angeschafft|beauftragt|verlängert|unterschrieben|im"
            " einsatz|nutzen|verwenden|arbeiten|setzen|abgeschlossen|umgestiegen|gewechselt|haben)",
        ),
        "rival": (
            "(mitbewerber*|wettbewerber*|konkurrenz*|anderen anbieter|andere lösung|anderes system|anderen"
            " hersteller|anderem anbieter|anderes produkt|seit (jahren|letztem jahr|kurzem|langem"
            "|längerem)|im einsatz"
            "|bestehenden (anbieter|partner|system|lösung)|ähnliche (lösung|software)|ähnliches (system"
            "|produkt)|bisherigen (anbieter|partner))",
        ),
    },
    "hu": {
        "undecided": ("(értekezlet*|jelentkezem|jelentkezünk|visszajelzek|visszajelzünk|belső"
            "|megbeszélem|megbeszéljük)",),
        "talk": ("(beszél*|megbeszélés*|hívás*|hívni|hívjon|találkoz*|találkozó*|bemutató*|egyeztet*"
            "|konzultáci*|telefon*|online)",),
        "slot": ("(hétfő*|kedd*|szerd*|csütörtök*|péntek*|holnap*|órakor|fél óra|délelőtt|délután|ráér*)",),
        "send": ("(küld*|várom|várjuk|kér|kérek|kérnék|kérünk|kérnénk|szeretnék|szeretnénk|kapni)",),
        "material": ("(anyag*|ajánlat*|árajánlat*|árlist*|tájékoztató*|információ*|infó*|részlet*"
            "|prospektus*|ismertető*|leírás*)",),
        "acquired": ("(vezettünk|bevezet*|választott*|vettünk|vásárolt*|szerződt*|döntött*|használ*"
            "|hosszabbít*|megújít*|kötött*|van|rendelkez*|dolgoz*)",),
        "rival": ("(konkuren*|versenytárs*|másik (cég*|rendszer*|szállító*|megoldás*|program*"
            "|szoftver*)|más (cég*|rendszer*|szállító*|megoldás*|program*|szoftver*)|hasonló (rendszer*"
            "|megoldás*|program*|szoftver*)"
                  "|jelenlegi (szállító*|partner*|rendszer*)|évek óta|tavaly óta|saját (rendszer*|megoldás*"
                  "|program*))",),
    },
    "fr": {
        "undecided": ("(reviens vers vous|revenons vers vous|reviendrai vers vous|tiens au courant|en"
            " interne|en réunion|nous en discutons|recontacterai)",),
        "talk": ("(s'appeler|appeler|échanger|discuter|rendez-vous|rdv|visio|réunion|appel|démo"
            "|démonstration|se voir|entretien|parler|rencontrer|point)",),
        "slot": ("(lundi|mardi|mercredi|jeudi|vendredi|demain|demi-heure|matin|après-midi|créneau*|heures)",),
        "send": ("(envoye*|envoyer|transmettre|adresser|parvenir|recevoir|faire passer|communiquer"
            "|partager|transmettez)",),
        "material": ("(documentation|devis|tarifs|tarif|brochure|plaquette|information*|infos|offre"
            "|proposition|détails|grille|prix|présentation|catalogue)",),
        "acquired": ("(choisi|signé|retenu|opté|acheté|renouvelé|renouveler|déployé|mis en place"
            "|équipés|utilisons|travaillons|utilise|investi|adopté|contractualisé|souscrit|passés chez)",),
        "rival": ("(concurrent*|autre (prestataire|fournisseur|solution|outil|éditeur|logiciel)"
            "|prestataire actuel|fournisseur actuel|solution (similaire|équivalente|concurrente"
            "|existante)|depuis (des années|longtemps)|outil similaire)",),
    },
    "es": {
        "undecided": ("(le digo|os digo|les digo|le diré|le aviso|internamente|en la reunión|lo"
            " comentaré|le informo|les aviso)",),
        "talk": ("(hablamos|hablar|reunirnos|reunión|llamada|videollamada|llamar*|demo|demostración"
            "|vernos|quedar|cita|conversar|quedamos|conectamos)",),
        "slot": ("(lunes|martes|miércoles|jueves|viernes|mañana|media hora|a las|por la tarde|por la mañana)",),
        "send": ("(enví*|enviar*|mand*|mánd*|pas*|facilit*|recibir|remit*|compart*|envíe*)",),
        "material": ("(presupuesto|información|cotización|tarifas|precios|catálogo|propuesta|oferta"
            "|folleto|detalles|dossier|documentación|ficha)",),
        "acquired": ("(renovar|renovado|firmar|firmado|contratado|elegido|comprado|implantado"
            "|implementado|trabajamos|usamos|utilizamos|optado|decidido|confiamos|adquirido|elegimos"
            "|contratamos)",),
        "rival": ("(competidor*|competencia|otro (proveedor|sistema|programa)|otra (empresa|solución"
            "|herramienta|opción)|proveedor (actual|habitual)|sistema (similar|parecido|actual|propio)"
            "|solución (similar|parecida|actual)|desde hace (años|tiempo))",),
    },
    "it": {
        "undecided": ("(faccio sapere|faremo sapere|internamente|in riunione|aggiorno|ne parlo con|ne"
            " parliamo internamente|la ricontatto io)",),
        "talk": ("(sentirci|sentiamoci|videochiamata|chiamata|telefonata|call|incontro|appuntamento"
            "|demo|riunione|parlarne|incontrarci|vederci|sentire|chiamarmi)",),
        "slot": ("(lunedì|martedì|mercoledì|giovedì|venerdì|domani|mezz'ora|mattina|pomeriggio|alle|alle ore)",),
        "send": ("(mand*|invi*|ricevere|girare|trasmett*|fornir*|avere|condivid*|far avere)",),
        "material": ("(preventivo|listino|offerta|brochure|materiale|documentazione|informazioni"
            "|dettagli|prezzi|catalogo|presentazione|quotazione)",),
        "acquired": ("(affidiamo|rinnovato|rinnovare|firmato|scelto|acquistato|adottato|introdotto"
            "|implementato|utilizziamo|usiamo|lavoriamo|optato|comprato|serviamo|deciso|passati)",),
        "rival": ("(concorren*|altro (fornitore|partner|sistema|prodotto|software)|altra (azienda"
            "|soluzione|società|ditta)|fornitore (attuale|di fiducia|storico)|attuale (fornitore"
            "|partner|sistema)|sistema (simile|analogo)|soluzione (simile|analoga|interna)|da anni|da"
            " tempo)",),
    },
    "nl": {
        "undecided": ("(laat het weten|laat u weten|laten het weten|intern|teamoverleg|kom bij u terug"
            "|kom erop terug|koppel terug)",),
        "talk": ("(gesprek|bellen|overleg|afspraak|videocall|belletje|demo|overleggen|langskomen|spreken"
            "|kennismaking|meeting|teams|afspreken)",),
        "slot": ("(maandag*|dinsdag*|woensdag*|donderdag*|vrijdag*|morgen|overmorgen|half uur|halfuur"
            "|uur|tijd voor)",),
        "send": ("(stuur|sturen|ontvangen|ontvang|toesturen|mailen|krijgen|toezenden|zien|delen)",),
        "material": ("(offerte|prijsopgave|prijslijst|informatie|info|brochure|documentatie|voorstel"
            "|tarieven|prijzen|details|folder)",),
        "acquired": ("(gekozen|gekocht|aangeschaft|getekend|verlengd|ingevoerd|overgestapt|gebruiken"
            "|werken|geïmplementeerd|afgesloten|gegaan|besloten|in gebruik)",),
        "rival": ("(concurrent*|ander (pakket|systeem|bedrijf|product|programma)|andere (leverancier"
            "|partij|oplossing|aanbieder|tool|software)|huidige (leverancier|partner|systeem|oplossing)"
            "|soortgelijk*|vergelijkbaar*|al jaren|sinds vorig jaar)",),
    },
    "pl": {
        "undecided": ("(dam znać|damy znać|wewnętrznie|na zebraniu|odezwę się|odezwiemy się|wrócę z"
            " odpowiedzią|wrócimy z odpowiedzią)",),
        "talk": ("(rozmow*|spotkani*|zadzwonić|porozmawiać|zdzwonić|telefon*|prezentacj*|demo|spotkać"
            "|wideorozmow*|telefoniczn*|call)",),
        "slot": ("(poniedział*|wtorek|wtork*|środ*|czwart*|piąt*|jutro|pół godziny|godzin*|rano|po"
            " południu|o)",),
        "send": ("(przes*|wys*|prosz*|otrzymać|dosłać|podesłać|poproszę|podeślijcie|czekam)",),
        "material": ("(cennik*|wycen*|materiał*|katalog*|broszur*|kosztorys*|szczegół*|więcej"
            " informacji|prezentacj*)",),
        "acquired": ("(wdrożyliśmy|kupiliśmy|wybraliśmy|podpisaliśmy|przedłużyliśmy|zdecydowaliśmy"
            "|korzystamy|używamy|współpracujemy|zakupiliśmy|pracujemy|odnowiliśmy|wprowadziliśmy"
            "|zawarliśmy)",),
        "rival": ("(konkuren*|inn* (firm*|dostawc*|system*|rozwiązani*|program*|ofert*)|podobn*"
            " (system*|rozwiązani*|program*|narzędzi*)|obecn* (dostawc*|partner*)|od lat|od dawna"
            "|dotychczasow* (dostawc*|partner*))",),
    },
}  # fmt: skip
