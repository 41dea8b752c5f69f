"""What a mail costs, measured in a process of its own that is ended when it takes far too long or too much."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

MOST_SECONDS = 5  # of CPU, for a process that would never end
MOST_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Cost:
    """CPU seconds, the largest resident memory of the process in MB, and what the mail was taken for."""

    seconds: float
    megabytes: float
    kind: str
    quarantine: str
    text: str


class Confined:
    """A process with the rules loaded that forks for every mail."""

    def __init__(self, folder: Path) -> None:
        self._mail = folder / "mail.eml"

    def __enter__(self) -> Confined:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.communicate()

    def cost(self, raw: bytes) -> Cost:
        """Return what `raw` costs; RuntimeError where the process died of it."""
        assert self._process.stdin and self._process.stdout
        self._mail.write_bytes(raw)
        self._process.stdin.write(f"{self._mail}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        if "died" in answer:
            raise RuntimeError(f"the process died: {answer['died']}")
        return Cost(**answer)


def _serve() -> None:
    from outreach.domain.inbound.classifier import classify

    classify(
        b"From: a@example.org\nSubject: Re: x\n\nYes, in March.\n"
    )  # what is loaded or built late is so once
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _measure(line.rstrip("\n"))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"died": os.waitstatus_to_exitcode(status)}), flush=True)


def _measure(path: str) -> None:
    from outreach.domain.inbound.classifier import classify

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    raw = Path(path).read_bytes()
    began = time.process_time()
    found = classify(raw)
    seconds = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = {
        "seconds": seconds,
        "megabytes": megabytes,
        "kind": found.kind,
        "quarantine": found.quarantine,
        "text": found.text,
    }
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
