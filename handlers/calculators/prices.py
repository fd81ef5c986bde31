"""What paying on costs: from each month in which the price changes, and which of these prices is the one that lasts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.dialogue.context import Context
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, prices_ahead

_LASTS = 12
"""Months: a price that holds for a shorter time is not what a plan of years is told by."""
_HALF_YEAR = 6
"""Months: one of the ways to pay, and a crop."""
_LATE = 20
"""The last day of a month on which a plan begins with that month."""


def first_to_pay(context: Context, paid_until: Month | None = None) -> Month:
    """The first month a plan of paying every month begins with; `paid_until`: the last month paid, where it is known.

    Who pays every month may do so until the month ends (Luật 41/2024 Điều 36). So the present month is the first one,
    until so little of it is left that who only now makes plans can't be counted on to be in time: then the next, and
    `still_in_time` says until when the present one can be had. The law sets no day for that.
    """
    first = context.month if context.message.today.day <= _LATE else context.month + 1
    return first if paid_until is None else max(first, paid_until + 1)


def still_in_time(context: Context, first: Month) -> datetime.date | None:
    """The last day to pay for the present month where a plan begins after it; None of one that begins with it."""
    return last_day(context.month) if first > context.month else None


def last_day(month: Month) -> datetime.date:
    """The last day of a month, on which it can still be paid."""
    return (month + 1).first_day - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Price:
    """The own payment a month from `since` up to and including `until`, and for six months at once; dong.

    `income` is the level it is paid on, `lowest_income` the lowest then; `support` is what the State and the province
    add a month.
    """

    since: Month
    until: Month
    own: int
    half_year: int
    income: int
    lowest_income: int
    support: int

    @property
    def months(self) -> int:
        return self.until - self.since + 1


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of a plan, in the order of time; `lasting` is the one to tell first."""

    every: tuple[Price, ...]
    lasting: Price

    @property
    def earlier(self) -> tuple[Price, ...]:
        """What it is until the lasting one holds."""
        return tuple(each for each in self.every if each.since < self.lasting.since)

    @property
    def later(self) -> tuple[Price, ...]:
        return tuple(each for each in self.every if each.since > self.lasting.since)

    @property
    def unsupported(self) -> Price | None:
        """The first price without State support, of who had some before."""
        return next((each for each in self.every[1:] if not each.support), None)


def prices(
    context: Context, first: Month, months: int, income: int, groups: Sequence[str], supported_months_used: int = 0
) -> Prices | None:
    """What `months` from `first` on cost on an income, paid every month; None where there is nothing to pay.

    The price that lasts is the first that holds for a year, or the longest where none does. An income under a floor
    to come is raised to it there.
    """
    if not months:
        return None
    law, top_up, after = context.law, context.resources.manner.local_top_up, first + months
    ahead = prices_ahead(law, first, income, groups, supported_months_used, top_up)
    changes = [month for month in ahead if month < after]
    every = []
    for since, following in zip(changes, (*changes[1:], after), strict=True):
        one, lowest = ahead[since], ahead[since].whole("minimum")
        level = max(income, lowest)
        used = supported_months_used + (since - first)
        half = contribution(law, since, level, _HALF_YEAR, groups, used, top_up)
        assert isinstance(half, Estimate), "an income within the bounds has a price"
        support = one.whole("monthly_support") + one.whole("monthly_local_top_up")
        every.append(Price(since, following + -1, one.whole("monthly_own"), half.whole("own"), level, lowest, support))
    lasting = next((each for each in every if each.months >= _LASTS), None) or max(every, key=lambda each: each.months)
    return Prices(tuple(every), lasting)


def monthly(context: Context, found: Prices) -> str:
    """«387.200 đ một tháng từ tháng 1/2027 (tháng 12/2026: 264.000 đ)», as HTML."""
    ended = found.unsupported
    return context.say(
        "prices.monthly",
        lasting=found.lasting,
        earlier=found.earlier,
        later=found.later,
        unsupported=None if ended is None else ended.since,
    )
