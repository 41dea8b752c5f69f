"""Who fetched a pixel or a link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.machine_hits import RULES, Hit, judge
from outreach.domain.words import Verdict

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0"
OUTLOOK = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"


@pytest.mark.parametrize("user_agent", [CHROME, IPHONE, THUNDERBIRD, OUTLOOK])
def test_a_browser_or_mail_client_is_a_person(user_agent: str) -> None:
    assert judge(Hit("GET", user_agent, AT, recent_links=1)) == (Verdict.HUMAN, "no_rule")


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
    ("recent_links", "after", "expected"),
    [
        (1, None, (Verdict.HUMAN, "no_rule")),
        (1, timedelta(seconds=1), (Verdict.HUMAN, "no_rule")),
        (1, timedelta(hours=3), (Verdict.HUMAN, "no_rule")),
        (2, timedelta(hours=3), (Verdict.MACHINE, "burst")),
        (9, None, (Verdict.MACHINE, "burst")),
        (1, timedelta(milliseconds=999), (Verdict.MACHINE, "too_soon")),
        (1, timedelta(0), (Verdict.MACHINE, "too_soon")),
        (1, timedelta(milliseconds=-5), (Verdict.MACHINE, "too_soon")),
        (0, timedelta(0), (Verdict.HUMAN, "no_rule")),
    ],
)
def test_the_timing_of_clicks_gives_scanners_away(
    recent_links: int, after: timedelta | None, expected: tuple[Verdict, str]
) -> None:
    sent_at = AT - after if after is not None else None
    assert judge(Hit("GET", CHROME, AT, sent_at=sent_at, recent_links=recent_links)) == expected


@given(
    user_agent=st.text(max_size=400), links=st.integers(0, 5), headers=st.dictionaries(st.text(), st.text())
)
def test_head_never_counts_as_a_person(user_agent: str, links: int, headers: dict[str, str]) -> None:
    verdict, _ = judge(Hit("HEAD", user_agent, AT, headers=headers, recent_links=links))
    assert verdict == Verdict.MACHINE


@given(user_agent=st.text(max_size=400), method=st.sampled_from(["GET", "HEAD"]), links=st.integers(0, 5))
def test_every_hit_gets_a_verdict_by_a_named_rule(user_agent: str, method: str, links: int) -> None:
    verdict, rule = judge(Hit(method, user_agent, AT, recent_links=links))
    assert rule in {name for name, _, _ in RULES} | {"no_rule"}
    assert (verdict == Verdict.HUMAN) == (rule == "no_rule")


def test_a_very_long_user_agent_is_judged_by_its_beginning() -> None:
    assert judge(Hit("GET", "curl/8 " + "x" * 1_000_000, AT)) == (Verdict.MACHINE, "crawler")
