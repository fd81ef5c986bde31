"""What an entry says to one thing asked of it, papers, places, deadlines, and which entry the talk is about."""

from __future__ import annotations

import dataclasses
import re

from faq.library import Aspect
from handlers import reading
from handlers.answers.said import MORE, answerable, asked, entry_button
from handlers.calculators.menu import FORMS
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.state import State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Text, Turn

_ASPECTS = OneOf("ask.aspect_{}", ("papers", "where", "how", "wait", "deadline", "amount", "who"))
_DONG = re.compile(r"\d đ\b")
"""In an answer that tells an amount."""
_HANGING = 7
"""Words of a message that nothing is near to, and that then most likely hangs on what was said last."""


def topic(state: State) -> str:
    """The entry the talk is about: the one answered, or that of the last calculation; empty where there is none."""
    of = FORMS.get(state.result.name) if state.result is not None else None
    return state.entry or (of.entry if of is not None else "")


def aspect_of(context: Context, state: State, question: str, *, told: str) -> str:
    """What is said to a question about the thing just answered, as HTML; empty where it is about another.

    `told`: what is said already; it is that, where an amount is asked for and was told.
    """
    hangs = reading.followup(question, reading.stated(question, context.message.today))
    entry = topic(state)
    if hangs is None or hangs.aspect is None or not answerable(context, entry):
        return ""
    if hangs.aspect == "amount" and _DONG.search(told):
        return told
    said = context.answer(entry).aspects.get(hangs.aspect)
    if said is None:
        return ""
    return context.say("ask.aspect_beside", aspect=context.label(_ASPECTS[hangs.aspect]), text=said)


def aspect(context: Context, aspect: Aspect, entry: str) -> Turn | None:
    """Papers, places, deadlines of an entry: the one the talk is about."""
    state = context.memory.state
    if not answerable(context, entry):
        return None
    told = context.answer(entry)
    if aspect not in told.aspects:
        return None
    html = context.say(
        "ask.aspect", aspect=context.label(_ASPECTS[aspect]), question=told.label, text=told.aspects[aspect]
    )
    details = context.button("ask.details", MORE, entry)
    return Turn(
        (Text(html, ((details,),)),),
        dataclasses.replace(state, entry=entry),
        (asked(context, "answer", (entry,)),),
    )


def beside_the_last(context: Context) -> Turn | None:
    """A few words that nothing is near to, in the middle of a talk: most likely they hang on what was said last."""
    few = len(context.message.text.split()) <= _HANGING
    return with_the_question_before(context) if few and context.memory.state.form is None else None


def with_the_question_before(context: Context) -> Turn | None:
    """Surely a follow-up, but of what is not written: entries near both questions are offered, and none is asserted."""
    state = context.memory.state
    entry = topic(state)
    if not answerable(context, entry):
        return None
    question = context.answer(entry).question
    match = context.resources.matcher.match(f"{question} {context.message.text}")
    near = [each for each in (entry, *match.entries) if answerable(context, each)]
    offered = list(dict.fromkeys(near))[:3]
    buttons = [entry_button(context, ANSWER, each) for each in offered]
    html = context.say("ask.hangs", question=context.answer(entry).label)
    return Turn((Text(html, in_rows(buttons, 1)),), state, (asked(context, "choose", tuple(offered)),))
