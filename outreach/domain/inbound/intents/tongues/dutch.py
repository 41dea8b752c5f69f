"""What people say in Dutch replies: refusals and whole answers; the rest is in `dutch_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.dutch_wishes import NOW, WISHES

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
            "(laat|stop) ~2 (geen (mail*|bericht*|e-mail*) meer|met deze mail*|met die mail*|ermee|"
            "met al die) ~1",
            "(verwijder|wis|schrap|haal) (mij|me|ons|mijn|onze) ~2 (eruit|eraf|alstublieft|aub|svp|"
            "a.u.b|direct|per direct|onmiddellijk|graag|$)",
            "(gooi|wis|knikker|kieper|schrap) (mij|me|ons|m'n|mijn) ~3 (uit|van|eruit|eraf|weg)",
            "(hoef|hoeven|wil) ~2 (dit|deze|uw|jullie) ~2 niet ~1 (meer|te ontvangen|te krijgen)",
            "(wil|wens|wensen|willen) ~2 (deze|dit soort|uw|jullie|die|zulke) ~2 (niet meer|niet "
            "langer|niet) ~1 (ontvangen|krijgen|hebben)",
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
            "(hufter*|stelletje|zakkenvuller*|aasgier*|prutsers)",
            "(wat een|wat voor) (spam|onzin|gezeur|brutaliteit|flauwekul|aanfluiting|schande|gedoe)",
            "(in godsnaam|godverdomme|verdomme|klote*|tering*|kut*|donder|bek houden|opzouten|opgezout)",
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
            "(loopt|lopen|verloopt|gaat|gebeurt) ~3 (via|bij) ~2 (hoofdkantoor|inkoop|moederbedrijf|"
            "directie|groep|hoofdzetel|centrale)",
            "(voor|hiervoor|daarvoor) ~4 moet (je|u) ~1 (bij|met|naar) ~3",
            "(mijn|m'n) opvolg* ~1 (is|wordt|neemt)",
            "(heb) ~4 verlaten",
            "(dit|dat|hier|daar|hierover|daarover|zulke zaken|deze zaken|die dingen) (doet|regelt|"
            "beslist|gaat|behandelt|loopt|ligt bij|hoort bij|zit bij) (mijn|onze|de|het) ~2",
            "(niet) ~1 (mijn (afdeling|ding|taak|werk|terrein|pakkie|tak van sport|winkel))",
            "(bij mij|aan mij|bij ons) ~2 (verkeerde adres|verkeerd|aan het verkeerde|niet aan het juiste)",
            "(ben|bent) ~3 (verkeerde|niet de juiste|niet de aangewezen|niet degene)",
            "(ga|gaan|beslis|weet|doe|heb) ~1 (hier|daar|er|hierover|daarover|daar) ~1 (niet|niets) "
            "~1 (over|van|over te zeggen|mee te maken|mee) $",
            "(werk|werkzaam|zit|ben) ~1 (daar|hier|er) ~1 (niet meer|niet langer|al lang niet|"
            "al jaren niet|al een tijd niet) ~1",
            "(valt|hoort|ligt|zit|is) ~2 niet ~1 (onder|bij|binnen|in) ~1 (mijn|mij|ons|onze) ~1",
            "(niet) (binnen|onder|tot|in) ~1 (mijn|mij) ~1 (verantwoordelijkheid|takenpakket|afdeling"
            "|vakgebied|bevoegdheid|pakket|portefeuille|functie|taken|werkzaamheden|domein)",
            "(moet|dient|kunt) (u|je) ~1 (bij|zich wenden tot) ~3 (zijn|richten|terecht)?",
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
            "(kunt|kan|moet|dient) ~1 (beter|best|hiervoor|daarvoor|het best) ~2 (bij|met|naar|"
            "terecht|contact|aan) ~2",
            "(zet|heb|voeg) (ik)? ~4 (in cc|in de cc|in kopie|toe aan|in de loop)",
            "(mail|bel|schrijf|stuur|richt|vraag) ~3 (naar|met|aan|bij|op) ~2 (inkoop*|afdeling|"
            "collega|directie|ict|it-afdeling|verantwoordelijke|hoofdkantoor|mijn opvolger)",
            "(neem|neemt) ~2 contact op met <name>",
            "(mail|bel|benader|contacteer) (dhr|mevr|mevrouw|de heer)? <name>",
            "(neem|neemt|kunt|nemen|gelieve) ~3 contact ~2 (op)? (met|opnemen met|te nemen met)",
            "(contact opnemen|contact op te nemen) met ~3",
            "(mail|bel|benader|vraag|schrijf|spreek) ~1 (mijn|onze|de) ~1 (collega|directeur|manager|baas"
            "|afdeling|chef|inkoop*|leidinggevende)",
            "(doorgestuurd|doorgezet|doorgegeven) ~1 (naar|aan)?",
            "(stuur|zet) ~4 door (naar|aan)",
            "(in cc|in kopie|in de cc|cc gezet)",
            "(mijn|onze) (collega|manager|directeur|chef) ~3 (doet|regelt|behandelt|is hier|pakt)",
        ),
        "already_bought": (
            "sinds ~3 (draaien|werken|gebruiken|hebben|zitten) (wij|we) ~1 (op|met|bij|een)",
            "(zitten|zit|zijn) ~4 (vast aan|vast bij|gebonden aan|onder contract)",
            "(draaien|werken|zitten|rijden|vertrouwen) (wij|we) ~2 (op|met|bij) <name>",
            "(zijn|ben|zitten) ~1 (al|reeds) ~1 (voorzien|klant|onder contract|onder de pannen|"
            "overgestapt|geholpen|goed bediend)",
            "(contract|overeenkomst|licentie|abonnement) ~2 (loopt|tot|verlengd|getekend|afgesloten) ~2",
            "(hebben|heb) (we|wij|ik|hier|dit|dat|zo'n|zoiets|er) ~2 (al|reeds) ~1 (een|iets|één|"
            "iemand|lang|geregeld|in huis|in gebruik|lopen|draaien|voor)",
            "(werken|werk|zitten|draaien|gebruiken) ~2 (al|reeds) ~2 (jaren|lang|tijden|sinds|met|bij"
            "|op|naar tevredenheid|enige tijd)",
            "(vaste|eigen|goede|huidige|trouwe) ~1 (leverancier|partner|partij|aanbieder|"
            "dienstverlener) ~2 (voor|hiervoor|daarvoor|waar we|waarmee|tevreden)",
            "(net|onlangs|recent|recentelijk|pas|zojuist|kortgeleden|vorige maand|vorige week|vorig "
            "jaar) ~3 (getekend|aangeschaft|gekocht|afgesloten|verlengd|overgestapt|geïmplementeerd|"
            "besteld|ingevoerd|gekozen|vernieuwd|overgegaan)",
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
            "financieel ~5 (niet in|niet haalbaar|onhaalbaar|niet mogelijk|lukt niet|krap|niet rond)",
            "(onbetaalbaar|niet op te brengen|financieel (niet haalbaar|onhaalbaar|lastig|niet "
            "mogelijk)|financieel gezien niet)",
            "geen ~1 (uitgave*|investering*|euro|cent|potje) ~1",
            "past ~2 niet ~1 (in|binnen) ~2 (begroting|budget|budgetten)",
            "(veel|stuk|fors|flink|aan de) ~1 (te duur|boven budget|duurder|prijzige kant|dure kant|"
            "te prijzig)",
            "(valt|gaat|zit) ~2 (buiten|boven) ~1 (budget|begroting|prijsklasse|prijsrange|pet)",
            "(niet|nergens) ~1 (begroot|in de begroting|in het budget|in ons budget|gebudgetteerd|"
            "opgenomen in het budget)",
            "(budget|begroting|geld|potje) ~4 (vergeven|op|leeg|gehalveerd|geschrapt|ontbreekt|dicht|"
            "toegewezen|ingevuld|is er niet|verdeeld|vastgelegd|gereserveerd|opgebruikt|ontoereikend)",
            "(kunnen|kan|willen) (dat|dit|het|we dat|we dit|wij dat|wij dit|ons dat|ons dit|me dat|ik"
            " dat|we ons dat|wij ons dit) ~1 niet ~1 (betalen|veroorloven|permitteren|bekostigen|"
            "ophoesten|missen)",
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
            "(benader|bel|mail|vraag|probeer|contacteer|spreek|meld) ~2 (mij|me|ons|u|het|je) ~2 (na|"
            "over|vanaf|in|begin|eind|volgend*|rond|later) ~1",
            "(geen|weinig) ~1 (tijd|ruimte|capaciteit|mensen|handen) ~2 (voor|om|hiervoor|beschikbaar|$)",
            "(heeft|is|krijgt) ~3 (geen|lage|niet de hoogste|nu niet de) ~1 prioriteit",
            "(eerst|nu eerst) ~3 (afronden|afwachten|afmaken|andere|ander|verhuizing|implementatie|"
            "reorganisatie|fusie)",
            "(wachten|wacht) ~3 (af|tot|op) ~1 (na|de|het|eerst|na de|september|voorjaar)",
            "(komt|komen|schikt|past) ~2 (nu|momenteel|even|op dit moment) ~1 (niet|slecht|ongelegen) ~1",
            "(uitgesteld|doorgeschoven|verschoven|opgeschoven|geparkeerd|vooruitgeschoven) ~1",
            "(schuiven|schuif|stellen|stel|zetten|zet|parkeren|parkeer|leggen|leg) ~3 (door naar|"
            "vooruit|uit tot|on hold|in de wacht|op de plank|naar volgend|geparkeerd|op pauze|in de "
            "ijskast|stil)",
            "(beslissen|doen|starten|beginnen|veranderen|ondernemen|kopen) ~3 (niets|niet|niks) (voor"
            "|tot|eerder dan) ~2",
            "(voor|tot|tot en met) ~3 (januari|februari|maart|april|mei|juni|juli|augustus|september|"
            "oktober|november|december|de zomer|het najaar|volgend jaar|die tijd|dan) ~4 "
            "(niets|niet|niks|geen|dicht|stil|vol|bevroren|druk|bezet)",
            "(volgend jaar|volgend kwartaal|na de zomer|in het najaar|in het voorjaar|over een paar "
            "maanden|later|daarna|begin volgend jaar) ~1 (kijken|kijk|pakken|praten|bekijken|gaan|"
            "kunnen|willen|zullen|komen|pak|kom|beginnen|bespreken|mag|mogen) (we|wij|ik|u|je|er|het|"
            "dit) ~4",
            "(dit jaar|dit kwartaal|deze maand|dit halfjaar|nu|voor de zomer) ~4 (niks|niets|niet|"
            "geen) ~3 (meer)? ~2 (mee|doen|aan|op|starten|beginnen|oppakken|ruimte|tijd|projecten)",
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
            "(blijven|blijf|doen|houden) ~3 (zoals we doen|zoals we nu|zoals nu|zoals we gewend|op "
            "onze manier|zoals het is)",
            "geen ~1 (vraag naar|aanleiding|reden voor|reden om)",
            "(blijven|blijf|houden|houd) ~2 (bij wat|bij onze|bij het|bij hoe|zoals het|het bij)",
            "geen (optie|match|toegevoegde waarde|meerwaarde|nut|noodzaak|plannen|aanleiding)",
            "(bedank|bedanken) (hier|er|daar) ~1 voor",
            "(zitten|zit|wachten|wacht) ~2 niet op (te wachten|te springen|dit|zoiets)",
            "(zitten|zit|heb|hebben) ~2 (er|hier|daar) (niet|geen) ~1 (op te wachten|op te "
            "springen|om verlegen|behoefte|interesse)",
            "(besloten|beslist|gekozen) ~3 (niet|af te zien|bij het oude|om alles|geen)",
            "(gaan|ga) ~1 (er|hier|daar) niet ~1 (mee|op|aan) ~1",
            "(gaan|ga|willen|wil|kiezen|kies|hebben besloten|heb besloten) ~3 niet ~2 (op"
            " in|verder|doorgaan|mee door|mee verder|mee aan de slag|in zee|op ingaan|aan beginnen|"
            "mee beginnen|verder mee)",
            "(sla|slaan) (ik|wij|we) ~2 over",
            "(sla|slaan|laat|laten) ~3 (over|voorbij gaan|voorbijgaan|aan ons voorbij|aan mij voorbij"
            "|lopen|schieten) $",
            "(doen|regelen|maken|houden|ontwikkelen) ~3 (in eigen beheer|zelf|intern|in eigen huis|in"
            " huis) ~2",
            "(niks|niets|niet|geen) ~1 (iets)? (voor ons|voor mij|ons ding|mijn ding|onze stijl|voor "
            "een bedrijf|voor onze)",
            "(zien|zie) ~2 (geen|weinig) ~1 (heil|nut|toegevoegde waarde|meerwaarde|noodzaak|brood|"
            "aanleiding|match)",
            "(zien|zie|zag) ~2 (er|hier|daar|ervan|hiervan|daarvan) ~1 (van af|af|geen (heil|nut|"
            "toegevoegde waarde|brood|meerwaarde|noodzaak))",
            "(sluit|sluiten) ~2 niet ~2 aan",
            "past ~2 (niet) ~1 (bij|binnen|in) ~1",
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
        **WISHES,
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
            "(leuk vertel|vertel|vertel maar|kom maar op|doe maar|laat maar zien|laat maar horen|ja|"
            "ja graag|graag|zeker|interesse|ja hoor graag|akkoord|interessant|jazeker|ja leuk)",
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
