"""Whose word the numbers of a message are: said once under it, where the law's own text was not read.

A number brings what it rests on into the sentence that says it (`vietnamese.references`); here, when a turn is
complete, the references are taken out of it and one line says what they come to. So no author has to remember.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.dialogue.context import Context, plain
from handlers.dialogue.turn import Reply, Text, Turn
from law.base.law import Law, NoSuchParameter
from law.base.parameter import Dated
from vietnamese import references, wording

OLD = "old"
"""What a text refers to that is past its date of review."""
_MONEY = "đồng"


def old(is_old: bool) -> str:
    """What is put into a text that rests on something past its date of review: it may be old by now."""
    return references.to_word(OLD) if is_old else ""


def said_of(context: Context, turn: Turn) -> Turn:
    """The turn with whose word its numbers are under the first of its messages that says them."""
    told: set[str] = set()
    replies: list[Reply] = []
    for each in turn.replies:
        if not isinstance(each, Text):
            replies.append(each)
            continue
        here = [name for name in references.of(each.html) if name not in told]
        told.update(here)
        replies.append(dataclasses.replace(each, html=_with_line(context, references.without(each.html), here)))
    return dataclasses.replace(turn, replies=tuple(replies))


def under(context: Context, html: str) -> str:
    """A message of its own with whose word its numbers are."""
    return _with_line(context, references.without(html), references.of(html))


def of_picture(context: Context, html: str) -> str:
    """The line alone, as plain text, of what a picture says: the office and its number stand under every picture."""
    office, hotline = context.say("whose_word.office"), context.quote("hotline")["hotline"]
    return plain(_line(context, references.of(html), f"{office} {hotline}"))


def _with_line(context: Context, html: str, names: Sequence[str]) -> str:
    line = _line(context, names, html)
    return f"{html}\n{line}" if line else html


def _line(context: Context, names: Sequence[str], html: str) -> str:
    """What the references of a text come to, as HTML; the office that confirms it is not named twice."""
    today, law = context.message.today, context.law
    values = [each for each in (_value(law, name) for name in names) if each is not None]
    now = [each for each in values if _is_weak(each) and not _is_past(law, each, today)]
    words = dict.fromkeys(_word(law, each) for each in now)
    documents = dict.fromkeys(law.sources[name] for name in names if name in law.sources)
    told = [_told(context, word, [each for each in now if _word(law, each) == word]) for word in words]
    told.sort(key=lambda each: not each.reckoned)  # what most of the numbers come from first
    told += [_Told(each.told) for each in documents if each.told and each.told not in words and each.told not in html]
    past = any(_is_weak(each) and _is_past(law, each, today) and _word(law, each) not in words for each in values)
    ended = [each for each in values if _is_over(each, today) and not _is_past(law, each, today) and each not in now]
    if not (told or past or ended or OLD in names):
        return ""
    office, hotline = context.say("whose_word.office"), context.quote("hotline")["hotline"]
    return context.say(
        "whose_word.line",
        told=told,
        past=past,
        ended=[_name(context, each) for each in ended],
        unconfirmed=office.lower() not in plain(html).lower(),
        office=office,
        old=OLD in names,
        hotline="" if hotline in html else hotline,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What one source says: whose `word` it is, of what it is `called`, and whether more is reckoned from that."""

    word: str
    called: tuple[str, ...] = ()
    reckoned: bool = False


def _told(context: Context, word: str, values: Collection[Dated]) -> _Told:
    """What the values of one source are called: «mức thu nhập thấp nhất 1.500.000 đ, 2.200.000 đ»."""
    amounts: dict[str, list[str]] = {}
    for each in sorted(values, key=lambda value: value.since):
        known = amounts.setdefault(_name(context, each), [])
        if each.unit.startswith(_MONEY) and isinstance(each.value, int):
            amount = wording.money(each.value)
            known += [amount] if amount not in known else []
    called = [
        context.say("whose_word.amount", called=name, amounts=each) if each else name for name, each in amounts.items()
    ]
    return _Told(word, tuple(called), any(amounts.values()))


def _value(law: Law, name: str) -> Dated | None:
    """The value that a reference names; None where it names something else, or comes from what somebody typed."""
    parameter, _, since = name.partition(" ")
    try:
        values = law.parameter(parameter).values
    except NoSuchParameter:
        return None
    return next((each for each in values if each.since.isoformat() == since), None)


def _is_weak(dated: Dated) -> bool:
    return dated.confidence != "A"


def _is_past(law: Law, dated: Dated, today: datetime.date) -> bool:
    """Whether another value holds by now."""
    now = law.on(today)
    return now.knows(dated.name) and dated.since < now.value(dated.name).since


def _is_over(dated: Dated, today: datetime.date) -> bool:
    return dated.until is not None and dated.until < today


def _name(context: Context, dated: Dated) -> str:
    """What a value is called; up to when there is one, where its time is over."""
    called = context.law.parameter(dated.name).called
    if not _is_over(dated, context.message.today):
        return called
    return context.say("whose_word.ended", called=called, until=dated.until)


def _word(law: Law, dated: Dated) -> str:
    source = law.sources[dated.source]
    return source.told or source.title
