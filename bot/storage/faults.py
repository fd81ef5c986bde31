"""What an error of the database means for whoever wanted it, by whichever library it was raised.

Down is what passes: a lock, a full disk, a disk that fails or can't be written to, all connections in use. Damaged is
what does not. All else is a mistake of the software, and passes through: waiting would not help, and a message that
meets one must not stand before all others for ever.
"""

from __future__ import annotations

import sqlite3

from bot.storage.failures import Contended, Damaged, StorageDown

_PASSING = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_NOLFS,
}
_LASTING = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_NOTADB}
_ANOTHER_SCHEMA = ("no such table", "no such column", "has no column named")
"""Every statement fits the tables of this version: where one is missing, something else wrote to the file."""

# The codes of PostgreSQL (appendix A of its manual), or what they begin with.
_CONTENDED = ("40001", "40P01", "55P03")
_SERVER_GOES = ("08", "57P")
_CUT = "the server of the database is stopping or starting, or cut the connection"
_SERVER_DOWN = (
    "25006",  # read-only: a standby, or a server that was told so
    "28",  # who we are is not accepted
    "3D",  # there is no such database, yet
    "42501",  # we may not
    "53",  # disk full, out of memory, too many connections
    "54",
    "55",
    "57",  # stopped, starting, statement broken off
    "58",  # the operating system under the server
)
_SERVER_DAMAGED = ("XX001", "XX002", "58P01", "42P01", "42703", "42883", "3F000")
"""Pages or indexes that are not whole, a file that is gone; tables, columns, functions that are missing."""


def failure_of(error: BaseException) -> StorageDown | None:
    """StorageDown or Damaged; None for a mistake of the software."""
    if isinstance(error, StorageDown):
        return error
    if isinstance(error, OSError):
        return StorageDown(error.strerror or type(error).__name__)
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return StorageDown(str(error))
    return _of_sqlite(error) if isinstance(error, sqlite3.Error) else _of_library(error)


def _of_library(error: BaseException) -> StorageDown | None:
    from sqlalchemy import exc  # who only looks at the file does not load it

    if isinstance(error, exc.TimeoutError):
        return StorageDown("all connections to the database are in use")
    if not isinstance(error, exc.DBAPIError):
        return _of_postgresql(error)
    if error.orig is None:
        return None
    of_another = isinstance(error, exc.OperationalError) and not isinstance(error.orig, sqlite3.Error)
    told = failure_of(error.orig)
    if told is None and (error.connection_invalidated or of_another):
        return StorageDown(_line(error.orig))
    return told


def _of_postgresql(error: BaseException) -> StorageDown | None:
    """By the code of the server; without one, what the driver says of its connection."""
    code = getattr(error, "sqlstate", None)
    if not isinstance(code, str):
        is_driver = type(error).__name__ in ("InterfaceError", "InternalClientError", "InvalidCachedStatementError")
        return StorageDown(_CUT) if is_driver else None
    if code.startswith(_SERVER_GOES):
        return StorageDown(_CUT)
    if code in _CONTENDED:
        return Contended(_line(error))
    if code in _SERVER_DAMAGED:
        return Damaged(_line(error))
    return StorageDown(_line(error)) if code.startswith(_SERVER_DOWN) else None


def _line(error: BaseException) -> str:
    """What a server says, in one line and without the classes of libraries."""
    said = str(error).partition("\n")[0]
    return said.rpartition(">: ")[2] or type(error).__name__


def _of_sqlite(error: sqlite3.Error) -> StorageDown | None:
    said, code = str(error), getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF  # the rest tells where it happened
    lasting = kind in _LASTING or code == sqlite3.SQLITE_READONLY_DBMOVED
    if lasting or any(each in said for each in _ANOTHER_SCHEMA):
        return Damaged(said)
    unnamed = kind is None and isinstance(error, sqlite3.OperationalError)
    return StorageDown(said) if unnamed or kind in _PASSING else None
