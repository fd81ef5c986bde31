"""How long a citizen may have to wait for the staff, as far as it can be said honestly."""

from __future__ import annotations

import datetime
import math

from handlers.dialogue.context import Exchange
from handlers.dialogue.office_hours import Hours

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEP = 5


def told(exchange: Exchange) -> str:
    """One sentence: the next office hours, or how long it usually takes, or that it is not known."""
    hours = exchange.resources.manner.staff or Hours()
    usual = exchange.memory.usual_wait
    if hours.told and not hours.are_now(exchange.message.at):
        return if_closed(exchange)
    if usual is not None:
        name = "person.wait_usual" if hours.told else "person.wait_usual_no_hours"
        return exchange.say(name, span=_span(exchange, usual))
    return exchange.say("person.wait_hours" if hours.told else "person.wait_unknown")


def if_closed(exchange: Exchange) -> str:
    """The sentence outside office hours; empty within them, and where none are named."""
    hours = exchange.resources.manner.staff or Hours()
    begins = hours.next_start(exchange.message.at)
    if begins is None or hours.are_now(exchange.message.at):
        return ""
    return exchange.say("person.wait_closed", when=_when(exchange, begins))


def _when(exchange: Exchange, begins: datetime.datetime) -> str:
    time = exchange.label("person.time", hour=begins.hour, minute=begins.minute)
    away = (begins.date() - exchange.message.today).days
    if away < 2:
        return exchange.label("person.when_tomorrow" if away else "person.when_today", time=time)
    weekday = exchange.label(f"person.weekday_{begins.isoweekday()}")
    return exchange.label("person.when_later", time=time, weekday=weekday, day=begins.date())


def _span(exchange: Exchange, wait: datetime.timedelta) -> str:
    """A length of time, rounded up: «15 phút», «3 giờ», «2 ngày»."""
    seconds = wait.total_seconds()
    if seconds <= _HOUR - _STEP * _MINUTE:
        return exchange.label("person.minutes", count=max(1, math.ceil(seconds / _MINUTE / _STEP)) * _STEP)
    if seconds <= _DAY:
        return exchange.label("person.hours", count=math.ceil(seconds / _HOUR))
    return exchange.label("person.days", count=math.ceil(seconds / _DAY))
