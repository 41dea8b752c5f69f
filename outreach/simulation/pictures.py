"""Writes the picture of a simulation to a file, as SVG or, where a program is there that turns it into one, as PNG."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from outreach.errors import InputError
from outreach.simulation.bands import Bands, DateBand
from outreach.simulation.forecast import Forecast
from outreach.simulation.picture import Words, drawn

LONGEST = 60  # seconds for a program that makes a PNG

Command = Callable[[Path, Path], Sequence[str]]
PROGRAMS: Sequence[tuple[tuple[str, ...], Command]] = (
    (("rsvg-convert",), lambda svg, png: ["--zoom", "2", "--output", str(png), str(svg)]),
    (
        ("chromium", "chromium-browser", "google-chrome"),
        lambda svg, png: [
            "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2",
            "--window-size=1080,1060", f"--screenshot={png}", svg.as_uri(),
        ],
    ),
)  # fmt: skip


def of(forecast: Forecast) -> str:
    """Return the picture of a simulation, as SVG."""
    last = forecast.first_day + timedelta(days=forecast.days)
    runs = "1 run" if forecast.bands.runs == 1 else f"{forecast.bands.runs} runs"
    names = list(forecast.about.campaigns)
    what = names[0] if len(names) == 1 else f"{len(names)} campaigns"
    words = Words(
        f"What {what} will do, {day(forecast.first_day)} to {day(last)}",
        f"{forecast.leads:,} leads, {runs}, seed {forecast.seed}; {through(forecast.bands)}",
        f"People wait longest for {forecast.bottleneck}",
    )
    return drawn(forecast.run, forecast.bands, words)


def day(on: date) -> str:
    """Return a day as people write it."""
    return f"{on.day} {on:%b %Y}"


def through(bands: Bands) -> str:
    """Return when nine of ten are through, in words."""
    band = bands.done_on["90%"]
    if band.p50 is None:
        return "fewer than 90% are through at the end"
    return f"90% are through by {span(band)}"


def span(band: DateBand) -> str:
    """Return a day with its band, in words."""
    middle = day(band.p50) if band.p50 else "later"
    if band.p10 == band.p90:
        return middle
    first = f"{band.p10.day} {band.p10:%b}" if band.p10 else "later"
    last = f"{band.p90.day} {band.p90:%b}" if band.p90 else "later"
    return f"{middle} ({first} to {last})"


def write(svg: str, to: Path) -> None:
    """Write the picture; InputError where it can not be written, or where nothing is there that makes a PNG."""
    try:
        if to.suffix.lower() == ".svg":
            to.write_text(svg, encoding="utf-8")
        else:
            _write_png(svg, to)
    except OSError as error:
        raise InputError(f"{to}: can not be written: {error.strerror}") from None


def _write_png(svg: str, to: Path) -> None:
    found = ((shutil.which(name), command) for names, command in PROGRAMS for name in names)
    program, command = next(((path, command) for path, command in found if path), (None, None))
    if program is None or command is None:
        raise InputError(
            f"{to}: a PNG needs rsvg-convert (Debian: librsvg2-bin) or chromium, and neither is there; write .svg"
        )
    with tempfile.TemporaryDirectory() as folder:
        drawing = Path(folder, "simulation.svg")
        drawing.write_text(svg, encoding="utf-8")
        try:
            done = subprocess.run(
                [program, *command(drawing, to.absolute())], capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            raise InputError(
                f"{to}: {Path(program).name} did not end in {LONGEST} seconds; write .svg"
            ) from None
    if done.returncode or not to.exists():
        raise InputError(f"{to}: {Path(program).name} could not make it; write .svg")
