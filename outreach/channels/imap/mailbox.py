"""Reads a folder of a mailbox over IMAP without leaving a trace in it: no mail is marked as read."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from outreach.channels.imap.address import Place, place
from outreach.channels.imap.idle import Heard, Waiting
from outreach.channels.imap.login import connected, log_in
from outreach.channels.oauth import Tokens
from outreach.domain.inbound.parts import MAX_BYTES
from outreach.errors import Deferred, Rejected

# One answer of the server, and all mails of one call, stay below this: ten huge mails are not held at once.
MAX_AT_ONCE = 32 * 1024 * 1024
_BODY = f"BODY.PEEK[]<0.{MAX_BYTES}>"

TRIES = 5
"""How often a mail is asked for that the server does not give, or that breaks the connection."""

SPAN, WIDEST = 1000, 65_536
"""How many uids are looked through at once, at first and at most: imaplib refuses a line of a million bytes."""

NOT_INCOMING = {
    b"\\sent": "sent mails",
    b"\\drafts": "drafts",
    b"\\trash": "what was thrown away",
}
"""Folders that hold no mail that came in, by their special use (RFC 6154)."""


@dataclass(frozen=True)
class Fetched:
    """A mail of the mailbox, as it came, at most its first 10 MB; empty where the server does not give it."""

    uid: int
    raw: bytes


class Mailbox:
    """One folder of a mailbox. All that goes wrong on the way is Deferred; a refused login or folder is Rejected.

    After either the next call connects anew; when to try is the caller's.
    """

    def __init__(
        self,
        where: str | Place,
        tokens: Tokens | None = None,
        *,
        connect_timeout: float = 30.0,
        timeout: float = 120.0,
    ) -> None:
        self.place = place(where) if isinstance(where, str) else where
        self.is_drained = False
        self._tokens = tokens
        self._timeout = SocketTimeout(connect_timeout, timeout)
        self._client: IMAPClient | None = None
        self._idles = False
        self._seen: tuple[int, int, int] = (0, 0, 0)
        self._suspects: set[int] = set()
        self._tries: Counter[int] = Counter()

    def __repr__(self) -> str:
        return f"Mailbox({self.place!r})"

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        return self.place.name

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
                self._client = connected(self.place, self._timeout)
                log_in(self._client, self.place, self._tokens)
                self._idles = self._client.has_capability("IDLE")
                self._refuse_outgoing(self._client)
        except BaseException:
            self._hang_up()
            raise

    def close(self) -> None:
        """Say goodbye; what the server makes of it does not matter."""
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                self._client.logout()
        self._hang_up()

    def interrupt(self) -> None:
        """Break off what another thread waits for in this mailbox."""
        client = self._client
        if client is not None:
            with contextlib.suppress(OSError):
                client.socket().shutdown(socket.SHUT_RDWR)

    def status(self) -> tuple[int, int]:
        """Return UIDVALIDITY and the uid that the next mail will have (0 where the server does not say)."""
        with self._talking() as client:
            self._examine(client)
        self.is_drained = True  # until there turns out to be something
        return self._seen[:2]

    def fetch_after(self, uid: int, limit: int) -> list[Fetched]:
        """Return the next mails behind `uid`, oldest first: at most `limit`, and fewer if they are large.

        Drafts are left out. A mail that can not be had is asked for alone, and given up after a few tries: then it
        is returned empty. Deferred where the folder was renumbered since `status`.
        """
        with self._talking() as client:
            validity = self._seen[0]
            self._examine(client)
            if validity not in (0, self._seen[0]):
                raise Deferred("the mailbox was renumbered; it is read again")
            uids = self._uids(client, uid)[:limit]
            if not uids:
                return []
            self.is_drained = False
            return self._fetched(client, self._chosen(client, uids))

    def wait(self, seconds: float, poll_seconds: float, wake: socket.socket | None = None) -> bool:
        """Wait until something new may be there, and return whether that is known.

        In IDLE at most `seconds`; where the server has none, `poll_seconds`. Either ends when `wake` is readable.
        """
        if not self._idles:
            pause(poll_seconds, wake)
            return False
        with self._talking() as client:
            seen = self._seen
            self._examine(client)
            if seen != self._seen:
                return True  # told during an earlier command, it would not be told again in IDLE
            heard = Waiting(client.socket(), wake, self._timeout.read).listen(seconds)
        if heard is Heard.REFUSED:
            self._idles = False
            pause(poll_seconds, wake)
        return heard is Heard.MAIL

    # -- what there is ------------------------------------------------------------------------------

    def _uids(self, client: IMAPClient, uid: int) -> list[int]:
        """Return some of the next mails behind `uid` that are no drafts, at least one if there is one."""
        _, following, count = self._seen
        if not count:
            return []
        if not following:
            return self._found(client, uid + 1, "*")
        first, span = uid + 1, SPAN
        while first < following:
            until = min(first + span, following) - 1
            if found := self._found(client, first, str(until)):
                return found
            first, span = until + 1, min(span * 2, WIDEST)
        return []

    def _found(self, client: IMAPClient, first: int, until: str) -> list[int]:
        # "n:*" always holds the last mail, also where it lies before n (RFC 9051, section 9).
        return sorted(uid for uid in client.search(["UID", f"{first}:{until}", "UNDRAFT"]) if uid >= first)

    def _chosen(self, client: IMAPClient, uids: Sequence[int]) -> list[int]:
        """Return the first of `uids` that fit together, at least one; one that broke a fetch before comes alone."""
        sizes = client.fetch(uids, ["RFC822.SIZE"])
        chosen: list[int] = []
        total = 0
        for uid in uids:
            total += min(int(sizes.get(uid, {}).get(b"RFC822.SIZE") or 0), MAX_BYTES)
            if chosen and (total > MAX_AT_ONCE or uid in self._suspects):
                break
            chosen.append(uid)
            if uid in self._suspects:
                break
        return chosen

    def _fetched(self, client: IMAPClient, chosen: list[int]) -> list[Fetched]:
        if len(chosen) == 1:
            if self._tries[chosen[0]] >= TRIES:
                return [Fetched(chosen[0], b"")]
            self._tries[chosen[0]] += 1
        self._suspects.update(chosen)
        mails = client.fetch(chosen, [_BODY])
        self._suspects.difference_update(mails)
        for uid in mails:
            self._tries.pop(uid, None)
        # What is not answered at all was expunged meanwhile; if it still is in the list then, it is a suspect.
        return [Fetched(uid, _body(mails[uid])) for uid in chosen if uid in mails]

    # -- the connection -----------------------------------------------------------------------------

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

    def _examine(self, client: IMAPClient) -> None:
        try:
            found: dict[bytes, Any] = client.select_folder(self.place.folder, readonly=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            raise Rejected(
                f"{self.place.host} has no folder {self.place.folder} to read", blames="sender"
            ) from None
        validity, following, count = (
            int(found.get(key) or 0) for key in (b"UIDVALIDITY", b"UIDNEXT", b"EXISTS")
        )
        if validity != self._seen[0]:
            self._suspects.clear()
            self._tries.clear()
        self._seen = validity, following, count

    def _refuse_outgoing(self, client: IMAPClient) -> None:
        if self.place.folder.upper() == "INBOX" or "*" in self.place.folder or "%" in self.place.folder:
            return
        for flags, _, _ in client.list_folders("", self.place.folder):
            for flag in flags:
                if what := NOT_INCOMING.get(bytes(flag).lower()):
                    raise Rejected(
                        f"the folder {self.place.folder} holds {what}, not replies", blames="sender"
                    )

    def _hang_up(self) -> None:
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                self._client.shutdown()
        self._client = None


def pause(seconds: float, wake: socket.socket | None) -> None:
    """Wait so long, or until `wake` is readable."""
    poll = select.poll()
    if wake is not None:
        poll.register(wake, select.POLLIN)
    poll.poll(seconds * 1000)


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


def _body(answer: Mapping[bytes, Any]) -> bytes:
    """Return the mail in an answer; nothing where the server has it in its list and still does not give it."""
    found = next((value for key, value in answer.items() if key.startswith(b"BODY[]")), None)
    return found if isinstance(found, bytes) else b""
