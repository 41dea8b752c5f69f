"""Addresses as reports spell them: with a type before, encoded, wrapped, or as a name in a directory of Exchange."""

from __future__ import annotations

import re

LONGEST = 254

_TYPE = re.compile(
    r"\s*(?:rfc-?822|utf-?8|smtp|local|unknown|x-[\w-]{1,30}|x400|dns|system|addr-type|internet)\s*;\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@|`]{1,64}@[^\s<>()\[\],;:\"'@|/\\`*]{1,255}")
_QUOTED = re.compile(r"\"[^\"\r\n@]{1,64}\"@[\w.-]{1,255}")
_UNICODE = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_HEX = re.compile(r"\+([0-9A-F]{2})")
_CAPSULE = re.compile(r"IMCEA(\w{2,15})-([^@\s]{1,600})@", re.IGNORECASE)
_ENDS = ".!?\u3002\u3001"


def addresses_in(text: str) -> list[str]:
    """Return the addresses that stand in `text`, lower case, in their order; none of them twice."""
    spelled = _QUOTED.findall(text) + _ADDRESS.findall(text) if '"@' in text else _ADDRESS.findall(text)
    return [address for address in dict.fromkeys(map(tidy, spelled)) if address]


def tidy(address: str) -> str:
    """Return the address in lower case without the marks of the sentence around it; nothing where it is none."""
    local, _, domain = address.rpartition("@")
    local, domain = local.lstrip("='*"), domain.rstrip(_ENDS + "-_=")
    return f"{local}@{domain}".lower() if local and domain and len(local) + len(domain) < LONGEST else ""


def address_of(field: str) -> str:
    """Return the address in a field of a report (RFC 3464 section 2.3.1, RFC 6533, RFC 3461 section 4), or nothing.

    One that a directory of Exchange stands for (IMCEAEX) can not be told from it: nothing.
    """
    written = _TYPE.sub("", field, count=1).strip()
    if "\\x{" in written:
        written = _UNICODE.sub(_character, written)
    if capsule := _CAPSULE.search(written):
        return _out_of_capsule(capsule[1].lower(), capsule[2])
    if "@" not in written:
        written = _from_hex(written) if "+40" in written else ""
    return next(iter(addresses_in(written)), "")


def local_part_of(field: str) -> str:
    """Return what such a field says where that is no address: the bare name of a local user, or nothing."""
    written = _TYPE.sub("", field, count=1).strip(" <>\t\"'").lower()
    return written if written and len(written) <= 64 and not re.search(r"[\s@;]", written) else ""


def _out_of_capsule(kind: str, written: str) -> str:
    if kind == "ex":
        return ""
    return next(iter(addresses_in(_from_hex(written))), "")


def _from_hex(written: str) -> str:
    return _HEX.sub(lambda code: chr(int(code[1], 16)), written)


def _character(code: re.Match[str]) -> str:
    number = int(code[1], 16)
    return chr(number) if 0x20 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
