"""What can be wrong with the database, told apart without loading it.

StorageDown       it can't be read or written now; nothing was kept
UnknownVersion    it was made by another version of the software; nothing was touched
"""

from __future__ import annotations


class StorageDown(Exception):
    """The database can't be read or written now; the transaction left nothing behind."""


class UnknownVersion(Exception):
    """The database carries a version this software does not know; it was left untouched."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version
