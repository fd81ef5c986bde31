"""What a payment of a reminder costs by the law of the day, and what changed since it was told last."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.calculators.amount import MEANT
from handlers.calculators.contribution import chosen_income
from handlers.calculators.priced import groups_of, in_thousands
from handlers.dialogue.context import Context
from handlers.dialogue.reminder import ToldPayment
from handlers.dialogue.values import Values
from handlers.reading import Whom
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds

PRICED = "priced"
"""Of what a reminder goes by: the month in which its price was told last."""


@dataclass(frozen=True, slots=True)
class ReminderPrice:
    """One payment, in dong; the monthly ones are of one month, `supported` how many months the State helps."""

    months: int
    income: int
    own: int
    monthly_own: int
    support: int
    monthly_support: int
    supported: int
    minimum: int
    raised: bool
    """Whether the income or the payment that was chosen is below the lowest of the day."""


def price(context: Context, values: Values, used: int) -> ReminderPrice:
    """The payment of a reminder by the law of the day of the message, after `used` months of support."""
    income, raised = chosen_income(context, values, used)
    months, top_up = values.whole("months"), context.resources.manner.local_top_up
    found = contribution(context.law, context.month, income, months, groups_of(values), used, top_up)
    if not isinstance(found, Estimate):
        raise ValueError(f"an income within the bounds was refused: {found.reason}")
    own, monthly = found.whole("own"), found.whole("monthly_own")
    minimum = income_bounds(context.law, context.month).whole("minimum")
    if values.get(MEANT) == "payment" and not raised:  # as it was named, whatever dong the level would round to
        monthly, income = values.whole("amount"), in_thousands(income)
        own = monthly * months
    named = values.get("income") if "income" in values else values.get("amount")
    level = named if values.get(MEANT) == "income" or "income" in values else None
    return ReminderPrice(
        months,
        income,
        own,
        monthly,
        found.whole("support"),
        found.whole("monthly_support"),
        found.whole("supported_months"),
        minimum,
        raised or (isinstance(level, int) and level < minimum),
    )


def used_months(book: Iterable[ToldPayment], whom: Whom, but: Month | None = None) -> int:
    """The months that the State helped to pay, as they were told; without those of the period `but`."""
    return sum(each.supported for each in book if each.whom == whom and (but is None or each.period != but))


def price_of(context: Context, values: Values, used: int, month: Month) -> ReminderPrice:
    """The same by the law of another month."""
    noon = datetime.datetime.combine(month.first_day, datetime.time(12), context.message.at.tzinfo)
    return price(context.at(noon.isoformat()), values, used)


def touches(before: ReminderPrice, now: ReminderPrice) -> bool:
    """Whether the law changed what somebody pays, what the State pays of it, or what it is paid for."""
    figures = [(each.income, each.monthly_own, each.monthly_support) for each in (before, now)]
    return figures[0] != figures[1]


def changes(context: Context, values: Values, used: int, *, only_own: bool = False) -> dict[str, object] | None:
    """What changed in the law since the price was told last; None where nothing did.

    `only_own`: a new floor that touches nothing of this payment is no change.
    """
    told = values.get(PRICED)
    if not isinstance(told, str) or Month.parse(told) >= context.month:
        return None
    before, now = price_of(context, values, used, Month.parse(told)), price(context, values, used)
    if not touches(before, now) and (only_own or before.minimum == now.minimum):
        return None
    return difference(context, values, before, now, context.month)


def difference(
    context: Context, values: Values, before: ReminderPrice, now: ReminderPrice, month: Month
) -> dict[str, object]:
    """Two prices of one payment beside each other, the later of them by the law of a month."""
    return {
        "coming": month > context.month,
        "since": context.law.on(month).value("rural_poverty_line").since,
        "minimum_before": before.minimum,
        "minimum": now.minimum,
        "own_before": before.monthly_own,
        "own": now.monthly_own,
        "support_before": before.monthly_support,
        "support": now.monthly_support,
        "income_before": before.income,
        "income": now.income,
        "raised": now.raised,
        "lowest": values.get("amount") == "lowest",
        "payment": values.get(MEANT) == "payment",
        "named": values.get("amount"),
    }
