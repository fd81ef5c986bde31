"""Draws a chart by its name: figures in, PNG out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.charts.bars import pension_by_income, withdraw_or_wait
from bot.charts.figures import Figures
from bot.charts.lines import paid_and_received, payment_and_support
from bot.charts.plan import plan
from bot.charts.sheet import Sheet
from bot.charts.trend import satisfaction_trend
from handlers.dialogue.turn import PictureFigure

CHARTS: Mapping[str, Callable[[Sheet, Figures], None]] = {
    "pension_by_income": pension_by_income,
    "payment_and_support": payment_and_support,
    "paid_and_received": paid_and_received,
    "withdraw_or_wait": withdraw_or_wait,
    "plan": plan,
    "satisfaction_trend": satisfaction_trend,
}


def png(name: str, figures: Mapping[str, PictureFigure]) -> bytes:
    """The PNG of a chart; KeyError or ValueError for figures it can't be drawn from."""
    sheet = Sheet()
    CHARTS[name](sheet, Figures(figures))
    return sheet.png()
