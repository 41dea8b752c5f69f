"""What the measures of one run share: how much is measured, the servers, and the limits, each made when first asked for."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from redis import Redis

from outreach.bench import servers
from outreach.bench.figures import Missing, Rates
from outreach.bench.processes import outreach, wait_for
from outreach.bench.servers import Databases
from outreach.bench.shop import Shop, import_leads, queue_mails
from outreach.errors import OutreachError

SESSIONS = 10
HEADER_BYTES = 200  # what smtp-source writes above the bytes it is told to send
LIMIT_IS = "smtp-source to smtp-sink on kept connections, mails/s"
RUNS = 2


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    name: str
    mails: int  # for each of our own rates
    plain_mails: int  # for one task per mail
    embedded_mails: int  # on SQLite
    limit_mails: int
    seconds: float  # a rate is taken over at most so many
    event_seconds: float
    leads: int  # the large installation
    few_leads: int  # the small one
    workers: int = 2  # processes, ours and those of the plain program


QUICK = Scale("quick", 300, 100, 200, 3_000, 6, 2, 2_000, 200, workers=1)
USUAL = Scale("usual", 20_000, 2_000, 10_000, 40_000, 30, 10, 100_000, 10_000)
FULL = Scale("full", 60_000, 6_000, 20_000, 100_000, 60, 20, 1_000_000, 10_000)


@dataclass(frozen=True)
class Limit:
    """How fast mails of this size can go over the wire of this machine at all."""

    mails_per_second: float
    mail_bytes: int


class Ground:
    """The servers and limits of one run. `tell` is told what is being done."""

    def __init__(self, folder: Path, scale: Scale, tell: Callable[[str], None]) -> None:
        self.folder = folder
        self.scale = scale
        self.tell = tell
        self.rates: list[Rates] = []
        self.found: dict[str, float] = {}  # rates that other figures are compared with
        self._stack = ExitStack()
        self._numbers = count(1)
        self._databases: Databases | None = None
        self._redis_url = ""
        self._limit: Limit | None = None

    def new_folder(self, name: str) -> Path:
        """Make a folder for one measure."""
        folder = self.folder / f"{name}-{next(self._numbers)}"
        folder.mkdir()
        return folder

    def postgresql(self, name: str) -> str:
        """Return the address of a new PostgreSQL database; Missing where there is no server."""
        if self._databases is None:
            self._databases = self._stack.enter_context(servers.postgresql(self.folder))
        return self._databases.new(f"{name}-{next(self._numbers)}")

    def redis_url(self) -> str:
        """Return the address of the Valkey server, emptied for this measure; Missing where there is none."""
        if not self._redis_url:
            self._redis_url = self._stack.enter_context(servers.valkey())
        with Redis.from_url(self._redis_url) as client:
            client.flushall()  # or the next one would be handed the ids of the last
        return self._redis_url

    def limit(self) -> Limit:
        """Return the limit of the wire, measured once in a run; Missing without Postfix's programs."""
        if self._limit is None:
            if not servers.program("smtp-source") or not servers.program("smtp-sink"):
                raise Missing("needs smtp-source and smtp-sink (Debian: postfix)")
            size = self._mail_bytes()
            self.tell("the limit of the wire")
            rate = max(self._source(size) for _ in range(RUNS))
            self._limit = Limit(rate, size)
        return self._limit

    def _source(self, size: int) -> float:
        folder, mails = self.new_folder("limit"), self.scale.limit_mails
        with servers.sink(folder) as sink:
            began = time.monotonic()
            command = [str(servers.program("smtp-source")), "-d", "-s", str(SESSIONS), "-m", str(mails)]
            command += [
                "-l",
                str(max(size - HEADER_BYTES, 1)),
                "-f",
                "anna@example.com",
                "-t",
                "lead@example.com",
            ]
            running = subprocess.Popen([*command, f"127.0.0.1:{sink.port}"])
            try:
                counted = servers.watched(sink, mails, self.scale.seconds, [], every=0.02)
                elapsed = time.monotonic() - began
            finally:
                running.terminate()
                running.wait()
            if not any(rates.name == "limit of the wire" for rates in self.rates):
                self.rates.append(Rates("limit of the wire", counted.per_second()))
            return counted.mails / elapsed

    def _mail_bytes(self) -> int:
        """Return how long the campaign's mail is on the wire, and see that it is what we say we send."""
        self.tell("a mail, to know its size")
        folder = self.new_folder("size")
        shop = Shop.made(folder, f"sqlite:///{folder / 'outreach.db'}")
        import_leads(shop, 1)
        queue_mails(shop, 1)
        mail = folder / "mail.eml"
        with (
            servers.own_sink(folder, first=mail) as sink,
            outreach(up_arguments(), folder, shop.environment(smtp_url=sink.smtp_url)) as running,
        ):
            wait_for(mail.is_file, servers.FIRST_WITHIN, "no mail was sent", [running])
        return _checked(mail.read_bytes())

    def close(self) -> None:
        """Stop the servers."""
        self._stack.close()


def _checked(mail: bytes) -> int:
    text = mail.replace(b"=\r\n", b"").replace(b"=3D", b"=")
    for needed, times in ((b"text/plain", 1), (b"text/html", 1), (b"List-Unsubscribe:", 1), (b"/c/", 3)):
        if text.count(needed) < times:
            raise OutreachError(f"the benchmark's mail has no {needed.decode()} in it")
    return len(mail)


def up_arguments() -> list[str]:
    """Return the arguments of `outreach up` on a free port."""
    return ["up", "--port", str(servers.free_port()), "--log", "error"]
