"""What the clock says: a conversation silent for 72 hours is closed, the staff are told what is due and how it goes."""

from __future__ import annotations

import datetime
import json
from typing import Any

from handlers.dialogue import to_staff
from handlers.dialogue.announcement import AnnouncementProgress
from handlers.dialogue.context import Context
from handlers.dialogue.memory import KnownConversation
from handlers.dialogue.records import Closed
from handlers.dialogue.state import State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Relay, Text, Turn
from handlers.handover import announced, citizen, freshness

SILENCE, FRESHNESS, ANNUAL, ALARM, ALIVE = "silence", "freshness", "annual", "alarm", "alive"
WEEK, FELL, WAITS = "week", "fell", "waits"
ANNOUNCEMENT = "announcement"
ALARMS = ("errors", "waiting", "disk")
BEGUN, OVER = "begun", "over"
SILENT = datetime.timedelta(hours=72)
_ALARM = OneOf("ticks.alarm_{}", [f"{each}_{state}" for each in ALARMS for state in (BEGUN, OVER)])

_OF_THE_DAY = ("questions", "answered", "unknown", "estimates", "waiting", "free")


def converse(context: Context) -> Turn:
    """One tick, one turn: named by the first part of its text."""
    name, *parts = context.message.text.split("|")
    held = context.memory.conversation
    if name in (SILENCE, to_staff.GONE):
        return Turn((), State()) if held is None or not held.open else _ended(context, name, held)
    if name == FRESHNESS:
        due = freshness.told(context)
        return _to_group(due) if due else Turn((), State())
    if name == ANNUAL:
        return _to_group(context.say("ticks.annual", year=int(parts[0])))
    if name == ALARM:
        about, state, value = parts
        return _to_group(context.say(_ALARM[f"{about}_{state}"], value=int(value)))
    if name == ALIVE:
        day, *counts = parts
        figures = dict(zip(_OF_THE_DAY, map(int, counts), strict=True))
        return _to_group(context.say("ticks.alive", day=datetime.date.fromisoformat(day), **figures))
    if name == WEEK:
        return _to_group(_week(context, json.loads("|".join(parts))))
    if name == FELL:
        subject, now, rated, then, rated_before = json.loads("|".join(parts))
        shares = {"now": now, "rated": rated, "then": then, "rated_before": rated_before}
        return _to_group(context.say("ticks.fell", name=subject, **shares))
    if name == ANNOUNCEMENT:
        moment, *told = parts
        progress = AnnouncementProgress(**json.loads("|".join(told)))
        return Turn((Relay("staff", announced.told(context, moment, progress), news=True),), State())
    if name == WAITS:
        return _waits(context, held, int(parts[1]))
    raise LookupError(f"no tick is called {name!r}")


def _ended(context: Context, name: str, held: KnownConversation) -> Turn:
    if name == SILENCE and context.message.at - held.last_at < SILENT:
        return Turn((), State())  # somebody wrote meanwhile
    if name == to_staff.GONE:
        told = Text(context.say("group.closed_gone", mark=held.mark))
        return Turn((Relay("staff", told, held.id),), State(), (Closed(held.id, "gone"),))
    told = Text(context.say("group.closed_silence", mark=held.mark, answered=held.answered))
    said, closed = citizen.ended(context, held, "silence")
    relays = (*(Relay("citizen", each, held.id) for each in said), Relay("staff", told, held.id))
    return Turn(relays, State(), (closed,))


def _week(context: Context, figures: dict[str, Any]) -> str:
    days = {name: datetime.date.fromisoformat(figures[name]) for name in ("since", "until")}
    return context.say("ticks.week", **{**figures, **days})


def _waits(context: Context, held: KnownConversation | None, hours: int) -> Turn:
    """Under the mark of the conversation, so that a reply to it goes to who waits; nothing where they wait no more."""
    if held is None or not held.open or held.last is None or held.last.side != "citizen":
        return Turn((), State())
    told = Text(context.say("ticks.waits", mark=held.mark, hours=hours))
    return Turn((Relay("staff", told, held.id, news=True),), State())  # no citizen's words: nobody is told of its fate


def _to_group(html: str) -> Turn:
    return Turn((Relay("staff", Text(html)),), State())
