"""The wish for a person, as people type it; a question about one, or where to find one, is none."""

from __future__ import annotations

import pytest

from handlers import reading


@pytest.mark.parametrize(
    "text",
    [
        "gặp người thật",
        "cho tôi gặp cán bộ",
        "cho toi gap can bo",
        "Cho em gặp nhân viên tư vấn với ạ",
        "tôi muốn nói chuyện với người thật",
        "muon noi chuyen voi nguoi",
        "cho hỏi cán bộ",
        "có ai không",
        "co can bo nao khong",
        "cần người tư vấn trực tiếp",
        "chuyển cho cán bộ giúp tôi",
        "gặp cán bộ được không",
        "cho gặp cán bộ bhxh",
        "gap nv",
        "gặp cb",
        "gawpj casn booj",
        "GẶP CÁN BỘ!!!",
        "kết nối với tổng đài viên",
    ],
)
def test_the_wish_for_a_person(text: str) -> None:
    assert reading.is_wish_for_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "gặp cán bộ ở đâu để đóng",
        "cán bộ thu là ai",
        "không muốn gặp cán bộ",
        "nhân viên công ty có tham gia được không",
        "tôi là cán bộ xã nghỉ việc",
        "bạn là người thật hay máy",
        "cán bộ xã có được hưởng không",
        "người dân tộc thiểu số được hỗ trợ bao nhiêu",
        "cần giấy tờ gì",
        "muốn rút một lần",
        "hỏi đáp",
        "gặp",
        "cán bộ",
        "",
        "x" * 500,
    ],
)
def test_what_is_no_such_wish(text: str) -> None:
    assert not reading.is_wish_for_a_person(text)


@pytest.mark.parametrize("text", ["gửi", "gui di", "Gửi giúp tôi", "ok", "đồng ý", "có", "ừ gửi đi"])
def test_agreeing_to_send(text: str) -> None:
    assert reading.is_send(text)


@pytest.mark.parametrize("text", ["không gửi", "đừng gửi", "thôi", "gửi sổ ở đâu", "có được không"])
def test_not_agreeing_to_send(text: str) -> None:
    assert not reading.is_send(text)
