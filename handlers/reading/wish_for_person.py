"""Reads the wish to be answered by a person: «gặp người thật», «cho tôi gặp cán bộ»; a question about one is none."""

from __future__ import annotations

from handlers.reading.choices import yes_no
from handlers.reading.words import Phrases, answer_of, only_values, phrases, skipping

_KNOWN = Phrases(
    {
        **phrases(
            "person",
            "cán bộ | người thật | con người | người | nhân viên | chuyên viên | tư vấn viên | tổng đài viên",
            "cán bộ tư vấn | nhân viên tư vấn | người tư vấn | người hỗ trợ | người trực | người phụ trách | cb | nv",
            "người có chuyên môn | ai đó | người nào đó",
        ),
        **phrases(
            "verb",
            "gặp | nói chuyện | trò chuyện | chat | kết nối | nối máy | liên hệ | nhắn tin | trao đổi | hỏi",
            "cần | muốn | chuyển | chuyển máy | chuyển sang | chuyển cho | gọi | gọi điện | nhờ | xin gặp",
        ),
        **phrases(
            "both",
            "có ai không | có ai ở đó không | có người không | có người thật không | có cán bộ không",
            "có cán bộ nào không | có nhân viên không | có nhân viên nào không | có ai trả lời không",
        ),
        **phrases("asks", "được không | có được không | được chứ"),
    }
)
_skip = skipping(
    "cho xin được với giúp đỡ hộ giùm dùm phép bên phía bảo hiểm xã hội bhxh ngay trực tiếp tư vấn hỗ trợ trả lời",
    "giải đáp một nào lại hẳn",
)


def is_wish_for_a_person(text: str) -> bool:
    """Whether a message only says that a person is to answer."""
    read = set(only_values(answer_of(text), _KNOWN.read, _skip))
    return "both" in read or {"person", "verb"} <= read


_SEND = Phrases(
    phrases(
        True,
        "gửi | gửi đi | gửi luôn | gửi giúp | gửi cho cán bộ | gửi cán bộ | đồng ý | đồng ý gửi | ok | oke | ok gửi",
        "ừ gửi | có | có gửi | được | nhất trí",
    )
)
_skip_polite = skipping("giúp hộ giùm dùm đi luôn")


def agrees(text: str) -> bool | None:
    """Whether a message agrees to what was shown: by a yes, or by what sends it; None when it is neither yes nor no."""
    return True if is_send(text) else yes_no(text)


def is_send(text: str) -> bool:
    """Whether a message only says to send what was shown."""
    return bool(only_values(answer_of(text), _SEND.read, _skip_polite))
