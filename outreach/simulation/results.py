"""Gathers what a simulation tells while it runs: what is kept grows with days, senders, steps and leads, not with mails."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from outreach.domain import pacing
from outreach.domain.policies import Sender, Team
from outreach.domain.words import Kind, Stage
from outreach.simulation.load import RepLoad, Reps
from outreach.simulation.missing import Path, StepResult, missed
from outreach.simulation.story import Did, Ended, Entered, HandedOff, Moved, Record, Sent, Skipped

DAY = timedelta(days=1)
SHARES = (0.5, 0.9, 0.99)
SECOND = timedelta(seconds=1)


class Steps(NamedTuple):
    """A campaign's steps: all by name in the order of the file, and those that send a mail."""

    order: Mapping[str, int]
    mails: tuple[str, ...]


class Stands(NamedTuple):
    """Where a lead stands when the simulation ends: at which step, since when it waits there, and for what."""

    lead_id: int
    campaign: str
    step: str
    why: str
    since: datetime | None = None
    sender: str = ""  # whose limit it waits for, else empty


@dataclass(frozen=True)
class Setting:
    """What a run is about: from when, for how many days, and with whom."""

    start: datetime
    days: int
    zone: ZoneInfo
    team: Team
    senders: Sequence[Sender]
    campaigns: Mapping[str, Steps]
    stages: Mapping[str, int]  # how many leads stand where at the start
    open_at_reps: Mapping[int, tuple[str, bool]]  # lead -> rep, and whether it is a deal already

    @property
    def until(self) -> datetime:
        return self.start + self.days * DAY


@dataclass(frozen=True)
class Mails:
    """How many mails a sender sent on a day, and how many it may."""

    day: date
    sender: str
    mails: int
    limit: int


@dataclass(frozen=True)
class Standing:
    """How many leads had this step as their latest mail at the end of a day, and were still under way."""

    day: date
    campaign: str
    step: str
    leads: int


@dataclass(frozen=True)
class Wait:
    """How long leads waited for one thing, in lead-days, and how often."""

    kind: str  # limit, ramp, gap, rep
    name: str
    lead_days: float
    times: int
    by_campaign: Mapping[str, float]  # lead-days


@dataclass(frozen=True)
class Run:
    """What became of one seed."""

    seed: str
    leads: int
    entered: int
    mails: int
    mails_by_day: tuple[Mails, ...]
    limits: Mapping[date, int]  # of all senders together, by day
    standing: tuple[Standing, ...]
    last_mail_on: date | None
    done_on: Mapping[
        str, date | None
    ]  # "50%" -> when that share of who entered had its last mail; none: not yet
    under_way: int  # leads that are not through at the end
    mqls: Mapping[date, int]  # by week, which is named by its Monday
    handoffs: Mapping[date, Mapping[str, int]]  # by week and rep
    stages_before: Mapping[str, int]
    stages_after: Mapping[str, int]
    steps: tuple[StepResult, ...]
    came_back: Mapping[str, int]  # what people did, by kind
    waits: tuple[Wait, ...]  # the longest first
    reps: tuple[RepLoad, ...]


