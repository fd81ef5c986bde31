"""`bhxh questions`: what was not answered, and what staff make of it."""

from __future__ import annotations

import asyncio
import datetime
import getpass
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.base.clock import VIETNAM
from bot.channels.catalogue import read_settings
from bot.commands.options import By, Json, Since, Until

if TYPE_CHECKING:  # a database takes half a second to load
    from bot.storage.database import Database

T = TypeVar("T")

questions_cli = typer.Typer(help="Questions that were not answered, and what is made of them.", no_args_is_help=True)

ContentFolder = Annotated[Path, typer.Option(help="The folder that holds `questions`, in a checkout.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="The number of a group, as `unanswered` shows it.")]


@questions_cli.command("unanswered")
def unanswered(
    context: typer.Context,
    since: Since = None,
    most: Annotated[int, typer.Option(min=1, help="Show so many groups at most; JSON has all.")] = 50,
    json_: Json = False,
) -> None:
    """What was not answered or marked wrong, grouped by likeness, most frequent first."""
    from bot import curating
    from bot.base.content import read_content
    from bot.commands.question_lists import groups_as_text
    from bot.storage import wordings

    async def look(database: Database) -> str:
        content = read_content(await _assigned(database))
        if json_:
            return _json([each.as_json() for each in await curating.groups(database, content.matcher, _aware(since))])
        await wordings.catch_up(database)
        found = await curating.listed(database, content.matcher, _aware(since), most=most)
        return groups_as_text(found, content.library)

    typer.echo(_with_database(context, look))


@questions_cli.command("assign")
def assign(
    context: typer.Context,
    number: Number,
    entry: Annotated[str, typer.Argument(help="The entry that answers it: the name of its file.")],
    text: Annotated[str | None, typer.Option(help="Put it in these words instead of the group's.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Also where people would be told something else.")] = False,
    by: By = None,
    json_: Json = False,
) -> None:
    """Make a group's wording a phrasing of an entry, unless something gets worse by it.

    What people asked in the last 90 days is asked again; without --yes nothing is kept where they would be told
    something else, and those questions are listed.
    """
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.base.content import read_law, read_library
    from bot.commands.noting import noting
    from bot.commands.question_lists import assigned_as_json, assigned_as_text

    async def do(database: Database) -> str:
        library = read_library(read_law())
        made = await curating.assign(
            database,
            library,
            number,
            entry,
            by=by or _account(),
            now=now_in_vietnam(),
            text=text,
            whatever_changes=yes,
            note=noting("cau-hoi/gan", str(number), entry),
        )
        return _json(assigned_as_json(made)) if json_ else assigned_as_text(made, library)

    typer.echo(_with_database(context, do))


@questions_cli.command("phrasings")
def phrasings(context: typer.Context, json_: Json = False) -> None:
    """The phrasings that staff assigned, and which of them stand in the content files already."""
    from bot.commands.question_lists import phrasings_as_json, phrasings_as_text
    from bot.storage import phrasings

    async def look(database: Database) -> str:
        async with database.read() as connection:
            found = await phrasings.list_all(connection)
        return _json(phrasings_as_json(found)) if json_ else phrasings_as_text(found)

    typer.echo(_with_database(context, look))


@questions_cli.command("take-back")
def take_back(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The number of a phrasing, as `phrasings` shows it.")],
    by: By = None,
) -> None:
    """Use a phrasing no more that was assigned by mistake: its group is listed again."""
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.commands.noting import noting
    from bot.curating.wording import say

    async def do(database: Database) -> str:
        noted = noting("cau-hoi/da-day/cach-hoi/bo", str(number))
        gone = await curating.take_back(database, number, by=by or _account(), now=now_in_vietnam(), note=noted)
        return say("taken_back", text=gone.text, entry=gone.entry)

    typer.echo(_with_database(context, do))


@questions_cli.command("drafts")
def drafts(context: typer.Context, json_: Json = False) -> None:
    """The drafts of new entries, and which of them stand in files already."""
    from bot.commands.question_lists import drafts_as_json, drafts_as_text
    from bot.storage import drafts

    async def look(database: Database) -> str:
        async with database.read() as connection:
            found = await drafts.list_all(connection)
        return _json(drafts_as_json(found)) if json_ else drafts_as_text(found)

    typer.echo(_with_database(context, look))


@questions_cli.command("drop-draft")
def drop_draft(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The number of a draft, as `drafts` shows it.")],
    by: By = None,
) -> None:
    """Make nothing of a draft any more: its group is listed again."""
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.commands.noting import noting
    from bot.curating.wording import say

    async def do(database: Database) -> str:
        noted = noting("cau-hoi/da-day/ban-nhap/bo", str(number))
        gone = await curating.take_draft_back(database, number, by=by or _account(), now=now_in_vietnam(), note=noted)
        return say("draft_taken_back", id=gone.id, question=gone.question)

    typer.echo(_with_database(context, do))


@questions_cli.command("out-of-scope")
def out_of_scope(context: typer.Context, number: Number, by: By = None) -> None:
    """Mark a group as none of ours: it is not listed again."""
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.base.content import read_content
    from bot.commands.noting import noting
    from bot.curating.wording import say

    async def do(database: Database) -> str:
        matcher = read_content(await _assigned(database)).matcher
        noted = noting("cau-hoi/ngoai-pham-vi", str(number))
        count = await curating.mark_out_of_scope(
            database, matcher, number, by=by or _account(), now=now_in_vietnam(), note=noted
        )
        return say("out_of_scope", number=number, count=count)

    typer.echo(_with_database(context, do))


@questions_cli.command("draft")
def draft(
    context: typer.Context,
    number: Number,
    question: Annotated[str | None, typer.Option(help="The title; the group's sample unless given.")] = None,
    by: By = None,
) -> None:
    """Begin a new entry from a group; `merge` writes it to faq/content/drafts."""
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.base.content import read_content
    from bot.commands.noting import noting
    from bot.curating.wording import say

    async def do(database: Database) -> str:
        matcher = read_content(await _assigned(database)).matcher
        id = await curating.start_draft(
            database,
            matcher,
            number,
            by=by or _account(),
            now=now_in_vietnam(),
            question=question,
            note=noting("cau-hoi/ban-nhap", str(number)),
        )
        return say("drafted", id=id, number=number)

    typer.echo(_with_database(context, do))


@questions_cli.command("merge")
def merge(
    context: typer.Context,
    content: ContentFolder = Path("faq/content"),
) -> None:
    """Write accepted phrasings and drafts into the content files, for review and commit."""
    from bot import curating
    from bot.base.clock import now_in_vietnam
    from bot.commands.noting import noting
    from bot.commands.question_lists import merged_as_text

    async def write(database: Database) -> str:
        merged = await curating.merge(database, content, now_in_vietnam(), noting("merge"))
        return merged_as_text(merged)

    typer.echo(_with_database(context, write))


@questions_cli.command("export")
def export(
    context: typer.Context,
    output: Annotated[Path, typer.Option(help="The CSV file to write.")],
    since: Since = None,
    until: Until = None,
) -> None:
    """Write all questions, masked, as CSV for a spreadsheet."""
    from bot import curating
    from bot.base.content import read_law, read_library
    from bot.commands.noting import note

    async def write(database: Database) -> None:
        after = None if until is None else until + datetime.timedelta(days=1)
        with output.open("wb") as file:
            await curating.export(database, read_library(read_law()), _aware(since), _aware(after), file)
        await note(database, "download", output.name)

    _with_database(context, write)
    typer.echo(output)


def _with_database(context: typer.Context, work: Callable[[Database], Awaitable[T]]) -> T:
    from bot.app import open_database

    settings = read_settings(context.obj)

    async def do() -> T:
        database = await open_database(settings)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(do())


async def _assigned(database: Database) -> list[tuple[str, str]]:
    from bot.desk.reload import assigned

    return (await assigned(database))[1]


def _aware(day: datetime.datetime | None) -> datetime.datetime | None:
    return None if day is None else day.replace(tzinfo=VIETNAM)


def _account() -> str:
    return getpass.getuser()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
