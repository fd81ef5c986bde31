"""The schemas by which an editor completes the files of the content: current, true of each file, no rubber stamp."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schema"
FILES = {
    "parameter": sorted((ROOT / "law" / "parameters").glob("*.yaml")),
    "source": [ROOT / "law" / "sources.yaml"],
    "canned": sorted((ROOT / "faq" / "content" / "canned").glob("*.yaml")),
    "entry": sorted(
        path
        for folder in ("questions", "referrals", "smalltalk", "offtopic")
        for path in (ROOT / "faq" / "content" / folder).glob("*.yaml")
    ),
}


class Editor(yaml.SafeLoader):
    """YAML as an editor reads it: a date is a text."""


Editor.yaml_implicit_resolvers = {
    first: [rule for rule in rules if not rule[0].endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_in_an_editor(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=Editor)


def faults(name: str, data: object) -> Iterator[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return (f"{error.json_path}: {error.message}" for error in checker.iter_errors(data))


def test_the_schemas_are_made_from_the_models() -> None:
    spec = importlib.util.spec_from_file_location("write_schemas", ROOT / "docs" / "write_schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = {file.name: file.read_text(encoding="utf-8") for file in SCHEMAS.iterdir()}
    assert written == module.schemas(), "run make schema"


def test_every_key_of_an_entry_is_told_in_the_words_of_the_guide() -> None:
    schema = json.loads((SCHEMAS / "entry.schema.json").read_text(encoding="utf-8"))
    assert [key for key, of in schema["properties"].items() if "description" not in of] == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_content_is_right_by_its_schema(name: str) -> None:
    assert FILES[name]
    assert {file.name: found for file in FILES[name] if (found := [*faults(name, as_in_an_editor(file))])} == {}


def _first_value(parameter: Any) -> Any:
    return next(iter(parameter["values"].values()))


@pytest.mark.parametrize(
    ("name", "file", "change"),
    [
        ("parameter", "base_salary", lambda it: it.update(unit="VND")),
        ("parameter", "base_salary", lambda it: it.pop("review_by")),
        ("parameter", "base_salary", lambda it: it.update(checked="hôm qua")),
        ("parameter", "base_salary", lambda it: it["values"].update({"từ 2030": _first_value(it)})),
        ("parameter", "base_salary", lambda it: _first_value(it).update(value="1.500.000")),
        ("parameter", "base_salary", lambda it: _first_value(it).update(value=-1)),
        ("parameter", "base_salary", lambda it: _first_value(it).update(sourcee="x")),
        ("parameter", "base_salary", lambda it: _first_value(it).update(confidence="D")),
        ("parameter", "hotline", lambda it: _first_value(it).update(value=19009068)),
        ("source", "sources", lambda it: it["luat-41-2024"].pop("title")),
        ("source", "sources", lambda it: it["luat-41-2024"]["in_force"].update(since="2025-07-01")),
        ("entry", "min_income", lambda it: it.pop("answer")),
        ("entry", "min_income", lambda it: it.update(anwser="x")),
        ("entry", "min_income", lambda it: it.update(topic="money")),
        ("entry", "min_income", lambda it: it.update(opens="Tính tiền đóng")),
        ("entry", "min_income", lambda it: it.update(answered_by="Tính tiền đóng")),
        ("entry", "min_income", lambda it: it.update(label="a" * 39)),
        ("entry", "min_income", lambda it: it.update(first="có")),
        ("entry", "min_income", lambda it: it.update(aspects={"paper": "Căn cước."})),
        ("entry", "min_income", lambda it: it.update(aspects={"papers": {"aspect": "papers"}})),
        ("entry", "min_income", lambda it: it.update(aspects={"papers": {"see": "tax", "aspect": None}})),
        ("entry", "min_income", lambda it: it.update(review_by=None)),
        ("entry", "min_income", lambda it: it.update(phrasings="một câu")),
        ("entry", "min_income", lambda it: it.update(question="a" * 61)),
        ("entry", "min_income", lambda it: it["sources"].append({"source": "luat-41-2024"})),
        ("entry", "greeting", lambda it: it.pop("answer")),
    ],
)
def test_a_mistake_is_shown_while_it_is_written(name: str, file: str, change: Callable[[Any], object]) -> None:
    (path,) = (each for each in FILES[name] if each.stem == file)
    data = copy.deepcopy(as_in_an_editor(path))
    change(data)
    assert [*faults(name, data)]
