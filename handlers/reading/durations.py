"""Reads how long somebody has paid, in months: «7 năm rưỡi», «7 nam 6 thang», «7n6t», «chưa đóng».

None for what can be two things: «7» (years or months?), «7-8 năm», «7 năm mấy tháng», «từ 2018 tới nay»,
«5,3 năm» (five years and three months, or three tenths?), «chưa đủ 15 năm», «không nhớ».
"""

from __future__ import annotations

import re
from fractions import Fraction

from handlers.reading.numbers import DIGIT, cardinal
from handlers.reading.words import (
    Found,
    Phrases,
    Tokens,
    answer_of,
    only,
    only_values,
    phrases,
    skipping,
    words,
)

_LONGEST = 60 * 12
_YEAR = words("năm")
_MONTH = words("tháng th thg")
_TEN, _NOT_TEN = words("chục"), words("hơn gần trên mấy vài")
_HALF_MORE = words("rưỡi rữi")
_HALF = words("nửa")
_AND = words("và với lẻ cộng thêm")
_EASY_FRACTIONS = {"5": Fraction(1, 2), "25": Fraction(1, 4), "75": Fraction(3, 4)}
_NOT_YET = Phrases(
    phrases(
        True,
        "chưa | không | ko | hông | hổng | hong | chẳng | chả | k | kh | hk | chưa hề | chưa từng | lần đầu",
        "lần đầu tiên | chưa bao giờ",
        "chưa lần nào",
    )
)
_NOTHING = Phrases(
    phrases(
        True,
        "nộp | góp | bữa nào | xu nào | cắc nào | chi | chi hết | cái gì | được đồng nào | được bữa nào | gì ráo",
        "ai đóng",
        "đóng được | nộp được | được xu nào | kỳ nào | hồi nào | gì hết trơn | được tháng nào | được lần nào",
        "đóng | tham gia | mua | có | có gì | gì | gì cả | gì hết | bao giờ | lần nào | năm nào",
        "tháng nào | ngày nào",
        "một năm nào | một tháng nào | một ngày nào | đồng nào | được năm nào | được tháng nào | bhxh",
        "bảo hiểm",
        "bảo hiểm xã hội | bhxh tự nguyện | bảo hiểm tự nguyện | bảo hiểm xã hội tự nguyện | đóng gì",
        "hề | từng | đóng gì hết | đóng gì cả | mới định đóng | định đóng | mới tính đóng | đang tính đóng",
    )
)
_ZERO = re.compile(r"0+")
_NO_LENGTH_AFTER = words("sinh sn ns từ đến tới thứ tháng")
_NOT_ONLY_A_DIGIT = words("năm ba sáu tư tám")

_skip = skipping(
    "khoảng tầm chừng cỡ độ gần hơn chắc hình như áng ngót trên cũng được đã đóng bhxh bảo hiểm xã hội",
    "tự nguyện",
    "tổng cộng tất cả đủ tròn có mới tham gia rồi thời gian trong đâu đó đúng tính đến nay",
)


def duration_months(text: str) -> int | None:
    """The length of time a message consists of, in whole months; 0 for «chưa đóng»; None when unclear."""
    tokens = answer_of(text)
    if _not_yet(tokens):
        return 0
    return only(only_values(tokens, lambda tokens, at: _said_short(tokens, at) or length(tokens, at), _skip))


def _said_short(tokens: Tokens, at: int) -> Found[int] | None:
    """What is a length of time only where one was asked for: «7 rưỡi», «7n6», «90t»."""
    if _TEN.get(tokens, at) and _YEAR.get(tokens, at + 1) and not _NOT_TEN.get(tokens, at - 1):  # «khoảng chục năm»
        return 120, at + 2
    counted = None if _YEAR.get(tokens, at) else _count(tokens, at)
    if counted is None or counted[0].denominator != 1 or not 0 < counted[0] * 12 <= _LONGEST * 12:
        return None
    count, after = int(counted[0]), counted[1]
    if _HALF_MORE.get(tokens, after):
        return (count * 12 + 6, after + 1) if count * 12 <= _LONGEST else None
    if after < len(tokens) and tokens[after].text == "t" and tokens[after].glued and tokens[at].is_number:
        return (count, after + 1) if count <= _LONGEST else None
    if after + 2 != len(tokens) or (tokens[after].text, tokens[after].glued) != ("n", True) or count * 12 > _LONGEST:
        return None
    months = tokens[after + 1].digits
    return None if months is None or not 0 < months < 12 else (count * 12 + months, after + 2)


