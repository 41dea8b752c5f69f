"""Challenges: somebody's spam filter asks the sender to prove to be a person before it lets the mail through."""

from __future__ import annotations

import re

from outreach.domain.inbound.letter import Letter
from outreach.domain.inbound.prose import Phrases

# What names the program. Each is enough.
_HEADERS = (
    "x-tmda-confirm",
    "x-boxbe-challenge",
    "x-spamarrest",
    "x-choicemail",
    "x-challenge",
    "x-mailinblack-auth",
)
_SENDERS = re.compile(
    r"@(?:[\w-]{1,40}\.){0,4}(?:spamarrest|boxbe|bluebottle|knowspam|mailblocks|0spam|mailinblack"
    r"|sendio|vanquish|digiportal|spamwall|gated|qurb|spamenmoins)\.\w|^(?:boxtrapper|challenge"
    r"|antispam-?challenge|[\w.-]{1,40}-confirm)[\w.+-]{0,60}@|@asp\.[\w.-]{0,40}uol\.com\.br|^anti-?spam@[\w.-]{0,40}uol\.com\.br"
    r"|-confirm-[\w.]{8,60}@"
)  # fmt: skip
_SUBJECT = Phrases(r"""
    your e-?mail requires verification | verify# | conf#
    please confirm (?:your (?:message|e-?mail|mail|identity)|\(conf)
    confirm(?:ation)? (?:of |required for |your |for your )?(?:message|e-?mail|mail) (?:delivery|to)
    (?:sender|mail|e-?mail|message) (?:address )?verification (?:required|request|needed)
    (?:sender|mail|e-?mail|message) (?:address )?(?:authentication|confirmation) (?:required|request|needed)
    sender verification | verification required | \(verification request\) | challenge[:-]
    requires? (?:your )?(?:confirmation|verification|authentication)
    action required\)? ?[\[:(].{0,120}(?:boxbe|waiting list) | waiting list | guest list
    demande d'?authentification | authentification (?:requise|de votre)
    validez votre (?:message|mail|envoi) | confirmez votre (?:message|envoi)
    bitte bestatigen sie ihre (?:nachricht|e-?mail|absender)
    absender(?:-?verifizierung|bestatigung|prufung) | confirme su (?:mensaje|correo|identidad)
    confirmacion de (?:envio|remitente) | verificacion de remitente | antispam uol | confirme (?:sua|seu)
    conferma (?:il tuo|del) (?:messaggio|mittente) | verifica (?:del )?mittente
    bevestig uw (?:bericht|e-?mail) | afzender ?verificatie | potwierdz (?:swoja|wyslanie|wiadomosc|nadawc)
    weryfikacja nadawcy | erositse meg (?:az uzenet|a levele) | felado (?:ellenorz|megerosit)
""")

