"""«Nhắc tôi đóng»: what is paid and how often, as it is known; then from which month, on which day, at which hour."""

from __future__ import annotations

import dataclasses
import datetime

from handlers import reading
from handlers.calculators import contribution
from handlers.calculators.reasons import GROUP_SAID
from handlers.dialogue.context import Context
from handlers.dialogue.filling import whom_named
from handlers.dialogue.form import Choice, Fact, Field, Finished, Form, Got, Question, Reading, Wrong, not_assumed
from handlers.dialogue.records import ReminderSet
from handlers.dialogue.reminder import Reminder
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Text
from handlers.dialogue.values import Given, Values
from handlers.reminders import schedule
from handlers.reminders.buttons import button
from handlers.reminders.price import PRICED, price, used_months
from law.base.month import Month
from law.paying.deadlines import last_month_to_pay

_DAYS = (1, 5, 10, 15, 20)
_HOURS = (7, 11, 17, 19)
_AHEAD = 24
"""Months: a period that begins later than that is a slip of the keyboard."""
_AMOUNT, _INCOME, _GROUP, _MONTHS = contribution.FIELDS


# --- how often -----------------------------------------------------------------------------------


def _read_months(context: Context, values: Values, text: str) -> Reading:
    got = _MONTHS.read(context, values, text)
    if isinstance(got, Got) and got.values["months"] not in contribution.MODES:
        return Wrong(context.say("reminder.paid_ahead"))
    if got is None and reading.after_harvest(text):
        return Wrong(context.say("reminder.harvest_mode"))
    return got


def _ask_months(context: Context, values: Values) -> Question:
    return dataclasses.replace(_MONTHS.ask(context, values), html=context.say("reminder.ask_months"))


# --- from which month ----------------------------------------------------------------------------


def _ask_period(context: Context, values: Values) -> Question:
    months = values.whole("months")
    near = [context.month + away for away in range(2 if months == 1 else 3)]
    choices = [
        Choice(str(month), context.label("reminder.month", month=month, away=away), {"period": str(month)})
        for away, month in enumerate(near)
    ]
    return Question(context.say("reminder.ask_period", months=months), choices)


def _read_period(context: Context, values: Values, text: str) -> Reading:
    months = values.whole("months")
    said = reading.calendar_month(text, context.message.today)
    if said is None:
        said = _month_in(text, context.message.today)
    if said is None:
        if reading.after_harvest(text):
            return _harvest_monthly(context) if months == 1 else Wrong(context.say("reminder.which_harvest"))
        return _period_of_day(context, text)
    month = _coming(context, said, months)
    last = last_month_to_pay(context.law, month, months)
    if last < context.month:
        return Wrong(context.say("reminder.too_late_for", period=month, last=schedule.last_day(last)))
    if month - context.month > _AHEAD:
        return Wrong(context.say("reminder.too_far", month=month))
    return Got({"period": str(month), **_day_beside(context, text)})


def _day_beside(context: Context, text: str) -> Given:
    """The day of the month that is told with the month: «mùng 5 tháng 12»."""
    told = None if text.strip().isdigit() else reading.day_told(text, context.message.today)
    return {} if told is None or told.on is not None else _day_values(told)


def _month_in(text: str, today: datetime.date) -> reading.CalendarMonth | None:
    """The month at the end of an answer with more in it: «sau vụ, tháng 5», «kỳ từ tháng 1»."""
    words = text.lower().split()
    for at, word in enumerate(words):
        if word.startswith(("tháng", "thang")):
            return reading.calendar_month(" ".join(words[at : at + 4]), today) or reading.calendar_month(
                " ".join(words[at : at + 2]), today
            )
    return None


def _period_of_day(context: Context, text: str) -> Reading:
    """A day told where the month is asked: the next such day."""
    told = reading.day_told(text, context.message.today)
    if told is None:
        return None
    month = context.month if told.day > context.message.today.day else context.month + 1
    period = Month.of(told.on) if told.on is not None else month
    return Got({"period": str(period), **_day_values(told), **_hour_values(context, text)})


def _coming(context: Context, said: reading.CalendarMonth, months: int) -> Month:
    """The month that was said; without a year the one that can still be paid, or the next of its name."""
    if said.year is not None:
        return Month(said.year, said.month)
    month = Month(context.month.year - 1, said.month)
    while last_month_to_pay(context.law, month, months) < context.month:
        month += 12
    return month


