"""What one core does between the network and the database: a raw update to its stored outcome and its reply.

Nothing leaves the process: Telegram says yes to all at once. It is a process of its own, held to one core, and then
tells what memory it takes: idle, after 10,000 questions and 50 charts, and after as many again.
Alone: `python -m benchmarks.inside` (on Linux).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from telegram.request import BaseRequest

from benchmarks.matching import questions
from benchmarks.measure import baseline
from bot.app import App
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings, Telegram
from bot.channels.declared import Declared
from bot.channels.telegram import opening
from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.receiving import Receiver
from bot.charts import pictures
from bot.service import serve

_FIRST, _PEOPLE, _BATCH = 1_000, 1_000, 100
_WARM, _TIMED, _MANY, _CHARTS = 1_000, 4_000, 10_000, 50
_PENSION = "nữ sinh 5/{year} đóng mức 3 triệu từ 1/2020 thì lương hưu bao nhiêu"
_CHART = "So các mức (ảnh)"


@dataclass(frozen=True, slots=True)
class Inside:
    """Processor seconds of the start, questions a second by the wall and by the processor, and megabytes held."""

    start: float
    a_second: float
    a_processor_second: float
    idle: int
    after: int
    after_as_many_again: int


class _YesMan(BaseRequest):
    """Does what it is asked at once, without a network."""

    def __init__(self) -> None:
        self.sent = 0

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        result: object = True
        if method == "getMe":
            result = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
        elif method.startswith(("send", "edit")) and method != "sendChatAction":
            self.sent += 1
            result = {"message_id": self.sent}
        return 200, json.dumps({"ok": True, "result": result}).encode()


class _Given:
    """Hands updates to the receiver in batches, as long polling does, and takes the time and memory of it."""

    name = "benchmark"

    def __init__(self, receiver: Receiver, settled: Callable[[], Awaitable[None]]) -> None:
        """`settled` returns when nothing is being sent any more."""
        self._receiver = receiver
        self._settled = settled
        self._numbers = itertools.count(1)
        self._asked = itertools.cycle(questions())

    async def run(self, stop: asyncio.Event) -> None:
        start, idle = time.process_time(), _held()
        await self._ask(_WARM)
        wall, processor = time.perf_counter(), time.process_time()
        await self._ask(_TIMED)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        await self._ask(_MANY - _WARM - _TIMED)
        await self._draw(_CHARTS)
        after = _held()
        await self._ask(_MANY)
        await self._draw(_CHARTS)
        print(json.dumps(asdict(Inside(start, _TIMED / wall, _TIMED / processor, idle, after, _held()))))

    async def close(self) -> None:
        pass

    async def _ask(self, count: int) -> None:
        """Return when so many questions have their replies, each of somebody else's than the one before."""
        for _ in range(count // _BATCH):
            async with asyncio.TaskGroup() as group:
                for text in itertools.islice(self._asked, _BATCH):
                    group.create_task(self._receiver.take(self._update(text)))
        await self._settled()

    async def _draw(self, count: int) -> None:
        """Have charts drawn, of other figures each time."""
        for _ in range(count):
            person, text = next(self._numbers), _PENSION.format(year=1970 + next(self._numbers) % 30)
            for said in (text, _CHART):
                await self._receiver.take(self._update(said, person))
                await self._settled()

    def _update(self, text: str, person: int | None = None) -> object:
        number = next(self._numbers)
        who = _FIRST + (number % _PEOPLE if person is None else person)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": who, "type": "private", "first_name": "Ba"},
            "from": {"id": who, "is_bot": False, "first_name": "Ba", "language_code": "vi"},
            "text": text,
        }
        return {"update_id": number, "message": message}


def _opened(app: App) -> TelegramChannel:
    """The channel of `bhxh run` but for the network and for where updates come from."""
    texts = app.resources.texts

    async def settled() -> None:
        await channel.settled()

    channel = TelegramChannel(
        opening.connection(app.settings),
        app.desk,
        app.delivery,
        clock=now_in_vietnam,
        pictures=pictures.make,
        commands=Commands(opening.commands(texts), opening.staff_commands(texts), []),
        apology=texts.say("welcome.broken"),
        request=_YesMan(),
        intake=lambda _, receiver: _Given(receiver, settled),
        meters=app.meters,
    )
    return channel


def _held() -> int:
    """Megabytes of this process in memory now."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def inside() -> Inside:
    """Measured in a process of its own, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("BHXH_")}
        command = [sys.executable, "-m", "benchmarks.inside", folder]
        run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return Inside(**json.loads(run.stdout))


def print_inside(console: Console) -> None:
    """The figures beside their aims, and beside the loop of the machine that they are to be compared by."""
    before = baseline()
    found = inside()
    loop = min(before.p50, baseline().p50)
    table = Table("one core, no network", "found", "in rounds of the loop", "aim")
    table.add_row("questions a second", f"{found.a_second:.0f}", f"{1000 / found.a_second / loop:.3f} each", "≥ 400")
    each = 1000 / found.a_processor_second
    table.add_row("processor time of a question, ms", f"{each:.2f}", f"{each / loop:.3f}", "≤ 2.5")
    table.add_row(
        "start to the first poll, ms", f"{found.start * 1000:.0f}", f"{found.start * 1000 / loop:.1f}", "≤ 1500"
    )
    table.add_row("memory idle, MB", f"{found.idle}", "", "≤ 130")
    table.add_row("after 10,000 questions and 50 charts, MB", f"{found.after}", "", "≤ 180")
    table.add_row("after as many again, MB", f"{found.after_as_many_again}", "", "flat")
    console.print(table)


def main() -> None:
    if len(sys.argv) == 1:
        print_inside(Console(width=110))
        return
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    telegram = {"token": "1:assistant", "messages_a_second": 0}
    settings = Settings.model_validate({"data_folder": sys.argv[1], "telegram": telegram, "web": {"port": 0}})
    asyncio.run(serve(settings, [Declared("telegram", Telegram, _opened)]))


if __name__ == "__main__":
    main()
