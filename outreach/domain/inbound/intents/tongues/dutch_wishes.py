"""What people say in Dutch replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|overmorgen|maandagochtend|dinsdagmiddag)"
NOW = (
    "(op dit moment|momenteel|voorlopig|nu|dit jaar|dit kwartaal|deze maand|vooralsnog|op het moment|nog"
    "|voor nu|thans|voorlopig even"
    "|vandaag de dag|de komende tijd)"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "(inschieten|inplannen|schiet ~3 in) ~1",
        "(bel|belt) (mij|me|ons) ~2 (morgen|even|gerust|maar|vanmiddag|op|om|na|volgende|maandag|"
        "dinsdag|woensdag|donderdag|vrijdag)",
        "elkaar ~3 (treffen|ontmoeten|zien|spreken) ~1",
        "(stuur|mail|geef|doe|zet) ~2 (maar|gerust|even|mij|me) ~2 (uitnodiging|invite|data|paar "
        "momenten|agenda|voorstel voor een (datum|moment|afspraak)|tijdstip)",
        "(bakje|kop|kopje) koffie",
        f"(bel|bellen) ~1 (u|je|jullie) ~1 (morgen|volgende|later|vanmiddag|terug|op|{DAY}|even)",
        f"(kan|kunnen|ben|heb|hebben) ~2 (vrij|tijd|ruimte|beschikbaar|{DAY}) ~2 (op|"
        f"om|tussen|vanaf|na|in de|volgende week|{DAY}|$)",
        "(bel|belt|bellen) (gerust|maar|even|je|me|mij|ons|anders) ~3 (op|morgen|maandag|dinsdag|"
        "woensdag|donderdag|vrijdag|vanmiddag|volgende week|om|na|tussen|even|maar)",
        "(liever|graag|bij voorkeur) ~2 (telefonisch|persoonlijk|via teams|aan de telefoon|"
        "mondeling|face to face|live)",
        "(laten we|zullen we|kunnen we|we kunnen|wij kunnen|kan ik|zullen wij|laten wij) ~4 "
        "(teamsen|zoomen|bellen|spreken|afspreken|plannen|inplannen|samenzitten|samen zitten|zien"
        "|koffie|lunchen|kennismaken|inplannen)",
        "(kom|komt|loop|wip|spring) (gerust|maar|eens|even|een keer|dan|anders) ~4 (langs|binnen|"
        "kijken|op de koffie|voor een (kop)? ~2 koffie|koffie)",
        "(mag|kan|kunt|mogen|kunnen) ~1 (mij|me|ons) ~3 (bellen|spreken|terugbellen|bereiken)",
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
        "(huidige|oude) (systeem|pakket|machine|software|leverancier|programma) ~1 (stopt|loopt "
        "af|voldoet niet|is verouderd|bevalt niet)",
        "(mee|mee willen|ermee|mee gaan) (spelen|testen|proberen|experimenteren|uitproberen|kennismaken)",
        "(doe|maak|geef|stuur) ~2 (prijsje|prijs|prijzen|offerte|offertetje|tarief|aanbod)",
        "(ik (zie|ontvang|hoor|verneem)|we (zien|ontvangen|horen)|wij (zien|ontvangen|horen)) ~1 "
        "graag ~2 (offerte|voorstel|informatie|meer|brochure|prijs*|aanbod|uw|details)",
        "(komt|kom) ~2 (goed van pas|op het juiste moment|precies op tijd|als geroepen|goed uit dat u)",
        "(lijkt|klinkt|ziet) ~3 (wat voor ons|iets voor ons|handig|bruikbaar|interessant|wel wat|"
        "top|super|veelbelovend|goed uit)",
        "(willen|wil|zouden|zou) ~4 (bestellen|aanschaffen|kopen|proefperiode|proef|"
        "pilot|testen|uitproberen)",
        "(stuur|mail|doe|geef) ~1 (maar|mij|me|ons|gerust|svp|aub) ~2 (door|wat|op|toe|meer|alles"
        "|wat meer|een link|een linkje|de link|prijzen|voorbeeld*)",
        "(kun|kunt|kan|mag|mogen|wil|wilt|zou|zouden) ~4 (offerte|brochure|prijsopgave|prijzen|"
        "prijslijst|documentatie|informatie|voorstel|tarieven|presentatie|info) ~3 (sturen|"
        "ontvangen|mailen|toesturen|krijgen|opsturen|doen|bezorgen|doormailen|maken|geven)",
        "(oriënteren|oriënteer|kijken|zoeken) (ons|me|wij|we|momenteel|nu|toevallig|net) ~3 (naar"
        "|op|alternatief|alternatieven|nieuw*|vervang*)",
        "(zijn|ben) ~3 (op zoek|aan het (zoeken|kijken|vergelijken|oriënteren|"
        "rondkijken|onderzoeken)|aan het oriënteren|oriënterend) ~2",
        "(hoe (nu verder|verder|gaan we verder|pakken we|gaan we nu)|wat (zijn|is) de (volgende|"
        "vervolg*) (stap*))",
        "(precies|net|exact) wat (we|wij|ik) ~1 (nodig|zoeken|zochten|zoek|willen)",
        "(vertel|vertelt|leg|laat) (me|mij|ons|eens|maar) ~2 (meer|eens|uit|zien|horen)",
        "(spreekt|bevalt|trekt) (mij|me|ons|mij wel|ons wel|me wel|ons zeker) (aan|wel|zeker)?",
        "(zou|zouden|wil|willen|graag) ~2 (graag|eens|wel) ~1 (meer (weten|horen|lezen|over|zien)"
        "|uitproberen|proberen|testen|zien|een proef*|kijken)",
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
        "(zou|zouden|wil|willen) (ik|wij|we) ~1 (graag)? ~1 (weten|horen|vernemen|begrijpen) ~1 "
        "(of|hoe|wat|welke|hoeveel|wanneer|waar)",
        "(mag|kan|kunnen|kun|kunt) (ik|je|u|jullie|we|wij) ~3 (vragen|weten|zeggen|laten weten|"
        "aangeven|vertellen) ~1 (of|hoe|wat|welke|hoeveel|wanneer|waar)",
        "(even een|nog een|kleine|korte|snelle|één|enkel nog een) (vraag|vraagje) ~1",
        "(vraagje|vraag) (:|over|nog|even)? ~1 $",
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
        "(doorgestuurd|doorgezet|doorgegeven|stuur ~4 door|zet ~4 door) ~1 (naar|aan) (onze|mijn|"
        "de|het|m'n) (directeur|baas|chef|manager|leidinggevende|directie|management|team|"
        "collega's|leiding)",
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
        "(kalveren op het ijs|droom verder|ja hoor vast|jaja|ja ja|haha*|in uw dromen|lol|geloof je het"
        " zelf|sint juttemis|wat een verrassing)",
    ),
    "supplier": ("(met|voor|bij|gebruiken|al|hebben|van|gebruik|reeds) <name>",),
}
