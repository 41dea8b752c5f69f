"""Draws rates over time as an SVG: lines on a logarithmic scale, with axes and a legend."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 900, 480
LEFT, TOP, RIGHT, BOTTOM = 80, 60, 250, 60
COLOURS = ("#5b6770", "#1d6b52", "#c2571a", "#7b3fa0", "#1f5fa8", "#a3283c", "#8a7a12", "#2a8c8c")
FONT = 'font-family="Helvetica, Arial, sans-serif"'


class _Scale:
    """Where seconds and rates lie in the picture. Rates are on a logarithmic scale of whole decades."""

    def __init__(self, longest: int, rates: Sequence[float]) -> None:
        self.seconds = max(longest, 1)
        above = [rate for rate in rates if rate > 0] or [1.0]
        self.low = math.floor(math.log10(min(above)))
        self.high = max(math.ceil(math.log10(max(above))), self.low + 1)

    def x(self, second: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * second / self.seconds

    def y(self, rate: float) -> float:
        share = (math.log10(max(rate, 10**self.low)) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def drawn(lines: Mapping[str, Sequence[float]], title: str) -> str:
    """Return the picture of `lines`: name to one rate for each second."""
    rates = [rate for line in lines.values() for rate in line]
    scale = _Scale(max((len(line) for line in lines.values()), default=1), rates)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 30, title, size=18, weight="bold"),
        *_rate_axis(scale),
        *_time_axis(scale),
    ]
    for number, (name, line) in enumerate(lines.items()):
        parts += _line(scale, number, name, line)
    return "\n".join([*parts, "</svg>", ""])


def _rate_axis(scale: _Scale) -> list[str]:
    parts = [_text(LEFT, TOP - 12, "mails a second (logarithmic)", size=12)]
    for decade in range(scale.low, scale.high + 1):
        y = scale.y(10**decade)
        parts.append(_rule(LEFT, y, WIDTH - RIGHT, y, "#c8cdd0"))
        parts.append(_text(LEFT - 8, y + 4, f"{10**decade:,.6g}", anchor="end"))
        for digit in range(2, 10) if decade < scale.high else ():
            y = scale.y(digit * 10**decade)
            parts.append(_rule(LEFT, y, WIDTH - RIGHT, y, "#eef0f1"))
    return parts


def _time_axis(scale: _Scale) -> list[str]:
    bottom = HEIGHT - BOTTOM
    step = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if scale.seconds / step <= 10
    )
    parts = [_rule(LEFT, bottom, WIDTH - RIGHT, bottom, "#22302a"), _rule(LEFT, TOP, LEFT, bottom, "#22302a")]
    for second in range(0, scale.seconds + 1, step):
        x = scale.x(second)
        parts += [
            _rule(x, bottom, x, bottom + 5, "#22302a"),
            _text(x, bottom + 20, str(second), anchor="middle"),
        ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    return [*parts, _text(middle, HEIGHT - 16, "seconds since the first mail", anchor="middle")]


def _line(scale: _Scale, number: int, name: str, line: Sequence[float]) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    points = " ".join(f"{scale.x(place + 0.5):.1f},{scale.y(rate):.1f}" for place, rate in enumerate(line))
    mean = sum(line) / len(line) if line else 0.0
    x, y = WIDTH - RIGHT + 16, TOP + 10 + number * 40
    return [
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>',
        *(f'<circle cx="{pair[0]}" cy="{pair[1]}" r="2.5" fill="{colour}"/>' for pair in
          (point.split(",") for point in points.split())),
        f'<line x1="{x}" y1="{y}" x2="{x + 22}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        _text(x + 30, y + 4, name, weight="bold"),
        _text(x + 30, y + 20, f"{mean:,.0f} a second on average"),
    ]  # fmt: skip


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(
    x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'{FONT} fill="#22302a">{escape(text)}</text>'
    )
