"""A report as text, as CSV that spreadsheets open with all its letters, and as JSON, written row by row into a file."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

from bot.reports import rounding
from bot.reports.narrowing import sentence
from bot.reports.paper import CellValue, Column, Paper, Table, safe
from bot.reports.streamed import Streamed
from vietnamese import wording

_BOM = "\ufeff"


def said(value: CellValue, column: Column) -> str:
    """A value as people read it; a dash for a share of nothing."""
    if column.kind == "share":
        return rounding.said(float(value) if isinstance(value, int | float) else None)
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if column.kind in ("points", "change"):
        if not isinstance(value, int | float):
            return "–"
        return signed(float(value) * 100 if column.kind == "points" else int(value))
    return "" if value is None else wording.number(value) if isinstance(value, int) else str(value)


def signed(value: float) -> str:
    """A difference as people read it: «+3,1», «−2», «0»."""
    rounded = Decimal(str(round(value, 2)))
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + wording.number(abs(rounded))


def write_text(paper: Paper, file: IO[bytes]) -> None:
    """For the screen: every section, its tables with columns that stand under each other."""
    for line in _lines(paper):
        file.write(f"{line}\n".encode())


def _lines(paper: Paper) -> Iterator[str]:
    yield paper.title
    if paper.narrowed:
        yield sentence(paper.narrowed)
    for number, section in enumerate(paper.sections):
        yield from ["", section.title] if section.title and number else []
        yield from section.lines
        for table in section.tables:
            yield from ["", table.title]
            yield from _rows(table)


def _rows(table: Table) -> Iterable[str]:
    if not table.rows:
        return [f"  {table.empty}"]
    if isinstance(table.rows, Streamed):
        return _one_by_one(table)
    cells = [[column.title for column in table.columns]]
    cells += [[said(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    lines = []
    for row in cells:
        parts = [
            cell.ljust(width) if column.kind == "text" else cell.rjust(width)
            for cell, width, column in zip(row, widths, table.columns, strict=True)
        ]
        lines.append(("  " + "  ".join(parts)).rstrip())
    return lines


def _one_by_one(table: Table) -> Iterator[str]:
    """A long table, whose widths are not known before its end."""
    yield "  " + " | ".join(column.title for column in table.columns)
    for row in table.rows:
        parts = (said(value, column) for value, column in zip(row, table.columns, strict=True))
        yield "  " + " | ".join(" ".join(part.split()) for part in parts).rstrip(" |")


def write_csv(paper: Paper, file: IO[bytes]) -> None:
    """Every table below the other, with its title where there are several; shares in percent, no cell a formula.

    One that is narrowed says so above its first table.
    """
    written = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    written.write(_BOM)
    writer = csv.writer(written)
    several = len(paper.tables) > 1
    if paper.narrowed:
        writer.writerow([safe(paper.title)])
        writer.writerow([safe(sentence(paper.narrowed))])
        writer.writerow([])
    for number, table in enumerate(paper.tables):
        if several and number:
            writer.writerow([])
        if several:
            writer.writerow([safe(table.title)])
        writer.writerow([safe(column.title) for column in table.columns])
        for row in table.rows:
            writer.writerow([_cell(value, column) for value, column in zip(row, table.columns, strict=True)])
    written.detach()  # the file stays open


def _cell(value: CellValue, column: Column) -> str | int:
    if isinstance(value, int):
        return value
    if column.kind == "points":  # without «+»: a spreadsheet would take it for a formula
        return wording.number(Decimal(str(round(value * 100, 2)))) if isinstance(value, float) else "–"
    if column.kind == "share" or isinstance(value, datetime.datetime):
        return said(value, column)
    return safe(value if isinstance(value, str) else "")


def write_json(paper: Paper, file: IO[bytes]) -> None:
    """For machines: what the report says of itself, and its tables as lists of rows; shares in percent."""
    head = {
        "report": paper.name,
        "title": paper.title,
        "from": paper.span.since.isoformat(),
        "to": paper.span.until.isoformat(),
        "narrowed": dict(paper.narrowed),
        "made_on": paper.made_on.isoformat(),
        **paper.data,
    }
    file.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}").encode())
    file.write(b',\n  "tables": {')
    for number, table in enumerate(paper.tables):
        file.write(f"{',' if number else ''}\n    {json.dumps(table.key)}: [".encode())
        for place, row in enumerate(table.rows):
            told = json.dumps(_object(table, row), ensure_ascii=False, indent=2).replace("\n", "\n      ")
            file.write(f"{',' if place else ''}\n      {told}".encode())
        file.write(b"\n    ]" if table.rows else b"]")
    file.write(b"\n  }\n}\n")


def _object(table: Table, row: tuple[CellValue, ...]) -> dict[str, object]:
    return {column.key: _for_machines(value, column) for column, value in zip(table.columns, row, strict=True)}


def _for_machines(value: CellValue, column: Column) -> object:
    if isinstance(value, datetime.datetime):
        return said(value, column)
    if not isinstance(value, float):
        return value
    return rounding.percent(value) if column.kind == "share" else round(value * 100, 2)
