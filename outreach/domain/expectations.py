"""Judges what happened to a lead by what a test expects: each thing that is not so, and where it parts from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from outreach.domain.campaign_tests import Expect, ExpectedMail, ExpectedStage, ExpectedTask
from outreach.domain.closures import why_closed
from outreach.domain.durations import Duration
from outreach.domain.moments import Moment, Span
from outreach.domain.timelines import Entry, Mark, Played, What
from outreach.domain.words import EnrollmentStatus
from outreach.domain.written import parse_hours

MINUTE = timedelta(minutes=1)


class Miss(NamedTuple):
    """An expectation that is not met: its place below `expect`, what is so instead, and where the two part."""

    path: tuple[str | int, ...]
    message: str
    mark: Mark


def judge(expect: Expect, played: Played) -> list[Miss]:
    """Return all that is not as expected, in the order in which a file lists it."""
    missed: list[Miss] = []
    for word, check in CHECKS.items():
        if (value := getattr(expect, word)) is not None:
            missed += check(played, value, (word,))
    return missed


# -- mails ---------------------------------------------------------------------------------------------

Path = tuple[str | int, ...]


def _mails(played: Played, wanted: Sequence[ExpectedMail], path: Path) -> Iterator[Miss]:
    sent = played.of(What.MAIL)
    for number, each in enumerate(wanted):
        here = (*path, number)
        if number >= len(sent):
            yield _never_went(played, each, here)
            return
        index, entry = sent[number]
        if each.template not in (entry.name, entry.step):
            message = f"expected mail {number + 1} to be {each.template}; it was {_went(played, entry)}"
            yield Miss(here, message, Mark(f"expected {each.template}", index))
            return
        yield from _in_time(played, each, index, entry, here)
    if len(sent) > len(wanted):
        index, entry = sent[len(wanted)]
        after = f"no mail after {wanted[-1].template}" if wanted else "no mail"
        yield _unwanted(played, index, after, path)


def _mail(played: Played, wanted: ExpectedMail, path: Path) -> Iterator[Miss]:
    found = [each for each in played.of(What.MAIL) if wanted.template in (each[1].name, each[1].step)]
    if not found:
        yield _never_went(played, wanted, path)
        return
    yield from _in_time(played, wanted, *found[0], path)


def _in_time(played: Played, wanted: ExpectedMail, index: int, entry: Entry, path: Path) -> Iterator[Miss]:
    for word, (written, is_right) in TIMES.items():
        moment = getattr(wanted, word)
        if moment is None:
            continue
        said, span = f"expected {wanted.template} {written} {moment}", played.span(moment)
        if span is None:
            yield _uncounted(played, said, moment, (*path, word))
        elif not is_right(entry.at, span):
            why = _why_late(played, entry, span) if entry.at >= span.end else ""
            because = f": {why}" if why else ""
            mark = Mark(f"expected {written} {moment}{because}", index)
            yield Miss((*path, word), f"{said}; it went on {played.day(entry.at)}{because}", mark)
    if wanted.sender and entry.who != wanted.sender:
        message = f"expected {wanted.template} from {wanted.sender}; it went from {entry.who}"
        yield Miss((*path, "sender"), message, Mark(f"expected from {wanted.sender}", index))


TIMES: Mapping[str, tuple[str, Callable[[datetime, Span], bool]]] = {
    "at": ("at", lambda at, span: span.first <= at < span.end),
    "by": ("by", lambda at, span: at < span.end),
    "not_before": ("not before", lambda at, span: at >= span.first),
}
"""What a mail's times ask: how they are said, and whether one is right."""


def _why_late(played: Played, entry: Entry, wanted: Span) -> str:
    """Return what kept the mail back for longer than was expected, in order of what it met last."""
    due_at = entry.due_at or entry.at
    ready_at = entry.ready_at or due_at
    if entry.at >= due_at + MINUTE:
        return f"it was due on {played.day(due_at)} and waited for sender {entry.who}"
    why = []
    if ready_at >= wanted.end and ready_at < due_at:
        why.append(f"the steps before it took until {played.day(ready_at)}")
    since = max(ready_at, entry.back_at or ready_at)
    if since > ready_at and since >= wanted.end:
        why.append(f"the lead was away until {played.day(since)}")
    closed = why_closed(played.window, since, due_at, played.zone, played.country) if since < due_at else ""
    if closed:
        why.append(f"the window was closed ({closed})")
    return ", and ".join(why)


def _never_went(played: Played, wanted: ExpectedMail, path: Path) -> Miss:
    moment = wanted.at or wanted.by or wanted.not_before
    when = f" {'by' if wanted.by and not wanted.at else 'at'} {moment}" if wanted.at or wanted.by else ""
    said = f"expected {wanted.template}{when}"
    span = played.span(moment) if moment else None
    mark = Mark(f"expected {wanted.template}{when}", at=span.end if span else None)
    skipped = next((each for each in played.of(What.SKIPPED) if wanted.template == each[1].name), None)
    if skipped:
        why = f"it was skipped on {played.day(skipped[1].at)}: {skipped[1].detail}"
        mark = Mark(mark.text, skipped[0])
    else:
        why = f"it never went: {_standing(played)}"
    return Miss(path, f"{said}; {why}", mark)


