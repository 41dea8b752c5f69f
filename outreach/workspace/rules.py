"""The rules that files are checked by: what each is called, how much it matters, and what it says in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from outreach.errors import InputError, Problem

PAGES = Path(__file__).parent.parent / "rules"
"""Where the page of each rule stands, ID.md."""


class Severity(StrEnum):
    """What a finding means: an error has to be mended before anything is applied, a warning should be."""

    ERROR = "error"
    WARNING = "warning"


class Seen(StrEnum):
    """What has to be there for a rule to be asked."""

    FILES = "files"
    TESTS = "tests"  # the campaigns' own tests were played
    DATABASE = "database"


@dataclass(frozen=True)
class Rule:
    """One rule of the table."""

    id: str
    severity: Severity
    summary: str
    seen: Seen = Seen.FILES

    @property
    def page(self) -> str:
        """The text of the rule's page: what it means, a wrong example, a right one."""
        return (PAGES / f"{self.id}.md").read_text(encoding="utf-8")


def _error(name: str, summary: str, seen: Seen = Seen.FILES) -> Rule:
    return Rule(name, Severity.ERROR, summary, seen)


def _warning(name: str, summary: str, seen: Seen = Seen.FILES) -> Rule:
    return Rule(name, Severity.WARNING, summary, seen)


RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        # how a file is written
        _error("yaml", "the file can not be read as YAML 1.2"),
        _error("unknown-key", "a key that is not known here, or two steps in one"),
        _error("missing-key", "a key that has to be there is missing"),
        _error("wrong-value", "a value of the wrong type, or that does not exist"),
        _error("window-never-opens", "a window whose hours close before they open"),
        _error("expression", "a condition that is not written as conditions are"),
        # names of things
        _error("duplicate-name", "two things of the same name"),
        _error("step-id", "two steps of the same name"),
        _error("field-unknown", "an update of a field that does not exist"),
        _error("sender-unknown", "a sender that senders.yaml does not have"),
        _error("rep-unknown", "a rep that team.yaml does not have"),
        _error("template-missing", "a mail or note that templates/ does not have"),
        _error("stage", "a stage that makes no sense in this place"),
        # conditions and steps
        _warning("never-true", "a condition that can never be true"),
        _warning("always-true", "a condition that is always true"),
        _warning("unreachable-step", "steps to which nobody can come"),
        _warning("unreachable-score", "a score above what the points allow"),
        _warning("rests-on-opens", "something that waits for opens, which machines make too"),
        _warning("wait-never-met", "a wait for something that can not happen meanwhile"),
        _warning("waited-already", "a wait that is over at once for whoever did it before"),
        _warning("wait-at-end", "a wait after which nothing follows"),
        _warning("no-wait", "two mails to the same person without a wait between them"),
        _warning("no-earlier-mail", "a mail in the thread of an earlier one that there is not"),
        _error("experiment", "an experiment that can tell nothing"),
        _warning("variant-forgotten", "one of several templates is asked for, and not the others"),
        _warning("no-link", "clicks are asked for in a mail without a link"),
        # campaigns
        _error("loop-without-wait", "a campaign that whoever finishes it enters again at once"),
        _warning("no-rest-between", "who finishes a campaign enters it again without a rest"),
        _warning("goal-unreachable", "a goal to which no rule of the funnel leads"),
        _warning("goes-on-after-reply", "a campaign that does not stop when somebody replies"),
        _warning("stage-at-rest", "a campaign for leads that are to be left alone"),
        _warning("same-people", "two campaigns of one priority want the same leads"),
        _warning("always-outranked", "a campaign that another one always keeps its leads from"),
        _warning("stale-over-closed", "a mail that one weekend makes too late"),
        _warning("always-closed", "a wait that always ends when the window is closed"),
        # funnel, team, senders
        _warning("promotion-cycle", "moves that send a lead to and fro"),
        _warning("shadowed-move", "a move that an earlier one never lets happen"),
        _warning("points-never", "points for something that can not happen"),
        _warning("returns-at-once", "a lost lead that comes back without a rest"),
        _warning("rep-unavailable", "work for a rep who can not take any"),
        _warning("limit-unreachable", "a daily limit that gap and window do not allow"),
        _warning("sender-silent", "a campaign whose senders may not send"),
        _warning("unused-sender", "a sender that no campaign has"),
        _warning("unused-template", "a template that nothing uses"),
        _warning("over-capacity", "more mails are due than senders may send", Seen.DATABASE),
        # mails
        _error("template", "a template that can not be rendered"),
        _warning("missing-fallback", "a field is printed that not every lead has"),
        _warning("always-defined", "a test that is true for every lead"),
        _warning("empty-for-some", "no text for a part of the audience"),
        _warning("subject-long", "a subject that mail programs cut"),
        _error("subject-too-long", "a subject that no header holds"),
        _warning("mail-heavy", "a mail that nearly is too heavy"),
        _error("mail-too-heavy", "a mail of which Gmail cuts the end off"),
        _error("no-unsubscribe", "a mail without a way to unsubscribe"),
        _error("no-postal-address", "a mail without the postal address"),
        _warning("link-address", "a link that leads nowhere"),
        _warning("link-text", "a link without text, or with another address for a text"),
        _warning("image-without-text", "an image without alt text"),
        _warning("image-only", "a mail that is an image and hardly any text"),
        _warning("image-address", "an image that most mail programs will not show"),
        # the campaigns' own tests
        _error("test-failed", "a test of a campaign did not come out as expected", Seen.TESTS),
        _error("test-empty", "a test of a campaign that expects nothing", Seen.TESTS),
        _error("test-lead", "a test whose lead can not be, or never enters the campaign", Seen.TESTS),
        _error("test-given", "a test in which something is given that could never happen", Seen.TESTS),
        _error("test-unknown", "a test that names what never comes up in the campaign", Seen.TESTS),
        # this linter
        _warning("unused-ignore", "an exemption that exempts nothing"),
    )
}
"""Every rule that a Problem of a check may name, in the order of docs/rules.md."""


def rule(name: str) -> Rule:
    """Return the rule of that id; InputError where there is none."""
    if name in RULES:
        return RULES[name]
    close = get_close_matches(name, RULES, 1)
    hint = (
        f"did you mean {close[0]}?"
        if close
        else f"docs/rules.md lists all; there are {', '.join([*RULES][:8])}, ..."
    )
    raise InputError(f'there is no rule "{name[:60]}"; {hint}')


def severity(problem: Problem) -> Severity:
    """Return how much the problem matters; one of a rule that is not in the table is an error."""
    known = RULES.get(problem.rule)
    return known.severity if known else Severity.ERROR


def is_error(problem: Problem) -> bool:
    """Whether the problem has to be mended before anything is applied."""
    return severity(problem) is Severity.ERROR


def shown(problem: Problem) -> str:
    """Return the problem's line, in which a warning is called one."""
    line = str(problem)
    if is_error(problem):
        return line
    place, rule, rest = line.partition(f": {problem.rule}: ")
    return f"{place}: warning{rule}{rest}"


def split(problems: Iterable[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the errors and the warnings, each in the order of the files."""
    ordered = sorted(problems)
    errors = tuple(problem for problem in ordered if is_error(problem))
    return errors, tuple(problem for problem in ordered if not is_error(problem))
