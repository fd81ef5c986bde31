"""A signed report stays as it was signed, and a later one says what changed since."""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import io
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue, evidence, signing
from bot.reports.paper import Request
from bot.reports.records import Filter
from bot.reports.signing import NotSigned
from bot.reports.spans import Span
from bot.storage import campaigns, privacy, questions, ratings
from bot.storage.database import Database
from bot.storage.schema import signed_reports, signed_words
from handlers.dialogue.context import Resources
from handlers.dialogue.records import Asked, Offered, Rated
from tests import many_people
from tests.bot.reports.test_reports import words_of
from tests.bot.web.test_pages import shown
from tests.commands import spawned
from tests.conftest import Clock, rows_of
from tests.web_house import House

SPAN = Span.of_year(2026)
FORMATS = ("txt", "csv", "json", "xlsx", "docx")
ASKED = "bò chết có đền không"


@pytest.fixture
async def request_now(house: House, database: Database, content: Content, clock: Clock) -> Request:
    await many_people.fill(database, clock())
    return Request(house.app.records, content, Office(name="BHXH Ví Dụ"), SPAN, clock().date())


async def rate(database: Database, clock: Clock, level: int) -> None:
    async with database.begin() as connection:
        await ratings.offer(connection, "later", Offered("later", "answer", "tax"), clock())
        await ratings.rate(connection, "later", Rated("later", level), clock())


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", signing.SIGNED)
async def test_it_is_opened_as_it_was_whatever_happened_since(
    house: House, database: Database, clock: Clock, request_now: Request, name: str
) -> None:
    report = catalogue.REPORTS[name]
    before = await catalogue.paper(report, request_now)
    plain = {each: await catalogue.write(report, request_now, each) for each in ("csv", "docx")}
    sealed = await catalogue.sign(report, request_now, "Lan", clock())
    await rate(database, clock, 1)
    opened = await signing.opened(database, sealed.number)
    assert (opened.paper.sections, opened.paper.definitions) == (before.sections, before.definitions)
    assert (opened.paper.title, opened.paper.span, opened.paper.made_on) == (before.title, SPAN, before.made_on)
    assert opened.office.name == "BHXH Ví Dụ"
    files = {each: await catalogue.write_signed(opened, each) for each in FORMATS}
    assert files["csv"] == plain["csv"]
    assert words_of(files["docx"]).replace(signing.line(sealed), "").split() == words_of(plain["docx"]).split()
    assert sealed.sha256 in files["txt"].decode()
    assert json.loads(files["json"])["sha256"] == sealed.sha256
    assert files["csv"] != await catalogue.write(report, request_now, "csv")


