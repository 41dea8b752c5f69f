"""Checks a parsed file against its class, and says in plain words what is wrong and what would be right."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from outreach.domain.campaign import STEP_KEYS
from outreach.domain.durations import Duration
from outreach.errors import Problem, Problems
from outreach.workspace.documents import Document, Node, Place
from outreach.workspace.shapes import Tag, known_keys

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int | Tag, ...]

STEP_LISTS = frozenset({"steps", "then", "else"})
TAGGED_LISTS = STEP_LISTS | {"branch"}
"""Lists whose items are one of several classes: pydantic puts the name of the class tried into the path."""
UNION_PART = re.compile(
    r"[A-Z]\w*|literal\[.*|str|int|float|bool|none|\[key\]|function-.*|constrained-.*|nullable.*"
)
CLOSED = "hours open before they close"
LONGEST_YEARS = 10
MOST_TOLD = 100

LOOKS_LIKE: Mapping[str, str] = {
    "^[a-z0-9][a-z0-9_-]{0,62}$": "a name is lower-case letters, digits, - and _",
    "^[a-z0-9][a-z0-9_/-]{0,120}$": "a template is written without its ending, such as webinar/thanks",
    "^[a-z][a-z0-9_]{0,40}$": "a field's name is lower-case letters, digits and _",
    r"^[^\s@<>,;]+@[^\s@<>,;]+$": "write an address such as anna@example.com",
    "^[A-Z]{2}$": "write two capital letters such as DE",
}
EXAMPLES: Mapping[str, str] = {
    "campaign": "write for example campaign: webinar-follow-up",
    "audience": "write for example audience: {stage: suspect}",
    "stage": "write for example stage: suspect",
    "senders": "write for example senders: [anna]",
    "steps": "write for example steps: [{email: webinar/thanks}]",
    "if": "write a condition such as clicked()",
    "within": "write for example within: 5 days",
    "because": "say why in a few words: it is shown with every lead that is moved",
    "postal_address": "the law asks for it in every mail",
    "hours": 'write for example "09:00-17:00"',
    "days": "write for example mon-fri or mon,wed,fri",
    "where": 'write a condition such as lead.country == "DE"',
}


def validate(document: Document, model: type[Model]) -> Model:
    """Return what the file says; Problems for everything in it that is wrong."""
    try:
        value = model.model_validate(_data(document.root))
    except ValidationError as error:
        raise Problems(_reported(document, model, error)) from None
    if problems := list(_second_look(document, value)):
        raise Problems(problems)
    return value


def _data(node: Node, key: str = "") -> Any:
    """Return the node as plain data, with an empty mapping for every step that is none.

    Which class a step is of is told by its keys, and text has none to ask for.
    """
    if isinstance(node.data, list):
        are_steps = key in STEP_LISTS
        return [_data(item) if isinstance(item.data, dict) or not are_steps else {} for item in node.data]
    if isinstance(node.data, dict):
        return {name: _data(value, name) for name, (_, value) in node.data.items()}
    return node.data


# -- from pydantic's errors to places ---------------------------------------------------------------


def _reported(document: Document, model: type[BaseModel], error: ValidationError) -> set[Problem]:
    """Return the problems, each once, without those that only follow from others; of very many the first."""
    details = error.errors(include_url=False, include_input=False)
    problems = set()
    for detail in details[:MOST_TOLD]:
        path = _path(document, detail["loc"])
        follows = detail["type"] == "too_short" and _holds_others(detail["loc"], details)
        if not (follows or _of_another_class(document, path) or _misspelt(document, model, path, detail)):
            problems.add(_problem(document, model, path, detail))
    if len(details) > MOST_TOLD:
        message = f"has {len(details):,} problems, of which the first are told"
        problems.add(Problem(document.file, 0, 0, "yaml", message))
    return problems


def _holds_others(loc: tuple[str | int, ...], details: Sequence[ErrorDetails]) -> bool:
    """Whether a list is only too short because what is wrong in it was not counted."""
    return any(detail["loc"] != loc and detail["loc"][: len(loc)] == loc for detail in details)


def _path(document: Document, loc: Sequence[str | int]) -> Path:
    """Return the error's path with the names of classes marked, which have no place in the file."""
    path: list[str | int | Tag] = []
    node: Node | None = document.root
    for part in loc:
        listed = len(path) > 1 and isinstance(path[-1], int) and path[-2] in TAGGED_LISTS
        there = node.below(part) if node else None
        if isinstance(part, str) and (listed or (there is None and UNION_PART.fullmatch(part))):
            path.append(Tag(part))
        else:
            path.append(part)
            node = there
    return tuple(path)


