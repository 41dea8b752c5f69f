"""Enhanced status codes (RFC 3463, the IANA registry, Exchange) and SMTP reply codes: found in a text, and what they say."""

from __future__ import annotations

import re

from outreach.domain.inbound.words import Reason

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY = r"(4(?:2[12]|3[0-2]|4[1-79]|5[0-8]|71)|5(?:0[0-5]|1[0-7]|2[0-9]|3[0-9]|4[1-6]|5[0-9]|7[0-9]|98))"
_UNITS = r"?(?:bytes|kb|mb|seconds|minutes|hours|messages|days|eur|usd|characters)"
# A number is a reply code where SMTP puts one: before a status, in a quoted reply, or at the start of a line.
_CODES = (
    re.compile(rf"(?<![\d.]){_REPLY}[ -]{{1,3}}#?[245]\.\d{{1,3}}\.\d{{1,3}}"),
    re.compile(rf"(?:said|smtp;|smtp error|<<<|error|code|response|returned|replied|reply|status|rcpt to:<[^>]{{1,254}}>)"
               rf"[^\w\n]{{0,6}}(?:from remote server|was|:)?[^\w\n]{{0,6}}{_REPLY}(?![\d.])", re.IGNORECASE),
    re.compile(rf"^[ \t>|#*(]{{0,12}}{_REPLY}[ #:-]", re.MULTILINE),
    re.compile(rf"(?<![\d.\w,/-]){_REPLY}(?=[ #:-])(?! {_UNITS})", re.IGNORECASE),
    re.compile(rf"(?<![\d.\w,/-]){_REPLY}(?![\d.,\w])(?! {_UNITS})", re.IGNORECASE),
)  # fmt: skip

_BY_DETAIL = {
    "1.0": Reason.USER_UNKNOWN,
    "1.1": Reason.USER_UNKNOWN,
    "1.2": Reason.HOST_UNKNOWN,
    "1.3": Reason.USER_UNKNOWN,
    "1.4": Reason.SYSTEM,  # ambiguous
    "1.6": Reason.MOVED,
    "1.7": Reason.SENDER_REJECTED,
    "1.8": Reason.SENDER_REJECTED,
    "1.9": Reason.PROTOCOL,
    "1.10": Reason.USER_UNKNOWN,  # of Exchange; RFC 7505 has it for a null MX, which is as dead
    "2.1": Reason.SUSPENDED,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "2.4": Reason.SYSTEM,
    "2.121": Reason.RATE_LIMITED,
    "2.122": Reason.RATE_LIMITED,
    "3.1": Reason.SYSTEM_FULL,
    "3.2": Reason.SYSTEM,
    "3.3": Reason.SYSTEM,
    "3.4": Reason.TOO_LARGE,
    "3.5": Reason.SYSTEM,
    "4.1": Reason.NETWORK,
    "4.2": Reason.NETWORK,
    "4.3": Reason.NETWORK,
    "4.4": Reason.NETWORK,
    "4.5": Reason.SYSTEM,
    "4.6": Reason.LOOP,
    "4.7": Reason.EXPIRED,
    "4.8": Reason.LOOP,
    "4.14": Reason.LOOP,
    "4.300": Reason.EXPIRED,
    "4.310": Reason.HOST_UNKNOWN,
    "4.312": Reason.NETWORK,
    "4.316": Reason.EXPIRED,
    "4.317": Reason.EXPIRED,
    "5.1": Reason.PROTOCOL,
    "5.2": Reason.PROTOCOL,
    "5.3": Reason.RATE_LIMITED,  # too many recipients
    "5.4": Reason.PROTOCOL,
    "5.5": Reason.PROTOCOL,
    "5.6": Reason.CONTENT,
    "6.7": Reason.PROTOCOL,
    "6.8": Reason.PROTOCOL,
    "6.9": Reason.PROTOCOL,
    "6.10": Reason.PROTOCOL,
    "7.2": Reason.RESTRICTED,
    "7.3": Reason.AUTHENTICATION,
    "7.8": Reason.AUTHENTICATION,
    "7.9": Reason.AUTHENTICATION,
    "7.10": Reason.TLS,
    "7.12": Reason.RESTRICTED,
    "7.13": Reason.SUSPENDED,  # RFC 5248: user account disabled
    "7.17": Reason.MOVED,  # RFC 7293: the mailbox has another owner than when the address was given
    "7.18": Reason.MOVED,
    "7.20": Reason.AUTHENTICATION,
    "7.21": Reason.AUTHENTICATION,
    "7.22": Reason.AUTHENTICATION,
    "7.23": Reason.AUTHENTICATION,
    "7.24": Reason.AUTHENTICATION,
    "7.25": Reason.PTR,
    "7.26": Reason.AUTHENTICATION,
    "7.27": Reason.SENDER_REJECTED,
    "7.28": Reason.RATE_LIMITED,
    "7.29": Reason.AUTHENTICATION,
    "7.30": Reason.TLS,
    "7.64": Reason.RELAY_DENIED,
    "7.124": Reason.RESTRICTED,
    "7.129": Reason.RESTRICTED,
    "7.133": Reason.RESTRICTED,
    "7.134": Reason.RESTRICTED,
    "7.135": Reason.RESTRICTED,
    "7.136": Reason.RESTRICTED,
    "7.501": Reason.SPAM,
    "7.502": Reason.SPAM,
    "7.503": Reason.SPAM,
    "7.504": Reason.FILTERED,
    "7.505": Reason.FILTERED,
    "7.506": Reason.PROTOCOL,
    "7.507": Reason.FILTERED,
    "7.508": Reason.RATE_LIMITED,
    "7.509": Reason.AUTHENTICATION,
    "7.510": Reason.POLICY,
    "7.511": Reason.BLOCKED,
    "7.512": Reason.CONTENT,
    "7.513": Reason.BLOCKED,
    "7.705": Reason.BLOCKED,
    "7.708": Reason.BLOCKED,
    "7.750": Reason.BLOCKED,
}
_BY_SUBJECT = {
    "4": Reason.NETWORK,
    "6": Reason.CONTENT,
    "7": Reason.POLICY,
}
# Exchange Online: 5.7.606 to 5.7.649 are for banned networks.
_BANNED = range(606, 650)

