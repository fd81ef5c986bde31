"""«đang soạn…» in a chat while something is made that takes longer than a moment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

_A_MOMENT = 1.0
_SHOWN_SECONDS = 5.0
"""So long a chat shows it; then it is asked for again."""
_TIMES = 12
"""What takes longer than a minute waits for something else."""
_CHATS = 5
"""In a rush many wait, and to tell them all would make them wait longer."""

TYPING = "typing"


class AtWork:
    """Shows in a few chats at once that the assistant is at work; nothing turns on it, and no failure is told."""

    def __init__(self, show: Callable[[str, str], Awaitable[object]], failures: type[Exception]) -> None:
        """`show` has a chat show an action for a while; what it raises when that fails."""
        self._show = show
        self._failures = failures
        self._telling: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def shown(self, chat: str, action: str = TYPING) -> AsyncIterator[None]:
        """Show it in a chat as long as it lasts, if that is longer than a second."""
        telling: asyncio.Task[None] | None = None

        def tell() -> None:
            nonlocal telling
            if len(self._telling) < _CHATS:
                telling = asyncio.create_task(self._tell(chat, action))
                self._telling.add(telling)

        timer = asyncio.get_running_loop().call_later(_A_MOMENT, tell)
        try:
            yield
        finally:
            timer.cancel()
            if telling is not None:
                self._telling.discard(telling)
                telling.cancel()
                await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, chat: str, action: str) -> None:
        for _ in range(_TIMES):
            with contextlib.suppress(self._failures):
                await self._show(chat, action)
            await asyncio.sleep(_SHOWN_SECONDS)
