"""What machines report of a mail without anybody's words: authentication (DMARC, TLS) and that it was read."""

from __future__ import annotations

import re

from outreach.domain.inbound.letter import Letter
from outreach.domain.inbound.parts import Headers
from outreach.domain.inbound.prose import Phrases

_REPORT_SUBJECT = re.compile(
    r"(?:\[[^\]]{1,40}\] ?)?(?:report[ -]?domain ?:.{1,300}?(?:submitter|report-?id)"
    r"|dmarc (?:aggregate|failure|forensic|xml) report|dmarc report for"
    r"|tls-?rpt\b|(?:smtp )?tls (?:aggregate )?report\b)"
)
# receiver!domain!begin!end, RFC 7489, 7.2.1.1; RFC 8460, 5.1 has the same.
_REPORT_FILE = re.compile(
    r"[\w.-]{1,255}![\w.-]{1,255}!\d{9,11}!\d{9,11}(?:![^.]{0,80})?\.(?:xml|json|zip|gz)", re.IGNORECASE
)
_TLS_TYPES = frozenset({"application/tlsrpt+gzip", "application/tlsrpt+json"})
_FORENSIC = re.compile(
    r"this is an? (?:[\w/-]{1,20} ){0,3}(?:authentication[ -]failure|dmarc failure|dmarc forensic) report"
)


def authentication_report(letter: Letter) -> str:
    """Return which report on the authentication of our mail this is (RFC 6591, 7489, 8460), or nothing."""
    headers = letter.headers
    if headers.first("tls-report-domain") or headers.parameters.get("report-type", "").lower() == "tlsrpt":
        return "TLS report"
    for part in letter.mail.parts[:10]:
        if part.headers.content_type in _TLS_TYPES:
            return "TLS report"
        if part.headers.content_type.startswith(("application/", "text/xml")) and _names_a_report(
            part.headers
        ):
            return "DMARC report"
    if not letter.answers and _REPORT_SUBJECT.match(letter.subject):
        return "report subject"
    return "authentication failure report" if _FORENSIC.match(letter.words) else ""


def _names_a_report(headers: Headers) -> bool:
    written = f"{headers.first('content-disposition')} {headers.first('content-type')}"
    return _REPORT_FILE.search(written) is not None


_MDN_TYPES = ("message/disposition-notification", "message/global-disposition-notification")
_RECEIPT_SUBJECT = re.compile(
    r"(?:(?:not )?read|(?:read|return) receipt|(?:un|nicht )?gelesen(?: geloscht)?|lesebestatigung"
    r"|empfangsbestatigung \(angezeigt\)|olvasva|nem olvasott|olvasatlan|olvasasi visszaigazolas"
    r"|(?:non )?lu|(?:accuse|confirmation) de lecture|(?:no )?leido|confirmacion de lectura|(?:non )?lett[oa]"
    r"|conferma di lettura|ricevuta di ritorno|(?:niet )?gelezen|leesbevestiging|ontvangstbevestiging \(weergegeven\)"
    r"|(?:nie)?przeczytan[oe]|potwierdzenie przeczytania|(?:nao )?lida|last|laest|lest|precten[oe]"
    r"|citit|прочитано|отчет о прочтении) ?(?::|-|\()"
)
_RECEIPT_WORDS = Phrases(r"""
    (?:was|were) (?:read|deleted without being read|displayed|opened) on\b | deleted without being read
    this is a (?:return|read) receipt for | return receipt your (?:document|message)
    message was (?:read|displayed|opened) (?:by|at) | has been displayed on the recipient'?s? computer
    no guarantee that the message (?:has been|was) read
    wurde(?: am [^|]{1,40})? (?:gelesen|geoffnet|angezeigt) | ungelesen geloscht
    dies ist eine empfangsbestatigung fur | a ete (?:lu|affiche|supprime sans etre lu) | fue leido
    se ha leido | ha sido leido | e stat[oa] letto | gelezen op | is gelezen
    zosta[lł]a? (?:przeczytan|wyswietlon|odczytan) | elolvasta | olvasasanak ideje | az uzenetet elolvastak
""")


def read_receipt(letter: Letter) -> str:
    """Return how a read receipt is known (RFC 8098), also one whose report a gateway took away; or nothing."""
    report = letter.headers.parameters.get("report-type", "").lower()
    if report == "disposition-notification" or any(letter.mail.of_type(*_MDN_TYPES)):
        return "read receipt"
    if letter.headers.first("disposition-notification-to") or not _RECEIPT_SUBJECT.match(letter.subject):
        return ""
    return "read receipt in words" if _RECEIPT_WORDS.search(letter.words[:600]) else ""
