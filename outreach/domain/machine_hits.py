"""Judges who fetched an open pixel or a click link: a person, a machine, or a mail client's proxy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from outreach.domain import user_agents
from outreach.domain.scanner_networks import OF_PROXIES, PUBLISHED, Networks
from outreach.domain.words import Verdict

VERSION = 2
"""Kept with each verdict, so that old facts can be judged again by better rules."""

BURST = timedelta(seconds=1.5)
"""Several links of one mail within this time: nobody reads that fast."""

TRAP = timedelta(seconds=10)
"""So long before and after somebody follows the hidden link, whoever asks for that mail's links is a machine."""

TOO_SOON = timedelta(seconds=1)
"""A hit this soon after the mail was taken comes from the receiving server."""

UNREAD = timedelta(seconds=5)
"""A click this soon after the mail was taken, when nobody has opened it yet, may come from there too."""

LATE_OUTCOME = timedelta(minutes=1)
"""A hit longer than this before the mail was taken: that time was learned afterwards and says nothing."""

CROWD, CROWDED = timedelta(seconds=5), 3
"""One address that follows links of so many people's mails within this time is a gateway that looks at them."""

USER_AGENT_LENGTH = user_agents.LENGTH

HOLD = BURST + timedelta(seconds=0.5)
"""When a hit can be judged: the time of a burst is over, and what other processes took has been written down."""

TOLD_HEADERS = ("purpose", "sec-purpose", "x-purpose", "x-moz", "sec-fetch-mode", "sec-fetch-dest")
"""Headers that tell something of the maker; they are kept, in lower case."""

_PREFETCH_HEADERS = TOLD_HEADERS[:4]
_PREFETCH_WORDS = ("prefetch", "prerender", "preview")


class Judgement(NamedTuple):
    """Who did it, and by which rule."""

    verdict: Verdict
    rule: str


UNDECIDED = Judgement(Verdict.UNKNOWN, "undecided")
"""Nothing in the request gives a machine away; what comes around it may."""

HUMAN = Judgement(Verdict.HUMAN, "no_rule")


@dataclass(frozen=True)
class Hit:
    """One request for a pixel or a link, with what it tells of its maker. Header names are in lower case."""

    method: str
    user_agent: str
    at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    link: int | None = None  # its number in the mail; none: the pixel, or the hidden link
    is_honeypot: bool = False
    network: str = ""  # /24 or /48
    source: str = ""  # keyed hash of the address; nothing where it is not known or many share it

    @property
    def is_click(self) -> bool:
        return self.link is not None


