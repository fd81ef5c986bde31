"""How staff come in: a one-time link, spent by a press of a button, opens a session of eight hours, which ends
before when it is not used for one.

Tokens and session ids are random and 256 bits long, and kept as hashes. A session holds the key of a member of
staff, whose role is looked up each time; only a link made on the server carries a role itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from bot.base.settings import Web
from bot.desk.roles import Roles, signature
from bot.desk.second_factor import CodeOutcome
from bot.storage import audit, second_factors, sessions
from bot.storage.audit import SERVER, Author
from bot.storage.database import Connection, Database, StorageDown
from bot.storage.sessions import Holder
from handlers.dialogue.memory import Role

log = logging.getLogger(__name__)

LINKS_AT_ONCE = 5
"""How many links one person can have made in ten minutes."""
DOOR = "/vao/"
_ON_SERVER = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page: the role, and the name that decisions are signed with (no person's)."""

    role: Role
    name: str
    key: str = ""
    waits: bool = False
    """Whether the code of their second factor is due before anything else."""

    @property
    def signature(self) -> str:
        """By which they are told apart in conversations, whatever an admin calls them."""
        return signature(self.key) or SERVER.name

    @property
    def author(self) -> Author:
        """Who does what this visitor does, for the audit log."""
        return Author(self.key, self.name)


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that begins; `waits`: for the code of the second factor."""

    session: str
    waits: bool


def address(web: Web) -> str:
    """The address of the pages without a slash at its end: the public one, or the one on this machine."""
    if web.public_url is not None:
        return web.public_url.rstrip("/")
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told apart, not bound
    host = everywhere.get(web.host, web.host)
    return f"http://[{host}]:{web.port}" if ":" in host else f"http://{host}:{web.port}"


def new_id() -> str:
    """A session id or a token that nobody guesses."""
    return secrets.token_urlsafe(32)


def csrf_token(session: str) -> str:
    """What every form of a session carries: only who holds the session id can know it."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


def csrf_fits(session: str, given: str) -> bool:
    """Whether a form came from a page of this session; takes the same time whatever is given."""
    return hmac.compare_digest(csrf_token(session).encode(), given.encode())


class Entrance:
    """Makes links, spends them, and tells whose session it is."""

    def __init__(self, database: Database, roles: Roles, clock: Callable[[], datetime], web: Web) -> None:
        self._database = database
        self._roles = roles
        self._clock = clock
        self._address = address(web)

    async def link_for(self, key: str) -> str | None:
        """A link for a member of staff; None for anyone else, and after too many of them."""
        now = self._clock()
        async with self._database.begin() as connection:
            member = await self._roles.member(connection, key)
            if member is None:
                return None
            if await sessions.links_alive(connection, key, now) >= LINKS_AT_ONCE:
                log.warning("no link to the staff pages: %d were made in ten minutes", LINKS_AT_ONCE)
                return None
            token = new_id()
            holder = Holder(key, "")
            await sessions.add_link(connection, _hash(token), holder, now)
            await audit.add(connection, member.author, "link", now)
        log.info("a link to the staff pages was made in a chat")
        return self._address + DOOR + token

    async def link_on_server(self, role: Role) -> str:
        """A link for whoever works on the server, who could read the database anyway."""
        token, now = new_id(), self._clock()
        async with self._database.begin() as connection:
            await sessions.add_link(connection, _hash(token), Holder(_ON_SERVER, role), now)
            await audit.add(connection, SERVER, "link", now, role)
        return self._address + DOOR + token

    async def enter(self, token: str, before: str | None) -> Entered | None:
        """Spend a link: a new session, which ends the one `before`; None when the link opens nothing."""
        now, session = self._clock(), new_id()
        async with self._database.begin() as connection:
            await self._roles.second_factor.hold(connection, await sessions.key_of_link(connection, _hash(token)))
            holder = await sessions.spend_link(connection, _hash(token), now)
            visitor = None if holder is None else await self._visitor(connection, holder)
            if holder is None or visitor is None:
                return None
            if before is not None:
                await sessions.end(connection, _hash(before))
            waits = holder.key != _ON_SERVER and await second_factors.is_on(connection, holder.key)
            await sessions.add(connection, _hash(session), dataclasses.replace(holder, waits=waits), now)
            if not waits:
                await audit.add(connection, visitor.author, "sign_in", now, visitor.role)
        log.info("a session of the staff pages begins, role %s%s", visitor.role, ", its code is due" if waits else "")
        return Entered(session, waits)

    async def give_code(self, session: str, code: str) -> tuple[CodeOutcome, str]:
        """Give the code that a session waits for: how it was, and the id of the session from then on.

        «none» where the session is over, or waits for nothing.
        """
        hash, now, fresh = _hash(session), self._clock(), new_id()
        async with self._database.begin() as connection:
            holder = await sessions.find(connection, hash, now)
            visitor = None if holder is None else await self._visitor(connection, holder)
            if visitor is None or not visitor.waits:
                return "none", session
            outcome = await self._roles.second_factor.check(connection, visitor.key, code, now)
            if outcome == "none":  # it was taken away meanwhile
                outcome = "right"
            if outcome == "right":
                await sessions.pass_on(connection, hash, _hash(fresh))
                await audit.add(connection, visitor.author, "sign_in", now, visitor.role)
            elif outcome == "wrong":
                await audit.add(connection, visitor.author, "bad_code", now, visitor.role)
        if outcome != "right":
            log.warning("a code of a second factor was not right")
        return outcome, fresh if outcome == "right" else session

    async def end_others(self, connection: Connection, key: str, session: str) -> None:
        """Whoever came in under this key before, and every link that waits, is out; this session stays."""
        await sessions.end_others(connection, key, _hash(session))

    async def visitor(self, session: str) -> Visitor | None:
        """Who a session belongs to, with the role of this moment; None when it is over or the role was taken."""
        hash, now = _hash(session), self._clock()
        async with self._database.read() as connection:
            holder = await sessions.find(connection, hash, now)
            visitor = None if holder is None else await self._visitor(connection, holder)
            is_old = visitor is not None and await sessions.is_to_be_touched(connection, hash, now)
        if is_old:
            with contextlib.suppress(StorageDown):  # where nothing can be written, pages are still read
                await self._database.write(lambda connection: sessions.touch(connection, hash, now))
        return visitor

    async def leave(self, session: str) -> None:
        """End a session."""
        now = self._clock()
        async with self._database.begin() as connection:
            holder = await sessions.find(connection, _hash(session), now)
            await sessions.end(connection, _hash(session))
            visitor = None if holder is None else await self._visitor(connection, holder)
            if visitor is not None:
                await audit.add(connection, visitor.author, "sign_out", now)

    async def _visitor(self, connection: Connection, holder: Holder) -> Visitor | None:
        """Who this is now; None where the role was taken."""
        if holder.key != _ON_SERVER:
            member = await self._roles.member(connection, holder.key)
            return None if member is None else Visitor(member.role, member.name, member.key, holder.waits)
        role = next((role for role in get_args(Role) if role == holder.role), None)
        return None if role is None else Visitor(role, SERVER.name)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
