"""What is asked of a pension that is drawn, or was: how much it is, and for how long."""

from __future__ import annotations

from handlers import reading
from handlers.dialogue.context import Context
from handlers.dialogue.form import Got, Reading, Wrong
from handlers.dialogue.values import Values
from law.paying.contribution import income_bounds

LONGEST = 12 * 55
"""Months nobody pays or draws a pension for."""


def read_pension(context: Context, text: str, name: str) -> Reading:
    """A typed pension a month, in dong, as the value of that name; none is above the highest income there is."""
    typed = reading.money(text)
    if typed is None:
        return None
    if not 0 < typed <= income_bounds(context.law, context.month).whole("maximum"):
        return Wrong(context.say("fields.pension_too_high", amount=typed))
    return Got({name: typed}, context.say("fields.read_amount", amount=typed))


def too_long(context: Context, values: Values, months: int) -> Wrong | None:
    """What is wrong with a length of time that no life has room for."""
    return span_too_long(context, months) if months > LONGEST else None


def span_too_long(context: Context, months: int) -> Wrong:
    """«90 năm thì chắc gõ nhầm»."""
    return Wrong(context.say("fields.span_too_long", months=months))
