"""Cuts a sentence on what somebody paid into pieces: the kind, from, to, how long, the income."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.reading.amount_grammar import MONTH, amount
from handlers.reading.durations import length
from handlers.reading.words import Found, Phrases, Tokens, is_one, phrases, tokens_of, words
from law.pension.history import Scheme

SCHEME: Phrases[Scheme] = Phrases(
    {
        **phrases("voluntary", "tự nguyện | bhxh tự nguyện | bảo hiểm tự nguyện | bảo hiểm xã hội tự nguyện | bhtn"),
        **phrases("voluntary", "bhxh tn | bh tn | bhxhtn | đóng tn | tham gia tn"),
        **phrases("compulsory", "bb | bhxh bb | bh bb | bhxhbb | bhbb"),
        **phrases("compulsory", "bắt buộc | bhxh bắt buộc | bảo hiểm bắt buộc | bảo hiểm xã hội bắt buộc"),
        **phrases("compulsory", "công ty | cty | công nhân | nhà máy | xí nghiệp | doanh nghiệp | khu công nghiệp"),
        **phrases(
            "compulsory", "làm hãng | hãng giày | hãng may | hãng xưởng | làm mỏ | thợ mỏ | thợ lò | hầm lò | mỏ than"
        ),
        **phrases("compulsory", "cơ quan | nhà nước | công chức | viên chức | giáo viên | cán bộ | làm thuê | kcn"),
    }
)
_FROM = Phrases(phrases(True, "từ | bắt đầu | bắt đầu từ | kể từ | tính từ"))
_UNTIL = Phrases(phrases(True, "đến | tới | cho đến | cho tới | đến hết | tới hết | đến khi | - | thì nghỉ"))
_STOPPED = Phrases(
    phrases(
        True,
        "nghỉ | nghỉ việc | nghỉ làm | thôi việc | thôi làm | dừng | ngừng | dừng đóng | ngừng đóng | hết | nghỉ đóng",
        "ngưng | ngưng đóng | bỏ đóng | thôi đóng",
    )
)
_NOW = Phrases(phrases(True, "nay | giờ | bây giờ | hiện nay | hiện tại | hôm nay | tháng này | bh | chừ | bây chừ"))
_FEW = 6
"""Words that may stand before a date, or between it and what was done then."""
_BEFORE_A_DATE = words("năm vào hồi cuối đầu giữa khoảng tầm lúc hết từ ngày")
_YEAR_WORD = words("năm")
_EVERY = words("mỗi một hàng hằng từng")
_ASKS = Phrases(
    phrases(
        True,
        "bao nhiêu | không | chưa | gì | nào | sao | thế nào | khi nào | hay | hoặc | nếu | muốn | định | sẽ | rút",
        "hỏi | ai | phải | tuổi | sinh | nữa | thiếu | vài | dưới",
    )
)
_BESIDE = Phrases(
    phrases(
        True,
        "chưa rút | chưa rút một lần | chưa lấy một lần | chưa lĩnh một lần | không rút | chưa đóng lại",
        "chưa đóng tiếp | chưa đóng thêm | chưa tham gia lại | không đóng nữa | không làm nữa | từ đó đến nay",
        "từ đó tới nay | từ đó đến giờ | từ đó tới giờ | từ đó",
        "không đóng công ty bao giờ | không đóng công ty | chưa đóng công ty bao giờ | không có đóng công ty",
        "không đóng bắt buộc bao giờ | không đóng bắt buộc | chưa đóng bắt buộc bao giờ | không đi công ty bao giờ",
    )
)
"""Said beside a history, and no question: that nothing was withdrawn, or paid since."""
_LEFT = Phrases(phrases(True, "nghỉ | ngừng | ngưng | dừng | bỏ | thôi | ở nhà"))
_FOR_GOOD = words("luôn hẳn không đóng việc làm ở nhà")
_TILL = Phrases(phrases(True, "đến | tới | cho đến | cho tới"))
_SCALE = Phrases(phrases(True, "hệ số | hs"))
"""«hệ số 3,33» of a State scale is no wage; that is asked."""
_WHO = words("tôi tui em mình chị anh cháu con bác cô chú thì là mới lại có ra xin")
_BEGAN = Phrases(
    phrases(
        True,
        "vào làm | vào | bắt đầu | bắt đầu làm | bắt đầu đóng | bắt đầu vào | đi làm | làm | mua | tham gia | đóng",
        "đóng lại",
    )
)
_HOW_MANY = "mấy"
"""Only with its accent: without it it is the sewing of garments."""
_YEARS = range(1950, 2101)
_CLAUSE = re.compile(r"[,;](?!\d)|\.(?!\d)|\n|(?<![^\W_])(?:rồi|roi|sau đó|sau do|xong)(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MonthOrYear:
    """A month, or a year without its month."""

    year: int
    month: int | None = None


NOW = "now"
_Slot = Literal["scheme", "from", "to", "length", "income"]


@dataclass(frozen=True, slots=True)
class Event:
    """One piece: what it is about, and its value (`rough`: a length in whole years)."""

    slot: _Slot
    value: int | str | MonthOrYear
    rough: bool = False


def pieces_said(text: str) -> tuple[list[Event], set[int]] | None:
    """The pieces in order, and before which of them a clause begins; None for what is no history."""
    events: list[Event] = []
    edges: set[int] = set()
    for clause in _CLAUSE.split(text):
        found = _pieces(tokens_of(clause))
        if found is None:
            return None
        if any(event.slot != "income" for event in found):  # a wage alone belongs to what was said before it
            edges.add(len(events))
        events += found
    return (events, edges | {0}) if events else None


def _pieces(tokens: Tokens) -> list[Event] | None:
    found: list[Event] = []
    at = 0
    while at < len(tokens):
        here = _piece(tokens, at)
        if here is not None:
            found += here[0]
            at = here[1]
            continue
        if tokens[at].is_number or tokens[at].text == _HOW_MANY or tokens[at].text in "%<>" or _ASKS.read(tokens, at):
            return None
        at += 1
    return found


def _piece(tokens: Tokens, at: int) -> Found[list[Event]] | None:
    kind = SCHEME.read(tokens, at)
    if kind:
        return [Event("scheme", kind[0])], kind[1]
    beside = _BESIDE.read(tokens, at)
    if beside:
        return [], beside[1]
    left = _left_till_now(tokens, at)
    if left is not None:
        return [], left
    scale = _SCALE.read(tokens, at)
    if scale and scale[1] < len(tokens) and tokens[scale[1]].is_number:
        return [], scale[1] + 1
    every = _every_month(tokens, at)
    if every is not None and amount(tokens, every):
        return [], every
    paid = amount(tokens, at)
    if paid:
        return [Event("income", paid[0])], _every_month(tokens, paid[1]) or paid[1]
    return _ended(tokens, at) or _begun(tokens, at) or _lasted(tokens, at)


def _left_till_now(tokens: Tokens, at: int) -> int | None:
    """Past «nghỉ hẳn tới giờ», «nghỉ việc ở nhà đến nay»: that nothing was paid since; None where it is not said."""
    left = _LEFT.read(tokens, at)
    if left is None:
        return None
    here = left[1]
    while here < min(len(tokens), left[1] + _FEW) and _FOR_GOOD.get(tokens, here):
        here += 1
    till = _TILL.read(tokens, here)
    now = None if till is None else _NOW.read(tokens, till[1])
    return None if now is None else now[1]


def _every_month(tokens: Tokens, at: int) -> int | None:
    """Past «một tháng», «/tháng», «mỗi tháng» beside an amount."""
    if at >= len(tokens):
        return None
    per = tokens[at].text == "/" or _EVERY.get(tokens, at) or is_one(tokens, at)
    return at + 2 if per and MONTH.get(tokens, at + 1) else None


def _begun(tokens: Tokens, at: int) -> Found[list[Event]] | None:
    """«từ 2013», «2013» before «đến» or a dash, «2013 tôi vào làm»; and the end told so: «2021 tôi nghỉ»."""
    said = _FROM.read(tokens, at)
    if said:
        point = _point(tokens, said[1])
        return ([Event("from", point[0])], point[1]) if point else None
    point = _point(tokens, at)
    if point is None:
        return None
    if _ended(tokens, point[1]) is not None:
        return [Event("from", point[0])], point[1]
    then = point[1]
    while then < point[1] + _FEW and _WHO.get(tokens, then):
        then += 1
    stopped = _STOPPED.read(tokens, then)
    if stopped:
        return [Event("to", point[0])], stopped[1]
    return ([Event("from", point[0])], then) if _BEGAN.read(tokens, then) else None


def _ended(tokens: Tokens, at: int) -> Found[list[Event]] | None:
    """«đến 2021», «- 2/2017», «nghỉ 2021», «đến nay», and the «nay» of «3 năm nay»."""
    for words_before in (_UNTIL, _STOPPED):
        said = words_before.read(tokens, at)
        if not said:
            continue
        point = _point(tokens, said[1])
        if point:
            return [Event("to", point[0])], point[1]
        now = _NOW.read(tokens, said[1]) if words_before is _UNTIL else None
        if now:
            return [Event("to", NOW)], now[1]
    return None


def _lasted(tokens: Tokens, at: int) -> Found[list[Event]] | None:
    lasted = length(tokens, at)
    if lasted is None or not lasted[0]:
        return None
    months, after = lasted
    said_months = any(MONTH.get(tokens, place) or tokens[place].text == "t" for place in range(at, after))
    events = [Event("length", months, rough=not said_months)]
    now = _NOW.read(tokens, after)
    return ([*events, Event("to", NOW)], now[1]) if now else (events, after)


def _point(tokens: Tokens, at: int) -> Found[MonthOrYear] | None:
    """«2015», «năm 2015», «3/2015», «tháng 3 năm 2015», «1/3/2015», «03.2015»."""
    first = at
    while at < first + _FEW and _BEFORE_A_DATE.get(tokens, at):
        at += 1
    named = MONTH.get(tokens, at) or (at < len(tokens) and tokens[at].text == "t")
    numbers, here = _numbers(tokens, at + 1 if named else at)
    if not numbers or numbers[-1] not in _YEARS or len(numbers) > 3:
        return None
    if len(numbers) == 1:
        return None if named else (MonthOrYear(numbers[0]), here)
    month = numbers[-2]
    return (MonthOrYear(numbers[-1], month), here) if 1 <= month <= 12 else None


def _numbers(tokens: Tokens, at: int) -> tuple[list[int], int]:
    """The numbers of a date up to its year, set apart by «/», «-», «năm» or a dot, and where they end."""
    numbers: list[int] = []
    while at < len(tokens) and tokens[at].is_number and len(numbers) < 3:
        parts = re.split(r"[.,]", tokens[at].text)
        if any(len(part) > 4 for part in parts):
            return [], at
        numbers += [int(part) for part in parts]
        at += 1
        if numbers[-1] in _YEARS:
            break
        if at < len(tokens) and (tokens[at].text in "/-" or _YEAR_WORD.get(tokens, at)):
            at += 1
    return numbers, at


# --- the pieces within a longer text --------------------------------------------------------------------

_PLANS = Phrases(
    phrases(
        True,
        "giờ | bây giờ | nay | chừ | bây chừ | muốn | định | sẽ | nếu | thì | đóng tiếp | cho đủ | tính | dự định",
        "hỏi",
        "được không | hiện giờ | bi giờ | đóng nữa | đóng thêm | tới hưu | đến hưu | về già",
    )
)
"""From here on a clause tells of what is to come; what is paid for then is no history."""
_WITHDRAWN = Phrases(
    phrases(
        True,
        "đã rút | rút rồi | rút hết rồi | rút một lần rồi | lãnh một lần rồi | đã lãnh một lần | đã nhận một lần",
        "rút xong",
        "nhận một lần rồi | rút hết | lãnh 1 lần rồi | rút 1 lần rồi | đã lãnh 1 lần",
    )
)
_NEXT_CLAUSE = Phrases(phrases(True, "rồi | sau đó | xong | rồi sau đó | tiếp đó | sau này"))
_DATED = ("from", "to")


def may_be_dated(tokens: Tokens) -> bool:
    """Whether a year or «nay» stands anywhere in a text: without one no period of it can be placed."""
    return any(
        (token.is_number and len(token.text) >= len("2015")) or _NOW.read(tokens, at) for at, token in enumerate(tokens)
    )


def pieces_within(tokens: Tokens, taken: Sequence[bool], this_year: int) -> tuple[list[Event], set[int]] | None:
    """The pieces of a history within a longer text, in order, and before which of them a clause begins; None where
    money was taken out, or nothing is told. What stands in `taken` is told of something else."""
    clauses: list[list[Event]] = [[]]
    put_off: list[Event] = []
    planning, at = False, 0
    while at < len(tokens):
        if _WITHDRAWN.read(tokens, at):
            return None
        following = _NEXT_CLAUSE.read(tokens, at)
        if (tokens[at].gap or following) and clauses[-1]:
            clauses.append([])
        planning = planning and tokens[at].gap < _SENTENCE
        put_off = put_off if planning else []
        here = None if taken[at] else _piece(tokens, at)
        if here is None or (following and not here[0]):
            planning = planning or _PLANS.read(tokens, at) is not None
            at = following[1] if following else at + 1
            continue
        begins = any(one.slot == "from" and _is_past(one, this_year) for one in here[0])
        if planning and begins:  # «nay đóng tự nguyện từ 1/2023 tới nay»
            planning, clauses[-1] = False, put_off
        if planning:
            put_off = [*put_off, *(one for one in here[0] if one.slot == "scheme")][-1:]
        else:
            clauses[-1] += [one for one in here[0] if one.slot not in _DATED or _is_past(one, this_year)]
        at = here[1]
    return _of_the_history(clauses)


_SENTENCE = 2


def _is_past(one: Event, this_year: int) -> bool:
    return not isinstance(one.value, MonthOrYear) or one.value.year <= this_year


def _of_the_history(clauses: Sequence[list[Event]]) -> tuple[list[Event], set[int]] | None:
    """The clauses that date a period, the kind named right before one, and a wage alone right after one."""
    events: list[Event] = []
    edges: set[int] = set()
    for number, clause in enumerate(clauses):
        slots = [one.slot for one in clause]
        dated = any(slot in _DATED for slot in slots)
        following = [one.slot for one in clauses[number + 1]] if number + 1 < len(clauses) else []
        leads = set(slots) == {"scheme"} and "scheme" not in following and any(slot in _DATED for slot in following)
        leads = leads or ("length" in slots and "to" in following and "from" not in following)
        if not (dated or leads or (events and set(slots) == {"income"})):
            continue
        if dated and "from" in slots and slots.index("from") > 0:  # a length told before belongs to something else
            clause = [one for place, one in enumerate(clause) if one.slot != "length" or place > slots.index("from")]
        led = bool(events) and events[-1].slot == "scheme" and "scheme" not in slots and dated
        if (dated or leads) and not led and set(slots) != {"to"}:
            edges.add(len(events))
        events += clause
    return (events, edges | {0}) if any(one.slot in _DATED for one in events) else None
