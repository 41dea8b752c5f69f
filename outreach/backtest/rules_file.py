"""Reads rules to be tried from a file of their own."""

from __future__ import annotations

from pathlib import Path

from outreach.domain import leads
from outreach.domain.policies import Funnel
from outreach.errors import Problems
from outreach.workspace import policy_checks
from outreach.workspace.checks import Known
from outreach.workspace.values import validate
from outreach.workspace.yaml_files import parse, read_text


def read(path: Path) -> Funnel:
    """Return the funnel that the file holds; Problems says everything in it that is wrong, each with its line."""
    document = parse(read_text(path, str(path)), str(path))
    funnel = validate(document, Funnel)
    known = Known(schema=leads.schema(funnel.fields), custom=funnel.fields)
    if problems := set(policy_checks.funnel(document, funnel, known)):
        raise Problems(problems)
    return funnel
