"""One spelling for one mailbox, and nothing that a mail can not be written to."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.domain.addresses import BadAddress, checked, normalised


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("dana@example.com", "dana@example.com"),
        ("Dana.Nagy+News@Example.COM", "dana.nagy+news@example.com"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("zoe@münchen.example", "zoe@xn--mnchen-3ya.example"),
        ("zoe@XN--MNCHEN-3YA.example", "zoe@xn--mnchen-3ya.example"),
        ("a@" + "b" * 63 + ".com", "a@" + "b" * 63 + ".com"),
    ],
)
def test_an_address_is_kept_in_lower_case_with_its_domain_in_punycode(written: str, kept: str) -> None:
    assert normalised(written) == kept
    assert normalised(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        "", "dana", "dana@", "@example.com", "dana@example", "dana@localhost", "dana@printer.local", "dana@demo.test",
        "dana@[127.0.0.1]", '"dana"@example.com', "zoë@example.com", "dana@example.com\r\nBcc: b@example.com",
        "dana@example..com", ".dana@example.com", "dana@-example.com", "dana@ab--cd.com", "dana@example.c0m1",
        "Dana <dana@example.com>", "da\0na@example.com", "dana\u202e@example.com", "a" * 65 + "@example.com",
        "a@" + "b" * 64 + ".com", "a@" + "b.c" * 90 + ".com", "@" * 100_000, "a" * 100_000,
    ],
)  # fmt: skip
def test_what_a_mail_can_not_be_written_to_is_refused_with_a_reason(written: str) -> None:
    with pytest.raises(BadAddress) as caught:
        normalised(written)
    assert str(caught.value)
    assert "example.com" not in str(caught.value)


@pytest.mark.parametrize("between", [", ", ";", " ", "\n", "/", " | "])
def test_two_addresses_are_not_one(between: str) -> None:
    with pytest.raises(BadAddress, match="more than one"):
        normalised(f"dana@example.com{between}ben@example.com")


def test_reserved_domains_pass_for_rehearsals() -> None:
    assert normalised("Dana@demo.test", reserved=True) == "dana@demo.test"


WORDS = ("--", "..", "xn--", "com", "test", "local", "example", "ü", "\u212a", " ", "\n")
PIECES = st.sampled_from([*"abzAZ019.-_+@'=", *WORDS])
PARTS = (
    st.text("aZ9.+-_'", max_size=66),
    st.text("aZ9.-", max_size=66),
    st.sampled_from(["com", "test", "c1"]),
)
NEARLY = st.builds("{}@{}.{}".format, *PARTS)


@given(st.one_of(st.emails(), NEARLY, st.lists(PIECES, max_size=14).map("".join), st.text(max_size=30)))
@example("a@\u212a.com")
@example("dana@example.com\n")
@example("a" * 64 + "@" + "b" * 63 + ".com")
def test_the_short_way_says_what_the_full_rules_say(written: str) -> None:
    assert _result(normalised, written) == _result(checked, written)


def _result(check: object, written: str) -> str | None:
    assert callable(check)
    try:
        return str(check(written))
    except BadAddress:
        return None
