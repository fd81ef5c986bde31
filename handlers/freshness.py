"""What staff must look at soon: numbers and answers due for review, and known changes of the law ahead."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from handlers.exchange import Exchange

_SOON = datetime.timedelta(days=30)
_AHEAD = datetime.timedelta(days=60)
_NAMED = 6
"""So many of each list are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """A number of the law or an answer, and the day it is about."""

    name: str
    on: datetime.date


def told(exchange: Exchange) -> str:
    """The message of the week for the staff, as HTML; empty when nothing is due."""
    today = exchange.message.today
    reviews = _reviews(exchange)
    lists = (
        ("ticks.late", [each for each in reviews if each.on < today]),
        ("ticks.due", [each for each in reviews if today <= each.on <= today + _SOON]),
        ("ticks.changes", _changes(exchange, today)),
        ("ticks.ends", _ends(exchange, today)),
    )
    said = [
        exchange.say(name, items=items[:_NAMED], more=max(0, len(items) - _NAMED)) for name, items in lists if items
    ]
    return exchange.say("ticks.freshness", lists=said) if said else ""


def _reviews(exchange: Exchange) -> list[Item]:
    numbers = [Item(each.term, each.review_by) for each in exchange.law.parameters]
    answers = [
        Item(exchange.answer(each.id).question, each.review_by)
        for each in exchange.resources.library
        if each.kind == "answer" and each.review_by is not None
    ]
    return sorted((*numbers, *answers), key=lambda each: each.on)


def _changes(exchange: Exchange, today: datetime.date) -> list[Item]:
    """Numbers with a new value from a day ahead."""
    law = exchange.law.on(today)
    coming = ((each, law.next(each.name)) for each in exchange.law.parameters)
    found = [
        Item(each.term, change.since)
        for each, change in coming
        if change is not None and change.since <= today + _AHEAD
    ]
    return sorted(found, key=lambda each: each.on)


def _ends(exchange: Exchange, today: datetime.date) -> list[Item]:
    """Numbers whose stated period ends on a day ahead, or is over, with nothing known for the time after it."""
    found = []
    for each in exchange.law.parameters:
        last = each.values[-1]
        if last.until is not None and last.until <= today + _AHEAD:
            found.append(Item(each.term, last.until))
    return sorted(found, key=lambda each: each.on)
