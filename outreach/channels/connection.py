"""One connection to an SMTP server: bytes out without waiting, replies in, each within its time."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import ssl
import time
from collections.abc import Iterable

from outreach.channels.replies import Reply

LONGEST_LINE = 8192
MOST_LINES = 200

_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])([^\n]*))?\r?\n")
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Lost(Exception):
    """The connection was dropped, timed out or spoke no SMTP."""


class Late(Lost):
    """The other side took too long."""


class NoSession(Lost):
    """The server and we can not agree on TLS or on a login: another connection would fare no better."""


class Connection:
    """A connection to a server. Every method that talks raises Lost when the other side does not.

    Deadlines are times of `time.monotonic()`. What has arrived is read even when the deadline has passed: the
    time may have gone by while another connection was waited for.
    """

    def __init__(self, host: str, port: int, seconds: float) -> None:
        try:
            self._socket: socket.socket = socket.create_connection((host, port), timeout=seconds)
        except OSError as error:
            kind = Late if isinstance(error, TimeoutError) else Lost
            raise kind(f"no connection to {host}:{port}: {_reason(error)}") from None
        # Without this a mail waits for the acknowledgement of the command before it.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        self._host = host
        self._unread = b""
        self._unsent = memoryview(b"")
        self._failure: Lost | None = None
        self._readable = select.poll()
        self._readable.register(self._socket, select.POLLIN)

    def start_tls(self, context: ssl.SSLContext, seconds: float) -> None:
        """Continue in TLS with a server that proves to be the host we asked for; raise NoSession if not."""
        if self._unread:
            # What came before the handshake may be from somebody in between (CVE-2011-0411).
            raise NoSession("the server spoke before TLS was up")
        try:
            self._socket.settimeout(seconds)
            self._socket = context.wrap_socket(self._socket, server_hostname=self._host)
            self._socket.setblocking(False)
        except ssl.SSLCertVerificationError as error:
            raise NoSession(
                f"the certificate of {self._host} is not trusted: {error.verify_message}"
            ) from None
        except (OSError, ValueError) as error:
            raise NoSession(f"no TLS with {self._host}: {_reason(error)}") from None

    def command(self, line: str, deadline: float) -> Reply:
        """Send one command and return the reply to it."""
        self.write(line.encode("ascii") + b"\r\n")
        flush([self], deadline)
        return self.reply(deadline)

    def write(self, data: bytes) -> None:
        """Hand over `data`, or what fits now: `flush` sees to the rest. Raise Lost only if no byte of it went out."""
        if self._unread:
            self._failure = Lost("the server spoke out of turn")
            raise self._failure
        if self._unsent:
            self._unsent = memoryview(bytes(self._unsent) + data)
            return
        try:
            sent = self._socket.send(data)
        except _NOT_NOW:
            sent = 0
        except OSError as error:
            self._failure = Lost(f"the connection was lost: {_reason(error)}")
            if not isinstance(self._socket, ssl.SSLSocket):
                raise self._failure from None
            return  # TLS cuts a mail into records, of which some may have gone out
        if sent < len(data):
            self._unsent = memoryview(data)[sent:]

    def write_more(self) -> bool:
        """Hand over more of what `write` left, without waiting; return whether there is still some."""
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except _NOT_NOW:
            pass
        except OSError as error:
            self._failure = Lost(f"the connection was lost: {_reason(error)}")
            self._unsent = self._unsent[:0]
        return self.is_writing

    @property
    def is_writing(self) -> bool:
        """Whether some of what was written has not gone out."""
        return len(self._unsent) > 0

    @property
    def cut_short(self) -> Lost | None:
        """Why not all that was written has gone out, or None if it has."""
        return Late("the server did not read in time") if self._unsent else self._failure

    def reply(self, deadline: float) -> Reply:
        """Return the next reply, which has to be complete in time however slowly it drips."""
        lines: list[bytes] = []
        while len(lines) < MOST_LINES:
            while not (found := _LINE.match(self._unread)):
                if b"\n" in self._unread:
                    raise Lost("the server does not speak SMTP")
                if len(self._unread) > LONGEST_LINE:
                    raise Lost("the reply of the server does not end")
                self._unread += self._received(deadline)
            self._unread = self._unread[found.end() :]
            code, separator, text = found.groups()
            lines.append(text or b"")
            if separator != b"-":
                return Reply(int(code), tuple(lines))
        raise Lost("the reply of the server does not end")

    def local_address(self) -> str:
        """Return our own end as the literal that a host without a name greets with (RFC 5321, 4.1.3)."""
        address = str(self._socket.getsockname()[0])
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def fileno(self) -> int:
        """Return the number of the socket, for `poll`."""
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _received(self, deadline: float) -> bytes:
        data = None
        while data is None:
            try:
                data = self._socket.recv(LONGEST_LINE)
            except _NOT_NOW:
                if not self._readable.poll(max(0.0, deadline - time.monotonic()) * 1000):
                    raise Late("the server did not answer in time") from None
            except OSError as error:
                raise Lost(f"the connection was lost: {_reason(error)}") from None
        if not data:
            raise Lost("the server hung up")
        return data


def flush(connections: Iterable[Connection], deadline: float) -> None:
    """Write what is left to all of them at once until it is gone or the time is: none waits for another."""
    writing = [connection for connection in connections if connection.is_writing]
    while writing and (left := deadline - time.monotonic()) > 0:
        poll = select.poll()
        for connection in writing:
            poll.register(connection, select.POLLOUT)
        poll.poll(left * 1000)
        writing = [connection for connection in writing if connection.write_more()]


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
