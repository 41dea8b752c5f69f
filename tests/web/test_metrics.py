"""The figures for Prometheus: who may have them, what they say, and that they cost the database little."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import factories
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from street import TOKEN, Browser, Street

from outreach import db, heartbeats, models, status, web
from outreach.domain.words import MessageStatus
from outreach.web import metrics, probes
from outreach.web.site import Site

Figures = dict[tuple[str, ...], float]


def figures(browser: Browser, **more: Any) -> Figures:
    """Return the figures by name and values of labels."""
    answer = browser.get("/metrics", **more)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_a_machine_elsewhere_needs_the_token(desk: Street) -> None:
    elsewhere = desk.from_elsewhere()
    assert elsewhere.get("/metrics").status_code == 401
    assert elsewhere.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    password = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    assert elsewhere.get("/metrics", headers={"Authorization": f"Basic {password}"}).status_code == 200


def test_without_a_token_the_figures_are_for_this_machine_only(make_street: Callable[..., Street]) -> None:
    street = make_street()
    settings = street.settings.model_copy(update={"api_token": None})
    app = web.create_app(street.house.database, street.house.links, settings, street.house.clock)
    assert Browser(app, peer="203.0.113.9", host="track.example.com").get("/metrics").status_code == 403
    assert Browser(app).get("/metrics").status_code == 200


def test_the_figures_say_how_the_whole_stands(street: Street) -> None:
    house = street.house
    with house.database.write() as session:
        heartbeats.beat(session, "worker:a:1", "worker", house.now, house.now)
        heartbeats.beat(session, "worker:b:2", "worker", house.now, house.now)
        one = session.query(models.Enrollment).first()
        assert one is not None
        factories.message(session, one, due_at=house.now - timedelta(minutes=5))
        sent = {"due_at": None, "outcome_at": house.now}
        factories.message(session, one, status=MessageStatus.UNKNOWN, **sent)
        factories.message(session, one, status=MessageStatus.ACCEPTED, **sent)
        ben = session.merge(models.SenderState(name="ben", day="", sent=0))
        ben.paused_at = house.now
        session.get_one(models.Instance, 1).held_at = house.now
    found = figures(street.browser)
    expected: Figures = {
        ("outreach_database_up",): 1,
        ("outreach_processes", "worker"): 2,
        ("outreach_processes", "scheduler"): 0,
        ("outreach_due", "messages"): 1,
        ("outreach_due_age_seconds", "messages"): 300,
        ("outreach_unknown_messages",): 1,
        ("outreach_sends_today", "accepted", "anna"): 1,
        ("outreach_sends_last_hour", "unknown", "anna"): 1,
        ("outreach_sends_today", "refused", "ben"): 0,
        ("outreach_sender_limit", "anna"): 1000,
        ("outreach_sender_paused", "anna"): 0,
        ("outreach_sender_paused", "ben"): 1,
        ("outreach_backlog_held",): 1,
        ("outreach_due", "followups"): 0,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["outreach_database_bytes",] > 0


def test_no_figure_holds_an_address(street: Street) -> None:
    assert "@" not in street.browser.get("/metrics").text


def test_asking_for_figures_changes_nothing(street: Street) -> None:
    before = street.state()
    street.browser.get("/metrics")
    street.browser.head("/metrics")
    assert street.state() == before


def test_asking_twice_asks_the_database_once(desk: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    read = status.read

    def counted_read(*given: Any) -> status.Status:
        asked.append(given)
        return read(*given)

    monkeypatch.setattr(status, "read", counted_read)
    desk.browser.get("/metrics")
    desk.browser.get("/metrics")
    assert len(asked) == 1
    monkeypatch.setattr(metrics, "KEPT_SECONDS", 0.0)
    app = web.create_app(desk.house.database, desk.house.links, desk.settings, desk.house.clock)
    Browser(app).get("/metrics")
    Browser(app).get("/metrics")
    assert len(asked) == 3


def test_a_database_that_is_away_is_a_figure_too(desk: Street) -> None:
    broken = db.connect("sqlite:////no/such/folder/outreach.db")
    app = web.create_app(broken, desk.house.links, desk.settings, desk.house.clock)
    found = figures(Browser(app))
    assert found["outreach_database_up",] == 0
    of_this_process = {name for name, *_ in found if name.startswith("outreach_tracking_seconds")}
    assert {name for name, *_ in found} - of_this_process == {"outreach_database_up"}


# -- how fast mails' pages are answered ------------------------------------------------------------


def counted(found: Figures, page: str) -> float:
    return found["outreach_tracking_seconds_count", page]


def test_the_pages_that_mails_lead_to_are_timed_and_others_are_not(desk: Street) -> None:
    links = desk.house.links
    desk.browser.get(links.open_pixel(desk.message_id))
    desk.browser.get("/c/forged")
    desk.browser.get("/u/forged")
    desk.browser.get("/leads")
    found = figures(desk.browser)
    assert [counted(found, page) for page in ("open", "click", "unsubscribe")] == [1, 1, 1]
    assert found["outreach_tracking_seconds_sum", "open"] > 0


def test_every_web_application_counts_for_itself(desk: Street) -> None:
    desk.browser.get("/o/forged.gif")
    other = web.create_app(desk.house.database, desk.house.links, desk.settings, desk.house.clock)
    assert counted(figures(Browser(other)), "open") == 0


# -- whether it is ready ---------------------------------------------------------------------------


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A database that does not answer until the event is set."""
    freed = threading.Event()

    def wait(_: object) -> None:
        freed.wait(30)

    monkeypatch.setattr(probes, "READY_WITHIN", 0.05)
    monkeypatch.setattr(db, "check", wait)
    yield freed
    freed.set()


def test_a_process_is_up_whatever_the_database_does(desk: Street, stuck: threading.Event) -> None:
    assert desk.browser.get("/healthz").status_code == 200


def test_a_database_that_hangs_is_answered_for_in_time(desk: Street, stuck: threading.Event) -> None:
    site = Site(desk.house.database, desk.house.links, desk.settings, desk.house.clock)
    request = Request({"type": "http", "method": "GET", "path": "/readyz", "headers": []})

    async def ask() -> tuple[int, bool]:
        answer = await probes.Readiness(site).page(request)
        hung = not stuck.is_set()
        stuck.set()
        return answer.status_code, hung

    assert asyncio.run(ask()) == (503, True)
