"""The wish for announcements and its end, as people type it; what only speaks of them is neither."""

from __future__ import annotations

import pytest

from handlers import reading


@pytest.mark.parametrize(
    "text",
    [
        "đừng gửi tin nữa",
        "dung gui tin cua bhxh nua",
        "thôi đừng gửi tin nữa",
        "dừng nhận tin",
        "hủy đăng ký nhận tin",
        "không muốn nhận tin nữa",
        "ko nhan tin nua",
        "thôi không nhận thông báo nữa",
        "tắt thông báo",
        "tắt tin của bhxh",
        "bỏ nhận tin",
        "đừng thông báo nữa",
        "đừng nhắn tin cho tôi nữa",
    ],
)
def test_an_end_is_an_end(text: str) -> None:
    assert reading.wishes_no_announcements(text)
    assert not reading.wishes_no_reminder(text)
    assert not reading.wishes_announcements(text)


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn nhận tin của bhxh",
        "cho tôi nhận tin",
        "gửi thông báo mới cho em nhé",
        "tin của cơ quan bhxh",
        "co gi moi thi bao toi",
        "có chính sách mới thì báo cho tôi biết nhé",
    ],
)
def test_a_wish_is_a_wish(text: str) -> None:
    assert reading.wishes_announcements(text)
    assert not reading.wishes_no_announcements(text)


@pytest.mark.parametrize(
    "text",
    [
        "không nhận được tin nhắn của cán bộ",
        "đúng tin đó",
        "đừng tin nữa",
        "đừng tin nhắn này",
        "thôi không tin nữa",
        "không muốn tin nữa",
        "bố nhận tin",
        "bố gửi tin cho tôi",
        "dừng đóng bhxh",
        "đừng nhắc nữa",
        "dừng đóng có nhận thông báo không",
        "nhận tin nhắn lừa đảo thì làm sao",
        "tôi nhận thông báo của bhxh đòi đóng thêm",
        "nhận thông báo đóng bhxh ở đâu",
        "không gửi tin nhắn được",
    ],
)
def test_what_speaks_of_news_is_neither(text: str) -> None:
    assert not reading.wishes_no_announcements(text)
    assert not reading.wishes_announcements(text)
