"""Which questions are unanswered: defined here once, for the chat, the staff pages, the reports, the command line.

A question is unanswered when the person said that the answer was to another question, by the button or by the reason of
a low rating; else when the assistant said that it does not know, or when of the answers it offered none was picked.

A choice nobody touched counts, for the person was left without an answer, until one is picked. A wrong answer counts
also when the right one was picked afterwards: the next to ask would get the wrong one again. What is no question for
anyone (another language, letters at random) has no entries and does not count.

Of them wait for the staff those whose words are still kept and which nobody decided about (see `verdicts.Settled`):
these are listed (`open_groups`).
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days
from bot.storage.schema import questions, ratings, wordings
from handlers.dialogue.records import NOT_MY_QUESTION

_asked = questions.alias()
RATED_WRONG = (
    sa.select(_asked.c.id)
    .join(ratings, sa.and_(ratings.c.key == _asked.c.key, ratings.c.offer == _asked.c.delivery))
    .where(ratings.c.reason == NOT_MY_QUESTION)
)

WRONG = sa.or_(questions.c.misanswered, questions.c.id.in_(RATED_WRONG))
"""The answer was to another question. The rows rated so are found once, by the index on reasons, not for each row."""

LEFT_OPEN = sa.and_(
    sa.or_(
        questions.c.decision == "unknown",
        sa.and_(questions.c.decision == "choose", questions.c.answered.is_(None)),
        WRONG,
    ),
    questions.c.decision != "chat",
)
"""Unanswered, of those that are a question for anyone and whose words are kept: of what has a wording."""

UNSETTLED = sa.or_(wordings.c.settled.is_(None), questions.c.at > wordings.c.settled)
"""Of a question with its wording: that staff decided nothing about it, or that it was asked in vain since."""

_COUNTED = sa.and_(LEFT_OPEN, questions.c.entries != "[]")

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
