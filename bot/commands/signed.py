"""`bhxh signed`: the reports that were signed, opened again as they were, and what changed since."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.channels.catalogue import read_settings
from bot.commands.options import Json

if TYPE_CHECKING:
    from bot.reports.paper import Request

signed_cli = typer.Typer(help="Reports that were signed: as they were, and what changed since.", no_args_is_help=True)
ReportNumber = Annotated[int, typer.Argument(metavar="N", help="The number of a signed report, as `list` shows it.")]
WrittenTo = Annotated[Path | None, typer.Option(help="A file: .txt .csv .json .xlsx .docx")]


@signed_cli.command("list")
def list_all(context: typer.Context) -> None:
    """Every signed report: its number, span, when and by whom, and its SHA-256; the last first."""
    from bot.reports import signing

    async def told(request: Request) -> bytes:
        found = await signing.listed(request.records.database)
        return "".join(
            f"{each.number}: {each.report}{each.narrowed}, {each.since} {each.until}. {signing.line(each)}\n"
            for each in found
        ).encode()

    _print(_with_records(context, told), None)


@signed_cli.command("open")
def open_again(context: typer.Context, number: ReportNumber, output: WrittenTo = None, json_: Json = False) -> None:
    """Write a signed report as it was."""
    from bot.commands.noting import note
    from bot.reports import catalogue, signing

    async def opened(request: Request) -> bytes:
        database, ending = request.records.database, _ending(output, json_)
        written = await catalogue.write_signed(await signing.opened(database, number), ending)
        await note(database, "download", f"ban-chot-{number} {ending}")
        return written

    _print(_with_records(context, opened), output)


@signed_cli.command("changes")
def changes(context: typer.Context, number: ReportNumber, output: WrittenTo = None, json_: Json = False) -> None:
    """What the same report, made now, says otherwise than the signed one; which entries and parameters changed."""
    from bot.reports import catalogue, signing

    async def compared(request: Request) -> bytes:
        return await catalogue.write_changed(
            await signing.opened(request.records.database, number), request, _ending(output, json_)
        )

    _print(_with_records(context, compared), output)


def _ending(output: Path | None, json_: bool) -> str:
    return "json" if json_ else output.suffix.removeprefix(".").lower() if output is not None else "txt"


def _print(content: bytes, output: Path | None) -> None:
    if output is not None:
        output.write_bytes(content)
    else:
        typer.echo(content.decode("utf-8-sig").removesuffix("\n"))


def _with_records(context: typer.Context, make: Callable[[Request], Awaitable[bytes]]) -> bytes:
    """What is made of a request for this year, its database opened and closed."""
    from bot.commands.report import ReportOrder, asked

    async def made() -> bytes:
        async with asked(read_settings(context.obj), ReportOrder("annual", {})) as (_, request):
            return await make(request)

    return asyncio.run(made())
