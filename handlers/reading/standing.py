"""Reads in a question how somebody stands with the insurance, where it is no fact to be reckoned with later.

What `stated` leaves out, for a form has no use for it: a child too young to pay, work with compulsory insurance,
allowances, months that are missing, a pregnancy that was lost. It holds for the one message only.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from dataclasses import dataclass
from typing import Literal

from handlers.reading.amounts import amounts_in
from handlers.reading.birth_windows import BirthWindow, window_in
from handlers.reading.dates import Birth, birth_at
from handlers.reading.durations import lengths_in
from handlers.reading.moments import point
from handlers.reading.passages import Passage
from handlers.reading.words import Phrases, phrases, words
from law.base.month import Month

Allowance = Literal["barring", "other", "social_pension"]
"""A monthly allowance by what it means for joining: one the law bars, one it does not, one it is silent about."""

_OLD_ENOUGH_TO_BE_READ = 15
"""Years; whoever is told to be older is a fact of `stated`."""
_BEFORE = 4
"""Words before a length of time in which its meaning stands."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with the insurance, as far as a message tells it; lengths of time in months."""

    child: Birth | None = None
    """The birth of a child, by its age or by the month in which it turns so old."""
    employed: bool = False
    """Whether they work now where compulsory insurance is paid."""
    of_the_commune: bool = False
    """Whether they work for a commune or a village without being its official, by the name of what they do."""
    allowance: Allowance | None = None
    lacking: int | None = None
    """Months that are missing, as somebody told them."""
    weeks: int | None = None
    """How old a pregnancy was that was lost, in weeks."""
    began: Month | int | None = None
    """The first month paid for, or its year."""
    drawn: int | None = None
    """For how many months a pension was drawn."""
    pension: int | None = None
    """The pension a month, in dong."""
    drew_allowance: bool = False
    """Whether somebody who died drew the monthly allowance of those with too few years."""
    paying_parents: Literal["mother", "father", "both"] | None = None
    window: BirthWindow | None = None
    """From when is paid for a birth."""

    @property
    def empty(self) -> bool:
        return self == Standing()


@functools.lru_cache(maxsize=16)  # one message is looked at by several
def standing(text: str, today: datetime.date) -> Standing:
    """How somebody stands with the insurance by a message.

    >>> standing("con gái em 14 tuổi", datetime.date(2026, 11, 27)).child
    Birth(year=2012, month=None, day=None, approximate=True)
    """
    passage = Passage.of(text, today)
    plain = " ".join(token.fold for token in passage.tokens)
    drawn = _drawn(passage, plain)
    return Standing(
        child=_child(passage),
        employed=_is_employed(plain),
        of_the_commune=_OF_THE_COMMUNE.search(plain) is not None and _WORKED.search(plain) is None,
        allowance=_allowance(plain),
        lacking=_lacking(passage),
        weeks=_weeks(plain),
        began=_began(passage),
        drawn=drawn,
        pension=_pension(passage) if drawn is not None else None,
        drew_allowance=_drew_allowance(plain),
        paying_parents=_paying_parents(plain),
        window=window_in(passage),
    )


# --- a child -------------------------------------------------------------------------------------

_TURNS = words("đủ tròn lên được sang bước")
_AGE = words("tuổi tủi")
_GOES_ON = ("thi", "la", "duoc", "dong")
_YEARS_OLD = range(1, 19)


def _child(passage: Passage) -> Birth | None:
    """By a date of birth, by an age, or by «tháng 3 sang năm nó tròn 15»."""
    tokens, today = passage.tokens, passage.today
    to_come = _to_come(passage) if any(_TURNS.get(tokens, at) for at in range(len(tokens))) else ()
    for at in range(len(tokens)):
        born = birth_at(tokens, at, today, sentence=True)
        if born and 0 <= today.year - born[0].year < _OLD_ENOUGH_TO_BE_READ:
            return born[0]
        age = tokens[at].digits
        if age is None or age not in _YEARS_OLD:
            continue
        aged, turns = bool(_AGE.get(tokens, at + 1)), bool(_TURNS.get(tokens, at - 1))
        when = next((month for place, month in to_come if place != at), None) if turns else None
        if when is not None and (aged or passage.begins(at + 1) or tokens[at + 1].fold in _GOES_ON):
            return Birth(when.year - age, when.month)
        not_yet = turns and at > 1 and tokens[at - 2].fold in ("chua", "sap", "gan")
        if aged and not_yet:
            return Birth(today.year - age + 1, approximate=True)
        if aged and not turns and age < _OLD_ENOUGH_TO_BE_READ:
            return Birth(today.year - age, approximate=True)
    return None


def _to_come(passage: Passage) -> tuple[tuple[int, Month], ...]:
    """The first two months named in the sentence, this one or later, and where."""
    now = Month.of(passage.today)
    found = ((place, point(passage, place, "coming")) for place in range(len(passage.tokens)))
    later = ((place, when[0]) for place, when in found if when and isinstance(when[0], Month) and when[0] >= now)
    return tuple(itertools.islice(later, 2))


