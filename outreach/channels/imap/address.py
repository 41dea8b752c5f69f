"""The address of a mailbox: what imap:// and imaps:// say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from outreach.channels.oauth import PROVIDERS, Grant
from outreach.channels.server import is_loopback
from outreach.errors import SettingsError

Security = Literal["plain", "starttls", "tls"]
OPTIONS = ("cafile", "oauth", "starttls")
USUAL_PORTS = (143, 993)
WRITTEN = "imaps://user:password@host/INBOX"

# A blank or comma inside an address is percent-encoded, but people paste passwords as they are.
_BETWEEN = re.compile(r"[\s,]+(?=imaps?://)", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a folder of a mailbox is, and how it is reached.

    `oauth` names the provider ("google", "microsoft") whose tokens are used; `password` is then a refresh token,
    or nothing where one is kept already.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    cafile: str | None = None
    oauth: str = ""

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        port = "" if self.port in USUAL_PORTS else f":{self.port}"
        return f"{self.user}@{self.host}{port}/{self.folder}"[:255]

    @property
    def grant(self) -> Grant | None:
        """What an access token is asked for with; None where a password is used."""
        return Grant(self.oauth, self.user, self.password) if self.oauth else None


def places(urls: str) -> tuple[Place, ...]:
    """Return the mailboxes in `urls`, which blanks or commas separate; SettingsError for a wrong one or one twice."""
    found = tuple(place(url) for url in _BETWEEN.split(urls.strip(" \t\r\n,")))
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SettingsError(f"the mailbox {twice} is listed twice")
    return found


def place(url: str) -> Place:
    """Return what an imap:// or imaps:// address says; raise SettingsError, never naming a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(f"the mailbox's address is not a valid one ({WRITTEN})") from None
    is_one = "://" not in url.partition("://")[2]
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username or not is_one:
        raise SettingsError(f"the mailbox's address is written {WRITTEN}")
    options = _options(parts)
    security = _security(parts, options.get("starttls", ""))
    return Place(
        host=parts.hostname,
        port=port or (993 if security == "tls" else 143),
        security=security,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        cafile=options.get("cafile"),
        oauth=options.get("oauth", ""),
    )


def _options(parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - set(OPTIONS)):
        raise SettingsError(
            f"the mailbox's address has no option {unknown[0]}, only {', '.join(OPTIONS[:-1])} and {OPTIONS[-1]}"
        )
    if "oauth" in options and options["oauth"] not in PROVIDERS:
        raise SettingsError(f"the mailbox's option oauth is one of {', '.join(PROVIDERS)}")
    return options


def _security(parts: SplitResult, starttls: str) -> Security:
    if starttls not in ("", "require"):
        raise SettingsError("the mailbox's option starttls can only be require")
    if parts.scheme == "imaps":
        return "tls"
    if starttls:
        return "starttls"
    if is_loopback(parts.hostname or ""):
        return "plain"
    raise SettingsError("a login is never sent in clear: write imaps://, or imap://...?starttls=require")
