"""`bhxh check`: everything that is written down, tried at once; and what is due for review."""

from __future__ import annotations

import ast
import asyncio
import dataclasses
import datetime
import importlib
import itertools
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import ModuleType
from typing import Any

import handlers
from bot.base.content import BrokenContent, Content, read_content, read_texts
from bot.base.settings import BrokenSettings, ChannelSection, Settings, Staff
from bot.channels.catalogue import CHANNELS
from bot.commands import review
from bot.reports.catalogue import REPORTS
from bot.reports.records import KINDS, OTHER, read_targets
from bot.reports.words import read_words
from faq.library import TOPICS
from handlers.dialogue.records import LEVELS, REASONS
from handlers.dialogue.texts import OneOf, missing
from law.base import freshness
from law.paying.joining import HINDRANCES

_NOT_JOINING = OneOf("law.join_refused_{}", HINDRANCES)
_REPORTED = (
    OneOf("topic_{}", (*itertools.chain.from_iterable(TOPICS.values()), "person", "service", OTHER)),
    OneOf("kind_{}", KINDS),
    OneOf("level_{}", LEVELS),
    OneOf("reason_{}", REASONS),
    OneOf("report_{}", tuple(REPORTS)),
    OneOf("about_{}", tuple(REPORTS)),
)
"""The words of the reports, one for each of a list."""
_TELLING = ("Note", "step", "warn", "option")
"""What the law tells its steps, warnings and options with."""
_A_YEAR = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: errors, warnings of staleness, and notes; and the closing line."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check_all(settings: Callable[[], Settings], on: datetime.date) -> Checked:
    """Check configuration, law, entries and texts as on a day."""
    errors: list[str] = []
    warnings: list[str] = []
    try:
        given = settings()
        warnings += unanswerable(given.staff)
        for _, section in given:
            if isinstance(section, ChannelSection):
                section.check()
    except BrokenSettings as broken:
        errors.append(str(broken))
    try:
        content = read_content()
        read_targets()
    except BrokenContent as broken:
        return Checked((*errors, *broken.problems))
    errors += [*unwritten_texts(set(content.texts)), *unwritten_words(read_words())]
    errors += review.unusable(content, on)
    due = review.due(content, on)
    counted = (
        f"{len(content.library)} entries, {len(content.canned)} canned answers, "
        f"{len(list(content.law.parameters))} parameters"
    )
    notes = (
        () if errors else (*_ahead(content, on), *_to_enter(content, on), f"all right: {counted}; {len(due)} to review")
    )
    return Checked(tuple(errors), (*warnings, *due), notes)


def unanswerable(staff: Staff) -> list[str]:
    """Settings under which a question of a citizen reaches a group in which nobody may reply."""
    if staff.group is None or staff.editors or staff.admins:
        return []
    return ["staff.group: is set, but staff.editors and staff.admins are empty: nobody may reply there"]


def with_online(found: Checked, settings: Settings) -> Checked:
    """The same, with a sentence for each channel on whether what it rests on answers; where not, it is an error."""
    return asyncio.run(_tried(found, settings))


async def _tried(found: Checked, settings: Settings) -> Checked:
    texts, asked = read_texts(), False
    for each in CHANNELS:
        section = getattr(settings, each.name, None)
        if each.tries is None or each.told is None or section is None or not section.is_set:
            continue
        asked, tried = True, await each.tries(settings)
        said = texts.label(each.told[tried.why], **tried.figures)
        if tried.reachable:
            found = dataclasses.replace(found, notes=(*found.notes, said))
        else:
            found = dataclasses.replace(found, errors=(*found.errors, said))
    return found if asked else dataclasses.replace(found, errors=(texts.label("online.no_token"),))


def said_texts(written: Collection[str]) -> set[str]:
    """The texts that are said: those of every list, and those the sources name.

    What the law says in steps and warnings are notes, which it names without their file.
    """
    stems = "|".join(sorted({name.split(".")[0] for name in written}))
    named = re.compile(rf'"((?:{stems})\.[a-z0-9_]+)"')
    said = {
        *_NOT_JOINING.values(),
        *(name for each in CHANNELS if each.told is not None for name in each.told.values()),
    }
    said |= {name for each in _lists(handlers) for name in each.values()}
    said |= {name for package in ("bot", "handlers") for each in _sources(package) for name in named.findall(each)}
    return said | {f"law.{note}" for each in _sources("law") for note in _notes(ast.parse(each))}


def _notes(source: ast.Module) -> Iterator[str]:
    """The names of the steps, warnings and options a module of the law tells."""
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).split(".")[-1] in _TELLING:
            told = (part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
            yield from (name for name in told if isinstance(name, str) and not name.endswith("_"))


def _lists(package: ModuleType) -> Iterator[OneOf[Any]]:
    """The texts said one for each of a list, as the modules of a package hold them."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        held = vars(importlib.import_module(found.name)).values()
        yield from (each for each in held if isinstance(each, OneOf))


def unwritten_words(written: Collection[str]) -> list[str]:
    """Words of the reports that one of a list has need of and the file does not hold."""
    needed = [name for each in _REPORTED for name in each.values()]
    return [f"bot/reports/texts.yaml: {name}: is missing; reports say it" for name in needed if name not in written]


def unwritten_texts(written: Collection[str]) -> list[str]:
    """Texts the conversation says and no file holds."""
    return [missing(name) for name in sorted(said_texts(written) - set(written))]


def _sources(package: str) -> Iterator[str]:
    """The text of every module of a package."""
    folders = [resources.files(package)]
    while folders:
        for found in folders.pop().iterdir():
            if found.is_dir():
                folders.append(found)
            elif found.name.endswith(".py"):
                yield found.read_text(encoding="utf-8")


def _ahead(content: Content, on: datetime.date) -> list[str]:
    """What is known to change, or to end with nothing known to follow, within a year."""
    until = on + _A_YEAR
    coming = [
        (each.since, f"law/parameters/{each.parameter.name}.yaml: changes on {each.since}{_told(each)}")
        for each in freshness.changes(content.law, on, until)
    ]
    coming += [
        (each.until, f"law/parameters/{each.parameter.name}.yaml: is stated until {each.until}; none known after it")
        for each in freshness.endings(content.law, on, until)
    ]
    return [line for _, line in sorted(coming)]


def _to_enter(content: Content, on: datetime.date) -> list[str]:
    """The file and the line of each value that is to be written about this day (docs/viec-dau-nam.md)."""
    return [
        f"{each.file}: {'is to be read in its document' if each.known else 'is to be entered'}: {each.line}"
        for each in freshness.to_enter(content.law, on)
    ]


def _told(change: freshness.Change) -> str:
    """«, from 1500000 to 2200000 đồng/tháng»; nothing for a table."""
    if isinstance(change.value, Mapping) or isinstance(change.before, Mapping):
        return ""
    return f", from {change.before} to {change.value} {change.parameter.unit}"
