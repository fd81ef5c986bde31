"""Short questions about what the last result told."""

from __future__ import annotations

import pytest

from handlers import reading


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("monthly", "mà mỗi tháng em tự đóng bao nhiêu ấy nhỉ | tính ra một tháng mấy tiền | thang dong may"),
        (
            "sum",
            "đóng cho tới lúc đó hết thảy bao nhiêu tiền | vay tong cong la bn tien",
        ),
        ("missing", "vậy còn thiếu mấy năm mới đủ | du 15 nam chua hay con thieu | phải đóng mấy năm nữa"),
        ("sum", "hết bao nhiêu tiền | dong mot luc the het bao nhieu"),
        ("level", "vay la thu nhap muc may trieu | mức thu nhập là nhiêu vậy em"),
        ("paid", "bả đóng được mấy năm rồi vậy | tui co may nam roi | mình đóng được bao lâu rồi"),
        ("when", "vậy mấy tuổi lãnh | z chung nao lanh | năm nào thì được lãnh"),
        ("pension", "lãnh mỗi tháng mấy đồng | the lanh duoc bao nhieu"),
    ],
)
def test_what_is_asked_of_the_result(kind: reading.AskedOfResult, texts: str) -> None:
    found = {text.strip(): reading.asked_of_result(text) for text in texts.split("|")}
    assert found == dict.fromkeys(found, kind)


@pytest.mark.parametrize(
    "text",
    [
        "rút được bao nhiêu",
        "gop v ve gia lanh luong huu dc nhiu",
        "sinh con được bao nhiêu",
        "cần giấy tờ gì",
        "nộp ở đâu",
        "mức thấp nhất bao nhiêu",
        "nên chọn mức nào",
        "3 triệu thì sao",
        "mức 4 triệu mỗi tháng đóng bao nhiêu",
        "nữ sinh 1985 mấy tuổi lãnh",
        "bạn mấy tuổi",
        "bao giờ nhận được tiền",
        "đóng trễ phạt bao nhiêu",
        "thẻ bảo hiểm y tế bao nhiêu",
        "giá lúa bao nhiêu",
        "cảm ơn",
        "",
    ],
)
def test_what_is_no_question_of_the_result(text: str) -> None:
    assert not reading.asks_of_result(text)
