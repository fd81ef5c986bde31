"""Reads when a person was born: «sn 75», «15/3/1975», «tháng ba năm bảy lăm», «50 tuổi».

A date by the moon («giêng», «chạp», «âm lịch») gives its year only: the papers carry the solar one. A number
alone that may be an age as well as a year («58») is None. Nobody asked here is under 10 or over 110.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from handlers.reading.numbers import begins_number, cardinal
from handlers.reading.words import (
    Found,
    Phrases,
    Tokens,
    answer_of,
    only_values,
    phrases,
    skipping,
    words,
)
from handlers.reading.years import (
    LUNAR_MONTH,
    MONTH,
    YOUNGEST,
    day_or_month,
    lived,
    month_named,
    plausible,
    year_of_birth,
)

_YEAR = words("năm n")
_DAY = words("ngày mùng mồng hôm")
_BORN = Phrases(
    phrases(True, "sinh | sanh | sn | ns | đẻ | ngày sinh | năm sinh | tháng năm sinh", "ngày tháng năm sinh")
)
_OLDEST_TOLD = 110
_BORN_IN = words("năm ngày là vào hồi đầu cuối giữa khoảng tầm")
LUNAR = Phrases(phrases(True, "âm lịch | lịch âm | âm | al | ta"))
_AGE = words("tuổi tủi")
_AGE_COUNTED_FROM_BIRTH = words("mụ ta")
ABOUT = words("khoảng tầm chừng chắc hình áng độ")
_SELF = words("tôi tui em con cháu bác cô chú chị anh mình bà ông mẹ bố vợ chồng nữ nam")
_SO_FAR = words("đã mới được nay giờ tròn là năm")
_SO_FAR_WORDS = 6

_skip_birth = skipping(
    "sinh sn ns ngày tháng năm vào hồi đầu cuối giữa khoảng tầm chừng cỡ chắc hình như áng độ nay giờ",
    "đã mới được",
    "đó theo trên cccd căn cước giấy tờ",
    "có tròn tuổi của dương lịch khai giới tính nữ nam",
)


_OWN_WORDS = (
    r"(?:(?:em|tôi|toi|cháu|chau|con|chị|chi|anh|bác|bac|cô|co|chú|chu|bà|ba|ông|ong|sinh|sanh|sn|ns|năm|nam|ngày|ngay"
    r"|tháng|thang|là|la|nay)[\s:,]*)*"
)
_DATED_ALONE = re.compile(
    rf"\W*{_OWN_WORDS}(?:\d{{1,2}}\s*[/.\-\s]\s*){{0,2}}(1[89]\d\d|2[01]\d\d)\W*(?:ạ|a|nhé|nhe)?\W*", re.IGNORECASE
)
_AGED_ALONE = re.compile(rf"\s*{_OWN_WORDS}(-?\d{{1,3}})\s*(?:tuổi|tuoi)\W*(?:ạ|a|nhé|nhe|rồi|roi)?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born; month and day when said. `approximate`: from an age, or «khoảng»."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False


def birth(text: str, today: datetime.date) -> Birth | None:
    """The birth a message consists of, or None. An age gives the year it points to, one year more or less."""
    tokens = answer_of(text)
    found = only_values(tokens, lambda tokens, at: birth_at(tokens, at, today, sentence=False), _skip_birth)
    about = any(ABOUT.get(tokens, at) and _before_a_year(tokens, at + 1) for at in range(len(tokens)))
    return agreed(found, about)


def strange_age(text: str, today: datetime.date) -> int | None:
    """The age in years that a message gives and nobody asked here has: «15/3/2029» is −3, «1886» is 140."""
    dated, aged = _DATED_ALONE.fullmatch(text), _AGED_ALONE.fullmatch(text)
    if birth(text, today) is not None or (dated is None and aged is None):
        return None
    age = int(aged[1]) if aged else today.year - int(dated[1]) if dated else 0
    return None if YOUNGEST <= age <= _OLDEST_TOLD else age


def _before_a_year(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and (tokens[at].is_number or tokens[at].fold in ("nam", "sinh", "mot", "hai"))


def agreed(found: list[Birth], about: bool) -> Birth | None:
    """The birth that all readings mean: «1975 (51 tuổi)» is one, the exact one."""
    exact = set(found) - {one for one in found if one.approximate}
    rough = set(found) - exact
    if len(exact) > 1 or (not exact and len(rough) != 1):
        return None
    if not exact:
        return rough.pop()
    said = exact.pop()
    if any(abs(one.year - said.year) > 1 for one in rough):
        return None
    return Birth(said.year, said.month, said.day, approximate=about)


# --- one birth ------------------------------------------------------------------------------------


def birth_at(tokens: Tokens, at: int, today: datetime.date, *, sentence: bool) -> Found[Birth] | None:
    """The birth said there; in a sentence after «sinh», as a full date, after a sex, or as a person's age."""
    born = _BORN.read(tokens, at)
    if born and any(token.gap for token in tokens[at + 1 : born[1]]):
        born = None  # «2 năm, sinh 1968»: the year is of what was paid
    start = at
    if born:
        start = born[1]
        for _ in range(3):
            if _BORN_IN.get(tokens, start) and not (_DAY.get(tokens, start) or _YEAR.get(tokens, start)):
                start += 1
    elif sentence and not (begins_number(tokens, at) or MONTH.get(tokens, at) or _DAY.get(tokens, at)):
        return None  # as nearly every word: neither a date nor an age begins there
    here = dated_at(tokens, start, today, marked=born is not None, sentence=sentence)
    if here is None:
        here = _aged(tokens, start, today, sentence=sentence)
    return here


