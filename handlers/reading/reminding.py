"""Reads what people say of being reminded: the wish, its end, the day and the hour, the harvest, and «đóng rồi».

Days are those of the solar calendar; a day by the moon is told apart, for the law goes by the other.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from handlers.reading.numbers import cardinal
from handlers.reading.words import LONGEST_ANSWER, Lexicon, answer_of
from vietnamese.normalize import fold, folded_words, normalize

_WHO = "toi|tui|minh|em|chau|con|bac|co|chu|anh|chi|me|bo|ba|ong|vo|chong|nha|ban|t|e|a|c"
_REMIND = r"nhac(?: nho)?"
_WISH = re.compile(
    rf"\b{_REMIND}(?: (?:giup|gium|dum|ho|cho|lai|viec))*(?: (?:{_WHO}))+\b.*\b(?:dong|nop|tien|bao hiem|bhxh|lich)\b"
    rf"|\b{_REMIND}(?: (?:giup|gium|dum|ho|viec))* (?:dong|nop)\b"
    rf"|\b(?:dat|hen|len|tao) (?:lich |gio |bao )?{_REMIND}\b"
    rf"|^(?:cho |nho |bot |ban )*{_REMIND}(?: (?:giup|gium|dum|ho|cho))*"
    r" (?:toi|tui|minh|em|chau|con|bac|co|chu|anh|chi)$"
    rf"|\bden (?:ky|han|ngay|thang)(?: \w+){{0,2}} (?:thi )?{_REMIND}(?: (?:giup|gium|dum|ho|cho))* (?:{_WHO})\b"
)
_NO_WISH = re.compile(
    rf"\b(?:ai|co quan|cong ty|can bo|nha nuoc|thu|bhxh|xa|co) (?:co )?(?:se |phai |duoc )?{_REMIND}\b"
    rf"|\bduoc {_REMIND}\b"
    rf"|\bco\b(?:(?!duoc ).)*\b{_REMIND}\b(?:(?!duoc khong).)*\bkhong(?: a| nhi| vay| ha)?$"
)
_STOP = re.compile(
    r"\b(?:dung|thoi|tat|bo|huy|xoa|ngung|khong can|ko can|khong muon|ko muon|cham dut)"
    r"(?: (?:bi|duoc|cai|loi|lich|viec|phan|giup|gui|tin|co|bot|het|cac|hen))*"
    rf" {_REMIND}\b(?! (?:lai|sau|hom khac)\b)"
)
_STOP_ENDS = re.compile(rf"^(?!dung quen\b)(?:dung|thoi|khong|ko)\b.*\b{_REMIND}\b.*\bnua\b")
_LIST = re.compile(
    rf"^(?:xem |cac |danh sach |cho (?:toi |em )?xem |lich )*(?:loi |lich |viec )?{_REMIND}(?: cua (?:toi|minh|em))?$"
)
_BOOK = re.compile(r"^(?:cho (?:toi |em |xem )?|xem |mo )*so (?:dong |ghi )?(?:cua )(?:toi|minh|em|chau|bac)$")
_PAID = re.compile(
    r"^(?:da |vua |moi |hom \w+ |sang nay |toi |em |chau |minh |bac |co |chu |anh |chi "
    r"|thang nay |ky nay |u |vang |da thua )*"
    r"(?:da )?(?:dong|nop)(?: tien| bhxh| bao hiem| bao hiem xa hoi)*(?: roi| xong| xong roi| day du| du roi| hom qua)"
    r"(?: a| nhe| nha| day| do| bac oi| em oi| ban oi| bot)*$"
    r"|^(?:toi |em |chau |minh |bac )?da (?:dong|nop)(?: tien| bhxh| bao hiem| bao hiem xa hoi)*(?: a| nhe| nha)*$"
)
_LATER = re.compile(
    r"^(?:chua |tu tu |thoi )?(?:dong |nop )?(?:de )?(?:nhac lai|nhac sau|(?:nhac )?hom khac|(?:may|vai|3|ba) hom nua)"
    r"(?: sau)?(?: (?:3|ba|may|vai) (?:ngay|hom)(?: nua)?)?(?: nhe| nha| a)*$"
)
_HARVEST = re.compile(
    r"\b(?:sau|het|xong|toi|den|qua|cuoi) (?:khi )?(?:mua |vu |thu hoach|gat|ban (?:lua|thoc|hang|lon|ca|vai|hanh|toi))"
    r"|\b(?:sau|het|xong|toi|den|qua|cuoi) (?:vu|mua)\b|\b(?:gat|thu hoach|ban (?:lua|thoc))(?: \w+){0,2} xong\b"
)
_EVERY_MONTH = re.compile(r"\b(?:hang thang|moi thang|tung thang|thang nao cung)\b")
_LUNAR = re.compile(r"\b(?:am lich|lich am|ram)\b")
_DAY = re.compile(
    r"\b(?:ngay|mung|mong|hom|vao)(?: (?:ngay|mung|mong))? (?P<digits>\d{1,2})\b(?! ?(?:h|gio|g)\b)"
    r"|^(?P<alone>\d{1,2})$"
)
_DAY_SAID = re.compile(r"\b(?:mung|mong|ngay)(?: (?:mung|mong))? #(\d+)\b")
_PART_OF_MONTH = (
    (re.compile(r"\bngay cuoi(?: cung)?(?: cua)? thang\b"), 31),
    (re.compile(r"\bdau thang\b"), 1),
    (re.compile(r"\bgiua thang\b"), 15),
    (re.compile(r"\bcuoi thang\b"), 25),
)
_AWAY = (
    (re.compile(r"\b(?:ngay kia|mot nua|hai hom nua|2 hom nua|2 ngay nua)\b"), 2),
    (re.compile(r"\b(?:ngay mai|sang mai|trua mai|chieu mai|toi mai|mai)\b"), 1),
    (re.compile(r"\b(?:hom nay|chieu nay|toi nay|trua nay|sang nay)\b"), 0),
)
_HOUR = re.compile(
    r"\b(?P<hour>\d{1,2}) ?(?:h|gio|g)(?: ?(?:ruoi|\d{1,2}))?\b"
    r"|\b(?P<clock>\d{1,2}):\d{2}\b"
)
_HOUR_SAID = re.compile(r"#(\d+) (?:h|gio|g)\b")
_ALONE = re.compile(r"^(?:luc |khoang |tam )?(\d{1,2})$")
_AFTERNOON = re.compile(r"\b(?:chieu|toi|dem)\b")
_NOON = re.compile(r"\btrua\b")
_PARTS = tuple(
    (re.compile(rf"\b{word}\b"), hour)
    for word, hour in (("sang som", 6), ("sang(?! nam| thang)", 7), ("trua", 11), ("chieu", 16), ("toi", 19))
)
"""What a part of the day is taken for."""
_NOON_HOUR, _AFTER_NOON = 12, 3
_I = re.compile(r"\btôi\b")
_WRITES_TO_ME = re.compile(r"\b(?:nhac|cho|giup|cua|hom|thang|ky|nam) toi\b|^toi (?:muon|can|hay|thich|la)\b")
"""Without its accents «tôi» and «tới» are written as «tối»."""
_NOW = re.compile(r"\bbay gio\b(?! (?:sang|toi|chieu))")
_NOW_AS_SEVEN = re.compile(r"#7 gio\b(?! (?:sang|toi|chieu))")
_SAID_BY_ITSELF = Lexicon({"tư": 4, "lăm": 5})
_DAYS, _HOURS = range(1, 32), range(24)


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day of each month; `on` where it is one named day («sáng mai»)."""

    day: int
    on: datetime.date | None = None


