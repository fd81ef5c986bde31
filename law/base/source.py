"""A document that a number or an answer rests on, and where it was read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from law.base.parameter import CONFIDENCES

_KEYS = ("title", "kind", "read", "confidence", "in_force")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of `law/sources.yaml`. `since` and `until` are None where the date was not read."""

    id: str
    title: str
    kind: str
    read: str
    confidence: str
    since: datetime.date | None = None
    until: datetime.date | None = None


def read_sources(data: Mapping[str, object]) -> tuple[dict[str, Source], tuple[str, ...]]:
    """Check the parsed `law/sources.yaml`; returns the sources by id and every problem found."""
    problems: list[str] = []
    sources: dict[str, Source] = {}
    for id_, entry in data.items():
        where = f"law/sources.yaml, {id_}"
        if not isinstance(entry, Mapping):
            problems.append(f"{where}: must be a mapping with title, kind, read and confidence")
            continue
        problems += [f"{where}: unknown key {key!r}; known are {', '.join(_KEYS)}" for key in entry if key not in _KEYS]
        texts: dict[str, str] = {}
        for key in _KEYS[:-1]:
            found = entry.get(key)
            if not isinstance(found, str) or not found.strip():
                problems.append(f"{where}, {key}: is missing or no text; add `{key}:`")
            texts[key] = str(found)
        if texts["confidence"] not in CONFIDENCES:
            problems.append(f"{where}, confidence: must be one of {', '.join(CONFIDENCES)}")
        since, until = _in_force(where, entry.get("in_force"), problems)
        sources[id_] = Source(id_, texts["title"], texts["kind"], texts["read"], texts["confidence"], since, until)
    return sources, tuple(problems)


def _in_force(where: str, found: object, problems: list[str]) -> tuple[datetime.date | None, datetime.date | None]:
    if found is None:
        return None, None
    if not isinstance(found, Mapping) or not found or not set(found) <= {"from", "to"}:
        problems.append(f"{where}, in_force: must be a mapping with from, to or both")
        return None, None
    days: dict[str, datetime.date | None] = {"from": None, "to": None}
    for key, day in found.items():
        if isinstance(day, datetime.date):
            days[key] = day
        else:
            problems.append(f"{where}, in_force, {key}: must be a date like 2025-07-01, got {day!r}")
    since, until = days["from"], days["to"]
    if since and until and until < since:
        problems.append(f"{where}, in_force: ends on {until}, before it begins on {since}")
    return since, until
