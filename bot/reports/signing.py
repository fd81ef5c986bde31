"""A report as it was signed: its figures, the entries and parameters behind it, sealed by a SHA-256.

It can be opened again as it was, whatever happened to the records since, and a later report of the same span says what
changed. What people wrote stands in it as a digest only; the words beside it go when their person is forgotten, or
when they are older than questions are kept, and the seal still holds.

CannotGoOn
    └── NotSigned    there is none of this number, it was altered, or its kind is not signed
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import itertools
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.base.settings import CannotGoOn, Office
from bot.reports import evidence, narrowing
from bot.reports.paper import CellValue, Paper, Report, Request, Section, Table
from bot.reports.plain import said
from bot.reports.records import Filter
from bot.reports.tables import column
from bot.reports.words import say
from bot.storage import audit, signed_reports
from bot.storage.audit import Noting
from bot.storage.database import Database
from bot.storage.signed_reports import Sealed, Wording

_PAPER, _OFFICE = TypeAdapter(Paper), TypeAdapter(Office)
_WRITTEN_BY_PEOPLE = {"unanswered": "question"}
"""Table → its column with words of people."""
SIGNED = ("satisfaction", "use", "annual")
"""The reports that are signed: of those with a letter to sign, none that lists what single people did."""


class NotSigned(CannotGoOn):
    """The words say why."""

    code = 2


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed report, opened: as it was, with `contents` (file of an entry or parameter → SHA-256)."""

    sealed: Sealed
    paper: Paper
    office: Office
    contents: Mapping[str, str]
    where: Filter
    by: str | None


