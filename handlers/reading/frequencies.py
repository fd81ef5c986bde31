"""Reads how often somebody wants to pay: «hàng tháng», «3 tháng một lần», «theo quý», «nửa năm», «năm»."""

from __future__ import annotations

from typing import Literal

from handlers.reading.numbers import DIGIT, begins_number, cardinal
from handlers.reading.words import Found, Phrases, Tokens, answer_of, is_one, only, only_values, skipping, words

Frequency = Literal[1, 3, 6, 12]

_UNITS: dict[str, Frequency] = {"tháng": 1, "quý": 3, "năm": 12}
_EVERY = words("hàng hằng mỗi từng theo cứ")
_PAYS_IN = words("đóng nộp chọn kỳ góp mua")
_HANG = words("hàng hằng")
_BEGINS = words("hàng hằng mỗi từng theo cứ cả trọn nửa nguyên tháng th thg t quý quí năm")
"""Of a way of paying the first word, where it is no number."""
_THIS_OR_THAT = words("nay ngoái tới kia")
_EACH_ITS_OWN: Phrases[Frequency] = Phrases(
    {
        f"{unit} nào {pay} {unit} {that}": months
        for unit, months in _UNITS.items()
        for pay in ("đóng", "nộp", "trả", "góp")
        for that in ("đó", "ấy", "đấy", "nấy")
    }
)
_UNIT = words("tháng th thg quý quí năm")
_NO_PERIOD = words("thiếu mấy số nhiều chục mươi")
_FROM = words("từ")
_OR = words("hay hoặc")
_HOW_MANY = words("mấy nhiêu")
_GETS = words("nhận lãnh lĩnh hưởng cấp lương rút")
_WHOLE = words("cả trọn nửa nguyên")
_MONTH = words("tháng th thg t")
_QUARTER = words("quý quí")
_RULES = words("định trình chế mô đổi nào")
"""«theo quy định» without its accents is no quarter."""
_YEAR = words("năm")
_HALF = words("nửa")
_TIMES = words("lần bận kỳ đợt lượt thể cữ kì cục lúc")
_PAY = words("đóng nộp trả theo chọn góp mua")
_COSTS = words("hết tốn")
_ASKS_A_SUM = words("mấy nhiêu nhiu")
_OF_A_SUM = words(
    "thì là phải cần đóng nộp trả góp hết tốn mất tiền tất cả tổng cộng thảy mình tôi em bao nhiêu nhiu mấy"
)
"""What may stand between a period and the «bao nhiêu» of its price."""
_LEVEL = words("mức thấp cao nhất tối thiểu đa")
_MOST_BETWEEN = 7
_OTHER_UNITS = words("năm tháng lần tuổi phần ngày người kỳ đợt")
_DONE = words("đã được rồi từng xong")
_ASKED = words("thì hết mất là bao nhiêu nhiêu nộp đóng được tiền")
_MONTHS_ALONE = {"6": 6, "12": 12}
"""«1» and «3» alone may be the place of a button."""
_skip_frequency = skipping(
    "đóng nộp trả chọn muốn cho phương thức mức định kỳ kiểu cách theo được đi xin đăng ký cả trọn"
)


def frequency(text: str) -> Frequency | None:
    """Every how many months a message wants to pay: 1, 3, 6 or 12; None for anything else («2 tháng»)."""
    tokens = answer_of(text)
    found = only(only_values(tokens, lambda tokens, at: _every(tokens, at)[0], _skip_frequency))
    return _offered(found)


def frequencies_in(tokens: Tokens) -> list[tuple[Frequency, int, int]]:
    """Every way of paying named in a sentence and where: «đóng hàng tháng», «theo quý», «3 tháng một lần»."""
    found: list[tuple[Frequency, int, int]] = []
    at = 0
    while at < len(tokens):
        each = _EACH_ITS_OWN.read(tokens, at)
        if each:
            found.append((each[0], at, each[1]))
            at = each[1]
            continue
        here, times = (None, False) if not _may_begin(tokens, at) or _counted_before(tokens, at) else _every(tokens, at)
        if here is None:
            at += 1
            continue
        whole = _EVERY.get(tokens, at) or _WHOLE.get(tokens, at) or _is_a_quarter(tokens, at)
        paid = at > 0 and _PAYS_IN.get(tokens, at - 1) and whole
        by = tokens[at].fold == "theo" and not any(_GETS.get(tokens, place) for place in range(max(0, at - 5), at))
        months = _offered(here[0])
        if months is None:
            at = at + 1 if tokens[at].glued and tokens[at].is_number else here[1]  # «2tr5 năm đóng một lần»
            continue
        alone = bool(_HANG.get(tokens, at)) and tokens[at].gap == 1 and _ends(tokens, here[1])
        costs = months > 1 and _COSTS.get(tokens, here[1])  # «một quý hết bao nhiêu»
        priced = months > 1 and _is_priced(tokens, at, here[1])
        short = here[1] == at + 1 and not (paid and _is_a_quarter(tokens, at))
        if not (times or paid or by or alone or costs or priced) or short:
            at += 1
            continue
        if _OR.get(tokens, at - 1) or _OR.get(tokens, here[1]):
            return []
        if _HOW_MANY.get(tokens, at - 1) and not priced:
            at = here[1]
            continue
        found.append((months, at, here[1]))
        at = here[1]
    return found


