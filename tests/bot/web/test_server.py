"""The pages on a port: beside the bot, stopped with it, and no trouble to it when the port is taken."""

from __future__ import annotations

import logging
import signal
import socket
from pathlib import Path

import httpx
import pytest

from bot.base.settings import Web
from bot.desk.sign_in import address
from bot.storage.database import Database
from bot.web.server import serving
from handlers.dialogue.context import Resources
from tests.conftest import Clock
from tests.ports import free_port
from tests.web_house import make_house


async def status(port: int) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(f"http://127.0.0.1:{port}/")).status_code


async def test_the_pages_are_served_until_the_end(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    port = free_port()
    house = make_house(database, resources, clock, tmp_path, web=Web(port=port))
    handlers = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    async with serving(house.app, clock) as served:
        assert served
        assert await status(port) == 401
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == handlers
    with pytest.raises(httpx.ConnectError):
        await status(port)


async def test_a_port_that_is_taken_is_one_line_and_the_bot_goes_on(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        house = make_house(database, resources, clock, tmp_path, web=Web(port=port))
        async with serving(house.app, clock) as served:
            assert not served
    (record,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert str(port) in record.getMessage()


async def test_port_0_serves_nothing_and_says_nothing(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = make_house(database, resources, clock, tmp_path, web=Web(port=0))
    async with serving(house.app, clock) as served:
        assert not served
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_pages_apart_are_served_by_their_own_process_and_by_no_other(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    port = free_port()
    house = make_house(database, resources, clock, tmp_path, web=Web(port=port, apart=True))
    async with serving(house.app, clock) as beside, serving(house.app, clock, alone=True) as alone:
        assert (beside, alone) == (False, True)
        assert await status(port) == 401


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        (Web(), "http://127.0.0.1:8080"),
        (Web(host="0.0.0.0", port=81), "http://127.0.0.1:81"),
        (Web(host="::1"), "http://[::1]:8080"),
        (Web(public_url="https://tro-ly.example.vn/"), "https://tro-ly.example.vn"),
        (Web(public_url="https://example.vn/can-bo"), "https://example.vn/can-bo"),
    ],
)
def test_a_link_leads_to_where_the_pages_are(web: Web, expected: str) -> None:
    assert address(web) == expected
