"""A report as an XLSX workbook: what it says, a sheet for each table, and a sheet that defines every figure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter

from bot.reports.narrowing import sentence
from bot.reports.paper import CellValue, Chart, Column, Paper, Table, clean
from bot.reports.rounding import rounded
from bot.reports.streamed import Streamed
from bot.reports.words import say

_PAGE_A4 = 9
_WIDTHS = {"text": 18, "count": 12, "share": 12, "points": 12, "change": 12, "time": 18}
_LINE = 16.5
"""Points of a line; programs that open the file do not all make room for a text of several lines by themselves."""
_SUMMARY = 64
_FIRST_ROW = 3
"""Of the rows of a table: above it stand its title and its head."""
_LINES: tuple[dict[str, Any], ...] = (
    {
        "line": {"color": "#0B5D4E", "width": 2.25},
        "marker": {"type": "circle", "size": 6, "fill": {"color": "#0B5D4E"}},
    },
    {"line": {"color": "#8FB9B3", "width": 1}},
    {"line": {"color": "#8FB9B3", "width": 1}},
    {"line": {"color": "#B45309", "width": 1.5, "dash_type": "dash"}},
)
"""The share, both ends of its interval, the target."""
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}


def write_xlsx(paper: Paper, file: IO[bytes]) -> None:
    """The workbook, row by row: each sheet from its top to its end, one after the other.

    Texts are written as texts, so that none of them is ever a formula or a link.
    """
    is_long = any(isinstance(table.rows, Streamed) for table in paper.tables)
    with xlsxwriter.Workbook(file, {**_OPTIONS, "constant_memory": is_long, "in_memory": not is_long}) as book:
        book.set_properties({"title": clean(paper.title)})
        formats = {
            "title": book.add_format(_FONT | {"bold": True, "font_size": 14, "text_wrap": True}),
            "part": book.add_format(_FONT | {"bold": True, "text_wrap": True}),
            "caption": book.add_format(_FONT | {"bold": True}),
            "line": book.add_format(_FONT | {"text_wrap": True}),
            "head": book.add_format(
                _FONT | {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E3F1EF", "align": "center"}
            ),
            "text": book.add_format(_FONT | {"text_wrap": True, "border": 1}),
            "count": book.add_format(_FONT | {"num_format": "#,##0", "border": 1}),
            "share": book.add_format(_FONT | {"num_format": "0.0#%", "border": 1}),
            "time": book.add_format(_FONT | {"num_format": "dd/mm/yyyy hh:mm", "border": 1, "align": "left"}),
            "points": book.add_format(_FONT | {"num_format": "+0.0#;-0.0#;0", "border": 1}),
            "change": book.add_format(_FONT | {"num_format": "+#,##0;-#,##0;0", "border": 1}),
        }
        _summary(book, formats, paper)
        names: set[str] = set()
        for table in paper.tables:
            name = _name(table.title, names)
            sheet = _sheet(book, formats, table, name, paper)
            if table.chart is not None and table.rows:
                sheet.insert_chart(len(table.rows) + 4, 0, _chart(book, table, table.chart, name))
        _definitions(book, formats, paper)


def _new_sheet(book: Any, name: str, wide: bool = False) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_paper(_PAGE_A4)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P/&N")
    if wide:
        sheet.set_landscape()
    return sheet


def _summary(book: Any, formats: dict[str, Any], paper: Paper) -> None:
    sheet = _new_sheet(book, say("sheet_summary"))
    sheet.set_column(0, 0, _SUMMARY)
    sheet.set_row(0, _high([(paper.title, _SUMMARY - 14)]) + 8)
    sheet.write_string(0, 0, clean(paper.title), formats["title"])
    row = 2
    if paper.narrowed:
        sheet.set_row(1, _high([(sentence(paper.narrowed), _SUMMARY)]))
        sheet.write_string(1, 0, clean(sentence(paper.narrowed)), formats["part"])
        row = 3
    for section in paper.sections:
        if section.title and section.lines:
            sheet.write_string(row, 0, clean(section.title), formats["part"])
            row += 1
        for line in section.lines:
            sheet.set_row(row, _high([(line, _SUMMARY)]))
            sheet.write_string(row, 0, clean(line), formats["line"])
            row += 1
        row += bool(section.lines)


def _sheet(book: Any, formats: dict[str, Any], table: Table, name: str, paper: Paper) -> Any:
    sheet = _new_sheet(book, name, wide=len(table.columns) > 6)
    sheet.write_string(0, 0, clean(table.title), formats["caption"])
    if paper.narrowed:
        sheet.write_string(1, 0, clean(sentence(paper.narrowed)), formats["caption"])
    sheet.set_row(2, _high([(column.title, _wide(column)) for column in table.columns], bold=True))
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _wide(column))
        sheet.write_string(2, place, clean(column.title), formats["head"])
    number = 2
    for number, row in enumerate(table.rows, 3):
        words = [(value, _wide(column)) for value, column in zip(row, table.columns, strict=True)]
        sheet.set_row(number, _high([(value, wide) for value, wide in words if isinstance(value, str)]))
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _write(sheet, number, place, value, column, formats)
    if not table.rows:
        sheet.write_string(_FIRST_ROW, 0, clean(table.empty), formats["line"])
        return sheet
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.autofilter(2, 0, number, len(table.columns) - 1)
    return sheet


def _chart(book: Any, table: Table, chart: Chart, name: str) -> Any:
    """A chart of the spreadsheet itself, of the cells of the table."""
    drawn = book.add_chart({"type": "line"})
    last = _FIRST_ROW + len(table.rows) - 1
    for key, line in zip((chart.line, *chart.band, chart.target), _LINES, strict=True):
        place = table.place(key)
        drawn.add_series(
            {
                "name": [name, _FIRST_ROW - 1, place],
                "categories": [name, _FIRST_ROW, 0, last, 0],
                "values": [name, _FIRST_ROW, place, last, place],
                **line,
            }
        )
    places = [table.place(key) for key in (chart.line, *chart.band, chart.target)]
    cells = (row[place] for row in table.rows for place in places)
    least = min((cell for cell in cells if isinstance(cell, float) and cell), default=1.0)
    drawn.set_title({"name": clean(chart.title), "name_font": {"size": 12}, "overlay": False})
    drawn.set_y_axis({"min": max(0.0, int(least * 10 - 0.2) / 10), "max": 1, "num_format": "0%"})
    drawn.set_legend({"position": "bottom"})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": 760, "height": 380})
    return drawn


def _wide(column: Column) -> int:
    """The width of a column in letters."""
    return _WIDTHS[column.kind] * (column.wide if column.kind == "text" else 1)


def _high(texts: Sequence[tuple[str, int]], bold: bool = False) -> float:
    """The height of a row that shows all of its texts, each as wide as its column."""
    lines = [sum(-(-len(line) // max(1, wide - 2 * bold)) or 1 for line in text.split("\n")) for text, wide in texts]
    return _LINE * min(24, max(lines, default=1)) + 2


def _write(sheet: Any, row: int, place: int, value: CellValue, column: Column, formats: dict[str, Any]) -> None:
    style = formats[column.kind]
    if value is None:
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, clean(value), formats["text"])
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_number(row, place, _in_cell(value, column), style)


def _in_cell(value: float, column: Column) -> float:
    """A share as it is told, a difference of shares in points."""
    if column.kind == "share":
        return float(rounded(value) / 100)
    return value * 100 if column.kind == "points" else value


def _definitions(book: Any, formats: dict[str, Any], paper: Paper) -> None:
    sheet = _new_sheet(book, say("sheet_definitions"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, say("column_figure"), formats["head"])
    sheet.write_string(0, 1, say("column_meaning"), formats["head"])
    for row, (name, meaning) in enumerate(paper.definitions, 1):
        sheet.set_row(row, _high([(name, 30), (meaning, 84)]))
        sheet.write_string(row, 0, clean(name), formats["text"])
        sheet.write_string(row, 1, clean(meaning), formats["text"])


def _name(title: str, taken: set[str]) -> str:
    """A name for a sheet: short, without the letters it may not have, no two alike."""
    base = _NOT_IN_A_NAME.sub(" ", clean(title)).strip("' ")[:_LONGEST_NAME].strip("' ") or "-"
    name, number = base, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = base[: _LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name
