"""Who is of the staff, and who did what: both as admins see them, and as they hold at once everywhere."""

from __future__ import annotations

import contextlib
import html
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.base.settings import Staff
from bot.desk.channel import Inbound
from bot.storage import audit, conversations, drafts, phrasings, privacy, questions, staff
from bot.storage.audit import SERVER, Author, DoneWhere
from bot.storage.database import Database
from bot.web.application import ROUTES
from bot.web.guard import action_name
from bot.web.site import read_words
from handlers.dialogue.context import Kept, Resources
from handlers.dialogue.message import Message
from handlers.dialogue.records import Asked
from tests.conftest import Clock
from tests.staff_demo import ADMIN, VIEWER
from tests.web_house import KEYS, House, full_log, key, make_house

NEW = 555
NEW_KEY = KEYS.of("telegram", str(NEW))


async def noted(database: Database) -> list[tuple[str, str, str]]:
    """(who, what, about what), the oldest first."""
    async with database.read() as connection:
        found = await audit.listed(connection, DoneWhere(), 1000, 0)
    return [(each.name, each.action, each.about) for each in reversed(found)]


# --- the staff -----------------------------------------------------------------------------------


async def test_who_is_added_comes_in_at_once_signs_with_the_name_given_and_removed_is_out_at_once(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    admin = await house.inside("admin")
    assert await house.entrance.link_for(NEW_KEY) is None
    added = await admin.post("/quan-tri/them", person=str(NEW), name="Chị  Lan", role="editor")
    assert added.status_code == 303
    other = make_house(database, resources, clock, house.folder)  # another process
    async with database.begin() as connection:
        asked = Asked("trời mưa chưa em", "unknown", ("abroad",), False)
        await questions.add(connection, "c" * 64, "z", asked, clock())
    link = await other.entrance.link_for(NEW_KEY)
    assert link is not None
    browser = other.browser()
    assert (await browser.enter(link)).status_code == 303
    assert (await browser.post("/cau-hoi/1/ngoai-pham-vi")).status_code == 303
    assert {row[4] for row in house.kept()["verdicts"]} == {"Chị Lan"}
    left = await house.entrance.link_for(NEW_KEY)
    assert left is not None
    assert (await admin.post(f"/quan-tri/{NEW_KEY}/bo")).status_code == 303
    assert (await browser.get("/")).status_code == 401
    assert (await house.browser().enter(left)).status_code == 403
    assert await other.entrance.link_for(NEW_KEY) is None
    assert str(NEW) not in str(house.kept()["staff"])


async def test_the_last_admin_stays_and_those_of_the_settings_are_not_removed(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    house = make_house(database, resources, clock, tmp_path / "data", staff=Staff(viewers=(VIEWER,)))
    browser = house.browser()
    await browser.enter(await house.entrance.link_on_server("admin"))
    await browser.post("/quan-tri/them", person=str(ADMIN), name="Bác Tư", role="admin")
    alone = f"/quan-tri/{key('admin')}"
    for path, form in ((f"{alone}/bo", {}), (f"{alone}/sua", {"name": "Bác Tư", "role": "editor"})):
        refused = await browser.post(path, **form)
        assert refused.status_code == 409
        assert "quản trị cuối cùng" in refused.text
    assert (await browser.post(f"/quan-tri/{key('viewer')}/bo")).status_code == 409
    await browser.post("/quan-tri/them", person=str(NEW), name="Chị Lan", role="admin")
    assert (await browser.post(f"{alone}/bo")).status_code == 303
    assert (await browser.post(f"/quan-tri/{NEW_KEY}/bo")).status_code == 409


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"person": "abc", "name": "Lan", "role": "editor"}, "chỉ gồm chữ số"),
        ({"person": "0", "name": "Lan", "role": "editor"}, "chỉ gồm chữ số"),
        ({"person": "9" * 17, "name": "Lan", "role": "editor"}, "chỉ gồm chữ số"),
        ({"person": "555", "name": " ", "role": "editor"}, "tên để ký"),
        ({"person": "555", "name": "a\u202eb", "role": "editor"}, "ký tự lạ"),
        ({"person": "555", "name": "Lan", "role": "king"}, "vai trò"),
        ({"person": str(VIEWER), "name": "Lan", "role": "editor"}, "đã có trong danh sách"),
    ],
)
async def test_who_cannot_be_added_is_told_why(house: House, form: dict[str, str], why: str) -> None:
    admin = await house.inside("admin")
    refused = await admin.post("/quan-tri/them", **form)
    assert refused.status_code == 409
    assert why in html.unescape(refused.text)
    assert house.kept()["staff"] == []