def _harvest_monthly(context: Context) -> Wrong:
    """Who has money after the harvest only does not pay every month: the ways that fit."""
    choices = [
        Choice(f"m{months}", context.label("reminder.pay_every", months=months), {"months": months})
        for months in (6, 12)
    ]
    return Wrong(context.say("reminder.harvest_monthly"), choices)


# --- in which month of the period ----------------------------------------------------------------


def _several_months(context: Context, values: Values) -> bool:
    return values.whole("months") > 1 and len(_payable(context, values)) > 1


def _payable(context: Context, values: Values) -> list[Month]:
    """The months in which the period can be paid, from now on."""
    period = values.month("period")
    last = last_month_to_pay(context.law, period, values.whole("months"))
    begin = max(period, context.month)
    return [begin + away for away in range(last - begin + 1)]


def _ask_offset(context: Context, values: Values) -> Question:
    period, months = values.month("period"), values.whole("months")
    choices = [*_month_choices(context, values, "offset"), _after_harvest(context)]
    html = context.say(
        "reminder.ask_offset",
        months=months,
        period=period,
        until=period + (months - 1),
        last=schedule.deadline(context, period, months),
    )
    return Question(html, choices, 3)


def _after_harvest(context: Context) -> Choice:
    return Choice("harvest", context.label("reminder.after_harvest"), {"offset": "harvest"})


def _month_choices(context: Context, values: Values, name: str) -> list[Choice]:
    period = values.month("period")
    return [
        Choice(str(month - period), context.label("reminder.in_month", month=month), {name: month - period})
        for month in _payable(context, values)
    ]


def _read_offset(context: Context, values: Values, text: str) -> Reading:
    if reading.after_harvest(text) and _month_in(text, context.message.today) is None:
        return Got({"offset": "harvest"})
    return _read_month_of(context, values, text, "offset")


def _read_month_of(context: Context, values: Values, text: str, name: str) -> Reading:
    period, payable = values.month("period"), _payable(context, values)
    said = reading.calendar_month(text, context.message.today) or _month_in(text, context.message.today)
    if said is None:
        return None
    if said.year is None:
        month = next((each for each in payable if each.month == said.month), None)
    else:
        month = Month(said.year, said.month) if Month(said.year, said.month) in payable else None
    if month is None:
        last = schedule.deadline(context, period, values.whole("months"))
        return Wrong(context.say("reminder.not_in_time", month=said.month, last=last, payable=payable))
    return Got({name: month - period})


def _of_harvest(context: Context, values: Values) -> bool:
    return values.get("offset") == "harvest"


def _ask_harvest(context: Context, values: Values) -> Question:
    return Question(context.say("reminder.ask_harvest"), _month_choices(context, values, "harvest"), 3)


def _read_harvest(context: Context, values: Values, text: str) -> Reading:
    return _read_month_of(context, values, text, "harvest")


# --- on which day, at which hour -----------------------------------------------------------------


def _ask_day(context: Context, values: Values) -> Question:
    choices = [Choice(str(day), context.label("reminder.day", day=day), {"day": day}) for day in _DAYS]
    return Question(context.say("reminder.ask_day", months=values.whole("months")), choices, 3)


def _read_day(context: Context, values: Values, text: str) -> Reading:
    if reading.by_the_moon(text):
        return Wrong(context.say("reminder.by_the_moon"))
    told = reading.day_told(text, context.message.today)
    if told is None:
        return _harvest_monthly(context) if reading.after_harvest(text) and values.whole("months") == 1 else None
    said = context.say("reminder.read_day", day=told.day, on=told.on)
    return Got({**_day_values(told), **_hour_values(context, text)}, said)


def _day_values(told: reading.DayTold) -> Given:
    return {"day": told.day, "day.on": None if told.on is None else told.on.isoformat()}


def _hour_values(context: Context, text: str) -> Given:
    """The hour told with the day, where nobody is asleep then."""
    hour = reading.hour_told(text)
    return {} if hour is None or is_asleep(context, hour) else {"hour": hour}


def is_asleep(context: Context, hour: int) -> bool:
    """Whether an hour of the day is one in which nobody is reminded."""
    return context.resources.manner.quiet.is_quiet(datetime.time(hour))


