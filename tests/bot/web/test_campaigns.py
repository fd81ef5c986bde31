"""The pages of campaigns: made, changed and ended there, by editors; what came of each, for whoever looks."""

from __future__ import annotations

import datetime
import io
import re

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image

from bot.base.settings import Telegram, Web
from bot.storage import campaigns, questions, schema
from bot.storage.database import Database
from bot.storage.fading import CROWD
from handlers.dialogue.context import Resources
from handlers.dialogue.records import Asked, Started
from tests.bot.web.test_pages import shown
from tests.conftest import Clock
from tests.web_house import House, make_house

GIVEN = {
    "name": "Chợ Phủ, phiên cuối năm",
    "place": "xã Thanh Hà",
    "place_kind": "market",
    "collaborator": "CTV 03",
    "begins": "2026-11-01",
    "ends": "2026-12-31",
    "greeting": "Chào bà con đi chợ <b>Phủ</b>!",
    "opens": "calc_contribution",
    "cost": "1.500.000",
}
PATH = "/chien-dich/ma/cho-phu-phien-cuoi-nam"


async def kept(database: Database) -> list[campaigns.Campaign]:
    async with database.read() as connection:
        return await campaigns.named(connection)


async def noted(database: Database) -> list[tuple[str, str]]:
    async with database.read() as connection:
        rows = await connection.execute(sa.select(schema.audit.c.action, schema.audit.c.about))
        return [(row.action, row.about) for row in rows if row.action.startswith("chien-dich")]


async def test_an_editor_makes_changes_ends_and_takes_up_a_campaign_and_each_is_noted(
    house: House, database: Database, clock: Clock
) -> None:
    editor = await house.inside("editor")
    made = await editor.post("/chien-dich/moi", **GIVEN)
    assert (made.status_code, made.headers["location"]) == (303, f"{PATH}?da=moi")
    page = shown((await editor.get(PATH)).text)
    for words in ("Chợ: xã Thanh Hà", "CTV 03", "từ 01/11/2026 đến hết 31/12/2026", "<b>Phủ</b>!", "1.500.000 đ"):
        assert words in page
    form = (await editor.get(f"{PATH}/sua")).text
    assert 'value="1500000"' in form
    assert re.search(r'value="calc_contribution" selected', form)
    changed = await editor.post(f"{PATH}/sua", **{**GIVEN, "place": "xã Hà Bắc", "cost": "", "code": "khac"})
    assert changed.status_code == 303
    (campaign,) = await kept(database)
    assert (campaign.code, campaign.place, campaign.cost) == ("cho-phu-phien-cuoi-nam", "xã Hà Bắc", None)
    assert (await editor.post(f"{PATH}/dong")).status_code == 303
    assert "đã kết thúc" in shown((await editor.get(PATH)).text)
    assert (await editor.post(f"{PATH}/mo-lai")).status_code == 303
    assert "đang chạy" in shown((await editor.get(PATH)).text)
    code = "cho-phu-phien-cuoi-nam"
    assert await noted(database) == [
        ("chien-dich/moi", code),
        *((f"chien-dich/ma/{what}", code) for what in ("sua", "dong", "mo-lai")),
    ]


async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(house: House, database: Database) -> None:
    editor = await house.inside("editor")
    wrong = {**GIVEN, "collaborator": "chị Nguyễn Thị Hoa", "ends": "2026-10-01", "greeting": "Được giúp 20%!"}
    refused = await editor.post("/chien-dich/moi", **wrong)
    assert refused.status_code == 409
    page = shown(refused.text)
    for words in ("Sửa 3 chỗ", "Dùng nhãn như «CTV 03»", "Ngày kết thúc trước ngày bắt đầu", "con số của luật («20%»)"):
        assert words in page
    assert "chị Nguyễn Thị Hoa" in refused.text  # what was typed is still there
    assert await kept(database) == []
    assert await noted(database) == []


async def test_two_campaigns_of_one_name_get_codes_of_their_own_and_a_code_is_taken_once(
    house: House, database: Database
) -> None:
    editor = await house.inside("editor")
    for _ in range(2):
        assert (await editor.post("/chien-dich/moi", **GIVEN)).status_code == 303
    code = "cho-phu-phien-cuoi-nam"
    assert [each.code for each in await kept(database)] == [code, f"{code}-2"]
    taken = await editor.post("/chien-dich/moi", **GIVEN, code=code.upper())
    assert (taken.status_code, "đã có chiến dịch khác dùng" in taken.text) == (409, True)


async def test_a_viewer_sees_campaigns_and_no_form(house: House) -> None:
    await (await house.inside("editor")).post("/chien-dich/moi", **GIVEN)
    viewer = await house.inside("viewer")
    for path in ("/chien-dich", PATH):
        page = await viewer.get(path)
        assert page.status_code == 200
        assert "Chợ Phủ, phiên cuối năm" in page.text
        assert re.findall(r'<form method="post" action="([^"]+)"', page.text) == ["/ra"]
        assert "/chien-dich/moi" not in page.text
        assert f"{PATH}/sua" not in page.text
    for path in ("/chien-dich/moi", f"{PATH}/sua"):
        assert (await viewer.get(path)).status_code == 403
    assert (await viewer.get("/chien-dich/ma/khac")).status_code == 404


