"""Open pixel, click redirect, unsubscribe."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import httpx
import pytest
from house import House
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from street import CHROME, SECOND, Browser, Street

from outreach import db, followups, models
from outreach.clock import PlayedClock
from outreach.domain.machine_hits import HOLD, VERSION
from outreach.domain.words import Kind, Stage, Verdict
from outreach.errors import SettingsError
from outreach.links import Click
from outreach.web import create_app, hits
from outreach.web.hits import Arrival, Recorder, record
from outreach.web.server import Server
from outreach.web.site import Site
from outreach.web.tracking import GIF, Front

URL = "https://example.com/a?b=1&c=%20#d"
SCANNER = {"User-Agent": "Barracuda Sentinel (EE)"}


def follow(street: Street) -> None:
    with street.house.database.write() as session:
        followups.follow_due(session, street.house.now, 100)


def judged(street: Street, kind: Kind = Kind.CLICKED) -> list[models.Event]:
    """Return the events once the time in which a burst shows is over."""
    street.house.clock.turn_to(street.house.now + HOLD)
    follow(street)
    return street.events(kind)


# -- opens -----------------------------------------------------------------------------------------


def test_an_open_is_recorded_and_answered_with_a_picture(street: Street) -> None:
    answer = street.browser.get(street.house.links.open_pixel(street.message_id))
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, GIF, "image/gif")
    assert answer.headers["cache-control"] == "no-store"
    (event,) = street.events(Kind.OPENED)
    assert (event.lead_id, event.message_id, event.verdict) == (street.lead_id, street.message_id, "unknown")
    assert (event.subject, event.campaign_id) == ("first", 1)
    (event,) = judged(street, Kind.OPENED)
    assert (event.verdict, event.data["rule"], event.data["rules"]) == ("human", "no_rule", VERSION)


def test_a_reload_within_the_second_is_one_open(desk: Street) -> None:
    for _ in range(3):
        desk.browser.get(desk.house.links.open_pixel(desk.message_id))
    assert len(desk.events(Kind.OPENED)) == 1
    desk.house.clock.turn_to(desk.house.now + SECOND)
    desk.browser.get(desk.house.links.open_pixel(desk.message_id))
    assert len(desk.events(Kind.OPENED)) == 2


def test_a_proxys_fetch_does_not_hide_a_person_in_the_same_second(desk: Street) -> None:
    url = desk.house.links.open_pixel(desk.message_id)
    desk.browser.get(url, headers={"User-Agent": "Mozilla/5.0"})
    desk.browser.get(url)
    assert [event.verdict for event in judged(desk, Kind.OPENED)] == [Verdict.PROXY, Verdict.HUMAN]


@pytest.mark.parametrize("token", ["", "x", "AAAA", "a" * 5000, "%00", "é", "..%2f..", "%ff%fe", "a b"])
def test_a_bad_pixel_is_a_picture_all_the_same_and_nothing_is_recorded(desk: Street, token: str) -> None:
    before = desk.state()
    answer = desk.browser.get(f"/o/{token}.gif")
    assert answer.status_code in (200, 404)
    assert answer.content == GIF or not token or "%2f" in token
    assert desk.state() == before


def test_the_open_of_a_mail_that_is_gone_is_answered_and_not_recorded(desk: Street) -> None:
    before = desk.state()
    assert desk.browser.get(desk.house.links.open_pixel(99999)).content == GIF
    assert desk.state() == before


# -- clicks ----------------------------------------------------------------------------------------


def test_a_click_leads_on_and_is_recorded(street: Street) -> None:
    answer = street.browser.get(street.house.links.click(street.message_id, 2, URL))
    assert (answer.status_code, answer.headers["location"]) == (302, URL)
    assert answer.headers["cache-control"] == "no-store"
    (event,) = street.events(Kind.CLICKED)
    assert (event.subject, event.detail, event.verdict) == ("first", URL, "unknown")
    (event,) = judged(street)
    assert (event.verdict, event.message_id, event.data["link"]) == ("human", street.message_id, 2)


def test_a_human_click_scores_once_a_burst_would_have_shown(street: Street) -> None:
    street.browser.get(street.house.links.click(street.message_id, 1, URL))
    follow(street)
    assert street.house.get(street.lead_id).score == 0
    judged(street)
    assert street.house.get(street.lead_id).score == 20


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", SCANNER),
        ("GET", {"User-Agent": ""}),
        ("GET", {"User-Agent": "python-requests/2.32"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
        ("GET", {"X-Moz": "prefetch"}),
        ("GET", {"User-Agent": "Mozilla/5.0"}),
        ("GET", {"User-Agent": "Mozilla/5.0 (via ggpht.com GoogleImageProxy)"}),
    ],
)
def test_a_machines_hits_are_facts_and_change_nothing(
    desk: Street, method: str, headers: dict[str, str]
) -> None:
    before = desk.state()
    links = desk.house.links
    for url in (links.click(desk.message_id, 1, URL), links.open_pixel(desk.message_id)):
        answer = desk.browser.ask(method, url, headers=headers)
        assert answer.status_code in (200, 302)
    after = desk.state()
    events = after.pop("event")[len(before.pop("event")) :]
    assert after == before
    with desk.house.database.read() as session:
        assert not session.scalars(select(models.Followup)).all()
    assert {event["verdict"] for event in events} <= {Verdict.MACHINE, Verdict.PROXY}
    assert len(events) == 2


def test_several_links_of_a_mail_at_once_are_a_scanner(street: Street) -> None:
    for link in range(1, 6):
        street.browser.get(street.house.links.click(street.message_id, link, f"{URL}{link}"))
    events = judged(street)
    assert [(event.verdict, event.data["rule"]) for event in events] == [(Verdict.MACHINE, "burst")] * 5
    assert street.house.get(street.lead_id).score == 0


def test_two_links_with_time_to_read_between_them_are_a_person(desk: Street) -> None:
    for link in (1, 2):
        desk.browser.get(desk.house.links.click(desk.message_id, link, URL))
        desk.house.clock.turn_to(desk.house.now + 3 * SECOND)
    assert [event.verdict for event in judged(desk)] == [Verdict.HUMAN] * 2


def test_the_same_link_twice_is_one_click_within_a_second_and_two_later(desk: Street) -> None:
    url = desk.house.links.click(desk.message_id, 1, URL)
    desk.browser.get(url)
    desk.browser.get(url)
    assert len(desk.events(Kind.CLICKED)) == 1
    desk.house.clock.turn_to(desk.house.now + SECOND)
    desk.browser.get(url)
    assert [event.verdict for event in judged(desk)] == [Verdict.HUMAN] * 2


def test_a_click_in_the_second_of_the_sending_is_a_machine(desk_house: House) -> None:
    street = Street(desk_house)
    desk_house.lead(email="new@example.com")
    desk_house.tick()
    message = street.house.rows(models.Message)[-1]
    street.browser.get(desk_house.links.click(message.id, 1, URL))
    (event,) = judged(street)
    assert (event.verdict, event.data["rule"]) == (Verdict.MACHINE, "too_soon")


def flipped(token: str) -> list[str]:
    """Return the token with each of its characters changed in turn."""
    return [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]


def test_a_token_cut_or_flipped_anywhere_leads_nowhere(desk: Street) -> None:
    before = desk.state()
    token = desk.house.links.click(desk.message_id, 1, URL).rpartition("/")[2]
    for bad in [*flipped(token), *(token[:cut] for cut in range(1, len(token))), f"{token}A", f"A{token}"]:
        answer = desk.browser.get(f"/c/{bad}")
        assert answer.status_code == 404
        assert "location" not in answer.headers
    assert desk.state() == before


def test_the_address_of_one_leads_token_can_not_be_put_into_anothers(desk: Street) -> None:
    mine, other = (
        base64.urlsafe_b64decode(
            (token := desk.house.links.click(number, 1, URL).rpartition("/")[2]) + "=" * (-len(token) % 4)
        )
        for number in (desk.message_id, desk.message_id + 1)
    )
    mixed = base64.urlsafe_b64encode(mine[:13] + other[13:]).decode().rstrip("=")
    assert desk.browser.get(f"/c/{mixed}").status_code == 404


@pytest.mark.parametrize("path", ["/u/", "/o/", "/h/"])
def test_a_token_serves_for_one_purpose_only(desk: Street, path: str) -> None:
    before = desk.state()
    token = desk.house.links.click(desk.message_id, 1, URL).rpartition("/")[2]
    suffix = ".gif" if path == "/o/" else ""
    answer = (
        desk.browser.post(f"{path}{token}{suffix}")
        if path != "/o/"
        else desk.browser.get(f"{path}{token}.gif")
    )
    assert answer.status_code == (200 if path == "/o/" else 404)
    assert desk.state() == before


@pytest.mark.parametrize(
    "query", ["?url=https://evil.example", "?next=//evil.example", "?u=javascript:alert(1)"]
)
def test_nothing_in_the_request_turns_the_redirect_elsewhere(desk: Street, query: str) -> None:
    answer = desk.browser.get(
        desk.house.links.click(desk.message_id, 1, URL) + query, headers={"Host": "evil.example"}
    )
    assert answer.status_code in (302, 404)
    assert answer.headers.get("location", URL) == URL
    for path in (
        "/c//evil.example",
        "/c/https://evil.example",
        "/c/%2f%2fevil.example",
        "/c/javascript:alert(1)",
    ):
        assert "location" not in desk.browser.get(path).headers


def test_a_click_keeps_no_address_of_the_reader(desk: Street) -> None:
    browser = Browser(desk.app, peer="203.0.113.77")
    browser.get(desk.house.links.click(desk.message_id, 1, URL), headers={"User-Agent": "x" * 1000})
    neighbour = Browser(desk.app, peer="203.0.113.78")
    neighbour.get(desk.house.links.open_pixel(desk.message_id))
    click, opened = desk.events(Kind.CLICKED)[0], desk.events(Kind.OPENED)[0]
    assert "203.0.113.7" not in str(click.data)
    assert click.data["network"] == opened.data["network"] == "203.0.113.0/24"
    assert len(click.data["user_agent"]) == 200
    assert {"method", "rule", "rules", "source"} <= click.data.keys()


@pytest.mark.parametrize(
    ("peer", "headers", "trusted", "network", "is_told_apart"),
    [
        ("8.8.8.8", {}, "", "8.8.8.0/24", True),
        ("2a00:1450:4001:80b::200e", {}, "", "2a00:1450:4001::/48", True),
        ("::ffff:8.8.8.8", {}, "", "8.8.8.0/24", True),
        ("127.0.0.1", {}, "", "127.0.0.0/24", False),  # a proxy on this machine: everybody comes from there
        ("8.8.8.8", {"X-Forwarded-For": "9.9.9.9"}, "", "8.8.8.0/24", False),  # one that nobody told us of
        ("127.0.0.1", {"X-Forwarded-For": "1.1.1.1, 9.9.9.9"}, "127.0.0.1", "9.9.9.0/24", True),
        ("::1", {"X-Forwarded-For": "9.9.9.9, 10.0.0.7"}, "::1, 10.0.0.0/8", "9.9.9.0/24", True),
        ("127.0.0.1", {"X-Forwarded-For": "nonsense"}, "127.0.0.1", "", False),
        ("127.0.0.1", {"X-Forwarded-For": "," * 5000}, "127.0.0.1", "", False),
        ("unix", {}, "", "", False),
    ],
)
def test_of_the_address_a_network_is_kept_and_what_tells_it_from_others(
    make_street: Callable[..., Street],
    peer: str,
    headers: dict[str, str],
    trusted: str,
    network: str,
    is_told_apart: bool,
) -> None:
    street = make_street(trusted_proxies=trusted)
    Browser(street.app, peer=peer).get(street.house.links.open_pixel(street.message_id), headers=headers)
    (event,) = street.events(Kind.OPENED)
    assert event.data["network"] == network
    assert bool(event.data["source"]) == is_told_apart


def test_two_addresses_of_a_network_are_told_apart_and_one_is_known_again(desk: Street) -> None:
    for peer in ("8.8.8.8", "8.8.8.9", "8.8.8.8"):
        Browser(desk.app, peer=peer).get(desk.house.links.open_pixel(desk.message_id))
        desk.house.clock.turn_to(desk.house.now + SECOND)
    one, other, again = (event.data["source"] for event in desk.events(Kind.OPENED))
    assert one == again != other


@pytest.mark.parametrize("setting", ["trusted_proxies", "scanner_networks"])
def test_a_setting_that_is_no_list_of_networks_is_refused_at_the_start(
    make_street: Callable[..., Street], setting: str
) -> None:
    with pytest.raises(SettingsError, match=f"OUTREACH_{setting.upper()}"):
        make_street(**{setting: "203.0.113.0/24, all of them"})


def test_networks_of_the_settings_are_scanners(make_street: Callable[..., Street]) -> None:
    street = make_street(scanner_networks="203.0.113.64/26  # a gateway nearby\n198.51.100.0/24")
    for peer in ("203.0.113.9", "198.51.101.1"):
        Browser(street.app, peer=peer).get(street.house.links.click(street.message_id, 1, URL))
        street.house.clock.turn_to(street.house.now + timedelta(minutes=1))
    assert [(event.verdict, event.data["rule"]) for event in judged(street)] == [
        (Verdict.MACHINE, "scanner_network"),
        (Verdict.HUMAN, "no_rule"),
    ]


# -- the link that nobody sees ---------------------------------------------------------------------


def test_the_hidden_link_is_answered_kindly_and_gives_its_visitor_away(street: Street) -> None:
    answer = street.browser.get(street.house.links.honeypot(street.message_id))
    assert (answer.status_code, "location" in answer.headers) == (200, False)
    (event,) = judged(street)
    assert (event.verdict, event.data["rule"], event.data["honeypot"]) == (Verdict.MACHINE, "honeypot", True)
    assert street.house.get(street.lead_id).score == 0


@pytest.mark.parametrize("seconds", [-9.5, -3, 0, 3, 9.5])
def test_who_follows_the_hidden_link_made_the_other_hits_of_that_mail_too(
    street: Street, seconds: float
) -> None:
    """Also those that had a verdict, and a score, before the hidden link was followed."""
    house, links = street.house, street.house.links
    visits = {0.0: links.honeypot(street.message_id)}
    visits[seconds + 0.001] = links.click(street.message_id, 1, URL)
    start = house.now + timedelta(seconds=20)
    for offset, url in sorted(visits.items()):
        house.clock.turn_to(start + timedelta(seconds=offset))
        follow(street)
        street.browser.get(url)
    assert {event.verdict for event in judged(street)} == {Verdict.MACHINE}
    house.tick()
    assert house.get(street.lead_id).score == 0


def test_a_person_who_comes_some_time_after_a_scanner_is_a_person(street: Street) -> None:
    street.browser.get(street.house.links.honeypot(street.message_id))
    street.house.clock.turn_to(street.house.now + 11 * SECOND)
    street.browser.get(street.house.links.click(street.message_id, 1, URL))
    assert [event.verdict for event in judged(street)] == [Verdict.MACHINE, Verdict.HUMAN]


@pytest.mark.parametrize("token", ["", "x", "AAAA", "%00"])
def test_a_hidden_link_that_we_did_not_sign_leads_nowhere(desk: Street, token: str) -> None:
    before = desk.state()
    assert desk.browser.get(f"/l/{token}").status_code == 404
    pixel = desk.house.links.open_pixel(desk.message_id).rpartition("/")[2].removesuffix(".gif")
    assert desk.browser.get(f"/l/{pixel}").status_code == 404
    assert desk.state() == before


# -- a database that is away or slow ---------------------------------------------------------------


@pytest.fixture
def away(make_street: Callable[..., Street]) -> Browser:
    """A browser at an application whose database can not be opened."""
    street = make_street()
    broken = db.connect("sqlite:////no/such/folder/outreach.db")
    app = create_app(broken, street.house.links, street.settings, PlayedClock(street.house.now))
    return Browser(app)


def test_pixel_and_redirect_are_answered_without_a_database(
    away: Browser, desk_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert away.get(desk_house.links.open_pixel(1)).content == GIF
        assert away.get(desk_house.links.click(1, 1, URL)).headers["location"] == URL
    assert "a hit was not recorded: OperationalError" in caplog.text
    assert "example.com" not in caplog.text


def test_an_unsubscribe_that_is_not_committed_is_never_answered_with_200(
    away: Browser, desk_house: House
) -> None:
    answer = away.post(desk_house.links.unsubscribe(1))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "120")
    assert "try again" in answer.text


def test_a_slow_database_does_not_keep_a_reader_waiting(desk: Street) -> None:
    url = desk.house.links.click(desk.message_id, 1, URL)
    with Server(desk.app, "127.0.0.1", 0) as server:
        path = httpx.URL(url).path
        with desk.house.database.write():
            started = time.monotonic()
            answer = httpx.get(f"{server.url}{path}", headers={"User-Agent": "Chrome"})
            took = time.monotonic() - started
        assert (answer.status_code, took < 3) == (302, True)
        recorded = threading.Event()
        for _ in range(200):
            if desk.events(Kind.CLICKED):
                recorded.set()
                break
            recorded.wait(0.05)
    assert recorded.is_set(), "the click is recorded once the database is free"


# -- many at once ----------------------------------------------------------------------------------


def clicks(street: Street, links: Iterable[int]) -> list[Arrival]:
    """Return a person's clicks on links of the first mail, all of them now."""
    facts = {"method": "GET", "user_agent": CHROME, "network": ""}
    return [
        Arrival(street.message_id, Click(street.message_id, link, URL), street.house.now, dict(facts))
        for link in links
    ]