def _standing(played: Played) -> str:
    """Return what became of the lead in the campaign."""
    ended = _end(played)
    if ended:
        return f"the campaign ended on {played.day(ended[1].at)} ({ended[1].detail})"
    if not any(entry.campaign == played.campaign for _, entry in played.of(What.ENTERED)):
        return "the lead never entered the campaign"
    return f"the test ends on {played.day(played.end_at)}, before the campaign does"


def _end(played: Played) -> tuple[int, Entry] | None:
    return next((each for each in played.of(What.ENDED) if each[1].campaign == played.campaign), None)


def _went(played: Played, entry: Entry) -> str:
    return f"{entry.name}, on {played.day(entry.at)}"


def _unwanted(played: Played, index: int, wanted: str, path: Path) -> Miss:
    entry = played.entries[index]
    message = f"expected {wanted}; {entry.name} went on {played.day(entry.at)}"
    return Miss(path, message, Mark(f"expected {wanted}", index))


def _uncounted(played: Played, said: str, moment: Moment, path: Path) -> Miss:
    message = f"{said}; {moment.anchor} never went: {_standing(played)}"
    return Miss(path, message, Mark(said))


def _no_mail(played: Played, wanted: bool, path: Path) -> Iterator[Miss]:
    if sent := played.of(What.MAIL):
        yield _unwanted(played, sent[0][0], "no mail", path)


def _no_mail_after(played: Played, wanted: Moment, path: Path) -> Iterator[Miss]:
    said = f"no mail after {wanted}"
    span = played.span(wanted)
    if span is None:
        yield _uncounted(played, f"expected {said}", wanted, path)
        return
    late = [index for index, entry in played.of(What.MAIL) if entry.at >= span.end]
    if late:
        yield _unwanted(played, late[0], said, path)


def _never(played: Played, wanted: Sequence[str], path: Path) -> Iterator[Miss]:
    for number, template in enumerate(wanted):
        for index, entry in played.of(What.MAIL):
            if template in (entry.name, entry.step):
                yield _unwanted(played, index, f"{template} never to go", (*path, number))
                break


def _at_most(played: Played, wanted: int, path: Path) -> Iterator[Miss]:
    sent = played.of(What.MAIL)
    if len(sent) > wanted:
        index, entry = sent[wanted]
        said = f"at most {wanted} mail{'' if wanted == 1 else 's'}"
        message = f"expected {said}; {len(sent)} went, {_went(played, entry)} was one too many"
        yield Miss(path, message, Mark(f"expected {said}", index))


def _sender(played: Played, wanted: str, path: Path) -> Iterator[Miss]:
    for index, entry in played.of(What.MAIL):
        if entry.who != wanted:
            message = f"expected all mails from {wanted}; {entry.name} went from {entry.who}"
            yield Miss(path, message, Mark(f"expected from {wanted}", index))
            return
    if not played.of(What.MAIL):
        message = f"expected all mails from {wanted}; none went: {_standing(played)}"
        yield Miss(path, message, Mark(f"expected mails from {wanted}"))


def _between(played: Played, wanted: str, path: Path) -> Iterator[Miss]:
    opens, closes = parse_hours(wanted)
    for index, entry in played.of(What.MAIL):
        local = entry.at.astimezone(played.zone)
        if not opens <= local.hour * 60 + local.minute < closes:
            yield _unwanted(played, index, f"mails only between {wanted}", path)
            return


# -- hand-offs and tasks ---------------------------------------------------------------------------------


def _within(played: Played, kind: What, what: str, wanted: Duration, path: Path) -> Iterator[Miss]:
    first = min(played.given_at, default=played.start_at)
    since = max(played.given_at, default=played.start_at)
    until = wanted.after(since, played.zone)
    found = [each for each in played.of(kind) if each[1].at >= first]
    if found and found[0][1].at <= until:
        return
    said = f"{what} within {wanted} of {played.day(since)}"
    if found:
        message = f"expected {said}; it came on {played.day(found[0][1].at)}"
        yield Miss(path, message, Mark(f"expected {said}", found[0][0]))
    else:
        message = f"expected {said}; there was none: {_stands(played)}"
        yield Miss(path, message, Mark(f"expected {said}", at=until + MINUTE))


def _stands(played: Played, at: datetime | None = None) -> str:
    """Return the lead's stage, at the end or at a time, and since when."""
    moves = [entry for _, entry in played.of(What.STAGE) if at is None or entry.at < at]
    if not moves:
        return f"the lead stays {played.stage}"
    because = f" ({moves[-1].detail})" if moves[-1].detail else ""
    return f"the lead is {moves[-1].name} since {played.day(moves[-1].at)}{because}"


def _handoff_within(played: Played, wanted: Duration, path: Path) -> Iterator[Miss]:
    return _within(played, What.HANDOFF, "a hand-off", wanted, path)


