"""The words with which people end a mail, by language."""

from __future__ import annotations

import re
from typing import NamedTuple


class SignOff(NamedTuple):
    """A sign-off: `weak` words may as well be part of what is said; `name` stands behind them on the same line."""

    weak: bool
    name: str = ""
    open: bool = False  # ends with a comma: a name was to follow


# Expressions of whole sign-offs, lower case. Nobody writes these to say something.
_STRONG = r"""
(?:with |my |our )?(?:(?:very|best|kind|kindest|warm|warmest|sincere|cordial|friendly|personal|and|&|\
thanks|thank you|many thanks|thanks in advance|many|good|fond|thx)[ ,]{1,2}){0,5}(?:regards?|wishes|\
greetings)(?: from [\w ]{1,30})?
with (?:all )?(?:best|kind|warm) (?:regards|wishes)
all (?:the|my) (?:very )?best
(?:all )?best(?: to (?:you|all))?
yours(?: (?:sincerely|truly|faithfully|respectfully|ever|cordially))?
(?:very |most )?(?:sincerely|respectfully|cordially|faithfully|truly)(?: yours)?
rgds|brgds|brgs|br|kr|b\.r\.|k\.r\.|wkr|atb|bw|warmly|cordially
(?:mit |m\. )?(?:(?:den |ganz |sehr |recht )?(?:freundliche[nrm]?|freundl\.?|besten?|herzliche[nrm]?|\
schönen?|lieben?|vielen?|sonnigen?|kollegialen?|frdl\.?|winterlichen?|sommerlichen?|weihnachtlichen?)(?:,|\
 und)? ?){1,3}(?:grüße?n?|gruß|grüsse?n?|gruss|gruesse?n?|grüss|gr\.)(?: (?:aus|vom|von|nach|aus dem|\
aus der) [\w .-]{1,30})?
(?:grüße?|gruß|grüsse|gruss)(?: (?:aus|vom|von) [\w .-]{1,30})?
mfg|mit freundl\. grüßen|m\.f\.g\.|vg|lg|bg|beste|hg|glg|vlg|freundlichst|hochachtungsvoll|herzlichst|ihr
ihre
(?:mit )?freundlichem gruß
(?:szívélyes |szíves |baráti |meleg |sok |őszinte )?üdvözlettel|(?:szívélyes |baráti )?üdv(?:özlöm|\.)?
udv(?:ozlettel)?|tisztelettel|(?:előre is )?köszönettel(?: és üdvözlettel)?|megértését köszönve|minden jót
további szép napot|szép napot(?: kívánok| kívánva)?|köszönettel és tisztelettel|maradok tisztelettel
(?:bien |très |le plus |sincèrement )?(?:cordialement|amicalement|respectueusement|sincèrement)(?: vôtre)?
bien à (?:vous|toi|tous)|cdlt|cdt|bàv
(?:avec |mes |nos )?(?:sincères|meilleures|cordiales|respectueuses|bonnes|bien cordiales)\
(?: et cordiales)? salutations|salutations(?: distinguées| cordiales)?
(?:je vous prie|nous vous prions|veuillez|je vous adresse|recevez)\b.{0,160}(?:salutations|sentiments|\
considération)\b.{0,60}
(?:un |muchos |mis )?(?:cordial(?:es)? |atentos? |afectuoso |fuerte |gran )?(?:saludos?|abrazos?)(?: \
(?:cordial(?:es)?|afectuosos?|atentos))?|atentamente|atte\.?|cordialmente|reciba un cordial saludo.{0,30}
quedo a (?:su|tu) disposición|sin otro particular.{0,60}
(?:con i (?:più|migliori) )?(?:cordiali|distinti|migliori|i migliori|tanti|cari)(?: e cordiali)? saluti
(?:un )?(?:cordiale |caro )?salut[io](?:oni)?|cordialità|cordialmente|in fede
(?:met )?(?:zeer )?(?:vriendelijke|hartelijke|beste|warme|zonnige|sportieve)? ?(?:groet(?:en|jes)?)|mvg
m\.v\.g\.|met vr\.? gr\.?|hoogachtend|vr\.? ?gr\.?|gr\.?
(?:serdecznie |z góry |gorąco )?pozdrawia(?:m|my)(?: serdecznie)?
(?:z |łączę )?(?:wyrazami )?(?:poważani(?:em|a)|szacunk(?:iem|u))
(?:z |serdeczne |łączę )?pozdrowieni(?:a|ami)|pzdr\.?|pozdr\.?|z powazaniem
atenciosamente|com os (?:melhores|meus) cumprimentos|(?:melhores |cordiais )?cumprimentos|abraços?|att\.?
cordialmente|respeitosamente|saudações
(?:med )?(?:vänlig(?:a)?|varma|bästa|många|kära) hälsning(?:ar)?|hälsning(?:ar)?|vänligen|mvh|m\.v\.h\.|vh
(?:med )?(?:venlige?|bedste|kærlig|mange|de bedste|vennlig|beste|hyggelig) hils(?:en|ner|ener)|hilsen|hils
dbh|kh
(?:ystävällisin|parhain|terveisin|yhteistyö)(?: terveisin)?|terveisin|terv\.?|yst\. terv\.?|t\.|yt\.?
s (?:přátelským |srdečným )?pozdravem|s úctou|s přáním (?:hezkého|pěkného) dne|zdravím|hezký den|s pozdravom
s úctou|s priateľským pozdravom|prajem pekný deň|pekný deň
cu (?:stimă|respect|drag|considerație)|cele bune|toate cele bune|o zi (?:bună|frumoasă)
saygılarım(?:la|ızla)|saygılar|iyi çalışmalar|sevgiler|selamlar|en iyi dileklerimle
с уважением|с наилучшими пожеланиями|всего доброго|с ув\.?|з повагою|з найкращими побажаннями
всього найкращого
με εκτίμηση|με φιλικούς χαιρετισμούς|φιλικά|χαιρετισμούς
s poštovanjem|lp|lep pozdrav|lijep pozdrav|srdačan pozdrav|с уважение|поздрави|pagarbiai|ar cieņu
lugupidamisega
敬具|此致|敬礼|敬禮|祝好|顺祝商祺|順頌商祺|商祺|草々
"""
# Thanks, and good wishes for the day: a sign-off only where a name follows.
_WEAK = r"""
(?:many |a lot of )?(?:thanks|thank you|thx|thanx|tks|cheers|ty)(?: (?:again|a lot|so much|very much|you|\
in advance|kindly|once again|much|for your (?:help|time|understanding|reply|support)|and have a (?:nice|\
great|good) (?:day|weekend|evening)))*
take care|talk soon|speak soon|see you(?: soon)?
have a (?:nice|great|good|lovely) (?:day|weekend|evening|week|one)|looking forward|much appreciated
appreciated|peace|love|xoxo|later|enjoy your (?:day|weekend)
(?:vielen |besten |herzlichen |lieben |schönen |1000 )?dank(?:e)?(?: (?:im voraus|vorab|schön|sehr|dir|\
ihnen|euch|nochmals|und (?:viele|liebe|beste|schöne|freundliche) grüße|und gruß))*
(?:einen )?schöne[nsrm]? (?:tag|abend|woche|wochenende|feierabend)(?: noch)?|bis (?:bald|dann|später)
tschüss|ciao
(?:előre is |nagyon )?(?:köszönöm|köszönjük|köszi|kösz|köszönet)(?: (?:szépen|előre is|előre|a segítséget|\
mindent))?|jó (?:hétvégét|munkát|napot)(?: kívánok)?|szép (?:hétvégét|estét|hetet)|puszi|szia
(?:un grand |grand |mille )?merci(?: (?:d'avance|par avance|beaucoup|bien|infiniment|encore|et (?:bonne|\
belle) journée))?|(?:bonne|belle|excellente) (?:journée|soirée|semaine|fin de journée|réception)
bon week-?end|à bientôt|a bientôt
(?:muchas |mil )?gracias(?: (?:por adelantado|de antemano|y (?:un saludo|saludos)|anticipadas|por todo))?
que (?:tenga|tengas) (?:un )?buen(?: día|a tarde)?|hasta pronto|buen (?:día|fin de semana)
(?:molte |mille |tante )?grazie(?: (?:mille|in anticipo|ancora|e (?:cordiali )?saluti))?
buona (?:giornata|serata|domenica|settimana)|buon (?:lavoro|weekend|fine settimana)|a presto
(?:alvast |heel |hartelijk |vriendelijk )?(?:bedankt|dank(?: je| u)?)(?: (?:alvast|wel|vast))?
fijne (?:dag|avond|week)(?: verder)?|fijn weekend|prettig weekend|tot (?:snel|ziens|dan)
(?:z góry |bardzo )?dzięk(?:i|uję|ujemy)(?: (?:z góry|bardzo|i pozdrawiam))?
miłego (?:dnia|weekendu|tygodnia)|do (?:usłyszenia|zobaczenia)
(?:muito )?obrigad[oa](?: desde já)?|bom (?:dia|fim de semana)|tack(?: (?:på förhand|så mycket))?
(?:mange )?takk?(?: (?:på forhånd|for hjælpen|for hjelpen))?|kiitos(?: etukäteen| paljon)?|kiitoksia
hyvää päivänjatkoa
(?:předem |mockrát )?děkuj(?:i|eme|u)(?: předem)?|díky|(?:vopred )?ďakujem(?:e)?|ďakujem|mulțumesc|multumesc
mersi|teşekkürler|teşekkür ederim|iyi günler|şimdiden teşekkürler
спасибо|заранее спасибо|благодарю|дякую|щиро дякую|ευχαριστώ|σας ευχαριστώ|hvala|благодаря|ありがとうございます
よろしくお願いします|よろしくお願いいたします|谢谢|謝謝|감사합니다|고맙습니다
"""