def hit_of(at: datetime, data: Mapping[str, Any]) -> Hit:
    """Return the hit that an event's `data` tells of."""
    headers = data.get("headers")
    return Hit(
        str(data.get("method", "")),
        str(data.get("user_agent", "")),
        at,
        headers if isinstance(headers, Mapping) else {},
        data["link"] if isinstance(data.get("link"), int) else None,
        data.get("honeypot") is True,
        str(data.get("network", "")),
        str(data.get("source", "")),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a hit beside the request itself."""

    sent_at: datetime | None = None  # when the mail was taken; none: not known
    in_burst: bool = False
    near_honeypot: bool = False
    in_crowd: bool = False
    was_opened: bool = False  # before, by whatever loads a mail's pictures

    def since_sent(self, hit: Hit) -> timedelta | None:
        """Return how long after the mail was taken the hit came, None where nobody can tell."""
        if self.sent_at is None or self.sent_at - hit.at > LATE_OUTCOME:
            return None
        return hit.at - self.sent_at


# -- the rules -------------------------------------------------------------------------------------

Request = Callable[[Hit, Networks], bool]
Timing = Callable[[Hit, Around], bool]


def _is_head(hit: Hit, known: Networks) -> bool:
    return hit.method == "HEAD"


def _is_honeypot(hit: Hit, known: Networks) -> bool:
    return hit.is_honeypot


def _is_prefetch(hit: Hit, known: Networks) -> bool:
    return bool(hit.headers) and any(
        word in hit.headers.get(name, "").lower() for name in _PREFETCH_HEADERS for word in _PREFETCH_WORDS
    )


def _is_no_navigation(hit: Hit, known: Networks) -> bool:
    # A browser that follows a link says so (W3C Fetch Metadata); a script or a preview that fetches one does too.
    return hit.is_click and hit.headers.get("sec-fetch-mode", "navigate").lower() != "navigate"


def _says_nothing(hit: Hit, known: Networks) -> bool:
    return not hit.user_agent.strip()


def _says(words: tuple[str, ...]) -> Request:
    return lambda hit, known: user_agents.names_one_of(hit.user_agent, words)


def _is_privacy_relay(hit: Hit, known: Networks) -> bool:
    return not hit.is_click and user_agents.is_bare(hit.user_agent)


def _is_bare(hit: Hit, known: Networks) -> bool:
    return hit.is_click and user_agents.is_bare(hit.user_agent)


def _is_crawler(hit: Hit, known: Networks) -> bool:
    return user_agents.is_known_crawler(hit.user_agent)


def _is_office(hit: Hit, known: Networks) -> bool:
    return hit.is_click and user_agents.names_one_of(hit.user_agent, (user_agents.OFFICE,))


def _is_scanner_network(hit: Hit, known: Networks) -> bool:
    return known.owner(hit.network) is not None


def _is_proxy_network(hit: Hit, known: Networks) -> bool:
    return not hit.is_click and OF_PROXIES.owner(hit.network) is not None


def _is_out_of_date(hit: Hit, known: Networks) -> bool:
    return hit.is_click and user_agents.is_out_of_date(hit.user_agent)


def _is_of_the_future(hit: Hit, known: Networks) -> bool:
    return user_agents.is_of_the_future(hit.user_agent, hit.at)


def _is_too_soon(hit: Hit, around: Around) -> bool:
    since = around.since_sent(hit)
    # Long before the mail was taken: that time was written down late.
    return since is not None and -TOO_SOON <= since < TOO_SOON


def _is_before_opening(hit: Hit, around: Around) -> bool:
    since = around.since_sent(hit)
    return hit.is_click and not around.was_opened and since is not None and since < UNREAD


BY_REQUEST: tuple[tuple[str, Verdict, Request], ...] = (
    ("head", Verdict.MACHINE, _is_head),
    ("honeypot", Verdict.MACHINE, _is_honeypot),
    ("prefetch", Verdict.MACHINE, _is_prefetch),
    ("no_navigation", Verdict.MACHINE, _is_no_navigation),
    ("no_user_agent", Verdict.MACHINE, _says_nothing),
    ("image_proxy", Verdict.PROXY, _says(user_agents.PROXIES)),
    ("privacy_relay", Verdict.PROXY, _is_privacy_relay),
    ("bare_user_agent", Verdict.MACHINE, _is_bare),
    ("scanner", Verdict.MACHINE, _says(user_agents.SCANNERS)),
    ("crawler", Verdict.MACHINE, _is_crawler),
    ("program", Verdict.MACHINE, _says(user_agents.PROGRAMS)),
    ("office_probe", Verdict.MACHINE, _is_office),
    ("scanner_network", Verdict.MACHINE, _is_scanner_network),
    ("proxy_network", Verdict.PROXY, _is_proxy_network),
)
"""What a request says of itself, in this order; it is enough, whatever comes around it."""

BY_TIMING: tuple[tuple[str, Verdict, Timing], ...] = (
    ("near_honeypot", Verdict.MACHINE, lambda hit, around: around.near_honeypot),
    ("burst", Verdict.MACHINE, lambda hit, around: around.in_burst),
    ("crowd", Verdict.MACHINE, lambda hit, around: around.in_crowd),
    ("too_soon", Verdict.MACHINE, _is_too_soon),
)
"""What the hits around it give away, once they are all there."""

DOUBTS: tuple[tuple[str, Verdict, Request], ...] = (
    ("browser_of_the_future", Verdict.UNKNOWN, _is_of_the_future),
    ("old_browser", Verdict.UNKNOWN, _is_out_of_date),
)
BY_DOUBTFUL_TIMING: tuple[tuple[str, Verdict, Timing], ...] = (
    ("before_opening", Verdict.UNKNOWN, _is_before_opening),
)
"""What may be a person and more often is none: it counts for nothing, and is not called a machine either."""


def judge_request(hit: Hit, known: Networks = PUBLISHED) -> Judgement:
    """Return what the request alone says; UNDECIDED where that is not enough."""
    return _first(BY_REQUEST, hit, known) or UNDECIDED


def judge(hit: Hit, around: Around | None = None, known: Networks = PUBLISHED) -> Judgement:
    """Return who did it, when everything around it is known; the first rule of the tables that applies decides."""
    around = around or Around()
    return (
        _first(BY_REQUEST, hit, known)
        or _first(BY_TIMING, hit, around)
        or _first(DOUBTS, hit, known)
        or _first(BY_DOUBTFUL_TIMING, hit, around)
        or HUMAN
    )


def _first(
    rules: Sequence[tuple[str, Verdict, Callable[..., bool]]], hit: Hit, what: object
) -> Judgement | None:
    for name, verdict, applies in rules:
        if applies(hit, what):
            return Judgement(verdict, name)
    return None


# -- what is around a hit --------------------------------------------------------------------------


def judge_mail(
    hits: Sequence[Hit],
    sent_at: datetime | None,
    crowded: Collection[int] = (),
    known: Networks = PUBLISHED,
) -> list[Judgement]:
    """Return the judgements on these hits, in their order: all that one mail got about that time.

    `crowded` are the places in `hits` of those that `crowds` has found. Linear but for the sorting.
    """
    clicks = sorted((hit.at, place, hit.link) for place, hit in enumerate(hits) if hit.link is not None)
    in_bursts = _together(((place, at, "", link) for at, place, link in clicks), BURST, 2)
    bursts = sorted(hits[place].at for place in in_bursts)
    honeypots = sorted(hit.at for hit in hits if hit.is_honeypot)
    opened_at = min((hit.at for hit in hits if _may_show_it(hit, known)), default=None)
    return [
        judge(
            hit,
            Around(
                sent_at,
                place in in_bursts or (not hit.is_click and _is_near(bursts, hit.at, BURST)),
                _is_near(honeypots, hit.at, TRAP),
                place in crowded,
                opened_at is not None and opened_at < hit.at,
            ),
            known,
        )
        for place, hit in enumerate(hits)
    ]


def _may_show_it(hit: Hit, known: Networks) -> bool:
    is_open = not hit.is_click and not hit.is_honeypot
    return is_open and judge_request(hit, known).verdict != Verdict.MACHINE


def _is_near(times: Sequence[datetime], at: datetime, within: timedelta) -> bool:
    return bisect_left(times, at - within) < bisect_right(times, at + within)


def crowds(clicks: Iterable[tuple[int, datetime, str, int]]) -> set[int]:
    """Return the ids of clicks that one address made, within CROWD, in the mails of CROWDED people or more.

    `clicks` are (id, at, source, lead), in the order of time; those whose source is not known are passed over.
    """
    return _together((click for click in clicks if click[2]), CROWD, CROWDED)


@dataclass(slots=True)
class _Window:
    """What came from one group within the last while."""

    members: Counter[int] = field(default_factory=Counter)
    hits: deque[tuple[int, int]] = field(default_factory=deque)  # id, member
    loose: deque[int] = field(default_factory=deque)  # ids that are not found yet

    def add(self, hit_id: int, member: int) -> None:
        self.members[member] += 1
        self.hits.append((hit_id, member))
        self.loose.append(hit_id)

    def drop_first(self) -> None:
        hit_id, member = self.hits.popleft()
        self.members[member] -= 1
        if not self.members[member]:
            del self.members[member]
        if self.loose and self.loose[0] == hit_id:
            self.loose.popleft()


def _together(hits: Iterable[tuple[int, datetime, str, int]], within: timedelta, least: int) -> set[int]:
    """Return the ids of hits (id, at, group, member) with `least` members of their group within a time.

    In linear time; what is kept meanwhile is what came within that time.
    """
    found: set[int] = set()
    windows: dict[str, _Window] = {}
    order: deque[tuple[datetime, str]] = deque()
    for hit_id, at, group, member in hits:
        while order and at - order[0][0] > within:
            left = order.popleft()[1]
            windows[left].drop_first()
            if not windows[left].hits:
                del windows[left]
        order.append((at, group))
        window = windows.setdefault(group, _Window())
        window.add(hit_id, member)
        if len(window.members) >= least:
            found.update(window.loose)
            window.loose.clear()
    return found
