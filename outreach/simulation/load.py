"""Follows what reps have at hand in a simulation: hand-offs not answered, deals not closed, and more than they can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.domain.policies import Team
from outreach.domain.words import Kind, Stage
from outreach.simulation.story import Did, HandedOff, Moved

DAY = timedelta(days=1)
NOBODY = "nobody"
ENDS = frozenset({Kind.DEAL_WON, Kind.DEAL_LOST})


@dataclass(frozen=True)
class RepLoad:
    """What came to one rep, and what became of it."""

    rep: str
    capacity: int
    given: int
    accepted: int
    rejected: int
    passed_on: int  # not answered in time
    won: int
    lost: int
    most_open: int
    over_capacity: int  # given although there was as much at hand as the rep can take
    waited_days: float  # lead-days from the hand-off to the answer, or to the end


class Reps:
    """Told what concerns reps, in order."""

    def __init__(self, team: Team, at_hand: Mapping[int, tuple[str, bool]]) -> None:
        self._capacity = {rep.name: rep.capacity for rep in team.reps}
        self._open: dict[int, tuple[str, datetime | None]] = {}  # lead -> rep, since when
        self._deals: dict[int, str] = {}
        self._withdrawn: dict[int, tuple[str, datetime]] = {}  # lead -> rep, since when it is
        self._load: Counter[str] = Counter()
        self._most: Counter[str] = Counter()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._waited: Counter[str] = Counter()
        for lead_id, (rep, is_deal) in at_hand.items():
            self._take(rep)
            if is_deal:
                self._deals[lead_id] = rep
            else:
                self._open[lead_id] = (rep, None)

    def _take(self, rep: str) -> None:
        self._load[rep] += 1
        self._most[rep] = max(self._most[rep], self._load[rep])

    def given(self, record: HandedOff) -> bool:
        """Take in a hand-off; False where it was passed on from another rep."""
        rep = record.rep or NOBODY
        passed_on = record.lead_id in self._open
        if passed_on:
            self._counts[self._close(record.lead_id, record.at), "passed_on"] += 1
        if self._load[rep] >= self._capacity.get(rep, 0) and rep != NOBODY:
            self._counts[rep, "over_capacity"] += 1
        self._counts[rep, "given"] += 1
        self._take(rep)
        self._open[record.lead_id] = (rep, record.at)
        return not passed_on

    def _close(self, lead_id: int, at: datetime) -> str:
        rep, since = self._open.pop(lead_id)
        self._load[rep] -= 1
        if since is not None:
            self._waited[rep] += (at - since) // timedelta(seconds=1)
        return rep

    def did(self, record: Did) -> None:
        """Take in an answer, or the end of a deal."""
        lead_id = record.lead_id
        if record.kind == Kind.HANDOFF_ACCEPTED and lead_id in self._open:
            rep = self._close(lead_id, record.at)
            self._counts[rep, "accepted"] += 1
            self._deals[lead_id] = rep
            self._load[rep] += 1
        elif record.kind == Kind.HANDOFF_REJECTED:
            self._reject(record)
        elif record.kind in ENDS and lead_id in self._deals:
            rep = self._deals.pop(lead_id)
            self._load[rep] -= 1
            self._counts[rep, "won" if record.kind == Kind.DEAL_WON else "lost"] += 1

    def _reject(self, record: Did) -> None:
        if record.lead_id in self._open:
            self._counts[self._close(record.lead_id, record.at), "rejected"] += 1
        elif self._withdrawn.get(record.lead_id, (None, None))[1] == record.at:
            # The lead has moved back by this very answer, which was told first.
            self._counts[self._withdrawn[record.lead_id][0], "rejected"] += 1

    def moved(self, record: Moved) -> None:
        """Take in that a lead has moved: what was open about it is withdrawn where it is no longer one for a rep."""
        gone = record.after not in (Stage.SQL, Stage.OPPORTUNITY)
        if record.before == Stage.SQL and gone and record.lead_id in self._open:
            self._withdrawn[record.lead_id] = (self._close(record.lead_id, record.at), record.at)

    def finish(self, until: datetime) -> tuple[RepLoad, ...]:
        """Return what came to each rep, in the order of the team; last what nobody may take, if there is any."""
        waited = Counter(self._waited)
        for rep, since in self._open.values():
            if since is not None:
                waited[rep] += (until - since) // timedelta(seconds=1)
        names = [*self._capacity, *([NOBODY] if self._counts[NOBODY, "given"] else [])]
        return tuple(self._of(rep, waited[rep]) for rep in names)

    def _of(self, rep: str, waited: int) -> RepLoad:
        count = {
            what: self._counts[rep, what]
            for what in ("given", "accepted", "rejected", "passed_on", "won", "lost", "over_capacity")
        }
        return RepLoad(
            rep,
            self._capacity.get(rep, 0),
            most_open=self._most[rep],
            waited_days=waited / 86_400,
            **count,
        )
