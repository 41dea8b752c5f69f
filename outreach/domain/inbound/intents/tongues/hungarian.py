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
            "(iratkoztass*|iratkoztatni|iratkoztat*) ~1 (le|ki)",
            "nem (kérek|kérünk) (több|további) ~2 (levele*|e-mail*|megkeresés*|reklám*)",
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
            "(undorító|gusztustalan|pofátlan*)",
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
            "(kollégámhoz|kolléganőmhöz|vezetőmhöz|osztályhoz) ~3 (tartozik|tartoznak)",
            "(az illetékes|a felelős|a kompetens|az illetékese|a felelőse) $",
            "(anyavállalat*|anyacég*|központ*|cégközpont*) ~3 (hozza|hozzák|dönt*|intézi|kezeli|foglalkozik)",
            "döntés* ~3 (anyavállalat*|anyacég*|központ*|cégközpont*)",
            "nincs ~3 (ráhatásom|beleszólásom|hatásköröm|döntési)",
            "(én csak|csak) ~2 vagyok",
            "(illetékes|felelős|kompetens) ~3 <name>",
            "(nem az én) ~1 (területem|hatásköröm|asztalom)",
            "(nem) (én|hozzám|hozzánk|az én|a mi|rám) (foglalkozom|vagyok|tartozik|döntök|tartoznak"
            "|felelek|területem|hatásköröm"
            "|feladatom|intézem|kompetenciám|asztalom|döntésem)",
            "nem (vagyok|én vagyok|ő) ~2 (illetékes|felelős|megfelelő|jó|kompetens|az illetékes|a megfelelő)",
            "(már|többé) (nem) (itt|ott|én|a|ennél|ő)? ~2 (dolgozom|dolgozik|foglalkozom|foglalkozik|tartozik|vagyok)",
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
            "(továbbítottam|továbbítom|átküldtem|átadtam) ~3 (kollégám*|kolléganőm*|illetékes*|neki|beszerz*|osztály*"
            "|munkatárs*)",
            "(másolatban|cc-ben|cc-be)",
            "(ő|kollégám|kolléganőm) (intézi|foglalkozik|dönt|felel*)",
        ),
        "already_bought": (
            "(tavaly|évek|nyár|tavasz|ősz|január|hónapok) óta ~2 <name> ~1 (fut|van|működik|megy)",
            "(erre|ehhez|ilyenre|arra) már ~2 <name>",
            "már (a|az)? <name> (használjuk|használunk|dolgozunk|van)",
            "(elkésett|elkéstek|elkéstél)",
            "(megvettük|megvásároltuk|megrendeltük|beszereztük|bevezettük|lecseréltük|vezettük be)",
            "van már ~3 (partner*|rendszer*|megoldás*|szállító*|beszállító*|ilyen*|szoftver*"
            "|program*|szolgáltató*)",
            "nem (váltunk|váltanánk|akarunk váltani|tervezünk váltani|cserélünk|cserélnénk)",
            "(szerződött|állandó|bejáratott|meglévő|megbízható) (partner*|beszállító*|szállító*"
            "|szolgáltató*)",
            "évek óta ~4 <name> ~1 (használjuk|dolgozunk|használunk)",
            "(váltottunk|átálltunk|áttértünk) ~2 <name>",
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
            "(leállít*|befagyaszt*|zárol*|felfüggeszt*) ~4 (beruház*|fejlesztés*|kiadás*|költés*|beszerzés*)",
            "(beruházás*|fejlesztések*|kiadások*|beszerzések*) ~4 (leállít*|befagyaszt*|zárol*"
            "|felfüggeszt*|stop*)",
            "nem (férünk|fér) ~2 (keret*|bele)",
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
            "(előbb|először) ~4 (túlesn*|befejez*|lezár*|végezn*)",
            "(várnunk|várni|várjunk) ~1 (kell|még)",
            "(eltoltuk|félretettük|elhalasztottuk|elnapoltuk|jegeltük|jegelve)",
            "majd ~1 visszatérünk",
            "idén (már)? (nem|nincs|semmi*)",
            "(elteszem|eltesszük|megőrzöm|megőrizzük) ~2 (elérhetőség*|névjegy*|levele*)",
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
        "when_needed": (
            "(ha|amint|amikor|amennyiben) ~3 (igény*|szükség*|aktuális*|időszerű*) ~3 (jelentkez*"
            "|keres*|szól*|felvessz*)",
            "(szükség|igény) esetén ~3 (jelentkez*|keres*|szól*)",
        ),
        "not_interested": (
            "(cégnek|nekünk|számunkra|méretben) ~2 felesleges",
            "nem (nekünk|számunkra|hozzánk|nekem)? (való|illik|passzol)",
            "(nekünk|számunkra|nekem) ~2 nem (való|kell|hasznos|érdekes|releváns)",
            "nem (is)? (tervezünk|tervezzük|kívánunk|akarunk|szándékoz*) ~2 (változtat*|váltani"
            "|ilyen*|bevezet*|vásárol*)",
            "(házon belül|saját erőből|belsőleg|magunk) ~2 (oldjuk|megold*|végezzük|csináljuk|intézzük)",
            "nem (látunk|látok) ~3 (fantázi*|értelm*|lehetőség*|haszn*|szükség*|potenciál*)",
            "nem (győzött meg|nyerte el|illeszkedik|illik)",
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
            "(megbeszélhet*|egyeztethet*|beszélhet*|találkozhat*) ~3 (személyes*|telefon*|online"
            "|élőben|hétfő*|kedd*|szerd*|csütörtök*|péntek*|jövő)",
            "(jöjjön|jöjjenek|gyertek|gyere|látogass*|ugorj*|nézzenek|nézzen) ~2 (el|be|át|hozzánk)",
            "(jó|megfelel*|legyen) (nekem|nekünk|lesz|lenne)? (a|az)? (hétfő*|kedd*|szerd*"
            "|csütörtök*|péntek*|holnap*)",
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
            "alternatívát keres*",
            "(dobj|dobjon|dobjatok|dobd) ~2 (át|anyag*|infó*|árat|egy)",
            "(pont|épp|éppen|most) ~1 (keresünk|tervezünk|gondolkodunk|gondolkozunk|nézünk"
            "|nézegetünk) ~1 (ilyen*|ilyesmi*|hasonló*)",
            "(gondolkodunk|gondolkozunk|fontolgatjuk|tervezzük) ~4 (beszerz*|bevezet*|váltás*"
            "|cseré*|vásárlás*|cserélni|váltani|vált*)",
            "jöhet ~2 (árajánlat*|ajánlat*|anyag*|infó*|részlet*|tájékoztató*|demó*|árlista)",
            "(küldj*|küld|küldd*) ~3 (árat|árakat|anyagot|infót|árlistát)",
            "(nyitott|nyitottak) (vagyunk|vagyok|lennénk|lennék)",
            "(hogyan|hogy) tovább",
            "(várom|várjuk) a ~2 (részletek*|ajánlat*|anyag*|árajánlat*)",
            "(foglalkoztat|foglalkoztatja) ~1 (minket|bennünket|engem|a téma)",
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
            "^ (mennyibe kerül*|mennyi (az|a|ideig|idő)|miben (más|különbözik|jobb|tér el)"
            "|hogyan működik|hogy működik|milyen (áron|feltételek*|garanci*)|össze lehet"
            "|kompatibilis|integrálható|van (hozzá|ingyenes|magyar|próba*))",
            "(szeretném|szeretnénk|érdekelne|arra lennék|jó lenne) ~2 (tudni|megtudni|kíváncsi|hogy)",
            "(lenne|volna|van) ~2 (kérdésem|kérdésünk|egy kérdésem)",
            "kérdés* (lenne|volna)",
        ),
        "no_question": (
            "(kivel beszélek|kihez van szerencsém|ki ez|ön kicsoda|ki maga)",
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
        "interested": ("(igen|igen kérem|persze|érdekel|jöhet|igen érdekel)",),
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
