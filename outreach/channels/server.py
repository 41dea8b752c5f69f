"""The address of a mail server: what smtp:// and smtps:// say."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from outreach.channels.oauth import PROVIDERS, Grant, Tokens
from outreach.errors import SettingsError

Security = Literal["plain", "starttls", "tls"]
OPTIONS = ("cafile", "oauth", "starttls")

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
    oauth: str = ""
    tokens: Tokens | None = field(default=None, repr=False, compare=False)

    @property
    def grant(self) -> Grant | None:
        """What an access token is asked for with; None where a password is used."""
        return Grant(self.oauth, self.user, self.password) if self.oauth else None


def server(url: str, tokens: Tokens | None = None) -> Server:
    """Return what an smtp:// or smtps:// address says; raise SettingsError, never naming a password.

    With `oauth=google` or `oauth=microsoft` the login is made with what `tokens` gives.
    """
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
    if unknown := sorted(options.keys() - set(OPTIONS)):
        raise SettingsError(
            f"the mail server's address has no option {unknown[0]}, only {', '.join(OPTIONS[:-1])} and {OPTIONS[-1]}"
        )
    oauth = _oauth(options, parts.username or "", tokens)
    security = _security(parts, options.get("starttls", ""))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security == "plain" and not is_loopback(parts.hostname):
        raise SettingsError("a login is never sent in clear: leave out starttls=never, or the user")
    usual = {"tls": 465, "starttls": 587, "plain": 25}[security]
    cafile = options.get("cafile")
    return Server(parts.hostname, port or usual, security, user, password, cafile, oauth, tokens)


def _oauth(options: dict[str, str], user: str, tokens: Tokens | None) -> str:
    provider = options.get("oauth", "")
    if "oauth" in options and provider not in PROVIDERS:
        raise SettingsError(f"the mail server's option oauth is one of {', '.join(PROVIDERS)}")
    if provider and not user:
        raise SettingsError(
            "the mail server's option oauth needs the mailbox as the user (anna%40example.com)"
        )
    if provider and tokens is not None:
        tokens.app(provider)  # what is not set is said now and not with the first mail
    return provider


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
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host in _LOCAL_NAMES
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
