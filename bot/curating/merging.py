"""Writes accepted phrasings and drafts into the content files, for review and commit; comments and order stay.

Only the command line does this, in a checkout: a running service never writes content files.
"""

from __future__ import annotations

import asyncio
import datetime
import io
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from bot.base.content import read_file_text
from bot.curating.wording import Refused, say
from bot.storage import audit, drafts, phrasings
from bot.storage.audit import Noting
from bot.storage.database import Database
from bot.storage.drafts import Draft
from bot.storage.phrasings import Phrasing
from faq.library import TOPICS
from vietnamese.normalize import fold, normalize
from vietnamese.wording import day

DRAFTS = "drafts"
"""A folder beside `questions`; nothing in it is loaded."""
_SCHEMA = "yaml-language-server: $schema=../../../docs/schema/entry.schema.json"
"""By which an editor completes the file, here and in `questions`."""
_WORDS_OF_A_NAME = 6


@dataclass(frozen=True, slots=True)
class Merged:
    """What was written: phrasings, drafts, and the files that changed. `orphans` are phrasings of no entry here."""

    phrasings: int
    drafts: int
    files: tuple[Path, ...]
    orphans: tuple[Phrasing, ...]


async def merge(database: Database, folder: Path, now: datetime.datetime, note: Noting = audit.unnoted) -> Merged:
    """Write what was not merged yet into `folder`, which holds `questions/`; raises Refused when it does not.

    A phrasing whose words stand in the file already is not written twice, so a merge that was cut short goes on.
    """
    if not (folder / "questions").is_dir():
        raise Refused("no_content", folder=folder)
    async with database.read() as connection:
        accepted = [each for each in await phrasings.list_all(connection) if each.merged is None]
        begun = [each for each in await drafts.list_all(connection) if each.merged is None]
    merged = await asyncio.to_thread(_write, folder, accepted, begun)
    async with database.begin() as connection:
        orphans = {each.id for each in merged.orphans}
        await phrasings.set_merged(connection, [each.id for each in accepted if each.id not in orphans], now)
        await drafts.set_merged(connection, [each.id for each in begun], now)
        await note(connection, str(merged.phrasings), str(merged.drafts))
    return merged


def _write(folder: Path, accepted: Sequence[Phrasing], begun: Sequence[Draft]) -> Merged:
    changed: list[Path] = []
    by_entry: dict[str, list[Phrasing]] = defaultdict(list)
    for each in accepted:
        by_entry[each.entry].append(each)
    orphans: list[Phrasing] = []
    written = 0
    for entry, together in by_entry.items():
        file = next((found for found in sorted(folder.glob(f"*/{entry}.yaml")) if found.parent.name != DRAFTS), None)
        if file is None:
            orphans += together
            continue
        before = read_file_text(file)
        after, added = with_phrasings(before, [each.text for each in together])
        if added:
            _replace(file, after)
            changed.append(file)
            written += added
    for draft in begun:
        file = folder / DRAFTS / f"{file_name(draft)}.yaml"
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            _replace(file, draft_text(draft))
            changed.append(file)
    return Merged(written, len(begun), tuple(changed), tuple(orphans))


def with_phrasings(text: str, added: Sequence[str]) -> tuple[str, int]:
    """The text of an entry's file with more phrasings at the end of its list, and how many were new to it."""
    yaml = _yaml()
    data = yaml.load(text)
    listed: CommentedSeq = data["phrasings"]
    known = {normalize(str(each)) for each in (data.get("question", ""), *listed)}
    last = len(listed) - 1
    for each in added:
        if normalize(each) not in known:
            known.add(normalize(each))
            listed.append(DoubleQuotedScalarString(each))
    new = len(listed) - 1 - last
    if new and last in listed.ca.items:  # what stands below the list stays below it
        listed.ca.items[len(listed) - 1] = listed.ca.items.pop(last)
    return (_dumped(yaml, data), new) if new else (text, 0)


def draft_text(draft: Draft) -> str:
    """The file of a draft: what is known filled in, what is to be written named in comments."""
    data = CommentedMap()
    data["question"] = DoubleQuotedScalarString(draft.question)
    data["topic"] = None
    data["answer"] = LiteralScalarString(f"{draft.answer.strip() or '…'}\n")
    data["sources"] = CommentedSeq()
    data["related"] = CommentedSeq()
    data["reviewed"] = draft.at.date()
    data["review_by"] = None
    data["phrasings"] = CommentedSeq(DoubleQuotedScalarString(each) for each in draft.phrasings)
    head = say(f"draft_from_{draft.source}", number=draft.id, on=day(draft.at.date()), by=draft.by)
    data.yaml_set_start_comment(f"{_SCHEMA}\n{head}\n{say('draft_what_to_do')}")
    data.yaml_add_eol_comment(", ".join(TOPICS["questions"]), "topic")
    for key in ("question", "sources", "review_by"):
        data.yaml_add_eol_comment(say(f"draft_{key}"), key)
    return _dumped(_yaml(), data)


def file_name(draft: Draft) -> str:
    """«0003_dong_cho_con_o_nuoc_ngoai»: the draft's number and the first words of its question."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(draft.question)).split()
    return "_".join([f"{draft.id:04d}", *words[:_WORDS_OF_A_NAME]])


def _yaml() -> YAML:
    """As the content files are written: lists set in by two, a line as long as it is."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(yaml: YAML, data: Any) -> str:
    written = io.StringIO()
    yaml.dump(data, written)
    return written.getvalue()


def _replace(file: Path, text: str) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)
