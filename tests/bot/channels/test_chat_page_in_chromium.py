"""The chat page in a real browser, with its script and without: on an old phone, a phone and a desktop."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.app import App, open_app
from bot.base.settings import Settings, Staff, Telegram, Web
from bot.channels.web.opening import opened_here
from handlers.dialogue.message import Message
from tests.commands import PATIENCE
from tests.conftest import Clock
from tests.ports import free_port

pytestmark = pytest.mark.slow

SIZES = {"narrow": (320, 640), "phone": (390, 800), "desktop": (1280, 900)}
QUESTION = "đóng mấy năm thì có lương hưu"
SPEAKS = """
window.said = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: function () { return [{ lang: "vi-VN" }]; },
  speak: function (said) { window.said.push(said); },
  cancel: function () {},
  addEventListener: function () {}
}});
"""
"""A browser with a voice that notes what it is to say."""

SHARES = """
window.sent = [];
navigator.share = function (what) { window.sent.push(what); return Promise.resolve(); };
"""
"""A phone that shares, and notes what."""

REFUSES = """
navigator.share = function () {
  setTimeout(function () { document.title = "refused"; }, 100);
  return Promise.reject(new DOMException("", "%s"));
};
"""
"""A phone that does not share: it may not, or the person thought better of it."""

Do = Callable[[Coroutine[Any, Any, Any]], Any]
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, str, Do]]:
    """An app whose page is served by a loop of its own, its address, and a way to do something there."""
    loop, clock = asyncio.new_event_loop(), Clock()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    def do(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    folder = Path(tmp_path_factory.mktemp("page"))
    web, telegram = Web(chat_port=free_port()), Telegram(username="tro_ly_bot")
    settings = Settings(data_folder=folder / "data", web=web, staff=Staff(on_pages=True), telegram=telegram)
    app = do(open_app(settings, clock))
    page, stop = opened_here(app, clock), asyncio.Event()
    running = asyncio.run_coroutine_threadsafe(page.run(stop), loop)
    yield app, page.place.address.rstrip("/"), do
    loop.call_soon_threadsafe(stop.set)
    running.result(PATIENCE)
    do(app.close())
    loop.call_soon_threadsafe(loop.stop)


@pytest.fixture
def opens(browser: Browser, served: tuple[App, str, Do], complaints: list[str]) -> Iterator[Opens]:
    """A new browser at the page, in a window of a size, with a script or without."""
    _, address, _ = served
    opened: list[Page] = []

    def into(size: tuple[int, int] = SIZES["phone"], script: bool = True, before: str = "", bare: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=address,
            locale="vi-VN",
            java_script_enabled=script,
            bypass_csp=bare,
        )
        context.set_default_timeout(PATIENCE * 1000)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
        page.goto("/")
        opened.append(page)
        return page

    yield into
    for page in opened:
        page.context.close()


def asks(page: Page, text: str) -> None:
    page.fill("#chu", text)
    page.click("#go button")


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_question_a_form_and_a_picture_on_any_screen(
    opens: Opens, complaints: list[str], size: tuple[int, int], script: bool
) -> None:
    page = opens(size, script)
    asks(page, QUESTION)
    expect(page.locator("#talk .assistant").last).to_be_visible()
    expect(page.locator("#talk")).to_contain_text("15 năm")
    page.get_by_role("button", name="💰 Tính tiền đóng").last.click()
    page.get_by_role("button", name="Mức thấp nhất").last.click()
    page.get_by_role("button", name="Hộ cận nghèo").last.click()
    page.get_by_role("button", name="6 tháng", exact=True).last.click()
    expect(page.locator("#talk")).to_contain_text("Nhà nước đóng giúp")
    page.get_by_role("button", name="📊 120 tháng hỗ trợ (ảnh)").last.click()
    picture = page.get_by_role("link", name="Xem hình")
    expect(picture).to_be_visible()
    if script:
        picture.click()
        expect(page.locator(".picture img")).to_be_visible()
        expect(page.locator(".picture img")).to_have_js_property("complete", True)
        assert page.evaluate("document.querySelector('.picture img').naturalWidth") > 200
        assert page.locator(".picture img").get_attribute("alt")
    wide = page.evaluate("document.documentElement.scrollWidth") if script else size[0]
    assert wide <= size[0]
    page.reload()
    expect(page.locator("#talk")).to_contain_text("Nhà nước đóng giúp")
    assert complaints == []


def test_the_first_paint_weighs_little_and_asks_nobody_else(opens: Opens, served: tuple[App, str, Do]) -> None:
    page = opens()
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.__setitem__(answer.url, len(answer.body())))
    page.goto("/?moi=1", wait_until="networkidle")
    assert len(weights) >= 3
    assert sum(weights.values()) < 100_000


def test_without_a_network_it_is_said_and_nothing_that_was_typed_is_lost_or_asked_twice(
    opens: Opens, served: tuple[App, str, Do]
) -> None:
    page = opens()
    asks(page, QUESTION)
    expect(page.locator("#talk")).to_contain_text("15 năm")
    page.context.set_offline(True)
    asks(page, "bao nhiêu tuổi thì được lĩnh")
    expect(page.locator("#bao")).to_contain_text("Mất mạng")
    expect(page.locator("#chu")).to_have_value("bao nhiêu tuổi thì được lĩnh")
    assert page.locator(".you").count() == 1
    page.context.set_offline(False)
    page.click("#go button")
    expect(page.locator(".you")).to_have_count(2)
    expect(page.locator("#bao")).to_be_hidden()
    expect(page.locator("#chu")).to_have_value("")


def test_an_answer_that_got_lost_on_the_way_is_there_when_it_is_sent_again_and_was_asked_once(opens: Opens) -> None:
    page = opens()
    asks(page, "tính tiền đóng")
    expect(page.locator("#talk")).to_contain_text("Mỗi tháng bà con định đóng")

    def lost(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/noi", lost)
    asks(page, "khoảng 500k")
    expect(page.locator("#bao")).to_contain_text("Mất mạng")
    page.unroute("**/noi")
    page.click("#go button")
    expect(page.locator("#talk")).to_contain_text("Gia đình bà con thuộc diện nào?")
    expect(page.locator("#talk")).not_to_contain_text("Bà con muốn đóng mấy tháng một lần?")
    assert page.locator(".you").count() == 2


def test_by_the_keyboard_alone(opens: Opens, complaints: list[str]) -> None:
    page = opens(SIZES["desktop"])
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "chu":
            break
    page.keyboard.type("tinh tien dong")
    page.keyboard.press("Enter")
    expect(page.locator("#talk")).to_contain_text("Mỗi tháng bà con định đóng")
    assert page.evaluate("document.activeElement.id") == "chu"
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Mức thấp nhất":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#talk")).to_contain_text("Gia đình bà con thuộc diện nào?")
    assert complaints == []


def test_what_the_staff_answer_comes_while_the_page_is_open(opens: Opens, served: tuple[App, str, Do]) -> None:
    app, _, do = served
    page = opens()
    page.get_by_role("button", name="👤 Gặp cán bộ").last.click()
    asks(page, "sổ của tôi bao giờ có")
    page.locator("#talk button", has_text="Gửi").last.click()
    order = Message("text", "p1", app.desk.now(), "Bà con chờ đến thứ Hai nhé", "page", "#K1", seen=999)

    async def answered() -> None:
        for _ in range(50):
            carried = await app.desk.carry_out(order, "admin", "server")
            if carried.done:
                await app.delivery.send(carried.owed)
                return
            await asyncio.sleep(0.1)

    do(answered())
    expect(page.locator("#talk")).to_contain_text("Bà con chờ đến thứ Hai nhé")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_in_any_state(opens: Opens, size: tuple[int, int]) -> None:
    page, axe = opens(size, before=SPEAKS, bare=True), Axe()

    def looked_at(state: str) -> None:
        found = axe.run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], state

    looked_at("the welcome")
    asks(page, QUESTION)
    expect(page.locator("#talk")).to_contain_text("15 năm")
    looked_at("an answer")
    page.get_by_role("button", name="📨 Gửi cho người nhà").click()
    page.get_by_role("button", name="📨 Chọn người nhận").click()
    expect(page.locator("textarea.link")).to_have_value(re.compile(r"^Đóng mấy năm.*\?start=s-", re.DOTALL))
    looked_at("what is passed on, to copy")
    page.get_by_role("button", name="💰 Tính tiền đóng").last.click()
    expect(page.locator("#talk")).to_contain_text("Mỗi tháng bà con định đóng")
    looked_at("a form")
    page.get_by_role("button", name="Chữ to hơn").click()
    page.click("#gui")
    page.context.set_offline(True)
    asks(page, "khoảng 500k")
    expect(page.locator("#bao")).to_contain_text("Mất mạng")
    looked_at("without a network, with large letters and the address to copy")
    page.context.set_offline(False)
    for path in ("/c/cho-phu-thai", "/da-xoa", "/khong-co"):
        page.goto(path)
        looked_at(path)


def test_letters_grow_and_stay_large(opens: Opens) -> None:
    page = opens(SIZES["narrow"])
    page.get_by_role("button", name="Chữ to hơn").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Chữ vừa").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"


def test_an_answer_is_read_aloud_with_its_amounts_and_days_as_words(opens: Opens) -> None:
    page = opens(before=SPEAKS)
    asks(page, "mức đóng thấp nhất là bao nhiêu")
    expect(page.locator("#talk")).to_contain_text("330.000 đ")
    page.get_by_role("button", name="Nghe", exact=True).last.click()
    said = page.evaluate("window.said.map(each => each.text).join(' ')")
    assert "ba trăm ba mươi nghìn đồng" in said
    assert not any(each.isdigit() for each in said), said
    assert page.evaluate("window.said[0].lang") == "vi-VN"
    assert page.get_by_role("button", name="Thôi nghe").count() == 1


def test_what_is_passed_on_is_handed_to_the_phone_and_nothing_goes_before_it_is_pressed(opens: Opens) -> None:
    page = opens(before=SHARES)
    asks(page, QUESTION)
    page.get_by_role("button", name="📨 Gửi cho người nhà").click()
    expect(page.locator("#talk")).to_contain_text("không có gì về bà con")
    assert page.evaluate("window.sent") == []
    page.get_by_role("button", name="📨 Chọn người nhận").click()
    (sent,) = page.evaluate("window.sent")
    assert sent["text"].startswith("Đóng mấy năm thì có lương hưu?")
    assert re.fullmatch(r"https://t\.me/tro_ly_bot\?start=s-[0-9a-f]{20}", sent["url"])


@pytest.mark.parametrize(("refusal", "shown"), [("NotAllowedError", 1), ("AbortError", 0)])
def test_where_the_phone_does_not_share_it_stands_there_to_be_copied(opens: Opens, refusal: str, shown: int) -> None:
    page = opens(before=REFUSES % refusal)
    asks(page, QUESTION)
    page.get_by_role("button", name="📨 Gửi cho người nhà").click()
    page.get_by_role("button", name="📨 Chọn người nhận").click()
    expect(page).to_have_title("refused")
    expect(page.locator("#talk textarea")).to_have_count(shown)


def test_without_a_voice_nothing_offers_to_read(opens: Opens) -> None:
    page = opens(before="Object.defineProperty(window, 'speechSynthesis', { value: undefined });")
    asks(page, QUESTION)
    expect(page.locator("#talk")).to_contain_text("15 năm")
    assert page.get_by_role("button", name="Nghe", exact=True).count() == 0


def test_all_is_deleted_from_the_page(opens: Opens) -> None:
    page = opens()
    asks(page, QUESTION)
    expect(page.locator("#talk")).to_contain_text("15 năm")
    page.fill("#chu", "còn chuyện này")
    page.reload()
    expect(page.locator("#chu")).to_have_value("còn chuyện này")  # half typed, it is still there
    page.get_by_role("button", name="Xoá cuộc trò chuyện").click()
    page.get_by_role("button", name="Xoá hết").click()
    expect(page.locator(".notice")).to_contain_text("Đã xoá")
    page.get_by_role("link", name="Hỏi tiếp").click()
    assert page.locator(".you").count() == 0
    expect(page.locator("#chu")).to_have_value("")


def test_nothing_newer_than_the_webview_of_old_phones_is_in_the_script() -> None:
    from importlib import resources

    script = (resources.files("bot.channels.web") / "chat.js").read_text(encoding="utf-8")
    for newer in ("?.", "??", "=>", "async ", "await ", "`", "...", ".finally(", "replaceChildren", ".at("):
        assert newer not in script, newer
    assert "catch {" not in script