def test_a_reload_in_the_same_group_is_one_hit(street: Street) -> None:
    hits = clicks(street, [1, 1, 2, 3])
    assert record(street.house.database, hits, street.house.now) == 3
    verdicts = [(event.data["link"], event.verdict) for event in judged(street)]
    assert verdicts == [(1, Verdict.MACHINE), (2, Verdict.MACHINE), (3, Verdict.MACHINE)]


def test_a_burst_that_several_processes_took_is_a_burst(postgresql_street: Street) -> None:
    street, together = postgresql_street, threading.Barrier(8)

    def fetch(link: int) -> None:
        together.wait(20)
        record(street.house.database, clicks(street, [link]), street.house.now)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(fetch, range(8)))
    assert Counter(event.verdict for event in judged(street)) == {Verdict.MACHINE: 8}


def test_a_hit_on_a_mail_that_is_gone_does_not_hold_up_the_others(street: Street) -> None:
    gone = clicks(street, [1])[0]._replace(message_id=99999)
    assert record(street.house.database, [gone, *clicks(street, [2])], street.house.now) == 1


class Writing:
    """A stand-in for the database: notes the groups it is given, and fails or waits where it is told to."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.failures: list[Exception] = []
        self.free = threading.Event()
        self.free.set()

    def __call__(self, group: Sequence[Arrival]) -> None:
        self.free.wait(20)
        self.groups.append([hit.message_id for hit in group])
        if self.failures:
            raise self.failures.pop(0)
        if 13 in self.groups[-1]:
            raise ValueError("a hit that can not be written")


def hit(number: int, now: datetime) -> Arrival:
    return Arrival(number, None, now, {})


def test_what_comes_while_a_group_is_written_is_the_next_group(now: datetime) -> None:
    writing = Writing()

    async def run() -> None:
        recorder = Recorder(writing)
        writing.free.clear()
        first = recorder.add(hit(1, now))
        await asyncio.sleep(0)  # lets the recorder begin
        others = [recorder.add(hit(number, now)) for number in (2, 3, 4)]
        assert not first.done()
        writing.free.set()
        await asyncio.gather(first, *others)
        await recorder.close()

    asyncio.run(run())
    assert writing.groups == [[1], [2, 3, 4]]


def test_a_group_has_a_limit(now: datetime) -> None:
    writing = Writing()

    async def run() -> None:
        recorder = Recorder(writing)
        await asyncio.gather(*(recorder.add(hit(20, now)) for _ in range(hits.MOST_AT_ONCE + 1)))

    asyncio.run(run())
    assert [len(group) for group in writing.groups] == [hits.MOST_AT_ONCE, 1]


def test_one_bad_hit_does_not_take_the_others_with_it(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    writing = Writing()

    async def run() -> int:
        recorder = Recorder(writing)
        await asyncio.gather(*(recorder.add(hit(number, now)) for number in range(10, 18)))
        return recorder.lost

    assert asyncio.run(run()) == 1
    written = [number for group in writing.groups if 13 not in group for number in group]
    assert written == [10, 11, 12, 14, 15, 16, 17]
    assert "a hit was not recorded: ValueError" in caplog.text


def test_a_group_is_written_again_when_the_database_is_back(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "AGAIN_AFTER", (0.0, 0.0))
    writing = Writing()
    writing.failures = [OperationalError("INSERT", {}, Exception()) for _ in range(2)]

    async def run() -> int:
        recorder = Recorder(writing)
        await recorder.add(hit(1, now))
        return recorder.lost

    assert asyncio.run(run()) == 0
    assert writing.groups == [[1], [1], [1]]


def test_what_is_too_much_is_counted_and_told(
    now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hits, "MOST_PENDING", 2)
    writing = Writing()

    async def run() -> int:
        recorder = Recorder(writing)
        await asyncio.gather(*(recorder.add(hit(number, now)) for number in range(5)))
        await recorder.close()
        return recorder.lost

    assert asyncio.run(run()) == 3
    assert writing.groups == [[0, 1]]
    assert "3 hits were not recorded: the database is too slow" in caplog.text


def test_nobody_is_kept_waiting_and_what_waits_is_written_before_the_end(now: datetime) -> None:
    writing = Writing()
    writing.free.clear()

    async def run() -> None:
        recorder = Recorder(writing)
        answers = [recorder.add(hit(number, now)) for number in (1, 2)]
        await asyncio.wait_for(asyncio.gather(*answers), 20)
        assert writing.groups == []
        asyncio.get_running_loop().call_later(0.05, writing.free.set)
        await recorder.close()

    asyncio.run(run())
    assert writing.groups == [[1, 2]]


def test_hits_that_wait_are_written_before_the_server_ends(desk: Street) -> None:
    path = httpx.URL(desk.house.links.click(desk.message_id, 1, URL)).path
    app = fronted(desk)
    with Server(app, "127.0.0.1", 0) as server, desk.house.database.write() as session:
        assert httpx.get(f"{server.url}{path}", headers={"User-Agent": CHROME}).status_code == 302
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        session.commit()
        stopping.join(20)
        assert len(desk.events(Kind.CLICKED)) == 1


def fronted(street: Street) -> Front:
    house = street.house
    return Front(street.app, Site(house.database, house.links, street.settings, house.clock))


# -- a process that dies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "kinds"),
    [
        ("hit_recording", []),
        ("hit_recorded", [Kind.OPENED]),
        ("unsubscribing", []),
        ("unsubscribed", [Kind.UNSUBSCRIBED, Kind.SUPPRESSED]),
    ],
)
def test_what_was_not_committed_was_not_answered(desk: Street, point: str, kinds: list[Kind]) -> None:
    links = desk.house.links
    url = links.open_pixel(desk.message_id) if "hit" in point else links.unsubscribe(desk.message_id)
    before = {event.id for event in desk.events()}
    with serving(desk, point) as (address, process), pytest.raises(httpx.TransportError):
        httpx.request("GET" if "hit" in point else "POST", address + httpx.URL(url).path, timeout=20)
    assert process.wait(20) == -signal.SIGKILL
    assert sorted(event.kind for event in desk.events() if event.id not in before) == sorted(kinds)


SERVE = """
import sys
from datetime import datetime
from pydantic import SecretStr
from outreach import db
from outreach.clock import PlayedClock
from outreach.config import Settings
from outreach.links import Links
from outreach.web import create_app
from outreach.web.server import Server

