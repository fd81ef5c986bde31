"""Reads what somebody paid, as a sentence: «8 năm công nhân may lương 5 triệu, nghỉ 2021, tự nguyện từ 2023».

A sentence is cut into what it says of periods – the kind, from, to, how long, the income – and these are dealt
out so that every period can be placed in time. Where that can be done in two ways, or a number is left over,
or the sentence asks, wishes or tells of a withdrawal, it is None. What is read is said back to the person.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.reading.history_pieces import SCHEME, Event, MonthOrYear, may_be_dated, pieces_said, pieces_within
from handlers.reading.passages import Passage
from handlers.reading.told_births import births_in
from handlers.reading.words import answer_of, only, only_values, skipping
from law.base.month import Month
from law.pension.history import Scheme

_skip_scheme = skipping(
    "đóng bhxh bảo hiểm xã hội diện loại kiểu đi làm ở cho hồi đó lúc trước may kia tất cả hết toàn bộ đều cả chỉ",
    "mỗi hồi giờ xưa",
)
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


@dataclass(frozen=True, slots=True)
class Undated:
    """Periods told without when they were."""

    months: int | None = None
    scheme: Scheme | None = None
    income: int | None = None


def scheme(text: str) -> Scheme | None:
    """The kind of insurance a message consists of: «bắt buộc», «hồi làm công ty», «tự nguyện»."""
    return only(only_values(answer_of(text), SCHEME.read, _skip_scheme))


def history(text: str, today: datetime.date) -> tuple[Told, ...] | None:
    """The periods a sentence tells, in its order; None when it tells none, or can be read in two ways."""
    said = pieces_said(text)
    if said is None:
        return None
    events, edges = said
    now = Month.of(today)
    ways = _dealings(events, now, edges) or _dealings(events, now, set(range(len(events))))
    return _told(ways[0], now) if len(ways) == 1 else None


def find_history(text: str, today: datetime.date) -> tuple[Told, ...] | None:
    """The periods a longer text tells among other things, each with its beginning and its end; None where it tells
    none, or can be read in two ways.

    >>> told = find_history("sinh 1980, làm công ty từ 2012 đến 2017", datetime.date(2026, 11, 27))
    >>> told[0].stretch.last if told else None
    Month(year=2017, month=12)
    """
    passage = Passage.of(text, today)
    if not may_be_dated(passage.tokens):
        return None
    births_in(passage)
    said = pieces_within(passage.tokens, passage.taken, today.year)
    if said is None:
        return None
    events, edges = said
    now = Month.of(today)
    ways = [way for way in _dealings(events, now, edges) if all(_has_an_end(group) for group in way)] or [
        way for way in _dealings(events, now, set(range(len(events)))) if all(_has_an_end(group) for group in way)
    ]
    return _told(ways[0], now) if len(ways) == 1 else None


def _has_an_end(group: Sequence[Event]) -> bool:
    slots = {event.slot for event in group}
    return "to" in slots or {"from", "length"} <= slots


def undated(text: str) -> Undated | None:
    """What a sentence tells that can't be placed in time, as «tự nguyện được 5 năm mức 2 triệu»; None for no history.

    `months` is the length of the one period that lacks its end; None where more than one lacks something.
    """
    said = pieces_said(text)
    if said is None:
        return None
    events = said[0]
    slots = [event.slot for event in events]
    if "scheme" not in slots or not {"from", "to", "length"} & set(slots):
        return None
    by_slot = {event.slot: event.value for event in events}
    months, kind, income = by_slot.get("length"), by_slot["scheme"], by_slot.get("income")
    if len(slots) > len(set(slots)) or "from" in slots or "to" in slots or not isinstance(months, int):
        return Undated()
    return Undated(
        months, "compulsory" if kind == "compulsory" else "voluntary", income if isinstance(income, int) else None
    )


# --- to which period each piece belongs ---------------------------------------------------------------


_Way = tuple[tuple[Event, ...], ...]


def _dealings(events: Sequence[Event], now: Month, edges: Collection[int]) -> list[_Way]:
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


def _stretch(group: Sequence[Event], now: Month, *, last: bool) -> Stretch | None:
    """Where the months of one period lie; None when too little is said, or too much."""
    said = {event.slot: event for event in group}
    begun, ended, lasted = said.get("from"), said.get("to"), said.get("length")
    first = None if begun is None else _first(begun.value)
    end = None if ended is None else _last(ended.value, now)
    if first is not None and end is not None and lasted is not None:
        agree = lasted.value == end - first + 1  # «từ tháng 1/2021 đến tháng 10/2026 là 70 tháng»
        return Stretch(first, end, measured=True) if agree else None
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


def _rough(event: Event) -> bool:
    return event.rough or (isinstance(event.value, MonthOrYear) and event.value.month is None)


def _first(value: int | str | MonthOrYear) -> Month:
    assert isinstance(value, MonthOrYear)
    return Month(value.year, value.month or 1)


def _last(value: int | str | MonthOrYear, now: Month) -> Month:
    """The month it ended: of this year without its month, the present one."""
    if not isinstance(value, MonthOrYear):
        return now
    if value.month is None:
        return now if value.year == now.year else Month(value.year, 12)
    return Month(value.year, value.month)
