"""The reminder of a payment when it is due, and the three buttons under it: paid, once more in some days, no more."""

from __future__ import annotations

import dataclasses
import datetime

from handlers.dialogue import filling
from handlers.dialogue.context import Context
from handlers.dialogue.filling import WHOM
from handlers.dialogue.records import PaymentTakenBack, PaymentTold, Record, ReminderMoved
from handlers.dialogue.reminder import Reminder, ToldPayment
from handlers.dialogue.turn import Rows, Text, Turn
from handlers.reading import Whom
from handlers.reminders import book, schedule
from handlers.reminders.buttons import button
from handlers.reminders.price import PRICED, changes, price, used_months
from law.base.month import Month

LATER = datetime.timedelta(days=3)
_LATE = datetime.timedelta(hours=12)


def named(context: Context, whom: Whom) -> str:
    """«cho mẹ»; empty where it is the person themselves."""
    return "" if whom == "self" else context.label(WHOM[whom])


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
    return Turn((said,), context.memory.state, (ReminderMoved(moved, touched=False),))


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
    priced, changed = price(context, values, used), changes(context, values, used)
    html = context.say(
        "reminder.due",
        whom=named(context, held.whom),
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
    return Text(f"{lead}\n\n{html}" if lead else html, _buttons(context, held.whom, period))


def _buttons(context: Context, whom: Whom, period: Month) -> Rows:
    of = (whom, str(period))
    return (
        (button(context, "reminder.paid", "paid", *of),),
        (button(context, "reminder.later", "later", *of), button(context, "reminder.stop", "stop", "pay", whom)),
    )


def held_for(context: Context, whom: str) -> Reminder | None:
    """The reminder of the payments for one person."""
    return next((each for each in context.memory.reminders if each.kind == "pay" and each.whom == whom), None)


def asked(context: Context) -> Reminder | None:
    """The payment that somebody was reminded of and has not answered yet, the latest where there are several."""
    waiting = [each for each in context.memory.reminders if each.kind == "pay" and each.asked is not None]
    return max(waiting, key=lambda each: each.at, default=None)


def paid(context: Context, held: Reminder, period: Month, *, pressed: bool = True) -> Turn:
    """«Đã đóng»: written into the book by the law of this day, and on to the next period."""
    values = held.values
    if any(each.whom == held.whom and each.period == period for each in context.memory.book):
        return Turn((Text(context.say("reminder.paid_before", period=period), _after(context)),), context.memory.state)
    priced = price(context, values, used_months(context.memory.book, held.whom))
    entry = ToldPayment(held.whom, period, priced.months, priced.supported, priced.own, priced.support)
    moved = dataclasses.replace(held, asked=None)
    if held.period is None or held.period <= period:
        following, at = schedule.following(context, values, period)
        moved = dataclasses.replace(moved, period=following, at=at)
    sums = book.sums(context, (*context.memory.book, entry), held.whom)
    html = context.say(
        "reminder.noted_paid",
        whom=named(context, held.whom),
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


def _after(context: Context) -> Rows:
    return ((button(context, "reminder.book", "book"), button(context, "reminder.list", "list")),)


def later(context: Context, held: Reminder, period: Month, *, pressed: bool = True) -> Turn:
    """«Nhắc lại sau 3 ngày»: on the last day to pay at the latest; where that is today, it is said so."""
    values, today = held.values, context.message.today
    last = schedule.deadline(context, period, values.whole("months"))
    day = min(today + LATER, last)
    at = schedule.at_hour(context, values, day, last)
    if at <= context.message.at:
        return Turn((Text(context.say("reminder.last_day", last=last, today=today)),), context.memory.state)
    moved = dataclasses.replace(held, at=at, period=period, asked=period)
    said = context.say("reminder.once_more", on=at.date(), hour=context.label("reminder.hour", hour=at.hour), last=last)
    rows = ((button(context, "reminder.paid", "paid", held.whom, str(period)),),)
    return Turn((Text(said, rows, replaces=pressed),), context.memory.state, (ReminderMoved(moved),))


def undo(context: Context, held: Reminder, period: Month) -> Turn:
    """«Bấm nhầm»: what was told is taken back, and the question stands again."""
    records: tuple[Record, ...] = (
        PaymentTakenBack(held.whom, period),
        ReminderMoved(dataclasses.replace(held, asked=period)),
    )
    said = _said(context, held, period, lead=context.say("reminder.taken_back"))
    return Turn((dataclasses.replace(said, replaces=True),), context.memory.state, records)


def pressed(context: Context, action: str, whom: str, month: str) -> Turn:
    """A button under a reminder, which names whom it is about and the period."""
    held = held_for(context, whom)
    try:
        period = Month.parse(month)
    except ValueError:
        return filling.outdated(context)
    if held is None or held.period is None or held.period - period > 2 * held.values.whole("months"):
        return filling.outdated(context)
    if action == "undo":
        return undo(context, held, period)
    return paid(context, held, period) if action == "paid" else later(context, held, period)
