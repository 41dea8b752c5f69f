"""Fuzzing led by coverage: atheris changes mails, keeps what reaches new code, and goes on from there.

    python tests/fuzz/coverage.py FOLDER SECONDS

FOLDER/seeds holds what it begins with and FOLDER/corpus what it learns; FOLDER/findings gets what broke a rule.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

atheris: Any = import_module("atheris")  # installed for this alone

with atheris.instrument_imports(include=["outreach.domain"]):
    from fuzz.findings import Findings
    from fuzz.invariants import check

MOST_SECONDS = 4.0
"""Instrumented code is several times as slow; what is slow in earnest shows when the findings are tried again."""

MOST_BYTES = 40_000


def main(folder: Path, seconds: int) -> None:
    """Fuzz for so long. Ends the process."""
    found = Findings(folder / "findings")

    def one(raw: bytes) -> None:
        try:
            check(raw, MOST_SECONDS)
        except Exception as error:
            found.add(raw, error)

    atheris.enabled_hooks.add("str")
    options = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-timeout=30", "-rss_limit_mb=1500"]
    options += [
        f"-dict={folder / 'words.dict'}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder / "corpus"), str(folder / "seeds")], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
