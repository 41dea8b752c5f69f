"""A small validator of JSON Schema: the words that pydantic writes, and an error for any other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
SAYS_NOTHING = {"$defs", "$schema", "title", "description", "default", "examples", "format", "discriminator"}


def fits(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Return whether the value is as the schema says, which is part of the `whole`."""
    return all(_is(word, value, schema, whole) for word in schema if word not in SAYS_NOTHING)


def _is(word: str, value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    said = schema[word]
    match word:
        case "$ref":
            return fits(value, whole["$defs"][said.rpartition("/")[2]], whole)
        case "anyOf" | "oneOf":
            return any(fits(value, option, whole) for option in said)
        case "type":
            is_bool = isinstance(value, bool)
            return isinstance(value, TYPES[said]) and (not is_bool or said == "boolean")
        case "enum":
            return value in said
        case "const":
            return bool(value == said)
        case "properties":
            return not isinstance(value, dict) or all(
                fits(each, said[name], whole) for name, each in value.items() if name in said
            )
        case "additionalProperties":
            more = [each for name, each in _of(value) if name not in schema.get("properties", {})]
            return (
                not more if said is False else said is True or all(fits(each, said, whole) for each in more)
            )
        case _:
            return _is_bound(word, value, said, whole)


def _of(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _is_bound(word: str, value: Any, said: Any, whole: Mapping[str, Any]) -> bool:
    match word:
        case "required":
            return not isinstance(value, dict) or set(said) <= set(value)
        case "items":
            return not isinstance(value, list) or all(fits(each, said, whole) for each in value)
        case "pattern":
            return not isinstance(value, str) or re.search(said, value) is not None
        case "minLength" | "minItems" | "minProperties":
            return not hasattr(value, "__len__") or len(value) >= said
        case "maxLength" | "maxItems" | "maxProperties":
            return not hasattr(value, "__len__") or len(value) <= said
        case "minimum":
            return not isinstance(value, int | float) or value >= said
        case "maximum":
            return not isinstance(value, int | float) or value <= said
        case _:
            raise AssertionError(f"the validator does not know {word}")
