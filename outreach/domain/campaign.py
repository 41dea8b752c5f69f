"""What a campaign file says, as values; these classes are the schema that files are checked against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from outreach.domain.campaign_tests import CampaignTest
from outreach.domain.durations import Duration
from outreach.domain.variants import Experiment, Variants, WaitVariants
from outreach.domain.words import Kind, Stage
from outreach.domain.written import (
    Condition,
    Name,
    TemplateName,
    Told,
    Written,
    parse_days,
    parse_hours,
)


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


class StepFields(Written):
    """What every step may carry."""

    id: Name | None = None


class EmailStep(StepFields):
    """Send the mail of this template. After `stale_after` in waiting it is skipped instead."""

    email: TemplateName
    stale_after: Duration | None = None
    same_thread: bool = False
    variants: Variants | None = None

    @model_validator(mode="after")
    def _is_the_first_variant(self) -> Self:
        if self.variants and self.variants.email and self.variants.email[0] != self.email:
            raise ValueError(
                f"the step's own template is its first variant; write email: [{self.email}, ...]"
            )
        return self

    @property
    def templates(self) -> tuple[str, ...]:
        """Every template that some lead may get here."""
        return (self.variants and self.variants.email) or (self.email,)


class WaitStep(StepFields):
    """Wait this long, counted on the lead's local calendar."""

    wait: Duration
    variants: WaitVariants | None = Field(default=None, exclude_if=lambda value: value is None)

    @model_validator(mode="after")
    def _is_the_first_variant(self) -> Self:
        if self.variants and self.variants.wait[0] != self.wait:
            raise ValueError(f"the step's own wait is its first variant; write wait: [{self.wait}, ...]")
        return self


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


InFlight = Literal["keep", "move"]
"""What becomes of leads in the campaign when it changes: they finish as they entered, or go on in the new version."""


class Campaign(Written):
    """A campaign file."""

    campaign: Name
    description: str = ""
    goal: Stage | None = None
    audience: Audience
    enter: Literal["when_matching", "once"] | EnterOnEvent = "when_matching"
    again_after: Duration | None = None
    priority: int = Field(default=50, ge=0, le=100)
    in_flight: InFlight = "keep"
    window: Window = Window()
    senders: tuple[Name, ...] = Field(min_length=1)
    experiment: Experiment | None = Field(default=None, exclude_if=lambda value: value is None)
    stop_on: tuple[Told, ...] = (Kind.REPLIED, Kind.UNSUBSCRIBED, Kind.BOUNCED, Kind.MEETING_BOOKED)
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)
    tests: tuple[CampaignTest, ...] = Field(default=(), max_length=200, exclude=True)  # not part of a version

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
