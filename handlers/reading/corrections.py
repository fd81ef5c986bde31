"""Reads that a message takes back what was said: «à nhầm, nam», «đổi thành 3 triệu», or that it is for another."""

from __future__ import annotations

import re
import unicodedata

from handlers.reading.choices import is_back
from handlers.reading.word_roles import WordRole, WordRoles
from handlers.reading.words import Phrases, answer_of, only_values, phrases, skipping
from vietnamese.normalize import fold

_LONGEST = 200
"""Characters; what corrects is said in a few words."""
_ME = "(?:toi|tui|t|em|e|minh|mk|chau|con|chi|anh|bac|co|chu)"
_NO = "(?:khong|ko|k|kh|kg|hk|hok|hong|hem|khum)"
_OH = r"(?:(?:a|ah|o|u|uh|um|uhm|ua|oi|ui|da|thoi|chet|ay|i|hi|hihi|haha|xin loi|sorry|sr)[\s,.!]+)"
_PAUSE = r"(?:[\s,.:;!\-–…]+|$)"
_LET_ME = f"(?:cho (?:{_ME} )?)?(?:xin )?"
_MISTAKE = (
    f"(?:{_ME} )?(?:(?:ghi|noi|viet|go|bam|nhap|tinh|danh) )?(?:nham|lon|sai)(?: (?:roi|r|a|ti|chut|mat|day|xiu))*"
    f"|a quen|(?:{_ME} )?quen (?:noi|mat)"
)
_CHANGE = "(?:doi|sua|chinh|thay|chuyen)"
_CUE = re.compile(
    f"(?P<oh>{_OH}*)(?:"
    f"(?P<mistake>{_MISTAKE})(?P<after>{_PAUSE})(?:(?:phai )?la )?"
    f"|(?P<denied>{_NO} phai|{_NO}|dau co|dau phai)(?: (?:vay|the|dau|a))*(?P<pause>{_PAUSE})(?:phai la |ma la |la )?"
    f"|(?P<changed>{_LET_ME}{_CHANGE}(?: (?:lai|thanh|sang|bang|qua))+|{_LET_ME}(?:dinh chinh(?: lai)?|"
    f"(?:noi|ghi|viet|nhap) lai)|(?:thuc ra|that ra|dung ra|chinh xac)(?= la))(?: (?:la|thanh|cho dung la))*"
    f"{_PAUSE}(?:la )?"
    f"|{_LET_ME}{_CHANGE} (?P<old>[^,;?]{{1,40}}?) (?:thanh|sang|bang|qua) (?:la )?"
    f"|(?P<meant>y (?:cua )?{_ME}(?: noi)? (?:la|noi)|{_ME} (?:muon noi|dinh noi)(?: la)?|{_ME} noi la|tuc la){_PAUSE}"
    ")"
)
_OTHER_WORDS = re.compile(r"\b(?:nội|lớn|lợn|nhắm|sài|thay đổi)\b")
"""What is written as a cue only where the accents are left out."""
_CLOSING = re.compile(
    r"(?:[\s,.!…]+(?:mới đúng|moi dung|thôi|thoi|cơ|co|mà|ma|chứ|chu|chớ|ạ|à|a|nhé|nhe|nha|nhỉ|nhi|hả|ha|đấy|day|"
    r"bạn ơi|em ơi|ad))+"
    r"[\s.!…]*$",
    re.IGNORECASE,
)
_INSISTS = re.compile(r"\b(?:dung|thoi|co|ma|chu|cho)\b")
_RATHER = re.compile(r"(?:,|\bma\b)\s*(?:(?:phai )?la )?(?=[^,]*$)")
_NO_MATTER = re.compile(f"(?:{_NO}|chua|chang|cha|cam on|can|biet|nho|lan)\\b")
_EDGES = " ,.:;!-–…"


def corrected(text: str) -> str | None:
    """What is put in the place of what was said, as it was typed; None where nothing is corrected.

    >>> corrected("không, 300k thôi")
    '300k'
    """
    typed = unicodedata.normalize("NFC", text).strip()
    plain = fold(typed)
    if len(typed) > _LONGEST or len(plain) != len(typed):
        return None
    found = _CUE.match(plain)
    if found is None or _OTHER_WORDS.search(typed[: found.end()].lower()) or is_back(typed):
        return None
    start, insists = found.end(), False
    rather = _RATHER.search(plain, start) if found["denied"] else None
    if rather is not None and typed[rather.end() :].strip(_EDGES):
        start, insists = rather.end(), True
    closing = _CLOSING.search(typed, start - 1)
    end = closing.start() if closing is not None and closing.start() >= start else len(typed)
    rest = typed[start:end].strip(_EDGES)
    insists = insists or _INSISTS.search(plain[end:]) is not None
    return rest if rest and _is_meant(found, rest, insists) else None


def _is_meant(found: re.Match[str], rest: str, insists: bool) -> bool:
    """Whether it is a correction: mere «không …» denies, «nhầm tên trên sổ» and «sửa lại ngày sinh» are matters."""
    if found["meant"]:
        return True
    plain, roles = fold(rest), WordRoles(rest)
    if _NO_MATTER.match(plain):
        return False
    told = roles.of("fact", "kin", "number") and not roles.of("topic") and len(roles.typed("unknown")) < 2
    asks = roles.of("asks", "then_what", "who") or roles.asks_yes_or_no
    if found["denied"]:
        paused = bool(found["pause"].strip())
        clear = paused or insists or plain[0].isdigit()
        return (told and clear and not asks and not roles.of("gets", "pays")) or (paused and insists)
    if found["mistake"]:
        apart = bool(found["after"].strip()) or bool(found["oh"])
        return told or (apart and "quen" not in found["mistake"] and not asks)
    return told and not asks and (found["old"] is None or WordRoles(found["old"]).only(*_OF_FACTS))


_OF_FACTS: tuple[WordRole, ...] = ("fact", "number", "unit", "label", "filler", "kin", "address")


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
