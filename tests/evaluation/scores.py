"""Tables of how well mails are heard: precision, recall, confusions, speed. Every figure stands beside its count."""

from __future__ import annotations

import difflib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.compare import Record, address_of, misses, squeezed
from evaluation.corpus import Sample

from outreach.cli.classify import record
from outreach.domain.inbound.classifier import classify

ROUNDS = 3
SLOWEST = 8
CONFUSIONS = 15
LONGEST_COMPARED = 4000

Pair = tuple[str, str]
Row = list[Any]


@dataclass(frozen=True)
class Heard:
    """A sample, what it was taken for, and the least CPU time of some rounds."""

    sample: Sample
    found: Record
    seconds: float

    @property
    def expected(self) -> Record:
        return self.sample.expected


@dataclass(frozen=True)
class Table:
    title: str
    headings: list[str]
    rows: list[Row]


def heard(samples: Iterable[Sample], tell: Callable[[int], None] = lambda done: None) -> list[Heard]:
    """Classify every sample, a few times for the clock's sake."""
    done: list[Heard] = []
    for sample in samples:
        raw = sample.path.read_bytes()
        done.append(Heard(sample, record(sample.path.name, raw), min(_seconds(raw) for _ in range(ROUNDS))))
        tell(len(done))
    return done


def _seconds(raw: bytes) -> float:
    began = time.process_time()
    classify(raw)
    return time.process_time() - began


def tables(all_heard: Sequence[Heard]) -> Iterator[Table]:
    """Yield the tables, those without a label left out."""
    made = [*(make(all_heard) for make in _TABLES), _speed(all_heard), _slowest(all_heard)]
    return (table for table in made if table.rows)


# -- of classes ------------------------------------------------------------------------------------


def _of_classes(title: str, pairs: Sequence[Pair]) -> Table:
    """Return precision, recall and F1 of every class, then their mean and the share that is right."""
    rows: list[Row] = []
    measures: list[float] = []
    for word in sorted({word for pair in pairs for word in pair if word}):
        expected = sum(wanted == word for wanted, _ in pairs)
        found = sum(got == word for _, got in pairs)
        right = sum(wanted == got == word for wanted, got in pairs)
        f1 = 2 * right / (expected + found)
        measures += [f1] if expected else []
        rows.append(
            [word, expected, found, right, _share(right, found), _share(right, expected), f"{f1:.3f}"]
        )
    if rows:
        right = sum(wanted == got for wanted, got in pairs)
        mean = sum(measures) / len(measures) if measures else 0.0
        rows.append(["all", len(pairs), len(pairs), right, "", _share(right, len(pairs)), f"{mean:.3f}"])
    return Table(title, ["", "expected", "found", "right", "precision", "recall", "F1"], rows)


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _labelled(all_heard: Iterable[Heard], key: str) -> list[Heard]:
    return [each for each in all_heard if key in each.expected]


def _pairs(all_heard: Iterable[Heard], key: str) -> list[Pair]:
    return [(each.expected[key] or "", each.found[key] or "") for each in _labelled(all_heard, key)]


def _kinds(all_heard: Sequence[Heard]) -> Table:
    return _of_classes("Kinds", _pairs(all_heard, "kind"))


def _kind_confusions(all_heard: Sequence[Heard]) -> Table:
    return _confusions("Kinds that were taken for others", _pairs(all_heard, "kind"))


def _confusions(title: str, pairs: Iterable[Pair]) -> Table:
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    rows: list[Row] = [
        [wanted or "-", got or "-", count] for (wanted, got), count in wrong.most_common(CONFUSIONS)
    ]
    return Table(title, ["expected", "found", "count"], rows)


def _intents(all_heard: Sequence[Heard]) -> Table:
    return _of_classes("Intents", _pairs(all_heard, "intent"))


def _intent_confusions(all_heard: Sequence[Heard]) -> Table:
    return _confusions("Intents that were taken for others", _pairs(all_heard, "intent"))


def _intents_by_language(all_heard: Sequence[Heard]) -> Table:
    by_language: defaultdict[str, list[Pair]] = defaultdict(list)
    for each in _labelled(all_heard, "intent"):
        language = each.expected.get("language") or each.found["language"] or "-"
        by_language[language] += _pairs([each], "intent")
    rows: list[Row] = []
    for language, pairs in sorted(by_language.items()):
        right = sum(wanted == got for wanted, got in pairs)
        rows.append([language, len(pairs), right, _share(right, len(pairs))])
    return Table("Intents by language", ["language", "mails", "right", "share"], rows)


# -- recipients ------------------------------------------------------------------------------------


def _bounces(all_heard: Sequence[Heard]) -> Table:
    pairs = _pairs(all_heard, "kind")
    bounces = [got == "bounce" for wanted, got in pairs if wanted == "bounce"]
    others = [got == "bounce" for wanted, got in pairs if wanted != "bounce"]
    whole = _labelled(all_heard, "recipients")
    exact = sum(_addresses(each.expected) == _addresses(each.found) for each in whole)
    rows: list[Row] = []
    if bounces:
        rows.append(["bounces recognised", len(bounces), sum(bounces), _share(sum(bounces), len(bounces))])
        rows.append(["others taken for bounces", len(others), sum(others), _share(sum(others), len(others))])
    if whole:
        rows.append(["mails with the very recipients", len(whole), exact, _share(exact, len(whole))])
    for name in ("status", "smtp_code", "reason", "hard"):
        compared = [(want[name], got.get(name)) for want, got in _both(whole) if name in want]
        right = sum(wanted == got for wanted, got in compared)
        if compared:
            rows.append(
                [f"recipients with the right {name}", len(compared), right, _share(right, len(compared))]
            )
    return Table("Bounces", ["", "of", "count", "share"], rows)


