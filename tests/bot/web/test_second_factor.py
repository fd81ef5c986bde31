"""The code that is asked for besides the link: what it keeps out, when it counts, and how it goes again."""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
import sqlite3

import httpx
import pyotp
import pytest

from bot.base.settings import Staff
from bot.desk.second_factor import RECOVERY_CODES
from bot.desk.sign_in import Entered
from bot.storage import audit, privacy
from bot.storage.audit import DoneWhere
from bot.storage.database import Database
from bot.storage.second_factors import FAILURES
from bot.web.guard import COOKIE
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Role
from tests.conftest import Clock
from tests.staff_demo import ADMIN, EDITOR
from tests.web_house import Browser, House, full_log, key, make_house, token_of


class Telephone:
    """The app that makes the codes: it read the key off the page, and has a clock of its own."""

    def __init__(self, page: str, clock: Clock) -> None:
        found = re.search(r"Khóa để gõ: <code>([A-Z2-7 ]+)</code>", page)
        assert found is not None, page
        self._maker, self._clock = pyotp.TOTP(found[1].replace(" ", "")), clock

    def code(self, steps: int = 0) -> str:
        """What it shows, where its clock goes so many steps before."""
        return self._maker.at(self._clock(), counter_offset=steps)

    def wrong(self) -> str:
        """Six digits that it shows neither now nor one step before or after."""
        shown = {self.code(step) for step in (-1, 0, 1)}
        return next(each for each in (f"{number:06}" for number in range(10)) if each not in shown)


async def turned_on(house: House, browser: Browser) -> tuple[Telephone, list[str]]:
    """A second factor for whoever is in this browser: what makes its codes, and the recovery codes."""
    telephone = Telephone((await browser.post("/tai-khoan/bat")).text, house.clock)
    confirmed = await browser.post("/tai-khoan/xac-nhan", code=telephone.code())
    codes = re.findall(r"<li><code>([a-z0-9 ]+)</code></li>", confirmed.text)
    house.clock.forward(seconds=30)  # the code that confirmed it is used
    return telephone, codes


async def due(house: House, role: Role) -> Browser:
    """A browser that opened its link, and has given no code yet."""
    browser = house.browser()
    entered = await browser.enter(await house.link(role))
    assert (entered.status_code, entered.headers["location"]) == (303, "/ma")
    return browser


async def give(browser: Browser, code: str) -> httpx.Response:
    page = await browser.get("/ma")
    return await browser.post("/ma", token_of(page.text), code=code)


async def done_by(database: Database, role: Role) -> list[str]:
    async with database.read() as connection:
        found = await audit.listed(connection, DoneWhere(), 1000, 0)
    return [each.action for each in reversed(found) if each.key == key(role)]


async def test_without_it_nothing_is_asked_and_with_it_no_page_opens_before_the_code(house: House) -> None:
    editor = await house.inside("editor")
    telephone, codes = await turned_on(house, editor)
    assert len(set(codes)) == RECOVERY_CODES
    assert (await editor.get("/tham-so")).status_code == 200  # who turned it on is in
    await house.inside("admin")  # nobody else is asked
    browser = await due(house, "editor")
    for path in ("/", "/danh-gia", "/tai-khoan", "/xuat/satisfaction/csv"):
        refused = await browser.get(path)
        assert (refused.status_code, "/ma" in refused.text) == (401, True)
        assert "Tổng quan" not in refused.text
    assert (await give(browser, telephone.code())).headers["location"] == "/"
    assert (await browser.get("/tham-so")).status_code == 200


async def test_a_code_works_once_however_it_is_tried_again(house: House, clock: Clock) -> None:
    telephone, _ = await turned_on(house, await house.inside("editor"))
    first, second = await due(house, "editor"), await due(house, "editor")
    code = telephone.code()
    assert (await give(first, code)).status_code == 303
    assert (await give(second, code)).status_code == 403
    assert (await give(second, telephone.code(-1))).status_code == 403  # seen before it
    clock.forward(seconds=30)
    assert (await give(second, code)).status_code == 403  # still of the step before
    assert (await give(second, telephone.code())).status_code == 303


