"""The questions that were not answered, put together by likeness, most frequent first."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.curating.wording import Refused
from bot.storage import questions, unanswered, verdicts
from bot.storage.database import Database
from bot.storage.questions import KeptQuestion
from bot.storage.verdicts import Settled, Verdict
from faq.engine import likeness
from faq.engine.match import Matcher
from vietnamese.masking import mask
from vietnamese.normalize import fold, has_accents

NEAREST = 3
LOOKED_UP = 100
"""So many groups get the entries that are nearest now; the rest those that were nearest when it was asked."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions alike, none of them answered; texts masked.

    `id` is the number of the first question in it; the number of any other finds the group as well. `wordings` are
    the different texts, most frequent first, the sample at the head. `nearest` are ids of entries, best first; what
    people `picked` after a wrong answer comes before what the matcher finds.
    """

    id: int
    sample: str
    count: int
    people: int
    reasons: dict[unanswered.Reason, int]
    nearest: tuple[str, ...]
    picked: tuple[str, ...]
    wordings: tuple[str, ...]
    numbers: frozenset[int]
    first_at: datetime.datetime
    last_at: datetime.datetime

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


async def groups(database: Database, matcher: Matcher, since: datetime.datetime | None = None) -> list[Group]:
    """What was not answered or marked wrong from `since` on (an aware time) and not decided about yet."""
    async with database.read() as connection:
        asked = await questions.list_since(connection, since)
        decided = await verdicts.list_all(connection)
    return await asyncio.to_thread(group, asked, decided, matcher)


async def find_group(database: Database, matcher: Matcher, number: int) -> Group:
    """The group that holds the question of this number; raises Refused when none does."""
    for found in await groups(database, matcher):
        if number in found.numbers:
            return found
    raise Refused("no_group", number=number)


def group(asked: Sequence[KeptQuestion], decided: Sequence[Verdict], matcher: Matcher) -> list[Group]:
    """The open ones among all that was asked, grouped."""
    by_words: dict[str, list[KeptQuestion]] = defaultdict(list)
    for question in asked:
        if question.unanswered and (words := likeness.words(question.text)):
            by_words[words].append(question)
    left = _still_open(by_words, Settled.of(decided))
    ordered = sorted(left, key=lambda words: (-len(left[words]), left[words][0].id))
    found = [
        _made([question for words in together for question in left[words]])
        for together in likeness.grouped(ordered).values()
    ]
    found.sort(key=lambda each: (-each.count, -each.people, each.id))
    return [*(_looked_up(each, matcher) for each in found[:LOOKED_UP]), *found[LOOKED_UP:]]


def _still_open(by_words: dict[str, list[KeptQuestion]], settled: Settled) -> dict[str, list[KeptQuestion]]:
    """Without what staff decided about."""
    left = {}
    for words, together in by_words.items():
        until = settled.until(words)
        later = [each for each in together if until is None or each.at > until]
        if later:
            left[words] = later
    return left


def _made(together: Sequence[KeptQuestion]) -> Group:
    together = sorted(together, key=lambda each: each.id)
    wordings = _wordings(together)
    picked = Counter(each.picked for each in together if each.picked is not None)
    instead = tuple(entry for entry, _ in picked.most_common())
    return Group(
        id=together[0].id,
        sample=wordings[0],
        count=len(together),
        people=len({each.key for each in together}),
        reasons=dict(Counter(unanswered.reason(each.wrong, each.decision) for each in together).most_common()),
        nearest=tuple(dict.fromkeys((*instead, *together[-1].entries)))[:NEAREST],
        picked=instead,
        wordings=wordings,
        numbers=frozenset(each.id for each in together),
        first_at=together[0].at,
        last_at=together[-1].at,
    )


def _looked_up(found: Group, matcher: Matcher) -> Group:
    """The group with the entries that are nearest now."""
    nearest = dict.fromkeys((*found.picked, *matcher.match(found.sample).entries))
    return dataclasses.replace(found, nearest=tuple(nearest)[:NEAREST])


def _wordings(together: Sequence[KeptQuestion]) -> tuple[str, ...]:
    """The different texts, most frequent first; those that differ in accents and letters only once, with accents."""
    typed: dict[str, Counter[str]] = defaultdict(Counter)
    for each in together:
        text, _ = mask(" ".join(each.text.split()))
        typed[fold(text)][text] += 1
    ranked = sorted(typed.values(), key=lambda texts: -texts.total())
    return tuple(max(texts, key=lambda text: (has_accents(text), texts[text])) for texts in ranked)
