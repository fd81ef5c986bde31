"""«Gửi tin»: written, looked at, sent after a second word with the number of people, and stopped, by admins alone."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from bot.desk.announcing import AnnouncementLane
from bot.desk.channel import TryLater
from bot.outreach.announcements import mark_of
from bot.storage import addresses, announcements, audit, campaigns, schema, subscriptions
from bot.storage.addresses import Address
from bot.storage.announcements import Audience
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.announcement import AnnouncementProgress
from handlers.dialogue.records import Started
from tests.bot.web.test_pages import shown
from tests.conftest import Clock
from tests.web_house import KEYS, House

TEXT = "Thứ Hai 7/12 cán bộ xã tư vấn BHXH ở nhà văn hoá thôn."


MARK = mark_of(TEXT, Audience())


async def people_agree(house: House, *people: int) -> None:
    async with house.app.database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ Phủ", "xã Thanh Hà"), house.clock())
        for person in people:
            key = KEYS.of("letters", str(person))
            await campaigns.started(connection, key, Started("known" if person % 2 else "none", "cho"), house.clock())
            await addresses.save(connection, key, Address("letters", str(person)), KEYS)
            await subscriptions.put(connection, key, ("events", "scams"), house.clock())


async def lane(house: House) -> tuple[AnnouncementLane, ChannelInMemory]:
    channel = ChannelInMemory("letters")
    house.app.delivery.connect(channel)

    async def waits(seconds: float) -> None:
        pass

    return AnnouncementLane(house.app.desk, house.app.delivery, house.app.meters, None, waits, 10_000), channel


async def noted(database: Database) -> list[tuple[str, str]]:
    async with database.read() as connection:
        rows = await connection.execute(sa.select(schema.audit.c.action, schema.audit.c.about))
        return [(row.action, row.about) for row in rows if row.action.startswith("gui-tin")]


async def test_it_is_written_looked_at_and_sent_after_a_second_word_with_the_number(
    house: House, database: Database
) -> None:
    await people_agree(house, 1, 2, 3)
    admin = await house.inside("admin")
    made = await admin.post("/gui-tin/moi", text=TEXT, topic_events="1", place="xã Thanh Hà")
    assert (made.status_code, made.headers["location"]) == (303, "/gui-tin/1?da=moi")
    page = shown((await admin.get("/gui-tin/1?da=moi")).text)
    for words in (TEXT, "đã đồng ý nhận tin", "🔕 Dừng nhận tin", "Nếu gửi lúc này: 2 người nhận", "chưa gửi cho ai"):
        assert words in page
    assert "/gui-tin/1/gui" not in page
    asked = (await admin.get("/gui-tin/1?gui=1")).text
    assert "Gửi cho 2 người?" in shown(asked)
    assert 'name="people" value="2"' in asked
    sending, channel = await lane(house)
    await sending.send_all()
    assert channel.sent == []
    mark = re.search(r'name="mark" value="(\w+)"', asked)
    assert mark is not None
    assert (await admin.post("/gui-tin/1/gui", people="2", mark=mark[1])).status_code == 303
    page = (await admin.get("/gui-tin/1")).text
    assert "đang gửi" in shown(page)
    assert "/gui-tin/1/dung" in page
    await sending.send_all()
    assert sorted(at for at, _ in channel.sent) == ["1", "3"]
    page = (await admin.get("/gui-tin/1")).text
    assert "đã gửi xong" in shown(page)
    assert 'max="2" value="2"' in page
    assert '<form method="post" action="/gui-tin' not in page
    assert await noted(database) == [("gui-tin/moi", "#1"), ("gui-tin/gui", "1 → 2")]


@pytest.mark.parametrize("people", ["3", "", "0", "-1", "hai", "9" * 40])
async def test_another_number_sends_nothing_and_is_told(house: House, database: Database, people: str) -> None:
    await people_agree(house, 1, 2)
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT)
    answer = await admin.post("/gui-tin/1/gui", people=people, mark=MARK)
    assert answer.status_code == 409
    assert "số người nay là 2" in shown(answer.text)
    sending, channel = await lane(house)
    await sending.send_all()
    assert channel.sent == []
    assert await noted(database) == [("gui-tin/moi", "#1")]


@pytest.mark.parametrize("changed", [{"text": "Tin khác"}, {"text": TEXT, "place": "xã Thanh Hà"}, {}])
async def test_what_was_changed_since_it_was_shown_is_not_sent(
    house: House, database: Database, changed: dict[str, str]
) -> None:
    await people_agree(house, 1, 3)
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT)
    if changed:
        await admin.post("/gui-tin/1/sua", **changed)
    answer = await admin.post("/gui-tin/1/gui", people="2", **({"mark": MARK} if changed else {}))
    assert (answer.status_code, "đã đổi từ lúc xem" in shown(answer.text)) == (409, True)
    async with database.read() as connection:
        found = await announcements.find(connection, 1)
    assert found is not None
    assert found.state == "draft"


async def test_what_is_sent_once_is_not_sent_changed_or_thrown_away_again(house: House, database: Database) -> None:
    await people_agree(house, 1)
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT)
    assert (await admin.post("/gui-tin/1/gui", people="1", mark=MARK)).status_code == 303
    forms: tuple[tuple[str, dict[str, str]], ...] = (
        ("gui", {"people": "1", "mark": MARK}),
        ("sua", {"text": "khác"}),
        ("bo", {}),
    )
    for path, form in forms:
        answer = await admin.post(f"/gui-tin/1/{path}", **form)
        assert (answer.status_code, "không còn là bản nháp" in shown(answer.text)) == (409, True)
    async with database.read() as connection:
        found = await announcements.find(connection, 1)
    assert found is not None
    assert found.text == TEXT
    assert await noted(database) == [("gui-tin/moi", "#1"), ("gui-tin/gui", "1 → 1")]


async def test_it_is_stopped_and_the_page_says_how_far_it_came(house: House, database: Database) -> None:
    await people_agree(house, 1, 2, 3)
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT)
    await admin.post("/gui-tin/1/gui", people="3", mark=MARK)
    sending, channel = await lane(house)
    channel.failures = {"1": [TryLater(5.0)]}
    await sending.send_all()
    page = await admin.get("/gui-tin/1")
    assert page.headers["refresh"].startswith("5;")
    assert "refresh" not in (await admin.get("/gui-tin/1?dung-yen=1")).headers
    assert (await admin.post("/gui-tin/1/dung")).status_code == 303
    assert "đang dừng" in shown((await admin.get("/gui-tin/1")).text)
    await sending.send_all()
    async with database.read() as connection:
        assert await announcements.progress(connection, 1) == AnnouncementProgress(1, "stopped", sent=2, waiting=1)
    page = await admin.get("/gui-tin/1")
    assert "đã dừng" in shown(page.text)
    assert "refresh" not in page.headers
    assert await noted(database) == [("gui-tin/moi", "#1"), ("gui-tin/gui", "1 → 3"), ("gui-tin/dung", "1")]
    assert (await admin.post("/gui-tin/1/dung")).status_code == 409


async def test_a_draft_is_changed_and_thrown_away(house: House, database: Database) -> None:
    await people_agree(house, 1)
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT, topic_scams="1", campaign="cho")
    form = (await admin.get("/gui-tin/1/sua")).text
    assert re.search(r'name="topic_scams" value="1" checked', form)
    assert re.search(r'value="cho" selected', form)
    assert (await admin.post("/gui-tin/1/sua", text="Tin khác, 20% nhé")).status_code == 303
    page = shown((await admin.get("/gui-tin/1")).text)
    assert "Tin khác" in page
    assert "con số như «20%»" in page
    assert (await admin.post("/gui-tin/1/bo")).status_code == 303
    assert (await admin.get("/gui-tin/1")).status_code == 404
    assert [action for action, _ in await noted(database)] == ["gui-tin/moi", "gui-tin/sua", "gui-tin/bo"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": "  "}, "Chưa có nội dung"),
        ({"text": "á" * 3_001}, "dài quá 3000"),
        ({"text": TEXT, "campaign": "khong-co"}, "Không có chiến dịch nào mã"),
        ({"text": TEXT, "place": "xã khác"}, "Không có chiến dịch nào ở địa bàn"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(
    house: House, database: Database, form: dict[str, str], said: str
) -> None:
    admin = await house.inside("admin")
    answer = await admin.post("/gui-tin/moi", **form)
    assert (answer.status_code, said in shown(answer.text)) == (409, True)
    async with database.read() as connection:
        assert await announcements.count(connection) == 0


async def test_nobody_but_admins_is_shown_where_it_is(house: House) -> None:
    for role, there in (("viewer", False), ("editor", False), ("admin", True)):
        browser = await house.inside(role)  # type: ignore[arg-type]
        assert ('href="/gui-tin"' in (await browser.get("/tham-so")).text) is there
        assert (await browser.get("/gui-tin")).status_code == (200 if there else 403)


async def test_for_nobody_nothing_is_sent(house: House, clock: Clock) -> None:
    admin = await house.inside("admin")
    await admin.post("/gui-tin/moi", text=TEXT)
    assert "chưa ai" in shown((await admin.get("/gui-tin/1?gui=1")).text)
    assert (await admin.post("/gui-tin/1/gui", people="0", mark=MARK)).status_code == 409
    assert audit.KEPT == announcements.KEPT