def _plain(path: Path) -> Place:
    return tuple(part for part in path if not isinstance(part, Tag))


def _of_another_class(document: Document, path: Path) -> bool:
    """Whether the error only says that the value is not of a class that nobody meant."""
    for number, part in enumerate(path):
        if isinstance(part, Tag) and not (number and isinstance(path[number - 1], int)):
            is_mapping = isinstance(document.find(_plain(path[:number])).data, dict)
            if part.name.startswith("literal[") and is_mapping:
                return True
            if part.name[:1].isupper() and not is_mapping:
                return True
            if part.name in ("float", "bool"):  # "str" of the same union says it already
                return True
    return False


# -- what is said -----------------------------------------------------------------------------------


def _problem(document: Document, model: type[BaseModel], path: Path, detail: ErrorDetails) -> Problem:
    place = _plain(path)
    kind = detail["type"]
    node = document.find(place)
    if kind == "missing":
        return _missing(document, path)
    if kind == "extra_forbidden":
        return _unknown_key(document, model, path)
    if path and path[-1] == Tag("[key]"):
        message, hint = _said(detail, _texted(document.key(place)))
        return document.problem(document.key(place), "wrong-value", message, hint)
    if kind == "step":
        return _no_step(document, node)
    if node.data is None:  # the place of nothing is the next thing in the file
        node = _empty(document.key(place))
    message, hint = _said(detail, node, EXAMPLES.get(str(place[-1]), "") if place else "")
    return document.problem(node, "window-never-opens" if CLOSED in message else "wrong-value", message, hint)


def _texted(key: Node) -> Node:
    return Node(key.line, key.column, key.start, key.end, str(key.data))


def _misspelt(document: Document, model: type[BaseModel], path: Path, detail: ErrorDetails) -> bool:
    """Whether a missing key stands there misspelt, which is another problem's line."""
    above = document.find(_plain(path[:-1])).data
    if detail["type"] != "missing" or not isinstance(above, dict):
        return False
    known = known_keys(model, path[:-1])
    return any(key not in known and get_close_matches(key.lower(), known, 1) == [path[-1]] for key in above)


def _empty(key: Node) -> Node:
    return Node(key.line, key.column, key.start, key.end, None)


def _missing(document: Document, path: Path) -> Problem:
    key = str(path[-1])
    above = document.find(_plain(path[:-1]))
    return document.problem(above, "missing-key", f'"{key}" is missing here', EXAMPLES.get(key, ""))


def _unknown_key(document: Document, model: type[BaseModel], path: Path) -> Problem:
    key = str(path[-1])
    known = known_keys(model, path[:-1])
    node = document.key(_plain(path))
    if key in STEP_KEYS and set(known) & set(STEP_KEYS):
        first = next(name for name in known if name in STEP_KEYS)
        message = f'"{key}" stands in the same step as "{first}"'
        return document.problem(
            node, "unknown-key", message, f"one step does one thing: start a new line with - {key}:"
        )
    return document.problem(node, "unknown-key", f'"{key[:60]}" is not known here', _suggestion(key, known))


