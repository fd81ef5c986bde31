"""How reports count rows: by month where a span is made of whole months, else by day; in the order of an index.

Rows of people who were forgotten have a day too (see `fading`): every span counts them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.visitors import InternalTraversal

_LONG = 93
"""Days from which a count by person goes over all people in order rather than sort what it finds."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `since` to `until`, both counted; `whole_months` when they are made of nothing else."""

    since: datetime.date
    until: datetime.date
    whole_months: bool

    def column(self, table: sa.Table) -> sa.Column[Any]:
        return table.c.month if self.whole_months else table.c.day

    def within(self, table: sa.Table) -> sa.ColumnElement[bool]:
        return self.column(table).between(self.since, self.until)

    def within_in_order_of_people(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The same for a count by person: of a long span, so that no index on time is taken."""
        if (self.until - self.since).days < _LONG:
            return self.within(table)
        return _NotByIndex(self.column(table)).between(self.since, self.until)


class _NotByIndex(ColumnElement[datetime.date]):
    """A column that SQLite does not take an index for.

    It would take the index on time and sort a million rows by person. An expression in the place of the column keeps
    that index away: what is left is the index by person, whose order is the one wanted. PostgreSQL chooses by itself.
    """

    inherit_cache = True
    type = sa.Date()
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]

    def __init__(self, column: sa.Column[Any]) -> None:
        self.column = column


@compiles(_NotByIndex)
def _by_itself(element: _NotByIndex, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.column, **options)


@compiles(_NotByIndex, "sqlite")
def _in_an_expression(element: _NotByIndex, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce({compiler.process(element.column, **options)}, NULL)"


def grouped(
    days: Days, table: sa.Table, by: Sequence[str], order: Sequence[str], where: Sequence[sa.ColumnElement[bool]] = ()
) -> sa.Select[Any]:
    """Rows of a table counted by the columns `by` («at»: the month or day), `n` of each.

    `order` are the columns of the index after its month or day. They are grouped in that order, as far as wanted,
    which needs no sorting; the few groups are then added up.
    """
    last = max((order.index(name) for name in by if name != "at"), default=-1)
    columns = [days.column(table).label("at"), *(table.c[name] for name in order[: last + 1])]
    inner = (
        sa.select(*columns, sa.func.count().label("n")).where(days.within(table), *where).group_by(*columns).subquery()
    )
    wanted = [inner.c[name] for name in by]
    n = sa.cast(sa.func.sum(inner.c.n), sa.BigInteger).label("n")  # a sum of PostgreSQL is no integer
    return sa.select(*wanted, n).group_by(*wanted)
