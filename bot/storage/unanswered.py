"""Which questions are unanswered: defined here once, for the chat, the staff pages, the reports, the command line.

A question is unanswered when the person said that the answer was to another question, by the button or by the reason of
a low rating; else when the assistant said that it does not know, or when of the answers it offered none was picked.

A choice nobody touched counts, for the person was left without an answer, until one is picked. A wrong answer counts
also when the right one was picked afterwards: the next to ask would get the wrong one again. What is no question for
anyone (another language, letters at random) has no entries and does not count.

Of them wait for the staff (`waiting`) those whose words are still kept and which nobody decided about (see
`verdicts.Settled`): these are listed.
"""

from __future__ import annotations

import asyncio
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import verdicts
from bot.storage.counted import Days
from bot.storage.database import to_local
from bot.storage.schema import questions, ratings
from bot.storage.verdicts import Settled
from faq.engine import likeness
from handlers.dialogue.records import NOT_MY_QUESTION
from vietnamese.normalize import has_accents

_asked = questions.alias()
RATED_WRONG = (
    sa.select(_asked.c.id)
    .join(ratings, sa.and_(ratings.c.key == _asked.c.key, ratings.c.offer == _asked.c.delivery))
    .where(ratings.c.reason == NOT_MY_QUESTION)
)

WRONG = sa.or_(questions.c.misanswered, questions.c.id.in_(RATED_WRONG))
"""The answer was to another question. The rows rated so are found once, by the index on reasons, not for each row."""

_COUNTED = sa.and_(
    sa.or_(
        questions.c.decision == "unknown",
        sa.and_(questions.c.decision == "choose", questions.c.answered.is_(None)),
        WRONG,
    ),
    questions.c.decision != "chat",
    questions.c.entries != "[]",
)

UNANSWERED = sa.and_(_COUNTED, questions.c.text != "")
"""With its words, so that it can be listed."""

Reason = Literal["wrong", "unknown", "none_picked"]
REASONS: tuple[Reason, ...] = ("wrong", "unknown", "none_picked")
"""Why a question is unanswered, the first that holds: the answer was to another, none was known, none was picked."""


def reason(wrong: bool, decision: str) -> Reason:
    """Why a question is unanswered."""
    return "wrong" if wrong else "unknown" if decision == "unknown" else "none_picked"


async def counts(connection: AsyncConnection, days: Days) -> dict[Reason, int]:
    """How many questions of a span were unanswered, each once; those whose words are gone too."""
    wrong, decision = sa.case((WRONG, True), else_=False).label("wrong"), questions.c.decision
    each = sa.select(wrong, decision).where(days.within(questions), _COUNTED).subquery()
    query = sa.select(each, sa.func.count().label("n")).group_by(each.c.wrong, each.c.decision)
    found: Counter[Reason] = Counter(dict.fromkeys(REASONS, 0))
    for row in await connection.execute(query):
        found[reason(bool(row.wrong), row.decision)] += row.n
    return dict(found)


@dataclass(frozen=True, slots=True)
class Alike:
    """A question, masked, and how often it was asked in these words, accents, courtesies and order aside."""

    text: str
    n: int


async def waiting(connection: AsyncConnection, days: Days) -> int:
    """How many unanswered questions of a span nobody decided about yet."""
    return sum(each.n for each in await _waiting(connection, days))


async def most_frequent(connection: AsyncConnection, days: Days, most: int) -> list[Alike]:
    """What waits of a span, put together by likeness, the most frequent first."""
    each = {found.words: found for found in await _waiting(connection, days)}
    groups = await asyncio.to_thread(likeness.grouped, each)
    made = [[each[words] for words in together] for together in groups.values()]
    ranked = sorted(made, key=lambda group: (-sum(alike.n for alike in group), group[0].text))[:most]
    return [Alike(group[0].text, sum(alike.n for alike in group)) for group in ranked]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What was asked in the same words: the words, how it is shown, how often, the number of the first."""

    words: str
    text: str
    n: int
    first: int


async def _waiting(connection: AsyncConnection, days: Days) -> list[_Waiting]:
    """What nobody decided about yet, by its words, the most frequent first, of equals the first to come."""
    within = sa.and_(days.within(questions), UNANSWERED)
    counted = (sa.func.count().label("n"), sa.func.min(questions.c.id).label("first"))
    query = sa.select(questions.c.text, *counted).where(within).group_by(questions.c.text)
    typed: dict[str, tuple[int, int]] = {row.text: (row.n, row.first) for row in await connection.execute(query)}
    words = await asyncio.to_thread(_words, typed)
    settled = Settled.of(await verdicts.list_all(connection))
    until = {text: end for text in words if (end := settled.until(words[text])) is not None}
    if until:
        typed |= await _later(connection, within, until)
    alike: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for text, worded in words.items():
        if typed[text][0]:
            alike[worded][text] = typed[text]
    found = [_made(worded, texts) for worded, texts in alike.items()]
    return sorted(found, key=lambda each: (-each.n, each.first))


def _made(words: str, texts: dict[str, tuple[int, int]]) -> _Waiting:
    shown = max(texts, key=lambda text: (has_accents(text), texts[text][0], -texts[text][1]))
    return _Waiting(words, shown, sum(n for n, _ in texts.values()), min(first for _, first in texts.values()))


async def _later(
    connection: AsyncConnection, within: sa.ColumnElement[bool], until: dict[str, datetime.datetime]
) -> dict[str, tuple[int, int]]:
    """Of texts that were decided about: how often each was asked after that, and the number of the first."""
    asked = sa.select(questions.c.id, questions.c.text, questions.c.at).where(within, questions.c.text.in_(until))
    found = dict.fromkeys(until, (0, 0))
    for row in (await connection.execute(asked.order_by(questions.c.id))).all():
        if to_local(row.at) > until[row.text]:
            n, first = found[row.text]
            found[row.text] = (n + 1, first or row.id)
    return found


def _words(texts: Iterable[str]) -> dict[str, str]:
    """What each asks, for comparing; without those that have no words."""
    return {text: words for text in texts if (words := likeness.words(text))}