class Results:
    """Told each record of one run, in order."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._mails: Counter[tuple[int, str]] = Counter()
        self._standing: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self._waits: Counter[tuple[str, str, str]] = Counter()  # kind, sender, campaign -> seconds
        self._waits_of: Counter[tuple[str, str]] = Counter()  # kind, sender -> how many
        self._mqls: Counter[int] = Counter()
        self._handoffs: Counter[tuple[int, str]] = Counter()
        self._moves: Counter[str] = Counter()
        self._did: Counter[str] = Counter()
        self._paths: dict[int, Path] = {}  # of who is under way, by lead
        self._ends: Counter[tuple[Path, str, str]] = Counter()
        self._last: dict[int, datetime] = {}  # lead -> when it had its latest mail
        self._latest: dict[int, str] = {}  # lead -> its latest step
        self._known: set[int] = set()
        self._at, self._on = datetime.min, 0  # the latest instant, and its day
        self._senders = {sender.name: sender for sender in setting.senders}
        self._reps = Reps(setting.team, setting.open_at_reps)
        self._bits = {
            name: {step: 1 << place for place, step in enumerate(steps.mails)}
            for name, steps in setting.campaigns.items()
        }
        self._tellings: dict[type, Callable[[Any], None]] = {
            Entered: self._entered,
            Sent: self._sent,
            Skipped: self._skipped,
            Ended: self._ended,
            Moved: self._moved,
            HandedOff: self._handed_off,
            Did: self._happened,
        }

    def resume(self, lead_id: int, campaign: str, sent: Iterable[str]) -> None:
        """Say of a lead that it is under way already when the simulation starts, and which steps it had."""
        self._known.add(lead_id)
        bits = self._bits.get(campaign, {})
        mask = 0
        for step in sent:
            mask |= bits.get(step, 0)
        self._paths[lead_id] = Path(campaign, mask, ())

    def tell(self, record: Record) -> None:
        """Take in what happened."""
        telling = self._tellings.get(type(record))
        if telling is not None:
            telling(record)

    def _day(self, at: datetime) -> int:
        if at is not self._at:  # many things happen at the same instant
            self._at, self._on = at, at.astimezone(self._setting.zone).toordinal()
        return self._on

    def _entered(self, record: Entered) -> None:
        self._known.add(record.lead_id)
        self._paths[record.lead_id] = Path(record.campaign, 0, ())

    def _sent(self, record: Sent) -> None:
        day = self._day(record.at)
        lead_id, campaign, step = record.lead_id, record.campaign, record.step
        self._mails[day, record.sender] += 1
        path = self._paths.get(lead_id) or Path(campaign, 0, ())
        bit = self._bits.get(campaign, {}).get(step, 0)
        self._paths[lead_id] = Path(path.campaign, path.sent | bit, path.skipped)
        self._leave_step(lead_id, campaign, day)
        self._standing[campaign, step][day] += 1
        self._latest[lead_id] = step
        self._last[lead_id] = record.at
        if record.queued_at < record.at:
            self._waited(campaign, record.sender, record.queued_at, record.at)

    def _leave_step(self, lead_id: int, campaign: str, day: int) -> None:
        before = self._latest.pop(lead_id, None)
        if before is not None:
            self._standing[campaign, before][day] -= 1

    def _waited(self, campaign: str, sender: str, since: datetime, until: datetime) -> None:
        kind = self._held_by(sender, since, until)
        self._waits[kind, sender, campaign] += (until - since) // SECOND
        self._waits_of[kind, sender] += 1

    def _held_by(self, name: str, since: datetime, until: datetime) -> str:
        """Return what of a sender made a mail wait: its gap within a day, else its limit, or the ramp towards it."""
        sender = self._senders.get(name)
        day = since.astimezone(self._setting.zone).date()
        if until.astimezone(self._setting.zone).date() == day:
            return "gap"
        if sender is not None and pacing.limit_on(sender, day) < sender.per_day:
            return "ramp"
        return "limit"

    def _skipped(self, record: Skipped) -> None:
        path = self._paths.get(record.lead_id) or Path(record.campaign, 0, ())
        skipped = (*path.skipped, (record.step, record.reason))
        self._paths[record.lead_id] = Path(path.campaign, path.sent, skipped)

    def _ended(self, record: Ended) -> None:
        path = self._paths.pop(record.lead_id, None) or Path(record.campaign, 0, ())
        self._leave_step(record.lead_id, record.campaign, self._day(record.at))
        self._ends[path, record.step, record.reason] += 1
        self._known.add(record.lead_id)

    def _moved(self, record: Moved) -> None:
        self._moves[record.before] -= 1
        self._moves[record.after] += 1
        if record.after == Stage.MQL and record.before == Stage.SUSPECT:
            self._mqls[_week(self._day(record.at))] += 1
        self._reps.moved(record)

    def _handed_off(self, record: HandedOff) -> None:
        is_first = self._reps.given(record)
        if is_first:
            self._handoffs[_week(self._day(record.at)), record.rep or "nobody"] += 1

    def _happened(self, record: Did) -> None:
        self._did[str(record.kind)] += 1
        self._reps.did(record)

    # -- the end -----------------------------------------------------------------------------------

    def finish(self, seed: str, still: Iterable[Stands]) -> Run:
        """Return what became of it; `still` says of each lead under way where it stands."""
        setting = self._setting
        stands = list(still)
        for each in stands:
            path = self._paths.pop(each.lead_id, None) or Path(each.campaign, 0, ())
            self._ends[path, each.step, f"waits: {each.why}"] += 1
            if each.since is not None and each.sender and each.since < setting.until:
                self._waited(each.campaign, each.sender, each.since, setting.until)
        under_way = {each.lead_id for each in stands}
        last = max(self._last.values(), default=None)
        return Run(
            seed=seed,
            leads=sum(setting.stages.values()),
            entered=len(self._known),
            mails=self._mails.total(),
            mails_by_day=tuple(self._by_day()),
            limits={day: self._limit(day) for day in self._days()},
            standing=tuple(self._by_step()),
            last_mail_on=self._date(last),
            done_on=self._done(under_way),
            under_way=len(under_way),
            mqls={date.fromordinal(week): count for week, count in sorted(self._mqls.items())},
            handoffs=self._handoffs_by_week(),
            stages_before={str(stage): setting.stages.get(stage, 0) for stage in Stage},
            stages_after={
                str(stage): setting.stages.get(stage, 0) + self._moves[stage] for stage in Stage
            },
            steps=missed(setting.campaigns, self._ends),
            came_back={kind: self._did[kind] for kind in map(str, Kind) if self._did[kind]},
            waits=self._longest_waits(),
            reps=self._reps.finish(setting.until),
        )  # fmt: skip

    def _date(self, at: datetime | None) -> date | None:
        return None if at is None else at.astimezone(self._setting.zone).date()

    def _by_day(self) -> Iterable[Mails]:
        for day, sender in sorted(self._mails):
            known, on = self._senders.get(sender), date.fromordinal(day)
            limit = pacing.limit_on(known, on) if known else 0
            yield Mails(on, sender, self._mails[day, sender], limit)

    def _days(self) -> Iterable[date]:
        first, last = self._day(self._setting.start), self._day(self._setting.until)
        return (date.fromordinal(day) for day in range(first, last + 1))

    def _limit(self, day: date) -> int:
        return sum(pacing.limit_on(sender, day) for sender in self._setting.senders)

    def _by_step(self) -> Iterable[Standing]:
        for name, steps in self._setting.campaigns.items():
            for step in steps.mails:
                total, changes = 0, self._standing.get((name, step), Counter())
                for day in self._days() if changes else ():
                    total += changes[day.toordinal()]
                    yield Standing(day, name, step, total)

    def _done(self, under_way: set[int]) -> dict[str, date | None]:
        """Return by when which share of all who entered had the last mail that they will get."""
        through = sorted(at for lead_id, at in self._last.items() if lead_id not in under_way)
        without = len(self._known) - len(self._known & (self._last.keys() | under_way))
        done: dict[str, date | None] = {}
        for share in SHARES:
            wanted = -(-len(self._known) * share // 1) - without
            place = max(int(wanted), 1) - 1
            done[f"{share:.0%}"] = self._date(through[place]) if place < len(through) else None
        return done

    def _handoffs_by_week(self) -> dict[date, Mapping[str, int]]:
        found: dict[date, dict[str, int]] = defaultdict(dict)
        for (week, rep), count in sorted(self._handoffs.items()):
            found[date.fromordinal(week)][rep] = count
        return dict(found)

    def _longest_waits(self) -> tuple[Wait, ...]:
        waits = [self._wait(kind, name, times) for (kind, name), times in self._waits_of.items()]
        for load in self._reps.finish(self._setting.until):
            if load.given:
                waits.append(Wait("rep", load.rep, round(load.waited_days, 3), load.given, {}))
        return tuple(sorted(waits, key=lambda wait: (-wait.lead_days, wait.kind, wait.name)))

    def _wait(self, kind: str, name: str, times: int) -> Wait:
        seconds = {key[2]: found for key, found in self._waits.items() if key[:2] == (kind, name)}
        days = {campaign: round(seconds[campaign] / 86_400, 3) for campaign in sorted(seconds)}
        return Wait(kind, name, round(sum(seconds.values()) / 86_400, 3), times, days)


def _week(day: int) -> int:
    """Return the Monday of the day's week."""
    return day - (day - 1) % 7
