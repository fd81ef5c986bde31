"""What a report is narrowed to: checked against what there is, and told in its title, its files and their names.

CannotGoOn
    └── UnknownName    a campaign, place, topic … there is none of; the words name those near it
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.base.nearest import nearest
from bot.base.settings import CannotGoOn
from bot.reports.rating_log import ALL_ROWS, LogFilter
from bot.reports.records import KINDS, Filter, Records
from bot.reports.words import channel_name, channels, read_words, say
from bot.storage import campaigns
from bot.storage.campaigns import Campaign
from vietnamese.normalize import fold

Narrowed = tuple[tuple[str, str], ...]
"""What is wanted only: what kind of thing («Chủ đề»), and which («Lương hưu»)."""

_LONGEST = 80
_NAMED = ("kind", "topic", "subject", "campaign", "place", "channel", "collaborator")
"""The parts of a filter, in the order in which the name of a file has them."""
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


class UnknownName(CannotGoOn):
    """A report is asked for of something there is none of: nothing is counted, rather than everything or 0 of 0."""

    code = 2

    def __init__(self, what: str, given: str, near: Iterable[str]) -> None:
        self.what, self.given, self.near = what, given, tuple(near)
        known = f"near it: {', '.join(self.near)}" if self.near else "nothing is like it"
        super().__init__(f"--{what}: {given!r} is unknown; {known}")


async def checked(records: Records, where: Filter) -> Filter:
    """The same filter, when there is everything it names; raises UnknownName."""
    topics = records.topics
    known: dict[str, dict[str, str]] = {
        "kind": {kind: read_words().get(f"kind_{kind}", kind) for kind in KINDS},
        "topic": {topic: topics.name(topic) for topic in topics.known()},
        "subject": {**topics.questions, **topics.calculations},
        "channel": {"": "", **{each: channel_name(each) for each in channels()}},
    }
    if where.given & {"campaign", "place", "collaborator"}:
        links = await _links(records)
        known["campaign"] = {"": "", **{code: each.name for code, each in links.items()}}
        known["place"] = {each.place: "" for each in links.values()}
        known["collaborator"] = {each.collaborator: "" for each in links.values() if each.collaborator}
    for what, names in known.items():
        given = getattr(where, what)
        if given is not None and given not in names:
            raise UnknownName(what, given, nearest(given, {name: words for name, words in names.items() if name}))
    return where


async def told(records: Records, where: Filter, log: LogFilter = ALL_ROWS) -> Narrowed:
    """What is wanted only, in words; nothing where everything is wanted."""
    topics = records.topics
    found: dict[str, str] = {}
    if where.kind is not None:
        found["kind"] = read_words().get(f"kind_{where.kind}", where.kind)
    if where.topic is not None:
        found["topic"] = topics.name(where.topic)
    if where.subject is not None:
        found["subject"] = topics.questions.get(where.subject, topics.calculation(where.subject))
    if where.campaign is not None:
        link = (await _links(records)).get(where.campaign)
        found["campaign"] = _link(where.campaign, link) if where.campaign else say("no_campaign")
    if where.place is not None:
        found["place"] = where.place
    if where.channel is not None:
        found["channel"] = channel_name(where.channel)
    if where.collaborator is not None:
        found["collaborator"] = where.collaborator
    if log.levels is not None:
        found["level"] = say("or").join(say(f"level_{level}") for level in sorted(log.levels))
    if log.reason is not None:
        found["reason"] = read_words().get(f"reason_{log.reason}", log.reason)
    if log.commented:
        found["commented"] = say("only_commented")
    if log.search.strip():
        found["search"] = f"«{log.search.strip()}»"
    return tuple((say(f"narrowed_{what}"), _short(words)) for what, words in found.items())


def sentence(narrowed: Narrowed) -> str:
    """«Chỉ tính: chủ đề Lương hưu; địa bàn xã Thanh Hà»."""
    return say("narrowed", parts="; ".join(f"{what} {words}" for what, words in narrowed))


def file_part(where: Filter, log: LogFilter = ALL_ROWS) -> str:
    """What stands in the name of a narrowed file: «-topic-pension-campaign-cho-phu»; nothing where all is counted."""
    given: dict[str, str | None] = {
        **{what: getattr(where, what) for what in _NAMED},
        "level": "-".join(map(str, sorted(log.levels))) if log.levels is not None else None,
        "reason": log.reason,
        "commented": "yes" if log.commented else None,
        "search": log.search.strip() or None,
    }
    return "".join(f"-{what}-{_plain(words)}" for what, words in given.items() if words is not None)


def _plain(words: str) -> str:
    return _NOT_IN_A_NAME.sub("-", fold(words)).strip("-")[:40].strip("-") or "none"


def _link(code: str, link: Campaign | None) -> str:
    return code if link is None or not link.name.strip() else f"{link.name} ({code})"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


async def _links(records: Records) -> dict[str, Campaign]:
    async with records.database.read() as connection:
        return {each.code: each for each in await campaigns.named(connection)}
