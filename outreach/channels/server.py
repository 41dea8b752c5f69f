"""The address of a mail server: what smtp:// and smtps:// say."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from outreach.errors import SettingsError

Security = Literal["plain", "starttls", "tls"]
OPTIONS = frozenset({"starttls", "cafile"})

_LOCAL_NAMES = frozenset({"localhost", "ip6-localhost"})


@dataclass(frozen=True)
class Server:
    """Where mails are handed over, and how."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    cafile: str | None = None


def server(url: str) -> Server:
    """Return what an smtp:// or smtps:// address says; raise SettingsError, never naming a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(
            "the mail server's address is not a valid one (smtp://user:password@host:587)"
        ) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError(
            "the mail server's address is written smtp://host or smtps://user:password@host:465"
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - OPTIONS):
        raise SettingsError(
            f"the mail server's address has no option {unknown[0]}, only {' and '.join(sorted(OPTIONS))}"
        )
    security = _security(parts, options.get("starttls", ""))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security == "plain" and not is_loopback(parts.hostname):
        raise SettingsError("a login is never sent in clear: leave out starttls=never, or the user")
    usual = {"tls": 465, "starttls": 587, "plain": 25}[security]
    return Server(parts.hostname, port or usual, security, user, password, options.get("cafile"))


def _security(parts: SplitResult, starttls: str) -> Security:
    if starttls not in ("", "require", "never"):
        raise SettingsError("the mail server's option starttls is require or never")
    if parts.scheme == "smtps":
        return "tls"
    if starttls:
        return "starttls" if starttls == "require" else "plain"
    return "plain" if is_loopback(parts.hostname or "") else "starttls"


def is_loopback(host: str) -> bool:
    """Answer whether `host` is this machine by its name alone, without asking anybody."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL_NAMES
