"""`bhxh check`: everything that is written down, tried at once; and what is due for review."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bot.content import BrokenContent, Content, read_content, read_texts
from bot.reports.satisfaction import read_targets
from bot.settings import BrokenSettings, Settings
from faq.answer import answer
from law.figures import figures

TELEGRAM_TEXT = 4096
SHORT = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: errors, warnings of staleness, and notes; and the closing line."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check(settings: Callable[[], Settings], on: datetime.date) -> Found:
    """Check configuration, law, entries and texts as on a day."""
    errors: list[str] = []
    try:
        settings()
    except BrokenSettings as broken:
        errors.append(str(broken))
    try:
        content = read_content()
        read_targets()
    except BrokenContent as broken:
        return Found((*errors, *broken.problems))
    errors += _too_long(content, on)
    warnings = _due(content, on)
    counted = f"{len(content.library)} entries, {len(list(content.law.parameters))} parameters"
    notes = () if errors else (f"all right: {counted}; {len(warnings)} to review",)
    return Found(tuple(errors), tuple(warnings), notes)


def with_online(found: Found, settings: Settings) -> Found:
    """The same, with one sentence on whether the Bot API can be reached; not reaching it is an error."""
    from bot import service
    from bot.channels.telegram import check_online

    if not settings.telegram.token.get_secret_value():
        return dataclasses.replace(found, errors=(read_texts().label("online.no_token"),))
    answered = asyncio.run(check_online(service.connection(settings)))
    said = read_texts().label(f"online.{answered.why}", username=answered.username)
    if answered.reachable:
        return dataclasses.replace(found, notes=(*found.notes, said))
    return dataclasses.replace(found, errors=(*found.errors, said))


def _too_long(content: Content, on: datetime.date) -> list[str]:
    """Short answers over what a phone shows well, and texts over what Telegram takes, with the figures of the day."""
    known = figures(content.law, on)
    titles = {id: source.title for id, source in content.law.sources.items()}
    problems = []
    for entry in content.library:
        said = answer(entry, known, titles)
        if len(said.short) > SHORT:
            problems.append(f"{entry.id}: answer: has {len(said.short)} characters filled in; {SHORT} at most")
        if len(said.more) + sum(map(len, said.sources)) > TELEGRAM_TEXT - SHORT:
            problems.append(f"{entry.id}: more: with its sources is longer than a message may be")
    return problems


def _due(content: Content, on: datetime.date) -> list[str]:
    late = [
        f"law/parameters/{each.name}.yaml: to be reviewed by {each.review_by}"
        for each in content.law.parameters
        if each.review_by < on
    ]
    for entry in content.library:
        if entry.review_by is not None and entry.review_by < on:
            late.append(f"{entry.id}: to be reviewed by {entry.review_by}")
    return late
