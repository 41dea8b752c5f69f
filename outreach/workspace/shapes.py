"""What the files may hold, as JSON Schema: for editors, and for saying what would have been right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from outreach.domain.campaign import Campaign
from outreach.domain.policies import Funnel, Senders, Team

POLICIES: Mapping[str, type[BaseModel]] = {"funnel": Funnel, "team": Team, "senders": Senders}
FILES: Mapping[str, type[BaseModel]] = {"campaign": Campaign, **POLICIES}
FOLDER = Path(__file__).parent.parent / "schemas"
ONE_OR_MORE = (("Audience", "stage"), ("Move", "from"))
"""Lists for which a single word may stand too: a validator takes it, which pydantic's schema does not tell."""

Schema = Mapping[str, Any]


def schemas() -> Mapping[str, str]:
    """Return the JSON Schema of each kind of file, as the text that stands in outreach/schemas/NAME.json."""
    return {
        name: json.dumps(_schema(model, name), indent=2, ensure_ascii=False) + "\n"
        for name, model in FILES.items()
    }


def write_schemas(folder: Path = FOLDER) -> None:
    """Bring the shipped schema files up to date with the classes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _schema(model: type[BaseModel], name: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    for definition, key in ONE_OR_MORE:
        properties = schema.get("$defs", {}).get(definition, {}).get("properties", {})
        if key in properties:
            listed = properties[key]
            described = {word: listed.pop(word) for word in ("title", "description") if word in listed}
            properties[key] = {**described, "anyOf": [listed["items"], listed]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"Outreach: {name}"}


# -- walking a schema -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Tag:
    """A part of an error's path that names no place in the file but which of several classes was tried."""

    name: str


def known_keys(model: type[BaseModel], path: Sequence[str | int | Tag]) -> list[str]:
    """Return the keys that the mapping at `path` may have, in the order of the class."""
    whole = _cached_schema(model)
    found = _options(whole, whole)
    for part in path:
        found = [option for each in found for option in _step(whole, each, part)]
    return list(dict.fromkeys(key for option in found for key in option.get("properties", ())))


@cache
def _cached_schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _step(whole: Schema, at: Schema, part: str | int | Tag) -> list[Schema]:
    below: Any = None
    if isinstance(part, Tag):
        return [at] if at.get("title") == part.name or part.name in at.get("required", ()) else []
    if isinstance(part, int):
        below = at.get("items")
    elif part in at.get("properties", {}):
        below = at["properties"][part]
    else:
        below = at.get("additionalProperties")
    return _options(whole, below) if isinstance(below, Mapping) else []


def _options(whole: Schema, schema: Schema) -> list[Schema]:
    if "$ref" in schema:
        return _options(whole, whole["$defs"][schema["$ref"].rpartition("/")[2]])
    options = schema.get("anyOf") or schema.get("oneOf")
    return [each for option in options for each in _options(whole, option)] if options else [schema]
