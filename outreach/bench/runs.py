"""Runs the measures one after the other on servers of their own, and gathers what they found."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from outreach.bench import handoff, memory, plain, sending
from outreach.bench.figures import Figure, Missing, Report
from outreach.bench.ground import QUICK, Ground, Scale
from outreach.errors import InputError, OutreachError

Measure = Callable[[Ground], Figure]

MEASURES: Mapping[str, Measure] = {
    "bulk": sending.bulk,
    "strict": sending.strict,
    "embedded": sending.embedded,
    "embedded-strict": sending.embedded_strict,
    "one-task-per-mail": plain.times,
    "handoff": handoff.latency,
    "memory": memory.peak,
}
LONG = {"memory"}  # left out of a quick run: they say nothing with few leads


def run(
    now: datetime,
    scale: Scale,
    only: Sequence[str] = (),
    tell: Callable[[str], None] = lambda what: None,
    more: Mapping[str, Measure] | None = None,
) -> Report:
    """Measure what can be measured here and return it; what can not says what it needs. InputError for a wrong name."""
    measures = {**MEASURES, **(more or {})}
    if unknown := [name for name in only if name not in measures]:
        raise InputError(f"{unknown[0]!r} is no figure; write one of: {', '.join(measures)}")
    chosen = {name: measure for name, measure in measures.items() if not only or name in only}
    report = Report(now)
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    ground = Ground(folder, scale, tell)
    try:
        for name, measure in chosen.items():
            report.figures.append(_measured(name, measure, ground, asked=bool(only)))
    finally:
        ground.close()
        shutil.rmtree(folder, ignore_errors=True)
    report.rates = ground.rates
    return report


def _measured(name: str, measure: Measure, ground: Ground, *, asked: bool) -> Figure:
    began = time.monotonic()
    try:
        if ground.scale.name == QUICK.name and name in LONG and not asked:
            raise Missing("takes minutes; run it without --quick")
        return measure(ground)
    except Missing as missing:
        return Figure(name, name, not_measured=str(missing))
    except OutreachError as error:
        # One figure that fails does not take the others with it.
        return replace(Figure(name, name, not_measured=f"failed: {error}"), seconds=time.monotonic() - began)
