"""Any other provider, or a script between one and us: our own JSON, signed as Standard Webhooks say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from outreach.config import Settings
from outreach.domain.inbound.words import Reason
from outreach.webhooks.guards import Guard, Standard, secrets
from outreach.webhooks.payloads import code_in, rfc_ids, status_in, text, tokens_in
from outreach.webhooks.sns import Fetch
from outreach.webhooks.words import (
    AUTO_REPLIED,
    CLICKED,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    OPENED,
    UNSUBSCRIBED,
    Notice,
    Seen,
    Unreadable,
    Word,
    judged,
)

WORDS: dict[str, Word] = {
    "delivered": DELIVERED,
    "delayed": DELAYED,
    "bounced": judged(),
    "complained": COMPLAINED,
    "unsubscribed": UNSUBSCRIBED,
    "auto_replied": AUTO_REPLIED,
    "opened": OPENED,
    "clicked": CLICKED,
}
"""event"""

MOST_AT_ONCE = 1000

Short = Annotated[str, Field(max_length=300)]


class Told(BaseModel):
    """One event. `id` is the sender's own: told twice, it is recorded once."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Annotated[str, Field(min_length=1, max_length=200)]
    event: Literal[
        "delivered", "delayed", "bounced", "complained", "unsubscribed", "auto_replied", "opened", "clicked"
    ]
    at: AwareDatetime | None = None
    email: Short = ""
    message_id: Short = ""
    token: Short = ""
    reason: Reason | None = None
    status: Annotated[str, Field(pattern=r"^(?:[245]\.[0-9]{1,3}\.[0-9]{1,3})?$")] = ""
    smtp_code: Annotated[str, Field(pattern=r"^(?:[245][0-9][0-9])?$")] = ""
    text: Annotated[str, Field(max_length=2000)] = ""
    user_agent: Annotated[str, Field(max_length=1000)] = ""
    ip: Annotated[str, Field(max_length=64)] = ""
    url: Annotated[str, Field(max_length=2000)] = ""
    machine: bool = False

    @model_validator(mode="after")
    def _is_about_somebody(self) -> Told:
        if not (self.email or self.message_id or self.token):
            raise ValueError("one of email, message_id and token has to say whom it is about")
        return self


_LIST = TypeAdapter(Annotated[list[Told], Field(max_length=MOST_AT_ONCE)])


def guard(settings: Settings, fetch: Fetch) -> Guard | None:
    """Return what lets in what the secret signed; None where there is none."""
    keys = secrets("webhook_secret", settings.webhook_secret)
    return Standard("webhook_secret", keys) if keys else None


def read(payload: Any) -> Iterator[Notice]:
    """Yield what is told: a list of events, or one alone."""
    try:
        told = _LIST.validate_python(payload if isinstance(payload, list) else [payload])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"{where}: {first['msg'].removeprefix('Value error, ')}"
        raise Unreadable(text({"why": why}, "why", limit=300)) from None
    for each in told:
        said = text({"text": each.text}, "text")
        seen = Seen(
            text({"agent": each.user_agent}, "agent"), each.ip, text({"url": each.url}, "url"),
            "machine" if each.machine else "",
        )  # fmt: skip
        yield Notice(
            id=text({"id": each.id}, "id"),
            word=each.event,
            at=each.at,
            address=each.email,
            message_ids=rfc_ids(each.message_id),
            tokens=tokens_in(each.token),
            status=each.status or status_in(said),
            smtp_code=each.smtp_code or code_in(said),
            reason=each.reason,
            text=said,
            seen=seen if each.event in ("opened", "clicked") else None,
        )
