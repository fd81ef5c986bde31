"""`bhxh check`: everything that is written down, tried at once; and what is due for review."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from bot.base.content import BrokenContent, Content, read_content, read_texts
from bot.base.settings import BrokenSettings, Settings, Staff
from bot.commands import review
from bot.reports.records import read_targets
from handlers.dialogue.texts import missing
from law.base import freshness

_A_YEAR = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: errors, warnings of staleness, and notes; and the closing line."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check_all(settings: Callable[[], Settings], on: datetime.date) -> Found:
    """Check configuration, law, entries and texts as on a day."""
    errors: list[str] = []
    warnings: list[str] = []
    try:
        warnings += unanswerable(settings().staff)
    except BrokenSettings as broken:
        errors.append(str(broken))
    try:
        content = read_content()
        read_targets()
    except BrokenContent as broken:
        return Found((*errors, *broken.problems))
    errors += unwritten_texts(set(content.texts))
    errors += review.unusable(content, on)
    due = review.due(content, on)
    counted = f"{len(content.library)} entries, {len(list(content.law.parameters))} parameters"
    notes = () if errors else (*_ahead(content, on), f"all right: {counted}; {len(due)} to review")
    return Found(tuple(errors), (*warnings, *due), notes)


def unanswerable(staff: Staff) -> list[str]:
    """Settings under which a question of a citizen reaches a group in which nobody may reply."""
    if staff.group is None or staff.editors or staff.admins:
        return []
    return ["staff.group: is set, but staff.editors and staff.admins are empty: nobody may reply there"]


def with_online(found: Found, settings: Settings) -> Found:
    """The same, with one sentence on whether the Bot API can be reached; not reaching it is an error."""
    from bot import service
    from bot.channels.telegram.connection import check_online

    if not settings.telegram.token.get_secret_value():
        return dataclasses.replace(found, errors=(read_texts().label("online.no_token"),))
    answered = asyncio.run(check_online(service.connection(settings)))
    said = read_texts().label(f"online.{answered.why}", username=answered.username)
    if answered.reachable:
        return dataclasses.replace(found, notes=(*found.notes, said))
    return dataclasses.replace(found, errors=(*found.errors, said))


def said_texts(written: Collection[str]) -> tuple[set[str], tuple[str, ...]]:
    """The texts that the code names, and the beginnings of names it puts together, read off the sources."""
    stems = "|".join(sorted({name.split(".")[0] for name in written}))
    said: set[str] = set()
    beginnings: set[str] = set()
    for package in ("bot", "handlers", "law"):
        for source in _sources(resources.files(package)):
            said |= set(re.findall(rf'"((?:{stems})\.[a-z0-9_]+)"', source))
            beginnings |= set(re.findall(rf'f"((?:{stems})\.[a-z0-9_]*)\{{', source))
            if package == "law":
                notes = re.findall(r'(?:Note|\.step|\.warn|\.option)\(\s*"([a-z0-9_]+)"', source)
                said |= {f"law.{note}" for note in notes}
    return said, tuple(beginnings)


def unwritten_texts(written: Collection[str]) -> list[str]:
    """Texts the conversation says and no file holds."""
    said, _ = said_texts(written)
    return [missing(name) for name in sorted(said - set(written))]


def _sources(folder: Traversable) -> Iterator[str]:
    for found in folder.iterdir():
        if found.is_dir():
            yield from _sources(found)
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


def _told(change: freshness.Change) -> str:
    """«, from 1500000 to 2200000 đồng/tháng»; nothing for a table."""
    if isinstance(change.value, Mapping) or isinstance(change.before, Mapping):
        return ""
    return f", from {change.before} to {change.value} {change.parameter.unit}"