def _task_within(played: Played, wanted: Duration, path: Path) -> Iterator[Miss]:
    return _within(played, What.TASK, "a task", wanted, path)


def _handoff_to(played: Played, wanted: str, path: Path) -> Iterator[Miss]:
    handed = played.of(What.HANDOFF)
    if not handed:
        message = f"expected a hand-off to {wanted}; there was none: {_stands(played)}"
        yield Miss(path, message, Mark(f"expected a hand-off to {wanted}"))
    elif handed[0][1].name != wanted:
        index, entry = handed[0]
        rep = entry.name or "nobody"
        message = f"expected a hand-off to {wanted}; it went to {rep} on {played.day(entry.at)}"
        yield Miss(path, message, Mark(f"expected to {wanted}", index))


def _no_handoff(played: Played, wanted: bool, path: Path) -> Iterator[Miss]:
    for index, entry in played.of(What.HANDOFF)[:1]:
        message = f"expected no hand-off; {entry.name or 'nobody'} got one on {played.day(entry.at)}"
        yield Miss(path, message, Mark("expected no hand-off", index))


def _task(played: Played, wanted: ExpectedTask, path: Path) -> Iterator[Miss]:
    said = f"a task {wanted.kind}" + (f" by {wanted.by}" if wanted.by else "")
    span = played.span(wanted.by) if wanted.by else None
    if wanted.by and span is None:
        yield _uncounted(played, f"expected {said}", wanted.by, (*path, "by"))
        return
    tasks = played.of(What.TASK)
    found = next((each for each in tasks if each[1].name == wanted.kind), None)
    if found is None:
        others = ", ".join(dict.fromkeys(entry.name for _, entry in tasks))
        why = f"there were only {others}" if others else f"there was none: {_standing(played)}"
        yield Miss(path, f"expected {said}; {why}", Mark(f"expected {said}", at=span.end if span else None))
        return
    index, entry = found
    if span and entry.at >= span.end:
        message = f"expected {said}; it was opened on {played.day(entry.at)}"
        yield Miss((*path, "by"), message, Mark(f"expected by {wanted.by}", index))
    if wanted.to and entry.who != wanted.to:
        message = f"expected a task {wanted.kind} for {wanted.to}; it is for {entry.who or 'nobody'}"
        yield Miss((*path, "to"), message, Mark(f"expected for {wanted.to}", index))


# -- entering, stage and end ---------------------------------------------------------------------------------------


def _enters(played: Played, wanted: bool, path: Path) -> Iterator[Miss]:
    entered = [each for each in played.of(What.ENTERED) if each[1].campaign == played.campaign]
    if entered and not wanted:
        index, entry = entered[0]
        message = f"expected it not to enter; it did on {played.day(entry.at)}"
        yield Miss(path, message, Mark("expected not to enter", index))


def _stage(played: Played, wanted: ExpectedStage, path: Path) -> Iterator[Miss]:
    span = played.span(wanted.at) if wanted.at else None
    if wanted.at and span is None:
        yield _uncounted(played, f"expected stage {wanted.is_} at {wanted.at}", wanted.at, (*path, "at"))
        return
    until = span.end if span else None
    moves = [each for each in played.of(What.STAGE) if until is None or each[1].at < until]
    stage = moves[-1][1].name if moves else played.stage
    if stage == wanted.is_:
        return
    when = f"at {wanted.at}" if wanted.at else f"at the end ({played.day(played.end_at)})"
    message = f"expected stage {wanted.is_} {when}; {_stands(played, until)}"
    mark = Mark(f"expected stage {wanted.is_} {when}", moves[-1][0] if moves and not until else None, until)
    yield Miss(path, message, mark)


def _ends(played: Played, wanted: str, path: Path) -> Iterator[Miss]:
    ended = _end(played)
    if ended is None:
        message = f"expected it to end, {wanted}; {_standing(played)}"
        yield Miss(path, message, Mark(f"expected to end, {wanted}"))
    elif wanted not in (ended[1].name, ended[1].detail.partition(":")[0]):
        index, entry = ended
        message = f"expected it to end, {wanted}; it ended on {played.day(entry.at)}, {entry.detail}"
        yield Miss(path, message, Mark(f"expected {wanted}", index))


Check = Callable[[Played, Any, Path], Iterable[Miss]]

CHECKS: Mapping[str, Check] = {
    "enters": _enters,
    "mails": _mails,
    "mail": _mail,
    "no_mail": _no_mail,
    "no_mail_after": _no_mail_after,
    "never": _never,
    "mails_at_most": _at_most,
    "sender": _sender,
    "between": _between,
    "handoff_within": _handoff_within,
    "handoff_to": _handoff_to,
    "no_handoff": _no_handoff,
    "task": _task,
    "task_within": _task_within,
    "stage": _stage,
    "ends": _ends,
}
"""What each word of `expect` asks; `until` asks nothing."""

STATUSES = frozenset({str(EnrollmentStatus.FINISHED), str(EnrollmentStatus.STOPPED)})
