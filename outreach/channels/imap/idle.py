"""Waits in IDLE (RFC 2177) until a folder has something new.

It talks on the socket itself: imaplib reads ahead, and what lies in its buffer no poll sees.
"""

from __future__ import annotations

import re
import select
import socket
import ssl
import time
from enum import Enum

TAG = b"WAIT"
LONGEST = 65_536
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError)
_ARRIVED = re.compile(rb"\* \d+ (?:EXISTS|RECENT)\b", re.IGNORECASE)


class Heard(Enum):
    """How a wait ended."""

    MAIL = "mail"
    NOTHING = "nothing"
    WOKEN = "woken"
    REFUSED = "refused"


class Waiting:
    """One IDLE on a connection over which nothing else is said meanwhile."""

    def __init__(self, connection: socket.socket, wake: socket.socket | None, answer_seconds: float) -> None:
        """`wake` becoming readable ends the wait; the server is given `answer_seconds` to begin and to end."""
        self._connection = connection
        self._wake = wake
        self._answer_seconds = answer_seconds
        self._unread = b""

    def listen(self, seconds: float) -> Heard:
        """Return what ended the wait; OSError or EOFError where the connection did not hold."""
        before = self._connection.gettimeout()
        try:
            self._connection.settimeout(self._answer_seconds)
            self._connection.sendall(TAG + b" IDLE\r\n")
            self._connection.setblocking(False)
            return self._listen(time.monotonic() + seconds)
        finally:
            self._connection.settimeout(before)

    def _listen(self, until: float) -> Heard:
        begun, arrived = self._begin()
        if not begun:
            return Heard.REFUSED
        heard = Heard.MAIL if arrived else self._hear(until)
        arrived = self._end()
        return Heard.MAIL if arrived else heard

    def _begin(self) -> tuple[bool, bool]:
        """Return whether the server idles, and whether it said on the way that something came."""
        deadline, arrived = time.monotonic() + self._answer_seconds, False
        while True:
            line = self._line(deadline)
            if line.startswith(b"+"):
                return True, arrived
            if line.startswith(TAG + b" "):
                return False, arrived
            arrived = arrived or _ARRIVED.match(line) is not None

    def _hear(self, until: float) -> Heard:
        while True:
            try:
                line = self._line(until, self._wake)
            except _Woken:
                return Heard.WOKEN
            except TimeoutError:
                return Heard.NOTHING
            if _ARRIVED.match(line):
                return Heard.MAIL

    def _end(self) -> bool:
        """Take the server out of IDLE; return whether it said on the way that something came."""
        self._connection.settimeout(self._answer_seconds)
        self._connection.sendall(b"DONE\r\n")
        self._connection.setblocking(False)
        deadline, arrived = time.monotonic() + self._answer_seconds, False
        while not (line := self._line(deadline)).startswith(TAG + b" "):
            arrived = arrived or _ARRIVED.match(line) is not None
        if self._unread:
            raise EOFError("the server spoke out of turn")  # imaplib would not see it
        return arrived

    def _line(self, deadline: float, wake: socket.socket | None = None) -> bytes:
        while b"\n" not in self._unread:
            if len(self._unread) > LONGEST:
                raise EOFError("the line does not end")
            self._unread += self._received(deadline, wake)
        line, _, self._unread = self._unread.partition(b"\n")
        if line[:5].upper() == b"* BYE":
            raise EOFError("the server said goodbye")
        return line

    def _received(self, deadline: float, wake: socket.socket | None) -> bytes:
        while True:
            try:
                data = self._connection.recv(4096)
            except _NOT_NOW:
                self._wait(deadline, wake)
                continue
            if not data:
                raise EOFError("the server hung up")
            return data

    def _wait(self, deadline: float, wake: socket.socket | None) -> None:
        poll = select.poll()
        for one in (self._connection, wake):
            if one is not None:
                poll.register(one, select.POLLIN)
        ready = {number for number, _ in poll.poll(max(0.0, deadline - time.monotonic()) * 1000)}
        if wake is not None and wake.fileno() in ready:
            raise _Woken
        if not ready:
            raise TimeoutError


class _Woken(Exception):
    """Somebody here wants the wait to end."""
