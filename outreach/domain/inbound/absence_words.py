"""What stands beside the day on which somebody comes back, or the last day away. Folded text."""

from __future__ import annotations

import re

# A day of the month alone: "the 16th", "ab dem 16. wieder", "le 16.", "el lunes 16".
LONE_DAY = re.compile(
    r"(?:\bthe (?=\d\d?(?:st|nd|rd|th)\b)|\b(?:dem|den|zum|am) (?=\d\d?\.(?:\s|$)(?! ?\d))"
    r"|\b(?:le|el|il|au|al|dia|lunes|martes|miercoles|jueves|viernes|lundi|mardi|mercredi|jeudi|vendredi|lunedi|martedi"
    r"|mercoledi|giovedi|venerdi) (?=\d\d?(?:\s?(?:[.,;!)]|$)|\s\s| (?:inclus|compris|y|et|e|por|con)\b)(?!\.?\d)))"
    r"(?P<day>[0-3]?\d)(?!\d)"
)
# Right before a date, or with a few words between: the day on which the writer is back.
BACK_BEFORE = re.compile(
    r"\b(?:back|again|first (?:working )?day|next working day|date of return|erster arbeitstag|palaan|takaisin"
    r"|reopen\w*|riapr\w+|reabri\w+|rouvr\w+|reouvr\w+|heropen\w*|ujranyit\w*"
    r"|return(?:ing|s)?|resum(?:e|ing)|available|reachable|contactable|in the office"
    r"|at work|return(?: to)? (?:the )?office|wieder|zuruck|ruckkehr|ab (?:dem|montag|dienstag|mittwoch"
    r"|donnerstag|freitag)?|erreichbar ab|nachster arbeitstag|vissza\w*|ismet|ujra|legkozelebb|elso munkanap\w*"
    r"|de retour|retour|a compter du|a partir d[ue]|reviendrai|serai la|rentrerai|reprendrai|reprise"
    r"|de vuelta|vuelta|regres\w+|volver[ea]\w*|vuelvo|reincorpor\w+|retom\w+|a partir del?|incorporacion"
    r"|torner\w+|torno|rientr\w+|di ritorno|nuovamente|di nuovo|a partire dal?|riprender\w+|rientro"
    r"|terug|weer(?: aanwezig| bereikbaar| beschikbaar| op kantoor| te bereiken)?|vanaf|hervat|wracam"
    r"|wroce|powrot\w*|ponownie|bede (?:dostepn\w|w biurze)|z powrotem|wroci|od dnia|volto|voltarei"
    r"|retorno|retornarei|regresso|tillbaka|tilbake|tilbage|ater|zpet|vratim se|budu zpet|вернусь"
    r"|выхожу|復帰|返回)\b(?:[ :,-][^.!?\n]{0,40})?$"
)
# Right behind one: "ab dem 16. März wieder erreichbar", "március 9-én jövök vissza".
BACK_BEHIND = re.compile(
    r"^(?:に|より|から)?(?:戻|復帰|出社|返回|回来|回來|回到|恢复|上班)|^\s?(?:以降|以後|以后|부터|이후)|^[^.!?\n]{0,60}?\b(?:back\b|again\b|wieder\b|zuruck\b|vissza\w*|ismet\b|ujra\b|elerheto\b"
    r"|(?:de )?retour\b|de nouveau\b|a nouveau\b|de nuevo\b|de vuelta\b|nuovamente\b|di nuovo\b"
    r"|weer\b|terug\b|ponownie\b|z powrotem\b|znowu\b|i (?:will )?return\b|reviens\b|regreso\b|rientro\b"
    r"|wracam\b|jovok\b|tol\b)"
)
FROM_BEHIND = re.compile(r"^\s?(?:以降|以後|以后|부터|이후)")
FROM_BEFORE = re.compile(
    r"\b(?:from|as of|starting|ab|ab dem|ab dem|vom|a partir d[ue]l?|a partire dal?|vanaf|od|desde"
    r"|des le|dal)(?: the| den| le)?[ :]*$"
)
# The last day away: said so, or by the language's own use of "until".
LAST_DAY = re.compile(
    r"\b(?:through|thru|up to and including|until and including|till and including|to and including"
    r"|until the end of|inclusive of|last day (?:of [a-z ]{1,20} )?is|bis(?: zum| einschl\w*\.?"
    r"| inkl\w*\.?| inclusive| mit| voraussichtlich| auf weiteres)*|jusqu'(?:au|a|en)(?: la)?|hasta(?: el"
    r"| la)?(?: dia)?|fino (?:al|all'|a)|sino al|tot en met|t/?m|t\.e\.m\.|do(?: dnia)?|ate(?: o)?(?: dia)?"
    r"|till? (?:och|og) med|t\.?o\.?m\.?|do dne|по|до|pana (?:pe|la|in))(?: (?:the|le|el|il|den|dem|de|o|a|and including"
    r"|inkl\w*\.?|einschl\w*\.?|inclusive|around|about|ca\.?|circa|voraussichtlich|kommenden|nachsten|proxim[oa]"
    r"|prossim[oa]|prochaine?|najblizsz\w+|dzien|inkluderat|including|med|dia|domingo|lundi))*[ :,(]{0,3}$"
    r"|(?:至|到|直到|直至)(?:了)?$"
)
# English and Dutch say "until" of the day on which somebody is back as well: that day is tried.
UNTIL = re.compile(
    r"\b(?:until|till|til|tot(?: aan)?)(?: (?:the|on|about|around|approximately|at least|early|de|next|this|coming"
    r"|komende|volgende|and))*[ :,(]{0,3}$"
)
INCLUSIVE = re.compile(
    r"^[^.!?\n]{0,12}?(?:inclusive|incl\b|inkl\w*|einschlies\w*|inclus\w*|included|inclusief|compreso"
    r"|incluso|włacznie|wlacznie|bezarolag|-?ig bezarolag|\(included\))"
)
# Hungarian and Turkic kin say it behind: "március 13-ig", "péntekig".
LAST_BEHIND = re.compile(
    r"^-?(?:a|e|j[ae])?ig\b|^-?(?:ei|ai)g\b|^\s?(?:まで|迄|까지)|^\.? (?:asti|saakka)\b|^[\w' ]{0,14}kadar\b"
)
JOIN = re.compile(
    r"^(?:-?(?:a|e|j[ae])?t[oe]l)?[\s,.;:)]{0,3}(?:-|to|until|till|til|through|thru|and|bis(?: zum"
    r"| einschl\w*\.?| inkl\w*\.?)?|au|al|all'|a|tot(?: en met)?|t/m|do|es|et|y|e|und|en|ate|(?:to"
    r"|until|till) and including)?[\s(]{0,2}(?:the |le |el |il |den |dnia |einschlieslich |including "
    r"|incl\. )?$"
)
# What tells that a span of days is one away, and no meeting or deadline.
AWAY = re.compile(
    r"\b(?:out (?:of|today|until|till|on|from|for|this)|sick|away|absent|absence|ooo|leave"
    r"|vacation|holidays?|travel\w*|closed|closure|unavailable"
    r"|not (?:be )?(?:in|available|working)|off\b|pto|abwesen\w*|urlaub\w*|nicht (?:im|erreichbar"
    r"|da|verfugbar)|auser haus|geschlossen|betriebsferien|dienstreise|elternzeit|szabadsag\w*|tavol\w*"
    r"|hazon kivul|irodan kivul|nem (?:vagyok|leszek)|zarva|absent\w*|conges?|vacances|deplacement"
    r"|ferme\w*|indisponible|fuera|ausen\w*|vacaciones|cerrad\w*|viaje|assen\w*|ferie|fuori|chius\w*"
    r"|trasferta|afwezig\w*|vakantie|verlof|gesloten|niet (?:op kantoor|aanwezig|bereikbaar)|nieobecn\w*"
    r"|urlop\w*|poza biurem|zamkniet\w*|delegacj\w*|ausente|ferias|semester|ferie|franvar\w*|dovolen\w*"
    r"|отпуск\w*|отсутств\w*|izin\w*|lomal\w*|betriebsruhe|nieczynn\w*|concediu|barsel\w*|foraldraledig\w*)"
)
# Languages that put the day first in 03/04: their own little words tell them.
DAY_FIRST = re.compile(
    r"\b(?:jusqu'au|du|au|retour|absent|hasta|desde|oficina|ausente|fino|dal|ufficio|rientro|tot"
    r"|vanaf|afwezig|bis|vom|abwesend|urlaub|urlop\w*|nieobecn\w*|wracam|szabadsag\w*|ate o|ferias"
    r"|bank holiday|annual leave)\b"
)
FOR_SO_LONG = re.compile(r"(?:for|fur|pour|pendant|durante|por|per|voor|przez) ")
SENTENCE_END = re.compile(r"(?<!\bca)(?<!incl)(?<!inkl)(?<!einschl)(?<!\d)[.!?]\s|\n\n")
CLAUSE_END = re.compile(r" (?:and|und|en|et|y|e|i|es|og|och) |[,;] ")
WEEKDAY_BEFORE = re.compile(
    r"(?<!\w)(?:(?:mon|tue|wed|thu|fri|fre|sat|sun|stre|ctv|pat|ute|die|mit|don|sam|son|lun|mar|mer|mie|jeu|jue|ven|vie"
    r"|gio|sab|dom|pon|wto|sro|czw|pia|nie|maa|din|woe|vri|zat|zon|het|ked|sze|csut|pent|szom|vas"
    r"|dim|man|tir|ons|tor|lor)[a-z]{0,9}[.,]{0,2}|(?:mo|di|mi|do|fr|sa|so|wt|sr|pt|h|k|cs|p)[.,]{1,2}) (?:the "
    r"|den |dem |le |el |il |de )?$"
)
WEEK_OF = re.compile(
    r"(?:w/c|wc|week (?:of|commencing|beginning|starting)|woche (?:vom|ab)|semaine du|semana del|week van) ?(?:the )?$"
)
