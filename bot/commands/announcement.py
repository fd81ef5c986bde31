"""`bhxh announcement`: announcements to those who agreed: written, looked at, sent, stopped."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.channels.catalogue import read_settings
from bot.commands.options import Json

announcement_cli = typer.Typer(help="Announcements to those who agreed to them.", no_args_is_help=True)

AnnouncementNumber = Annotated[int, typer.Argument(help="As `list` tells it.")]


@announcement_cli.command("write")
def write(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file with its text, in UTF-8.")],
    topic: Annotated[
        list[str] | None, typer.Option(help="policy, payment, events, scams; none: all who agreed to any.")
    ] = None,
    campaign: Annotated[str, typer.Option(help="Only whom this campaign brought: its code.")] = "",
    place: Annotated[str, typer.Option(help="Only whom the campaigns of this place brought.")] = "",
) -> None:
    """Keep a draft, and say how it reads and to how many people it would go."""
    from bot.commands import announcing

    given = {"text": file.read_text(encoding="utf-8"), "campaign": campaign, "place": place}
    settings = read_settings(context.obj)
    number = asyncio.run(announcing.write(settings, given, topic or ()))
    typer.echo(asyncio.run(announcing.shown(settings, number)).as_text())


@announcement_cli.command("show")
def show(context: typer.Context, number: AnnouncementNumber, json_: Json = False) -> None:
    """How one reads, to whom it goes, and how far it is."""
    from bot.commands import announcing

    shown = asyncio.run(announcing.shown(read_settings(context.obj), number))
    typer.echo(json.dumps(shown.as_json(), ensure_ascii=False, indent=2) if json_ else shown.as_text())


@announcement_cli.command("send")
def send(
    context: typer.Context,
    number: AnnouncementNumber,
    people: Annotated[int, typer.Option(help="To how many, as `show` says: with another number nothing is sent.")],
    mark: Annotated[
        str | None, typer.Option(help="Of its text and audience, as `show` says: changed since, it is not sent.")
    ] = None,
) -> None:
    """Have a draft sent, by whoever serves the channels; it can be stopped, and not taken back."""
    from bot.commands import announcing

    asyncio.run(announcing.send(read_settings(context.obj), number, people, mark))
    typer.echo(f"#{number} goes to {people} people")


@announcement_cli.command("stop")
def stop(context: typer.Context, number: AnnouncementNumber) -> None:
    """Have nobody sent it any more whose turn has not come."""
    from bot.commands import announcing

    stopped = asyncio.run(announcing.stop(read_settings(context.obj), number))
    typer.echo(f"#{number} is being stopped" if stopped else f"#{number} is not being sent")


@announcement_cli.command("list")
def list_(context: typer.Context, json_: Json = False) -> None:
    """All announcements, the newest first, and how far each is."""
    from bot.commands import announcing

    found = asyncio.run(announcing.everything(read_settings(context.obj)))
    if json_:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        typer.echo(announcing.line(each))
