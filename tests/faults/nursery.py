"""Has everything imported already, and forks a process of the program whenever it is told to.

    python nursery.py         reads one JSON order a line, answers one JSON line each

To import the program costs seconds, to fork it milliseconds: that is what makes a thousand crashes affordable. What
runs in the child is the command line of the program itself, in a process of its own that can be killed.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 30.0


def _serve() -> None:
    """Obey until whoever gave the orders is gone, then end what still runs."""
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = {"status": os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])}
            children.discard(order["wait"])
        else:
            answer = {"pid": _born(order)}
            children.add(answer["pid"])
        print(json.dumps(answer), flush=True)
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _born(order: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    _live(order)
    sys.exit(0)


def _live(order: Mapping[str, Any]) -> None:
    """Become `python -m outreach ...` with this environment and this log."""
    from outreach import cli, crash

    os.setsid()
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    empty = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((empty, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(order["env"])
    crash._point.__init__(os.environ)  # type: ignore[misc]  # it read the environment when it was imported
    sys.argv = ["outreach", *order["arguments"]]
    cli.main()


class Process:
    """A process of the program, by its id; it can not be mistaken for another, since nobody else reaps it."""

    def __init__(self, nursery: Nursery, pid: int, kind: str, log: Path) -> None:
        self.pid = pid
        self.kind = kind
        self.log = log
        self.status: int | None = None
        self._nursery = nursery
        self._handle = os.pidfd_open(pid)

    @property
    def is_alive(self) -> bool:
        return not self.ended_within(0)

    def ended_within(self, seconds: float) -> bool:
        """Wait for its end, at most so long; return whether it came."""
        if self.status is None and select.select([self._handle], [], [], seconds)[0]:
            os.close(self._handle)
            self.status = self._nursery.reap(self.pid)
        return self.status is not None

    def signal(self, number: int) -> None:
        if self.is_alive:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as `kill -9` does, and return when it is gone."""
        self.signal(signal.SIGKILL)
        assert self.ended_within(PATIENCE)

    def stop(self, seconds: float = PATIENCE) -> int:
        """Ask it to end, and return its exit status."""
        self.signal(signal.SIGTERM)
        assert self.ended_within(seconds), f"the {self.kind} does not end within {seconds:g} s"
        assert self.status is not None
        return self.status


class Nursery:
    """Where processes come from; used by one thread."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
        """Start the program with these arguments and nothing but this environment."""
        answer = self._ask(arguments=list(arguments), env=dict(environment), log=str(log))
        kind = next(word for word in arguments if word in ("up", "scheduler", "worker", "web"))
        return Process(self, int(answer["pid"]), kind, log)

    def reap(self, pid: int) -> int:
        """Return the exit status of a process that has ended."""
        return int(self._ask(wait=pid)["status"])

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _ask(self, **order: Any) -> Mapping[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: Mapping[str, Any] = json.loads(self._process.stdout.readline())
        return answer


if __name__ == "__main__":
    for module in ("outreach.assembly", "outreach.cli"):
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    _serve()
