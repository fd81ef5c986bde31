"""A real `bhxh run` in a folder of its own, against the Bot API on a port: started, killed, and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.testing.telegram_server import TOKEN, BotApiServer
from tests.commands import BHXH, PATIENCE, surroundings
from tests.ports import free_port

WEBHOOK_TOKEN = "Only_Telegram-is-told-this-0123456789"


def by_webhook(api: BotApiServer) -> dict[str, Any]:
    """Settings of Telegram by which updates are sent to the process, on a port that stays its own over restarts."""
    api.queue.arrives_at = free_port()
    return {
        "mode": "webhook",
        "webhook_url": "https://tro-ly.example.vn/telegram/updates",
        "webhook_port": api.queue.arrives_at,
        "webhook_token": WEBHOOK_TOKEN,
    }


class Assistant:
    """The process, as whoever keeps the server has it."""

    def __init__(
        self, folder: Path, api: BotApiServer, sections: Mapping[str, object] | None = None, **telegram: object
    ) -> None:
        """`sections`: more of its settings; `telegram`: how it reaches the Bot API, if not as it is."""
        self.folder = folder
        self._api = api
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "log"
        address = telegram.pop("base_url", api.address)
        settings: Mapping[str, Any] = {
            "data_folder": str(folder / "data"),
            "telegram": {"token": TOKEN, "base_url": address, "base_file_url": address, **telegram},
            "web": {"port": 0},
            **(sections or {}),
        }
        self.data = Path(settings["data_folder"])
        (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    def start(self, *before: str, **given: str) -> None:
        """Start it; `before` are words of a command that runs it, `given` its environment."""
        named = surroundings(**given)
        environment = {name: value for name, value in named.items() if not name.lower().endswith("_proxy")}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*before, BHXH, "--config", str(self.folder / "config.yaml"), "run"],
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """kill -9, it and what it started."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM; the code it ends with."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def ends(self) -> int:
        """The code it ends with by itself."""
        assert self._process is not None
        return self._process.wait(PATIENCE)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data / 'bhxh.sqlite3'}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()


@contextlib.contextmanager
def assistant(
    folder: Path, api: BotApiServer, sections: Mapping[str, object] | None = None, **telegram: object
) -> Iterator[Assistant]:
    """One that is killed at the end whatever happens; its log is in the message of what failed."""
    made = Assistant(folder, api, sections, **telegram)
    try:
        yield made
    except BaseException as error:
        error.add_note(made.log[-4_000:])
        raise
    finally:
        made.kill()