def _ask_hour(context: Context, values: Values) -> Question:
    hours = [each for each in _HOURS if not is_asleep(context, each)]
    choices = [Choice(str(hour), context.label("reminder.hour", hour=hour), {"hour": hour}) for hour in hours]
    return Question(context.say("reminder.ask_hour"), choices)


def _read_hour(context: Context, values: Values, text: str) -> Reading:
    hour = reading.hour_told(text, alone=True)
    if hour is None:
        return None
    if is_asleep(context, hour):
        quiet = context.resources.manner.quiet
        said = context.say("reminder.asleep", hour=hour, since=quiet.since.hour, until=quiet.until.hour)
        return Wrong(said, _ask_hour(context, values).choices)
    return Got({"hour": hour})


# --- agreed --------------------------------------------------------------------------------------


def _ask_agreed(context: Context, values: Values) -> Question:
    period, at = schedule.first(context, values, values.month("period"))
    html = context.say("reminder.ask_agreed", **_told(context, values, period, at))
    return Question(html, (Choice("yes", context.label("reminder.agree"), {"agreed": True}),))


def _read_agreed(context: Context, values: Values, text: str) -> Reading:
    answer = reading.agrees(text)
    if answer is not None:
        return Got({"agreed": answer})
    told = reading.day_told(text, context.message.today)
    if told is not None:  # «à mùng 10 đi»
        return Got({**_day_values(told), **_hour_values(context, text)})
    hour = _read_hour(context, values, text)
    return hour if isinstance(hour, Got | Wrong) else None


def _told(context: Context, values: Values, period: Month, at: datetime.datetime) -> dict[str, object]:
    """What a reminder is about, in words."""
    whom, months = context.memory.state.whom, values.whole("months")
    priced = price(context, values, used_months(context.memory.book, whom))
    return {
        "whom": whom_named(context, whom),
        "months": months,
        "period": period,
        "until": period + (months - 1),
        "at": at.date(),
        "hour": context.label("reminder.hour", hour=at.hour),
        "day": values.whole("day"),
        "last": schedule.deadline(context, period, months),
        "own": priced.own,
        "who": [context.label(GROUP_SAID[each]) for each in values.words("group")],
    }


def _finish(context: Context, ended: FormState) -> Finished:
    values = Values(ended.values)
    if not values.yes("agreed"):
        return Finished((Text(context.say("reminder.not_agreed")),))
    period, at = schedule.first(context, values, values.month("period"))
    kept = {name: value for name, value in ended.values.items() if name not in ("agreed", "period", "day.on")}
    reminder = Reminder("pay", context.memory.state.whom, at, {**kept, PRICED: str(context.month)}, period)
    rows = (
        (button(context, "reminder.list", "list"), button(context, "reminder.more", "more", reminder.whom)),
        (button(context, "reminder.stop", "stop", "pay", reminder.whom),),
    )
    return Finished(
        (Text(context.say("reminder.set", **_told(context, values, period, at)), rows),), (ReminderSet(reminder),)
    )


_MODE = _MONTHS.fact
assert _MODE is not None

FORM = Form(
    "reminder",
    "nhac",
    (
        dataclasses.replace(_AMOUNT, assume=not_assumed),
        dataclasses.replace(_INCOME, assume=not_assumed),
        dataclasses.replace(_GROUP, assume=not_assumed),
        dataclasses.replace(
            _MONTHS,
            assume=not_assumed,
            ask=_ask_months,
            read=_read_months,
            fact=Fact(("every", "span"), _MODE.words, _MODE.learnt, _MODE.said),
            resets=("period", "offset", "harvest"),
        ),
        Field("period", _ask_period, _read_period, "reminder.example_period", resets=("offset", "harvest")),
        Field("offset", _ask_offset, _read_offset, "reminder.example_month", _several_months, resets=("harvest",)),
        Field("harvest", _ask_harvest, _read_harvest, "reminder.example_month", _of_harvest),
        Field("day", _ask_day, _read_day, "reminder.example_day"),
        Field("hour", _ask_hour, _read_hour, "reminder.example_hour"),
        Field("agreed", _ask_agreed, _read_agreed, "reminder.example_agreed"),
    ),
    _finish,
)
