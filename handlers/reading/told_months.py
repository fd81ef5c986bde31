"""Reads in a sentence when something was or will be: the first and the last payment, a birth expected, a death."""

from __future__ import annotations

import datetime
from typing import Literal

from handlers.reading.calendar_months import AWAY, YEARS_AWAY, month_at
from handlers.reading.durations import length
from handlers.reading.passages import Cues, Passage, Said
from handlers.reading.words import Found, Phrases, Tokens, phrases, words
from handlers.reading.years import LUNAR_MONTH, MONTH
from law.base.month import Month

_Turn = Literal["past", "coming"]
"""Which of the years is meant where only a month is said."""

_FILLER = words(
    "vào hồi khoảng tầm lúc cuối đầu giữa là ngày chừng cỡ trong được hết kể tính bé cháu con em của tôi mình"
)
_EARLY = words("đầu giữa")
_YEAR = words("năm")
_YEARS = range(1950, 2200)
_COMING = words("tới này sau")
_DAYS_AGO = Phrases(
    {
        **phrases(0, "hôm nay | sáng nay | mới đây | vừa xong"),
        **phrases(1, "hôm qua | tối qua | đêm qua"),
        **phrases(2, "hôm kia | mấy hôm trước | hôm nọ"),
        **phrases(7, "tuần trước | tuần rồi | tuần vừa rồi | tuần qua"),
    }
)
_HALF_YEAR_LATE = 24
"""Months for which a birth that was may still be asked about."""
_LONGEST_AHEAD = 14

# --- births expected ---------------------------------------------------------------------------------

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
        True, "bầu | có bầu | mang bầu | mang thai | có thai | đang bầu | bầu bí | chửa | có chửa | thai | thai nhi"
    )
)
_WHEN = words("khi lúc hồi")
_LOST = words("sảy sẩy phá lưu hư đình")
_SO_FAR = words("được đã gần khoảng tầm tới đến nay mới chừng là nhi hơn")
_WEEK = words("tuần")
_MONTHS_OF_A_PREGNANCY, _WEEKS_OF_A_PREGNANCY = 9, 40
_TOGETHER = Phrases(
    {
        **phrases(2, "sinh đôi | sanh đôi | song sinh | thai đôi | bầu đôi | song thai | đẻ sinh đôi | đẻ đôi"),
        **phrases(3, "sinh ba | sanh ba | thai ba | tam thai | đẻ sinh ba"),
    }
)
_NOT_THREE = words("năm tháng con lần đứa triệu bốn tr mươi")

# --- deaths ------------------------------------------------------------------------------------------

_DIED = Phrases(phrases(True, "mất | chết | qua đời | từ trần | mất đi | đã mất | bị mất | hy sinh"))
_JUST_DIED = Phrases(phrases(True, "mới mất | vừa mất | mới qua đời | vừa qua đời | mới chết | vừa chết | vừa mới mất"))
_AFTER_A_DEATH = words(
    "rồi do vì thì nhà gia tôi tui em mình con vợ chồng có được đóng để cần mà còn ở tại nay xin làm đang chưa bố mẹ ạ",
    "nên lúc trước đã cháu anh chị đột bệnh ung tai hưởng",
)

# --- payments ----------------------------------------------------------------------------------------

_PAYS = Cues(Phrases(phrases(True, "đóng | tham gia | nộp | mua | làm | vào làm | đi làm | công ty")))
_WHETHER = Cues(Phrases(phrases(True, "được không | được chưa | có được | không | thì | có kịp | kịp")))
_NOT_THEN = Cues(Phrases(phrases(True, "không đóng | không đi làm | ở nhà | gián đoạn | không tham gia | chưa đóng")))
_FROM = Phrases(phrases(True, "từ | bắt đầu từ | kể từ | tính từ | bắt đầu đóng | bắt đầu đóng từ | bắt đầu tham gia"))
_PLANNED = Cues(Phrases(phrases(True, "muốn | định | sẽ | nếu | dự kiến | tính | cần")))
_UNTIL = Phrases(phrases(True, "đến | tới | đến hết | cho đến | tới hết | đến tháng | -"))
_STOPPED = Phrases(
    phrases(
        True,
        "nghỉ | nghỉ việc | nghỉ làm | nghỉ đóng | ngừng | ngừng đóng | dừng | dừng đóng | thôi việc | thôi làm",
        "thôi đóng | ngưng | ngưng đóng | nghỉ công ty | nghỉ việc công ty | nghỉ ngang | bỏ đóng | ngừng làm",
        "hết đóng",
        "đóng đến | đóng tới | đóng đến hết | chốt sổ | nghỉ ở nhà | nghỉ công ty | đóng lần cuối | lần cuối đóng",
    )
)
_OTHER_REST = words("hưu thai lễ tết học hè ốm phép dưỡng không chế mất đẻ sinh sớm bao khi trước trưa")
_STILL = Phrases(
    phrases(
        True,
        "vẫn đang đóng | vẫn đóng | vẫn còn đóng | còn đang đóng | đang còn đóng | hiện vẫn đóng",
        "chưa ngừng đóng | chưa dừng đóng | chưa nghỉ đóng | vẫn đóng đều | hiện đang đóng | đến nay vẫn đóng",
        "vẫn đang tham gia | hiện đang tham gia | vẫn tham gia",
    )
)
_PAYING = Phrases(
    phrases(True, "đang đóng đều | đang đóng bhxh | đang đóng tự nguyện | đang đóng | đang đóng bhxh tự nguyện")
)
_NOW = Phrases(phrases(True, "nay | giờ | bây giờ | hiện nay | hiện tại"))
_AGO = words("rồi nay")
_SINCE = words("được đã cách đây hơn gần khoảng")
_ROUGHLY = words("hơn gần khoảng")


