"""Reads why somebody thinks of taking the money out: «cần tiền», «ra nước ngoài định cư», «ung thư»."""

from __future__ import annotations

from typing import Literal

from handlers.reading.words import Phrases, answer_of, only, only_values, phrases, skipping

Why = Literal["need", "settling_abroad", "serious_illness", "severe_disability"]

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
            "bệnh nặng | bị bệnh nặng | mắc bệnh nặng | ốm nặng | bệnh hiểm nghèo | ung thư | bại liệt | xơ gan",
            "xơ gan mất bù | lao nặng | aids | bệnh aids",
        ),
        **phrases(
            "severe_disability",
            "khuyết tật | khuyết tật nặng | khuyết tật đặc biệt nặng | tàn tật | tàn tật nặng",
        ),
    }
)
_skip = skipping("vì do bị mắc đang tôi mình nhà quá thôi lắm muốn")


def why_withdraw(text: str) -> Why | None:
    """The reason a message consists of; None when there is none, or two."""
    return only(only_values(answer_of(text), WHY.read, _skip))
