"""A document that a number or an answer rests on, and where it was read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from law.base.model import Day, FileModel, FileText, read
from law.base.parameter import Grade


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
    told: str = ""
    """Whose word it is, after «theo»; empty where the text itself was read."""


class _InForce(FileModel):
    since: Annotated[Day | None, Field(alias="from", description="the first day")] = None
    until: Annotated[Day | None, Field(alias="to", description="the last day, where it has ended")] = None


class SourceEntry(FileModel):
    """One document of `law/sources.yaml` as it is written."""

    title: Annotated[FileText, Field(description="its full title, in Vietnamese")]
    kind: Annotated[FileText, Field(description="the kind of document, in Vietnamese")]
    read: Annotated[FileText, Field(description="where the text was read")]
    confidence: Annotated[Grade, Field(description="how sure that reading is")]
    told: Annotated[FileText, Field(description="whose word it is, after «theo»; of what was not itself read")] = ""
    in_force: _InForce = _InForce()


def read_sources(data: Mapping[str, object]) -> tuple[dict[str, Source], tuple[str, ...]]:
    """Check the parsed `law/sources.yaml`; returns the sources by id and every problem found."""
    problems: list[str] = []
    sources: dict[str, Source] = {}
    for id_, written in data.items():

        def wrong(key: str, what: str, id_: str = id_) -> None:
            problems.append(f"law/sources.yaml, {id_}, {key}: {what}")

        entry = read(SourceEntry, written, wrong)
        if entry is None:
            continue
        since, until = entry.in_force.since, entry.in_force.until
        if since and until and until < since:
            wrong("in_force", f"ends on {until}, before it begins on {since}")
        if entry.confidence != "A" and not entry.told:
            wrong("told", "is missing; say whose word it is, as it follows «theo» under what is told of it")
        sources[id_] = Source(id_, entry.title, entry.kind, entry.read, entry.confidence, since, until, entry.told)
    return sources, tuple(problems)