def months_in(passage: Passage) -> list[Said]:
    """Everything a text tells of the calendar beside births of payers; its words are used up."""
    found: list[Said] = []
    for read in (_together, _with_child, _died, _due, _stopped, _first):
        at = 0
        while at < len(passage.tokens):
            said = None if passage.taken[at] else read(passage, at)
            if said is None or (said.fact != "children" and not passage.free(said.first, said.after)):
                at += 1
                continue
            found.append(said)
            if said.fact != "children":
                passage.take(said.first, said.after)
            at = max(said.after, at + 1)
    return found


def _point(passage: Passage, at: int, turn: _Turn | None) -> Found[Month | int] | None:
    """The month there, or the year where no more is said; a month without its year as `turn` says, or not at all."""
    tokens, today = passage.tokens, passage.today
    early = False
    while at < len(tokens) and _FILLER.get(tokens, at) and not passage.begins(at):
        early = early or bool(_EARLY.get(tokens, at))
        at += 1
    if at >= len(tokens):
        return None
    ago = _DAYS_AGO.read(tokens, at)
    if ago:
        return Month.of(today - datetime.timedelta(days=ago[0])), ago[1]
    if not _bare_number(tokens, at) and not (MONTH.get(tokens, at) and LUNAR_MONTH.get(tokens, at + 1)):
        said = month_at(tokens, at, today)
        if said is not None:
            after = said[1]
            if said[0].year is not None:
                return Month(said[0].year, said[0].month), after
            if _COMING.get(tokens, after):
                turn, after = "coming", after + 1
            return None if turn is None else (_turned(said[0].month, Month.of(today), turn), after)
    away = YEARS_AWAY.read(tokens, at)
    if early:  # «đầu năm 2021» is not its December
        return None
    if away:
        return today.year + away[0], away[1]
    here = at + 1 if _YEAR.get(tokens, at) else at
    year = tokens[here].digits if here < len(tokens) else None
    return (year, here + 1) if year is not None and year in _YEARS and len(tokens[here].text) == 4 else None


def _bare_number(tokens: Tokens, at: int) -> bool:
    """Whether a number stands there that is neither a date nor a month called so."""
    if MONTH.get(tokens, at) or at >= len(tokens):
        return False
    if not tokens[at].is_number:
        return tokens[at].fold not in ("thang", "hom", "ngay", "mung", "mong", "toi", "dem", "sang")
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return not ("." in tokens[at].text or (following and (following.text in "/-" or following.fold == "thang")))


def _turned(month: int, now: Month, turn: _Turn) -> Month:
    """The month of that number that comes next, or came last."""
    year = now.year
    if turn == "coming" and month < now.month:
        year += 1
    if turn == "past" and month > now.month:
        year -= 1
    return Month(year, month)


# --- births expected ---------------------------------------------------------------------------------


def _due(passage: Passage, at: int) -> Said | None:
    """«sinh tháng 3 năm sau», «dự sinh 5/2027», «tháng sau sinh»."""
    tokens = passage.tokens
    bears = _BEARS.read(tokens, at)
    if bears is None:
        return _month_first(passage, at)
    surely = bears[0] == "surely"
    turn = _turn(passage, at, bears[1], surely)
    point = _point(passage, bears[1], turn)
    if point is None or not isinstance(point[0], Month):
        return None
    return _due_said(passage, point[0], at, point[1])


