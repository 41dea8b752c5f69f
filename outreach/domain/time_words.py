"""The words for times in eight languages, each with the English words that say the same: "in zwei Monaten"."""

from __future__ import annotations

from collections.abc import Mapping

# What a language says in place of the English words on the left; without accents, `_` where a word may go on.
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {},
    "de": {
        "a": "ein|eine|einem|einer|einen", "two": "zwei", "three": "drei", "four": "vier",
        "five": "funf|fuenf",
        "six": "sechs", "seven": "sieben", "eight": "acht", "nine": "neun", "ten": "zehn",
        "twelve": "zwolf|zwoelf",
        "day": "tag|tage|tagen", "week": "woche|wochen", "month": "monat|monats|monate|monaten",
        "quarter": "quartal|quartals|quartale|quartalen", "year": "jahr|jahres|jahre|jahren",
        "in": "im|in den|in der",
        "within": "innerhalb|innerhalb von|binnen|innerhalb der|in den nachsten|in den naechsten",
        "by": "bis|bis zum|bis zur|bis im|spatestens|bis spatestens|zum|ab|ab dem|vor|vor dem",
        "after the": "nach dem|nach den|nach der",
        "next": "nachst_|naechst_|kommend_", "this": "dies_|laufend_", "new year": "neuen jahr|neues jahr",
        "first": "erst_",
        "second": "zweit_", "third": "dritt_", "fourth": "viert_",
        "end of": "ende|ende des|ende der|zum ende des",
        "beginning of": "anfang|zu beginn|beginn|anfang des|zu beginn des", "middle of": "mitte|mitte des",
        "year-end": "jahresende|zum jahresende|bis jahresende|bis zum jahresende",
        "month end": "monatsende|zum monatsende",
        "quarter end": "quartalsende|zum quartalsende", "half a year": "einem halben jahr|ein halbes jahr",
        "spring": "fruhjahr|fruehjahr|fruhling|fruehling", "summer": "sommer|sommers", "autumn": "herbst",
        "winter": "winter",
        "after the summer": "nach dem sommer|nach den sommerferien|nach der sommerpause|nach den"
            " sommermonaten",
        "fiscal year": "geschaftsjahr_|geschaeftsjahr_|wirtschaftsjahr_|haushaltsjahr_", "new": "neu_",
        "tomorrow": "morgen",
        "asap": "sofort|umgehend|so schnell wie moglich|schnellstmoglich|so bald wie moglich"
            "|baldmoglichst|unverzuglich|asap"
                "|moglichst schnell|moglichst bald|heute|so schnell wie moeglich",
        "january": "januar|janner|jan", "february": "februar|feber", "march": "marz|maerz", "may": "mai",
        "june": "juni",
        "july": "juli", "october": "oktober|okt", "december": "dezember|dez",
        "monday": "montag", "tuesday": "dienstag", "wednesday": "mittwoch", "thursday": "donnerstag",
        "friday": "freitag",
        "on": "am",
    },
    "hu": {
        "a": "egy", "two": "ket|ketto", "three": "harom", "four": "negy", "five": "ot", "six": "hat",
        "eight": "nyolc",
        "nine": "kilenc", "ten": "tiz", "twelve": "tizenket",
        "day": "nap|napon|napja", "week": "het|heten|hetben", "month": "honap|honapban|honapon",
        "quarter": "negyedev|negyedevben|negyedevre", "year": "ev|evben|even|evre",
        "next week": "jovo heten|jovo hetre|a kovetkezo heten",
        "next month": "jovo honapban|kovetkezo honapban|jovo honapra",
        "next quarter": "jovo negyedevben|kovetkezo negyedevben|kovetkezo negyedevre|a jovo negyedevben",
        "next year": "jovore|jovo evben|jovo ev|a kovetkezo evben|jovo evre",
        "this year": "iden|ebben az evben",
        "this week": "ezen a heten|a heten", "this month": "ebben a honapban",
        "this quarter": "ebben a negyedevben",
        "first": "elso", "second": "masodik", "third": "harmadik", "fourth": "negyedik", "the": "a|az",
        "end of year": "ev vegen|ev vegeig|ev vegere|ev vege|az ev vegen|az ev vegeig|az ev vegere",
        "end of month": "honap vegen|honap vegeig|honap vegere|ho vegen",
        "half a year": "fel ev|felev|fel ev mulva|felev mulva|fel even belul", "now": "most azonnal",
        "in spring": "tavasszal|tavaszra", "in summer": "nyaron|nyarra", "in autumn": "osszel|oszre",
        "in winter": "telen|telre",
        "after the summer": "nyar utan|a nyar utan|nyari szunet utan|nyari szabadsagok utan|a nyari"
            " szunet utan",
        "fiscal year": "penzugyi ev|uzleti ev|uzleti evben", "new": "uj", "tomorrow": "holnap",
        "asap": "azonnal|minel elobb|mielobb|a leheto leghamarabb|surgosen|most rogton|minel hamarabb|ma",
        "in january": "januarban|januarra|januartol", "in february": "februarban|februarra",
        "in march": "marciusban|marciusra",
        "in april": "aprilisban|aprilisra", "in may": "majusban|majusra", "in june": "juniusban|juniusra",
        "in july": "juliusban|juliusra", "in august": "augusztusban|augusztusra",
        "in september": "szeptemberben|szeptemberre|szeptembertol",
        "in october": "oktoberben|oktoberre", "in november": "novemberben|novemberre",
        "in december": "decemberben|decemberre",
        "january": "januar", "february": "februar", "march": "marcius", "april": "aprilis", "may": "majus",
        "june": "junius",
        "july": "julius", "august": "augusztus", "september": "szeptember", "october": "oktober",
        "on monday": "hetfon", "on tuesday": "kedden", "on wednesday": "szerdan",
        "on thursday": "csutortokon", "on friday": "penteken",
    },
    "fr": {
        "a": "un|une", "two": "deux", "three": "trois", "four": "quatre", "five": "cinq", "seven": "sept",
        "eight": "huit",
        "nine": "neuf", "ten": "dix", "twelve": "douze",
        "day": "jour|jours", "week": "semaine|semaines", "month": "mois",
        "quarter": "trimestre|trimestres", "year": "an|ans|annee|annees",
        "next week": "la semaine prochaine|semaine prochaine",
        "next month": "le mois prochain|mois prochain",
        "next quarter": "le trimestre prochain|au prochain trimestre|prochain trimestre|le prochain"
            " trimestre|au trimestre prochain",
        "next year": "l'annee prochaine|l'an prochain|annee prochaine|an prochain|l'an qui vient",
        "this": "ce|cette|cet", "in": "en|dans|au|au mois de|courant|dans le courant de|au cours de",
        "within": "d'ici|sous|dans les|d'ici a",
        "by": "avant|jusqu'en|jusqu'au|jusqu'a|des|a partir de|vers|d'ici le|d'ici la|pour",
        "the": "le|la|les|l'",
        "end of": "fin|la fin de|la fin du|a la fin de|a la fin du|fin de|fin du",
        "beginning of": "debut|au debut de|debut de|au debut du", "middle of": "mi|a la mi|milieu de",
        "first": "premier|1er", "second": "deuxieme|second|2eme|2e", "third": "troisieme|3eme|3e",
        "fourth": "quatrieme|dernier|4eme|4e",
        "half a year": "six mois", "spring": "printemps", "summer": "ete|l'ete",
        "autumn": "automne|l'automne", "winter": "hiver|l'hiver",
        "after the summer": "apres l'ete|a la rentree|la rentree|apres les vacances d'ete|apres les"
            " grandes vacances",
        "next fiscal year": "prochain exercice|nouvel exercice|prochain exercice fiscal|exercice suivant",
        "tomorrow": "demain",
        "asap": "des que possible|au plus vite|immediatement|tout de suite|le plus vite possible|le"
            " plus rapidement possible|au plus tot"
                "|de toute urgence|aujourd'hui",
        "january": "janvier", "february": "fevrier", "march": "mars", "april": "avril", "may": "mai",
        "june": "juin", "july": "juillet",
        "august": "aout", "september": "septembre", "october": "octobre", "november": "novembre",
        "december": "decembre",
        "q1": "t1", "q2": "t2", "q3": "t3", "q4": "t4",
        "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi", "thursday": "jeudi",
        "friday": "vendredi",
    },
    "es": {
        "a": "un|una", "two": "dos", "three": "tres", "four": "cuatro", "five": "cinco", "six": "seis",
        "seven": "siete", "eight": "ocho",
        "nine": "nueve", "ten": "diez", "twelve": "doce",
        "day": "dia|dias", "week": "semana|semanas", "month": "mes|meses",
        "quarter": "trimestre|trimestres", "year": "ano|anos",
        "next week": "la semana que viene|la proxima semana|proxima semana|la semana proxima",
        "this": "este|esta",
        "next month": "el mes que viene|el proximo mes|proximo mes|el mes proximo",
        "next quarter": "el trimestre que viene|el proximo trimestre|proximo trimestre",
        "next year": "el ano que viene|el proximo ano|proximo ano|ano que viene|el ano proximo",
        "in": "en|dentro de|durante", "within": "en los proximos|en las proximas|en el plazo de",
        "the": "el|la|los|las",
        "by": "antes de|antes del|para|hasta|a partir de|para el|para la|hacia|a partir del|desde",
        "end of": "final de|finales de|fin de|finales del|final del|a finales de|a finales del|a final de",
        "beginning of": "principios de|principio de|a principios de|inicios de|comienzos de|a principios del",
        "middle of": "mediados de|a mediados de|mediados del", "half a year": "medio ano|seis meses",
        "first": "primer|primero", "second": "segundo", "third": "tercer|tercero",
        "fourth": "cuarto|ultimo",
        "spring": "primavera", "summer": "verano", "autumn": "otono", "winter": "invierno",
        "after the summer": "despues del verano|tras el verano|pasado el verano|despues de verano|a la"
            " vuelta del verano|a la vuelta de vacaciones",
        "next fiscal year": "proximo ejercicio|el proximo ejercicio|nuevo ejercicio|el siguiente ejercicio",
        "asap": "lo antes posible|cuanto antes|inmediatamente|de inmediato|ya mismo|urgentemente|lo mas"
            " pronto posible|hoy",
        "january": "enero", "february": "febrero", "march": "marzo", "april": "abril", "may": "mayo",
        "june": "junio", "july": "julio",
        "august": "agosto", "september": "septiembre|setiembre", "october": "octubre",
        "november": "noviembre", "december": "diciembre",
        "monday": "lunes", "tuesday": "martes", "wednesday": "miercoles", "thursday": "jueves",
        "friday": "viernes",
    },
    "it": {
        "a": "un|una|uno", "two": "due", "three": "tre", "four": "quattro", "five": "cinque", "six": "sei",
        "seven": "sette", "eight": "otto",
        "nine": "nove", "ten": "dieci", "twelve": "dodici",
        "day": "giorno|giorni", "week": "settimana|settimane", "month": "mese|mesi",
        "quarter": "trimestre|trimestri", "year": "anno|anni",
        "next week": "la prossima settimana|la settimana prossima|prossima settimana|settimana prossima",
        "next month": "il mese prossimo|il prossimo mese|mese prossimo|prossimo mese",
        "next quarter": "il prossimo trimestre|nel prossimo trimestre|prossimo trimestre|trimestre prossimo",
        "next year": "l'anno prossimo|il prossimo anno|anno prossimo|prossimo anno|con l'anno nuovo",
        "this": "questo|questa|quest'",
        "in": "tra|fra|nel|nella|a|ad", "within": "entro|nei prossimi|nelle prossime|entro i prossimi",
        "the": "il|la|lo|i|gli|le|l'",
        "by": "entro il|prima di|fino a|da|dal|dopo il|per|verso|entro la|a partire da",
        "end of": "fine|fine di|la fine di|la fine del|fine del|alla fine di|alla fine del|la fine"
            " dell'|fine dell'",
        "beginning of": "inizio|inizio di|all'inizio di|inizi di|all'inizio del|inizio del",
        "middle of": "meta|a meta|meta di",
        "half a year": "sei mesi|mezzo anno|sei mesi", "first": "primo", "second": "secondo",
        "third": "terzo", "fourth": "quarto|ultimo",
        "spring": "primavera", "summer": "estate", "autumn": "autunno", "winter": "inverno",
        "after the summer": "dopo l'estate|passata l'estate|dopo le ferie|dopo le vacanze estive|dopo"
            " le ferie estive",
        "next fiscal year": "prossimo esercizio|nuovo esercizio", "tomorrow": "domani",
        "asap": "il prima possibile|al piu presto|subito|immediatamente|quanto prima|urgentemente"
            "|appena possibile|oggi",
        "january": "gennaio", "february": "febbraio", "march": "marzo", "april": "aprile", "may": "maggio",
        "june": "giugno", "july": "luglio",
        "august": "agosto", "september": "settembre", "october": "ottobre", "november": "novembre",
        "december": "dicembre",
        "monday": "lunedi", "tuesday": "martedi", "wednesday": "mercoledi", "thursday": "giovedi",
        "friday": "venerdi",
    },
    "nl": {
        "a": "een", "two": "twee", "three": "drie", "four": "vier", "five": "vijf", "six": "zes",
        "seven": "zeven", "eight": "acht",
        "nine": "negen", "ten": "tien", "twelve": "twaalf",
        "day": "dag|dagen", "week": "week|weken", "month": "maand|maanden",
        "quarter": "kwartaal|kwartalen", "year": "jaar|jaren",
        "next": "volgend_|komend_|aanstaand_", "this": "dit|deze", "in": "in|over|in het",
        "within": "binnen|in de komende|binnen de komende",
        "by": "voor|tot|vanaf|voor het|uiterlijk|tegen|voor de", "the": "het|de",
        "end of": "eind|einde|einde van|eind van|het einde van",
        "beginning of": "begin|begin van|het begin van",
        "middle of": "half|medio|midden", "first": "eerste", "second": "tweede", "third": "derde",
        "fourth": "vierde|laatste",
        "half a year": "half jaar|een half jaar|halfjaar|zes maanden", "spring": "voorjaar|lente",
        "summer": "zomer", "autumn": "najaar|herfst",
        "winter": "winter",
        "after the summer": "na de zomer|na de zomervakantie|na de vakantie|na de zomerperiode",
        "fiscal year": "boekjaar", "new": "nieuw_", "tomorrow": "morgen",
        "year-end": "jaareinde|het einde van het jaar",
        "asap": "zo snel mogelijk|zo spoedig mogelijk|direct|onmiddellijk|meteen|per direct|vandaag|zsm",
        "january": "januari", "february": "februari", "march": "maart", "may": "mei", "june": "juni",
        "july": "juli", "august": "augustus",
        "october": "oktober", "monday": "maandag", "tuesday": "dinsdag", "wednesday": "woensdag",
        "thursday": "donderdag",
        "friday": "vrijdag", "on": "op",
    },
    "pl": {
        "two": "dwa|dwoch|dwie", "three": "trzy|trzech", "four": "cztery|czterech", "five": "piec|pieciu",
        "six": "szesc|szesciu",
        "ten": "dziesiec", "twelve": "dwanascie", "day": "dzien|dni",
        "week": "tydzien|tygodnie|tygodni|tygodniu|tygodnia",
        "month": "miesiac|miesiace|miesiecy|miesiacu|miesiaca",
        "quarter": "kwartal|kwartale|kwartalu|kwartaly", "year": "rok|roku|lata|lat",
        "in a week": "za tydzien", "in a month": "za miesiac", "in a year": "za rok",
        "in half a year": "za pol roku",
        "half a year": "pol roku", "next": "przyszl_|nastepn_|kolejn_", "this": "tym|tego|biezac_|ten",
        "in": "w|we|za|na", "within": "w ciagu|w ciagu najblizszych|w ciagu nastepnych|w najblizszych",
        "by": "do|przed|od|okolo|po",
        "end of": "koniec|konca|koncem|pod koniec|koncu|z koncem",
        "beginning of": "poczatek|poczatku|poczatkiem", "middle of": "polowa|polowie|polowy",
        "first": "pierwsz_|i", "second": "drug_|ii", "third": "trzeci_|iii",
        "fourth": "czwart_|iv|ostatni_",
        "in spring": "wiosna|na wiosne", "in summer": "latem|w lecie", "in autumn": "jesienia|na jesien",
        "in winter": "zima",
        "after the summer": "po wakacjach|po lecie|po sezonie urlopowym",
        "fiscal year": "roku obrotowym|rok obrotowy|roku budzetowym|rok budzetowy",
        "new": "nowym|nowy", "tomorrow": "jutro",
        "asap": "jak najszybciej|natychmiast|od razu|pilnie|najszybciej jak sie da|od zaraz"
            "|niezwlocznie|dzis|dzisiaj",
        "january": "styczen|stycznia|styczniu", "february": "luty|lutego|lutym",
        "march": "marzec|marca|marcu", "april": "kwiecien|kwietnia|kwietniu",
        "may": "maj|maja|maju", "june": "czerwiec|czerwca|czerwcu", "july": "lipiec|lipca|lipcu",
        "august": "sierpien|sierpnia|sierpniu",
        "september": "wrzesien|wrzesnia|wrzesniu", "october": "pazdziernik|pazdziernika|pazdzierniku",
        "november": "listopad|listopada|listopadzie", "december": "grudzien|grudnia|grudniu",
        "monday": "poniedzialek", "tuesday": "wtorek", "wednesday": "srode|sroda", "thursday": "czwartek",
        "friday": "piatek",
    },
}  # fmt: skip

