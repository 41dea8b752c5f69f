"""The story of a mail and of a campaign as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outreach.domain.words import CampaignStatus
from outreach.explain.text import When, clock, going
from outreach.explain.values import CampaignStory, Happening, MessageStory, SenderLoad


def message_lines(story: MessageStory) -> list[str]:
    """Return the life of a mail as lines, times in the lead's zone."""
    when = clock(story.zone)
    out = [
        f"message {story.id}: {story.template} to {story.email}",
        f"  campaign {story.campaign} version {story.version}, step {story.step}, sender {story.sender}",
        f"  subject {story.subject or 'not written yet'}",
        f"  Message-ID {story.rfc_message_id}",
        f"  times in {story.zone}",
        "",
        f"status: {story.status}",
    ]
    if story.going is not None:
        out.append(f"  {story.going.why}")
        out += [f"  {line}" for line in going(story.going, when)]
        out += [f"  put off to {when(hold.until)}: {hold.why}" for hold in story.going.holds[:3]]
    out += ["", "born:", *(f"  {line}" for line in story.born)]
    if story.variant:
        out.append(f"  {story.variant}")
    out += ["", "life:", *_happenings(story.life, when)]
    if not story.not_known:
        out.append(f"  {_times(story.claims, 'claimed')}, {_times(story.attempts, 'tried')}")
    out += ["", "came back:", *(_happenings(story.came_back, when) or ["  nothing"])]
    out += ["", "may it be sent again:", f"  {story.again}"]
    if story.not_known:
        out += ["", "not known any more:", *(f"  {line}" for line in story.not_known)]
    return out


def _times(count: int, what: str) -> str:
    words = {0: "never", 1: "once", 2: "twice"}
    return f"{what} {words.get(count, f'{count} times')}"


def _happenings(found: tuple[Happening, ...], when: When) -> list[str]:
    lines = []
    for each in found:
        verdict = f" [{each.verdict}]" if each.verdict not in ("", "human") else ""
        lines.append(f"  {when(each.at)}  {each.kind}{verdict}  {each.what}".rstrip())
    return lines


def campaign_lines(story: CampaignStory) -> list[str]:
    """Return how a campaign stands as lines, times in the organisation's zone."""
    when = clock(story.zone)
    out = [
        f"{story.name}: {story.status}, version {story.version}, priority {story.priority}",
        f"  {when(story.at)}, times in {story.zone}",
        f"  for {story.audience}",
        "",
        f"entered: {story.entered:,}",
        *_counts(story.by_status),
    ]
    out += _block("ended", _counts(story.ended_by))
    steps = [f"  {each.count:>7,}  {each.step} ({each.kind})" for each in story.steps]
    out += _block("stand at", steps)
    out += _block("wait for", _counts(story.held))
    out += ["", "senders:", *(line for each in story.senders for line in _load(each, when))]
    out += _block("who enters", [f"  {line}" for line in _entering(story)])
    if story.not_known:
        out += ["", "not known any more:", *(f"  {line}" for line in story.not_known)]
    return out


def _counts(found: Mapping[str, int]) -> list[str]:
    return [f"  {count:>7,}  {what}" for what, count in found.items()]


def _block(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", *lines] if lines else []


def _load(load: SenderLoad, when: When) -> Iterator[str]:
    limit = "no limit known" if load.limit_today is None else f"{load.limit_today:,}"
    yield f"  {load.sender}: {load.sent_today:,} of {limit} sent today"
    if load.note:
        yield f"    {load.note}"
    left = max((load.limit_today or 0) - load.sent_today, 0)
    if load.due_today is not None and load.due_this_week is not None:
        yield f"    due today: {load.due_today:,} mails at most, {left:,} left of the limit"
        week = "" if load.week_limit is None else f", and the limits of 7 days are {load.week_limit:,}"
        yield f"    due within 7 days: {load.due_this_week:,} at most{week}"
    if load.queued_of_all:
        by = (
            f", the last goes by {when(load.empty_at)} at this pace"
            if load.empty_at
            else ", and not within years"
        )
        yield f"    queued now: {load.queued:,} of this campaign, {load.queued_of_all:,} of all{by}"


def _entering(story: CampaignStory) -> Iterator[str]:
    if not story.would_enter and not story.not_in:
        return
    when = (
        "with the next look"
        if story.status == CampaignStatus.RUNNING
        else f"if it ran (it is {story.status})"
    )
    yield f"would enter {when}: {story.would_enter:,}"
    yield from (f"  {email}" for email in story.next_to_enter)
    if story.would_enter > len(story.next_to_enter) > 0:
        yield f"  and {story.would_enter - len(story.next_to_enter):,} more"
    if story.not_in:
        yield "do not enter:"
        yield from _counts(story.not_in)
