"""Shows every mail of a campaign before it is sent: for one lead, or for few made-up leads that show every case.

Nothing is read but the files and, where there is one, the lead's row; nothing is written to the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy.orm import Session

from outreach import leads
from outreach.applied import InForce
from outreach.domain import experiments
from outreach.domain.campaign import Campaign, EmailStep
from outreach.domain.certainty import ALWAYS
from outreach.domain.expressions import Schema, Type
from outreach.domain.facts import Happened
from outreach.domain.funnel import compile_funnel
from outreach.domain.leads import FIELDS, schema
from outreach.domain.sequence import Program, compile_program
from outreach.errors import BadMail, InputError, TemplateError
from outreach.preview import factors, samples
from outreach.preview.mails import NO_KEY, Desk, Made, StandIns
from outreach.preview.ways import Arm, Stop, Way, all_ways, as_it_stands, is_possible, said, walk
from outreach.render import Renderer
from outreach.render.compiled import Assembled, assembled, subject_tree
from outreach.render.sources import find
from outreach.workspace import Workspace

__all__ = [
    "NO_KEY",
    "Case",
    "Person",
    "Preview",
    "Shown",
    "StandIns",
    "of_lead",
    "of_sample",
    "person",
    "written",
]

HOLDS = {Type.NUMBER: "a number", Type.YESNO: "yes or no", Type.DATE: "a day such as 2026-03-01"}


NOT_SO = "only if its fields were others"
"""What is said of a way that the lead can not go as it is: a mail that can not be made for it there is no fault."""


@dataclass(frozen=True)
class Person:
    """The lead that a preview is made for: its fields, what it did, and its id where it is in the database."""

    fields: Mapping[str, Any]
    happened: frozenset[Happened] = frozenset()
    id: int | None = None


@dataclass(frozen=True)
class Case:
    """One way through the campaign that is shown: who goes it, in words, and which arms it takes."""

    name: str
    about: str
    arms: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One mail as it would be sent, with the cases it stands for; or why it can not be."""

    step: str
    number: int  # of the mails of its step, from 1
    template: str
    variant: str
    cases: tuple[str, ...]
    made: Made | None
    problem: str = ""