def lengths_in(tokens: Tokens) -> list[tuple[int, int, int]]:
    """Every length of time in a sentence, in months, and where; not «7-8 năm», «thứ 3 năm», «sinh 75 năm»."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(tokens):
        here = length(tokens, at) if _may_start(tokens, at) else None
        if here is None:
            at += 1
            continue
        if not _between_two(tokens, at):
            found.append((here[0], at, here[1]))
        at = here[1]
    return found


def _may_start(tokens: Tokens, at: int) -> bool:
    """Whether a length may start there in a sentence: a number, or number words that are no other words."""
    if at and _NO_LENGTH_AFTER.get(tokens, at - 1):
        return False
    if at and (tokens[at - 1].fold in ("thang", "nam") or tokens[at - 1].text in "/-") and not _of_a_man(tokens, at):
        return False
    if at > 1 and tokens[at - 1].fold == "nam" and tokens[at - 2].fold in ("sinh", "sn"):
        return False
    if tokens[at].is_number or tokens[at].accents:
        return not _YEAR.get(tokens, at) or not tokens[at].accents or DIGIT.get(tokens, at + 1) is not None
    return not _NOT_ONLY_A_DIGIT.get(tokens, at)


_BUT = words("còn thế vậy rứa nếu là thì")


def _of_a_man(tokens: Tokens, at: int) -> bool:
    """«nam 35 năm», «còn nam 20 năm»: for so long, of a man, where a message begins with him."""
    if tokens[at - 1].text != "nam" or not (tokens[at].is_number and _YEAR.get(tokens, at + 1)):
        return False
    return at == 1 or (at <= _OPENING and all(_BUT.get(tokens, place) for place in range(at - 1)))


_OPENING = 3
"""Words with which such a message begins, its «nam» counted."""


def _between_two(tokens: Tokens, at: int) -> bool:
    """«7 8 năm», «bảy tám năm»."""
    if at == 0:
        return False
    before = tokens[at - 1]
    said = DIGIT.get(tokens, at - 1) is not None and not _NOT_ONLY_A_DIGIT.get(tokens, at - 1)
    return said or (before.is_number and len(before.text) <= 2)


def length(tokens: Tokens, at: int) -> Found[int] | None:
    """The length of time there, in months, and where it ends."""
    found = _years_and_months(tokens, at)
    if found is None or found[0] > _LONGEST:
        return None
    following = tokens[found[1]] if found[1] < len(tokens) else None
    if following and (
        following.text in "/-%" or (following.is_number and len(following.text) >= 4 and not following.gap)
    ):
        return None
    return found


def _years_and_months(tokens: Tokens, at: int) -> Found[int] | None:
    if _HALF.get(tokens, at) and _YEAR.get(tokens, at + 1):
        return 6, at + 2
    if _YEAR.get(tokens, at) and _HALF_MORE.get(tokens, at + 1):
        return 18, at + 2
    counted = _count(tokens, at)
    if counted is None:
        return None
    count, after = counted
    if _MONTH.get(tokens, after):
        return (int(count), after + 1) if count.denominator == 1 else None
    letter = after < len(tokens) and tokens[after].text == "n" and tokens[after].glued
    if not (_YEAR.get(tokens, after) or letter):
        return None
    months = count * 12
    if months.denominator != 1:
        return None
    after += 1
    half = _HALF.get(tokens, after) and tokens[after].text == "nửa"  # «3 nam nua» without accents is «nữa»
    if _HALF_MORE.get(tokens, after) or half:
        return (int(months) + 6, after + 1) if count.denominator == 1 else None
    rest = _months_left(tokens, after)
    return (int(months) + rest[0], rest[1]) if rest and count.denominator == 1 else (int(months), after)


def _months_left(tokens: Tokens, at: int) -> Found[int] | None:
    """«6 tháng», «lẻ 6 tháng», «6t» after the years, 0 to 11."""
    here = at + 1 if _AND.get(tokens, at) else at
    counted = _count(tokens, here)
    if counted is None:
        return None
    count, after = counted
    unit = _MONTH.get(tokens, after) or (after < len(tokens) and tokens[after].text == "t")
    return (int(count), after + 1) if unit and count.denominator == 1 and 0 <= count < 12 else None


def _count(tokens: Tokens, at: int) -> Found[Fraction] | None:
    """How many: «7», «7,5», «mười lăm», «mười năm» before another «năm»."""
    said = cardinal(tokens, at)
    if said is None and at < len(tokens) and tokens[at].is_number:
        head, sign, tail = tokens[at].text.replace(",", ".").partition(".")
        if len(head) > 3 or (sign and tail not in _EASY_FRACTIONS):
            return None
        return int(head) + (_EASY_FRACTIONS[tail] if sign else Fraction(0)), at + 1
    return None if said is None else (Fraction(said[0]), said[1])


def _not_yet(tokens: Tokens) -> bool:
    """Whether the message says that nothing was paid yet: «chưa», «0 năm», «chưa tham gia bao giờ»."""
    said = only_values(tokens, _nothing_paid, _skip_polite)
    return bool(said) and said[0] == "none" and all(one != "none" for one in said[1:])


def _nothing_paid(tokens: Tokens, at: int) -> Found[str] | None:
    not_yet = _NOT_YET.read(tokens, at)
    if not_yet:
        return "none", not_yet[1]
    nothing = _NOTHING.read(tokens, at)
    if nothing:
        return "of it", nothing[1]
    if tokens[at].is_number and _ZERO.fullmatch(tokens[at].text):
        unit = _YEAR.get(tokens, at + 1) or _MONTH.get(tokens, at + 1)
        return "none", at + 2 if unit else at + 1
    return None


_skip_polite = skipping()
