"""What staff decide about a group: a phrasing of an entry, out of scope, or a draft of a new entry."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.content import read_weights
from bot.curating.grouping import find_group
from bot.curating.wording import Refused, say
from bot.evaluation.held_out import held_out
from bot.storage import drafts, phrasings, verdicts
from bot.storage.database import Database
from faq.engine import checks, likeness
from faq.engine.checks import Comparison
from faq.engine.evaluate import LabelledQuestion
from faq.engine.match import Decision, Matcher
from faq.library import LONGEST, Library
from vietnamese.masking import mask, without_masks

_TOLD_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Assigned:
    """A phrasing that was stored under `id`; asked again it leads to `decision` and `first`. `checked` questions."""

    id: int
    entry: str
    text: str
    decision: Decision
    first: str | None
    checked: int


async def assign(
    database: Database,
    library: Library,
    number: int,
    entry: str,
    *,
    by: str,
    now: datetime.datetime,
    text: str | None = None,
) -> Assigned:
    """Make a group's wording (or `text`) a phrasing of an entry, unless the check questions get worse by it.

    `library` is the one in use, or the one of the content files. Takes some seconds, in a thread. Raises Refused.
    """
    if entry not in library:
        raise Refused("no_entry", entry=entry, alike=", ".join(_similar(entry, library)))
    async with database.read() as connection:
        kept = await phrasings.list_all(connection)
    library = library.with_phrasings((each.entry, each.text) for each in kept)
    before = await asyncio.to_thread(Matcher.build, library, read_weights())
    found = await find_group(database, before, number)
    rows = checks.check_rows(library, held_out())
    wording = _phrasing(found.wordings, text)
    _must_be_new(wording, library, rows)
    after, compared = await asyncio.to_thread(_tried, library, before, entry, wording, rows)
    if compared.drawn:
        drawn = "; ".join(f"«{row.text}»" for row in compared.drawn[:_TOLD_AT_MOST])
        raise Refused("draws", entry=entry, text=wording, count=len(compared.drawn), drawn=drawn)
    if compared.worse:
        raise Refused("worse", entry=entry, text=wording, measures=_measures(compared))
    async with database.begin() as connection:
        id = await phrasings.add(connection, entry, wording, by, now)
        await verdicts.add(connection, found.words, "assigned", by, now, id)
    again = after.match(wording)
    return Assigned(id, entry, wording, again.decision, next(iter(again.entries), None), compared.asked)


async def take_back(database: Database, id: int) -> phrasings.Phrasing:
    """Forget a phrasing that was assigned by mistake: its group is listed again. What is in the files stays there.

    Raises Refused.
    """
    async with database.begin() as connection:
        known = {each.id: each for each in await phrasings.list_all(connection)}
        if id not in known:
            raise Refused("no_phrasing", number=id)
        await phrasings.take_back(connection, id)
        await verdicts.revoke(connection, id)
    return known[id]


async def mark_out_of_scope(
    database: Database, matcher: Matcher, number: int, *, by: str, now: datetime.datetime
) -> int:
    """Never list this group again, nor what is typed almost like it; how many questions it held. Raises Refused."""
    found = await find_group(database, matcher, number)
    async with database.begin() as connection:
        await verdicts.add(connection, found.words, "out_of_scope", by, now)
    return found.count


async def start_draft(
    database: Database,
    matcher: Matcher,
    number: int,
    *,
    by: str,
    now: datetime.datetime,
    question: str | None = None,
    answer: str = "",
) -> int:
    """Begin an entry from a group: its wordings are the phrasings. Returns the draft's id; raises Refused.

    The group is not listed again. Texts are masked before they are kept, the answer of the staff too.
    """
    found = await find_group(database, matcher, number)
    asked = without_masks(question or found.sample)
    wordings = [without_masks(each) for each in found.wordings]
    usable = list(dict.fromkeys(each for each in wordings if 0 < len(each) <= LONGEST["phrasing"]))
    async with database.begin() as connection:
        id = await drafts.add(connection, "group", asked, usable, by, now, mask(answer)[0])
        await verdicts.add(connection, found.words, "drafted", by, now)
    return id


def _tried(
    library: Library, before: Matcher, entry: str, wording: str, rows: Sequence[LabelledQuestion]
) -> tuple[Matcher, Comparison]:
    after = Matcher.build(library.with_phrasings([(entry, wording)]), before.weights)
    return after, checks.compare(before, after, rows, entry, wording)


def _phrasing(wordings: Sequence[str], text: str | None) -> str:
    """The text given, or the first wording that is no letter; raises Refused."""
    if text is not None:
        wordings = [text]
    usable = [each for each in map(without_masks, wordings) if 0 < len(each) <= LONGEST["phrasing"]]
    if not usable:
        raise Refused("too_long", most=LONGEST["phrasing"])
    return usable[0]


def _must_be_new(wording: str, library: Library, rows: Sequence[LabelledQuestion]) -> None:
    if not likeness.words(wording):
        raise Refused("no_words", text=wording)
    owner = library.owner_of(wording)
    if owner is not None:
        raise Refused("known", text=wording, owner=owner)
    if checks.is_check(wording, rows):
        raise Refused("is_check", text=wording)


def _similar(entry: str, library: Library) -> list[str]:
    alike = [id for id in library.entries if any(part in id for part in entry.split("_") if len(part) > 2)]
    return alike[:_TOLD_AT_MOST] or sorted(library.entries)[:_TOLD_AT_MOST]


def _measures(compared: Comparison) -> str:
    return "; ".join(
        say(f"measure_{each.part}_{each.name}", before=f"{each.before:.1%}", after=f"{each.after:.1%}")
        for each in compared.worse
    )
