"""What staff decide about a group: a phrasing of an entry, out of scope, or a draft of a new entry."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.curating.grouping import Group, find_group
from bot.curating.trying import Trial, Trials, Unseen
from bot.curating.wording import Refused
from bot.storage import audit, drafts, phrasings, postgresql, verdicts
from bot.storage.audit import Noting
from bot.storage.database import Connection, Database
from bot.storage.drafts import Draft
from bot.storage.phrasings import Phrasing
from bot.storage.verdicts import Settled
from faq.engine import likeness
from faq.engine.match import Decision, Matcher
from faq.library import LONGEST, Library
from vietnamese.masking import mask, without_masks

_TRIES = 3
_DECIDING = "deciding"


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
    seen: str | None = None,
    whatever_changes: bool = False,
    trials: Trials | None = None,
    note: Noting = audit.unnoted,
) -> Assigned:
    """Make a group's wording (or `text`) a phrasing of an entry, unless something gets worse by it.

    Where people would be told something else, `seen` is the mark of the changes that somebody has looked at, else
    Unseen is raised; or `whatever_changes`. Raises Refused. `library` is the one in use, or the one of the content
    files; `trials` knows what was tried before, `note` tells the audit log. Takes many seconds, in a thread.
    """
    trials = trials or Trials()
    for _ in range(_TRIES):
        trial = await trials.of(database, library, number, entry, text, now)
        if trial.changes and trial.mark != seen and not whatever_changes:
            raise Unseen(trial)
        id = await _keep(database, trial, by, now, note)
        if id is not None:
            return Assigned(id, entry, trial.text, trial.decision, trial.first, trial.checked)
    raise Refused("meanwhile")


async def _keep(database: Database, trial: Trial, by: str, now: datetime.datetime, note: Noting) -> int | None:
    """Its number; None where something else was taught meanwhile, so that it must be tried again. Raises Refused."""
    async with database.begin() as connection:
        await _alone(connection)
        if await phrasings.version(connection) != trial.version:
            return None
        await _must_be_open(connection, trial.group)
        id = await phrasings.add(connection, trial.entry, trial.text, by, now)
        await verdicts.add(connection, trial.group.words, "assigned", by, now, phrasing=id)
        await note(connection)
    return id


async def take_back(
    database: Database, id: int, *, by: str, now: datetime.datetime, note: Noting = audit.unnoted
) -> Phrasing:
    """Use a phrasing no more that was assigned by mistake: its group is listed again. What is in the files stays there.

    Raises Refused.
    """
    async with database.begin() as connection:
        await _alone(connection)
        taken = await phrasings.take_back(connection, id, by, now)
        if taken is None:
            raise Refused("no_phrasing", number=id)
        await verdicts.revoke(connection, id)
        await note(connection)
    return taken


async def take_draft_back(
    database: Database, id: int, *, by: str, now: datetime.datetime, note: Noting = audit.unnoted
) -> Draft:
    """Make nothing of a draft any more: its group is listed again. Raises Refused."""
    async with database.begin() as connection:
        await _alone(connection)
        taken = await drafts.take_back(connection, id, by, now)
        if taken is None:
            raise Refused("no_draft", number=id)
        await verdicts.revoke_draft(connection, id, {likeness.words(each) for each in taken.phrasings})
        await note(connection)
    return taken


async def mark_out_of_scope(
    database: Database,
    matcher: Matcher,
    number: int,
    *,
    by: str,
    now: datetime.datetime,
    note: Noting = audit.unnoted,
) -> int:
    """Never list this group again, nor what is typed almost like it; how many questions it held. Raises Refused."""
    found = await find_group(database, matcher, number)
    async with database.begin() as connection:
        await _alone(connection)
        await _must_be_open(connection, found)
        await verdicts.add(connection, found.words, "out_of_scope", by, now)
        await note(connection)
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
    note: Noting = audit.unnoted,
) -> int:
    """Begin an entry from a group: its wordings are the phrasings. Returns the draft's id; raises Refused.

    The group is not listed again. Texts are masked before they are kept, the answer of the staff too.
    """
    found = await find_group(database, matcher, number)
    asked = without_masks(question or found.sample)
    wordings = [without_masks(each) for each in found.wordings]
    usable = list(dict.fromkeys(each for each in wordings if 0 < len(each) <= LONGEST["phrasing"]))
    async with database.begin() as connection:
        await _alone(connection)
        await _must_be_open(connection, found)
        id = await drafts.add(connection, "group", asked, usable, by, now, mask(answer)[0])
        await verdicts.add(connection, found.words, "drafted", by, now, draft=id)
        await note(connection)
    return id


async def _alone(connection: Connection) -> None:
    """Whatever another member of the staff decides at this moment comes after it, or came before."""
    await postgresql.hold(connection, _DECIDING)


async def _must_be_open(connection: Connection, group: Group) -> None:
    """Raise Refused where somebody decided about the group since it was looked at."""
    settled = Settled.of(await verdicts.list_all(connection))
    ends = [end for each in group.words if (end := settled.until(each)) is not None]
    if any(end >= group.last_at for end in ends):
        raise Refused("no_group", number=group.id)