def _short(text: str) -> bool:
    return len(text) <= LONGEST_ANSWER


def wishes_reminder(text: str) -> bool:
    """Whether a message asks to be reminded of paying: «nhắc tôi đóng tiền», «den ky thi nhac em»."""
    said = folded_words(text) if _short(text) else ""
    return bool(_WISH.search(said)) and not _NO_WISH.search(said) and not wishes_no_reminder(text)


def wishes_no_reminder(text: str) -> bool:
    """Whether a message asks not to be reminded any more: «đừng nhắc nữa», «thoi khong can nhac»."""
    if not _short(text) or "đúng" in normalize(text).split():
        return False
    said = folded_words(text)
    return bool(_STOP.search(said) or _STOP_ENDS.match(said))


def wishes_list_of_reminders(text: str) -> bool:
    """Whether a message asks what one will be reminded of."""
    return _short(text) and bool(_LIST.match(folded_words(text)))


def wishes_own_book(text: str) -> bool:
    """Whether a message asks for what was told of payments: «so cua toi»."""
    return _short(text) and bool(_BOOK.match(folded_words(text)))


def says_paid(text: str) -> bool:
    """Whether a message only says that it is paid: «đóng rồi», «da nop tien roi nhe»."""
    return _short(text) and bool(_PAID.match(folded_words(text)))


