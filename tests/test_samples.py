"""Every mail of tests/data/mail is taken for what its label says; what is not is listed in evaluation/known.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation.compare import misses
from evaluation.corpus import LABELS, MAILS, Sample, load
from evaluation.known import KNOWN
from evaluation.scores import heard, tables

from outreach.cli.classify import record

CORPUS = load([MAILS])
LEAST = 150
MOST_KNOWN = 0.03
FOUND = record("x", b"From: Dana <dana@example.org>\nSubject: Re: Hello\n\nYes, please.\n")
RECIPIENT = {"address": "a@b.org", "status": "5.1.1", "reason": "user_unknown", "suppress": True}


def test_every_mail_has_a_label_and_every_label_a_mail() -> None:
    assert CORPUS.problems == ()


def test_there_are_enough_of_them_and_few_are_known_to_be_missed() -> None:
    assert len(CORPUS.samples) >= LEAST
    assert len(KNOWN) <= MOST_KNOWN * len(CORPUS.samples)
    assert KNOWN.keys() <= {sample.name for sample in CORPUS.samples}
    assert all(keys and reason for keys, reason in KNOWN.values())


@pytest.mark.parametrize("sample", CORPUS.samples, ids=lambda sample: sample.name)
def test_a_mail_is_taken_for_what_it_is(sample: Sample) -> None:
    wrong = misses(sample.expected, record(sample.path.name, sample.path.read_bytes()))
    known = KNOWN.get(sample.name, (frozenset(), ""))[0]
    assert {miss.key for miss in wrong} == known, "; ".join(map(str, wrong)) or "is met by now"


# -- the comparison itself -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "found", "missed"),
    [
        ({"kind": "reply"}, {"kind": "reply"}, []),
        ({"kind": "reply"}, {"kind": "other"}, ["kind"]),
        ({"reply_text": "a  b\n"}, {"reply_text": "a b"}, []),
        ({"reply_text": "a b"}, {"reply_text": "a b c"}, ["reply_text"]),
        ({"resume_at": None}, {"resume_at": "2026-03-09"}, ["resume_at"]),
        ({"language": ""}, {"language": ""}, []),
        ({"purchase_time": "In two months"}, {"purchase_time": "in two months"}, []),
        ({"recipients": []}, {"recipients": []}, []),
        ({"recipients": []}, {"recipients": [RECIPIENT]}, ["recipients.address"]),
        ({"recipients": [{"address": "a@b.org"}]}, {"recipients": [RECIPIENT]}, []),
        ({"recipients": [RECIPIENT]}, {"recipients": []}, ["recipients.address"]),
        (
            {"recipients": [RECIPIENT | {"status": "5.0.0"}]},
            {"recipients": [RECIPIENT]},
            ["recipients.status"],
        ),
        ({"message_ids": ["<a@b>"]}, {"message_ids": ["<c@d>", "<a@b>"]}, []),
        ({"message_ids": ["<a@b>"]}, {"message_ids": []}, ["message_ids"]),
        ({"quarantine": True}, {"quarantine": "too many parts"}, []),
        ({"quarantine": False}, {"quarantine": "too many parts"}, ["quarantine"]),
        ({"quarantine": "no sender"}, {"quarantine": ""}, ["quarantine"]),
        ({"referral": [{"email": "J@b.org"}]}, {"referral": [{"name": "", "email": "j@b.org"}]}, []),
        ({"referral": []}, {"referral": [{"name": "Jane", "email": ""}]}, ["referral"]),
    ],
)
def test_a_label_that_is_not_met_is_seen(
    label: dict[str, Any], found: dict[str, Any], missed: list[str]
) -> None:
    assert [miss.key for miss in misses(label, FOUND | found)] == missed


def corpus_of(folder: Path, labels: list[dict[str, Any]], mails: list[str]) -> Path:
    folder.mkdir()
    (folder / LABELS).write_text("".join(json.dumps(label) + "\n" for label in labels), encoding="utf-8")
    for name in mails:
        (folder / name).write_bytes(b"From: Dana <dana@example.org>\nSubject: Re: Hello\n\nYes, please.\n")
    return folder


@pytest.mark.parametrize(
    ("labels", "mails", "problem"),
    [
        ([{"file": "a.eml", "kind": "reply"}], ["a.eml"], ""),
        ([{"file": "a.eml", "kind": "reply"}], [], "there is no a.eml"),
        ([{"file": "a.eml", "kind": "reply"}], ["a.eml", "b.eml"], "b.eml: nothing is expected of it"),
        ([{"file": "a.eml", "kin": "reply"}], ["a.eml"], "unknown keys: kin"),
        ([{"file": "a.eml"}], ["a.eml"], "nothing is expected of it"),
        ([{"file": "a.eml", "kind": "reply"}] * 2, ["a.eml"], "a.eml is there twice"),
        ([{"kind": "reply"}], [], "no JSON object with a file"),
    ],
)
def test_a_faulty_list_is_told(
    tmp_path: Path, labels: list[dict[str, Any]], mails: list[str], problem: str
) -> None:
    problems = load([corpus_of(tmp_path / "x", labels, mails)]).problems
    assert problem in "\n".join(problems)
    assert bool(problems) is bool(problem)


def test_the_tables_count_what_is_right_and_wrong(tmp_path: Path) -> None:
    labels: list[dict[str, Any]] = [
        {"file": "a.eml", "kind": "reply", "reply_text": "Yes, please."},
        {"file": "b.eml", "kind": "bounce", "reply_text": "No.", "recipients": [RECIPIENT]},
    ]
    folder = corpus_of(tmp_path / "x", labels, ["a.eml", "b.eml"])
    made = {table.title: table for table in tables(heard(load([folder]).samples))}
    assert made["Kinds"].rows == [
        ["bounce", 1, 0, 0, "-", "0.000", "0.000"],
        ["reply", 1, 2, 1, "0.500", "1.000", "0.667"],
        ["all", 2, 2, 1, "", "0.500", "0.333"],
    ]
    assert made["Bounces"].rows[0] == ["bounces recognised", 1, 0, "0.000"]
    assert made["Suppress"].rows == [["addresses", 1, 0, 0, "-", "0.000"]]
    assert made["New text of replies"].rows[0][:4] == ["x", 2, 1, "0.500"]
    assert made["Reasons that were taken for others"].rows == [["user_unknown", "not found", 1]]
