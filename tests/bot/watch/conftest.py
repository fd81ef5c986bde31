"""A running app that is watched over, with a channel in memory and the group of the staff on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App
from bot.base.meters import Meters
from bot.base.settings import Settings, Staff, Watch
from bot.desk.desk import Desk
from bot.desk.reload import Freshener
from bot.desk.roles import Roles
from bot.desk.staff_group import StaffGroup
from bot.reports.records import Records, Topics, read_targets
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from tests.conftest import KEYS, Clock, make_delivery

GROUP = "-900"
TEAM = Staff(editors=(501,), group=int(GROUP))


@dataclass
class Watched:
    """The app, its people and its clock."""

    app: App
    channel: ChannelInMemory
    clock: Clock
    asked: int = 0

    async def asks(self, text: str, person: str = "7", sends: bool = True) -> None:
        """A person writes; what is owed is sent, or stays."""
        self.asked += 1
        message = Message("text", f"c{self.asked}", self.clock(), text)
        owed = await self.app.desk.take(self.channel.inbound(person, message))
        if sends:
            await self.app.delivery.send(owed)

    async def told_staff(self) -> list[str]:
        """What the group was sent, when nothing is under way any more."""
        await self.app.delivery.settled()
        return self.channel.to(GROUP)


MakeApp = Callable[..., Watched]


@pytest.fixture
def make_watched(database: Database, resources: Resources, clock: Clock, tmp_path: Path) -> MakeApp:
    """An app as `open_app` makes it, without reading the content again; made twice, it is the same started again."""

    def made(watch: Watch | None = None, staff: Staff = TEAM) -> Watched:
        settings = Settings(data_folder=tmp_path / "data", staff=staff, watch=watch or Watch())
        meters, roles = Meters(), Roles(staff, KEYS)
        desk = Desk(database, KEYS, resources, clock, roles, StaffGroup(staff, KEYS), meters)
        delivery = make_delivery(desk, database, resources, clock, staff)
        records = Records(database, Topics.of(resources.library, resources.texts), read_targets())
        freshener = Freshener(database, desk, (0, 0))
        app = App(settings, resources, database, desk, delivery, roles, freshener, records, meters)
        channel = ChannelInMemory("telegram")
        delivery.connect(channel)
        return Watched(app, channel, clock)

    return made
