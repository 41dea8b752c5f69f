"""The SMTP channel against a scripted server: for each fault, whether the mail may have been taken."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import trustme
from channels.fakeserver import CUT, DROP, SILENT, FakeServer

from outreach.channels import Answer, Channel, Outcome, Outgoing, from_url
from outreach.channels.dry import Dry
from outreach.channels.replies import BY_STATUS
from outreach.channels.server import Server, server
from outreach.channels.smtp import Smtp
from outreach.channels.wire import on_the_wire
from outreach.errors import BadMail, ChannelError, Deferred, Rejected, SettingsError, Uncertain

DATA = b"Subject: hello\r\n\r\nHello\r\n"
FROM, TO = "b+token@bounces.example.com", "ben@example.org"


def sent(through: Channel, envelope_from: str, to: str, data: bytes) -> Answer:
    """Return the answer to a batch of this one mail; raise what came of it otherwise."""
    [outcome] = through.send([Outgoing(envelope_from, to, data)])
    if isinstance(outcome, Answer):
        return outcome
    raise outcome


@contextlib.contextmanager
def channel(
    fake: FakeServer, url: str = "smtp://127.0.0.1:{port}", timeout: float = 5, final_timeout: float = 5
) -> Iterator[Smtp]:
    smtp = Smtp(url.format(port=fake.port), connect_timeout=5, timeout=timeout, final_timeout=final_timeout)
    yield smtp
    smtp.close()


def error_of(
    script: Mapping[str, str | list[str]], data: bytes = DATA, timeout: float = 5, final_timeout: float = 5
) -> tuple[ChannelError, FakeServer]:
    with FakeServer(script) as fake, channel(fake, timeout=timeout, final_timeout=final_timeout) as smtp:
        with pytest.raises(ChannelError) as raised:
            sent(smtp, FROM, TO, data)
        return raised.value, fake


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def cafile(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(path := tmp_path / "ca.pem")
    return str(path)


def tls_for(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_mail_that_is_taken_returns_the_words_of_the_server() -> None:
    with FakeServer() as fake, channel(fake) as smtp:
        assert sent(smtp, FROM, TO, DATA) == Answer(250, "2.0.0", "taken as 1234")
    assert fake.mails == [DATA]
    assert fake.commands[1:] == [f"MAIL FROM:<{FROM}> SIZE={len(DATA)}", f"RCPT TO:<{TO}>", "DATA", "QUIT"]


def test_a_notification_may_have_the_null_sender() -> None:
    with FakeServer() as fake, channel(fake) as smtp:
        sent(smtp, "", TO, DATA)
    assert fake.commands[1].startswith("MAIL FROM:<> ")


def test_the_connection_is_kept_for_the_next_mails() -> None:
    with FakeServer() as fake, channel(fake) as smtp:
        for _ in range(3):
            sent(smtp, FROM, TO, DATA)
    assert (fake.connections, len(fake.mails), fake.count("RSET")) == (1, 3, 0)


def test_after_a_refusal_the_connection_goes_on() -> None:
    with FakeServer({"RCPT TO:<gone@example.org>": "550 5.1.1 no such user"}) as fake, channel(fake) as smtp:
        with pytest.raises(Rejected):
            sent(smtp, FROM, "gone@example.org", DATA)
        sent(smtp, FROM, TO, DATA)
    assert (fake.connections, len(fake.mails), fake.count("RSET")) == (1, 1, 1)


BEFORE_THE_MAIL = ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.mark.parametrize("stage", BEFORE_THE_MAIL)
@pytest.mark.parametrize(
    "fault", [DROP, "nonsense", "250-" + "x" * 200_000, "999 what", "250-a\r\n" * 300 + "250 b", ""]
)
def test_a_fault_before_the_first_byte_may_do_later(stage: str, fault: str) -> None:
    error, fake = error_of({stage: fault})
    assert type(error) is Deferred
    assert fake.mails == []


@pytest.mark.parametrize("stage", BEFORE_THE_MAIL)
def test_a_server_that_says_nothing_before_the_first_byte_may_do_later(stage: str) -> None:
    error, fake = error_of({stage: SILENT}, timeout=0.1)
    assert type(error) is Deferred
    assert "in time" in str(error)
    assert fake.mails == []


@pytest.mark.parametrize("stage", [*BEFORE_THE_MAIL, "END"])
@pytest.mark.parametrize("reply", ["421 4.3.2 going down", "450 4.2.1 greylisted", "451 4.3.0 try later"])
def test_a_temporary_refusal_may_do_later(stage: str, reply: str) -> None:
    error, _ = error_of({stage: reply})
    assert type(error) is Deferred
    assert (error.code, error.enhanced) == (int(reply[:3]), reply[4:9])


def test_a_drop_after_the_final_dot_is_uncertain_although_the_mail_was_taken() -> None:
    error, fake = error_of({"END": DROP})
    assert type(error) is Uncertain
    assert fake.mails == [DATA]
    assert fake.connections == 1


@pytest.mark.parametrize("script", [{"BODY": DROP}, {"BODY": CUT}, {"END": "354 more"}, {"END": "nonsense"}])
def test_after_the_first_byte_everything_unclear_is_uncertain(script: dict[str, str | list[str]]) -> None:
    error, fake = error_of(script)
    assert type(error) is Uncertain
    assert fake.connections == 1


def test_a_server_that_is_silent_after_the_final_dot_leaves_it_uncertain() -> None:
    error, fake = error_of({"END": SILENT}, final_timeout=0.1)
    assert type(error) is Uncertain
    assert fake.mails == [DATA]


def test_the_final_dot_is_given_ten_minutes() -> None:
    assert Smtp("smtp://127.0.0.1").limits.final == 600


def test_the_final_dot_is_waited_for_longer_than_a_command() -> None:
    with FakeServer({"END": SILENT}) as fake, channel(fake, timeout=0.05, final_timeout=0.5) as smtp:
        begun = time.monotonic()
        with pytest.raises(Uncertain):
            sent(smtp, FROM, TO, DATA)
        assert time.monotonic() - begun >= 0.5


def test_a_refusal_in_the_middle_of_a_mail_is_heard() -> None:
    script = {"BODY": "552 5.3.4 too large", "EHLO": "250 fake.example"}
    error, _ = error_of(script, b"x" * 30_000_000, timeout=0.3)
    assert isinstance(error, Rejected)
    assert error.blames == "content"


@pytest.mark.parametrize(
    ("stage", "reply", "blames"),
    [
        ("RCPT", "550 5.1.1 no such user", "lead"),
        ("RCPT", "550 no such user", "lead"),
        ("RCPT", "550 5.5.0 mailbox unavailable", "lead"),
        ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", "lead"),
        ("RCPT", "556 5.1.10 null MX", "lead"),
        ("RCPT", "550 5.7.1 relaying denied", "sender"),
        ("RCPT", "550 relay not permitted", "sender"),
        ("RCPT", "554 your host is listed in a blocklist", "sender"),
        ("RCPT", "530 5.7.0 authentication required", "sender"),
        ("RCPT", "530 log in first", "sender"),
        ("RCPT", "501 syntax", "sender"),
        ("MAIL", "550 5.1.8 sender unknown", "sender"),
        ("MAIL", "550 5.1.1 sender unknown", "sender"),
        ("MAIL", "552 too large", "content"),
        ("DATA", "554 5.7.1 no", "sender"),
        ("DATA", "550 5.1.1 gone after all", "lead"),
        ("END", "554 5.6.0 malformed", "content"),
        ("END", "552 too large", "content"),
        ("END", "554 transaction failed", "content"),
        ("END", "550 5.7.515 access denied, sender not authenticated", "sender"),
        ("END", "554 looks like spam", "sender"),
        ("GREETING", "554 5.7.1 go away", "sender"),
        ("EHLO", "550 go away", "sender"),
    ],
)
def test_a_permanent_refusal_says_whom_it_blames(stage: str, reply: str, blames: str) -> None:
    error, fake = error_of({stage: reply})
    assert isinstance(error, Rejected)
    assert (error.blames, error.code) == (blames, int(reply[:3]))
    assert fake.count("QUIT") == (stage not in ("GREETING", "EHLO"))


@pytest.mark.parametrize("reply", ["552 5.2.2 mailbox full", "552 mailbox full"])
def test_a_full_mailbox_may_do_later(reply: str) -> None:
    error, _ = error_of({"RCPT": reply})
    assert type(error) is Deferred


def test_the_table_knows_four_words() -> None:
    assert set(BY_STATUS.values()) == {"lead", "sender", "content", "later"}


@pytest.mark.parametrize("farewell", ["421 4.4.2 idle too long", "500 what?", DROP, SILENT])
def test_what_happens_at_quit_does_not_matter(farewell: str) -> None:
    with FakeServer({"QUIT": farewell}) as fake:
        smtp = Smtp(f"smtp://127.0.0.1:{fake.port}", timeout=1)
        assert sent(smtp, FROM, TO, DATA).code == 250
        smtp.close()
    assert fake.mails == [DATA]


@pytest.mark.parametrize("stale", [DROP, "421 4.4.2 idle too long"])
def test_a_kept_connection_that_died_is_replaced_before_the_mail_is_begun(stale: str) -> None:
    usual = "250 2.1.0 fine"
    with FakeServer({"MAIL": [usual, stale, usual]}) as fake, channel(fake) as smtp:
        sent(smtp, FROM, TO, DATA)
        sent(smtp, FROM, TO, DATA)
    assert (fake.connections, len(fake.mails)) == (2, 2)


def test_a_fresh_connection_is_not_tried_twice() -> None:
    error, fake = error_of({"MAIL": DROP})
    assert type(error) is Deferred
    assert fake.connections == 1


def test_a_kept_connection_that_does_not_forget_is_replaced() -> None:
    script = {"RCPT TO:<gone@example.org>": "550 5.1.1 no", "RSET": "500 what?"}
    with FakeServer(script) as fake, channel(fake) as smtp:
        with pytest.raises(Rejected):
            sent(smtp, FROM, "gone@example.org", DATA)
        sent(smtp, FROM, TO, DATA)
    assert (fake.connections, len(fake.mails)) == (2, 1)


def test_after_an_uncertain_mail_the_next_one_has_a_connection_of_its_own() -> None:
    with FakeServer({"END": [DROP, "250 fine"]}) as fake, channel(fake) as smtp:
        with pytest.raises(Uncertain):
            sent(smtp, FROM, TO, DATA)
        sent(smtp, FROM, "next@example.org", DATA)
    assert fake.connections == 2
    assert fake.count("RCPT TO:<BEN@") == 1


def drip(listener: socket.socket, stopped: threading.Event) -> None:
    connection, _ = listener.accept()
    with connection, contextlib.suppress(OSError):
        while not stopped.wait(0.02):
            connection.sendall(b"2")


def test_a_dripping_reply_has_to_be_complete_in_time() -> None:
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener, stopped))
        thread.start()
        smtp = Smtp(f"smtp://127.0.0.1:{listener.getsockname()[1]}", timeout=0.3)
        with pytest.raises(Deferred, match="in time"):
            smtp.open()
        stopped.set()
        thread.join()


def test_nobody_listening_may_do_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Deferred, match="no connection to"):
        Smtp(f"smtp://127.0.0.1:{port}").open()


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_begun() -> None:
    error, fake = error_of({"EHLO": "250-fake.example\r\n250 SIZE 10"})
    assert isinstance(error, Rejected)
    assert (error.code, error.blames, fake.count("MAIL")) == (552, "content", 0)


def test_an_old_server_is_greeted_the_old_way() -> None:
    with FakeServer({"EHLO": "502 5.5.1 what?"}) as fake, channel(fake) as smtp:
        sent(smtp, FROM, TO, DATA)
    assert fake.count("HELO") == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example>\r\nDATA",
        "a@b.example>\nRCPT TO:<v@x.example",
        "a b@c.example",
        "<a@b.example>",
        "",
        "a",
        "ä@b.example",
        "a@b@c",
    ],
)
def test_no_address_starts_another_command(address: str) -> None:
    with FakeServer() as fake, channel(fake) as smtp:
        for arguments in ((FROM, address), (address or "x", TO)):
            with pytest.raises(BadMail):
                sent(smtp, *arguments, DATA)
    assert fake.commands == []


@pytest.mark.parametrize(
    ("data", "wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"a\r\n.\r\nMAIL FROM:<v@x.example>\r\n", b"a\r\n..\r\nMAIL FROM:<v@x.example>\r\n.\r\n"),
        (b"a\n.\nb\r\n", b"a\r\n..\r\nb\r\n.\r\n"),
        (b"a\r.\rb\r\n", b"a\r\n..\r\nb\r\n.\r\n"),
        (b"a\n\r.b\r\n", b"a\r\n\r\n..b\r\n.\r\n"),
    ],
)
def test_no_mail_ends_before_its_end(data: bytes, wire: bytes) -> None:
    assert on_the_wire(data) == wire


def test_a_smuggled_end_reaches_the_server_as_one_mail() -> None:
    with FakeServer() as fake, channel(fake) as smtp:
        sent(smtp, FROM, TO, b"a\n.\nMAIL FROM:<v@x.example>\r.\r\r\n.\r\nb\r\n")
    assert len(fake.mails) == 1
    assert fake.count("MAIL") == 1


def test_what_is_logged_of_an_error_holds_no_address() -> None:
    error, _ = error_of({"RCPT": f"550 5.1.1 <{TO}>: no user {TO} here"})
    assert TO in error.text
    assert "example.org" not in str(error)
    assert str(error).startswith("550 5.1.1 ")


def test_strange_bytes_in_a_reply_are_made_readable() -> None:
    error, _ = error_of({"RCPT": "550-5.1.1 \x1b[31m\udcff\r\n550 5.1.1 " + "x" * 3000})
    assert error.enhanced == "5.1.1"
    assert error.text.isprintable()
    assert len(error.text) <= 1000


@pytest.mark.parametrize("offer", ["AUTH LOGIN PLAIN", "AUTH LOGIN"])
def test_a_login_is_sent_to_this_machine(offer: str) -> None:
    script = {
        "EHLO": f"250-fake.example\r\n250 {offer}",
        "AUTH LOGIN": "334 VXNlcm5hbWU6",
        "YW5uYUBleGFtcGxlLmNvbQ==": "334 UGFzc3dvcmQ6",
        "czplY3JldA==": "235 welcome",
    }
    with (
        FakeServer(script) as fake,
        channel(fake, "smtp://anna%40example.com:s%3Aecret@127.0.0.1:{port}") as smtp,
    ):
        sent(smtp, FROM, TO, DATA)
    assert len(fake.mails) == 1


def test_a_refused_login_blames_the_sender_and_keeps_the_secret() -> None:
    script = {"EHLO": "250-fake.example\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 wrong password"}
    with FakeServer(script) as fake, channel(fake, "smtp://anna:s3cret@127.0.0.1:{port}") as smtp:
        with pytest.raises(Rejected) as raised:
            sent(smtp, FROM, TO, DATA)
        assert raised.value.blames == "sender"
        assert "s3cret" not in f"{raised.value!r} {smtp!r}"
    assert fake.count("MAIL") == 0


def test_a_server_without_a_login_we_know_is_not_used() -> None:
    with FakeServer() as fake, channel(fake, "smtp://a:b@127.0.0.1:{port}") as smtp, pytest.raises(Deferred):
        smtp.open()
    assert fake.count("MAIL") == 0


STARTTLS = {"EHLO": ["250-fake.example\r\n250 STARTTLS", "250-fake.example\r\n250 AUTH PLAIN"]}


def test_starttls_with_a_trusted_certificate_is_used(authority: trustme.CA, cafile: str) -> None:
    url = "smtp://a:b@127.0.0.1:{port}?starttls=require&cafile=" + cafile
    with FakeServer(STARTTLS, tls_for(authority, "127.0.0.1")) as fake, channel(fake, url) as smtp:
        sent(smtp, FROM, TO, DATA)
    assert fake.mails == [DATA]
    assert [line.split()[0] for line in fake.commands[:4]] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]


def test_smtps_with_a_trusted_certificate_is_used(authority: trustme.CA, cafile: str) -> None:
    tls = tls_for(authority, "localhost")
    with (
        FakeServer(tls=tls, implicit=True) as fake,
        channel(fake, "smtps://localhost:{port}?cafile=" + cafile) as smtp,
    ):
        sent(smtp, FROM, TO, DATA)
    assert fake.mails == [DATA]


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize("name", ["127.0.0.1", "other.example"])
def test_a_certificate_that_is_not_trusted_or_not_of_the_host_is_refused(
    authority: trustme.CA, cafile: str, implicit: bool, name: str
) -> None:
    # The right name without the authority, and the authority with another name.
    option = f"&cafile={cafile}" if name == "other.example" else ""
    url = (
        "smtps://127.0.0.1:{port}?starttls=require"
        if implicit
        else "smtp://127.0.0.1:{port}?starttls=require"
    )
    with (
        FakeServer(STARTTLS, tls_for(authority, name), implicit=implicit) as fake,
        channel(fake, url + option) as smtp,
        pytest.raises(Deferred, match="not trusted"),
    ):
        sent(smtp, FROM, TO, DATA)
    assert fake.count("MAIL") == 0


def test_a_stripped_starttls_is_refused() -> None:
    url = "smtp://127.0.0.1:{port}?starttls=require"
    with FakeServer() as fake, channel(fake, url) as smtp, pytest.raises(Deferred, match="STARTTLS"):
        sent(smtp, FROM, TO, DATA)
    assert fake.count("MAIL") == 0


def test_a_command_slipped_in_before_tls_is_refused(authority: trustme.CA, cafile: str) -> None:
    script = STARTTLS | {"STARTTLS": "220 go ahead\r\n250 slipped in"}
    url = "smtp://127.0.0.1:{port}?starttls=require&cafile=" + cafile
    tls = tls_for(authority, "127.0.0.1")
    with (
        FakeServer(script, tls) as fake,
        channel(fake, url) as smtp,
        pytest.raises(Deferred, match="before TLS"),
    ):
        sent(smtp, FROM, TO, DATA)
    assert fake.count("MAIL") == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1", Server("127.0.0.1", 25, "plain")),
        ("smtp://localhost:2525", Server("localhost", 2525, "plain")),
        ("smtp://[::1]:2525", Server("::1", 2525, "plain")),
        ("smtp://127.0.0.1?starttls=require", Server("127.0.0.1", 587, "starttls")),
        ("smtp://mail.example.com", Server("mail.example.com", 587, "starttls")),
        ("smtp://a%40b:c%2Fd@mail.example.com", Server("mail.example.com", 587, "starttls", "a@b", "c/d")),
        ("smtp://mail.example.com?starttls=never", Server("mail.example.com", 25, "plain")),
        ("smtps://mail.example.com", Server("mail.example.com", 465, "tls")),
        ("smtps://mail.example.com?cafile=/ca.pem", Server("mail.example.com", 465, "tls", cafile="/ca.pem")),
    ],
)
def test_addresses_of_servers_are_understood(url: str, expected: Server) -> None:
    assert server(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.com",
        "http://user:s3cret@mail.example.com",
        "smtp://",
        "smtp://user:s3cret@",
        "smtp://user:s3cret@host:port",
        "smtp://user:s3cret@[bad",
        "smtp://user:s3cret@mail.example.com?starttls=never",
        "smtp://user:s3cret@mail.example.com?starttls=no",
        "smtp://user:s3cret@mail.example.com?verify=no",
        "smtps://user:s3cret@mail.example.com?cafile=/nowhere/s.pem",
    ],
)
def test_a_wrong_address_is_one_line_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        from_url(url)
    assert "s3cret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_every_channel_is_found_by_its_address() -> None:
    channels: list[Channel] = [
        from_url("smtp://127.0.0.1"),
        from_url("smtps://mail.example.com"),
        from_url("dry://"),
    ]
    assert [type(each) for each in channels] == [Smtp, Smtp, Dry]


def test_the_dry_channel_keeps_what_it_takes() -> None:
    dry = Dry()
    dry.open()
    assert sent(dry, FROM, TO, DATA).code == 250
    dry.close()
    assert dry.outbox == [Outgoing(FROM, TO, DATA)]


def test_the_dry_channel_follows_a_script() -> None:
    script: dict[str, Outcome] = {
        TO: Rejected("no such user", 550, "5.1.1"),
        "ok@example.org": Answer(250, "", "fine"),
    }
    dry = Dry(script.__getitem__)
    with pytest.raises(Rejected):
        sent(dry, FROM, TO, DATA)
    assert sent(dry, FROM, "ok@example.org", DATA).text == "fine"
    assert [mail.to for mail in dry.outbox] == ["ok@example.org"]