# What makes a time that is stated in the same sentence the time of purchase; without accents.
BUYING: Mapping[str, str] = {
    "en": r"buy|buying|purchase|purchasing|order|ordering|decide|deciding|decision|implement"
    r"|implementing|roll(?:ing)? out"
    r"|go live|going live|introduce|introducing|switch|switching|start(?:ing)? (?:with|using|the project)"
    r"|replace|replacing"
    r"|invest|investing|procure|budget (?:is|will be) (?:available|approved|released)|need (?:it|this|one"
    r"|a|an|something|to have)"
    r"|looking to (?:start|buy|have)|sign|deploy|in place",
    "de": r"kauf\w*|beschaff\w*|anschaff\w*|bestell\w*|entscheid\w*|einfuhr\w*|einfuehr\w*|umstell\w*"
    r"|umsteig\w*|brauch\w*|benotig\w*"
    r"|benoetig\w*|investier\w*|ersetz\w*|ablos\w*|abloes\w*|umsetz\w*|implementier\w*|erwerb\w*"
    r"|beauftrag\w*|budget (?:wird|ist|steht)",
    "hu": r"vasarol\w*|venni|vennenk|vesszuk|veszunk|vennek|megvenn\w*|megvasarol\w*|dont\w*|dontes\w*"
    r"|bevezet\w*|beszerez\w*|beszerz\w*"
    r"|rendel\w*|megrendel\w*|szuksegunk|szuksegem|kellene|kell nekunk|vezetn\w* be|vezetun\w* be|vezetjuk"
    r" be|lecserel\w*|valtan\w*|valtunk|beruhaz\w*|szeretnenk elindit\w*",
    "fr": r"achet\w*|achat\w*|command\w*|decid\w*|decision|besoin|investi\w*|deploy\w*|deploi\w*|mettre"
    r" en place|mise en place|remplac\w*"
    r"|acquer\w*|changer|budget (?:sera|est) (?:disponible|valide|debloque)|equip\w*|signer|choisir|choix",
    "es": r"compr\w*|adquirir|adquisicion|decid\w*|decision\w*|implement\w*|implant\w*|necesit\w*"
    r"|contratar\w*|pedir|pedido|invertir\w*|inversion"
    r"|cambiar\w*|sustituir\w*|reemplaz\w*|presupuesto (?:estara|esta|se aprueba)|poner en marcha",
    "it": r"compr\w*|acquist\w*|decid\w*|decision\w*|decider\w*|implement\w*|bisogno|ci serve|mi serve"
    r"|ordin\w*|investi\w*|sostitui\w*|introdu\w*"
    r"|cambi\w*|adott\w*|necessit\w*|budget (?:sara|e) (?:disponibile|approvato)|serv\w*",
    "nl": r"kop\w*|kopen|koop|aanschaf\w*|aan te schaffen|schaffen|beslis\w*|beslui\w*|bestel\w*"
    r"|invoer\w*|implement\w*|nodig|invester\w*|vervang\w*"
    r"|overstap\w*|overstappen|aankoop|budget (?:komt|is) (?:vrij|beschikbaar)|kiezen|keuze",
    "pl": r"kupi\w*|kupn\w*|zakup\w*|zamowi\w*|zamawia\w*|decyzj\w*|zdecyduj\w*|decydow\w*|podejm\w*"
    r"|wdroz\w*|wdraza\w*|potrzebuj\w*|potrzebn\w*"
    r"|inwest\w*|wymieni\w*|wybierz\w*|wybor\w*|nabyc|nabed\w*|uruchom\w*",
}

