"""The second factor of who signs in to the pages: a code of six digits from an app, or one of ten for when it is lost.

What the codes are made of is sealed with the secret of the installation, so the database alone makes none. A code is
used once, and after some wrong ones none is tried for a while, wherever they were tried.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import io
import logging
import secrets
from dataclasses import dataclass
from typing import Literal

from bot.base.keys import Keys, NotSealedHere
from bot.storage import postgresql, second_factors
from bot.storage.database import Connection
from bot.storage.second_factors import KeptFactor

log = logging.getLogger(__name__)

STEP = datetime.timedelta(seconds=30)
"""So long a code is shown; the one before and the one after it are taken too, for clocks differ."""
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
_RECOVERY_LETTERS = 16
_TABLE = "second_factors"

CodeOutcome = Literal["right", "wrong", "locked", "none"]


@dataclass(frozen=True, slots=True)
class Begun:
    """One that is to be confirmed: the address that is scanned, and the same to be typed."""

    address: str
    typed: str

    def as_svg(self) -> str:
        """The QR code to be scanned, as it stands in a page."""
        import segno

        written, shown = io.BytesIO(), {"xmldecl": False, "svgns": False, "nl": False}
        segno.make(self.address, error="m").save(written, kind="svg", omitsize=True, light="#fff", **shown)
        return written.getvalue().decode()


class SecondFactor:
    """Begins, confirms and asks; each within a transaction of whoever calls, which holds it until it ends."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def hold(self, connection: Connection, key: str) -> None:
        """Two who try a code of the same person at once, begin and confirm, or come in, come one after the other.

        Held before links and sessions are written: taking it afterwards, two would wait for each other.
        """
        await postgresql.hold(connection, f"{_TABLE}:{key}")

    async def begin(self, connection: Connection, key: str, name: str, issuer: str) -> Begun | None:
        """A new one, which counts once a code of it was typed; None where one is in use, which is ended first."""
        import pyotp

        await self.hold(connection, key)
        if await second_factors.is_on(connection, key):
            return None
        made = pyotp.random_base32()
        await second_factors.put(connection, key, self._keys.seal(made, _TABLE, key))
        return Begun(pyotp.TOTP(made).provisioning_uri(name=name, issuer_name=issuer), made)

    async def begun(
        self, connection: Connection, key: str, name: str, issuer: str, now: datetime.datetime
    ) -> Begun | None:
        """The one that waits to be confirmed."""
        import pyotp

        kept = await second_factors.find(connection, key, now)
        made = None if kept is None or kept.confirmed else self._opened(key, kept)
        return None if made is None else Begun(pyotp.TOTP(made).provisioning_uri(name=name, issuer_name=issuer), made)

    async def confirm(
        self, connection: Connection, key: str, code: str, now: datetime.datetime
    ) -> tuple[CodeOutcome, tuple[str, ...]]:
        """It counts from now on, if the code is right; then the recovery codes, which are shown once."""
        await self.hold(connection, key)
        kept = await second_factors.find(connection, key, now)
        if kept is None or kept.confirmed:
            return "none", ()
        outcome = await self._tried(connection, key, kept, code, now)
        if outcome != "right":
            return outcome, ()
        codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
        await second_factors.confirm(connection, key, [_hash(key, each) for each in codes])
        return outcome, codes

    async def check(self, connection: Connection, key: str, code: str, now: datetime.datetime) -> CodeOutcome:
        """Whether a code is right, which uses it up; a wrong one is counted, so the transaction is to be kept.

        «none» where nothing is in use.
        """
        await self.hold(connection, key)
        kept = await second_factors.find(connection, key, now)
        return "none" if kept is None or not kept.confirmed else await self._tried(connection, key, kept, code, now)

    async def _tried(
        self, connection: Connection, key: str, kept: KeptFactor, code: str, now: datetime.datetime
    ) -> CodeOutcome:
        if kept.locked:
            return "locked"
        plain = "".join(each for each in code.lower() if each.isalnum())
        made = self._opened(key, kept)
        step = None if made is None else _step_of(made, plain, now)
        if step is not None and await second_factors.use_step(connection, key, step):
            return "right"
        if len(plain) == _RECOVERY_LETTERS and await second_factors.use_recovery(connection, key, _hash(key, plain)):
            return "right"
        await second_factors.failed(connection, key, now)
        return "wrong"

    def _opened(self, key: str, kept: KeptFactor) -> str | None:
        """What the codes are made of; None where the row was changed by other hands: recovery codes still count."""
        try:
            return self._keys.unseal(kept.sealed, _TABLE, key)
        except NotSealedHere:
            log.error("what a second factor is made of can't be opened: an admin may take it away")
            return None


def _step_of(made: str, code: str, now: datetime.datetime) -> int | None:
    """The step of time whose code this is: now, the one before or the one after; None where it is none of them."""
    import pyotp

    maker, seconds = pyotp.TOTP(made), int(STEP.total_seconds())
    present = int(now.timestamp()) // seconds
    right = [
        step
        for step in (present - 1, present, present + 1)
        if hmac.compare_digest(maker.generate_otp(step).encode(), code.encode())
    ]
    return max(right, default=None)


def _recovery_code() -> str:
    """Sixteen letters: 79 bits, which nobody guesses, so that a plain hash keeps them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_RECOVERY_LETTERS))


def _hash(key: str, code: str) -> str:
    return hashlib.sha256(f"{key}:{code}".encode()).hexdigest()
