"""Reads from when somebody pays and in which month a child is born: «đóng từ tháng 10, tháng 3 sinh».

Mostly neither month has its year: the birth is the nearest one, and what is paid for it began in the year before it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from handlers.reading.calendar_months import AWAY, CalendarMonth, month_at
from handlers.reading.passages import Passage
from handlers.reading.words import Tokens, only, words
from handlers.reading.years import LUNAR_MONTH, MONTH
from law.base.month import Month

_AGO, _AHEAD = -24, 14
"""Months before and after today in which a birth is still asked about."""
_NEAR = 4
"""Words beside a month that say what it is of."""
_BEARS = words("sinh sanh đẻ")
_BEGINS = words("từ hồi mới bắt vô vào")
_PAYS = words("đóng nộp mua gia")
_UNTIL = words("đến tới hết")
_SOON = words("sắp")
_STOPS = words("nghỉ ngừng dừng ngưng thôi")

_Role = Literal["due", "first", "last"]


@dataclass(frozen=True, slots=True)
class BirthWindow:
    """From when to when is paid, and when a child is born; `last` is None for who goes on paying."""

    due: Month
    first: Month
    last: Month | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """A month of a text and the words from `at` up to `after` that name it."""

    said: CalendarMonth
    at: int
    after: int


def birth_window(text: str, today: datetime.date, due: Month | None = None) -> BirthWindow | None:
    """The months of a message that tells both, or one that tells the payment for a birth known to be `due`.

    None where a role stands twice or a month has none.

    >>> birth_window("đóng từ tháng 10, tháng 3 năm sau sinh", datetime.date(2026, 11, 27))
    BirthWindow(due=Month(year=2027, month=3), first=Month(year=2026, month=10), last=None)
    """
    return window_in(Passage.of(text, today), due)


def window_in(passage: Passage, due: Month | None = None) -> BirthWindow | None:
    """The same of a passage."""
    today, named = passage.today, _named(passage)
    roles: dict[_Role, CalendarMonth] = {}
    for place, one in enumerate(named):
        start = named[place - 1].after if place else 0
        end = named[place + 1].at if place + 1 < len(named) else len(passage.tokens)
        role = _role(passage, one, start, end)
        if role == "due" and _birth(one.said, Month.of(today)) is None:  # «nữ sinh 3/1995»
            continue
        if role is None or role in roles:
            return None
        roles[role] = one.said
    born = due if "due" not in roles else _birth(roles["due"], Month.of(today))
    if born is None or "first" not in roles:
        return None
    first = _before(roles["first"], born + -1)
    last = None if "last" not in roles else _before(roles["last"], max(born, Month.of(today)))
    ordered = first < born and (last is None or first <= last)
    return BirthWindow(born, first, last) if ordered else None


def _named(passage: Passage) -> list[_Named]:
    """Every month called so: «tháng 5», «5/2026», «tháng này»; a bare number is none."""
    tokens, found, at = passage.tokens, list[_Named](), 0
    while at < len(tokens):
        counted = at > 0 and tokens[at - 1].is_number and not (found and found[-1].after == at)  # «6 tháng rồi»
        said = None if counted or not _is_named(tokens, at) else month_at(tokens, at, passage.today)
        if said is None:
            at += 1
            continue
        found.append(_Named(said[0], at, said[1]))
        at = max(said[1], at + 1)
    return found


def _is_named(tokens: Tokens, at: int) -> bool:
    if AWAY.read(tokens, at):
        return True
    if MONTH.get(tokens, at):
        return not LUNAR_MONTH.get(tokens, at + 1)
    if at + 2 >= len(tokens) or (at and tokens[at - 1].text in "/-"):
        return False
    return tokens[at].is_number and tokens[at + 1].text in "/-" and tokens[at + 2].is_number


def _role(passage: Passage, one: _Named, start: int, end: int) -> _Role | None:
    """What a month is of, by the words beside it, up to the months named before and after it."""
    tokens = passage.tokens
    clause = passage.clause_start(one.at)
    before = range(max(start, clause, one.at - _NEAR), one.at)
    after = range(one.after, min(end, one.after + _NEAR, passage.clause_end(one.after) if one.after < end else end))
    until = bool(before) and _UNTIL.get(tokens, before[-1]) and not _SOON.get(tokens, before[-1] - 1)
    if until or any(_STOPS.get(tokens, place) for place in before):
        return "last"
    if any(_BEARS.get(tokens, place) for place in (*before, *after)):
        return "due"
    begins = any(_BEGINS.get(tokens, place) or _PAYS.get(tokens, place) for place in (*before, *after))
    return "first" if begins else None


def _birth(said: CalendarMonth, now: Month) -> Month | None:
    """The birth meant: of the year said, else the nearest."""
    years = (now.year - 1, now.year, now.year + 1) if said.year is None else (said.year,)
    near = min((Month(year, said.month) for year in years), key=lambda each: abs(each - now))
    return only([near] if _AGO <= near - now <= _AHEAD else [])


def _before(said: CalendarMonth, latest: Month) -> Month:
    """The month of the year said, else the last one of that name up to `latest`."""
    if said.year is not None:
        return Month(said.year, said.month)
    return Month(latest.year if said.month <= latest.month else latest.year - 1, said.month)