# A time that no calendar knows: whoever buys then buys when nobody can tell.
SOME_DAY: Mapping[str, str] = {
    "en": r"some ?day|one day|eventually|at some (?:point|stage|time)|some time in the future|in the"
    r" (?:distant )?future|in the long (?:run|term)"
    r"|sooner or later|further down the (?:road|line)|down the (?:road|line)|in a few (?:years|months)|in"
    r" the years to come|sometime",
    "de": r"irgendwann(?: einmal| mal)?|eines tages|langfristig|auf lange sicht|fruher oder spater|in"
    r" ferner zukunft|in der zukunft|in zukunft"
    r"|perspektivisch|mittelfristig|in ein paar jahren|in einigen (?:jahren|monaten)",
    "hu": r"valamikor|egyszer majd|majd egyszer|majd valamikor|idovel|hosszu tavon|elobb[- ]utobb|a"
    r" tavoli jovoben|a jovoben|par ev mulva|nehany ev mulva"
    r"|egy szep napon|kesobb valamikor",
    "fr": r"un jour(?: ou l'autre)?|a terme|tot ou tard|a long terme|a l'avenir|dans le futur|un de ces"
    r" jours|dans quelques (?:annees|mois)|a moyen terme",
    "es": r"algun dia|en algun momento|a largo plazo|tarde o temprano|en el futuro|en un futuro(?:"
    r" lejano)?|mas adelante|con el tiempo|dentro de unos anos",
    "it": r"un giorno(?: o l'altro)?|prima o poi|a lungo termine|in futuro|in un futuro(?: lontano)?"
    r"|col tempo|con il tempo|tra qualche anno|fra qualche anno",
    "nl": r"ooit(?: eens)?|op (?:een|zekere) dag|op termijn|op de lange termijn|vroeg of laat|in de"
    r" toekomst|te zijner tijd|over een paar jaar|op den duur",
    "pl": r"kiedys|w przyszlosci|predzej czy pozniej|docelowo|z czasem|w dalszej perspektywie"
    r"|dlugoterminowo|za kilka lat|pewnego dnia",
}