def _turn(passage: Passage, at: int, after: int, surely: bool) -> _Turn | None:
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


def _month_first(passage: Passage, at: int) -> Said | None:
    """«tháng sau em sinh», «tháng 3 năm sau vợ tôi sinh con»."""
    tokens = passage.tokens
    if not MONTH.get(tokens, at) or (at and tokens[at - 1].is_number):
        return None
    point = _point(passage, at, None)
    if point is None or not isinstance(point[0], Month) or _WHEN.get(tokens, point[1]):
        return None
    for place in range(point[1], min(point[1] + 4, len(tokens))):
        if passage.begins(place):
            return None
        bears = _BEARS.read(tokens, place)
        if bears:
            goes_on = bears[1] < len(tokens) and tokens[bears[1]].is_number
            return None if goes_on else _due_said(passage, point[0], at, point[1])
    return None


def _due_said(passage: Passage, month: Month, first: int, after: int) -> Said | None:
    away = month - Month.of(passage.today)
    return Said("due", month, first, after) if -_HALF_YEAR_LATE <= away <= _LONGEST_AHEAD else None


def _with_child(passage: Passage, at: int) -> Said | None:
    """«bầu 4 tháng», «thai 20 tuần»: nine months, forty weeks."""
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
        day = passage.today + datetime.timedelta(weeks=_WEEKS_OF_A_PREGNANCY - weeks)
        return Said("due", Month.of(day), at, here + 2)
    lasted = length(tokens, here) if here < len(tokens) else None
    if lasted is None or not 1 <= lasted[0] <= _MONTHS_OF_A_PREGNANCY:
        return None
    return Said("due", Month.of(passage.today) + (_MONTHS_OF_A_PREGNANCY - lasted[0]), at, lasted[1])


def _together(passage: Passage, at: int) -> Said | None:
    said = _TOGETHER.read(passage.tokens, at)
    if said is None or (said[0] == 3 and _NOT_THREE.get(passage.tokens, said[1])):
        return None
    return Said("children", said[0], at, said[1])


# --- deaths ------------------------------------------------------------------------------------------


def _died(passage: Passage, at: int) -> Said | None:
    """«mất tháng 5/2026», «mới mất tuần trước», «vừa mất»; «mất sổ», «mất 3 triệu» are none."""
    tokens = passage.tokens
    just, said = _JUST_DIED.read(tokens, at), _DIED.read(tokens, at)
    after = just[1] if just else said[1] if said else None
    if after is None:
        return None
    point = _point(passage, after, "past") or _told_before(passage, at, after)
    if point is not None:
        month = point[0]
        alive = not isinstance(month, Month) or month > Month.of(passage.today)
        return None if alive else Said("died", month, at, max(after, point[1]))
    ago = length(tokens, after + 1 if _SINCE.get(tokens, after) else after) if after < len(tokens) else None
    if ago is not None and ago[0] < 12 and (just is None) and _AGO.get(tokens, ago[1]):
        return Said("died", Month.of(passage.today) + -ago[0], at, ago[1] + 1)
    if just and ago is None and (passage.begins(after) or _AFTER_A_DEATH.get(tokens, after)):
        return Said("died", Month.of(passage.today), at, after)
    return None


def _told_before(passage: Passage, at: int, after: int) -> Found[Month | int] | None:
    """«tuần trước bố em mất»: a time told earlier in the clause, at most six words before."""
    if not (passage.begins(after) or _AFTER_A_DEATH.get(passage.tokens, after)):
        return None
    for first in range(max(passage.clause_start(at), at - 6), at):
        if not _FILLER.get(passage.tokens, first) and passage.free(first, at):
            said = _DAYS_AGO.read(passage.tokens, first) or AWAY.read(passage.tokens, first)
            point = _point(passage, first, "past") if said else None
            if point is not None and point[1] <= at:
                return point
    return None


# --- payments ----------------------------------------------------------------------------------------


