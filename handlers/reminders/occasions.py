"""Reminders beside the payments, each asked for by itself: the State's help ends, the age, the years, the law."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from typing import Literal

from handlers import reading
from handlers.calculators import fields
from handlers.dialogue import filling, person
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.filling import WHOM, whom_named
from handlers.dialogue.form import Choice, Field, Finished, Form, Got, Question, Reading
from handlers.dialogue.records import ReminderMoved, ReminderSet, ReminderStopped
from handlers.dialogue.reminder import Reminder
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from handlers.dialogue.values import Values
from handlers.reading import Whom
from handlers.reminders import announcements, book, schedule
from handlers.reminders.buttons import button, not_here
from handlers.reminders.payment import held_for
from handlers.reminders.price import PRICED, changes, difference, price, price_of, touches, used_months
from law.base.month import Month
from law.paying.contribution import next_floor
from law.pension.retirement import retirement

Occasion = Literal["support", "age", "years", "law"]
OCCASIONS: tuple[Occasion, ...] = ("support", "age", "years", "law")
OF_PAYMENTS = ("support", "law")
"""What goes by the reminder of the payments, and ends with it."""
LABEL = OneOf("reminder.occasion_{}", OCCASIONS)
_BEFORE_THE_AGE = 6
_SOON = 2
"""Months: a change of the law is told so long before at most."""
_YEARLY = datetime.date(2000, 1, 10)
"""The day of each year on which it is said how long it still is to fifteen years."""
_OF_CHANGES = 3
"""The day of each month on which it is looked whether the law changes."""
_HOUR, _DAY = 8, 5
"""When it is said to who is not reminded of payments."""
_TOLD = "told"


# --- asked for -----------------------------------------------------------------------------------


def offered(context: Context, whom: str) -> Turn:
    """«Nhắc thêm»: what else somebody may be reminded of, and what is kept for it."""
    if whom not in WHOM:
        return filling.outdated(context)
    if not context.memory.can_remind:
        return not_here(context)
    held = {each.kind for each in context.memory.reminders if each.whom == whom}
    pays = held_for(context, whom) is not None
    fitting = [each for each in OCCASIONS if each not in held and (pays or each not in OF_PAYMENTS)]
    buttons = [button(context, LABEL[each], "also", each, whom) for each in fitting]
    rows = (
        *in_rows(buttons, 1),
        (announcements.button(context, "announcements.news", "open"),),
        (button(context, "reminder.list", "list"),),
    )
    return Turn((Text(context.say("reminder.more_told", none=not fitting, pays=pays), rows),), context.memory.state)


def wanted(context: Context, kind: str, whom: str) -> Turn:
    """One of them was chosen."""
    one = next((each for each in OCCASIONS if each == kind), None)
    of = next((each for each in WHOM if each == whom), None)
    if one is None or of is None:
        return filling.outdated(context)
    if not context.memory.can_remind:
        return not_here(context)
    if one == "age":
        if of != context.memory.state.whom:
            context = person.told(context, reading.Facts(whom=of))
        return filling.begin(FORM, context)
    pay = held_for(context, of)
    at = _FIRST[one](context, of, pay)
    if at is None:
        return Turn(
            (Text(context.say("reminder.nothing_to_remind", kind=one, pays=pay is not None)),), context.memory.state
        )
    return _set(context, Reminder(one, of, at, {PRICED: str(context.month)}))


def _set(context: Context, reminder: Reminder) -> Turn:
    whom, pay = reminder.whom, held_for(context, reminder.whom)
    by_the_book = reminder.kind in ("support", "years")
    untold = by_the_book and not any(each.whom == whom and each.period is None for each in context.memory.book)
    said = context.say(
        "reminder.also_set",
        what=context.label(LABEL[reminder.kind]) if reminder.kind in LABEL else "",  # type: ignore[index]
        at=reminder.at.date(),
        kind=reminder.kind,
        last=None if pay is None or reminder.kind != "support" else last_supported(context, pay),
        untold=untold,
    )
    rows = (
        *(((button(context, "reminder.before", "before", whom),),) if untold else ()),
        (
            button(context, "reminder.list", "list"),
            button(context, "reminder.stop", "stop", reminder.kind, reminder.whom),
        ),
    )
    return Turn((Text(said, rows),), context.memory.state, (ReminderSet(reminder),))


def _hour(pay: Reminder | None) -> int:
    return _HOUR if pay is None else pay.values.whole("hour")


def _on(context: Context, day: datetime.date, pay: Reminder | None) -> datetime.datetime:
    """A day at the hour of the payments, clear of holidays; tomorrow where it has passed."""
    day = max(day, context.message.today + datetime.timedelta(days=1))
    day = schedule.clear_of_holidays(context.resources.manner.quiet, day, day + datetime.timedelta(days=31))
    return datetime.datetime.combine(day, datetime.time(_hour(pay)), context.message.at.tzinfo)


def _support_at(context: Context, whom: Whom, pay: Reminder | None) -> datetime.datetime | None:
    """The next time they are reminded of a payment: each time it is looked whether it is the last one supported, for
    what they tell of what they paid moves that. None where no supported month is left."""
    if pay is None or pay.period is None or _support_left(context, whom) <= 0:
        return None
    return pay.at if pay.at > context.message.at else schedule.following(context, pay.values, pay.period)[1]


def last_supported(context: Context, pay: Reminder) -> Month:
    """The first month of the payment that the State helps with last, if every one from now on is made."""
    months, left = pay.values.whole("months"), _support_left(context, pay.whom)
    return _unpaid(context, pay) + months * ((max(1, left) - 1) // months)


def supported_until(context: Context, held: Reminder) -> Month | None:
    """Of a reminder of the last supported payment: when that is; None of any other."""
    pay = held_for(context, held.whom) if held.kind == "support" else None
    return None if pay is None else last_supported(context, pay)


def _unpaid(context: Context, pay: Reminder) -> Month:
    """The first period, as far as they told, that is to be paid and still can be."""
    first = pay.asked or pay.period
    assert first is not None
    return schedule.still_payable(context, first, pay.values.whole("months"))[0]


def _support_left(context: Context, whom: Whom) -> int:
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    return limit - used_months(context.memory.book, whom)


def _years_at(context: Context, whom: Whom, pay: Reminder | None) -> datetime.datetime | None:
    today = context.message.today
    day = _YEARLY.replace(year=today.year)
    return _on(context, day if day > today else day.replace(year=today.year + 1), pay)


def _law_at(context: Context, whom: Whom, pay: Reminder | None) -> datetime.datetime | None:
    if pay is None:
        return None
    day = context.message.today.replace(day=_OF_CHANGES)
    return _on(context, day if day > context.message.today else schedule.day_in(context.month + 1, _OF_CHANGES), pay)


_FIRST: Mapping[str, Callable[[Context, Whom, Reminder | None], datetime.datetime | None]] = {
    "support": _support_at,
    "years": _years_at,
    "law": _law_at,
}


# --- the age -------------------------------------------------------------------------------------


def _reached(context: Context, values: Values) -> Month:
    return retirement(context.law, values.text("sex"), fields.birth(values)).month("reached")


def _age_at(context: Context, values: Values, whom: Whom) -> datetime.datetime:
    """Half a year before the age; tomorrow where it is nearer than that."""
    return _on(context, schedule.day_in(_reached(context, values) + -_BEFORE_THE_AGE, _DAY), held_for(context, whom))


def _is_ahead(context: Context, values: Values) -> bool:
    """Whether the age is still to come: of what has passed nobody is to be reminded."""
    return _reached(context, values) >= context.month


def _ask_agreed(context: Context, values: Values) -> Question:
    at = _age_at(context, values, context.memory.state.whom).date()
    html = context.say("reminder.age_agreed", reached=_reached(context, values), at=at)
    return Question(html, (Choice("yes", context.label("reminder.agree"), {"agreed": True}),))


def _read_agreed(context: Context, values: Values, text: str) -> Reading:
    answer = reading.agrees(text)
    return None if answer is None else Got({"agreed": answer})


def _finish(context: Context, ended: FormState) -> Finished:
    values, whom = Values(ended.values), context.memory.state.whom
    if not _is_ahead(context, values):
        return Finished((_of_age(context, values, whom),))
    if not values.yes("agreed"):
        return Finished((Text(context.say("reminder.not_agreed")),))
    kept = {name: values[name] for name in ("sex", "born", "month")}
    turn = _set(context, Reminder("age", whom, _age_at(context, values, whom), kept))
    return Finished(turn.replies, turn.records)


FORM = Form(
    "reminder_of_age",
    "nhac",
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        Field("agreed", _ask_agreed, _read_agreed, "reminder.example_agreed", _is_ahead),
    ),
    _finish,
)
"""Of whom the age is to be told: sex and birth, where they are not known."""


# --- at its time ---------------------------------------------------------------------------------


def due(context: Context, held: Reminder) -> Turn:
    """What is said of it now; what is not true yet is put off, and what was said once ends."""
    return _DUE[held.kind](context, held)


def _put_off(context: Context, held: Reminder, at: datetime.datetime | None, *replies: Text) -> Turn:
    over = ReminderStopped(held.kind, held.whom)
    record = over if at is None else ReminderMoved(dataclasses.replace(held, at=at), touched=False)
    return Turn(replies, context.memory.state, (record,))


def _stop(context: Context, held: Reminder) -> Button:
    return button(context, "reminder.stop", "stop", held.kind, held.whom)


def _support_due(context: Context, held: Reminder) -> Turn:
    pay, left = held_for(context, held.whom), _support_left(context, held.whom)
    if pay is None or pay.period is None:
        return _put_off(context, held, None)
    months = pay.values.whole("months")
    if left > months:
        return _put_off(context, held, _support_at(context, held.whom, pay))
    after, period = (
        price(context, pay.values, used_months(context.memory.book, held.whom) + left),
        _unpaid(context, pay),
    )
    html = context.say(
        "reminder.support_due",
        whom=whom_named(context, held.whom),
        limit=context.law.on(context.month).value("state_support_max_months").whole(),
        left=left,
        months=months,
        period=period,
        until=period + (months - 1),
        own=after.monthly_own,
        income=after.income,
    )
    return _put_off(context, held, None, Text(html, ((button(context, "reminder.book", "book"),),)))


def _age_due(context: Context, held: Reminder) -> Turn:
    return _put_off(context, held, None, _of_age(context, held.values, held.whom))


def _of_age(context: Context, values: Values, whom: Whom) -> Text:
    """When somebody reaches the age, or reached it, and what to prepare."""
    found = retirement(context.law, values.text("sex"), fields.birth(values))
    html = context.say(
        "reminder.age_due",
        whom=whom_named(context, whom),
        gone=found.month("reached") < context.month,
        reached=found.month("reached"),
        since=found.month("pension_from"),
        years=found.whole("age_years"),
        months=found.whole("age_months"),
        **book.sums(context, context.memory.book, whom),
    )
    return Text(html, ((context.button("reminder.papers", ANSWER, "pension_documents"),),))


def _years_due(context: Context, held: Reminder) -> Turn:
    sums = book.sums(context, context.memory.book, held.whom)
    html = context.say("reminder.years_due", whom=whom_named(context, held.whom), **sums)
    to_book = button(context, "reminder.book", "book")
    if not sums["to_pension"]:
        return _put_off(context, held, None, Text(html, ((to_book,),)))
    before = () if sums["before"] else ((button(context, "reminder.before", "before", held.whom),),)
    rows = (*before, (to_book, _stop(context, held)))
    at = _years_at(context, held.whom, held_for(context, held.whom))
    return _put_off(context, held, at, Text(html, rows))


def _law_due(context: Context, held: Reminder) -> Turn:
    pay = held_for(context, held.whom)
    at = _law_at(context, held.whom, pay)
    if pay is None or at is None:
        return _put_off(context, held, None)
    used, told = used_months(context.memory.book, held.whom), _told(held)
    known = {PRICED: str(context.month), **({_TOLD: str(told)} if told is not None else {})}
    coming = next_floor(context.law, context.month)
    since = None if coming is None else coming.month("since")
    figures: dict[str, object] | None = None
    if since is not None and since - context.month <= _SOON and since != told:
        figures = _coming(context, pay.values, used, since)
        known[_TOLD] = str(since)
    if figures is None:  # what came since it was looked last, but for what was told ahead
        before = held.values.month(PRICED)
        before = before if told is None or told > context.month else max(before, told)
        figures = changes(context, pay.values.but(**{PRICED: str(before)}), used, only_own=True)
    moved = ReminderMoved(dataclasses.replace(held, at=at, given=known), touched=False)
    if figures is None:
        return Turn((), context.memory.state, (moved,))
    html = context.say(
        "reminder.due_law", whom=whom_named(context, held.whom), changed=context.say("reminder.changed", **figures)
    )
    rows = ((_stop(context, held),),)
    return Turn((Text(html, rows),), context.memory.state, (moved,))


def _told(held: Reminder) -> Month | None:
    """The month of the last change that was told before it came."""
    told = held.given.get(_TOLD)
    return Month.parse(told) if isinstance(told, str) else None


def _coming(context: Context, values: Values, used: int, since: Month) -> dict[str, object] | None:
    """What a payment costs now, and in a month to come; None where that is the same."""
    now, then = price(context, values, used), price_of(context, values, used, since)
    return difference(context, values, now, then, since) if touches(now, then) else None


_DUE: Mapping[str, Callable[[Context, Reminder], Turn]] = {
    "support": _support_due,
    "age": _age_due,
    "years": _years_due,
    "law": _law_due,
}
