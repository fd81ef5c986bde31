"""What an amount brings when one is old, whoever pays it: after the fewest years, and after twenty."""

from __future__ import annotations

from decimal import Decimal

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.contribution import who_can_pay
from handlers.calculators.level import income_meant
from handlers.dialogue.context import Context
from law.paying.contribution import income_bounds, next_floor
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
    too_little = who_can_pay(context, facts) if facts.income is None else ""
    spans = sorted({least, LONGER, *((facts.total,) if facts.total else ())})
    sexes = SEXES if facts.sex is None else (facts.sex,)
    rates = {(sex, months): pension_rate(context.law, sex, months, context.month) for sex in sexes for months in spans}
    rows = [
        {
            "months": months,
            "pensions": [
                {"sex": context.label(fields.SEX_NAMES[sex]), "pension": round(income * percent / 100)}
                for sex in sexes
                if isinstance(percent := rates[sex, months].figures["percent"], Decimal)
            ],
        }
        for months in spans
    ]
    said = context.say(
        "pension.at_a_glance",
        income=income,
        payment=facts.payment,
        too_little=too_little,
        rows=rows,
        least=least,
    )
    return "\n\n".join(filter(None, (too_little, said)))
