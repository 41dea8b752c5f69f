"""What people say in Polish replies."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue

DAY = "(poniedziałek|wtorek|środa|środę|czwartek|piątek|jutro|poniedziałku|wtorku|czwartku|piątku)"
NOW = (
    "(obecnie|na razie|w tej chwili|w tym momencie|aktualnie|teraz|póki co|na ten moment|na tę chwilę|w"
    " tym roku|w tym kwartale"
    "|chwilowo|w najbliższym czasie|jeszcze|na chwilę obecną|na dzień dzisiejszy|w danej chwili|dziś|w tym"
    " miesiącu)"
)
LATER = (
    "(w|we|za|po|na|od|pod|później|jesienią|wiosną|latem|zimą|na jesień|na wiosnę|w przyszłym|przyszłym"
    "|początk*|koniec|końcu|ponownie|kiedyś|gdy|dopiero|około|q1|q2|q3|q4"
    "|styczni*|lut*|marc*|kwietni*|maj*|czerwc*|lipc*|sierpni*|wrześni*|październik*|listopad*|grudni*)"
)

POLISH = Tongue(
    code="pl",
    phrases={
        "unsubscribe": (
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
            "nie (zajmuję|zajmujemy|odpowiadam|decyduję)",
            "(napisać|pisać|zadzwonić|zwrócić się) do (kierownik*|dyrektor*|działu|koleg*|pana|pani)",
            "(proszę) (kierować|skierować|wysyłać|słać|pisać) ~4 (do|na)",
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
        "meeting": (
            "(możemy|moglibyśmy|mógłby|mogłaby|może|chętnie|chciałbym|chciałabym|proponuję|proszę"
            "|chcielibyśmy|czy) ~4 (porozmawiać|spotkać|spotkani*|zadzwonić|rozmow*|zdzwonić|umówić"
            "|prezentacj*|demo|wideorozmow*|telekonferencj*|porozmawiam|spotkam*|porozmawiamy|o telefon)",
            "(umówmy|umówić|zaplanujmy|zorganizujmy|ustalmy|zróbmy|zaplanować|zorganizować|ustalić"
            "|umówimy) ~2 (spotkani*|rozmow*|termin*|prezentacj*|demo|call*|na telefon|wideo*"
            "|telekonferencj*)",
            "(umówmy się|spotkajmy się|zdzwońmy się|zdzwonimy się|porozmawiajmy) (na|w|we|jutro"
            "|telefonicznie|po)?",
            "(proszę o|czekam na|poproszę o) (telefon|kontakt telefoniczny|rozmowę|spotkanie|prezentację"
            "|termin|zaproszenie|demo|zadzwonienie|oddzwonienie)",
            "(proszę zadzwonić|proszę dzwonić|zadzwoń|zadzwońcie|niech pan zadzwoni|proszę oddzwonić"
            "|oddzwoń*|proszę o telefon)",
            f"(w|we)? {DAY} ~5 (pasuje|odpowiada|mogę|może być|będzie|byłby|mi|jestem|dostępn*|wolny|wolna"
            f"|o \\d|ok|byłoby)".removeprefix("(w|we)? "),
            "(jestem|jesteśmy|będę) (dostępn*|woln*|do dyspozycji) ~2",
            "(kiedy|jaki termin|o której|jakie terminy|który dzień) ~2 (pasuje|moglibyśmy|możemy|odpowiada"
            "|ma|mógłby|mogłaby|panu|pani|dostępn*|się)",
            "(proszę) ~2 (zaproszenie|propozycj* termin*|termin*)",
            "(prześlij|wyślij|wysłać|przesłać) ~2 (zaproszenie|zaproszenia|link do kalendarza)",
        ),
        "interested": (
            "(może|mogłoby|mogłaby|mógłby) ~2 (zainteresować|przydać|pasować|pomóc)",
            "(jestem|jesteśmy) ~1 (ciekaw*|otwarci|na tak)",
            "(jestem|jesteśmy|byłbym|byłabym|bylibyśmy|tak|bardzo|wstępnie|jak najbardziej) (bardzo"
            "|wstępnie|jak najbardziej|tym|potencjalnie)? zainteresowan*",
            "(interesuje|interesują|zainteresował|zainteresowało|zainteresowała|zaciekawił*|zaciekawiło)"
            " (mnie|nas|to|państwa|nas to)",
            "(brzmi|wygląda|zapowiada|wydaje|jest|to) (się|bardzo|naprawdę|to|całkiem)? (ciekawie"
            "|interesująco|dobrze|świetnie|ciekawe|interesujące|obiecująco|zachęcająco)",
            "(więcej|dodatkow*|bliższe|szczegółow*|szczegóły|bardziej szczegółowe) (informacj*|szczegół*"
            "|danych|info|oferty|materiał*)",
            "(proszę|poproszę|proszę o|prosimy|prosiłbym|prosiłabym|poprosimy|chciałbym|czekam|chciałabym)"
            " ~4 (ofert*|wycen*|cennik*|informacj*|szczegół*|katalog*|materiał*|prezentację pdf|broszur*"
            "|kosztorys*|dostęp*|wersj* próbn*)",
            "(chętnie|chciałbym|chciałabym|chcielibyśmy|z chęcią|z przyjemnością|chcę|chcemy) ~2"
            " (przetestuj*|wypróbuj*|dowiem*|poznam*|dowiedzieć|przetestować|wypróbować|kupić|zamówić"
            "|poznać|usłyszę|zobaczyć|zobaczę|zapoznam*|skorzystam*|otrzymam*|kupimy)",
            "(wchodzę w to|jestem za|jesteśmy za|właśnie czegoś takiego szukamy|szukamy (takiego|podobnego"
            "|właśnie|czegoś)|proszę działać|tak poproszę|tak proszę)",
        ),
        "question": (
            "(chciałbym|chciałabym|chcielibyśmy|proszę|chcę) ~1 (wiedzieć|dowiedzieć się|zapytać|spytać|o"
            " informację) ~1 (czy|jak|ile|jaki*|kiedy|gdzie)",
            "(mam|mamy|miałbym|miałabym) (jeszcze|tylko|jedno|kilka|parę|dwa|pytanie) ~2 (pytani*|pytań)?",
            "(zastanawiam się|ciekawi mnie|interesuje mnie) (czy|jak|ile|jaki*)",
            "(proszę) ~1 (wyjaśnić|o wyjaśnienie|potwierdzić|o potwierdzenie|o doprecyzowanie)",
        ),
        "no_question": (
            "(skąd (macie|ma pan|ma pani|mają|masz|wzi*|państwo)|kim (pan|pani|jesteście|państwo|jesteś)"
            "|jak śmiecie|dlaczego (do mnie|mi|mnie|piszecie|dostaję|wysyłacie|otrzymuję)|czemu (do mnie"
            "|mi|piszecie|dostaję)|ile razy|czy to (spam|żart|bot|automat|jakiś żart)|czy pan(i)? żartuje"
            "|czy (się znamy|wy|macie wstyd)|żartujecie|co to jest|kto (wam|panu|pani) (dał|udostępnił"
            "|podał|pozwolił)|jak się (pan|pani|masz))",
            "(prawda|co|nie|ok|dobrze|tak) $",
        ),
        "courtesy": (
            "(dziękuję|dziękujemy|dzięki|dziękując) ~1 (za) ~3 (zainteresowani*|wiadomość|maila|ofertę"
            "|informacj*|kontakt|mail|propozycj*|odpowiedź|telefon|rozmowę)",
            "(jeśli|jeżeli|gdyby|w razie|w przypadku) ~3 (pyta*|zainteresowan*|wątpliwoś*|potrzeb*)",
            "(państwa|pana|pani|twoje) zainteresowanie*",
            "(proszę się nie wahać|zachęcam do kontaktu|pozostaję do dyspozycji) ~1",
        ),
        "temporary": (NOW,),
        "denied": (
            "nie (mówię|mówimy|znaczy|twierdzę|oznacza|chodzi|powiedziałem|powiedziałam) ~2 (że|żeby)?",
            "(nie żebyśmy|nie żebym|nie to żebyśmy|nie to żebym|to nie tak że)",
        ),
        "irony": (
            "(kaktus mi|prędzej kaktus|chyba śnicie|w waszych snach|jasne jasne|haha*|hehe*|na świętego"
            " nigdy|lol|akurat|już lecę|no pewnie już)",
        ),
        "supplier": ("(z|na|używamy|mamy|od|wybraliśmy|już|kupiliśmy|systemu|system) <name>",),
    },
    whole={
        "unsubscribe": (
            "(wypisz|wypisz mnie|stop|rezygnacja|rezygnuję|usuń|usunąć|proszę usunąć|wypisać|wypisuję się"
            "|proszę wypisać|anuluj|koniec|usuń mnie|proszę o usunięcie|wypiszcie mnie)",
        ),
        "not_interested": (
            "(nie|nie dziękuję|nie dzięki|nie interesuje mnie to|nie jestem zainteresowany|nie jestem"
            " zainteresowana|brak zainteresowania|niezainteresowany|nie interesuje|nie potrzebuję|nie chcę"
            "|dziękuję nie)",
        ),
        "interested": (
            "(tak|tak proszę|chętnie|jestem zainteresowany|jestem zainteresowana|zainteresowany"
            "|zainteresowana|oczywiście|ok|zgoda|tak poproszę|jasne|tak chętnie)",
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
