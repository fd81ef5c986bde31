"""Numbers in a question are used: an amount is priced, a birth dated, and what a pension needs fills its form."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import reading
from handlers.calculators.fields import SEX_NAMES
from handlers.calculators.reasons import GROUP_NAMES
from handlers.dialogue.context import Context
from handlers.dialogue.state import FieldValue
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds
from law.pension.retirement import retirement, retirement_range
from vietnamese.normalize import normalize

PRICED = frozenset({"contribution_rate", "min_income", "max_income", "state_support", "change_level"})
"""Entries to which an income in the question is an input."""
DATED = frozenset({"pension_age", "pension_early", "wait_for_pension_age"})
"""Entries to which a sex and a birth are."""
FORECAST = frozenset({"pension_amount", "pension_age", "pension_min_years"})
"""Entries that the pension form answers better, when it is told enough."""
_LONGEST = 30
"""Words; the numbers of a longer letter are its story, and may be another person's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a short question states of a person, as far as it is clear."""

    sex: reading.Sex | None = None
    birth: reading.Birth | None = None
    months_paid: int | None = None
    amount: int | None = None
    """An income, or what is to be paid."""
    group: str | None = None
    wanted: int | None = None
    """A pension wished for."""


def facts(context: Context) -> Facts:
    """Read a question; a long letter states nothing that is sure to be the writer's."""
    text = context.message.text
    if len(text.split()) > _LONGEST:
        return Facts()
    birth = reading.find_birth(text, context.message.today)
    groups = reading.find_groups(text) or frozenset()
    wanted = reading.wanted_pension(text)
    return Facts(
        reading.find_sex(text) or reading.sex_of_born(normalize(text)),
        None if birth is None or birth.approximate else birth,
        reading.find_duration_months(text),
        reading.find_money(text) if wanted is None else None,
        next(iter(groups)) if len(groups) == 1 else None,
        wanted,
    )


def goal_values(stated: Facts) -> dict[str, FieldValue] | None:
    """The fields of the form of a wanted pension that a question fills; None when it wishes for none."""
    if stated.wanted is None:
        return None
    values: dict[str, FieldValue] = {"wanted": stated.wanted}
    if stated.sex is not None:
        values["sex"] = stated.sex
    if stated.birth is not None:
        values["born"] = stated.birth.year
        if stated.birth.month is not None:
            values["month"] = stated.birth.month
    return values


def pension_values(stated: Facts) -> dict[str, FieldValue] | None:
    """The fields of the pension form a question fills; None when it states too little to open the form."""
    if stated.sex is None or stated.birth is None or stated.months_paid is None:
        return None
    values: dict[str, FieldValue] = {"sex": stated.sex, "born": stated.birth.year, "paid": stated.months_paid}
    if stated.birth.month is not None:
        values["month"] = stated.birth.month
    return values


def prices(context: Context, entry_id: str, stated: Facts) -> bool:
    """Whether a question to this entry states an income that its answer prices."""
    return entry_id == "contribution_rate" and stated.amount is not None and bool(lead(context, entry_id, stated))


def lead(context: Context, entry_id: str, stated: Facts) -> str:
    """What the law makes of the numbers in a question to this entry; nothing where they are no input to it."""
    if entry_id in PRICED and stated.amount is not None:
        return _priced(context, stated.amount, stated.group or "other")
    if entry_id in DATED and stated.sex is not None and stated.birth is not None:
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
