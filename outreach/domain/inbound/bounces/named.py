"""Whom a report in prose is about: the layouts of the mail systems, the likeliest first, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from outreach.domain.inbound.bounces.notice import Notice
from outreach.domain.inbound.bounces.spelled import addresses_in, tidy
from outreach.domain.inbound.parts import Opened

MAX_NAMED = 100

_MAIL = r"[^\s<>()\[\],;:\"@|`]{1,64}@[^\s<>()\[\],;:\"'@|/\\`*]{1,255}"
_ROLES = "|".join((
    r"(?:final|original|failed|failing|bad|intended|undeliverable)[- ](?:recipient|address)",
    r"recipient(?:s|\(s\)| address(?:es)?| name)?",
    r"(?:could not be|was not) delivered to|error-for",
    r"rcpt(?: to)?|(?:addressed )?to|(?:e-?mail )?address|user",
    r"an|empf.nger|destinataires?|destinatario|destinatari|ontvanger|odbiorca|címzett|adresse",
    r"宛先|收件人|收件地址",
))  # fmt: skip
_TOWARDS = (
    r"(?:to|for|recipients?|address(?:es)?|user|mailbox|account|errors?:|an|adresse|à|a|para|per|naar|do|для|адрес\w?|на)"
    r"[: ] ?(?:the )?(?:following )?(?:recipients?|address(?:es)?|e-?mail address|user|mailbox|account)?"
)
# Each layout gives the address as its one group. They are tried in this order; the first that finds anybody decides.
_LAYOUTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # Postfix, qmail, Exim: the line begins with it in brackets, and a colon or nothing comes behind.
        rf"^[ \t*>-]{{0,8}}+<(?:mailto:)?({_MAIL})>(?: \((?:expanded|generated|ultimately|reason)[^)\n]{{0,200}}\))?"
        r"[ \t]{0,4}(?::|\.\.\.|\n|$)",
        # A field.
        rf"^[ \t*>|#-]{{0,12}}+(?:{_ROLES})[ \t]{{0,6}}(?:[:：=]|is)[ \t]{{0,8}}"
        rf"(?:rfc822;|smtp:|<|\"[^\"\n]{{0,60}}\" <|\[smtp:|\[)?[ \t]?(?:mailto:)?({_MAIL})",
        # Alone on its line, with brackets and bullets or without.
        rf"^[ \t*>|\"'(-]{{0,12}}+<?(?:mailto:)?({_MAIL})>?[\"')]?[ \t]{{0,4}}[:;,.-]?[ \t]{{0,4}}$",
        # At the head of a line, and the reason behind it.
        rf"^[ \t*>|-]{{0,12}}+<?({_MAIL})>?[ \t]{{0,4}}(?:\.\.\.|[:;(\[<=,-]|on \w"
        r"|\.? (?:invalid|user|mailbox|unknown|account|recipient|address|host|failed|could|was|is|no|not)\b)",
        # SMTP as it was spoken.
        rf"(?:rcpt to: ?<|\bsmtp=)({_MAIL})",
        rf"\b[245]\d\d[ -](?:[245]\.\d{{1,3}}\.\d{{1,3}} )?<?({_MAIL})>?",
        # In a sentence.
        rf"{_TOWARDS}[ \t:]{{0,4}}[<'\"(\[]{{0,2}}({_MAIL})",
    )
)
# Behind these words the recipients are named; before them a mail may be summed up with its own To.
_ANCHOR = re.compile(
    r"following (?:e-?mail )?(?:recipient|address|user|mailbox)|did not reach|delivered to|fatal errors"
    r"|failed (?:recipient|address)|recipients were affected|folgende|siguiente|suivant|seguent|volgende",
    re.IGNORECASE,
)
# From this one on a layout may find people who are only spoken of.
_LOOSE = 2
_FORWARDED = re.compile(rf"\((?:ultimately )?(?:expanded|generated) from:? ?<?({_MAIL})>?", re.IGNORECASE)
_STRANGERS = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|abuse|help-?desk|hostmaster|webmaster|root|administrator|administrador"
    r"|no-?reply|do-?not-?reply|bounces?|sysadmin|[\w.-]{0,40}microsoftexchange\w{0,60}|support|servicedesk|blacklist|unblock"
    r"|delist|removal|noc)@",
    re.IGNORECASE,
)
_OURS = ("to", "delivered-to", "x-original-to", "envelope-to", "cc")
_OUR_RETURNED = (
    "from",
    "sender",
    "return-path",
    "reply-to",
    "x-envelope-from",
    "errors-to",
    "list-unsubscribe",
)


@dataclass(frozen=True)
class Named:
    """An address, and the piece of the notice that is about it."""

    address: str
    text: str


def recipients_named(mail: Opened, notice: Notice) -> list[Named]:
    """Return whom the notice says it is about, at most `MAX_NAMED`, none of them our own senders."""
    found = _forwarding(mail, notice) or _by_header(mail) or _by_layout(mail, notice)
    if not found:
        to = returned_recipients(notice)
        found = to if len(to) == 1 else []
    return [Named(address, about(address, found, notice.text)) for address in found[:MAX_NAMED]]


def returned_recipients(notice: Notice) -> list[str]:
    """Return whom the returned mail was written to."""
    return addresses_in(notice.returned_to("to")) or addresses_in(notice.returned_to("cc"))


def _by_header(mail: Opened) -> list[str]:
    return addresses_in(" ".join(mail.headers.all("x-failed-recipients"))[:8000])


def _forwarding(mail: Opened, notice: Notice) -> list[str]:
    """Return whom we wrote to, where the notice is about an address that their mail is forwarded to."""
    written_to = returned_recipients(notice)
    found = {tidy(address) for address in _FORWARDED.findall(notice.text)} - own_addresses(mail, notice)
    return [address for address in written_to if address in found] if written_to else sorted(found - {""})


def _by_layout(mail: Opened, notice: Notice) -> list[str]:
    ours = own_addresses(mail, notice)
    written_to = set(returned_recipients(notice))
    kept = _wanted(ours, written_to)
    anchor = _ANCHOR.search(notice.text)
    texts = (notice.text[anchor.start() :], notice.text) if anchor else (notice.text,)
    for text, (number, layout) in product(texts, enumerate(_LAYOUTS)):
        if found := kept(tidy(address) for address in layout.findall(text)):
            known = [address for address in found if address in written_to]
            return known if known and number >= _LOOSE else found
    anywhere = [address for address in kept(addresses_in(notice.text)) if "." in address.rpartition("@")[2]]
    return [address for address in anywhere if address in written_to] or anywhere[:1]


def _wanted(ours: set[str], written_to: set[str]) -> Callable[[Iterable[str]], list[str]]:
    def kept(addresses: Iterable[str]) -> list[str]:
        return [
            address
            for address in dict.fromkeys(addresses)
            if address and (address in written_to or (address not in ours and not _STRANGERS.match(address)))
        ]

    return kept


def own_addresses(mail: Opened, notice: Notice) -> set[str]:
    """Return the addresses that are ours or the mail system's: nobody that a mail of ours did not reach."""
    written = [mail.headers.text(name) for name in _OURS] + [mail.headers.text("from")]
    if notice.returned:
        written += [notice.returned.text(name) for name in _OUR_RETURNED]
    found = {address for value in written for address in addresses_in(value)}
    return found | {_id.strip("<>").lower() for _id in notice.message_ids}


def about(address: str, all_named: list[str], text: str) -> str:
    """Return the piece of the notice from the first mention of `address` to that of another recipient."""
    lowered = text.lower()
    start = lowered.find(address)
    if start < 0 or len(all_named) == 1:
        return text[max(start, 0) :] if start >= 0 else text
    others = (
        lowered.find(other, start + len(address)) for other in all_named[:MAX_NAMED] if other != address
    )
    end = min((at for at in others if at > start), default=len(text))
    return text[start:end]
