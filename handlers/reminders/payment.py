"""The reminder of a payment when it is due, and the three buttons under it: paid, once more in some days, no more."""

from __future__ import annotations

import dataclasses
import datetime

from handlers.dialogue import filling
from handlers.dialogue.context import Context
from handlers.dialogue.filling import whom_named
from handlers.dialogue.records import PaymentTakenBack, PaymentTold, Record, ReminderMoved
from handlers.dialogue.reminder import Reminder, ToldPayment
from handlers.dialogue.turn import Button, Rows, Text, Turn
from handlers.dialogue.values import Values
from handlers.reminders import book, schedule
from handlers.reminders.buttons import button
from handlers.reminders.price import PRICED, changes, price, used_months
from law.base.month import Month

LATER = datetime.timedelta(days=3)
_LATE = datetime.timedelta(hours=12)


def due(context: Context, held: Reminder) -> Turn:
    """What is said at its time, by the law of this day; the reminder goes on to the next period.

    What was missed while nothing could be said is said once, with the periods that it is too late for.
    """
    values, now = held.values, context.message.at
    assert held.period is not None
    period, missed = schedule.still_payable(context, held.period, values.whole("months"))
    following, at = schedule.following(context, values, period)
    given = {**held.given, PRICED: str(context.month)}
    moved = dataclasses.replace(held, at=at, given=given, period=following, asked=period)
    said = _said(context, held, period, missed, late=now - held.at > _LATE)
    state = filling.set_aside(context.memory.state)  # its answers are of the reminder now
    return Turn((said,), state, (ReminderMoved(moved, touched=False),))


def _said(
    context: Context,
    held: Reminder,
    period: Month,
    missed: tuple[Month, ...] = (),
    *,
    late: bool = False,
    lead: str = "",
) -> Text:
    values = held.values
    used = used_months(context.memory.book, held.whom, period)
    then = _when_to_pay(context, values, period)
    priced, changed = price(then, values, used), changes(then, values, used)
    html = context.say(
        "reminder.due",
        whom=whom_named(context, held.whom),
        months=priced.months,
        period=period,
        until=period + (priced.months - 1),
        last=schedule.deadline(context, period, priced.months),
        today=context.message.today,
        own=priced.own,
        monthly_own=priced.monthly_own,
        support=priced.monthly_support,
        supported=priced.supported,
        income=priced.income,
        late=late,
        missed=missed,
        changed="" if changed is None else context.say("reminder.changed", **changed),
    )
    return Text(f"{lead}\n\n{html}" if lead else html, _buttons(context, held, period))


def _buttons(context: Context, held: Reminder, period: Month) -> Rows:
    stop = button(context, "reminder.stop", "stop", "pay", held.whom)
    return (
        (_about(context, "reminder.paid", "paid", held, period),),
        (_about(context, "reminder.later", "later", held, period), stop),
    )


def _about(context: Context, label: str, action: str, held: Reminder, period: Month) -> Button:
    """A button that names whose payment it is about and for which months, in the way it is paid now."""
    return button(context, label, action, held.whom, str(period), str(held.values.whole("months")))


def held_for(context: Context, whom: str) -> Reminder | None:
    """The reminder of the payments for one person."""
    return next((each for each in context.memory.reminders if each.kind == "pay" and each.whom == whom), None)


def asked(context: Context) -> Reminder | None:
    """The payment that somebody was reminded of and has not answered yet, the latest where there are several."""
    waiting = [each for each in context.memory.reminders if each.kind == "pay" and each.asked is not None]
    return max(waiting, key=lambda each: _asked_at(context, each), default=None)


def _asked_at(context: Context, held: Reminder) -> datetime.datetime:
    """When they were reminded of what is open; `at` is the next time already."""
    assert held.asked is not None
    return schedule.moment(context, held.values, held.asked)


