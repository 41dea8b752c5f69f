"""What a check of a hundred campaigns costs, as a whole and against reading their YAML alone.

    python tests/benchmarks/checks.py [--campaigns 100] [--profile]

The campaigns are those of the examples, each many times under names of its own with templates of its own, in
audiences of their own priority. A check is measured in a new process, as a desk or a workflow has it, once with
the start of Python and all imports, and once without.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML

from outreach import starter, workspace
from outreach.workspace.shapes import POLICIES


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--campaigns", type=int, default=100)
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
        for own in (False, True):
            path = Path(folder) / f"own-{own}"
            count = build(path, chosen.campaigns, own)
            if chosen.profile:
                profile(path)
                continue
            found = measure(path)
            print(f"{chosen.campaigns} campaigns, {count} templates")
            print(f"  check, cold start      {found['cold_s']:6.2f} s")
            print(f"  first check            {found['first_s']:6.2f} s of the processor")
            print(
                f"  reading the YAML alone {found['yaml_s']:6.2f} s   the check is {found['ratio']:.2f} times that"
            )


def build(path: Path, campaigns: int, own: bool = True) -> int:
    """Fill a workspace with so many campaigns, with the examples' templates or their `own`; return how many."""
    starter.unpack(path)
    examples = {
        file: file.read_text(encoding="utf-8")
        for file in sorted((path / "campaigns").glob("*.yaml"))
        if file.stem not in POLICIES
    }
    for file in examples:
        file.unlink()
    for number in range(campaigns):
        file, text = list(examples.items())[number % len(examples)]
        _write(path, file.stem, text, number, own)
    if own:
        _replace_templates(path)
    return sum(1 for file in (path / "templates").rglob("*") if file.is_file())


def _replace_templates(path: Path) -> None:
    for folder in (path / "templates").iterdir():
        if folder.is_dir() and folder.name != "notes":
            shutil.rmtree(folder)
    renamed = path / "own"
    for folder in renamed.iterdir():
        folder.rename(path / "templates" / folder.name)
    renamed.rmdir()


def _write(path: Path, stem: str, text: str, number: int, own: bool) -> None:
    """Write one campaign under a name of its own, and its mails as files of its own."""

    def renamed(found: re.Match[str]) -> str:
        name = found[0]
        source = path / "templates" / f"{name}.md"
        if not own or not source.exists() or name.startswith("notes/"):
            return name
        target = path / "own" / f"c{number}-{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return f"c{number}-{name}"

    text = text.partition("\ntests:")[0] + "\n"
    text = re.sub(r"[a-z]+(?:-[a-z]+)*/[a-z-]+", renamed, text).replace(
        f"campaign: {stem}", f"campaign: {stem}-{number}"
    )
    text = re.sub(r"^priority: \d+", f"priority: {number % 101}", text, flags=re.MULTILINE)
    (path / "campaigns" / f"{stem}-{number}.yaml").write_text(text, encoding="utf-8")


FIRST = (
    "import sys, time; from pathlib import Path; from outreach import workspace; begun = time.process_time(); \
workspace.check(Path(sys.argv[1])); print(time.process_time() - begun)"
)


def measure(path: Path) -> dict[str, float]:
    """Return seconds of a check and of its limit, medians of some rounds."""
    command = [sys.executable, "-m", "outreach", "-w", str(path), "check"]
    cold = _median(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 3)
    files = [file.read_text(encoding="utf-8") for file in (path / "campaigns").glob("*.yaml")]
    alone = _median(
        lambda: [list(YAML(typ="safe", pure=True).parse(text)) for text in files], 3, time.process_time
    )
    first = statistics.median(
        float(subprocess.check_output([sys.executable, "-c", FIRST, str(path)])) for _ in range(3)
    )
    return {"cold_s": cold, "first_s": first, "yaml_s": alone, "ratio": first / alone}


def _median(act: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter) -> float:
    seconds = []
    for _ in range(rounds):
        begun = clock()
        act()
        seconds.append(clock() - begun)
    return statistics.median(seconds)


def profile(path: Path) -> None:
    """Print what takes most of a check."""
    workspace.check(path)
    profiler = cProfile.Profile()
    profiler.runcall(workspace.check, path)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
