"""An IMAP server of a few commands that fails in the ways real ones do, as a test asks."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

ORDINARY = "IMAP4rev1 IDLE"


@dataclass
class Broken:
    """What the server has, and how it fails."""

    port: int = 0
    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    tells_next: bool = True
    capabilities: str = ORDINARY
    greets: bytes = b"* OK ready\r\n"
    login: bytes = b"OK welcome"
    refuses: set[int] = field(default_factory=set)  # FETCH is answered NO
    cuts: set[int] = field(default_factory=set)  # the connection ends in the middle of the mail
    withholds: set[int] = field(default_factory=set)  # FETCH is answered with NIL
    forgets: set[int] = field(default_factory=set)  # FETCH is answered without the mail
    idles: list[bytes] = field(
        default_factory=list
    )  # what each IDLE is answered with, then it goes on as usual
    fetches: list[list[int]] = field(default_factory=list)
    logins: int = 0

    def answer(self, tag: bytes, line: bytes) -> bytes:
        """Return what is said to a command; ends in ^ where the connection then ends."""
        words = line.upper().split()
        match words[0], words[1:2]:
            case b"CAPABILITY", _:
                return b"* CAPABILITY %s\r\n%s OK done\r\n" % (self.capabilities.encode(), tag)
            case b"LOGIN", _:
                self.logins += 1
                return b"%s %s\r\n" % (tag, self.login)
            case b"EXAMINE", _:
                return self._examined() + tag + b" OK [READ-ONLY] done\r\n"
            case b"UID", [b"SEARCH"]:
                return self._searched(line) + tag + b" OK done\r\n"
            case b"UID", [b"FETCH"]:
                return self._fetched(tag, line)
            case b"IDLE", _:
                return self.idles.pop(0).replace(b"TAG", tag) if self.idles else b"+ idling\r\n"
            case b"DONE", _:
                return b"WAIT OK done\r\n"
        return tag + b" OK done\r\n"

    def _examined(self) -> bytes:
        following = (
            b"* OK [UIDNEXT %d] next\r\n" % (max(self.mails, default=0) + 1) if self.tells_next else b""
        )
        return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] valid\r\n%s" % (
            len(self.mails),
            self.validity,
            following,
        )

    def _searched(self, line: bytes) -> bytes:
        found = re.search(rb"(\d+):(\d+|\*)", line)
        assert found
        last = max(self.mails, default=0)
        first, until = int(found[1]), last if found[2] == b"*" else int(found[2])
        uids = [uid for uid in sorted(self.mails) if min(first, until) <= uid <= max(first, until)]
        return b"* SEARCH" + b"".join(b" %d" % uid for uid in uids) + b"\r\n"

    def _fetched(self, tag: bytes, line: bytes) -> bytes:
        uids = [int(uid) for uid in line.split()[2].split(b",")]
        if b"RFC822.SIZE" in line.upper():
            sizes = [
                b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, uid, len(self.mails[uid])) for uid in uids
            ]
            return b"".join(sizes) + tag + b" OK done\r\n"
        self.fetches.append(uids)
        if self.refuses & set(uids):
            return tag + b" NO [SERVERBUG] can not read that\r\n"
        said = b""
        for uid in uids:
            if uid in self.cuts:
                return said + b"* %d FETCH (UID %d BODY[]<0> {1000}\r\nSubject: cut" % (uid, uid) + b"^"
            if uid in self.withholds:
                said += b"* %d FETCH (UID %d BODY[]<0> NIL)\r\n" % (uid, uid)
            elif uid not in self.forgets:
                said += b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (
                    uid,
                    uid,
                    len(self.mails[uid]),
                    self.mails[uid],
                )
        return said + tag + b" OK done\r\n"


@contextmanager
def start() -> Iterator[Broken]:
    """Yield a running server."""
    broken, threads = Broken(), []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        broken.port = listener.getsockname()[1]

        def accept() -> None:
            with suppress(OSError):
                while True:
                    thread = threading.Thread(target=_serve, args=(broken, listener.accept()[0]))
                    threads.append(thread)
                    thread.start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield broken
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()


def _serve(broken: Broken, connection: socket.socket) -> None:
    with suppress(OSError), connection, connection.makefile("rb") as lines:
        connection.sendall(broken.greets)
        for line in lines:
            tag, _, rest = line.strip().partition(b" ")
            said = broken.answer(tag, rest or tag)
            connection.sendall(said.removesuffix(b"^"))
            if said.endswith(b"^") or b"* BYE" in said:
                return
