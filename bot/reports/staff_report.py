"""The report «staff»: how soon citizens were answered first and how soon it ended, by week and member of the staff."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.reports.definitions import defined
from bot.reports.paper import Paper, Report, Request, Section, Table
from bot.reports.records import Records
from bot.reports.spans import Span
from bot.reports.tables import column
from bot.reports.words import say
from bot.storage import handling
from bot.storage.handling import Handled
from vietnamese import wording

_DEFINED = ("first_answer", "ended", "staff_week")
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Took:
    """How often something was done, and the median and the longest time it took, in minutes; None where never."""

    count: int
    median: int | None
    longest: int | None

    @classmethod
    def of(cls, found: Sequence[Handled]) -> Took:
        minutes = [each.seconds / _MINUTE for each in found]
        return (
            cls(len(found), round(statistics.median(minutes)), round(max(minutes))) if minutes else cls(0, None, None)
        )


@dataclass(frozen=True, slots=True)
class StaffWeek:
    """What one member of the staff did in a week, or all of them together; `week` is None of the whole span."""

    week: datetime.date | None
    by: str | None
    answered: Took
    closed: Took


async def weeks(records: Records, span: Span) -> tuple[list[StaffWeek], list[StaffWeek]]:
    """By week and person, the latest week first; and by person over the whole span, who answered most first."""
    async with records.database.read() as connection:
        found = await handling.between(connection, span.since, span.until)
    by_week: dict[tuple[datetime.date, str | None], list[Handled]] = defaultdict(list)
    by_person: dict[str | None, list[Handled]] = defaultdict(list)
    for each in found:
        by_week[each.week, each.by].append(each)
        by_person[each.by].append(each)
    named = [_of(week, by, done) for (week, by), done in by_week.items()]
    named.sort(key=lambda each: (each.week or datetime.date.min, each.answered.count, each.by or ""), reverse=True)
    whole = [_of(None, by, done) for by, done in by_person.items()]
    whole.sort(key=lambda each: (each.answered.count, each.by or ""), reverse=True)
    return named, whole


def _of(week: datetime.date | None, by: str | None, found: Sequence[Handled]) -> StaffWeek:
    answered, closed = ([each for each in found if each.step == step] for step in ("answered", "closed"))
    return StaffWeek(week, by, Took.of(answered), Took.of(closed))


async def called(records: Records) -> Callable[[str | None], str]:
    """What colleagues call who signs so; who is of the staff no more is told by the signature."""
    async with records.database.read() as connection:
        names = await records.names(connection)
    return lambda by: say("staff_unknown") if by is None else names.get(by, by)


async def _make(request: Request) -> Paper:
    named, whole = await weeks(request.records, request.span)
    names = await called(request.records)
    tables = (_table(names, "staff_people", whole), _table(names, "staff_weeks", named))
    section = Section("", (), tables)
    title = say("title_staff", span=request.span.name)
    return Paper("staff", title, request.span, request.today, (section,), defined(*_DEFINED))


def _table(names: Callable[[str | None], str], key: str, found: Sequence[StaffWeek]) -> Table:
    weekly = key == "staff_weeks"
    columns = (
        *((column("week", "text"),) if weekly else ()),
        column("colleague", "text", 2),
        column("first_answers"),
        column("answer_median"),
        column("answer_longest"),
        column("closings"),
        column("close_median"),
        column("close_longest"),
    )
    rows = tuple(
        (
            *((wording.day(each.week),) if each.week is not None else ()),
            names(each.by),
            each.answered.count,
            each.answered.median,
            each.answered.longest,
            each.closed.count,
            each.closed.median,
            each.closed.longest,
        )
        for each in found
    )
    return Table(key, say(f"table_{key}"), columns, rows, say(f"empty_{key}"))


STAFF_TIMES = Report("staff", _make)
