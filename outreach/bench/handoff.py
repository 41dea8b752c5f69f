"""Measures how long it takes from an event to the hand-off in the rep's mailbox, under a stream of events."""

from __future__ import annotations

import http.client
import json
import math
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from outreach.bench import servers
from outreach.bench.figures import Figure
from outreach.bench.ground import Ground
from outreach.bench.processes import Process, outreach, wait_for
from outreach.bench.shop import Shop, address, import_leads
from outreach.errors import OutreachError

EVENTS_PER_SECOND = 500
HANDOFF_EVERY = 10  # one event of so many makes a hand-off; the others are visits
OTHERS = 2_000  # leads that visit pages
CLIENTS = 4
MOST_IN_A_LIST = 50
GATHERS = 0.1  # seconds that a client gathers events before it tells them; they count as waiting
LATE_SECONDS = 15.0
MOST_SECONDS = 1.0
SOURCE = "referral"
SUBJECT = "Hand-off "


@dataclass
class Told:
    """What the clients sent: when each hand-off's event was due to be told, by lead, and how many were not taken."""

    at: dict[int, float] = field(default_factory=dict)
    refused: int = 0
    late: float = 0.0  # how far behind its schedule the slowest client was


def latency(ground: Ground) -> Figure:
    """Return the 99th percentile of the seconds from an event to the mail, counted from when it was due to be told."""
    began = time.monotonic()
    told, arrived = _measured(ground)
    if told.refused:
        raise OutreachError(f"{told.refused} of the events were not taken")
    # What has not come is taken to come just now, which is sooner than it would.
    stopped = time.monotonic()
    waits = sorted(arrived.get(lead, stopped) - at for lead, at in told.at.items())
    missing = len(told.at.keys() - arrived.keys())
    p99, median = _share(waits, 0.99), _share(waits, 0.5)
    note = (
        f"{EVENTS_PER_SECOND} events/s over the API, one in {HANDOFF_EVERY} a hand-off: {len(waits)}, {missing} of them "
        f"not there {LATE_SECONDS:.0f} s after the last event; median {median:.2f} s; "
        f"clients at most {told.late:.2f} s behind"
    )
    return Figure(
        "handoff", f"event to the rep's mailbox at {EVENTS_PER_SECOND} events/s, p99", p99, "s",
        target=f"< {MOST_SECONDS:.0f} s", reached=p99 < MOST_SECONDS, seconds=time.monotonic() - began, note=note,
    )  # fmt: skip


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(math.ceil(len(ordered) * share), len(ordered)) - 1]


def _measured(ground: Ground) -> tuple[Told, Mapping[int, float]]:
    folder = ground.new_folder("handoff")
    redis_url = ground.redis_url()
    events = int(ground.scale.event_seconds * EVENTS_PER_SECOND)
    ground.tell(f"hand-offs: {events:,} events")
    shop = Shop.made(folder, ground.postgresql("handoff"))
    import_leads(shop, OTHERS + events // HANDOFF_EVERY, SOURCE)
    arrivals, port = folder / "arrivals", servers.free_port()
    with ExitStack() as stack:
        sink = stack.enter_context(servers.own_sink(folder, arrivals))
        environment = shop.environment(redis_url=redis_url, smtp_url=sink.smtp_url)
        commands = [["web", "--port", str(port)], ["scheduler"], *[["worker"]] * ground.scale.workers]
        running = [
            stack.enter_context(outreach([*command, "--log", "error"], folder, environment, number))
            for number, command in enumerate(commands)
        ]
        wait_for(
            lambda: servers.answers(port, greets=False),
            servers.FIRST_WITHIN,
            "the pages do not answer",
            running,
        )
        _all_ready(shop, port, arrivals, running)
        told = _tell(events, port, shop.settings["OUTREACH_API_TOKEN"])
        until = time.monotonic() + LATE_SECONDS
        while len(arrived := _arrived(arrivals)) < len(told.at) + 1 and time.monotonic() < until:
            time.sleep(0.1)
    return told, arrived


def _all_ready(shop: Shop, port: int, arrivals: Path, running: Sequence[Process]) -> None:
    """Have one hand-off go through before the clock runs: the processes are up then."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {shop.settings['OUTREACH_API_TOKEN']}"}
    connection.request("POST", "/api/events", json.dumps(_event(0, is_hot=True)), headers)
    status = connection.getresponse().status
    connection.close()
    if status != 202:
        raise OutreachError(f"an event was answered with {status}")
    wait_for(lambda: _arrived(arrivals), servers.FIRST_WITHIN, "the first hand-off did not come", running)


def _event(number: int, *, is_hot: bool) -> dict[str, str]:
    kind, subject = ("submitted", "demo-request") if is_hot else ("visited", "/guide")
    who = number // HANDOFF_EVERY if is_hot else number % OTHERS
    # The first leads visit, those after them ask for a demo.
    lead = OTHERS + who if is_hot else who
    return {"id": f"bench-{number}", "email": address(SOURCE, lead), "kind": kind, "subject": subject}


def _tell(events: int, port: int, token: str) -> Told:
    """Tell the events at their times, one in HANDOFF_EVERY a hot one, and return when each hot one was due."""
    told = Told()
    start = time.monotonic() + 0.2
    for number in range(HANDOFF_EVERY, events, HANDOFF_EVERY):
        told.at[OTHERS + number // HANDOFF_EVERY] = start + number / EVENTS_PER_SECOND
    clients = [
        threading.Thread(target=_client, args=(range(first + 1, events, CLIENTS), start, port, token, told))
        for first in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return told


def _client(numbers: range, start: float, port: int, token: str, told: Told) -> None:
    """Tell what is due by now as a list, as a program does that has so much to tell."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    left = list(numbers)
    while left:
        wait = start + left[0] / EVENTS_PER_SECOND + GATHERS - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        told.late = max(told.late, -wait)
        due = (time.monotonic() - start) * EVENTS_PER_SECOND
        count = max(sum(number <= due for number in left[:MOST_IN_A_LIST]), 1)
        events = [_event(number, is_hot=number % HANDOFF_EVERY == 0) for number in left[:count]]
        del left[:count]
        told.refused += _refused(connection, json.dumps(events).encode(), headers, count)
    connection.close()


def _refused(
    connection: http.client.HTTPConnection, body: bytes, headers: Mapping[str, str], count: int
) -> int:
    """Send the list; return how many of its events were not taken."""
    try:
        connection.request("POST", "/api/events", body, dict(headers))
        answer = connection.getresponse()
        results = json.loads(answer.read()).get("results", [])
    except (OSError, http.client.HTTPException, ValueError):
        connection.close()
        return count
    return count - sum(result.get("recorded") is True for result in results)


def _arrived(arrivals: Path) -> dict[int, float]:
    """Return when the mail about each lead came first."""
    found: dict[int, float] = {}
    lines = arrivals.read_text(encoding="utf-8").splitlines() if arrivals.exists() else []
    for line in lines:
        at, _, subject = line.split(" ", 2)
        if subject.startswith(SUBJECT):
            found.setdefault(int(subject.removeprefix(SUBJECT)), float(at))
    return found
