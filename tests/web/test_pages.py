"""The pages to look through: who may, what they show, and that they only read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import factories
import httpx
import pytest
from street import TOKEN, Browser, Street

from outreach import models, web
from outreach.domain.words import Kind, MessageStatus, Verdict

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"
PAGES = ["/", "/leads", "/campaigns", "/messages", "/handoffs", "/tasks", "/figures"]


@pytest.fixture
def busy(street: Street) -> Street:
    """A street where something of everything has happened."""
    house = street.house
    house.event(
        street.lead_id,
        Kind.CLICKED,
        subject="first",
        detail="https://example.com/a",
        message_id=street.message_id,
    )
    house.event(street.lead_id, Kind.OPENED, verdict=Verdict.MACHINE, data={"rule": "head"})
    house.event(street.lead_id, Kind.REPLIED, detail="meeting", data={"text": "Yes, please."})
    with house.database.write() as session:
        factories.task(session, session.get_one(models.Lead, street.lead_id), text="Call Dana.")
        factories.deal(session, session.get_one(models.Lead, street.lead_id), amount=1200.0, currency="EUR")
    return street


def all_pages(street: Street) -> list[str]:
    more = [
        f"/leads/{street.lead_id}",
        "/campaigns/welcome",
        f"/mail/{street.message_id}",
        f"/mail/{street.message_id}/html",
    ]
    return [*PAGES, *more]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_page_changes_anything(busy: Street, method: str) -> None:
    before = busy.state()
    for page in all_pages(busy):
        assert busy.browser.ask(method, page).status_code == (405 if method == "OPTIONS" else 200), page
    assert busy.state() == before


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_has_its_pages_too(make_street: Callable[..., Street], page: str) -> None:
    street = make_street()
    with street.house.database.write() as session:
        for table in (models.Event, models.Message, models.Enrollment, models.Lead):
            session.query(table).delete()
    assert street.browser.get(page).status_code == 200


def test_the_overview_counts_what_is_in_the_database(busy: Street) -> None:
    page = busy.browser.get("/").text
    assert re.search(r"SQL</span>\s*<strong>1</strong>", page)
    assert re.search(r"<strong>1</strong> hand-offs open", page)
    assert re.search(r">accepted</a></td><td>–</td><td class=\"number\">1<", page)
    assert "1 to SQL" in page


def test_a_leads_page_says_why_and_what_is_next(busy: Street) -> None:
    page = busy.browser.get(f"/leads/{busy.lead_id}").text
    for words in (
        "wants to buy",
        "Yes, please.",
        "goes to another rep",
        "machine",
        "1 200 EUR",
        "Call Dana.",
        "rita",
    ):
        assert words in page, words


def test_a_campaigns_page_counts_its_steps(busy: Street) -> None:
    page = busy.browser.get("/campaigns/welcome").text
    assert page.index(">first<") < page.index(">2 days<") < page.index(">second<")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?q=dana", True),
        ("?q=DANA@EX", True),
        ("?q=example ltd", True),
        ("?q=nobody", False),
        ("?q=%25", False),
        ("?q=_ana", False),
        ("?stage=suspect", True),
        ("?stage=mql", False),
        ("?stage=rubbish", True),
        ("?before=1", False),
        ("?before=rubbish", True),
        (f"?before={'9' * 40}", True),
    ],
)
def test_leads_are_found_by_words_and_stage(desk: Street, query: str, found: bool) -> None:
    answer = desk.browser.get(f"/leads{query}")
    assert answer.status_code == 200
    assert ("dana@example.com</span>" in answer.text) == found


def test_a_long_list_goes_on_where_the_page_ended(desk: Street) -> None:
    with desk.house.database.write() as session:
        for number in range(120):
            factories.lead(session, email=f"many{number}@example.com", address_hash="x", company="Many & Co")
    seen: list[str] = []
    url = "/leads?q=many+%26"
    for _ in range(3):
        page = desk.browser.get(url).text
        seen += re.findall(r"many\d+@example.com", page)
        older = re.search(r'href="([^"]+)">Older', page)
        url = older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == len(set(seen)) == 120
    assert url == ""


@pytest.mark.parametrize(
    "page", ["/leads/99", "/campaigns/nothing", "/mail/99", f"/leads/{'9' * 30}", "/messages/x", "/x"]
)
def test_what_is_not_there_is_a_page_that_says_so(desk: Street, page: str) -> None:
    assert desk.browser.get(page).status_code == 404


# -- hostile data ----------------------------------------------------------------------------------


@pytest.fixture
def hostile(desk: Street) -> Street:
    """A street where every string from outside tries to be code."""
    house = desk.house
    with house.database.write() as session:
        row = session.get_one(models.Lead, desk.lead_id)
        for name in (
            "first_name",
            "last_name",
            "title",
            "company",
            "phone",
            "source_detail",
            "consent_note",
            "competitor",
        ):
            setattr(row, name, EVIL)
        row.fields = {"seats": 1, EVIL: EVIL}
        message = session.get_one(models.Message, desk.message_id)
        message.subject = message.detail = EVIL
        message.reason = EVIL[:64]
        factories.task(session, row, text=EVIL, kind=EVIL[:60], rep=EVIL[:60])
        factories.handoff(session, row, rep=EVIL[:60], routing=EVIL, reason=EVIL, evidence={"lines": [EVIL]})
        factories.deal(session, row, lost_reason=EVIL[:60], currency="<b>")
        for kind in Kind:
            data = {"text": EVIL, "rule": EVIL, "evidence": [EVIL], "user_agent": EVIL}
            factories.event(session, row, kind, subject=EVIL, detail=EVIL, verdict=Verdict.MACHINE, data=data)
    return desk


class Code(HTMLParser):
    """Collects whatever in a page could run or restyle it and is not a file of ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        ours = (named.get("src") or "").startswith("/static/")
        if (tag == "script" and not ours) or tag in ("style", "object", "embed", "base"):
            self.found.append(tag)
        self.found += [name for name in named if name.startswith("on") or name == "style"]


