"""A batch over one connection and over three: the fate of each mail, and what the server says it has taken.

A batch in letters, one a mail: A taken, D may do later, d later and was not even offered, R refused, U nobody knows.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence

import pytest
import trustme
from channels.fakeserver import CUT, DRIP, DROP, LATE, PIPELINING, SILENT, THEN_DROP, USUAL, FakeServer

from outreach.channels import Answer, Outcome, Outgoing
from outreach.channels.smtp import Smtp
from outreach.errors import BadMail, Deferred, Rejected, Uncertain

DATA = b"Subject: hello\r\n\r\nHello\r\n"
PLAIN = USUAL["EHLO"]
Script = Mapping[str, str | list[str]]

LANES = pytest.mark.parametrize("lanes", [1, 3])
OFFERS = pytest.mark.parametrize("ehlo", [PIPELINING, PLAIN], ids=["piped", "stepwise"])
POSITIONS = pytest.mark.parametrize("k", [0, 2, 5], ids=["first", "middle", "last"])


def batch(size: int = 6, data: bytes = DATA) -> list[Outgoing]:
    return [Outgoing(f"m{n}@bounces.example.com", f"to{n}@example.org", data) for n in range(size)]


def letter(outcome: Outcome) -> str:
    if isinstance(outcome, Deferred):
        return "D" if outcome.tried else "d"
    return {Answer: "A", Rejected: "R", Uncertain: "U", BadMail: "B"}[type(outcome)]


def letters(outcomes: Sequence[Outcome]) -> str:
    return "".join(map(letter, outcomes))


@contextlib.contextmanager
def smtp_to(fake: FakeServer, lanes: int = 1, timeout: float = 5, final_timeout: float = 5) -> Iterator[Smtp]:
    smtp = Smtp(
        f"smtp://127.0.0.1:{fake.port}",
        lanes,
        connect_timeout=5,
        timeout=timeout,
        final_timeout=final_timeout,
    )
    try:
        yield smtp
    finally:
        smtp.close()


def ran(
    script: Script, lanes: int, size: int = 6, timeout: float = 5, final_timeout: float = 5
) -> tuple[str, list[Outcome], FakeServer]:
    """Send one batch; what was said of each mail never contradicts what the server took."""
    with FakeServer(script) as fake, smtp_to(fake, lanes, timeout, final_timeout) as smtp:
        outcomes = smtp.send(batch(size))
    agree(outcomes, fake)
    return letters(outcomes), outcomes, fake


def agree(outcomes: Sequence[Outcome], fake: FakeServer) -> None:
    for n, outcome in enumerate(outcomes):
        times = fake.accepted[f"to{n}@example.org"]
        assert times <= 1
        assert isinstance(outcome, Uncertain) or isinstance(outcome, Answer) is (times == 1), (n, outcome)


def with_letters(size: int, **places: Sequence[int]) -> str:
    """Return a batch of taken mails, but for the letters at these places."""
    found = ["A"] * size
    for word, numbers in places.items():
        for number in numbers:
            if number < size:
                found[number] = word
    return "".join(found)


# -- all is well -------------------------------------------------------------------------------------


@OFFERS
@LANES
def test_a_batch_is_taken_over_as_many_connections_as_there_are_lanes(lanes: int, ehlo: str) -> None:
    said, _, fake = ran({"EHLO": ehlo}, lanes)
    assert said == "AAAAAA"
    assert (fake.connections, fake.count("RSET")) == (lanes, 0)


@pytest.mark.parametrize(("size", "connections"), [(0, 0), (1, 1), (2, 2), (9, 3)])
def test_there_are_never_more_connections_than_mails(size: int, connections: int) -> None:
    assert ran({"EHLO": PIPELINING}, 3, size)[2].connections == connections


def test_the_connections_are_kept_for_the_next_batch() -> None:
    with FakeServer({"EHLO": PIPELINING}) as fake, smtp_to(fake, 3) as smtp:
        assert letters([*smtp.send(batch(1)), *smtp.send(batch()), *smtp.send(batch(4))]) == "A" * 11
        assert fake.connections == 3


def test_a_mail_that_does_not_fit_into_the_socket_arrives_whole_on_every_lane() -> None:
    mails = batch(6, b"Subject: large\r\n\r\n" + (b"x" * 990 + b"\r\n") * 4000)
    with FakeServer({"EHLO": "250-fake.example\r\n250 PIPELINING"}) as fake, smtp_to(fake, 3) as smtp:
        assert letters(smtp.send(mails)) == "AAAAAA"
    assert fake.mails == [mails[0].data] * 6


def test_a_mail_that_does_not_fit_into_the_socket_arrives_whole_through_tls() -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    mails = batch(4, b"Subject: large\r\n\r\n" + (b"x" * 990 + b"\r\n") * 4000)
    with (
        FakeServer({"EHLO": "250-fake.example\r\n250 PIPELINING"}, tls, implicit=True) as fake,
        authority.cert_pem.tempfile() as cafile,
    ):
        smtp = Smtp(f"smtps://127.0.0.1:{fake.port}?cafile={cafile}", lanes=2)
        assert letters(smtp.send(mails)) == "AAAA"
        smtp.close()
    assert fake.mails == [mails[0].data] * 4


# -- what is written at a time -----------------------------------------------------------------------


def writes(ehlo: str, replies: Sequence[str], size: int) -> tuple[list[bytes], str]:
    """Return what arrived before each of these replies was given, and what was said of the mails."""
    arrived: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        listener.close()
        with connection:
            connection.sendall(b"220 fake\r\n")
            for said in [ehlo, *replies, "221 bye"]:
                arrived.append(connection.recv(1_000_000))
                connection.sendall(said.encode() + b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=serve)
        thread.start()
        smtp = Smtp(f"smtp://127.0.0.1:{port}", timeout=5, final_timeout=5)
        outcomes = smtp.send(batch(size))
        smtp.close()
        thread.join(10)
    assert not thread.is_alive()
    return arrived[1:-1], letters(outcomes)


def announced(n: int, size: str = f" SIZE={len(DATA)}") -> bytes:
    return f"MAIL FROM:<m{n}@bounces.example.com>{size}\r\nRCPT TO:<to{n}@example.org>\r\nDATA\r\n".encode()


def test_with_pipelining_a_mail_costs_one_round_trip() -> None:
    go_on = "250 fine\r\n250 fine\r\n354 go"
    arrived, said = writes(
        PIPELINING, [go_on, f"250 taken\r\n{go_on}", f"250 taken\r\n{go_on}", "250 taken"], 3
    )
    body = DATA + b".\r\n"
    assert arrived == [announced(0), body + announced(1), body + announced(2), body]
    assert said == "AAA"


def test_with_pipelining_a_refusal_is_forgotten_in_the_same_round_trip() -> None:
    refused, go_on = "250 fine\r\n550 5.1.1 no\r\n503 no", "250 fine\r\n250 fine\r\n354 go"
    arrived, said = writes(PIPELINING, [refused, f"250 forgotten\r\n{go_on}", "250 taken"], 2)
    assert arrived == [announced(0), b"RSET\r\n" + announced(1), DATA + b".\r\n"]
    assert said == "RA"


def test_without_pipelining_nothing_is_written_before_its_turn() -> None:
    each = ["250 fine", "250 fine", "354 go", "250 taken"]
    arrived, said = writes("250 fake.example", each * 2, 2)
    lines = [announced(n, "").splitlines(keepends=True) for n in range(2)]
    assert arrived == [*lines[0], DATA + b".\r\n", *lines[1], DATA + b".\r\n"]
    assert said == "AA"


def test_a_server_that_speaks_out_of_turn_gets_no_mail() -> None:
    arrived, said = writes(PIPELINING, ["250 fine\r\n250 fine\r\n354 go\r\n250 taken"], 2)
    assert arrived == [announced(0)]
    assert said == "Dd"


# -- the connection is lost --------------------------------------------------------------------------


@OFFERS
@LANES
@POSITIONS
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_mail_dropped_before_its_first_byte_may_do_later(stage: str, k: int, lanes: int, ehlo: str) -> None:
    said, _, fake = ran({"EHLO": ehlo, f"{stage} m{k}": DROP}, lanes)
    assert said == with_letters(6, D=[k])
    assert fake.connections == lanes + (k + lanes < 6)


@OFFERS
@LANES
@POSITIONS
def test_a_mail_dropped_at_its_first_command_is_offered_again_unless_the_connection_was_new(
    k: int, lanes: int, ehlo: str
) -> None:
    said, _, fake = ran({"EHLO": ehlo, f"MAIL m{k}": DROP}, lanes)
    assert said == with_letters(6, D=[k])
    assert fake.commands.count(f"MAIL FROM:<m{k}@bounces.example.com> SIZE={len(DATA)}") == 1 + (k >= lanes)


@OFFERS
@LANES
def test_a_connection_dropped_between_two_mails_costs_no_mail(lanes: int, ehlo: str) -> None:
    script: Script = {"EHLO": ehlo, "MAIL m3": [DROP, "250 fine"], "MAIL m5": [DROP, "250 fine"]}
    said, _, _ = ran(script, lanes)
    assert said == "AAAAAA"


@OFFERS
@LANES
def test_a_server_that_hangs_up_after_each_mail_takes_all_of_them(lanes: int, ehlo: str) -> None:
    said, _, fake = ran({"EHLO": ehlo, "END": "250 2.0.0 taken" + THEN_DROP}, lanes)
    assert said == "AAAAAA"
    assert fake.connections == 6


@OFFERS
@LANES
@POSITIONS
@pytest.mark.parametrize(
    ("stage", "fault"), [("BODY", CUT), ("END", DROP), ("END", "nonsense"), ("END", "354 more")]
)
def test_only_the_mail_under_way_is_uncertain_when_the_connection_is_lost(
    stage: str, fault: str, k: int, lanes: int, ehlo: str
) -> None:
    said, _, _ = ran({"EHLO": ehlo, f"{stage} m{k}": fault}, lanes)
    behind = [k + lanes] if ehlo == PIPELINING else []
    assert said == with_letters(6, U=[k], D=behind)


@LANES
@pytest.mark.parametrize("stage", ["GREETING", "EHLO"])
def test_a_lane_without_a_session_gives_up_and_the_others_go_on(stage: str, lanes: int) -> None:
    usual = USUAL["GREETING"] if stage == "GREETING" else PIPELINING
    said, _, _ = ran({"EHLO": PIPELINING, stage: [DROP, usual]}, lanes)
    assert said == {1: "Dddddd", 3: "DAAdAA"}[lanes]


@LANES
@pytest.mark.parametrize("stage", ["GREETING", "EHLO"])
def test_a_lane_that_can_not_come_back_offers_nothing_more(stage: str, lanes: int) -> None:
    usual = USUAL["GREETING"] if stage == "GREETING" else PIPELINING
    script: Script = {"EHLO": PIPELINING, stage: [usual] * lanes + [DROP], "END m0": DROP}
    said, _, _ = ran(script, lanes, 9)
    assert said == {1: "UDddddddd", 3: "UAADAAdAA"}[lanes]


def test_a_server_that_is_gone_costs_the_mails_left_no_attempt() -> None:
    with FakeServer({"EHLO": PIPELINING, "RCPT m1": DROP}) as fake, smtp_to(fake) as smtp:
        smtp.open()
        fake.stop_listening()
        outcomes = smtp.send(batch(4))
        assert letters(outcomes) == "ADdd"
        assert "no connection to" in str(outcomes[3])


def test_a_server_that_is_not_there_costs_one_mail_a_lane_an_attempt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert letters(Smtp(f"smtp://127.0.0.1:{port}").send(batch(4))) == "Dddd"
    assert letters(Smtp(f"smtp://127.0.0.1:{port}", lanes=2).send(batch(4))) == "DDdd"


@pytest.mark.parametrize("stale", [DROP, "421 4.4.2 idle too long"])
@OFFERS
def test_kept_connections_that_died_are_replaced(ehlo: str, stale: str) -> None:
    script = {"EHLO": ehlo} | {f"MAIL m{n}": ["250 fine", stale, "250 fine"] for n in range(3)}
    with FakeServer(script) as fake, smtp_to(fake, 3) as smtp:
        assert letters(smtp.send(batch())) == "AAAAAA"
        assert letters(smtp.send(batch())) == "AAAAAA"
        assert fake.connections == 6


# -- the server refuses ------------------------------------------------------------------------------


@OFFERS
@LANES
@POSITIONS
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "END"])
@pytest.mark.parametrize("code", ["450 4.2.1", "451 4.3.0", "452 4.2.2"])
def test_a_temporary_refusal_concerns_its_mail_only(
    code: str, stage: str, k: int, lanes: int, ehlo: str
) -> None:
    refuses = {f"{stage} m{k}": f"{code} not now"} | later_refusals(stage, k)
    said, outcomes, fake = ran({"EHLO": ehlo} | refuses, lanes)
    assert said == with_letters(6, D=[k])
    assert str(outcomes[k]) == f"{code} not now"
    assert fake.connections == lanes
    assert fake.count("RSET") == (stage != "END" and k + lanes < 6)


@OFFERS
@LANES
@POSITIONS
@pytest.mark.parametrize(
    ("stage", "reply", "blames"),
    [
        ("MAIL", "550 5.1.8 sender unknown", "sender"),
        ("RCPT", "550 5.1.1 no such user", "lead"),
        ("DATA", "554 5.7.1 no", "sender"),
        ("END", "554 5.6.0 malformed", "content"),
    ],
)
def test_a_permanent_refusal_concerns_its_mail_only(
    stage: str, reply: str, blames: str, k: int, lanes: int, ehlo: str
) -> None:
    said, outcomes, fake = ran({"EHLO": ehlo, f"{stage} m{k}": reply} | later_refusals(stage, k), lanes)
    assert said == with_letters(6, R=[k])
    refused = outcomes[k]
    assert isinstance(refused, Rejected)
    assert (refused.blames, str(refused)) == (blames, reply)
    assert fake.connections == lanes


def later_refusals(stage: str, k: int) -> dict[str, str]:
    """Return what a server says to the commands behind one that it refused."""
    behind = {"MAIL": ["RCPT", "DATA"], "RCPT": ["DATA"]}.get(stage, [])
    return {f"{later} m{k}": "503 5.5.1 not now" for later in behind}


@LANES
@POSITIONS
def test_a_server_that_waits_for_a_mail_it_refused_gets_not_one_byte_of_it(k: int, lanes: int) -> None:
    said, _, fake = ran({"EHLO": PIPELINING, f"RCPT m{k}": "550 5.1.1 no such user"}, lanes)
    assert said == with_letters(6, R=[k])
    assert (len(fake.mails), fake.fragments) == (5, [])
    assert fake.connections == lanes + (k + lanes < 6)


@OFFERS
def test_a_greylisted_mail_is_taken_the_next_time(ehlo: str) -> None:
    data = ["503 no", "354 go"] if ehlo == PIPELINING else "354 go"
    script: Script = {"EHLO": ehlo, "RCPT m1": ["450 4.2.1 greylisted", "250 fine"], "DATA m1": data}
    with FakeServer(script) as fake, smtp_to(fake) as smtp:
        assert letters(smtp.send(batch(3))) == "ADA"
        assert letters(smtp.send(batch(3)[1:2])) == "A"
        assert (fake.connections, fake.count("RSET")) == (1, 1)


@OFFERS
@pytest.mark.parametrize(
    ("stage", "said"),
    [("MAIL", "AADddd"), ("RCPT", "AADddd"), ("DATA", "AADddd"), ("END", "AADddd")],
)
def test_after_421_nothing_more_is_offered(stage: str, said: str, ehlo: str) -> None:
    found, outcomes, fake = ran({"EHLO": ehlo, f"{stage} m2": "421 4.3.2 going down"}, 1)
    assert found == said
    assert {str(outcome) for outcome in outcomes[2:]} == {"421 4.3.2 going down"}
    assert fake.connections == 1


@OFFERS
@POSITIONS
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "END"])
def test_after_421_on_one_lane_no_lane_offers_more(stage: str, k: int, ehlo: str) -> None:
    said, outcomes, fake = ran({"EHLO": ehlo, f"{stage} m{k}": "421 4.3.2 going down"}, 3, 12)
    assert said[k] == "D"
    assert set(said[:k] + said[k + 1 :]) <= {"A", "d"}
    assert set(said[k + 3 :]) == {"d"} if k < 5 else said.endswith("dddd")
    assert {str(outcome) for outcome in outcomes if not isinstance(outcome, Answer)} == {
        "421 4.3.2 going down"
    }
    assert fake.connections == 3 if k else fake.connections <= 3


@LANES
@pytest.mark.parametrize("stage", ["GREETING", "EHLO", "AUTH"])
@pytest.mark.parametrize(
    ("reply", "said"),
    [("535 5.7.8 no", "Rddddd"), ("421 4.3.2 busy", "Dddddd"), ("454 4.7.0 later", "Dddddd")],
)
def test_a_refused_session_is_asked_for_once(reply: str, said: str, stage: str, lanes: int) -> None:
    script = {"EHLO": "250-fake.example\r\n250-PIPELINING\r\n250 AUTH PLAIN", stage: reply}
    with FakeServer(script) as fake:
        smtp = Smtp(f"smtp://anna:s3cret@127.0.0.1:{fake.port}", lanes)
        outcomes = smtp.send(batch())
        assert letters(outcomes) == said
        assert {str(outcome) for outcome in outcomes} == {reply}
        assert not isinstance(outcomes[0], Rejected) or outcomes[0].blames == "sender"
        assert (fake.connections, fake.count("MAIL")) == (1, 0)
        assert fake.count("AUTH") == (stage == "AUTH")
        smtp.close()


@LANES
def test_a_session_refused_to_a_lane_that_comes_back_ends_the_batch(lanes: int) -> None:
    greetings = [USUAL["GREETING"]] * lanes + ["421 4.7.0 too many connections"]
    said, _, _ = ran({"EHLO": PIPELINING, "GREETING": greetings, "END m0": DROP}, lanes, 9)
    assert said == {1: "UDDdddddd", 3: "UAADddDdd"}[lanes]


@LANES
def test_a_stripped_starttls_is_met_once(lanes: int) -> None:
    with FakeServer({"EHLO": PIPELINING}) as fake:
        smtp = Smtp(f"smtp://127.0.0.1:{fake.port}?starttls=require", lanes)
        outcomes = smtp.send(batch())
        assert letters(outcomes) == "Dddddd"
        assert all("STARTTLS" in str(outcome) for outcome in outcomes)
        assert (fake.connections, fake.count("MAIL")) == (1, 0)


@LANES
def test_a_certificate_that_is_not_trusted_is_met_once(lanes: int) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with FakeServer({"EHLO": "250-fake.example\r\n250 STARTTLS"}, tls) as fake:
        smtp = Smtp(f"smtp://127.0.0.1:{fake.port}?starttls=require", lanes)
        outcomes = smtp.send(batch())
        assert letters(outcomes) == "Dddddd"
        assert all("not trusted" in str(outcome) for outcome in outcomes)
        assert (fake.connections, fake.count("MAIL")) == (1, 0)


@OFFERS
@LANES
def test_a_mail_that_is_too_large_or_has_a_bad_address_is_not_offered_and_disturbs_no_other(
    lanes: int, ehlo: str
) -> None:
    mails = batch()
    mails[0] = Outgoing("m0@bounces.example.com", "to0@example.org>\r\nDATA", DATA)
    mails[3] = Outgoing("m3@bounces.example.com", "to3@example.org", b"x" * 1_000_001)
    with FakeServer({"EHLO": ehlo}) as fake, smtp_to(fake, lanes) as smtp:
        outcomes = smtp.send(mails)
        assert letters(outcomes) == "BAARAA"
        assert str(outcomes[3]).startswith("552 5.3.4 ")
        assert (fake.count("MAIL"), fake.count("RSET"), fake.connections) == (4, 0, lanes)


@OFFERS
@pytest.mark.parametrize("fault", [{"RCPT m1": "354 what"}, {"DATA m1": "250 what"}])
def test_after_an_answer_without_meaning_the_connection_is_not_used_again(fault: Script, ehlo: str) -> None:
    said, _, fake = ran({"EHLO": ehlo} | dict(fault), 1, 3)
    assert said == "ADA"
    assert (fake.connections, fake.count("RSET")) == (2, 0)


# -- the server is slow, or says much ----------------------------------------------------------------


@OFFERS
@LANES
def test_a_mail_that_is_answered_late_is_taken(lanes: int, ehlo: str) -> None:
    said, _, _ = ran({"EHLO": ehlo, "END m2": LATE + "250 taken"}, lanes, timeout=0.2)
    assert said[2] == "A"


@pytest.mark.parametrize("fault", [SILENT, DRIP])
def test_slow_lanes_are_waited_for_together(fault: str) -> None:
    begun = time.monotonic()
    said, _, _ = ran({"EHLO": PIPELINING, "END": fault}, 3, 3, final_timeout=1)
    assert said == "UUU"
    assert 1 <= time.monotonic() - begun < 2.5


@pytest.mark.parametrize("fault", [SILENT, DRIP])
def test_a_slow_lane_costs_the_others_no_mail(fault: str) -> None:
    said, _, _ = ran({"EHLO": PIPELINING, "END m1": fault}, 3, final_timeout=0.5)
    assert said == "AUAADA"


@pytest.mark.parametrize("stage", ["GREETING", "EHLO"])
def test_a_server_too_slow_to_greet_one_lane_is_not_waited_for_by_the_others(stage: str) -> None:
    begun = time.monotonic()
    said, _, _ = ran({stage: DRIP}, 3, timeout=1)
    assert said == "Dddddd"
    assert 1 <= time.monotonic() - begun < 2.5


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_dripping_answer_to_a_command_may_do_later(stage: str) -> None:
    said, outcomes, _ = ran({"EHLO": PIPELINING, f"{stage} m0": DRIP}, 1, 2, timeout=0.5)
    assert said == "DA"
    assert "in time" in str(outcomes[0])


@OFFERS
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "END"])
def test_an_answer_of_several_lines_in_any_letters_is_one_answer(stage: str, ehlo: str) -> None:
    said, _, fake = ran({"EHLO": ehlo, stage: "250-2.0.0 grüß Gott\r\n250-\udcff\x00\r\n250 2.0.0 ok"}, 3)
    assert said == "AAAAAA"
    assert fake.connections == 3


@pytest.mark.parametrize("long", ["250 " + "x" * 1_000_000, ("250-" + "x" * 70 + "\r\n") * 14_000 + "250 x"])
@pytest.mark.parametrize(("stage", "said"), [("MAIL", "DA"), ("RCPT", "DA"), ("DATA", "DA"), ("END", "UD")])
def test_an_answer_without_end_is_not_listened_to(stage: str, said: str, long: str) -> None:
    assert ran({"EHLO": PIPELINING, f"{stage} m0": long}, 1, 2)[0] == said


@pytest.mark.parametrize(("reply", "said"), [("452 4.3.1 full", "DAA"), ("250 2.0.0 fine", "UAA")])
def test_a_server_that_does_not_read_holds_up_no_other_lane(reply: str, said: str) -> None:
    mails = [*batch(1, b"x" * 30_000_000), *batch(3, (b"y" * 990 + b"\r\n") * 4000)[1:]]
    script = {"EHLO": "250-fake.example\r\n250 PIPELINING", "BODY m0": reply}
    with FakeServer(script) as fake, smtp_to(fake, 3, timeout=1) as smtp:
        outcomes = smtp.send(mails)
    assert letters(outcomes) == said
    agree(outcomes, fake)


@LANES
@pytest.mark.parametrize("farewell", ["421 4.4.2 idle too long", "500 what?", DROP, SILENT])
def test_what_is_said_at_quit_changes_nothing(farewell: str, lanes: int) -> None:
    begun = time.monotonic()
    assert ran({"EHLO": PIPELINING, "QUIT": farewell}, lanes, timeout=1)[0] == "AAAAAA"
    assert time.monotonic() - begun < 2.5
