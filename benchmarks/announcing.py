"""What an announcement costs those who ask meanwhile: their replies beside the same run without it, over HTTP.

The assistant and the Bot API are processes of their own, the limits of Telegram are kept. People ask four times a
second, each another; in the middle of three runs an announcement goes to five thousand others. Alone, for it takes a
quarter of an hour: `python -m benchmarks.announcing` (on Linux), another number of people behind it.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.bot_api import Outcome
from benchmarks.delivery import QUESTIONS, Writing, assistant_command, bot_api, running, texts_of
from benchmarks.measure import baseline, share
from bot.base.clock import now_in_vietnam
from bot.base.keys import Keys, load_secret
from bot.outreach import announcements as outreach
from bot.storage import addresses, announcements, audit, subscriptions
from bot.storage.addresses import Address
from bot.storage.announcements import Audience
from bot.storage.audit import SERVER
from bot.storage.database import Connection, Database
from handlers.dialogue.announcement import AnnouncementProgress

_PEOPLE = 5_000
_EACH_SECONDS = 0.25
_A_SECOND = 25
_FIRST = 1_000_000
"""The number of the first who is sent it: nobody who asks."""
_TOKEN = "1:assistant"
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Announced:
    """Two runs without an announcement, the one between them with it, how that ended and how long it took."""

    before: Outcome
    meanwhile: Outcome
    after: Outcome
    progress: AnnouncementProgress
    seconds: float


def announced(people: int = _PEOPLE) -> Announced:
    """Measure the three runs, each as long as the announcement takes at its fastest."""
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = max(40, int(people / _A_SECOND / _EACH_SECONDS))
    with tempfile.TemporaryDirectory() as folder, bot_api() as (_, port):
        data = Path(folder) / "data"
        asyncio.run(_agreed(data, people))
        writing, address = Writing(port), f"http://127.0.0.1:{port}/bot"
        awake = {"reminders": {"quiet": "00:00-00:00"}}
        with running(assistant_command(Path(folder), address, _TOKEN, 30, awake)):
            writing.write(_TOKEN, texts_of(questions, 20, 0), 0)
            before = writing.write(_TOKEN, texts_of(questions, asked, 1), _EACH_SECONDS)
            asyncio.run(_begun(data, people))
            meanwhile = writing.write(_TOKEN, texts_of(questions, asked, 2), _EACH_SECONDS)
            progress, seconds = asyncio.run(_ended(data))
            after = writing.write(_TOKEN, texts_of(questions, asked, 3), _EACH_SECONDS)
    for each in (before, meanwhile, after):
        if each.without_reply:
            raise SystemExit(f"{each.without_reply} of {asked} got no reply")
    if progress.sent != people:
        raise SystemExit(f"the announcement did not go to {people} people: {progress}")
    return Announced(before, meanwhile, after, progress, seconds)


def print_announced(console: Console, people: int = _PEOPLE) -> None:
    found = announced(people)
    table = Table("the first reply, four questions a second", "p50 ms", "p99 ms", "longest ms")
    named = (("before", found.before), (f"while it goes to {people}", found.meanwhile), ("after", found.after))
    for name, outcome in named:
        table.add_row(name, *(f"{share(outcome.waits, part) * 1000:.0f}" for part in (0.5, 0.99, 1.0)))
    console.print(table)
    without = [*found.before.waits, *found.after.waits]
    for part in (0.5, 0.99):
        ratio = share(found.meanwhile.waits, part) / share(without, part)
        console.print(f"p{part * 100:.0f} with / without: {ratio:.2f}{' (aim: ≤ 2)' if part > 0.9 else ''}")
    rate = people / found.seconds
    console.print(f"The announcement took {found.seconds:.0f} s, {rate:.1f} a second; {found.progress}")
    console.print(f"A round of the plain loop takes {baseline().p50:.0f} ms now.")


async def _agreed(folder: Path, people: int) -> None:
    """So many agreed to be sent announcements."""
    database = Database.in_folder(folder)
    await database.migrate()
    keys, now = Keys(load_secret(folder, None)), now_in_vietnam()

    async def one(connection: Connection, person: str) -> None:
        key = keys.of("telegram", person)
        await addresses.save(connection, key, Address("telegram", person), keys)
        await subscriptions.put(connection, key, ("events",), now)

    async with database.begin() as connection:
        for number in range(people):
            await one(connection, str(_FIRST + number))
    await database.close()


async def _begun(folder: Path, people: int) -> None:
    """An announcement goes to them from now on."""
    database = Database.in_folder(folder)
    text, audience = "Thứ Hai cán bộ xã tư vấn BHXH tự nguyện ở nhà văn hoá thôn, từ 8 giờ.", Audience()
    number = await outreach.write(database, text, audience, SERVER, now_in_vietnam(), audit.unnoted)
    await outreach.begin(database, number, people, SERVER, now_in_vietnam(), audit.unnoted)
    await database.close()


async def _ended(folder: Path) -> tuple[AnnouncementProgress, float]:
    """How it ended, and the seconds it took, once it is over."""
    database = Database.in_folder(folder)
    while True:
        async with database.read() as connection:
            progress, one = await announcements.progress(connection, 1), await announcements.find(connection, 1)
        assert progress is not None
        assert one is not None
        if one.begun_at is not None and one.ended_at is not None:
            await database.close()
            return progress, (one.ended_at - one.begun_at).total_seconds()
        await asyncio.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    print_announced(Console(width=110), int(sys.argv[1]) if sys.argv[1:] else _PEOPLE)
