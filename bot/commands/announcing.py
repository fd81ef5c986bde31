"""What `bhxh announcement` does, in an open database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.content import read_content
from bot.base.settings import Settings
from bot.commands.noting import noting
from bot.outreach import announcements as outreach
from bot.storage import announcements, audit, campaigns
from bot.storage.announcements import Announcement
from handlers.dialogue.announcement import AnnouncementProgress
from handlers.dialogue.context import plain
from handlers.reminders.announcements import said


@dataclass(frozen=True, slots=True)
class ReadableAnnouncement:
    """An announcement as it reads, and how far it is; `people`: to how many it goes, a draft now."""

    one: Announcement
    text: str
    people: int
    progress: AnnouncementProgress

    @property
    def mark(self) -> str:
        return outreach.mark_of(self.one.text, self.one.audience)

    def as_json(self) -> dict[str, object]:
        audience = asdict(self.one.audience)
        shown = {"text": self.text, "people": self.people, "mark": self.mark, "audience": audience}
        return {**shown, **asdict(self.progress)}

    def as_text(self) -> str:
        if self.one.state == "draft":
            ends = f"#{self.one.id}: a draft, to {self.people} people. To send it: "
            ends += f"bhxh announcement send {self.one.id} --people {self.people} --mark {self.mark}"
        else:
            ends = line(self.progress)
        return f"{self.text}\n\n{ends}"


async def write(settings: Settings, given: Mapping[str, str], topics: Collection[str]) -> int:
    """Keep a draft; its number. Raises BadAnnouncement."""
    database = await open_database(settings)
    try:
        async with database.read() as connection:
            known = await campaigns.named(connection)
        text, audience = outreach.read(given, topics, known)
        note = noting("announcement_write")
        return await outreach.write(database, text, audience, audit.SERVER, now_in_vietnam(), note)
    finally:
        await database.close()


async def shown(settings: Settings, number: int) -> ReadableAnnouncement:
    """One of them; raises BadAnnouncement."""
    database, texts = await open_database(settings), read_content().texts
    try:
        one = await outreach.find(database, number)
        async with database.read() as connection:
            progress = await announcements.progress(connection, number)
            people = one.people
            if people is None:
                people = await announcements.counted(connection, one.audience)
    finally:
        await database.close()
    assert progress is not None
    message = said(texts, number, settings.office.name, one.audience.topics, one.text)
    return ReadableAnnouncement(one, plain(message.html), people, progress)


async def send(settings: Settings, number: int, people: int, mark: str | None) -> None:
    """Have a draft sent to so many people, as it was shown where its mark is given; raises BadAnnouncement."""
    database = await open_database(settings)
    try:
        note = noting("announcement_send", f"#{number}")
        await outreach.begin(database, number, people, audit.SERVER, now_in_vietnam(), note, mark)
    finally:
        await database.close()


async def stop(settings: Settings, number: int) -> bool:
    """Stop one; whether it was being sent. Raises BadAnnouncement."""
    database = await open_database(settings)
    try:
        await outreach.find(database, number)
        return await outreach.stop(database, number, noting("announcement_stop", f"#{number}"))
    finally:
        await database.close()


async def everything(settings: Settings) -> list[AnnouncementProgress]:
    """How far all are, the newest first."""
    database = await open_database(settings)
    try:
        async with database.read() as connection:
            found = await announcements.listed(connection, await announcements.count(connection))
            progress = [await announcements.progress(connection, each.id) for each in found]
    finally:
        await database.close()
    return [each for each in progress if each is not None]


def line(progress: AnnouncementProgress) -> str:
    """How far one is, in a line."""
    counts = {name: value for name, value in asdict(progress).items() if name not in ("number", "state")}
    told = ", ".join(f"{name} {value}" for name, value in counts.items())
    return f"#{progress.number}: {progress.state}" + ("" if progress.state == "draft" else f", {told}")
