"""A report as DOCX in the form Vietnamese offices use: A4, Times New Roman, heads of State and office, signature.

What the settings of the office leave open is a dotted line to be written by hand.
"""

from __future__ import annotations

import datetime
import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.base.settings import Office
from bot.charts.over_time import AtTime, over_time
from bot.reports.narrowing import sentence
from bot.reports.paper import CellValue, Chart, Column, Paper, Section, Table, clean
from bot.reports.plain import said
from bot.reports.words import say

_FONT, _SIZE, _SMALL = "Times New Roman", 14, 12
_LANGUAGE = "vi-VN"
_WIDTH = 16.5  # cm between the margins of A4
_INDENT = 1.0
_MOTTO = 6.1  # cm of the motto in bold 14, which its rule is as long as
_TO_SIGN = 72  # pt between the office of who signs and the name: a signature and a seal
_DOTS = "…" * 12
_MANY_COLUMNS = 6
_KEPT_TOGETHER = 8
"""Rows up to which a table is not torn between two pages."""


def as_docx(paper: Paper, office: Office) -> bytes:
    """The bytes of the document, ready to be numbered, dated and signed."""
    document = docx.Document()
    _set_properties(document, paper, office)
    _set_page(document)
    _heads(document, paper, office)
    _title(document, paper)
    for ground in paper.grounds:
        _paragraph(document, ground, italic=True, indent=True)
    if paper.grounds:
        _paragraph(document, say("grounds_end", office=_or_dots(office.name)), indent=True)
    if paper.narrowed:
        _paragraph(document, sentence(paper.narrowed) + ".", bold=True, indent=True)
    numbers = itertools.count(1), itertools.count(1)
    for section in paper.sections:
        _section(document, section, *numbers, last=section is paper.sections[-1])
    _foot(document, office)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _or_dots(value: str | None, dots: str = _DOTS) -> str:
    return clean(value) if value else dots


