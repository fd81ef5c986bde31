"""Who gets in, and who does not: every page and every form, without a session and with one that is not good."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import httpx
import pytest

from bot.base.settings import Staff, Web
from bot.desk.sign_in import LINKS_AT_ONCE, csrf_token
from bot.storage import questions
from bot.storage.database import Database
from bot.web.application import ROUTES
from bot.web.attempts import MOST
from bot.web.guard import COOKIE, HEADERS
from handlers.dialogue.context import Resources
from handlers.dialogue.records import Asked
from tests.conftest import Clock
from tests.staff_demo import EDITOR, VIEWER
from tests.web_house import Browser, House, key, make_house, token_of

PHONE = "0912345678"
SAMPLES = {"{number:int}": "1", "{code}": "cho", "{token}": "x" * 43, "{name}": "satisfaction", "{ending}": "csv"}


def sample(path: str) -> str:
    for part, value in SAMPLES.items():
        path = path.replace(part, value)
    return path


INNER = [route for route in ROUTES if not route.path.startswith("/vao/")]
PAGES = [sample(route.path) for route in INNER if "GET" in (route.methods or ())]
FORMS = [sample(route.path) for route in INNER if "POST" in (route.methods or ())]
EDITING = [path for path in FORMS if path not in ("/ra", "/cau-hoi/hoi-thu", "/ma", "/tai-khoan/tat")]
FILLED_IN_THERE = ("/chien-dich/moi", "/chien-dich/ma/cho/sua", "/gui-tin/moi", "/gui-tin/1/sua")
"""Forms that are filled in at the address they are sent to."""
NOT_FOR_VIEWERS = ("/quan-tri", "/gui-tin", "/ma")
"""Pages of admins alone, and the one for a code that is due."""
FIELDS = {"entry": "pension_min_years", "text": "đóng mấy năm thì có lương", "question": "Đóng mấy năm?", "answer": "x"}


async def ask_something(database: Database, house: House) -> None:
    """One question nobody answered: number 1, which the forms are about."""
    async with database.begin() as connection:
        asked = Asked("đóng cho con ở nước ngoài", "unknown", ("abroad",), False)
        await questions.add(connection, "a" * 64, "1", asked, house.clock())


async def everything(browser: Browser, csrf: str) -> list[httpx.Response]:
    """Every page looked at and every form sent."""
    looked = [await browser.get(path) for path in PAGES]
    return looked + [await browser.post(path, csrf, **FIELDS) for path in FORMS]


def test_there_are_pages_and_forms_to_guard() -> None:
    assert {"/", "/danh-gia", "/cau-hoi", "/chuyen-can-bo", "/tham-so", "/xuat"} <= set(PAGES)
    assert {"/ra", "/cau-hoi/1/gan", "/cau-hoi/1/ngoai-pham-vi", "/cau-hoi/1/ban-nhap"} <= set(FORMS)


# --- sessions that are not good ------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_without_a_session_is_not_shown(house: House, path: str) -> None:
    answer = await house.browser().get(path)
    assert answer.status_code == 401
    assert "/bangdieukhien" in answer.text


@pytest.mark.parametrize("path", FORMS)
async def test_a_form_without_a_session_does_nothing(house: House, database: Database, path: str) -> None:
    await ask_something(database, house)
    before = house.kept()
    browser = house.browser()
    assert (await browser.post(path, "", **FIELDS)).status_code == 401
    browser.client.cookies.set(COOKIE, "forged", domain="127.0.0.1")
    assert (await browser.post(path, csrf_token("forged"), **FIELDS)).status_code == 401
    assert house.kept() == before


async def test_a_session_is_over_after_eight_hours(house: House, database: Database, clock: Clock) -> None:
    await ask_something(database, house)
    browser = await house.inside("admin")
    csrf = await browser.token()
    for _ in range(9):  # an hour without use would end it before
        clock.forward(minutes=53)
        assert (await browser.get("/tham-so")).status_code == 200
    clock.forward(minutes=3)
    before = house.kept()
    assert {each.status_code for each in await everything(browser, csrf)} == {401}
    assert house.kept() == before


async def test_a_session_that_was_left_opens_nothing_any_more(house: House, database: Database) -> None:
    await ask_something(database, house)
    browser = await house.inside("admin")
    stolen, csrf = browser.session, await browser.token()
    assert (await browser.post("/ra", csrf)).status_code == 200
    assert COOKIE not in browser.client.cookies
    browser.client.cookies.set(COOKIE, stolen, domain="127.0.0.1")
    before = house.kept()
    assert {each.status_code for each in await everything(browser, csrf)} == {401}
    assert house.kept() == before


async def test_a_person_taken_from_the_roles_is_out_at_once(
    house: House, database: Database, resources: Resources
) -> None:
    await ask_something(database, house)
    browser = await house.inside("editor")
    csrf = await browser.token()
    link = await house.link("editor")
    later = make_house(database, resources, house.clock, house.folder, staff=Staff(viewers=(VIEWER,)))
    same = later.browser()
    same.client.cookies.set(COOKIE, browser.session, domain="127.0.0.1")
    before = house.kept()
    assert {each.status_code for each in await everything(same, csrf)} == {401}
    assert house.kept() == before
    assert (await later.browser().enter(link)).status_code == 403


async def test_a_role_that_was_lowered_is_the_lower_one_in_a_session_under_way(
    house: House, database: Database, resources: Resources
) -> None:
    browser = await house.inside("editor")
    later = make_house(database, resources, house.clock, house.folder, staff=Staff(viewers=(EDITOR,)))
    same = later.browser()
    same.client.cookies.set(COOKIE, browser.session, domain="127.0.0.1")
    assert (await same.get("/cau-hoi")).status_code == 200
    assert (await same.post("/cau-hoi/1/ngoai-pham-vi")).status_code == 403


@pytest.mark.parametrize("path", EDITING)
async def test_a_viewer_changes_nothing(house: House, database: Database, path: str) -> None:
    await ask_something(database, house)
    browser = await house.inside("viewer")
    before = house.kept()
    assert (await browser.post(path, **FIELDS)).status_code == 403
    assert house.kept() == before


@pytest.mark.parametrize("path", [path for path in PAGES if path.count("/") == 1 and path not in NOT_FOR_VIEWERS])
async def test_a_viewer_sees_every_page_and_no_button_that_changes_something(house: House, path: str) -> None:
    answer = await (await house.inside("viewer")).get(path)
    assert answer.status_code == 200
    assert re.findall(r'<form method="post" action="([^"]+)"', answer.text) == ["/ra"]


@pytest.mark.parametrize("path", FORMS)
async def test_a_form_without_the_token_of_its_own_session_does_nothing(
    house: House, database: Database, path: str
) -> None:
    await ask_something(database, house)
    browser, other = await house.inside("admin"), await house.inside("admin")
    before = house.kept()
    for csrf in ("", "0" * 64, "đ", await other.token(), csrf_token("")):
        assert (await browser.post(path, csrf, **FIELDS)).status_code == 403
    assert (await browser.client.post(path, data=FIELDS)).status_code == 403
    assert (await browser.client.post(path, files={"csrf": (None, await browser.token())})).status_code == 403
    assert house.kept() == before


async def test_forms_are_sent_by_post_and_pages_are_not(house: House) -> None:
    browser = await house.inside("admin")
    for path in EDITING:
        if path not in FILLED_IN_THERE:
            assert (await browser.get(path)).status_code == 404
    assert (await browser.post("/tham-so")).status_code == 404


@pytest.mark.parametrize("body", ["csrf=1&" + "x" * 70_000, "&".join(f"f{number}=1" for number in range(60))])
async def test_a_form_that_is_too_big_is_not_read(house: House, body: str) -> None:
    browser = await house.inside("admin")
    answer = await browser.client.post(
        "/cau-hoi/1/gan", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


# --- links ---------------------------------------------------------------------------------------


async def test_looking_at_a_link_spends_nothing_and_the_button_spends_it_once(house: House) -> None:
    link = await house.link("viewer")
    path = "/" + link.split("/", 3)[3]
    for _ in range(3):  # a messenger draws its previews
        looked = await house.browser().get(path)
        assert looked.status_code == 200
    browser = house.browser()
    assert (await browser.enter(link)).headers["location"] == "/"
    assert (await browser.get("/tham-so")).status_code == 200
    again = await house.browser().enter(link)
    assert again.status_code == 403
    assert "/bangdieukhien" in again.text


async def test_a_link_is_spent_only_from_its_own_page(house: House) -> None:
    path = "/" + (await house.link("viewer")).split("/", 3)[3]
    browser = house.browser()
    assert (await browser.client.post(path)).status_code == 403
    assert (await browser.client.post(path, data={"csrf": csrf_token("")})).status_code == 403
    shown = await browser.get(path)
    stranger = house.browser()
    assert (await stranger.client.post(path, data={"csrf": token_of(shown.text)})).status_code == 403
    assert (await browser.client.post(path, data={"csrf": token_of(shown.text)})).status_code == 303


async def test_a_link_lasts_ten_minutes(house: House, clock: Clock) -> None:
    early, late = await house.link("viewer"), await house.link("viewer")
    clock.forward(minutes=9, seconds=59)
    assert (await house.browser().enter(early)).status_code == 303
    clock.forward(seconds=1)
    assert (await house.browser().enter(late)).status_code == 403


async def test_a_link_that_was_made_up_opens_nothing(house: House) -> None:
    assert (await house.browser().enter("https://127.0.0.1/vao/" + "A" * 43)).status_code == 403
    assert house.kept()["staff_sessions"] == []


async def test_the_session_id_is_another_after_signing_in_and_the_old_session_is_over(house: House) -> None:
    browser = house.browser()
    await browser.get("/vao/x")
    before = browser.session
    await browser.enter(await house.link("viewer"))
    first = browser.session
    assert first != before
    await browser.enter(await house.link("viewer"))
    assert browser.session != first
    assert len(house.kept()["staff_sessions"]) == 1


async def test_neither_token_nor_session_nor_id_stands_in_the_database(house: House) -> None:
    link = await house.link("editor")
    browser = house.browser()
    await browser.enter(link)
    await house.link("editor")
    written = repr(house.kept())
    assert link.rsplit("/", 1)[1] not in written
    assert browser.session not in written
    assert str(EDITOR) not in re.findall(r"'(\d+)'", written)


async def test_only_staff_are_given_links_and_not_many_at_once(house: House, clock: Clock) -> None:
    assert await house.entrance.link_for("f" * 64) is None
    links = [await house.entrance.link_for(key("viewer")) for _ in range(LINKS_AT_ONCE + 1)]
    assert all(links[:-1])
    assert links[-1] is None
    assert await house.entrance.link_for(key("editor")) is not None
    clock.forward(minutes=10)
    assert await house.entrance.link_for(key("viewer")) is not None


async def test_a_link_made_on_the_server_carries_its_role(house: House) -> None:
    browser = house.browser()
    assert (await browser.enter(await house.entrance.link_on_server("viewer"))).status_code == 303
    assert (await browser.get("/tham-so")).status_code == 200
    assert (await browser.post("/cau-hoi/1/ngoai-pham-vi")).status_code == 403


async def test_after_many_failures_nothing_is_tried_for_ten_minutes(house: House, clock: Clock) -> None:
    link = await house.entrance.link_on_server("viewer")
    browser = house.browser()
    for number in range(MOST):
        assert (await browser.enter(f"https://127.0.0.1/vao/wrong{number}")).status_code == 403
    refused = await browser.enter(link)
    assert refused.status_code == 429
    clock.forward(minutes=9)
    assert (await browser.enter(link)).status_code == 429
    clock.forward(minutes=1)
    fresh = await house.entrance.link_on_server("viewer")
    assert (await browser.enter(fresh)).status_code == 303


async def test_what_is_over_is_deleted(house: House, clock: Clock) -> None:
    await house.inside("viewer")
    clock.forward(hours=8)
    await house.app.desk.tidy()
    assert (house.kept()["staff_sessions"], house.kept()["staff_links"]) == ([], [])


# --- what every answer carries -------------------------------------------------------------------


async def test_every_answer_carries_the_headers(house: House) -> None:
    outside, inside = house.browser(), await house.inside("viewer")
    answers = [
        await outside.get("/"),
        await outside.get("/vao/x"),
        await outside.get("/nowhere"),
        await outside.get("/style.css"),
        await inside.get("/tham-so"),
        await house.browser("elsewhere.example").get("/"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            if (name, answer.url.path) != ("Cache-Control", "/style.css"):
                assert answer.headers[name] == value, (answer.url, name)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "server" not in answers[0].headers


async def test_the_cookie_is_for_this_site_and_no_script(house: House) -> None:
    browser = house.browser()
    shown = await browser.get("/vao/x")
    entered = await browser.enter(await house.link("viewer"))
    for answer in (shown, entered):
        name, *attributes = (part.strip() for part in answer.headers["set-cookie"].split(";"))
        assert name.startswith("__Host-")
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(attributes)
        assert not any(each.lower().startswith("domain") for each in attributes)


async def test_another_host_is_not_served(house: House, database: Database, resources: Resources) -> None:
    assert (await house.browser("evil.example").get("/vao/x")).status_code == 400
    public = Web(public_url="https://tro-ly.example.vn")
    named = make_house(database, resources, house.clock, house.folder, web=public)
    assert (await named.browser("tro-ly.example.vn").get("/vao/x")).status_code == 200
    assert (await named.browser("evil.tro-ly.example.vn").get("/vao/x")).status_code == 400


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_asks_for_anything_from_elsewhere_or_runs_a_script(house: House, path: str) -> None:
    text = (await (await house.inside("admin")).get(path)).text
    assert re.findall(r'(?:src|href|action)="(https?:)?//', text) == []
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text)


async def test_the_pages_stand_under_the_path_of_the_public_address(
    database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    web = Web(public_url="https://tro-ly.example.vn/can-bo/")
    house = make_house(database, resources, clock, tmp_path / "data", web=web)
    link = await house.link("viewer")
    assert link.startswith("https://tro-ly.example.vn/can-bo/vao/")
    browser = house.browser("tro-ly.example.vn")
    entered = await browser.enter(link)
    assert (entered.status_code, entered.headers["location"]) == (303, "/can-bo/")
    kept, taken_off = await browser.get("/can-bo/tham-so"), await browser.get("/tham-so")
    assert (kept.status_code, taken_off.status_code) == (200, 200)
    assert kept.text == taken_off.text
    assert set(re.findall(r'(?:href|action)="(/[^/"]*)', kept.text)) == {"/can-bo"}


# --- what goes wrong -----------------------------------------------------------------------------


async def test_nothing_secret_and_nobodys_words_stand_in_the_log(
    house: House, database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # the browser of this test
    link = await house.link("editor")
    browser = house.browser()
    await browser.enter(link)
    await browser.enter(link)
    await browser.post("/cau-hoi/1/gan", "wrong")
    monkeypatch.setattr("bot.curating.listed", broken)
    failed = await browser.get("/cau-hoi")
    assert failed.status_code == 500
    assert PHONE not in failed.text
    assert "a staff page failed" in caplog.text
    assert "signing in to the staff pages failed" in caplog.text
    for secret in (link.rsplit("/", 1)[1], browser.session, PHONE, "192.0.2.7", key("editor")):
        assert secret not in caplog.text


async def broken(*given: object) -> object:
    raise ValueError(f"somebody wrote {PHONE}")


async def test_a_database_that_fails_is_told_with_what_to_do(house: House, database: Database) -> None:
    browser = await house.inside("viewer")
    for file in house.folder.glob("bhxh.sqlite3*"):
        file.write_bytes(b"no database" * 1000)
    await database.close()
    assert (await browser.get("/tham-so")).status_code in (500, 503)
