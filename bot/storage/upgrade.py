"""Brings the schema of a database to this version; loaded only where there is something to bring."""

from __future__ import annotations

from importlib import resources

import alembic.command
import alembic.config
import sqlalchemy as sa


def configuration() -> alembic.config.Config:
    """Where the migrations are."""
    made = alembic.config.Config()
    made.set_main_option("script_location", str(resources.files("bot.storage") / "migrations"))
    return made


def upgrade(connection: sa.Connection, version: str = "head") -> None:
    """Every migration that the database has not had yet, in the connection's transaction."""
    asked = configuration()
    asked.attributes["connection"] = connection
    alembic.command.upgrade(asked, version)
