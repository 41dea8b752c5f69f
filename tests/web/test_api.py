"""What other systems may tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from street import TOKEN, Browser, Street

from outreach import db, models
from outreach.clock import PlayedClock
from outreach.config import Settings
from outreach.domain.words import OURS, Kind, Stage
from outreach.web import create_app

BEARER = {"Authorization": f"Bearer {TOKEN}"}
NEW = {"source": "webinar", "consent": "express"}


def told(**more: Any) -> dict[str, Any]:
    return {"id": "crm-1", "email": "dana@example.com", "kind": "submitted", "subject": "demo"} | more


def tell(street: Street, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return street.from_elsewhere().post("/api/events", content=content, headers=headers or BEARER)


def error(answer: httpx.Response) -> str:
    text: str = answer.json()["error"]
    assert "\n" not in text
    return text


def test_an_event_is_recorded_with_what_follows_from_it(street: Street) -> None:
    answer = tell(street, told(kind="attended", subject="roadshow"))
    assert (answer.status_code, answer.json()) == (202, {"recorded": True})
    (event,) = street.events(Kind.ATTENDED)
    assert (event.lead_id, event.subject, event.source_id, event.at) == (
        street.lead_id,
        "roadshow",
        "api:crm-1",
        street.house.now,
    )
    street.house.tick()
    assert street.house.get(street.lead_id).stage == Stage.MQL


def test_the_same_id_twice_changes_nothing(street: Street) -> None:
    tell(street, told())
    before = street.state()
    for again in (told(), told(kind="visited"), told(data={"x": 1})):
        answer = tell(street, again)
        assert (answer.status_code, answer.json()) == (200, {"recorded": False})
    assert street.state() == before


def test_an_address_is_found_however_it_is_written(desk: Street) -> None:
    assert tell(desk, told(email=" DANA@Example.COM ")).status_code == 202


def test_what_was_said_is_learnt(desk: Street) -> None:
    tell(desk, told(kind="stated", data={"competitor": "Rival", "contract_ends_at": "2026-12-31"}))
    desk.house.tick()
    lead = desk.house.get(desk.lead_id)
    assert (lead.competitor, lead.contract_ends_at) == ("Rival", datetime(2026, 12, 31, tzinfo=UTC))


def test_a_time_in_any_zone_is_kept_in_utc(desk: Street) -> None:
    assert tell(desk, told(at="2026-03-02T12:00:00+02:00")).status_code == 202
    assert desk.events(Kind.SUBMITTED)[0].at == datetime(2026, 3, 2, 10, tzinfo=UTC)


# -- somebody new ----------------------------------------------------------------------------------


def test_somebody_unknown_is_told_in_one_line(desk: Street) -> None:
    before = desk.state()
    answer = tell(desk, told(email="new@example.com"))
    assert (answer.status_code, "source and consent" in error(answer)) == (404, True)
    assert desk.state() == before


def test_somebody_new_is_added_with_source_and_consent(street: Street) -> None:
    about = NEW | {"first_name": "Nora", "country": "DE", "seats": 12}
    answer = tell(street, told(email="New@Example.com", lead=about))
    assert answer.status_code == 202
    row = street.house.rows(models.Lead, email="new@example.com")[0]
    assert (row.source, row.consent, row.first_name, row.stage) == (
        "webinar",
        "express",
        "Nora",
        Stage.SUSPECT,
    )
    assert (row.timezone, row.fields) == ("Europe/Berlin", {"seats": 12})
    kinds = [event.kind for event in street.events() if event.lead_id == row.id]
    assert kinds[:2] == [Kind.IMPORTED, Kind.SUBMITTED]
    street.house.tick()
    assert len(street.house.mails("new@example.com")) == 1


def test_what_is_known_of_a_lead_is_not_changed_by_telling_it_as_new(desk: Street) -> None:
    tell(desk, told(lead={"source": "referral", "consent": "contract", "first_name": "Evil"}))
    lead = desk.house.get(desk.lead_id)
    assert (lead.source, lead.consent, lead.first_name) == ("webinar", "express", "Dana")


def test_somebody_suppressed_is_not_brought_back(desk: Street) -> None:
    tell(desk, told(kind="unsubscribed"))
    with desk.house.database.write() as session:
        for table in (models.Event, models.Message, models.Enrollment, models.Lead):
            session.query(table).delete()
    before = desk.state()
    answer = tell(desk, told(id="crm-2", lead=NEW))
    assert (answer.status_code, "must not be written to" in error(answer)) == (422, True)
    assert desk.state() == before


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ({}, "lead.source: is missing"),
        ({"source": "webinar"}, "lead.consent: is missing"),
        (NEW | {"source": "webinr"}, "did you mean 'webinar'?"),
        (NEW | {"frist_name": "x"}, "lead.frist_name: is not a field; did you mean 'first_name'?"),
        (NEW | {"country": "Atlantis"}, "lead.country: "),
        (NEW | {"first_name": "x" * 300}, "lead.first_name: "),
        ({"source": {}}, "lead.source"),
        ("nobody", "lead: "),
    ],
)
def test_a_lead_that_can_not_be_added_is_told_in_one_line(desk: Street, about: Any, line: str) -> None:
    before = desk.state()
    answer = tell(desk, told(email="new@example.com", lead=about))
    assert answer.status_code == 422
    assert line in error(answer)
    assert desk.state() == before


# -- who may tell, and what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"X": "y"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": "Bearer"},
        {"Authorization": TOKEN},
        {"Authorization": "Basic eDphIHRva2VuIG9mIGEgdGVzdA=="},  # a browser sends it by itself
    ],
)
def test_without_the_token_nothing_is_read(desk: Street, headers: dict[str, str]) -> None:
    before = desk.state()
    for body in (told(), b"{"):
        answer = tell(desk, body, headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert desk.state() == before


def test_without_a_token_in_the_settings_there_is_no_api(desk: Street) -> None:
    settings = Settings(secret_key=desk.settings.secret_key)
    app = create_app(desk.house.database, desk.house.links, settings, desk.house.clock)
    answer = Browser(app).post("/api/events", json=told(), headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "a list holds 1 to 1000 events"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 60_000, "JSON"),
        (b'{"id": "\\ud800", "email": "a@example.com", "kind": "visited"}', "JSON"),
        (told(id=""), "id: "),
        (told(id="x" * 201), "id: "),
        (told(id=1), "id: "),
        ({"email": "dana@example.com", "kind": "visited"}, "id: Field required"),
        (told(email="nobody"), "email: "),
        (told(email="a@example.com, b@example.com"), "email: "),
        (told(email="a@example.com\r\nBcc: b@example.com"), "email: "),
        (told(kind="clickd"), "kind: 'clickd' can not be told; did you mean clicked?"),
        (told(kind=["visited"]), "kind: "),
        (told(subject="x" * 256), "subject: "),
        (told(detail="x\x00y"), "NUL"),
        (told(data={"x": ["\x00"]}), "NUL"),
        (told(data={"competitor": {"a": 1}}), "competitor is a text"),
        (told(data=[]), "data: "),
        (told(at="yesterday"), "at: "),
        (told(at="2026-03-02T10:00:00"), "at: "),
        (told(at="2031-01-01T00:00:00Z"), "at: lies in the future"),
        (told(colour="red"), "colour: "),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_changes_nothing(desk: Street, body: Any, line: str) -> None:
    before = desk.state()
    answer = tell(desk, body)
    assert answer.status_code == 422
    assert line in error(answer)
    assert desk.state() == before


@pytest.mark.parametrize("kind", [*sorted(OURS), "deal_won", "handoff_accepted", "task_done"])
def test_what_we_do_ourselves_can_not_be_told(desk: Street, kind: str) -> None:
    answer = tell(desk, told(kind=kind))
    assert (answer.status_code, "can not be told" in error(answer)) == (422, True)


def test_a_body_over_the_cap_is_refused(desk: Street) -> None:
    answer = tell(desk, told(data={"x": "y" * 70_000}))
    assert (answer.status_code, error(answer)) == (
        413,
        "longer than 65536 bytes, or a list longer than 1048576",
    )


def test_a_body_without_a_length_is_cut_off_at_the_cap(desk: Street) -> None:
    async def endless() -> Any:
        for _ in range(100):
            yield b"x" * 10_000

    answer = desk.from_elsewhere().post("/api/events", content=endless(), headers=BEARER)
    assert answer.status_code == 413


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "1" + "0" * 300])
def test_numbers_that_no_database_keeps_do_no_harm(postgresql_street: Street, value: str) -> None:
    raw = json.dumps(told(data={"x": "?"})).replace('"?"', value).encode()
    assert tell(postgresql_street, raw).status_code in (202, 422)


def test_a_database_that_is_away_is_told_as_such(make_street: Callable[..., Street]) -> None:
    street = make_street()
    broken = db.connect("sqlite:////no/such/folder/outreach.db")
    app = create_app(broken, street.house.links, street.settings, PlayedClock(street.house.now))
    answer = Browser(app).post("/api/events", json=told(), headers=BEARER)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


def test_a_clock_a_little_ahead_is_forgiven(desk: Street) -> None:
    at = desk.house.now + timedelta(minutes=1)
    assert tell(desk, told(at=at.isoformat())).status_code == 202
    assert desk.events(Kind.SUBMITTED)[0].at == desk.house.now


def test_the_api_describes_itself(desk: Street) -> None:
    answer = desk.from_elsewhere().get("/api/openapi.json")
    schema = answer.json()["paths"]["/api/events"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert schema["anyOf"][1]["maxItems"] == 1000
    schema = schema["anyOf"][0]
    assert {"id", "email", "kind"} <= set(schema["required"])
    assert "attended" in schema["properties"]["kind"]["enum"]
    assert "stage_changed" not in schema["properties"]["kind"]["enum"]
    assert "$ref" not in json.dumps(schema)
    assert desk.from_elsewhere().get("/docs").status_code in (401, 403, 404)


def test_a_list_of_events_is_recorded_at_once_and_one_that_is_refused_keeps_no_other_back(
    desk: Street,
) -> None:
    many = [
        told(id="1"), told(id="2", kind="nonsense"), told(id="1"), told(id="3", email="nobody@example.org"), "text",
    ]  # fmt: skip
    answer = tell(desk, json.dumps(many).encode())
    assert answer.status_code == 202
    results = answer.json()["results"]
    assert [each.get("recorded") for each in results] == [True, None, False, None, None]
    assert "can not be told" in results[1]["error"] and "nobody has this address" in results[3]["error"]
    assert [event.source_id for event in desk.events(Kind.SUBMITTED)] == ["api:1"]


@pytest.mark.parametrize("raw", [b"[", b"[]", b"[" + b"{}," * 1000 + b"{}]"])
def test_a_list_that_is_none_or_too_long_is_refused_in_one_line(desk: Street, raw: bytes) -> None:
    answer = tell(desk, raw)
    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]
    assert desk.events(Kind.SUBMITTED) == []
