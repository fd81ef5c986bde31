"""Campaigns have dates, a greeting, a cost; codes that differ by case are one; starts know their channel."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0028"
down_revision = "0027"

_campaigns = sa.table("campaigns", sa.column("code", sa.String), sa.column("at", sa.DateTime))
_HOLDING = {"starts": ("code",), "touches": ("first_code", "last_code"), "ratings": ("campaign",)}


def upgrade() -> None:
    _make_one()
    with _changed("campaigns") as campaigns:
        campaigns.add_column(sa.Column("place_kind", sa.String(length=16), nullable=True))
        campaigns.add_column(sa.Column("collaborator", sa.String(length=64), nullable=True))
        campaigns.add_column(sa.Column("begins", sa.Date(), nullable=True))
        campaigns.add_column(sa.Column("ends", sa.Date(), nullable=True))
        campaigns.add_column(sa.Column("greeting", sa.Text(), nullable=True))
        campaigns.add_column(sa.Column("opens", sa.String(length=64), nullable=True))
        campaigns.add_column(sa.Column("cost", sa.BigInteger(), nullable=True))
        campaigns.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
    with _changed("starts", sqlite_autoincrement=True) as starts:
        starts.add_column(sa.Column("channel", sa.String(length=16), nullable=True))


def _changed(table: str, **given: bool) -> AbstractContextManager[BatchOperations]:
    """SQLite puts a column that is added behind the key; made anew, the table is as one that was never another."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if on_sqlite else "never", table_kwargs=given)


def _make_one() -> None:
    """Of codes that differ by case the first made stays, in small letters, and has what came of all."""
    kept: set[str] = set()
    for (code,) in (
        op.get_bind().execute(sa.select(_campaigns.c.code).order_by(_campaigns.c.at, _campaigns.c.code)).all()
    ):
        small = code.lower()
        of_code = _campaigns.c.code == code
        if small in kept:
            op.execute(sa.delete(_campaigns).where(of_code))
        kept.add(small)
    op.execute(sa.update(_campaigns).values(code=sa.func.lower(_campaigns.c.code)))
    for table, columns in _HOLDING.items():
        for name in columns:
            held = sa.table(table, sa.column(name, sa.String))
            mixed = held.c[name] != sa.func.lower(held.c[name])
            op.execute(sa.update(held).where(mixed).values({name: sa.func.lower(held.c[name])}))


def downgrade() -> None:
    with op.batch_alter_table("starts", table_kwargs={"sqlite_autoincrement": True}) as starts:
        starts.drop_column("channel")
    with op.batch_alter_table("campaigns") as campaigns:
        for name in ("closed_at", "cost", "opens", "greeting", "ends", "begins", "collaborator", "place_kind"):
            campaigns.drop_column(name)
