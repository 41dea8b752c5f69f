"""Reads a model of behaviour from a YAML file, and holds its names against the campaigns that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from outreach.domain.behaviour import OTHER
from outreach.domain.behaviour_model import Model
from outreach.domain.policies import Funnel
from outreach.errors import Problem, Problems
from outreach.workspace.documents import Document, Place
from outreach.workspace.values import validate
from outreach.workspace.yaml_files import parse, read_text

RULE = "unknown-name"


def read(path: Path, campaigns: Mapping[str, Collection[str]], funnel: Funnel) -> Model:
    """Return the model that the file holds; Problems says everything in it that is wrong, each with its line.

    `campaigns` are the steps with a mail, by campaign.
    """
    document = parse(read_text(path, str(path)), str(path))
    model = validate(document, Model)
    if problems := {*_steps(document, model, campaigns), *_reasons(document, model, funnel)}:
        raise Problems(problems)
    return model


def _steps(document: Document, model: Model, campaigns: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    for name, rates in model.campaigns.items():
        place: Place = ("campaigns", name)
        if name not in campaigns:
            yield _unknown(document, place, f'there is no campaign "{name}"', name, campaigns)
            continue
        for step in rates.steps:
            if step not in campaigns[name]:
                what = f'{name} has no step "{step}" that sends a mail'
                yield _unknown(document, (*place, "steps", step), what, step, campaigns[name])


def _reasons(document: Document, model: Model, funnel: Funnel) -> Iterator[Problem]:
    for key, part, known in (
        ("rejected_for", "rejected", funnel.rejected.reasons),
        ("lost_for", "lost", funnel.lost.reasons),
    ):
        for reason in getattr(model.reps, key) or ():
            if reason not in known and reason != OTHER:
                what = f'"{reason}" is no reason under {part} in funnel.yaml'
                yield _unknown(document, ("reps", key, reason), what, reason, [*known, OTHER])


def _unknown(document: Document, place: Place, what: str, name: str, known: Collection[str]) -> Problem:
    return document.problem(document.key(place), RULE, what, meant(name, known))


def meant(name: str, known: Collection[str]) -> str:
    """Return a hint for a name that does not exist."""
    close = get_close_matches(name.lower(), list(known), 1)
    if close:
        return f"did you mean {close[0]}?"
    return f"there are {', '.join(sorted(known))}" if known else "there is none at all"