def test_no_string_from_outside_becomes_markup(hostile: Street) -> None:
    for page in all_pages(hostile):
        text = hostile.browser.get(page).text
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
        assert "49" not in re.findall(r"'(\d+)", text), page
    assert "<script>alert" not in hostile.browser.get("/leads", params={"q": EVIL}).text


def test_every_page_forbids_code_that_is_not_ours(hostile: Street) -> None:
    for page in [
        *all_pages(hostile),
        "/u/x",
        "/h/x",
        "/c/x",
        "/nowhere",
        "/static/outreach.css",
        "/api/openapi.json",
    ]:
        answer = hostile.browser.get(page)
        policy = answer.headers["content-security-policy"]
        assert ("unsafe" not in policy and "default-src 'self'" in policy) or page.endswith("/html"), page
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert page.endswith("/html") or not Code(answer.text).found, page


def test_our_own_pages_load_nothing_from_elsewhere(hostile: Street) -> None:
    for page in all_pages(hostile):
        if not page.endswith("/html"):
            text = hostile.browser.get(page).text
            assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text), page
    for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', hostile.browser.get("/").text):
        assert hostile.browser.get(name).status_code == 200


def test_a_mail_is_shown_in_a_frame_that_can_do_nothing(busy: Street) -> None:
    page = busy.browser.get(f"/mail/{busy.message_id}").text
    assert f'<iframe sandbox title="The mail" src="/mail/{busy.message_id}/html">' in page
    frame = busy.browser.get(f"/mail/{busy.message_id}/html")
    assert "Hello" in frame.text
    assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_looking_at_a_mail_is_not_reading_it(busy: Street) -> None:
    frame = busy.browser.get(f"/mail/{busy.message_id}/html").text
    before = busy.state()
    for address in re.findall(r'(?:src|href)="([^"]+)"', frame):
        if address.startswith("https://track.example.com"):
            busy.browser.get(address)
            busy.browser.post(address)
    assert "https://example.com/a" in frame
    assert busy.state() == before


def test_a_mail_that_can_not_be_written_any_more_says_why(busy: Street) -> None:
    with busy.house.database.write() as session:
        session.get_one(models.Message, busy.message_id).sender = "gone"
    page = busy.browser.get(f"/mail/{busy.message_id}")
    assert (page.status_code, "gone is not in senders.yaml" in page.text) == (200, True)


def test_mails_are_listed_by_status(busy: Street) -> None:
    assert "dana@example.com" in busy.browser.get("/messages?status=accepted").text
    for status in MessageStatus:
        if status != MessageStatus.ACCEPTED:
            assert "dana@example.com" not in busy.browser.get(f"/messages?status={status}").text


# -- who may see them ------------------------------------------------------------------------------


def _basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()}


