"""Draws experiments as SVG: each arm's rate over the days, in the band where the truth lies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from outreach.domain.experiment_results import Day, Results
from outreach.experiments import Shown

WIDTH, CHART, GAP = 860, 260, 64
LEFT, RIGHT, TOP = 60, 24, 74
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f00", "#000000")
"""Okabe and Ito 2008: told apart by people who see colours differently too."""
LEGEND_ROW = 18


def svg(found: Sequence[Shown]) -> str:
    """Return one picture with a chart for each experiment, one below the other."""
    charts, top = [], 0
    for each in found:
        height = TOP + CHART + GAP + LEGEND_ROW * (len(each.results.arms) + len(_sentence(each)))
        charts.append(f'<g transform="translate(0,{top})">{"".join(_chart(each))}</g>')
        top += height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}" '
        'font-family="system-ui, sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>\n' + "\n".join(charts) + "\n</svg>\n"
    )


def _sentence(each: Shown) -> list[str]:
    return wrap(each.sentence, 100)


def _chart(each: Shown) -> Iterator[str]:
    results = each.results
    yield _text(LEFT, 28, f"{each.campaign} {each.name}", size=17, weight="600")
    what = f"{results.design.measure} within {results.design.within}, by {results.design.what}"
    yield _text(LEFT, 50, f"{what}; rates with intervals that hold at every look", fill="#555555")
    if results.days:
        yield from _lines(results)
    else:
        yield _text(LEFT, TOP + CHART / 2, "nobody's time is over yet", fill="#555555")
    at = TOP + CHART + 48
    for arm, colour in zip(results.arms, COLOURS, strict=False):
        rate = "no rate yet" if arm.rate is None else f"{arm.conversions:,} of {arm.leads:,}, {arm.rate:.1%}"
        yield f'<rect x="{LEFT}" y="{at - 10}" width="12" height="12" fill="{colour}"/>'
        yield _text(LEFT + 20, at, f"{arm.number}  {arm.name[:80]}: {rate}")
        at += LEGEND_ROW
    for line in _sentence(each):
        yield _text(LEFT, at + 4, line, weight="600")
        at += LEGEND_ROW


def _lines(results: Results) -> Iterator[str]:
    days = results.days
    top = _ceiling(days)
    first, last = days[0].day.toordinal(), days[-1].day.toordinal()
    width = WIDTH - LEFT - RIGHT

    def x(day: Day) -> float:
        return LEFT + (width * (day.day.toordinal() - first) / (last - first) if last > first else width / 2)

    def y(rate: float) -> float:
        return TOP + CHART * (1 - min(rate, top) / top)

    for step in range(5):
        rate = top * step / 4
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(rate):.1f}" y2="{y(rate):.1f}" stroke="#dddddd"/>'
        yield _text(LEFT - 8, y(rate) + 4, f"{rate * 100:.3g} %", anchor="end", fill="#555555")
    for number, colour in zip(range(len(results.arms)), COLOURS, strict=False):
        own = [day for day in days if day.arms[number][0]]
        upper = [f"{x(day):.1f},{y(day.arms[number][2].high):.1f}" for day in own]
        lower = [f"{x(day):.1f},{y(day.arms[number][2].low):.1f}" for day in reversed(own)]
        rates = [f"{x(day):.1f},{y(day.arms[number][1] / day.arms[number][0]):.1f}" for day in own]
        yield f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity="0.14"/>'
        yield f'<polyline points="{" ".join(rates)}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield _text(LEFT, TOP + CHART + 20, f"{days[0].day:%d %b %Y}", fill="#555555")
    if last > first:
        yield _text(WIDTH - RIGHT, TOP + CHART + 20, f"{days[-1].day:%d %b %Y}", anchor="end", fill="#555555")


def _ceiling(days: Sequence[Day]) -> float:
    """Return the top of the scale: the first days, of which nothing is known, may run out of the picture."""
    now = max(interval.high for _, _, interval in days[-1].arms)
    seen = max((came / leads for day in days for leads, came, _ in day.arms if leads >= 30), default=0.0)
    wanted = min(max(1.6 * now, 1.1 * seen, 0.01), 1.0)
    size = 10 ** math.floor(math.log10(wanted))
    return float(next(nice * size for nice in (1, 2, 4, 6, 8, 10) if nice * size >= wanted - 1e-12))


def _text(
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    fill: str = "#222222",
    size: int = 13,
    weight: str = "400",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}" '
        f'font-weight="{weight}">{escape(said)}</text>'
    )
