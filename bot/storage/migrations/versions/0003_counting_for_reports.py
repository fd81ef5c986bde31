"""Counting for reports: the month, day and campaign beside what is counted, and the indexes it is counted over."""

import datetime
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_VIETNAM = datetime.timedelta(hours=7)  # no other offset since 1975
_TOGETHER = 5000

_DAYS = {"questions": "at", "estimates": "at", "ratings": "offered_at"}
_INDEXES = {
    "questions": {
        "by_month": ["month", "decision", "chosen", "misanswered", "answered"],
        "by_day": ["day", "decision", "chosen", "misanswered", "answered"],
        "by_hour": ["day", "hour"],
        "by_person": ["key", "month", "day"],
    },
    "estimates": {
        "by_month": ["month", "calculation"],
        "by_day": ["day", "calculation"],
        "by_person": ["key", "month", "day"],
    },
    "ratings": {
        "by_month": ["month", "asked_for", "level", "kind", "subject", "campaign"],
        "by_day": ["day", "asked_for", "level", "kind", "subject", "campaign"],
        "by_level": ["level", "offered_at"],
        "by_reason": ["reason", "offered_at"],
        "commented": ["offered_at"],
        "by_person": ["key", "month", "day", "offered_at", "level", "kind", "subject", "campaign"],
    },
}


def upgrade() -> None:
    for table in _DAYS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("month", sa.Date()))
            batch.add_column(sa.Column("day", sa.Date()))
            if table == "questions":
                batch.add_column(sa.Column("hour", sa.SmallInteger()))
            if table == "ratings":
                batch.add_column(sa.Column("campaign", sa.String(length=64)))
    for table, column in _DAYS.items():
        _fill_days(op.get_bind(), table, column)
    _fill_campaigns(op.get_bind())
    for table, indexes in _INDEXES.items():
        with op.batch_alter_table(table) as batch:
            batch.alter_column("month", existing_type=sa.Date(), nullable=False)
        for name, columns in indexes.items():
            where = sa.text("comment IS NOT NULL") if name == "commented" else None
            op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=where, postgresql_where=where)


def _fill_days(connection: sa.Connection, table: str, column: str) -> None:
    """The month, day and hour in Vietnam of every old row."""
    hours: dict[str, sa.BindParameter[int]] = {"hour": sa.bindparam("at_hour")} if table == "questions" else {}
    at = sa.column(column, sa.DateTime)
    rows = sa.table(
        table, at, sa.column("month", sa.Date), sa.column("day", sa.Date), sa.column("hour", sa.SmallInteger)
    )
    change = (
        sa.update(rows)
        .where(at == sa.bindparam("then", type_=sa.DateTime))
        .values(month=sa.bindparam("in_month"), day=sa.bindparam("on_day"), **hours)
    )
    moments = list(connection.execute(sa.select(at).select_from(rows).distinct()).scalars())
    for together in _pieces(moments):
        connection.execute(change, [_day(moment) for moment in together])


def _day(moment: datetime.datetime) -> dict[str, object]:
    local = moment + _VIETNAM
    return {
        "then": moment,
        "in_month": local.date().replace(day=1),
        "on_day": local.date(),
        "at_hour": local.hour,
    }


def _pieces(moments: list[datetime.datetime]) -> Iterator[list[datetime.datetime]]:
    for first in range(0, len(moments), _TOGETHER):
        yield moments[first : first + _TOGETHER]


def _fill_campaigns(connection: sa.Connection) -> None:
    """The campaign that had touched the person by the time of each old offer."""
    ratings = sa.table(
        "ratings", sa.column("key"), sa.column("offered_at", sa.DateTime), sa.column("campaign", sa.String)
    )
    touches = sa.table("touches", sa.column("key"), sa.column("first_code"), sa.column("first_at", sa.DateTime))
    touched = (
        sa.select(touches.c.first_code)
        .where(touches.c.key == ratings.c.key, touches.c.first_at <= ratings.c.offered_at)
        .scalar_subquery()
    )
    connection.execute(sa.update(ratings).values(campaign=touched))


def downgrade() -> None:
    for table, indexes in _INDEXES.items():
        for name in indexes:
            op.drop_index(f"ix_{table}_{name}", table)
        with op.batch_alter_table(table) as batch:
            batch.drop_column("month")
            batch.drop_column("day")
            if table == "questions":
                batch.drop_column("hour")
            if table == "ratings":
                batch.drop_column("campaign")
