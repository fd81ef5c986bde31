"""A phrasing is tried before it is kept: whether it resembles its group, and who would be told something else.

Learning it takes some seconds, and so does asking again what people asked; both in a thread, one trial at a time.

CannotGoOn
    └── Refused       it does not resemble, or makes something worse
            └── Unseen        people would be told something else, which nobody has looked at yet
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.base.content import read_weights
from bot.curating.grouping import Group, find_group
from bot.curating.wording import Refused, say
from bot.evaluation.held_out import held_out
from bot.storage import phrasings, questions
from bot.storage.database import Database
from bot.storage.phrasings import Version
from faq.engine import checks, likeness
from faq.engine.checks import Comparison, Retold
from faq.engine.guard import is_gibberish
from faq.engine.match import Decision, Match, Matcher
from faq.library import LONGEST, Library
from vietnamese.masking import without_masks
from vietnamese.normalize import normalize

LOOKED_BACK = datetime.timedelta(days=90)
MOST_ASKED_AGAIN = 2_000
"""Different questions, the most frequent first: two milliseconds each, with and without the phrasing."""
_TOLD_AT_MOST = 5
_KEPT_TRIALS = 8


@dataclass(frozen=True, slots=True)
class Trial:
    """What a phrasing would do, learnt beside those of `version`. Asked itself, it leads to `decision` and `first`.

    `checked` questions with known answers were tried, and of the `asked` different ones of the last 90 days the
    `asked_again` most frequent; `changes` are those of which people would be told something else.
    """

    group: Group
    entry: str
    text: str
    version: Version
    decision: Decision
    first: str | None
    checked: int
    asked: int
    asked_again: int
    changes: tuple[Retold, ...]

    @property
    def mark(self) -> str:
        """By which the changes are known as those that somebody has seen."""
        told = [(each.text, _as_told(each.before), _as_told(each.after)) for each in self.changes]
        return hashlib.sha256(repr((self.entry, self.text, told)).encode()).hexdigest()[:32]


class Unseen(Refused):
    """Nothing is kept before somebody has looked at the changes of `trial`."""

    def __init__(self, trial: Trial) -> None:
        lines = [change_as_text(each) for each in trial.changes[:20]]
        more = len(trial.changes) - len(lines)
        if more:
            lines.append(say("more_changes", count=more))
        super().__init__("unseen", count=len(trial.changes), changes="\n".join(lines))
        self.trial = trial


class Trials:
    """The last trials of this process, one at a time: what was seen is kept without being tried again."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._done: OrderedDict[tuple[object, ...], Trial] = OrderedDict()

    async def of(
        self, database: Database, library: Library, number: int, entry: str, text: str | None, now: datetime.datetime
    ) -> Trial:
        """The trial of a phrasing beside those there are now; raises Refused."""
        async with self._one:
            async with database.read() as connection:
                version = await phrasings.version(connection)
            key = (version, number, entry, text, now.date())
            if key not in self._done:
                self._done[key] = await try_out(database, library, number, entry, text, now)
                if len(self._done) > _KEPT_TRIALS:
                    self._done.popitem(last=False)
            return self._done[key]


async def try_out(
    database: Database, library: Library, number: int, entry: str, text: str | None, now: datetime.datetime
) -> Trial:
    """Learn a group's wording (or `text`) beside, and ask everything again; raises Refused for what makes worse.

    `library` is the one in use, or the one of the content files.
    """
    if entry not in library:
        raise Refused("no_entry", entry=entry, alike=", ".join(_similar(entry, library)))
    async with database.read() as connection:
        version = await phrasings.version(connection)
        kept = await phrasings.list_all(connection)
        asked, count = await questions.texts_since(connection, now - LOOKED_BACK, MOST_ASKED_AGAIN)
    library = library.with_phrasings((each.entry, each.text) for each in kept)
    before = await asyncio.to_thread(Matcher.build, library, read_weights())
    group = await find_group(database, before, number)
    wording = _phrasing(group.wordings, text)
    return await asyncio.to_thread(_tried, library, before, group, entry, wording, version, asked, count)


