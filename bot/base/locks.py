"""One lock for each key, and none for those nobody holds or waits for."""

from __future__ import annotations

import asyncio
import weakref


class Locks:
    """Locks by key, made when asked for; `async with locks.of(key)` keeps one as long as it is held."""

    def __init__(self) -> None:
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        """The lock of a key, the same for all who hold it or wait for it."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock
