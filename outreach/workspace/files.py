"""Finds and reads the files of a workspace: campaigns, policies, templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from outreach.domain.campaign import Campaign
from outreach.errors import InputError, Problem, Problems
from outreach.workspace.documents import Document
from outreach.workspace.shapes import POLICIES
from outreach.workspace.values import validate
from outreach.workspace.yaml_files import parse, read_text

CAMPAIGNS = "campaigns"
TEMPLATES = "templates"
ENDINGS = frozenset({".md", ".html", ".txt"})
MOST_FILES = 2_000

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Read(Generic[Model]):
    """A file that is well formed."""

    document: Document
    value: Model


@dataclass
class Found:
    """What the files say, as far as it can be read, and what is wrong with the others."""

    policies: dict[str, Read[BaseModel]] = field(default_factory=dict)
    campaigns: list[Read[Campaign]] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)  # templates that are there, but have a problem already
    problems: list[Problem] = field(default_factory=list)

    def take(self, reading: Callable[[], None]) -> None:
        """Do the reading; what it finds wrong is kept."""
        try:
            reading()
        except Problems as error:
            self.problems += error.problems


def find(workspace: Path) -> Found:
    """Return all that stands in the workspace's files. InputError where there is no campaigns/."""
    found = Found()
    folder = workspace / CAMPAIGNS
    if not folder.is_dir():
        where = "this folder" if workspace == Path() else workspace
        raise InputError(
            f"{where} has no {CAMPAIGNS}/; run outreach init, or name another workspace with -w"
            if workspace.is_dir()
            else f"{where}: there is no such folder; run outreach init, or name another workspace with -w"
        )
    for path in _visible(folder.iterdir()):
        found.take(lambda path=path: _take_yaml(found, path))  # type: ignore[misc]
    for name in POLICIES:
        if not (folder / f"{name}.yaml").exists():
            hint = "outreach init writes an example"
            found.problems.append(_missing(f"{CAMPAIGNS}/{name}.yaml", hint))
    for path in _visible((workspace / TEMPLATES).rglob("*")):
        found.take(lambda path=path: _take_template(found, workspace / TEMPLATES, path))  # type: ignore[misc]
    return found


def _missing(file: str, hint: str) -> Problem:
    return Problem(file, 0, 0, "yaml", "is missing", hint)


def _visible(paths: Iterator[Path]) -> list[Path]:
    """Return the files in order, without those that editors and systems leave behind."""
    return sorted(path for path in paths if not path.name.startswith((".", "#")) and path.is_file())


def _take_yaml(found: Found, path: Path) -> None:
    file = f"{CAMPAIGNS}/{path.name}"
    if path.suffix == ".yml":
        raise Problems([Problem(file, 0, 0, "yaml", "is not read", f"name it {path.stem}.yaml")])
    if path.suffix != ".yaml":
        return
    document = parse(read_text(path, file), file)
    if path.stem in POLICIES:
        found.policies[path.stem] = Read(document, validate(document, POLICIES[path.stem]))
    else:
        found.campaigns.append(Read(document, validate(document, Campaign)))


def _take_template(found: Found, folder: Path, path: Path) -> None:
    if path.suffix not in ENDINGS:
        return
    name = path.relative_to(folder).as_posix()
    file = f"{TEMPLATES}/{name}"
    if len(found.templates) >= MOST_FILES:
        raise Problems([Problem(file, 0, 0, "template", f"there are more than {MOST_FILES:,} templates")])
    if "layout." not in path.name:
        for ending in ENDINGS - {path.suffix}:
            if (other := name.removesuffix(path.suffix) + ending) in found.templates:
                raise Problems([Problem(file, 0, 0, "template", f"there is {other} too", "keep one of them")])
    found.unreadable.add(name)
    found.templates[name] = read_text(path, file)
    found.unreadable.remove(name)
