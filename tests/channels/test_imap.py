"""The IMAP channel against a real server, and against those that break the connection."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import mailserver
import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imapclient import IMAPClient
from mailserver import MailServer
from mailservers import brokenimap
from mailservers.brokenimap import ORDINARY, Broken

from outreach.channels.imap import Mailbox, Place, place, places
from outreach.channels.oauth import App, Grant, Tokens
from outreach.domain.inbound.parts import MAX_BYTES
from outreach.errors import ChannelError, Deferred, Rejected, SettingsError

URL = "imaps://anna%40example.com:pass%20word@imap.example.com/Sales%2FIn"


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mailserver.start() as running:
        yield running


def mail(to: str, subject: str) -> bytes:
    return f"From: dana@example.org\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()


def subjects(mailbox: Mailbox, uid: int, limit: int = 100) -> list[str]:
    lines = (fetched.raw.decode().splitlines() for fetched in mailbox.fetch_after(uid, limit))
    return [
        line.removeprefix("Subject: ") for header in lines for line in header if line.startswith("Subject: ")
    ]


def test_an_empty_mailbox_has_nothing_to_fetch(server: MailServer) -> None:
    with Mailbox(server.imap_url("empty@example.com")) as mailbox:
        assert mailbox.fetch_after(0, 100) == []


def test_mails_are_fetched_from_the_oldest_on(server: MailServer) -> None:
    user = "order@example.com"
    with Mailbox(server.imap_url(user)) as mailbox:
        server.deliver(*(mail(user, subject) for subject in ("one", "two", "three")))
        first, second = mailbox.fetch_after(0, 2)
        assert b"Subject: one" in first.raw
        assert subjects(mailbox, second.uid) == ["three"]


def test_behind_the_last_mail_there_is_nothing(server: MailServer) -> None:
    user = "last@example.com"
    with Mailbox(server.imap_url(user)) as mailbox:
        server.deliver(mail(user, "only"))
        (only,) = mailbox.fetch_after(0, 10)
        assert mailbox.fetch_after(only.uid, 10) == []
        assert mailbox.fetch_after(only.uid + 100, 10) == []


def test_the_status_says_which_uid_comes_next_on_a_connection_that_stays_open(server: MailServer) -> None:
    user = "status@example.com"
    with Mailbox(server.imap_url(user)) as mailbox:
        validity, expected = mailbox.status()
        server.deliver(mail(user, "new"))
        assert mailbox.status() == (validity, expected + 1)
        assert [fetched.uid for fetched in mailbox.fetch_after(0, 10)] == [expected]


def test_nothing_is_marked_as_read(server: MailServer) -> None:
    user = "unread@example.com"
    server.deliver(mail(user, "secret"))
    with Mailbox(server.imap_url(user)) as mailbox:
        assert subjects(mailbox, 0) == ["secret"]
    with IMAPClient("127.0.0.1", server.imap_port, ssl=False) as client:
        client.login(user, server.password)
        client.select_folder("INBOX")
        assert client.search("UNSEEN") != []


def test_huge_mails_are_cut_and_do_not_come_all_at_once(server: MailServer) -> None:
    user = "huge@example.com"
    server.deliver(*[mail(user, "huge") + (b"x" * 900 + b"\r\n") * 12_000] * 4)
    with Mailbox(server.imap_url(user)) as mailbox:
        fetched = mailbox.fetch_after(0, 10)
        assert [len(one.raw) for one in fetched] == [MAX_BYTES] * 3
        assert len(mailbox.fetch_after(fetched[-1].uid, 10)) == 1


def test_a_wrong_password_is_a_matter_for_a_person(server: MailServer) -> None:
    with pytest.raises(Rejected) as raised:
        Mailbox(f"imap://anna:wrong@127.0.0.1:{server.imap_port}").open()
    assert raised.value.blames == "sender"
    assert "wrong" not in str(raised.value)


def test_no_server_is_a_matter_of_time() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and nobody listens
        with pytest.raises(Deferred, match="Connection refused"):
            Mailbox(f"imap://anna:secret@127.0.0.1:{held.getsockname()[1]}").open()


def test_after_a_lost_connection_the_next_call_connects_anew(server: MailServer) -> None:
    user = "again@example.com"
    server.deliver(mail(user, "kept"))
    with mailserver.start() as other:
        mailbox = Mailbox(other.imap_url(user))
        mailbox.status()
    with pytest.raises(Deferred):
        mailbox.status()
    with pytest.raises(Deferred):
        mailbox.fetch_after(0, 10)
    mailbox.place = place(server.imap_url(user))
    mailbox.status()
    assert subjects(mailbox, 0) == ["kept"]
    mailbox.close()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"220 this is SMTP\r\n",
        b"* OK ready\r\n",
        b"* OK ready\r\n* CAPABILITY IMAP4rev1\r\n",
        b"* BYE too busy\r\n",
        b"\x00" * 1000 + b"\r\n",
    ],
)
def test_a_server_that_hangs_up_or_speaks_nonsense_is_a_matter_of_time(said: bytes) -> None:
    assert isinstance(_error_of(said), Deferred)


def _error_of(said: bytes) -> ChannelError:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_say_and_hang_up, args=(listener, said))
        thread.start()
        with pytest.raises(ChannelError) as raised:
            Mailbox(f"imap://anna:secret@127.0.0.1:{listener.getsockname()[1]}", timeout=5).open()
        thread.join()
    return raised.value


def _say_and_hang_up(listener: socket.socket, said: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1000):
            pass


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Deferred, match="no answer in time"):
        Mailbox(f"imap://anna:secret@127.0.0.1:{silent.getsockname()[1]}", connect_timeout=0.2).open()


# -- TLS -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def cafile(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@contextlib.contextmanager
def in_tls(server: MailServer, context: ssl.SSLContext, *, starttls: bool) -> Iterator[int]:
    """Yield the port where a single connection reaches `server` in TLS: mail-devel itself speaks none over IMAP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_forward, args=(listener, server.imap_port, context, starttls))
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _forward(listener: socket.socket, port: int, context: ssl.SSLContext, starttls: bool) -> None:
    client, _ = listener.accept()
    with contextlib.suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as server:
        if starttls:
            client.sendall(server.recv(4096).replace(b"IMAP4rev1", b"IMAP4rev1 STARTTLS"))
            while b"STARTTLS" not in (line := client.recv(4096)).upper():
                client.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + line.split()[0] + b" OK done\r\n")
            client.sendall(line.split()[0] + b" OK go ahead\r\n")
        with context.wrap_socket(client, server_side=True) as secured:
            back = threading.Thread(target=_pump, args=(server, secured))
            back.start()
            _pump(secured, server)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def serving(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("starttls", [False, True])
def test_a_certificate_that_is_trusted_is_used(
    server: MailServer, authority: trustme.CA, cafile: Path, starttls: bool
) -> None:
    with in_tls(server, serving(authority, "127.0.0.1"), starttls=starttls) as port:
        url = f"127.0.0.1:{port}/INBOX?cafile={cafile}"
        login = f"anna:{server.password}"
        with Mailbox(
            f"imap://{login}@{url}&starttls=require" if starttls else f"imaps://{login}@{url}"
        ) as mailbox:
            assert mailbox.status()[0] > 0


@pytest.mark.parametrize("starttls", [False, True])
@pytest.mark.parametrize(("name", "trusting"), [("127.0.0.1", False), ("imap.example.com", True)])
def test_a_certificate_of_nobody_or_of_another_host_is_refused(
    server: MailServer, authority: trustme.CA, cafile: Path, name: str, trusting: bool, starttls: bool
) -> None:
    with in_tls(server, serving(authority, name), starttls=starttls) as port:
        options = ("starttls=require" if starttls else "") + (f"&cafile={cafile}" if trusting else "")
        with pytest.raises(Deferred, match="not trusted"):
            Mailbox(f"imap{'' if starttls else 's'}://anna:x@127.0.0.1:{port}/INBOX?{options}").open()


def test_no_login_goes_to_a_server_that_lost_its_starttls(server: MailServer) -> None:
    with pytest.raises(Deferred, match="does not offer STARTTLS"):
        Mailbox(f"{server.imap_url('anna@example.com')}?starttls=require").open()


# -- the address -----------------------------------------------------------------------------------


def test_an_address_says_all_there_is_to_say() -> None:
    assert place(URL) == Place("imap.example.com", 993, "tls", "anna@example.com", "pass word", "Sales/In")
    assert place("imap://anna:x@[::1]:1143") == Place("::1", 1143, "plain", "anna", "x", "INBOX")
    assert place("imap://a:b@imap.example.com?starttls=require").security == "starttls"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("imap://anna:hunter2@imap.example.com/INBOX", "never sent in clear"),
        ("pop3://anna:hunter2@imap.example.com", "is written imaps://"),
        ("imaps://imap.example.com", "is written imaps://"),
        ("imaps://anna:hunter2@imap.example.com:many", "not a valid one"),
        ("imaps://anna:hunter2@imap.example.com?tls=no", "no option tls"),
        ("imap://anna:hunter2@imap.example.com?starttls=maybe", "can only be require"),
        ("imaps://anna:hunter2@127.0.0.1:9?cafile=/no/such/file", "can not be used"),
    ],
)
def test_a_wrong_address_gets_one_line_without_its_password(url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as raised:
        Mailbox(url).open()
    assert "hunter2" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_mailbox_never_shows_its_password() -> None:
    mailbox = Mailbox(URL)
    assert "pass word" not in repr(mailbox) + mailbox.name
    assert mailbox.name == "anna@example.com@imap.example.com/Sales/In"


def test_several_mailboxes_are_separated_by_blanks_or_commas() -> None:
    several = f" {URL}, imaps://ben@example.com:a,b@imap.example.com\n{URL.replace('Sales%2FIn', 'Junk')} "
    assert [one.name for one in places(several)] == [
        "anna@example.com@imap.example.com/Sales/In",
        "ben@example.com@imap.example.com/INBOX",
        "anna@example.com@imap.example.com/Junk",
    ]
    assert places(several)[1].password == "a,b"
    with pytest.raises(SettingsError, match="listed twice") as raised:
        places(f"{URL} {URL}")
    assert "pass" not in str(raised.value)


def test_an_address_with_a_token_names_its_provider() -> None:
    where = place("imaps://anna%40example.com:1%2F%2Fabc@imap.gmail.com?oauth=google")
    assert where.grant == Grant("google", "anna@example.com", "1//abc")
    assert "abc" not in repr(where) + repr(where.grant)
    assert place(URL).grant is None
    with pytest.raises(SettingsError, match="one of google, microsoft"):
        place("imaps://anna:x@imap.example.com?oauth=yahoo")


# -- servers that fail -------------------------------------------------------------------------------


@pytest.fixture
def broken() -> Iterator[Broken]:
    with brokenimap.start() as running:
        yield running


@pytest.fixture
def box(broken: Broken) -> Iterator[Mailbox]:
    broken.mails = {uid: f"Subject: {uid}\r\n\r\nHello\r\n".encode() for uid in range(1, 6)}
    mailbox = Mailbox(f"imap://anna:secret@127.0.0.1:{broken.port}", timeout=5)
    yield mailbox
    mailbox.close()


def read_all(mailbox: Mailbox, most: int = 50) -> tuple[list[int], list[int], int]:
    """Read as the reader does: return the uids that came, those that came empty, and how often it failed."""
    came: list[int] = []
    empty: list[int] = []
    failures = 0
    for _ in range(most):
        try:
            mailbox.status()
            found = mailbox.fetch_after(came[-1] if came else 0, 10)
        except Deferred:
            failures += 1
            continue
        came += [one.uid for one in found]
        empty += [one.uid for one in found if not one.raw]
        if mailbox.is_drained:
            return came, empty, failures
    raise AssertionError("it never ends")


@pytest.mark.parametrize("how", ["refuses", "cuts", "withholds", "forgets"])
@pytest.mark.parametrize("which", [{3}, {1}, {5}, {1, 2, 3, 4, 5}])
def test_a_mail_that_the_server_can_not_give_does_not_keep_the_others(
    broken: Broken, box: Mailbox, how: str, which: set[int]
) -> None:
    setattr(broken, how, which)
    came, empty, _ = read_all(box)
    if (
        how == "forgets"
    ):  # expunged, as far as anybody can tell; only if nothing else is left it is asked for again
        assert set(came) >= set(broken.mails) - which
    else:
        assert came == [1, 2, 3, 4, 5]
        assert set(empty) == which


def test_a_mail_that_is_cut_once_is_read_the_next_time(broken: Broken, box: Mailbox) -> None:
    broken.cuts = {2}
    box.status()
    with pytest.raises(Deferred, match="lost"):
        box.fetch_after(0, 10)
    broken.cuts = set()
    assert read_all(box) == ([1, 2, 3, 4, 5], [], 0)


def test_only_what_broke_a_fetch_is_asked_for_alone(broken: Broken, box: Mailbox) -> None:
    broken.refuses = {1}
    read_all(box)
    broken.fetches.clear()
    broken.mails |= {6: b"x", 7: b"y"}
    box.status()
    box.fetch_after(5, 10)
    assert broken.fetches == [[6, 7]]


def test_a_server_that_does_not_tell_the_next_uid_is_read_to_its_end(broken: Broken, box: Mailbox) -> None:
    broken.tells_next = False
    assert read_all(box) == ([1, 2, 3, 4, 5], [], 0)


def test_a_folder_of_a_million_uids_is_looked_through_in_steps(broken: Broken, box: Mailbox) -> None:
    broken.mails = {7: b"x", 3_000_000: b"y"}
    assert read_all(box) == ([7, 3_000_000], [], 0)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", Rejected),
        (b"NO [UNAVAILABLE] Temporary authentication failure.", Deferred),
        (b"NO [ALERT] Too many simultaneous connections. (Failure)", Deferred),
        (b"NO LOGIN failed.", Rejected),
        (b"BAD what?", Rejected),
        (b"BYE", Deferred),
    ],
)
def test_a_login_that_is_refused_for_now_is_a_matter_of_time(
    broken: Broken, box: Mailbox, said: bytes, kind: type[ChannelError]
) -> None:
    broken.login = said
    with pytest.raises(ChannelError) as raised:
        box.open()
    assert type(raised.value) is kind
    assert "credentials" not in str(raised.value)


