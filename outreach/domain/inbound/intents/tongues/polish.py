"""What people say in Polish replies: refusals and whole answers; the rest is in `polish_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.polish_wishes import NOW, WISHES

LATER = (
    "(w|we|za|po|na|od|pod|później|jesienią|wiosną|latem|zimą|na jesień|na wiosnę|w przyszłym|przyszłym"
    "|początk*|koniec|końcu|ponownie|kiedyś|gdy|dopiero|około|q1|q2|q3|q4"
    "|styczni*|lut*|marc*|kwietni*|maj*|czerwc*|lipc*|sierpni*|wrześni*|październik*|listopad*|grudni*)"
)

POLISH = Tongue(
    code="pl",
    phrases={
        "unsubscribe": (
            "(proszę) ~1 (już|więcej) ~1 (nie|do mnie nie|nic nie) (pisać|wysyłać|przysyłać|dzwonić|"
            "kontaktować)",
            "(proszę|prosimy) ~2 (wykreśl*|skreśl*|wyrzuc*|wykasow*|skasow*|usun*|wypis*) ~3 (mnie|"
            "nas|adres*|mail*|bazy|list*|dane|kontakt*)",
            "(nie życzę sobie|nie życzymy sobie) ~4",
            "(niewysyłanie|nieprzysyłanie|nieprzesyłanie|zaprzestanie) ~3 (wiadomości|maili|ofert"
            "|korespondencji|wysyłania)?",
            "(usunięcie|usunąć|usuńcie|usuń|wypisać|wypisanie|wykreślenie|wykreślić|skreślić|wypiszcie"
            "|wykasować|skasować|wyrejestrować|proszę mnie wypisać|usunięcia) (mnie|nas|mój|moje|mojego"
            "|moich|nasz|naszego|adres*|adresu|danych|proszę|tego|natychmiast)? ~5"
            " (z|bazy|list*|danych|adres*|e-mail*|maila|mailing*|newsletter*|subskrypcj*|kontakt*|dane"
            "|baz)",
            "(wypisać|wypisuję|wypiszcie|wypisz|wypisanie) (się|mnie|nas|z)",
            "(rezygnuj*|rezygnacj*|odwołuję) (z)? ~1 (subskrypcj*|newsletter*|otrzymywani*|mailing*|zgod*"
            "|dalszych|wiadomości)",
            "(anulować|anuluj|anulowanie|zrezygnować) ~1 (subskrypcj*|z newsletter*|z subskrypcj*|z"
            " otrzymywania)",
            "(nie) (wysyłać|wysyłajcie|wysyłaj|przysyłać|przysyłajcie|przesyłać|pisać|piszcie|pisz"
            "|kontaktować|kontaktujcie|nękać|przesyłajcie|dzwonić|spamować|słać|ślijcie) ~3 (więcej|już"
            "|nic|takich|mnie|żadnych|do mnie|tych|się|do nas|ofert|wiadomości|maili|reklam|$)",
            "(nie) (życzę|życzymy|chcę|chcemy|chciałbym|chciałabym|zgadzam|wyrażam|wyraziłem|wyrażałem"
            "|wyrażałam) ~2 (sobie|się|otrzymywać|dostawać|zgody|więcej|takich|na) ~3 (wiadomości"
            "|otrzymyw*|maili|korespondencj*|ofert|kontaktu|przetwarzan*|reklam*|mailing*|przesyłan*"
            "|dalszych|więcej|$)?",
            "(proszę|żądam|wnoszę) ~3 (zaprzestani*|zaprzestać|przestać|usunięci*) ~1 (wysyłan*|wysyłać"
            "|wiadomości|korespondencji|danych|mojego|mnie z|kontakt*|pisa*|moich)",
            "(przestań*|przestańcie|zaprzestańcie|skończcie) (do mnie|mi|nam|wysyłać|pisać|przysyłać"
            "|spamować|mnie|nękać|z) ~2",
            "(wycofuję|cofam|odwołuję) ~1 zgod*",
            "(sprzeciw|sprzeciwiam się|prawo do (bycia zapomnianym|usunięcia|sprzeciwu)|zaprzestanie"
            " przetwarzania)",
            "(kroki prawne|mój prawnik|mojego prawnika|droga sądowa|na drogę sądową|uodo|mój adwokat"
            "|adwokata)",
            "(żadnych|koniec|dość) ~1 (maili|e-maili|wiadomości|reklam|mailingu|ofert) ~1 (więcej)?",
        ),
        "angry": (
            "(kurwa|cholera|cholerny|chuj*|dupa|dupy|wkurza*|wkurw*|natręt*|nachaln*|upierdliw*)",
            "(ile razy mam|odczepcie się|odczep się|nie chcę tego spamu|przestańcie mnie)",
            "(bezczelność|bezczeln*|skandal|żenada|żenujące|nękanie|nękacie|nękani|hańba|wstyd|chamstwo"
            "|natręctwo|niedopuszczaln*|oburzając*)",
            "(zgłoszę|zgłaszam|zgłosimy|zgłoszone) ~3 (policj*|spam*|uodo|na|do|jako)",
            "(to|ten mail) (jest|to)? ~1 (zwykły)? (spam|śmieci|oszustwo|nielegalne|naruszenie|nachalne)",
            "(dajcie|daj|dać|zostawcie|zostaw|proszę dać) (mi|nam|mnie|nas) ~1 (spokój|w spokoju|święty"
            " spokój|spokoju)",
            "(odczep*|odwal*|spadaj*|spieprzaj*|wypierdal*|won|idioci|debil*|oszuści|oszust|złodzieje|goń*"
            " się|spierdal*|pierdol*|spamerzy|kretyni)",
            "(jak śmiecie|jak pan śmie|jak pani śmie|co wy sobie|żarty sobie|kpina|kpicie|kpiny|chyba"
            " żart*|kto wam pozwolił)",
            "(mam|mamy) ~1 (dość|dosyć|po dziurki)",
            "(ten|tym|tego|wasz|waszego|waszym|wasze) (spam*|badziew*|śmieci*|syf*|bzdur*|szajs*)",
        ),
        "wrong_person": (
            "(nie mam na to wpływu|nie ja o tym decyduję|nie ja decyduję|nie decyduję|to nie do mnie|"
            "nie jestem decyzyjn*)",
            "decyzj* ~3 (zapadają|zapada|podejmuje|podejmują|podejmowane) ~3 (central*|zarząd*|"
            "właściciel*|dyrekcj*|grup*|ktoś inny|kto inny|szef*|spółk*)",
            "(o tym|w tej sprawie|w tych sprawach|o takich rzeczach|tym|tymi sprawami) (decyduje|"
            "decydują|zajmuje|zajmują|odpowiada) ~2",
            "(zajmuje się|odpowiada|decyduje|ogarnia|prowadzi) ~2 (kolega|koleżanka|dział|szef|pan|"
            "pani|ktoś inny|inna osoba|inny dział)",
            "(trafił*|trafiliście|trafili|adresuje|pisze) ~2 (pod zły|do złej|do niewłaściw*|nie do "
            "tej|pod niewłaściw*|nie pod ten|źle|do nieodpowiedni*)",
            "nie (jest|są|należy|leży|podlega) ~2 (mój|moja|moje|moim|mojej|moich|moimi|mi) ~2 (dział"
            "|działka|temat|kompetencj*|zakres*|obowiązk*|gesti*|dziale|obszar*)",
            "(to|ja) nie (mój|moja|moje|ja) ~1 (dział*|temat|zakres|kompetencje|działka|obszar|"
            "decyduję|zajmuję)",
            "nie (mój|moja|moje|ten|nasz) (dział|działka|temat|działek|zakres|kompetencje|"
            "obszar|sprawa|rola|adres|adresat)",
            "nie (zajmuję|zajmujemy|odpowiadam|decyduję)",
            "(napisać|pisać|zadzwonić|zwrócić się) do (kierownik*|dyrektor*|działu|koleg*|pana|pani)",
            "(proszę) (kierować|skierować|wysyłać|słać|pisać) ~4 (do|na) (pan*|dział*|koleg*|"
            "koleżank*|adres*|szef*|naszego|naszej|mojego|mojej|sekretariat*|biur*|zakup*)",
            "(w tej sprawie|tą sprawą|tym tematem) ~4 (zajmuje|odpowiada|kontakt)",
            "nie (zajmuję|zajmujemy|odpowiadam|jestem|decyduję|pracuję|pracuje|prowadzę|podejmuję|zajmuje)"
            " ~2 (tym|za|właściw*|odpowiedni*|osob*|już|tu|tutaj|w|o|decyz*|adresat*|dla|tej|takimi"
            "|kompetent*|w tej|tymi|się|decyzyjn*)",
            "(już) (tu|tutaj|tam|w|dla|nie) ~2 (nie)? ~1 (pracuję|pracuje|jestem|zajmuję)",
            "(już|więcej) nie (pracuję|pracuje|jestem|zajmuję|współpracuję)",
            "(odszedł*|odeszł*|odszedłem|odeszłam|odejście) ~1 (z)? ~1 (firmy|pracy|spółki|stanowiska"
            "|emerytur*)",
            "(zmieniłem|zmieniłam) (pracę|firmę|pracodawcę|stanowisko)",
            "(niewłaściw*|zła|zły|złego|nieodpowiedni*|pomylił* ~1|pomyłka) (osob*|adres*|kontakt|adresat*"
            "|dział|osoby|adresatem|adresata)",
            "(nie) (leży|należy|jest) ~2 (w moich|w moim|do moich|mojej|moja|w zakresie) ~2",
            "(za|tym|tymi) ~4 (odpowiada|zajmuje się|odpowiedzialn*|odpowiadają|zajmują się)",
            "(zajmuje się|zajmują się) (tym|u nas|tymi|tą|takimi)",
            "(osobą|osoba) (odpowiedzialn*|właściw*|decyzyjn*|kontaktow*|odpowiedni*|zajmując*) ~4 (jest"
            "|będzie|to)",
            "(odpowiedzialn*|właściw* osob*) ~4 (jest|będzie)",
        ),
        "elsewhere": (
            "(podaję|przekazuję|podam|przesyłam) ~2 (kontakt|namiar*|adres|mail*|telefon) (do|na) "
            "(kolegi|koleżanki|osoby|działu|pana|pani|właściw*|odpowiedni*)",
            "(proszę|najlepiej) ~1 (pisać|napisać|kierować|skierować|przesłać|zadzwonić|zwrócić|"
            "odezwać|kontaktować|rozmawiać) (się)? ~2 (do pana|do pani|do działu|do kolegi|do "
            "koleżanki|do mojego|do mojej|do naszego|do naszej|z panem|z panią|z działem|z "
            "kolegą|z koleżanką|z moim|z moją|z naszym|z naszą|na adres|pod adres)",
            "(kontakt z|kontaktować się z|skontaktować się z|zwrócić się do|pisać do) (panem|panią|pana"
            "|pani)? <name>",
            "(proszę o kontakt z|kontakt z|kontaktować się z|skontaktować się z|zwrócić się do|proszę"
            " pisać do|pisać do|kierować do|proszę pytać|rozmawiać z|kontaktować z|kierować na adres|pisać"
            " na adres|pisać na) ~4 (koleg*|koleżank*|dyrektor*|kierownik*|panem|panią|dział*|działem"
            "|szef*|pana|pani|naszym|naszą|moim|moją|adres|zakup*)?",
            "(przekazałem|przekazałam|przekazuję|przesłałem|przesłałam|przekierowałem|przekierowałam) ~4"
            " (do|koleg*|koleżan*|dział*|osob*|właściw*)",
            "(w kopii|do wiadomości|w cc|dodaję w|dw)",
        ),
        "already_bought": (
            "mamy to (już)? (załatwione|ogarnięte|zabezpieczone|zrobione)",
            "(umowę|umowa|kontrakt) ~3 (do końca|do roku|obowiązuje|wiąże|ważn*) ~2",
            "(temat|potrzeba|kwestia|to|ten obszar) ~2 (mamy|jest) ~1 (już)? (zabezpieczon*|ogarnięt*"
            "|załatwion*|pokryt*|rozwiązan*|zaopiekowan*)",
            "(mamy już|już mamy|posiadamy już|mam już|już mam|już posiadamy|już korzystamy|już używamy) ~3",
            "(mamy|mam|posiadamy) ~2 (stałego|swojego|własnego|sprawdzonego|zaufanego|obecnego|"
            "podobn*|analogiczn*) ~1 (dostawc*|wykonawc*|partner*|serwis*|firm*|program*|system*|"
            "rozwiązani*)",
            "(niedawno|dopiero co|właśnie|świeżo|ostatnio|w zeszłym miesiącu|w ubiegłym roku|w "
            "zeszłym roku|rok temu|miesiąc temu) ~2 (kupiliśmy|podpisaliśmy|wdrożyliśmy|zmieniliśmy|"
            "zakupiliśmy|wybraliśmy|przedłużyliśmy|zdecydowaliśmy|zamówiliśmy|odnowiliśmy|"
            "wymieniliśmy|zakończyliśmy)",
            "(mamy|korzystamy|współpracujemy|używamy|posiadamy|korzystam|mam|używam|współpracuję"
            "|wdrożyliśmy|kupiliśmy|zakupiliśmy|podpisaliśmy|wybraliśmy|dysponujemy|pracujemy|jesteśmy)"
            " (już|obecnie) ~3",
            "już (mamy|korzystamy|współpracujemy|używamy|posiadamy|kupiliśmy|podpisaliśmy|wybraliśmy"
            "|wdrożyliśmy|zakupiliśmy|mam|korzystam|zdecydowaliśmy|jesteśmy zaopatrzeni|zamówiliśmy"
            "|wdrażamy) ~3 (system*|dostawc*|rozwiązan*|umow*|z|inn*|podobn*|tak*|program*|narzędzi*"
            "|partner*|oprogramowan*|coś|własn*|$|firm*|w|na)?",
            "(korzystamy|używamy|współpracujemy|pracujemy) (obecnie|aktualnie|już|od lat)? (z|na)? <name>",
            "(podpisaliśmy|zawarliśmy|mamy|mamy podpisaną|podpisana|wiąże nas) ~2 (umow*|kontrakt*) ~2 (z"
            "|na|do|od)?",
            "(wybraliśmy|zdecydowaliśmy się|kupiliśmy|zakupiliśmy|zamówiliśmy|postawiliśmy|wdrożyliśmy)"
            " (na|u)? (inn*|konkurenc*|ofert*|system*|rozwiązani* innej|rozwiązanie|od) ~2",
            "(wybraliśmy|zdecydowaliśmy się na|kupiliśmy|wdrożyliśmy|zakupiliśmy) <name>",
            "(innego|inną|inny|innym|innej|konkurencyjn*) (dostawc*|firm*|rozwiązani*|system*|wykonawc*"
            "|partner*|ofert*)",
            "(umowa|umowę|kontrakt) (z|obowiązuje|trwa|do|wygasa|ważna|kończy) ~4",
            "(jesteśmy|jestem) ~2 (zadowolen*|usatysfakcjonowan*)",
            "(własny|własne|własnego|własnym|wewnętrzn*|swój|autorski*) (system*|rozwiązani*|program*"
            "|oprogramowani*|narzędzi*)",
        ),
        "no_budget": (
            "nie (przewidujemy|planujemy|przewidziano|mamy przewidzian*|zaplanowaliśmy|mamy "
            "zaplanowan*) ~2 (wydatk*|nakład*|inwestycj*|środk*)",
            "(poza naszym zasięgiem|poza zasięgiem|nie na naszą kieszeń|za wysokie progi)",
            "nie (da|dadzą|dostaniemy|dostaliśmy|zatwierdz*|zaakceptuj*|przyzna*|wyłoży*|znajdzie*) "
            "~4 (pieniędzy|środków|budżet*|wydat*|kasy|funduszy)",
            "(finansowo|cenowo|kosztowo) ~3 (przerasta|odpada|nie damy|nie udźwigniemy|nie stać|nie "
            "do|nie jesteśmy w stanie)",
            "(cena|cenowo|kosztowo|koszt) ~3 (zaporow*|nie do przyjęcia|za wysok*|zbyt wysok*|"
            "odstrasz*|nie na nasz*|poza zasięgiem|za drogo)",
            "(przerasta|przekracza|wykracza) ~3 (możliwości|budżet*|portfel|finans*)",
            "(nie) ~1 (stać|ma|mamy|mam|dysponujemy|posiadamy|przewidziano|przewidujemy|"
            "zaplanowaliśmy) ~4 (pieniędzy|środków|środki|budżet*|kasy|funduszy|funduszem|kwot*)",
            "(wstrzymał*|zamroził*|zablokował*|obciął|obcięła|obcięto|wstrzymano|zamrożono|cięcia) ~3"
            " (wydatk*|inwestycj*|budżet*|koszt*|zakup*)",
            "(budżet*) ~6 (rozdysponowan*|rozdzielon*|wykorzystan*|wydan*|zaplanowan*|zamknięt*|"
            "wyczerpan*|przekroczon*|nie przewiduje|skończył*|ucięt*|obcięt*|zerow*|okrojon*)",
            "(cena|koszt|koszty) ~3 (wysok*|za duż*)",
            "(zakupy|wydatki|inwestycje) ~3 (wstrzyman*|zamrożon*|zablokowan*)",
            "(nie mamy|brak|brakuje|nie ma|bez|nie dysponujemy|nie posiadamy|nie mam|nie przewidzieliśmy"
            "|nie starczy) ~4 (budżet*|pieniędzy|środków|funduszy|środkami|kasy|finans*)",
            "budżet* ~4 (wyczerpan*|zamrożon*|zamknięt*|wydany|zablokowan*|ograniczon*|obcię*|nie pozwala"
            "|rozdysponowan*)",
            "(za|zbyt|trochę za|stanowczo za|zdecydowanie za) (drogie|droga|drogo|drogi|kosztowne"
            "|kosztowny|wysoka cena)",
            "(nie) (stać nas|stać mnie|nas stać|mnie stać|możemy sobie pozwolić|pozwala nam budżet|mieści"
            " się w)",
            "(poza|przekracza) (naszym|nasz|naszymi|nasze|możliwości*) ~1 (zasięgiem|budżet*|możliwości*"
            "|finans*)",
            "(cięcia|oszczędności|ograniczenia|redukcja) (budżetow*|koszt*|wydatk*|finansow*|inwestycji)",
        ),
        "not_now": (
            "(odezwę się gdy|odezwiemy się gdy|dam znać gdy|damy znać gdy|mamy inne sprawy|inne "
            "sprawy na głowie) ~2",
            "(w tym roku|w tym kwartale|w tym miesiącu|tym razem) ~3 (nic|nie|niczego|już nie|już nic)",
            "(przypomnieć|przypomnij|przypomni|przypomnijcie|odezwij|odezwać|odezwie|napisz|zadzwoń|"
            "kontakt|skontaktować) (się)? ~2 (za|po|w|we|na|jesienią|wiosną|latem|zimą|później|od|"
            "dopiero) ~1",
            "(nie ten moment|nie ten czas|nie czas na|nie pora na|nie w tym roku|nie w tym kwartale|"
            "nie w tym miesiącu|to nie jest dobry|nie najlepszy moment|kiepski moment|zły czas|nie na"
            " teraz|może kiedy indziej|nie zdążymy)",
            "(zamrożon*|wstrzyman*) ~1 (wszystkie|wszelkie)? ~1 (projekty|decyzje|zmiany|inicjatywy|tematy)",
            "(odkładamy|odłożymy|przesuwamy|przekładamy|wstrzymujemy|zawieszamy|zamroziliśmy|"
            "przesunęliśmy|odłożyliśmy|przełożyliśmy|wstrzymaliśmy) ~4",
            "(temat|projekt|decyzja|decyzję|inwestycj*|zakup|sprawa) ~3 (przesunięt*|odłożon*|"
            "wstrzyman*|zawieszon*|przełożon*|odsunięt*|zamrożon*|w zawieszeniu|stoi|na później|"
            "odkładamy|przesuwamy|przekładamy)",
            "(odezwę się|odezwiemy się|wrócę do tematu|wrócimy do tematu|sam się odezwę|wrócimy|wrócę"
            "|dam znać|damy znać) ~2 (gdy|jak|kiedy|w|za|po|jesienią|wiosną|latem|później|przyszłym) "
            "~2",
            "(chwilowo|tymczasowo|póki co|na tę chwilę|na ten moment|na chwilę obecną|na razie|"
            "obecnie|teraz) ~3 (mamy inne|inne sprawy|inne rzeczy|co innego|wstrzym*|odpuszcz*|"
            "zawiesz*|odkład*|odłoż*|brakuje|za dużo|mamy dużo|jesteśmy w trakcie|pauz*|nie|nic|"
            "ciężko|trudno)",
            "(do|aż do) ~3 (stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|października|"
            "listopada|grudnia|końca roku|końca kwartału|wakacji|jesieni|wiosny|lata) ~3 (nie|nic|"
            "mamy zamrożon*|zamrożon*|wstrzyman*|wszystko stoi|mamy zajęt*|jesteśmy zajęci|jesteśmy "
            "zawaleni|brak|blokad*)",
            f"{NOW} (to|nas|mamy|my|jest|się|niestety)? ~4 (nie|brak|inne priorytety)",
            f"nie ~5 {NOW}",
            "nie (jest|mamy|ma|to|planujemy) ~3 (priorytet*|czasu|dobry moment|odpowiedni moment|najlepszy"
            " moment|pora|aktualne|w planach|na to czasu|mocy)",
            f"(wrócić|wrócimy|wróćmy|odezwać|odezwijcie|odezwij|skontaktować|napisać|napiszcie|zadzwonić"
            f"|przypomnieć|porozmawiajmy|powrócić|zgłosić|kontakt|pytać|ponowić|odezwie|wrócę|odezwę"
            f"|zapytać) (do|się|do tematu|proszę|ponownie|ze mną|tego|rozmów|z nami|do nas|o sobie)? ~3"
            f" {LATER}",
            "(może|ewentualnie|być może|raczej|najwcześniej|prędzej) ~1 (w|za|po|na|jesienią|wiosną"
            "|później|latem|zimą|kiedyś)",
            "(później|w przyszłym roku|za rok|jesienią|po wakacjach|w przyszłości|w przyszłym kwartale|za"
            " pół roku) (może|wrócimy|ewentualnie|proszę|będzie|możemy|rozważymy)",
            "(nie przed|nie wcześniej|dopiero) (w|po|za|niż|końcem|jesienią|wiosną|od|na) ~2",
            "(zły moment|za wcześnie|zbyt wcześnie|nie mam czasu|nie mamy czasu|brak czasu|w trakcie"
            "|zawalen* prac*|inne priorytety|wstrzyman*|odłożon*|przełożon*|zawieszon*|odroczon*|brak mocy"
            "|natłok)",
        ),
        "not_interested": (
            "(rezygnuj*|zrezygnow*) z ~2 (propozycji|oferty|współpracy|dalszych rozmów|tematu|zakupu)",
            "nie (trzeba|potrzeba) ~1 $",
            "(zbędne|zbędny|niepotrzebne|niepotrzebny|nieprzydatne) ~1",
            "(oferta|propozycja|rozwiązanie|produkt) ~3 nie ~2 (interesuje|interesując*|odpowiada|"
            "pasuje|wpisuje|zainteresował*|atrakcyjn*|przekonał*|przekonuje)",
            "(odpuszczamy|odpuszczę|odpuszczam|odpadamy|spasujemy|odmówić|muszę odmówić|musimy"
            " odmówić|nie tym razem|dziękuję bardzo ale nie)",
            "(robimy|wykonujemy|ogarniamy|załatwiamy|prowadzimy) ~3 (sami|samodzielnie|we własnym "
            "zakresie|własnymi siłami|wewnętrznie)",
            "(wszystko|to|sami|samodzielnie|we własnym zakresie|własnymi siłami) ~2 (robimy|"
            "wykonujemy|ogarniamy|załatwiamy|obsługujemy) ~2 (sami|samodzielnie|we własnym|u siebie|"
            "wewnętrznie)",
            "(nie) (dla nas|dla mnie|nasza bajka|moja bajka|tym razem|ten adres|ma takiej potrzeby|ma"
            " potrzeby|ma u nas|nasza branża|trzeba nam|jest nam)",
            "(zdecydowaliśmy|postanowiliśmy|zdecydowałem|zdecydowałam) ~2 (nie|że nie|zrezygnować|"
            "pozostać|zostać|odmówić)",
            "nie (będziemy|zamierzamy|planujemy|chcemy|widzimy|widzę|mamy|czujemy|mam) ~1 "
            "(kontynuować|kontynuowali|potrzeb*|sens*|zastosowan*|korzystać|korzyści|zmieniać|"
            "zainteresowani*|wdrażać|kupować|inwestować|dalej)",
            "nie ~1 (odpowiada|pasuje|wpisuje|spełnia|pokrywa|jest zgodn*) ~2 (naszym|nasze|naszych|"
            "nas|do nas|nam|się|profil*|moim|potrzeb*|do profilu)",
            "nie ~1 (skorzyst*|skorzystamy|rozważamy|interesuje|potrzebujemy|będziemy)",
            "(zostajemy|pozostajemy|zostaniemy) przy ~2",
            "nie jest (to)? ~1 (dla nas|coś|czego)",
            "nie (jestem|jesteśmy|będziemy|są|byliśmy|bardzo) ~2 (zainteresowan*|zainteresowani)",
            "(nie) (interesuje|interesują|potrzebujemy|potrzebuję|szukamy|planujemy|dotyczy|skorzystam"
            "|skorzystamy|widzimy|chcemy|rozważamy|potrzeba|przyda|poszukujemy) ~2",
            "(brak|bez) (zainteresowania|potrzeby|potrzeb|zapotrzebowania)",
            "(nie) (dziękuję|dziękujemy|dzięki|dziekuje)",
            "(dziękuję|dziękujemy|dzięki) (ale|za ofertę ale)? (nie|nie skorzyst*|podziękuję|podziękujemy"
            "|jednak nie|rezygn*)",
            "(niezainteresowan*|odmawiam*|odrzuc*|rezygnujemy|zrezygnowaliśmy|podziękujemy|podziękuję|nie"
            " dla nas)",
        ),
        **WISHES,
    },
    whole={
        "unsubscribe": (
            "(wypisz|wypisz mnie|stop|rezygnacja|rezygnuję|usuń|usunąć|proszę usunąć|wypisać|wypisuję się"
            "|proszę wypisać|anuluj|koniec|usuń mnie|proszę o usunięcie|wypiszcie mnie)",
        ),
        "not_interested": (
            "(nie trzeba|nie|nie dziękuję|nie dzięki|nie interesuje mnie to|nie jestem "
            "zainteresowany|nie jestem"
            " zainteresowana|brak zainteresowania|niezainteresowany|nie interesuje|nie potrzebuję|nie chcę"
            "|dziękuję nie)",
        ),
        "interested": (
            "(tak|tak proszę|chętnie|jestem zainteresowany|jestem zainteresowana|zainteresowany"
            "|zainteresowana|oczywiście|zgoda|tak poproszę|jasne|tak chętnie)",
        ),
        "not_now": (
            "(nie teraz|później|może później|jeszcze nie|na razie nie|obecnie nie|kiedy indziej|teraz nie"
            "|w tej chwili nie)",
        ),
        "no_budget": ("(brak budżetu|za drogo|za drogie|nie ma budżetu|brak środków|brak pieniędzy|drogo)",),
        "wrong_person": ("(pomyłka|zły adres|niewłaściwa osoba|to pomyłka|to nie ja|zła osoba)",),
        "question": ("(cena|ile|jaka cena|ile kosztuje|koszt|ceny|jaki koszt|ile to kosztuje|cennik)",),
        "meeting": ("(proszę o telefon|proszę zadzwonić|zadzwoń|proszę dzwonić|zadzwońcie|porozmawiajmy)",),
        "angry": ("(spam|oszuści|spadajcie|dajcie mi spokój|skandal|żenada)",),
        "already_bought": (
            "(już mamy|już mam|mamy już|mam już|już kupione|już kupiliśmy|już mamy taki system)",
        ),
    },
    not_before="nie,nigdy,bez,ani,żaden,żadn*",
    not_after="",
    only_if="jeśli,jeżeli,gdy,gdyby*,o ile,chyba że,kiedy",
)
