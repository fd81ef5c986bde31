"""What an amount brings when one is old, whoever pays it: after the fewest years, and after twenty."""

from __future__ import annotations

import math
from decimal import Decimal

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.ages import months_paid
from handlers.calculators.contribution import who_can_pay
from handlers.calculators.level import income_meant
from handlers.calculators.priced import in_thousands
from handlers.dialogue.context import Context
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds, next_floor
from law.pension.rate import minimum_months, pension_rate
from law.pension.retirement import SEXES

LONGER = 240
"""Months: what is shown beside the fewest that a pension needs."""


def at_a_glance(context: Context, facts: reading.Facts) -> str:
    """What an amount brings after the fewest years and after twenty, where it is not known who pays it."""
    coming = next_floor(context.law, context.month)
    lowest = coming or income_bounds(context.law, context.month)
    chosen = lowest.whole("minimum") if facts.level == "lowest" else None
    amount = facts.income or facts.payment or facts.money or chosen
    paid = facts.paid if facts.paid is not None else facts.own if facts.own is not None else facts.firm
    one = facts.sex is not None and facts.birth is not None and paid is not None
    least = minimum_months(context.law, context.month)
    personal = one and (facts.total is None or facts.total > max(paid or 0, least - 1))
    if amount is None or personal:
        return ""
    paid_in = context.month if coming is None else coming.month("since")
    groups, pays = facts.groups or ("other",), facts.payment is not None
    income = facts.income or income_meant(context, paid_in, amount, groups, pays)
    if income is None or income < income_bounds(context.law, context.month).whole("minimum"):
        return ""
    pays = pays or (facts.money is not None and income != amount)
    too_little = who_can_pay(context, facts) if facts.income is None else ""
    so_long = facts.total or (paid if paid is not None and paid >= least else None)
    spans = sorted({least, LONGER, *((so_long,) if so_long else ())})
    sexes = SEXES if facts.sex is None else (facts.sex,)
    rates = {(sex, months): pension_rate(context.law, sex, months, context.month) for sex in sexes for months in spans}
    rows = [
        {
            "months": months,
            "pensions": [
                {
                    "sex": context.label(fields.SEX_NAMES[sex]),
                    "pension": round(income * percent / 100),
                    "percent": percent,
                }
                for sex in sexes
                if isinstance(percent := rates[sex, months].figures["percent"], Decimal)
            ],
        }
        for months in spans
    ]
    said = context.say(
        "pension.at_a_glance",
        income=income,
        payment=amount if pays else None,
        too_little=too_little,
        rows=rows,
        least=least,
    )
    return "\n\n".join(filter(None, (too_little, said)))


def wished_at_a_glance(context: Context, facts: reading.Facts) -> str:
    """What a pension wished for would cost, after the fewest years and after twenty, of who has paid nothing so far;
    empty where none is wished, or it is known who wishes it."""
    paid = facts.paid or facts.own or facts.firm
    if facts.wanted is None or paid or (facts.sex is not None and facts.birth is not None):
        return ""
    coming = next_floor(context.law, context.month)
    paid_in = context.month if coming is None else coming.month("since")
    bounds = income_bounds(context.law, paid_in)
    groups = facts.groups or ("other",)
    sexes = SEXES if facts.sex is None else (facts.sex,)
    least = minimum_months(context.law, context.month)
    rows = [
        {
            "months": months,
            "levels": [
                {
                    "sex": context.label(fields.SEX_NAMES[sex]),
                    **_level_for(context, facts.wanted, percent, paid_in, groups),
                }
                for sex in sexes
                if isinstance(
                    percent := pension_rate(context.law, sex, months, context.month).figures["percent"], Decimal
                )
            ],
        }
        for months in (least, LONGER)
    ]
    return context.say(
        "goal.at_a_glance",
        wanted=facts.wanted,
        rows=rows,
        highest=bounds.whole("maximum"),
        since=coming and paid_in,
        **context.quote("support_max_months"),
    )


def _level_for(
    context: Context, wanted: int, percent: Decimal, paid_in: Month, groups: tuple[str, ...]
) -> dict[str, object]:
    """The income level of which so many percent are the pension wished for, with its price; None above the highest."""
    bounds = income_bounds(context.law, paid_in)
    level = max(bounds.whole("minimum"), in_thousands(math.ceil(wanted * 100 / percent)))
    if level > bounds.whole("maximum"):
        return {"income": None, "own": None}
    priced = contribution(context.law, paid_in, level, 1, groups, local_top_up=context.resources.manner.local_top_up)
    assert isinstance(priced, Estimate), "an income within the bounds has a price"
    return {"income": level, "own": priced.whole("monthly_own")}


def rate_at_a_glance(context: Context, facts: reading.Facts, *, asked: bool) -> str:
    """How many percent so many months bring, of a man and of a woman where it is not told who; empty where no length is
    told.

    Unless it is `asked` how many percent a length of time brings, an amount that is known makes money of it.
    """
    named = facts.span or facts.total
    months = named or months_paid(facts)
    amount = facts.payment or facts.income or facts.money or facts.past or facts.level
    known_well = facts.sex is not None and facts.birth is not None
    if not months or ((amount is not None or known_well) and not (asked and named)):
        return ""
    sexes = SEXES if facts.sex is None or reading.names_both_sexes(context.message.text) else (facts.sex,)
    rates = [
        {
            "sex": context.label(fields.SEX_NAMES[sex]),
            "percent": pension_rate(context.law, sex, months, context.month).figures["percent"],
        }
        for sex in sexes
    ]
    least = minimum_months(context.law, context.month)
    return context.say("pension.rate_at_a_glance", months=months, rates=rates, least=least, enough=months >= least)
