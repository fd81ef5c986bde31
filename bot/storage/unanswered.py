"""Which questions are unanswered: defined here once, for the chat, the staff pages, the reports, the command line.

A question is unanswered when the assistant said that it does not know, when of the answers it offered none was picked,
or when the person said that the answer was to another question, by the button or by the reason of a low rating.

A choice nobody touched counts, for the person was left without an answer, until one is picked. A wrong answer counts
also when the right one was picked afterwards: the next to ask would get the wrong one again. What is no question for
anyone (another language, letters at random) has no entries and does not count; neither does one whose words are gone.

What staff decided about (see `verdicts.Settled`) is listed nowhere, though it was unanswered.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import verdicts
from bot.storage.counted import Days
from bot.storage.database import to_local
from bot.storage.schema import questions, ratings, wordings
from bot.storage.verdicts import Settled
from faq.engine import likeness
from handlers.dialogue.records import NOT_MY_QUESTION
from vietnamese.normalize import has_accents

_asked = questions.alias()
_rated_wrong = (
    sa.select(_asked.c.id)
    .join(ratings, sa.and_(ratings.c.key == _asked.c.key, ratings.c.offer == _asked.c.delivery))
    .where(ratings.c.reason == NOT_MY_QUESTION)
)

WRONG = sa.or_(questions.c.misanswered, questions.c.id.in_(_rated_wrong))
"""The answer was to another question. The rows rated so are found once, by the index on reasons, not for each row."""

LEFT_OPEN = sa.or_(
    questions.c.decision == "unknown",
    sa.and_(questions.c.decision == "choose", questions.c.answered.is_(None)),
    WRONG,
)
"""Unanswered, of those that are a question for anyone and whose words are kept: of what has a wording."""

UNSETTLED = sa.or_(wordings.c.settled.is_(None), questions.c.at > wordings.c.settled)
"""Of a question with its wording: that staff decided nothing about it, or that it was asked in vain since."""

UNANSWERED = sa.and_(LEFT_OPEN, questions.c.entries != "[]", questions.c.text != "")


@dataclass(frozen=True, slots=True)
class Alike:
    """A question, masked, and how often it was asked in these words, accents, courtesies and order aside."""

    text: str
    n: int


async def most_frequent(connection: AsyncConnection, days: Days, most: int) -> list[Alike]:
    """The unanswered questions of a span that nobody decided about yet, the most frequent first."""
    within = sa.and_(days.within(questions), UNANSWERED)
    query = sa.select(questions.c.text, sa.func.count().label("n")).where(within).group_by(questions.c.text)
    times = {row.text: row.n for row in await connection.execute(query)}
    words = await asyncio.to_thread(_words, times)
    settled = Settled.of(await verdicts.list_all(connection))
    until = {text: end for text in words if (end := settled.until(words[text])) is not None}
    if until:
        asked = sa.select(questions.c.text, questions.c.at).where(within, questions.c.text.in_(until))
        rows = await connection.execute(asked)
        later = Counter(row.text for row in rows if to_local(row.at) > until[row.text])
        times |= {text: later[text] for text in until}
    alike: dict[str, Counter[str]] = defaultdict(Counter)
    for text, worded in words.items():
        if times[text]:
            alike[worded][text] = times[text]
    ranked = sorted(alike.items(), key=lambda each: (-each[1].total(), each[0]))[:most]
    return [Alike(max(texts, key=lambda text: (has_accents(text), texts[text])), texts.total()) for _, texts in ranked]


def _words(texts: Iterable[str]) -> dict[str, str]:
    """What each asks, for comparing; without those that have no words."""
    return {text: words for text in texts if (words := likeness.words(text))}
