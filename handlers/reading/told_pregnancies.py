"""Reads in a sentence when a birth is expected or was, and how many are born together."""

from __future__ import annotations

import datetime
from typing import Literal

from handlers.reading.durations import length
from handlers.reading.moments import Direction, point
from handlers.reading.numbers import DIGIT
from handlers.reading.passages import Mention, Passage
from handlers.reading.words import Phrases, phrases, words
from handlers.reading.years import MONTH
from law.base.month import Month

_LATEST = 24
"""Months for which a birth that was may still be asked about."""
_LONGEST_AHEAD = 14

_BEARS: Phrases[Literal["surely", "maybe"]] = Phrases(
    {
        **phrases(
            "surely",
            "dự sinh | dự kiến sinh | dự kiến sinh con | ngày dự sinh | sắp sinh | sắp sinh con | sẽ sinh",
            "sẽ sinh con",
            "sinh con | sinh em bé | sinh bé | sinh cháu | đẻ | đẻ con | đẻ em bé | sanh con | sắp đẻ | sắp sanh",
            "sinh nở",
            "sinh đôi | sinh ba | song sinh | sanh đôi | mới sinh | vừa sinh | mới sinh con | vừa sinh con | lâm bồn",
            "mới đẻ | vừa đẻ | mới sinh em bé | mới sinh bé | sắp sinh em bé | sắp sinh bé | dự kiến đẻ | vỡ kế hoạch",
            "sinh con gái | sinh con trai | dự kiến sinh em bé",
        ),
        **phrases("maybe", "sinh | sanh"),
    }
)
_AHEAD = words("dự sắp sẽ bầu kịp")
_LATELY = words("mới vừa đã vừa rồi trước qua ngoái")
_WITH_CHILD = Phrases(
    phrases(
        True,
        "bầu | có bầu | mang bầu | mang thai | có thai | đang bầu | bầu bí | chửa | có chửa | thai | thai nhi",
        "bầu đôi | thai đôi | mang thai đôi | bầu song thai",
    )
)
_MONEY_FOR_IT = words("tiền cấp dưỡng")
_WHEN = words("khi lúc hồi")
_LOST = words("sảy sẩy phá lưu hư đình hỏng")
_SO_FAR = words("được đã gần khoảng tầm tới đến nay mới chừng là nhi hơn")
_WEEK = words("tuần")
_MONTHS_OF_A_PREGNANCY, _WEEKS_OF_A_PREGNANCY = 9, 40
_TOGETHER = Phrases(
    {
        **phrases(2, "sinh đôi | sanh đôi | song sinh | thai đôi | bầu đôi | song thai | đẻ sinh đôi | đẻ đôi"),
        **phrases(3, "sinh ba | sanh ba | thai ba | tam thai | đẻ sinh ba | đẻ ba | bầu ba | đẻ sanh ba"),
        **phrases(4, "sinh tư | sanh tư | đẻ tư"),
    }
)
_BEAR = words("sinh sanh đẻ")
_CHILD = words("đứa con bé cháu")
_ONCE = Phrases(phrases(True, "một lúc | một lần | một lượt | cùng lúc | cùng một lúc | 1 lúc | 1 lần | 1 lượt"))
_MOST_TOGETHER = 5
_NOT_THREE = words("năm tháng con lần đứa triệu bốn tr mươi")


def due(passage: Passage, at: int) -> Mention | None:
    """When a birth is expected, or was: «sinh tháng 3 năm sau», «dự sinh 5/2027», «tháng sau sinh»."""
    tokens = passage.tokens
    bears = _BEARS.read(tokens, at)
    if bears is None:
        return _month_first(passage, at)
    if passage.begins(bears[1]) and _month_before(passage, at):  # «tháng 3 đẻ, tháng 10 này mới đóng»
        return None
    surely = bears[0] == "surely"
    turn = _turn(passage, at, bears[1], surely)
    when = point(passage, bears[1], turn)
    if when is None or not isinstance(when[0], Month):
        return None
    return _due_said(passage, when[0], at, when[1])


def _month_before(passage: Passage, at: int) -> bool:
    """Whether the month of the birth stands before it, in its clause."""
    tokens = passage.tokens
    return any(MONTH.get(tokens, place) for place in range(passage.clause_start(at, 6), at))


def _turn(passage: Passage, at: int, after: int, surely: bool) -> Direction | None:
    tokens = passage.tokens
    if not surely:
        return None
    if any(_LATELY.get(tokens, place) for place in range(max(0, at - 1), after)):
        return "past"
    return (
        "coming"
        if any(_AHEAD.get(tokens, place) for place in range(max(0, at - 12), min(len(tokens), at + 16)))
        else None
    )


