"""What the staff answer again and again: short texts with figures of the law, which they send as they are or change.

One file each in `faq/content/canned/`, its name the id. No question of a citizen is matched to them.

BrokenCanned   one or more files are wrong; each problem names the file, the key and what would be right
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import Field

from faq.library import LONGEST, TOPICS, note, unusable_in
from law.base.model import Day, FileModel, FileText, read

CANNED_MOST = 900
"""Characters of one filled in: with what stands around it, a phone shows it well."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
_ABSENT: Any = None


class BrokenCanned(Exception):
    """Canned answers that can't be used, every problem of them."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Canned:
    """One of them; `text` with the names of figures in braces, `topic` one of those of questions."""

    id: str
    title: str
    text: str
    topic: str | None
    review_by: datetime.date


class CannedFile(FileModel):
    """One file of `faq/content/canned/` as it is written."""

    title: Annotated[
        FileText, Field(json_schema_extra={"maxLength": LONGEST["label"]}, description="what stands on its button")
    ]
    topic: Annotated[FileText, Field(description="the topic of the answers it belongs to")] = _ABSENT
    text: Annotated[FileText, Field(description="what the citizen reads; a number of the law is a {figure}")]
    reviewed: Annotated[Day, Field(description="when somebody last read it beside its sources")]
    review_by: Annotated[Day, Field(description="when somebody must read it again")]


def read_canned(files: Mapping[str, object], figures: Collection[str]) -> Mapping[str, Canned]:
    """Check and build, in the order of their ids; `files` is file stem → parsed YAML. Raises BrokenCanned."""
    problems: list[str] = []
    found: dict[str, Canned] = {}
    for stem, data in sorted(files.items()):
        wrong = partial(note, problems, f"faq/content/canned/{stem}.yaml")
        file = read(CannedFile, data, wrong)
        if file is None:
            continue
        if not _ID.fullmatch(stem):
            wrong("file", "its name stands behind buttons: at most 32 of the letters a-z, 0-9 and _, a letter first")
        if len(file.title) > LONGEST["label"]:
            wrong("title", f"is a button and holds {LONGEST['label']} characters at most, not {len(file.title)}")
        if file.topic not in (None, *TOPICS["questions"]):
            wrong("topic", f"{file.topic!r} is not one of: {', '.join(TOPICS['questions'])}")
        if file.review_by <= file.reviewed:
            wrong("review_by", f"must be after reviewed ({file.reviewed}), is {file.review_by}")
        for what in unusable_in(file.text, figures):
            wrong("text", what)
        found[stem] = Canned(stem, file.title, file.text, file.topic, file.review_by)
    titles = [each.title for each in found.values()]
    problems += [
        f"faq/content/canned/{each.id}.yaml: title: stands on another one too; they can't be told apart"
        for each in found.values()
        if titles.count(each.title) > 1
    ]
    if problems:
        raise BrokenCanned(problems)
    return found
