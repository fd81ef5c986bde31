"""Conversations read aloud: each runs on every channel that has a driver, and leaves the records it says."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image

from bot import testing
from bot.base.content import read_yaml
from bot.base.settings import Staff
from bot.desk import jobs, reminding
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.resources import staff_hours
from bot.storage import campaigns, schema
from bot.storage.database import Database
from bot.testing.drivers import EDITOR, VIEWER, Driver, Heard, OnPage, OnTelegram, OnTerminal
from bot.testing.quotes import Quotes
from bot.testing.zalo_driver import OnZalo
from handlers.dialogue.context import Resources
from tests.conftest import Clock, make_delivery, make_desk

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


def read(path: Path, resources: Resources, clock: Clock) -> dict[str, Any]:
    dialogue = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(dialogue, dict)
    quotes = Quotes(resources.law, clock().date()).calculated(dialogue.pop("figures", {}))
    return {key: quotes.said_in(part) for key, part in dialogue.items()}


def on_terminal(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, folder: Path, group: int | None
) -> Driver:
    if group is not None:
        pytest.skip("the group of the staff is on Telegram only")
    return OnTerminal(desk, delivery, resources, clock, folder)


def on_telegram(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, folder: Path, group: int | None
) -> Driver:
    return OnTelegram(desk, delivery, resources, clock, group)


def on_page(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, folder: Path, group: int | None
) -> Driver:
    if group is not None:
        pytest.skip("the group of the staff is on Telegram only")
    return OnPage(desk, delivery, resources, clock)


def on_zalo(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, folder: Path, group: int | None
) -> Driver:
    return OnZalo(desk, delivery, resources, clock, group)


DRIVERS: dict[str, Callable[..., Driver]] = {
    "terminal": on_terminal,
    "telegram": on_telegram,
    "page": on_page,
    "zalo": on_zalo,
}
"""A new channel is put under all dialogues by a line here: see bot/testing/__init__.py."""


IN_PART = {"page": 3, "zalo": 3}
"""Channels over which CI carries every so many of the dialogues; `make test` carries all."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("channel", DRIVERS)
async def test_dialogue(
    channel: str, path: Path, database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    if channel in IN_PART and os.environ.get("CI") and FILES.index(path) % IN_PART[channel]:
        pytest.skip("in CI only some of them go over this channel: all would take it over its half hour")
    dialogue = read(path, resources, clock)
    if channel == "zalo" and (
        "role" in dialogue or any("blocks" in each for turn in dialogue["turns"] for each in turn)
    ):
        pytest.skip("who is of the staff is so on Telegram only, and who blocked a bot is not told on Zalo")
    await carry_out(dialogue, DRIVERS[channel], database, resources, clock, tmp_path)


@pytest.mark.parametrize("name", ["contribution", "goal", "pension", "numbers_in_a_question", "rating"])
async def test_the_example_of_a_new_channel_carries_a_dialogue_as_it_stands(
    name: str, database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    assert testing.__doc__ is not None
    example = testing.__doc__[testing.__doc__.index("    from ") :]
    made: dict[str, Any] = {}
    exec(compile(textwrap.dedent(example), testing.__file__, "exec"), made)
    (path,) = [path for path in FILES if path.stem == name]
    await carry_out(read(path, resources, clock), made["OnLetters"], database, resources, clock, tmp_path)


async def carry_out(
    dialogue: dict[str, Any],
    driver_of: Callable[..., Driver],
    database: Database,
    resources: Resources,
    clock: Clock,
    folder: Path,
) -> None:
    """Every turn of a dialogue, and what is kept at its end."""
    manner = dataclasses.replace(resources.manner, **dialogue.get("settings", {}))
    staff = Staff(viewers=(VIEWER,), editors=(EDITOR,), **dialogue.get("staff", {}))
    manner = dataclasses.replace(manner, staff=staff_hours(staff))
    resources = dataclasses.replace(resources, manner=manner)
    async with database.begin() as connection:
        for row in dialogue.get("campaigns", []):
            await campaigns.add(connection, campaigns.Campaign(**row), clock())
    role = dialogue.get("role")
    desk = make_desk(database, resources, clock, staff, role)
    delivery = make_delivery(desk, database, resources, clock, staff)
    driver = driver_of(desk, delivery, resources, clock, folder, staff.group)
    if dialogue.get("writes_first") and not isinstance(driver, OnTelegram):
        await driver.ends()
        pytest.skip("nobody is written to first there")
    last = Heard("")
    remembered: dict[str, Heard] = {}
    for turn in dialogue["turns"]:
        clock.forward(seconds=5)
        if "later" in turn:
            clock.forward(**turn["later"])
            continue
        if "restart" in turn:
            desk = make_desk(database, resources, clock, staff, role)
            await driver.restarts(desk, make_delivery(desk, database, resources, clock, staff))
            continue
        if "sends" in turn and isinstance(driver, OnPage):
            continue  # nothing but words is sent there
        if "clock_strikes" in turn:
            assert isinstance(driver, OnTelegram | OnZalo)
            last = await driver.ticks(strikes(desk, database, clock, with_staff=staff.group is not None))
        else:
            last = await act(driver, turn, last, remembered)
        check(turn, last)
        if isinstance(driver, OnTelegram | OnZalo) and staff.group is not None:
            check_staff(turn, driver.heard_by_staff())
        if "remember" in turn:
            remembered[turn["remember"]] = last
    await driver.ends()
    await keeps(database, dialogue.get("keeps", {}))
    await never_kept(database, dialogue.get("never_kept", []))


async def strikes(desk: Desk, database: Database, clock: Clock, *, with_staff: bool) -> None:
    """What the clock of the service starts now and then."""
    await jobs.run_due(desk, database, clock(), with_staff=with_staff)
    await reminding.remind(desk, database, clock())


async def act(driver: Driver, turn: dict[str, Any], last: Heard, remembered: dict[str, Heard]) -> Heard:
    if turn.keys() & {"staff_says", "staff_replies", "staff_presses", "staff_sends"}:
        assert isinstance(driver, OnTelegram | OnZalo)
        return await driver.staff(turn)
    if "blocks" in turn or "blocks_unseen" in turn:
        assert isinstance(driver, OnTelegram)
        return await driver.blocks(seen="blocks" in turn)
    if "group_moves" in turn:
        assert isinstance(driver, OnTelegram | OnZalo)
        return await driver.group_moves(turn["group_moves"], turn.get("told", True))
    if "says" in turn:
        return await driver.says(turn["says"])
    if "starts" in turn:
        return await driver.starts(turn["starts"])
    if "sends" in turn:
        return await driver.sends(turn["sends"])
    if "presses" in turn:
        assert turn["presses"] in last.buttons, f"no button «{turn['presses']}» among {list(last.buttons)}"
        return await driver.presses(last.buttons[turn["presses"]])
    old = turn["presses_old"]
    return await driver.presses(remembered[old["of"]].buttons[old["label"]])


def check(turn: dict[str, Any], heard: Heard) -> None:
    for words in turn.get("hears", []):
        assert words in heard.text, f"{turn}: «{words}» is not in:\n{heard.text}"
    for words in turn.get("not_hears", []):
        assert words not in heard.text, f"{turn}: «{words}» is in:\n{heard.text}"
    for label in turn.get("offers", []):
        assert label in heard.buttons, f"{turn}: «{label}» is not among {list(heard.buttons)}"
    for label in turn.get("not_offers", []):
        assert label not in heard.buttons, f"{turn}: «{label}» is among {list(heard.buttons)}"
    assert len(heard.pictures) == turn.get("pictures", 1 if "shows" in turn else 0), turn
    assert all(each.startswith(b"\x89PNG") for each in heard.pictures)
    assert len(heard.documents) == turn.get("documents", 0), turn
    if "shows" in turn:
        (picture,) = heard.pictures
        found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)))
        assert found is not None
        assert re.fullmatch(turn["shows"], found.text)


