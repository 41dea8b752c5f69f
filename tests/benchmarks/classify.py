"""How many mails a second are understood, over the samples: python tests/benchmarks/classify.py [FOLDER] [--profile]

One process, so one core. The hostile samples are left out: they say what the worst costs, not what a mail costs.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from outreach.domain.inbound.classifier import classify

MAILS = Path(__file__).parent.parent / "data" / "mail"
TARGET = 500
ROUNDS = 5
SHOWN = 30


def measure(folder: Path) -> dict[str, tuple[int, float]]:
    """Return for every folder of mails how many there are and the CPU seconds of the fastest of some rounds."""
    found: dict[str, tuple[int, float]] = {}
    for each in sorted({path.parent for path in folder.rglob("*.eml")}):
        if each.name != "hostile":
            mails = [path.read_bytes() for path in sorted(each.glob("*.eml"))]
            found[each.name] = (len(mails), min(_seconds(mails) for _ in range(ROUNDS)))
    return found


def _seconds(mails: list[bytes]) -> float:
    began = time.process_time()
    for raw in mails:
        classify(raw)
    return time.process_time() - began


def profile(folder: Path) -> None:
    """Print which functions take the time."""
    mails = [path.read_bytes() for path in folder.rglob("*.eml") if path.parent.name != "hostile"]
    profiler = cProfile.Profile()
    profiler.enable()
    _seconds(mails * ROUNDS)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(SHOWN)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", nargs="?", type=Path, default=MAILS)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    table = Table("mails", "number", "mails/s", "ms a mail", title="understood on one core")
    found = measure(given.folder)
    found["all"] = (sum(count for count, _ in found.values()), sum(seconds for _, seconds in found.values()))
    for name, (count, seconds) in found.items():
        table.add_row(name, f"{count:,}", f"{count / seconds:,.0f}", f"{seconds / count * 1000:.2f}")
    Console().print(table)
    count, seconds = found["all"]
    print(f"target: {TARGET} mails/s, {'reached' if count / seconds >= TARGET else 'not reached'}")
    if given.profile:
        profile(given.folder)


if __name__ == "__main__":
    main()
