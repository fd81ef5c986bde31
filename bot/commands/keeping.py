"""`bhxh backup`, `restore`, `migrate`: the data folder kept safe, brought back, and brought to this version."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from bot.base.clock import now_in_vietnam
from bot.base.settings import CannotGoOn, Settings, made_folder
from bot.channels.catalogue import read_settings
from bot.commands.passphrase import VARIABLE, passphrase

PassphraseFile = Annotated[
    Path | None, typer.Option(help=f"A file with the passphrase, in the place of {VARIABLE} or of typing it.")
]

_MAY_GO_TWICE = """\
announcements that were being sent when it was made are not stopped, and may go out twice: before anything serves,
look with `bhxh announcement list`, and stop them with `bhxh announcement stop NUMBER`"""


def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help="A file to be made, or a folder for one named by its time.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the database and its secret into one file that only a passphrase opens, also while the bot runs."""
    from bot.storage import backup, server_backup

    settings, now = read_settings(context.obj), now_in_vietnam()
    words = passphrase(passphrase_file, new=True)
    if settings.database.url:
        made = asyncio.run(server_backup.make(settings, to, now, words))
    else:
        made = backup.make(settings.data_folder, to, now, words)
    _note(settings, "backup", made.name)
    typer.echo(f"backed up: {made}")


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A file that `bhxh backup` made.", metavar="BACKUP")],
    secret: Annotated[bool, typer.Option("--secret", help="Only the secret; the database stays.")] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring a backup back while nothing serves; what was there before is moved aside."""
    from bot.storage import backup, server_backup

    settings = read_settings(context.obj)
    folder, now = made_folder(settings), now_in_vietnam()
    words = partial(passphrase, passphrase_file, new=False)
    if settings.database.url:
        aside = asyncio.run(server_backup.restore(settings, source, now, words, only_secret=secret))
    elif secret:
        aside = backup.restore_secret(folder, source, now, words)
    else:
        aside = backup.restore(folder, source, settings.given_secret, now, words)
    if secret:
        _note(settings, "restore", source.name)
        stopped = True
    else:
        stopped = _noted(partial(_note_restored, settings, source.name))
    typer.echo(f"restored from {source}" + ("" if aside is None else f"; what was here before is in {aside}"))
    if not stopped:
        typer.echo(_MAY_GO_TWICE, err=True)
        raise typer.Exit(1)


def _note(settings: Settings, what: str, about: str) -> None:
    from bot.commands.noting import note_in

    _noted(lambda: asyncio.run(note_in(settings, what, about)))


def _note_restored(settings: Settings, about: str) -> None:
    from bot.commands.noting import note_restored

    stopped = asyncio.run(note_restored(settings, about))
    if stopped:
        typer.echo(f"{stopped} announcements were being sent when it was made, and are stopped", err=True)


def _noted(note: Callable[[], None]) -> bool:
    """Tell the audit log; whether it was told. What was done is done, also where the database can't be written to."""
    from bot.storage.database import StorageDown, UnknownVersion

    try:
        note()
    except (StorageDown, UnknownVersion, CannotGoOn) as error:
        typer.echo(f"not noted in the audit log: {error}", err=True)
        return False
    return True


def migrate(
    context: typer.Context,
    copy_from: Annotated[
        str | None,
        typer.Option(help="Copy this database into that of database.url, as in sqlite:data/bhxh.sqlite3."),
    ] = None,
) -> None:
    """Bring the database to this version (also done at every start), or move an installation to PostgreSQL."""
    from bot import app

    settings = read_settings(context.obj)

    async def bring() -> None:
        database = await app.open_database(settings)
        await database.close()

    if copy_from is not None:
        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as bar:
            task = bar.add_task("rows")
            rows = asyncio.run(
                app.move(settings, copy_from, lambda done, of: bar.update(task, completed=done, total=of))
            )
        typer.echo(f"copied and counted: {rows} rows. What was copied from is left as it is, and serves no more")
        return
    asyncio.run(bring())
    typer.echo("the database has this version")
