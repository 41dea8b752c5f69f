"""The schemas that editors go by take what the check takes, and refuse what is misspelt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from outreach.workspace import shapes, yaml_files
from outreach.workspace.documents import Node

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
EXAMPLES = sorted((ROOT / "campaigns").glob("*.yaml"))
SMALL = sorted((DATA / "workspace" / "campaigns").glob("*.yaml"))
MISSPELT = [
    "all-at-once", "bad-name", "branch-arms", "durations", "enter", "enter-event", "event",
    "funnel-numbers", "funnel-returns", "hours-as-number", "key-in-capitals", "merge-key", "missing-keys", "no-steps",
    "priority", "priority-word", "senders-organisation", "stage", "steps-not-a-list", "team-empty", "template-with-ending",
    "two-steps-in-one", "unknown-key", "unknown-step",
]  # fmt: skip
"""Broken files of tests/data/bad_campaigns that a schema alone can tell."""
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "null": type(None),
}  # fmt: skip


def plain(node: Node) -> Any:
    if isinstance(node.data, dict):
        return {name: plain(value) for name, (_, value) in node.data.items()}
    return [plain(item) for item in node.data] if isinstance(node.data, list) else node.data


def takes(schema: Any, value: Any, whole: Mapping[str, Any]) -> bool:
    """Whether a JSON Schema takes a value: the part of the standard that the shipped schemas use."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema:
        return takes(whole["$defs"][schema["$ref"].rpartition("/")[2]], value, whole)
    if "anyOf" in schema and not any(takes(each, value, whole) for each in schema["anyOf"]):
        return False
    if "oneOf" in schema and sum(takes(each, value, whole) for each in schema["oneOf"]) != 1:
        return False
    return _has_type(schema, value) and _in_bounds(schema, value) and _holds(schema, value, whole)


def _has_type(schema: Mapping[str, Any], value: Any) -> bool:
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" not in schema:
        return True
    if isinstance(value, bool):
        return bool(schema["type"] == "boolean")
    return isinstance(value, TYPES[schema["type"]])


def _in_bounds(schema: Mapping[str, Any], value: Any) -> bool:
    if isinstance(value, str):
        return bool(len(value) >= schema.get("minLength", 0) and re.search(schema.get("pattern", ""), value))
    if isinstance(value, list):
        return bool(schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)))
    if isinstance(value, dict):
        return bool(len(value) >= schema.get("minProperties", 0))
    if isinstance(value, int | float):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _holds(schema: Mapping[str, Any], value: Any, whole: Mapping[str, Any]) -> bool:
    if isinstance(value, list):
        return all(takes(schema.get("items", True), item, whole) for item in value)
    if not isinstance(value, dict):
        return True
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    names = schema.get("propertyNames", True)
    return set(schema.get("required", ())) <= value.keys() and all(
        takes(known.get(name, others), each, whole) and takes(names, name, whole)
        for name, each in value.items()
    )


def is_taken(text: str, file: str) -> bool:
    schema = json.loads(shapes.schemas()[file if file in shapes.POLICIES else "campaign"])
    return takes(schema, plain(yaml_files.parse(text, f"{file}.yaml").root), schema)


@pytest.mark.parametrize("path", [*EXAMPLES, *SMALL], ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_schema_takes_an_example(path: Path) -> None:
    assert is_taken(path.read_text(encoding="utf-8"), path.stem)


@pytest.mark.parametrize("name", MISSPELT)
def test_the_schema_refuses_a_misspelt_file(name: str) -> None:
    text = (DATA / "bad_campaigns" / f"{name}.yaml").read_text(encoding="utf-8")
    assert not is_taken(text, name.partition("-")[0])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_editor_sees_a_key_that_is_not_known(path: Path) -> None:
    assert not is_taken(path.read_text(encoding="utf-8") + "\nprioritee: 3\n", path.stem)
