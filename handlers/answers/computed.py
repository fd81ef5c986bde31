"""Numbers in a question are used: an amount is priced, a birth dated."""

from __future__ import annotations

from handlers import reading
from handlers.calculators.fields import SEX_NAMES
from handlers.calculators.reasons import GROUP_NAMES
from handlers.dialogue.context import Context
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds
from law.pension.retirement import retirement, retirement_range

PRICED = frozenset({"contribution_rate", "min_income", "max_income", "state_support", "change_level"})
"""Entries to which an income in the question is an input."""
DATED = frozenset({"pension_age", "pension_early", "wait_for_pension_age"})
"""Entries to which a sex and a birth are."""
FORECAST = frozenset({"pension_amount", "pension_age", "pension_min_years"})
"""Entries that the pension form answers better, when it is told enough."""


def prices(context: Context, entry_id: str, stated: reading.Facts) -> bool:
    """Whether a question to this entry states an income that its answer prices."""
    return entry_id == "contribution_rate" and _income(stated) is not None and bool(lead(context, entry_id, stated))


def _income(stated: reading.Facts) -> int | None:
    """The level of income in a question; an amount of which nothing is said is taken for one."""
    return stated.money if stated.income is None else stated.income


def lead(context: Context, entry_id: str, stated: reading.Facts) -> str:
    """What the law makes of the numbers in a question to this entry; nothing where they are no input to it."""
    income = _income(stated)
    if entry_id in PRICED and income is not None:
        return _priced(context, income, stated.groups[0] if stated.groups else "other")
    if entry_id in DATED and stated.sex is not None and stated.birth is not None and not stated.birth.approximate:
        return _dated(context, stated.sex, stated.birth)
    return ""


def _priced(context: Context, income: int, group: str) -> str:
    bounds = income_bounds(context.law, context.month)
    if not bounds.whole("minimum") <= income <= bounds.whole("maximum"):
        return ""
    top_up = context.resources.manner.local_top_up
    priced = contribution(context.law, context.month, income, groups=(group,), local_top_up=top_up)
    if not isinstance(priced, Estimate):
        return ""
    name = context.label(GROUP_NAMES[group])
    return context.say("computed.priced", **priced.figures, income=income, name=name, month=context.month)


def _dated(context: Context, sex: str, birth: reading.Birth) -> str:
    who = context.label(SEX_NAMES[sex])
    if birth.month is None:
        span = retirement_range(context.law, sex, birth.year)
        return context.say("computed.dated_year", **span.figures, who=who, year=birth.year)
    found = retirement(context.law, sex, Month(birth.year, birth.month))
    return context.say("computed.dated", **found.figures, who=who, born=Month(birth.year, birth.month))
