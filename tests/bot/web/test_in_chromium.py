"""The pages in a real browser, over the demo: what staff do with them, on a desktop and on a phone."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from handlers.dialogue.memory import Role
from tests.commands import PATIENCE
from tests.staff_demo import NOW, Demo, served_demo
from tests.web_house import IDS

pytestmark = pytest.mark.slow

PAGES = (
    "/",
    "/danh-gia",
    "/cau-hoi",
    "/cau-hoi/1",
    "/danh-gia/1",
    "/chuyen-can-bo",
    "/chuyen-can-bo/2",
    "/chien-dich",
    "/chien-dich/moi",
    "/chien-dich/ma/cho-phu",
    "/chien-dich/ma/cho-phu/sua",
    "/tham-so",
    "/xuat",
    "/tai-khoan",
)
PAGES_OF_ADMINS = ("/gui-tin", "/gui-tin/moi", "/gui-tin/1")
DESKTOP, PHONE, NARROW = (1200, 900), (390, 800), (320, 640)

Link = Callable[..., str]
"""The way in of a role, by the server; `own`: of the member of the staff who has it."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Link]]:
    """The demo, served by a loop of its own, and a way to get links."""
    folder, loop = tmp_path_factory.mktemp("demo"), asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    def do(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    serving = served_demo(Path(folder))
    served = do(serving.__aenter__())

    def link(role: Role, *, own: bool = False) -> str:
        if not own:
            return str(do(served.entrance.link_on_server(role)))
        return str(do(served.entrance.link_for(served.app.roles.key_of(str(IDS[role])))))

    yield served, link
    do(serving.__aexit__(None, None, None))
    loop.call_soon_threadsafe(loop.stop)


@pytest.fixture
def enter(browser: Browser, demo: tuple[Demo, Link], complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """A page signed in with a role, in a window of a size."""
    served, link = demo
    opened: list[Page] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(served.address):
            complaints.append(request.url)

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the browser itself breaks off when the page is left
            complaints.append(request.url)

    def into(role: Role = "editor", size: tuple[int, int] = DESKTOP) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=served.address, locale="vi-VN"
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", failed)
        page.on("request", asked)
        page.goto(link(role))
        page.click("main button")
        expect(page.locator("h1")).to_contain_text("Tổng quan")
        opened.append(page)
        return page

    yield into
    for page in opened:
        page.context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_no_page_makes_the_browser_complain_or_scroll_sideways(
    enter: Callable[..., Page], complaints: list[str], size: tuple[int, int]
) -> None:
    pages = {"editor": enter("editor", size), "admin": enter("admin", size)}
    for path in (*PAGES, *PAGES_OF_ADMINS):
        page = pages["admin" if path in PAGES_OF_ADMINS else "editor"]
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0], f"{path} is {wide} wide"
    assert complaints == []


def test_a_link_signs_in_once_and_leaving_ends_it(
    browser: Browser, demo: tuple[Demo, Link], enter: Callable[..., Page]
) -> None:
    served, link = demo
    page = browser.new_context(base_url=served.address).new_page()
    once = link("viewer")
    for _ in range(2):
        page.goto(once)
    page.click("main button")
    expect(page).to_have_url(served.address + "/")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    assert page.evaluate("document.cookie") == ""
    stranger = browser.new_context().new_page()
    stranger.goto(once)
    stranger.click("main button")
    expect(stranger.locator("h1")).to_have_text("Liên kết không còn dùng được")
    page.click("text=Thoát")
    expect(page.locator("h1")).to_have_text("Đã thoát")
    page.goto("/danh-gia")
    expect(page.locator("h1")).to_have_text("Cần đăng nhập")
    for each in (page, stranger):
        each.context.close()


def test_ratings_are_filtered_searched_and_paged(enter: Callable[..., Page], complaints: list[str]) -> None:
    page = enter("viewer")
    page.click("nav >> text=Nhật ký đánh giá")
    expect(page.locator("tbody tr")).to_have_count(50)
    page.click("text=Trang sau")
    expect(page.locator(".paging")).to_contain_text("Trang 2 /")
    page.get_by_text("Lọc và sắp xếp").click()
    page.select_option("select[name=muc]", label="hai mức thấp nhất")
    page.select_option("select[name=lydo]", label="Khó hiểu")
    page.fill("input[name=q]", "doc mai khong hieu")
    page.click(".filters button")
    levels = page.locator('td[data-label="Mức"]').all_inner_texts()
    assert levels
    assert {level.strip() for level in levels} <= {"Không hài lòng", "Rất không hài lòng"}
    for said in page.locator('td[data-label="Lý do, góp ý"]').all_inner_texts():
        assert "đọc mãi không hiểu" in said
    page.click('td[data-label="Về"] a >> nth=0')
    expect(page.locator("h1")).to_have_text("Một lượt hỏi")
    assert complaints == []


def test_a_span_is_chosen_on_the_overview(enter: Callable[..., Page], complaints: list[str]) -> None:
    page = enter("viewer")
    page.select_option("select[name=ky]", label="tự chọn ngày")
    page.fill("input[name=tu]", "2026-10-01")
    page.fill("input[name=den]", "2026-10-31")
    page.click(".filters button")
    expect(page.locator("h1")).to_contain_text("tháng 10/2026")
    assert complaints == []


def test_an_editor_assigns_once_what_would_change_was_shown(enter: Callable[..., Page], complaints: list[str]) -> None:
    page = enter("editor")
    page.click("nav >> text=Câu chưa trả lời")
    group = page.locator("article.group", has_text="the xanh bi chuot can")
    group.locator("form button").first.click()
    page.click("text=Đã xem, gán")
    expect(page.locator("[role=status]")).to_contain_text("Đã gán")
    expect(page.locator("article.group", has_text="the xanh bi chuot can")).to_have_count(0)
    page.locator("article.group", has_text="đóng bằng vàng").locator("text=Cách xử lý khác").click()
    page.click("text=Đánh dấu ngoài phạm vi")
    expect(page.locator("[role=status]")).to_contain_text("ngoài phạm vi")
    assert complaints == []


def test_a_telephone_reads_the_qr_code_and_its_codes_open_the_pages(
    browser: Browser, demo: tuple[Demo, Link], complaints: list[str]
) -> None:
    served, link = demo
    page = browser.new_context(base_url=served.address, viewport={"width": 390, "height": 800}).new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(link("admin", own=True))
    page.click("main button")
    page.click("text=Tài khoản")
    page.click("main button")
    read = zxingcpp.read_barcode(Image.open(io.BytesIO(page.locator(".qr").screenshot())))
    assert read is not None
    telephone = pyotp.parse_uri(read.text)
    assert isinstance(telephone, pyotp.TOTP)
    page.fill("input[name=code]", telephone.at(NOW))
    page.click("main button")
    expect(page.locator(".codes li")).to_have_count(10)
    page.click("text=Thoát")
    page.goto(link("admin", own=True))
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Nhập mã thứ hai")
    page.fill("input[name=code]", telephone.at(NOW, counter_offset=1))
    page.click("main button")
    expect(page.locator("h1")).to_contain_text("Tổng quan")
    assert complaints == []
    page.context.close()


def test_files_are_saved(enter: Callable[..., Page], complaints: list[str]) -> None:
    page = enter("viewer")
    page.click("nav >> text=Xuất dữ liệu")
    names = []
    for button in page.locator("main a[download]").all():
        with page.expect_download() as saving:
            button.click()
        path = saving.value.path()
        assert os.path.getsize(path) > 100
        names.append(saving.value.suggested_filename)
    assert {"bhxh-satisfaction-2026.xlsx", "bhxh-annual-2026.docx"} <= set(names)
    assert any(each.startswith("bhxh-questions-2026-01-01") and each.endswith(".csv") for each in names)
    assert complaints == []
