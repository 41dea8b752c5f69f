"""Lines that are exempted from a rule by a comment: `# check: ignore RULE, RULE`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from outreach.errors import Problem
from outreach.workspace import rules
from outreach.workspace.rules import RULES, Seen

COMMENT = re.compile(r"#\s*check:\s*ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)")
COMMENTS = ("#", "{#", "<!--")
"""What a line begins with on which nothing but a comment stands: in YAML, in templates, in HTML."""
UNUSED = "unused-ignore"


@dataclass(frozen=True)
class Ignore:
    """One rule that a comment names, and where the name stands."""

    file: str
    line: int
    column: int
    rule: str
    alone: bool  # nothing else stands on the line, so the next one is meant

    def covers(self, problem: Problem) -> bool:
        """Whether the problem is exempted by this. What is said of a whole file, by a comment anywhere in it."""
        if problem.file != self.file or problem.rule != self.rule:
            return False
        return problem.line in (0, self.line) or (self.alone and problem.line == self.line + 1)


def ignores(file: str, text: str) -> Iterator[Ignore]:
    """Yield the exemptions that stand in a file."""
    if "check:" not in text:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if found := COMMENT.search(line):
            alone = line.lstrip().startswith(COMMENTS)
            for name in re.finditer(r"[\w-]+", found[1]):
                yield Ignore(file, number, found.start(1) + name.start() + 1, name[0], alone)


def applied(
    problems: Iterable[Problem], texts: Mapping[str, str], seen: Iterable[Seen], whole: bool
) -> Iterator[Problem]:
    """Yield the problems that nobody has exempted, and the exemptions that exempt nothing.

    Only warnings can be exempted. Whether an exemption is needed is only known of the rules that were asked: those
    of `seen`, where the `whole` of the files could be looked at.
    """
    every = [each for file, text in texts.items() for each in ignores(file, text)]
    used: set[Ignore] = set()
    for problem in problems:
        covering = [each for each in every if not rules.is_error(problem) and each.covers(problem)]
        used |= set(covering)
        if not covering:
            yield problem
    for each in every:
        if each not in used and (fault := _fault(each, frozenset(seen), whole)):
            yield Problem(each.file, each.line, each.column, UNUSED, *fault)


def _fault(ignore: Ignore, seen: frozenset[Seen], whole: bool) -> tuple[str, str] | None:
    known = RULES.get(ignore.rule)
    if known is None:
        return f'there is no rule "{ignore.rule}"', "outreach check --explain RULE shows one"
    if known.severity is rules.Severity.ERROR:
        return f"{ignore.rule} is an error, which can not be exempted", "mend it, and remove the comment"
    if whole and known.seen in seen:
        return f"nothing here breaks the rule {ignore.rule}", "remove the comment"
    return None
