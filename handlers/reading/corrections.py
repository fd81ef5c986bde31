"""Reads that a message takes back what was said: «à nhầm, nam», «đổi thành 3 triệu», or that it is for another."""

from __future__ import annotations

import re
import unicodedata

from handlers.reading.choices import is_back
from handlers.reading.roles import Roles
from handlers.reading.words import Phrases, answer_of, only_values, phrases, skipping
from vietnamese.normalize import fold

_ME = "(?:toi|tui|t|em|e|minh|mk|chau|con|chi|anh|bac|co|chu)"
_NO = "(?:khong|ko|k|kh|kg|hk|hok|hong|hem|khum)"
_OH = r"(?:(?:a|ah|o|u|ua|oi|ui|da|thoi|chet|ay|i|hi|hihi|haha|xin loi|sorry|sr)[\s,.!]+)"
_END = r"(?:[\s,.:;!\-–…]+|$)"
_MISTAKE = (
    f"(?:{_ME} )?(?:(?:ghi|noi|viet|go|bam|nhap|tinh|danh) )?(?:nham|lon|sai)(?: (?:roi|r|a|ti|chut|mat|day|xiu))*"
)
_CUE = re.compile(
    f"(?P<oh>{_OH}*)(?:"
    f"(?P<mistake>{_MISTAKE})(?P<after>{_END})(?:(?:phai )?la )?"
    f"|(?P<denied>{_NO} phai|{_NO}|dau co|dau phai)(?: (?:vay|the|dau|a))*(?P<pause>{_END})(?:phai la |ma la |la )?"
    f"|(?P<changed>(?:cho (?:{_ME} )?)?(?:xin )?(?:doi|sua|chinh|thay|chuyen)(?: (?:lai|thanh|sang|bang|qua))+"
    f"|dinh chinh(?: lai)?|(?:cho (?:{_ME} )?)?(?:noi|ghi|viet|nhap) lai)(?: (?:la|thanh|cho dung la))*{_END}(?:la )?"
    f"|(?P<meant>y (?:cua )?{_ME}(?: noi)? (?:la|noi)|{_ME} (?:muon noi|dinh noi)(?: la)?|{_ME} noi la|tuc la){_END}"
    ")"
)
_CLOSING = re.compile(
    r"(?:[\s,.!…]+(?:thôi|thoi|cơ|co|mà|ma|chứ|chu|chớ|ạ|à|a|nhé|nhe|nha|nhỉ|nhi|hả|ha|đấy|day|bạn ơi|em ơi|ad))+"
    r"[\s.!…]*$",
    re.IGNORECASE,
)
_INSISTS = re.compile(r"\b(?:thoi|co|ma|chu|cho)\b")
_NO_MATTER = re.compile(f"(?:{_NO}|chua|chang|cha|cam on|can|biet|nho|lan)\\b")
_EDGES = " ,.:;!-–…"


def corrected(text: str) -> str | None:
    """What is put in the place of what was said, as it was typed; None where nothing is corrected.

    >>> corrected("không, 300k thôi")
    '300k'
    """
    typed = unicodedata.normalize("NFC", text).strip()
    plain = fold(typed)
    if len(plain) != len(typed) or is_back(typed):
        return None
    found = _CUE.match(plain)
    if found is None or "nội" in typed[: found.end()].lower():
        return None
    closing = _CLOSING.search(typed, found.end() - 1)
    ends = closing is not None and closing.start() >= found.end()
    rest = (typed[found.end() : closing.start()] if closing and ends else typed[found.end() :]).strip(_EDGES)
    insists = bool(closing and ends and _INSISTS.search(fold(closing[0])))
    return rest if rest and _is_meant(found, rest, insists) else None


def _is_meant(found: re.Match[str], rest: str, insists: bool) -> bool:
    """Whether it is a correction: mere «không …» denies, «nhầm tên trên sổ» and «sửa lại ngày sinh» are matters."""
    if found["meant"]:
        return True
    plain = fold(rest)
    if _NO_MATTER.match(plain):
        return False
    roles = Roles(rest)
    told = roles.of("fact", "kin", "number") and not roles.of("topic") and len(roles.typed("unknown")) < 2
    if found["denied"]:
        paused = bool(found["pause"].strip())
        asks = roles.of("asks", "then_what", "who", "gets", "pays")
        return (told and not asks and (paused or insists or plain[0].isdigit())) or (paused and insists)
    if found["mistake"]:
        return told or ((bool(found["after"].strip()) or bool(found["oh"])) and not roles.of("asks", "then_what"))
    return told


_ANOTHER = Phrases(
    phrases(
        True,
        "người khác | người nhà | đổi người | đổi người khác | cho người khác | cho người nhà | tính cho người khác",
        "tính cho người nhà | tính người khác | sang người khác | người nữa | người thân | người khác nữa",
    )
)
_ALONE = frozenset({("nguoi", "nha"), ("nguoi", "than"), ("nguoi", "nua")})
_skip = skipping(
    "tính cho hộ giúp giùm dùm xin muốn đổi sang lại thử nữa xem hỏi một với đi trong khác thôi nào được không"
)


def is_for_somebody_else(text: str) -> bool:
    """Whether a message only says that it is for another person now."""
    tokens = answer_of(text)
    return bool(only_values(tokens, _ANOTHER.read, _skip)) and tuple(one.fold for one in tokens) not in _ALONE
