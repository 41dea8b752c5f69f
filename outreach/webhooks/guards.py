"""Checks who sent a webhook, by the raw request: passwords, HMAC and public keys, all in constant time."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import Any, Protocol

from pydantic import SecretStr

from outreach.config import PREFIX
from outreach.errors import SettingsError
from outreach.webhooks.payloads import parsed
from outreach.webhooks.words import Unsigned

SHORTEST_SECRET = 16
AHEAD = timedelta(minutes=5)  # how far a provider's clock may be ahead of ours

Headers = Mapping[str, str]
"""The headers of a request; names are looked up in lower case."""


class Guard(Protocol):
    """Lets a provider's requests in and no others."""

    def admits(self, headers: Headers) -> bool:
        """Answer, before the body is read, whether it is worth reading."""
        ...

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return what the request says; Unsigned unless the provider signed it, Unreadable if it is no JSON."""
        ...


def secrets(setting: str, value: SecretStr | None, shortest: int = SHORTEST_SECRET) -> tuple[str, ...]:
    """Return the secrets of a setting: one, or several separated by commas while one replaces the other."""
    written = value.get_secret_value() if value else ""
    found = tuple(part for part in (part.strip() for part in written.split(",")) if part)
    if any(len(each) < shortest for each in found):
        raise SettingsError(f"{PREFIX}{setting.upper()} is shorter than {shortest} characters")
    return found


def has_password(headers: Headers, passwords: Sequence[str]) -> bool:
    """Answer whether the request carries one of the passwords: by basic authentication, or as a bearer token."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        value = _password(value)
    elif scheme.lower() != "bearer":
        return False
    given = value.strip().encode("utf-8", "replace")
    return any([hmac.compare_digest(given, each.encode("utf-8")) for each in passwords])


def _password(value: str) -> str:
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def is_fresh(at: datetime | None, now: datetime, oldest: timedelta) -> bool:
    """Answer whether something was signed within `oldest` before now, with a little room for wrong clocks."""
    return at is not None and now - oldest <= at <= now + AHEAD


def from_seconds(written: str) -> datetime | None:
    """Return the time that a number of seconds since 1970 is written for."""
    # Only ASCII digits, as they were signed.
    return datetime.fromtimestamp(int(written), UTC) if re.fullmatch(r"[0-9]{1,11}", written) else None


def is_one_of(given: str, expected: Sequence[str]) -> bool:
    """Answer in constant time whether `given` is one of those expected."""
    raw = given.encode("utf-8", "replace")
    return any([hmac.compare_digest(raw, each.encode("utf-8")) for each in expected])


# -- by password ----------------------------------------------------------------------------------


class ByPassword:
    """Postmark signs nothing: it sends the password that its webhook was given."""

    def __init__(self, passwords: Sequence[str]) -> None:
        self._passwords = passwords

    def admits(self, headers: Headers) -> bool:
        return has_password(headers, self._passwords)

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return what the request says; its password was checked by `admits`, and is here again."""
        if not has_password(headers, self._passwords):
            raise Unsigned("no or wrong password")
        return parsed(body)


# -- Standard Webhooks ----------------------------------------------------------------------------

STANDARD_AGE = timedelta(minutes=5)  # each attempt has a time of its own


class Standard:
    """Standard Webhooks, as Svix signs: HMAC-SHA256 over id, time and body (standardwebhooks.com)."""

    def __init__(self, setting: str, written: Sequence[str]) -> None:
        self._keys = [_standard_key(setting, each) for each in written]

    def admits(self, headers: Headers) -> bool:
        return all(headers.get(f"webhook-{name}") for name in ("id", "timestamp", "signature"))

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return what the request says; Unsigned where no v1 signature of it is ours."""
        if not self.admits(headers):
            raise Unsigned("no signature")
        message_id, at = headers["webhook-id"], headers["webhook-timestamp"]
        if not is_fresh(from_seconds(at), now, STANDARD_AGE):
            raise Unsigned("too old")
        signed = f"{message_id}.{at}.".encode() + body
        expected = [base64.b64encode(hmac.digest(key, signed, "sha256")).decode() for key in self._keys]
        given = [each[3:] for each in headers["webhook-signature"].split(" ")[:8] if each.startswith("v1,")]
        if not any([is_one_of(each, expected) for each in given]):
            raise Unsigned("bad signature")
        return parsed(body)


def _standard_key(setting: str, written: str) -> bytes:
    """Return the key: base64 behind whsec_, as it is shared; anything else is taken letter by letter."""
    if not written.startswith("whsec_"):
        return written.encode("utf-8")
    try:
        return base64.b64decode(written.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise SettingsError(
            f"{PREFIX}{setting.upper()} begins with whsec_, and the rest is no base64"
        ) from None


# -- tokens that are used once --------------------------------------------------------------------

MOST_TOKENS = 50_000


class Tokens:
    """Remembers which request used a token: the same request may come again, another one with it may not.

    Kept by each process for itself, the newest MOST_TOKENS.
    """

    def __init__(self, most: int = MOST_TOKENS) -> None:
        self._most = most
        self._used: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def use(self, token: str, body: bytes) -> bool:
        """Answer whether the token is new, or was used by this very body."""
        digest = blake2b(body, digest_size=16).digest()
        with self._lock:
            known = self._used.setdefault(token, digest)
            if len(self._used) > self._most:
                self._used.popitem(last=False)
        return hmac.compare_digest(known, digest)
