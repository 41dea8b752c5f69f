"""The API by which other systems tell what leads do."""

from __future__ import annotations

import difflib
import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from outreach import intake
from outreach.domain.rows import FILLED
from outreach.domain.words import OURS, WITH_A_ROW, Kind
from outreach.errors import InputError, NotFound
from outreach.web.access import has_token
from outreach.web.site import BODY_LIMIT, NO_STORE, Site, read_body

log = logging.getLogger(__name__)

TELLABLE = tuple(kind for kind in Kind if kind not in OURS and kind not in WITH_A_ROW)
MOST_AT_ONCE = 1_000
BATCH_LIMIT = 1024 * 1024
AHEAD = timedelta(minutes=5)  # how far another system's clock may be ahead of ours


class EventBody(BaseModel):
    """Something that a lead did."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Annotated[str, Field(min_length=1, max_length=200, description="yours; told twice, recorded once")]
    email: Annotated[str, Field(max_length=254)]
    kind: Annotated[Kind, Field(json_schema_extra={"enum": [str(kind) for kind in TELLABLE]})]
    subject: Annotated[str, Field(max_length=255, description="form, event, page or mail")] = ""
    detail: Annotated[str, Field(max_length=2000, description="an address clicked, an intent")] = ""
    at: AwareDatetime | None = None
    data: dict[str, JsonValue] = {}
    lead: dict[str, str | float | bool] | None = Field(
        default=None,
        max_length=100,
        description=f"who it is, if new: source, consent, and any of {', '.join(FILLED)} or your own fields",
        examples=[{"source": "webinar", "consent": "express", "first_name": "Dana", "country": "DE"}],
    )

    @field_validator("kind", mode="before")
    @classmethod
    def _kind_can_be_told(cls, value: object) -> object:
        if value in TELLABLE:
            return value
        near = difflib.get_close_matches(str(value), [str(kind) for kind in TELLABLE], n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(TELLABLE)}"
        raise ValueError(f"{str(value)[:40]!r} can not be told; {hint}")

    @field_validator("data")
    @classmethod
    def _what_we_read_is_text(cls, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        for name in ("competitor", "contract_ends_at", "purchase_time", "purchase_at", "resume_on"):
            value = data.get(name)
            if value is not None and not (isinstance(value, str) and len(value) <= 200):
                raise ValueError(f"{name} is a text of at most 200 characters")
        json.dumps(data, allow_nan=False)  # databases keep no NaN and no infinity
        return data


def router(site: Site) -> APIRouter:
    """Return the routes of the API."""
    routes = APIRouter(prefix="/api")
    schema = EventBody.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    schema = _inlined(schema, definitions)

    @routes.post(
        "/events",
        status_code=202,
        summary="Tell something that a lead did",
        responses={
            200: {"description": "told before, nothing changed"},
            401: {"description": "no or wrong token"},
            404: {"description": "nobody has this address, or the API is off"},
            413: {"description": f"longer than {BODY_LIMIT} bytes"},
            422: {"description": "not valid; error says what would be right"},
            503: {"description": "the database does not answer; tell it again"},
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": _one_or_many(schema)}},
            }
        },
    )
    async def events(request: Request) -> JSONResponse:
        """Record an event, or each of a list of them; the same `id` is recorded once, however often it is told.

        For a list the answer is `results`, one for each in its order: `recorded` true (new) or false (told before), or
        the `error` for which that one alone was refused.
        """
        return await _events(site, request)

    return routes


def _one_or_many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_AT_ONCE}]}


def _inlined(value: Any, definitions: dict[str, Any]) -> Any:
    """Return the schema with its references replaced: the request body is described outside the components."""
    if isinstance(value, dict):
        if "$ref" in value:
            rest = {key: each for key, each in value.items() if key != "$ref"}
            return _inlined(definitions[value["$ref"].rpartition("/")[2]] | rest, definitions)
        return {key: _inlined(each, definitions) for key, each in value.items()}
    if isinstance(value, list):
        return [_inlined(each, definitions) for each in value]
    return value


async def _events(site: Site, request: Request) -> JSONResponse:
    if site.settings.api_token is None:
        return _error(404, "the API is off; set OUTREACH_API_TOKEN")
    if not has_token(site, request, password=False):
        return _error(401, "send Authorization: Bearer with the value of OUTREACH_API_TOKEN")
    raw = await read_body(request, BATCH_LIMIT)
    if raw is None or (len(raw) > BODY_LIMIT and raw.lstrip()[:1] != b"["):
        return _error(413, f"longer than {BODY_LIMIT} bytes, or a list longer than {BATCH_LIMIT}")
    now = site.clock.now()
    try:
        if raw.lstrip()[:1] == b"[":
            return await _batch(site, raw, now)
        told = _told(_body(raw), now)
        new = await site.in_thread(_take, site, told, now)
    except NotFound as error:
        return _error(404, str(error))
    except InputError as error:
        return _error(422, str(error))
    except SQLAlchemyError as error:
        log.error("an event was not recorded: %s", type(error).__name__)
        return _error(503, "the database does not answer; tell it again")
    return JSONResponse({"recorded": new}, 202 if new else 200, NO_STORE)


def _error(status: int, text: str) -> JSONResponse:
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "30"}}.get(status, {})
    return JSONResponse({"error": text}, status, NO_STORE | headers)


async def _batch(site: Site, raw: bytes, now: datetime) -> JSONResponse:
    """Answer what became of each of a list of events, in its order; one that is refused keeps no other back."""
    told: list[intake.Told | str] = []
    for each in _items(raw):
        try:
            told.append(_told(_body(json.dumps(each).encode()), now))
        except InputError as error:
            told.append(str(error))
    good = [each for each in told if isinstance(each, intake.Told)]
    taken = iter(await site.in_thread(_take_all, site, good, now))
    results = [_result(each if isinstance(each, str) else next(taken)) for each in told]
    return JSONResponse({"results": results}, 202, NO_STORE)


def _items(raw: bytes) -> list[Any]:
    try:
        items = json.loads(raw)
    except (ValueError, RecursionError):
        raise InputError("this is no JSON") from None
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_AT_ONCE:
        raise InputError(f"a list holds 1 to {MOST_AT_ONCE} events")
    return items


def _result(became: bool | str) -> dict[str, object]:
    return {"error": became} if isinstance(became, str) else {"recorded": became}


def _body(raw: bytes) -> EventBody:
    if b"\\u0000" in raw:  # PostgreSQL keeps no NUL in a text
        raise InputError("a text holds a NUL character")
    try:
        return EventBody.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(": ".join(part for part in (where, _one_line(first["msg"])) if part)) from None


def _told(body: EventBody, now: datetime) -> intake.Told:
    at = body.at.astimezone(UTC) if body.at else now
    if at > now + AHEAD:
        raise InputError("at: lies in the future")
    lead = None if body.lead is None else {name: str(value) for name, value in body.lead.items()}
    return intake.Told(
        body.email, body.kind, body.id, min(at, now), body.subject, body.detail, body.data, lead
    )


def _one_line(text: str) -> str:
    return " ".join(text.removeprefix("Value error, ").split())


def _take(site: Site, told: intake.Told, now: datetime) -> bool:
    with site.database.write() as session:
        return intake.take(session, told, now)


def _take_all(site: Site, told: Sequence[intake.Told], now: datetime) -> list[bool | str]:
    with site.database.write() as session:
        return intake.take_all(session, told, now)
