"""What can be wrong with the database, told apart without loading it.

StorageDown           it can't be read or written now; nothing was kept
├── Contended         two transactions stood in each other's way: the same again succeeds
└── Damaged           waiting does not help: somebody must bring it back
UnknownVersion        it was made by another version of the software; nothing was touched
"""

from __future__ import annotations

from typing import ClassVar

from bot.base.obstacle import ToldAlready


class StorageDown(ToldAlready):
    """The database can't be read or written now; the transaction left nothing behind."""

    code: ClassVar[int] = 1


class Contended(StorageDown):
    """The database broke this transaction off for another one."""


class Damaged(StorageDown):
    """What is in the file is not what was written to it: who serves stops, and nothing that comes in is confirmed."""

    code = 3

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: it is damaged. Stop what uses it, and bring it back with: bhxh restore BACKUP")
        self.what = what


class UnknownVersion(Exception):
    """The database carries a version this software does not know; it was left untouched."""

    code: ClassVar[int] = 1

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version
