"""Starts the program's own processes and what they talk to, and stops them; reads how much memory they took."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from outreach.errors import OutreachError

STOP_SECONDS = 40.0
Found = TypeVar("Found")

PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass
class Process:
    """A process that was started here."""

    name: str
    running: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """OutreachError where it has ended by itself, with the last line it said."""
        code = self.running.poll()
        if code is not None:
            raise OutreachError(f"{self.name} ended with {code}: {self.last_line() or 'it said nothing'}")

    def last_line(self) -> str:
        """Return the last line that it said; empty where it said nothing."""
        return next(reversed(self._said().strip().splitlines()), "")

    def first_line(self) -> str:
        """Return the first line that it prints; OutreachError where none comes."""
        return wait_for(self._line, 60, f"{self.name} says nothing", [self])

    def _line(self) -> str:
        line, end, _ = self._said().partition("\n")
        return line if end else ""

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self.running.terminate()
        try:
            self.running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


@contextmanager
def started(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """Run `command` for as long as the block goes on; what it says goes to `log`. No OUTREACH_* of ours reaches it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")}
    with log.open("wb") as to:
        running = subprocess.Popen(
            command, env=own | dict(environment or {}), stdin=subprocess.DEVNULL, stdout=to, stderr=to
        )
    process = Process(Path(command[0]).name if "-m" not in command else command[2], running, log)
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def outreach(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], number: int = 0
) -> Iterator[Process]:
    """Run `outreach ...` on the workspace in `folder`."""
    command = [sys.executable, "-m", "outreach", "--workspace", str(folder), *arguments]
    with started(command, folder / f"{arguments[0]}-{number}.log", environment) as process:
        process.name = f"outreach {arguments[0]}"
        yield process


def wait_for(
    look: Callable[[], Found], seconds: float, otherwise: str, processes: Sequence[Process] = ()
) -> Found:
    """Return what `look` finds as soon as it finds something; OutreachError(otherwise) after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        for process in processes:
            process.check()
        if found := look():
            return found
        if time.monotonic() > until:
            raise OutreachError(otherwise)
        time.sleep(0.05)


def peak_megabytes(process: Process) -> float:
    """Return the largest memory (VmHWM) that the process, or one of its children, has ever held, in megabytes."""
    return max((_peak(pid) for pid in _family(process.running.pid)), default=0) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _peak(pid: int) -> int:
    try:
        found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
