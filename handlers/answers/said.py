"""How an answer is said: its text, what stands before it, and the buttons under it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from faq.library import Entry
from handlers import reading
from handlers.calculators import menu
from handlers.dialogue import filling, passing_on, whose_word
from handlers.dialogue.context import ANSWER, Context, in_rows, press_data
from handlers.dialogue.records import Asked
from handlers.dialogue.turn import Button, Text, Turn
from handlers.reading import Stated, is_supposed
from vietnamese.masking import mask

MORE = "more"
WRONG = "wrong"
_RELATED = 2


def answer(
    context: Context,
    entry_id: str,
    lead: str = "",
    others: Collection[str] = (),
    *,
    instead: bool = False,
    hedged: bool = False,
) -> Text:
    """The short answer of an entry, with its details, its calculator and its neighbours as buttons.

    `lead` is what the person's own facts decide: said first, or `instead` of the general answer. `others` are the
    entries that may be meant as well: they stand before the neighbours. `hedged`: it may be another question.
    """
    entry = context.resources.library[entry_id]
    answered = context.answer(entry_id)
    said = context.say(
        "ask.answer",
        text="" if instead else answered.short,
        lead=lead,
        hedged=hedged,
        question=answered.label,
    ) + whose_word.old(overdue(context, entry))
    first = [context.button("ask.details", MORE, entry_id)]
    if entry.opens is not None:
        first.append(context.button(menu.OPENS[entry.opens], filling.OPEN, entry.opens))
    meant = [each for each in others if answerable(context, each) and each != entry_id]
    beside = [*meant, *(each for each in entry.related if each not in meant)][: max(_RELATED, len(meant))]
    related = [entry_button(context, ANSWER, each) for each in beside]
    send = passing_on.send(context, "entry", entry_id)
    if len(first) == 1:
        return Text(said, (*in_rows([*first, send]), *in_rows(related, 1)))
    return Text(said, (*in_rows(first), *in_rows(related, 1), (send,)))


def contestable(context: Context, said: Text, question: str) -> Text:
    """An answer with the quiet button «Chưa đúng câu tôi hỏi» under it; it shares its row with one that has room."""
    wrong = context.button("ask.not_my_question", WRONG, question)
    rows = list(said.buttons)
    beside = rows.pop() if rows and len(rows[-1]) == 1 and passing_on.sends(rows[-1][0]) else ()
    return dataclasses.replace(said, buttons=(*rows, (wrong, *beside)))


def overdue(context: Context, entry: Entry) -> bool:
    """Whether an entry is past its date of review."""
    return entry.review_by is not None and entry.review_by < context.message.today


def condolence(context: Context, entry_id: str, said: Stated) -> str:
    """A word first for who has lost somebody; empty for who asks what would be."""
    if not context.resources.library[entry_id].condolence:
        return ""
    lost = said.facts.died is not None or (said.facts.whom is not None and not is_supposed(context.message.text))
    return context.say("ask.condolence") if lost else ""


def entry_button(context: Context, press: str, entry_id: str, token: str = "") -> Button:
    """A button with the name of an entry."""
    data = (press, token, entry_id) if token else (press, entry_id)
    return Button(context.label_of(entry_id), press_data(*data))


def answerable(context: Context, entry_id: str) -> bool:
    """Whether there still is such an entry, and it answers a question."""
    library = context.resources.library
    return entry_id in library and library[entry_id].kind == "answer"


def asked(context: Context, decision: str, entries: tuple[str, ...]) -> Asked:
    """The record of a question with what became of it."""
    text, masked = mask(context.message.text)
    return Asked(text, decision, entries, masked)


def recorded(context: Context, turn: Turn, entries: tuple[str, ...]) -> Turn:
    """The turn of a calculation, counted as the answer of the first entry."""
    return dataclasses.replace(turn, records=(asked(context, "answer", entries), *turn.records))


_OF_A_GLANCE = "pension_amount"
"""The entry of which it is kept how long a time was told to be paid."""


def answer_decided(context: Context, html: str, entry: str, others: Sequence[str] = ()) -> Turn:
    """What the facts known decide, said as the answer of an entry; `others`: entries that may be meant as well."""
    said = answer(context, entry, html, others, instead=True)
    before = context.memory.state
    so_long = before.so_long
    if entry == _OF_A_GLANCE:
        facts = reading.stated(context.message.text, context.message.today).facts
        so_long = facts.total or facts.span or (so_long if before.entry == entry else None)
    state = dataclasses.replace(before, entry=entry, so_long=so_long)
    return Turn((said,), state, (asked(context, "answer", (entry,)),))
