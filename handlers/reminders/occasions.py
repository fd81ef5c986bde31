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
from handlers.dialogue.filling import WHOM
from handlers.dialogue.form import Choice, Field, Finished, Form, Got, Question, Reading
from handlers.dialogue.records import ReminderMoved, ReminderSet, ReminderStopped
from handlers.dialogue.reminder import Reminder
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from handlers.dialogue.values import Values
from handlers.reading import Whom
from handlers.reminders import book, schedule
from handlers.reminders.buttons import button
from handlers.reminders.payment import held_for, named
from handlers.reminders.price import PRICED, changes, difference, price, used_months
from law.base.month import Month
from law.paying.contribution import next_floor
from law.pension.retirement import retirement

Occasion = Literal["support", "age", "years", "law"]
OCCASIONS: tuple[Occasion, ...] = ("support", "age", "years", "law")
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
    held = {each.kind for each in context.memory.reminders if each.whom == whom}
    pays = held_for(context, whom) is not None
    fitting = [each for each in OCCASIONS if each not in held and (pays or each in ("age", "years"))]
    buttons = [button(context, LABEL[each], "also", each, whom) for each in fitting]
    rows = (*in_rows(buttons, 1), (button(context, "reminder.list", "list"),))
    return Turn((Text(context.say("reminder.more_told", none=not fitting, pays=pays), rows),), context.memory.state)


def wanted(context: Context, kind: str, whom: str) -> Turn:
    """One of them was chosen."""
    one = next((each for each in OCCASIONS if each == kind), None)
    of = next((each for each in WHOM if each == whom), None)
    if one is None or of is None:
        return filling.outdated(context)
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
    said = context.say(
        "reminder.also_set",
        what=context.label(LABEL[reminder.kind]) if reminder.kind in LABEL else "",  # type: ignore[index]
        at=reminder.at.date(),
        kind=reminder.kind,
        monthly=reminder.kind == "law",
    )
    rows = (
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
    """When the period comes in which the last supported month is paid; None where none is left."""
    left = _support_left(context, whom)
    if pay is None or pay.period is None or left <= 0:
        return None
    months = pay.values.whole("months")
    period = pay.period + months * ((left - 1) // months)
    return max(schedule.moment(context, pay.values, period), _on(context, context.message.today, pay))


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


def _ask_agreed(context: Context, values: Values) -> Question:
    reached = retirement(context.law, values.text("sex"), fields.birth(values)).month("reached")
    html = context.say("reminder.age_agreed", reached=reached, gone=reached <= context.month)
    return Question(html, (Choice("yes", context.label("reminder.agree"), {"agreed": True}),))


def _read_agreed(context: Context, values: Values, text: str) -> Reading:
    answer = True if reading.is_send(text) else reading.yes_no(text)
    return None if answer is None else Got({"agreed": answer})


def _finish(context: Context, ended: FormState) -> Finished:
    values, whom = Values(ended.values), context.memory.state.whom
    if not values.yes("agreed"):
        return Finished((Text(context.say("reminder.not_agreed")),))
    reached = retirement(context.law, values.text("sex"), fields.birth(values)).month("reached")
    pay = held_for(context, whom)
    at = _on(context, schedule.day_in(reached + -_BEFORE_THE_AGE, _DAY), pay)
    kept = {name: values[name] for name in ("sex", "born", "month")}
    turn = _set(context, Reminder("age", whom, at, kept))
    return Finished(turn.replies, turn.records)


FORM = Form(
    "reminder_of_age",
    "nhac",
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        Field("agreed", _ask_agreed, _read_agreed, "reminder.example_agreed"),
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
    at = _support_at(context, held.whom, pay)
    if pay is None or pay.period is None:
        return _put_off(context, held, None)
    if left > pay.values.whole("months") and at is not None:
        return _put_off(context, held, at)
    after = price(context, pay.values, used_months(context.memory.book, held.whom) + max(0, left))
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    html = context.say(
        "reminder.support_due", whom=named(context, held.whom), limit=limit, left=max(0, left), own=after.monthly_own
    )
    return _put_off(context, held, None, Text(html, ((button(context, "reminder.book", "book"),),)))


def _age_due(context: Context, held: Reminder) -> Turn:
    found = retirement(context.law, held.values.text("sex"), fields.birth(held.values))
    html = context.say(
        "reminder.age_due",
        whom=named(context, held.whom),
        reached=found.month("reached"),
        since=found.month("pension_from"),
        years=found.whole("age_years"),
        months=found.whole("age_months"),
        **book.sums(context, context.memory.book, held.whom),
    )
    papers = context.button("reminder.papers", ANSWER, "pension_documents")
    return _put_off(context, held, None, Text(html, ((papers,),)))


def _years_due(context: Context, held: Reminder) -> Turn:
    sums = book.sums(context, context.memory.book, held.whom)
    html = context.say("reminder.years_due", whom=named(context, held.whom), **sums)
    at = _years_at(context, held.whom, held_for(context, held.whom)) if sums["to_pension"] else None
    rows = ((button(context, "reminder.book", "book"), _stop(context, held)),)
    return _put_off(context, held, at, Text(html, rows))


def _law_due(context: Context, held: Reminder) -> Turn:
    pay = held_for(context, held.whom)
    at = _law_at(context, held.whom, pay)
    if pay is None or at is None:
        return _put_off(context, held, None)
    used, coming = used_months(context.memory.book, held.whom), next_floor(context.law, context.month)
    since = None if coming is None else coming.month("since")
    known = {PRICED: str(context.month), _TOLD: held.given.get(_TOLD)}
    figures: dict[str, object] | None = None
    if since is not None and since - context.month <= _SOON and held.given.get(_TOLD) != str(since):
        figures = _coming(context, pay.values, used, since)
        known[_TOLD] = str(since)
    else:
        told = pay.values.but(**{PRICED: held.values.text(PRICED)})
        figures = changes(context, told, used)
        if figures is not None and str(Month.of(_since(figures))) == held.given.get(_TOLD):
            figures = None
    moved = ReminderMoved(dataclasses.replace(held, at=at, given=known), touched=False)
    if figures is None:
        return Turn((), context.memory.state, (moved,))
    html = context.say(
        "reminder.due_law", whom=named(context, held.whom), changed=context.say("reminder.changed", **figures)
    )
    rows = ((_stop(context, held),),)
    return Turn((Text(html, rows),), context.memory.state, (moved,))


def _since(figures: Mapping[str, object]) -> datetime.date:
    since = figures["since"]
    assert isinstance(since, datetime.date)
    return since


def _coming(context: Context, values: Values, used: int, since: Month) -> dict[str, object]:
    """What a payment costs now, and in a month to come."""
    then = context.at(
        datetime.datetime.combine(since.first_day, datetime.time(12), context.message.at.tzinfo).isoformat()
    )
    return difference(then, values, price(context, values, used), price(then, values, used))


_DUE: Mapping[str, Callable[[Context, Reminder], Turn]] = {
    "support": _support_due,
    "age": _age_due,
    "years": _years_due,
    "law": _law_due,
}
