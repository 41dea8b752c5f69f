"""The API by which other systems tell what leads do."""

from __future__ import annotations

import difflib
import json
import logging
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
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}
        },
    )
    async def events(request: Request) -> JSONResponse:
        """Record an event; the same `id` is recorded once, however often it is told."""
        return await _events(site, request)

    return routes


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
    raw = await read_body(request)
    if raw is None:
        return _error(413, f"longer than {BODY_LIMIT} bytes")
    now = site.clock.now()
    try:
        told = _told(raw, now)
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


def _told(raw: bytes, now: datetime) -> intake.Told:
    if b"\\u0000" in raw:  # PostgreSQL keeps no NUL in a text
        raise InputError("a text holds a NUL character")
    try:
        body = EventBody.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(": ".join(part for part in (where, _one_line(first["msg"])) if part)) from None
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
