"""Rating: five official levels as words, one tap, changeable; the two lowest are asked why.

Asked unasked at most once per subject and once in 24 hours per person, never in the middle of a form.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Literal

from faq.library import Library
from handlers import reading
from handlers.dialogue import to_staff
from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.records import LEVELS, LOW, REASONS, Commented, Explained, Offered, Rated
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from vietnamese.masking import mask

PRESS, WHY, SKIP, RERATE = "rate", "why", "nocomment", "rerate"
_LEVEL = OneOf("rating.level_{}", LEVELS)
_REASON = OneOf("rating.why_{}", REASONS)
_OF_THE_DEAD = "survivors"
"""The calculation for who has lost somebody."""
_BY_DAY = "d"
"""Begins the token of a rating of the assistant as a whole; of an answer or estimate it is a delivery's number."""
_QUIET = datetime.timedelta(hours=24)
_HELPED = 2
"""After so many answers and results somebody can say how it was; under the first it is a toll."""


def with_offer(context: Context, turn: Turn, kind: Literal["answer", "estimate"], subject: str) -> Turn:
    """The turn with the question how it was, or the turn as it is when this is not the moment to ask.

    Nobody is asked in the middle of a form, under the first answer, and under what is about a death.
    """
    memory = context.memory
    helped = memory.state.helped + 1
    turn = dataclasses.replace(turn, state=dataclasses.replace(turn.state, helped=helped))
    if turn.state.form is not None or subject in memory.offered_subjects:
        return turn
    if helped < _HELPED or _mourns(context, subject):
        return turn
    if memory.offered_at is not None and context.message.at - memory.offered_at < _QUIET:
        return turn
    token = context.message.delivery
    return Turn(
        (*turn.replies, levels(context, token, "rating.ask")),
        dataclasses.replace(turn.state, rate_on=token, comment_on=None),
        (*turn.records, Offered(token, kind, subject)),
    )


def _mourns(context: Context, subject: str) -> bool:
    """Whether who asks about this, or asked just before, has lost somebody."""
    library, state = context.resources.library, context.memory.state
    told_of_a_death = any(known.facts.died is not None for known in state.people.values())
    about = {subject, state.entry, None if state.result is None else state.result.name}
    return told_of_a_death or any(each == _OF_THE_DEAD or _is_of_a_death(library, each) for each in about)


def _is_of_a_death(library: Library, entry: str | None) -> bool:
    return entry is not None and entry in library and library[entry].condolence


def come_to_rate(context: Context) -> Turn:
    """«/danhgia» and «Đánh giá»: any time; one rating a day, a later one replaces it."""
    token = f"{_BY_DAY}{context.message.today:%Y%m%d}"
    asked = Offered(token, "service", "service", asked_for=True)
    state = dataclasses.replace(context.memory.state, rate_on=token, comment_on=None)
    return Turn((levels(context, token, "rating.ask_service"),), state, (asked,))


def typed(context: Context) -> Turn | None:
    """A level typed in words after it was asked for; None when the text is no level or nothing was asked."""
    state, text = context.memory.state, context.message.text
    token, level = state.rate_on, reading.level(text)
    digits = any(letter.isdecimal() for letter in text)
    if token is None or level is None or digits or state.form is not None:
        return None
    return _rated(context, token, level)


def press(context: Context, token: str, level: str) -> Turn:
    """A level was tapped, or another one instead."""
    if level not in {str(each) for each in LEVELS}:
        return Turn((), context.memory.state)
    return _rated(context, token, int(level))


def _rated(context: Context, token: str, level: int) -> Turn:
    state = context.memory.state
    said = context.say("rating.thanks", level=context.label(_LEVEL[level]), low=level <= LOW)
    record = Rated(token, level)
    if level > LOW:
        cleared = dataclasses.replace(state, comment_on=None if state.comment_on == token else state.comment_on)
        return Turn((Text(said, _change(context, token, level), replaces=True),), cleared, (record,))
    reasons = [context.button(_REASON[reason], WHY, token, reason) for reason in REASONS]
    other = context.button("rating.change", RERATE, token)
    rows = (*in_rows(reasons), (other,), (to_staff.button(context, token),))
    asked = Text(said + "\n" + context.say("rating.ask_why"), rows, replaces=True)
    return Turn((asked,), dataclasses.replace(state, comment_on=token), (record,))


def rerate(context: Context, token: str) -> Turn:
    """The levels once more, in the place of the reasons; what was rated stands until another level is tapped."""
    question = "rating.ask_service" if token.startswith(_BY_DAY) else "rating.ask"
    asked = dataclasses.replace(levels(context, token, question), replaces=True)
    return Turn((asked,), context.memory.state)


def explain(context: Context, token: str, reason: str) -> Turn:
    """A reason of a low rating was tapped."""
    if reason not in REASONS:
        return Turn((), context.memory.state)
    said = context.say("rating.ask_comment", reason=context.label(_REASON[reason]))
    done = context.button("rating.no_comment", SKIP, token)
    state = dataclasses.replace(context.memory.state, comment_on=token)
    rows = ((done,), (to_staff.button(context, token),))
    return Turn((Text(said, rows, replaces=True),), state, (Explained(token, reason),))


def skip_comment(context: Context, token: str) -> Turn:
    """Nothing to add."""
    state = dataclasses.replace(context.memory.state, comment_on=None)
    return Turn((Text(context.say("rating.done"), replaces=True),), state)


def comment(context: Context, token: str) -> Turn | None:
    """A free comment under a low rating, kept with numbers masked; None for a question, which is answered."""
    text, _ = mask(context.message.text)
    if reading.is_cancel(text) or reading.is_back(text):
        return skip_comment(context, token)
    asked = context.resources.matcher.match(text).decision
    if asked == "answer" or (asked in ("choose", "refer") and reading.is_question(text)):
        return None
    state = dataclasses.replace(context.memory.state, comment_on=None)
    kept = context.say("rating.comment_kept", meet=context.label("citizen.meet"))
    said = Text(kept, ((to_staff.button(context, token),),))
    return Turn((said,), state, (Commented(token, text),))


def levels(context: Context, token: str, question: str) -> Text:
    """The question how it was, with the five levels; `token` names the offer, `question` is the text's name."""
    buttons = [context.button(_LEVEL[level], PRESS, token, str(level)) for level in LEVELS]
    return Text(context.say(question), in_rows(buttons))


def _change(context: Context, token: str, level: int) -> tuple[tuple[Button, ...], ...]:
    others = [context.button(_LEVEL[each], PRESS, token, str(each)) for each in LEVELS if each != level]
    return in_rows(others)