# --- work and allowances -------------------------------------------------------------------------

_WORKS = re.compile(
    r"\b(?:dang|van|hien|hien nay|con dang)(?: con| dang)? (?:di lam|lam|dong|la|co|di)\b(?: \w+){0,4}? "
    r"(?:cong ty|cty|cong nhan|xi nghiep|nha may|khu cong nghiep|bat buoc|vien chuc|cong chuc|hop dong lao dong)\b|"
    r"\b(?:cong ty|cty|xi nghiep|nha may)\b(?: \w+){0,3}? (?:dang|van) dong\b|"
    r"\b(?:lam|di lam) (?:o )?(?:cong nhan|cong ty)\b"
)
_WORKED = re.compile(
    r"\b(?:nghi|thoi viec|tung lam|tung dong|truoc day|"
    r"truoc kia|hoi truoc|ngay xua|luc truoc|tam hoan|khong luong|khong lam cong ty|het lam|that nghiep|"
    r"khong con lam|(?:duoc|lam) \d+ nam)\b"
)
_OF_THE_COMMUNE = re.compile(
    r"(?<!chong )(?<!vo )(?<!bo )(?<!ba )(?<!me )(?<!chong toi )(?<!chong em )(?<!vo toi )(?<!vo em )(?<!bo em )"
    r"(?<!bo toi )"
    r"(?:\b(?:la|lam|dang lam|giu chuc) (?:truong (?:thon|ap|ban|xom|buon|khu pho)|to truong (?:to )?dan pho)\b|"
    r"\bkhong chuyen trach\b)"
)
_RECEIVES = re.compile(r"\b(?:huong|lanh|linh|nhan|an|co)\b")
_BARRING = re.compile(
    r"\bmat suc(?: lao dong)?\b|\btro cap can bo xa\b|\bcan bo xa (?:cu|nghi viec|gia yeu)\b|"
    r"\b(?:142|38|53|62|91|613) (?:2000|2008|2010|2011)\b.*\bhang thang\b"
)
_SOCIAL_PENSION = re.compile(r"\bhuu tri xa hoi\b|\btro cap (?:cho |cua )?nguoi (?:cao tuoi|gia)\b")
_NO_BAR = re.compile(
    r"\b(?:tro cap|tien|che do|bao tro|phu cap) (?:xa hoi )?(?:nguoi )?(?:khuyet tat|thuong binh|co cong|tuat)\b|"
    r"\bbao tro xa hoi\b|\b(?:la|dang la|co the) thuong binh\b"
)


def _is_employed(plain: str) -> bool:
    return _WORKS.search(plain) is not None and _WORKED.search(plain) is None


def _allowance(plain: str) -> Allowance | None:
    """The monthly allowance somebody draws; None where none is named, or two kinds are."""
    if _RECEIVES.search(plain) is None and "thuong binh" not in plain:
        return None
    kinds: tuple[tuple[Allowance, re.Pattern[str]], ...] = (
        ("barring", _BARRING),
        ("social_pension", _SOCIAL_PENSION),
        ("other", _NO_BAR),
    )
    found = [kind for kind, pattern in kinds if pattern.search(plain)]
    return found[0] if len(found) == 1 else None


# --- lengths of time -----------------------------------------------------------------------------

_LACKS = words("thiếu hụt")
_LEFT = Phrases(phrases(True, "còn lại | còn thiếu | bị thiếu | nữa là đủ | nữa mới đủ | nữa thì đủ | nữa đủ"))
_ASKS = words("mấy bao nhiêu bn")
_NO_CASE = words("quá dưới trên hơn tối nếu ai mấy")
_DRAWS = words("lãnh lĩnh nhận hưởng")
_PAYS = words("đóng nộp")
_OF_A_PENSION = re.compile(
    r"\b(?:luong huu|lanh huu|linh huu|nhan huu|huong huu|huu tri|huu tu nguyen|ve huu|tien huu)\b"
)
_OF_THE_ALLOWANCE = re.compile(
    r"\b(?:huong|lanh|linh|nhan)\b(?: \w+){0,3}? (?:tro cap|tien) (?:(?:hang|moi|theo) )?thang\b|"
    r"\btro cap (?:dieu )?23\b"
)
_DIED = re.compile(r"\b(?:mat|chet|qua doi|tu tran)\b")