def check_staff(turn: dict[str, Any], heard: Heard) -> None:
    """What the group of the staff hears of a turn, which is nothing unless it is said."""
    assert bool(heard.text) == bool("staff_hears" in turn), f"{turn}: the group hears:\n{heard.text}"
    for words in turn.get("staff_hears", []):
        assert words in heard.text, f"{turn}: «{words}» is not in what the group hears:\n{heard.text}"
    for words in turn.get("staff_not_hears", []):
        assert words not in heard.text, f"{turn}: «{words}» is in what the group hears:\n{heard.text}"
    for label in turn.get("staff_offers", []):
        assert label in heard.buttons, f"{turn}: «{label}» is not among {list(heard.buttons)}"


async def keeps(database: Database, expected: dict[str, Any]) -> None:
    """Compare rows with what a dialogue says is kept: whole rows by the columns named, or one column."""
    column = {"estimates": "calculation", "questions": "decision", "starts": "campaign"}
    async with database.read() as connection:
        for name, rows in expected.items():
            table = schema.metadata.tables[name]
            order = table.c.offered_at if name == "ratings" else next(iter(table.primary_key.columns))
            found = [row._mapping for row in await connection.execute(sa.select(table).order_by(order))]
            if name in column:
                assert [row[column[name]] for row in found] == rows, name
                continue
            assert len(found) == len(rows), f"{name}: {found}"
            for row, wanted in zip(found, rows, strict=True):
                assert {key: row[key] for key in wanted} == wanted, name


async def never_kept(database: Database, numbers: list[str]) -> None:
    async with database.read() as connection:
        for table in schema.metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                for number in numbers:
                    assert number not in str(tuple(row)), f"{number} is kept in {table.name}"