def _tried(
    library: Library,
    before: Matcher,
    group: Group,
    entry: str,
    wording: str,
    version: Version,
    asked: Mapping[str, int],
    count: int,
) -> Trial:
    """The trial, all of it computing."""
    rows = checks.check_rows(library, held_out())
    _must_have_words(wording)
    if checks.is_check(wording, rows):
        raise Refused("is_check", text=wording)
    owner = library.owner_of(wording)
    if owner is not None:
        raise Refused("known", text=wording, owner=owner)
    if wording not in group.wordings and checks.resemblance(before, wording, group.wordings) < checks.RESEMBLES:
        raise Refused("unlike", text=wording, sample=group.sample)
    other = checks.two_meanings(wording, entry, library)
    if other is not None:
        raise Refused("two_meanings", text=wording, owner=other[0], same=other[1])
    now = before.match(wording)
    _must_not_be_answered(library, group, entry, wording, now)
    after = Matcher.build(library.with_phrasings([(entry, wording)]), before.weights)
    again = after.match(wording)
    _must_serve(library, group, entry, wording, now, again)
    compared = checks.compare(before, after, rows, entry, wording)
    _must_not_spoil(entry, wording, compared)
    once = _once(asked)
    changed = checks.changes(before, after, once, entry, wording)
    changes = [each for each in changed if not _is_wanted(each, group, entry, library)]
    worse = [each for each in changes if each.worse]
    if worse:
        lines = "; ".join(change_as_text(each) for each in worse[:_TOLD_AT_MOST])
        raise Refused("loses", entry=entry, text=wording, count=len(worse), changes=lines)
    first = next(iter(again.entries), None)
    return Trial(
        group, entry, wording, version, again.decision, first, compared.asked, count, len(once), tuple(changes)
    )


def _phrasing(wordings: Sequence[str], text: str | None) -> str:
    """The text given, or the first wording that is no letter; raises Refused."""
    if text is not None:
        wordings = [text]
    usable = [each for each in map(without_masks, wordings) if 0 < len(each) <= LONGEST["phrasing"]]
    if not usable:
        raise Refused("too_long", most=LONGEST["phrasing"])
    return usable[0]


def _must_have_words(wording: str) -> None:
    """Numbers and signs ask nothing."""
    if not any(each.isalpha() for each in likeness.words(wording)) or is_gibberish(wording):
        raise Refused("no_words", text=wording)


def _must_not_be_answered(library: Library, group: Group, entry: str, wording: str, now: Match) -> None:
    """What is answered for certain is another's question, unless people said that the answer was wrong."""
    is_answered = now.certain and now.entries[0] != entry and "wrong" not in group.reasons
    if is_answered:
        raise Refused("answered", text=wording, owner=now.entries[0], title=library[now.entries[0]].question)


def _must_serve(library: Library, group: Group, entry: str, wording: str, before: Match, after: Match) -> None:
    """Who asks it in these very words must be no worse off, and be told the entry or shown it where they were told."""
    kind, is_wrong_now = library[entry].kind, "wrong" in group.reasons
    served = checks.worth(after, entry, kind)
    if served < checks.worth(before, entry, kind) and not (is_wrong_now and checks.leads_to(after, entry, kind)):
        raise Refused(
            "serves_worse", entry=entry, text=wording, before=match_as_text(before), after=match_as_text(after)
        )
    if after.decision != "unknown" and not checks.leads_to(after, entry, kind):
        raise Refused("no_use", entry=entry, text=wording, after=match_as_text(after))


def _must_not_spoil(entry: str, wording: str, compared: Comparison) -> None:
    hurt = compared.drawn or compared.spoiled
    if hurt:
        why = "draws" if compared.drawn else "spoils"
        told = "; ".join(f"«{row.text}»" for row in hurt[:_TOLD_AT_MOST])
        raise Refused(why, entry=entry, text=wording, count=len(hurt), drawn=told)
    if compared.worse:
        raise Refused("worse", entry=entry, text=wording, measures=_measures(compared))


def _once(asked: Mapping[str, int]) -> dict[str, int]:
    """Of questions that are the same but for large letters and signs, the most frequent, with how often all were."""
    first: dict[str, str] = {}
    times: dict[str, int] = {}
    for text, often in asked.items():
        text_of_it = first.setdefault(normalize(text), text)
        times[text_of_it] = times.get(text_of_it, 0) + often
    return times


def _is_wanted(change: Retold, group: Group, entry: str, library: Library) -> bool:
    """Whether it is a question of the group itself, which is to be answered so."""
    return change.text in group.wordings and checks.leads_to(change.after, entry, library[entry].kind)


def change_as_text(change: Retold) -> str:
    """«…» (3 lần): what people are told, and would be."""
    told = {"before": match_as_text(change.before), "after": match_as_text(change.after)}
    return say("change", text=change.text, times=change.times, **told)


def match_as_text(found: Match) -> str:
    """What a person is told, in a few words."""
    decision, entries = _as_told(found)
    return say(f"told_{decision}", entries=", ".join(entries))


def _as_told(found: Match) -> tuple[Decision, tuple[str, ...]]:
    return found.decision, checks.told(found)


def _similar(entry: str, library: Library) -> list[str]:
    alike = [id for id in library.entries if any(part in id for part in entry.split("_") if len(part) > 2)]
    return alike[:_TOLD_AT_MOST] or sorted(library.entries)[:_TOLD_AT_MOST]


def _measures(compared: Comparison) -> str:
    return "; ".join(
        say(f"measure_{each.part}_{each.name}", before=f"{each.before:.1%}", after=f"{each.after:.1%}")
        for each in compared.worse
    )
