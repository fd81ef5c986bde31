"""`bhxh staff`: a link to sign in to the staff pages."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.channels.catalogue import read_settings
from handlers.dialogue.memory import Role

staff_cli = typer.Typer(help="The staff pages: a link to sign in.", no_args_is_help=True)


@staff_cli.callback()
def staff() -> None:
    """A group, however few commands it has."""


@staff_cli.command("link")
def link(
    context: typer.Context,
    role: Annotated[Role, typer.Option(help="What the link allows.")] = "admin",
) -> None:
    """Print a link to the staff pages: it works once, for ten minutes."""
    from bot.commands import staff_pages

    typer.echo(asyncio.run(staff_pages.link(read_settings(context.obj), role)))
