"""Going on to pay from today: the price of the months to come, and of the missing time at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from law.base.estimate import Estimate, Figure
from law.base.month import Month
from law.base.rounding import ceiling
from law.base.working import Working
from law.paying.contribution import contribution
from law.paying.payment import missing_time_payment
from law.pension.history import Period


@dataclass(frozen=True, slots=True)
class Payer:
    """On which income a person pays, and what the State and the province add."""

    income: int
    groups: Collection[str] = ()
    supported_months_used: int = 0
    local_top_up: int = 0


def payback_months(paid: int, pension: int) -> int:
    """Months of a pension that make up what was paid, both in dong; the last one counts whole."""
    return ceiling(Fraction(paid, pension))


@dataclass(slots=True)
class Paying:
    """What paying on comes to: the first month's price, and the sum of own parts (dong).

    `periods` are the months paid that way, as a history holds them.
    """

    gross: int = 0
    support: int = 0
    own: int = 0
    total_own: int = 0
    periods: list[Period] = field(default_factory=list)


def pay_on(working: Working, first: Month, months: int, payer: Payer) -> Paying:
    """Price `months` from `first` on: one price between two changes of the law, raised to the floor there."""
    paying = Paying()
    if not months:
        return paying
    end, used = first + months, payer.supported_months_used
    limit = working.whole("state_support_max_months")
    changes = {Month.of(day) for day in working.law.change_dates()}
    starts = [first, *sorted(change for change in changes if first < change < end)]
    for start, following in pairwise((*starts, end)):
        income = max(payer.income, working.whole("rural_poverty_line", on=start))
        supported = min(following - start, max(0, limit - used))
        priced = _price(working, start, income, payer, used)
        paying.total_own += supported * priced.whole("own")
        if supported < following - start:
            full = _price(working, start, income, payer, limit)
            paying.total_own += (following - start - supported) * full.whole("own")
        paying.periods.append(Period(start, following + -1, income, todays_money=True))
        used += supported
        if start == first:
            paying.gross, paying.support = priced.whole("gross"), priced.whole("support")
            paying.own = priced.whole("own")
        if income > payer.income:
            working.warn("floor_rises", since=start, minimum=income, income=payer.income, own=priced.whole("own"))
    working.value("rural_poverty_line", on=end + -1)  # its stated period may be over by then, which is said
    return paying


def _price(working: Working, month: Month, income: int, payer: Payer, used: int) -> Estimate:
    priced = contribution(working.law, month, income, 1, payer.groups, used, payer.local_top_up)
    assert isinstance(priced, Estimate)
    return priced


def missing_at_once(working: Working, until: Month, missing: int, income: int) -> dict[str, Figure]:
    """Paying the missing time at once: how many months, when after paying on, about how much.

    `until`: the month up to which was paid when the age was reached, or up to now where that is past.

    The amount rests on the fund's return of the newest known year, so the option calls it an estimate; that
    the year is over is the one warning taken over.
    """
    if not missing:
        return dict.fromkeys(("lump_months", "lump_paid_in", "lump_gross", "lump_pension_from"))
    most = working.whole("missing_time_max_months", on=max(until, working.on))
    at_once = min(missing, most)
    paid_in = max(until + (missing - at_once), working.on)
    income = max(income, working.whole("rural_poverty_line", on=paid_in))
    priced = missing_time_payment(working.law, paid_in, income, at_once)
    gross = None
    if isinstance(priced, Estimate):
        gross = working.take(priced, warnings=("value_expired",)).whole("gross")
    working.option(
        "option_missing_time" if missing <= most else "option_missing_time_later",
        months=at_once,
        first=missing - at_once,
        paid_in=paid_in,
        pension_from=paid_in + 1,
        gross=gross,
    )
    return {
        "lump_months": at_once,
        "lump_paid_in": paid_in,
        "lump_gross": gross,
        "lump_pension_from": paid_in + 1,
    }


def say_allowances(working: Working) -> None:
    """What who has too few years may ask for instead."""
    working.option(
        "option_allowances",
        amount=working.whole("social_pension_amount"),
        age=working.whole("social_pension_age"),
        age_poor=working.whole("social_pension_age_poor"),
    )
