"""Questions of several people in one message: «mẹ 72 tuổi có tiền già không, còn tôi đóng thấp nhất bao nhiêu».

Each is answered as if it came by itself, of whom it is about, under that person's name.
"""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.answers import ask
from handlers.answers.said import MORE, WRONG, asked
from handlers.dialogue.context import ANSWER, Context
from handlers.dialogue.filling import WHOM
from handlers.dialogue.records import Asked, Estimated, Offered, Record
from handlers.dialogue.turn import Text, Turn
from handlers.reading import Whom

_MOST = 3
_BY_ENTRY = (MORE, ANSWER)
"""What leads a button that says the same whatever the talk is about."""
_ROOM = 3_000
"""Characters of HTML: two results and what stands between them."""


def taken(context: Context) -> Turn | None:
    """The answers to such a message, the first one first; None for one that asks of one person, or in a form."""
    if context.memory.state.form is not None:
        return None
    questions = _whose(context)
    if not 1 < len(questions) <= _MOST or len({whom for whom, _ in questions}) < 2:
        return None
    turns: list[Turn] = []
    at = context
    for whom, question in questions:
        message = dataclasses.replace(context.message, text=question)
        state = dataclasses.replace(at.memory.state, whom=whom, entry=None, result=None)
        at = dataclasses.replace(at, message=message).with_state(state)
        turns.append(ask.text(at))
        at = at.with_state(turns[-1].state)
    if any(turn.state.form is not None or not isinstance(turn.replies[0], Text) for turn in turns):
        return None  # something must be asked first: that is one matter after another
    return _together(context, [whom for whom, _ in questions], turns)


def _whose(context: Context) -> list[tuple[Whom, str]]:
    """The questions of a message, each with whom it is about: who was named in it, or else in the one before."""
    found: list[tuple[Whom, str]] = []
    for question in reading.several(context.message.text):
        named = reading.stated(question, context.message.today).facts.whom
        if named is None and (reading.turns_to_oneself(question) or reading.speaks_of_oneself(question)):
            named = "self"
        before = found[-1][0] if found else context.memory.state.whom
        found.append((named or before, question))
    return found


def _together(context: Context, people: list[Whom], turns: list[Turn]) -> Turn | None:
    """One reply with a heading for each person; None where nothing was understood of one of them."""
    if any(ask.not_understood(turn) for turn in turns):
        return None
    texts = [turn.replies[0] for turn in turns]
    if any(len(turn.replies) - len(_offers(turn)) > 1 for turn in turns):
        return None  # a picture or a second message would be lost
    parts, buttons = [], []
    for whom, said in zip(people, texts, strict=True):
        assert isinstance(said, Text)
        heading = context.label(WHOM[whom])
        parts.append(context.say("ask.below", question=heading[0].upper() + heading[1:], text=said.html))
        of_its_entry = (row for row in said.buttons if all(each.data.split("|")[0] in _BY_ENTRY for each in row))
        rows = said.buttons if said is texts[-1] else of_its_entry  # others change the result told last
        buttons += [row for row in rows if row not in buttons and row[0].data.split("|")[0] != WRONG]
    html = "\n\n".join(parts)
    if len(html) > _ROOM:
        return None
    before = context.memory.state
    state = dataclasses.replace(turns[-1].state, helped=before.helped, rate_on=before.rate_on)
    return Turn((Text(html, tuple(buttons)),), state, _records(context, turns))


def _offers(turn: Turn) -> list[Record]:
    """The rating that was asked for, as the last reply: it is asked once, for the whole message, if at all."""
    return [each for each in turn.records if isinstance(each, Offered)]


def _records(context: Context, turns: list[Turn]) -> tuple[Record, ...]:
    """One question, the whole message, counted as its first; and every calculation once."""
    told = [each for turn in turns for each in turn.records]
    questions = [each for each in told if isinstance(each, Asked)]
    reckoned = dict.fromkeys(each for each in told if isinstance(each, Estimated))
    whole = tuple(asked(context, each.decision, each.entries) for each in questions[:1])
    return (*whole, *reckoned)
