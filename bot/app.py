"""The only wiring: Settings → App."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.base.clock import Clock, now_in_vietnam
from bot.base.content import read_content
from bot.base.keys import Keys, existing_secret, load_secret
from bot.base.meters import Meters
from bot.base.settings import CannotGoOn, Settings, made_folder
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
from bot.storage import file, identity, privacy
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
    """The database of the settings, brought to this version; raises UnknownVersion, StorageDown or NotTogether."""
    folder = made_folder(settings)
    identity.check_database(folder)
    database = Database.in_folder(folder)
    try:
        await database.migrate()
    except BaseException:
        await database.close()
        raise
    return database


async def open_own_database(settings: Settings) -> tuple[Database, Keys]:
    """The database, and the keys of the secret it was made with; raises as `open_database`, and WeakSecret."""
    folder, given = made_folder(settings), settings.given_secret
    identity.check_database(folder)
    secret = existing_secret(folder, given)
    identity.check_secret(folder, None if secret is None else Keys(secret).fingerprint)
    keys = Keys(load_secret(folder, given))
    database = await open_database(settings)
    try:
        await identity.adopt(database, folder, keys.fingerprint)
    except BaseException:
        await database.close()
        raise
    return database, keys


async def forget_person(settings: Settings, channel: str, person: str) -> None:
    """Delete everything that leads to a person of a channel; the key is made as the assistant makes it.

    Raises CannotGoOn where there is no database to delete from.
    """
    if file.version_in(made_folder(settings)) is None:
        identity.check_database(settings.data_folder)
        raise CannotGoOn(f"{settings.data_folder}: there is no database here, so nothing was deleted")
    database, keys = await open_own_database(settings)
    try:
        async with database.begin() as connection:
            await privacy.forget(connection, keys.of(channel, person))
    finally:
        await database.close()


async def open_app(settings: Settings, clock: Clock = now_in_vietnam) -> App:
    """Open the database, read the content with what staff assigned, and put a desk and a delivery on top."""
    database, keys = await open_own_database(settings)
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
