"""What is wrong in mails that can be rendered: gaps for some leads, subjects and mails too long, what the law asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from typing import NamedTuple, cast

from jinja2 import nodes

from outreach.domain.campaign import BranchStep, Campaign, Case, EmailStep, Step, UpdateStep, walk
from outreach.domain.certainty import ALWAYS, NOTHING, surely_known
from outreach.domain.expressions import Expression, ExpressionError, Schema, Type, parse
from outreach.domain.policies import Senders
from outreach.errors import Problem
from outreach.render.compiled import LAYOUT_HTML, LAYOUT_TEXT, Assembled, assembled, subject_tree
from outreach.render.contents import Values, always_has, longest
from outreach.render.gaps import Gap, gaps, silent
from outreach.render.language import Faulty
from outreach.render.sources import MAIL_KINDS
from outreach.render.tokens import LAYOUT
from outreach.workspace import template_pages
from outreach.workspace.checks import Known
from outreach.workspace.documents import Document, Place
from outreach.workspace.files import TEMPLATES, Found

LONG_SUBJECT = 78
LONGEST_SUBJECT = 998  # RFC 5322, 2.1.1
CLIPPED_AT = 102 * 1024  # where Gmail cuts the HTML off
HEAVY_AT = 90 * 1024

LONG: Mapping[str, object] = {
    "lead.email": "maximiliane.schmidt-hohenstein@verpackungswerke.example",
    "lead.first_name": "Maximiliane",
    "lead.last_name": "Schmidt-Hohenstein",
    "lead.title": "Head of Maintenance and Engineering",
    "lead.company": "Internationale Verpackungswerke GmbH",
    "lead.country": "DE",
    "lead.language": "de",
}
"""Values as long as they sensibly become; a field that is not here has one by its type."""
BY_TYPE: Mapping[Type, object] = {
    Type.TEXT: "something of about thirty letters",
    Type.NUMBER: 1_234_567.0,
    Type.YESNO: "true",
    Type.DATE: datetime(2026, 9, 30, tzinfo=UTC),
}
UNSUBSCRIBE = "https://mail.example.com/u/" + "x" * 40


class Use(NamedTuple):
    """A step that sends a mail, the names that surely have a value there, and where it stands."""

    campaign: Campaign
    document: Document
    step: EmailStep
    place: Place
    known: frozenset[str]


@dataclass(frozen=True)
class Mail:
    """A template with all that uses it."""

    file: str
    source: str
    layout: str | None
    parts: Assembled
    uses: Sequence[Use]
    values: Values

    @property
    def known(self) -> frozenset[str]:
        """The names that have a value wherever the mail is sent."""
        return reduce(frozenset.intersection, (use.known for use in self.uses))


def mails(found: Found, known: Known) -> Iterator[Problem]:
    """Yield what is wrong in the mails that campaigns send, as far as no single lead is needed to see it."""
    if known.schema is None:
        return
    senders = cast("Senders | None", found.policies["senders"].value if "senders" in found.policies else None)
    uses = _uses(found, known.schema, senders)
    values = _values(known.schema, senders)
    told: dict[tuple[str, int, int, str, str], Problem] = {}
    for name in sorted(uses):
        for problem in _of_template(found, name, uses[name], values, known.schema):
            subject = problem.message.partition(" ")[0]
            told.setdefault((problem.file, problem.line, problem.column, problem.rule, subject), problem)
    yield from told.values()
    for each in uses.values():
        for use in each:
            yield from _variants(use, values, known.schema)


def _of_template(
    found: Found, name: str, uses: Sequence[Use], values: Values, schema: Schema
) -> Iterator[Problem]:
    file = next((name + kind for kind in MAIL_KINDS if name + kind in found.templates), None)
    if file is None:
        return
    try:
        parts = assembled(found.templates, file)
    except Faulty:
        return  # what keeps it from being rendered at all is told already
    mail = Mail(file, found.templates[file], found.templates.get(LAYOUT_HTML), parts, uses, values)
    yield from _gaps(found, mail, schema)
    yield from _empty(mail, schema)
    yield from _subject(mail)
    yield from _size(mail)
    yield from _law(found, mail)
    yield from template_pages.of(mail.file, mail.source, mail.layout, mail.parts)


# -- what is known where ---------------------------------------------------------------------------


def _uses(found: Found, schema: Schema, senders: Senders | None) -> dict[str, list[Use]]:
    """Return by template where it is sent."""
    uses: dict[str, list[Use]] = {}
    for read in found.campaigns:
        campaign = read.value
        base = ALWAYS | _of_files(campaign, senders) | surely_known(_parsed(campaign.audience.where, schema))
        for step, place, known in _sent(campaign.steps, ("steps",), base, schema):
            for template in step.templates:
                uses.setdefault(template, []).append(Use(campaign, read.document, step, place, known))
    return uses


def _of_files(campaign: Campaign, senders: Senders | None) -> frozenset[str]:
    """Return what senders.yaml says of the organisation and of every sender of the campaign."""
    if senders is None:
        return frozenset({"sender.signature", *(f"organisation.{name}" for name in ("website", "country"))})
    writing = {*campaign.senders, *_tried_senders(campaign.steps)}
    mine = [sender for sender in senders.senders if sender.name in writing]
    organisation = {
        f"organisation.{name}" for name, value in senders.organisation.model_dump().items() if value
    }
    signed = {"sender.signature"} if all(sender.signature.strip() for sender in mine) else NOTHING
    return frozenset({"sender.name", "sender.address", *organisation, *signed})


def _tried_senders(steps: tuple[Step, ...]) -> set[str]:
    mails = [step for step in walk(steps) if isinstance(step, EmailStep) and step.variants]
    return {name for step in mails for name in (step.variants and step.variants.sender) or ()}


def _parsed(condition: str | None, schema: Schema) -> Expression | None:
    try:
        return parse(condition, schema) if condition else None
    except ExpressionError:
        return None  # told by the checks of the campaign


def _sent(
    steps: Sequence[Step], place: Place, known: frozenset[str], schema: Schema
) -> Iterator[tuple[EmailStep, Place, frozenset[str]]]:
    """Yield every mail with its place and with what is known by then: by arms taken and fields set before it."""
    for number, step in enumerate(steps):
        here = (*place, number)
        match step:
            case EmailStep():
                yield step, here, known
            case UpdateStep(update=update):
                known |= {f"lead.{name}" for name, value in update.items() if value not in (None, "")}
                known -= {f"lead.{name}" for name, value in update.items() if value in (None, "")}
            case BranchStep():
                yield from _in_arms(step, here, known, schema)


def _in_arms(
    step: BranchStep, here: Place, known: frozenset[str], schema: Schema
) -> Iterator[tuple[EmailStep, Place, frozenset[str]]]:
    for index, arm in enumerate(step.branch):
        if isinstance(arm, Case):
            condition = _parsed(arm.if_, schema)
            inside = known | surely_known(condition)
            yield from _sent(arm.then, (*here, "branch", index, "then"), inside, schema)
            known |= surely_known(condition, truth=False)
        else:
            yield from _sent(arm.else_, (*here, "branch", index, "else"), known, schema)


def _values(schema: Schema, senders: Senders | None) -> Values:
    """Return long values for all that a mail may name; those of senders.yaml as they are."""
    values: dict[str, object] = {name: BY_TYPE[kind] for name, kind in schema.fields.items()} | dict(LONG)
    values |= {"unsubscribe_url": UNSUBSCRIBE, "campaign": "a-campaign-with-a-long-name", "content": ""}
    if senders is not None:
        organisation = senders.organisation.model_dump()
        values |= {f"organisation.{name}": value for name, value in organisation.items()}
        for name, attribute in (("name", "full_name"), ("address", "address"), ("signature", "signature")):
            values[f"sender.{name}"] = max((getattr(each, attribute) for each in senders.senders), key=len)
    return lambda name: values.get(name, "")


# -- gaps ------------------------------------------------------------------------------------------


def _gaps(found: Found, mail: Mail, schema: Schema) -> Iterator[Problem]:
    parts = mail.parts
    trees = [parts.subject, *([parts.preheader] if parts.preheader else []), parts.html, parts.text]
    told: set[tuple[int, str, str]] = set()
    for gap in gaps(trees, mail.known, schema.words):
        which, line = divmod(gap.line, LAYOUT)
        file = (mail.file, LAYOUT_HTML, LAYOUT_TEXT)[which]
        once = (which, gap.name, gap.why if gap.why != "compared" else "printed")
        if gap.why == "no else" or once not in told:
            told.add(once)
            text = found.templates.get(file, "")
            rule, message, hint = _worded(gap, mail.uses)
            yield Problem(f"{TEMPLATES}/{file}", line, column(text, line, gap.name), rule, message, hint)


def _worded(gap: Gap, uses: Sequence[Use]) -> tuple[str, str, str]:
    """Return the rule, what is wrong, and what would be right."""
    name = gap.name
    root, _, field = name.partition(".")
    if gap.why == "always defined":
        return (
            "always-defined",
            f"{name} is defined for every lead, with or without a value",
            f"write {{% if {name} %}}",
        )
    if gap.why == "no else":
        return (
            "empty-for-some",
            f"{name} may be something else, and such leads read nothing here",
            "add {% else %}",
        )
    if root == "organisation":
        hint = f"give it there, or write {{% if {name} %}}"
        return "missing-fallback", f"{name} has no value in senders.yaml", hint
    if root == "sender":
        hint = f"give each a {field} in senders.yaml, or write {{% if {name} %}}"
        return "missing-fallback", f"{name} is empty for a sender of {_lacking(gap, uses)}", hint
    if gap.why == "compared":
        message = (
            f"{name} is not known of every lead of {_lacking(gap, uses)}, and nothing can not be compared"
        )
        return "missing-fallback", message, f"write {name} and before the comparison"
    message = f"{name} is not known of every lead of {_lacking(gap, uses)}, and no mail leaves with a gap"
    return "missing-fallback", message, f'write {{{{ {name} or "..." }}}}'


def _lacking(gap: Gap, uses: Sequence[Use]) -> str:
    """Return the campaign whose leads lack it: the first by name."""
    without = sorted(use.campaign.name for use in uses if gap.name not in use.known)
    return without[0] if without else uses[0].campaign.name


def _empty(mail: Mail, schema: Schema) -> Iterator[Problem]:
    parts = [("subject", mail.parts.subject), ("mail", mail.parts.body)]
    for what, tree in parts:
        line = silent(tree, schema.words)
        if line is not None:
            message = f"the {what} is empty for some leads"
            hint = "say something in {% else %}" if "{%" in mail.source else "write something"
            yield Problem(f"{TEMPLATES}/{mail.file}", line, 1, "empty-for-some", message, hint)


# -- subject, size, law ----------------------------------------------------------------------------


def _subject(mail: Mail) -> Iterator[Problem]:
    if not any(use.step.variants is None or not use.step.variants.subject for use in mail.uses):
        return  # every step that sends it brings its own
    line = mail.parts.source.subject.line if mail.parts.source.subject else 1
    found = _too_long(mail.parts.subject, mail.values)
    if found:
        where = mail.source.splitlines()[line - 1 : line]
        at = (where[0].find("subject:") + 1) if where else 1
        yield Problem(f"{TEMPLATES}/{mail.file}", line, max(at, 1), *found)


def _too_long(tree: nodes.Template, values: Values) -> tuple[str, str, str] | None:
    """Return the rule, what is wrong and what would be right, where a subject is too long."""
    length = len(longest(tree, values).strip())
    if length > LONGEST_SUBJECT:
        return (
            "subject-too-long", f"the subject comes to {length:,} characters, and a header holds 998",
            f"say it in at most {LONG_SUBJECT}",
        )  # fmt: skip
    if length > LONG_SUBJECT:
        shows = any(True for _ in tree.find_all((nodes.Name, nodes.Filter)))
        when = " with long names" if shows else ""
        return (
            "subject-long", f"the subject comes to {length} characters{when}, and mail programs cut it",
            f"say it in at most {LONG_SUBJECT}, the point first",
        )  # fmt: skip
    return None


def _size(mail: Mail) -> Iterator[Problem]:
    size = len(longest(mail.parts.html, mail.values).encode("utf-8"))
    if size >= HEAVY_AT:
        rule = "mail-too-heavy" if size > CLIPPED_AT else "mail-heavy"
        message = f"the HTML comes to {size / 1024:.0f} KB, and Gmail cuts off what is over 102 KB"
        hint = "the way to unsubscribe stands at the end; shorten text, or styles of the layout"
        yield Problem(f"{TEMPLATES}/{mail.file}", 1, 1, rule, message, hint)


def _law(found: Found, mail: Mail) -> Iterator[Problem]:
    """Yield what the law asks for and the mail has not, or not for everybody (CAN-SPAM section 5, RFC 8058)."""
    address = [line.strip() for line in str(mail.values("organisation.postal_address")).splitlines()]
    for tree, layout in ((mail.parts.html, LAYOUT_HTML), (mail.parts.text, LAYOUT_TEXT)):
        file = layout if layout in found.templates else mail.file
        place = f"{TEMPLATES}/{file}"
        if not always_has(tree, UNSUBSCRIBE, mail.values):
            message, hint = (
                "not every mail has a way to unsubscribe",
                "put {{ unsubscribe_url }} where it always stands",
            )
            yield Problem(place, 1, 1, "no-unsubscribe", message, hint)
        if not all(always_has(tree, line, mail.values) for line in address if line):
            message = "not every mail has the postal address"
            hint = "put {{ organisation.postal_address }} where it always stands"
            yield Problem(place, 1, 1, "no-postal-address", message, hint)


# -- subjects that stand in a campaign ---------------------------------------------------------------


def _variants(use: Use, values: Values, schema: Schema) -> Iterator[Problem]:
    """Yield the same of subjects that a step tries."""
    for number, subject in enumerate((use.step.variants and use.step.variants.subject) or ()):
        try:
            tree = subject_tree(subject)
        except Faulty:
            continue
        node = use.document.find((*use.place, "variants", "subject", number))
        for gap in _first_each(gaps([tree], use.known, schema.words)):
            rule, message, hint = _worded(gap, [use])
            offset = max(subject.find(gap.name), 0)
            yield use.document.problem(node, rule, message, hint, offset=offset)
        if silent(tree, schema.words) is not None:
            message = "the subject is empty for some leads"
            yield use.document.problem(node, "empty-for-some", message, "say something in {% else %}")
        if found := _too_long(tree, values):
            yield use.document.problem(node, *found)


def _first_each(found: Iterable[Gap]) -> list[Gap]:
    return list({gap.name: gap for gap in reversed([replace(gap) for gap in found])}.values())[::-1]


def column(text: str, line: int, needle: str) -> int:
    """Return the column at which `needle` first stands in a line, 1 where it can not be seen."""
    lines = text.splitlines()
    return lines[line - 1].find(needle) + 1 or 1 if 0 < line <= len(lines) else 0
