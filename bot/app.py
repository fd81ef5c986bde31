"""The only wiring: Settings → App."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.base.clock import Clock, now_in_vietnam
from bot.base.content import read_content
from bot.base.keys import Keys, load_secret
from bot.base.meters import Meters
from bot.base.settings import Settings, made_folder
from bot.desk import reload
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.reload import Freshener
from bot.desk.rendering import Renderer
from bot.desk.resources import resources_of
from bot.desk.roles import Roles
from bot.desk.sign_in import Entrance
from bot.desk.staff_group import StaffGroup
from bot.reports.catalogue import listed
from bot.reports.chat import Reporter
from bot.reports.records import Records, Topics, read_targets
from bot.storage import privacy
from bot.storage.database import Database
from handlers.dialogue.context import Resources


@dataclass(frozen=True, slots=True)
class App:
    """Everything a running assistant needs; `close` when done. `resources` are those of the start: see `Desk`."""

    settings: Settings
    resources: Resources
    database: Database
    desk: Desk
    delivery: Delivery
    roles: Roles
    freshener: Freshener
    records: Records
    """What the reports are made of."""
    meters: Meters = field(default_factory=Meters)

    async def close(self) -> None:
        await self.database.close()


async def open_database(settings: Settings) -> Database:
    """The database of the settings, brought to this version; raises UnknownVersion or StorageDown."""
    folder = made_folder(settings)
    Database.check_version(folder)
    database = Database.in_folder(folder)
    try:
        await database.migrate()
    except BaseException:
        await database.close()
        raise
    return database


async def forget_person(settings: Settings, channel: str, person: str) -> None:
    """Delete everything that leads to a person of a channel; the key is made as the assistant makes it."""
    database = await open_database(settings)
    try:
        async with database.begin() as connection:
            await privacy.forget(connection, _keys(settings).of(channel, person))
    finally:
        await database.close()


def _keys(settings: Settings) -> Keys:
    given = settings.secret.get_secret_value() if settings.secret is not None else None
    return Keys(load_secret(made_folder(settings), given))


async def open_app(settings: Settings, clock: Clock = now_in_vietnam) -> App:
    """Open the database, read the content with what staff assigned, and put a desk and a delivery on top."""
    folder = made_folder(settings)
    Database.check_version(folder)
    keys = _keys(settings)
    database = await open_database(settings)
    try:
        version, assigned = await reload.assigned(database)
        content = read_content(assigned)
    except BaseException:
        await database.close()
        raise
    resources, roles = resources_of(content, settings, listed()), Roles(settings.staff, keys)
    entrance = Entrance(database, roles, clock, settings.web)
    records = Records(database, Topics.of(content.library, content.texts), read_targets())
    reporter = Reporter(records, content, settings.office, clock)
    group = StaffGroup(settings.staff)
    meters = Meters()
    desk = Desk(database, keys, resources, clock, roles, group, meters)
    renderer = Renderer(resources.texts, reporter.make, entrance.link_for)
    delivery = Delivery(database, keys, desk, group, renderer)
    freshener = Freshener(database, desk, version)
    return App(settings, resources, database, desk, delivery, roles, freshener, records, meters)
