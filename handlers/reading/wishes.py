"""Reads answers that name no value: the lowest level, a level of income instead of a payment, «I do not know»."""

from __future__ import annotations

from handlers.reading.words import Phrases, answer_of, phrases, skipping, whole

_LOWEST = Phrases(
    phrases(
        True,
        "thấp nhất | mức thấp nhất | tối thiểu | mức tối thiểu | ít nhất | mức ít nhất | rẻ nhất | gói rẻ nhất",
        "mức sàn | thấp nhất thôi | nhỏ nhất | mức nhỏ nhất | bét nhất | gói thấp nhất | mức rẻ nhất",
    )
)
_BY_INCOME = Phrases(
    phrases(
        True,
        "chọn theo mức thu nhập | theo mức thu nhập | theo thu nhập | chọn theo thu nhập | tính theo thu nhập",
        "mức thu nhập | thu nhập",
    )
)
_NOT_KNOWN = Phrases(
    phrases(
        True,
        "không nhớ | không nhớ rõ | không biết | không rõ | chịu | quên | quên rồi | chẳng nhớ | chả nhớ",
        "không biết nữa | không nhớ nữa | bỏ qua | không chắc",
    )
)
_skip = skipping("cho xin muốn chọn lấy đóng thôi là mức bà con tháng nào nữa rồi")


def is_lowest(text: str) -> bool:
    """Whether a message only asks for the lowest there is."""
    return _says(_LOWEST, text)


def is_by_income(text: str) -> bool:
    """Whether a message only says to go by an income level."""
    return _says(_BY_INCOME, text)


def is_not_known(text: str) -> bool:
    """Whether a message only says that the person does not know or remember."""
    return _says(_NOT_KNOWN, text)


def _says(known: Phrases[bool], text: str) -> bool:
    return bool(whole(answer_of(text), known.read, _skip))