@pytest.mark.parametrize(("steps", "status"), [(-2, 403), (-1, 303), (0, 303), (1, 303), (2, 403)])
async def test_a_clock_that_goes_half_a_minute_wrong_is_forgiven_and_no_more(
    house: House, clock: Clock, steps: int, status: int
) -> None:
    telephone, _ = await turned_on(house, await house.inside("editor"))
    clock.forward(minutes=5)
    assert (await give(await due(house, "editor"), telephone.code(steps))).status_code == status


async def test_after_some_wrong_codes_none_is_tried_for_a_quarter_of_an_hour_wherever(
    house: House, database: Database, clock: Clock
) -> None:
    telephone, codes = await turned_on(house, await house.inside("editor"))
    browsers = [await due(house, "editor"), await due(house, "editor")]
    for number in range(FAILURES):
        assert (await give(browsers[number % 2], telephone.wrong())).status_code == 403
    other = await due(house, "editor")
    for code in (telephone.code(), codes[0]):
        assert (await give(other, code)).status_code == 429
    assert (await done_by(database, "editor")).count("bad_code") == FAILURES
    clock.forward(minutes=14)
    assert (await give(other, telephone.code())).status_code == 429
    clock.forward(minutes=1)
    assert (await give(other, telephone.code())).status_code == 303


async def test_no_more_codes_are_tried_in_a_day_than_hold_the_chance_low(house: House, clock: Clock) -> None:
    """Who has the link tries as fast as they are let: fewer than one in a thousand get in so on a day."""
    telephone, _ = await turned_on(house, await house.inside("editor"))
    tried, browser = 0, await due(house, "editor")
    for _ in range(4 * 4):  # four hours, of which each quarter has its tries
        for _ in range(FAILURES + 1):
            tried += (await give(browser, telephone.wrong())).status_code == 403
        clock.forward(minutes=15)
    assert tried * 6 * 3 / 1_000_000 < 0.002
    assert tried >= 16


async def test_a_recovery_code_works_once_as_it_is_printed_and_only_for_its_person(house: House, clock: Clock) -> None:
    _, codes = await turned_on(house, await house.inside("editor"))
    await turned_on(house, await house.inside("admin"))
    assert (await give(await due(house, "admin"), codes[0])).status_code == 403
    assert (await give(await due(house, "editor"), codes[0].upper())).status_code == 303
    inside = await due(house, "editor")
    assert (await give(inside, codes[0])).status_code == 403
    assert (await give(inside, codes[1].replace(" ", ""))).status_code == 303
    assert f"Còn {RECOVERY_CODES - 2} mã dự phòng" in (await inside.get("/tai-khoan")).text


async def test_an_admin_takes_anothers_away_and_nobody_their_own_without_a_code(
    house: House, database: Database
) -> None:
    telephone, _ = await turned_on(house, await house.inside("editor"))
    lost, waiting, admin = await due(house, "editor"), await due(house, "editor"), await house.inside("admin")
    assert (await give(lost, telephone.code())).status_code == 303
    own, _ = await turned_on(house, admin)
    assert "có mã thứ hai" in (await admin.get("/quan-tri")).text
    refused = await admin.post(f"/quan-tri/{key('admin')}/dat-lai")
    assert (refused.status_code, "Tài khoản" in html.unescape(refused.text)) == (409, True)
    assert (await admin.post("/tai-khoan/tat", code=own.wrong())).status_code == 422
    assert (await (await house.inside("viewer")).post(f"/quan-tri/{key('editor')}/dat-lai")).status_code == 403
    assert (await admin.post(f"/quan-tri/{key('editor')}/dat-lai")).status_code == 303
    for browser in (lost, waiting):  # the telephone may be in other hands
        assert (await browser.get("/tham-so")).status_code == 401
    assert (await (await house.inside("editor")).get("/tham-so")).status_code == 200  # by a new link, without a code
    assert "quan-tri/dat-lai" in await done_by(database, "admin")