async def test_a_later_report_says_what_changed_since(
    house: House, database: Database, clock: Clock, request_now: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = catalogue.REPORTS["annual"]
    assert "THAY ĐỔI" not in (await catalogue.write(report, request_now, "txt")).decode()
    sealed = await catalogue.sign(report, request_now, "Lan", clock())
    same = (await catalogue.write(report, request_now, "txt")).decode()
    assert "Không số liệu nào khác bản đã chốt." in same
    assert "Câu trả lời và tham số không thay đổi từ khi chốt." in same
    rated = json.loads(await catalogue.write(report, request_now, "json"))["ratings"]
    await rate(database, clock, 5)
    parameter, *others = evidence.versions()
    versions = {each: evidence.versions()[each] for each in others} | {parameter: "0" * 64}
    monkeypatch.setattr(evidence, "versions", lambda: versions)
    for ending in FORMATS:
        assert await catalogue.write(report, request_now, ending)
    tables = json.loads(await catalogue.write(report, request_now, "json"))["tables"]
    total = [row for row in tables["changed"] if (row["row"], row["figure"]) == ("Cộng", "Số phiếu")]
    assert [(row["signed_as"], row["is_now"]) for row in total] == [(str(rated), str(rated + 1))]
    assert tables["contents"] == [{"file": parameter, "change": "đã sửa"}]
    opened = await signing.opened(database, sealed.number)
    alone = await catalogue.changed(opened, request_now)
    assert [table.key for table in alone.tables] == ["changed", "contents"]


async def test_a_filter_is_of_the_signed_report_too(database: Database, clock: Clock, request_now: Request) -> None:
    narrowed = Request(request_now.records, request_now.content, Office(), SPAN, clock().date(), Filter(kind="answer"))
    report = catalogue.REPORTS["satisfaction"]
    sealed = await catalogue.sign(report, narrowed, "Lan", clock())
    assert "THAY ĐỔI" not in (await catalogue.write(report, request_now, "txt")).decode()  # of everything, never signed
    assert "Không số liệu nào khác" in (await catalogue.write(report, narrowed, "txt")).decode()
    opened = await signing.opened(database, sealed.number)
    assert "(chỉ tính loại Câu trả lời)" in opened.paper.title
    assert (await catalogue.changed(opened, request_now)).tables == ()


async def test_what_was_altered_is_not_opened(database: Database, clock: Clock, request_now: Request) -> None:
    sealed = await catalogue.sign(catalogue.REPORTS["annual"], request_now, "Lan", clock())
    async with database.begin() as connection:
        text = sealed.text.replace('"title"', '"title" ', 1)
        await connection.execute(sa.update(signed_reports).values(text=text))
    with pytest.raises(NotSigned, match="altered"):
        await signing.opened(database, sealed.number)
    with pytest.raises(NotSigned, match="no signed report"):
        await signing.opened(database, 99)
    with pytest.raises(NotSigned, match="is not signed"):
        await catalogue.sign(catalogue.REPORTS["log"], request_now, "Lan", clock())


async def test_what_a_person_wrote_goes_from_it_with_the_person_and_with_time(
    house: House, database: Database, clock: Clock, resources: Resources, content: Content
) -> None:
    async with database.begin() as connection:
        for who, text in (("a", ASKED), ("b", "mua trả góp máy cày")):
            await questions.add(connection, who, who, Asked(text, "unknown", ("tax",), False), clock())
    request = Request(house.app.records, content, Office(), SPAN, clock().date())
    sealed = await catalogue.sign(catalogue.REPORTS["annual"], request, "Lan", clock())
    assert ASKED not in sealed.text

    async def said() -> str:
        return (await catalogue.write_signed(await signing.opened(database, sealed.number), "txt")).decode()

    assert ASKED in await said()
    async with database.begin() as connection:
        await privacy.forget(connection, "a")
    assert ASKED not in await said()
    assert "mua trả góp máy cày" in await said()
    assert "(lời hỏi đã hết hạn lưu hoặc người hỏi đã xóa)" in await said()
    clock.forward(days=resources.manner.kept.questions + 1)
    await house.app.desk.tidy()
    async with database.read() as connection:
        assert (await connection.execute(sa.select(signed_words))).all() == []
    assert "mua trả góp" not in await said()


async def test_the_command_line_signs_lists_opens_and_compares(
    house: House, database: Database, clock: Clock, tmp_path: Path
) -> None:
    await rate(database, clock, 5)
    done = await asyncio.to_thread(
        spawned, tmp_path, "report", "annual", "--year", "2026", "--sign", "Lan", "--output", "ky.docx"
    )
    assert (done.code, done.out) == (0, "")
    assert "Bản chốt số 1" in done.err
    listed = await asyncio.to_thread(spawned, tmp_path, "signed", "list")
    assert "1: annual, 2026-01-01 2026-12-31. Bản chốt số 1" in listed.out
    (sha256,) = re.findall(r"[0-9a-f]{64}", listed.out)
    opened = await asyncio.to_thread(spawned, tmp_path, "signed", "open", "1")
    assert sha256 in opened.out
    compared = await asyncio.to_thread(spawned, tmp_path, "signed", "changes", "1", "--json")
    assert compared.json["tables"] == {}
    noted = [(row["name"], row["action"], row["about"]) for row in await rows_of(database, "audit")]
    signed = ("server", "ban-chot/chot", "1 annual 2026-01-01 2026-12-31")
    assert noted == [signed, ("server", "download", "ban-chot-1 txt")]
    refused = await asyncio.to_thread(spawned, tmp_path, "signed", "open", "7")
    assert "there is no signed report 7" in refused.err


async def test_an_editor_signs_on_the_page_and_everybody_opens_it(
    house: House, database: Database, clock: Clock
) -> None:
    await rate(database, clock, 5)
    editor, viewer = await house.inside("editor"), await house.inside("viewer")
    form = {"report": "annual", "ky": "khac", "tu": "2026-01-01", "den": "2026-12-14"}
    assert "Chốt bản" in (await editor.get("/xuat")).text
    assert "Chốt bản" not in (await viewer.get("/xuat")).text
    assert (await viewer.post("/ban-chot/chot", **form)).status_code == 403
    assert (await editor.post("/ban-chot/chot", **{**form, "report": "log"})).status_code == 404
    done = await editor.post("/ban-chot/chot", **form)
    assert done.headers["location"] == "/ban-chot/1"
    page = shown((await viewer.get("/ban-chot/1")).text)
    assert "Không số liệu nào khác bản đã chốt." in page
    async with database.begin() as connection:
        await ratings.rate(connection, "later", Rated("later", 1), clock())
    page = shown((await viewer.get("/ban-chot/1")).text)
    assert "Rất hài lòng Số phiếu 1 0" in page
    assert "Số 1: Báo cáo năm 01/01/2026 – 14/12/2026" in shown((await viewer.get("/ban-chot")).text)
    file = await viewer.get("/ban-chot/1/txt")
    assert "1/1 phiếu" in file.text
    assert 'filename="ban-chot-1-bhxh-annual-2026-01-01_2026-12-14.txt"' in file.headers["content-disposition"]
    noted = [(row["action"], row["about"]) for row in await rows_of(database, "audit")]
    assert noted[-2:] == [
        ("ban-chot/chot", "1 annual 2026-01-01 2026-12-14"),
        ("download", "ban-chot-1-bhxh-annual-2026-01-01_2026-12-14.txt"),
    ]
    for missing in ("/ban-chot/2", "/ban-chot/1/zip", "/ban-chot/99999999999999999999"):
        assert (await viewer.get(missing)).status_code == 404


async def test_only_the_same_filter_and_parts_are_compared(
    database: Database, clock: Clock, request_now: Request
) -> None:
    async with database.begin() as connection:
        for code, place in (("ha", "xã Thanh Hà"), ("hạ", "xã Thanh Hạ")):
            await campaigns.add(connection, campaigns.Campaign(code, code, place), clock())
    report = catalogue.REPORTS["satisfaction"]
    here, there = (dataclasses.replace(request_now, where=Filter(place=f"xã Thanh {each}")) for each in ("Hà", "Hạ"))
    await catalogue.sign(report, here, "Lan", clock())
    await catalogue.sign(report, dataclasses.replace(request_now, by="quarter"), "Lan", clock())
    for other in (there, request_now, dataclasses.replace(request_now, by="topic")):
        assert "Bản chốt số" not in (await catalogue.write(report, other, "txt")).decode()
    await catalogue.sign(report, there, "Lan", clock())
    assert "Bản chốt số 1," in (await catalogue.write(report, here, "txt")).decode()


async def test_a_signed_report_that_was_altered_keeps_nobody_from_a_new_one(
    database: Database, clock: Clock, request_now: Request
) -> None:
    report = catalogue.REPORTS["annual"]
    await catalogue.sign(report, request_now, "Lan", clock())
    async with database.begin() as connection:
        await connection.execute(sa.update(signed_reports).values(text="{"))
    for ending in FORMATS:
        assert await catalogue.write(report, request_now, ending)
    assert "Bản chốt này đã bị sửa" in (await catalogue.write(report, request_now, "txt")).decode()