def _may_begin(tokens: Tokens, at: int) -> bool:
    return begins_number(tokens, at) or _BEGINS.get(tokens, at) is True


def _is_a_quarter(tokens: Tokens, at: int) -> bool:
    return bool(_QUARTER.get(tokens, at)) and not _RULES.get(tokens, at + 1)


def _is_priced(tokens: Tokens, first: int, after: int) -> bool:
    """Whether the price of a period is asked: «một năm phải đóng hết bao nhiêu», «đóng bao nhiêu 1 năm», «đóng 6 tháng
    mức thấp nhất bao nhiêu tiền»; not what such a time of paying brings."""
    start = max(0, first - 5)
    before = range(start, first)
    if any(_GETS.get(tokens, place) or _DONE.get(tokens, place) for place in before):
        return False
    pays = any(_PAYS_IN.get(tokens, place) for place in before)
    asked_at = first - 2 if first > 1 and tokens[first - 1].fold == "tien" else first - 1
    if (
        asked_at >= 0
        and _ASKS_A_SUM.get(tokens, asked_at)
        and pays
        and not any(_GETS.get(tokens, place) for place in range(after, min(len(tokens), after + 2)))
    ):
        return True
    here = after
    while here < min(len(tokens), after + _MOST_BETWEEN) and (_OF_A_SUM.get(tokens, here) or _LEVEL.get(tokens, here)):
        pays = pays or bool(_PAYS_IN.get(tokens, here) or _COSTS.get(tokens, here))
        here += 1
    asked = any(_ASKS_A_SUM.get(tokens, place) for place in range(after, here))
    return pays and asked and not _OTHER_UNITS.get(tokens, here) and not _GETS.get(tokens, here)


def _ends(tokens: Tokens, at: int) -> bool:
    return at >= len(tokens) or tokens[at].gap > 0


def _counted_before(tokens: Tokens, at: int) -> bool:
    """Whether a unit there belongs to a number before it («15 năm một lần»), or is no time («theo năm sinh»)."""
    if (
        at
        and _UNIT.get(tokens, at)
        and ((tokens[at - 1].is_number and not tokens[at - 1].glued) or _NO_PERIOD.get(tokens, at - 1))
    ):
        return True
    if at > 1 and _FROM.get(tokens, at - 2) and _PAYS_IN.get(tokens, at - 1):  # «chuyển từ đóng hàng quý sang …»
        return True
    return at + 2 < len(tokens) and tokens[at].fold == "theo" and tokens[at + 2].fold == "sinh"


def _offered(months: int | None) -> Frequency | None:
    match months:
        case 1 | 3 | 6 | 12:
            return months
        case _:
            return None


def _every(tokens: Tokens, at: int) -> tuple[Found[int] | None, bool]:
    """Every how many months, and where it ends; and whether «lần» was said with it."""
    here, times = at, False
    half = _HALF.get(tokens, at) is True
    if is_one(tokens, here) and _TIMES.get(tokens, here + 1):  # «1 lần 3 tháng»
        here, times = here + 2, True
    if _EVERY.get(tokens, here) or (_WHOLE.get(tokens, here) and _YEAR.get(tokens, here + 1) and not half):
        here += 1
    period = _period(tokens, here)
    if period is None:
        return None, False
    months, here = period
    if here < len(tokens) and tokens[here].text == "/":
        here += 1
        if _TIMES.get(tokens, here):  # «6 tháng/lần»
            return (months, here + 1), True
    pay = here + 1 if _PAY.get(tokens, here) else here
    digit = tokens[pay].digits if pay < len(tokens) and tokens[pay].is_number else DIGIT.get(tokens, pay)
    if digit and _TIMES.get(tokens, pay + 1):  # «một năm hai lần»
        return ((months // digit, pay + 2), True) if months % digit == 0 else (None, False)
    once = months > 1 and is_one(tokens, here) and (_ends(tokens, here + 1) or bool(_ASKED.get(tokens, here + 1)))
    return (months, here + 1 if once else here), times or once  # «3 tháng một», «6 tháng một thì hết bao nhiêu»


def _period(tokens: Tokens, at: int) -> Found[int] | None:
    if _HALF.get(tokens, at) and _YEAR.get(tokens, at + 1):
        return 6, at + 2
    count, unit = 1, at
    if at < len(tokens) and tokens[at].is_number:
        digits = tokens[at].digits
        if digits is None or digits > 12:
            return None
        count, unit = digits, at + 1
        if at + 1 == len(tokens) and tokens[at].text in _MONTHS_ALONE:
            return _MONTHS_ALONE[tokens[at].text], at + 1
    elif said := cardinal(tokens, at):
        one_year = said[0] == 1 and _YEAR.get(tokens, said[1])
        if one_year or _MONTH.get(tokens, said[1]) or _QUARTER.get(tokens, said[1]):
            count, unit = said
    for name, months in ((_MONTH, 1), (_QUARTER, 3), (_YEAR, 12)):
        if name.get(tokens, unit) and not (name is _QUARTER and _RULES.get(tokens, unit + 1)):
            one_of_many = unit == at and _THIS_OR_THAT.get(tokens, unit + 1)  # «đóng cả năm nay»
            return None if one_of_many else (count * months, unit + 1)
    return None