def says_later(text: str) -> bool:
    """Whether a message only asks to be reminded once more in some days."""
    return _short(text) and bool(_LATER.match(folded_words(text)))


def speaks_of_reminders(text: str) -> bool:
    """Whether a message may be one of those above; what never is needs nothing to be looked up for it."""
    if not _short(text):
        return False
    said = f" {folded_words(text)} "
    return any(f" {word} " in said for word in ("nhac", "so", "dong", "nop")) or " hom " in said


def says_every_month(text: str) -> bool:
    """Whether a wish to be reminded names every month: «nhắc tôi mùng 3 hằng tháng»."""
    return _short(text) and bool(_EVERY_MONTH.search(folded_words(text)))


def after_harvest(text: str) -> bool:
    """Whether a message says «sau vụ», «gặt xong», «bán lúa xong»: when there is money."""
    return _short(text) and bool(_HARVEST.search(folded_words(text)))


def by_the_moon(text: str) -> bool:
    """Whether a day is told by the moon: «ngày rằm», «mùng 5 âm lịch»."""
    return _short(text) and bool(_LUNAR.search(folded_words(text)))


def day_told(text: str, today: datetime.date) -> DayTold | None:
    """The day of the month that a message tells, or the very day: «mùng 5», «ngay 20», «cuối tháng», «sáng mai».

    None where it tells none, or one by the moon.
    """
    if not _short(text) or by_the_moon(text):
        return None
    said = folded_words(text)
    found = _DAY.search(said) or _DAY_SAID.search(_numbered(text))
    if found is not None:
        day = int(found[found.lastindex or 0])
        return DayTold(day) if day in _DAYS else None
    part = next((day for pattern, day in _PART_OF_MONTH if pattern.search(said)), None)
    if part is not None:
        return DayTold(part)
    away = next((days for pattern, days in _AWAY if pattern.search(said)), None)
    if away is None:
        return None
    on = today + datetime.timedelta(days=away)
    return DayTold(on.day, on)


def _numbered(text: str) -> str:
    """The words of a message without accents, each number that is said in words as «#16»."""
    tokens, words, at = answer_of(text), list[str](), 0
    while at < len(tokens):
        found = None if tokens[at].is_number else cardinal(tokens, at)
        number, after = found or (_SAID_BY_ITSELF.get(tokens, at), at + 1)
        words.append(tokens[at].fold if number is None else f"#{number}")
        at = after
    return " ".join(words)


def hour_told(text: str, *, alone: bool = False, parts: bool = True) -> int | None:
    """The hour that a message tells, 0 to 23: «7h tối», «19:30», «sáng», without minutes. None where it tells none.

    `alone`: a number by itself is an hour too. `parts`: a part of the day is one.
    """
    if not _short(text):
        return None
    typed = normalize(text)
    said = _WRITES_TO_ME.sub(" ", fold(_I.sub(" ", typed)))
    written = fold(text)
    numbered = _numbered(text)
    if "bảy" not in typed.split():  # «bây giờ» is no hour
        said, written = _NOW.sub(" ", said), _NOW.sub(" ", written)
        numbered = _NOW_AS_SEVEN.sub(" ", numbered)
    found = _HOUR.search(written) or _HOUR.search(said) or _HOUR_SAID.search(numbered)
    found = found or (_ALONE.match(said) if alone else None)
    if found is None:
        return next((hour for word, hour in _PARTS if word.search(said)), None) if parts else None
    hour = int(found[found.lastindex or 0])
    if (_AFTERNOON.search(said) and hour < _NOON_HOUR) or (_NOON.search(said) and hour < _AFTER_NOON):
        hour += _NOON_HOUR
    return hour if hour in _HOURS else None
