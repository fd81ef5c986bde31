"""«/bangdieukhien»: a link for staff in their own chat, the ordinary help for everyone else."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from bot.app import App
from bot.base.settings import Settings, Staff, Web
from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.reload import Freshener
from bot.desk.rendering import Renderer
from bot.desk.roles import Roles
from bot.desk.sign_in import LINKS_AT_ONCE, Entrance
from bot.desk.staff_group import StaffGroup
from bot.reports.records import Records, Topics, read_targets
from bot.storage import outbox
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from bot.testing.drivers import OnTelegram
from bot.web.application import application
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from tests.conftest import KEYS, Clock
from tests.web_house import Browser

LINK = re.compile(r"https://tro-ly\.example\.vn/vao/([A-Za-z0-9_-]{43})")
WEB = Web(public_url="https://tro-ly.example.vn")
PERSON = 7  # of the driver


def app_with_links(database: Database, resources: Resources, clock: Clock, staff: Staff, web: Web = WEB) -> App:
    roles = Roles(staff, KEYS)
    entrance = Entrance(database, roles, clock, web)
    resources = dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, pages_need=web.missing()))
    group = StaffGroup(staff, KEYS)
    desk = Desk(database, KEYS, resources, clock, roles, group)
    delivery = Delivery(database, KEYS, desk, group, Renderer(resources.texts, links=entrance.link_for))
    records = Records(database, Topics.of(resources.library, resources.texts), read_targets())
    settings = Settings(staff=staff, web=web)
    freshener = Freshener(database, desk, (0, 0))
    return App(settings, resources, database, desk, delivery, roles, freshener, records)


@pytest.mark.parametrize("role", ["viewers", "editors", "admins"])
async def test_staff_get_a_link_that_signs_them_in(
    database: Database, resources: Resources, clock: Clock, role: str
) -> None:
    app = app_with_links(database, resources, clock, Staff.model_validate({role: (PERSON,)}))
    person = OnTelegram(app.desk, app.delivery, resources, clock)
    heard = await person.says("/bangdieukhien")
    found = LINK.search(heard.text)
    assert found is not None
    entered = await Browser(application(app, clock), "tro-ly.example.vn").enter(found[0])
    assert entered.status_code == 303
    sent = [call for call in person.api.calls if call.method == "sendMessage"][-1]
    assert json.loads(sent.parameters["link_preview_options"])["is_disabled"] is True
    await person.ends()


async def test_everyone_else_gets_the_ordinary_help(database: Database, resources: Resources, clock: Clock) -> None:
    app = app_with_links(database, resources, clock, Staff(viewers=(PERSON + 1,)))
    person = OnTelegram(app.desk, app.delivery, resources, clock)
    heard = await person.says("/bangdieukhien")
    assert heard.text == (await person.says("/trogiup")).text
    assert "vao/" not in heard.text
    await person.ends()


@pytest.mark.parametrize(
    ("web", "missing"), [(Web(), "web.public_url"), (Web(public_url="https://tro-ly.example.vn", port=0), "web.port")]
)
async def test_the_setting_that_is_missing_is_named(
    database: Database, resources: Resources, clock: Clock, web: Web, missing: str
) -> None:
    app = app_with_links(database, resources, clock, Staff(viewers=(PERSON,)), web)
    person = OnTelegram(app.desk, app.delivery, resources, clock)
    heard = await person.says("/bangdieukhien")
    assert missing in heard.text
    assert "vao/" not in heard.text
    await person.ends()


async def test_too_many_links_are_refused_in_words(database: Database, resources: Resources, clock: Clock) -> None:
    app = app_with_links(database, resources, clock, Staff(viewers=(PERSON,)))
    person = OnTelegram(app.desk, app.delivery, resources, clock)
    heard = [await person.says("/bangdieukhien") for _ in range(LINKS_AT_ONCE + 1)]
    assert all(LINK.search(each.text) for each in heard[:-1])
    assert not LINK.search(heard[-1].text)
    assert "Chưa gửi được liên kết" in heard[-1].text
    await person.ends()


async def test_no_link_is_sent_to_a_chat_that_others_read(
    database: Database, resources: Resources, clock: Clock
) -> None:
    app = app_with_links(database, resources, clock, Staff(viewers=(PERSON,)))
    channel = ChannelInMemory("telegram")
    app.delivery.connect(channel)
    message = Message("text", "1", clock(), "/bangdieukhien")
    await app.delivery.send(await app.desk.take(Inbound("telegram", str(PERSON), "-1001", message)))
    assert len(channel.to("-1001")) == len(channel.sent) == 1
    assert "vao/" not in str(channel.sent)


async def test_the_token_stands_nowhere_before_it_is_sent(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    app = app_with_links(database, resources, clock, Staff(viewers=(PERSON,)))
    channel = ChannelInMemory("telegram")
    owed = await app.desk.take(channel.inbound(str(PERSON), Message("text", "1", clock(), "/bangdieukhien")))
    async with database.read() as connection:
        (waiting,) = await outbox.unsent(connection, KEYS.of("telegram", str(PERSON)))
    assert "vao/" not in str(waiting)
    app.delivery.connect(channel)
    await app.delivery.send(owed)
    found = LINK.search(str(channel.sent))
    assert found is not None
    for file in (tmp_path / "data").glob("bhxh.sqlite3*"):
        assert found[1].encode() not in file.read_bytes()
