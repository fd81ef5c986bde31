"""Campaigns made of a list: whatever a spreadsheet writes is read, what is wrong is told by its line, nothing twice."""

from __future__ import annotations

import codecs
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.content import read_content
from bot.base.settings import Settings, Telegram, Web
from bot.channels.zalo.settings import Zalo
from bot.outreach.handing_out import MOST, MOST_BYTES, BadList, ListRow, listed, plan, read_rows
from bot.storage.campaigns import Campaign
from handlers.welcome import well_formed

USUAL = "địa điểm;nơi phát;tên\nChợ Phú Thái;CTV 03;Chợ phiên tháng 12\nXã Kim Thành;;Hội nghị\n"
ASKED = [
    (2, "Chợ Phú Thái", "CTV 03", "Chợ phiên tháng 12", "market"),
    (3, "Xã Kim Thành", None, "Hội nghị", "commune"),
]
LIBRARY = read_content().library


def asked(content: bytes) -> list[tuple[object, ...]]:
    """What the lines of a list ask for."""
    found = [(each.line, each.campaign) for each in read_rows(content, LIBRARY)]
    return [(line, one.place, one.collaborator, one.name, one.place_kind) for line, one in found]


def row(line: int, place: str, name: str, collaborator: str | None = None) -> ListRow:
    return ListRow(line, Campaign("x", name, place, None, collaborator))


def in_1258(text: str) -> bytes:
    """As Windows in Vietnamese writes it: marks of tone are letters of their own there."""
    written = []
    for letter in text:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tones = [each for each in marks if each not in "\u0302\u0306\u031b"]
        rest = [each for each in marks if each not in tones]
        written.append(unicodedata.normalize("NFC", "".join([base, *rest])) + "".join(tones))
    return "".join(written).encode("cp1258")


ROWS = (row(2, "Chợ Phú Thái", "Chợ phiên tháng 12", "CTV 03"), row(3, "Xã Kim Thành", "Hội nghị"))