def test_a_connection_that_ends_in_the_login_is_a_matter_of_time(broken: Broken, box: Mailbox) -> None:
    broken.login = b"* BYE too busy\r\n"
    with pytest.raises(Deferred):
        box.open()


def test_a_password_is_not_sent_where_none_is_taken(broken: Broken, box: Mailbox) -> None:
    broken.capabilities = f"{ORDINARY} LOGINDISABLED"
    with pytest.raises(Rejected, match="refused the login"):
        box.open()
    assert broken.logins == 0


def test_a_token_is_not_sent_where_none_is_taken(broken: Broken) -> None:
    url = f"imap://anna:some@127.0.0.1:{broken.port}?oauth=google"
    with pytest.raises(SettingsError, match="needs a token"):
        Mailbox(url).open()
    with pytest.raises(Rejected, match="offers no login by token"):
        Mailbox(url, Tokens({"google": App("id")})).open()


@pytest.mark.parametrize(
    ("idle", "heard"),
    [
        (b"+ idling\r\n* 6 EXISTS\r\n", True),
        (b"+ idling\r\n* OK Still here\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 6 exists\r\n", True),
        (b"* 6 EXISTS\r\n+ idling\r\n", True),
        (b"* 5 EXISTS\r\n* 0 RECENT\r\n+\r\n", True),
        (b"+ idling\r\n* OK Still here\r\n* 3 EXPUNGE\r\n", False),
        (b"+ idling\r\n", False),
        (b"TAG BAD no idle today\r\n", False),
    ],
)
def test_idle_hears_what_servers_say_in_whatever_order(
    broken: Broken, box: Mailbox, idle: bytes, heard: bool
) -> None:
    box.status()
    broken.idles = [idle]
    assert box.wait(0.2, 0.05) is heard
    assert [one.uid for one in box.fetch_after(4, 10)] == [5], "the connection is good for more"


