"""What a file of the content must hold: pydantic's models of it, and a sentence for whatever is wrong in one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.types import Strict

FileText = Annotated[str, Strict(), StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something, without the blanks around it."""
Day = Annotated[datetime.date, Strict()]
"""A date as YAML has it, without a time of the day."""

_RIGHT: Mapping[str, str] = {
    "missing": "is missing; add `{key}:`",
    "extra_forbidden": "unknown key {key!r}; known here: {known}",
    "invalid_key": "a key must be a text; put it between quotes",
    "model_type": "must be a mapping of keys and values: {needed}",
    "dict_type": "must be lines of `key: value`",
    "too_short": "must map at least one date (2026-07-01) to a value",
    "tuple_type": "must be a list, one line each beginning with `- `",
    "string_type": "must be a text, got {input!r}; put it between quotes",
    "string_too_short": "must be a text, got {input!r}",
    "string_pattern_mismatch": "must be a text, got {input!r}",
    "date_type": "must be a date, got {input!r}; write it as 2026-11-24 without quotes",
    "bool_type": "must be true or false, got {input!r}",
    "literal_error": "{input!r} is not one of: {choices}",
}
"""What would be right, by pydantic's name of the error."""
_DATE_KEY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
"""How pydantic names the place of a value whose key is a date."""
_IN_THE_FORM = re.compile(r"\[\w+\]")
"""A place of the form and not of the file: pydantic's own «[key]», and the tag of one of several forms."""


class FileModel(BaseModel):
    """The keys of a mapping in a file, and what each must hold. An editor shows the descriptions of its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


F = TypeVar("F", bound=FileModel)


def read(form: type[F], data: object, wrong: Callable[[str, str], None]) -> F | None:
    """The data in its form, or None where it does not fit: then `wrong` is told every key and what would be right."""
    try:
        return form.model_validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            path = [_said(part) for part in each["loc"] if isinstance(part, str) and not _IN_THE_FORM.match(part)]
            fields = _model_at(form, path[:-1] if each["type"] == "extra_forbidden" else path).model_fields
            known = [field.alias or name for name, field in fields.items()]
            facts = {
                "key": path[-1] if path else "",
                "input": each["input"],
                "said": each["msg"],
                "known": ", ".join(known),
                "needed": ", ".join([name for name, field in fields.items() if field.is_required()] or known),
                "choices": each.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", "),
            }
            wrong(" ".join(path) or "file", _RIGHT.get(each["type"], "{said}").format(**facts))
        return None


def _said(part: str) -> str:
    found = _DATE_KEY.fullmatch(part)
    return str(datetime.date(*map(int, found.groups()))) if found else part


def _model_at(form: type[FileModel], path: Sequence[str]) -> type[FileModel]:
    """The innermost form on the way to a key."""
    for part in path:
        if part in form.model_fields:
            form = next(_models_in(form.model_fields[part].annotation), form)
    return form


def _models_in(kind: object) -> Iterator[type[FileModel]]:
    if isinstance(kind, type) and issubclass(kind, FileModel):
        yield kind
    for each in get_args(kind):
        yield from _models_in(each)
