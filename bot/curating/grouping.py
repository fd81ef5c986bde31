"""The questions that were not answered, put together by likeness, most frequent first."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.curating.wording import Refused
from bot.storage import open_groups, wordings
from bot.storage.database import Database
from bot.storage.open_groups import SHOWN, OpenGroup, Typed, ways
from bot.storage.unanswered import Reason
from faq.engine.match import Matcher

__all__ = ["Group", "GroupList", "Reason", "find_group", "groups", "listed"]

NEAREST = 3
LOOKED_UP = 100
"""So many groups get the entries that are nearest now; the rest those that were nearest when it was asked."""
_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Group:
    """Questions alike, none of them answered; texts masked.

    `id` is the number of the first question in it; the number of any other finds the group as well. `wordings` are
    the different texts, most frequent first, the sample at the head; `more` how many besides were not read. `nearest`
    are ids of entries, best first; what people `picked` after a wrong answer comes before what the matcher finds.
    `words`: those of its wordings, for comparing, where all of them were read.
    """

    id: int
    sample: str
    count: int
    people: int
    reasons: dict[Reason, int]
    nearest: tuple[str, ...]
    picked: tuple[str, ...]
    wordings: tuple[str, ...]
    first_at: datetime.datetime
    last_at: datetime.datetime
    words: tuple[str, ...] = ()
    more: int = 0

    @property
    def other_wordings(self) -> int:
        """How many ways to ask there are besides the sample."""
        return len(self.wordings) - 1 + self.more

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "sample": self.sample,
            "count": self.count,
            "people": self.people,
            "reasons": dict(self.reasons),
            "nearest": list(self.nearest),
            "wordings": list(self.wordings),
            "first_at": self.first_at.isoformat(timespec="seconds"),
            "last_at": self.last_at.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True, slots=True)
class GroupList:
    """Some of the groups, the most frequent first, after `offset` more frequent ones; how many groups and questions
    there are; how many wait for one.
    """

    groups: tuple[Group, ...]
    count: int
    asked: int
    waiting: int
    offset: int = 0


async def listed(
    database: Database,
    matcher: Matcher,
    since: datetime.datetime | None = None,
    reason: Reason | None = None,
    *,
    offset: int = 0,
    most: int,
) -> GroupList:
    """A page of what was not answered or marked wrong from `since` on (an aware time) and not decided about yet; the
    last one where there are fewer.
    """
    await wordings.catch_up(database, wordings.AT_ONCE)
    async with database.read() as connection:
        page = await open_groups.page(connection, since, reason, offset=offset, most=most)
        typed = await open_groups.typed(connection, [each.leader for each in page.groups], since, shown=SHOWN)
        waiting = await wordings.waiting(connection)
    looked_up = max(0, LOOKED_UP - page.offset)
    found = await asyncio.to_thread(_made, page.groups, typed, matcher, max(looked_up, most if most <= SHOWN else 0))
    return GroupList(found, page.count, page.asked, waiting, page.offset)


async def groups(database: Database, matcher: Matcher, since: datetime.datetime | None = None) -> list[Group]:
    """All of them, one page after the other; whatever waits is put into its group first."""
    await wordings.catch_up(database)
    found: list[Group] = []
    while True:
        page = await listed(database, matcher, since, offset=len(found), most=_TOGETHER)
        if page.offset < len(found):  # it is the last one again
            return found
        found += page.groups
        if len(page.groups) < _TOGETHER:
            return found


async def find_group(database: Database, matcher: Matcher, number: int) -> Group:
    """The group that holds the question of this number; raises Refused when none does."""
    await wordings.catch_up(database, wordings.AT_ONCE)
    async with database.read() as connection:
        leader = await open_groups.leader_of(connection, number)
        page = open_groups.NONE if leader is None else await open_groups.page(connection, leader=leader)
        typed = await open_groups.typed(connection, [each.leader for each in page.groups], shown=None)
    found = await asyncio.to_thread(_made, page.groups, typed, matcher, 1)
    if not found:
        raise Refused("no_group", number=number)
    return found[0]


def _made(page: Sequence[OpenGroup], typed: dict[int, Typed], matcher: Matcher, looked_up: int) -> tuple[Group, ...]:
    """The groups with their texts, the first of them with the entries that are nearest now."""
    made = []
    for place, counted in enumerate(page):
        how = typed[counted.leader]
        texts = ways(how.texts)
        now = matcher.match(texts[0]).entries if place < looked_up else how.nearest
        made.append(
            Group(
                id=counted.first,
                sample=texts[0],
                count=counted.count,
                people=counted.people,
                reasons=dict(counted.reasons),
                nearest=tuple(dict.fromkeys((*how.picked, *now)))[:NEAREST],
                picked=how.picked,
                wordings=texts,
                first_at=counted.first_at,
                last_at=counted.last_at,
                words=how.words,
                more=how.more,
            )
        )
    return tuple(made)
