"""Who comes to the chat page: a random secret and a token in a cookie, of which the key and a hash are kept.

The secret is the person, as a number is on another channel: whoever has it, and the token given last, is them. A page
in the frame of another site has a cookie of its own, which is worth nothing outside that site.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from bot.base.keys import Keys
from bot.desk.sign_in import new_id
from bot.storage import guests
from bot.storage.database import Connection, Database

NAME = "web"
COOKIE, FRAMED = "__Host-bhxh-chat", "__Host-bhxh-khung"
_COOKIE = re.compile(r"([\w-]{43})\.([\w-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Guest:
    """Who looks at the page: `known` once they wrote something; `given` is the token they get with the answer."""

    secret: str
    token: str
    key: str
    known: bool = False
    framed: bool = False
    given: bool = False

    @property
    def token_hash(self) -> str:
        return _hash(self.token)


class Door:
    """Knows people by their cookies."""

    def __init__(self, database: Database, keys: Keys, embedded: bool) -> None:
        self._database = database
        self._keys = keys
        self._embedded = embedded

    async def guest(self, request: Request, now: datetime, *, rotate: bool = False) -> Guest:
        """Who asks; somebody new where the cookie is none of ours, or was replaced. Raises StorageDown.

        `rotate`: a token that is old is replaced, so the answer must get to the browser.
        """
        framed = self._embedded and request.headers.get("sec-fetch-dest") == "iframe"
        for name in (COOKIE, FRAMED) if self._embedded and not framed else (FRAMED if framed else COOKIE,):
            found = _COOKIE.fullmatch(request.cookies.get(name, ""))
            if found is None:
                continue
            secret, token = found.groups()
            guest = Guest(secret, token, self._keys.of(NAME, secret), framed=name == FRAMED)
            async with self._database.read() as connection:
                kept = await guests.find(connection, guest.key, now)
            if kept is None:
                return guest
            if any(hmac.compare_digest(guest.token_hash, each) for each in (kept.token, kept.before or "")):
                return await self._known(guest, kept, now, rotate)
        return self.stranger(framed)

    def stranger(self, framed: bool = False) -> Guest:
        """Somebody new."""
        secret = new_id()
        return Guest(secret, new_id(), self._keys.of(NAME, secret), framed=framed, given=True)

    async def _known(self, guest: Guest, kept: guests.KnownGuest, now: datetime, rotate: bool) -> Guest:
        is_current = hmac.compare_digest(guest.token_hash, kept.token)
        # A browser loads the page twice at once: only one of the answers may bring a token, for they come in any order.
        is_due = now - kept.at > (guests.ROTATED if is_current else guests.UNDER_WAY)
        if rotate and is_due:
            fresh = Guest(guest.secret, new_id(), guest.key, known=True, framed=guest.framed, given=True)
            old, new = guest.token_hash, fresh.token_hash
            if await self._database.write(partial(_rotated, key=guest.key, kept=kept.token, old=old, new=new, now=now)):
                return fresh
        if is_current and kept.before is not None:
            await self._database.write(partial(_settled, key=guest.key, token=kept.token))
        return Guest(guest.secret, guest.token, guest.key, known=True, framed=guest.framed)


async def _rotated(connection: Connection, key: str, kept: str, old: str, new: str, now: datetime) -> bool:
    return await guests.rotate(connection, key, kept, old, new, now)


async def _settled(connection: Connection, key: str, token: str) -> None:
    await guests.settle(connection, key, token)


def give(response: Response, guest: Guest) -> None:
    """Give the browser its cookie, which no script gets to see; one in a frame is parted by the site around it."""
    words = [
        f"{FRAMED if guest.framed else COOKIE}={guest.secret}.{guest.token}",
        f"Max-Age={int(guests.LASTS.total_seconds())}",
        "Path=/",
        "Secure",
        "HttpOnly",
        "SameSite=None; Partitioned" if guest.framed else "SameSite=Lax",
    ]
    response.headers.append("Set-Cookie", "; ".join(words))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
