"""One SMTP connection: commands out, replies in, each within its time."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time

from outreach.channels.replies import Reply, reply

LONGEST_LINE = 8192
MOST_LINES = 200

_LINE = re.compile(r"([2-5]\d\d)(?:([ -])(.*))?", re.DOTALL)


class Lost(Exception):
    """The connection was dropped, timed out or spoke no SMTP."""


class Connection:
    """A connection to a server. Every method that talks raises Lost when the other side does not."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        try:
            self._socket: socket.socket = socket.create_connection((host, port), timeout=seconds)
        except OSError as error:
            raise Lost(f"no connection to {host}:{port}: {_reason(error)}") from None
        # Without this a mail waits for the acknowledgement of the command before it.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = host
        self._unread = b""

    def start_tls(self, context: ssl.SSLContext, seconds: float) -> None:
        """Continue in TLS with a server that proves to be the host we asked for."""
        if self._unread:
            # What came before the handshake may be from somebody in between (CVE-2011-0411).
            raise Lost("the server spoke before TLS was up")
        try:
            self._socket.settimeout(seconds)
            self._socket = context.wrap_socket(self._socket, server_hostname=self._host)
        except ssl.SSLCertVerificationError as error:
            raise Lost(f"the certificate of {self._host} is not trusted: {error.verify_message}") from None
        except (OSError, ValueError) as error:
            raise Lost(f"no TLS with {self._host}: {_reason(error)}") from None

    def command(self, line: str, seconds: float) -> Reply:
        """Send one command and return the reply to it."""
        self.write(line.encode("ascii") + b"\r\n", seconds)
        return self.reply(seconds)

    def write(self, data: bytes, seconds: float) -> None:
        """Hand over all of `data`."""
        try:
            self._socket.settimeout(seconds)
            self._socket.sendall(data)
        except OSError as error:
            raise Lost(f"the connection was lost: {_reason(error)}") from None

    def reply(self, seconds: float) -> Reply:
        """Return the next reply, which has to be complete in time however slowly it drips."""
        deadline = time.monotonic() + seconds
        lines: list[str] = []
        while len(lines) < MOST_LINES:
            found = _LINE.fullmatch(self._line(deadline))
            if not found:
                raise Lost("the server does not speak SMTP")
            lines.append(found[3] or "")
            if found[2] != "-":
                return reply(int(found[1]), lines)
        raise Lost("the reply of the server does not end")

    def local_address(self) -> str:
        """Return our own end as the literal that a host without a name greets with (RFC 5321, 4.1.3)."""
        address = str(self._socket.getsockname()[0])
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _line(self, deadline: float) -> str:
        while b"\n" not in self._unread:
            if len(self._unread) > LONGEST_LINE:
                raise Lost("the reply of the server does not end")
            self._unread += self._received(deadline)
        line, _, self._unread = self._unread.partition(b"\n")
        return line.rstrip(b"\r").decode("utf-8", "replace")

    def _received(self, deadline: float) -> bytes:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Lost("the server did not answer in time")
        try:
            self._socket.settimeout(left)
            data = self._socket.recv(65536)
        except TimeoutError:
            raise Lost("the server did not answer in time") from None
        except OSError as error:
            raise Lost(f"the connection was lost: {_reason(error)}") from None
        if not data:
            raise Lost("the server hung up")
        return data


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
