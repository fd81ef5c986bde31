"""What people say of being reminded, with and without accents; what only sounds like it is left to others."""

from __future__ import annotations

import datetime

import pytest

from handlers import reading

TODAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "nhắc tôi đóng tiền",
        "nhac em dong bhxh",
        "nhac toi dong bao hiem voi",
        "đến kỳ thì nhắc tôi nhé",
        "den han nho nhac em dong tien nha",
        "nhắc giùm bác đóng tiền bảo hiểm",
        "nhac nho toi nop tien hang thang",
        "đặt lịch nhắc đóng",
        "hẹn nhắc tôi đóng ngày 5",
        "nhắc đóng tiền giúp",
        "nhắc tôi",
        "nhắc mẹ tôi đóng bảo hiểm được không",
    ],
)
def test_the_wish(text: str) -> None:
    assert reading.wishes_reminder(text)
    assert not reading.wishes_no_reminder(text)


@pytest.mark.parametrize(
    "text",
    [
        "cơ quan bhxh có nhắc tôi đóng tiền không",
        "bhxh co nhan tin nhac toi dong khong",
        "ai nhắc tôi đóng",
        "quên đóng một tháng thì sao",
        "đóng bao nhiêu một tháng",
        "nhạc hay quá",
        "đừng nhắc nữa",
        "sắp đến hạn đóng rồi",
        "công ty nhắc đến chuyện bảo hiểm",
    ],
)
def test_no_wish(text: str) -> None:
    assert not reading.wishes_reminder(text)


@pytest.mark.parametrize(
    "text",
    [
        "đừng nhắc nữa",
        "thôi đừng nhắc nữa",
        "dung nhac toi nua",
        "tắt nhắc",
        "bỏ lịch nhắc",
        "không cần nhắc nữa đâu",
        "khong muon bi nhac",
        "huy loi nhac",
        "dừng nhắc",
        "thoi khong can nhac",
    ],
)
def test_its_end(text: str) -> None:
    assert reading.wishes_no_reminder(text)
    assert not reading.wishes_reminder(text)


@pytest.mark.parametrize(
    "text",
    [
        "đúng ngày nhắc tôi đóng",
        "dung ngay mung 5 nhac toi dong nhe",
        "không quên nhắc tôi nhé",
        "thôi nhắc sau nhé",
        "thoi nhac sau",
        "thôi nhắc hôm khác",
        "thoi nhac lai sau nhe",
        "đừng quên nhắc tôi đóng tiền nữa nhé",
        "dung quen nhac toi dong nua nhe",
    ],
)
def test_no_end(text: str) -> None:
    assert not reading.wishes_no_reminder(text)


@pytest.mark.parametrize(
    "text",
    ["đóng rồi", "da dong roi nhe", "tôi đóng rồi", "nop tien roi", "đã nộp", "em nộp xong rồi ạ", "đóng hôm qua"],
)
def test_paid(text: str) -> None:
    assert reading.says_paid(text)


@pytest.mark.parametrize(
    "text",
    [
        "chưa đóng",
        "đóng rồi thì bao giờ được lĩnh",
        "da dong 7 nam",
        "đóng",
        "tôi đã đóng 5 năm rồi",
        "đóng rồi có rút được không",
    ],
)
def test_not_paid(text: str) -> None:
    assert not reading.says_paid(text)


@pytest.mark.parametrize("text", ["thôi nhắc sau nhé", "thoi nhac sau", "thôi hôm khác", "thoi nhac hom khac"])
def test_later(text: str) -> None:
    assert reading.says_later(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mùng 5", 5),
        ("mung 5 hang thang", 5),
        ("mồng năm", 5),
        ("ngay 20", 20),
        ("25", 25),
        ("ngày hai lăm", 25),
        ("ngày mười sáu", 16),
        ("ngay muoi bon", 14),
        ("ngày hai mươi tám", 28),
        ("mùng mười", 10),
        ("ngày ba mươi mốt", 31),
        ("ngày mười tháng mười hai", 10),
        ("mồng tư", 4),
        ("ngày ba mươi lăm", None),
        ("đầu tháng", 1),
        ("giua thang", 15),
        ("cuối tháng", 25),
        ("ngày cuối tháng", 31),
        ("vào ngày 10 lúc 7h", 10),
        ("lúc 7h", None),
        ("vao 7 gio", None),
        ("ngày rằm", None),
        ("mùng 5 âm lịch", None),
        ("ngày 40", None),
        ("không biết", None),
    ],
)
def test_the_day(text: str, day: int | None) -> None:
    told = reading.day_told(text, TODAY)
    assert (None if told is None else told.day) == day
    assert told is None or told.on is None


@pytest.mark.parametrize(
    ("text", "on"),
    [("sáng mai", "2026-11-25"), ("toi mai", "2026-11-25"), ("ngày kia", "2026-11-26"), ("hôm nay", "2026-11-24")],
)
def test_the_very_day(text: str, on: str) -> None:
    told = reading.day_told(text, TODAY)
    assert told is not None
    assert told.on == datetime.date.fromisoformat(on)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("7h", 7),
        ("7h tối", 19),
        ("7 gio toi", 19),
        ("19:30", 19),
        ("5 giờ chiều", 17),
        ("1 giờ trưa", 13),
        ("12 giờ trưa", 12),
        ("11h đêm", 23),
        ("bảy giờ sáng", 7),
        ("bẩy giờ sáng", 7),
        ("mười bốn giờ", 14),
        ("muoi sau gio", 16),
        ("muoi bay gio", 17),
        ("mười hai giờ trưa", 12),
        ("hai mươi giờ", 20),
        ("ngày mười sáu lúc bảy giờ tối", 19),
        ("từ giờ nhắc tôi", None),
        ("hai mươi lăm giờ", None),
        ("sáng", 7),
        ("buổi tối", 19),
        ("mung 3 luc 7 gio toi nhac toi", 19),
        ("nhắc tôi lúc 7h", 7),
        ("nhac toi luc 7h", 7),
        ("bây giờ", None),
        ("bay gio", None),
        ("25h", None),
        ("lúc nào cũng được", None),
    ],
)
def test_the_hour(text: str, hour: int | None) -> None:
    assert reading.hour_told(text) == hour


def test_a_number_alone_is_an_hour_where_one_is_asked() -> None:
    assert reading.hour_told("19") is None
    assert reading.hour_told("19", alone=True) == 19


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sau vụ", True),
        ("sau vu lua moi co tien", True),
        ("gặt xong", True),
        ("ban lua xong", True),
        ("het mua vai", True),
        ("xong vụ", True),
        ("tháng sau", False),
        ("sau này", False),
    ],
)
def test_the_harvest(text: str, said: bool) -> None:
    assert reading.after_harvest(text) is said


@pytest.mark.parametrize(
    ("text", "said"), [("so cua toi", True), ("xem sổ của tôi", True), ("sổ của tôi bị mất", False)]
)
def test_the_book(text: str, said: bool) -> None:
    assert reading.wishes_own_book(text) is said
