"""Reports of a mail that somebody called spam: RFC 5965, RFC 9477, and the forms that providers have of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from outreach.domain.inbound.identifiers import RETURNED
from outreach.domain.inbound.letter import Letter
from outreach.domain.inbound.parts import Headers, Opened, headers_of
from outreach.domain.inbound.prose import Phrases
from outreach.domain.inbound.words import InboundKind, Recipient

MAX_RECIPIENTS = 100
MAX_READ = 16_000
"""How much of a text is searched for the fields of a report."""


@dataclass(frozen=True)
class Feedback:
    """A report on a mail of ours. Its recipients are those who complained; none where it is no complaint."""

    kind: InboundKind
    rule: str
    recipients: tuple[Recipient, ...] = ()
    message_ids: tuple[str, ...] = ()
    envelopes: tuple[str, ...] = ()  # where the mail that it is about came from


# RFC 5965, 7.3, and its later additions. A type that nobody registered is still somebody's feedback on a mail.
_TYPES = {
    "not-spam": InboundKind.OTHER,
    "auth-failure": InboundKind.AUTH_REPORT,
    "dmarc": InboundKind.AUTH_REPORT,
}


def read(letter: Letter) -> Feedback | None:
    """Return what a feedback report says; None where the mail is none."""
    fields = _fields(letter)
    if fields is not None:
        word = fields.first("feedback-type").lower().split(";")[0].strip()[:30] or "abuse"
        return _feedback(letter, _TYPES.get(word, InboundKind.COMPLAINT), f"feedback report: {word}", fields)
    name = _form(letter)
    return (
        _feedback(letter, InboundKind.COMPLAINT, name, Headers({})) if name else _of_notification(letter.mail)
    )


_FEEDBACK_TYPE = re.compile(r"^feedback-type:", re.IGNORECASE | re.MULTILINE)
_FURTHER_FIELD = re.compile(
    r"^(?:user-agent|version|original-mail-from|original-rcpt-to|source-ip|arrival-date|received-date"
    r"|reported-domain"
    r"|removal-recipient):",
    re.IGNORECASE | re.MULTILINE,
)


def _fields(letter: Letter) -> Headers | None:
    """Return the fields of the report: from its part, or from wherever a broken report has put them."""
    mail = letter.mail
    for part in mail.of_type("message/feedback-report"):
        return headers_of(part.data().lstrip())
    is_report = mail.headers.parameters.get("report-type", "").lower() == "feedback-report"
    if not is_report and not letter.returned:
        return None
    for part in mail.parts[:6]:
        if part.headers.content_type in RETURNED:
            continue
        text = part.text()[:MAX_READ]
        if (begin := _FEEDBACK_TYPE.search(text)) and (is_report or _FURTHER_FIELD.search(text)):
            first = min(
                begin.start(), *(field.start() for field in _FURTHER_FIELD.finditer(text)), begin.start()
            )
            return headers_of(text[first:].encode("utf-8", "replace"))
    return Headers({}) if is_report and letter.returned else None


# -- forms of the providers ------------------------------------------------------------------------

# Whoever writes like this sends nothing else: the name of the form, its sender, its subject.
_FORMS = tuple(
    (name, re.compile(sender), re.compile(subject))
    for name, sender, subject in (
        ("Outlook.com", r"staff@hotmail\.com", r""),
        ("Outlook.com", r"", r"\s*complaint about message from "),
        ("Amazon SES", r"complaints@[\w.-]*amazonses\.com", r""),
        ("AOL", r"scomp@aol\.\w+|fbl-no-reply@postmaster\.aol\.com", r""),
        ("AOL", r"", r"(?:re: )?(?:client tos notification|email feedback report for ip)"),
        ("SpamCop", r"", r"\[spamcop \([\da-f.:]{3,45}\) ?id:"),
        ("SpamCop", r"[\w.+-]+@(?:reports?|devnull|admin)\.spamcop\.net", r"\[spamcop \("),
        ("Rackspace", r"[\w.+-]+@(?:feedback|abuse)\.emailsrvr\.com", r""),
        ("Yahoo", r"feedback@arf\.mail\.yahoo\.com", r""),
        ("Mail.ru", r"(?:fbl|abuse)@(?:corp\.)?mail\.ru", r""),
        ("Yandex", r"fbl@[\w.-]*yandex[\w.-]*", r""),
        ("UOL", r"(?:fbl|feedback|abuse)@[\w.-]*uol\.com\.br", r""),
        ("Terra", r"(?:fbl|feedback|abuse)@[\w.-]*terra\.com[\w.]*", r""),
        ("Zoho", r"(?:fbl|feedback[\w-]*|abuse)@[\w.-]*zoho\w*\.\w+", r""),
        ("Validity", r"feedbackloop@[\w.-]*(?:senderscore|returnpath|validity)[\w.-]*", r""),
        ("Abusix", r"[\w.+-]+@[\w.-]*abusix[\w.-]*", r""),
    )
)  # fmt: skip
_SENDER = re.compile(
    r"(?:^|[._+-])(?:fbl|arf|feedback-?loops?|feedback|complaints?|abuse|abuse-?reports?|spam-?reports?"
    r"|scomp|jmrp?|tos|anti-?spam)(?:[._+-][\w.+-]{1,40})?@|@(?:[\w-]{1,40}\.){0,4}(?:fbl|arf|feedback"
    r"|abuse|complaints?|jmrp)\."
)
_SUBJECT = Phrases(r"""
    abuse (?:report|complaint|notification|feedback|message)
    complaint (?:about|from|regarding|received|notification|report)
    (?:spam|uce|ube|junk|e-?mail) (?:abuse )?(?:report|complaint|feedback|notification)
    feedback (?:report|loop) | reported as (?:spam|junk) | spam-?(?:meldung|beschwerde) | beschwerde uber
    plainte | signalement (?:de |d'|comme ) | queja de | denuncia de (?:spam|abuso)
    segnalazione (?:di )?(?:spam|abuso) | spam-?klacht | skarga na | zgloszenie spamu | spam bejelent
    жалоба
""")
_WORDS = Phrases(r"""
    (?:is|was|are) an? (?:[\w-]{1,20} ){0,6}(?:abuse|spam)(?: [\w-]{1,20}){0,3} (?:report|complaint)
    (?:is|was|are) an? (?:[\w-]{1,20} ){0,6}(?:complaint|feedback)(?: [\w-]{1,20}){0,3} (?:report|complaint)
    (?:is|was|are) an? (?:[\w-]{1,20} ){0,6}(?:abuse|spam)(?: [\w-]{1,20}){0,3} (?:notification|message)
    (?:is|was|are) an? (?:[\w-]{1,20} ){0,6}(?:complaint|feedback)(?: [\w-]{1,20}){0,3} notification
    (?:is|was|are) an? (?:[\w-]{1,20} ){0,6}(?:complaint|feedback)(?: [\w-]{1,20}){0,3} message
    email abuse report | abuse complaint regarding
    (?:reported|marked) (?:[\w'-]{1,20} ){0,5}(?:as )?[\"']?(?:spam|junk|unsolicited)
    (?:flagged|classified|identified) (?:[\w'-]{1,20} ){0,5}(?:as )?[\"']?(?:spam|junk|unsolicited)
    (?:user|recipient)s? (?:[\w'-]{1,20} ){0,5}(?:complained|has reported|reported)
    (?:customer|subscriber|member)s? (?:[\w'-]{1,20} ){0,5}(?:complained|has reported|reported)
    complaint (?:was|has been) (?:received|generated|submitted)
    (?:report|this is|mark as) (?:spam|junk)\"? button
    als (?:spam|unerwunscht) (?:gemeldet|markiert|eingestuft|gemarkeerd|gemeld)
    comme (?:spam|indesirable|pourriel) | como (?:spam|correo no deseado) | come (?:spam|posta indesiderata)
    jako spam | spamkent | spamnek | levelszemet
""")


def _form(letter: Letter) -> str:
    """Return the name of the provider's form; every one of them carries the mail that it is about."""
    if any(headers.first("x-hmxmroriginalrecipient") for headers in letter.returned):
        return "form of Outlook.com"
    for name, sender, subject in _FORMS:
        if sender.fullmatch(letter.sender if sender.pattern else "") and subject.match(letter.subject):
            return f"form of {name}" if letter.returned or name == "SpamCop" else ""
    if not letter.returned and not _holds_headers(letter.mail):
        return ""
    signs = [_SENDER.search(letter.sender), _SUBJECT.search(letter.subject), _WORDS.search(letter.words)]
    return "abuse report with the mail" if sum(map(bool, signs)) >= 2 else ""


_RECEIVED = re.compile(r"^[ \t>|]{0,6}Received: ?from ", re.MULTILINE)


def _holds_headers(mail: Opened) -> bool:
    """Answer whether the text shows the whole head of a mail, as abuse desks paste it and persons do not."""
    texts = (part.text()[:MAX_READ] for part in mail.of_type("text/plain"))
    return any(_RECEIVED.search(text) and _FIELD.search(text) for text in texts)


_NOTIFIED = re.compile(r'"(?:notificationType|eventType)"\s{0,5}:\s{0,5}"Complaint"')
_NOT_SPAM = re.compile(r'"complaintFeedbackType"\s{0,5}:\s{0,5}"(not-spam|auth-failure)"')
_COMPLAINED = re.compile(r'"complainedRecipients"\s{0,5}:\s{0,5}\[([^\]]{0,5000})')
_QUOTED_ADDRESS = re.compile(r'"emailAddress"\s{0,5}:\s{0,5}"([^"]{3,320})"')
_QUOTED_ID = re.compile(r'"(?:messageId|value)"\s{0,5}:\s{0,5}"(<[^"<>\s]{3,250}>)"')


def _of_notification(mail: Opened) -> Feedback | None:
    """Return what a notification of Amazon SES by mail says (JSON, sent through SNS)."""
    if "sns.amazonaws.com" not in mail.headers.first("from"):
        return None
    text = next((part.text() for part in mail.of_type("text/plain")), "")[:MAX_READ].replace('\\"', '"')
    if not _NOTIFIED.search(text):
        return None
    if other := _NOT_SPAM.search(text):
        return Feedback(_TYPES[other[1]], f"Amazon SES: {other[1]}")
    named = _COMPLAINED.search(text)
    return Feedback(
        InboundKind.COMPLAINT,
        "Amazon SES: complaint",
        _recipients(_QUOTED_ADDRESS.findall(named[1] if named else "")),
        tuple(dict.fromkeys(_QUOTED_ID.findall(text))),
    )


# -- whom and what it is about ---------------------------------------------------------------------

_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;:\"'@])[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{3,255}")
_BLACKENED = re.compile(r"redacted|undisclosed|hidden|removed|^x{3,}@|^\*|\.invalid$|@(?:redacted|\[)")
_ID = re.compile(r"<[^<>\s]{3,250}>")
_FIELD = re.compile(r"^[ \t>|]{0,6}Message-ID: ?<", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r"^(message-id|to|x-original-to):[ \t]{0,9}(\S[^\n]{0,500})", re.IGNORECASE | re.MULTILINE)
_OF_REPORT = ("original-rcpt-to", "removal-recipient")
_OF_MAIL = ("x-hmxmroriginalrecipient", "to", "x-original-to", "delivered-to", "x-rcpt-to", "envelope-to")


def _feedback(letter: Letter, kind: InboundKind, rule: str, fields: Headers) -> Feedback:
    returned = letter.returned or [_written_headers(letter.mail)]
    ids = [one.first("message-id") for one in returned] + [fields.first("original-message-id")]
    named = _named(fields, _OF_REPORT) or [one for mail_of in returned for one in _named(mail_of, _OF_MAIL)]
    is_complaint = kind is InboundKind.COMPLAINT
    return Feedback(
        kind,
        rule,
        _recipients(named) if is_complaint else (),
        tuple(dict.fromkeys(found for written in ids for found in _ID.findall(written) if found.isascii())),
        (fields.first("original-mail-from"), *(one.first("return-path") for one in returned)),
    )


def _named(headers: Headers, names: Iterable[str]) -> list[str]:
    """Return the addresses in the first of these headers that shows any; some reporters black them out."""
    for name in names:
        found = [
            one for value in headers.all(name)[:MAX_RECIPIENTS] for one in _ADDRESS.findall(value[:2000])
        ]
        if shown := [one for one in found if not _BLACKENED.search(one.lower())]:
            return shown
    return []


def _recipients(addresses: Iterable[str]) -> tuple[Recipient, ...]:
    """Return who complained. The address works, and must not be written to again."""
    named = dict.fromkeys(address.lower().strip(".") for address in addresses)
    return tuple(Recipient(address, suppress=True) for address in list(named)[:MAX_RECIPIENTS])


def _written_headers(mail: Opened) -> Headers:
    """Return the headers of the mail that lies in the text itself, as far as they are needed."""
    fields: dict[str, tuple[str, ...]] = {}
    for part in mail.of_type("text/plain"):
        for line in _LINE.finditer(part.text()[:MAX_READ]):
            fields.setdefault(line[1].lower(), (line[2],))
    return Headers(fields)
