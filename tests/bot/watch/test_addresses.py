"""/metrics, /healthz, /readyz: what they say when all is well and when it is not, and on which address they are."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.base.settings import Watch
from bot.storage.database import Database, StorageDown
from bot.watch.application import application
from bot.watch.watching import watching
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from tests.bot.watch.conftest import MakeApp, Watched
from tests.conftest import KEYS
from tests.ports import free_port


@contextlib.asynccontextmanager
async def asking(watched: Watched, *channels: str) -> AsyncIterator[httpx.AsyncClient]:
    pages = application(watched.app, watched.clock, channels or ("telegram",))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=pages), base_url="http://127.0.0.1") as client:
        yield client


async def samples(client: httpx.AsyncClient) -> dict[str, float]:
    """What /metrics tells: name with labels → value."""
    told = (await client.get("/metrics")).text
    return {
        each.name + "".join(f"{{{name}={value}}}" for name, value in sorted(each.labels.items())): each.value
        for family in text_string_to_metric_families(told)
        for each in family.samples
    }


async def test_the_metrics_count_what_was_asked_and_what_became_of_it(
    make_watched: MakeApp, resources: Resources
) -> None:
    watched = make_watched()
    await watched.asks("dong may nam thi co luong huu")
    await watched.asks("zzz qqq www", person="8")
    again = Message("text", "c2", watched.clock(), "zzz qqq www")
    await watched.app.desk.take(watched.channel.inbound("8", again))
    async with asking(watched) as client:
        found = await samples(client)
    assert found["bhxh_updates_total{kind=text}{outcome=handled}"] == 2
    assert found["bhxh_updates_total{kind=text}{outcome=repeated}"] == 1
    assert found["bhxh_decisions_total{decision=answer}"] == found["bhxh_decisions_total{decision=unknown}"] == 1
    assert found["bhxh_handling_seconds_count"] == 3
    assert found["bhxh_last_update_timestamp_seconds"] == watched.clock().timestamp()
    assert found["bhxh_updates_in_progress"] == found["bhxh_update_oldest_age_seconds"] == 0
    assert found["bhxh_database_up"] == 1
    assert found["bhxh_satisfaction_target_ratio"] == 0.9
    assert found["bhxh_satisfaction_ratings"] == 0
    assert found["bhxh_satisfaction_ratio"] != found["bhxh_satisfaction_ratio"], "nothing was rated: not a number"
    assert found["bhxh_disk_free_bytes"] > 0
    assert next(name for name in found if name.startswith("bhxh_build_info{version="))


async def test_the_index_is_that_of_the_report(make_watched: MakeApp) -> None:
    watched = make_watched()
    for person in ("7", "8", "9"):
        await watched.asks("/danhgia", person=person)
        await watched.asks("Hài lòng" if person != "9" else "Không hài lòng", person=person)
    async with asking(watched) as client:
        found = await samples(client)
        assert found["bhxh_satisfaction_ratings"] == 3
        assert round(found["bhxh_satisfaction_ratio"], 3) == 0.667


async def test_what_waits_is_told_with_its_age(make_watched: MakeApp) -> None:
    watched = make_watched()
    await watched.asks("dong may nam thi co luong huu", sends=False)
    watched.clock.forward(minutes=11)
    async with asking(watched) as client:
        found = await samples(client)
        assert found["bhxh_outbox_replies{to=people}"] >= 1
        assert found["bhxh_outbox_oldest_age_seconds{to=people}"] == 660
        assert found["bhxh_outbox_replies{to=staff}"] == 0
        answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["outbox"]
    assert answer.json()["outbox"]["oldest_seconds"] == 660


async def test_one_chat_that_takes_nothing_is_no_stop_and_hides_none(make_watched: MakeApp) -> None:
    watched = make_watched()
    async with asking(watched) as client:

        async def told() -> tuple[list[str], float]:
            answer = (await client.get("/healthz")).json()
            return answer["problems"], (await samples(client))["bhxh_outbox_oldest_age_seconds{to=people}"]

        await watched.asks("dong may nam thi co luong huu", person="66", sends=False)
        watched.clock.forward(minutes=11)
        assert await told() == (["outbox"], 660), "nobody can be written to, as far as is known"
        watched.app.meters.last_sent = watched.clock().timestamp()
        watched.clock.forward(hours=3)
        assert await told() == ([], 0), "others are"
        await watched.asks("dong may nam thi co luong huu", person="77", sends=False)
        assert await told() == ([], 0)
        watched.clock.forward(minutes=11)
        assert await told() == (["outbox"], 660), "and now they are not"


async def test_a_word_that_somebody_was_not_answered_waits_for_nobody(make_watched: MakeApp) -> None:
    watched = make_watched()
    await watched.asks("dong may nam thi co luong huu", sends=False)
    watched.clock.forward(hours=25)
    await watched.app.desk.tidy()
    async with asking(watched) as client:
        answer = (await client.get("/healthz")).json()
    assert (answer["problems"], answer["outbox"]["replies"]) == ([], 0)


async def test_numbers_of_the_law_past_their_review_are_counted(make_watched: MakeApp) -> None:
    watched = make_watched()
    async with asking(watched) as client:
        before = await samples(client)
        watched.clock.forward(days=3 * 365)
        after = await samples(client)
    assert before["bhxh_law_values_overdue"] < after["bhxh_law_values_overdue"]
    assert after["bhxh_law_values_to_enter"] > 0


async def test_no_label_tells_a_person_a_text_or_a_key(make_watched: MakeApp) -> None:
    watched = make_watched()
    await watched.asks("Tôi tên Nguyễn Văn Bảy, hỏi chuyện lương hưu", person="987654321")
    await watched.asks("/xoadulieu", person="987654321")
    async with asking(watched) as client:
        told = (await client.get("/metrics")).text + (await client.get("/healthz")).text
    for private in ("987654321", KEYS.of("telegram", "987654321"), "Bảy", "Nguyễn", "lương hưu"):
        assert private not in told
    values = {value for line in told.splitlines() for value in re.findall(r'\b(?!le=|version=)\w+="([^"]*)"', line)}
    assert all(re.fullmatch(r"[a-z_]{1,20}", value) for value in values), values


# --- health --------------------------------------------------------------------------------------


async def test_all_is_well(make_watched: MakeApp) -> None:
    watched = make_watched()
    async with asking(watched) as client:
        first = (await client.get("/healthz")).json()
        await watched.asks("dong may nam thi co luong huu")
        answer = await client.get("/healthz")
    assert first["last_update"] is None
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["last_update"] == "2026-11-24T09:00:00+07:00"


async def test_a_database_that_keeps_nothing_is_told_and_so_is_its_end(
    make_watched: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = make_watched()

    async def full(self: Database, work: object) -> Any:
        raise StorageDown("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Database, "write", full)
        with pytest.raises(StorageDown):
            await watched.asks("dong may nam thi co luong huu")
    async with asking(watched) as client:
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()["problems"]) == (503, ["database"])
        found = await samples(client)
        assert found["bhxh_database_up"] == 0
        assert found["bhxh_updates_total{kind=text}{outcome=not_kept}"] == 1
        await watched.asks("dong may nam thi co luong huu")
        assert (await client.get("/healthz")).status_code == 200


async def test_a_database_that_cannot_be_read_is_told(make_watched: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = make_watched()

    @contextlib.asynccontextmanager
    async def gone(self: Database) -> AsyncIterator[Any]:
        raise StorageDown("unable to open database file")
        yield

    monkeypatch.setattr(Database, "read", gone)
    async with asking(watched) as client:
        assert (await client.get("/healthz")).json()["database"] is False
        assert (await samples(client))["bhxh_database_up"] == 0


async def test_an_update_that_is_stuck_is_told(make_watched: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = make_watched(Watch(waiting_minutes=1))
    now = [1000.0]
    monkeypatch.setattr("bot.base.meters.time.monotonic", lambda: now[0])
    with watched.app.meters.taking():
        now[0] += 61
        async with asking(watched) as client:
            answer = await client.get("/healthz")
            assert answer.json()["problems"] == ["updates"]
            assert answer.json()["updates"] == {"in_progress": 1, "oldest_seconds": 61.0}


# --- readiness -----------------------------------------------------------------------------------


async def test_ready_is_who_has_content_database_and_channels(make_watched: MakeApp, tmp_path: Path) -> None:
    watched = make_watched()
    async with asking(watched) as client:
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()) == (
            200,
            {"content": True, "database": True, "channel_telegram": True},
        )
        with contextlib.closing(sqlite3.connect(tmp_path / "data" / "bhxh.sqlite3")) as older, older:
            older.execute("UPDATE alembic_version SET version_num = '0001'")
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()["database"]) == (503, False)


async def test_a_channel_that_is_not_connected_is_not_ready(make_watched: MakeApp) -> None:
    async with asking(make_watched(), "telegram", "zalo") as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["channel_zalo"]) == (503, False)


# --- where ---------------------------------------------------------------------------------------


async def test_they_are_on_an_address_of_their_own_until_the_end(make_watched: MakeApp) -> None:
    port = free_port()
    watched = make_watched(Watch(port=port))
    async with (
        watching(watched.app, watched.clock, ["telegram"]),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        for path in ("/metrics", "/healthz", "/readyz"):
            assert (await client.get(path)).status_code == 200
            assert (await client.post(path)).status_code == 405
        assert (await client.get("/")).status_code == 404
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{port}/healthz")


async def test_the_pages_of_the_staff_do_not_have_them(make_watched: MakeApp) -> None:
    from bot.web.application import application as pages

    watched = make_watched()
    transport = httpx.ASGITransport(app=pages(watched.app, watched.clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for path in ("/metrics", "/healthz", "/readyz"):
            assert (await client.get(path)).status_code == 404


async def test_a_port_that_is_taken_is_one_line_and_the_bot_goes_on(
    make_watched: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        watched = make_watched(Watch(port=taken.getsockname()[1], free_megabytes=0))
        async with watching(watched.app, watched.clock, ["telegram"]):
            pass
    (line,) = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert str(watched.app.settings.watch.port) in line


async def test_errors_of_the_log_are_counted_while_it_is_watched_over(make_watched: MakeApp) -> None:
    watched = make_watched(Watch(port=0, free_megabytes=0))
    async with watching(watched.app, watched.clock, ["telegram"]):
        logging.getLogger("bot.somewhere").error("it failed")
        logging.getLogger("elsewhere").critical("it failed")
        logging.getLogger("bot.somewhere").warning("it waits")
    logging.getLogger("bot.somewhere").error("nobody counts any more")
    assert watched.app.meters.errors == 2
    async with asking(watched) as client:
        found = await samples(client)
    assert found["bhxh_log_records_total{level=error}"] == 2
    assert found["bhxh_log_records_total{level=warning}"] == 1
