"""A report before it is written anywhere: sections of paragraphs and tables, and what each figure is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.base.content import Content
from bot.base.settings import Office
from bot.base.spreadsheet import harmless
from bot.reports.rating_log import ALL_ROWS, MOST, LogFilter
from bot.reports.records import Filter, Records
from bot.reports.satisfaction import EVERYTHING
from bot.reports.spans import Span
from bot.reports.words import say

CellValue = str | int | float | datetime.datetime | None
"""A share is a float from 0 to 1, None where nothing was counted; points and changes may be below zero; a time is
one in Vietnam."""

ColumnKind = Literal["text", "count", "share", "points", "change", "time"]
"""`points`: the difference of two shares, a fraction, read in hundredths; `change`: of two counts."""
Format = Literal["txt", "csv", "json", "xlsx", "docx", "zip"]

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
"""Letters no file can hold, and marks that turn the direction in which a text is read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its key for machines, its title for people, what stands in it, its part of the width."""

    key: str
    title: str
    kind: ColumnKind = "count"
    wide: int = 1


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: its rows along an axis of time, these columns of shares as line, band and target.

    `labels`: what stands under the axis, of each row.
    """

    title: str
    labels: tuple[str, ...]
    line: str
    band: tuple[str, str]
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key for machines, its title, columns and rows; `empty` is said in the place of no rows."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    empty: str = ""
    chart: Chart | None = None
    """Drawn below it on paper and in a workbook."""

    def place(self, key: str) -> int:
        """Which column has this key; ValueError where none has."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its title, paragraphs and tables; `blank` lines are left to be written by hand."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A report: what it is called, what it rests on, its sections, and the definition of every figure by its name."""

    name: str
    title: str
    span: Span
    made_on: datetime.date
    sections: tuple[Section, ...]
    definitions: tuple[tuple[str, str], ...]
    grounds: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    """What machines get besides the tables."""
    narrowed: tuple[tuple[str, str], ...] = ()
    """What alone was counted, in words (`narrowing.told`); it stands in the title too, and in every format."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a report. `today` is the day it is made on; `by` a part or breakdown the report knows; `log`
    which rows, where it is the log.
    """

    records: Records
    content: Content
    office: Office
    span: Span
    today: datetime.date
    where: Filter = EVERYTHING
    by: str | None = None
    log: LogFilter = ALL_ROWS
    most: int = MOST
    """So many rows of the log at most, the newest."""


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the table of reports; its words are the texts `report_<name>` and `about_<name>`."""

    name: str
    make: Callable[[Request], Awaitable[Paper]]
    formats: tuple[Format, ...] = ("txt", "csv", "json", "xlsx", "docx")
    narrowed: Collection[str] = ()
    """By which parts of `Request.where` it can be made of some only."""
    parted: bool = False
    """Whether it can be shown by a wanted part (`Request.by`)."""

    @property
    def title(self) -> str:
        """Short enough for a button."""
        return say(f"report_{self.name}")

    @property
    def about(self) -> str:
        return say(f"about_{self.name}")


def clean(text: str) -> str:
    """A text as it can stand in a file: without control letters and marks that turn its direction."""
    return _UNREADABLE.sub("", text)


def safe(text: str) -> str:
    """The same for a cell of a spreadsheet: one that a program would take for a formula begins with «'»."""
    return harmless(clean(text))
