"""Choices typed instead of pressed: sex, groups, how often, yes and no, stop, back, how satisfied."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import (
    Frequency,
    Level,
    Sex,
    frequency,
    groups,
    is_again,
    is_back,
    is_cancel,
    level,
    sex,
    stated,
    yes_no,
)
from law.paying.support import SupportGroup

TODAY = datetime.date(2026, 11, 27)

SEX = [
    ("vợ tôi", "female"),
    ("chong tui", "male"),
    ("nam", "male"),
    ("Nữ", "female"),
    ("nu", "female"),
    ("đàn ông", "male"),
    ("dan ba", "female"),
    ("chị", "female"),
    ("anh", "male"),
    ("bà", "female"),
    ("ba", None),
    ("ông ạ", "male"),
    ("em là nữ", "female"),
    ("dạ nữ ạ", "female"),
    ("nuwx", "female"),
    ("nu74", "female"),
    ("năm", None),
    ("nam hay nữ", None),
    ("không phải nam", None),
    ("em", None),
    ("bác", None),
    ("con gái", "female"),
    ("giới tính: nam", "male"),
    ("NAM", "male"),
    ("chị ơi", None),
    ("tôi là đàn ông", "male"),
    ("phụ nữ", "female"),
    ("nử", "female"),
    ("chị là nữ", "female"),
    ("nam giới", "male"),
    ("anh ạ", "male"),
    ("toi la nam", "male"),
    ("nữ bao nhiêu tuổi nghỉ", None),
    ("bác gái", "female"),
    ("1975", None),
    ("cô", "female"),
    ("dạ em nữ", "female"),
]
SEX_IN_A_SENTENCE = [
    ("nữ sinh 1975 đóng được 8 năm", "female"),
    ("Đàn bà sinh năm 1972 thì mấy tuổi", "female"),
    ("nu sinh nam 1970 bao nhieu tuoi", "female"),
    ("nam sinh nam 68", "male"),
    ("dong 8 nam thi sao", None),
    ("nam nay toi 50 tuoi", None),
    ("do chị ở hội phụ nữ vận động", None),
    ("nam và nữ khác gì", None),
    ("tôi là nam 50 tuổi", "male"),
    ("tôi nam 1975", "male"),
    ("việt nam", None),
    ("sinh nam 1975", None),
    ("đóng 8 năm", None),
    ("toi la nam 50 tuoi", "male"),
    ("hai nam nua", None),
]
GROUPS = [
    ("nông dân", frozenset({"other"})),
    ("ko thuoc dien gi", frozenset({"other"})),
    ("ko phai ho ngheo", None),
    ("hộ nghèo", frozenset({"poor"})),
    ("ho can ngheo", frozenset({"near_poor"})),
    ("cận nghèo", frozenset({"near_poor"})),
    ("dân tộc", frozenset({"ethnic_minority"})),
    ("dtts", frozenset({"ethnic_minority"})),
    ("người Mường", frozenset({"ethnic_minority"})),
    ("người Tày", frozenset({"ethnic_minority"})),
    ("đảo", frozenset({"island_or_special_zone"})),
    ("Cát Hải", frozenset({"island_or_special_zone"})),
    ("không", frozenset({"other"})),
    ("không thuộc diện nào", frozenset({"other"})),
    ("người không thuộc diện ưu tiên", frozenset({"other"})),
    ("bình thường", frozenset({"other"})),
    ("khác", frozenset({"other"})),
    ("hộ nghèo và dân tộc", frozenset({"ethnic_minority", "poor"})),
    ("hộ nghèo, người Tày", frozenset({"ethnic_minority", "poor"})),
    ("dan toc thieu so", frozenset({"ethnic_minority"})),
    ("dan toc kinh", frozenset({"other"})),
    ("người kinh", frozenset({"other"})),
    ("hộ nghèo, dân tộc kinh", frozenset({"poor"})),
    ("không biết", None),
    ("không phải hộ nghèo", None),
    ("không nghèo", None),
    ("hộ nghèo hay cận nghèo", None),
    ("thoát nghèo", None),
    ("dao", None),
    ("nguoi dao", frozenset({"ethnic_minority"})),
    ("người Dao", frozenset({"ethnic_minority"})),
    ("ở đảo", frozenset({"island_or_special_zone"})),
    ("em ở đảo Cát Bà", frozenset({"island_or_special_zone"})),
    ("nhà em hộ nghèo ạ", frozenset({"poor"})),
    ("can ngheo", frozenset({"near_poor"})),
    ("ko", frozenset({"other"})),
    ("k thuộc diện nào", frozenset({"other"})),
    ("hộ nghèo được hỗ trợ bao nhiêu", None),
    ("dac khu cat hai", frozenset({"island_or_special_zone"})),
    ("tày", frozenset({"ethnic_minority"})),
    (
        "hộ cận nghèo dân tộc mường ở đặc khu",
        frozenset({"ethnic_minority", "island_or_special_zone", "near_poor"}),
    ),
    ("khoong", frozenset({"other"})),
    ("hộ nghèo không ạ", None),
    ("xã đảo", frozenset({"island_or_special_zone"})),
    ("ho ngheo dao", None),
    ("không có", frozenset({"other"})),
]
GROUPS_IN_A_SENTENCE = [
    ("nhà em hộ nghèo thì đóng bao nhiêu", frozenset({"poor"})),
    ("Nghèo quá, cho hỏi gói rẻ nhất", None),
    ("hộ nghèo và cận nghèo được hỗ trợ thế nào", None),
    ("không phải hộ nghèo thì sao", frozenset({"other"})),
    ("người mường hộ cận nghèo đóng bao nhiêu", frozenset({"ethnic_minority", "near_poor"})),
    ("tôi ở cát hải có được hỗ trợ thêm không", frozenset({"island_or_special_zone"})),
    ("mới thoát nghèo", frozenset({"other"})),
    ("hết hộ nghèo rồi", frozenset({"other"})),
    ("người lao động có được tự chốt sổ không", None),
    ("nguoi mong muon dong thi sao", None),
    ("nguoi thu thap co phai tra phi khong", None),
]
FREQUENCY = [
    ("cả năm", 12),
    ("ca nam", 12),
    ("hàng tháng", 1),
    ("từng tháng", 1),
    ("mỗi tháng", 1),
    ("1 tháng", 1),
    ("3 tháng 1 lần", 3),
    ("theo quý", 3),
    ("nửa năm", 6),
    ("6 tháng", 6),
    ("một năm", 12),
    ("năm", 12),
    ("12 thang", 12),
    ("theo năm", 12),
    ("hang thang", 1),
    ("hằng năm", 12),
    ("ba tháng", 3),
    ("sau thang", 6),
    ("sáu tháng một lần", 6),
    ("mot nam", 12),
    ("2 tháng", None),
    ("5 năm", None),
    ("năm tháng", None),
    ("một lần", None),
    ("một năm hai lần", 6),
    ("mỗi năm một lần", 12),
    ("1 lần 3 tháng", 3),
    ("quý", 3),
    ("1 quý", 3),
    ("hai quý", 6),
    ("tháng", 1),
    ("12", 12),
    ("6", 6),
    ("3", None),
    ("1", None),
    ("đóng 6 tháng một lần ạ", 6),
    ("muoi hai thang", 12),
    ("3 tháng đóng 1 lần", 3),
    ("3 thang/lan", 3),
    ("3 tháng một", 3),
    ("6th", 6),
    ("đóng theo quý thì lợi gì", None),
    ("1 nam 1 lan", 12),
    ("nam", 12),
    ("nửa năm một lần", 6),
    ("em đóng hàng tháng", 1),
    ("hàng quý", 3),
    ("theo tháng", 1),
    ("tháng một", None),
    ("hàng năm ạ", 12),
    ("mười hai tháng", 12),
]
FREQUENCY_IN_A_SENTENCE = [
    ("thu nhập hàng tháng 3 triệu đóng theo quý", 3),
    ("đóng 3 tháng một lần thì bao nhiêu", 3),
    ("đóng hàng tháng 500k", 1),
    ("lương hưu hàng tháng là bao nhiêu", None),
    ("rút một lần được không", None),
    ("đóng 6 tháng 1 lần hay 12 tháng 1 lần", None),
    ("đóng được 6 tháng rồi", None),
    ("mỗi tháng dư 500k", None),
    ("nếu tôi nộp 12", None),
]
YES_NO = [
    ("có", True),
    ("co", True),
    ("dạ có ạ", True),
    ("vâng", True),
    ("ok", True),
    ("dạ", True),
    ("ừ", True),
    ("đúng rồi", True),
    ("dung", True),
    ("dung roi", True),
    ("không", False),
    ("ko", False),
    ("k", False),
    ("hok", False),
    ("dạ không ạ", False),
    ("da khong", False),
    ("không phải", False),
    ("chưa", False),
    ("có không", None),
    ("được không", None),
    ("không biết", None),
    ("dừng", None),
    ("thôi", None),
    ("khong co", False),
    ("yes", True),
    ("no", False),
    ("có bao nhiêu", None),
    ("đồng ý", True),
    ("", None),
    ("đúng ạ", True),
    ("khoong", False),
    ("uh", True),
    ("phải", True),
    ("em không", False),
    ("không có ạ", False),
    ("hông", False),
    ("sai rồi", False),
    ("oke nha", True),
]
CANCEL = [
    ("thôi", True),
    ("thoi", True),
    ("hủy", True),
    ("huỷ", True),
    ("huy", True),
    ("dừng", True),
    ("dung", False),
    ("dừng lại", True),
    ("dung lai", True),
    ("thoát", True),
    ("không làm nữa", True),
    ("khong lam nua", True),
    ("/huy", True),
    ("/hủy", True),
    ("thôi ạ", True),
    ("thôi em không làm nữa", True),
    ("thôi 500k", False),
    ("tôi", False),
    ("không", False),
    ("bỏ qua", False),
    ("thôi được", False),
    ("huy bao hiem duoc khong", False),
    ("hủy sổ được không", False),
    ("thôi cảm ơn", True),
    ("cancel", True),
    ("đúng", False),
    ("dùng", False),
    ("ko làm nữa", True),
    ("để sau", True),
    ("thoi khong lam nua", True),
    ("bỏ", True),
    ("thôi vậy", True),
    ("thooi", True),
    ("dừng đóng thì sao", False),
    ("", False),
]
BACK = [
    ("nhầm rồi", True),
    ("bam nham", True),
    ("sai", False),
    ("tính lại", False),
    ("quay lại", True),
    ("quay lai", True),
    ("lùi", True),
    ("lui", True),
    ("trở lại", True),
    ("sửa lại câu trước", True),
    ("back", True),
    ("cho em quay lại", True),
    ("quay lại đóng được không", False),
    ("sửa lại tên được không", False),
    ("Quay Lại ạ", True),
    ("lùi lại", True),
    ("câu trước", True),
    ("tro lai", True),
]
LEVEL = [
    ("rất hài lòng", 5),
    ("hài lòng", 4),
    ("bình thường", 3),
    ("không hài lòng", 2),
    ("rất không hài lòng", 1),
    ("khong hai long", 2),
    ("hai long", 4),
    ("rat hai long", 5),
    ("rat khong hai long", 1),
    ("binh thuong", 3),
    ("5", 5),
    ("1", 1),
    ("6", None),
    ("0", None),
    ("ko hài lòng", 2),
    ("k hai long", 2),
    ("5 sao", 5),
    ("5/5", 5),
    ("mức 4", 4),
    ("chưa hài lòng", 2),
    ("rất hài lòng ạ", 5),
    ("hài lòng không", None),
    ("4/5", 4),
    ("em rất hài lòng", 5),
    ("hài lòng về lương hưu bao nhiêu", None),
    ("bt", 3),
    ("không", None),
    ("-5", None),
    ("15", None),
    ("5k", None),
    ("1 2", None),
    ("không hài lòng chút nào", 1),
    ("RẤT HÀI LÒNG", 5),
]


@pytest.mark.parametrize(("text", "expected"), SEX)
def test_sex(text: str, expected: Sex | None) -> None:
    assert sex(text) == expected


@pytest.mark.parametrize(("text", "expected"), SEX_IN_A_SENTENCE)
def test_a_sex_in_a_sentence(text: str, expected: Sex | None) -> None:
    assert stated(text, TODAY).facts.sex == expected


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(text: str, expected: frozenset[SupportGroup] | None) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(("text", "expected"), GROUPS_IN_A_SENTENCE)
def test_groups_in_a_sentence(text: str, expected: frozenset[SupportGroup] | None) -> None:
    named = stated(text, TODAY).facts.groups
    assert (None if named is None else frozenset(named)) == expected


@pytest.mark.parametrize(("text", "expected"), FREQUENCY)
def test_frequency(text: str, expected: Frequency | None) -> None:
    assert frequency(text) == expected


@pytest.mark.parametrize(("text", "expected"), FREQUENCY_IN_A_SENTENCE)
def test_a_frequency_in_a_sentence(text: str, expected: Frequency | None) -> None:
    assert stated(text, TODAY).facts.every == expected


@pytest.mark.parametrize(("text", "expected"), YES_NO)
def test_yes_no(text: str, expected: bool | None) -> None:
    assert yes_no(text) is expected


@pytest.mark.parametrize(("text", "expected"), CANCEL)
def test_is_cancel(text: str, expected: bool) -> None:
    assert is_cancel(text) is expected


@pytest.mark.parametrize(("text", "expected"), BACK)
def test_is_back(text: str, expected: bool) -> None:
    assert is_back(text) is expected


@pytest.mark.parametrize(("text", "expected"), LEVEL)
def test_level(text: str, expected: Level | None) -> None:
    assert level(text) == expected


QUESTIONS = [
    "đóng bao nhiêu thì được 2 triệu lương hưu?",
    "nữ sinh 1975 đóng được 8 năm thì sao",
    "hộ nghèo được hỗ trợ bao nhiêu phần trăm",
    "đóng 3 tháng một lần có được không",
    "dừng đóng giữa chừng có mất không",
    "thôi không đóng nữa thì lấy lại tiền được không",
    "quay lại đóng tiếp được không",
    "có được thẻ bảo hiểm y tế không",
    "15 nam la dc huu fai hk",
    "nam bao nhieu tuoi nghi huu",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_choice(text: str) -> None:
    assert [read(text) for read in (sex, groups, frequency, yes_no, level)] == [None] * 5
    assert not is_cancel(text)
    assert not is_back(text)


@given(st.text())
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    for read in (
        sex,
        groups,
        frequency,
        yes_no,
        is_cancel,
        is_back,
        level,
    ):
        read(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "không",
                "có",
                "dạ",
                "nam",
                "nữ",
                "hộ",
                "nghèo",
                "cận",
                "đảo",
                "dao",
                "tháng",
                "năm",
                "quý",
                "3",
                "6",
                "một",
                "lần",
                "/",
                "rất",
                "hài",
                "lòng",
                "thôi",
                "k",
            ]
        )
    )
)
def test_no_order_of_choice_words_breaks_the_reading(words: list[str]) -> None:
    text = " ".join(words)
    assert frequency(text) in (None, 1, 3, 6, 12)
    assert stated(text, TODAY).facts.every in (None, 1, 3, 6, 12)
    assert level(text) in (None, 1, 2, 3, 4, 5)
    assert (is_cancel(text), yes_no(text)) != (True, True)
    named = groups(text)
    assert named is None or not {"poor", "near_poor"} <= named


@pytest.mark.parametrize(
    "text",
    ["thoi met qua hong tinh nua dau", "bỏ đi mệt quá", "thôi khỏi tính", "dẹp đi phiền quá", "hổng tính nữa đâu"],
)
def test_who_is_weary_stops(text: str) -> None:
    assert is_cancel(text)


@pytest.mark.parametrize("text", ["mệt quá", "bỏ qua", "không", "khỏi bệnh", "không tính được à"])
def test_what_is_no_wish_to_stop(text: str) -> None:
    assert not is_cancel(text)


@pytest.mark.parametrize("text", ["sai roi lam lai tu dau", "sai hết rồi, làm lại đi", "khai lại từ đầu"])
def test_who_was_mistaken_begins_again(text: str) -> None:
    assert is_again(text)
