"""Which templates there are, who uses them, and whether they can be rendered with what they are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outreach.domain.campaign import Campaign, EmailStep, NotifyStep, TaskStep, walk
from outreach.domain.leads import FIELDS
from outreach.domain.policies import Organisation
from outreach.errors import Problem
from outreach.render import check
from outreach.workspace.checks import Known
from outreach.workspace.files import Found

MAILS = frozenset({".md", ".html"})
NOTES = frozenset({".md", ".txt"})
LAYOUTS = ("layout.html", "layout.txt")
OF_NOTES = "notes/"
HANDOFF = "notes/handoff"


def names_of(templates: Mapping[str, str], endings: frozenset[str]) -> frozenset[str]:
    """Return the names of the templates of this kind, without their endings."""
    return frozenset(
        name[: -len(ending)]
        for name in templates
        for ending in endings
        if name.endswith(ending) and name not in LAYOUTS
    )


def mails_of(campaign: Campaign) -> frozenset[str]:
    """Return the names of the mails that the campaign sends."""
    return frozenset(step.email for step in walk(campaign.steps) if isinstance(step, EmailStep))


def notes_of(campaign: Campaign) -> frozenset[str]:
    """Return the names of the notes that the campaign writes to reps."""
    tasks = {step.task.text for step in walk(campaign.steps) if isinstance(step, TaskStep)}
    return frozenset(
        tasks | {step.notify.text for step in walk(campaign.steps) if isinstance(step, NotifyStep)}
    )


def is_layout(name: str) -> bool:
    """Whether this is a layout file, which all mails share."""
    return name in LAYOUTS


def is_note(name: str) -> bool:
    """Whether this is a note to a rep by where it stands."""
    return name.startswith(OF_NOTES)


# -- what templates are given ------------------------------------------------------------------------

OF_SENDERS = frozenset({"name", "address", "signature"})
OF_REPS = frozenset({"name", "full_name"})
OF_HANDOFFS = ("reason", "evidence", "actions", "temperature", "opening", "accept_url", "reject_url")


def templates(found: Found, known: Known) -> Iterator[Problem]:
    """Yield what is wrong in the templates that are used."""
    if known.schema is None:
        return
    lead = {*FIELDS, *known.custom}
    organisation = set(Organisation.model_fields)
    both = {"lead": lead, "organisation": organisation}
    mail = both | {"sender": set(OF_SENDERS), "campaign": set(), "unsubscribe_url": set()}
    note = both | {"rep": set(OF_REPS), "lead_url": set()}
    campaigns = [read.value for read in found.campaigns]
    for name in sorted({name for campaign in campaigns for name in mails_of(campaign)} & known.mails):
        yield from check(found.templates, name, mail)
    named = {name for campaign in campaigns for name in notes_of(campaign)} & known.notes
    own = {name.rpartition(".")[0] for name in found.templates if is_note(name)}
    for name in sorted(named | own):
        given = note | {key: set[str]() for key in OF_HANDOFFS} if name == HANDOFF else note
        yield from check(found.templates, name, given)
    if HANDOFF not in own:
        yield Problem(
            f"templates/{HANDOFF}.md", 0, 0, "template-missing", "is missing", "reps are told by it"
        )
