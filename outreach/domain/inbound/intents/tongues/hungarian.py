"""What people say in Hungarian replies."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue

DAY = "(hétfő*|kedd*|szerd*|csütörtök*|péntek*|holnap*)"
NOW = (
    "(jelenleg|most|egyelőre|pillanatnyilag|idén|ebben az évben|még|mostanában|ebben a negyedévben|e"
    " pillanatban|jelen pillanatban)"
)
LATER = (
    "(ősszel|tavasszal|nyáron|nyár után|télen|jövőre|később|jövő*|január*|február*|március*|április*"
    "|május*|június*|július*"
    "|augusztus*|szeptember*|október*|november*|december*|múlva|újra|ismét|negyedév*|q1|q2|q3|q4|év"
    " végén|egy hónap*|két"
    "|fél év*|pár|néhány|három|hat|a nyár*|a jövő*|az év*|a következő|következő)"
)

HUNGARIAN = Tongue(
    code="hu",
    phrases={
        "unsubscribe": (
            "(törölnék|törölné|törölnének|levennének|leszednének) ~3 (e-mail*|cím*|adat*|list*|engem|nevem*)",
            "(leiratkoz*|leiratkoznék|iratkozzanak le|feliratkozás* törl*)",
            "(töröljenek|töröljön|töröljék|töröljétek|törölje|törölj|vegyenek|vegyen|vegyék|vegyél"
            "|távolítsanak|távolítsák) ~3 (le|ki|címlist*|list*"
            "|adatbázis*|címem*|adataim*|e-mail címem*|nyilvántartás*|engem|rendszer*|névjegy*"
            "|hírlevél*|azonnal)",
            "(töröljenek|töröljetek) (ki|engem|azonnal|a|az|kérem|minket)",
            "(kérem|kérjük|szeretném|kérném|kérnénk) ~2 (törölni|törlését|törlésemet|törlésünket"
            "|eltávolítani)",
            "(adataim|adataink|címem|adatok|e-mail címem|elérhetőségem|személyes adataim) ~2 (törlés*"
            "|eltávolítás*)",
            "(ne|többé ne|soha többé ne|többet ne|mostantól ne) (írjanak|írjon|írj|küldjenek|küldjön"
            "|küldj|küldjetek|keressenek|keressen|zaklassanak"
            "|zaklasson|zavarjanak|zavarjon|levelezzenek) ~2 (több*|nekem|ilyen*|engem|e-mail*|levele*"
            "|üzenete*|semmi*|reklám*|hírlevel*|többé|többet|újra|ide|$)",
            "(többé|többet|soha többé|soha többet) ~1 ne (írjanak|írjon|küldjenek|küldjön|keressenek"
            "|keressen|zaklassanak)",
            "(nem) (szeretnék|kérek|akarok|kívánok|kérünk|szeretnénk) (több|többé|többet|ilyen|további)"
            " ~2 (levele*|e-mail*|mail*|hírlevel*|üzenet*"
            "|megkeresés*|kapni|reklám*|értesítés*)",
            "nem (járulok|járultam|járulunk) hozzá",
            "(visszavonom|tiltakozom|megtiltom) ~3 (hozzájárul*|adat*|kezelés*|hogy)",
            "(jogi (útra|lépés*)|ügyvéd*|naih*|adatvédelmi hatóság*)",
            "(hagyják|fejezzék|fejezze|hagyja) abba ~2 (küld*|levél*|írás*|levelek*|$)",
        ),
        "angry": (
            "elég ~1 (már|volt|legyen)",
            "(kéretlen|szemét*) (levél*|levele*|reklám*|szemét*|e-mail*)",
            "(zaklatás|zaklatnak|zaklatják|felháborító*|szégyen*|pofátlan*|arcátlan*|szemtelen*|arcátlanság)",
            "(feljelent*|fel fogom jelenteni|fogom jelenteni|jelentem|bejelentem|panaszt teszek"
            "|feljelentést teszek|jelenteni fogom)",
            "(hagyjanak|hagyjon|hagyj|hagyjatok) (már)? (engem|minket)? (már)? (békén|béként|már)",
            "(ez|ezek|az önök levele*) ~1 (spam|szemét|kéretlen|törvénytelen|illegális|jogsértő|bosszantó)",
            "(spammel*|kéretlen (reklám*|levél*|levele*)|ezzel a (szemét*|baromság*|hülyeség*|spam*"
            "|marhaság*))",
            "(takarodj*|menjenek a (fenébe|pokolba|francba)|kopjanak le|húzzanak el|szálljanak le rólam"
            "|idióták|hülyék|szarság|barmok|csalók)",
            "(elegem van|elég volt|unom már|tele a hócip*)",
            "(hogy (merik|merészel*|képzelik)|mit képzel*|viccelnek)",
        ),
        "wrong_person": (
            "(én csak|csak) ~2 vagyok",
            "(illetékes|felelős|kompetens) ~3 <name>",
            "(nem az én) ~1 (területem|hatásköröm|asztalom)",
            "(nem) (én|hozzám|hozzánk|az én|a mi|rám) (foglalkozom|vagyok|tartozik|döntök|tartoznak"
            "|felelek|területem|hatásköröm"
            "|feladatom|intézem|kompetenciám|asztalom|döntésem)",
            "nem (vagyok|én vagyok|ő) ~2 (illetékes|felelős|megfelelő|jó|kompetens|az illetékes|a megfelelő)",
            "(már|többé) (nem) (itt|ott|én|a|ennél|ő)? ~2 (dolgoz*|foglalkoz*|tartozik|vagyok)",
            "(nem) (dolgozom|dolgozik) (már|itt|ott|többé|ennél|a cégnél)",
            "(eljöttem|elment|kiléptem|kilépett|távozott|nyugdíjba|nyugdíjas|munkahelyet váltott*"
            "|elhagyta) ~3 (cég*|vállalat*|ment*|vonult*|onnan|munkahely*|vagyok)?",
            "(rossz|téves|nem megfelelő|nem a megfelelő|nem jó) (személy*|címre|embernek|helyre"
            "|címzett*|ember*|helyen)",
            "(ezzel|ezekkel|a témával|ezért|erről|ebben|a beszerzéssel|ilyesmivel) ~5 (foglalkozik"
            "|illetékes|felelős|felel|dönt|foglalkoznak|intézi)",
            "(illetékes|kompetens|felelős) (kolléga*|személy*|nálunk|munkatárs*|ebben)",
            "nem én (foglalkozom|döntök|intézem|vagyok|kezelem)",
        ),
        "elsewhere": (
            "(keresse|keressék|forduljon|forduljanak|kérdezze) ~1 <name>",
            "(keresse|keressék|forduljon|forduljanak|írjon|írjanak|hívja|hívják|érdeklődjön|kérdezze)"
            " ~3 (kolléga*|kollégá*|munkatárs*|kolléganő*|vezető*|igazgató*|osztály*|főnök*|címre"
            "|helyette*)",
            "(keresse|keressék|forduljon|forduljanak) ~1 (őt|hozzá|inkább|bizalommal)",
            "(továbbítottam|továbbítom|átküldtem|átadtam) ~3 (kollég*|illetékes*|neki|beszerz*|osztály*"
            "|munkatárs*)",
            "(másolatban|cc-ben|cc-be)",
            "(ő|kollégám|kolléganőm) (intézi|foglalkozik|dönt|felel*)",
        ),
        "already_bought": (
            "már (vettünk|vásároltunk|van|megvan|szerződtünk|másik|másikat|mást|döntöttünk|rendelkezünk"
            "|beszereztünk|használunk|megvettük|választottunk"
            "|bevezettünk|bevezettük|megoldottuk|megrendeltük|megoldott|használjuk|aláírtuk"
            "|elköteleztük|kiválasztottuk|dolgozunk) ~3 (ilyen*|megoldás*|szállító*|rendszer*|partner*"
            "|szerződés*|másik*|egy*"
            "|másra|más|mellett|magunkat|cég*|valaki*|program*|szoftver*|hasonló*|$)?",
            "(más|mást|másik|másikat|konkurens|másik cég*|egy másik|más cég*|a konkurenci*"
            "|versenytárs*) ~2 (választott*|mellett|döntött*|szerződt*|vettünk|vásárolt*|használ*|céget"
            "|szállító*|megoldás*)",
            "(szerződtünk|szerződést kötöttünk|megállapodtunk|leszerződtünk|szerződésünk van|szerződött*) ~4",
            "(szerződés*) ~4 (van|szól|érvényes|tart|lejár*|köt)",
            "(saját|házon belül|belső) ~1 (fejlesztés*|rendszer*|megoldás*|szoftver*|fejleszt*)",
            "(elégedettek|elégedett) (vagyunk|vagyok) ~2",
            "(rendelkezünk|dolgozunk|használunk|használjuk) (már|jelenleg|egy) ~2 (ilyen*|rendszer*"
            "|megoldás*|szoftver*|hasonló*|partner*|$)?",
        ),
        "no_budget": (
            "(nem fér|nem férne) ~1 (bele)",
            "(költségvetés*|keret*|büdzsé*|pénz*|budget*) ~4 (nem|nincs|elfogyott)",
            "(drága|drágállom|drágálljuk|sokba kerül)",
            "(nincs|nincsen|nincsenek|nem áll|sincs|nem marad*) ~3 (keret*|költségvetés*|budget*"
            "|büdzsé*|pénz*|forrás*|fedezet*|anyagi*|költségkeret*)",
            "(keret*|budget*|büdzsé*|költségvetés*|forrás*) ~2 (elfogyott|kimerült|nincs|befagyaszt*"
            "|zárol*|felhasznál*|betelt|nem engedi|megvont*)",
            "(túl|nagyon|kicsit|sajnos|elég|igen) (drága|drágák|magas ~1 ár*|költséges|borsos)",
            "(nem) (engedhetjük|engedhetem|tudjuk|tudom|fér) ~2 (meg magunk*|megfizetni|finanszírozni|bele)",
            "(megszorítás*|spórol*|takarékosk*|költségcsökkent*)",
        ),
        "not_now": (
            f"{NOW} (sajnos|még)? ~3 (nem|nincs|nincsen|nincsenek|sajnos nem)",
            "(nem|nincs) (aktuális|időszerű|téma|kapacitás*|időnk|idő|terv*|prioritás|napirenden"
            "|alkalmas|sürgős)",
            "(keress*|jelentkezz*|írj*|hívj*|térjünk|térjenek|térjen|próbál*|érdeklődj*|visszatér*"
            f"|megkeres*|nézzünk|nézzük|kérdez*) ~3 {LATER}",
            f"{LATER} ~4 (keress*|jelentkezz*|írj*|hívj*|térjünk|térjenek|vissza|próbál*|érdeklődj*"
            "|visszatér*|aktuális|beszéljünk|megkeres*|újra|nézzük)",
            "(talán|esetleg|lehet hogy|majd) (jövőre|később|ősszel|tavasszal|egy év*|az év*|január*|a"
            " következő|jövő*)",
            "(nem) ~1 (előtt) ~2",
            "(korai|túl korai|rossz időpont|rossz időzítés|nem jó időpont|nem a legjobb|elhalaszt*"
            "|halaszt*|csúszik|későbbre)",
            "(rengeteg|nagyon sok|túl sok) ~2 (munka*|dolgunk|feladat*|elfoglalt*)",
        ),
        "not_interested": (
            "nem tart* ~1 igényt",
            "(maradunk|maradnánk) (a|ennél|az|jelenlegi) ~1",
            "(nem) ~2 (érdekel*|szükséges|kérünk|kérek|kell)",
            "nem (igazán|nagyon|különösebben|annyira)? (érdekel*|érdekl*|releváns|kérünk|kérek|kérjük"
            "|szeretnénk|élnénk|élünk|élek|élnék|tartunk igényt|tartok igényt|szükséges"
            "|kívánunk|kívánok|igényeljük|igénylünk|vagyunk érdekeltek|kell|kellene|foglalkozunk|érint"
            "|vesszük igénybe|hasznos|nekünk való|számunkra)",
            "(nincs|nincsen) ~2 (szükség*|igény*|érdeklődés*|rá szükség*)",
            "(sem|sajnos nem|egyáltalán nem) (érdekel*|aktuális|releváns)",
            "(köszönöm|köszönjük|köszi|kösz|köszönettel) (szépen)? (de)? (nem|inkább nem|nem kérem|nem"
            " érdekel)",
            "(nem köszön*|nem köszi|nem kösz)",
            "(elutasít*|visszautasít*|lemond*|inkább kihagy*|inkább nem|eltekint*)",
        ),
        "meeting": (
            "(hívjon|hívjanak|hívjatok|hívj|hívjál|telefonáljon|keressen telefonon|csörögjön|csörgess*)"
            " (kérem|fel|vissza|meg|bátran|engem|a|telefonon|bármikor|holnap|délután)?",
            "(fel|vissza) (tudna|tudnának|tudnál) hívni",
            "(beszéljünk|találkozzunk|egyeztessünk|telefonáljunk|üljünk|konzultáljunk|skype*"
            "|zoomoljunk) (időpontot|telefonon|személyesen|le|róla|erről|össze|a|egy|jövő|holnap|róluk)?",
            "(időpont*|időpontot|találkozó*|megbeszélés*|hívás*|bemutató*|demó*|prezentáció*"
            "|egyeztetés*|konzultáció*) ~3 (egyeztet*|jó|megfelel*|kér*|javasol*|küldj*"
            "|tart*|szervez*|beszél*|érdekel*|keretében|lenne|tudunk|tudnánk|legyen|lehetne|foglal*"
            "|találjunk|alkalmas)",
            "(egyeztet*|javasol*|kér*|szeretn*|szívesen|tudunk|tudnánk|mikor) ~4 (időpont*|találkozó*"
            "|találkoznék|találkoznánk|találkozn*|megbeszélés*|bemutató*|demó*|beszélni|beszélnék"
            "|beszélgetn*|telefon*)",
            f"{DAY} ~4 (jó|megfelel*|ráérek|ráérünk|alkalmas|szabad*|tudok|tudnék|tudunk|érek|ráér*)",
            "(mikor) ~2 (érnek rá|ér rá|alkalmas|beszélhet*|találkozhat*|lenne jó|tudnánk|tudunk|jó"
            " önnek|értek rá|érsz rá)",
            "(küldj*) ~3 (meghívó*|naptármeghívó*|naptár*)",
            "(ráérek|ráérünk|elérhető vagyok)",
        ),
        "interested": (
            "(szeretn*|jó lenne|kíváncsi*) ~2 (tudni|többet|hallani|lennénk|vagyunk|vagyok)",
            "(érdekel|érdekelne|érdekelnek|érdekelnének|érdeklődünk|érdeklődnénk|érdeklődnék|érdeklődöm"
            "|érdekeltek vagyunk|érdekes lehet|érdekesnek|felkelt* ~2 érdeklődés*)",
            "(érdekes|érdekesen|jól|izgalmas*|ígéretes*|szimpatikus*|nagyszerű*|hasznos*) (hangzik"
            "|tűnik|ajánlat|lehetőség|néz ki|lenne|lehet)",
            "(bővebb|több|további|részletes*|részletek*|részletekről) (információ*|tájékoztat*|infó*"
            "|részlet*|anyag*|leírás*|ismertető*)",
            "(kér|kérek|kérünk|kérnék|kérnénk|küldjenek|küldjön|küldj|küldjetek|szeretnék|szeretnénk"
            "|várom|várjuk|kérem) ~4 (árajánlat*|ajánlat*|tájékoztató*|információ*|infó*|árlist*"
            "|ismertető*"
            "|részletes*|anyag*|prospektus*|katalógus*|brosúr*|próbaverzió*|hozzáférés*)",
            "(szívesen|szeretn*|kipróbál*) ~1 (kipróbáln*|megnézn*|megismer*|megtudn*|tesztel*|többet"
            "|hallan*|megvenn*|megrendel*|látnám|látnánk|próbáln*)",
            "(árajánlat*|ajánlatot) (kér*|szeretn*|kapn*|kapunk)",
            "(benne vagyunk|benne vagyok|pont ilyet keres*|pont erre|épp ilyet|éppen ilyen*|jókor jött"
            "|jókor jön|keresünk ~1 (ilyen|hasonló|rendszer))",
        ),
        "question": (
            "(szeretném|szeretnénk|érdekelne|arra lennék|jó lenne) ~2 (tudni|megtudni|kíváncsi|hogy)",
            "(lenne|volna|van) ~2 (kérdésem|kérdésünk|egy kérdésem)",
            "kérdés* (lenne|volna)",
        ),
        "no_question": (
            "(honnan (van|szerezt*|tudj*|vették|jutott*|kapt*|szedt*)|hogy (van|jutott*|kerültem"
            "|szerezt*)|kik maguk|ki maga|kicsoda ön|minek néznek|viccel*|ezt komolyan|mit képzel*|hogy"
            " merik"
            "|miért (írnak|küldenek|kapok|zaklat*|írogat*|kaptam|küldözget*)|hányszor|meddig még|nem"
            " értik|mi ez|ismerjük egymást|ki adta meg)",
            "ugye $",
        ),
        "courtesy": (
            "(köszön*) ~1 (az|a|szépen) (érdeklődés*|levelé*|megkeresés*|ajánlat*|tájékoztat*"
            "|információ*|lehetőség*|e-mail*|hívás*|érdeklődését)",
            "(ha|amennyiben|esetleges) ~2 (kérdése*|kérdései*|további|érdekli|érdeklődik|kérdés)",
        ),
        "temporary": (NOW,),
        "denied": ("(nem) (azt mondom|mondom azt|mondom|azt jelenti|arról van szó|mondtam) (hogy)?",),
        "irony": (
            "(piros hó esik|ha fagy|majd ha|álmodj*|persze hogyne|na persze|haha|hahaha|hiszem ha látom"
            "|lol|hogyne persze|na ne viccelj*)",
        ),
        "supplier": (
            "(használjuk|használunk|választottuk|a|az|szerződtünk|vettük|már|most|mellett|mint) ~1 <name>",
        ),
    },
    whole={
        "unsubscribe": (
            "(leiratkozás|leiratkozom|leiratkoznék|stop|törlés|törölj|töröljenek|kérem törölni|le"
            "|töröljön|leiratkozás kérem)",
        ),
        "not_interested": (
            "(nem|nem érdekel|nem kérem|nem kell|nem kérünk|nem aktuális többé|kösz nem|nem érdekes"
            "|nincs szükség rá)",
        ),
        "interested": ("(igen|igen kérem|persze|érdekel|rendben|oké|jöhet|igen érdekel)",),
        "not_now": (
            "(most nem|később|még nem|talán később|majd később|nem most|jelenleg nem|egyelőre nem|nem"
            " aktuális)",
        ),
        "no_budget": ("(nincs pénz|nincs keret|túl drága|drága|nincs rá keret|nincs rá pénz)",),
        "wrong_person": ("(téves cím|rossz cím|nem én|téves|nem hozzám tartozik)",),
        "question": ("(ár|árak|mennyi|ára|mennyibe kerül|mi az ára)",),
        "meeting": ("(hívjon|hívjon fel|hívjanak|hívj fel|kérek visszahívást|visszahívást kérek)",),
        "angry": ("(spam|zaklatás|szemét|kopjanak le|hagyjanak békén|szégyen)",),
        "already_bought": ("(már van|már vettünk|van már|már megvan|van már ilyen)",),
    },
    not_before="nem,nincs*,sem,ne,soha,sose,nélkül,aligha",
    not_after="nem,sem,nincs*",
    only_if="ha,amennyiben,hacsak,mikor majd",
)