def dated_at(tokens: Tokens, at: int, today: datetime.date, *, marked: bool, sentence: bool) -> Found[Birth] | None:
    """A full date, a month and year, or a year there, by the sun or by the moon."""
    spoken, numeric = _spoken_parts(tokens, at, today), _numeric_parts(tokens, at, today, sentence=sentence)
    for parts in (spoken, numeric, None if sentence else _year_first(tokens, at, today)):
        if parts is None:
            continue
        day, month, year, lunar, after = parts
        if sentence and not marked and (day is None or not _told_of_a_person(tokens, at)):
            return None
        by_moon = LUNAR.read(tokens, after)
        if by_moon or lunar:
            said = Birth(year, approximate=month > 10)  # the eleventh and twelfth may reach into the next year
            return said, by_moon[1] if by_moon else after
        return _valid(year, month, day, today, after)
    here = at
    if _YEAR.get(tokens, here) and tokens[here].text != "n" and not _fifty(tokens, here):
        here, marked = here + 1, marked or not sentence
    if sentence and not marked and not (here == at and _sex_before(tokens, at) and len(tokens[at].text) == 4):
        return None
    read = year_of_birth(tokens, here, today, marked=marked)
    if read is None or _goes_on(tokens, read[1]):
        return None
    by_moon = LUNAR.read(tokens, read[1])
    return Birth(read[0]), by_moon[1] if by_moon else read[1]


def _fifty(tokens: Tokens, at: int) -> bool:
    """Whether «năm» there starts a number («năm mươi») and does not name a year («năm bảy lăm»)."""
    said = cardinal(tokens, at)
    return said is not None and said[1] > at + 1


def _sex_before(tokens: Tokens, at: int) -> bool:
    """«nữ 1975»; «nam 1975» only among words with accents, for without them «nam» is the year."""
    if at == 0:
        return False
    return tokens[at - 1].fold == "nu" or (tokens[at - 1].text == "nam" and any(one.accents for one in tokens))


