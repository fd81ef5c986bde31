"""`bhxh campaign`: campaigns, their links and QR codes, and what came of each."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.channels.catalogue import read_settings
from bot.commands.options import Json

campaign_cli = typer.Typer(help="Campaign links, their QR codes, and what came of each.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="1 to 64 of A-Z a-z 0-9 _ -; letters of either case are the same.")]
OfPlace = Annotated[str | None, typer.Option(help="Of the place: commune, village, market or cooperative.")]
Collaborator = Annotated[str | None, typer.Option(help="Who gives it out: a label, no name, as in «CTV 03».")]
Begins = Annotated[str | None, typer.Option("--from", help="Its first day, as in 2026-12-01.")]
Ends = Annotated[str | None, typer.Option("--to", help="Its last day; later the code gets the ordinary welcome.")]
Greeting = Annotated[str | None, typer.Option(help="The first words that people read.")]
Opens = Annotated[str | None, typer.Option(help="What its link opens: an entry, or calc_ and a form (calc_pension).")]
Cost = Annotated[str | None, typer.Option(help="What all of it costs, in dong.")]


@campaign_cli.command("add")
def add(
    context: typer.Context,
    code: Code,
    name: str,
    place: str,
    place_kind: OfPlace = None,
    collaborator: Collaborator = None,
    begins: Begins = None,
    ends: Ends = None,
    greeting: Greeting = None,
    opens: Opens = None,
    cost: Cost = None,
) -> None:
    """Make a campaign: its code, name and place, and whatever else is known of it."""
    from bot.commands import campaign_links

    settings = read_settings(context.obj)
    given = _given(name, place, place_kind, collaborator, begins, ends, greeting, opens, cost)
    written = {"code": code, **{key: value for key, value in given.items() if value is not None}}
    made = asyncio.run(campaign_links.add(settings, written))
    typer.echo(settings.qr_link(made.code) or made.code)


@campaign_cli.command("edit")
def edit(
    context: typer.Context,
    code: Code,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    place: Annotated[str | None, typer.Option(help="Another place.")] = None,
    place_kind: OfPlace = None,
    collaborator: Collaborator = None,
    begins: Begins = None,
    ends: Ends = None,
    greeting: Greeting = None,
    opens: Opens = None,
    cost: Cost = None,
) -> None:
    """Change what is given of a campaign, «» takes it away; its code, which is printed, stays."""
    from bot.commands import campaign_links

    given = _given(name, place, place_kind, collaborator, begins, ends, greeting, opens, cost)
    typer.echo(asyncio.run(campaign_links.edit(read_settings(context.obj), code, given)).code)


def _given(*values: str | None) -> dict[str, str | None]:
    """What was given of a campaign besides its code, by field."""
    from bot.outreach.campaigns import FIELDS

    return dict(zip(FIELDS[1:], values, strict=True))


@campaign_cli.command("close")
def close(context: typer.Context, code: Code) -> None:
    """End a campaign now: from then on its code gets the ordinary welcome, and what came of it stays."""
    from bot.commands import campaign_links

    changed = asyncio.run(campaign_links.close(read_settings(context.obj), code))
    typer.echo("closed" if changed else "was closed before")


@campaign_cli.command("reopen")
def reopen(context: typer.Context, code: Code) -> None:
    """Go on with a campaign that was closed."""
    from bot.commands import campaign_links

    changed = asyncio.run(campaign_links.close(read_settings(context.obj), code, again=True))
    typer.echo("open again" if changed else "was open")


@campaign_cli.command("list")
def list_(context: typer.Context, json_: Json = False) -> None:
    """Every campaign with its link, starts, people answered, estimates, reminders and ratings."""
    from bot.commands import campaign_links

    settings = read_settings(context.obj)
    found = asyncio.run(campaign_links.everything(settings))
    if json_:
        typer.echo(json.dumps(found.as_json(settings), ensure_ascii=False, indent=2))
    else:
        campaign_links.print_all(found, settings, Console(highlight=False))


@campaign_cli.command("qr")
def qr(
    context: typer.Context,
    code: str,
    output: Annotated[Path | None, typer.Option(help="A folder for CODE.png and CODE.svg.")] = None,
) -> None:
    """Write the QR code of a campaign's link as PNG and SVG."""
    from bot.commands import campaign_links

    for path in asyncio.run(campaign_links.qr(read_settings(context.obj), code, output or Path("."))):
        typer.echo(path)


@campaign_cli.command("poster")
def poster(
    context: typer.Context,
    code: str,
    output: Annotated[
        Path | None, typer.Option(help="A folder for all of them, or a file .pdf or .png for one.")
    ] = None,
    form: Annotated[list[str] | None, typer.Option(help="Only: a4, a5, cards, picture.")] = None,
) -> None:
    """Write a campaign's posters with its QR code: A4 and A5, cards to cut out, a picture for groups."""
    from bot.commands.outreach import posters
    from bot.outreach.posters import FORMS

    wanted = [each for each in FORMS if each in (form or FORMS)]
    unknown = sorted(set(form or ()) - set(FORMS))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: expected {', '.join(FORMS)}")
    settings = read_settings(context.obj)
    for path in asyncio.run(posters(settings, code, output or Path("."), wanted if form else None)):
        typer.echo(path)


@campaign_cli.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file; docs/tuyen-truyen.md names its columns.")],
    output: Annotated[Path | None, typer.Option(help="The ZIP with the posters; else named as the list.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be made.")] = False,
) -> None:
    """Make a campaign of each line of a list (place, collaborator, name), with its posters in one ZIP."""
    from bot.commands.outreach import hand_out
    from bot.outreach.handing_out import MOST_BYTES

    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    packed = output or Path(f"{file.stem}.zip")
    typer.echo(asyncio.run(hand_out(read_settings(context.obj), content, packed, dry=dry_run)).told())
