"""Reads in a sentence when people were born: after «sinh», beside a sex or a person, or as somebody's age."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from handlers.reading.dates import ABOUT, LUNAR, Birth, birth_at, dated_at
from handlers.reading.passages import Mention, Passage
from handlers.reading.sixty_years import year_by_name
from handlers.reading.words import Found, Tokens, only, words
from handlers.reading.years import day_or_month
from vietnamese.normalize import folded_words

_OH = words("à a ủa ý quên là")
_MISTAKEN = words("nhầm lộn")
_A_CHILD_UNDER = 15
"""In a sentence «sinh vào 9/2016» tells of a child."""
_OF_LATE = 3
"""Years: «sinh tháng 5/2026» tells that somebody gave birth."""
_BORN = words("sinh sanh")
_SEX = words("nữ nam gái trai")
_PERSON = words("tôi tui em mình chị anh cô chú bác ông bà mẹ má bố vợ chồng con cháu xã dâu rể trai gái xóm")
_STARTED_THEN = words("nghỉ vào bắt đi làm đóng tham ra mới lấy")
_AGE = words("tuổi tủi")
_NOW = words("nay ni")
_YEAR = words("năm")
_UNIT = words("năm tháng triệu tr k nghìn ngàn người lần đồng đ phần ngày t n")
_AGE_OF_THE_LAW = words(
    "đủ từ đến tới trên dưới lên sau trước hay là khi lúc mấy phải quá ngoài hơn đạt hưu hoặc nghỉ và về ở độ tầm"
)
_STATES = words(
    "hộ nhà nghèo cận già yếu bệnh bịnh ốm đau mù lòa điếc liệt khuyết tật tàn góa đơn côi thân neo một mình làm ruộng",
    "rẫy nông",
)
_OF_THE_OLD = words("nội ngoại")
_UNTIL = ("dong", "nop", "lam", "keo", "tiep", "doi", "cho")
_LATELY = words("mới đã được có nay tròn cũng vừa")
_THIRD = frozenset({"ổng", "bả", "ảnh", "chỉ", "cổ", "nó"})
_AFTER_AN_AGE = words("thì rồi à ạ a mà nhưng chưa thôi chớ chứ hà")
_RELATIVE = words("tôi tui em mình con cháu anh chị")
_SURELY_AN_AGE = 45
"""Up to here a number after a person is an age; above it may be a year of birth («bố tôi 58»)."""
_TELLS_AFTER = words("rồi muốn chưa đã ạ nam nữ hộ nhà làm giờ đang bán buôn nên không ở mà nhưng thường")
_LEAST_AGE, _MOST_AGE = 15, 100


def births_in(passage: Passage) -> list[Mention]:
    """Every birth told of somebody old enough to pay; other dates of birth are used up all the same."""
    found: list[Mention] = []
    at = 0
    while at < len(passage.tokens):
        here = None if passage.taken[at] else _birth(passage, at)
        if here is None or not passage.free(at, here[1]):
            at += 1
            continue
        born, after = here
        if passage.today.year - born.year >= _A_CHILD_UNDER:
            about = born.approximate or any(ABOUT.get(passage.tokens, place) for place in range(at, after))
            found.append(Mention("birth", replace(born, approximate=about), at, after))
        passage.take(at, after)
        at = after
        rather = _put_right(passage, at) if found and found[-1].after == after else None
        if rather is not None:  # «sinh 5/1972 nhầm 5/1970»
            passage.take(after, rather[1])
            found[-1] = replace(found[-1], value=rather[0], after=rather[1])
            at = rather[1]
    return found


def _put_right(passage: Passage, at: int) -> Found[Birth] | None:
    """The birth that is put in the place of the one that ends there; not what papers say «nhầm thành»."""
    tokens = passage.tokens
    while at < len(tokens) and _OH.get(tokens, at):
        at += 1
    if not _MISTAKEN.get(tokens, at):
        return None
    at += 1
    while at < len(tokens) and _OH.get(tokens, at):
        at += 1
    if at >= len(tokens):
        return None
    found = birth_at(tokens, at, passage.today, sentence=True)
    found = found or dated_at(tokens, at, passage.today, marked=True, sentence=True)
    return found if found is not None and _clearly_dated(tokens, at, found[1]) else None


def _birth(passage: Passage, at: int) -> Found[Birth] | None:
    tokens, today = passage.tokens, passage.today
    if at and tokens[at - 1].text in "/-" and tokens[at].glued:
        return None
    named = year_by_name(passage, at)
    if named is not None:
        return named
    here = _by_the_moon(passage, at) or birth_at(tokens, at, today, sentence=True) or _beside_a_person(passage, at)
    if here is not None and _is_of_a_person(passage, at, here, today):
        return here
    return _aged(passage, at)


def _by_the_moon(passage: Passage, at: int) -> Found[Birth] | None:
    """«sinh âm lịch 15/7/1968»: the year only, for the papers carry the date by the sun."""
    tokens = passage.tokens
    here = at + 1 if _BORN.get(tokens, at) else at
    lunar = LUNAR.read(tokens, here)
    if lunar is None or not (here > at or passage.begins(at)):
        return None
    said = dated_at(tokens, lunar[1], passage.today, marked=True, sentence=True)
    return None if said is None else (Birth(said[0].year, approximate=(said[0].month or 1) > 10), said[1])


def _is_of_a_person(passage: Passage, at: int, here: Found[Birth], today: datetime.date) -> bool:
    born, after = here
    if born.approximate and passage.tokens[at].is_number and _AGE_OF_THE_LAW.get(passage.tokens, at - 1):
        return passage.tokens[at - 1].fold == "la" or passage.begins(at)
    return today.year - born.year >= _OF_LATE or after == at


def _beside_a_person(passage: Passage, at: int) -> Found[Birth] | None:
    """«nữ 1974», «nam, 7/1972», «vợ tôi 5/1975», «em 1990»; and a year or a month that is a clause of its own."""
    tokens = passage.tokens
    if not (tokens[at].is_number or tokens[at].fold in ("thang", "thg", "t", "nam", "ngay")):
        return None
    sex, person = bool(_SEX.get(tokens, at - 1)), bool(_PERSON.get(tokens, at - 1)) and at > 0
    if tokens[at].fold == "nam" and not passage.begins(at):
        return None
    here = dated_at(tokens, at, passage.today, marked=True, sentence=True) or _month_and_year(tokens, at, passage.today)
    if here is None or not _clearly_dated(tokens, at, here[1]) or passage.today.year - here[0].year < _A_CHILD_UNDER:
        return None
    if sex or (person and not _STARTED_THEN.get(tokens, here[1])):
        return here
    return here if passage.begins(at) and passage.begins(here[1]) else None


def _month_and_year(tokens: Tokens, at: int, today: datetime.date) -> Found[Birth] | None:
    """«8 1974»."""
    month = tokens[at].digits
    if month is None or not 1 <= month <= 12 or at + 2 != len(tokens) or len(tokens[at + 1].text) != 4:
        return None
    here = dated_at(tokens, at + 1, today, marked=True, sentence=True)
    return None if here is None else (Birth(here[0].year, month), here[1])


def _clearly_dated(tokens: Tokens, at: int, after: int) -> bool:
    """Whether more than two digits are there, which may be an age."""
    return any(len(token.text) >= 4 for token in tokens[at:after]) or any(
        token.text in "/-" or token.fold in ("thang", "thg") for token in tokens[at:after]
    )


def _aged(passage: Passage, at: int) -> Found[Birth] | None:
    """«52 tuổi» told of somebody, «năm nay 40»; the ages of the law («đủ 60 tuổi», «60 tuổi có được …») are none."""
    tokens = passage.tokens
    start = at
    if (called := _of_the_age(passage, at)) is not None:
        return called
    now = _YEAR.get(tokens, at) and _NOW.get(tokens, at + 1) and not passage.begins(at + 1)
    if now:
        start = at + 2
        while start < len(tokens) and tokens[start].fold in ("da", "moi", "duoc", "tron", "la", "toi", "em", "gan"):
            if tokens[start].fold == "gan":
                return None
            start += 1
    said = day_or_month(tokens, start) if start < len(tokens) and tokens[start].is_number else None
    age = None if said is None else said[0]
    if said is None or age is None or not _LEAST_AGE <= age <= _MOST_AGE:
        return None
    after = said[1]
    short = (
        after < len(tokens) and tokens[after].text == "t" and (tokens[after].glued or _stands_for_age(passage, after))
    )
    named = bool(_AGE.get(tokens, after)) or short
    if named:
        after += 1
    elif (
        not (now or _is_said_of_age(passage, at))
        or _UNIT.get(tokens, after)
        or (after < len(tokens) and tokens[after].text in "/-%")
    ):
        return None
    if named and not now and not _told(passage, at, after):
        return None
    return Birth(passage.today.year - age, approximate=True), after


def _of_the_age(passage: Passage, at: int) -> Found[Birth] | None:
    """«em tuổi 45», «bước sang tuổi 59»; «đến tuổi 60» is of the law."""
    tokens = passage.tokens
    if not (at and _AGE.get(tokens, at) and (_PERSON.get(tokens, at - 1) or tokens[at - 1].fold == "sang")):
        return None
    age = tokens[at + 1].digits if at + 1 < len(tokens) else None
    if age is None or not _LEAST_AGE <= age <= _MOST_AGE or _UNIT.get(tokens, at + 2):
        return None
    return Birth(passage.today.year - age, approximate=True), at + 2


def _stands_for_age(passage: Passage, at: int) -> bool:
    """Whether «t» apart from its number is an age: «41 t nữ»."""
    return passage.begins(at + 1) or bool(_SEX.get(passage.tokens, at + 1))


def _is_lately(passage: Passage, at: int) -> bool:
    """«bố cháu mới 72 thì sao», «ổng mới có 58 à»: a number after a person and «mới», with its clause or «thì» after
    it."""
    tokens = passage.tokens
    here = at - 1
    while here > max(0, at - 4) and _LATELY.get(tokens, here) and not passage.begins(here + 1):
        here -= 1
    beside = here < at - 1 and (_PERSON.get(tokens, here) or tokens[here].text in _THIRD)
    return beside and (passage.begins(at + 1) or bool(_AFTER_AN_AGE.get(tokens, at + 1)))


def _is_said_of_age(passage: Passage, at: int) -> bool:
    """«bố em đã 64,», «tui 54 rồi»: a number alone after a person."""
    tokens = passage.tokens
    if _is_lately(passage, at):
        return True
    age = tokens[at].digits
    if age is not None and _LEAST_AGE < age <= _SURELY_AN_AGE and at and _RELATIVE.get(tokens, at - 1):  # «vợ em 33»
        return passage.begins(at + 1) and at > 1 and bool(_PERSON.get(tokens, at - 2))
    return (
        at > 1
        and tokens[at - 1].fold in ("da", "nay")
        and bool(_PERSON.get(tokens, at - 2))
        and (passage.begins(at + 1) or tokens[at + 1].fold == "roi")
    ) or (at > 0 and bool(_PERSON.get(tokens, at - 1)) and at + 1 < len(tokens) and tokens[at + 1].fold == "roi")


def _is_lately_named(passage: Passage, at: int) -> bool:
    """«chồng em mới có 45 tuổi»."""
    here = at - 1
    while here > max(0, at - 4) and _LATELY.get(passage.tokens, here):
        here -= 1
    return here < at - 1 and (bool(_PERSON.get(passage.tokens, here)) or passage.tokens[here].text in _THIRD)


def _is_so(passage: Passage, at: int) -> bool:
    """«ba em nghèo 72 tuổi», «má tui hộ cận nghèo 71 tuổi»: after what somebody is."""
    here = at - 1
    while here > max(0, at - 5) and _STATES.get(passage.tokens, here) and not passage.begins(here + 1):
        here -= 1
    return here < at - 1 and bool(_PERSON.get(passage.tokens, here) or _OF_THE_OLD.get(passage.tokens, here))


def _told(passage: Passage, at: int, after: int) -> bool:
    tokens = passage.tokens
    if _SEX.get(tokens, at - 1) and at > 0:
        general = after < len(tokens) and tokens[after].fold in ("thi", "moi", "duoc", "co")
        return not general or (after + 1 < len(tokens) and tokens[after + 1].is_number)
    if at > 1 and tokens[at - 1].fold in ("noi", "ngoai") and tokens[at - 2].fold in ("ong", "ba"):
        return True
    if not passage.begins(at):
        if _is_lately_named(passage, at) or _is_so(passage, at):
            return True
        if tokens[at - 1].text == "toi" and at > 1 and tokens[at - 2].fold in _UNTIL:  # «dong toi 60 tuoi» is «tới»
            return False
        lately = tokens[at - 2].fold if at > 1 and tokens[at - 1].fold == "da" else tokens[at - 1].fold
        return bool(_PERSON.get(tokens, at - 1)) or lately in ("nay", "ni")
    return passage.begins(after) or bool(_TELLS_AFTER.get(tokens, after))


_AGE_NAMED = re.compile(r"\b(\d{2}) (?:tuoi|t)\b")


_AGE_BARE = re.compile(r"\b([6-9]\d)(?: (?:thi|sao|rang|the|co|duoc|roi)\b|$)")


def age_told_bare(text: str) -> int | None:
    """The one age of somebody old without its unit, where ages are talked of: «bố tui 72 thì răng»."""
    found = {int(each) for each in _AGE_BARE.findall(folded_words(text))}
    return only(found)


def age_named(text: str) -> int | None:
    """The one age that a message names, whosever: «thế 70 tuổi thì có được không»; None for none, and for two."""
    found = {int(each) for each in _AGE_NAMED.findall(folded_words(text))}
    return only(found)