async def test_one_of_the_settings_gets_a_name_and_a_higher_role_and_keeps_neither_without_them(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    admin = await house.inside("admin")
    await admin.post(f"/quan-tri/{key('viewer')}/sua", name="Cô Năm", role="viewer")
    await admin.post(f"/quan-tri/{key('editor')}/sua", name="Cô Sáu", role="viewer")
    async with database.read() as connection:
        found = {each.name: each.role for each in await house.app.roles.everyone(connection)}
    assert (found["Cô Năm"], found["Cô Sáu"]) == ("viewer", "editor")  # the settings give at least their role
    later = make_house(database, resources, clock, house.folder, staff=Staff(admins=(ADMIN,)))
    async with database.read() as connection:
        assert await later.app.roles.member(connection, key("viewer")) is None


async def test_two_may_not_sign_with_the_same_name(house: House, database: Database) -> None:
    admin = await house.inside("admin")
    await admin.post("/quan-tri/them", person="555", name="Chị Lan", role="editor")
    assert (await admin.post("/quan-tri/them", person="556", name="chị lan", role="editor")).status_code == 409
    async with database.read() as connection:
        assert len(await staff.list_all(connection)) == 1


async def test_an_admin_adds_somebody_in_chat_once(house: House, database: Database, clock: Clock) -> None:
    for number, text in enumerate(("/them 555 bientap Chị Lan", "/them 555 quantri Chị Lan", "/them 1 x y", "/them")):
        message = Message("text", f"d{number}", clock(), text)
        await house.app.desk.take(Inbound("telegram", str(ADMIN), str(ADMIN), message))
    async with database.read() as connection:
        (kept,) = await staff.list_all(connection)
    assert (kept.key, kept.role, kept.name) == (NEW_KEY, "editor", "Chị Lan")
    assert (key("admin")[:8], "appoint", "Chị Lan, editor") in await noted(database)


# --- coming in and staying in --------------------------------------------------------------------


async def test_a_session_ends_when_it_was_not_used_for_an_hour(house: House, clock: Clock) -> None:
    used, left = await house.inside("viewer"), await house.inside("viewer")
    for _ in range(3):
        clock.forward(minutes=59)
        assert (await used.get("/tham-so")).status_code == 200
    assert (await left.get("/tham-so")).status_code == 401
    clock.forward(hours=1)
    assert (await used.get("/tham-so")).status_code == 401


async def test_bad_forms_of_who_is_signed_in_keep_nobody_out_who_shares_their_address(house: House) -> None:
    inside = await house.inside("editor")
    for _ in range(20):
        assert (await inside.post("/cau-hoi/1/gan", "0" * 64)).status_code == 403
    assert (await house.browser().enter(await house.link("viewer"))).status_code == 303
    for _ in range(20):  # those of who is not are tries to come in
        await house.browser().post("/vao/x", "0" * 64)
    assert (await house.browser().enter(await house.link("admin"))).status_code == 429


# --- who did what --------------------------------------------------------------------------------


def test_every_thing_done_has_a_name_in_the_log() -> None:
    posts = [each.path for each in ROUTES if isinstance(each, Route) and "POST" in (each.methods or ())]
    shown_only = ("/vao/{token}", "/ra", "/ma", "/cau-hoi/hoi-thu")  # noted as signing in and out; changes nothing
    words = read_words()
    for path in posts:
        assert path in shown_only or f"did_{action_name(path)}" in words, path


async def test_what_is_done_and_downloaded_is_noted_with_who_and_nobodys_words(
    house: House, database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        asked = Asked("con tôi tên Tèo đi tù", "unknown", ("abroad",), False)
        await questions.add(connection, "a" * 64, "q", asked, clock())
    editor, viewer = await house.inside("editor"), await house.inside("viewer")
    assert (await viewer.post("/cau-hoi/1/ngoai-pham-vi")).status_code == 403
    await editor.post("/cau-hoi/1/ban-nhap", question="Con tôi tên Tèo?", answer="Tèo")
    await viewer.get("/xuat/satisfaction/csv")
    await viewer.get("/xuat/questions/csv")
    await viewer.get("/xuat")
    await viewer.post("/ra")
    message = Message("press", "k", clock(), "export|use|2026|csv")
    await house.app.desk.take(Inbound("telegram", str(VIEWER), str(VIEWER), message))
    one, other = key("editor")[:8], key("viewer")[:8]
    found = await noted(database)
    assert [(who, what) for who, what, _ in found] == [
        *((one, "link"), (one, "sign_in"), (other, "link"), (other, "sign_in")),
        *((one, "cau-hoi/ban-nhap"), (other, "download"), (other, "download"), (other, "sign_out")),
        (other, "download"),
    ]
    assert "Tèo" not in str(found)
    assert found[4][2] == "1"
    assert found[5][2].startswith("bhxh-satisfaction-")
    assert found[8][2] == "use 2026 csv"
    page = html.unescape((await (await house.inside("admin")).get("/quan-tri/nhat-ky?ai=" + other)).text)
    assert "bhxh-satisfaction-" in page
    assert "Lập bản nháp" not in re.sub(r"<select.*?</select>", "", page, flags=re.DOTALL)


ALIKE = "đóng cho cháu ở nước ngoài"
ACTS: Mapping[str, Mapping[str, str]] = {
    "/cau-hoi/1/ngoai-pham-vi": {},
    "/cau-hoi/1/ban-nhap": {"question": "Đóng cho con ở xa?"},
    "/cau-hoi/da-day/cach-hoi/1/bo": {},
    "/cau-hoi/da-day/ban-nhap/1/bo": {},
    "/chuyen-can-bo/1/tra-loi": {"text": "Mời bà con ra xã.", "seen": "1"},
    "/chuyen-can-bo/1/nhan": {},
    "/chuyen-can-bo/1/khep": {},
    "/quan-tri/them": {"person": "555", "name": "Chị Lan", "role": "editor"},
    f"/quan-tri/{key('viewer')}/sua": {"name": "Cô Năm", "role": "editor"},
    "/tai-khoan/bat": {},
    "/ban-chot/chot": {"report": "annual", "ky": "nam"},
}
"""Things that are done on the pages, with their forms."""


@pytest.mark.parametrize("path", ACTS)
async def test_what_is_done_is_kept_with_its_line_in_the_log_or_not_at_all(
    house: House, database: Database, clock: Clock, path: str
) -> None:
    """Killed between the two, it would have been done by nobody."""
    async with database.begin() as connection:
        asked = Asked("đóng cho con ở nước ngoài", "unknown", ("abroad",), False)
        await questions.add(connection, "a" * 64, "q", asked, clock())
        await phrasings.add(connection, "abroad", ALIKE, "lan", clock())
        await drafts.add(connection, "group", ALIKE, (), "lan", clock())
        await conversations.open_new(connection, 1, "a" * 64, "k1", "sổ ghi sai", clock())
    admin = await house.inside("admin")
    await admin.get("/cau-hoi")  # what was asked is put into its group
    csrf, before = await admin.token(), all_rows(house)
    with full_log(house.folder):
        assert (await admin.post(path, csrf, **ACTS[path])).status_code in (500, 503)
        assert all_rows(house) == before
    lines = len(await noted(database))
    assert (await admin.post(path, csrf, **ACTS[path])).status_code in (200, 303)
    assert all_rows(house) != before
    assert len(await noted(database)) == lines + 1


def all_rows(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Every row there is."""
    with contextlib.closing(sqlite3.connect(house.folder / "bhxh.sqlite3")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


async def test_the_log_is_read_page_by_page_and_by_day(house: House, database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        for number in range(120):
            await audit.add(connection, Author("a" * 64, "lan"), "download", clock(), f"tệp-{number}.")
    admin = await house.inside("admin")
    first, third = [(await admin.get(f"/quan-tri/nhat-ky?ai=lan&trang={page}")).text for page in (1, 3)]
    assert "tệp-119." in first
    assert "tệp-19." not in first
    assert "tệp-19." in third
    assert "Không có việc nào khớp" in (await admin.get("/quan-tri/nhat-ky?den=2020-01-01")).text
    for nonsense in ("ai=x", "viec=x", "tu=x", "trang=0"):
        assert (await admin.get(f"/quan-tri/nhat-ky?{nonsense}")).status_code == 400


async def test_the_log_outlives_what_is_forgotten_and_is_forgotten_after_two_years(
    house: House, database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        await audit.add(connection, Author(key("editor"), "lan"), "download", clock())
        await audit.add(connection, SERVER, "backup", clock())
        await privacy.forget(connection, key("editor"))
        await privacy.expire(connection, clock(), Kept(1, 1, 1, 1))
    clock.forward(days=730)
    await house.app.desk.tidy()
    assert len(await noted(database)) == 2
    clock.forward(days=2)
    await house.app.desk.tidy()
    assert await noted(database) == []


def test_nothing_else_touches_the_log() -> None:
    """Added to and dropped when it is old, by one module: so nobody can have a row changed."""
    root = Path(__file__).parents[3] / "bot"
    touching = [
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if re.search(r"schema import [^\n]*\baudit\b|schema\.audit\b", file.read_text())
    ]
    assert touching == ["storage/audit.py"]
    statements = re.findall(r"sa\.(insert|update|delete)\(audit\)", (root / "storage/audit.py").read_text())
    assert statements == ["insert", "delete"]
