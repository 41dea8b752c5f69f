"""What a campaign file says, as values; these classes are the schema that files are checked against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
)

from outreach.domain.durations import Duration
from outreach.domain.words import OURS, Kind, Stage

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
TemplateName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_/-]{0,120}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def _can_be_told(kind: Kind) -> Kind:
    if kind in OURS:
        raise ValueError(f"{kind} is nothing that a lead does, so it would never come")
    return kind


Told = Annotated[Kind, AfterValidator(_can_be_told)]
"""Something that a lead does or that comes back: what rules can wait for."""


class Written(BaseModel):
    """Something that stands in a file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)


class Audience(Written):
    """Who may be in the campaign: leads in one of the stages for which the condition is true."""

    stage: tuple[Stage, ...] = Field(min_length=1)
    where: Condition | None = None

    @field_validator("stage", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class EnterOnEvent(Written):
    """Leads enter when this happens to them, if they are in the audience then."""

    event: Told
    subject: str | None = None


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Window(Written):
    """When mails may leave: weekdays and local hours, in the lead's zone or a named one, not on holidays."""

    days: str = "mon-fri"
    hours: str = "09:00-17:00"
    timezone: str = "lead"
    holidays: str = "lead.country"

    @field_validator("days")
    @classmethod
    def _days_are_known(cls, value: str) -> str:
        parse_days(value)
        return value

    @field_validator("hours")
    @classmethod
    def _hours_make_sense(cls, value: str) -> str:
        parse_hours(value)
        return value

    @property
    def weekdays(self) -> frozenset[int]:
        """The open weekdays, Monday is 0."""
        return parse_days(self.days)

    @property
    def minutes(self) -> tuple[int, int]:
        """First open minute of the day and the first closed one after it."""
        return parse_hours(self.hours)


def parse_days(text: str) -> frozenset[int]:
    """Return the weekdays that "mon-fri" or "mon,wed,sat-sun" names, Monday is 0."""
    found: set[int] = set()
    for part in text.replace(" ", "").lower().split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise ValueError(f"{text!r} names no weekdays; write for example mon-fri or mon,wed,fri")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found |= {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
    return frozenset(found)


def parse_hours(text: str) -> tuple[int, int]:
    """Return the minutes of the day that "09:00-17:00" opens and closes at."""
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text.replace(" ", ""))
    if not match:
        raise ValueError(f'{text!r} are no hours; write for example "09:00-17:00"')
    opens, closes = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if not (opens < closes <= 1440 and int(match[2]) < 60 and int(match[4]) < 60):
        raise ValueError(f'{text!r}: hours open before they close, within one day; for example "09:00-17:00"')
    return opens, closes


class Variants(Written):
    """Several texts of one step; which one a lead gets is a hash of the enrollment and the step."""

    subject: tuple[str, ...] = Field(min_length=2, max_length=8)
    measure: Literal["replied", "clicked", "meeting_booked"] = "replied"


class StepFields(Written):
    """What every step may carry."""

    id: Name | None = None


class EmailStep(StepFields):
    """Send the mail of this template. After `stale_after` in waiting it is skipped instead."""

    email: TemplateName
    stale_after: Duration | None = None
    same_thread: bool = False
    variants: Variants | None = None


class WaitStep(StepFields):
    """Wait this long, counted on the lead's local calendar."""

    wait: Duration


class Case(Written):
    """One arm of a branch."""

    if_: Condition = Field(alias="if")
    then: tuple[Step, ...] = ()


class Otherwise(Written):
    """The last arm of a branch."""

    else_: tuple[Step, ...] = Field(alias="else")


def _arm(value: Any) -> str:
    return "else" if ("else" in value if isinstance(value, dict) else isinstance(value, Otherwise)) else "if"


Arm = Annotated[Annotated[Case, Tag("if")] | Annotated[Otherwise, Tag("else")], Discriminator(_arm)]


class BranchStep(StepFields):
    """Go on in the first arm whose condition is true; after the arm, with the step below the branch."""

    branch: tuple[Arm, ...] = Field(min_length=1)

    @field_validator("branch")
    @classmethod
    def _else_comes_last(cls, arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
        if any(isinstance(arm, Otherwise) for arm in arms[:-1]) or isinstance(arms[0], Otherwise):
            raise ValueError("else is the last arm, after at least one if")
        return arms


class Awaited(Written):
    """What is waited for and for how long."""

    event: Told
    subject: str | None = None
    within: Duration


class WaitForStep(StepFields):
    """Wait until it happens, at most so long; then go on either way."""

    wait_for: Awaited


class TaskFields(Written):
    """Something for a person to do: `to` is owner or a rep's name; `text` a template."""

    kind: Name
    to: str = "owner"
    text: TemplateName
    due_within: Duration = Duration(2, "day")


class TaskStep(StepFields):
    """Open a task for a rep, and go on."""

    task: TaskFields


class UpdateStep(StepFields):
    """Set fields of the lead, and go on."""

    update: dict[str, str | float | bool | None] = Field(min_length=1)


class NotifyFields(Written):
    """A note to a rep: `to` is owner or a rep's name; `text` a template."""

    to: str = "owner"
    text: TemplateName


class NotifyStep(StepFields):
    """Send a note to a rep, and go on."""

    notify: NotifyFields


STEP_KEYS = ("email", "wait", "branch", "wait_for", "task", "update", "notify")


def _step_kind(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((key for key in STEP_KEYS if key in value), None)
    return next((key for key in STEP_KEYS if key in getattr(type(value), "model_fields", ())), None)


Step = Annotated[
    Annotated[EmailStep, Tag("email")]
    | Annotated[WaitStep, Tag("wait")]
    | Annotated[BranchStep, Tag("branch")]
    | Annotated[WaitForStep, Tag("wait_for")]
    | Annotated[TaskStep, Tag("task")]
    | Annotated[UpdateStep, Tag("update")]
    | Annotated[NotifyStep, Tag("notify")],
    Discriminator(
        _step_kind,
        custom_error_type="step",
        custom_error_message="a step is one of " + ", ".join(STEP_KEYS),
    ),
]

ALWAYS_STOPS = frozenset({Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED})
"""Whatever a file says, these end every enrollment (a bounce only when it is a hard one)."""


class Campaign(Written):
    """A campaign file."""

    campaign: Name
    description: str = ""
    goal: Stage | None = None
    audience: Audience
    enter: Literal["when_matching", "once"] | EnterOnEvent = "when_matching"
    again_after: Duration | None = None
    priority: int = Field(default=50, ge=0, le=100)
    window: Window = Window()
    senders: tuple[Name, ...] = Field(min_length=1)
    stop_on: tuple[Told, ...] = (Kind.REPLIED, Kind.UNSUBSCRIBED, Kind.BOUNCED, Kind.MEETING_BOOKED)
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)
    tests: tuple[dict[str, Any], ...] = ()

    @property
    def name(self) -> str:
        return self.campaign

    @property
    def stops(self) -> frozenset[Kind]:
        """Everything that ends an enrollment early."""
        return frozenset(self.stop_on) | ALWAYS_STOPS


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield every step, those in branches too, in the order of the file."""
    for step in steps:
        yield step
        if isinstance(step, BranchStep):
            for arm in step.branch:
                yield from walk(arm.then if isinstance(arm, Case) else arm.else_)


Case.model_rebuild()
Otherwise.model_rebuild()
BranchStep.model_rebuild()
Campaign.model_rebuild()