async def sign(
    report: Report, request: Request, paper: Paper, by: str, now: datetime.datetime, note: Noting = audit.unnoted
) -> Sealed:
    """Keep a paper just made as the one that is signed; raises NotSigned for a report that is none to sign."""
    if report.name not in SIGNED:
        raise NotSigned(f"{report.name!r} is not signed; those that are: {', '.join(SIGNED)}")
    kept, wordings = _without_words(paper)
    text = json.dumps(
        {
            "paper": json.loads(_PAPER.dump_json(kept)),
            "office": json.loads(_OFFICE.dump_json(request.office)),
            "contents": evidence.versions(),
            "where": dataclasses.asdict(request.where),
            "parts": request.by,
            "by": by,
            "at": now.isoformat(timespec="seconds"),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    narrowed = narrowing.file_part(request.where)
    async with request.records.database.begin() as connection:
        number = await signed_reports.add(
            connection, report.name, request.span.days(), narrowed, by, now, text, _sha256(text), wordings
        )
        sealed = await signed_reports.find(connection, number)
        assert sealed is not None
        await note(connection, str(number), report.name, str(sealed.since), str(sealed.until))
    return sealed


async def listed(database: Database) -> list[Sealed]:
    """Every signed report, the last first."""
    async with database.read() as connection:
        return await signed_reports.list_all(connection)


async def opened(database: Database, number: int) -> Signed:
    """A signed report as it was; raises NotSigned where there is none, or where it was altered."""
    async with database.read() as connection:
        sealed = await signed_reports.find(connection, number) if 0 < number < 2**63 else None
        wordings = await signed_reports.wordings(connection, number) if sealed is not None else []
    if sealed is None:
        raise NotSigned(f"there is no signed report {number}; `bhxh signed list` names them")
    if not _holds(sealed):
        raise NotSigned(f"the signed report {number} was altered in the database: its SHA-256 is not that of its text")
    kept = json.loads(sealed.text)
    words = {each.digest: each.text for each in wordings if _digest(each.salt, each.text) == each.digest}
    paper = _with_words(_PAPER.validate_python(kept["paper"]), lambda digest: words.get(digest, say("words_gone")))
    paper = dataclasses.replace(paper, data={**paper.data, **_sealed_as_json(sealed)})
    return Signed(
        sealed, paper, _OFFICE.validate_python(kept["office"]), kept["contents"], Filter(**kept["where"]), kept["parts"]
    )


def _sealed_as_json(sealed: Sealed) -> dict[str, object]:
    return {"signed": sealed.number, "signed_at": sealed.at.isoformat(timespec="seconds"), "sha256": sealed.sha256}


def line(sealed: Sealed) -> str:
    """What tells a signed report from any other: its number, when and by whom, its SHA-256."""
    at = f"{sealed.at:%d/%m/%Y %H:%M}"
    return say("signed_line", number=sealed.number, at=at, by=sealed.by, sha256=sealed.sha256)


async def changes(database: Database, of: Signed, now: Paper) -> Section:
    """What is otherwise in a paper made now than in the signed one of the same span."""
    figures = list(_changed(of.paper, now))
    contents = list(_contents_changed(of.contents, evidence.versions()))
    lines = [line(of.sealed), say("changed_count" if figures else "changed_none", figures=len(figures))]
    lines.append(say("contents_count" if contents else "contents_none", contents=len(contents)))
    names = ("table", "row", "figure", "signed_as", "is_now")
    made = Table("changed", say("table_changed"), tuple(column(each, "text") for each in names), tuple(figures))
    files = Table(
        "contents", say("table_contents"), (column("file", "text", 3), column("change", "text")), tuple(contents)
    )
    return Section(say("section_changed"), tuple(lines), tuple(each for each in (made, files) if each.rows))


async def beside(database: Database, request: Request, made: Paper) -> Paper:
    """The same paper; where one like it was signed before, with what changed since."""
    if made.name not in SIGNED:
        return made
    async with database.read() as connection:
        alike = await signed_reports.list_alike(
            connection, made.name, request.span.days(), narrowing.file_part(request.where)
        )
    last = next((each for each in alike if not _holds(each) or _is_of(each, request)), None)
    if last is None:
        return made
    if _holds(last):
        section = await changes(database, await opened(database, last.number), made)
    else:  # which is told: a report can be made all the same
        section = Section(say("section_changed"), (line(last), say("altered_line")))
    return dataclasses.replace(made, sections=(*made.sections, section))


def _holds(sealed: Sealed) -> bool:
    """Whether its text is what was sealed."""
    return _sha256(sealed.text) == sealed.sha256


def _is_of(sealed: Sealed, request: Request) -> bool:
    """Whether it was signed of the same filter and parts: names of places may differ in their tones only."""
    kept = json.loads(sealed.text)
    return (Filter(**kept["where"]), kept["parts"]) == (request.where, request.by)


def _changed(signed: Paper, now: Paper) -> Iterator[tuple[str, ...]]:
    """(table, row, figure, as signed, now) of every figure that is not the same; a dash where there is none."""
    before, after = ({table.key: table for table in paper.tables} for paper in (signed, now))
    for key in dict.fromkeys([*before, *after]):
        table = after.get(key) or before[key]
        old, new = (_cells(each.get(key)) for each in (before, after))
        for place in dict.fromkeys([*old, *new]):
            was, is_now = old.get(place, "–"), new.get(place, "–")
            if was != is_now:
                yield table.title, place[0], place[1], was, is_now


def _cells(table: Table | None) -> dict[tuple[str, str], str]:
    """Every figure of a table, as people read it, by its row and column; rows of one name are numbered."""
    found: dict[tuple[str, str], str] = {}
    for row in table.rows if table is not None else ():
        assert table is not None
        name = " · ".join(_named(table, row))
        name = next(each for each in _numbered(name) if (each, table.columns[-1].title) not in found)
        for each, value in zip(table.columns, row, strict=True):
            if each.kind != "text" or each is table.columns[-1]:
                found[name, each.title] = said(value, each)
    return found


def _named(table: Table, row: tuple[CellValue, ...]) -> list[str]:
    """What a row is called: its first words, or all of them where they are words of more than one column."""
    words = [str(value) for value, each in zip(row, table.columns, strict=True) if each.kind == "text" and value]
    return words[:2] if table.columns[-1].kind == "text" else words


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({number})" for number in itertools.count(2))


def _contents_changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *after}):
        if name not in after:
            yield name, say("content_gone")
        elif name not in before:
            yield name, say("content_new")
        elif before[name] != after[name]:
            yield name, say("content_changed")


def _without_words(paper: Paper) -> tuple[Paper, list[Wording]]:
    """The paper with digests in the place of what people wrote, and their words."""
    wordings: dict[str, Wording] = {}

    def digest(text: str) -> str:
        if text not in wordings:
            salt = secrets.token_hex(16)
            wordings[text] = Wording(_digest(salt, text), salt, text)
        return wordings[text].digest

    return _with_words(paper, digest), list(wordings.values())


def _with_words(paper: Paper, word: Callable[[str], str]) -> Paper:
    """The paper with other words in the place of what people wrote."""

    def table(of: Table) -> Table:
        if of.key not in _WRITTEN_BY_PEOPLE:
            return of
        at = of.place(_WRITTEN_BY_PEOPLE[of.key])
        rows = tuple((*row[:at], word(str(row[at])), *row[at + 1 :]) for row in of.rows)
        return dataclasses.replace(of, rows=rows)

    sections = (dataclasses.replace(each, tables=tuple(map(table, each.tables))) for each in paper.sections)
    return dataclasses.replace(paper, sections=tuple(sections))


def _digest(salt: str, text: str) -> str:
    return _sha256(salt + text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