@dataclass
class Preview:
    """All mails of a campaign, in the order of its steps."""

    campaign: str
    steps: tuple[str, ...]
    cases: list[Case] = field(default_factory=list)
    mails: list[Shown] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Why mails can not be sent that somebody would get, each once."""
        others = {case.name for case in self.cases if case.about == NOT_SO}
        return list(
            dict.fromkeys(
                mail.problem for mail in self.mails if mail.problem and not others.issuperset(mail.cases)
            )
        )


# -- who ---------------------------------------------------------------------------------------------


def person(session: Session, email: str) -> Person:
    """Return the lead of the database with this address; NotFound where there is none."""
    row = leads.find(session, email)
    fields = {name: getattr(row, name) for name in FIELDS} | dict(row.fields)
    return Person(fields, leads.happened(leads.pasts(session, [row.id])[row.id]), row.id)


def written(workspace: Workspace, campaign: str, text: str, now: datetime) -> Person:
    """Return a made-up lead with the fields of "first_name=Eva,company=..."; what is not named is not known.

    Its stage is one of the campaign's.
    """
    known = _schema(workspace)
    usual = samples.usual_lead(known, str(_campaign(workspace, campaign).audience.stage[0]), now)
    fields = {name: usual[name] if f"lead.{name}" in ALWAYS else None for name in usual}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, value = part.partition("=")
        name = name.strip().removeprefix("lead.")
        if not equals:
            raise InputError(
                f"{part[:60]!r} is not written name=value; for example: --fields first_name=Eva,company=Foods"
            )
        if f"lead.{name}" not in known.fields:
            raise InputError(f"no lead has a field {name[:60]!r}{_meant(name, usual)}")
        try:
            fields[name] = factors.parsed(name, value, known.fields[f"lead.{name}"])
        except ValueError:
            kind = known.fields[f"lead.{name}"]
            raise InputError(f"{name} holds {HOLDS[kind]}, and {value[:40]!r} is none") from None
    return Person(fields)


def _campaign(workspace: Workspace, name: str) -> Campaign:
    if name not in workspace.campaigns:
        raise InputError(f"there is no campaign {name[:60]!r}{_meant(name, workspace.campaigns)}")
    return workspace.campaigns[name].campaign


def _schema(workspace: Workspace) -> Schema:
    return schema(workspace.policies.funnel.fields)


def _meant(word: str, there: Iterable[str]) -> str:
    listed = sorted(there)
    close = get_close_matches(word, listed, 1)
    return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(listed) or 'none'}"


# -- what --------------------------------------------------------------------------------------------


def of_lead(
    workspace: Workspace, campaign: str, who: Person, stand_ins: StandIns, step: str | None = None
) -> Preview:
    """Return every mail of the campaign as this lead would get it, whichever way it goes."""
    room = _Room.of(workspace, campaign, stand_ins, step)
    room.is_one_person = True
    program = room.program
    sender = _sender_of(who, program)
    fields = {**who.fields, "sender": sender}
    now = walk(program, fields, as_it_stands(who.happened))
    taken = set(now.arms)
    room.take(Case("way 1", "as things stand now", room.said(now.arms)), now, sender, who.id)
    for number, way in enumerate(all_ways(program, fields, taken), start=2):
        could = is_possible(program, fields, way)
        about = "if it goes another way" if could else NOT_SO
        room.take(Case(f"way {number}", about, room.said(way.arms)), way, sender, who.id)
    if who.id is not None and experiments.is_held_out(program.campaign, who.id):
        room.preview.notes.append("this lead is held out of the campaign and gets none of these mails")
    if fields.get("stage") not in program.campaign.audience.stage:
        stages = ", ".join(program.campaign.audience.stage)
        room.preview.notes.append(f"this lead is {fields.get('stage')}, and the campaign is for {stages}")
    return room.done()


def _sender_of(who: Person, program: Program) -> str:
    """Return who writes to the lead: its own sender where the campaign has it, else one by its id, as on entry."""
    senders = program.campaign.senders
    own = who.fields.get("sender")
    return str(own) if own in senders else senders[(who.id or 0) % len(senders)]


def of_sample(workspace: Workspace, campaign: str, stand_ins: StandIns, step: str | None = None) -> Preview:
    """Return the mails of few made-up leads that show every arm and every fallback of the campaign."""
    room = _Room.of(workspace, campaign, stand_ins, step)
    program, known = room.program, _schema(workspace)
    base = samples.usual_lead(known, str(program.campaign.audience.stage[0]), stand_ins.date)
    asked = factors.of_fields(program, room.templates(), known, stand_ins.date)
    chosen = samples.choose(program, base, asked, room.uses)
    if not chosen.is_of_audience:
        room.preview.notes.append(
            "no made-up lead fits the condition of the audience: these are shown regardless"
        )
    taken: set[Arm] = set()
    for number, sample in enumerate(chosen.samples, start=1):
        about = "; ".join([", ".join(sample.differs) or "everything is known", *sample.happened])
        room.take(Case(f"lead {number}", about, room.said(sample.way.arms)), sample.way, sample.sender)
        taken |= set(sample.way.arms)
    fields = {**base, "sender": program.campaign.senders[0]}
    for number, way in enumerate(all_ways(program, fields, taken), start=len(chosen.samples) + 1):
        about = "as if: no made-up lead comes here"
        room.take(Case(f"lead {number}", about, room.said(way.arms)), way, program.campaign.senders[0])
    return room.done()


@dataclass
class _Room:
    """A campaign with all that its mails are made with, and what was made so far."""

    workspace: Workspace
    program: Program
    desk: Desk
    uses: samples.Uses
    only: str | None
    preview: Preview
    is_one_person: bool = False  # whose fields are shown as they are
    _seen: dict[Any, int] = field(default_factory=dict)
    _tried: set[str] = field(default_factory=set)  # steps whose variants were shown

    @classmethod
    def of(cls, workspace: Workspace, campaign: str, stand_ins: StandIns, only: str | None) -> _Room:
        program = compile_program(_campaign(workspace, campaign), _schema(workspace))
        steps = {node.id: node.step for node in program.nodes if isinstance(node.step, EmailStep)}
        if only is not None and only not in steps:
            raise InputError(f"{campaign} sends no mail in a step {only[:60]!r}{_meant(only, steps)}")
        funnel = workspace.policies.funnel
        in_force = InForce(workspace.policies, compile_funnel(funnel), {}, {})
        renderer = Renderer(workspace.templates, stand_ins.links)
        desk = Desk(campaign, steps, in_force, renderer, stand_ins)
        uses = {name: _used(workspace, step) for name, step in steps.items()}
        return cls(workspace, program, desk, uses, only, Preview(campaign, tuple(steps)))

    def templates(self) -> list[Assembled]:
        """Return the campaign's mails in their layouts."""
        steps = (node.step for node in self.program.nodes if isinstance(node.step, EmailStep))
        return [_assembled(self.workspace, name) for step in steps for name in step.templates]

    def said(self, arms: Iterable[Arm]) -> tuple[str, ...]:
        return tuple(said(self.program, arm) for arm in arms)

    def take(self, case: Case, way: Way, sender: str, lead_id: int | None = None) -> None:
        """Make the mails of a way; one that was made for an earlier case in the same words stands for this one too."""
        self.preview.cases.append(case)
        self.desk.begin()
        for stop in way.stops:
            given, sent = self._given(stop, lead_id), None
            for variant in sorted({given, *self._variants(stop)}, key=lambda number: number or 0):
                made, key = self._make(stop, sender, variant)
                if variant == given and isinstance(made, Made):
                    sent = made
                if self.only in (None, stop.step):
                    self._show(case, stop, variant, made, key, lead_id)
            sender = experiments.chosen(stop.email, given, sender).sender  # who wrote goes on writing
            if sent is not None:
                self.desk.sent(sent)

    def _given(self, stop: Stop, lead_id: int | None) -> int | None:
        """Return the variant that the lead gets: the first one for somebody who is made up."""
        if lead_id is None:
            return 0 if stop.email.variants else None
        return experiments.arm(self.program.campaign, stop.step, stop.email, lead_id)

    def _variants(self, stop: Stop) -> list[int | None]:
        variants = stop.email.variants
        if variants is None:
            return [None]
        alike = stop.step in self._tried and not any("{" in text for text in variants.subject or ("{",))
        self._tried.add(stop.step)
        # Subjects that are the same for everybody are shown once.
        return [0] if alike else list(range(len(variants.arms)))

    def _make(self, stop: Stop, sender: str, variant: int | None) -> tuple[Made | str, Any]:
        thread = self.desk.thread_subject if stop.email.same_thread else None
        used = self.uses[stop.step]
        values = [str(stop.fields.get(name)) for name in used] if self.is_one_person else []
        key = (stop.step, variant, thread, *values, *samples.seen_in(stop.fields, sender, used))
        try:
            return self.desk.make(stop.step, stop.fields, sender, variant), key
        except (TemplateError, BadMail) as error:
            return str(error), key

    def _show(
        self, case: Case, stop: Stop, variant: int | None, made: Made | str, key: Any, lead_id: int | None
    ) -> None:
        mails = self.preview.mails
        if (at := self._seen.get(key)) is not None:
            mails[at] = _also(mails[at], case)
            return
        self._seen[key] = len(mails)
        number = sum(mail.step == stop.step for mail in mails) + 1
        template = stop.email.templates[variant or 0] if len(stop.email.templates) > 1 else stop.email.email
        label = self._label(stop, variant, lead_id)
        mail = made if isinstance(made, Made) else None
        problem = "" if isinstance(made, Made) else made
        mails.append(Shown(stop.step, number, template, label, (case.name,), mail, problem))

    def _label(self, stop: Stop, variant: int | None, lead_id: int | None) -> str:
        if variant is None:
            return ""
        label = f"variant {variant + 1}"
        if lead_id is None:
            return label
        return f"{label}, which this lead gets" if variant == self._given(stop, lead_id) else label

    def done(self) -> Preview:
        """Return the preview, in the order of the steps."""
        order = {name: place for place, name in enumerate(self.preview.steps)}
        self.preview.mails.sort(key=lambda mail: (order[mail.step], mail.number))
        return self.preview


def _also(mail: Shown, case: Case) -> Shown:
    cases = mail.cases if case.name in mail.cases else (*mail.cases, case.name)
    return Shown(mail.step, mail.number, mail.template, mail.variant, cases, mail.made, mail.problem)


def _assembled(workspace: Workspace, template: str) -> Assembled:
    return assembled(workspace.templates, find(workspace.templates, template))


def _used(workspace: Workspace, step: EmailStep) -> samples.Used:
    """Return the fields of a lead that a step's mail looks at."""
    subjects = (step.variants and step.variants.subject) or ()
    mails = [_assembled(workspace, name) for name in step.templates]
    return factors.used_in(mails, [subject_tree(subject) for subject in subjects])