def _told_of_a_person(tokens: Tokens, at: int) -> bool:
    return at == 0 or _SELF.get(tokens, at - 1) is True


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether the number there was the start of something else: «75 năm», «50-60», «75%»."""
    if at >= len(tokens) or tokens[at].gap:
        return False
    return (
        tokens[at].text in "/-%" or tokens[at].text == "năm" or tokens[at].fold in ("thang", "tuoi", "trieu", "tr", "k")
    )


def _valid(year: int, month: int, day: int | None, today: datetime.date, after: int) -> Found[Birth] | None:
    try:
        date = datetime.date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return (Birth(year, month, day), after) if date <= today else None


_Parts = tuple[int | None, int, int, bool, int]
"""Day, month, year, whether by the moon, and where it ends."""


def _spoken_parts(tokens: Tokens, at: int, today: datetime.date) -> _Parts | None:
    """«15 tháng 3 năm 1975», «t3 năm 75»."""
    day, here = None, at
    if not MONTH.get(tokens, here):
        here = here + 1 if _DAY.get(tokens, here) else here
        said = day_or_month(tokens, here)
        if said is None or not 1 <= said[0] <= 31:
            return None
        if said[1] < len(tokens) and tokens[said[1]].gap and not tokens[here].is_number:
            return None  # «Nam, tháng 7» is no fifth of July
        day, here = said
        if here < len(tokens) and tokens[here].text in "/-":
            here += 1
    if not MONTH.get(tokens, here):
        return None
    month = month_named(tokens, here + 1)
    if month is None:
        return None
    lunar = bool(LUNAR_MONTH.get(tokens, here + 1))
    here = month[1]
    while here < len(tokens) and (tokens[here].text in "/-" or _YEAR.get(tokens, here)):
        here += 1
    year = year_of_birth(tokens, here, today, marked=True)
    return None if year is None else (day, month[0], year[0], lunar, year[1])


def _year_first(tokens: Tokens, at: int, today: datetime.date) -> _Parts | None:
    """«năm 1975 tháng 3», «75 tháng 3»."""
    named = bool(_YEAR.get(tokens, at))
    year = year_of_birth(tokens, at + 1 if named else at, today, marked=named)  # «15 tháng 3» is a day
    if year is None or not MONTH.get(tokens, year[1]):
        return None
    month = month_named(tokens, year[1] + 1)
    lunar = bool(LUNAR_MONTH.get(tokens, year[1] + 1))
    return None if month is None else (None, month[0], year[0], lunar, month[1])


def _numeric_parts(tokens: Tokens, at: int, today: datetime.date, *, sentence: bool) -> _Parts | None:
    """«15/3/1975», «15-3-75», «15.03.1975», «15 3 1975», «15031975», «1975-03-15», «3/1975», «t3.75»; «150375»."""
    here = at + 1 if _DAY.get(tokens, at) or (MONTH.get(tokens, at) and not sentence) else at
    if here >= len(tokens) or not tokens[here].is_number:
        return None
    pieces, after = _pieces(tokens, here)
    if len(pieces) == 2 and _YEAR.get(tokens, after) and any(one.digits for one in tokens[after + 1 : after + 2]):
        pieces, after = [*pieces, tokens[after + 1].text], after + 2  # «15/3 năm 75»
    if len(pieces) == 1 and len(pieces[0]) == 8 and pieces[0].isdecimal():
        pieces = [pieces[0][:2], pieces[0][2:4], pieces[0][4:]]
    if len(pieces) == 1 and len(pieces[0]) == 6 and pieces[0].isdecimal() and not sentence:
        month_and_year = pieces[0][2:4] in ("19", "20")
        cut = pieces[0][:2], pieces[0][2:] if month_and_year else pieces[0][2:4], pieces[0][4:]
        pieces = list(cut[:2] if month_and_year else cut)
    if len(pieces) not in (2, 3) or any(len(piece) not in (1, 2, 4) for piece in pieces):
        return None
    if len(pieces) == 3 and len(pieces[0]) == 4:
        pieces.reverse()
    if any(len(piece) == 4 for piece in pieces[:-1]) or len(pieces[-1]) == 1:
        return None
    month, written = int(pieces[-2]), pieces[-1]
    if len(pieces) == 2 and len(written) == 2 and int(written) <= 31:
        return None  # «3/05» may be the third of May
    year = plausible(int(written), today) if len(written) == 2 else int(written)
    if year is None or not lived(year, today) or not 1 <= month <= 12:
        return None
    return (int(pieces[0]) if len(pieces) == 3 else None), month, year, False, after


def _pieces(tokens: Tokens, at: int) -> tuple[list[str], int]:
    """The numbers of a date written with one kind of sign, and where it ends."""
    if not tokens[at].text.isdecimal():
        return [] if "," in tokens[at].text else tokens[at].text.split("."), at + 1
    pieces, here = [tokens[at].text], at + 1
    sign = tokens[here].text if here < len(tokens) and tokens[here].text in "/-" else ""
    while len(pieces) < 4:
        following = here + 1 if sign else here
        if sign and (here >= len(tokens) or tokens[here].text != sign):
            break
        if following >= len(tokens) or tokens[following].digits is None:
            break
        pieces.append(tokens[following].text)
        here = following + 1
    if not sign and len(pieces) != 3:  # «3 1975» is no way to write a month
        return [tokens[at].text], at + 1
    return pieces, here


# --- ages --------------------------------------------------------------------------------------------


def _aged(tokens: Tokens, at: int, today: datetime.date, *, sentence: bool) -> Found[Birth] | None:
    """«50 tuổi», «tuổi 50», «78t»; in a sentence only of a person («tôi 50 tuổi», «năm nay 50 tuổi»)."""
    before = 1 if _AGE.get(tokens, at) and not sentence else 0
    said = day_or_month(tokens, at + before)
    if said is None:
        return None
    age, after = said
    if not before:
        short = after < len(tokens) and tokens[after].text == "t" and tokens[after].glued
        if not (_AGE.get(tokens, after) or short):
            return None
        after += 1
    if sentence and not _of_a_person(tokens, at):
        return None
    if _AGE_COUNTED_FROM_BIRTH.get(tokens, after) and tokens[after].fold in ("mu", "ta"):
        age, after = age - 1, after + 1
    if not YOUNGEST <= age <= 100:
        return None
    return Birth(today.year - age, approximate=True), after


def _of_a_person(tokens: Tokens, at: int) -> bool:
    here = at - 1
    while here > max(0, at - _SO_FAR_WORDS) and _SO_FAR.get(tokens, here):
        if tokens[here].fold == "nay" and tokens[here - 1].fold == "nam":
            return True
        here -= 1
    return here >= 0 and _SELF.get(tokens, here) is True
