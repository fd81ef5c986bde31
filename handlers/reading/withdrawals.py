"""Reads why somebody thinks of taking the money out: «cần tiền», «ra nước ngoài định cư», «ung thư», «mất sức 81%»."""

from __future__ import annotations

import re
from typing import Literal

from handlers.reading.words import Phrases, answer_of, only, only_values, phrases, skipping, tokens_of
from vietnamese.normalize import fold, folded_words

Why = Literal["need", "settling_abroad", "serious_illness", "impairment", "severe_disability"]

WHY: Phrases[Why] = Phrases(
    {
        **phrases(
            "need",
            "cần tiền | đang cần tiền | thiếu tiền | kẹt tiền | hết tiền | túng thiếu | khó khăn | nhà khó khăn",
            "không muốn đóng nữa | không đóng nữa | không đóng tiếp | nghỉ đóng | ngừng đóng | chỉ muốn so sánh",
            "so sánh",
        ),
        **phrases(
            "settling_abroad",
            "định cư | định cư nước ngoài | ra nước ngoài định cư | ra nước ngoài ở hẳn | đi nước ngoài định cư",
            "sang nước ngoài định cư | đi định cư | xuất cảnh định cư | ở hẳn nước ngoài",
        ),
        **phrases(
            "serious_illness",
            "bệnh nặng | bị bệnh nặng | mắc bệnh nặng | ốm nặng | bệnh hiểm nghèo | ung thư | bại liệt",
            "xơ gan mất bù | lao nặng | aids | bệnh aids",
        ),
        **phrases(
            "impairment",
            "suy giảm khả năng lao động | suy giảm khả năng lao động nặng | suy giảm sức lao động | suy giảm lao động",
            "mất sức lao động | mất sức lao động nặng | mất khả năng lao động | mất sức | giảm khả năng lao động",
        ),
        **phrases(
            "severe_disability",
            "khuyết tật | khuyết tật nặng | khuyết tật đặc biệt nặng | tàn tật | tàn tật nặng",
        ),
    }
)
_skip = skipping("vì do bị mắc đang tôi mình nhà quá thôi lắm muốn")
_SHARE = re.compile(
    r"(?:\b(?:từ|tu|hơn|hon|trên|tren|khoảng|khoang)\s+)?\d{1,3}\s*(?:%|phần trăm|phan tram)(?:\s*(?:trở lên|tro len))?"
)
_CIRRHOSIS = re.compile(r"\bxo gan\b(?! mat bu)")


def why_withdraw(text: str) -> Why | None:
    """The reason a message consists of; None when there is none, or two."""
    return only(only_values(answer_of(_SHARE.sub(" ", text)), WHY.read, _skip))


def why_named(text: str) -> Why | None:
    """The reason named anywhere in a message that is known to be of taking the money out; no mere need, and not two."""
    tokens = tokens_of(text)
    found = {why[0] for at in range(len(tokens)) if (why := WHY.read(tokens, at)) is not None}
    return only(found - {"need"})


def tells_of_cirrhosis(text: str) -> bool:
    """Whether cirrhosis is spoken of without «mất bù», which alone is in the law: «bị xơ gan»."""
    return _CIRRHOSIS.search(folded_words(text)) is not None


def share_lost(text: str) -> int | None:
    """How much of the ability to work is lost, in percent: «suy giảm 85%»; None where no share is said."""
    found = re.search(r"(\d{1,3})\s*(?:%|phan tram)", fold(text))
    return None if found is None else int(found[1])


_NOT_IN_THE_LAW = Phrases(
    {
        illness: illness
        for illness in (
            *("suy thận", "chạy thận", "tai biến", "đột quỵ", "tiểu đường", "đái tháo đường", "bệnh tim", "suy tim"),
            *(
                "cao huyết áp",
                "thoát vị",
                "thoát vị đĩa đệm",
                "viêm gan",
                "lupus",
                "parkinson",
                "tâm thần",
                "động kinh",
            ),
            *(
                "gút",
                "gout",
                "hen suyễn",
                "phổi tắc nghẽn",
                "nhồi máu cơ tim",
                "sỏi thận",
                "gãy chân",
                "mổ tim",
            ),
            *("dạ dày", "cột sống", "hở van tim", "liệt nửa người"),
            *("xơ gan thường", "xơ gan còn bù", "xơ gan chưa mất bù", "xơ gan không mất bù", "xơ gan nhẹ"),
        )
    }
)


def illness_not_in_the_law(text: str) -> str | None:
    """The illness a message names that is none of those of the law: «suy thận»; None where one of the law is too."""
    tokens = tokens_of(text)
    if any((why := WHY.read(tokens, at)) is not None and why[0] != "need" for at in range(len(tokens))):
        return None
    found = [named[0] for at in range(len(tokens)) if (named := _NOT_IN_THE_LAW.read(tokens, at)) is not None]
    return found[0] if found else None
