"""What people say in Dutch replies."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue

DAY = "(maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|overmorgen|maandagochtend|dinsdagmiddag)"
NOW = (
    "(op dit moment|momenteel|voorlopig|nu|dit jaar|dit kwartaal|deze maand|vooralsnog|op het moment|nog"
    "|voor nu|thans|voorlopig even"
    "|vandaag de dag|de komende tijd)"
)
LATER = (
    "(in|na|over|vanaf|volgend|volgende|later|begin|eind|medio|half|rond|tegen|na de zomer|het voorjaar"
    "|het najaar|komend|het komende|de volgende|dan"
    "|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|q1|q2|q3|q4"
    "|in het|zodra|als)"
)

DUTCH = Tongue(
    code="nl",
    phrases={
        "unsubscribe": (
            "(mij|me|mijn|ons) ~5 (verwijderen|verwijdert|uitschrijven|afmelden|schrappen)",
            "(uitschrijven|afmelden|uitgeschreven|afgemeld|uitschrijving|schrijf me uit|schrijf mij uit"
            "|meld me af|meld mij af)",
            "(haal|verwijder|schrap|wis|halen|verwijderen|haalt|verwijdert) (mij|me|ons|mijn|onze"
            "|alstublieft|a.u.b.|aub|dit|direct|graag)? ~5 (uit|van|af|gegevens|adres|e-mailadres"
            "|mailadres|bestand|lijst|mailinglijst|mailinglist|database|e-mail)",
            "(mijn|onze|alle) ~2 (gegevens|adres|e-mailadres|mailadres) ~4 (verwijderen|wissen|verwijdert"
            "|te verwijderen|te wissen|schrappen)",
            "(verwijdering|verwijderen|wissen) van (mijn|onze|al mijn) ~1 (gegevens|persoonsgegevens|adres"
            "|e-mailadres)",
            "(stuur|mail|schrijf|benader|contacteer|sturen|mailen|benaderen|contacteren|bel|val|zend) (mij"
            "|me|ons|u|aub)? ~2 (niet meer|nooit meer|geen ~2 meer|niets meer|niet langer|geen verdere"
            "|geen reclame|niet verder)",
            "(geen|nooit|geen enkele) (verdere|e-mails|mails|mail|berichten|reclame|nieuwsbrief"
            "|nieuwsbrieven|e-mail) ~1 (meer|meer van|van u|sturen|ontvangen|mails)",
            "(wil|willen|wens|wensen|hoef|hoeven) ~3 (niet meer|niets meer|geen ~3 meer|nooit meer|niet"
            " langer) ~2 (ontvangen|benaderd|gemaild|gecontacteerd|horen|krijgen|mails|worden|$)?",
            "(stop|hou op|houd op|stoppen) (met|alstublieft met)? ~2 (mailen|sturen|e-mails|mails|contact"
            "|spammen|het sturen|schrijven|benaderen|toesturen|mij te)",
            "(trek ~3 toestemming|recht op (vergetelheid|verwijdering)|maak bezwaar tegen|bezwaar tegen ~3"
            " (gegevens|verwerking|gebruik))",
            "(juridische stappen|mijn advocaat|onze advocaat|autoriteit persoonsgegevens|gerechtelijke"
            " stappen)",
        ),
        "angry": (
            "(hou|houd|houdt) (u|toch|nu|eens|je)? ~1 (op|eens op) (met)? (die|deze|dat|uw)?",
            "(rotmail*|rotmails|spammail*)",
            "(schandalig|schandalige|schandelijk|schande|belachelijk|onbeschoft|brutaal|ongehoord"
            "|walgelijk|idioot|lastigva*|lastig va*|stalken)",
            "(doe aangifte|aangifte doen|dien ~2 klacht|klacht indienen|klacht in|ga u melden|meld u als"
            "|rapporteer|gerapporteerd|meld dit als|ik meld dit|zal dit melden|blokkeer)",
            "(dit|uw mail|het) is ~2 (spam|rotzooi|illegaal|onacceptabel|oplichting|intimidatie|verboten"
            "|verboden|bagger|troep)",
            "(laat) (mij|me|ons) (toch|nou|eens|gewoon)? (met rust)",
            "(hoe durf*|hoe haal* u het|wat denk* u wel|bent u gek|schaam u|schaam je|maak je een grap"
            "|neemt u mij in)",
            "(rot op|rot toch op|flikker op|donder op|sodemieter|val dood|klootz*|eikel*|oplichter*"
            "|spammer*|mafkees|hoepel op)",
            "(ben|zijn|word|wij zijn) ~1 (het|uw|deze|die|zo)? ~1 (zat|beu|gek van|ziek van)",
            "(uw|deze|die|jullie) (spam|rotzooi|troep|onzin|reclamezooi|shit|klotemails)",
        ),
        "wrong_person": (
            "(moet|dient|kunt) (u|je) ~1 (bij|zich wenden tot|contact opnemen met) ~3 (zijn|richten"
            "|terecht)?",
            "(niet|niet meer) (de|het|degene) (juiste|goede|verantwoordelijke|persoon|contactpersoon"
            "|aanspreekpunt)",
            "niet (verantwoordelijk|bevoegd|mijn afdeling|mijn verantwoordelijkheid|mijn vakgebied)",
            "(verkeerde) (persoon|adres|afdeling|contactpersoon|contact|bedrijf)",
            "(werk|werkt|werkzaam|ben|is) ~2 (niet meer|niet langer|niet) (bij|hier|voor|in|werkzaam|in"
            " dienst|daar|verbonden)",
            "(niet meer|niet langer) (werkzaam|in dienst|verbonden|betrokken|actief|verantwoordelijk)",
            "(ga|ga ik|gaat|beslis) (hier|daar|er|hierover|daarover)? ~1 (niet) (over)",
            "(hier|daar) (ga|beslis) ik niet over",
            "(heb|heeft) ~3 (bedrijf|organisatie|firma) verlaten",
            "(uit dienst|met pensioen)",
            "(gaat|gaan|beslist) (hierover|hier over|daarover|daar over|over dit|over deze|over)",
            "(is|zijn) (hiervoor|daarvoor|hier) (verantwoordelijk|de juiste|het aanspreekpunt|de"
            " contactpersoon)",
            "(verantwoordelijk (hiervoor|voor ~4) is|juiste (persoon|contactpersoon) ~3 is|contactpersoon"
            " (hiervoor|voor ~3) is)",
        ),
        "elsewhere": (
            "(neem|neemt) ~2 contact op met <name>",
            "(mail|bel|benader|contacteer) (dhr|mevr|mevrouw|de heer)? <name>",
            "(neem|neemt|kunt|nemen|gelieve) ~3 contact ~2 (op)? (met|opnemen met|te nemen met)",
            "(contact opnemen|contact op te nemen) met ~3",
            "(mail|bel|benader|vraag|schrijf|spreek) ~1 (mijn|onze|de) ~1 (collega|directeur|manager|baas"
            "|afdeling|chef|inkoop*|leidinggevende)",
            "(doorgestuurd|stuur ~4 door|doorgezet|zet ~4 door|doorgegeven) ~1 (naar|aan)?",
            "(in cc|in kopie|in de cc|cc gezet)",
            "(mijn|onze) (collega|manager|directeur|chef) ~3 (doet|regelt|behandelt|is hier|pakt)",
        ),
        "already_bought": (
            "(hebben|werken|gebruiken|maken|zijn|heb|werk|gebruik|zitten) (wij|we|ik)? (hier|hiervoor|daar"
            "|daarvoor)? (al|reeds) ~2 (een|met|over|gebruik|voorzien|iets|samen|leverancier|systeem"
            "|oplossing|gekozen|getekend|geregeld|onze|aangeschaft|gekocht|onder|besloten|contract|voor"
            "|jaren|tevreden)",
            "(hebben|werken|gebruiken|zitten|heb|gebruik) (wij|we|ik)? (al|reeds|momenteel|nu|bij) (met)?"
            " <name>",
            "(al|reeds) (voorzien|een leverancier|een systeem|een oplossing|een partner|besteld"
            "|aangeschaft|gekocht|geregeld|ingevuld|onder contract|een andere|iets anders|getekend)",
            "(hebben|heb|is) ~3 (contract|overeenkomst|deal) ~1 (getekend|afgesloten|gesloten|ondertekend"
            "|lopen|lopend*|met|tot)",
            "(gekozen|gegaan|keuze|beslist|geopteerd|besloten) ~1 (voor) (een andere|een ander|een"
            " concurrent|een andere partij|iets anders)",
            "(gekozen|gegaan|geopteerd|getekend|contract) (voor|bij|met) <name>",
            "(contract|overeenkomst) (met|bij|loopt|lopen|tot|dat loopt) ~4",
            "(tevreden) ~1 (over|met|mee|hierover|daarover|klant)",
            "(andere|ander|concurrent|concurrerende) (leverancier|partij|aanbieder|systeem|oplossing) ~2"
            " (gekozen|getekend|in zee|gegaan|werken)",
            "(zelf|intern|eigen) ~1 (ontwikkeld|gebouwd|systeem|oplossing|gemaakt|software|pakket)",
            "(in zee gegaan) met",
        ),
        "no_budget": (
            "(prijs|kosten|tarief) ~3 (te hoog|hoog)",
            "(uitgaven|investeringen|aankopen) ~3 (bevroren|stopgezet|gestopt|geschrapt)",
            "(geen|niet genoeg|onvoldoende|niet het) ~1 (budget|geld|middelen|financiële|ruimte in)",
            "budget ~5 (op|bevroren|besteed|vergeven|uitgeput|gekort|beperkt|verbruikt|dicht|laat het niet"
            " toe|krap)",
            "(te|veel te|erg|behoorlijk|wat te|simpelweg te) (duur|kostbaar|prijzig)",
            "(niet|buiten|boven) (veroorloven|in het budget|begroot|betalen|ons budget|het budget"
            "|gebudgetteerd|permitteren)",
            "(bezuinig*|kostenbesparing*|investeringsstop|uitgavenstop|vacaturestop)",
        ),
        "not_now": (
            f"{NOW} ~4 (niet|geen|andere prioriteiten)",
            f"(niet|geen) (zo|aan de orde|relevant|actueel|prioriteit|tijd|ruimte|behoefte|op de agenda"
            f"|het juiste moment|mogelijk)? {NOW}",
            "(geen|niet) (prioriteit|hoge prioriteit|aan de orde|het juiste moment|een goed moment|het"
            " moment|actueel|op de agenda|de tijd|tijd|capaciteit|eerder dan|voor)",
            f"(neem|kom|mail|bel|benader|probeer|laten|vraag|stuur|spreken|contact|meld|schrijf|contacteer"
            f"|kunt|koppel) (gerust|u|er|je|dan|mij|me|ons|het|we|dit|hier|graag|eens|aub|nog)? ~3 (nog"
            f"|weer|opnieuw|later|{LATER[1:-1]}) ~4 (op|terug|weer|contact|eens|opnieuw|opnemen|even"
            f"|kijken|aan|contacteren|contact op)",
            "(na|in|over|vanaf|volgend|volgende|begin|eind) ~4 (terugkomen|contact op|opnieuw contact|weer"
            " contact|nog eens|weer eens|opnieuw|weer bellen|weer mailen)",
            "(misschien|wellicht|eventueel|mogelijk|liever|hooguit) ~1 (volgend|volgende|later|in|na|over"
            "|komend|vanaf|begin|eind)",
            "(volgend jaar|volgend kwartaal|later dit jaar|na de zomer|in het najaar) ~1 (misschien"
            "|wellicht|weer|graag|pas|nog eens)",
            "(te druk|erg druk|hartstikke druk|te vroeg|slecht moment|slechte timing|verkeerd moment"
            "|midden in|uitgesteld|in de wacht|andere prioriteiten|on hold|op een laag pitje|opgeschort)",
        ),
        "not_interested": (
            "(maken|maak) ~2 (geen|niet) gebruik",
            "niet ~2 (op zoek|nodig|mee bezig|behoefte)",
            "(houden|blijven) ~2 bij ~3",
            "niets voor (ons|mij)",
            "(gaan|doen) ~2 niet (op in|aan mee|verder)",
            "(geen|nul) (enkele|verdere|directe)? (interesse|behoefte|belangstelling|nut)",
            "niet (echt|meer|direct|langer|verder)? (geïnteresseerd|geinteresseerd|relevant|interessant"
            "|van toepassing|nodig|voor ons|zinvol|passend|op zoek|iets voor|gediend|benodigd)",
            "(nee) (dank|bedankt|hoor|hartelijk|dankjewel|dankuwel|dank je|dank u)",
            "(bedankt maar nee|bedankt nee|zien ~4 van af|zien ervan af|sla ~2 over|slaan ~2 over|bedanken"
            " ~1 voor|passen ervoor|laten ~2 voorbijgaan|wijzen ~2 af|bedank ik)",
            "(hebben|heb|zoeken|willen) ~2 (niet|niets|dit niet|niet nodig) ~1 (nodig|aan|doen|mee|voor)",
        ),
        "meeting": (
            "(kunnen|zullen|kunt|kun|laten|zou|zouden|wil|willen|graag|lijkt) ~4 (bellen|belt|afspreken"
            "|afspraak|gesprek|overleggen|videobellen|kennismaken|demo|langskomen|sparren|bijpraten"
            "|meeting|teams-overleg|teamsmeeting|telefonisch contact|elkaar spreken)",
            "(bel|belt) (mij|me|ons) ~3",
            "(afspraak|gesprek|belafspraak|meeting|demo|call|kennismaking|overleg|teamsoverleg) (inplannen"
            "|plannen|maken|in te plannen|te plannen|te maken|in|voor|op|regelen|met u|willen|zou|kunnen"
            "|morgen|volgende)",
            "(plan|plannen|maak|maken|prik|regel) (we|maar|gerust|dan|een|graag)? ~2 (afspraak|gesprek"
            "|call|demo|meeting|belafspraak|datum|moment)",
            f"(op)? {DAY} ~5 (komt|schikt|past|kan|kunnen|ben ik|is goed|is prima|beschikbaar|lukt|zou|uit"
            f"|uitkomen|heb ik tijd|werkt)".removeprefix("(op)? "),
            "(komt|schikt|past|kom*) ~2 (mij|me|u|ons|het) ~2 (uit|goed|het beste)?",
            "(ben|zijn|bent) ~2 (beschikbaar) ~2",
            "(wanneer|welke dag|hoe laat) ~1 (komt|kunt|schikt|kunnen|past|heeft|bent|zou|ben je|kan)",
            "(stuur) ~3 (uitnodiging|invite|agenda-uitnodiging|vergaderverzoek|agendaverzoek)",
            "(even|kort) (bellen|overleggen|zitten|sparren|videobellen|telefonisch)",
        ),
        "interested": (
            "(lijkt|klinkt) ~2 (wel wat|goed|iets voor)",
            "(zou|zouden) ~2 (kunnen passen|van pas komen|goed passen|kunnen helpen)",
            "(heb|hebben|zeker|wel|hebben we|veel|grote|hebben wij|is|heb ik) (zeker|wel|veel|grote|daar"
            "|hier|absoluut)? (zeker|wel|veel)? (interesse|belangstelling)",
            "(ben|zijn|zou|zouden|zeker|erg|zeer|wel|ik ben) (ik|wij|we|zeker|erg|zeer|wel)? (zeker|erg"
            "|zeer|wel|heel)? (geïnteresseerd|geinteresseerd|benieuwd)",
            "(klinkt|lijkt|ziet|is|vind|ziet er) (mij|ons|het|dit|er|me|wel|dat|zeker|ik)? ~1 (interessant"
            "|goed|veelbelovend|mooi|leuk|nuttig|prima|interessante)",
            "(meer|verdere|aanvullende|extra|nadere) (informatie|info|details|uitleg)",
            "(stuur|sturen|zend|toesturen|mail|ontvang|ontvangen|krijg|toezenden|stuurt|graag|doe) (mij|me"
            "|ons|u|maar|gerust|graag|ik|we)? ~5 (offerte|informatie|info|prijslijst|prijzen|brochure"
            "|voorstel|documentatie|prijsopgave|aanbieding|folder|tarieven|presentatie|details)",
            "(zou|zouden|wil|willen|wilt|graag) (ik|wij|we|het|dit|graag)? (graag|het|dit|wel|eens)? ~2"
            " (meer weten|meer te weten|proberen|uitproberen|testen|kopen|bestellen|aanschaffen|meer horen"
            "|leren kennen|zien|meer over)",
            "(vertel (me|mij|ons)? meer|ik doe mee|wij doen mee|precies wat we zoeken|komt als geroepen|op"
            " zoek naar (een|zoiets|iets|zo'n))",
            "(ja|ja graag|jazeker) (graag|interesse|prima|leuk|stuur)",
        ),
        "question": (
            "(vraag ~1 me ~1 af|ben benieuwd|wil graag weten|zou graag weten|benieuwd|wil weten|vroeg me"
            " af|vraag me af) ~1 (of|hoe|wat|welke|hoeveel|wanneer)",
            "(heb|had|hebben|hadden) (ik|wij|we)? (nog|wel)? (een|enkele|een paar|nog|twee|wat) ~1 (vraag"
            "|vragen|vraagje|vraagjes)",
            "(kunt|kun|kan|zou|zouden) ~2 (toelichten|uitleggen|bevestigen|aangeven|verduidelijken)",
        ),
        "no_question": (
            "(hoe|waar|van wie) (komt|komen|heeft|hebben|bent|heb) (u|jullie|je) ~2 (aan|mijn|dit|vandaan"
            "|gegevens)",
            "(wie bent u|wie ben je|waarom (mailt|stuurt|krijg|ontvang|blijft|schrijft|word|mail)|hoe vaak"
            "|hoe durf*|is dit (spam|een grap|een bot)|bent u (gek|een bot|serieus)|maakt u een grap|meent"
            " u|wat denkt u wel|kennen wij|hoe gaat|wat is dit|begrijpt u|snapt u|wat moet)",
            "(toch|ok|oké|of niet|niet waar|nietwaar|hè) $",
        ),
        "courtesy": (
            "(bedankt|dank|dankjewel|hartelijk dank|dank u|dankuwel) (u|je|wel)? (voor) ~2 (interesse"
            "|bericht|mail|e-mail|aanbod|informatie|belangstelling|reactie|voorstel|aanbieding|contact"
            "|info|moeite|telefoontje)",
            "(als|mocht|indien|bij|voor) (u|er|je|jullie|verdere|eventuele) ~3 (vragen|interesse|vraag"
            "|informatie)",
            "(uw|jullie|je) (interesse|belangstelling) (in|voor)",
            "(aarzel niet|schroom niet|neem gerust contact op|voel u vrij) ~3",
        ),
        "temporary": (NOW,),
        "denied": (
            "(zeg|bedoel|beweer|betekent|zeggen|wil) (ik|dat|daarmee|we|ook)? ~1 niet (zeggen)? (dat)?",
            "(niet dat|het is niet dat|wil niet zeggen)",
        ),
        "irony": (
            "(kalveren op het ijs|droom verder|ja hoor|jaja|ja ja|haha*|in uw dromen|lol|geloof je het"
            " zelf|sint juttemis|wat een verrassing)",
        ),
        "supplier": ("(met|voor|bij|gebruiken|al|hebben|van|gebruik|reeds) <name>",),
    },
    whole={
        "unsubscribe": (
            "(uitschrijven|afmelden|stop|graag uitschrijven|verwijderen|uitschrijven graag|verwijder mij"
            "|afmelding|stoppen|graag verwijderen|geen mail meer|geen mails meer|uitschrijven aub|afmelden"
            " aub)",
        ),
        "not_interested": (
            "(nee|nee bedankt|nee dank u|nee dank je|geen interesse|niet geïnteresseerd|niet nodig|geen"
            " behoefte|nee hoor|niet relevant|nvt)",
        ),
        "interested": (
            "(ja|ja graag|graag|zeker|interesse|ja hoor graag|prima|akkoord|interessant|ok|jazeker|ja leuk)",
        ),
        "not_now": (
            "(nu niet|niet nu|later|nog niet|misschien later|voorlopig niet|momenteel niet|op dit moment"
            " niet|even niet)",
        ),
        "no_budget": ("(geen budget|te duur|geen geld|geen middelen)",),
        "wrong_person": ("(verkeerde persoon|verkeerd adres|verkeerde adres|niet voor mij|ben ik niet)",),
        "question": ("(prijs|prijzen|kosten|wat kost het|wat kost dat|tarief|tarieven)",),
        "meeting": ("(bel mij|bel me|bel maar|bel me even|graag bellen|graag terugbellen)",),
        "angry": ("(spam|rot op|oplichters|schandalig|laat me met rust|belachelijk)",),
        "already_bought": (
            "(hebben we al|hebben wij al|al voorzien|al geregeld|heb ik al|reeds voorzien|al in bezit)",
        ),
    },
    not_before="niet,geen,nooit,zonder,nimmer,noch,nauwelijks",
    not_after="niet,geen,nooit",
    only_if="als,indien,mocht,wanneer,zodra,tenzij",
)