def _addresses(of: Record) -> list[str]:
    return sorted({address_of(each) for each in of["recipients"]})


def _both(all_heard: Iterable[Heard]) -> Iterator[tuple[Record, Record]]:
    """Yield each recipient that is expected with what was found for its address."""
    for each in all_heard:
        by_address = {address_of(got): got for got in each.found["recipients"]}
        for want in each.expected["recipients"]:
            yield want, by_address.get(address_of(want), {})


def _reasons(all_heard: Sequence[Heard]) -> Table:
    compared = _both(_labelled(all_heard, "recipients"))
    return _confusions(
        "Reasons that were taken for others",
        [(want["reason"], got.get("reason", "not found")) for want, got in compared if "reason" in want],
    )


def _suppress(all_heard: Sequence[Heard]) -> Table:
    """An address that is not to be suppressed is one that a label says so of, or that no label names.

    Of bounces and complaints whose recipients have no label nothing is known.
    """
    wanted: set[Pair] = set()
    found: set[Pair] = set()
    for each in all_heard:
        if "recipients" not in each.expected and each.expected.get("kind", "bounce") in (
            "bounce",
            "complaint",
        ):
            continue
        labels = {address_of(want): want for want in each.expected.get("recipients", ())}
        judged = {address for address, want in labels.items() if "suppress" in want}
        wanted |= {(each.sample.name, address) for address in judged if labels[address]["suppress"]}
        found |= {
            (each.sample.name, address_of(got))
            for got in each.found["recipients"]
            if got["suppress"] and (address_of(got) in judged or address_of(got) not in labels)
        }
    right = len(wanted & found)
    row: Row = [
        "addresses",
        len(wanted),
        len(found),
        right,
        _share(right, len(found)),
        _share(right, len(wanted)),
    ]
    return Table(
        "Suppress",
        ["", "expected", "found", "right", "precision", "recall"],
        [row] if wanted or found else [],
    )


# -- texts and facts -------------------------------------------------------------------------------


def _reply_texts(all_heard: Sequence[Heard]) -> Table:
    rows: list[Row] = []
    by_folder: defaultdict[str, list[Heard]] = defaultdict(list)
    for each in _labelled(all_heard, "reply_text"):
        by_folder[each.sample.path.parent.name].append(each)
        by_folder["all"].append(each)
    for folder, group in sorted(by_folder.items(), key=lambda item: (item[0] == "all", item[0])):
        likeness = [_likeness(each.expected["reply_text"], each.found["reply_text"]) for each in group]
        exact = sum(like == 1 for like in likeness)
        rows.append([folder, len(group), exact, _share(exact, len(group)), _share(sum(likeness), len(group))])
    return Table("New text of replies", ["", "mails", "exact", "share", "mean likeness"], rows)


def _likeness(wanted: str, found: str) -> float:
    one, other = squeezed(wanted)[:LONGEST_COMPARED], squeezed(found)[:LONGEST_COMPARED]
    return 1.0 if one == other else difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


FACTS = ("purchase_time", "purchase_at", "temperature", "resume_at", "referral", "competitor", "contract_ends_on",
         "language", "message_ids", "quarantine")  # fmt: skip


def _facts(all_heard: Sequence[Heard]) -> Table:
    """Right are those found as expected and those of which rightly nothing was found: both are counted apart."""
    rows: list[Row] = []
    for key in FACTS:
        labelled = [
            (each, bool(misses({key: each.expected[key]}, each.found))) for each in _labelled(all_heard, key)
        ]
        there = [wrong for each, wrong in labelled if each.expected[key]]
        none = [wrong for each, wrong in labelled if not each.expected[key]]
        if labelled:
            rows.append([
                key, len(there), there.count(False), _share(there.count(False), len(there)),
                len(none), none.count(False), _share(none.count(False), len(none)),
            ])  # fmt: skip
    return Table("Facts", ["", "stated", "right", "share", "none stated", "none found", "share"], rows)


# -- speed -----------------------------------------------------------------------------------------


def _speed(all_heard: Sequence[Heard]) -> Table:
    rows: list[Row] = []
    for name, group in (
        ("ordinary", [each for each in all_heard if not each.sample.is_hostile]),
        ("hostile", [each for each in all_heard if each.sample.is_hostile]),
    ):
        total = sum(each.seconds for each in group)
        if group and total:
            rows.append([name, len(group), f"{len(group) / total:,.0f}", f"{total / len(group) * 1000:.2f}"])
    return Table("Speed, on one core", ["", "mails", "mails/s", "ms a mail"], rows)


def _slowest(all_heard: Sequence[Heard]) -> Table:
    slow = sorted(all_heard, key=lambda each: -each.seconds)[:SLOWEST]
    rows: list[Row] = [
        [each.sample.name, f"{each.seconds * 1000:.1f}", f"{each.sample.path.stat().st_size:,}"]
        for each in slow
    ]
    return Table("Slowest", ["", "ms", "bytes"], rows)


_TABLES = (
    _kinds, _kind_confusions, _bounces, _reasons, _suppress, _reply_texts, _intents, _intent_confusions,
    _intents_by_language, _facts,
)  # fmt: skip