def _lacking(passage: Passage) -> int | None:
    """«còn thiếu 7 năm», «7 năm còn lại»; what the law says of anybody («thiếu không quá 5 năm») is nobody's."""
    tokens = passage.tokens
    lengths = lengths_in(tokens)
    begin = {at for _, at, _ in lengths}
    for months, at, after in lengths:
        first = max(0, at - _BEFORE)
        lacks = next((place for place in range(at - 1, first - 1, -1) if _LACKS.get(tokens, place)), None)
        between = range(at if lacks is None else lacks + 1, at)
        if any(_NO_CASE.get(tokens, place) or _PAYS.get(tokens, place) for place in between):
            continue
        left = None if passage.begins(after) else _LEFT.read(tokens, after)
        another = left is not None and not begin.isdisjoint(range(left[1], left[1] + 3))  # «14 năm, còn thiếu 1 năm»
        if lacks is not None or (left and not another and not _ASKS.get(tokens, left[1])):
            return months
    return None


def _drawn(passage: Passage, plain: str) -> int | None:
    """«lãnh lương hưu được 2 năm rồi mất»: for how long somebody drew a pension who died."""
    if _OF_A_PENSION.search(plain) is None or _DIED.search(plain) is None:
        return None
    tokens = passage.tokens
    for months, at, _ in lengths_in(tokens):
        for place in range(at - 1, max(-1, at - 2 * _BEFORE), -1):
            if _PAYS.get(tokens, place):
                break
            if _DRAWS.get(tokens, place):
                if tokens[at].fold == "mot" and at and tokens[at - 1].is_number:  # «1 triệu 2 một tháng»
                    break
                return months
    return None


def _drew_allowance(plain: str) -> bool:
    """«đang nhận trợ cấp hằng tháng thì mất»; allowances that are no social insurance are others."""
    named = _OF_THE_ALLOWANCE.search(plain) is not None and _DIED.search(plain) is not None
    return named and not any(other.search(plain) for other in (_BARRING, _SOCIAL_PENSION, _NO_BAR))


def _pension(passage: Passage) -> int | None:
    """The one amount named beside it."""
    named = {amount for amount, _, _ in amounts_in(passage.tokens)}
    return named.pop() if len(named) == 1 else None


# --- the rest ------------------------------------------------------------------------------------

_LOST = re.compile(r"\b(?:say|xay|hu|luu|mat|hong|sinh non|chet luu|thai chet)\b")
_WEEKS = re.compile(r"\b(\d{1,2}) (?:tuan|tuan tuoi)\b")
_MONTHS = re.compile(r"\b(?:thai|say|xay|bau)\b.*?\b(\d) thang\b")
_NEAR_THE_BORDER = 5
"""Months of a pregnancy that may be more or fewer weeks than the law asks for."""
_BEGINS = words("hồi từ lúc vào đầu")
_OF_A_YEAR = 4
"""Digits."""
_JOINS = words("đóng tham vô vào mua nộp bắt gia")
_ENDS = words("nghỉ ngừng ngưng dừng thôi rút bỏ hết sinh mất lại muốn định sẽ nếu")
_REACH = 8
_MOTHER = re.compile(r"\b(?:vo|me)(?: \w+){0,2} (?:co )?dong\b")
_FATHER = re.compile(r"\b(?:chong|bo|cha)(?: \w+){0,2} (?:co )?dong\b")
_BOTH = re.compile(
    r"\b(?:ca (?:hai |2 )?vo chong|(?:hai|2) vo chong|ca vo (?:lan|va) chong|ca (?:hai|2)(?: nguoi)?)\b"
    r"(?: (?!chua|khong|chang)\w+){0,4} dong\b"
)


def _weeks(plain: str) -> int | None:
    """«sảy thai 10 tuần», «bị sảy lúc mới 3 tháng»."""
    if _LOST.search(plain) is None:
        return None
    said, months = _WEEKS.search(plain), _MONTHS.search(plain)
    if said:
        return int(said[1])
    return int(months[1]) * 52 // 12 if months and int(months[1]) != _NEAR_THE_BORDER else None


def _began(passage: Passage) -> Month | int | None:
    """«vô hồi tháng 10/2025», «đóng lần đầu 9/2025», «đóng từ 2022»: the first month paid, or the year alone."""
    tokens, now = passage.tokens, Month.of(passage.today)
    for at in range(len(tokens)):
        if not _JOINS.get(tokens, at):
            continue
        start = passage.clause_start(at, _REACH)
        if any(_ENDS.get(tokens, place) for place in range(start, at)):
            continue
        begins = False
        for place in range(at + 1, passage.clause_end(at + 1, _REACH)):
            if _ENDS.get(tokens, place):
                break
            begins = begins or bool(_BEGINS.get(tokens, place))
            when = point(passage, place, "past")
            if when is None:
                continue
            dated = any(len(token.text) == _OF_A_YEAR for token in tokens[place : when[1]] if token.is_number)
            told = when[0]
            if isinstance(told, Month) and told <= now and (dated or begins):
                return told
            return told if isinstance(told, int) and begins and told <= now.year else None
    return None


def _paying_parents(plain: str) -> Literal["mother", "father", "both"] | None:
    if _BOTH.search(plain):
        return "both"
    father, mother = _FATHER.search(plain) is not None, _MOTHER.search(plain) is not None
    return None if father == mother else "father" if father else "mother"
