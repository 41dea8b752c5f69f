"""Prints what a simulation says, as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from outreach.simulation.bands import Band
from outreach.simulation.forecast import Forecast
from outreach.simulation.load import NOBODY
from outreach.simulation.missing import StepResult
from outreach.simulation.pictures import day, span
from outreach.simulation.population import Rejects
from outreach.simulation.scenes import AS_APPLIED

MOST_REASONS = 4
MOST_CAUSES = 4
MOST_WHYS = 5
KNOWN = re.compile(r"is none of: [^;]*; did you mean '?([^'?]*)'?\?")
"""A word that is not known, with all that are: of these only the nearest is told."""
BY_WEEK = "by week (of the first run, with the band of all: low-middle-high)"
REASONS = {
    "replied": "replied",
    "goal_reached": "goal reached",
    "left_audience": "left the audience",
    "meeting_booked": "booked a meeting",
    "stale": "too late (stale)",
}


def lines(found: Forecast) -> Iterator[str]:
    """Yield the text, line by line."""
    yield from _head(found)
    if found.why_nobody and not found.run.mails:
        yield from _nobody(found)
        return
    for title, part in (
        ("", _figures(found)),
        (BY_WEEK if found.bands.runs > 1 else "by week", _weeks(found)),
        ("who gets which mail, and why the others do not", _steps(found)),
        ("senders", _senders(found)),
        ("reps", _reps(found)),
        ("leads by stage", _stages(found)),
    ):
        yield ""
        if title:
            yield f"{title}:"
        yield from part
    yield ""
    yield f"bottleneck: {found.bottleneck}"
    yield from (f"what if: {line}" for line in _what_if(found))
    yield ""
    yield from _rates(found)


def _what_if(found: Forecast) -> Iterator[str]:
    if not found.what_if_played:
        yield "not played for so many leads and days; --add-mailbox does"
    elif not found.what_if:
        yield "one more mailbox or rep would change nothing that counts"
    yield from (each.line for each in found.what_if)


def _table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield rows in columns; numbers and what follows the first column are aligned to the right."""
    cells = [list(headings), *([_cell(each) for each in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(headings))]
    numeric = [
        all(not row[place] or row[place][0] in "0123456789+-" for row in cells[1:])
        for place in range(len(headings))
    ]
    for row in cells:
        aligned = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )  # fmt: skip
        yield "  ".join(aligned).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


# -- head ------------------------------------------------------------------------------------------


def _head(found: Forecast) -> Iterator[str]:
    about, count = found.about, found.bands.runs
    last = found.first_day + timedelta(days=found.days)
    runs = "1 run (no band; --runs 5 gives one)" if count == 1 else f"{count} runs"
    yield (
        f"{found.leads:,} leads of {about.people}, {day(found.first_day)} to {day(last)} "
        f"({found.days} days), seed {found.seed}, {runs}"
    )
    states: dict[str, list[str]] = {}
    for name, state in about.campaigns.items():
        states.setdefault(state, []).append(name)
    for state, names in states.items():
        yield (
            f"campaigns {state}: {', '.join(names)}"
            if state != AS_APPLIED
            else f"campaigns: {', '.join(names)}"
        )
    if about.policies:
        yield f"not applied yet: changes in {', '.join(about.policies)}"
    if about.left_out:
        yield f"{about.left_out:,} leads are left out: they are under way in other campaigns"
    yield from _file(found)


def _file(found: Forecast) -> Iterator[str]:
    taken = found.about.taken
    if taken is None:
        return
    parts = [f"{taken.added:,} new people"]
    parts += [f"{taken.known:,} known ones, with their past"] if taken.known else []
    parts += [f"{taken.duplicates:,} rows about the same people"] if taken.duplicates else []
    parts += [f"{taken.suppressed:,} suppressed"] if taken.suppressed else []
    parts += [f"{taken.rejected:,} rejected"] if taken.rejected else []
    yield f"file: {', '.join(parts)}"
    yield from (f"  {_rejected(each)}" for each in taken.rejects[:MOST_CAUSES])
    rest = taken.rejects[MOST_CAUSES:]
    if rest:
        yield f"  {sum(each.rows for each in rest):,} rejected for {_more(len(rest), 'cause')}"
    if taken.ignored:
        yield f"  columns passed over: {', '.join(taken.ignored)}"