def _stopped(passage: Passage, at: int) -> Said | None:
    """«nghỉ 12/2022», «ngừng năm 2021», «nghỉ 2 năm rồi», «từ 2012 đến 2020», «vẫn đang đóng»."""
    tokens, now = passage.tokens, Month.of(passage.today)
    still = _STILL.read(tokens, at)
    if still:
        return Said("stopped", now, at, still[1])
    paying = _PAYING.read(tokens, at)
    if paying and (passage.begins(paying[1]) or _goes_on_as_length(tokens, paying[1])):
        return Said("stopped", now, at, paying[1])
    said = _STOPPED.read(tokens, at)
    if said and not _OTHER_REST.get(tokens, said[1]):
        here = said[1] + 1 if said[1] < len(tokens) and tokens[said[1]].fold == "tu" else said[1]
        return _stopped_at(passage, at, here) or _stopped_ago(passage, at, said[1])
    until = None if tokens[at].text == "-" and tokens[at].glued else _UNTIL.read(tokens, at)
    if until and _from_before(passage, at):
        there = _NOW.read(tokens, until[1])
        return Said("stopped", now, at, there[1]) if there else _stopped_at(passage, at, until[1])
    return None


def _goes_on_as_length(tokens: Tokens, at: int) -> bool:
    """Whether «được 7 tháng» follows."""
    return at + 1 < len(tokens) and tokens[at].fold == "duoc" and length(tokens, at + 1) is not None


def _stopped_at(passage: Passage, first: int, at: int) -> Said | None:
    point = _point(passage, at, "past")
    if point is None:
        return None
    when, now = point[0], Month.of(passage.today)
    month = when if isinstance(when, Month) else Month(when, 12) if when < now.year else None
    return None if month is None or month > now else Said("stopped", month, first, point[1])


def _stopped_ago(passage: Passage, first: int, at: int) -> Said | None:
    """«nghỉ 2 năm rồi», «ngừng được 6 tháng»: so many full months without payment."""
    tokens = passage.tokens
    here = at
    while here < min(len(tokens), at + 3) and _SINCE.get(tokens, here):
        if _ROUGHLY.get(tokens, here):
            return None
        here += 1
    ago = length(tokens, here) if here < len(tokens) else None
    if ago is None or not (here > at or _AGO.get(tokens, ago[1])):
        return None
    after = ago[1] + 1 if _AGO.get(tokens, ago[1]) else ago[1]
    return Said("stopped", Month.of(passage.today) + (-ago[0] - 1), first, after)


def _from_before(passage: Passage, at: int) -> bool:
    """Whether «từ 2012» stands before «đến» there."""
    first = at
    while first > max(0, at - 9) and passage.tokens[first].gap < 2:
        first -= 1
    if any(_STOPPED.read(passage.tokens, place) for place in range(first, at)):
        return False
    return any(
        said is not None and _point(passage, said[1], "past") is not None and not _did_not_pay(passage, first, place)
        for place in range(first, at)
        for said in (_FROM.read(passage.tokens, place),)
    )


def _is_the_day_of_the_law(tokens: Tokens, at: int, after: int) -> bool:
    """«từ 1/7/2025» tells of the law, not of a payer."""
    return [token.digits for token in tokens[at:after] if token.is_number] == [1, 7, 2025]


def _asks_whether(passage: Passage, at: int, after: int) -> bool:
    """«đóng từ tháng 8 được không»: a month without its year, in a question."""
    tokens = passage.tokens
    year_said = any(len(token.text) == 4 for token in tokens[at:after] if token.is_number)
    return not year_said and _WHETHER.any(tokens, after, passage.clause_end(after))


def _did_not_pay(passage: Passage, first: int, at: int) -> bool:
    """«thời gian không đi làm từ …», «từ 2016 đến 2019 tôi ở nhà không đóng»."""
    tokens = passage.tokens
    if _PAYS.any(tokens, first, at):
        return _NOT_THEN.any(tokens, first, at)
    return _NOT_THEN.any(tokens, first, passage.clause_end(at + 1))


def _first(passage: Passage, at: int) -> Said | None:
    """«đóng từ tháng 8/2025», «tham gia từ 3/2020»; a year alone gives no month."""
    tokens = passage.tokens
    said = _FROM.read(tokens, at)
    if said is None:
        return None
    start = passage.clause_start(at)
    stopped = next((place for place in range(start, at) if _STOPPED.read(tokens, place)), None)
    if stopped is not None:
        return _stopped_at(passage, stopped, said[1])
    if (
        _PLANNED.any(tokens, start, at)
        or _did_not_pay(passage, start, at)
        or not (_PAYS.any(tokens, start, at) or _PAYS.any(tokens, at, said[1]))
    ):
        return None
    point = _point(passage, said[1], "past")
    if point is None or not isinstance(point[0], Month) or point[0] > Month.of(passage.today):
        return None
    if _is_the_day_of_the_law(tokens, said[1], point[1]) or _asks_whether(passage, said[1], point[1]):
        return None
    return Said("first", point[0], at, point[1])
