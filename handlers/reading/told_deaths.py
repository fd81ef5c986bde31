"""Reads in a sentence when somebody died: «mất tháng 5/2026», «mới mất tuần trước»; «mất sổ» is no death."""

from __future__ import annotations

from handlers.reading.calendar_months import AWAY
from handlers.reading.durations import length
from handlers.reading.moments import DAYS_AGO, FILLER, point
from handlers.reading.passages import Mention, Passage
from handlers.reading.words import Found, Phrases, phrases, words
from handlers.reading.years import MONTH
from law.base.month import Month

_DIED = Phrases(phrases(True, "mất | chết | qua đời | từ trần | mất đi | đã mất | bị mất | hy sinh"))
_JUST_DIED = Phrases(phrases(True, "mới mất | vừa mất | mới qua đời | vừa qua đời | mới chết | vừa chết | vừa mới mất"))
_NOBODY = words("trâu bò lợn heo gà vịt cá tôm lúa cây chó dê")
_DIES_OF_BEASTS = ("chet",)
_AGO = words("rồi nay")
_SINCE = words("được đã cách đây hơn gần khoảng")
_BOUNDS = words("từ đến tới hết đóng")
_AFTER_A_DEATH = words(
    "rồi do vì thì nhà gia tôi tui em mình con vợ chồng có được đóng để cần mà còn ở tại nay xin làm đang chưa bố mẹ ạ",
    "nên lúc trước đã cháu anh chị đột bệnh ung tai hưởng",
)


def died(passage: Passage, at: int) -> Mention | None:
    """The month somebody died: «mất tháng 5/2026», «mới mất tuần trước», «vừa mất»; not «mất sổ», «mất 3 triệu»."""
    tokens = passage.tokens
    just, said = _JUST_DIED.read(tokens, at), _DIED.read(tokens, at)
    after = just[1] if just else said[1] if said else None
    if after is None or any(_is_nobody(passage, place, at) for place in range(max(0, at - 2), at)):
        return None
    when = point(passage, after, "past") or _told_before(passage, at, after)
    if when is not None:
        month = when[0]
        alive = not isinstance(month, Month) or month > Month.of(passage.today)
        return None if alive else Mention("died", month, at, max(after, when[1]))
    ago = length(tokens, after + 1 if _SINCE.get(tokens, after) else after) if after < len(tokens) else None
    if ago is not None and ago[0] < 12 and (just is None) and _AGO.get(tokens, ago[1]):
        return Mention("died", Month.of(passage.today) + -ago[0], at, ago[1] + 1)
    if just and ago is None and (passage.begins(after) or _AFTER_A_DEATH.get(tokens, after)):
        return Mention("died", Month.of(passage.today), at, after)
    return None


def _is_nobody(passage: Passage, place: int, at: int) -> bool:
    """Whether a beast or a crop is named there; «bo toi mat» is a father, and only «bo chet» a cow."""
    tokens = passage.tokens
    if tokens[place].text == "bo":
        return place == at - 1 and tokens[at].fold in _DIES_OF_BEASTS
    return bool(_NOBODY.get(tokens, place))


def _told_before(passage: Passage, at: int, after: int) -> Found[Month | int] | None:
    """«tuần trước bố em mất»: a time told earlier in the clause, at most six words before."""
    if not (passage.begins(after) or _AFTER_A_DEATH.get(passage.tokens, after)):
        return None
    for first in range(max(passage.clause_start(at), at - 6), at):
        if not FILLER.get(passage.tokens, first) and passage.free(first, at):
            said = DAYS_AGO.read(passage.tokens, first) or AWAY.read(passage.tokens, first)
            named = MONTH.get(passage.tokens, first) and (first == 0 or not _BOUNDS.get(passage.tokens, first - 1))
            when = point(passage, first, "past") if said or named else None
            if when is not None and when[1] <= at:
                return when
    return None
