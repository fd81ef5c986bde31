"""The price of one payment in chat, for the household as it was told."""

from __future__ import annotations

from handlers.dialogue.context import Context
from handlers.dialogue.values import Values
from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds
from law.paying.support import GROUPS


def groups_of(values: Values) -> tuple[str, ...]:
    """The groups the State's support goes by, as the group field was answered; none where it was not asked."""
    return values.words("group") if "group" in values else ()


def counting_group(context: Context, values: Values) -> str:
    """Of the groups named, the one that counts in this month."""
    floor = income_bounds(context.law, context.month).whole("minimum")
    return str(price(context, context.month, floor, groups_of(values), 1).figures["group"])


def price(context: Context, paid_in: Month, income: int, groups: tuple[str, ...], months: int) -> Estimate:
    """One payment on an income level that its month allows, with what the province adds."""
    top_up = context.resources.manner.local_top_up
    priced = contribution(context.law, paid_in, income, months, groups, local_top_up=top_up)
    if isinstance(priced, Refusal):
        raise ValueError(f"an income within the bounds was refused: {priced.reason}")
    return priced


def lowest_payment(context: Context, month: Month, *groups: str) -> int:
    """What a month costs at least in one of the groups, or in any."""
    floor = income_bounds(context.law, month).whole("minimum")
    return min(price(context, month, floor, (group,), 1).whole("monthly_own") for group in groups or GROUPS)


def in_thousands(income: int) -> int:
    """The level as a collector writes it."""
    return -(-income // 1000) * 1000
