"""Labelled mails: a folder of raw mails with what a careful person says of each in expected.jsonl."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.domain.inbound import InboundKind, Intent

MAILS = Path(__file__).parent.parent / "data" / "mail"
LABELS = "expected.jsonl"
HOSTILE = "hostile"
"""The folder of mails that are made to break a reader; they say nothing of the usual speed."""

KEYS = frozenset({
    "file", "kind", "recipients", "message_ids", "reply_text", "intent", "purchase_time", "purchase_at", "temperature",
    "resume_at", "referral", "competitor", "contract_ends_on", "language", "quarantine", "note",
})  # fmt: skip

_WORDS = {"kind": frozenset(InboundKind), "intent": frozenset(Intent)}


@dataclass(frozen=True)
class Sample:
    """A raw mail and its labels; only the keys that matter for it are there."""

    path: Path
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        """Return folder and file, which tell samples apart."""
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def is_hostile(self) -> bool:
        return self.path.parent.name == HOSTILE


@dataclass(frozen=True)
class Corpus:
    """All samples of some folders, and what is wrong with their lists: one line for each problem."""

    samples: tuple[Sample, ...]
    problems: tuple[str, ...]


def load(roots: Iterable[Path]) -> Corpus:
    """Return the samples of each folder that has an expected.jsonl, the roots themselves and those below them."""
    samples: list[Sample] = []
    problems: list[str] = []
    for root in roots:
        lists = sorted(root.rglob(LABELS))
        if not lists:
            problems.append(f"{root}: no {LABELS} in it")
        for labels in lists:
            found = list(_samples_of(labels, problems))
            samples += found
            problems += _unlabelled(labels.parent, {sample.path.name for sample in found})
    return Corpus(tuple(samples), tuple(problems))


def _samples_of(labels: Path, problems: list[str]) -> Iterator[Sample]:
    seen: set[str] = set()
    for number, line in enumerate(labels.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{labels.parent.name}/{labels.name}:{number}"
        try:
            expected = json.loads(line)
            file = expected["file"]
        except (ValueError, KeyError, TypeError):
            problems.append(f"{where}: is no JSON object with a file")
            continue
        problems += [f"{where}: {word}" for word in _faults(expected, labels.parent / file, seen)]
        seen.add(file)
        if (labels.parent / file).is_file():
            yield Sample(labels.parent / file, expected)


def _faults(expected: dict[str, Any], path: Path, seen: set[str]) -> Iterator[str]:
    if not path.is_file():
        yield f"there is no {path.name}"
    if path.name in seen:
        yield f"{path.name} is there twice"
    if unknown := expected.keys() - KEYS:
        yield f"{path.name}: unknown keys: {', '.join(sorted(unknown))}"
    for key, words in _WORDS.items():
        if (word := expected.get(key)) and word not in words:
            yield f"{path.name}: {word} is no {key}"
    if len(expected.keys() - {"file", "note"}) == 0:
        yield f"{path.name}: nothing is expected of it"


def _unlabelled(folder: Path, labelled: set[str]) -> list[str]:
    mails = sorted(path.name for path in folder.iterdir() if path.suffix == ".eml")
    return [f"{folder.name}/{name}: nothing is expected of it" for name in mails if name not in labelled]
