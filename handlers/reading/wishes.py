"""Reads answers that name no value: the lowest level, a level of income instead of a payment, «I do not know»."""

from __future__ import annotations

from typing import Literal

from handlers.reading.words import Phrases, answer_of, only, only_values, phrases, skipping, spelled_no

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
_NO_PAPER = Phrases(
    phrases(
        True,
        "không giấy tờ nào ghi | không có giấy tờ nào ghi | không giấy tờ nào ghi tháng | giấy tờ không ghi",
        "giấy tờ không ghi tháng | giấy tờ không có tháng | giấy tờ chỉ có năm | giấy tờ chỉ ghi năm | chỉ có năm sinh",
        "chỉ có năm | chỉ ghi năm | chỉ ghi năm sinh | không có tháng | không ghi tháng | căn cước chỉ có năm",
        "không có giấy tờ | không có giấy tờ nào | không có giấy tờ nào ghi tháng | giấy nào cũng chỉ có năm",
    )
)
_ALREADY = Phrases(
    {
        **phrases(True, "rồi | đã rút | rút rồi | đã rút rồi | có rút | có rút rồi | rút hết rồi | rút một lần rồi"),
        **phrases(True, "đã nhận | nhận rồi | đang nhận | có nhận | đang hưởng | đang lãnh | đang lĩnh | có lương hưu"),
        **phrases(
            False, "chưa | chưa rút | không rút | chưa rút lần nào | chưa lần nào | chưa từng | chưa bao giờ rút"
        ),
        **phrases(False, "chưa nhận | không nhận | chưa hưởng | không hưởng | chưa có | không có lương hưu"),
    }
)
ListWish = Literal["add", "undo", "done"]
_LIST: Phrases[ListWish] = Phrases(
    {
        **phrases("add", "thêm | thêm khoảng | thêm nữa | thêm một khoảng | còn | còn nữa | còn khoảng nữa | kể tiếp"),
        **phrases("undo", "xoá | xóa | xoá khoảng cuối | xóa khoảng cuối | xoá khoảng vừa rồi | bỏ khoảng cuối"),
        **phrases("undo", "xóa khoảng vừa rồi | bỏ khoảng vừa rồi | xoá khoảng này | xóa khoảng này | xoá đi | xóa đi"),
        **phrases("done", "xong | xong rồi | đã xong | hết | hết rồi | đủ | đủ rồi | đúng | đúng rồi | không còn"),
        **phrases("done", "không còn nữa | hết khoảng | ok | oke | vậy thôi | chỉ vậy thôi | thế thôi"),
    }
)
_skip = skipping("cho xin muốn chọn lấy đóng thôi là mức bà con tháng nào nữa rồi")
_skip_polite = skipping()


def is_lowest(text: str) -> bool:
    """Whether a message only asks for the lowest there is."""
    return _says(_LOWEST, text)


def is_by_income(text: str) -> bool:
    """Whether a message only says to go by an income level."""
    return _says(_BY_INCOME, text)


def is_not_known(text: str) -> bool:
    """Whether a message only says that the person does not know or remember."""
    return _says(_NOT_KNOWN, text)


def is_no_paper(text: str) -> bool:
    """Whether a message only says that no paper shows the month of birth."""
    return _says(_NO_PAPER, text)


def already(text: str) -> bool | None:
    """Whether a message only says that something was done, or is going on, or not; None for anything else."""
    return only(only_values(answer_of(text), _ALREADY.read, _skip_polite))


def wish_of_list(text: str) -> ListWish | None:
    """Whether a message only says to add one more to a list, to take the last one back, or that it is complete."""
    return only(only_values(answer_of(text), _LIST.read, _skip_polite))


def _says(known: Phrases[bool], text: str) -> bool:
    return bool(only_values(spelled_no(answer_of(text)), known.read, _skip))
