"""Answers that people pass on: by «Gửi cho người nhà», or posted from the list that «@bot …» brings in any chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answers.said import answerable
from handlers.calculators import menu
from handlers.dialogue import filling, passing_on, whose_word
from handlers.dialogue.context import Context, plain
from handlers.dialogue.records import Asked, Shared
from handlers.dialogue.turn import Turn
from vietnamese.masking import mask

MOST = 8
"""Answers that are offered at once."""
_ABOUT = 120
"""Characters of an answer that stand under its name in the list."""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """An answer that may be posted: its entry, what stands in the list, and the message.

    Of a message that is too long for a channel the `body` is cut; the `foot`, its source and the link, stays whole.
    """

    entry: str
    title: str
    about: str
    body: str
    foot: str


def offered(context: Context) -> tuple[InlineAnswer, ...]:
    """The answers to what is typed so far, best first; to nothing typed, the first of each topic."""
    typed = context.message.text.strip()
    found = _matched(context, typed) if typed else _first_of_topics(context)
    return tuple(to_post(context, each) for each in found[:MOST])


def posted(context: Context) -> Turn:
    """One of them was posted: that is a question answered, with what was typed for it, masked."""
    entry, _, typed = context.message.text.partition("|")
    if not answerable(context, entry):
        return Turn((), context.memory.state)
    text, masked = mask(typed.strip() or context.label_of(entry))
    asked = Asked(text, "answer", (entry,), masked)
    return Turn((), context.memory.state, (asked, Shared("inline", entry)))


def pressed(context: Context, parts: Sequence[str]) -> Turn:
    """«Gửi cho người nhà» under an answer or a result, and taking back what was sent."""
    match parts:
        case [passing_on.BACK]:
            return passing_on.taken_back(context)
        case [_, entry] if answerable(context, entry):
            sources = context.answer(entry).sources
            return passing_on.passed_on(context, _message(context, entry), sources, entry)
        case [passing_on.RESULT | passing_on.AMOUNTS as what, name, run]:
            return _of_result(context, what, name, run)
    return filling.outdated(context)


def _of_result(context: Context, what: str, name: str, run: str) -> Turn:
    """Passing on the last result, of which nothing is sent but an invitation unless the person wants it."""
    ended = context.memory.state.result
    if ended is None or (ended.name, ended.run) != (name, run) or passing_on.SEND not in menu.FORMS[name].after:
        return filling.outdated(context)
    if what == passing_on.RESULT:
        return passing_on.invitation(context, ended)
    return menu.FORMS[name].after[passing_on.SEND](context.at(ended.ended), ended)


def _message(context: Context, entry_id: str) -> str:
    said = context.answer(entry_id)
    return context.say("passing_on.answer", question=said.label, text=said.short)


def _matched(context: Context, typed: str) -> list[str]:
    match = context.resources.matcher.match(mask(typed)[0])
    near = match.entries if match.decision in ("answer", "choose") else (match.beside or "",)
    return [each for each in near if answerable(context, each)]


def _first_of_topics(context: Context) -> list[str]:
    return [each.id for each in context.resources.library.entries.values() if each.first and each.kind == "answer"]


def to_post(context: Context, entry_id: str) -> InlineAnswer:
    """An answer as it is listed and posted."""
    said = context.answer(entry_id)
    body = _message(context, entry_id)
    line = plain(said.short).split("\n", 1)[0]
    return InlineAnswer(
        entry_id,
        context.label_of(entry_id),
        line if len(line) <= _ABOUT else f"{line[: _ABOUT - 1].rsplit(' ', 1)[0]}…",
        whose_word.under(context, body),
        passing_on.foot(context, said.sources, passing_on.link_on_telegram(context)),
    )
