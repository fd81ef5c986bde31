"""`bhxh backup`, `restore`, `migrate`: the data folder kept safe, brought back, and brought to this version."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.base.clock import now_in_vietnam
from bot.base.settings import made_folder
from bot.channels.catalogue import read_settings


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A file to be made, or a folder for one named by its time.")],
) -> None:
    """Write the database and its secret into one file, also while the bot runs. Who has the file can know people."""
    from bot.storage.backup import make

    typer.echo(f"backed up: {make(read_settings(context.obj).data_folder, target, now_in_vietnam())}")


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A file that `bhxh backup` made.", metavar="BACKUP")],
    secret: Annotated[bool, typer.Option("--secret", help="Only the secret; the database stays.")] = False,
) -> None:
    """Bring a backup back while nothing serves; what was there before is moved aside."""
    from bot.storage.backup import restore as bring_back
    from bot.storage.backup import restore_secret

    settings = read_settings(context.obj)
    folder, now = made_folder(settings), now_in_vietnam()
    aside = restore_secret(folder, source, now) if secret else bring_back(folder, source, settings.given_secret, now)
    typer.echo(f"restored from {source}" + ("" if aside is None else f"; what was here before is in {aside}"))


def migrate(context: typer.Context) -> None:
    """Bring the database to this version (also done at every start)."""
    from bot import app

    async def bring() -> None:
        database = await app.open_database(read_settings(context.obj))
        await database.close()

    asyncio.run(bring())
    typer.echo("the database has this version")
