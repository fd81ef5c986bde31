"""The staff are told once when something goes wrong and once when it is over, also over a restart."""

from __future__ import annotations

import logging
import shutil
from types import SimpleNamespace

import pytest

from bot.base.settings import Staff, Watch
from bot.storage.database import Database
from bot.watch.alarms import Alarms
from bot.watch.daily import Daily
from tests.bot.watch.conftest import MakeApp, Watched

MEGABYTE = 1_000_000


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The megabytes that are left on the disk."""
    left = {"free": 40_000}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=left["free"] * MEGABYTE))
    return left


def watch_over(watched: Watched) -> Alarms:
    return Alarms(watched.app, watched.clock)


async def test_a_disk_that_fills_is_told_once_and_so_is_its_end(make_watched: MakeApp, disk: dict[str, int]) -> None:
    watched = make_watched()
    alarms = watch_over(watched)
    told = []
    for free in (501, 499, 300, 499, 501, 599, 600, 700, 400):
        disk["free"] = free
        await alarms.look()
        watched.clock.forward(minutes=1)
        told.append(len(await watched.told_staff()))
    assert told == [0, 1, 1, 1, 1, 1, 2, 2, 3]
    begun, over, again = await watched.told_staff()
    assert "499 MB" in begun
    assert "đã có chỗ" in over
    assert "400 MB" in again


async def test_a_restart_neither_repeats_nor_forgets(make_watched: MakeApp, disk: dict[str, int]) -> None:
    disk["free"] = 10
    first = make_watched()
    await watch_over(first).look()
    assert len(await first.told_staff()) == 1
    second = make_watched()
    await watch_over(second).look()
    assert await second.told_staff() == []
    disk["free"] = 40_000
    third = make_watched()
    await watch_over(third).look()
    (over,) = await third.told_staff()
    assert "đã có chỗ" in over
    await watch_over(make_watched()).look()
    assert len(await third.told_staff()) == 1


async def test_killed_before_it_went_out_it_goes_out_later(make_watched: MakeApp, disk: dict[str, int]) -> None:
    disk["free"] = 10
    killed = make_watched()
    killed.app.delivery.wake = lambda keys: None  # type: ignore[method-assign]
    await watch_over(killed).look()
    assert killed.channel.to("-900") == []
    again = make_watched()
    await watch_over(again).look()
    again.app.delivery.resume()
    assert len(await again.told_staff()) == 1


async def test_a_clock_that_is_set_back_rings_no_bell(make_watched: MakeApp, disk: dict[str, int]) -> None:
    disk["free"] = 10
    watched = make_watched()
    watched.clock.forward(days=900)
    alarms = watch_over(watched)
    await alarms.look()
    watched.clock.forward(days=-900)
    disk["free"] = 40_000
    for _ in range(3):
        await watch_over(make_watched()).look()
        await alarms.look()
        watched.clock.forward(minutes=1)
    watched.app.delivery.resume()
    assert len(await watched.told_staff()) <= 2


async def test_errors_count_over_ten_minutes(make_watched: MakeApp, disk: dict[str, int]) -> None:
    watched = make_watched(Watch(errors=4))
    alarms = watch_over(watched)
    told = []
    for errors in (3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0):
        await alarms.look()
        watched.app.meters.errors += errors
        watched.clock.forward(minutes=1)
        told.append(len(await watched.told_staff()))
    assert told[12] == 0  # three, and three when the first are forgotten
    assert told[15] == 1
    assert told[-1] == 2
    assert "5 lỗi" in (await watched.told_staff())[0]


async def test_a_reply_that_waits_is_told_and_that_it_went(make_watched: MakeApp, disk: dict[str, int]) -> None:
    watched = make_watched(Watch(waiting_minutes=5))
    alarms = watch_over(watched)
    await watched.asks("dong may nam thi co luong huu", sends=False)
    watched.clock.forward(minutes=4)
    await alarms.look()
    assert await watched.told_staff() == []
    watched.clock.forward(minutes=2)
    await alarms.look()
    (begun,) = await watched.told_staff()
    assert "6 phút" in begun
    watched.app.delivery.resume()
    await watched.app.delivery.settled()
    assert watched.channel.to("7") != []
    await alarms.look()
    assert "không phải chờ nữa" in (await watched.told_staff())[1]


async def test_what_waits_for_the_staff_themselves_is_no_alarm(make_watched: MakeApp, disk: dict[str, int]) -> None:
    """They can't be told that they can't be told; and who talks in a terminal that is closed waits for nobody."""
    watched = make_watched(Watch(waiting_minutes=1, free_megabytes=500))
    disk["free"] = 10
    watched.app.delivery.wake = lambda keys: None  # type: ignore[method-assign]
    alarms = watch_over(watched)
    await alarms.look()
    watched.channel.name = "letters"  # of a channel that is not there now
    await watched.asks("xin chào", sends=False)
    watched.clock.forward(minutes=9)
    health = await alarms.look()
    assert health.people.replies == 0
    assert health.staff.replies == 1


async def test_without_a_group_it_stands_in_the_log_once(
    make_watched: MakeApp, disk: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    disk["free"] = 10
    watched = make_watched(staff=Staff())
    alarms = watch_over(watched)
    for _ in range(3):
        await alarms.look()
    assert [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING] == ["disk: begun at 10"]
    assert await watched.told_staff() == []


async def test_what_is_set_to_0_is_not_told(make_watched: MakeApp, disk: dict[str, int]) -> None:
    disk["free"] = 0
    watched = make_watched(Watch(errors=0, waiting_minutes=0, free_megabytes=0))
    watched.app.meters.errors = 10_000
    await watch_over(watched).look()
    assert await watched.told_staff() == []


# --- every day -----------------------------------------------------------------------------------


async def test_alive_is_told_once_a_day_with_what_the_day_before_was(
    make_watched: MakeApp, disk: dict[str, int], database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    watched = make_watched(Watch(alive_at="07:30"))
    await watched.asks("dong may nam thi co luong huu")
    await watched.asks("zzz qqq www")
    watched.clock.forward(hours=22)  # 07:00 of the next day
    for _ in range(2):  # the second time after a restart
        alarms, daily = watch_over(watched), Daily(watched.app)
        await daily.look(await alarms.look())
        assert await watched.told_staff() == []
    watched.clock.forward(hours=1)
    for again in (watched, watched, make_watched(Watch(alive_at="07:30"))):
        daily = Daily(again.app)
        await daily.look(await watch_over(again).look())
        await daily.look(await watch_over(again).look())
    (alive,) = await watched.told_staff()
    assert "24/11/2026: 2 câu hỏi, trả lời thẳng 1, chưa biết 1" in alive
    lines = [each.getMessage() for each in caplog.records if each.name.endswith("daily")]
    assert all(each.startswith("on 2026-11-24: 2 questions, 1 answered at once, 1 unknown") for each in lines)
    assert len(lines) == 5, "one for each start"


async def test_nothing_is_told_of_the_day_unless_it_is_wanted(make_watched: MakeApp, disk: dict[str, int]) -> None:
    watched = make_watched()
    watched.clock.forward(hours=30)
    await Daily(watched.app).look(await watch_over(watched).look())
    assert await watched.told_staff() == []
