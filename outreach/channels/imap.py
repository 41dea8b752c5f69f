"""Reads a mailbox over IMAP without leaving a trace in it: no mail is marked as read."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from outreach.channels.server import is_loopback
from outreach.domain.inbound.parts import MAX_BYTES
from outreach.errors import Deferred, Rejected, SettingsError

Security = Literal["plain", "starttls", "tls"]
OPTIONS = frozenset({"starttls", "cafile"})
WRITTEN = "imaps://user:password@host/INBOX"

# One answer of the server, and all mails of one call, stay below this: ten huge mails are not held at once.
MAX_AT_ONCE = 32 * 1024 * 1024
_BODY = f"BODY.PEEK[]<0.{MAX_BYTES}>"


@dataclass(frozen=True)
class Place:
    """Where a mailbox is, and how it is reached."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    cafile: str | None = None


@dataclass(frozen=True)
class Fetched:
    """A mail of the mailbox, as it came, at most its first 10 MB."""

    uid: int
    raw: bytes


class Mailbox:
    """One folder of a mailbox. All that goes wrong on the way is Deferred; a refused login or folder is Rejected.

    After either the next call connects anew; when to try is the caller's.
    """

    def __init__(self, url: str, *, connect_timeout: float = 30.0, timeout: float = 120.0) -> None:
        self.place = place(url)
        self._timeout = SocketTimeout(connect_timeout, timeout)
        self._client: IMAPClient | None = None

    def __repr__(self) -> str:
        return f"Mailbox({self.place!r})"

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        return f"{self.place.user}@{self.place.host}/{self.place.folder}"[:255]

    def __enter__(self) -> Mailbox:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect and log in, unless that is done already."""
        if self._client is not None:
            return
        try:
            with _reporting():
                self._client = self._connected()
                self._log_in(self._client)
        except BaseException:
            self._hang_up()
            raise

    def close(self) -> None:
        """Say goodbye; what the server makes of it does not matter."""
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                self._client.logout()
        self._hang_up()

    def status(self) -> tuple[int, int]:
        """Return UIDVALIDITY and the uid that the next mail will have (0 where the server does not say)."""
        with self._talking() as client:
            found = self._examine(client)
        return int(found.get(b"UIDVALIDITY", 0)), int(found.get(b"UIDNEXT", 0))

    def fetch_after(self, uid: int, limit: int) -> list[Fetched]:
        """Return the next mails behind `uid`, oldest first: at most `limit`, and fewer if they are large."""
        with self._talking() as client:
            self._examine(client)
            # "n:*" always holds the last mail, also where it lies before n (RFC 9051, section 9).
            uids = sorted(found for found in client.search(["UID", f"{uid + 1}:*"]) if found > uid)[:limit]
            if not uids:
                return []
            mails = client.fetch(_fitting(uids, client.fetch(uids, ["RFC822.SIZE"])), [_BODY])
        return [
            Fetched(uid, body) for uid, answer in sorted(mails.items()) if (body := _body(answer)) is not None
        ]

    @contextlib.contextmanager
    def _talking(self) -> Iterator[IMAPClient]:
        self.open()
        assert self._client is not None
        try:
            with _reporting():
                yield self._client
        except BaseException:
            # After an answer cut in the middle the next one could be taken for it.
            self._hang_up()
            raise

    def _connected(self) -> IMAPClient:
        where = self.place
        context = None if where.security == "plain" else _context(where)
        tls = where.security == "tls"
        client = IMAPClient(where.host, where.port, ssl=tls, ssl_context=context, timeout=self._timeout)
        if where.security == "starttls":
            self._client = client
            if not client.has_capability("STARTTLS"):
                raise Deferred(f"{where.host} does not offer STARTTLS, and a login is not sent in clear")
            client.starttls(context)
        return client

    def _log_in(self, client: IMAPClient) -> None:
        try:
            client.login(self.place.user, self.place.password)
        except LoginError:
            raise Rejected(f"{self.place.host} refused the login", blames="sender") from None

    def _examine(self, client: IMAPClient) -> dict[bytes, Any]:
        try:
            found: dict[bytes, Any] = client.select_folder(self.place.folder, readonly=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            raise Rejected(
                f"{self.place.host} has no folder {self.place.folder} to read", blames="sender"
            ) from None
        return found

    def _hang_up(self) -> None:
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                self._client.shutdown()
        self._client = None


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    """Make one kind of error of all that a connection can break with."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Deferred(
            f"the certificate of the mailbox's server is not trusted: {error.verify_message}"
        ) from None
    except (IMAPClientError, OSError, EOFError, ValueError) as error:
        # What the server said may quote a mail, so only the kind of failure is told.
        raise Deferred(f"the mailbox can not be read: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, (IMAPClientAbortError, EOFError)):
        return "the connection was lost"
    return getattr(error, "strerror", None) or "the server answered with an error"


def _fitting(uids: list[int], sizes: dict[int, dict[bytes, Any]]) -> list[int]:
    """Return the first of `uids` that fit together, at least one."""
    chosen: list[int] = []
    total = 0
    for uid in uids:
        total += min(int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0)), MAX_BYTES)
        if chosen and total > MAX_AT_ONCE:
            break
        chosen.append(uid)
    return chosen


def _body(answer: dict[bytes, Any]) -> bytes | None:
    """Return the mail in an answer; None where it is gone by now, or the answer is about something else."""
    found = next((value for key, value in answer.items() if key.startswith(b"BODY[]")), None)
    return found if isinstance(found, bytes) else None


def place(url: str) -> Place:
    """Return what an imap:// or imaps:// address says; raise SettingsError, never naming a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(f"the mailbox's address is not a valid one ({WRITTEN})") from None
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise SettingsError(f"the mailbox's address is written {WRITTEN}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - OPTIONS):
        raise SettingsError(
            f"the mailbox's address has no option {unknown[0]}, only {' and '.join(sorted(OPTIONS))}"
        )
    security = _security(parts, options.get("starttls", ""))
    return Place(
        host=parts.hostname,
        port=port or (993 if security == "tls" else 143),
        security=security,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        cafile=options.get("cafile"),
    )


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


def _context(where: Place) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=where.cafile)
    except OSError as error:
        raise SettingsError(f"the mailbox's cafile {where.cafile} can not be used: {error}") from None