def _rejected(rejects: Rejects) -> str:
    cause = KNOWN.sub(r"is none of those known; did you mean \1?", rejects.cause)
    lines = ", ".join(map(str, rejects.lines)) + (", ..." if rejects.rows > len(rejects.lines) else "")
    return f"{rejects.rows:,} rejected: {cause} ({'line' if rejects.rows == 1 else 'lines'} {lines})"


def _more(count: int, what: str) -> str:
    return f"{count:,} more {what}" + ("" if count == 1 else "s")


# -- nobody ----------------------------------------------------------------------------------------


def _nobody(found: Forecast) -> Iterator[str]:
    """Yield why nobody enters, and of the tables those in which anything is said."""
    yield ""
    for campaign, counts in found.why_nobody.items():
        told = [f"{count:,} x {reason}" for reason, count in counts.items()]
        rest = len(told) - MOST_WHYS
        more = [_more(rest, "reason")] if rest > 0 else []
        yield f"nobody enters {campaign}: {'; '.join([*told[:MOST_WHYS], *more])}"
    if any(load.given for load in found.run.reps):
        yield from ("", "reps:", *_reps(found))
    if found.run.stages_before != found.run.stages_after:
        yield from ("", "leads by stage:", *_stages(found))


# -- figures ---------------------------------------------------------------------------------------


def _figures(found: Forecast) -> Iterator[str]:
    bands, run = found.bands, found.run
    rows: list[list[Any]] = [
        ["mails", run.mails, *_of(bands.mails)],
        ["MQLs", sum(run.mqls.values()), *_of(bands.mqls)],
        ["hand-offs", sum(sum(reps.values()) for reps in run.handoffs.values()), *_of(bands.handoffs)],
        ["deals won", sum(rep.won for rep in run.reps), *_of(bands.won)],
    ]
    if bands.runs == 1:
        yield from _table(["", "in all"], [row[:2] for row in rows])
    else:
        yield from _table(["", "first run", "low", "middle", "high"], rows)
    yield ""
    yield f"{run.entered:,} leads entered a campaign; {run.under_way:,} still under way at the end"
    for share, band in bands.done_on.items():
        if band.p50 is None:
            yield f"{share} have not had their last mail by {day(max(run.limits))}"
        else:
            yield f"{share} have had their last mail by {span(band)}"
    if bands.last_mail_on.p50 is not None:
        yield f"the last mail goes out on {span(bands.last_mail_on)}"


def _of(band: Band) -> tuple[float, float, float]:
    return band.p10, band.p50, band.p90


def _weeks(found: Forecast) -> Iterator[str]:
    run, bands = found.run, found.bands
    mails: Counter[tuple[date, str]] = Counter()
    for each in run.mails_by_day:
        mails[each.day - timedelta(days=each.day.weekday()), each.sender] += each.mails
    senders = list(dict.fromkeys(each.sender for each in run.mails_by_day))
    reps = [load.rep for load in run.reps if load.given]
    rows: list[list[Any]] = []
    for week in _busy_weeks(found, {week for week, _ in mails}):
        given = run.handoffs.get(week, {})
        rows.append([day(week), *(mails[week, name] for name in senders), run.mqls.get(week, 0)])
        rows[-1] += [_band(bands.mqls_by_week[week])] if bands.runs > 1 else []
        rows[-1] += [sum(given.values())]
        rows[-1] += [_band(bands.handoffs_by_week[week])] if bands.runs > 1 else []
        rows[-1] += [given.get(rep, 0) for rep in reps]
    mail_titles = [f"mails {name}" for name in senders]
    titles = ["MQLs", "band", "hand-offs", "band"] if bands.runs > 1 else ["MQLs", "hand-offs"]
    return _table(["week of", *mail_titles, *titles, *reps], rows)


