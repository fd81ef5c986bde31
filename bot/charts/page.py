"""What every chart has: its words, the title at the head, the law's date and the hotline at the foot."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from bot.base.content import read_file
from bot.charts.figures import Figures
from bot.charts.sheet import BODY, FAINT, FOOT, HEIGHT, INK, INNER, LINE, MARGIN, MUTED, TITLE, WIDTH, Sheet
from handlers.dialogue.texts import Texts

_NOTE_LINES = 5
_SMALLEST_TITLE = 46
_LARGE = (("billions", 1_000_000_000), ("millions", 1_000_000), ("thousands", 1_000))


@cache
def words() -> Texts:
    """The words of the charts, read at the first one."""
    return Texts.from_data({"charts": read_file("bot.charts", "texts.yaml")})


def say(name: str, **figures: object) -> str:
    """One of the charts' texts, filled in, without empty lines."""
    said = words().label(f"charts.{name}", **figures)
    return "\n".join(line.strip() for line in said.splitlines() if line.strip())


def short(dong: int) -> str:
    """An amount in a few letters, to three digits: 46.868.000 → «46,9 triệu»."""
    rounded = Decimal(f"{Decimal(dong):.2e}")
    for name, unit in _LARGE:
        if rounded >= unit:
            return say(name, amount=rounded / unit)
    return say("dong", amount=dong)


def head(sheet: Sheet, title: str, subtitle: str) -> float:
    """The title and what the chart says in a sentence; returns where the chart may begin."""
    size = max(_SMALLEST_TITLE, sheet.fitting(title, TITLE, 0.98 * INNER, bold=True))
    y = sheet.paragraph(MARGIN, 52, title, size, bold=True, most=2)
    return sheet.paragraph(MARGIN, y + 6, subtitle, BODY, color=MUTED, most=3) + 10


def foot(sheet: Sheet, figures: Figures) -> float:
    """The note, the date of the law and the hotline; returns where the chart has to end.

    Figures: `month` (of the law, YYYY-MM), `source` (documents, ready to be read), `note` (a warning, ready to
    be read: at most four lines are shown).
    """
    law = say("law", month=figures.month("month"), source=figures.text("source", say("source")))
    note = sheet.lines(figures.text("note", ""), FOOT, INNER)
    if len(note) > _NOTE_LINES:
        note = [*note[: _NOTE_LINES - 1], f"{note[_NOTE_LINES - 1]}…"]
    rows = sheet.lines(law, FOOT, INNER)[:3]
    top = y = HEIGHT - 54 - (len(note) + len(rows) + 1) * FOOT * LINE
    for line in note:
        sheet.text(MARGIN, y, line, sheet.fitting(line, FOOT, INNER), color=INK)
        y += FOOT * LINE
    sheet.line([(MARGIN, y + 8), (WIDTH - MARGIN, y + 8)], FAINT)
    y += 22
    for line in rows:
        sheet.text(MARGIN, y, line, sheet.fitting(line, FOOT, INNER), color=MUTED)
        y += FOOT * LINE
    sheet.text(MARGIN, y, say("hotline"), FOOT, bold=True)
    return top - 18
