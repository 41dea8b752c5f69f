"""The signed addresses: what we wrote can be read, and nothing else can."""

import base64
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import BadToken
from outreach.links import Click, Links, web_address

BASE = "https://mail.example.com/t"
LINKS = Links(BASE + "/", "a secret of the test")
READERS = {
    "open": LINKS.read_open,
    "click": LINKS.read_click,
    "unsubscribe": LINKS.read_unsubscribe,
    "handoff": LINKS.read_handoff,
    "envelope": LINKS.read_envelope_token,
}
URL = "https://example.com/case?a=1&b=%20#top"
TOKENS = {
    "open": LINKS.open_pixel(300).rpartition("/")[2].removesuffix(".gif"),
    "click": LINKS.click(300, 2, URL).rpartition("/")[2],
    "unsubscribe": LINKS.unsubscribe(300).rpartition("/")[2],
    "handoff": LINKS.handoff(300, "reject").rpartition("/")[2],
    "envelope": LINKS.envelope_token(300),
}
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize(
    ("purpose", "value"),
    [
        ("open", 300),
        ("click", Click(300, 2, URL)),
        ("unsubscribe", 300),
        ("handoff", (300, "reject")),
        ("envelope", 300),
    ],
)
def test_what_was_written_is_read(purpose: str, value: object) -> None:
    assert READERS[purpose](TOKENS[purpose]) == value


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (LINKS.open_pixel(1), "/t/o/"),
        (LINKS.click(1, 1, URL), "/t/c/"),
        (LINKS.unsubscribe(1), "/t/u/"),
        (LINKS.handoff(1, "accept"), "/t/h/"),
    ],
)
def test_addresses_stand_under_the_base(url: str, start: str) -> None:
    assert urlsplit(url).netloc == "mail.example.com"
    assert urlsplit(url).path.startswith(start)


@given(st.integers(0, 2**63), st.integers(0, 1000))
def test_any_id_survives(message_id: int, link: int) -> None:
    assert LINKS.read_open(LINKS.open_pixel(message_id).rpartition("/")[2][:-4]) == message_id
    token = LINKS.click(message_id, link, URL).rpartition("/")[2]
    assert LINKS.read_click(token) == Click(message_id, link, URL)
    assert LINKS.read_envelope_token(LINKS.envelope_token(message_id)) == message_id


@pytest.mark.parametrize("purpose", TOKENS)
@pytest.mark.parametrize("other", TOKENS)
def test_a_token_serves_one_purpose_only(purpose: str, other: str) -> None:
    if purpose != other:
        with pytest.raises(BadToken):
            READERS[other](TOKENS[purpose])


@pytest.mark.parametrize("purpose", TOKENS)
def test_a_cut_token_is_refused(purpose: str) -> None:
    token = TOKENS[purpose]
    for cut in (
        *(token[:end] for end in range(len(token))),
        *(token[start:] for start in range(1, len(token))),
    ):
        with pytest.raises(BadToken):
            READERS[purpose](cut)


@pytest.mark.parametrize("purpose", TOKENS)
def test_a_token_with_any_other_character_anywhere_is_refused(purpose: str) -> None:
    token = TOKENS[purpose]
    alphabet = "abcdefghijklmnopqrstuvwxyz234567" if purpose == "envelope" else BASE64
    for place in range(len(token)):
        for letter in alphabet:
            if letter != token[place]:
                with pytest.raises(BadToken):
                    READERS[purpose](token[:place] + letter + token[place + 1 :])


@pytest.mark.parametrize("purpose", TOKENS)
@pytest.mark.parametrize(
    "extra", ["=", "==", "\n", " ", "A", "AAAA", "!", "ä", "\x00", "\udc80", "\u0131", "x" * 100_000]
)
def test_a_token_with_something_added_is_refused(purpose: str, extra: str) -> None:
    for token in (
        TOKENS[purpose] + extra,
        extra + TOKENS[purpose],
        TOKENS[purpose][:5] + extra + TOKENS[purpose][5:],
    ):
        with pytest.raises(BadToken):
            READERS[purpose](token)


@given(st.text())
def test_any_text_is_refused_without_a_crash(text: str) -> None:
    for read in READERS.values():
        with pytest.raises(BadToken):
            read(text)


def test_a_token_of_another_installation_is_refused() -> None:
    with pytest.raises(BadToken):
        Links(BASE, "another secret").read_unsubscribe(TOKENS["unsubscribe"])


def test_old_links_work_after_the_key_was_changed() -> None:
    rotated = Links(BASE, "new secret", previous_keys=("something else", "a secret of the test"))
    assert rotated.read_unsubscribe(TOKENS["unsubscribe"]) == 300
    assert rotated.open_pixel(300) != LINKS.open_pixel(300)
    with pytest.raises(BadToken):
        LINKS.read_open(rotated.open_pixel(300).rpartition("/")[2][:-4])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "//evil.example",
        "/path",
        "\\\\evil.example",
        "https:/evil",
        "https://",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "https://good.example@evil.example/",
        "https://a b.example/",
        "https://example.com/\r\nX: y",
        "https://example.com/\xfc",
        "https://exa\u2028mple.com",
        "https://example.com\\@evil.example",
        "x" * 3000,
        "https://example.com/" + "x" * 2000,
    ],
)
def test_only_web_addresses_are_signed(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        LINKS.click(1, 1, url)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.com", "https://example.com"),
        (" https://example.com/a b?n=Zoë ", "https://example.com/a%20b?n=Zo%C3%AB"),
        ("https://bücher.example:8080/ü#é", "https://xn--bcher-kva.example:8080/%C3%BC#%C3%A9"),
        ("https://example.com/%20?x=[1]&y='", "https://example.com/%20?x=[1]&y='"),
        ('https://example.com/"><b>', "https://example.com/%22%3E%3Cb%3E"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("javascript:alert(1)", None),
        ("https://u:p@example.com/", None),
        ("https://[bad/", None),
        ("https://" + "ü" * 80 + ".example/", None),
        ("mailto:a@example.com", None),
        ("", None),
    ],
)
def test_addresses_are_written_in_plain_ascii(url: str, clean: str | None) -> None:
    assert web_address(url) == clean


@given(st.text())
def test_whatever_becomes_a_web_address_can_be_signed(text: str) -> None:
    for url in (
        web_address(text),
        web_address("https://example.com/" + text),
        web_address("https://" + text),
    ):
        if url is not None:
            assert LINKS.read_click(LINKS.click(1, 1, url).rpartition("/")[2]).url == url


def test_the_return_address_fits_a_local_part_in_any_case() -> None:
    token = LINKS.envelope_token(2**63)
    assert len("bounces+" + token) <= 64
    assert LINKS.read_envelope_token(token.upper()) == 2**63


def test_the_signature_is_not_guessed_by_leaving_it_out() -> None:
    with pytest.raises(BadToken):
        LINKS.read_open(base64.urlsafe_b64encode(b"\x01").decode().rstrip("="))
