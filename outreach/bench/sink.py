"""A small SMTP server that takes every mail and throws it away: python -m outreach.bench.sink COUNTS [ARRIVALS]

It prints its port, keeps the number of mails taken in the file COUNTS, and writes a line for each mail to ARRIVALS:
the monotonic time, the size in bytes, the subject. With MAIL_FILE as a third argument the first mail is kept there.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

EVERY_SECONDS = 0.1
SUBJECT = re.compile(rb"^Subject: *(.*?)\r$", re.MULTILINE | re.IGNORECASE)
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10485760\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"QUIT": b"221 bye\r\n",
}
TAKEN = b"250 2.0.0 OK\r\n"

Take = Callable[[bytes], None]


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._buffer = bytearray()
        self._in_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answers = bytearray()
        while (answer := self._next()) is not None:
            answers += answer
        if answers:
            self._transport.write(bytes(answers))

    def _next(self) -> bytes | None:
        """Return the answer to the next command or mail in the buffer; None where more has to come first."""
        end = b"\r\n.\r\n" if self._in_mail else b"\r\n"
        place = self._buffer.find(end)
        if place < 0:
            return None
        read = bytes(self._buffer[: place + 2])
        del self._buffer[: place + len(end)]
        if self._in_mail:
            self._in_mail = False
            self._take(read)
            return TAKEN
        verb = read[:4].upper()
        self._in_mail = verb == b"DATA"
        return ANSWERS.get(verb, TAKEN)


class Book:
    """Counts mails, and writes down when each came."""

    def __init__(self, counts: Path, arrivals: Path | None, first: Path | None) -> None:
        self._counts = counts
        self._first = first
        self._arrivals = arrivals.open("a", encoding="utf-8", buffering=1) if arrivals else None
        self.count = 0

    def take(self, mail: bytes) -> None:
        self.count += 1
        if self._first is not None:
            self._first.write_bytes(mail)
            self._first = None
        if self._arrivals is not None:
            found = SUBJECT.search(mail)
            subject = found[1].decode("utf-8", "replace") if found else ""
            self._arrivals.write(f"{time.monotonic():.4f} {len(mail)} {subject}\n")

    async def keep_counts(self) -> None:
        """Write the number down again and again, as smtp-sink does."""
        while True:
            self._counts.write_text(f"mesg={self.count}\r", encoding="ascii")
            await asyncio.sleep(EVERY_SECONDS)


async def serve(book: Book) -> None:
    """Take mails until the process is ended."""
    server = await asyncio.get_running_loop().create_server(lambda: Session(book.take), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await book.keep_counts()


if __name__ == "__main__":
    files = [Path(argument) if argument else None for argument in [*sys.argv[1:], "", ""]]
    assert files[0] is not None
    asyncio.run(serve(Book(files[0], files[1], files[2])))