_BY_CODE = {
    "422": Reason.MAILBOX_FULL,
    "431": Reason.SYSTEM_FULL,
    "432": Reason.TOO_MANY_CONNECTIONS,
    "441": Reason.NETWORK,
    "442": Reason.NETWORK,
    "446": Reason.LOOP,
    "447": Reason.EXPIRED,
    "449": Reason.NETWORK,
    "451": Reason.SYSTEM,
    "452": Reason.SYSTEM_FULL,
    "454": Reason.TLS,
    "500": Reason.PROTOCOL,
    "501": Reason.PROTOCOL,
    "502": Reason.PROTOCOL,
    "503": Reason.PROTOCOL,
    "504": Reason.PROTOCOL,
    "511": Reason.USER_UNKNOWN,
    "512": Reason.HOST_UNKNOWN,
    "521": Reason.NOT_ACCEPTING,  # RFC 7504
    "523": Reason.TOO_LARGE,
    "530": Reason.AUTHENTICATION,
    "535": Reason.AUTHENTICATION,
    "541": Reason.SPAM,
    "552": Reason.MAILBOX_FULL,
    "556": Reason.NOT_ACCEPTING,  # RFC 7504
    "571": Reason.POLICY,
}


def by_status(status: str) -> Reason:
    """Return the reason that an enhanced status code gives by itself, UNDEFINED for those that name none."""
    kind, _, detail = status.partition(".")
    if detail == "4.4" and kind == "5":
        return Reason.HOST_UNKNOWN  # "unable to route": the domain has no server; 4.4.4 may get one
    if kind == "4" and detail in ("1.0", "1.3", "2.1"):
        return Reason.UNDEFINED
    if detail in _BY_DETAIL:
        return _BY_DETAIL[detail]
    subject, _, number = detail.partition(".")
    if subject == "7" and number.isdigit() and int(number) in _BANNED:
        return Reason.BLOCKED
    return _BY_SUBJECT.get(subject, Reason.UNDEFINED)


def by_code(smtp_code: str) -> Reason:
    """Return the reason that a reply code gives by itself; most give none."""
    return _BY_CODE.get(smtp_code, Reason.UNDEFINED)


def statuses(text: str) -> list[str]:
    """Return the enhanced status codes in `text`, in their order."""
    return _STATUS.findall(text)


def spoken(text: str) -> str:
    """Return the lines of a notice that hold a reply of a server, each with its neighbours; nothing where none does."""
    lines = text[:6000].split("\n")
    coded = [
        number
        for number, line in enumerate(lines)
        if _STATUS.search(line) or _CODES[1].search(line) or _CODES[2].search(line)
    ]
    kept = sorted(
        {near for number in coded[:4] for near in range(number - 1, number + 3) if 0 <= near < len(lines)}
    )
    return "\n".join(lines[number] for number in kept)


def reply_code(text: str, kind: str = "") -> str:
    """Return the SMTP reply code (4xx or 5xx) that `text` tells, or nothing; one that begins with `kind` goes first."""
    best = ""
    for pattern in _CODES:
        for found in pattern.finditer(text):
            if not kind or found[1].startswith(kind):
                return found[1]
            best = best or found[1]
    return best
