"""When a reminder is said: the day of the month and the hour that were chosen, never on a holiday, never too late.

A month without that day has it on its last one. What falls on a holiday comes on the first day after; where it would be
too late to pay then, on the last day before.
"""

from __future__ import annotations

import datetime

from handlers.dialogue.context import Context
from handlers.dialogue.reminder import QuietTimes
from handlers.dialogue.values import Values
from law.base.month import Month
from law.paying.deadlines import last_month_to_pay

_ONE = datetime.timedelta(days=1)
LONGEST_HOLIDAY = 31
"""Days; so many in a row would be a setting gone wrong."""


def last_day(month: Month) -> datetime.date:
    return (month + 1).first_day - _ONE


def day_in(month: Month, day: int) -> datetime.date:
    """The day of a month, or its last one where it has none."""
    return month.first_day.replace(day=min(day, last_day(month).day))


def clear_of_holidays(quiet: QuietTimes, day: datetime.date, last: datetime.date) -> datetime.date:
    """The first day from `day` on that is no holiday; where that is after `last`, the last one before it."""
    for step in (_ONE, -_ONE):
        found = day
        for _ in range(LONGEST_HOLIDAY):
            if found not in quiet.holidays and found <= last:
                return found
            found += step
    return min(day, last)


def offset(values: Values) -> int:
    """In which month of the period the person pays: 0 is its first."""
    after_harvest = values.get("harvest")
    chosen = after_harvest if isinstance(after_harvest, int) else values.get("offset", 0)
    return chosen if isinstance(chosen, int) else 0


def deadline(context: Context, period: Month, months: int) -> datetime.date:
    """The last day to pay for a period."""
    return last_day(last_month_to_pay(context.law, period, months))


def moment(context: Context, values: Values, period: Month) -> datetime.datetime:
    """When a person is reminded of a period, whatever has passed by now."""
    last = deadline(context, period, values.whole("months"))
    return at_hour(context, values, day_in(period + offset(values), values.whole("day")), last)


def at_hour(context: Context, values: Values, day: datetime.date, last: datetime.date) -> datetime.datetime:
    """A day, clear of holidays, at the hour chosen."""
    day = clear_of_holidays(context.resources.manner.quiet, day, last)
    return datetime.datetime.combine(day, datetime.time(values.whole("hour")), context.message.at.tzinfo)


def first(context: Context, values: Values, period: Month) -> tuple[Month, datetime.datetime]:
    """The first reminder from now on: of this period while it can be paid, else of the next one.

    Where its day has passed it is said on the next day.
    """
    now, months = context.message.at, values.whole("months")
    last, named = deadline(context, period, months), values.get("day.on")
    at = moment(context, values, period)
    if isinstance(named, str):
        at = at_hour(context, values, datetime.date.fromisoformat(named), last)
    if at <= now:
        at = at_hour(context, values, now.date() + _ONE, last)
    if at > now:
        return period, at
    return following(context, values, period)


def following(context: Context, values: Values, period: Month) -> tuple[Month, datetime.datetime]:
    """The next period after one, and when it is reminded of: later than now."""
    months = values.whole("months")
    period += months
    while (at := moment(context, values, period)) <= context.message.at:
        period += months
    return period, at


def still_payable(context: Context, period: Month, months: int) -> tuple[Month, tuple[Month, ...]]:
    """The first period from this one on that can be paid today, and those that it is too late for."""
    missed = list[Month]()
    while last_month_to_pay(context.law, period, months) < context.month:
        missed.append(period)
        period += months
    return period, tuple(missed)