@pytest.mark.parametrize(
    "idle",
    [b"+ idling\r\n* BYE shutting down\r\n", b"^", b"+ idling\r\n^", b"x" * 70_000, b"+ " + b"x" * 70_000],
)
def test_an_idle_that_breaks_is_a_matter_of_time(broken: Broken, box: Mailbox, idle: bytes) -> None:
    box.status()
    broken.idles = [idle]
    with pytest.raises(Deferred):
        box.wait(0.5, 0.05)
    assert box.status() == (1, 6)


def test_a_server_that_does_not_answer_an_idle_is_given_up(broken: Broken) -> None:
    mailbox = Mailbox(f"imap://anna:secret@127.0.0.1:{broken.port}", timeout=0.2)
    mailbox.status()
    broken.idles = [b"* OK wait\r\n"]
    with pytest.raises(Deferred, match="no answer in time"):
        mailbox.wait(60, 60)


def test_without_idle_the_mailbox_is_polled(broken: Broken, box: Mailbox) -> None:
    broken.capabilities = "IMAP4rev1"
    box.status()
    began = time.monotonic()
    assert not box.wait(60, 0.1)
    assert 0.1 <= time.monotonic() - began < 5


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_server_says_is_one_of_our_errors(broken: Broken, said: bytes) -> None:
    broken.greets = b"* OK ready\r\n* CAPABILITY IMAP4rev1\r\n" + said
    mailbox = Mailbox(f"imap://anna:secret@127.0.0.1:{broken.port}", timeout=0.3)
    with contextlib.suppress(ChannelError):
        mailbox.status()
        mailbox.fetch_after(0, 10)
        mailbox.wait(0.01, 0.01)
    mailbox.close()