async def test_it_is_ended_by_a_code_and_begun_anew_only_then(house: House, database: Database) -> None:
    editor = await house.inside("editor")
    telephone, codes = await turned_on(house, editor)
    assert (await editor.post("/tai-khoan/bat")).status_code == 409
    assert (await give(await due(house, "editor"), telephone.code())).status_code == 303  # the same as before
    assert (await editor.post("/tai-khoan/tat", code=codes[3])).headers["location"] == "/tai-khoan?da=tat"
    await house.inside("editor")
    other, _ = await turned_on(house, editor)
    assert (await give(await due(house, "editor"), codes[4])).status_code == 403  # those of the one before are gone
    assert (await give(await due(house, "editor"), other.code())).status_code == 303
    assert {"tai-khoan/tat", "bad_code"} <= set(await done_by(database, "editor"))


async def test_it_is_ended_with_its_line_in_the_log_or_not_at_all(house: House) -> None:
    editor = await house.inside("editor")
    _, codes = await turned_on(house, editor)
    with full_log(house.folder):
        assert (await editor.post("/tai-khoan/tat", code=codes[3])).status_code in (500, 503)
    assert (await editor.post("/tai-khoan/bat")).status_code == 409
    assert (await editor.post("/tai-khoan/tat", code=codes[3])).status_code == 303


async def test_one_that_was_begun_and_not_confirmed_asks_for_nothing(house: House) -> None:
    editor = await house.inside("editor")
    first = Telephone((await editor.post("/tai-khoan/bat")).text, house.clock)
    await house.inside("editor")
    assert (await editor.post("/tai-khoan/xac-nhan", code=first.wrong())).status_code == 422
    second = Telephone((await editor.post("/tai-khoan/bat")).text, house.clock)
    assert (await editor.post("/tai-khoan/xac-nhan", code=first.code())).status_code == 422
    assert (await editor.post("/tai-khoan/xac-nhan", code=second.code())).status_code == 200
    assert (await editor.post("/tai-khoan/xac-nhan", code=second.code(1))).status_code == 409


async def test_turning_it_on_ends_what_was_opened_without_it(house: House) -> None:
    other, link = await house.inside("editor"), await house.link("editor")
    viewer = await house.inside("viewer")
    await turned_on(house, await house.inside("editor"))
    assert (await other.get("/tham-so")).status_code == 401
    assert (await house.browser().enter(link)).status_code == 403
    assert (await viewer.get("/tham-so")).status_code == 200


async def test_the_code_gives_another_session_and_no_longer_one(house: House, clock: Clock) -> None:
    telephone, _ = await turned_on(house, await house.inside("editor"))
    browser = await due(house, "editor")
    waited, csrf = browser.session, token_of((await browser.get("/ma")).text)
    for _ in range(5):
        clock.forward(minutes=50)
        await browser.get("/ma")
    assert (await browser.post("/ma", csrf, code=telephone.code())).status_code == 303
    assert browser.session != waited
    old = house.browser()
    old.client.cookies.set(COOKIE, waited, domain="127.0.0.1")
    assert (await old.get("/tham-so")).status_code == 401
    for _ in range(4):
        clock.forward(minutes=55)
        last = (await browser.get("/tham-so")).status_code
    assert last == 200
    clock.forward(minutes=11)  # eight hours after the link, not after the code
    assert (await browser.get("/tham-so")).status_code == 401


