"""Which addresses a mail can be written to, and the one spelling that stands for a person."""

from __future__ import annotations

import re

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

LONGEST = 254
LONGEST_LOCAL_PART = 64
LONGEST_LABEL = 63

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = re.compile(rf"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:{_LABEL}\.)+([a-z]{{2,63}})")
_BETWEEN = re.compile(r"[\s,;/|&]")
_SPECIAL = frozenset(SPECIAL_USE_DOMAIN_NAMES)


class BadAddress(ValueError):
    """Not an address that a mail can be written to. The text says why, without the address."""


def normalised(written: str, *, reserved: bool = False) -> str:
    """Return the address in lower case with its domain in punycode; BadAddress says what is wrong with it.

    Upper and lower case before the @ are one mailbox everywhere that matters (RFC 5321 section 2.4 would let them
    differ). `reserved` lets addresses below .test pass (RFC 6761), for rehearsals.
    """
    return _plain(written) or checked(written, reserved=reserved)


def _plain(written: str) -> str | None:
    """Return the usual kind of address at once; None leaves it to the library, which takes 50 times as long."""
    if not written.isascii():
        return None  # before lower(): it would make an ASCII letter of the Kelvin sign
    lowered = written.lower()
    match = _PLAIN.fullmatch(lowered) if len(lowered) <= LONGEST else None
    if match is None or match[1] in _SPECIAL or "--" in lowered:
        return None
    at = lowered.index("@")
    return lowered if at <= LONGEST_LOCAL_PART and len(lowered) - at - 1 <= LONGEST_LABEL else None


def checked(written: str, *, reserved: bool = False) -> str:
    """Do what `normalised` does by the full rules alone."""
    if len(written) > 4 * LONGEST:
        raise BadAddress("is far too long for an address")
    if written.count("@") > 1 and _BETWEEN.search(written):
        raise BadAddress("holds more than one address; keep one")
    try:
        valid = validate_email(
            written, allow_smtputf8=False, strict=True, check_deliverability=False, test_environment=reserved
        )
    except EmailNotValidError as error:
        raise BadAddress(str(error).rstrip(".")) from None
    if valid.ascii_email is None:
        raise BadAddress("has letters before the @-sign that mail servers do not take")
    return valid.ascii_email.lower()