def paid(context: Context, held: Reminder, period: Month, *, pressed: bool = True) -> Turn:
    """«Đã đóng»: written into the book by the law of this day, and on to the next period."""
    values = held.values
    if (before := _paid_before(context, held, period)) is not None:
        return before
    priced = price(_when_to_pay(context, values, period), values, used_months(context.memory.book, held.whom))
    entry = ToldPayment(held.whom, period, priced.months, priced.supported, priced.own, priced.support)
    moved = dataclasses.replace(held, asked=None)
    if held.period is None or held.period <= period:
        following, at = schedule.following(context, values, period)
        moved = dataclasses.replace(moved, period=following, at=at)
    sums = book.sums(context, (*context.memory.book, entry), held.whom)
    html = context.say(
        "reminder.noted_paid",
        whom=whom_named(context, held.whom),
        period=period,
        until=period + (priced.months - 1),
        months=priced.months,
        own=priced.own,
        next=moved.at.date(),
        hour=context.label("reminder.hour", hour=moved.at.hour),
        **sums,
    )
    rows = (
        (button(context, "reminder.book", "book"), button(context, "reminder.undo", "undo", held.whom, str(period))),
    )
    records: tuple[Record, ...] = (PaymentTold(entry), ReminderMoved(moved))
    return Turn((Text(html, rows, replaces=pressed),), context.memory.state, records)


def _paid_before(context: Context, held: Reminder, period: Month) -> Turn | None:
    """What is said where the book has this payment already; None where it has not."""
    if not any(each.whom == held.whom and each.period == period for each in context.memory.book):
        return None
    return Turn((Text(context.say("reminder.paid_before", period=period), _after(context)),), context.memory.state)


def _when_to_pay(context: Context, values: Values, period: Month) -> Context:
    """This day; the last day to pay where that has passed, for later nobody paid it by the law of later."""
    last = schedule.deadline(context, period, values.whole("months"))
    if last >= context.message.today:
        return context
    return context.at(datetime.datetime.combine(last, datetime.time(12), context.message.at.tzinfo).isoformat())


def _after(context: Context) -> Rows:
    return ((button(context, "reminder.book", "book"), button(context, "reminder.list", "list")),)


def later(context: Context, held: Reminder, period: Month, *, pressed: bool = True) -> Turn:
    """«Nhắc lại sau 3 ngày»: on the last day to pay at the latest; where that is today, it is said so."""
    if (before := _paid_before(context, held, period)) is not None:
        return before
    values, today = held.values, context.message.today
    last = schedule.deadline(context, period, values.whole("months"))
    day = min(today + LATER, last)
    at = schedule.at_hour(context, values, day, last)
    if at <= context.message.at:
        return Turn((Text(context.say("reminder.last_day", last=last, today=today)),), context.memory.state)
    moved = dataclasses.replace(held, at=at, period=period, asked=period)
    said = context.say("reminder.once_more", on=at.date(), hour=context.label("reminder.hour", hour=at.hour), last=last)
    rows = ((_about(context, "reminder.paid", "paid", held, period),),)
    return Turn((Text(said, rows, replaces=pressed),), context.memory.state, (ReminderMoved(moved),))


def undo(context: Context, held: Reminder, period: Month) -> Turn:
    """«Bấm nhầm»: what was told is taken back, and the question stands again, unless a later one does."""
    asked = period if held.asked is None else max(held.asked, period)
    records: tuple[Record, ...] = (
        PaymentTakenBack(held.whom, period),
        ReminderMoved(dataclasses.replace(held, asked=asked)),
    )
    said = _said(context, held, period, lead=context.say("reminder.taken_back"))
    return Turn((dataclasses.replace(said, replaces=True),), context.memory.state, records)


def pressed(context: Context, action: str, whom: str, month: str, months: str | None = None) -> Turn:
    """A button under a reminder, which names whom it is about, the period and how many months are paid at a time.

    Those of another way of paying are outdated; buttons made before that was named are taken as they are.
    """
    held = held_for(context, whom)
    try:
        period = Month.parse(month)
    except ValueError:
        return filling.outdated(context)
    if held is None or held.period is None or held.period - period > 2 * held.values.whole("months"):
        return filling.outdated(context)
    if months is not None and months != str(held.values.whole("months")):
        return filling.outdated(context)
    if action == "undo":
        return undo(context, held, period)
    return paid(context, held, period) if action == "paid" else later(context, held, period)
