"""An announcement as an admin gives it: read and checked, kept, sent only to as many people as was said, and stopped.

text, audience = read({"text": "Thứ Hai 7/12 …", "place": "xã Thanh Hà"}, ("events",), known)
number = await write(database, text, audience, author, now, note)
await begin(database, number, 120, author, now, note, mark)  # raises OtherPeople where it would go to more, or fewer

CannotGoOn
└── BadAnnouncement    it can't be kept or sent as it was given; each problem is a sentence for staff, by field
    └── OtherPeople    it would go to another number of people than was agreed to
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from bot.base.content import read_file
from bot.base.settings import CannotGoOn
from bot.storage import announcements, postgresql
from bot.storage.announcements import Announcement, Audience
from bot.storage.audit import Author, Noting
from bot.storage.campaigns import Campaign
from bot.storage.database import Database
from handlers.dialogue.announcement import ANNOUNCEMENT_TOPICS

LONGEST = 3_000
"""Units as Telegram counts letters; with what stands around it, it is one message."""
_UNWRITTEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EMPTY_LINES = re.compile(r"\n[ \n]*\n")
_BEGINNING = "beginning an announcement"


class BadAnnouncement(CannotGoOn):
    """An announcement that can't be kept or sent; `problems`: field → what is wrong and what would be right."""

    def __init__(self, **problems: str) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems: Mapping[str, str] = problems


class OtherPeople(BadAnnouncement):
    """It would go to `people`, and not to as many as was agreed to."""

    def __init__(self, people: int) -> None:
        super().__init__(people=say("other_people", people=people))
        self.people = people


def read(given: Mapping[str, str], topics: Collection[str], known: Sequence[Campaign]) -> tuple[str, Audience]:
    """The text and for whom it is, of what was typed; raises BadAnnouncement with all that is wrong."""
    problems: dict[str, str] = {}
    text = _tidy(given.get("text", ""))
    if not text:
        problems["text"] = say("no_text")
    elif len(text.encode("utf-16-le")) // 2 > LONGEST:
        problems["text"] = say("long_text", most=LONGEST)
    wanted = tuple(each for each in ANNOUNCEMENT_TOPICS if each in topics)
    if set(topics) - set(wanted):
        problems["topics"] = say("no_topic", known=", ".join(ANNOUNCEMENT_TOPICS))
    campaign, place = given.get("campaign", "").strip().lower(), given.get("place", "").strip()
    if campaign and campaign not in {each.code for each in known}:
        problems["campaign"] = say("no_campaign", given=campaign)
    if place and place not in {each.place for each in known}:
        problems["place"] = say("no_place", given=place)
    if problems:
        raise BadAnnouncement(**problems)
    audience = Audience(wanted if len(wanted) < len(ANNOUNCEMENT_TOPICS) else (), campaign or None, place or None)
    return text, audience


async def write(
    database: Database, text: str, audience: Audience, author: Author, now: datetime.datetime, note: Noting
) -> int:
    """Keep a draft, and note it; its number."""
    async with database.begin() as connection:
        number = await announcements.add(connection, text, audience, author.name, now)
        await note(connection, f"#{number}")
    return number


async def change(database: Database, number: int, text: str, audience: Audience, note: Noting) -> None:
    """Write a draft anew, and note it; raises BadAnnouncement where it is none any more."""
    async with database.begin() as connection:
        if not await announcements.change(connection, number, text, audience):
            raise BadAnnouncement(number=say("no_draft", number=number))
        await note(connection)


async def throw_away(database: Database, number: int, note: Noting) -> None:
    """Throw a draft away, and note it; raises BadAnnouncement where it is none any more."""
    async with database.begin() as connection:
        if not await announcements.drop(connection, number):
            raise BadAnnouncement(number=say("no_draft", number=number))
        await note(connection)


def mark_of(text: str, audience: Audience) -> str:
    """A short mark of a text and for whom it is: another one where either is."""
    told = "\n".join((*audience.topics, f"#{audience.campaign or ''}", f"@{audience.place or ''}", text))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


async def begin(
    database: Database,
    number: int,
    people: int,
    author: Author,
    now: datetime.datetime,
    note: Noting,
    mark: str | None = None,
) -> None:
    """Have a draft sent to so many people, and note it; what follows is done by who serves the channels.

    `mark`: of what was agreed to, where it is known. Raises OtherPeople where it would go to others than so many,
    BadAnnouncement where it was changed since, where it is no draft, or for nobody.
    """
    async with database.begin() as connection:
        await postgresql.hold(connection, _BEGINNING)
        begun = await announcements.begin(connection, number, author.name, now)
        if begun is None:
            raise BadAnnouncement(number=say("no_draft", number=number))
        found = await announcements.find(connection, number)
        if mark is not None and (found is None or mark_of(found.text, found.audience) != mark):
            raise BadAnnouncement(text=say("changed"))
        if begun == 0:
            raise BadAnnouncement(people=say("nobody"))
        if begun != people:
            raise OtherPeople(begun)
        await note(connection, f"→ {begun}")


async def stop(database: Database, number: int, note: Noting) -> bool:
    """Have nobody sent it any more whose turn has not come, and note it; whether it was being sent."""
    async with database.begin() as connection:
        stopped = await announcements.stop(connection, number)
        if stopped:
            await note(connection)
    return stopped


async def find(database: Database, number: int) -> Announcement:
    """The one of a number; raises BadAnnouncement when there is none."""
    async with database.read() as connection:
        found = await announcements.find(connection, number)
    if found is None:
        raise BadAnnouncement(number=say("no_announcement", number=number))
    return found


def say(name: str, **figures: object) -> str:
    """A sentence for staff with its figures filled in."""
    return _words()[name].format(**figures)


@cache
def _words() -> Mapping[str, str]:
    words = read_file("bot.outreach", "announcing.yaml")
    assert isinstance(words, Mapping)
    return words


def _tidy(text: str) -> str:
    """Without letters that can't be seen, spaces at the ends of lines, and more than one empty line."""
    lines = _UNWRITTEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()
