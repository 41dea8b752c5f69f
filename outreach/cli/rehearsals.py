"""The tests of campaigns on the command line: which are played, and how their timelines are shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import InputError, Problem

if TYPE_CHECKING:
    from outreach.rehearsal import Rehearsed
    from outreach.workspace import Checked, Workspace

COLOURS = {">": "\x1b[31m", "E": "\x1b[33m"}
PLAIN = "\x1b[0m"
NAMED = re.compile(r"""^campaign:\s*["']?([^\s"'#]+)""", re.MULTILINE)
"""The name of a campaign in the text of a file that may have something wrong in it."""


class Rehearsal:
    """The tests of some campaigns, named by name or file, or of all."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._names = names
        self._files: set[str] = set()
        self.played: list[Rehearsed] = []

    def look_up(self, folder: Path) -> None:
        """InputError where a campaign is named that is not among the files in the workspace at `folder`."""
        if not self._names:
            return
        there = _names(folder / "campaigns")
        for written in self._names:
            if written not in there and Path(written).name not in there:
                raise _no_such(written, there)

    def counted(self, checked: Workspace) -> int:
        """Return how many campaigns of the workspace are looked at."""
        return len(set(self._chosen(checked)))

    def play(self, checked: Workspace) -> Iterable[Problem]:
        """Play the tests; return what fails. InputError where there is no campaign of a name."""
        chosen = self._chosen(checked)
        if not any(checked.campaigns[name].campaign.tests for name in chosen):
            return ()
        from outreach import rehearsal  # it brings the simulator with it

        played = rehearsal.rehearse(checked, chosen)
        self.played += played
        return [problem for test in played for problem in test.problems]

    def _chosen(self, checked: Workspace) -> list[str]:
        chosen = [_campaign(checked, name) for name in self._names] or list(checked.campaigns)
        self._files |= {checked.campaigns[name].file for name in chosen}
        return chosen

    def narrowed(self, checked: Checked) -> Checked:
        """Return only what was found in the files of the campaigns named; all where they could not be played."""
        if checked.workspace is not None:
            self._chosen(checked.workspace)
        if not self._names or not self._files:
            return checked
        errors, warnings = (
            tuple(problem for problem in found if self._files & {problem.file, *problem.also})
            for found in (checked.errors, checked.warnings)
        )
        return replace(checked, errors=errors, warnings=warnings)

    def print_passed(self) -> None:
        """Print the timelines of the tests that passed; those that failed stand with their problems."""
        from outreach import rehearsal

        for test in self.played:
            if not test.problems:
                print("\n".join([f"{test.campaign}: {test.name}", *rehearsal.written(test.timeline), ""]))


def _campaign(checked: Workspace, written: str) -> str:
    by_file = {Path(loaded.file).name: name for name, loaded in checked.campaigns.items()}
    name = by_file.get(Path(written).name, written)
    if name not in checked.campaigns:
        raise _no_such(written, checked.campaigns)
    return name


def _names(folder: Path) -> set[str]:
    """Return what campaigns may be called by: their names, as far as they can be read, and those of their files."""
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.yaml")}
    named = (found[1] for text in texts.values() for found in NAMED.finditer(text))
    return {*named, *(path.name for path in texts)}


def _no_such(written: str, names: Collection[str]) -> InputError:
    close = get_close_matches(written, names, 1)
    campaigns = sorted(name for name in names if not name.endswith(".yaml"))
    there = f"; there are {', '.join(campaigns)}" if campaigns else ""
    hint = f"; did you mean {close[0]}?" if close else there
    return InputError(f"{written}: there is no such folder, and no campaign has this name{hint}")


def print_below(problem: Problem) -> None:
    """Print what stands below a problem, with colours where a person watches."""
    for line in problem.below:
        colour = COLOURS.get(line[2:3], "") if sys.stderr.isatty() else ""
        print(f"{colour}{line}{PLAIN if colour else ''}", file=sys.stderr)
