"""What people say in Italian replies: refusals and whole answers; the rest is in `italian_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.italian_wishes import NOW, WISHES

LATER = (
    "(in|tra|fra|dopo|a (gennaio|febbraio|marzo|maggio|giugno|luglio|settembre|novembre|dicembre)|ad"
    " (aprile|agosto|ottobre)|più avanti|più tardi|l'anno prossimo|il prossimo|la prossima|nel|dal"
    "|verso|per"
    "|il mese prossimo|inizio|fine|con l'anno nuovo|a partire|passata|passato"
    "|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|q1|q2"
    "|q3|q4|quando|prossimamente|in seguito)"
)

ITALIAN = Tongue(
    code="it",
    phrases={
        "unsubscribe": (
            "(diffido|diffidiamo|diffid*) ~3 (inviar*|scriver*|contattar*|mandar*|utilizz*)",
            "(nessuna|nessun) (ulteriore|altra|altro) (comunicazione|mail|email|messaggio|contatto)",
            "non (inviarmi|inviarci|inviatemi|mandatemi|scriverci|scrivermi|ricontattarmi|contattarmi"
            "|contattarci|disturbarci|disturbarmi) ~2 (più|ulterior*|altr*|in futuro|nuovamente|$)",
            "(toglie*|togli*|tolga*|leva*|levate*|elimina*|cancella*) (mi|ci)? ~2 (da|dalla|dalle|dai"
            "|dagli|dall') ~3 (list*|elenc*|mailing|newsletter|database|contatti|invii|rubrica|"
            "indirizzario)",
            "(cancella*|rimuov*|elimina*|tolga*|toglie*|disiscriv*|cancelli|disiscri*|rimozione|depenn*)"
            " (mi|ci|il|la|i|da|dalla|immediatamente|subito|per favore|questo)? ~5 (lista|mailing list"
            "|database|indirizzo|dati|newsletter"
            "|contatto|elenco|elenchi|archivi|e-mail|mail|nominativo|rubrica|nostri archivi|vostre liste"
            "|liste|iscrizione)",
            "(cancellarmi|cancellatemi|cancellami|cancellateci|rimuovetemi|rimuovermi|toglietemi|togliermi"
            "|disiscrivermi|disiscrivetemi|eliminatemi|toglimi|rimuovimi|disiscrivimi|mi cancelli|mi tolga"
            "|mi rimuova|mi elimini|cancellarci|rimuoverci)",
            "(disiscrizione|disiscrivermi|annullare l'iscrizione|annulla* iscrizione)",
            "(cancellazione|rimozione|eliminazione) (dei|di|del|dalla|da) ~2 (miei|mio|nostri|tutti|dati"
            "|indirizzo|vostra|lista)",
            "non (mi|ci) ~1 (scriva*|scriver*|invia*|inviate*|mandi|mandate|contatti|contattate|mandare"
            "|inviare|contattare|scrivere|inviare) ~1 (più|ulterior*|mai|altre|nulla|niente|altro)",
            "non (scrivete*|scriver*|inviate*|contattate*|mandate*|contattarmi|inviarmi|mandarmi|scrivermi"
            "|inviateci|mandatemi|contattateci) ~1 (più|mai|ulterior*|altre|altro|niente)",
            "non (desidero|voglio|vogliamo|desideriamo|intendo) (più)? (ricevere|essere contattat*|più"
            " ricevere|altre|ulteriori)",
            "(smett*|smettetela|cessate|finitela|basta) (di|con) ~1 (scriver*|inviar*|mandar*|contattar*"
            "|e-mail|mail|queste|tempestar*|spammar*|inviarmi|email|messaggi)",
            "(niente|basta|nessun'altra|nessuna) (più)? (altre)? (e-mail|mail|messaggi|pubblicità|email"
            "|comunicazion*)",
            "(revoco|ritiro|nego) ~1 (consenso|mio consenso|il consenso)",
            "(mi oppongo|diritto all'oblio|diritto di (cancellazione|opposizione)|adire le vie legali|vie"
            " legali|mio (avvocato|legale)|azioni legali)",
        ),
        "angry": (
            "(scocciator*|rompiball*|importun*|seccator*)",
            "(avete|hai|ha|mi avete|ci avete) (rotto|stancato|stufato|scocciato|seccato)",
            "chi vi ha (dato|autorizzat*|permesso|fornito)",
            "(cazzo|minchia|porca|vaffanculo)",
            "(rotto|rompete|rompere) ~1 (le scatole|i coglioni|le palle|il cazzo)",
            "(ridicol*|patetic*|vergogn*|schif*|penos*) $",
            "(vergogna*|vergognate*|vergognoso|molestia|molestie|molest*|inaccettabile|indecente"
            "|scandaloso|maleducat*|stalking)",
            "(denuncio|denuncerò|denunciare|denuncia al|denunciarvi|segnalo come|segnalerò|segnalare come"
            "|segnalazione al garante|sporgere denuncia|segnalata come)",
            "(questo|questa|è|vostra mail|la vostra) ~1 (è)? ~1 (spam|spazzatura|illegale|truffa|immondizia)",
            "(smett*|smettetela|smettila|finitela|piantatela) (di (rompere|disturbare|importunare"
            "|infastidire|scocciare|assillare|spammare)|subito)",
            "(lasciate*|lasciami|lasciatemi|mi lasci|lasciateci) (in pace|stare|perdere|tranquill*)",
            "(come (osate|osa|vi permettete|si permette|ti permetti)|state scherzando|sta scherzando|mi"
            " prendete in giro|ma siete|chi vi credete)",
            "(andate*|vai|vada) (al diavolo|a quel paese|affanculo|a cagare|all'inferno)",
            "(stufo|stufa|stanco|stanchi|stufi) (di|dei|delle|del)",
            "(idiot*|imbecill*|truffator*|cretin*|rompiscatole|spammer|stronz*|buffoni|scocciator*|coglion*)",
            "(vostro|vostra|questo|questa) (spam|porcheria|schifezza|merda|robaccia|spazzatura)",
        ),
        "wrong_person": (
            "segue ~1 (gli acquisti|gli ordini|questi temi|questo tema|l'informatica|la parte)",
            "(bisogna|dovrebbe|dovete|deve|dovreste) (sentire|parlare|contattare|rivolgersi|chiedere|"
            "scrivere) ~2",
            "(decisioni|scelte|acquisti|decisione|tutto) ~6 (casa madre|sede centrale|capogruppo|"
            "headquarter|holding)",
            "(chi|colui che|persona che) ~1 (si occupa|segue|decide|gestisce|se ne occupa) ~1 (di "
            "questi|di queste|di questo|questi|queste|questo|è)",
            "non (mi|ci) (compete|spetta|riguarda)",
            "non (dipende|compete|spetta|riguarda|tocca) ~1 (a me|me|da me|mi|il mio|me decidere)",
            "(non è|non rientra) ~1 (di mia|mia|mio|nella mia|nelle mie|nel mio|compito mio|compito) ~1",
            "(di queste cose|di questo|di questi temi|di questi aspetti|questi temi|queste cose|"
            "queste decisioni|di ciò|della questione) ~1 (si occupa|se ne occupa|si occupano|le segue"
            "|li segue|le gestisce|li gestisce|decide|vengono|spettano)",
            "si occupa (il|la|un|una|solo)",
            "occupa (il|la) (collega|mio|mia|nostro|nostra|sig*|dott*|responsabile)",
            "(deve|dovrebbe|può) (parlare|rivolgersi|contattare|sentire|scrivere) ~1 (con|a|al|il|la)?",
            "non è ~1 (la persona|il referente|il responsabile|l'interlocutor*|il contatto|l'ufficio"
            "|il destinatario|più in azienda|più qui|più con noi)",
            "non (sono|siamo) ~1 (la|il|io|più) ~2 (persona|referente|responsabile|giust*|corrett*"
            "|adatt*|interlocutor*|contatto|competente|decid*|incaricat*|corrett*)",
            "non (lavoro|lavora|faccio|opero|fa|collaboro) (più) (in|per|qui|presso|parte|da|con|alla|lì"
            "|nell*)",
            "non sono più (in|dipendente|in azienda|alle|presso|responsabile|parte)",
            "non (mi occupo|ci occupiamo|gestisco|decido|è di mia competenza|è mia competenza|dipende da"
            " me|seguo|sono io|rientra nelle mie|rientra nei miei)",
            "(ho lasciato|ha lasciato) (l'azienda|la società|il ruolo|la ditta|il mio)",
            "(persona|indirizzo|destinatario|contatto|ufficio|interlocutore) (sbagliat*|errat*)",
            "(ha sbagliato|avete sbagliato|hai sbagliato) (persona|indirizzo|destinatario|ufficio)",
            "(sono|è) ~1 (in pensione|pensionato)",
            "(se ne occupa*|ne occupa|si occupa di|responsabile di|la persona giusta|la persona di"
            " riferimento|il referente|la referente|l'incaricat*|di questo si occupa|la competenza è|è"
            " seguito da) ~2",
        ),
        "elsewhere": (
            "(scriva|scrivete|scrivi|mandi|invii|inviate|mandate) ~4 (ufficio|reparto|responsabile|"
            "collega|acquisti|all'indirizzo)",
            "(le|vi|ti) (lascio|giro|do|passo|fornisco|indico) ~3 (contatto|mail|indirizzo|"
            "riferimento|riferimenti) (di|del|della|dell') (collega|mio|mia|nostr*|chi|responsabile|"
            "persona|ufficio)",
            "(contatti|contattate|contattare|scriva a|si rivolga a|rivolgersi a|parli con) (il|la)? (sig"
            "|dott|signora|signor)? <name>",
            "(contatti|contattate|contattare|scriva|scrivere|scrivete|si rivolga|rivolgersi|rivolgetevi"
            "|parli|parlare|senta|chieda|contatta|rivolgiti) ~4 (colleg*|ufficio|responsabile|direttore"
            "|direttrice|sig*|dott*|mio|mia|nostr*|capo|reparto|acquisti|l'ing*)",
            "(inoltrato|inoltro|girato|giro|trasmesso|passato|passo|trasmetto) ~4 (colleg*|ufficio|"
            "reparto|competent*|referente|acquisti|persona)",
            "(in copia|metto in copia|ho messo in copia|in cc)",
        ),
        "already_bought": (
            "(abbiamo scelto|ci siamo affidati|abbiamo optato|ci siamo rivolti|siamo passati|siamo "
            "andati) ~2 (concorrente|concorrenz*|altro|altra|un altro|un'altra)",
            "(siamo|sono) (clienti|già clienti|legati|vincolati|coperti|copert*) ~1 (di|con|a|da|$)",
            "(già|stiamo già) ~2 (utilizzando|usando|lavorando|implementando|in uso|in casa|clienti|a"
            " regime)",
            "(abbiamo appena|appena|da poco|recentemente|il mese scorso|l'anno scorso) ~2 (preso|"
            "comprato|acquistato|firmato|rinnovato|cambiato|installato|adottato|implementato|scelto|"
            "affidato|attivato|introdotto|completato)",
            "(da|affidat*|rivolt*|appoggi*|affidiamo) ~3 (fornitor* (storic*|di fiducia|abitual*|"
            "attual*)|partner di fiducia)",
            "(ne|ce n'|ce ne) (abbiamo|ho|usiamo|è) già ~1",
            "(abbiamo|usiamo|utilizziamo|lavoriamo|siamo|ci serviamo|collaboriamo|ho|disponiamo|uso"
            "|possediamo|ci appoggiamo|utilizzo) già ~2 (un|una|con|fornitore|sistema|soluzione|software"
            "|copert*|serviti|fornit*|firmato|scelto|acquistato|strumento|di|partner|comprato|preso|attiv*"
            "|a posto|dotati|nostro|questo|il|la|cio|provveduto|adottato)",
            "già (un|una|coperti|forniti|serviti|a posto|firmato|scelto|acquistato|provveduto|in uso"
            "|comprato|preso|dotati|attrezzati|clienti|contrattualizzat*)",
            "(usiamo|utilizziamo|lavoriamo con|abbiamo|uso|utilizzo|ci serviamo di|adottiamo) (già"
            "|attualmente|ora)? (con)? <name>",
            "(abbiamo|ho|avendo) ~2 (firmato|scelto|acquistato|optato|rinnovato|stipulato|comprato|deciso"
            "|affidato|preso|sottoscritto) ~3 (con|per|un|una|altro|altra|concorrente|contratto"
            "|concorrenza|da|il)",
            "(un altro|altro|un'altra|altra|diverso) (fornitore|soluzione|azienda|partner|sistema|prodotto"
            "|software) ~2",
            "(contratto|accordo) (con|in corso|fino|attivo|che scade|in essere|scade|valido|pluriennale) ~3",
            "(soddisfatti|contenti|soddisfatto|soddisfatta|ci troviamo bene|mi trovo bene|molto bene con) ~1",
            "(sviluppato|realizzato|creato|soluzione|sistema|gestionale|software) ~2 (internamente|interno"
            "|interna|in casa|proprietario|proprio)",
        ),
        "no_budget": (
            "non ~2 (approvat*|autorizzat*|stanziat*|approva|autorizza) ~3 (spes*|budget|euro|"
            "investiment*|fondi|acquist*)",
            "(cifre|cifra|prezzi|costi|spesa) ~4 (fuori|insostenibil*|inaccessibil*|proibitiv*|non "
            "sostenibil*|impensabil*|esager*)",
            "fuori ~1 (portata|budget|possibilità)",
            "(niente|zero|nemmeno un|neanche un) (soldi|budget|fondi|euro|risorse)",
            "non (ce lo|ce la|possiamo|ci) ~1 (possiamo|permettiamo|permetter*)",
            "(è|sarebbe|risulta|mi sembra|ci sembra|resta) ~2 (car*|costos*|oneros*|fuori budget|"
            "fuori portata|fuori prezzo) ~1 (per noi|per me|per le nostre|per una|rispetto|$)",
            "budget ~5 (impegnat*|assegnat*|allocat*|già definit*|chius*|zero|azzerat*|non c'è|non lo"
            " prevede|insufficient*)",
            "non (ci sono|abbiamo|c'è|disponiamo|rimangono|restano|ho) ~3 (fondi|soldi|budget|risors*"
            "|denaro|margin*|copertura)",
            "(bloccat*|congelat*|tagliat*|sospes*|fermat*|ridott*) ~3 (spes*|acquist*|investiment*|"
            "budget|fondi)",
            "(costa|costano|costerebbe|chiedete) ~1 (troppo|un po' troppo|tanto|molto|parecchio)",
            "non rientra (nel|nei) ~1 budget",
            "(prezzo|costo|costi|cifra) ~3 (alto|elevato|eccessivo|troppo)",
            "(spese|acquisti|investimenti) ~3 (bloccat*|congelat*|sospes*|tagliat*)",
            "(non|senza|nessun|mancanza di|manca il) (abbiamo|c'è|ci sono|disponiamo di|ho|è previsto"
            "|abbiamo più|c'è più|c'è il|abbiamo il)? ~1 (budget|soldi|fondi|risorse|disponibilità"
            " economica|liquidità|risorse economiche)",
            "budget ~4 (esaurito|bloccato|congelato|finito|tagliato|speso|limitato|ridotto|impegnato"
            "|terminato|non (ce)? lo)",
            "(troppo|molto|decisamente troppo|eccessivamente|un po' troppo) (caro|costoso|cara|elevato"
            "|alto|onerosa|oneroso|costosa)",
            "(fuori|oltre|supera|sfora|eccede) ~1 (budget|nostre possibilità|portata|il nostro budget)",
            "non (possiamo|posso|ce lo|riusciamo a|ci) ~1 (permetter*|possiamo permettere|permettercelo"
            "|sostenere|affrontare)",
            "(tagli|taglio|blocco|riduzione) (al|alle|del|delle|dei|di) ~1 (budget|spes*|cost*|investimenti)",
        ),
        "not_now": (
            "(forse|magari|semmai) ~1 (tra|fra|nel|l'anno|in autunno|più avanti|dopo) ~1",
            "(si faccia|fatevi|fatti|faccia) ~1 (viv*|sentire) ~2 (in|a|ad|tra|fra|dopo|nel|più avanti)",
            "(altro|altre cose|ben altro) (a cui|cui|per la testa|da fare)",
            "(provi|provate|prova|riprovi|riprovate|riprova) ~2 (tra|fra|dopo|più avanti|in|a|ad|nel|con) ~2",
            "(troppo da fare|troppo impegnat*|troppi impegni|mille cose|presi da|pieni di lavoro|"
            "carichi di lavoro|incasinat*|riorganizzazione e|in ferie fino)",
            "(quest'anno|questo trimestre|per quest'anno|per il 2026) ~2 (siamo|abbiamo|è) ~2 (pien*|"
            "a posto|chius*|complet*|già)",
            "(riparl*|risent*|ci sentiamo|sentiamoci|riaggiorn*|ricontatt*|rivalut*|ci vediamo|"
            "riprendiamo|richiam*|riscriv*|si rifaccia viv*|rifatevi viv*|fatevi risentire|si faccia "
            "risentire|ci risentiamo) ~3 (più avanti|dopo|l'anno|prossimo anno|tra|fra|in autunno|in "
            "primavera|a (gennaio|febbraio|marzo|maggio|giugno|luglio|settembre|novembre|dicembre)|ad"
            " (aprile|agosto|ottobre)|da (gennaio|settembre|ottobre)|nel|verso|passat*|altro momento)",
            "(slitt*|rimand*|rinvi*|posticip*|spost*|congel*|accanton*) ~2 (al|a|all'|alla|di|dopo|in"
            " autunno|prossim*|tutto) ~1",
            "non (è|sarebbe) ~3 (momento|periodo|prioritari*|urgent*|priorità)",
            "(tempi|tempistiche|momento) non ~3 (matur*|giust*|adatt*|ideal*|miglior*|propizi*|"
            "opportun*|favorevol*)",
            "(fino a|fino al|fino alla|fino ad|prima di|prima del|prima dell'|sino a) ~4 (non "
            "(possiamo|posso|riusciamo|se|ci|abbiamo|è|faremo|partiamo|prendiamo)|ferm*|blocc*|"
            "sospes*|congelat*|niente|impegnat*|nulla)",
            "(siamo|sono|stiamo) ~1 (a posto|bene|coperti) (così|per ora|al momento|per il momento)",
            f"{NOW} (noi|questo|la cosa|purtroppo)? ~2 (no|non|nulla|nessun*)",
            f"non ~5 {NOW}",
            "non (è|rientra|sarebbe|abbiamo) ~1 (una|la|il|tra le|nelle|un) ~1 (priorità|momento|tempo"
            "|nostre priorità|buon momento|prioritario|programma)",
            "(non prima|non se ne parla prima) (di|del|della) ~3",
            "prima (di|del|della|dell') (fine|inizio|metà|gennaio|febbraio|marzo|aprile|maggio|"
            "giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|prossim*|autunno|estate|anno|"
            "quest*) ~3 (non|niente|nulla|impossibile)",
            f"(ricontatt*|contatt*|risent*|scriv*|riscriv*|richiam*|riparl*|ripass*|riprov*|sent*|risenti*"
            f"|riprend*|aggiorn*|torn*|riferm*|rivediam*|rivedi*|valuti*) (ci|mi|il discorso|a contattar*"
            f"|l'argomento|a farsi|la cosa|ne)? ~3 {LATER}",
            "(magari|forse|eventualmente|semmai|piuttosto|se mai) ~1 (l'anno|il prossimo|più avanti|in|tra"
            "|fra|dopo|a|nel|più tardi|l'anno prossimo|con il|in autunno)",
            "(più avanti|l'anno prossimo|il prossimo anno|il prossimo trimestre|dopo l'estate|in futuro)"
            " ~1 (magari|forse|ne|si|potremmo|valuteremo|possiamo|riparliamo|riparliamone)",
            "(momento sbagliato|troppo presto|non ho tempo|non abbiamo tempo|oberat*|sommers* di|nel pieno"
            "|nel mezzo di|altre priorità|non è prioritario|rimandat*|rinviat*|in stand-by|sospeso|in"
            " pausa|non è il momento|posticipat*)",
        ),
        "not_interested": (
            "non (abbiamo|ho) ~1 (intenzione|interesse|voglia|motivo) ~1",
            "(lasci|lasciate|lascia) (perdere|stare) $",
            "non (credo|crediamo|penso|pensiamo|ritengo|riteniamo|mi pare|mi sembra) ~2 (faccia|possa"
            "|sia|serva|rientri|interess*|ci serva|utile|necessario|adatt*|opportun*)",
            "non ~1 (rientra*|corrispond*|rispecchia*) ~2 (nostre|nostri|esigenze|interessi|necessità"
            "|piani|attività|programmi|strategi*)",
            "(passiamo|passo|lasciamo perdere|lascio perdere|lasciamo stare|grazie comunque ma|no la "
            "ringrazio|niente da fare|rimaniamo così|restiamo così|ci va bene così|va bene così come)",
            "(facciamo|gestiamo|realizziamo|sviluppiamo|produciamo) ~3 (internamente|noi|in casa|in "
            "autonomia|da soli|con risorse interne)",
            "non (mi|ci|gli|le) (serve*|occorre*|convince|interessa*|attira*|è utile|sembra adatt*|"
            "sarebbe utile) ~1",
            "non (è|sono|sarebbe) (cosa)? (per noi|per me|di nostro|adatt*|in linea|nelle nostre|il "
            "nostro caso|quello che|utile|necessari*|la soluzione|un tema per noi)",
            "non (procediamo|proseguiamo|procederemo|proseguiremo|daremo seguito|diamo seguito|"
            "intendiamo|vediamo|vedo|ne vedo|ne vediamo|aderiamo|esternalizz*|investiamo in) ~2",
            "(preferiamo|preferisco|abbiamo deciso di|abbiamo scelto di|ho deciso di|deciso) non "
            "(procedere|proseguire|andare|aderire|dare|cambiare|dar)",
            "(declin*|rifiut*|scart*) ~1 (offerta|proposta|invito|l'offerta|la proposta|l'invito|"
            "cortesemente|gentilmente)",
            "non (fa|fanno) (proprio|molto)? (per|al caso) (noi|me|nostro|mio)",
            "non ~1 (alla ricerca|stiamo cercando|in cerca|cerchiamo)",
            "(restiamo|rimaniamo|continuiamo) con ~2",
            "non è (quello|ciò) che",
            "non (mi|ci|siamo|sono|è|vi è|c'è|abbiamo|ho|è di nostro|è di mio|rientra)? (più|affatto|molto"
            "|particolarmente|proprio|davvero|nel)? (interess*|di interesse|nostro interesse)",
            "(nessun|senza|alcun) interesse",
            "non (abbiamo|ho|ci|ne|c'è) ~1 (bisogno|serve|necessità|occorre|interessa|necessitiamo"
            "|necessario|fa per noi|esigenza|esigenze)",
            "non (necessitiamo|serve|ci serve|mi serve|fa per noi|cerchiamo|intendiamo|vogliamo|è"
            " rilevante|è pertinente|è quello|fa al caso|desideriamo|rientra)",
            "no (grazie|la ringrazio|vi ringrazio)",
            "(grazie ma no|grazie no|decliniamo|declino|rifiutiamo|rinunciamo|rinuncio|passo grazie|devo"
            " declinare|dobbiamo declinare)",
        ),
        **WISHES,
    },
    whole={
        "unsubscribe": (
            "(cancellami|cancellatemi|cancellazione|stop|disiscrivimi|disiscrizione|cancella|rimuovimi"
            "|rimuovetemi|disiscrivetemi|cancellarmi|disiscrivi|cancella iscrizione|toglietemi)",
        ),
        "not_interested": (
            "(no|no grazie|non interessato|non interessa|non mi interessa|nessun interesse|non interessati"
            "|grazie no)",
        ),
        "interested": (
            "(sì|si|sì grazie|certo|volentieri|interessato|interessata|va bene|certamente|sì volentieri"
            "|sì mi interessa|perfetto)",
        ),
        "not_now": (
            "(non ora|più avanti|non adesso|per ora no|non ancora|al momento no|ora no|magari più avanti"
            "|più tardi)",
        ),
        "no_budget": (
            "(troppo caro|niente budget|nessun budget|troppo costoso|non c'è budget|senza budget)",
        ),
        "wrong_person": (
            "(persona sbagliata|indirizzo sbagliato|ha sbagliato persona|destinatario sbagliato|non sono io)",
        ),
        "question": ("(prezzo|prezzi|quanto costa|costo|costi|quanto|il prezzo)",),
        "meeting": ("(mi chiami|chiamami|chiamatemi|sentiamoci|mi richiami|parliamone)",),
        "angry": ("(spam|vergogna|vergognatevi|lasciatemi in pace|truffatori|spazzatura)",),
        "already_bought": (
            "(già fatto|abbiamo già|ce l'abbiamo già|già coperti|già acquistato|già provveduto)",
        ),
    },
    not_before="non,mai,senza,nessun*,né,neanche,nemmeno",
    not_after="",
    only_if="se,qualora,quando,nel caso,a meno che",
)
