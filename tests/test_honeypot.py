"""The link that only machines find: in the HTML of each mail, where nobody sees it or comes to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from house import House
from selectolax.lexbor import LexborHTMLParser

from outreach.db import Database
from outreach.errors import BadToken
from outreach.links import Links
from outreach.render import Renderer

KEY = "a secret key of a test"
LINKS = Links("https://t.example.com", KEY)
CONTEXT = {
    "lead": {"first_name": "Dana"},
    "sender": {"name": "Anna Berg", "address": "anna@example.com", "signature": ""},
    "organisation": {"name": "Example Ltd", "postal_address": "1 High Street, London"},
}
TEMPLATES = {
    "first.md": "---\nsubject: Hello\n---\nHello {{ lead.first_name }}, [read this](https://example.com/a).\n"
}


def rendered(links: Links) -> tuple[str, str]:
    mail = Renderer(TEMPLATES, links).render("first", CONTEXT, message_id=7)
    return mail.html, mail.text


def test_each_html_part_has_one_that_leads_to_its_own_message() -> None:
    html, _ = rendered(LINKS)
    (anchor,) = [each for each in LexborHTMLParser(html).css("a") if "/l/" in (each.attributes["href"] or "")]
    assert LINKS.read_honeypot(str(anchor.attributes["href"]).rpartition("/")[2]) == 7


def test_nobody_sees_it_comes_to_it_with_the_keyboard_or_has_it_read_out() -> None:
    html, _ = rendered(LINKS)
    anchor = LexborHTMLParser(html).css("a[aria-hidden]")[0]
    assert anchor.text() == ""
    assert (anchor.attributes["tabindex"], anchor.attributes["aria-hidden"]) == ("-1", "true")
    assert anchor.attributes["rel"] == "nofollow"
    style = str(anchor.attributes["style"])
    assert "display:none" in style and "visibility:hidden" in style and "mso-hide:all" in style


def test_it_stands_behind_everything_that_is_to_be_read() -> None:
    html, _ = rendered(LINKS)
    assert html.index("/l/") > html.index("Unsubscribe")
    assert html.index("/l/") < html.index("</body>")


def test_the_text_part_never_has_it() -> None:
    assert "/l/" not in rendered(LINKS)[1]


def test_it_can_be_left_out() -> None:
    html, text = rendered(Links("https://t.example.com", KEY, has_honeypot=False))
    assert "/l/" not in html + text
    assert "/o/" in html


@pytest.mark.parametrize(
    "other", [LINKS.open_pixel(7)[:-4], LINKS.unsubscribe(7), LINKS.click(7, 1, "https://example.com/")]
)
def test_its_token_serves_for_nothing_else_and_no_other_for_it(other: str) -> None:
    token = LINKS.honeypot(7).rpartition("/")[2]
    for read in (LINKS.read_open, LINKS.read_unsubscribe, LINKS.read_click):
        with pytest.raises(BadToken):
            read(token)
    with pytest.raises(BadToken):
        LINKS.read_honeypot(other.rpartition("/")[2])


def test_after_the_key_was_changed_those_in_sent_mails_still_count() -> None:
    token = LINKS.honeypot(7).rpartition("/")[2]
    assert Links("https://t.example.com", "a new key of a test", (KEY,)).read_honeypot(token) == 7


def test_the_mails_that_leave_have_it_in_the_html_and_not_in_the_text(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    house = House(database, tmp_path / "workspace", now)
    house.apply()
    house.lead()
    house.tick()
    (mail,) = house.mails()
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    assert parts["text/html"].count("/l/") == 1
    assert "/l/" not in parts["text/plain"]
    assert "/l/" not in str(mail["List-Unsubscribe"])