# What takes back, or leaves open, what a sentence says on a time of purchase.
DOUBT: Mapping[str, str] = {
    "en": r"not|no|nor|never|nothing|cannot|\w+n't|without|if|unless|whether|when|maybe|perhaps|might"
    r"|possibly|unsure|depends|ago|last"
    r"|since|more than|longer than|at least|later than|earliest|after|past|already",
    "de": r"nicht|kein\w*|nie|ohne|wenn|falls|ob|vielleicht|eventuell|moglicherweise|vor|seit|letzt\w*"
    r"|mehr als|mindestens|fruhestens"
    r"|nach|bereits|schon",
    "hu": r"nem|nincs\w*|sem|soha|nelkul|ha|talan|esetleg|lehet|ota|ezelott|tavaly|mult|tobb mint"
    r"|legalabb|legkorabb\w*|utan|mar",
    "fr": r"ne|n|pas|jamais|sans|si|peut-etre|eventuellement|il y a|depuis|dernier|derniere|plus de|au"
    r" moins|apres|deja|lorsque|quand",
    "es": r"no|nunca|sin|si|quizas?|tal vez|hace|desde|pasado|pasada|mas de|al menos|como minimo"
    r"|despues|tras|ya|cuando",
    "it": r"non|mai|senza|se|forse|magari|eventualmente|fa|scorso|scorsa|da quando|piu di|almeno|dopo"
    r"|gia|quando",
    "nl": r"niet|geen|nooit|zonder|als|indien|misschien|wellicht|eventueel|geleden|sinds|vorig\w*|meer"
    r" dan|minstens|na|al|wanneer",
    "pl": r"nie|nigdy|bez|jesli|jezeli|gdy|czy|moze|ewentualnie|temu|zeszl\w*|ponad|co najmniej|po|juz"
    r"|kiedy|ubiegl\w*",
}
