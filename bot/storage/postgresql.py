"""PostgreSQL, the database of several processes: how it is reached, and what on SQLite needs no word.

SQLite lets one transaction write at a time. Here they run side by side, so what must not is held by a lock of the
database that ends with the transaction, wherever its process is.
"""

from __future__ import annotations

import hashlib
import socket
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

NAME = "postgresql"
DRIVER = "postgresql+asyncpg"
_CONNECTING_SECONDS = 10.0
_COMMAND_SECONDS = 600.0
_VANISHED_SECONDS = 25
"""A server that vanished without a word, and does not even say that the line is open, is given up then."""
_POOL_SECONDS = 5.0
_SESSION = {
    "application_name": "bhxh",
    "timezone": "UTC",
    "jit": "off",
    "work_mem": "64MB",  # so much a report takes for two hundred thousand people
    "random_page_cost": "1.1",  # no disk that turns
    "lock_timeout": "10s",
    # A process that vanished in the middle of a transaction holds a chat no longer than this.
    "idle_in_transaction_session_timeout": "30s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_HOLD = sa.select(sa.func.pg_advisory_xact_lock(_NUMBER))
_TRY = sa.select(sa.func.pg_try_advisory_xact_lock(_NUMBER))


def engine(url: str, connections: int, *, patient: bool = False) -> AsyncEngine:
    """An engine with so many connections at most; `patient`: a statement may take as long as it takes."""
    reached = sa.make_url(url).set(drivername=DRIVER)
    if "sslmode" in reached.query:  # as the tools of PostgreSQL name it
        mode = reached.query["sslmode"]
        reached = reached.difference_update_query(("sslmode",)).update_query_dict({"ssl": mode})
    made = create_async_engine(
        reached,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_POOL_SECONDS,
        pool_pre_ping=True,  # a server that was restarted costs nobody an answer
        connect_args={
            "timeout": _CONNECTING_SECONDS,
            "command_timeout": None if patient else _COMMAND_SECONDS,
            "server_settings": _SESSION,
        },
    )
    sa.event.listen(made.sync_engine, "connect", _ask_whether_it_is_there)
    sa.event.listen(made.sync_engine, "before_cursor_execute", _without_zeros, retval=True)
    return made


def _ask_whether_it_is_there(connection: Any, record: object) -> None:
    """Have the operating system ask, while an answer is waited for; on a socket of this machine there is no need."""
    line = connection.driver_connection._transport.get_extra_info("socket")
    if line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in (
            ("TCP_KEEPIDLE", 10),
            ("TCP_KEEPINTVL", 5),
            ("TCP_KEEPCNT", 3),
            ("TCP_USER_TIMEOUT", 1_000 * _VANISHED_SECONDS),
        ):
            if hasattr(socket, name):  # not on every system
                line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _without_zeros(
    connection: object, cursor: object, statement: str, parameters: Any, context: object, many: bool
) -> tuple[str, Any]:
    """No text of PostgreSQL holds the character 0, which people can write; SQLite keeps it."""
    rows = parameters if many else (parameters,)
    if any(isinstance(each, str) and "\0" in each for row in rows for each in row):
        rows = [tuple(map(without_zeros, row)) for row in rows]
        parameters = rows if many else rows[0]
    return statement, parameters


def without_zeros(value: Any) -> Any:
    """The value as PostgreSQL takes it."""
    return value.replace("\0", "") if isinstance(value, str) else value


def place(url: sa.URL) -> str:
    """Where a database is, without who comes to it."""
    host = url.host or url.query.get("host", "")
    return f"{NAME}://{host}{f':{url.port}' if url.port else ''}/{url.database}"


async def hold(connection: AsyncConnection, name: str) -> None:
    """Until the transaction ends no other one holds this name; who comes second waits. Nothing to do on SQLite."""
    if connection.dialect.name == NAME:
        await connection.execute(_HOLD, {"number": lock_number(name)})


async def held(connection: AsyncConnection, name: str) -> bool:
    """As `hold`, but False where another transaction holds the name; on SQLite none does."""
    if connection.dialect.name != NAME:
        return True
    return bool((await connection.execute(_TRY, {"number": lock_number(name)})).scalar_one())


def lock_number(name: str) -> int:
    """The number by which PostgreSQL knows the lock of a name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


def make_folded(connection: sa.Connection) -> None:
    """Make the SQL function `folded` as SQLite has it from the driver: a text without accents and large letters."""
    without_stroke = r"translate(said, U&'\0111\0110', 'dd')"  # which is no accent
    bare = rf"regexp_replace(normalize({without_stroke}, NFD), '[\u0300-\u036f]', '', 'g')"
    made = "CREATE OR REPLACE FUNCTION folded(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS"
    connection.execute(sa.text(f"{made} $$ SELECT lower({bare}) $$"))
