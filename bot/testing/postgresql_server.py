"""A PostgreSQL of its own in a temporary folder, on a free port of this machine: empty, and gone at the end.

    with PostgresqlServer() as server:
        server.make("one")                  # an empty database
        server.make("two", like="one")      # a copy of another one, which nobody may be using
        server.url("two")                   # postgresql+asyncpg://bhxh@127.0.0.1:port/two
        server.restart()                    # as after an upgrade: every connection is cut

It keeps nothing safe on the disk (`fsync=off`), and sorts as Vietnamese does, so that nothing rests on another order.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USER = "bhxh"
_ACCOUNT = "postgres"
"""The server refuses to run for root: then it runs for this account of the operating system."""
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "max_connections": "100",
}


_OUTLIVED = """
while kill -0 "$1"; do sleep 2; done
kill -QUIT "$(head -n 1 "$2")"
rm -rf "$3"
"""
"""Whoever started the server may be killed: then it ends as well, and its folder goes."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL installed; None where there is none."""
    found = [each for each in Path("/usr/lib/postgresql").glob("*/bin/initdb") if each.parts[-3].isdigit()]
    if found:
        return max(found, key=lambda each: int(each.parts[-3])).parent
    path = shutil.which("initdb")
    return None if path is None else Path(path).resolve().parent


class PostgresqlServer:
    """See the module's first lines; raises RuntimeError where PostgreSQL is not installed."""

    def __init__(self, **options: str) -> None:
        """`options`: settings of the server, beside or instead of those of this module."""
        found = programs()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed: there is no initdb")
        self._programs = found
        self._options = {**_OPTIONS, **options}
        self._folder = Path(tempfile.mkdtemp(prefix="bhxh-postgresql."))
        self.data = self._folder / "data"
        self._before = ["runuser", "-u", _ACCOUNT, "--"] if os.geteuid() == 0 else []
        if self._before:
            shutil.chown(self._folder, _ACCOUNT)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    def __enter__(self) -> PostgresqlServer:
        order = ["--locale-provider=icu", "--icu-locale=vi"] if int(self._programs.parts[-2]) >= 15 else []
        given = [
            "--auth=trust",
            f"--username={USER}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--data-checksums",
            *order,
        ]
        self._run("initdb", "-D", str(self.data), *given)
        self.start()
        watching = [str(os.getpid()), str(self.data / "postmaster.pid"), str(self._folder)]
        nothing = subprocess.DEVNULL
        self._watch = subprocess.Popen(
            ["sh", "-c", _OUTLIVED, "sh", *watching],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.kill()
        self._watch.wait()
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in self._options.items())
        self._control("start", "-w", "-o", f"-p {self.port} {options}", "-l", str(self._folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """`fast`: what is under way is broken off; `immediate`: as if the machine had gone."""
        self._control("stop", "-w", "-m", mode)

    def restart(self, mode: str = "fast") -> None:
        self.stop(mode)
        self.start()

    def url(self, database: str) -> str:
        """Where a database is, as the settings have it."""
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str, like: str = "template0") -> None:
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{like}" STRATEGY file_copy')

    def drop(self, database: str) -> None:
        """Whoever uses it is cut off."""
        self.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def execute(self, statement: str, database: str = "postgres") -> list[str]:
        """Carry out a statement as whoever keeps the server does; its rows, columns parted by «|»."""
        asked = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database, "-X", "-q", "-A", "-t"]
        done = subprocess.run(
            [self._programs / "psql", *asked, "-v", "ON_ERROR_STOP=1", "-c", statement],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.splitlines()

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-s", "-D", str(self.data), *words)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [*self._before, str(self._programs / program), *words],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
