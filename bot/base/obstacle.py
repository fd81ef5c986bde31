"""What stands in the way is said once, said again when it is another thing, and once when it is over."""

from __future__ import annotations

import logging


class ToldAlready(Exception):
    """An error whose cause is said where it arises: who tries again after it says nothing more."""


class Obstacle:
    """One way that may be blocked: each cause is one line of the log however often it is met, and so is its end."""

    def __init__(self, log: logging.Logger, blocked: str, over: str) -> None:
        """`blocked` is said before the cause, `over` once the way is free again."""
        self._log = log
        self._blocked = blocked
        self._over = over
        self._cause: str | None = None

    @property
    def cause(self) -> str | None:
        """What stands in the way now; None while nothing does."""
        return self._cause

    def met(self, cause: str) -> None:
        """The way is blocked by this."""
        if cause != self._cause:
            self._cause = cause
            self._log.error("%s: %s", self._blocked, cause)

    def passed(self) -> None:
        """The way is free."""
        if self._cause is not None:
            self._cause = None
            self._log.warning("%s", self._over)
