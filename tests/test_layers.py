"""Imports point one way: the picture in docs/layout.md, enforced."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "outreach"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)

# A module may import from the lines below its own, and within its own folder; never from its line or above.
LAYERS = [
    {"__main__"},
    {"cli"},
    {"bench"},
    {"demo"},
    {"doctor"},
    {"assembly", "adoption"},
    {"scheduler", "worker", "web", "mail_reader"},
    {"explain"},
    {"backtest", "rehearsal"},
    {"simulation"},
    {"webhooks"},
    {"notifications", "inbox", "imports", "intake", "apply", "listings", "preview"},
    {
        "delivery",
        "reps",
        "reports",
        "experiments",
        "figures",
        "lead_batches",
        "followups",
        "status",
        "campaigns",
        "rejudging",
        "planning",
        "matching",
        "capacity",
        "briefs",
    },
    {"activity", "composing"},
    {"reviews", "ledger"},
    {"entries", "enrollments"},
    {"errands", "replies"},
    {"office"},
    {"tasks"},
    {"handoffs", "deals", "referrals"},
    {"leads"},
    {"allocations", "journal", "judging", "heartbeats"},
    {"applied", "workspace"},
    {"populations"},
    {"audience", "render"},
    {"fence", "backlog"},
    {"db", "lead_files"},
    {"models", "channels", "mime", "links", "logs", "starter"},
    {"campaign_tables"},
    {"columns", "crash", "children", "queues"},
    {"domain"},
    {"config", "clock"},
    {"errors"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
PURE = {
    "__future__",
    "base64",
    "bisect",
    "calendar",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "difflib",
}
PURE |= {
    "email",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "itertools",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "typing",
}
PURE |= {
    "unicodedata",
    "zoneinfo",
    "quopri",
    "binascii",
    "codecs",
    "ipaddress",
    "urllib",
    "importlib",
    "csv",
    "json",
    "struct",
}
PURE |= {
    "pydantic",
    "pydantic_core",
    "jinja2",
    "holidays",
    "crawleruseragents",
    "email_validator",
    "idna",
}


def imports(path: Path) -> set[str]:
    """Return the absolute name of everything `path` imports, wherever in the file."""
    package = ("outreach", *path.relative_to(PACKAGE).parts[:-1])
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            found |= {".".join((*base, alias.name)) for alias in node.names}
    return found


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = place(path)
    if here == "__init__":
        return
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("outreach.")} - {here}
    upward = {name for name in ours if LEVEL[name] <= LEVEL[here]}
    assert not upward, f"{here} may not import {upward}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda path: path.name)
def test_the_rules_do_no_input_and_output(path: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(path)} - {"outreach"} - PURE
    assert not foreign, f"domain/{path.name} may not import {foreign}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda path: path.name)
def test_the_rules_read_no_clock_and_throw_no_dice(path: Path) -> None:
    calls = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "time", "random"})
    }
    assert not calls & {"now", "utcnow", "today", "time", "random", "choice"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), "a module begins with a sentence on what it is"
    assert path.stem not in {"utils", "helpers", "common", "manager", "service", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_are_short(path: Path) -> None:
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert not {name: lines for name, lines in long.items() if lines > 60}
