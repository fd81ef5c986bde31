"""What somebody decides on stands in the answer: the number itself, its condition beside it, and not what was wrong."""

from __future__ import annotations

import datetime

import pytest

from bot.base.content import Content
from faq.answer import fill
from law.figures import figures
from vietnamese import references

DAY = datetime.date(2026, 11, 28)
LATER = datetime.date(2027, 1, 5)

TOLD = [
    # entry, field, what must be said, what must not
    ("one_time_withdrawal", "answer", ["chưa rút", "81%", "01/07/2025"], ["luật định"]),
    ("one_time_withdrawal", "more", ["Xơ gan thường thì chưa được", "phải liền nhau", "BHXH bắt buộc"], []),
    (
        "rejoin_after_withdrawal",
        "more",
        ["Không, nếu mọi năm trước 01/07/2025 đã rút hết"],
        ["chưa tìm thấy hướng dẫn"],
    ),
    ("one_time_serious_illness", "answer", ["xơ gan mất bù", "Xơ gan thường thì chưa được", "81%"], ["luật định"]),
    ("one_time_amount", "answer", ["81%"], ["rất nặng"]),
    ("one_time_amount", "more", ["15.000.000 đ", "3.960.000 đ", "11.040.000 đ", "15.840.000 đ"], []),
    ("prison", "more", ["nhiều nhất 12 tháng"], ["thời hạn theo luật"]),
    ("sickness", "more", ["81%"], ["luật định"]),
    ("one_time_procedure", "more", ["nhiều nhất 12 tháng"], ["một thời gian"]),
    ("rights_obligations", "more", ["nhiều nhất 12 tháng", "80 tuổi", "4.000.000 đ đến 6.000.000 đ mỗi sổ"], []),
    ("pension_location_payment", "answer", ["nhiều nhất 12 tháng", "80 tuổi", "5 ngày làm việc"], ["do luật"]),
    ("pension_early", "answer", ["20 năm mà mất 61%", "15 năm"], []),
    (
        "pension_early",
        "more",
        ["giảm 2%", "giảm 1%", "chưa tới nửa năm thì không giảm", "nhiều nhất 5 năm"],
        ["lâu hơn nữa"],
    ),
    ("mixed_compulsory_voluntary", "more", ["đóng bắt buộc đủ 20 năm: lương hưu", "ít nhất bằng 3 tháng"], ["đủ lâu"]),
    ("maternity", "answer", ["thai từ 22 tuần mất trong bụng mẹ hay lúc chuyển dạ"], []),
    ("maternity", "more", ["ba tháng đóng ở công ty và ba tháng tự nguyện", "hộ nghèo", "giấy ra viện"], []),
    ("survivors_funeral", "more", ["ít nhất bằng 3 tháng mức bình quân"], []),
    ("death_before_pension", "answer", ["bắt buộc đủ 12 tháng", "có cả đóng bắt buộc thì ít nhất 3 tháng"], []),
    (
        "death_before_pension",
        "more",
        ["Nộp trễ vẫn được nhận", "ít nhất bằng 3 tháng", "bắt buộc đủ 15 năm", "tuất hằng tháng"],
        [],
    ),
    ("pension_amount", "answer", ["675.000 đ", "600.000 đ", "ước tính"], []),
    ("pension_min_years", "more", ["không đóng tiếp nữa thì lương hưu tính từ 01/07/2025"], []),
    (
        "household_business",
        "answer",
        ["Thuế khoán đã bỏ từ 01/01/2026", "bắt buộc", "chưa tới mức phải nộp thuế: còn chưa rõ"],
        [],
    ),
    ("household_business", "more", ["632.500 đ", "500.000 đ đến 1.000.000 đ", "01/01/2027"], []),
    ("book_closing", "answer", ["BHXH cơ sở nơi mình ở"], ["không tự chốt"]),
    ("book_closing", "more", ["15 ngày làm việc", "45 ngày", "tự nộp văn bản đề nghị"], []),
    ("military_service", "answer", ["15/12/1993", "31/12/1994", "có đóng BHXH bắt buộc"], ["chưa có đủ căn cứ"]),
    ("unemployment", "answer", ["trả lại hồ sơ", "hỏi trước"], []),
    ("abroad", "answer", ["trừ khi nước đó có hiệp định"], ["Hàn", "Nhật", "Đài Loan"]),
    (
        "abroad",
        "amount",
        ["được 2 tháng lương hưu", "1,5 tháng", "trừ 0,5 tháng", "ít nhất còn 3 tháng"],
        ["cơ quan BHXH tính"],
    ),
    ("survivors_funeral", "answer", ["bắt buộc đủ 12 tháng"], []),
    ("benefits_overview", "more", ["trước 01/07/2025 chưa rút"], []),
    ("law_2025", "more", ["trước 01/07/2025 chưa rút"], []),
    ("wait_for_pension_age", "more", ["trước 01/07/2025 chưa rút"], []),
    ("one_time_withdrawal", "more", ["luật không nói rõ"], []),
    ("abroad", "more", ["556.600 đ", "nhiều nhất 12 tháng", "trước khi đi"], []),
    ("labour_abroad", "answer", ["Gia hạn hay ký hợp đồng mới ngay ở bên đó"], ["Chưa đóng lúc ở nước ngoài"]),
    ("labour_abroad", "deadline", ["ngày cuối của tháng liền sau kỳ đóng"], ["Chưa đóng lúc ở nước ngoài"]),
    ("maternity_loss", "papers", ["giấy ra viện", "giấy báo tử", "24 giờ"], []),
    ("complaint", "more", ["khiếu nại lần đầu lên BHXH tỉnh, thành phố"], ["không phải cơ quan BHXH"]),
    ("change_2027", "who", ["Từ 01/01/2027, ai đang chọn mức thu nhập dưới 2.200.000 đ"], []),
    ("accident_insurance", "deadline", ["trong mười ngày trước khi kỳ cũ hết hạn"], []),
    ("change_level", "answer", ["1.500.000 đ, tức đóng 330.000 đ", "50.600.000 đ, tức đóng 11.132.000 đ"], ["Mức mới"]),
    ("change_2027", "more", ["Chỉ đổi cách đóng được khi đã đóng xong kỳ"], []),
    ("advance_payment", "answer", ["không lấy lại được"], []),
    ("accident_insurance", "more", ["mâu thuẫn riêng giữa mình với người gây tai nạn", "ai gây sự trước cũng vậy"], []),
    ("tax", "answer", ["Không.", "BHXH một lần", "cơ quan thuế"], ["chưa đọc"]),
    ("agents_fee", "more", ["nên có tên bà con", "ai đền: tôi chưa tìm thấy quy định"], ["phải có tên"]),
    ("who_can_join", "more", ["kể cả không hưởng lương", "thử việc", "năm loại", "khuyết tật"], []),
    ("both_at_once", "more", ["thử việc", "dưới một tháng"], []),
    ("vs_bank_saving", "answer", ["đóng đủ 15 năm và đủ tuổi thì có lương hưu"], []),
    ("agency_address", "answer", ["BHXH cơ sở", "gộp sổ"], []),
    ("book_merge", "answer", ["Tờ khai TK1-TS", "không qua nơi thu"], []),
    ("age_over_60", "more", ["74 tuổi"], []),
    ("inheritance", "more", ["di sản", "không ghi cách chia"], ["tư pháp"]),
    ("book_general", "answer", ["Từ 01/01/2026"], ["Chậm nhất"]),
    ("online_payment", "more", ["01/01/2027"], []),
    ("missing_years_lump_sum", "answer", ["không quá 60 tháng (5 năm)", "khi chỉ còn thiếu 60 tháng"], ["chừng đó"]),
]