url, key, now = sys.argv[1:]
links = Links("https://track.example.com", key)
app = create_app(db.connect(url), links, Settings(secret_key=SecretStr(key)), PlayedClock(datetime.fromisoformat(now)))
with Server(app, "127.0.0.1", 0) as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def serving(street: Street, point: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a web process that dies at `point`, and the process."""
    url = street.house.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", SERVE, url, "a secret key of a test", street.house.now.isoformat()]
    environment = os.environ | {"OUTREACH_CRASH_AT": point}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


# -- unsubscribe -----------------------------------------------------------------------------------

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    {"Content-Type": "multipart/form-data; boundary=b"},
)


@pytest.mark.parametrize(
    ("body", "headers", "one_click"),
    [
        (b"List-Unsubscribe=One-Click", FORM, True),
        (*MULTIPART, True),
        (b"", FORM, False),
        (b"\xff\xfe=\x00", FORM, False),
        (b"x" * 100_000, FORM, False),
    ],
)
def test_one_post_alone_unsubscribes(
    desk: Street, body: bytes, headers: dict[str, str], one_click: bool
) -> None:
    answer = desk.browser.post(desk.house.links.unsubscribe(desk.message_id), content=body, headers=headers)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    (event,) = desk.events(Kind.UNSUBSCRIBED)
    assert (event.lead_id, event.data["one_click"], event.subject) == (desk.lead_id, one_click, "first")
    assert len(desk.house.rows(models.Suppression)) == 1


def test_after_an_unsubscribe_no_mail_follows(street: Street) -> None:
    street.browser.post(street.house.links.unsubscribe(street.message_id))
    street.house.later(days=30)
    assert len(street.house.mails("dana@example.com")) == 1


def test_a_second_post_is_answered_the_same_and_changes_nothing(street: Street) -> None:
    url = street.house.links.unsubscribe(street.message_id)
    first = street.browser.post(url)
    before = street.state()
    street.house.clock.turn_to(street.house.now + timedelta(days=60))
    second = street.browser.post(url)
    assert (first.status_code, second.status_code, second.text) == (200, 200, first.text)
    assert street.state() == before


def test_an_old_link_works_again_after_the_address_was_let_back_in(desk: Street) -> None:
    url = desk.house.links.unsubscribe(desk.message_id)
    desk.browser.post(url)
    with desk.house.database.write() as session:
        session.query(models.Suppression).delete()
    desk.house.clock.turn_to(desk.house.now + timedelta(days=60))
    assert desk.browser.post(url).status_code == 200
    assert len(desk.house.rows(models.Suppression)) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_only_a_post_unsubscribes(desk: Street, method: str) -> None:
    before = desk.state()
    for _ in range(3):
        answer = desk.browser.ask(method, desk.house.links.unsubscribe(desk.message_id))
        assert answer.status_code == (200 if method in ("GET", "HEAD") else 405)
    assert desk.state() == before


def test_the_page_has_a_button_and_says_nothing_of_the_lead(desk: Street) -> None:
    page = desk.browser.get(desk.house.links.unsubscribe(desk.message_id))
    assert '<form method="post">' in page.text
    assert "dana" not in page.text.lower()


def test_a_signed_link_of_somebody_erased_is_answered_kindly(desk: Street) -> None:
    before = desk.state()
    url = desk.house.links.unsubscribe(99999)
    assert desk.browser.get(url).status_code == 200
    answer = desk.browser.post(url)
    assert (answer.status_code, "unsubscribed" in answer.text) == (200, True)
    assert desk.state() == before


def test_a_forged_unsubscribe_link_changes_nothing(desk: Street) -> None:
    before = desk.state()
    token = desk.house.links.unsubscribe(desk.message_id).rpartition("/")[2]
    for bad in [*flipped(token), token[:-1], f"{token}A"]:
        assert desk.browser.post(f"/u/{bad}").status_code == 404
    assert desk.state() == before


def test_a_whole_staff_of_scanners_unsubscribes_and_promotes_nobody(desk: Street) -> None:
    links, lead = desk.house.links, desk.house.get(desk.lead_id)
    for number in range(30):
        for url in (links.unsubscribe(desk.message_id), links.click(desk.message_id, number, URL)):
            desk.browser.get(url, headers=SCANNER)
            desk.browser.head(url)
    assert desk.house.get(desk.lead_id).score == lead.score
    assert desk.house.get(desk.lead_id).stage == Stage.SUSPECT
    assert desk.house.rows(models.Suppression) == []
