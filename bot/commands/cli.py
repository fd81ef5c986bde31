"""Every command of staff and operators: `bhxh --help`.

Each command fails with one clear line and a non-zero exit: 2 a setting, content or file that can't be used, 3 a damaged
database, 4 a database and a secret that do not belong together, 5 a data folder that another process serves; else 1.
"""

from __future__ import annotations

import asyncio
import datetime
import gc
import io
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.base import memory
from bot.base.clock import Clock, now_in_vietnam
from bot.base.content import BrokenContent
from bot.base.keys import WeakSecret
from bot.base.settings import CannotGoOn, Settings
from bot.channels.catalogue import read_settings
from bot.commands import keeping
from bot.commands.announcement import announcement_cli
from bot.commands.campaign import campaign_cli
from bot.commands.options import Json, On
from bot.commands.questions import questions_cli
from bot.commands.signed import signed_cli
from bot.commands.staff import staff_cli
from bot.storage.failures import StorageDown, UnknownVersion
from handlers.dialogue.texts import NoSuchText

cli = typer.Typer(
    help="The assistant on voluntary social insurance (BHXH).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(announcement_cli, name="announcement")
cli.add_typer(campaign_cli, name="campaign")
cli.add_typer(questions_cli, name="questions")
cli.add_typer(signed_cli, name="signed")
cli.add_typer(staff_cli, name="staff")

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""What is read and learnt at start stays: looking through it every 700 objects would take a second."""


@cli.callback()
def _options(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="The settings file; config.yaml where it exists.")] = None,
) -> None:
    context.obj = config


def _settings(context: typer.Context) -> Settings:
    return read_settings(context.obj)


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


# --- talking -------------------------------------------------------------------------------------


@cli.command()
def chat(
    context: typer.Context,
    on: On = None,
    start: Annotated[str, typer.Option(help="Come by a campaign link with this code.")] = "",
) -> None:
    """Talk to the assistant in the terminal: no token, no network. Reads piped lines too."""
    settings = _settings(context)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a stray byte in a pipe is no reason to stop

    async def talk() -> None:
        from bot import app
        from bot.base.tasks import beside
        from bot.channels.terminal import Terminal
        from bot.charts import pictures

        clock = _clock(on)
        no_group = settings.staff.model_copy(update={"group": None})  # nobody of the staff hears a terminal
        running = await app.open_app(settings.model_copy(update={"staff": no_group}), clock)
        try:
            folder = Path(settings.data_folder) / "pictures"
            texts = running.resources.texts
            console = Console(highlight=False)
            terminal = Terminal(running.desk, running.delivery, texts, clock, console, pictures.make, folder)
            await running.replica.join("beside")
            heard = running.replica.run(running.delivery.take_over)
            async with beside(running.freshener.run()), beside(heard):
                await terminal.run(sys.stdin, start)
        finally:
            await running.close()

    try:
        asyncio.run(talk())
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


@cli.command()
def web(context: typer.Context, on: On = None) -> None:
    """The chat page on this machine alone, for a browser here: no token, no network. Ctrl-C ends it."""
    from bot.commands import chat_page

    asyncio.run(chat_page.here(_settings(context), _clock(on)))


@cli.command()
def run(context: typer.Context) -> None:
    """Serve every channel that is set, Telegram or the chat page or both, until SIGTERM."""
    from bot import service

    asyncio.run(service.serve(_settings(context)))


@cli.command()
def pages(context: typer.Context) -> None:
    """Serve the staff pages alone, without any channel, until SIGTERM; beside `run` where `web.apart` is true."""
    from bot.commands import staff_pages

    asyncio.run(staff_pages.pages(_settings(context)))


@cli.command()
def ask(context: typer.Context, text: str, on: On = None, json_: Json = False) -> None:
    """Answer one question; nothing is stored."""
    from bot.evaluation.ask import Questioning

    answered = Questioning(_settings(context), _clock(on)).ask(text)
    if json_:
        _print_json(answered.as_json())
    else:
        typer.echo(answered.text)


@cli.command()
def evaluate(
    context: typer.Context,
    file: Path,
    json_: Json = False,
    errors: Annotated[bool, typer.Option(help="List the misses, and what was taken for what.")] = False,
) -> None:
    """Measure the matching on labelled questions (JSON lines); nothing is stored."""
    from bot.evaluation.ask import Questioning, print_evaluation
    from bot.evaluation.held_out import read_rows

    measured = Questioning(_settings(context), _clock(None)).evaluate(read_rows(file), time.perf_counter)
    if json_:
        _print_json(measured.report)
    else:
        print_evaluation(measured, Console(highlight=False), errors)


# --- the law -------------------------------------------------------------------------------------


@cli.command()
def cases(file: Path, json_: Json = False) -> None:
    """Run law cases; exit 1 when one fails."""
    from bot.commands.estimate import cases_of, print_cases

    found = cases_of(file)
    if json_:
        _print_json(found)
    else:
        print_cases(found, Console(highlight=False))
    if found["failed"]:
        raise typer.Exit(1)


@cli.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": ["--help"],
    }
)
def estimate(
    context: typer.Context,
    calculation: Annotated[str, typer.Argument(help="A calculation; «list» names them with their keys.")],
    json_: Json = False,
) -> None:
    """Run one calculation: `bhxh estimate contribution --paid_in 2026-11 --income 1500000`."""
    from bot.commands.estimate import calculate, calculations

    if calculation == "list":
        typer.echo(calculations())
        return
    result = calculate(calculation, context.args)
    if json_:
        _print_json(result.as_json())
    else:
        typer.echo(result.as_text())
    if result.failed:
        raise typer.Exit(1)


# --- staff ---------------------------------------------------------------------------------------


@cli.command(no_args_is_help=True)
def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A report; «list» names them, «definitions» says what figures mean.")],
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="A calendar year; the present one if no span.")
    ] = None,
    quarter: Annotated[str | None, typer.Option(help="A quarter, as in 2026-Q4.")] = None,
    month: Annotated[str | None, typer.Option(help="A month, as in 2026-11.")] = None,
    week: Annotated[str | None, typer.Option(help="An ISO week, as in 2026-W48.")] = None,
    day: Annotated[str | None, typer.Option(help="A day, as in 2026-11-26.")] = None,
    months: Annotated[
        int | None, typer.Option(help="The first so many months of --year, as in --year 2026 --months 6.")
    ] = None,
    last: Annotated[str | None, typer.Option(help="The one before this: day, week, month, quarter or year.")] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Any days: the first, as in 2026-01-01; with --to.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", help="The last of them, as in 2026-12-14; today if left out.")
    ] = None,
    plan_period: Annotated[bool, typer.Option("--plan-period", help="The present period of the plan.")] = False,
    by: Annotated[
        str | None, typer.Option(help="In parts: day to year, topic, subject, kind, campaign, place, channel.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only ratings of: answer, estimate, person, service.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only ratings of a topic, as in pension.")] = None,
    campaign: Annotated[str | None, typer.Option(help="Only ratings of people a campaign brought.")] = None,
    place: Annotated[str | None, typer.Option(help="Only ratings of people the campaigns of a place brought.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only ratings of a channel: telegram, web, zalo.")] = None,
    collaborator: Annotated[
        str | None, typer.Option(help="Only ratings of people whom links given out under a label brought.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A file: .txt .csv .json .xlsx .docx .zip")] = None,
    sign: Annotated[str | None, typer.Option(help="Keep it as the one that is signed; who does.")] = None,
    json_: Json = False,
) -> None:
    """Reports for staff: `bhxh report annual --year 2026 --output bao-cao.docx`."""
    from bot.commands.report import ReportOrder, definitions, listed, signed, write

    if name in ("list", "definitions"):
        typer.echo(listed() if name == "list" else definitions())
        return
    spans = {"year": None if year is None else str(year), "quarter": quarter, "month": month, "week": week, "day": day}
    narrowed = (kind, topic, campaign, place, channel, collaborator)
    wanted = ReportOrder(name, spans, plan_period, by, narrowed, last, months, (since, until))
    ending = output.suffix.removeprefix(".").lower() if output is not None else ""
    ending = "json" if json_ else ending or "txt"
    with tempfile.TemporaryFile() as made:
        if sign is None:
            asyncio.run(write(_settings(context), wanted, ending, made))
        else:
            told, content = asyncio.run(signed(_settings(context), wanted, sign, ending))
            typer.echo(told, err=True)
            made.write(content)
        made.seek(0)
        if output is None:
            typer.echo(made.read().decode("utf-8-sig").removesuffix("\n"))
        else:
            with output.open("wb") as file:
                shutil.copyfileobj(made, file)


# --- operating -----------------------------------------------------------------------------------


@cli.command()
def check(
    context: typer.Context,
    strict: Annotated[bool, typer.Option(help="Staleness fails too.")] = False,
    on: On = None,
    online: Annotated[bool, typer.Option(help="Also ask whether the Bot API can be reached.")] = False,
) -> None:
    """Check configuration, entries, parameters and texts. Errors exit 1; what is due for review is a warning."""
    from bot.commands.check import check_all, with_online

    found = check_all(lambda: _settings(context), _clock(on)().date())
    if online and not found.errors:
        found = with_online(found, _settings(context))
    lines = (*found.errors, *found.warnings, *(() if found.errors else found.notes))
    for line in lines:
        typer.echo(line)
    if found.errors or (strict and found.warnings):
        raise typer.Exit(1)


@cli.command("delete-person")
def delete_person(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="The person's id of the channel: on Telegram the number /id tells.")],
    channel: Annotated[str, typer.Option(help="The channel they wrote on.")] = "telegram",
) -> None:
    """Delete everything that leads to a person; anonymous facts (day, topic, level) stay."""
    from bot import app
    from bot.commands.noting import noting

    asyncio.run(app.forget_person(_settings(context), channel, person, noting("delete_person")))
    typer.echo("deleted: nothing leads to this person any more")


cli.command("backup")(keeping.backup)
cli.command("restore")(keeping.restore)
cli.command("migrate")(keeping.migrate)


def _clock(on: datetime.datetime | None) -> Clock:
    """The present, or the same time of day on another day."""
    if on is None:
        return now_in_vietnam
    shift = on.date() - now_in_vietnam().date()
    return lambda: now_in_vietnam() + shift


def main() -> None:
    """The console script: everything that can be wrong outside the software ends in one line."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    memory.give_back()
    try:
        cli()
    except BrokenContent as broken:
        for problem in broken.problems:
            typer.echo(problem, err=True)
        sys.exit(2)
    except NoSuchText as missing:
        typer.echo(missing, err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"{error.filename or 'the disk'}: can't be used: {error.strerror}", err=True)
        sys.exit(2)
    except (CannotGoOn, WeakSecret, UnknownVersion, StorageDown) as error:
        typer.echo(_sentence(error), err=True)
        sys.exit(error.code)


def _sentence(error: Exception) -> str:
    if isinstance(error, WeakSecret):
        return f"the secret in {error.where} has {error.length} bytes; 32 or more are expected"
    if isinstance(error, UnknownVersion):
        return (
            f"the database has version {error.version}, which this software does not know; nothing was touched. "
            "Use the software that made it, or a newer one"
        )
    if isinstance(error, StorageDown):
        return f"the database can't be used: {error}"
    return str(error)