def _suggestion(word: str, known: Sequence[str]) -> str:
    """Return what may have been meant, else what there is."""
    close = get_close_matches(word.lower(), known, 1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"


def _no_step(document: Document, node: Node) -> Problem:
    if isinstance(node.data, dict) and node.data:
        key, (at, _) = next(iter(node.data.items()))
        return document.problem(at, "unknown-key", f'"{key[:60]}" is no step', _suggestion(key, STEP_KEYS))
    if isinstance(node.data, str) and (first := node.data.split(" ", 1)[0]) in STEP_KEYS:
        rest = node.data[len(first) :].strip() or "..."
        return document.problem(
            node, "wrong-value", "a colon is missing in this step", f"write {first}: {rest[:60]}"
        )
    return document.problem(node, "wrong-value", f"{named(node)} stands where a step belongs",
                            "write for example - wait: 3 days")  # fmt: skip


def named(node: Node) -> str:
    """Return what stands at the node, in words."""
    match node.data:
        case None:
            return "nothing"
        case bool():
            return f"the word {str(node.data).lower()}"
        case int() | float():
            return f"the number {node.data}"
        case str():
            return f'the text "{node.data[:60]}"' if node.data else "an empty text"
        case list():
            return "a list" if node.data else "an empty list"
        case _:
            return "a mapping" if node.data else "an empty mapping"


BELONGS: Mapping[str, tuple[str, str]] = {
    "string": ("text", ""),
    "int": ("a whole number", ""),
    "float": ("a number", ""),
    "bool": ("true or false", ""),
    "tuple": ("a list", "write [one, two] or a line with - for each"),
    "dict": ("a mapping", "write key: value"),
    "model": ("a mapping", "write key: value"),
    "date": ("a day", "write for example 2026-03-01"),
}


def _said(detail: ErrorDetails, node: Node, example: str = "") -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if special := SPECIAL.get(kind):
        return special(node, context)
    family = kind.partition("_")[0]
    if family in BELONGS and kind not in ("string_too_long", "string_too_short"):
        what, hint = BELONGS[family]
        if what == "text" and isinstance(node.data, int | float):
            hint = f'write it in quotes: "{str(node.data).lower()}"'
        return f"{named(node)} stands where {what} belongs", example or hint
    message, _, hint = detail["msg"].removeprefix("Value error, ").partition("; ")
    return message, hint


def _of_choice(node: Node, context: Mapping[str, Any]) -> tuple[str, str]:
    words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    if not isinstance(node.data, str):
        return f"{named(node)} stands where a word belongs", f"known are {', '.join(words)}"
    return f'"{node.data[:60]}" is not known here', _suggestion(node.data, words)


def _not_like(node: Node, context: Mapping[str, Any]) -> tuple[str, str]:
    hint = LOOKS_LIKE.get(str(context.get("pattern", "")), "")
    return f"{named(node)} is not written as it must be", hint


def _bound(words: str, key: str, unit: str = "") -> Callable[[Node, Mapping[str, Any]], tuple[str, str]]:
    def said(node: Node, context: Mapping[str, Any]) -> tuple[str, str]:
        return f"{named(node)} is {words} {context[key]}{unit}", ""

    return said


SPECIAL: Mapping[str, Callable[[Node, Mapping[str, Any]], tuple[str, str]]] = {
    "enum": _of_choice,
    "literal_error": _of_choice,
    "string_pattern_mismatch": _not_like,
    "string_too_short": _bound("shorter than", "min_length", " characters"),
    "string_too_long": _bound("longer than", "max_length", " characters"),
    "too_short": lambda node, context: (
        f"{named(node)} has too few entries",
        f"write at least {context['min_length']}",
    ),
    "too_long": lambda node, context: (
        f"{named(node)} has too many entries",
        f"at most {context['max_length']} may stand",
    ),
    "greater_than_equal": _bound("less than", "ge"),
    "less_than_equal": _bound("more than", "le"),
    "greater_than": _bound("not more than", "gt"),
    "int_from_float": lambda node, _: (f"{named(node)} stands where a whole number belongs", ""),
}


# -- what pydantic lets pass -------------------------------------------------------------------------


def leaves(value: object, path: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every single value in what a file says, with its path in the file."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from leaves(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, tuple | list):
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path, value


def _second_look(document: Document, value: BaseModel) -> Iterator[Problem]:
    for path, leaf in leaves(value):
        node = document.find(path)
        if isinstance(leaf, int | float) and not isinstance(leaf, bool) and isinstance(node.data, bool):
            yield document.problem(node, "wrong-value", f"{named(node)} stands where a number belongs")
        elif isinstance(leaf, float) and not math.isfinite(leaf):
            yield document.problem(node, "wrong-value", f"{named(node)} is no number to count with")
        elif isinstance(leaf, Duration) and leaf.about() > Duration(LONGEST_YEARS, "year").about():
            yield document.problem(node, "wrong-value", f"{leaf} is longer than {LONGEST_YEARS} years")
