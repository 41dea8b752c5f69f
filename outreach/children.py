"""Runs several processes of one command, puts new ones in the place of those that end, and ends all when told to."""

from __future__ import annotations

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Sequence

log = logging.getLogger(__name__)

LOOK = 0.2  # seconds between looks at who has ended
REST = 1.0  # seconds before a new one takes the place of one that ended: not as fast as they can die
STOPS_WITHIN = 60.0


def keep_running(command: Sequence[str], count: int) -> None:
    """Keep `count` processes of the command running until this one is told to end; they end with it."""
    told = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: told.set())
    running: list[subprocess.Popen[bytes]] = []
    try:
        while not told.is_set():
            for child in [child for child in running if child.poll() is not None]:
                running.remove(child)
                log.warning(
                    "process %d ended with %s: a new one takes its place", child.pid, child.returncode
                )
                told.wait(REST)
            while len(running) < count and not told.is_set():
                running.append(subprocess.Popen(command))
            told.wait(LOOK)
    finally:
        _end(running)


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in running:
        child.terminate()
    until = time.monotonic() + STOPS_WITHIN
    for child in running:
        try:
            child.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            log.error("process %d does not end: it is killed", child.pid)
            child.kill()
            child.wait()
