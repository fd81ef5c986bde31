"""Reads what somebody paid, as a sentence: «8 năm công nhân may lương 5 triệu, nghỉ 2021, tự nguyện từ 2023».

A sentence is cut into what it says of periods – the kind, from, to, how long, the income – and these are dealt
out so that every period can be placed in time. Where that can be done in two ways, or a number is left over,
or the sentence asks, wishes or tells of a withdrawal, it is None. What is read is said back to the person.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.reading.amount_grammar import MONTH, amount
from handlers.reading.spans import length
from handlers.reading.words import (
    Found,
    Phrases,
    Tokens,
    answer_of,
    is_one,
    only,
    phrases,
    skipping,
    tokens_of,
    whole,
    words,
)
from law.month import Month

Scheme = Literal["compulsory", "voluntary"]

_SCHEME: Phrases[Scheme] = Phrases(
    {
        **phrases("voluntary", "tự nguyện | bhxh tự nguyện | bảo hiểm tự nguyện | bảo hiểm xã hội tự nguyện | bhtn"),
        **phrases("compulsory", "bắt buộc | bhxh bắt buộc | bảo hiểm bắt buộc | bảo hiểm xã hội bắt buộc"),
        **phrases("compulsory", "công ty | cty | công nhân | nhà máy | xí nghiệp | doanh nghiệp | khu công nghiệp"),
        **phrases("compulsory", "cơ quan | nhà nước | công chức | viên chức | giáo viên | cán bộ | làm thuê | kcn"),
    }
)
_skip_scheme = skipping("đóng bhxh bảo hiểm xã hội diện loại kiểu đi làm ở cho hồi đó lúc trước may kia")
_FROM = Phrases(phrases(True, "từ | bắt đầu | bắt đầu từ | kể từ | tính từ"))
_UNTIL = Phrases(phrases(True, "đến | tới | cho đến | cho tới | đến hết | tới hết | đến khi | - | thì nghỉ"))
_STOPPED = Phrases(
    phrases(True, "nghỉ | nghỉ việc | nghỉ làm | thôi việc | thôi làm | dừng | ngừng | dừng đóng | ngừng đóng | hết")
)
_NOW = Phrases(phrases(True, "nay | giờ | bây giờ | hiện nay | hiện tại | hôm nay | tháng này | bh"))
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
_HOW_MANY = "mấy"
"""Only with its accent: without it it is the sewing of garments."""
_YEARS = range(1950, 2101)
_CLAUSE = re.compile(r"[,;](?!\d)|\.(?!\d)|\n|(?<![^\W_])(?:rồi|roi|sau đó|sau do|xong)(?![^\W_])", re.IGNORECASE)
_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months without a break. `by_year`: a year or whole years were said, so the months are an estimate;
    `measured`: the length was said, so moving it keeps its length."""

    first: Month
    last: Month
    by_year: bool = False
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One period of a sentence; the kind and the monthly income in dong where they were said."""

    stretch: Stretch
    scheme: Scheme | None = None
    income: int | None = None


def scheme(text: str) -> Scheme | None:
    """The kind of insurance a message consists of: «bắt buộc», «hồi làm công ty», «tự nguyện»."""
    return only(whole(answer_of(text), _SCHEME.read, _skip_scheme))


def history(text: str, today: datetime.date) -> tuple[Told, ...] | None:
    """The periods a sentence tells, in its order; None when it tells none, or can be read in two ways."""
    said = _said(text)
    if said is None:
        return None
    events, edges = said
    now = Month.of(today)
    ways = _dealings(events, now, edges) or _dealings(events, now, set(range(len(events))))
    return _told(ways[0], now) if len(ways) == 1 else None


# --- what the sentence says, piece by piece ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Point:
    """A month, or a year without its month."""

    year: int
    month: int | None = None


_NOW_POINT = "now"
_Slot = Literal["scheme", "from", "to", "length", "income"]


@dataclass(frozen=True, slots=True)
class _Event:
    """One piece: what it is about, and its value (`rough`: a length in whole years)."""

    slot: _Slot
    value: int | str | _Point
    rough: bool = False


def _said(text: str) -> tuple[list[_Event], set[int]] | None:
    """The pieces in order, and before which of them a clause begins; None for what is no history."""
    events: list[_Event] = []
    edges: set[int] = set()
    for clause in _CLAUSE.split(text):
        found = _pieces(tokens_of(clause))
        if found is None:
            return None
        if any(event.slot != "income" for event in found):  # a wage alone belongs to what was said before it
            edges.add(len(events))
        events += found
    return (events, edges | {0}) if events else None


def _pieces(tokens: Tokens) -> list[_Event] | None:
    found: list[_Event] = []
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


def _piece(tokens: Tokens, at: int) -> Found[list[_Event]] | None:
    kind = _SCHEME.read(tokens, at)
    if kind:
        return [_Event("scheme", kind[0])], kind[1]
    every = _every_month(tokens, at)
    if every is not None and amount(tokens, every):
        return [], every
    paid = amount(tokens, at)
    if paid:
        return [_Event("income", paid[0])], _every_month(tokens, paid[1]) or paid[1]
    return _ended(tokens, at) or _begun(tokens, at) or _lasted(tokens, at)


def _every_month(tokens: Tokens, at: int) -> int | None:
    """Past «một tháng», «/tháng», «mỗi tháng» beside an amount."""
    if at >= len(tokens):
        return None
    per = tokens[at].text == "/" or _EVERY.get(tokens, at) or is_one(tokens, at)
    return at + 2 if per and MONTH.get(tokens, at + 1) else None


def _begun(tokens: Tokens, at: int) -> Found[list[_Event]] | None:
    """«từ 2013», or «2013» before «đến» or a dash."""
    said = _FROM.read(tokens, at)
    if said:
        point = _point(tokens, said[1])
        return ([_Event("from", point[0])], point[1]) if point else None
    point = _point(tokens, at)
    if point is None or _ended(tokens, point[1]) is None:
        return None
    return [_Event("from", point[0])], point[1]


def _ended(tokens: Tokens, at: int) -> Found[list[_Event]] | None:
    """«đến 2021», «- 2/2017», «nghỉ 2021», «đến nay», and the «nay» of «3 năm nay»."""
    for words_before in (_UNTIL, _STOPPED):
        said = words_before.read(tokens, at)
        if not said:
            continue
        point = _point(tokens, said[1])
        if point:
            return [_Event("to", point[0])], point[1]
        now = _NOW.read(tokens, said[1]) if words_before is _UNTIL else None
        if now:
            return [_Event("to", _NOW_POINT)], now[1]
    return None


def _lasted(tokens: Tokens, at: int) -> Found[list[_Event]] | None:
    lasted = length(tokens, at)
    if lasted is None or not lasted[0]:
        return None
    months, after = lasted
    said_months = any(MONTH.get(tokens, place) or tokens[place].text == "t" for place in range(at, after))
    events = [_Event("length", months, rough=not said_months)]
    now = _NOW.read(tokens, after)
    return ([*events, _Event("to", _NOW_POINT)], now[1]) if now else (events, after)


def _point(tokens: Tokens, at: int) -> Found[_Point] | None:
    """«2015», «năm 2015», «3/2015», «tháng 3 năm 2015», «1/3/2015», «03.2015»."""
    while _BEFORE_A_DATE.get(tokens, at):
        at += 1
    named = MONTH.get(tokens, at) or (at < len(tokens) and tokens[at].text == "t")
    numbers, here = _numbers(tokens, at + 1 if named else at)
    if not numbers or numbers[-1] not in _YEARS or len(numbers) > 3:
        return None
    if len(numbers) == 1:
        return None if named else (_Point(numbers[0]), here)
    month = numbers[-2]
    return (_Point(numbers[-1], month), here) if 1 <= month <= 12 else None


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


# --- to which period each piece belongs ---------------------------------------------------------------


_Way = tuple[tuple[_Event, ...], ...]


def _dealings(events: Sequence[_Event], now: Month, edges: Collection[int]) -> list[_Way]:
    """The ways to cut the pieces, at `edges`, into periods that can each be placed; two are enough to doubt.

    Only the last period may be open.
    """
    from_here: dict[int, list[_Way]] = {len(events): [()]}
    for at in reversed(range(len(events))):
        found: list[_Way] = []
        for end in range(at + 1, len(events) + 1) if at in edges else ():
            group = tuple(events[at:end])
            if len({event.slot for event in group}) < len(group):
                break
            if _stretch(group, now, last=end == len(events)) is not None:
                found += [(group, *rest) for rest in from_here[end]]
        from_here[at] = found[:2]
    return from_here[0]


def _told(way: _Way, now: Month) -> tuple[Told, ...] | None:
    told: list[Told] = []
    for number, group in enumerate(way, start=1):
        said = {event.slot: event.value for event in group}
        stretch = _stretch(group, now, last=number == len(way))
        kind, income = said.get("scheme"), said.get("income")
        assert stretch is not None
        told.append(
            Told(
                stretch,
                "compulsory" if kind == "compulsory" else "voluntary" if kind == "voluntary" else None,
                income if isinstance(income, int) else None,
            )
        )
    return tuple(told) if len(told) <= _MOST_TOLD else None


def _stretch(group: Sequence[_Event], now: Month, *, last: bool) -> Stretch | None:
    """Where the months of one period lie; None when too little is said, or too much."""
    said = {event.slot: event for event in group}
    begun, ended, lasted = said.get("from"), said.get("to"), said.get("length")
    if (begun is not None) + (ended is not None) + (lasted is not None) == 3:
        return None
    first = None if begun is None else _first(begun.value)
    end = None if ended is None else _last(ended.value, now)
    by_year = any(_rough(event) for event in (begun, ended, lasted) if event is not None)
    months = lasted.value if lasted is not None else 0
    assert isinstance(months, int)
    if first is not None and end is None and lasted is None:
        return Stretch(first, max(first, now), by_year) if last else None
    if first is not None and end is None:
        end = first + (months - 1)
    elif first is None and end is not None and lasted is not None:
        first = end + (1 - months)
    if first is None or end is None or end < first:
        return None
    return Stretch(first, end, by_year, lasted is not None)


def _rough(event: _Event) -> bool:
    return event.rough or (isinstance(event.value, _Point) and event.value.month is None)


def _first(value: int | str | _Point) -> Month:
    assert isinstance(value, _Point)
    return Month(value.year, value.month or 1)


def _last(value: int | str | _Point, now: Month) -> Month:
    """The month it ended: of this year without its month, the present one."""
    if not isinstance(value, _Point):
        return now
    if value.month is None:
        return now if value.year == now.year else Month(value.year, 12)
    return Month(value.year, value.month)