def _busy_weeks(found: Forecast, mailed: set[date]) -> list[date]:
    """Return the weeks up to the last one in which anything happens in any run."""
    bands = found.bands
    busy = [
        week
        for week in bands.mqls_by_week
        if week in mailed or bands.mqls_by_week[week].p90 or bands.handoffs_by_week[week].p90
    ]
    last = max(busy, default=date.max)
    return [week for week in bands.mqls_by_week if week <= last]


def _band(band: Band) -> str:
    return f"{band.p10:.0f}-{band.p50:.0f}-{band.p90:.0f}"


def _steps(found: Forecast) -> Iterator[str]:
    rows = [
        [each.campaign, each.step, each.entered, each.sent, _share(each.sent, each.entered), _why(each)]
        for each in found.run.steps
        if each.entered
    ]
    if not rows:
        return iter(["nobody who enters comes to a mail"])
    return _table(["campaign", "step", "entered", "got it", "", "why not"], rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _why(step: StepResult) -> str:
    told = [f"{REASONS.get(reason, reason)} {count:,}" for reason, count in step.missed.items()]
    rest = len(told) - MOST_REASONS
    return ", ".join(told[:MOST_REASONS]) + (f", {_more(rest, 'reason')}" if rest > 0 else "")


def _senders(found: Forecast) -> Iterator[str]:
    rows = []
    waits = {(wait.kind, wait.name): wait.lead_days for wait in found.run.waits}
    for name in dict.fromkeys(each.sender for each in found.run.mails_by_day):
        days = [each for each in found.run.mails_by_day if each.sender == name]
        full = sum(each.mails >= each.limit for each in days)
        waited = sum(waits.get((kind, name), 0.0) for kind in ("limit", "ramp", "gap"))
        busiest = max(days, key=lambda each: (each.mails, -each.day.toordinal()))
        rows.append(
            [name, sum(each.mails for each in days), len(days), f"{busiest.mails:,} on {day(busiest.day)}",
             busiest.limit, full, round(waited)]
        )  # fmt: skip
    headings = ["sender", "mails", "days", "busiest day", "limit then", "full days", "lead-days of waiting"]
    return _table(headings, rows) if rows else iter(["no mail is sent"])


def _reps(found: Forecast) -> Iterator[str]:
    rows = [
        [load.rep, load.given, load.accepted, load.rejected, load.passed_on, load.won, load.lost, load.most_open,
         None if load.rep == NOBODY else load.capacity, load.over_capacity]
        for load in found.run.reps
    ]  # fmt: skip
    headings = [
        "rep", "hand-offs", "accepted", "rejected", "passed on", "won", "lost", "most at once", "capacity",
        "over capacity",
    ]  # fmt: skip
    return _table(headings, rows)


def _stages(found: Forecast) -> Iterator[str]:
    before, after = found.run.stages_before, found.run.stages_after
    rows = [
        [stage, before[stage], after[stage], f"{after[stage] - before[stage]:+,}"]
        for stage in before
        if before[stage] or after[stage]
    ]
    return _table(["stage", "first day", "last day", "change"], rows)


# -- rates -----------------------------------------------------------------------------------------


def _rates(found: Forecast) -> Iterator[str]:
    by_rate: dict[tuple[str, float, str], list[str]] = {}
    for each in found.rates:
        by_rate.setdefault((each.what, each.rate, each.source), []).append(f"{each.campaign}: {each.step}")
    told = [
        [what, f"{rate:.2%}", source, names[0] if len(names) == 1 else f"{len(names)} templates"]
        for (what, rate, source), names in sorted(by_rate.items())
    ]
    told += [[f"reps: {name}", f"{rate:.2%}", source, ""] for name, (rate, source) in found.reps.items()]
    yield "rates that were played, of the mails sent (what defaults rest on: docs/simulate.md):"
    yield from _table(["what", "rate", "from", "of"], told)
