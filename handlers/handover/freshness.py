"""What staff must look at soon: numbers and answers due for review, and known changes of the law ahead."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.dialogue.context import Context
from law.base import freshness

_SOON = datetime.timedelta(days=30)
_AHEAD = datetime.timedelta(days=60)
_NAMED = 6
"""So many of each list are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """A number of the law or an answer, and the day it is about."""

    name: str
    on: datetime.date


def told(context: Context) -> str:
    """The message of the week for the staff, as HTML; empty when nothing is due."""
    law, today = context.law, context.message.today
    ahead = today + _AHEAD
    reviews = _reviews(context)
    lists: tuple[tuple[str, Sequence[object]], ...] = (
        ("ticks.late", [each for each in reviews if each.on < today]),
        ("ticks.due", [each for each in reviews if today <= each.on <= today + _SOON]),
        ("ticks.changes", [Item(each.parameter.term, each.since) for each in freshness.changes(law, today, ahead)]),
        ("ticks.enter", freshness.to_enter(law, today)),
    )
    said = [context.say(name, items=items[:_NAMED], more=max(0, len(items) - _NAMED)) for name, items in lists if items]
    return context.say("ticks.freshness", lists=said) if said else ""


def _reviews(context: Context) -> list[Item]:
    numbers = [Item(each.term, each.review_by) for each in context.law.parameters]
    answers = [
        Item(context.answer(each.id).question, each.review_by)
        for each in context.resources.library
        if each.kind == "answer" and each.review_by is not None
    ]
    return sorted((*numbers, *answers), key=lambda each: each.on)