def _month_first(passage: Passage, at: int) -> Mention | None:
    """«tháng sau em sinh», «tháng 3 năm sau vợ tôi sinh con»."""
    tokens = passage.tokens
    if not MONTH.get(tokens, at) or (at and tokens[at - 1].is_number):
        return None
    when = point(passage, at, None)
    if when is None or not isinstance(when[0], Month) or _WHEN.get(tokens, when[1]):
        return None
    for place in range(when[1], min(when[1] + 4, len(tokens))):
        if passage.begins(place):
            return None
        bears = _BEARS.read(tokens, place)
        if bears and _MONEY_FOR_IT.get(tokens, place - 1):  # «từ tháng 5 có được tiền đẻ không»
            return None
        if bears:
            goes_on = bears[1] < len(tokens) and tokens[bears[1]].is_number
            return None if goes_on else _due_said(passage, when[0], at, when[1])
    return None


def _due_said(passage: Passage, month: Month, first: int, after: int) -> Mention | None:
    away = month - Month.of(passage.today)
    return Mention("due", month, first, after) if -_LATEST <= away <= _LONGEST_AHEAD else None


def with_child(passage: Passage, at: int) -> Mention | None:
    """When a birth is expected, by how far it is: «bầu 4 tháng», «thai 20 tuần»: nine months, forty weeks."""
    tokens = passage.tokens
    said = _WITH_CHILD.read(tokens, at)
    if said is None or (at and (_LOST.get(tokens, at - 1) or _WHEN.get(tokens, at - 1))):
        return None
    here = said[1]
    while here < min(len(tokens), said[1] + 4) and _SO_FAR.get(tokens, here):
        here += 1
    if here < len(tokens) and tokens[here].is_number and _WEEK.get(tokens, here + 1):
        weeks = tokens[here].digits
        if weeks is None or not 1 <= weeks <= _WEEKS_OF_A_PREGNANCY:
            return None
        if _is_lost(passage, here + 2):
            return None
        day = passage.today + datetime.timedelta(weeks=_WEEKS_OF_A_PREGNANCY - weeks)
        return Mention("due", Month.of(day), at, here + 2)
    lasted = length(tokens, here) if here < len(tokens) else None
    if lasted is None or not 1 <= lasted[0] <= _MONTHS_OF_A_PREGNANCY or _is_lost(passage, lasted[1]):
        return None
    return Mention("due", Month.of(passage.today) + (_MONTHS_OF_A_PREGNANCY - lasted[0]), at, lasted[1])


def _is_lost(passage: Passage, at: int) -> bool:
    """«thai 25 tuần bị lưu», «bầu 3 tháng thì sảy»."""
    return any(
        _LOST.get(passage.tokens, place) or passage.tokens[place].fold == "mat"
        for place in range(at, passage.clause_end(at, 4))
    )


def born_together(passage: Passage, at: int) -> Mention | None:
    """«sinh đôi», «đẻ ba», «sanh 3 thì», «đẻ ba đứa một lúc»; «sinh 3 con» were born one by one."""
    tokens = passage.tokens
    counted = _counted_together(passage, at)
    if counted is not None:
        return counted
    said = _TOGETHER.read(tokens, at)
    if said is None or (said[0] >= 3 and _NOT_THREE.get(tokens, said[1])):
        return None
    if tokens[at].fold == "de" and not tokens[at].accents and not (said[0] == 2 and _opens(passage, at, said[1])):
        return None  # «de ba» may be «để bà», «de tu» «để từ»
    if said[0] == 4 and not tokens[said[1] - 1].accents:
        return None
    return Mention("children", said[0], at, said[1])


def _opens(passage: Passage, at: int, after: int) -> bool:
    """«de doi thi sao»: all that a message asks of."""
    beside = passage.tokens[after] if after < len(passage.tokens) else None
    return at <= 1 and not passage.accented and (beside is None or beside.fold in ("thi", "co", "duoc"))


def _counted_together(passage: Passage, at: int) -> Mention | None:
    tokens = passage.tokens
    if not _BEAR.get(tokens, at) or at + 1 >= len(tokens):
        return None
    digits = tokens[at + 1].digits
    number = digits if digits is not None and tokens[at + 1].text == str(digits) else DIGIT.get(tokens, at + 1)
    if number is None or not 1 < number <= _MOST_TOGETHER:
        return None
    if _CHILD.get(tokens, at + 2) and (once := _ONCE.read(tokens, at + 3)):
        return Mention("children", number, at, once[1])
    alone = digits is not None and (passage.begins(at + 2) or tokens[at + 2].fold in ("thi", "lien", "luon"))
    return Mention("children", number, at, at + 2) if alone else None
