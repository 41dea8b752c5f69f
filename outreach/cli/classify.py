"""The command classify: what raw mails are and what they say, by the rules that the inbox goes by."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from outreach.cli.mail_files import MailFile, Unreadable
    from outreach.domain.inbound import Meaning, Recipient

BATCH = 20
BATCHES_AHEAD = 4
WIDTH = 12

Record = dict[str, Any]


def add_to(app: typer.Typer) -> None:
    app.command()(classify)


def classify(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Raw mails, mbox files, folders, Maildirs; - is standard input."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line for each mail.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="How many processes share the work.")] = 1,
) -> None:
    """Say what raw mails are: reply, auto-reply, bounce, complaint ..., and what they mean. Nothing is stored or sent.

    The rules are those of the inbox. No workspace, database or key is needed. The keys are told in docs/classify.md.
    """
    from outreach.cli.mail_files import Unreadable, mails_in

    failed = False
    with _counter() as tell:
        for done, result in enumerate(_results(mails_in(paths), processes, as_json), start=1):
            if isinstance(result, Unreadable):
                failed = True
                print(f"{result.name}: {result.problem}", file=sys.stderr)
            else:
                print(result)
            tell(done)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _counter() -> Iterator[Callable[[int], None]]:
    """Yield what is told how many are done: shown to a person who does not see the results go by."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} mails"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("mails", total=None)
        yield lambda done: progress.update(task, completed=done)


def _results(
    found: Iterable[MailFile | Unreadable], processes: int, as_json: bool
) -> Iterator[str | Unreadable]:
    """Yield what is to be printed of each mail, in their order, however many processes make it."""
    if processes == 1:
        for each in found:
            yield from _made([each], as_json)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[list[str | Unreadable]]] = deque()
    with ProcessPoolExecutor(processes) as pool:
        for batch in _batches(found):
            waiting.append(pool.submit(_made, batch, as_json))
            if len(waiting) >= processes * BATCHES_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(found: Iterable[MailFile | Unreadable]) -> Iterator[list[MailFile | Unreadable]]:
    each = iter(found)
    while batch := list(islice(each, BATCH)):
        yield batch


def _made(batch: list[MailFile | Unreadable], as_json: bool) -> list[str | Unreadable]:
    from outreach.cli.mail_files import MailFile

    return [
        _printed(record(each.name, each.raw), as_json) if isinstance(each, MailFile) else each
        for each in batch
    ]


def _printed(made: Record, as_json: bool) -> str:
    return json.dumps(made, ensure_ascii=False) if as_json else "\n".join(_block(made))


# -- what is told of a mail ------------------------------------------------------------------------


def record(name: str, raw: bytes) -> Record:
    """Return what `raw` is, under the keys of the command's JSON; every key is always there.

    What a mail does not say is an empty string or list; a date that it does not say is None.
    """
    from outreach.domain.inbound import InboundKind, Incoming, Meaning
    from outreach.domain.inbound.classifier import classify

    try:
        mail = classify(raw)
    except Exception as error:  # as in the inbox: the mails after it are read all the same
        mail = Incoming(InboundKind.OTHER, "unreadable", quarantine=f"not read: {type(error).__name__}")
    meaning = mail.meaning or Meaning()
    return {
        "file": name,
        "kind": str(mail.kind),
        "recipients": [_recipient(each) for each in mail.recipients],
        "message_ids": list(mail.message_ids),
        "reply_text": mail.text if mail.kind not in _REPORTS else "",
        "intent": str(meaning.intent) if mail.meaning else "",
        "intent_evidence": meaning.evidence,
        **_purchase(meaning, raw),
        "resume_at": _day(mail.resume_on or meaning.resume_on),
        "referral": [{"name": person.name, "email": person.email} for person in meaning.referral],
        "competitor": meaning.competitor,
        "contract_ends_on": _day(meaning.contract_ends_on),
        "language": mail.language,
        "rule": mail.rule,
        "quarantine": mail.quarantine,
    }


_REPORTS = frozenset({"bounce", "delayed", "delivered", "complaint", "auth_report", "read_receipt"})
"""Kinds that a machine writes about a mail: nobody's text."""


def _recipient(each: Recipient) -> Record:
    return {
        "address": each.address,
        "status": each.status,
        "smtp_code": each.smtp_code,
        "reason": str(each.reason),
        "hard": each.hard,
        "suppress": each.suppress,
        "text": each.text,
    }


def _purchase(meaning: Meaning, raw: bytes) -> Record:
    """Return when the writer means to buy, reckoned from the mail's own date; without one nothing can be reckoned."""
    found: Record = {"purchase_time": meaning.purchase_time, "purchase_at": None, "temperature": ""}
    day = _written_on(raw) if meaning.purchase_time else None
    if day is None:
        return found
    from outreach.domain.policies import TemperatureRule
    from outreach.domain.temperature import stated, temperature

    at = datetime.combine(day, time(12), UTC)
    purchase_at = stated(meaning.purchase_time, at)
    found["purchase_at"] = _day(purchase_at.date() if purchase_at else None)
    found["temperature"] = str(temperature(TemperatureRule(), purchase_at, at)[0])
    return found


def _written_on(raw: bytes) -> date | None:
    from outreach.domain.inbound.identifiers import sent_on
    from outreach.domain.inbound.parts import take_apart

    return sent_on(take_apart(raw).headers)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# -- for people ------------------------------------------------------------------------------------


def _block(made: Record) -> Iterator[str]:
    yield _plain(made["file"])
    yield from _line("kind", f"{made['kind']}, by: {made['rule']}")
    for each in made["recipients"]:
        what = [each["address"] or "(no address)", each["status"], each["smtp_code"], each["reason"]]
        what += [word for word in ("hard", "suppress") if each[word]]
        yield from _line("recipient", " ".join(filter(None, what)))
        yield from _line("", each["text"])
    yield from _line("about", " ".join(made["message_ids"]))
    yield from _line("intent", _joined(made["intent"], made["intent_evidence"]))
    yield from _line("buys", _joined(made["purchase_time"], made["purchase_at"], made["temperature"]))
    yield from _line("resume at", made["resume_at"] or "")
    for person in made["referral"]:
        yield from _line("referral", " ".join(filter(None, (person["name"], person["email"]))))
    yield from _line("competitor", _joined(made["competitor"], made["contract_ends_on"]))
    yield from _line("language", made["language"])
    yield from _line("look at it", made["quarantine"])
    for number, written in enumerate(made["reply_text"].split("\n")):
        yield from _line("" if number else "text", written)
    yield ""


def _line(label: str, value: str) -> Iterator[str]:
    if value := _plain(value):
        yield f"  {label:<{WIDTH}}{value}"


def _joined(*values: str | None) -> str:
    return ", ".join(value for value in values if value)


def _plain(text: str) -> str:
    """Return `text` without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text).rstrip()
