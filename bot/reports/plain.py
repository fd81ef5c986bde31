"""A report as text, as CSV that spreadsheets open with all its letters, and as JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from bot.reports import rounding
from bot.reports.narrowing import sentence
from bot.reports.paper import CellValue, Column, Paper, Table, safe
from vietnamese import wording

_BOM = "\ufeff"


def said(value: CellValue, column: Column) -> str:
    """A value as people read it; a dash for a share of nothing."""
    if column.kind == "share":
        return rounding.said(None if value is None else float(value))
    if column.kind in ("points", "change"):
        return "–" if value is None else signed(float(value) * 100 if column.kind == "points" else int(value))
    return "" if value is None else wording.number(value) if isinstance(value, int) else str(value)


def signed(value: float) -> str:
    """A difference as people read it: «+3,1», «−2», «0»."""
    rounded = Decimal(str(round(value, 2)))
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + wording.number(abs(rounded))


def as_text(paper: Paper) -> bytes:
    """For the screen: every section, its tables with columns that stand under each other."""
    lines = [paper.title]
    if paper.narrowed:
        lines.append(sentence(paper.narrowed))
    for number, section in enumerate(paper.sections):
        lines += ["", section.title] if section.title and number else []
        lines += section.lines
        for table in section.tables:
            lines += ["", table.title, *_rows(table)]
    return ("\n".join(lines).strip() + "\n").encode()


def _rows(table: Table) -> list[str]:
    if not table.rows:
        return [f"  {table.empty}"]
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


def as_csv(paper: Paper) -> bytes:
    """Every table below the other, with its title where there are several; shares in percent, no cell a formula.

    One that is narrowed says so above its first table.
    """
    written = io.StringIO()
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
    return (_BOM + written.getvalue()).encode()


def _cell(value: CellValue, column: Column) -> str | int:
    if isinstance(value, int):
        return value
    if column.kind == "points":  # without «+»: a spreadsheet would take it for a formula
        return "–" if value is None else wording.number(Decimal(str(round(float(value) * 100, 2))))
    return said(value, column) if column.kind == "share" else safe(value if isinstance(value, str) else "")


def as_json(paper: Paper) -> bytes:
    """For machines: what the report says of itself, and its tables as lists of rows; shares in percent."""
    tables = {table.key: [_object(table, row) for row in table.rows] for table in paper.tables}
    written = {
        "report": paper.name,
        "title": paper.title,
        "from": paper.span.since.isoformat(),
        "to": paper.span.until.isoformat(),
        "narrowed": dict(paper.narrowed),
        "made_on": paper.made_on.isoformat(),
        **paper.data,
        "tables": tables,
    }
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _object(table: Table, row: tuple[CellValue, ...]) -> dict[str, CellValue]:
    return {column.key: _for_machines(value, column) for column, value in zip(table.columns, row, strict=True)}


def _for_machines(value: CellValue, column: Column) -> CellValue:
    if not isinstance(value, float):
        return value
    return rounding.percent(value) if column.kind == "share" else round(value * 100, 2)