def test_at_this_machine_pages_need_no_password(desk: Street) -> None:
    for host in ("127.0.0.1:8025", "localhost:8025", "[::1]:8025"):
        assert Browser(desk.app, host=host).get("/").status_code == 200
    assert Browser(desk.app, peer="::1").get("/").status_code == 200


@pytest.mark.parametrize(
    ("peer", "host", "headers"),
    [
        ("203.0.113.9", "127.0.0.1:8025", {}),
        ("10.0.0.7", "localhost", {}),
        ("127.0.0.1", "evil.example", {}),  # DNS rebinding
        ("127.0.0.1", "track.example.com", {}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", "127.0.0.1", {"X-Real-IP": "203.0.113.9"}),
        ("127.0.0.1", "127.0.0.1", {"Forwarded": "for=203.0.113.9"}),
        ("203.0.113.9", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
    ],
)
def test_from_elsewhere_every_page_needs_the_token(
    desk: Street, peer: str, host: str, headers: dict[str, str]
) -> None:
    browser = Browser(desk.app, peer=peer, host=host)
    for page in all_pages(desk):
        answer = browser.get(page, headers=headers)
        assert answer.status_code == 401, page
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert "dana" not in answer.text.lower()
    assert browser.get("/", headers=headers | _basic(TOKEN)).status_code == 200
    assert browser.get("/", headers=headers | {"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_with_a_public_address_even_this_machine_needs_the_token(make_street: Callable[..., Street]) -> None:
    street = make_street(base_url="https://track.example.com")
    assert street.browser.get("/").status_code == 401  # it may be a reverse proxy that asks
    assert street.browser.get("/", headers=_basic(TOKEN)).status_code == 200


@pytest.mark.parametrize("wrong", ["", "x", TOKEN[:-1], f"{TOKEN}x", "é"])
def test_a_wrong_password_is_refused(desk: Street, wrong: str) -> None:
    assert desk.from_elsewhere().get("/leads", headers=_basic(wrong)).status_code == 401


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic eA==", "Basic //79", "Digest x", "Bearer"])
def test_a_broken_password_is_refused(desk: Street, header: str) -> None:
    assert desk.from_elsewhere().get("/", headers={"Authorization": header}).status_code == 401


def test_without_a_token_pages_are_for_this_machine_only(make_street: Callable[..., Street]) -> None:
    street = make_street()
    app = web.create_app(
        street.house.database,
        street.house.links,
        street.settings.model_copy(update={"api_token": None}),
        street.house.clock,
    )
    assert Browser(app).get("/").status_code == 200
    answer = Browser(app, peer="203.0.113.9").get("/", headers=_basic(""))
    assert (answer.status_code, "OUTREACH_API_TOKEN" in answer.text) == (403, True)


def test_what_mails_lead_to_needs_no_password(desk: Street) -> None:
    browser, links = desk.from_elsewhere(), desk.house.links
    for url in (
        links.open_pixel(desk.message_id),
        links.unsubscribe(desk.message_id),
        "/static/outreach.css",
    ):
        assert browser.get(url).status_code == 200
    assert browser.get("/static/../web/api.py").status_code == 404


def test_the_parts_that_are_not_ours_are_whole_and_licensed() -> None:
    vendor = Path(web.__file__).parent / "static" / "vendor"
    names = {path.name for path in vendor.iterdir()}
    assert names == {
        "htmx-2.0.11.min.js", "htmx-LICENSE", "uplot-1.6.32.min.js", "uplot-1.6.32.min.css", "uplot-LICENSE",
    }  # fmt: skip
    assert all(path.stat().st_size > 500 for path in vendor.iterdir())


# -- health ----------------------------------------------------------------------------------------


def test_health_and_readiness_are_said(street: Street) -> None:
    for page in ("/healthz", "/readyz"):
        answer: httpx.Response = street.from_elsewhere().get(page)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert street.from_elsewhere().head(page).status_code == 200


def test_a_database_of_another_version_is_alive_but_not_ready(desk: Street) -> None:
    with desk.house.database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert desk.browser.get("/healthz").status_code == 200
    assert desk.browser.get("/readyz").status_code == 503


def test_a_database_that_is_away_is_no_reason_to_restart_the_process(
    make_street: Callable[..., Street],
) -> None:
    from outreach import db

    street = make_street()
    broken = db.connect("sqlite:////no/such/folder/outreach.db")
    app = web.create_app(broken, street.house.links, street.settings, street.house.clock)
    assert Browser(app).get("/healthz").status_code == 200
    answer = Browser(app).get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})