def problems_of(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(BadList) as refused:
        read_rows(text if isinstance(text, bytes) else text.encode(), LIBRARY)
    return refused.value.problems


@pytest.mark.parametrize(
    "content",
    [
        USUAL.encode(),
        USUAL.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + USUAL.replace(";", "\t").encode("utf-16-le"),
        in_1258(USUAL),
        USUAL.replace(";", ",").encode(),
        USUAL.replace("\n", "\r\n").encode("utf-8-sig"),
        USUAL.replace("\n", "\r").encode(),
        USUAL.replace("địa điểm", "Địa Điểm ").replace("tên", "TÊN").encode(),
        USUAL.replace("địa điểm", "dia diem").encode(),
        USUAL.replace("nơi phát", "Cộng tác viên").encode(),
        USUAL.replace("Phú Thái", "  Phú \u00a0Thái ").encode(),
        USUAL.encode() + b";;\n\n",
    ],
    ids=["plain", "bom", "utf16", "windows1258", "commas", "crlf", "cr", "case", "bare", "synonym", "blanks", "empty"],
)
def test_what_spreadsheets_write_is_read(content: bytes) -> None:
    assert asked(content) == ASKED


def test_excels_own_line_of_the_separator_is_no_header() -> None:
    assert [each[1:] for each in asked(f"sep=;\n{USUAL}".encode())] == [each[1:] for each in ASKED]


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    text = 'ghi chú,tên,địa điểm\n"gọi, trước",Chợ phiên,"Chợ ""Mới"""\n'
    assert asked(text.encode()) == [(2, 'Chợ "Mới"', None, "Chợ phiên", "market")]


def test_letters_put_together_of_marks_are_the_same_letters() -> None:
    assert asked(unicodedata.normalize("NFD", USUAL).encode()) == ASKED


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("địa điểm;nơi phát\nA;B\n", 1, "thiếu cột tên"),
        ("Phú Thái;CTV 03;Chợ phiên\n", 1, "thiếu cột địa điểm, tên"),
        (USUAL + ";CTV 04;Chợ\n", 4, "địa bàn"),
        (USUAL + "Chợ Gạo;CTV 04;\n", 4, "tên chiến dịch"),
        (USUAL + f"Chợ Gạo;CTV 04;{'x' * 81}\n", 4, "dài quá 80"),
        (USUAL + f"Chợ Gạo;{'x' * 65};Chợ\n", 4, "dài quá"),
        (USUAL + "Chợ Gạo;Nguyễn Văn Bảy;Chợ\n", 4, "«CTV 03»"),
        (USUAL + "Chợ Gạo;0912 345 678;Chợ\n", 4, "«CTV 03»"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_with_what_to_do(text: str, line: int, said: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(f"Dòng {line}: ")
    assert said in problem


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = problems_of(USUAL + ";CTV;Chợ\nChợ Gạo;CTV;\n;;Chợ\n")
    assert [each.split(":")[0] for each in told] == ["Dòng 4", "Dòng 5", "Dòng 6"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "thiếu cột"),
        ("địa điểm;tên\n".encode(), "chưa có dòng nào"),
        (USUAL.encode("cp1252", errors="replace"), "đã mất thành dấu hỏi («??a ?i?m»)"),
        (b"place,name\nCh? G?o,Ch? phi\xean\n", "Dòng 2: chữ có dấu đã mất thành dấu hỏi («Ch? G?o»)"),
        (b"\x00\xff\xfe" * 9, "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "CSV UTF-8"),
        ("địa điểm;tên\n".encode("utf-16-le"), "CSV UTF-8"),
        (b'place,name\n"a' + b"b" * 200_000, "dấu ngoặc kép"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    (problem,) = problems_of(content)
    assert said in problem


@pytest.mark.parametrize("text", ["Chợ;Chợ\n" * (MOST + 1), "x" * MOST_BYTES], ids=["lines", "bytes"])
def test_a_list_that_is_too_long_is_refused(text: str) -> None:
    (problem,) = problems_of(f"địa điểm;tên\n{text}")
    assert str(MOST) in problem


def test_whoever_is_refused_is_shown_a_list_that_is_right() -> None:
    with pytest.raises(BadList) as refused:
        read_rows(b"x", LIBRARY)
    shown = [line.strip() for line in str(refused.value).splitlines()[-2:]]
    (found,) = read_rows("\n".join(shown).encode(), LIBRARY)
    assert (found.campaign.place, found.campaign.collaborator) == ("Chợ Phú Thái", "CTV 03")


# --- what it comes to ----------------------------------------------------------------------------


def test_each_line_gets_a_code_that_says_where_it_is() -> None:
    planned = plan(ROWS, [])
    assert [each.campaign.code for each in planned] == ["cho-phu-thai-ctv-03", "xa-kim-thanh"]
    assert all(each.new for each in planned)


def test_the_same_list_again_makes_nothing_and_a_longer_one_only_what_is_new() -> None:
    known = [each.campaign for each in plan(ROWS, [])]
    again = plan(ROWS, known)
    assert [(each.campaign, each.new) for each in again] == [(each, False) for each in known]
    more = plan((*ROWS, row(4, "Chợ Gạo", "Chợ phiên")), known)
    assert [(each.campaign.code, each.new) for each in more if each.new] == [("cho-gao", True)]


def test_lines_that_say_the_same_are_one_campaign() -> None:
    double = (*ROWS, row(4, "chợ  phú thái", "CHỢ PHIÊN tháng 12", "ctv 03"))
    planned = plan(double, [])
    assert [each.lines for each in planned] == [(2, 4), (3,)]


def test_a_code_that_another_campaign_has_gets_a_number() -> None:
    known = [Campaign("XA-kim-thanh", "Khác", "Nơi khác"), Campaign("xa-kim-thanh-2", "Khác", "Nơi khác nữa")]
    planned = plan((ROWS[1], row(9, "Xã Kim Thành", "Hội nghị khác")), known)
    assert [each.campaign.code for each in planned] == ["xa-kim-thanh-3", "xa-kim-thanh-4"]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=80), st.text(max_size=64)), min_size=1, max_size=12))
def test_whatever_the_places_are_called_codes_are_apart_and_fit_into_a_link(places: list[tuple[str, str]]) -> None:
    rows = [row(number, place, "Chợ phiên", label) for number, (place, label) in enumerate(places, 2)]
    planned = plan(rows, [])
    codes = [each.campaign.code for each in planned]
    assert len(set(codes)) == len(codes)
    assert all(well_formed(each) for each in codes)
    assert [each for each in plan(rows, [each.campaign for each in planned]) if each.new] == []


def test_the_links_are_listed_so_that_excel_opens_them_and_takes_none_for_a_formula() -> None:
    planned = plan((*ROWS, row(4, "=HYPERLINK(1)", "@x")), [])
    web, telegram = Web(chat_url="https://tro-ly.example.vn"), Telegram(username="tro_ly_bot")
    zalo: dict[str, Any] = {"zalo": Zalo(bot_name="Bot BHXH")}
    settings = Settings.with_sections({"zalo": Zalo})(telegram=telegram, web=web, **zalo)
    text = listed(planned, settings).decode("utf-8-sig")
    first, *rest = text.split("\r\n")
    assert first == "mã;địa điểm;tên;nơi phát;đường dẫn của mã QR;Telegram;trang;nhắn trên Zalo"
    assert rest[0] == (
        "cho-phu-thai-ctv-03;Chợ Phú Thái;Chợ phiên tháng 12;CTV 03;https://tro-ly.example.vn/c/cho-phu-thai-ctv-03;"
        "https://t.me/tro_ly_bot?start=cho-phu-thai-ctv-03;https://tro-ly.example.vn/c/cho-phu-thai-ctv-03;"
        "Xin chào cho-phu-thai-ctv-03"
    )
    assert rest[2].split(";")[1:4] == ["'=HYPERLINK(1)", "'@x", ""]
