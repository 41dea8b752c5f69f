"""The command classify, and what any mail may cost: the rules of the inbox in a process with limits."""

from __future__ import annotations

import io
import json
import mailbox
import os
import sys
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from evaluation.confined import Confined, Cost
from evaluation.hostile_mails import HUGE, REPEATED
from typer.testing import CliRunner, Result

from outreach.cli import app
from outreach.cli.classify import record
from outreach.domain.inbound import DEAD, InboundKind, Intent, Reason

KEYS = [
    "file", "kind", "recipients", "message_ids", "reply_text", "intent", "intent_evidence", "purchase_time", "purchase_at",
    "temperature", "resume_at", "referral", "competitor", "contract_ends_on", "language", "rule", "quarantine",
]  # fmt: skip
REPLY = (
    b"From: Dana <dana@example.org>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nSubject: Re: Hello\r\n"
    b"In-Reply-To: <m1.abc@example.com>\r\n\r\n%s\r\n\r\nOn Mon, 2 Mar 2026, Anna wrote:\r\n> Hello\r\n"
)
YES = REPLY % b"Yes, please call me tomorrow."
REPORT = (
    b"From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n\r\nIt failed.\r\n--r\r\n"
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
    b"Final-Recipient: rfc822; dana@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n--r--\r\n"
)
MOST_SECONDS = 1.0
MOST_MEGABYTES = 100.0
TRIES = 3


def call(*arguments: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["classify", *map(str, arguments)], input=given)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def files(result: Result) -> list[str]:
    return [each["file"] for each in records(result)]


# -- the command -----------------------------------------------------------------------------------


