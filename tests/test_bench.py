"""The benchmark itself: what it writes, and how it counts. How fast anything is does not matter here."""

from __future__ import annotations

import json
import socket
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from outreach.bench import chart, runs, sending, servers
from outreach.bench.figures import Figure, Missing, Report, rows
from outreach.bench.ground import QUICK, Ground
from outreach.bench.servers import Counted
from outreach.cli import bench as command
from outreach.errors import InputError, OutreachError

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def program(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    command.add_to(app)
    return CliRunner().invoke(app, ["bench", *arguments])


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """What `outreach bench --quick` printed, and the file it wrote."""
    file = tmp_path_factory.mktemp("bench") / "build" / "bench.json"
    result = program("--quick", "--json", str(file))
    assert result.exit_code == 0, result.exc_info
    return result, file


@pytest.fixture(scope="module")
def written(quick: tuple[Result, Path]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quick[1].read_text(encoding="utf-8"))
    return document


def test_a_quick_run_measures_every_figure_that_needs_no_large_installation(written: dict[str, Any]) -> None:
    not_measured = {each["name"]: each["not_measured"] for each in written["figures"] if each["not_measured"]}
    assert [each["name"] for each in written["figures"]] == list(runs.MEASURES)
    assert set(not_measured) == runs.LONG, not_measured


def test_the_file_says_where_and_when_it_was_measured(written: dict[str, Any]) -> None:
    assert written["cores"] >= 1
    assert datetime.fromisoformat(written["date"]).tzinfo is not None
    assert {"python", "outreach", "sqlalchemy"} <= written["versions"].keys()


def test_a_ratio_is_the_value_to_its_limit(written: dict[str, Any]) -> None:
    with_ratio = [each for each in written["figures"] if each["ratio"] is not None]
    assert with_ratio
    for each in with_ratio:
        assert each["ratio"] == pytest.approx(each["value"] / each["limit"])
        assert each["reached"] is None or isinstance(each["reached"], bool)
        assert each["seconds"] > 0


def test_the_picture_has_a_line_for_each_rate(quick: tuple[Result, Path], written: dict[str, Any]) -> None:
    picture = ElementTree.parse(quick[1].with_suffix(".svg")).getroot()
    assert len(picture.findall(f"{SVG}polyline")) == len(written["rates"]) > 1
    texts = {text.text for text in picture.iter(f"{SVG}text")}
    assert {"bulk", "strict", "seconds since the first mail"} <= texts


def test_the_table_is_printed(quick: tuple[Result, Path]) -> None:
    result, file = quick
    assert "mails/s, bulk" in result.output
    assert str(file) in result.output


def test_a_figure_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="'bulky' is no figure; write one of: bulk, strict"):
        runs.run(NOW, QUICK, ["bulky"])


def test_a_file_that_can_not_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="can not be written"):
        Report(NOW).write(tmp_path / "taken" / "bench.json")


def test_what_a_figure_needs_is_said_and_the_others_are_measured() -> None:
    def lacking(ground: Ground) -> Figure:
        raise Missing("needs a moon")

    def failing(ground: Ground) -> Figure:
        raise OutreachError("fell over")

    def fine(ground: Ground) -> Figure:
        return Figure("fine", "fine", 2.0, "s")

    measures = {"lacking": lacking, "failing": failing, "fine": fine}
    report = runs.run(NOW, QUICK, list(measures), more=measures)
    assert [row[1] for row in rows(report.figures)] == [
        "not measured: needs a moon",
        "not measured: failed: fell over",
        "2 s",
    ]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(ground: Ground) -> Figure:
        ground.new_folder("rest")
        raise OutreachError("fell over")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    runs.run(NOW, QUICK, ["failing"], more={"failing": failing})
    assert list(tmp_path.iterdir()) == []


# -- how it counts ---------------------------------------------------------------------------------


def at(*seconds: float) -> list[datetime]:
    return [NOW + timedelta(seconds=second) for second in seconds]


def test_a_rate_leaves_the_first_second_out() -> None:
    slow_start = at(0.0, *(1 + tenth / 10 for tenth in range(51)))
    assert sending.rate_of(slow_start) == pytest.approx(10.0)


def test_a_rate_of_batches_does_not_count_the_first_one() -> None:
    assert sending.rate_of(at(0, 0, 0, 1, 1, 1, 2, 2, 2)) == pytest.approx(3.0)


def test_a_rate_of_one_moment_is_not_known() -> None:
    assert sending.rate_of(at(0, 0, 0)) is None
    assert sending.rate_of([]) is None


def test_only_whole_seconds_are_drawn() -> None:
    assert sending.rates_of(at(0, 0.5, 1.2, 2.1)) == [2, 1]
    assert sending.rates_of(at(0, 0.5)) == [2]
    assert sending.rates_of([]) == []


def test_samples_of_a_counter_become_rates_by_the_second() -> None:
    samples = [(10.0, 0), (10.5, 0), (11.5, 100), (12.5, 300), (13.5, 300)]
    assert Counted(samples).per_second() == pytest.approx([100, 200])


def test_a_rate_by_the_counter_leaves_the_first_second_out() -> None:
    samples = [(0.0, 0), (1.0, 10), (2.0, 110), (3.0, 210), (4.0, 310), (5.0, 310)]
    assert Counted(samples).rate(1.0) == pytest.approx(100)
    assert Counted(samples[:3]).rate(1.0) == pytest.approx(55)


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert (
        ElementTree.fromstring(chart.drawn({"none": []}, "Rates & none")).findtext(f"{SVG}title")
        == "Rates & none"
    )


def test_our_own_sink_takes_pipelined_mails_and_says_when(tmp_path: Path) -> None:
    arrivals, first = tmp_path / "arrivals", tmp_path / "first"
    mail = b"Subject: Hand-off 7\r\n\r\nHello\r\n..dot\r\n"
    with servers.own_sink(tmp_path, arrivals, first) as sink:
        with socket.create_connection(("127.0.0.1", sink.port), timeout=10) as connection:
            envelope = b"MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n"
            connection.sendall(b"EHLO x\r\n" + (envelope + mail + b".\r\n") * 2 + b"QUIT\r\n")
            said = b""
            while b"221 " not in said:
                said += connection.recv(1000)
        assert servers.watched(sink, 2, 5, []).mails == 2
    assert said.count(b"354 ") == 2
    assert first.read_bytes() == mail
    assert [line.split(" ", 2)[1:] for line in arrivals.read_text().splitlines()] == [
        [str(len(mail)), "Hand-off 7"]
    ] * 2
