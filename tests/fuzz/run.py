"""Looks for mails that break a rule, for as long as one likes: python tests/fuzz/run.py [--minutes 10] [--folder build/fuzz]

Half of the time hypothesis puts mails together and breaks samples; the other half atheris, where it is installed
(pip install atheris), changes mails and follows what code they reach. What breaks a rule lies in FOLDER/findings:
make it a sample. Ends with 1 where something was found.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation.corpus import MAILS
from evaluation.hostile_mails import REPEATED
from fuzz import pieces
from fuzz.findings import Findings
from fuzz.invariants import check
from fuzz.strategies import broken, mails
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

EXAMPLES = 300
SLICE = 300
"""Seconds that atheris runs at a time: what it holds in memory grows."""

MOST_SEED_BYTES = 40_000


def main() -> int:
    """Fuzz, say what was tried and found, and return the exit code."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    given_ = arguments.parse_args()
    folder: Path = given_.folder
    found = Findings(folder / "findings")
    seeds = prepared(folder)
    has_atheris = importlib.util.find_spec("atheris") is not None
    until = time.monotonic() + given_.minutes * 60
    tried = led = rounds = 0
    while (left := until - time.monotonic()) > 1:
        share = min(SLICE, left) / (2 if has_atheris else 1)
        tried += put_together(found, seeds, share, given_.seed + rounds)
        if has_atheris:
            led += led_by_coverage(folder, share)
        rounds += 1
        said(tried, led, found)
    print(f"{given_.minutes:g} minutes, {'with' if has_atheris else 'without'} atheris")
    return confirmed(found)


def prepared(folder: Path) -> list[bytes]:
    """Return the samples that mails are made from, and lay them where atheris finds them."""
    paths = [path for path in sorted(MAILS.rglob("*.eml")) if path.stat().st_size <= MOST_SEED_BYTES]
    for name in ("seeds", "corpus"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copyfile(path, folder / "seeds" / f"{path.parent.name}-{path.name}")
    words = [
        word for table in (pieces.FIELDS, pieces.LINES, pieces.TYPES, pieces.CONTAINERS) for word in table
    ]
    words += [piece.strip("'\"") for piece in REPEATED["text"]]
    lines = [
        "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "replace")[:60]) for word in words if word
    ]
    (folder / "words.dict").write_text(
        "".join(f'"{line}"\n' for line in dict.fromkeys(lines)), encoding="ascii"
    )
    return [path.read_bytes() for path in paths]


def put_together(found: Findings, seeds: list[bytes], seconds: float, number: int) -> int:
    """Try mails of hypothesis for so long; return how many."""
    until = time.monotonic() + seconds
    whole = st.integers(0, len(seeds) - 1).map(seeds.__getitem__) if seeds else mails()
    count = 0
    while time.monotonic() < until:
        number += 1_000_003

        @seed(number)
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink], report_multiple_bugs=False,
        )  # fmt: skip
        @given(st.one_of(mails(), broken(mails()), broken(whole)))
        def search(raw: bytes) -> None:
            nonlocal count
            count += 1
            try:
                check(raw)
            except Exception as error:
                found.add(raw, error)
                raise

        try:
            search()
        except Exception as error:
            print(f"found: {type(error).__name__}: {str(error)[:100]}", flush=True)
    return count


def led_by_coverage(folder: Path, seconds: float) -> int:
    """Let atheris run for so long in a process of its own; return how many mails it tried."""
    command = [
        sys.executable,
        str(Path(__file__).with_name("coverage.py")),
        str(folder),
        str(max(int(seconds), 1)),
    ]
    ended = subprocess.run(command, capture_output=True, check=False)
    output = ended.stderr.decode("utf-8", "replace")
    with (folder / "coverage.log").open("a", encoding="utf-8") as log:
        log.write(output)
    if ended.returncode:
        print(f"atheris ended with {ended.returncode}: {output.strip().splitlines()[-1:]}", flush=True)
    counts = re.findall(r"number_of_executed_units:\s*(\d+)", output)
    return int(counts[-1]) if counts else 0


def said(tried: int, led: int, found: Findings) -> None:
    print(f"{tried:,} mails put together, {led:,} led by coverage, {len(found.mails())} findings", flush=True)


def confirmed(found: Findings) -> int:
    """Try every finding again, as the program runs; return 1 where one still breaks a rule."""
    failed = 0
    for path in found.mails():
        try:
            check(path.read_bytes())
        except Exception as error:
            failed = 1
            print(f"{path}: {type(error).__name__}: {str(error)[:200]}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
