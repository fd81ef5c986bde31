"""The chat page by HTTP: forms without a script, who is who, what is kept and how long, what an attacker tries."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.base.settings import Settings, Staff, Telegram, Web
from bot.channels.web.application import application
from bot.channels.web.channel import ChatPlace, WebChannel
from bot.channels.web.door import COOKIE, FRAMED
from bot.channels.web.throttle import Throttle, Throttles, TooFast
from bot.channels.zalo.settings import Zalo
from bot.charts import pictures
from bot.desk.channel import Inbound
from bot.desk.resources import staff_hours
from bot.storage import conversations
from bot.storage.database import Database, StorageDown
from bot.testing.channel import ChannelInMemory
from bot.testing.drivers import SeenPage
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from tests.conftest import Clock, make_delivery, make_desk, rows_of

SITE = "https://tro-ly.example.vn"
QUESTION = "mức đóng thấp nhất là bao nhiêu"
NOBODY = Staff()


class Page:
    """The page of a service, and browsers at it."""

    def __init__(
        self, database: Database, resources: Resources, clock: Clock, staff: Staff = NOBODY, embed: tuple[str, ...] = ()
    ) -> None:
        self.database, self.clock = database, clock
        self.desk = make_desk(database, resources, clock, staff)
        self.delivery = make_delivery(self.desk, database, resources, clock, staff)
        zalo: dict[str, Any] = {"zalo": Zalo(bot_name="Bot <BHXH>", bot_url="https://zalo.me/1234")}
        telegram = Telegram(token=SecretStr("1:a"), username="tro_ly_bot")
        settings = Settings.with_sections({"zalo": Zalo})(telegram=telegram, web=Web(chat_url=SITE), **zalo)
        place = ChatPlace(f"{SITE}/", "127.0.0.1", 0, "127.0.0.1", embed)
        made = partial(application, ways=settings.ways, throttles=Throttles.none())
        self.channel = WebChannel(
            self.desk, self.delivery, place, clock=clock, pictures=pictures.make, application=made
        )
        self.delivery.connect(self.channel)

    def browser(self, address: str = "192.0.2.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.channel.application, client=(address, 1234))
        return httpx.AsyncClient(transport=transport, base_url=SITE)

    async def fields(self, browser: httpx.AsyncClient, path: str = "/") -> dict[str, str]:
        """What the forms of the page carry."""
        return SeenPage((await browser.get(path)).text).fields

    async def says(self, browser: httpx.AsyncClient, text: str) -> SeenPage:
        """Type a message, and look at the page that comes."""
        answer = await browser.post("/noi", data={**await self.fields(browser), "text": text})
        assert answer.status_code == 303
        return SeenPage((await browser.get("/")).text)


@pytest.fixture
def page(database: Database, resources: Resources, clock: Clock) -> Page:
    return Page(database, resources, clock)


@pytest.fixture
async def browser(page: Page) -> AsyncIterator[httpx.AsyncClient]:
    async with page.browser() as made:
        yield made


# --- without a script ----------------------------------------------------------------------------


async def test_a_question_is_answered_and_the_talk_is_there_again(page: Page, browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/noi", data={**await page.fields(browser), "text": QUESTION})
    assert answer.status_code == 303
    again = SeenPage((await browser.get("/")).text)
    asked, *rest = (each for each in again.lines.values() if each.side == "you")
    assert (asked.text, rest) == (QUESTION, [])
    assert answer.headers["location"] == f"/#{next(id for id, each in again.lines.items() if each is asked)}"
    assert any("330.000" in each.text for each in again.lines.values())


async def test_a_form_that_is_sent_twice_asks_once(page: Page, browser: httpx.AsyncClient, database: Database) -> None:
    form = {**await page.fields(browser), "text": QUESTION}
    for _ in range(2):
        await browser.post("/noi", data=form)
    assert len(await rows_of(database, "questions")) == 1
    assert len([each for each in SeenPage((await browser.get("/")).text).lines.values() if each.side == "you"]) == 1
    await browser.post("/noi", data={**form, "text": "bao nhiêu tuổi thì được lĩnh"})
    assert len(await rows_of(database, "questions")) == 2


async def test_the_start_is_counted_once_with_its_campaign(
    page: Page, browser: httpx.AsyncClient, database: Database
) -> None:
    fields = await page.fields(browser, "/?c=cho-phu-thai")
    assert fields["start"] == "cho-phu-thai"
    await browser.post("/noi", data={**fields, "text": QUESTION})
    assert "start" not in await page.fields(browser)
    assert [row["campaign"] for row in await rows_of(database, "starts")] == ["unknown"]


async def test_what_is_not_sent_stands_in_the_field(page: Page, browser: httpx.AsyncClient) -> None:
    await page.says(browser, QUESTION)
    refused = await browser.post("/noi", data={"csrf": "0" * 64, "d": "1", "text": "lương hưu <b> bao nhiêu"})
    assert refused.status_code == 403
    seen = SeenPage(refused.text)
    assert "Chữ bà con gõ vẫn còn" in seen.notice
    assert "cookie" not in seen.notice, "which no farmer knows"
    assert "lương hưu &lt;b&gt; bao nhiêu</textarea>" in refused.text
    again = await browser.post("/noi", data={**seen.fields, "text": "lương hưu bao nhiêu"})
    assert again.status_code == 303


async def test_html_that_a_person_types_is_text(page: Page, browser: httpx.AsyncClient) -> None:
    seen = await page.says(browser, "<script>alert(1)</script><img src=x>")
    assert [each.text for each in seen.lines.values() if each.side == "you"] == ["<script>alert(1)</script><img src=x>"]
    text = (await browser.get("/")).text
    assert "<script>alert" not in text
    assert "<img" not in text


# --- who is who ----------------------------------------------------------------------------------


async def test_the_cookie_is_for_this_browser_alone_and_nothing_is_kept_of_who_only_looks(
    page: Page, browser: httpx.AsyncClient, database: Database
) -> None:
    answer = await browser.get("/")
    (cookie,) = answer.headers.get_list("set-cookie")
    for word in ("HttpOnly", "Secure", "SameSite=Lax", f"Max-Age={180 * 86_400}", "Path=/"):
        assert word in cookie.split("; ")
    assert "Domain" not in cookie
    for table in ("guests", "talk_lines", "states", "addresses", "starts"):
        assert await rows_of(database, table) == []


async def test_another_browser_sees_nothing_of_a_talk_and_presses_none_of_its_buttons(
    page: Page, browser: httpx.AsyncClient
) -> None:
    mine = await page.says(browser, "tính tiền đóng")
    button = next(value for each in mine.lines.values() for value in each.buttons.values())
    async with page.browser() as other:
        fields = await page.fields(other)
        await other.post("/noi", data={**fields, "press": button})
        theirs = SeenPage((await other.get("/")).text).lines.values()
        assert not any("Mỗi tháng bà con định đóng" in each.text for each in theirs)
        number = button.partition("|")[0]
        assert (await other.get(f"/anh/{number}.png")).status_code == 404
        # with the cookie of one and the token of another page nothing is done
        assert (await browser.post("/noi", data={**fields, "text": QUESTION})).status_code == 403
    assert SeenPage((await browser.get("/")).text).lines == mine.lines


async def test_a_form_of_another_site_is_refused(page: Page, browser: httpx.AsyncClient) -> None:
    form = {**await page.fields(browser), "text": QUESTION}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await browser.post("/noi", data=form, headers=headers)).status_code == 403
    assert (await browser.post("/noi", data=form, headers={"Origin": SITE})).status_code == 303


async def test_a_token_is_replaced_and_the_old_one_opens_nothing_once_the_new_came_back(
    page: Page, browser: httpx.AsyncClient, clock: Clock
) -> None:
    await page.says(browser, QUESTION)
    old = browser.cookies[COOKIE]
    clock.forward(days=8)
    await page.says(browser, QUESTION)  # the page gives a new one, the form brings it
    new = browser.cookies[COOKIE]
    assert new != old
    assert new.partition(".")[0] == old.partition(".")[0], "the same person"
    async with page.browser() as thief:
        thief.cookies.set(COOKIE, old, domain="tro-ly.example.vn")
        seen = SeenPage((await thief.get("/")).text)
        assert [each.side for each in seen.lines.values()] == ["assistant"], "the welcome of a stranger"
    assert any(each.text == QUESTION for each in SeenPage((await browser.get("/")).text).lines.values())


async def test_an_answer_that_got_lost_with_its_new_token_locks_nobody_out(
    page: Page, browser: httpx.AsyncClient, clock: Clock
) -> None:
    await page.says(browser, QUESTION)
    old = browser.cookies[COOKIE]
    clock.forward(days=8)
    for _ in range(2):
        await browser.get("/")
        browser.cookies.set(COOKIE, old, domain="tro-ly.example.vn")  # it never arrived
    clock.forward(hours=1)
    browser.cookies.clear()
    browser.cookies.set(COOKIE, old, domain="tro-ly.example.vn")
    assert "start" not in await page.fields(browser), "known still"


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at the same moment"])
async def test_of_answers_under_way_together_one_brings_a_token_whichever_comes_last(
    page: Page, browser: httpx.AsyncClient, clock: Clock, at_once: bool
) -> None:
    await page.says(browser, QUESTION)
    old = browser.cookies[COOKIE]
    clock.forward(days=8)

    async def loads() -> httpx.Response:  # as a telephone does that brings the page back and opens it anew
        async with page.browser() as same:
            return await same.get("/", headers={"Cookie": f"{COOKIE}={old}"})

    answers = await asyncio.gather(loads(), loads()) if at_once else [await loads(), await loads()]
    assert not any("start" in SeenPage(each.text).fields for each in answers), "known by both"
    (given,) = [cookie for each in answers for cookie in each.headers.get_list("set-cookie")]
    clock.forward(hours=1)
    browser.cookies.clear()
    browser.cookies.set(COOKIE, given.partition("=")[2].partition(";")[0], domain="tro-ly.example.vn")
    assert "start" not in await page.fields(browser), "and by the token that came"


async def test_in_a_frame_of_an_allowed_site_the_cookie_is_of_that_frame(
    database: Database, resources: Resources, clock: Clock
) -> None:
    page = Page(database, resources, clock, embed=("xa.example.vn",))
    async with page.browser() as browser:
        framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
        answer = await browser.get("/", headers=framed)
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith(FRAMED)
        assert cookie.endswith("SameSite=None; Partitioned")
        assert "frame-ancestors https://xa.example.vn;" in answer.headers["content-security-policy"]
        assert "x-frame-options" not in answer.headers
        form = {**SeenPage(answer.text).fields, "text": QUESTION}
        assert (await browser.post("/noi", data=form, headers={"Sec-Fetch-Site": "same-origin"})).status_code == 303


async def test_every_answer_forbids_what_the_page_does_not_need(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/c/cho", "/da-xoa", "/moi", "/chat.js", "/khong-co", "/anh/1.png"):
        answer = await browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert (await browser.get("/", headers={"Host": "elsewhere.example"})).status_code == 400


# --- what is kept --------------------------------------------------------------------------------


async def test_a_talk_is_masked_and_sealed_and_over_after_a_day(
    page: Page, browser: httpx.AsyncClient, database: Database, clock: Clock
) -> None:
    seen = await page.says(browser, "tôi là Nguyễn Văn Bảy, số 0912345678, đóng bao nhiêu")
    assert not any("Bảy" in each.text or "0912345678" in each.text for each in seen.lines.values())
    kept = str([tuple(row.values()) for row in await rows_of(database, "talk_lines")])
    for words in ("đóng", "Nguyễn", "0912345678", "330.000"):
        assert words not in kept
    secret = browser.cookies[COOKIE].partition(".")[0]
    for table in ("guests", "talk_lines", "addresses", "states", "questions"):
        assert secret not in str([tuple(row.values()) for row in await rows_of(database, table)])
    clock.forward(hours=25)
    assert [each.side for each in SeenPage((await browser.get("/")).text).lines.values()] == ["assistant"]
    await page.desk.tidy()
    assert await rows_of(database, "talk_lines") == []
    clock.forward(days=180)
    await page.desk.tidy()
    assert await rows_of(database, "guests") == []


async def test_deleting_leaves_nothing_that_leads_to_the_person(
    page: Page, browser: httpx.AsyncClient, database: Database
) -> None:
    await page.says(browser, QUESTION)
    before = browser.cookies[COOKIE]
    asked = await page.says(browser, "xóa dữ liệu")
    (button,) = (each.buttons["Xoá hết"] for each in asked.lines.values() if "Xoá hết" in each.buttons)
    gone = await browser.post("/noi", data={**await page.fields(browser), "press": button})
    assert (gone.status_code, gone.headers["location"]) == (303, "/da-xoa")
    assert "Đã xoá" in SeenPage((await browser.get("/da-xoa")).text).notice
    for table in ("guests", "talk_lines", "addresses", "states", "outbox"):
        assert await rows_of(database, table) == [], table
    assert browser.cookies[COOKIE].partition(".")[0] != before.partition(".")[0]
    assert [each.side for each in SeenPage((await browser.get("/")).text).lines.values()] == ["assistant"]


async def test_deleting_that_is_sent_twice_makes_nobody_known_anew(
    page: Page, browser: httpx.AsyncClient, database: Database
) -> None:
    asked = await page.says(browser, "xóa dữ liệu")
    (button,) = (each.buttons["Xoá hết"] for each in asked.lines.values() if "Xoá hết" in each.buttons)
    form = {**await page.fields(browser), "press": button}
    before = browser.cookies[COOKIE]
    for _ in range(2):
        gone = await browser.post("/noi", data=form)
        assert (gone.status_code, gone.headers["location"]) == (303, "/da-xoa")
        browser.cookies.clear()
        browser.cookies.set(COOKIE, before, domain="tro-ly.example.vn")  # the answer got lost
    for table in ("guests", "talk_lines", "addresses", "states", "outbox"):
        assert await rows_of(database, table) == [], table


async def test_the_page_behind_a_poster_offers_the_ways_and_remembers_nothing(
    browser: httpx.AsyncClient, database: Database
) -> None:
    answer = await browser.get("/c/cho-phu-thai")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert 'href="/?c=cho-phu-thai"' in answer.text
    assert 'href="https://t.me/tro_ly_bot?start=cho-phu-thai"' in answer.text
    assert 'href="https://zalo.me/1234"' in answer.text
    assert "tìm «Bot &lt;BHXH&gt;», câu đầu tiên bà con nhắn: <b>Xin chào cho-phu-thai</b>" in answer.text
    of_share = (await browser.get(f"/c/s-{'0' * 20}")).text
    assert f'href="https://t.me/tro_ly_bot?start=s-{"0" * 20}"' in of_share
    assert "Xin chào" not in of_share, "a code that nobody would type"
    assert (await browser.get("/c/%3Cscript%3E")).status_code == 404
    for table in ("guests", "starts", "touches"):
        assert await rows_of(database, table) == []


@pytest.mark.parametrize("line", ["9" * 30, "x", "-1", ""])
async def test_the_number_of_a_line_that_is_none_stands_before_no_answer(
    page: Page, browser: httpx.AsyncClient, database: Database, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    await browser.post("/noi", data={**await page.fields(browser), "press": f"{line}|more|x"})
    seen = await page.says(browser, QUESTION)
    assert any("330.000" in each.text for each in seen.lines.values())
    assert await rows_of(database, "outbox") == []
    for path in (f"/anh/{line}.png", f"/tep/{line}"):
        assert (await browser.get(path)).status_code == 404
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


# --- too much ------------------------------------------------------------------------------------


async def test_who_asks_fast_waits_and_only_who_would_wait_long_is_refused() -> None:
    now, slept = [100.0], list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    throttle = Throttle(a_second=2, at_once=3, clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        await throttle.keep("one")
    assert slept == []
    await throttle.keep("one")
    assert slept == [0.5]
    await throttle.keep("another")
    assert slept == [0.5], "nobody else waits"
    for _ in range(15):
        await throttle.keep("one")
    with pytest.raises(TooFast):
        await throttle.keep("one")
    now[0] += 60
    slept.clear()
    await throttle.keep("one")
    assert slept == []


async def test_a_message_or_a_form_that_is_too_long_is_refused_and_what_was_typed_is_there(
    page: Page, browser: httpx.AsyncClient, database: Database
) -> None:
    fields = await page.fields(browser)
    long = await browser.post("/noi", data={**fields, "text": "a" * 5_000})
    assert (long.status_code, "dài quá" in SeenPage(long.text).notice) == (413, True)
    assert (await browser.post("/noi", data={**fields, "say": "a" * 5_000})).status_code == 413
    assert (await browser.post("/noi", data={**fields, "text": "a" * 100_000})).status_code == 413
    many = {**fields, **{f"x{n}": "1" for n in range(20)}}
    assert (await browser.post("/noi", data=many)).status_code == 413
    assert await rows_of(database, "deliveries") == []


async def test_a_script_is_told_why_also_where_nobody_was_looked_up(
    page: Page, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**await page.fields(browser), "text": QUESTION}
    for error, status, words in (
        (TooFast(9), 429, "gửi nhanh quá"),
        (StorageDown("no room"), 503, "chưa ghi được"),
        (OSError("anything"), 500, "gặp lỗi"),
    ):

        async def fails(*_: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(Throttle, "keep", fails)
            answer = await browser.post("/noi", data=form, headers={"Accept": "application/json"})
            assert (answer.status_code, words in answer.json()["notice"]) == (status, True)
            assert words in (await browser.post("/noi", data=form)).text


# --- a person of the staff answers ---------------------------------------------------------------


def with_staff(resources: Resources, staff: Staff) -> Resources:
    return dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, staff=staff_hours(staff)))


async def hands_over(page: Page, browser: httpx.AsyncClient, question: str) -> None:
    await page.says(browser, "/gapcanbo")
    await page.says(browser, question)
    await page.says(browser, "gửi")


async def test_the_staff_reply_in_their_group_and_the_answer_waits_in_the_talk(
    database: Database, resources: Resources, clock: Clock
) -> None:
    staff = Staff(editors=(501,), group=-900)
    page = Page(database, with_staff(resources, staff), clock, staff)
    telegram = ChannelInMemory("telegram")
    page.delivery.connect(telegram)
    async with page.browser() as browser:
        await hands_over(page, browser, "sổ của tôi bao giờ có")
        await page.delivery.settled()
        assert any("sổ của tôi bao giờ có" in html for html in telegram.to("-900"))
        last = max(int(id[1:]) for id in SeenPage((await browser.get("/")).text).lines)
        said = Message("text", "s1", clock(), "Bà con chờ đến thứ Hai nhé", replied="#K1 · …")
        await page.delivery.send(await page.desk.take(Inbound("telegram", "501", "-900", said, group=True)))
        clock.forward(hours=30)  # nobody looked at it meanwhile: it waits longer than the rest
        (line,) = (await browser.get(f"/moi?sau={last}", headers={"Accept": "application/json"})).json()["lines"]
        assert "Bà con chờ đến thứ Hai nhé" in line["html"]
        assert "Bà con chờ đến thứ Hai nhé" in (await browser.get("/")).text
        clock.forward(hours=23)
        assert "Bà con chờ đến thứ Hai nhé" in (await browser.get("/")).text
        clock.forward(hours=2)
        assert "Bà con chờ đến thứ Hai nhé" not in (await browser.get("/")).text


async def test_what_a_script_gets_in_the_place_of_a_line_is_over_after_a_day_too(
    database: Database, resources: Resources, clock: Clock
) -> None:
    staff = Staff(on_pages=True)
    page = Page(database, with_staff(resources, staff), clock, staff)
    async with page.browser() as browser:
        await page.says(browser, "/gapcanbo")
        lines = (await page.says(browser, "sổ của tôi bao giờ có")).lines.values()
        (button,) = (each.buttons["📨 Gửi"] for each in lines if "📨 Gửi" in each.buttons)
        number = int(button.partition("|")[0])
        form = {**await page.fields(browser), "press": button, "sau": str(number)}
        answer = await browser.post("/noi", data=form, headers={"Accept": "application/json"})
        assert number in [each["id"] for each in answer.json()["lines"]], "in the place of what was asked"
        assert [row["id"] for row in await rows_of(database, "talk_lines") if row["shown"] is None] == []
        clock.forward(hours=23)
        await browser.post("/noi", data={**form, "d": "2"}, headers={"Accept": "application/json"})
        clock.forward(hours=2)
        await page.desk.tidy()
        assert number not in [row["id"] for row in await rows_of(database, "talk_lines")], "pressed again, no longer"


async def test_without_any_group_the_staff_answer_on_their_page_and_nothing_waits_for_a_group(
    database: Database, resources: Resources, clock: Clock
) -> None:
    staff = Staff(on_pages=True)
    page = Page(database, with_staff(resources, staff), clock, staff)
    async with page.browser() as browser:
        await hands_over(page, browser, "sổ của tôi bao giờ có")
        assert await rows_of(database, "outbox") == []
        async with database.read() as connection:
            held = await conversations.find(connection, 1)
        assert held is not None
        order = Message("text", "p1", clock(), "Bà con chờ đến thứ Hai nhé", "page", "#K1", seen=999)
        carried = await page.desk.carry_out(order, "admin", "server")
        assert carried.done
        await page.delivery.send(carried.owed)
        assert "Bà con chờ đến thứ Hai nhé" in (await browser.get("/")).text
        clock.forward(hours=73)
        await page.desk.tidy()
        assert await rows_of(database, "outbox") == []


# --- killed --------------------------------------------------------------------------------------


async def test_killed_between_the_answer_and_the_page_nothing_is_lost_and_nothing_is_asked_twice(
    page: Page, browser: httpx.AsyncClient, database: Database, resources: Resources, clock: Clock
) -> None:
    form = {**await page.fields(browser), "text": QUESTION}

    async def killed(address: str, reply: object, replaces: str | None) -> None:
        raise SystemExit

    page.channel.send = killed  # type: ignore[method-assign]
    with pytest.raises(SystemExit):
        await browser.post("/noi", data=form)
    again = Page(database, resources, clock)
    async with again.browser() as same:
        same.cookies = browser.cookies
        await same.post("/noi", data=form)  # the browser sends it once more
        lines = SeenPage((await same.get("/")).text).lines.values()
        assert len([each for each in lines if "330.000" in each.text]) == 1
        assert len([each for each in lines if each.side == "you"]) == 1
    assert len(await rows_of(database, "questions")) == 1
