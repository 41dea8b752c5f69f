"""What people say in Polish replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(poniedziałek|wtorek|środa|środę|czwartek|piątek|jutro|poniedziałku|wtorku|czwartku|piątku)"
NOW = (
    "(obecnie|na razie|w tej chwili|w tym momencie|aktualnie|teraz|póki co|na ten moment|na tę chwilę|w"
    " tym roku|w tym kwartale"
    "|chwilowo|w najbliższym czasie|jeszcze|na chwilę obecną|na dzień dzisiejszy|w danej chwili|dziś|w tym"
    " miesiącu)"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "(przyjechać|podjechać|przyjedzie|przyjechał*|wpaść) do nas ~1",
        "(pasuje|odpowiada) (mi|nam|mnie) ~1 (poniedział*|wtorek|środa|czwartek|piątek|jutro|każdy|termin)",
        "(kiedy|o której|w jaki dzień) ~2 (pasuje|pani pasuje|panu pasuje|możemy rozmawiać|"
        "porozmawiać|dzwonić|spotkać)",
        "(mój|nasz) (numer|nr|telefon|tel) (to|jest)?",
        "(zadzwonię|zadzwonimy|oddzwonię|przedzwonię) ~1 (do pana|do pani|jutro|w|po|o|za) ~1",
        "(proszę|może pan|może pani|niech pan|niech pani) ~2 (zadzwoni*|przedzwoni*|oddzwoni*|"
        "dzwoni*|przekręci*|podjecha*|przyjecha*|wpa*) ~1",
        "(mam|mamy|znajdę|znajdziemy) ~2 (wolne|wolny|wolną|czas|okienko|chwilę|pół godziny|slot)"
        f" ~2 (w|we|jutro|o|po|od|między|{DAY}|$)",
        "(wyśle|wysłać|wyślij|prześle|przesłać|prześlij|podeśle|podesłać|wrzuć|wrzucić) ~3 "
        "(zaproszeni*|kalendarz*|termin*|link do spotkania|teams*|calendly)",
        "(wolałbym|wolałabym|wolę|wolelibyśmy|najlepiej|lepiej) ~2 (pogadać|porozmawiać|"
        "telefonicznie|osobiście|przez telefon|spotkać|na żywo|twarzą w twarz)",
        "(może|możemy|chętnie|da się|czy) ~2 (zdzwońmy|zdzwonimy|spotkajmy|pogadamy|pogadać|"
        "porozmawiamy|umówimy|umówmy|zobaczymy|spotkamy|podjechać|podskoczyć|wpaść) ~1",
        "(zapraszam|zapraszamy) ~1 (do nas|do biura|do siedziby|do firmy|na spotkanie|na kawę|do "
        "zakładu|na rozmowę|na halę|osobiście|do siebie) ~1",
        "(proszę o|prosimy o|poproszę o|prosiłbym o|prosiłabym o) ~1 (kontakt telefoniczny|"
        "telefon|rozmowę|oddzwonienie|spotkanie|termin)",
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
        "(dawno|od dawna) ~2 (szukałem|szukałam|szukamy|szukaliśmy|szukam)",
        "(proszę|prosimy|poproszę) o ~2 (cen*|warunk*|stawk*|koszt*)",
        "(to nas interesuje|to mnie interesuje|nas to interesuje|mnie to interesuje)",
        "temat ~3 (aktualny|na czasie|nas interesuje|nam bliski|interesujący|ciekawy)",
        "(szukaliśmy|szukałem|szukałam|brakowało nam|czekaliśmy na|brakuje nam) ~3 (takiego|"
        "czegoś|narzędzi*|rozwiąz*|program*|takiej)",
        "(rozważamy|planujemy|myślimy o|zastanawiamy się nad|przymierzamy się do) ~2 (zakup*|"
        "wymian*|wdrożeni*|inwestycj*|kupn*|modernizacj*)",
        "(wyślijcie|prześlijcie|podeślijcie|przyślijcie|ślijcie|dawajcie|podeślij|prześlij|wyślij"
        "|przyślij|podrzućcie) ~3 (ofert*|konkret*|cennik*|więcej|coś|info*|szczegół*|katalog*|"
        "materiał*|spec*|wycen*|cen*)",
        "(proszę|prosimy) ~1 (przesłać|przysłać|wysłać|podesłać|podrzucić|dosłać) ~3 (ofert*|"
        "cennik*|katalog*|materiał*|więcej|wszystko|szczegół*|link*|próbk*|prezentacj*|informacj*"
        "|na maila|umow*)",
        "(czekam|czekamy) na ~2 (ofert*|wycen*|cennik*|materiał*|propozycj*|szczegół*|katalog*|"
        "informacj*|prezentacj*)",
        "(podoba|spodobał*|przekonuje) (mi|nam|mnie|nas|się) ~1",
        "(kolejne|następne|dalsze) kroki",
        "(jakie|jaki) (są|jest|będą) ~1 (kolejne|następne|dalsze|kolejny|następny) krok*",
        "(potrzebujemy|potrzebuję|przydałoby się nam|przydałby się nam|przydałoby nam się) ~2 "
        "(czegoś|takiego|takiej|system*|oferty|wyceny|maszyn*|rozwiązani*|narzędzi*|programu)",
        "(to|taka|takie|takiego|tego) ~2 (może być coś dla nas|coś dla nas|nam się przyda|by się "
        "nam przydało|by nam pomogło|czego szukamy|czego potrzebujemy|potrzebujemy|by się "
        "przydało)",
        "(chętnie|z chęcią|z przyjemnością) ~3 (zapoznam*|przetestuj*|zobacz*|obejrz* (materiał*|"
        "prezentacj* pdf)|przyjrz*|dowiem*|skorzyst*|spróbuj*|kupi*|poczyt*|przeczyt*|posłucham*|"
        "usłysz*)",
        "(proszę|poproszę|poprosimy|prosimy) ~2 (więcej|coś więcej|o wycenę|o ofertę|o konkrety|o"
        " szczegóły|o próbkę|o próbki|o dostęp|o demo testowe|o wersję)",
        "(prosimy|proszę|poproszę|prosiłbym|prosiłabym|poprosimy) (o)? ~2 (przedstawienie|"
        "przesłanie|podesłanie|przygotowanie|podanie|wysłanie|przesłać|podesłać|napisać|dosłanie|"
        "rozwinięcie|coś) ~3 (ofert*|propozycj*|cen*|wycen*|prezentacj*|katalog*|materiał*|"
        "szczegół*|więcej|informacj*|próbk*|kosztorys*|dokumentacj*|dalej|coś)",
        "(czy|mógłby|mogłaby|może|możecie|moglibyście|mogą|mogliby) ~4 (przesłać|wysłać|podesłać|"
        "przedstawić|przygotować|podać) ~4 (ofert*|prezentacj*|cennik*|wycen*|katalog*|materiał*|"
        "szczegół*|broszur*|informacj*|propozycj*|link*|dokumentacj*)",
        "(szukamy|szukam|poszukujemy|rozglądamy się za|rozglądam się za) ~2 (rozwiąza*|system*|"
        "dostawc*|czegoś|narzędzi*|maszyn*|program*|oprogramowan*|alternatyw*|now*|firm*)",
        "(akurat|właśnie|obecnie|teraz) ~2 (szukamy|szukam|rozglądamy|poszukujemy|rozważamy|"
        "porównujemy|analizujemy|rozpatrujemy) ~2",
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
        " ~4 (ofert*|wycen*|cennik*|informacj* (o|na temat|dotycząc*|handlow*|techniczn*)|szczegół*|"
        "katalog*|materiał*|specyfikacj*|konkret*|prezentację pdf|broszur*"
        "|kosztorys*|dostęp*|wersj* próbn*)",
        "(chętnie|chciałbym|chciałabym|chcielibyśmy|z chęcią|z przyjemnością|chcę|chcemy) ~2"
        " (przetestuj*|wypróbuj*|dowiem*|poznam*|dowiedzieć się (więcej|czegoś|o)|przetestować|"
        "wypróbować|kupić|zamówić"
        "|poznać|usłyszę|zobaczyć|zobaczę|zapoznam*|skorzystam*|otrzymam*|kupimy)",
        "(wchodzę w to|jestem za|jesteśmy za|właśnie czegoś takiego szukamy|szukamy (takiego|podobnego"
        "|właśnie|czegoś)|proszę działać|tak poproszę|tak proszę)",
    ),
    "question": (
        "(proszę|prosimy) o ~1 (informację|odpowiedź|potwierdzenie|wyjaśnienie|info) ~1 (czy|jak|"
        "ile|jaki*|kiedy|gdzie|na ile)",
        "nie (rozumiem|wiem|jest dla mnie jasne|bardzo rozumiem) ~1 (czy|jak|na czym|ile|jaki*|czym)",
        "(pytanie|mam pytanie|jedno pytanie|pytanko|takie pytanie) (:|czy|o|tylko)?",
        "(ile|jaka|jaki|jakie|jak) ~1 (kosztuje|trwa|cena|koszt|czas|termin|gwarancj*|okres|"
        "wygląda|działa|różni|warunki|opłat*|liczona|minimaln*) ~2",
        "(czy) (macie|mają państwo|państwo mają|oferujecie|jest możliwość|system|program|można|to"
        " działa|obsługujecie|wystawiacie|realizujecie|macie państwo|cena|w cenie|umowa|da się) "
        "~3",
        "(chciałbym|chciałabym|chcielibyśmy|chcemy|chcę) (się)? (dowiedzieć|zapytać|wiedzieć|"
        "spytać) (się)? ~1 (czy|jak|ile|jaki*|kiedy|gdzie|o co|na czym)",
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
        "(przyjąłem|przyjęłam|przyjmuję|przyjęliśmy|przyjęte|przyjmujemy) ~2 do wiadomości",
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
}