async def test_a_role_that_is_lost_while_the_code_is_due_is_lost(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    telephone, _ = await turned_on(house, await house.inside("editor"))
    waiting = await due(house, "editor")
    gone = make_house(database, resources, clock, house.folder, staff=Staff(admins=(ADMIN,)))
    same = gone.browser()
    same.client.cookies.set(COOKIE, waiting.session, domain="127.0.0.1")
    csrf = token_of((await waiting.get("/ma")).text)
    assert (await same.post("/ma", csrf, code=telephone.code())).status_code == 401


async def test_who_was_made_a_viewer_is_asked_as_before_may_end_it_and_not_begin_another(
    house: House, database: Database, resources: Resources, clock: Clock
) -> None:
    telephone, codes = await turned_on(house, await house.inside("editor"))
    lowered = make_house(database, resources, clock, house.folder, staff=Staff(viewers=(EDITOR,)))
    browser = await due(lowered, "editor")
    assert (await give(browser, telephone.code())).status_code == 303
    assert (await browser.post("/cau-hoi/1/ngoai-pham-vi")).status_code == 403
    assert (await browser.post("/tai-khoan/tat", code=codes[0])).status_code == 303
    assert (await browser.post("/tai-khoan/bat")).status_code == 403
    assert "Bật mã thứ hai" not in (await browser.get("/tai-khoan")).text


async def test_who_is_removed_and_comes_back_begins_without_one(house: House) -> None:
    admin = await house.inside("admin")
    await admin.post("/quan-tri/them", person="555", name="Chị Lan", role="editor")
    new = house.app.roles.key_of("555")
    link = await house.entrance.link_for(new)
    assert link is not None
    browser = house.browser()
    await browser.enter(link)
    await turned_on(house, browser)
    await admin.post(f"/quan-tri/{new}/bo")
    await admin.post("/quan-tri/them", person="555", name="Chị Lan", role="editor")
    link = await house.entrance.link_for(new)
    assert link is not None
    assert (await house.browser().enter(link)).headers["location"] == "/"


async def test_a_message_that_forgets_a_person_takes_no_second_factor_away(house: House, database: Database) -> None:
    """Who holds the telephone with Telegram could else take it away by «/xoadulieu»."""
    await turned_on(house, await house.inside("editor"))
    async with database.begin() as connection:
        await privacy.forget(connection, key("editor"))
    await due(house, "editor")


async def test_a_link_of_the_server_asks_for_none_and_has_none(house: House) -> None:
    browser = house.browser()
    await browser.enter(await house.entrance.link_on_server("admin"))
    assert "không của riêng ai" in html.unescape((await browser.get("/tai-khoan")).text)
    assert (await browser.post("/tai-khoan/bat")).status_code == 409


async def test_what_makes_the_codes_is_not_in_the_database_and_a_row_of_another_opens_nothing(house: House) -> None:
    editor, admin = await house.inside("editor"), await house.inside("admin")
    page = (await editor.post("/tai-khoan/bat")).text
    telephone = Telephone(page, house.clock)
    confirmed = await editor.post("/tai-khoan/xac-nhan", code=telephone.code())
    codes = re.findall(r"<li><code>([a-z0-9 ]+)</code></li>", confirmed.text)
    house.clock.forward(seconds=30)
    theirs, _ = await turned_on(house, admin)
    file = house.folder / "bhxh.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        kept = str([connection.execute(f"SELECT * FROM {each}").fetchall() for each in TABLES])
        made = re.search(r"Khóa để gõ: <code>([A-Z2-7 ]+)</code>", page)
        assert made is not None
        assert made[1].replace(" ", "") not in kept
        assert not [each for each in codes if each.replace(" ", "") in kept]
        with connection:  # who may write to the file puts their own in the place of the admin's
            theirs_now = "(SELECT sealed FROM second_factors WHERE key = ?)"
            swap = f"UPDATE second_factors SET sealed = {theirs_now} WHERE key = ?"
            connection.execute(swap, (key("editor"), key("admin")))
    browser = await due(house, "admin")
    for code in (telephone.code(), theirs.code()):
        assert (await give(browser, code)).status_code == 403


TABLES = ("second_factors", "recovery_codes", "staff_sessions")


@pytest.mark.parametrize("database_kind", ["postgresql"])  # SQLite has one transaction write at a time
@pytest.mark.parametrize("opened", ["before", "after", "made after"])
async def test_who_opens_a_link_while_the_first_code_is_taken_does_not_come_in_without_one(
    house: House, database: Database, opened: str
) -> None:
    editor = await house.inside("editor")
    link = None if opened == "made after" else await house.link("editor")
    telephone = Telephone((await editor.post("/tai-khoan/bat")).text, house.clock)

    async def opens() -> Entered | None:
        made = link or await house.link("editor")
        return await house.entrance.enter(made.rsplit("/", 1)[-1], None)

    async with database.begin() as connection:
        confirmed = await house.app.roles.second_factor.confirm(
            connection, key("editor"), telephone.code(), house.clock()
        )
        assert confirmed[0] == "right"
        if opened != "before":
            await house.entrance.end_others(connection, key("editor"), editor.session)
        opening = asyncio.create_task(opens())
        await asyncio.wait({opening}, timeout=0.1)  # it may come in meanwhile, or has to wait
        if opened == "before":
            await house.entrance.end_others(connection, key("editor"), editor.session)
    entered = await opening
    assert entered is None or entered.waits or await house.entrance.visitor(entered.session) is None