def _set_properties(document: Document, paper: Paper, office: Office) -> None:
    """What programs tell of the file, and in which language they look for mistakes."""
    told, made = document.core_properties, datetime.datetime.combine(paper.made_on, datetime.time())
    told.title, told.author, told.last_modified_by = clean(paper.title)[:255], clean(office.name or "")[:255], ""
    told.comments, told.language, told.created, told.modified = "", _LANGUAGE, made, made
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.different_first_page_header_footer = True
    page.header_distance = Cm(1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    head = page.header.paragraphs[0]
    head.alignment = ALIGN.CENTER
    _page_number(head)


def _page_number(paragraph: Any) -> None:
    """The number of the page, in the middle above; none on the first page."""
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _paragraph(
    holder: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = _SIZE,
    align: Any = ALIGN.JUSTIFY,
    indent: bool = False,
    after: float = 6,
    first: bool = False,
    keep: bool = False,
) -> Any:
    """A paragraph; `first` writes into the empty one a cell begins with."""
    made = holder.paragraphs[0] if first else holder.add_paragraph()
    run = made.add_run(clean(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    made.alignment = align
    made.paragraph_format.space_after = Pt(after)
    made.paragraph_format.keep_with_next = keep
    if indent:
        made.paragraph_format.first_line_indent = Cm(_INDENT)
    return made


def _rule(holder: Any, wide: float, cell: float) -> None:
    """A thin line in the middle, as under a heading; `wide` and `cell` in cm."""
    made = holder.add_paragraph()
    made.paragraph_format.space_after = Pt(4)
    made.paragraph_format.line_spacing = Pt(4)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Cm((cell - wide) / 2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = made._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _heads(document: Document, paper: Paper, office: Office) -> None:
    """The body above and the office on the left, the State on the right; number, place and date under them."""
    left, right = 6.7, 10.3
    table = _bare_table(document, 2, (left, right))
    here, there = table.rows[0].cells
    middle: dict[str, Any] = {"align": ALIGN.CENTER, "after": 0}
    _paragraph(here, _or_dots(office.parent).upper(), size=13, first=True, **middle)
    _paragraph(here, _or_dots(office.name).upper(), bold=True, size=13, **middle)
    _rule(here, 2.4, left)
    _paragraph(there, say("state_name"), bold=True, size=13, first=True, **middle)
    _paragraph(there, say("state_motto"), bold=True, size=14, **middle)
    _rule(there, _MOTTO, right)
    number, place = table.rows[1].cells
    _paragraph(number, say("number_line"), size=13, first=True, **middle)
    where = _or_dots(office.place, "…" * 6)
    _paragraph(place, say("place_line", place=where, year=paper.made_on.year), italic=True, first=True, **middle)


def _bare_table(document: Document, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, widths)
    return table


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    """Columns as wide as given, in cm: Word reads the cells, LibreOffice the grid."""
    table.autofit = False
    for place, wide in enumerate(widths):
        table.columns[place].width = Cm(wide)
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = Cm(wide)


def _title(document: Document, paper: Paper) -> None:
    head = _paragraph(document, say("kind_of_document"), bold=True, align=ALIGN.CENTER, after=0)
    head.paragraph_format.space_before = Pt(18)
    _paragraph(document, paper.title, bold=True, align=ALIGN.CENTER, after=2)
    _rule(document, 4, _WIDTH)


def _section(document: Document, section: Section, tables: Iterator[int], charts: Iterator[int], last: bool) -> None:
    """A part with its tables and their charts, both numbered through the document."""
    if section.title:
        heading = _paragraph(document, section.title, bold=True, indent=True, keep=True, align=ALIGN.LEFT)
        heading.paragraph_format.space_before = Pt(8)
    for line in section.lines:
        if line.strip():
            _paragraph(document, line, indent=True)
    for table in section.tables:
        _write_table(document, table, next(tables))
        if table.chart is not None and table.rows:
            _draw(document, table, table.chart, next(charts))
    for _ in range(section.blank):
        _dotted_line(document, keep=last)


def _dotted_line(document: Document, keep: bool) -> None:
    """A line to write on, as wide as the page; the last ones stay with the signature."""
    made = document.add_paragraph()
    made.paragraph_format.keep_with_next = keep
    made.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), leader=WD_TAB_LEADER.DOTS)
    made.add_run("\t")


def _write_table(document: Document, table: Table, number: int) -> None:
    title = say("table_number", number=number, title=table.title)
    caption = _paragraph(document, title, bold=True, size=13, align=ALIGN.CENTER, after=4, keep=True)
    caption.paragraph_format.space_before = Pt(6)
    if not table.rows:
        _paragraph(document, table.empty, italic=True, size=13, align=ALIGN.CENTER)
        return
    size = 10.5 if len(table.columns) > _MANY_COLUMNS else _SMALL
    made = document.add_table(1, len(table.columns))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        _paragraph(cell, column.title, bold=True, size=size, align=ALIGN.CENTER, after=2, first=True, keep=True)
    _repeat_as_head(made.rows[0])
    whole = len(table.rows) <= _KEPT_TOGETHER
    for number_of_row, row in enumerate(table.rows, 1):
        cells = made.add_row().cells
        for cell, value, column in zip(cells, row, table.columns, strict=True):
            align = ALIGN.LEFT if column.kind == "text" else ALIGN.RIGHT
            keep = whole and number_of_row < len(table.rows)
            _paragraph(cell, said(value, column), size=size, align=align, after=2, first=True, keep=keep)
    for each in made.rows:
        _keep_whole(each)
    _set_widths(made, _widths(table.columns))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _draw(document: Document, table: Table, chart: Chart, number: int) -> None:
    """The chart of a table with its title below; who does not see it is told where the figures stand."""
    places = [table.place(key) for key in (chart.line, *chart.band, chart.target)]
    shown = []
    for label, row in zip(chart.labels, table.rows, strict=True):
        share, low, high, target = (_share(row[place]) for place in places)
        shown.append(AtTime(label, share, None if low is None or high is None else (low, high), target))
    picture = document.add_picture(io.BytesIO(over_time(shown).png()), width=Cm(_WIDTH))
    picture._inline.docPr.set("descr", clean(say("chart_described", title=chart.title)))
    holder = document.paragraphs[-1]
    holder.alignment, holder.paragraph_format.keep_with_next = ALIGN.CENTER, True
    title = say("figure_number", number=number, title=chart.title)
    _paragraph(document, title, bold=True, size=13, align=ALIGN.CENTER, after=8)


def _share(value: CellValue) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _widths(columns: Sequence[Column]) -> list[float]:
    """Centimetres: figures get what a percentage needs, words share the rest."""
    figure = 1.55 if len(columns) > _MANY_COLUMNS else 2.1
    parts = sum(column.wide for column in columns if column.kind == "text")
    rest = _WIDTH - figure * sum(column.kind != "text" for column in columns)
    return [rest * column.wide / parts if column.kind == "text" else figure for column in columns]


def _repeat_as_head(row: Any) -> None:
    """The row stands again at the head of each page the table goes on to."""
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _keep_whole(row: Any) -> None:
    """The row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _foot(document: Document, office: Office) -> None:
    """Who receives it on the left, who signs on the right."""
    space = document.add_paragraph().paragraph_format
    space.space_after, space.keep_with_next = Pt(0), True
    table = _bare_table(document, 1, (8.2, 8.3))
    _keep_whole(table.rows[0])
    here, there = table.rows[0].cells
    left: dict[str, Any] = {"align": ALIGN.LEFT, "after": 0}
    _paragraph(here, say("recipients"), bold=True, italic=True, size=12, first=True, **left)
    for recipient in office.recipients or (_DOTS, _DOTS):
        _paragraph(here, say("recipient", name=clean(recipient)), size=11, **left)
    _paragraph(here, say("recipient_file"), size=11, **left)
    middle: dict[str, Any] = {"bold": True, "align": ALIGN.CENTER, "keep": True}
    _paragraph(there, _or_dots(office.signer_title).upper(), after=_TO_SIGN, first=True, **middle)
    _paragraph(there, _or_dots(office.signer), after=0, **middle)
