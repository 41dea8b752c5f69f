"""An explanation of a lead as lines for a terminal, times in the lead's own zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.domain.counterfactuals import Part
from outreach.explain.values import Explanation, Going, MailLine, Next, NotIn, NotMoved

When = Callable[[datetime | None], str]


def clock(zone_name: str) -> When:
    """Return what writes an instant in that zone: "Tue 24 Nov 2026 09:12"."""
    zone = ZoneInfo(zone_name)

    def when(at: datetime | None) -> str:
        return at.astimezone(zone).strftime("%a %d %b %Y %H:%M") if at else "when something happens"

    return when


def lines(explanation: Explanation, *, history: bool = True) -> list[str]:
    """Return the explanation as lines, times in the lead's own zone."""
    when = clock(explanation.zone)
    out = [*_head(explanation, when), *_why(explanation, when)]
    out += _section("held", explanation.held)
    out += _section("moves that do not apply", _moves(explanation, when))
    out += _section(
        "campaigns",
        [f"{when(each.since_at)}  {each.what}  {each.because}" for each in explanation.campaigns]
        or ["none yet"],
    )
    out += _section("not in", [line for each in explanation.not_in for line in _not_in(each, when)])
    mails = [line for each in explanation.mails for line in _mail(each, when)]
    out += _section("mails", mails or ["none yet"])
    out += _section("next", [line for each in explanation.next for line in _next(each, when)])
    out += _section(
        "until then, if nothing else happens",
        [f"{when(each.at)}  {each.kind}  {each.what}" for each in explanation.expected],
    )
    out += _section("not known any more", explanation.not_known)
    return out + (_history(explanation, when) if history else [])


def _section(title: str, content: object) -> list[str]:
    found = list(content)  # type: ignore[call-overload]
    return ["", f"{title}:", *(f"  {line}" for line in found)] if found else []


def _head(explanation: Explanation, when: When) -> Iterator[str]:
    yield f"{explanation.name or explanation.email} <{explanation.email}>  lead {explanation.lead_id}"
    owner = explanation.owner or "nobody yet"
    yield f"  source {explanation.source}, consent {explanation.consent}, owner {owner}"
    yield f"  times in {explanation.zone}"
    if explanation.view == "past":
        yield f"  as it stood on {when(explanation.at)}"
    elif explanation.view == "future":
        yield f"  as it would stand on {when(explanation.at)} if nothing happened until then"


def _why(explanation: Explanation, when: When) -> Iterator[str]:
    for title, reason in (
        ("stage", explanation.stage),
        ("score", explanation.score),
        ("temperature", explanation.temperature),
    ):
        since = f" since {when(reason.since_at)}" if reason.since_at else ""
        yield ""
        yield f"{title}: {reason.what}{since}"
        yield f"  {reason.because}"
        yield from (f"    {line}" for line in reason.evidence)


# -- what does not apply ---------------------------------------------------------------------------


def _moves(explanation: Explanation, when: When) -> Iterator[str]:
    for move in explanation.moves:
        yield f"{move.to}: {move.because} (rule {move.rule})"
        yield from (f"  {line}" for line in _move(move, when))


def _move(move: NotMoved, when: When) -> Iterator[str]:
    yield from parts(move.parts)
    if all(part.holds for part in move.parts) and move.ripe_at is None:
        yield "applies: with the next look, unless a rule before it does"
        return
    if move.ripe_at is not None:
        yield f"not before {when(move.ripe_at)}: so long it has to be in the stage"
    if move.ways:
        yield f"would apply now with {', or '.join(way.what for way in move.ways)}"
    if move.by_itself_at is not None:
        yield f"applies by itself on {when(move.by_itself_at)} if nothing happens"


def parts(found: tuple[Part, ...]) -> Iterator[str]:
    """Yield what is true and what is false of a condition, with what stands there and what it needs."""
    for part in found:
        said = f" ({part.found})" if part.found else ""
        # One that is written as it is needed says nothing new.
        needs = f", needs {part.needs}" if part.needs not in ("", part.text) else ""
        yield f"{'true ' if part.holds else 'false'}: {part.text}{said}{needs}"


def _not_in(each: NotIn, when: When) -> Iterator[str]:
    could = f"; from {when(each.could_at)} on" if each.could_at else ""
    if all(part.holds for part in each.parts):
        yield f"{each.campaign}: {each.why}{could}"
        return
    yield f"{each.campaign}: not of its audience"
    yield from (f"  {line}" for line in parts(each.parts))


# -- mails and what is next ------------------------------------------------------------------------


def _mail(mail: MailLine, when: When) -> Iterator[str]:
    which = f"message {mail.id}" if mail.id > 0 else "not yet there"
    waited = f"; {mail.waited_for}" if mail.waited_for else ""
    at = mail.going.at if mail.going else mail.at
    moment = when(at) if at else "not by itself".ljust(21)
    yield f"{moment}  {mail.status:12}  {mail.template}  ({mail.campaign}, {which})  {mail.why}{waited}"
    if mail.going is not None:
        yield from (f"  {line}" for line in going(mail.going, when))


def going(found: Going, when: When) -> Iterator[str]:
    """Yield when a mail goes that waits, and what would have it go sooner."""
    if found.at is None:
        if found.before and not found.is_exact:
            yield f"no slot in more than a year: {found.before:,} mails of the sender before it"
        return
    about = "" if found.is_exact else "about "
    before = (
        f" ({found.before} mail{'s' if found.before != 1 else ''} of the sender before it)"
        if found.before
        else ""
    )
    yield f"next slot {about}{when(found.at)}{before}"
    if found.sooner_at is not None:
        yield f"with a limit of {found.sooner_limit} a day it would go today, {when(found.sooner_at)}"
    if not found.is_exact:
        yield "many wait before it, so this is counted from the limits and not played"


def _next(each: Next, when: When) -> Iterator[str]:
    why = f"  ({each.why})" if each.why else ""
    yield f"{when(each.at)}  {each.what}{why}"
    if each.unless:
        yield f"  unless {each.unless}"


def _history(explanation: Explanation, when: When) -> list[str]:
    out = ["", "history:"]
    for each in explanation.history:
        verdict = "" if each.verdict == "human" else f" [{each.verdict}]"
        out.append(f"  {when(each.at)}  {each.kind}{verdict}  {each.what}")
    return out
