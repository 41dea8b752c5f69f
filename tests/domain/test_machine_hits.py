"""Who fetched a pixel or a link."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import machine_hits
from outreach.domain.machine_hits import (
    BY_DOUBTFUL_TIMING,
    BY_REQUEST,
    BY_TIMING,
    DOUBTS,
    HUMAN,
    UNDECIDED,
    Around,
    Hit,
    crowds,
    hit_of,
    judge,
    judge_mail,
    judge_request,
)
from outreach.domain.scanner_networks import OF_PROXIES, PUBLISHED, Networks, shortened
from outreach.domain.words import Verdict

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
JSON = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text())
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0"
OUTLOOK = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"


@pytest.mark.parametrize("user_agent", [CHROME, IPHONE, THUNDERBIRD])
def test_a_browser_or_mail_client_is_a_person(user_agent: str) -> None:
    assert judge(Hit("GET", user_agent, AT, link=1)) == HUMAN


@pytest.mark.parametrize(
    ("user_agent", "verdict", "rule"),
    [
        ("", Verdict.MACHINE, "no_user_agent"),
        ("   ", Verdict.MACHINE, "no_user_agent"),
        (GMAIL, Verdict.PROXY, "image_proxy"),
        (YAHOO, Verdict.PROXY, "image_proxy"),
        ("Mozilla/5.0", Verdict.PROXY, "privacy_relay"),
        (" Mozilla/5.0 ", Verdict.PROXY, "privacy_relay"),
        ("curl/8.5.0", Verdict.MACHINE, "crawler"),
        ("python-requests/2.32", Verdict.MACHINE, "crawler"),
        ("Go-http-client/2.0", Verdict.MACHINE, "crawler"),
        (
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            Verdict.MACHINE,
            "crawler",
        ),
        (CHROME.replace("Chrome", "HeadlessChrome"), Verdict.MACHINE, "crawler"),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Verdict.MACHINE, "crawler"),
        ("Barracuda Sentinel (EE)", Verdict.MACHINE, "scanner"),
        ("Microsoft Office Existence Discovery", Verdict.MACHINE, "scanner"),
        (f"{CHROME} Mimecast", Verdict.MACHINE, "scanner"),
    ],
)
def test_what_a_user_agent_says_decides(user_agent: str, verdict: Verdict, rule: str) -> None:
    assert judge(Hit("GET", user_agent, AT)) == (verdict, rule)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("purpose", "prefetch"),
        ("sec-purpose", "prefetch;prerender"),
        ("sec-purpose", "Prefetch"),
        ("x-purpose", "preview"),
        ("x-moz", "prefetch"),
    ],
)
def test_a_prefetch_is_a_machine(name: str, value: str) -> None:
    assert judge(Hit("GET", CHROME, AT, headers={name: value})) == (Verdict.MACHINE, "prefetch")


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (Around(), HUMAN),
        (Around(AT - 1 * SECOND, was_opened=True), HUMAN),
        (Around(AT - 3600 * SECOND), HUMAN),
        (Around(in_burst=True), (Verdict.MACHINE, "burst")),
        (Around(AT - 3600 * SECOND, in_burst=True), (Verdict.MACHINE, "burst")),
        (Around(near_honeypot=True), (Verdict.MACHINE, "near_honeypot")),
        (Around(in_crowd=True), (Verdict.MACHINE, "crowd")),
        (Around(AT - 0.999 * SECOND, was_opened=True), (Verdict.MACHINE, "too_soon")),
        (Around(AT), (Verdict.MACHINE, "too_soon")),
        (Around(AT + 0.005 * SECOND), (Verdict.MACHINE, "too_soon")),
        (Around(AT + 1 * SECOND, was_opened=True), (Verdict.MACHINE, "too_soon")),
        (Around(AT + 2 * SECOND, was_opened=True), HUMAN),  # when it was taken was written down late
        (Around(AT + 3600 * SECOND), HUMAN),  # when it was taken was learned later
        (Around(AT - 4 * SECOND), (Verdict.UNKNOWN, "before_opening")),
        (Around(AT - 5 * SECOND), HUMAN),
    ],
)
def test_what_comes_around_a_click_gives_scanners_away(around: Around, expected: tuple[Verdict, str]) -> None:
    assert judge(Hit("GET", CHROME, AT, link=1), around) == expected


@pytest.mark.parametrize(
    ("user_agent", "verdict", "rule"),
    [
        ("Mozilla/5.0", Verdict.MACHINE, "bare_user_agent"),
        (OUTLOOK, Verdict.MACHINE, "office_probe"),
        (
            "Mozilla/5.0 (Windows NT 5.1; rv:40.0) Gecko/20100101 Firefox/115.0",
            Verdict.UNKNOWN,
            "old_browser",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/42.0 Safari/537.36",
            Verdict.UNKNOWN,
            "old_browser",
        ),
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", Verdict.UNKNOWN, "old_browser"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/45.0", Verdict.UNKNOWN, "old_browser"),
        (f"{CHROME.replace('130', '999999')}", Verdict.UNKNOWN, "browser_of_the_future"),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", Verdict.HUMAN, "no_rule"),
        (
            "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/109.0 Safari/537.36",
            Verdict.HUMAN,
            "no_rule",
        ),
        (CHROME.replace("130", "146"), Verdict.HUMAN, "no_rule"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Verdict.HUMAN, "no_rule"),
        (IPHONE, Verdict.HUMAN, "no_rule"),
        (f"{IPHONE} CriOS/141.0.7390.96 Mobile/15E148 Safari/604.1", Verdict.HUMAN, "no_rule"),
        (f"{IPHONE} FxiOS/146.0 Mobile/15E148 Safari/605.1.15", Verdict.HUMAN, "no_rule"),
        (CHROME + " Edg/141.0.0.0", Verdict.HUMAN, "no_rule"),
        (CHROME + " OPR/120.0.0.0", Verdict.HUMAN, "no_rule"),
    ],
)
def test_who_follows_a_link_under_which_name(user_agent: str, verdict: Verdict, rule: str) -> None:
    assert judge(Hit("GET", user_agent, AT, link=1)) == (verdict, rule)


@pytest.mark.parametrize(
    "user_agent", [OUTLOOK, "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; ms-office)"]
)
def test_what_loads_pictures_in_old_clothes_is_a_mail_client(user_agent: str) -> None:
    assert judge(Hit("GET", user_agent, AT)) == HUMAN


@pytest.mark.parametrize(
    ("link", "headers", "expected"),
    [
        (1, {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, HUMAN),
        (1, {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "empty"}, (Verdict.MACHINE, "no_navigation")),
        (1, {"sec-fetch-mode": "cors"}, (Verdict.MACHINE, "no_navigation")),
        (None, {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, HUMAN),
    ],
)
def test_a_person_goes_where_a_link_leads(
    link: int | None, headers: dict[str, str], expected: tuple[Verdict, str]
) -> None:
    assert judge(Hit("GET", CHROME, AT, headers, link)) == expected


@pytest.mark.parametrize(
    ("network", "link", "expected"),
    [
        ("40.94.20.0/24", 1, (Verdict.MACHINE, "scanner_network")),
        ("52.102.7.0/24", None, (Verdict.MACHINE, "scanner_network")),
        ("67.231.159.0/24", 1, (Verdict.MACHINE, "scanner_network")),
        ("209.222.87.0/24", 1, (Verdict.MACHINE, "scanner_network")),
        ("2a01:111:f403::/48", 1, (Verdict.MACHINE, "scanner_network")),
        ("66.249.84.0/24", None, (Verdict.PROXY, "proxy_network")),
        ("17.58.101.0/24", None, (Verdict.PROXY, "proxy_network")),
        ("17.58.101.0/24", 1, HUMAN),
        ("40.96.0.0/24", 1, HUMAN),
        ("2a01:112:f403::/48", 1, HUMAN),
        ("203.0.113.0/24", 1, HUMAN),
        ("0f8e7d6c5b4a3928", 1, HUMAN),  # a hash, as old events have it
        ("", 1, HUMAN),
    ],
)
def test_where_it_comes_from(network: str, link: int | None, expected: tuple[Verdict, str]) -> None:
    assert judge(Hit("GET", CHROME, AT, link=link, network=network)) == expected


def test_no_network_is_listed_twice_or_narrower_than_what_is_kept() -> None:
    for owners in (PUBLISHED, OF_PROXIES):
        networks = sorted(owners._owners, key=lambda each: (each.version, each))
        assert all(each.prefixlen <= (24 if each.version == 4 else 48) for each in networks)
        for one, other in itertools.pairwise(networks):
            assert one.version != other.version or not one.overlaps(other)


@pytest.mark.parametrize("written", ["203.0.113.0/33", "example.com", "10.0.0.0/8 all of it"])
def test_a_list_of_networks_says_what_is_wrong_in_it(written: str) -> None:
    with pytest.raises(ValueError, match="is no network"):
        PUBLISHED.with_more(written)


def test_a_list_of_networks_may_have_comments_and_single_addresses() -> None:
    known = Networks({}).with_more("# ours\n203.0.113.9, 2001:db8::1/64 # lab\n\n198.51.100.0/23")
    assert {known.owner(each) for each in ("203.0.113.0/24", "2001:db8::/48", "198.51.101.0/24")} == {
        "added by hand"
    }
    assert known.owner("203.0.112.0/24") is None


@given(st.ip_addresses())
def test_no_more_of_an_address_is_kept_than_its_network(address: object) -> None:
    kept = shortened(str(address))
    assert kept.endswith(("/24", "/48"))
    assert shortened(kept.partition("/")[0]) == kept


# -- all hits of a mail ----------------------------------------------------------------------------


def click(link: int, after: float = 0.0, **more: Any) -> Hit:
    return Hit("GET", CHROME, AT + after * SECOND, link=link, **more)


def honeypot(after: float = 0.0) -> Hit:
    return Hit("GET", CHROME, AT + after * SECOND, is_honeypot=True)


def pixel(after: float = 0.0) -> Hit:
    return Hit("GET", CHROME, AT + after * SECOND)


@pytest.mark.parametrize(
    ("hits", "rules"),
    [
        ([click(1), click(2)], ["burst"] * 2),
        ([click(2, 1.5), click(1)], ["burst"] * 2),
        ([click(1), click(1, 0.5), click(1, 1.0)], ["no_rule"] * 3),
        ([click(1), click(1, 1.0), click(2, 2.0)], ["no_rule", "burst", "burst"]),
        ([click(1), click(2, 1.6)], ["no_rule"] * 2),
        ([click(link, link) for link in range(5)], ["burst"] * 5),
        ([pixel(), click(1, 0.1), click(2, 0.2)], ["burst"] * 3),
        ([pixel(), click(1, 0.1)], ["no_rule"] * 2),
        ([pixel(-60), click(1), click(2, 0.2), click(1, 60)], ["no_rule", "burst", "burst", "no_rule"]),
        ([click(1), honeypot(9.9)], ["near_honeypot", "honeypot"]),
        ([honeypot(), pixel(3), click(1, 10.1)], ["honeypot", "near_honeypot", "no_rule"]),
        ([], []),
    ],
)
def test_the_hits_of_a_mail_are_judged_together(hits: list[Hit], rules: list[str]) -> None:
    assert [rule for _, rule in judge_mail(hits, None)] == rules


def test_one_address_in_the_mails_of_three_people_is_a_crowd() -> None:
    clicks = [
        (1, AT, "a", 1),
        (2, AT + 1 * SECOND, "b", 2),
        (3, AT + 2 * SECOND, "a", 2),
        (4, AT + 3 * SECOND, "", 3),
        (5, AT + 5 * SECOND, "a", 3),
        (6, AT + 30 * SECOND, "a", 4),
        (7, AT + 30 * SECOND, "", 5),
        (8, AT + 30 * SECOND, "", 6),
    ]
    assert crowds(clicks) == {1, 3, 5}


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3)), max_size=40))
def test_a_burst_is_what_has_another_link_near_by_in_whatever_order_it_is_told(
    told: list[tuple[int, int]],
) -> None:
    hits = [click(link, tenth / 10) for tenth, link in told]
    expected = [
        any(other.link != hit.link and abs(other.at - hit.at) <= machine_hits.BURST for other in hits)
        for hit in hits
    ]
    assert [rule == "burst" for _, rule in judge_mail(hits, None)] == expected


def test_a_hundred_thousand_hits_on_one_mail_are_judged_in_a_moment() -> None:
    hits = [click(place % 7, place / 1000) for place in range(100_000)]
    began = time.process_time()
    assert {rule for _, rule in judge_mail(hits, AT)} >= {"burst"}
    assert time.process_time() - began < 10


# -- whatever comes --------------------------------------------------------------------------------


@given(
    user_agent=st.text(max_size=400),
    link=st.none() | st.integers(0, 5),
    headers=st.dictionaries(st.text(), st.text()),
)
def test_head_never_counts_as_a_person(user_agent: str, link: int | None, headers: dict[str, str]) -> None:
    assert judge(Hit("HEAD", user_agent, AT, headers, link)) == (Verdict.MACHINE, "head")


@given(
    user_agent=st.text(max_size=400),
    method=st.sampled_from(["GET", "HEAD"]),
    link=st.none() | st.integers(0, 5),
    network=st.text(max_size=30),
)
def test_every_hit_gets_a_verdict_by_a_named_rule(
    user_agent: str, method: str, link: int | None, network: str
) -> None:
    hit = Hit(method, user_agent, AT, link=link, network=network)
    verdict, rule = judge(hit)
    rules = {name for table in (BY_REQUEST, BY_TIMING, DOUBTS, BY_DOUBTFUL_TIMING) for name, _, _ in table}
    assert rule in rules | {"no_rule"}
    assert (verdict == Verdict.HUMAN) == (rule == "no_rule")
    first = judge_request(hit)
    assert first in (UNDECIDED, (verdict, rule))


@given(
    st.dictionaries(st.sampled_from(["method", "user_agent", "headers", "link", "network", "source"]), JSON)
)
def test_whatever_stands_in_an_event_can_be_judged(data: dict[str, Any]) -> None:
    assert judge_mail([hit_of(AT, data)], AT)


def test_a_very_long_user_agent_is_judged_by_its_beginning() -> None:
    assert judge(Hit("GET", "curl/8 " + "x" * 1_000_000, AT)) == (Verdict.MACHINE, "crawler")
