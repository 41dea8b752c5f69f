"""Draws a simulation as one SVG: mails by day and sender, MQLs and hand-offs by week, people by step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from outreach.simulation.bands import Band, Bands
from outreach.simulation.results import Run

WIDTH, LEFT, RIGHT = 1080, 76, 276
PLOT = WIDTH - LEFT - RIGHT
HEAD, PANEL, GAP, FOOT = 104, 216, 92, 44
MOST_SERIES = 9
FEWEST = 0.02  # of the largest series: what has fewer people is drawn with the others
MOST_DAYS = 200  # that are drawn as bars of their own: above, bars are of weeks
COLOURS = (
    "#2f6f9f", "#e0803a", "#3f8f6b", "#8a5fae", "#c14b5a", "#6b7a86", "#b89a2c", "#4aa3a8", "#94623c", "#a9b4bc",
)  # fmt: skip
INK, SOFT, GRID = "#1f2a30", "#5a666e", "#e4e8ea"
FONT = 'font-family="Inter, Helvetica, Arial, sans-serif"'


@dataclass(frozen=True)
class Words:
    """What stands above and below the picture."""

    title: str
    subtitle: str
    footer: str


class _Panel:
    """One drawing: where days and figures lie in it."""

    def __init__(self, number: int, days: Sequence[date], highest: float) -> None:
        self.top = HEAD + 26 + number * (PANEL + GAP)
        self.bottom = self.top + PANEL
        self.days = days
        self.step = _step(highest)
        self.highest = max(self.step, self.step * -(-highest // self.step))

    def x(self, day: date) -> float:
        return LEFT + PLOT * (day - self.days[0]).days / max(len(self.days), 1)

    def y(self, value: float) -> float:
        return self.bottom - PANEL * min(value, self.highest) / self.highest

    def frame(self, title: str, unit: str) -> list[str]:
        """Return title, grid and axes."""
        parts = [_text(LEFT, self.top - 14, title, size=15, weight="600")]
        parts.append(_text(LEFT + PLOT, self.top - 14, unit, anchor="end", fill=SOFT))
        value = 0.0
        while value <= self.highest + self.step / 1000:
            y = self.y(value)
            parts.append(_line(LEFT, y, LEFT + PLOT, y, GRID if value else INK))
            parts.append(_text(LEFT - 8, y + 4, f"{value:,.6g}", anchor="end", fill=SOFT))
            value += self.step
        return parts + self._dates()

    def _dates(self) -> list[str]:
        parts = []
        for day in _ticks(self.days):
            x = self.x(day)
            parts.append(_line(x, self.bottom, x, self.bottom + 5, INK))
            parts.append(_text(x, self.bottom + 20, f"{day.day} {day:%b}", anchor="middle", fill=SOFT))
        return parts

    def legend(self, entries: Sequence[tuple[str, str, str]]) -> list[str]:
        """Return the legend beside it: colour, kind of mark and text of each."""
        parts = []
        for number, (colour, mark, text) in enumerate(entries):
            x, y = LEFT + PLOT + 20, self.top + 8 + number * 21
            parts += _mark(mark, x, y, colour)
            parts.append(_text(x + 28, y + 4, _short(text)))
        return parts


def drawn(run: Run, bands: Bands, words: Words) -> str:
    """Return the picture of a run and of the bands of all runs, as SVG."""
    days = sorted(run.limits)
    height = HEAD + 26 + 3 * (PANEL + GAP) - 46 + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(words.title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 42, words.title, size=23, weight="700"),
        _text(LEFT, 68, words.subtitle, size=14, fill=SOFT),
        *_mails(run, days),
        *_weeks(bands, days),
        *_people(run, days),
        _text(LEFT, height - 22, words.footer, size=13, fill=SOFT),
    ]
    return "\n".join([*parts, "</svg>", ""])


# -- mails by day ----------------------------------------------------------------------------------


def _mails(run: Run, days: Sequence[date]) -> list[str]:
    unit, limits = "day", dict(run.limits)
    by_sender: dict[str, Counter[date]] = defaultdict(Counter)
    for each in run.mails_by_day:
        by_sender[each.sender][each.day] += each.mails
    if len(days) > MOST_DAYS:
        unit, limits = "week", _by_week(limits)
        by_sender = {name: _by_week(mails) for name, mails in by_sender.items()}
    senders = _largest({name: sum(mails.values()) for name, mails in by_sender.items()})
    starts = sorted(limits)
    totals = {day: sum(mails.get(day, 0) for mails in by_sender.values()) for day in starts}
    most, limit = max(totals.values(), default=0), max(limits.values(), default=0)
    fits = limit <= 2 * most
    panel = _Panel(0, days, max(most, limit if fits else 0, 1))
    parts = panel.frame(f"Mails a {unit}, by sender", f"mails a {unit}")
    below = dict.fromkeys(starts, 0)
    for number, (_, members) in enumerate(_grouped(senders, by_sender)):
        for day in starts:
            count = sum(by_sender[name].get(day, 0) for name in members)
            parts += _bar(panel, day, below[day], count, COLOURS[number], 7 if unit == "week" else 1)
            below[day] += count
    if fits:
        parts.append(_stairs(panel, limits, 7 if unit == "week" else 1))
    told = "all limits together" if fits else f"limits allow {limit:,} a {unit}"
    legend = [(COLOURS[number], "box", name) for number, (name, _) in enumerate(_grouped(senders, by_sender))]
    return parts + panel.legend([*legend, (INK if fits else "none", "dashes", told)])


def _by_week(days: Mapping[date, int]) -> Counter[date]:
    weeks: Counter[date] = Counter()
    first = min(days, default=date.min)
    for day, count in days.items():
        weeks[max(first, day - timedelta(days=day.weekday()))] += count
    return weeks


def _largest(sizes: Mapping[str, int]) -> list[str]:
    """Return the names to draw, in order; of too many the largest."""
    chosen = sorted(sizes, key=lambda name: (-sizes[name], name))[:MOST_SERIES]
    return [name for name in sizes if name in set(chosen)]


def _grouped(shown: Sequence[str], known: Mapping[str, object]) -> list[tuple[str, tuple[str, ...]]]:
    rest = tuple(name for name in known if name not in set(shown))
    return [(name, (name,)) for name in shown] + ([(f"{len(rest)} others", rest)] if rest else [])


def _bar(panel: _Panel, day: date, below: int, count: int, colour: str, length: int) -> list[str]:
    if not count:
        return []
    width = min(length * PLOT / len(panel.days), LEFT + PLOT - panel.x(day))
    gap = min(1.5, width * 0.15)
    top, bottom = panel.y(below + count), panel.y(below)
    return [
        f'<rect x="{panel.x(day) + gap / 2:.2f}" y="{top:.2f}" width="{width - gap:.2f}" '
        f'height="{bottom - top:.2f}" fill="{colour}"/>'
    ]


def _stairs(panel: _Panel, limits: Mapping[date, int], length: int) -> str:
    points = []
    for day, limit in sorted(limits.items()):
        y = panel.y(limit)
        points += [
            f"{panel.x(day):.2f},{y:.2f}",
            f"{min(panel.x(day + timedelta(days=length)), LEFT + PLOT):.2f},{y:.2f}",
        ]
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{INK}" stroke-width="1.5" '
        f'stroke-dasharray="5 4"/>'
    )


# -- MQLs and hand-offs by week --------------------------------------------------------------------


def _weeks(bands: Bands, days: Sequence[date]) -> list[str]:
    series = (("MQLs", bands.mqls_by_week, COLOURS[0]), ("hand-offs", bands.handoffs_by_week, COLOURS[1]))
    highest = max((band.p90 for _, weeks, _ in series for band in weeks.values()), default=0)
    panel = _Panel(1, days, max(highest, 1))
    parts = panel.frame("MQLs and hand-offs a week", "leads a week")
    for _, weeks, colour in series:
        parts += _banded(panel, weeks, colour)
    if bands.runs == 1:
        return parts + panel.legend([(colour, "line", name) for name, _, colour in series])
    legend = [(colour, "line", f"{name}, the middle") for name, _, colour in series]
    legend += [(colour, "band", f"{name}, 8 of 10 runs") for name, _, colour in series]
    return parts + panel.legend(legend)


def _banded(panel: _Panel, weeks: Mapping[date, Band], colour: str) -> list[str]:
    places = [(panel.x(_middle(week, panel.days)), band) for week, band in sorted(weeks.items())]
    if not places:
        return []
    upper = [f"{x:.2f},{panel.y(band.p90):.2f}" for x, band in places]
    lower = [f"{x:.2f},{panel.y(band.p10):.2f}" for x, band in reversed(places)]
    middle = [f"{x:.2f},{panel.y(band.p50):.2f}" for x, band in places]
    return [
        f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity="0.18"/>',
        f'<polyline points="{" ".join(middle)}" fill="none" stroke="{colour}" stroke-width="2.5" '
        f'stroke-linejoin="round"/>',
        *(f'<circle cx="{point.split(",")[0]}" cy="{point.split(",")[1]}" r="3" fill="{colour}"/>'
          for point in middle),
    ]  # fmt: skip


def _middle(week: date, days: Sequence[date]) -> date:
    """Return the middle of a week, of the part of it that is simulated."""
    first, last = max(week, days[0]), min(week + timedelta(days=6), days[-1])
    return first + (last - first) // 2


# -- people by step --------------------------------------------------------------------------------


def _people(run: Run, days: Sequence[date]) -> list[str]:
    by_step: dict[str, dict[date, int]] = defaultdict(dict)
    for each in run.standing:
        by_step[f"{each.campaign}: {each.step.rpartition('/')[2]}"][each.day] = each.leads
    most = {name: max(leads.values()) for name, leads in by_step.items()}
    seen = {name: leads for name, leads in most.items() if leads >= max(most.values()) * FEWEST}
    shown = _largest(seen)
    totals = {day: sum(leads.get(day, 0) for leads in by_step.values()) for day in days}
    panel = _Panel(2, days, max(max(totals.values(), default=0), 1))
    parts = panel.frame("People under way, by the latest mail they had", "leads")
    below = dict.fromkeys(days, 0)
    groups = _grouped(shown, by_step)
    for number, (_, members) in enumerate(groups):
        above = {day: below[day] + sum(by_step[name].get(day, 0) for name in members) for day in days}
        parts.append(_area(panel, below, above, COLOURS[number]))
        below = above
    parts.append(_line(LEFT, panel.bottom, LEFT + PLOT, panel.bottom, INK))  # which the areas touch
    return parts + panel.legend(
        [(COLOURS[number], "box", name) for number, (name, _) in enumerate(groups)]
    )  # fmt: skip


def _area(panel: _Panel, below: Mapping[date, int], above: Mapping[date, int], colour: str) -> str:
    half = PLOT / len(panel.days) / 2
    upper = [f"{panel.x(day) + half:.2f},{panel.y(value):.2f}" for day, value in sorted(above.items())]
    lower = [
        f"{panel.x(day) + half:.2f},{panel.y(value):.2f}"
        for day, value in sorted(below.items(), reverse=True)
    ]
    return (
        f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" stroke="#ffffff" stroke-width="0.6"/>'
    )


# -- marks and words -------------------------------------------------------------------------------


def _step(highest: float) -> float:
    """Return a round distance between grid lines: about four of them."""
    size = 1.0
    while size * 10 <= highest:
        size *= 10
    return next((size * part for part in (0.25, 0.5, 1, 2, 2.5) if highest / (size * part) <= 5), size * 2.5)


def _ticks(days: Sequence[date]) -> list[date]:
    """Return the days that are named below: Mondays, as many as can be read."""
    mondays = [day for day in days if day.weekday() == 0] or [days[0]]
    every = -(-len(mondays) // 13)
    return mondays[::every]


def _mark(mark: str, x: float, y: float, colour: str) -> list[str]:
    if mark == "box" or mark == "band":
        opacity = "0.25" if mark == "band" else "1"
        return [
            f'<rect x="{x}" y="{y - 6}" width="20" height="12" rx="2" fill="{colour}" fill-opacity="{opacity}"/>'
        ]
    dashes = ' stroke-dasharray="5 4"' if mark == "dashes" else ""
    return [f'<line x1="{x}" y1="{y}" x2="{x + 20}" y2="{y}" stroke="{colour}" stroke-width="2.5"{dashes}/>']


def _short(text: str) -> str:
    return text if len(text) <= 33 else f"{text[:32]}…"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}"/>'


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 12,
    anchor: str = "start",
    weight: str = "400",
    fill: str = INK,
) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'{FONT} fill="{fill}">{escape(text)}</text>'
    )
