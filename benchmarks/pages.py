"""The staff pages over a million questions and ratings, in processor time; files, in memory; and answers meanwhile.

`python -m benchmarks.pages` prints it for SQLite, and for PostgreSQL where it is installed. Processor time is that of
the process with its threads and of the server of the database; a round of the baseline is timed in it as well.
"""

from __future__ import annotations

import asyncio
import datetime
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
from pydantic import SecretStr
from rich.console import Console
from starlette.applications import Starlette

from benchmarks.measure import loop, share
from benchmarks.million import ROWS, fill
from bot.app import App, open_app
from bot.base.settings import DatabasePlace, Settings
from bot.desk.channel import Inbound
from bot.desk.sign_in import Entrance
from bot.storage import wordings
from bot.storage.database import VIETNAM
from bot.testing.postgresql_server import PostgresqlServer, programs
from bot.web.application import application
from bot.web.guard import COOKIE
from handlers.dialogue.message import Message

NOW = datetime.datetime(2028, 11, 28, 9, 0, tzinfo=VIETNAM)
_TIMES = 3
_QUIET_ROUND = 0.04
"""Seconds of processor time of a round of the loop on a quiet core."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PLAN = "ky=khac&tu=2026-01-01&den=2030-12-31"
PAGES = (
    "/",
    f"/?{_PLAN}",
    "/danh-gia",
    f"/danh-gia?{_PLAN}&q=kho+hieu",
    f"/danh-gia?{_PLAN}&sap=lowest&trang=400",
    "/cau-hoi",
    "/cau-hoi?ky=30",
    "/cau-hoi?trang=40&lydo=unknown",
    "/cau-hoi/{group}",
    "/chuyen-can-bo",
    "/tham-so",
    "/xuat",
)
FILES = (
    f"/xuat/questions/csv?{_PLAN}",
    "/xuat/evidence/zip",
    f"/xuat/log/xlsx?{_PLAN}",
)
_QUESTIONS = ("dong may nam thi duoc luong huu", "muc dong thap nhat bao nhieu", "o dau dong", "co thai san khong")


class Rig:
    """The pages of an app over a filled database, someone signed in, and a person who asks beside."""

    def __init__(self, app: App, server: int | None) -> None:
        self.app = app
        self.pages: Starlette = application(app, lambda: NOW)
        self._server = server
        self._numbers = itertools.count(1)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.pages), base_url="https://127.0.0.1")

    async def sign_in(self) -> None:
        entrance = Entrance(self.app.database, self.app.roles, lambda: NOW, self.app.settings.web)
        link = await entrance.link_on_server("admin")
        entered = await entrance.enter(link.rsplit("/", 1)[1], None)
        assert entered is not None
        self.client.cookies.set(COOKIE, entered.session)

    def processor(self) -> float:
        """Seconds of processor time so far, that of the database's server included."""
        return time.process_time() + sum(_used(each) for each in _processes_of(self._server))

    async def get(self, path: str) -> int:
        """Read an answer to its end; its bytes."""
        async with self.client.stream("GET", path) as answer:
            assert answer.status_code == 200, (path, answer.status_code)
            size = 0
            async for piece in answer.aiter_bytes():
                size += len(piece)
        return size

    async def answer_time(self) -> float:
        """Milliseconds until a question was answered: taken, kept, and its reply in the outbox."""
        number = next(self._numbers)
        text = _QUESTIONS[number % len(_QUESTIONS)]
        began = time.perf_counter()
        asked = Message("text", f"b{number}", NOW, text)
        await self.app.desk.take(Inbound("terminal", f"p{number}", f"p{number}", asked))
        return (time.perf_counter() - began) * 1000


