"""Reads in a sentence for how long is paid at once: «gom nửa năm», «đóng luôn một lần cho 3 năm», «nộp trước 5 năm»."""

from __future__ import annotations

from handlers.reading.durations import length
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.words import Found, Phrases, Tokens, is_one, phrases, words

_PAYS = Phrases(
    phrases(
        True,
        "đóng | nộp | trả | mua | góp | đóng tiền | nộp tiền | đóng bảo hiểm | đóng bảo hiểm xã hội | mua bảo hiểm",
        "tham gia | đóng tự nguyện | đóng bảo hiểm xã hội tự nguyện | chồng tiền",
    )
)
_GATHERS = Phrases(
    phrases(
        True,
        "gom | gộp | dồn | gom lại | gộp lại | dồn lại | đóng gộp | đóng dồn | nộp dồn | nộp gộp | đóng gom | gom góp",
        "nộp gom | gom luôn | gộp chung | gom chung | gom tiền | dồn tiền",
    )
)
_AT_ONCE = Phrases(
    phrases(
        True,
        "luôn một lần | một lần | một lượt | một cục | một thể | một phát | một mạch | một hơi | một lúc | một lèo",
        "luôn một lượt | luôn một cục | luôn một thể | luôn | hẳn | nguyên | cả | trọn | trước | trước một lần | sẵn",
        "1 lần | 1 lượt | 1 cục | 1 thể | 1 phát | 1 mạch | 1 hơi | 1 lúc | 1 lèo | luôn 1 lần | luôn 1 lượt | 1 lèo",
        "luôn 1 cục | luôn 1 thể | nguyên cục | dồn | gộp | gom | liền một lúc | liền một lần | liền 1 lúc",
        "liền 1 lần",
        "một đợt | 1 đợt | một bận | 1 bận | trước luôn | luôn trước | trước một lúc | trước 1 lần | liền tù tì",
    )
)
_AT_ONCE_BEHIND = Phrases(
    phrases(
        True,
        "luôn một lần | một lần | một lượt | một cục | một thể | một phát | một mạch | một hơi | một lúc | một lèo",
        "1 lần | 1 lượt | 1 cục | 1 thể | 1 phát | 1 mạch | 1 hơi | 1 lúc | luôn 1 lần | luôn 1 lượt | luôn 1 cục",
        "luôn | luôn một lượt | luôn một cục | luôn một thể | một đợt | 1 đợt | một bận | 1 bận | nguyên cục",
        "liền một lúc | liền một lần | trước một lần | trước luôn | liền 1 lúc | 1 lèo",
    )
)
_BETWEEN = words("cho là đủ tròn luôn hết trong tới tiền lại thêm khoảng chừng cỡ tầm những một chung phí")
_NEXT = words("tới sau nữa")
_WHOLE = words("nguyên cả trọn hẳn luôn hết tròn")
_YEAR, _QUARTER = words("năm"), words("quý")
_ONE_OF_MANY = words("mà trời không chưa nay ngoái sau tới trước rồi kia sinh nào")
_MISSING = Cues(
    Phrases(
        phrases(
            True,
            "còn thiếu | thiếu | còn lại | nốt | bù | rút | lãnh | lĩnh | nhận | hưởng | truy đóng | đòi | hoàn",
            "trả lại | lấy lại",
        )
    )
)
_DONE = Cues(
    Phrases(phrases(True, "đã | đang | từng | đóng được | nộp được | mới đóng | mới nộp | lỡ | vừa đóng | vừa nộp"))
)
_OVER, _OR = words("rồi"), words("hay hoặc")
_OFFERED = (3, 6, 12)
_LONGEST = 120
_REACH = 8


def at_once(passage: Passage, at: int) -> Mention | None:
    """For how long is paid at once: a year at most is a way of paying, beyond it is paid ahead."""
    tokens = passage.tokens
    gathers = _GATHERS.read(tokens, at)
    pays = gathers or _PAYS.read(tokens, at)
    if pays is None:
        return _length_first(passage, at)
    here, once = pays[1], gathers is not None
    while here < min(len(tokens), pays[1] + _REACH) and not (passage.begins(here) and here > pays[1]):
        said = _whole(tokens, here)
        once = once or said is not None
        said = said or length(tokens, here)
        if said is not None:
            break
        cue = _AT_ONCE.read(tokens, here)
        if cue:
            once, here = True, cue[1]
        elif _BETWEEN.get(tokens, here):
            here += 1
        else:
            return None
    else:
        return None
    months, after = said
    if _NEXT.get(tokens, after):
        once_before_next, after = True, after + 1
        once = once or not once_before_next
    behind = _behind(tokens, after)
    return _told(passage, at, months, behind or after) if once or behind else None


def _length_first(passage: Passage, at: int) -> Mention | None:
    """«5 năm đóng một lần», «12 tháng nộp một thể»."""
    tokens = passage.tokens
    begins = (tokens[at].is_number and not tokens[at].glued) or bool(tokens[at].accents)
    said = length(tokens, at) if begins else None
    if said is None:
        return None
    pays = _PAYS.read(tokens, said[1])
    behind = _AT_ONCE_BEHIND.read(tokens, pays[1]) if pays else None
    return None if behind is None else _told(passage, at, said[0], behind[1])


def _whole(tokens: Tokens, at: int) -> Found[int] | None:
    """A whole year or quarter: «nguyên năm», «luôn một năm»."""
    here, told = at, False
    while _WHOLE.get(tokens, here):
        here, told = here + 1, True
    if told and is_one(tokens, here):
        here += 1
    for name, months in ((_YEAR, 12), (_QUARTER, 3)):
        if told and name.get(tokens, here) and not _ONE_OF_MANY.get(tokens, here + 1):
            if here + 1 < len(tokens) and tokens[here + 1].is_number:
                return None
            return months, here + 1
    return None


def _behind(tokens: Tokens, at: int) -> int | None:
    """Past «nộp một thể», «luôn» behind the length."""
    pays = _PAYS.read(tokens, at)
    said = _AT_ONCE_BEHIND.read(tokens, pays[1] if pays else at)
    return said[1] if said else None


def _told(passage: Passage, first: int, months: int, after: int) -> Mention | None:
    tokens = passage.tokens
    start, end = passage.clause_start(first), passage.clause_end(after, 6)
    if _MISSING.any(tokens, start, end) or _DONE.any(tokens, start, after) or _OVER.get(tokens, after):
        return None
    if _OR.get(tokens, first - 1) or _OR.get(tokens, after):
        return None
    if months in _OFFERED:
        return Mention("every", months, first, after)
    return Mention("ahead", months, first, after) if max(_OFFERED) < months <= _LONGEST else None