def test_a_mail_is_told_under_the_keys_that_the_page_names(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(YES)
    result = call("--json", mail)
    (told,) = records(result)
    assert result.exit_code == 0
    assert list(told) == KEYS
    assert (told["file"], told["kind"], told["reply_text"]) == (
        str(mail),
        "reply",
        "Yes, please call me tomorrow.",
    )
    assert told["message_ids"] == ["<m1.abc@example.com>"]


def test_a_bounce_tells_whom_and_why_and_has_no_text(tmp_path: Path) -> None:
    (told,) = records(call("--json", "-", given=REPORT))
    (recipient,) = told["recipients"]
    assert list(recipient) == ["address", "status", "smtp_code", "reason", "hard", "suppress", "text"]
    assert (recipient["address"], recipient["reason"], recipient["suppress"]) == (
        "dana@example.org",
        "user_unknown",
        True,
    )
    assert (told["reply_text"], told["intent"], told["temperature"], told["resume_at"]) == ("", "", "", None)


def test_the_time_of_purchase_is_reckoned_from_the_mails_own_date() -> None:
    told = record("x", REPLY % b"We need to decide on a system within 5 weeks.")
    assert told["purchase_time"]
    assert (told["purchase_at"], told["temperature"]) == ("2026-04-06", "warm")
    undated = record(
        "x", (REPLY % b"We need to decide on a system within 5 weeks.").replace(b"Date:", b"X-Date:")
    )
    assert undated["purchase_time"] == told["purchase_time"]
    assert (undated["purchase_at"], undated["temperature"]) == (None, "")


def test_what_a_mail_does_not_say_is_empty_and_never_missing() -> None:
    told = record("x", b"")
    assert list(told) == KEYS
    assert {key for key, value in told.items() if value is None} == {
        "purchase_at",
        "resume_at",
        "contract_ends_on",
    }
    assert told["recipients"] == told["message_ids"] == told["referral"] == []
    assert told["quarantine"] == "no headers; no sender"


def test_a_person_reads_a_block_that_steers_no_terminal(tmp_path: Path) -> None:
    steering = YES.replace(b"<m1.", b"<\x1b[31m1.").replace(b"Yes", b"Yes\x1b[2J")
    result = call("-", given=steering)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "  kind        reply" in result.stdout
    assert "call me tomorrow." in result.stdout


def test_files_folders_and_the_stream_come_in_their_order(tmp_path: Path) -> None:
    for name in ("b.eml", "a.eml", "sub/c.eml", ".hidden", "expected.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(YES)
    result = call("--json", tmp_path / "b.eml", tmp_path, "-", given=REPORT)
    assert files(result) == [str(tmp_path / name) for name in ("b.eml", "a.eml", "b.eml", "sub/c.eml")] + [
        "-"
    ]


def test_a_missing_file_is_one_line_and_the_others_go_on(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(YES)
    result = call("--json", tmp_path / "no.eml", mail)
    assert result.exit_code == 1
    assert result.stderr == f"{tmp_path / 'no.eml'}: No such file or directory\n"
    assert files(result) == [str(mail)]


def test_the_mails_of_an_mbox_are_told_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    box = mailbox.mbox(path)
    for number in range(3):
        mail = EmailMessage()
        mail["From"], mail["Subject"], mail["In-Reply-To"] = (
            "dana@example.org",
            "Re: Hello",
            f"<m{number}@example.com>",
        )
        mail.set_content(f"Yes {number}.\n\nFrom here on it is quiet.\nFrom 9:00 to 10:00 too.\n")
        box.add(mail)
    box.close()
    told = records(call("--json", path))
    assert [each["file"] for each in told] == [f"{path}:{number}" for number in (1, 2, 3)]
    assert told[2]["message_ids"] == ["<m2@example.com>"]
    assert told[0]["reply_text"] == "Yes 0.\n\nFrom here on it is quiet.\nFrom 9:00 to 10:00 too."


def test_one_mail_behind_a_from_line_is_a_file_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"From dana@example.org Mon Mar  2 10:00:00 2026\n" + YES)
    assert files(call("--json", path)) == [str(path)]


def test_a_line_of_the_text_parts_no_mails(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(
        b"From a@b.org Mon Mar  2 10:00:00 2026\n" + YES + b"\n\nFrom 9:00 to 10:00 I am there.\n"
    )
    assert files(call("--json", path)) == [str(path)]


def test_of_a_maildir_what_was_delivered_is_told(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    box.add(YES)
    (tmp_path / "box/tmp/unfinished").write_bytes(YES)
    (tmp_path / "box/dovecot-uidlist").write_bytes(b"3 V1")
    (name,) = files(call("--json", tmp_path / "box"))
    assert name.startswith(str(tmp_path / "box/new/"))


def test_two_processes_tell_the_same_in_the_same_order(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number:03}.eml").write_bytes(REPLY % f"Yes, number {number}.".encode())
    alone, shared = call("--json", tmp_path), call("--json", "--processes", "2", tmp_path)
    assert len(records(alone)) == 50
    assert shared.stdout == alone.stdout


def test_a_name_of_any_bytes_is_printed(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"gr\xfc.eml")
    Path(os.fsdecode(path)).write_bytes(YES)
    (name,) = files(call("--json", tmp_path))
    assert name.endswith("gr\ufffd.eml")


def test_of_a_huge_file_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.write(YES)
        file.truncate(3 * 1024**3)
    (told,) = records(call("--json", path))
    assert "cut at 10 MB" in told["quarantine"]


def test_a_mail_that_breaks_a_rule_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: bytes) -> None:
        raise RecursionError

    monkeypatch.setattr("outreach.domain.inbound.classifier.classify", broken)
    told = record("x", YES)
    assert (told["kind"], told["rule"], told["quarantine"]) == (
        "other",
        "unreadable",
        "not read: RecursionError",
    )


# -- what a mail may cost --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def confined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Confined]:
    with Confined(tmp_path_factory.mktemp("confined")) as process:
        yield process


def least(confined: Confined, raw: bytes) -> Cost:
    """Return the cost of the cheapest of a few tries: another program's work must not count."""
    cost = confined.cost(raw)
    for _ in range(TRIES - 1):
        if cost.seconds < MOST_SECONDS / 2:
            break
        cost = min(cost, confined.cost(raw), key=lambda each: each.seconds)
    return cost


@pytest.mark.parametrize("name", HUGE)
def test_no_mail_costs_more_than_a_second_and_a_hundred_megabytes(confined: Confined, name: str) -> None:
    cost = least(confined, HUGE[name]())
    assert cost.seconds < MOST_SECONDS
    assert cost.megabytes < MOST_MEGABYTES
    assert len(cost.text) <= 64 * 1024


@pytest.mark.parametrize("place", REPEATED)
def test_nothing_that_is_written_over_and_over_takes_long(confined: Confined, place: str) -> None:
    makers: dict[str, Callable[[], bytes]] = REPEATED[place]
    costs = {name: least(confined, make()) for name, make in makers.items()}
    assert not {name: cost for name, cost in costs.items() if cost.seconds >= MOST_SECONDS}
    assert max(cost.megabytes for cost in costs.values()) < MOST_MEGABYTES


def test_a_text_twice_as_long_takes_about_twice_as_long(confined: Confined) -> None:
    """By the ratio, which holds on a slow machine as well: four times the text would be sixteen times as slow."""

    def seconds(count: int) -> float:
        raw = REPLY % (b"On Monday we will look at it, and tell you. " * count)
        return min(confined.cost(raw).seconds for _ in range(5))

    assert seconds(1200) < 10 * max(seconds(300), 0.001)


def test_the_stream_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(YES)))
    from outreach.cli.mail_files import MailFile, mails_in

    assert [each.raw for each in mails_in(["-"]) if isinstance(each, MailFile)] == [YES]


# -- the page --------------------------------------------------------------------------------------

PACKAGE = Path(__file__).parent.parent / "outreach"
PAGE = (Path(__file__).parent.parent / "docs" / "classify.md").read_text(encoding="utf-8")


def words_of(heading: str) -> list[str]:
    """Return the first column of the table below a heading of the page."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [
        word
        for line in section.splitlines()
        if line.startswith("| `")
        for word in line.split("|")[1].split("`")[1::2]
    ]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("The keys", KEYS),
        ("Kinds", list(InboundKind)),
        ("Intents", list(Intent)),
        ("Recipients", list(Reason)),
    ],
)
def test_the_page_names_every_word_and_no_other(heading: str, words: list[str]) -> None:
    assert sorted(words_of(heading)) == sorted(words)


def test_the_page_names_the_reasons_that_are_hard() -> None:
    hard = {
        line.split("`")[1]
        for line in PAGE.splitlines()
        if line.startswith("| `") and line.endswith("; hard |")
    }
    assert hard == {str(reason) for reason in DEAD}


def test_the_page_names_every_doubt() -> None:
    source = "".join(
        (PACKAGE / "domain" / "inbound" / name).read_text(encoding="utf-8")
        for name in ("parts.py", "headers.py")
    )
    for words in words_of("Quarantine"):
        if not words.startswith(("not read", "more than", "nested")):
            assert f'"{words}"' in source
