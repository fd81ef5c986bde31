"""Histories of payment as people tell them: the periods of a sentence, or None where it can be read in two ways."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import find_history, history, scheme, wish_of_list

TODAY = datetime.date(2026, 11, 24)


def read(text: str) -> list[str] | None:
    """Each period as «kind first last income», «~» where only years are known."""
    told = history(text, TODAY)
    if told is None:
        return None
    return [
        f"{each.scheme or '?'} {each.stretch.first} {each.stretch.last}{'~' if each.stretch.by_year else ''}"
        + (f" {each.income}" if each.income else "")
        for each in told
    ]


BOTH = ["compulsory 2014-01 2021-12~ 5000000", "voluntary 2023-01 2026-11~ 1500000"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("8 năm công nhân may lương 5 triệu, nghỉ 2021, tự nguyện từ 2023 mức 1,5 triệu", BOTH),
        ("8 nam cong nhan may luong 5 trieu, nghi 2021, tu nguyen tu 2023 muc 1,5 trieu", BOTH),
        ("8 năm công nhân may lương 5 triệu nghỉ 2021 tự nguyện từ 2023 mức 1,5 triệu", BOTH),
        ("Công nhân 8 năm nghỉ 2021 lương 5tr. Tự nguyện 2023 đến nay, mức 1tr5/tháng", BOTH),
        ("làm công ty từ 2014 đến 2021, mỗi tháng 5 triệu; tự nguyện từ 2023 một tháng 1,5 triệu", BOTH),
        ("lương 5 triệu làm công nhân 2014-2021, mức 1,5 triệu tự nguyện từ 2023", BOTH),
        (
            "làm công ty 3/2015 đến 2/2017 lương 4tr5 rồi tự nguyện 1/2020 tới nay 2 triệu",
            ["compulsory 2015-03 2017-02 4500000", "voluntary 2020-01 2026-11 2000000"],
        ),
        ("tôi làm công nhân từ năm 2005 tới năm 2012 thì nghỉ", ["compulsory 2005-01 2012-12~"]),
        ("từ 2013 đến 2021, tự nguyện từ 2023", ["? 2013-01 2021-12~", "voluntary 2023-01 2026-11~"]),
        (
            "công ty từ 2013 đến 2021, lương 5 triệu, tự nguyện từ 2023",
            ["compulsory 2013-01 2021-12~ 5000000", "voluntary 2023-01 2026-11~"],
        ),
        (
            "2009 tôi vào làm công ty lương 3 triệu, 2016 thì nghỉ, chưa rút, đến 2022 em mua tự nguyện mức 2 triệu",
            None,
        ),
        (
            "2015 toi vao cong ty may luong 4tr, 2020 nghi, 2022 toi mua tu nguyen muc 1tr5",
            ["compulsory 2015-01 2020-12~ 4000000", "voluntary 2022-01 2026-11~ 1500000"],
        ),
        (
            "làm nhà nước từ 1990 đến 2003 hệ số 3,33, bhxh tn từ 5/2015",
            ["compulsory 1990-01 2003-12~", "voluntary 2015-05 2026-11"],
        ),
        ("công nhân gạch 6 năm, nghỉ 2016, lương 3 triệu, chưa đóng lại", ["compulsory 2011-01 2016-12~ 3000000"]),
        ("bb 2009-2016 lương 3tr5, từ đó đến nay không đóng nữa", ["compulsory 2009-01 2016-12~ 3500000"]),
        ("đóng từ 2010 đến 2015 và từ 2018 đến 2020", ["? 2010-01 2015-12~", "? 2018-01 2020-12~"]),
    ],
)
def test_sentences(text: str, periods: list[str] | None) -> None:
    assert read(text) == periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("từ 2013 đến 2021", "2013-01 2021-12~"),
        ("2013-2021", "2013-01 2021-12~"),
        ("2013 - 2021", "2013-01 2021-12~"),
        ("3/2015 - 2/2017", "2015-03 2017-02"),
        ("3-2015 đến 2-2017", "2015-03 2017-02"),
        ("03.2015 - 02.2017", "2015-03 2017-02"),
        ("1/3/2015 đến 28/2/2017", "2015-03 2017-02"),
        ("từ tháng 3 năm 2015 đến tháng 2 năm 2017", "2015-03 2017-02"),
        ("tu thang 3/2015 den t2/2017", "2015-03 2017-02"),
        ("từ 3/2015 đến 2017", "2015-03 2017-12~"),
        ("8 năm, nghỉ 2021", "2014-01 2021-12~"),
        ("8 năm rưỡi nghỉ 2021", "2013-07 2021-12~"),
        ("nghỉ năm 2021, làm được 8 năm", "2014-01 2021-12~"),
        ("8 năm nghỉ tháng 6 năm 2021", "2013-07 2021-06~"),
        ("8 năm 2 tháng nghỉ 6/2021", "2013-05 2021-06"),
        ("96 tháng, nghỉ 6/2021", "2013-07 2021-06"),
        ("từ 2013, 8 năm", "2013-01 2020-12~"),
        ("từ 1/2013 được 96 tháng", "2013-01 2020-12"),
        ("từ 2023", "2023-01 2026-11~"),
        ("từ 3/2023 đến nay", "2023-03 2026-11"),
        ("2023 den nay", "2023-01 2026-11~"),
        ("3 năm nay", "2023-12 2026-11~"),
        ("từ 2024 đến 2026", "2024-01 2026-11~"),
        ("từ 2027", "2027-01 2027-01~"),
        ("từ 1/2027 đến 12/2027", "2027-01 2027-12"),
    ],
)
def test_stretches(text: str, period: str) -> None:
    """A year without its month is its January or December, this year until now; that only years are known is kept."""
    assert read(text) == [f"? {period}"]


def test_what_keeps_its_length_is_known() -> None:
    measured = {text: history(text, TODAY) for text in ("8 năm, nghỉ 2021", "từ 2014 đến 2021")}
    assert [told[0].stretch.measured for told in measured.values() if told] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "8 năm",  # until when?
        "2019",  # from then, or then?
        "năm 2019",
        "nghỉ 2021",
        "công ty lương 5 triệu",
        "từ 2021 đến 2013",
        "từ 2013 đến 2021 là 8 năm",  # nine years by the calendar
        "từ 2013 đến 2021 tự nguyện từ 2023",  # which of them was voluntary?
        "công ty từ 2013, tự nguyện từ 2023",  # only the last may be open
        "từ 13/2015 đến 2/2017",
        "từ 12345 đến 2017",
        "đóng mấy năm mới được lãnh lương hưu vậy",
        "đóng từ 2013 đến 2021 được bao nhiêu tiền",
        "từ 2013 đến 2021 có được tính không",
        "nếu đóng từ 2023 đến 2030 thì sao",
        "đã rút một lần năm 2015, từ 2016 làm công ty",  # what was withdrawn does not count
        "sinh năm 1975, công ty từ 2013",
        "công ty từ 2013 đến 2021, 3 con",
        "1.500.000",
        "",
        "asdf",
    ],
)
def test_what_is_no_history_or_two(text: str) -> None:
    assert read(text) is None


def test_more_periods_than_a_form_holds_are_none() -> None:
    assert read(", ".join(f"công ty 1/{year} - 6/{year}" for year in range(2001, 2014))) is None
    assert read(", ".join(f"công ty 1/{year} - 6/{year}" for year in range(2001, 2013))) is not None


@given(st.text(max_size=80) | st.from_regex(r"((từ|đến|nghỉ|công ty|lương|,|-|\d{1,4}|năm|tháng|triệu) ){1,40}"))
def test_any_text_is_read_without_an_error_and_never_backwards(text: str) -> None:
    for told in history(text, TODAY) or ():
        assert told.stretch.first <= told.stretch.last


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bắt buộc", "compulsory"),
        ("bat buoc a", "compulsory"),
        ("hồi đó làm công ty", "compulsory"),
        ("công nhân may", "compulsory"),
        ("tự nguyện", "voluntary"),
        ("BHXH tu nguyen", "voluntary"),
        ("cả hai", None),
        ("bắt buộc và tự nguyện", None),
        ("bắt buộc là gì", None),
        ("không", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert scheme(text) == kind


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("xong", "done"),
        ("xong rồi", "done"),
        ("het roi", "done"),
        ("đúng rồi ạ", "done"),
        ("thêm", "add"),
        ("còn nữa", "add"),
        ("xoá khoảng cuối", "undo"),
        ("xoa di", "undo"),
        ("không", None),
        ("thêm bao nhiêu", None),
    ],
)
def test_wishes_about_a_list(text: str, wish: str | None) -> None:
    assert wish_of_list(text) == wish


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Bà xã tui sinh 7/1980, làm hãng giày từ 1/2012 tới 12/2017 lương 4 triệu, rồi đóng tự nguyện từ 1/2020 "
            "tới 12/2022 mức 2 triệu, giờ đóng tiếp mức 3 triệu tới hưu thì lãnh được bao nhiêu",
            [("2012-01", "2017-12", "compulsory", 4_000_000), ("2020-01", "2022-12", "voluntary", 2_000_000)],
        ),
        (
            "toi nam sinh 5/1970 lam cong ty tu 1/2005 den 12/2015 luong 5 trieu roi dong tu nguyen tu 1/2018 den "
            "12/2022 muc 2tr gio dong tiep thi luong huu bao nhieu",
            [("2005-01", "2015-12", "compulsory", 5_000_000), ("2018-01", "2022-12", "voluntary", 2_000_000)],
        ),
        (
            "làm công ty may từ 1/2008 tới 12/2017 lương 4 triệu, chừ đóng tiếp tự nguyện mức 2 triệu rưỡi cho đủ 15 "
            "năm",
            [("2008-01", "2017-12", "compulsory", 4_000_000)],
        ),
        (
            "Làm công nhân từ 3/2000 đến 8/2012. Nay đóng tự nguyện từ 1/2023 tới nay mức 2 triệu. Bao giờ được nghỉ?",
            [("2000-03", "2012-08", "compulsory", None), ("2023-01", "2026-11", "voluntary", 2_000_000)],
        ),
        (
            "toi dong tu nguyen tu 2021, nghi dong tu thang 3/2025, gio muon rut mot lan co duoc ko",
            [("2021-01", "2025-03", "voluntary", None)],
        ),
        (
            "nam sn 1985 làm cty từ 1/2014 tới 12/2019 lương đóng bảo hiểm 5tr, nghỉ hẳn tới giờ chưa đóng đâu",
            [("2014-01", "2019-12", "compulsory", 5_000_000)],
        ),
        (
            "ong dong bhxh tu nguyen muc 1tr5 tu thang 1/2021 den thang 10/2026 la 70 thang khong dong cong ty bao gio",
            [("2021-01", "2026-10", "voluntary", 1_500_000)],
        ),
        ("đóng tự nguyện từ 1/2021 đến 10/2026 là 50 tháng", None),
        ("tôi làm công ty 8 năm, nghỉ 2021, giờ muốn đóng", [("2014-01", "2021-12", "compulsory", None)]),
        ("em nữ sinh 1985 chưa đóng gì", None),
        ("đóng tự nguyện được 5 năm mức 2 triệu", None),
        ("làm công ty từ 2012 đến 2017, đã rút một lần, giờ đóng lại", None),
        ("từ 1/2028 tới 12/2030 đóng tự nguyện mức 2 triệu", None),
    ],
)
def test_periods_are_found_within_a_longer_sentence(
    text: str, told: list[tuple[str, str, str, int | None]] | None
) -> None:
    found = find_history(text, TODAY)
    assert told == (
        None
        if found is None
        else [(str(one.stretch.first), str(one.stretch.last), one.scheme, one.income) for one in found]
    )


@pytest.mark.parametrize("text", ["tất cả là tự nguyện", "toàn bộ tự nguyện", "tat ca deu tu nguyen"])
def test_a_kind_of_everything_paid(text: str) -> None:
    assert scheme(text) == "voluntary"