# What is asked for, why, and what became of the mail. Two of the three and a link or a subject make a challenge.
_ASKED = Phrases(r"""
    (?:click|follow|use|visit)(?: on)? (?:the |this )?(?:following |above |below )?(?:link|url|button)
    (?:simply |just |please )reply to this
    (?:verify|confirm|prove|authenticate|validate) (?:that |yourself)
    (?:verify|confirm|prove|authenticate|validate) your (?:identity|address|e-?mail|message|humanity)
    (?:verify|confirm|prove|authenticate|validate) (?:you(?:'re| are)|this)
    click here | solve (?:the|this) (?:captcha|puzzle) | enter the (?:code|characters|word)
    klicken sie (?:bitte )?(?:auf|hier) | bestatigen sie | cliquez (?:ici |sur) | vous authentifier
    recopi(?:er|ez) | haga cli[ck] | pulse | confirme | clique | fai clic | cliccare | klik (?:op|hier)
    kliknij | potwierdz | kattintson | erositse meg
""")
_WHY = Phrases(r"""
    \bspam | \bjunk | unsolicited
    you(?:'re| are) (?:a )?(?:human|real person|not a (?:robot|machine|spammer)) | real (?:person|human)
    being human | first (?:time|message|e-?mail) (?:you|from you|i |that)
    (?:not|isn't|is not) (?:yet )?(?:on|in) (?:my|the|his|her|their) (?:approved|allowed|guest)
    (?:not|isn't|is not) (?:yet )?(?:on|in) (?:my|the|his|her|their) (?:contact|address|white)
    not (?:yet )?on (?:my|the|his|her|their) (?:\w+ )?list
    white ?-?list | approved (?:sender|list) | unknown sender | challenge[/ -]response
    kein (?:spammer|roboter) | werbung | pourriel | indesirable | (?:pas|etes) un (?:robot|humain)
    correo no deseado | robot
    nao e um robo | pessoa real | persona (?:real|fisica)
    lixo | posta indesiderata | ongewenste | niechcian
    levelszemet | keretlen
""")
_HELD = Phrases(r"""
    (?:message|e-?mail|mail|it) (?:[\w@.,'"-]{1,60} ){0,6}(?:held|quarantined|queued)
    (?:message|e-?mail|mail|it) (?:[\w@.,'"-]{1,60} ){0,6}(?:deferred|pending|released|discarded)
    (?:message|e-?mail|mail|it) (?:[\w@.,'"-]{1,60} ){0,6}(?:blocked|placed|waiting|on hold|delivered to)
    (?:hold|held)(?:ing)? (?:of )?(?:your|this|the original) (?:message|e-?mail|mail)s?
    (?:release|deliver|receive)(?:ing)? (?:of )?(?:your|this|the original) (?:message|e-?mail|mail)s?
    waiting list | guest list | so (?:that )?(?:i|we|he|she|they) can receive your
    before (?:it|your (?:message|e-?mail)) (?:can be|is|will be) delivered
    to (?:have|get) your (?:e-?mail|message) delivered
    (?:nachricht|e-?mail|mail) (?:[\w.,@<>'+-]{1,60} ){0,6}(?:zugestellt|gehalten|zuruckgehalten|quarantane)
    (?:message|mail|courriel) (?:[\w.,@<>'+-]{1,60} ){0,6}(?:retenu|bloque|delivre)
    (?:message|mail|courriel) (?:[\w.,@<>'+-]{1,60} ){0,6}(?:remis|en attente|distribue|achemine)
    (?:mensaje|correo|mensagem|e-mail) (?:[\w.,@<>'+-]{1,60} ){0,6}(?:retenid|entregad|entregue|retid|liberad)
    messaggio (?:[\w.,@<>'+-]{1,60} ){0,6}(?:consegnat|trattenut)
    bericht (?:[\w.,@<>'+-]{1,60} ){0,6}(?:afgeleverd|vastgehouden)
    wiadomosc\w{0,3} (?:[\w.,@<>'+-]{1,60} ){0,6}(?:wstrzyman|dostarcz)
    (?:uzenet|level)\w{0,6} (?:[\w.,@<>'+-]{1,60} ){0,6}(?:kezbesit|visszatart|varakoz)
""")
_OPT_IN = Phrases(r"""
    subscri(?:be|ption) | newsletter | sign(?:ed|ing)? up | regist(?:er|ration) | your account | password
""")


def challenge(letter: Letter) -> str:
    """Return how a challenge is known, or nothing. A question whether to subscribe is none."""
    headers = letter.headers
    if headers.first("x-delivery-agent").lower().startswith("tmda") and headers.first("auto-submitted"):
        return "challenge of TMDA"
    if any(headers.first(name) for name in _HEADERS) or _SENDERS.search(letter.sender):
        return "challenge by sender" if _signs(letter.words) else ""
    if letter.begun.quotes and letter.answers:
        return ""
    if _SUBJECT.search(letter.subject):
        return "challenge by subject" if _signs(letter.words) >= 2 else ""
    is_asked = _WHY.search(letter.words) and _signs(letter.words) == 3
    return "challenge in words" if is_asked and not _OPT_IN.search(letter.words) else ""


def _signs(words: str) -> int:
    return sum(table.search(words) is not None for table in (_ASKED, _WHY, _HELD))