async def test_the_qr_code_on_the_page_is_that_of_its_link(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ", "xã A"), clock())
    without = await house.inside("viewer")
    assert "telegram.username" in (await without.get("/chien-dich/ma/cho")).text
    assert (await without.get("/chien-dich/ma/cho/qr.png")).status_code == 404
    telegram = Telegram(username="bhxh_hai_duong_bot")
    viewer = await make_house(database, resources, clock, house.folder, telegram=telegram).inside("viewer")
    page = (await viewer.get("/chien-dich/ma/cho")).text
    assert "https://t.me/bhxh_hai_duong_bot?start=cho" in page
    assert "https://t.me/bhxh_hai_duong_bot?startgroup=cho" in page
    png = await viewer.get("/chien-dich/ma/cho/qr.png")
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(png.content)))
    assert found is not None
    assert found.text == "https://t.me/bhxh_hai_duong_bot?start=cho"
    svg = await viewer.get("/chien-dich/ma/cho/qr.svg?tai=1")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.headers["content-disposition"] == 'attachment; filename="qr-cho.svg"'
    assert (await viewer.get("/chien-dich/ma/cho/qr.exe")).status_code == 404
    poster = await viewer.get("/chien-dich/ma/cho/to-in/a5")
    assert poster.content.startswith(b"%PDF")
    assert poster.headers["content-disposition"] == 'attachment; filename="cho-a5.pdf"'
    assert (await viewer.get("/chien-dich/ma/cho/to-in/a3")).status_code == 404


async def test_with_a_chat_page_the_qr_code_and_the_posters_lead_there_and_every_way_is_shown(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ", "xã A"), clock())
    web, telegram = Web(chat_url="https://tro-ly.example.vn"), Telegram(username="bhxh_hai_duong_bot")
    viewer = await make_house(database, resources, clock, house.folder, web=web, telegram=telegram).inside("viewer")
    page = (await viewer.get("/chien-dich/ma/cho")).text
    for link in ("https://tro-ly.example.vn/c/cho", "https://t.me/bhxh_hai_duong_bot?start=cho"):
        assert f'<a href="{link}"' in page
    png = await viewer.get("/chien-dich/ma/cho/qr.png")
    picture = await viewer.get("/chien-dich/ma/cho/to-in/picture")
    for content in (png.content, picture.content):
        found = zxingcpp.read_barcode(Image.open(io.BytesIO(content)))
        assert found is not None
        assert found.text == "https://tro-ly.example.vn/c/cho"


async def test_of_a_place_where_few_asked_nothing_is_told(house: House, database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        for code, place in (("cho", "xã A"), ("htx", "xã B")):
            await campaigns.add(connection, campaigns.Campaign(code, code, place), clock())
        people = [("cho", number) for number in range(5)] + [("htx", number) for number in range(4)]
        for code, number in people:
            who, at = f"{code}{number}", clock() + datetime.timedelta(minutes=1)
            await campaigns.started(connection, who, Started("known", code), clock(), "telegram")
            asked = Asked(f"nuôi bò {code} có đền không", "unknown", ("abroad",), False)
            await questions.add(connection, who, f"q{who}", asked, at)
            await questions.add(connection, who, f"a{who}", Asked("thuế", "answer", ("tax",), False), at)
    viewer = await house.inside("viewer")
    page = shown((await viewer.get("/chien-dich?ky=tuan")).text)
    assert "xã A (5 người hỏi)" in page
    assert "nuôi bò cho có đền không : 5 lượt" in page
    assert "nuôi bò htx" not in page
    assert "Còn 1 nơi ít người hỏi" in page
    alone = shown((await viewer.get("/chien-dich?ky=tuan&diaban=xã B")).text)
    assert f"Mỗi nơi cần ít nhất {CROWD} người" in alone


@pytest.mark.parametrize("query", ["?diaban=xã+Khác", "?xem=bao-gio", "?ky=x", "?sap=x", "?tu=hom-qua&den=mai&ky=khac"])
async def test_what_cannot_be_read_in_the_address_is_told(house: House, query: str) -> None:
    answer = await (await house.inside("viewer")).get(f"/chien-dich{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


async def test_the_files_hold_the_place_that_was_chosen_and_refuse_what_is_of_ratings(
    house: House, database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        for code, place in (("cho", "xã A"), ("htx", "xã B")):
            await campaigns.add(connection, campaigns.Campaign(code, f"Tên {code}", place), clock())
    viewer = await house.inside("viewer")
    file = await viewer.get("/xuat/campaigns/csv?ky=nam&diaban=xã+A")
    assert "Tên cho (cho)" in file.text
    assert "Tên htx" not in file.text
    assert "xa-a" in file.headers["content-disposition"]
    assert (await viewer.get("/xuat/campaigns/csv?ky=nam&loai=answer")).status_code == 400
