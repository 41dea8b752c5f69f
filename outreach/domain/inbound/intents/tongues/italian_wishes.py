"""What people say in Italian replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(lunedì|martedì|mercoledì|giovedì|venerdì|domani)"
NOW = (
    "(al momento|per ora|per il momento|in questo momento|attualmente|adesso|ora|quest'anno|questo"
    " trimestre|questo mese|ancora"
    "|ad oggi|nell'immediato|momentaneamente|oggi)"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "mi (può|potrebbe|puoi|potete) (richiamare|chiamare|telefonare)",
        "(può|potrebbe|puoi|potete|riesce a) (richiamarmi|richiamare|chiamarmi|telefonarmi|passare|"
        "sentirmi) ~1",
        "(lascio|do|ecco) il mio (numero|cellulare|telefono|recapito)",
        "(ci vediamo|vediamoci|incontriamoci|possiamo vederci|passo a trovar*) ~1 (in fiera|alla "
        "fiera|allo stand|al vostro stand|a milano|da voi|da noi)",
        "(due|quattro) chiacchiere",
        "(prendiamo|prendere|beviamo) ~1 caffè",
        "(il mio|al) (numero|cellulare|telefono) (è|è il)",
        "(mi|ci) (dia|dica|proponga|dai|faccia sapere|indichi) ~2 (due date|qualche data|"
        "disponibilità|orari|quando può|quando potete|quando siete|uno slot)",
        f"(ci|la|ti|vi) (sentiamo|vediamo|chiamo|richiamo|chiameremo) ~2 ({DAY}|in settimana|la "
        "prossima settimana|questa settimana|alle)",
        "(preferisco|preferirei|preferiremmo|meglio) ~3 (a voce|per telefono|di persona|al "
        "telefono|in presenza|in video)",
        "(quando|a che ora) ~1 (possiamo sentirci|ci possiamo sentire|ci sentiamo|la posso "
        "chiamare|posso chiamarla|ci vediamo|potrebbe passare|può passare|preferisce)",
        f"(le|ti|vi) (va|andrebbe|andrebbe bene|va bene) ~1 (su teams|su zoom|alle|{DAY}|in "
        "videocall|al telefono)",
        f"(ok|va bene|perfetto|confermo|d'accordo|bene) ~1 (per|a) {DAY}",
        "(passi|passate|passa|venga|venite|vieni) ~2 (in azienda|in ufficio|da noi|a trovarci|in "
        "sede|in stabilimento|in fabbrica|in negozio|quando vuole|quando vuoi)",
        "(possiamo|potremmo|può|potrebbe|vorrei|vorremmo|vogliamo|preferirei|proporrei|propongo"
        "|volentieri|sarei felice di|facciamo|riusciamo a|è possibile) ~3 (sentir*|parlar*|incontrar*"
        "|veder*|fissare|organizzare|una (call|chiamata|videochiamata|demo|telefonata|riunione)|un"
        " (incontro|appuntamento|call|colloquio|meeting)|chiamar*|una demo|telefonar*|sentiamoci)",
        "(mi|ci) (chiami|richiami|chiamate|telefoni|richiamate|chiama|richiama|contatti telefonicamente)",
        "(chiamatemi|chiamami|chiamateci|telefonatemi|richiamatemi|chiamarmi|richiamarmi|telefonarmi)",
        "(fissiamo|fissare|organizziamo|organizzare|pianifichiamo|prenotiamo|concordiamo|facciamo"
        "|programmiamo|fissi) (pure)? (un|una) ~1 (incontro|appuntamento|call|chiamata|videochiamata"
        "|demo|riunione|telefonata|meeting|presentazione|videocall|colloquio)",
        f"{DAY} ~5 (va bene|andrebbe bene|sono disponibile|sono libero|sarebbe|mi va|per me|è perfetto"
        f"|potrei|posso|sono in ufficio|alle \\d|ok|mattina|pomeriggio)",
        "(sono|sarei|siamo|saremmo|è) (disponibile|disponibili|libero|libera|liberi) ~2",
        "(quando|quali|che) ~2 (disponibile|disponibilità|possiamo (sentirci|vederci|parlar*|"
        "incontrarci)|potremmo (sentirci|vederci|parlar*|incontrarci)|sareste|sarebbe libero|sarebbe"
        " libera|sarebbe comodo)",
        "(sentiamoci|vediamoci|incontriamoci|parliamone|risentiamoci) (domani|lunedì|martedì|mercoledì"
        "|giovedì|venerdì|telefonicamente|per telefono|di persona|al telefono|a voce|la prossima"
        " settimana|in settimana)",
        "(mandi|invii|inviate|mandate|mandami) ~2 (invito|invite|convocazione|link al calendario)",
        "(una|un) (call|demo|appuntamento|videochiamata|incontro) (di|la|per|con|domani|il|nei|in"
        "|lunedì|martedì|mercoledì|giovedì|venerdì|giovedì|conoscitiv*|online|telefonic*)",
    ),
    "interested": (
        "(siamo|sono) ~1 (favorevol*|d'accordo|propens*|intenzionat* (a|ad) (procedere|acquistare|provare))",
        "(capirne|saperne|vederne|conoscerne) (di più|qualcosa)",
        "(quello|ciò) che (cercavamo|cercavo|stavamo cercando|ci serve|ci serviva|cerchiamo|fa per noi)",
        "(abbiamo|ho|avremmo|avrei) ~1 (urgenza|bisogno|necessità) di ~3 (sostitu*|cambiar*|un|"
        "una|acquist*|trovare|nuov*|qualcosa|rinnovare)",
        "(quotat*|quotarmi|quotarci|quotaci|quotami|mi quoti|ci quoti|preventivat*)",
        "(chiedo|chiediamo|richiedo|richiediamo|richiesta di|vorrei|vorremmo|serve|servirebbe|"
        "servono) ~2 (preventivo|offerta|quotazione|listino|campion*|brochure)",
        "(fatemi|farmi|fammi|mi faccia|ci faccia|farci) (avere|sapere i prezzi|un'offerta|un "
        "preventivo|una proposta)",
        "(ben venga|perché no|sembra fatto per noi|fa al caso nostro|fa per noi|cade a fagiolo|"
        "capita a proposito|al momento giusto|proprio ora)",
        "(mi (dia|dica|racconti|spieghi)|ci (dia|dica|spieghi)|dammi|datemi|dimmi|raccontami) ~2 "
        "(di più|dettagl*|qualche|meglio)",
        "(prossimi|successivi) passi",
        "(come|quali) ~1 (procediamo|proseguiamo|possiamo procedere|si procede|prossimi passi|partiamo)",
        "(mandi|manda|mandate|mandatemi|mandami|mi mandi|inviatemi|inviami|mi invii|mi giri|"
        "girami|giratemi) ~3 (pure|tutto|qualcosa|due righe|pdf|video|costi|condizioni|numeri|"
        "dati|qualche)",
        "(mi|ci) ~1 (incuriosisc*|attira*|stuzzica*|ha colpito|ha incuriosito|convince|farebbe "
        "comodo|tornerebbe utile|sarebbe utile|torna utile|farebbe piacere)",
        "(vorremmo|vorrei|vogliamo|ci piacerebbe|mi piacerebbe|possiamo|potremmo) ~1 (fare|avere|"
        "attivare) ~1 (test|prova|demo gratuita|periodo di prova|pilota|progetto pilota)",
        "(stiamo|sto) ~2 (valutando|cercando|guardando|confrontando|esaminando|considerando) ~2 "
        "(alternativ*|soluzion*|opzioni|fornitor*|sistem*|software|gestional*|strument*|offert*|"
        "qualcosa|di cambiare|un|una|delle|dei)",
        "(attendo|attendiamo|aspetto|aspettiamo|resto in attesa|restiamo in attesa|rimango in "
        "attesa|in attesa) ~2 (offerta|preventivo|proposta|materiale|documentazione|informazioni|"
        "dettagli|listino|quotazione|brochure)",
        "(piacere|piacerebbe|gradirei|gradiremmo) ~1 (ricevere|avere|vedere|provare|sapere)",
        "(potrebbe|può) ~1 (esserci utile|interessarci|fare al caso|servirci|aiutarci)",
        "(mi|ci) (interessa*|interesserebbe*|piace*|incuriosisce|piacerebbe|sembra*|interesserebbe) ~1"
        " (molto|saperne|provare|ricevere|capire|interessante|la|il|sapere|conoscere|l'idea|vedere|$)",
        "(mi interessa|ci interessa|mi interesserebbe|ci interesserebbe|potrebbe interessarci|potrebbe"
        " interessarmi)",
        "(sono|siamo|sarei|saremmo|molto) (molto|davvero|sicuramente|potenzialmente)? interessat*",
        "(è|sembra|pare|trovo|trovo molto|sarebbe|suona|la trovo) (molto|davvero|decisamente)?"
        " (interessante|promettente|utile|bello|ottimo|ottima)",
        "(maggiori|ulteriori|più|altre|qualche) (informazion*|dettagl*|info|approfondiment*"
        "|informazione in più)",
        "(mandi*|mandar*|mandate*|inviar*|inviate*|invii|invia|fornir*|ricevere|avere|farmi avere"
        "|manda|mi faccia avere|inoltrar*|girar*) (mi|ci)? ~4 (preventivo|informazion*|listino|prezzi"
        "|brochure|materiale|documentazione|offerta|info|quotazione|catalogo|proposta|presentazione"
        "|scheda|dettagli|preventivi)",
        "(saperne di più|sapere di più|saperne di piu|conoscere meglio|approfondire)",
        "(vorrei|vorremmo|mi piacerebbe|ci piacerebbe|volentieri|desidero|desidererei) ~1 (provar*"
        "|testar*|acquistar*|ordinar*|sapere|conoscere|vedere|ricevere|valutar*|saperne|un preventivo"
        "|capire come|approfondire)",
        "(ci sto|procediamo|andiamo avanti|proprio quello che|cercavamo|stiamo cercando|proprio ciò"
        " che|mi dica di più|mi racconti)",
    ),
    "question": (
        "(mi|ci) (può|potete|potrebbe|puoi|potreste) (dire|spiegare|chiarire|confermare|indicare) ~1",
        "^ (prima di tutto|una domanda|domanda|una curiosità|curiosità|solo una cosa|un dubbio|una cosa)",
        "(vorrei|volevo|vorremmo|mi piacerebbe|avrei bisogno di|mi interesserebbe|volevamo) ~1 (sapere"
        "|chiedere|capire|chiedervi|chiederle) ~1 (se|come|quanto|quali|quale|cosa|quando)",
        "(ho|avrei|abbiamo|avremmo) (una|alcune|qualche|un paio di|due|delle|solo una) ~1 (domand*"
        "|quesit*|dubbi*)",
        "(potrebbe|può|potreste|puoi|potete) ~1 (chiarir*|spiegar*|confermar*|indicar*|precisar*|dirmi)",
    ),
    "no_question": (
        "(da dove|dove|come) (avete|ha|hai|ha avuto) ~1 (preso|trovato|avuto|ottenuto|il mio|reperito"
        "|recuperato)",
        "(chi siete|chi è lei|chi sei|chi vi ha|chi le ha|come (osate|osa|vi permettete|si permette"
        "|sta|stai|va)|perché (mi|ci|continuate|continuo|ricevo|continua) ~1|quante volte|state"
        " scherzando|sta scherzando|è uno scherzo|ci conosciamo|cosa volete|cosa non|è spam|siete un"
        " bot|che cos'è|avete capito|non capite)",
        "(vero|no|ok|giusto|d'accordo|va bene|capito) $",
    ),
    "courtesy": (
        "(grazie|ringrazio|ringraziamo|ringraziandola) ~1 (per|del|della|dell'|vi|la)? ~2 (interesse"
        "|interessamento|mail|messaggio|proposta|offerta|email|informazioni|contatto|averci|avermi"
        "|cortese|contattat*|risposta|interessamento)",
        "(se|qualora|per qualsiasi|per eventuali|per ulteriori|in caso di) ~3 (domand*|dubbi*"
        "|interessat*|informazion*|bisogno|necessità|interesse|chiarimenti)",
        "(non esiti|non esitate|resto a disposizione|rimango a disposizione|resto disponibile"
        "|rimaniamo a disposizione) ~2 (contattarmi|a contattarmi|chiamarmi)?",
        "(suo|vostro|tuo) interesse",
    ),
    "temporary": (NOW,),
    "denied": (
        "non (dico|diciamo|vuol dire|significa|sto dicendo|ho detto|è) che",
        "(non è che|non vuol dire|non che)",
    ),
    "irony": (
        "(gli asini volano|asini voleranno|come no|certo come no|nei vostri sogni|sognatevelo|ahah*"
        "|haha*|ah ah|lol|ma figurati|figuriamoci|sì vabbè|ci mancava)",
    ),
    "supplier": ("(con|usiamo|già|utilizziamo|abbiamo|per|da|scelto|acquistato|uso) <name>",),
}
