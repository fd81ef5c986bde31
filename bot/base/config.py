"""Reads `config.yaml` and the environment into the settings, and says in one line what is wrong there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import SettingsError

from bot.base.content import BrokenContent, read_file_text, read_yaml
from bot.base.settings import PREFIX, BrokenSettings, Settings, expected, known_in, variable

DEFAULT_FILE = Path("config.yaml")


def read_settings(file: Path | None, kind: type[Settings] = Settings) -> Settings:
    """The settings of `file`, or of `config.yaml` where it exists; raises BrokenSettings."""
    chosen = file or DEFAULT_FILE
    data: Mapping[str, Any] = {}
    if file is not None or chosen.exists():
        data = _read(chosen)
    if "secret" in data:
        raise BrokenSettings(f"{chosen}: secret: set it by the environment ({PREFIX}SECRET), not in a file")
    mistyped = next((name for name in sorted(os.environ) if _mistyped(name, kind)), None)
    if mistyped is not None:
        raise BrokenSettings(f"{mistyped}: unknown in the environment; known there: {', '.join(_variables(kind))}")
    try:
        return kind(**data)
    except ValidationError as error:
        raise BrokenSettings(_one_line(error, chosen, kind)) from None
    except SettingsError as error:  # an environment value where a section of keys is expected
        section = next((name for name in kind.model_fields if f'"{name}"' in str(error)), "")
        raise BrokenSettings(f"{variable(section)}: {section}: expected {expected(kind, section)}") from None


def _read(file: Path) -> Mapping[str, Any]:
    try:
        data = read_yaml(read_file_text(file), str(file))
    except BrokenContent as broken:
        raise BrokenSettings(broken.problems[0]) from None
    if data is None:
        return {}
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise BrokenSettings(f"{file}: expected keys and values, as in config.example.yaml")
    return data


def _one_line(error: ValidationError, file: Path, kind: type[Settings]) -> str:
    """The first problem, by the key's path, with what is expected; never the value, which may be a secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    where = _given_by(first["loc"]) or file
    if first["type"] == "extra_forbidden":
        known = ", ".join(name for name in known_in(kind, first["loc"][:-1]).model_fields if name != "secret")
        return f"{where}: {path}: unknown key; known here: {known}"
    return f"{where}: {path}: expected {expected(kind, *first['loc']) or first['msg']}"


def _given_by(path: tuple[int | str, ...]) -> str | None:
    """The environment variable that sets a key, or its section; None where none does."""
    given = {name.upper() for name in os.environ}
    names = (variable(*map(str, path[:end])) for end in range(len(path), 0, -1))
    return next((name for name in names if name in given), None)


def _variables(kind: type[Settings]) -> Iterator[str]:
    """The name of every environment variable that is a setting."""
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from (variable(name, key) for key in field.annotation.model_fields)
        else:
            yield variable(name)


def _mistyped(name: str, kind: type[Settings]) -> bool:
    """Whether a variable begins like a setting and is none: BHXH_TELEGRAM_TOKEN with one underscore too few."""
    sections = {each.partition("__")[0] for each in _variables(kind)}
    head, nested, _ = name.upper().partition("__")
    is_section = any(each.startswith(f"{head}__") for each in _variables(kind))
    return head.startswith(tuple(sections)) and (head not in sections or (bool(nested) and not is_section))
