"""Which templates there are, who uses them, and whether they can be rendered with what they are given."""

from __future__ import annotations

import json
from collections.abc import Iterator

from outreach.domain.campaign import Campaign, EmailStep, NotifyStep, TaskStep, walk
from outreach.domain.leads import FIELDS
from outreach.domain.policies import Organisation
from outreach.errors import Problem
from outreach.render import check
from outreach.workspace.checks import Known, placed
from outreach.workspace.files import Found, Read

Given = dict[str, set[str]]

LAYOUTS = ("layout.html", "layout.txt")
OF_NOTES = "notes/"
HANDOFF = "notes/handoff"
TOLD_BY_IT = "reps are told by it"


def is_layout(file: str) -> bool:
    """Whether this is a layout file, which all mails share."""
    return file in LAYOUTS


def is_note(file: str) -> bool:
    """Whether this is a note to a rep: all below notes/, and whatever is plain text."""
    return not is_layout(file) and (file.startswith(OF_NOTES) or file.endswith(".txt"))


def is_mail(file: str) -> bool:
    """Whether this is a mail to a lead."""
    return not is_layout(file) and not is_note(file)


def name_of(file: str) -> str:
    """Return a template's name: its file without the ending."""
    return file.rpartition(".")[0]


def mails_of(campaign: Campaign) -> frozenset[str]:
    """Return the names of the mails that the campaign sends."""
    mails = (step.templates for step in walk(campaign.steps) if isinstance(step, EmailStep))
    return frozenset(name for templates in mails for name in templates)


def notes_of(campaign: Campaign) -> frozenset[str]:
    """Return the names of the notes that the campaign writes to reps."""
    tasks = {step.task.text for step in walk(campaign.steps) if isinstance(step, TaskStep)}
    return frozenset(
        tasks | {step.notify.text for step in walk(campaign.steps) if isinstance(step, NotifyStep)}
    )


# -- what templates are given ------------------------------------------------------------------------

OF_SENDERS = frozenset({"name", "address", "signature"})
OF_REPS = frozenset({"name", "full_name"})
OF_HANDOFFS = ("reason", "evidence", "actions", "temperature", "reply", "opening", "accept_url", "reject_url")


def templates(found: Found, known: Known) -> Iterator[Problem]:
    """Yield what is wrong in the templates that are used, and in the subjects that campaigns try."""
    if known.schema is None:
        return
    mail, note, handoff = _given(known)
    for read in found.campaigns:
        yield from _subjects(read, mail)
    campaigns = [read.value for read in found.campaigns]
    sent = {name for campaign in campaigns for name in mails_of(campaign)}
    for file in sorted(found.templates):
        if is_mail(file) and name_of(file) in sent:
            yield from check(found.templates, file, mail)
        elif is_note(file):
            yield from check(found.templates, file, handoff if name_of(file) == HANDOFF else note)
    if HANDOFF not in known.notes:
        yield Problem(f"templates/{HANDOFF}.md", 0, 0, "template-missing", "is missing", TOLD_BY_IT)


def _given(known: Known) -> tuple[Given, Given, Given]:
    """Return what mails, notes and the note of hand-offs may use: names, and under them fields."""
    both = {"lead": {*FIELDS, *known.custom}, "organisation": set(Organisation.model_fields)}
    mail = both | {"sender": set(OF_SENDERS), "campaign": set(), "unsubscribe_url": set()}
    note = both | {"rep": set(OF_REPS), "lead_url": set()}
    return mail, note, note | {name: set() for name in OF_HANDOFFS}


def _subjects(read: Read[Campaign], given: Given) -> Iterator[Problem]:
    """Yield what is wrong in subjects that stand in a campaign, as they would be told of a template."""
    for step, place, _ in placed(read.value.steps):
        if isinstance(step, EmailStep) and step.variants:
            for number, subject in enumerate(step.variants.subject or ()):
                node = read.document.find((*place, "variants", "subject", number))
                alone = {"subject.md": f"---\nsubject: {json.dumps(subject)}\n---\nA mail.\n"}
                for problem in check(alone, "subject.md", given):
                    yield read.document.problem(node, problem.rule, problem.message, problem.hint)
