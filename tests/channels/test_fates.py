"""Whatever a server does, what is said of a mail never contradicts what the server took, and no mail is taken twice."""

from __future__ import annotations

from channels.fakeserver import CUT, DROP, LATE, PIPELINING, SILENT, THEN_DROP, USUAL, FakeServer
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.channels import Answer, Outgoing
from outreach.channels.smtp import Smtp
from outreach.errors import Deferred, Rejected, Uncertain

BEFORE = [
    DROP,
    SILENT,
    "nonsense",
    "421 4.3.2 bye",
    "450 4.2.1 later",
    "550 5.1.1 no",
    "503 5.5.1 no",
    "354 what",
]
FAULTS = {
    "MAIL": BEFORE,
    "RCPT": BEFORE,
    "DATA": [*BEFORE[:-1], "250 what"],
    "BODY": [DROP, CUT],
    "END": [*BEFORE, "250 taken" + THEN_DROP, LATE + "250 taken", "421 4.3.2 bye" + THEN_DROP],
    "GREETING": [DROP, "421 4.3.2 busy", "554 5.7.1 no"],
    "EHLO": [DROP, "550 5.7.1 no"],
}
MOST = 7
OF_A_MAIL = ("MAIL", "RCPT", "DATA", "BODY", "END")
PLACES = [f"{stage} m{n}" for n in range(MOST) for stage in OF_A_MAIL] + ["GREETING", "EHLO"]


@st.composite
def scripts(draw: st.DrawFn) -> dict[str, str | list[str]]:
    """Return a script with a few faults, each of which is there once or stays."""
    script: dict[str, str | list[str]] = {"EHLO": draw(st.sampled_from([PIPELINING, USUAL["EHLO"]]))}
    for place in draw(st.lists(st.sampled_from(PLACES), max_size=5, unique=True)):
        stage = place.partition(" ")[0]
        usual = script["EHLO"] if stage == "EHLO" else USUAL[stage]
        assert isinstance(usual, str)
        fault = draw(st.sampled_from(FAULTS[stage]))
        before = [usual] * draw(st.integers(0, 3)) if place == stage else []
        script[place] = [*before, fault, *([usual] if usual and draw(st.booleans()) else [])]
    return script


@settings(max_examples=60, deadline=None)
@given(script=scripts(), lanes=st.integers(1, 3), size=st.integers(1, MOST))
def test_what_is_said_of_a_mail_never_contradicts_what_the_server_took(
    script: dict[str, str | list[str]], lanes: int, size: int
) -> None:
    mails = [Outgoing(f"m{n}@bounces.example.com", f"to{n}@example.org", b"Hello\r\n") for n in range(size)]
    with FakeServer(script) as fake:
        smtp = Smtp(f"smtp://127.0.0.1:{fake.port}", lanes, timeout=0.2, final_timeout=0.6)
        outcomes = dict(zip(mails, smtp.send(mails), strict=True))
        # What may do later is offered a second time, over the connections that are left.
        again = [mail for mail, outcome in outcomes.items() if isinstance(outcome, Deferred)]
        outcomes |= dict(zip(again, smtp.send(again), strict=True))
        smtp.close()
    for mail, outcome in outcomes.items():
        taken = fake.accepted[mail.to]
        match outcome:
            case Answer():
                assert taken == 1
            case Deferred() | Rejected():
                assert taken == 0
            case _:
                assert isinstance(outcome, Uncertain)
                assert taken <= 1
    assert set(fake.accepted) <= {mail.to for mail in mails}
    assert fake.connections <= 2 * (size + lanes)
