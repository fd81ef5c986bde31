"""The only wiring: Settings → App."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.base import folder_lock, logs
from bot.base.clock import Clock, now_in_vietnam
from bot.base.content import read_content
from bot.base.keys import Keys, existing_secret, load_secret
from bot.base.meters import Meters
from bot.base.settings import BrokenSettings, CannotGoOn, Settings, expected, made_folder
from bot.desk import reload, sealing
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
from bot.storage import audit, copying, file, identity, postgresql, privacy
from bot.storage.audit import Noting
from bot.storage.database import Connection, Database
from bot.storage.identity import DatabaseFound
from bot.storage.replica import Replica, ServedElsewhere, others
from handlers.dialogue.context import Resources
from handlers.dialogue.texts import Texts
from handlers.handover import colleagues

_LONG_ENOUGH = 8
"""Characters of a password that is hidden wherever it stands: a shorter one would take other words with it."""


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

    @property
    def replica(self) -> Replica:
        """This process among those that serve the database."""
        return self.delivery.replica

    async def close(self) -> None:
        await self.delivery.close()
        await self.replica.leave()
        await self.database.close()


async def open_database(settings: Settings, *, alone: bool = False) -> Database:
    """The database of the settings, brought to this version; raises UnknownVersion, StorageDown or NotTogether.

    An older one is changed by whoever has it for itself: a process that serves it would find other tables than its
    own. `alone` says that this process has the folder; else AlreadyServed is raised while another one does, and
    ServedElsewhere where one serves a database that several may share.
    """
    database, found = await _found(settings)
    try:
        await _migrated(settings, database, found, alone)
        if found.version != file.versions()[-1]:
            secret = existing_secret(made_folder(settings), settings.given_secret)
            if secret is not None and found.fingerprint in (None, Keys(secret).fingerprint):
                await _sealed(settings, database, Keys(secret))
    except BaseException:
        await database.close()
        raise
    return database


async def open_own_database(settings: Settings, *, alone: bool = False) -> tuple[Database, Keys]:
    """The database, and the keys of the secret it was made with; raises as `open_database`, and WeakSecret."""
    folder, given = made_folder(settings), settings.given_secret
    database, found = await _found(settings)
    try:
        secret = existing_secret(folder, given)
        identity.check_secret(folder, found, None if secret is None else Keys(secret).fingerprint)
        keys = Keys(load_secret(folder, given))
        await _migrated(settings, database, found, alone)
        await _sealed(settings, database, keys)
        await identity.adopt(database, folder, keys.fingerprint)
    except BaseException:
        await database.close()
        raise
    return database, keys


async def _found(settings: Settings) -> tuple[Database, DatabaseFound]:
    """The database as it is, which nothing is changed of; raises NotTogether where it is not the one that served."""
    folder, url = made_folder(settings), settings.database.url.get_secret_value()
    if not url:
        found = identity.in_folder(folder)
        identity.check_database(folder, found)
        return Database.in_folder(folder), found
    database = _on_server(settings)
    try:
        found = await identity.of(database)
        identity.check_database(folder, found)
    except BaseException:
        await database.close()
        raise
    return database, found


def _on_server(settings: Settings) -> Database:
    """The database of the address in the settings, whose password no log tells."""
    url, password = settings.database.url.get_secret_value(), settings.database.password
    logs.guard(url, *((password,) if len(password) >= _LONG_ENOUGH else ()))
    return Database(url, settings.database.connections)


async def _migrated(settings: Settings, database: Database, found: DatabaseFound, alone: bool) -> None:
    is_older = found.version not in (None, file.versions()[-1])
    if is_older and database.shared and (other := await others(database)) is not None:
        raise ServedElsewhere(database.place, "another process serves it in the version before", other.told)
    with folder_lock.held(made_folder(settings)) if is_older and not alone else contextlib.nullcontext():
        await database.migrate()


async def _sealed(settings: Settings, database: Database, keys: Keys) -> None:
    await sealing.seal_what_is_plain(database, keys, StaffGroup(settings.staff, keys))


async def move(settings: Settings, source: str, progress: copying.Progress) -> int:
    """Copy a SQLite database that nobody serves into that of the settings; how many rows there are.

    Raises CannotCopy, AlreadyServed, NotTogether and StorageDown.
    """
    url, path = settings.database.url.get_secret_value(), copying.named(source)
    if not url:
        raise BrokenSettings(f"database.url: expected {expected(Settings, 'database', 'url')} to copy to")
    folder = made_folder(settings)
    found = identity.in_folder(path.parent) if path.name == file.FILE else None
    secret = existing_secret(folder, settings.given_secret)
    if found is not None and found.fingerprint is not None:  # before hours of work
        identity.check_secret(folder, found, None if secret is None else Keys(secret).fingerprint)
    with folder_lock.held(path.parent):
        before, to = Database.at(path), _on_server(settings)
        try:
            rows = await copying.copy(before, to, progress)
            if secret is not None:
                await _sealed(settings, to, Keys(secret))
                await identity.adopt(to, folder, Keys(secret).fingerprint)
        finally:
            await before.close()
            await to.close()
    return rows


async def forget_person(settings: Settings, channel: str, person: str, note: Noting = audit.unnoted) -> None:
    """Delete everything that leads to a person of a channel; the key is made as the assistant makes it.

    Raises CannotGoOn where there is no database to delete from.
    """
    database, found = await _found(settings)
    await database.close()
    if found.version is None:
        raise CannotGoOn(f"{found.place}: there is no database here, so nothing was deleted")
    database, keys = await open_own_database(settings)
    try:
        async with database.begin() as connection:
            key = keys.of(channel, person)
            await postgresql.hold(connection, key)  # what they write at this moment is forgotten too
            await privacy.forget(connection, key)
            await note(connection)
    finally:
        await database.close()


async def open_app(settings: Settings, clock: Clock = now_in_vietnam, *, alone: bool = False) -> App:
    """Open the database, read the content with what staff assigned, and put a desk and a delivery on top.

    `alone`: as in `open_database`.
    """
    database, keys = await open_own_database(settings, alone=alone)
    try:
        version, assigned = await reload.assigned(database)
        content = read_content(assigned)
    except BaseException:
        await database.close()
        raise
    resources, roles = resources_of(content, settings, listed()), Roles(settings.staff, keys)
    entrance = Entrance(database, roles, clock, settings.web)
    names = partial(_names, roles, content.texts)
    records = Records(
        database, Topics.of(content.library, content.texts), read_targets(), names, settings.telegram.inline_feedback
    )
    reporter = Reporter(records, content, settings.office, clock)
    group = StaffGroup(settings.staff, keys)
    meters = Meters()
    desk = Desk(database, keys, resources, clock, roles, group, meters)
    renderer = Renderer(resources.texts, reporter.make, entrance.link_for)
    replica = Replica(database, lambda: meters.errors)
    delivery = Delivery(database, keys, desk, group, renderer, replica=replica)
    freshener = Freshener(database, desk, version)
    return App(settings, resources, database, desk, delivery, roles, freshener, records, meters)


async def _names(roles: Roles, texts: Texts, connection: Connection) -> Mapping[str, str]:
    """What colleagues call each of the staff, by their signature."""
    everybody = await roles.colleagues(connection)
    return {each.signature: colleagues.called(texts, everybody, each.signature) for each in everybody}
