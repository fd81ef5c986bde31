"""What is still said of what waited longer than ten minutes, and how it begins.

An answer to a question, and a result, are always said: with a word of excuse before the first, and the question again.
Of all else — a step of a form, a menu, thanks — only what the person was told last makes sense, for they may have gone
on since: what they did before it is overtaken, and dropped. So a form's step comes again only while it is the step
they are at. A picture or a report is made when it goes out, and is said like any other reply. What is for the staff in
their group makes sense for ten minutes only, but for what citizens and staff write to each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.storage.outbox import Kind, Unsent
from handlers.dialogue.message import Message
from handlers.dialogue.records import Asked, Estimated
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Relay, Reply, Turn

LATE = datetime.timedelta(minutes=10)
_QUOTED = 160
"""Characters of a question that is said again."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reply that goes out now; `lead` is said before it, where it comes late."""

    unsent: Unsent
    lead: str = ""

    @property
    def replaces(self) -> str | None:
        """A message changed in place far above would not be seen."""
        return self.unsent.replaces if not self.lead else None


def kind_of(reply: Reply, turn: Turn, message: Message) -> Kind:
    """What a reply of a turn is, when it has to wait."""
    if message.place != "private":
        return "brief"
    if message.kind == "tick":
        return "reminder"
    asks = turn.state.form is not None and reply is turn.replies[-1]
    answers = any(isinstance(record, Asked | Estimated) for record in turn.records)
    return "answer" if answers and not asks else "last"


def kind_of_relay(reply: Relay) -> Kind:
    """What is led elsewhere, when it has to wait: words whose writer is told where they do not arrive, or news."""
    return "notice" if reply.news else "relay"


def overtaken(waiting: Sequence[Unsent], now: datetime.datetime) -> frozenset[int]:
    """Of what waits under a key, in order, what is late and of no use any more."""
    latest = next((each.delivery for each in reversed(waiting) if each.kind in ("answer", "last")), None)
    return frozenset(
        each.id for each in waiting if each.kind == "last" and _is_late(each, now) and each.delivery != latest
    )


def answered_late(waiting: Sequence[Unsent], now: datetime.datetime) -> frozenset[str]:
    """The deliveries that are answered late."""
    return frozenset(each.delivery for each in waiting if each.delivery is not None and _is_late(each, now))


def due(waiting: Sequence[Unsent], asked: Mapping[str, str], now: datetime.datetime, texts: Texts) -> Iterator[Due]:
    """What goes out of what waits under a key, in order; `asked` has the questions of `answered_late`."""
    gone, led = overtaken(waiting, now), set[str]()
    for each in waiting:
        if each.id in gone:
            continue
        lead = ""
        if _is_late(each, now) and each.delivery is not None and each.delivery not in led:
            question = asked.get(each.delivery)
            if question is not None or not led:
                lead = texts.say("late.answer", first=not led, question=None if question is None else _line(question))
            led.add(each.delivery)
        yield Due(each, lead)


def _is_late(unsent: Unsent, now: datetime.datetime) -> bool:
    return unsent.kind in ("answer", "last") and unsent.at <= now - LATE


def _line(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] + "…"