def _processes_of(server: int | None) -> Iterator[int]:
    if server is None:
        return
    yield server
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            try:
                parent = int((each / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            if parent == server:
                yield int(each.name)


def _used(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def round_of_loop() -> float:
    """Milliseconds of processor time of a round of the baseline."""
    times = []
    for _ in range(5):
        began = time.process_time()
        loop()
        times.append((time.process_time() - began) * 1000)
    return share(times, 0.5)


def _memory(field: str) -> float:
    """MB of this process: `VmRSS` now, `VmHWM` the most since it was set back."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return 0.0


def _forget_the_most() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


async def _page_times(rig: Rig, console: Console, name: str) -> None:
    console.print(f"{name}: | page | ms of processor time | rounds | seconds of a quiet core |")
    group = (await rig.client.get("/cau-hoi")).text.partition("/cau-hoi/")[2].partition("/")[0].partition('"')[0]
    for path in (each.format(group=group) for each in PAGES):
        await rig.get(path)
        used, rounds = [], []
        for _ in range(_TIMES):
            rounds.append(round_of_loop())
            began = rig.processor()
            await rig.get(path)
            used.append((rig.processor() - began) * 1000)
        n = share(used, 0.5) / share(rounds, 0.5)
        console.print(f"| {path} | {share(used, 0.5):,.0f} | {n:.1f} | {n * _QUIET_ROUND:.2f} |")


async def _file_times(rig: Rig, console: Console, name: str) -> None:
    columns = ("file", "MB", "s of processor time", "rounds", "MB of memory more", "answers p50 ×", "p95 ×")
    console.print(f"{name}: | {' | '.join(columns)} |")
    for path in FILES:
        alone = await _answers(rig, lambda: asyncio.sleep(10, 0))
        _forget_the_most()
        held, began = _memory("VmRSS"), rig.processor()
        size, meanwhile = await _answers_beside(rig, path)
        used, rounds = rig.processor() - began, round_of_loop()
        more = _memory("VmHWM") - held
        ratios = [share(meanwhile, part) / share(alone, part) for part in (0.5, 0.95)]
        told = (size / 1e6, used, used * 1000 / rounds, more, *ratios)
        console.print(f"| {path} | {' | '.join(f'{each:,.1f}' for each in told)} |")


async def _answers_beside(rig: Rig, path: str) -> tuple[int, list[float]]:
    sizes: list[int] = []

    async def work() -> int:
        sizes.append(await rig.get(path))
        return 0

    meanwhile = await _answers(rig, work)
    return sizes[0], meanwhile


async def _answers(rig: Rig, work: Callable[[], Awaitable[int]]) -> list[float]:
    """How long answers took, five a second, while `work` was done."""
    task = asyncio.ensure_future(work())
    times: list[float] = []
    while not task.done() or not times:
        times.append(await rig.answer_time())
        await asyncio.sleep(0.2)
    await task
    return times


async def measure(settings: Settings, server: int | None, name: str, console: Console) -> None:
    """Fill the database of the settings, and measure what is read of it."""
    app = await open_app(settings, lambda: NOW)
    try:
        await fill(app.database, [entry.id for entry in app.resources.library if entry.kind == "answer"])
        rig = Rig(app, server)
        began = rig.processor()
        await wordings.catch_up(app.database)
        used, rounds = rig.processor() - began, round_of_loop()
        console.print(f"{name}: all that waited put into groups, once: {used:.0f} s, {used * 1000 / rounds:.0f} rounds")
        await rig.sign_in()
        await _page_times(rig, console, name)
        await _file_times(rig, console, name)
    finally:
        await app.close()


def main() -> None:
    """Both databases, or the ones that are named: `python -m benchmarks.pages sqlite`."""
    console, wanted = Console(width=120), sys.argv[1:] or ["sqlite", "postgresql"]
    console.print(f"{ROWS:,} questions and ratings; a round of the loop: {round_of_loop():.0f} ms of processor time")
    if "sqlite" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(Settings(data_folder=Path(folder)), None, "SQLite", console))
    if "postgresql" in wanted and programs() is not None:
        with PostgresqlServer(shared_buffers="256MB") as server, tempfile.TemporaryDirectory() as folder:
            server.make("province")
            given = DatabasePlace(url=SecretStr(server.url("province")))
            settings = Settings(data_folder=Path(folder), database=given)
            process = int((server.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
            asyncio.run(measure(settings, process, "PostgreSQL", console))


if __name__ == "__main__":
    main()
