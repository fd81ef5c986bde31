"""How long a citizen may have to wait for the staff, as far as it can be said honestly."""

from __future__ import annotations

import datetime
import math

from handlers.dialogue.context import Context
from handlers.dialogue.office_hours import Hours
from handlers.dialogue.texts import OneOf

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEP = 5
_WEEKDAYS = OneOf("citizen.weekday_{}", range(1, 8))
"""By ISO number: Monday is 1."""


def told(context: Context) -> str:
    """One sentence: the next office hours, or how long it usually takes, or that it is not known."""
    hours = context.resources.manner.staff or Hours()
    usual = context.memory.usual_wait
    if hours.told and not hours.are_now(context.message.at):
        return if_closed(context)
    if usual is not None:
        name = "citizen.wait_usual" if hours.told else "citizen.wait_usual_no_hours"
        return context.say(name, span=span(context, usual))
    return context.say("citizen.wait_hours" if hours.told else "citizen.wait_unknown")


def if_closed(context: Context) -> str:
    """The sentence outside office hours; empty within them, and where none are named."""
    hours = context.resources.manner.staff or Hours()
    begins = hours.next_start(context.message.at)
    if begins is None or hours.are_now(context.message.at):
        return ""
    return context.say("citizen.wait_closed", when=_when(context, begins))


def _when(context: Context, begins: datetime.datetime) -> str:
    time = context.label("citizen.time", hour=begins.hour, minute=begins.minute)
    away = (begins.date() - context.message.today).days
    if away < 2:
        return context.label("citizen.when_tomorrow" if away else "citizen.when_today", time=time)
    weekday = context.label(_WEEKDAYS[begins.isoweekday()])
    return context.label("citizen.when_later", time=time, weekday=weekday, day=begins.date())


def span(context: Context, wait: datetime.timedelta) -> str:
    """A length of time, rounded up: «15 phút», «3 giờ», «2 ngày»."""
    seconds = wait.total_seconds()
    if seconds <= _HOUR - _STEP * _MINUTE:
        return context.label("citizen.minutes", count=max(1, math.ceil(seconds / _MINUTE / _STEP)) * _STEP)
    if seconds <= _DAY:
        return context.label("citizen.hours", count=math.ceil(seconds / _HOUR))
    return context.label("citizen.days", count=math.ceil(seconds / _DAY))
