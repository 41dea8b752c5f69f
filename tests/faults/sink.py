"""A real SMTP server in a process of its own that writes down every mail it took; it outlives the workers that die.

    python sink.py LOG        one JSON line per fact goes to LOG; the port is printed; standard input takes orders

It knows nothing of the program under test and uses the standard library alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

STAGES = ("CONNECT", "MAIL", "RCPT", "DATA", "BODY", "END", "AFTER")
LARGEST = 16 * 1024 * 1024
START_SECONDS = 20.0
DROP = "drop"

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
_PLAIN = {
    "CONNECT": "220 sink ESMTP",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    "END": "250 2.0.0 taken",
}


@dataclass(frozen=True)
class Fact:
    """What the server saw: `taken` (the mail is its now), `answered`, `unheard` (gone before), `refused`, `cut`."""

    what: str
    at: float  # seconds since 1970
    rfc_message_id: str = ""
    to: str = ""
    begun_at: float = 0.0  # when MAIL came


@dataclass
class Orders:
    """How the server misbehaves: by chance of a seed, or for everybody until told otherwise."""

    seed: int = 0
    drop: dict[str, float] = field(default_factory=dict)  # stage -> chance of hanging up instead of an answer
    say: dict[str, list[tuple[str, float]]] = field(default_factory=dict)  # stage -> (answer, chance)
    delay: dict[str, float] = field(default_factory=dict)  # stage -> seconds before the answer


class _Server:
    def __init__(self, log: IO[str]) -> None:
        self.log = log
        self.orders = Orders()
        self.chance = random.Random(0)

    def obey(self, line: str) -> None:
        self.orders = Orders(**json.loads(line))
        self.chance = random.Random(self.orders.seed)

    def note(self, fact: Fact) -> None:
        self.log.write(json.dumps(fact.__dict__) + "\n")
        self.log.flush()

    async def reaction(self, stage: str) -> str:
        """Wait as ordered and return what to say at this stage, or DROP."""
        orders = self.orders
        if seconds := orders.delay.get(stage, 0.0):
            await asyncio.sleep(seconds)
        if self.chance.random() < orders.drop.get(stage, 0.0):
            return DROP
        for answer, chance in orders.say.get(stage, ()):
            if self.chance.random() < chance:
                return answer
        return _PLAIN.get(stage, "")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError, asyncio.LimitOverrunError):
            await _Session(self, reader, writer).talk()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


class _Session:
    """One connection."""

    def __init__(self, server: _Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.to = ""
        self.begun_at = 0.0

    async def talk(self) -> None:
        going = await self._say("CONNECT")
        while going and (line := await self.reader.readline()):
            going = await self._command(line.decode("ascii", "replace").strip())

    async def _command(self, line: str) -> bool:
        word = line.partition(" ")[0].upper()
        if word in ("EHLO", "HELO"):
            self._write("250-sink\r\n250-PIPELINING\r\n250 SIZE 10000000")
        elif word == "MAIL":
            self.begun_at, self.to = time.time(), ""
            return await self._say("MAIL")
        elif word == "RCPT":
            return await self._recipient(line)
        elif word == "DATA":
            return await self._data()
        elif word in ("RSET", "NOOP"):
            self._write("250 2.0.0 ok")
        elif word == "QUIT":
            self._write("221 2.0.0 bye")
            return False
        else:
            self._write("500 5.5.2 what?")
        return True

    async def _recipient(self, line: str) -> bool:
        said = await self.server.reaction("RCPT")
        if said.startswith("2"):
            self.to = line.partition("<")[2].partition(">")[0]
        return await self._answer(said)

    async def _data(self) -> bool:
        if not self.to:
            self._write("503 5.5.1 no recipient")
            return True
        said = await self.server.reaction("DATA")
        if not await self._answer(said):
            return False
        if not said.startswith("354"):
            return True
        try:
            body = await self.reader.readuntil(b"\r\n.\r\n")
        except asyncio.IncompleteReadError as error:
            self._note("cut", error.partial)
            return False
        return await self._end(body)

    async def _end(self, body: bytes) -> bool:
        if await self.server.reaction("BODY") == DROP:
            self._note("cut", body)
            return False
        # Written down before anything is said: from here on a second copy would be a second mail.
        said = await self.server.reaction("END")
        if said != DROP and not said.startswith("2"):
            self._note("refused", body)
            return await self._answer(said)
        self._note("taken", body)
        if said == DROP or self.reader.at_eof():
            self._note("unheard", body)
            return False
        going = await self._answer(said)
        self._note("answered", body)
        return going and await self.server.reaction("AFTER") != DROP

    def _note(self, what: str, body: bytes) -> None:
        found = _MESSAGE_ID.search(body)
        rfc_message_id = found[1].decode("ascii", "replace") if found else ""
        self.server.note(Fact(what, time.time(), rfc_message_id, self.to, self.begun_at))

    async def _say(self, stage: str) -> bool:
        return await self._answer(await self.server.reaction(stage))

    async def _answer(self, said: str) -> bool:
        """Write the answer; return whether the connection goes on."""
        if said == DROP:
            return False
        self._write(said)
        await self.writer.drain()
        return not said.startswith("421")

    def _write(self, said: str) -> None:
        self.writer.write(said.encode("ascii") + b"\r\n")


async def _run(log: IO[str]) -> None:
    server = _Server(log)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=LARGEST)
    print(listening.sockets[0].getsockname()[1], flush=True)
    orders = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    # Whoever started it holds the other end: when that is gone, so is this.
    while line := await orders.readline():
        server.obey(line.decode())
        print("obeyed", flush=True)


class Sink:
    """The server, seen from the test: started by `with`, ended with it."""

    def __init__(self, log: Path) -> None:
        self.log = log
        log.touch()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def order(self, **orders: Any) -> None:
        """Have it misbehave in this way from now on; nothing: be plain again."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "obeyed\n"

    def facts(self) -> list[Fact]:
        """Return everything it has written down so far."""
        whole = self.log.read_text(encoding="ascii").rpartition("\n")[0]
        return [Fact(**json.loads(line)) for line in whole.splitlines()]

    def taken(self) -> int:
        """Return how many mails it has taken so far."""
        return self.log.read_bytes().count(b'"what": "taken"')

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(START_SECONDS)
        self._process.stdout.close()


if __name__ == "__main__":
    with open(sys.argv[1], "a", encoding="ascii") as opened:
        asyncio.run(_run(opened))