def _compiled(table: str) -> re.Pattern[str]:
    one = "|".join(f"(?:{row})" for row in table.replace("\\\n", "").strip().split("\n"))
    # Two languages on one line, and a name behind.
    return re.compile(
        rf"[*_>\s]*(?:{one})(?!\w)(?:\s?[/|–&,-]\s?(?:{one})(?!\w))?"
        r"(?P<mark>[\s,.!;:–—*_-]*)(?P<name>.{0,45})\Z",
        re.IGNORECASE,
    )


_STRONG_LINE = _compiled(_STRONG)
_WEAK_LINE = _compiled(_WEAK)


def read(row: str) -> SignOff | None:
    """Return the sign-off that `row` is, with a name behind it or without; None where it is none."""
    row = row[:200]
    for pattern, weak in ((_STRONG_LINE, False), (_WEAK_LINE, True)):
        if found := pattern.match(row):
            mark, name = found["mark"], found["name"].strip()
            if not name:
                return SignOff(weak, "", mark.strip().endswith((",", "-", "–", "—")))
            if mark and _may_be_name(name):
                return SignOff(weak, name.strip(" ,.*_"), False)
    return None


def _may_be_name(name: str) -> bool:
    return not name[0].islower() and len(name.split()) <= 4 and not name.endswith(("?", ":"))