@pytest.mark.parametrize(("entry", "field", "said", "not_said"), TOLD, ids=[f"{each[0]}-{each[1]}" for each in TOLD])
def test_told(content: Content, entry: str, field: str, said: list[str], not_said: list[str]) -> None:
    of_entry = content.library[entry]
    aspects = {str(aspect): text for aspect, text in of_entry.aspects.items()}
    written = aspects[field] if field in aspects else getattr(of_entry, field)
    text = references.without(fill(written, figures(content.law, DAY), content.law.sources))
    assert [each for each in said if each not in text] == [], text
    assert [each for each in not_said if each in text] == [], text


def test_an_attacked_person_is_not_let_to_think_that_he_is_paid(content: Content) -> None:
    assert "tự mình gây" not in content.library["accident_insurance"].more


def test_the_law_of_each_corrected_fact_is_named(content: Content) -> None:
    """The articles that the facts rest on stand behind the button."""
    behind = {
        "tax": ("nd-253-2026", "Điều 27"),
        "online_payment": ("luat-41-2024", "Điều 26"),
        "register_where": ("luat-41-2024", "Điều 26"),
        "one_time_withdrawal": ("nd-158-2025", "Điều 14"),
        "rejoin_after_withdrawal": ("nd-158-2025", "Điều 14"),
        "book_closing": ("nd-158-2025", "Điều 26"),
        "agency_address": ("qd-366-2026", "Điều 2"),
        "book_merge": ("qd-366-2026", "Điều 4"),
        "withdraw_or_wait": ("luat-41-2024", "Điều 109"),
        "military_service": ("nd-158-2025", "Điều 34"),
        "abroad": ("luat-41-2024", "Điều 33"),
        "both_at_once": ("nd-158-2025", "Điều 3"),
    }
    named = {entry: content.library[entry].sources for entry in behind}
    assert [
        entry
        for entry, (source, place) in behind.items()
        if not any(each.source == source and place in each.place for each in named[entry])
    ] == []


def test_the_fines_of_the_coming_year_are_told_from_their_day_on(content: Content) -> None:
    """Before that day as what is to come, after it as what is: the same day stands in both."""
    for day in (DAY, LATER):
        told = fill(content.library["household_business"].more, figures(content.law, day))
        assert "Từ 01/01/2027, chủ hộ thuộc diện bắt buộc mà không đăng ký thì bị phạt" in told


WHOSE = {
    "Quá trình tham gia": "gioi-thieu-vssid",
    "thay mã số BHXH": "cv-1804-2025",
    "thay cho mã số BHXH": "cv-1804-2025",
}
"""What is known from such a document alone: words that tell it, with the document under whose name they stand."""


def test_what_only_an_article_or_a_letter_tells_is_said_to_be_its_word(content: Content) -> None:
    """Where to press in an application, and by which number a person is known, in every text that says so."""
    bare = [
        f"{entry.id} {key}"
        for entry in content.library
        for key, text in (*entry.texts(), *entry.aspects.items())
        for words, document in WHOSE.items()
        if words in text and f"{{{document}}}" not in text
    ]
    assert bare == []
    assert "{gioi-thieu-vssid}" in content.library["lookup_history_vssid"].aspects["how"]
