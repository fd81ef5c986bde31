"""Reads in a sentence when something was or will be: a month, or the year where no more is said."""

from __future__ import annotations

import datetime
from typing import Literal

from handlers.reading.calendar_months import YEARS_AWAY, month_at
from handlers.reading.passages import Passage
from handlers.reading.words import Found, Phrases, Tokens, phrases, words
from handlers.reading.years import LUNAR_MONTH, MONTH
from law.base.month import Month

Direction = Literal["past", "coming"]
"""Which of the years is meant where only a month is said."""

MOST_FILLERS = 6
FILLER = words(
    "vào hồi khoảng tầm lúc cuối đầu giữa là ngày chừng cỡ trong được hết kể tính bé cháu con em của tôi mình"
)
_EARLY = words("đầu giữa")
_YEAR = words("năm")
_YEARS = range(1950, 2200)
_COMING = words("tới này sau")
DAYS_AGO = Phrases(
    {
        **phrases(0, "hôm nay | sáng nay | mới đây | vừa xong | bữa nay | hồi sáng | hồi khuya | hồi nãy"),
        **phrases(1, "hôm qua | tối qua | đêm qua | bữa qua | chiều qua | sáng qua | khuya qua"),
        **phrases(2, "hôm kia | mấy hôm trước | hôm nọ | bữa kia | bữa nọ | hôm trước | bữa trước | hôm bữa"),
        **phrases(4, "bữa hổm | hổm | hổm bữa | hổm rày | mấy bữa trước | mấy bữa nay | mấy ngày trước | hôm rồi"),
        **phrases(7, "tuần trước | tuần rồi | tuần vừa rồi | tuần qua | tuần này | tuần nay"),
    }
)


def point(passage: Passage, at: int, turn: Direction | None) -> Found[Month | int] | None:
    """The month there, or the year where no more is said; a month without its year as `turn` says, or not at all."""
    tokens, today = passage.tokens, passage.today
    early, first = False, at
    while at < min(len(tokens), first + MOST_FILLERS) and FILLER.get(tokens, at) and not passage.begins(at):
        early = early or bool(_EARLY.get(tokens, at))
        at += 1
    if at >= len(tokens):
        return None
    ago = DAYS_AGO.read(tokens, at)
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


def _turned(month: int, now: Month, turn: Direction) -> Month:
    """The month of that number that comes next, or came last."""
    year = now.year
    if turn == "coming" and month < now.month:
        year += 1
    if turn == "past" and month > now.month:
        year -= 1
    return Month(year, month)
