"""What a report is narrowed to stands wherever its figures do; of what there is none, nothing is counted."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue, narrowing
from bot.reports.paper import Request
from bot.reports.rating_log import LogFilter
from bot.reports.records import Filter
from bot.reports.spans import Span
from bot.storage import campaigns
from bot.storage.database import Database
from tests.bot.reports.test_reports import words_of
from tests.bot.web.test_pages import shown
from tests.commands import Ended, spawned
from tests.conftest import Clock
from tests.web_house import House

LINKS = (
    ("cho-phu-0", "Chợ Phủ", "xã Thanh Hà"),
    ("cho-phu-1", "Chợ Phủ phiên sau", "xã Thanh Hà"),
    ("lang-rom", "Làng rối nước", "xã Hồng Châu"),
    ("htx-vai", "Hợp tác xã vải", "xã Hà Bắc"),
    ("truong", "Trường học", "xã Cẩm Giàng"),
    ("la", " =1+1\u202e", "xã \x07 lạ"),
)


@pytest.fixture
async def linked(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        for code, name, place in LINKS:
            label = "CTV 03" if code == "lang-rom" else None
            await campaigns.add(connection, campaigns.Campaign(code, name, place, collaborator=label), clock())


WHERE = Filter(topic="pension", campaign="cho-phu-0")
SAID = "chủ đề Lương hưu; liên kết Chợ Phủ (cho-phu-0)"


@pytest.mark.usefixtures("linked")
async def test_a_narrowed_report_says_so_in_every_format_and_in_the_name_of_its_file(
    house: House, content: Content, clock: Clock
) -> None:
    span = Span.of_year(2026)
    for name in ("satisfaction", "log"):
        report = catalogue.REPORTS[name]
        request = Request(house.app.records, content, Office(), span, clock().date(), WHERE)
        files = {ending: await catalogue.write(report, request, ending) for ending in report.formats}
        assert files["txt"].decode().splitlines()[1] == f"Chỉ tính: {SAID}"
        written = json.loads(files["json"])
        assert f"(chỉ tính {SAID})" in written["title"]
        assert written["narrowed"] == {"chủ đề": "Lương hưu", "liên kết": "Chợ Phủ (cho-phu-0)"}
        rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
        assert rows[1] == [f"Chỉ tính: {SAID}"]
        book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
        for sheet in book.worksheets[:-1]:
            assert f"Chỉ tính: {SAID}" in [sheet["A1"].value, sheet["A2"].value]
        if "docx" in files:
            assert f"(chỉ tính {SAID})" in words_of(files["docx"])
            assert f"Chỉ tính: {SAID}." in words_of(files["docx"])
        for ending in report.formats:
            named = catalogue.file_name(report, span, ending, WHERE)
            assert named == f"bhxh-{name}-2026-topic-pension-campaign-cho-phu-0.{ending}"


async def test_a_report_of_everything_says_nothing_of_a_filter(house: House, content: Content, clock: Clock) -> None:
    request = Request(house.app.records, content, Office(), Span.of_year(2026), clock().date())
    for ending in ("txt", "csv", "json"):
        said = (await catalogue.write(catalogue.REPORTS["satisfaction"], request, ending)).decode().lower()
        assert "chỉ tính" not in said
    assert catalogue.file_name(catalogue.REPORTS["satisfaction"], request.span, "csv") == "bhxh-satisfaction-2026.csv"


@pytest.mark.usefixtures("linked")
async def test_every_part_of_a_filter_is_told(house: House, content: Content, clock: Clock) -> None:
    records = house.app.records
    log = LogFilter(levels=(1, 2), reason="other", commented=True, search="chữ nhỏ")
    where = Filter("answer", "pension", "pension_age", "", "xã Hà Bắc", collaborator="CTV 03")
    told = narrowing.sentence(await narrowing.told(records, where, log))
    for words in ("loại Câu trả lời", "chủ đề Lương hưu", "nội dung Bao nhiêu tuổi", "liên kết Không qua liên kết nào",
                  "địa bàn xã Hà Bắc", "mức Rất không hài lòng hoặc Không hài lòng", "lý do Lý do khác", "góp ý có ghi",
                  "cộng tác viên CTV 03", "góp ý có chữ «chữ nhỏ»"):  # fmt: skip
        assert words in told
    named = narrowing.file_part(where, log)
    assert named.isascii()
    for words in ("-campaign-none", "-place-xa-ha-bac", "-collaborator-ctv-03", "-level-1-2", "-search-chu-nho"):
        assert words in named
    nasty = narrowing.file_part(Filter(place="../../etc/passwd\r\nX: y"))
    assert nasty == "-place-etc-passwd-x-y"
    request = Request(records, content, Office(), Span.of_year(2026), clock().date(), Filter(campaign="la"), None, log)
    assert b"=1+1" in await catalogue.write(catalogue.REPORTS["log"], request, "csv")


@pytest.mark.parametrize(
    ("where", "near"),
    [
        (Filter(campaign="cho-phu"), ("cho-phu-0", "cho-phu-1")),
        (Filter(campaign="chợ phủ"), ("cho-phu-0", "cho-phu-1")),
        (Filter(place="thanh ha"), ("xã Thanh Hà",)),
        (Filter(collaborator="ctv 3"), ("CTV 03",)),
        (Filter(topic="pensions"), ("pension",)),
        (Filter(topic="luong huu"), ("pension",)),
        (Filter(kind="answers"), ("answer",)),
        (Filter(channel="trang chat"), ("web",)),
        (Filter(subject="pension_ages"), ("pension_age",)),
    ],
)
@pytest.mark.usefixtures("linked")
async def test_what_there_is_none_of_is_refused_with_what_is_near(
    house: House, content: Content, clock: Clock, where: Filter, near: tuple[str, ...]
) -> None:
    request = Request(house.app.records, content, Office(), Span.of_year(2026), clock().date(), where)
    with pytest.raises(narrowing.UnknownName) as refused:
        await catalogue.write(catalogue.REPORTS["satisfaction"], request, "txt")
    assert set(near) <= set(refused.value.near)
    assert near[0] in str(refused.value)


@pytest.mark.usefixtures("linked")
async def test_the_command_line_refuses_it_too(house: House, tmp_path: Path) -> None:
    for given, near in (
        ("--campaign=cho-phu", "cho-phu-0"),
        ("--place=xa thanh ha", "xã Thanh Hà"),
        ("--collaborator=ctv 3", "CTV 03"),
    ):
        ended = await asyncio.to_thread(spawned, tmp_path, "report", "satisfaction", "--year", "2026", given)
        assert (ended.code, ended.out) == (2, "")
        assert near in ended.err
    found = await asyncio.to_thread(spawned, tmp_path, "report", "satisfaction", "--year", "2026", "--campaign", "la")
    assert "(la)" in found.out


def test_no_campaign_at_all_is_said(bhxh: Callable[..., Ended]) -> None:
    assert "nothing is like it" in bhxh("report", "satisfaction", "--campaign", "cho-phu").complaint


@pytest.mark.usefixtures("linked")
async def test_the_pages_refuse_it_and_count_nothing(house: House) -> None:
    browser = await house.inside("viewer")
    for query, near in (
        ("chiendich=cho-phu", "Chợ Phủ (cho-phu-0)"),
        ("diaban=" + quote("Thanh Ha"), "xã Thanh Hà"),
        ("ctv=" + quote("ctv 3"), "CTV 03"),
        ("chude=pensions", "Lương hưu"),
        ("cau=pension_ages", "tuổi"),
        ("kenh=zal", "Zalo"),
    ):
        answer = await browser.get(f"/danh-gia?{query}")
        text = shown(answer.text)
        assert answer.status_code == 400
        assert "Gần giống:" in text
        assert near in text.partition("Gần giống:")[2].split("Đánh giá về")[0]
        assert "Không có phiếu nào khớp" not in text


@pytest.mark.usefixtures("linked")
async def test_the_log_says_on_its_page_what_alone_is_shown(house: House) -> None:
    browser = await house.inside("viewer")
    page = (await browser.get("/danh-gia?muc=low&chude=pension&diaban=" + quote("xã Hà Bắc"))).text
    assert "Chỉ xem: chủ đề Lương hưu ; địa bàn xã Hà Bắc ; mức Rất không hài lòng hoặc Không hài lòng ." in shown(page)
