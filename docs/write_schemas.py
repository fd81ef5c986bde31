"""Writes docs/schema/, by which an editor completes parameters, documents and entries: `make schema`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from faq.canned import CannedFile
from faq.library import REQUIRED, TOPICS, EntryFile
from law.base.parameter import TYPES, UNITS, Key, ParameterFile
from law.base.source import SourceEntry

FOLDER = Path(__file__).with_name("schema")
GUIDE = Path(__file__).with_name("viet-cau-tra-loi.md")

Schema = dict[str, Any]


def schemas() -> Mapping[str, str]:
    """The text of each schema by its file's name."""
    made = {
        "parameter": _parameter(),
        "source": TypeAdapter(dict[str, SourceEntry]).json_schema(),
        "entry": _entry(),
        "canned": _canned(),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()
    }


def _parameter() -> Schema:
    """The values are of the type that the unit asks for."""
    schema = ParameterFile.model_json_schema()
    schema["allOf"] = [
        {
            "if": {"properties": {"unit": {"enum": [unit for unit, of in UNITS.items() if of == kind]}}},
            "then": {"properties": {"values": {"additionalProperties": {"properties": {"value": _value(types)}}}}},
        }
        for kind, types in TYPES.items()
    ]
    return schema


def _value(types: tuple[type, ...]) -> Schema:
    one: Any = Union[tuple(Annotated[each, Field(ge=0)] if each in (int, Decimal) else each for each in types)]  # noqa: UP007
    return TypeAdapter(one | None | dict[Key, one | None]).json_schema()


def _canned() -> Schema:
    schema = CannedFile.model_json_schema()
    schema["properties"]["topic"]["enum"] = list(TOPICS["questions"])
    return schema


def _entry() -> Schema:
    """An entry has the keys that its folder, known by the topic, requires; they are told in the guide's words."""
    schema = EntryFile.model_json_schema()
    for keys, told in re.findall(r"^\| (`[a-z_`, ]+`) \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE):
        for key in re.findall(r"[a-z_]+", keys):
            schema["properties"][key]["description"] = told
    schema["properties"]["topic"]["enum"] = [topic for topics in TOPICS.values() for topic in topics]
    for key in ("opens", "answered_by"):  # which forms there are, `bhxh check` knows
        schema["properties"][key]["pattern"] = "^[a-z][a-z0-9_]*$"
    schema["required"] = ["topic", "phrasings"]
    schema["allOf"] = [
        {"if": {"properties": {"topic": {"enum": [*topics]}}}, "then": {"required": [*REQUIRED[folder]]}}
        for folder, topics in TOPICS.items()
    ]
    return schema


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
