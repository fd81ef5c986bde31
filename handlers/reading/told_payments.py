"""Reads in a sentence which month was the first paid for, which the last, and up to when it was paid ahead."""

from __future__ import annotations

from handlers.reading.durations import length
from handlers.reading.moments import FILLER, MOST_FILLERS, point
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.words import Found, Phrases, Tokens, only, phrases, words
from handlers.reading.years import MONTH
from law.base.month import Month

_PAYS = Cues(
    Phrases(
        phrases(True, "đóng | tham gia | nộp | mua | làm | vào làm | đi làm | công ty | vào bảo hiểm | vào tự nguyện")
    )
)
_WHETHER = Cues(Phrases(phrases(True, "được không | được chưa | có được | không | thì | có kịp | kịp")))
_NOT_THEN = Cues(Phrases(phrases(True, "không đóng | không đi làm | ở nhà | gián đoạn | không tham gia | chưa đóng")))
_FROM = Phrases(
    phrases(
        True, "từ | hồi | từ hồi | bắt đầu từ | kể từ | tính từ | bắt đầu đóng | bắt đầu đóng từ | bắt đầu tham gia"
    )
)
_BEGAN = Phrases(
    phrases(
        True,
        "vào bảo hiểm | vào bảo hiểm xã hội | vào bảo hiểm tự nguyện | vào bảo hiểm xã hội tự nguyện | vào tự nguyện",
        "mới tham gia | mới vào | mới mua | mới đóng | vừa tham gia | vừa mua | bắt đầu đóng | bắt đầu tham gia",
        "bắt đầu",
        "bắt đầu mua | lần đầu đóng | đóng lần đầu | tháng đầu đóng | tháng đầu tiên đóng | đóng tháng đầu tiên",
        "tham gia",
        "đóng tháng đầu | bắt đầu nộp | mới nộp | tháng đầu nộp | tháng đầu tiên | mới bắt đầu đóng | mới bắt đầu",
    )
)
_PAY_VERB = words("đóng nộp mua gia vào")
_INSURANCE = words("bảo hiểm xã hội tự nguyện")
_PLANNED = Cues(Phrases(phrases(True, "muốn | định | sẽ | nếu | dự kiến | tính | cần")))
_OF_A_DATE = 3
"""Numbers: the day, the month and the year."""
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
_AHEAD = Phrases(
    phrases(
        True,
        *(
            f"{paid} {until}"
            for paid in (
                "đóng trước",
                "nộp trước",
                "đóng sẵn",
                "đóng luôn",
                "đóng một lần",
                "đã đóng",
                "đã nộp",
                "đóng",
            )
            for until in ("đến", "tới", "đến hết", "tới hết", "cho đến", "cho tới", "cho đến hết", "hết")
        ),
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
    phrases(
        True,
        "đang đóng đều | đang đóng bảo hiểm xã hội",
        "đang đóng tự nguyện | đang đóng | đang đóng bảo hiểm xã hội tự nguyện",
    )
)
_NOW = Phrases(phrases(True, "nay | giờ | bây giờ | hiện nay | hiện tại | chừ | bây chừ | giừ | bừ"))
_AGO = words("rồi nay")
_DONE = words("rồi")
_SINCE = words("được đã cách đây hơn gần khoảng")
_ROUGHLY = words("hơn gần khoảng")


def stopped(passage: Passage, at: int) -> Mention | None:
    """The last month paid: «nghỉ 12/2022», «ngừng năm 2021», «nghỉ 2 năm rồi», «từ 2012 đến 2020», «vẫn đang đóng»."""
    tokens, now = passage.tokens, Month.of(passage.today)
    still = _STILL.read(tokens, at)
    if still:
        return Mention("stopped", now, at, still[1])
    paying = _PAYING.read(tokens, at)
    if paying and (passage.begins(paying[1]) or _goes_on_as_length(tokens, paying[1])):
        return Mention("stopped", now, at, paying[1])
    said = _STOPPED.read(tokens, at)
    if said and any(passage.begins(place) for place in range(at + 1, said[1])):  # «400k thôi, đóng 3 tháng»
        said = None
    if said and _is_how_often(passage, said[1]):  # «thoi dong 3 thang mot lan cho khoe»
        said = None
    if said and not _OTHER_REST.get(tokens, said[1]):
        here = said[1] + 1 if said[1] < len(tokens) and tokens[said[1]].fold == "tu" else said[1]
        return _stopped_at(passage, at, here) or _stopped_ago(passage, at, said[1])
    until = None if tokens[at].text == "-" and tokens[at].glued else _UNTIL.read(tokens, at)
    if until and _from_before(passage, at):
        there = _NOW.read(tokens, until[1])
        return Mention("stopped", now, at, there[1]) if there else _stopped_at(passage, at, until[1])
    return None


def _is_how_often(passage: Passage, at: int) -> bool:
    """«3 thang mot lan», which is no third of January."""
    return [token.fold for token in passage.tokens[at + 1 : at + 4]] in (["thang", "mot", "lan"], ["thang", "1", "lan"])


def paid_ahead(passage: Passage, at: int) -> Mention | None:
    """The month up to which was paid ahead: «đã đóng trước đến hết 2028», «nộp trước tới tháng 6/2027 rồi».

    Of a plan («muốn đóng đến 2028») it tells nothing.
    """
    said = _AHEAD.read(passage.tokens, at)
    if not said or _PLANNED.any(passage.tokens, passage.clause_start(at), at):
        return None
    ahead = passage.tokens[at + 1].fold in ("truoc", "san", "luon", "mot")
    when = point(passage, said[1], "coming" if ahead else None)
    if when is None:
        return None
    month = when[0] if isinstance(when[0], Month) else Month(when[0], 12)
    done = ahead or passage.tokens[at].fold == "da"
    there = _DONE.get(passage.tokens, when[1])
    if month <= Month.of(passage.today) or not (done or there):
        return None
    return Mention("ahead_until", month, at, when[1] + 1 if there else when[1])


def _goes_on_as_length(tokens: Tokens, at: int) -> bool:
    """Whether «được 7 tháng» follows."""
    return at + 1 < len(tokens) and tokens[at].fold == "duoc" and length(tokens, at + 1) is not None


def _stopped_at(passage: Passage, first: int, at: int) -> Mention | None:
    when = point(passage, at, "past")
    if when is None:
        return None
    told, now = when[0], Month.of(passage.today)
    month = told if isinstance(told, Month) else Month(told, 12) if told < now.year else None
    return None if month is None or month > now else Mention("stopped", month, first, when[1])


def _stopped_ago(passage: Passage, first: int, at: int) -> Mention | None:
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
    return Mention("stopped", Month.of(passage.today) + (-ago[0] - 1), first, after)


def _from_before(passage: Passage, at: int) -> bool:
    """Whether «từ 2012» stands before «đến» there."""
    first = at
    while first > max(0, at - 9) and passage.tokens[first].gap < 2:
        first -= 1
    if any(_STOPPED.read(passage.tokens, place) for place in range(first, at)):
        return False
    return any(
        said is not None and point(passage, said[1], "past") is not None and not _did_not_pay(passage, first, place)
        for place in range(first, at)
        for said in (_FROM.read(passage.tokens, place),)
    )


_BEARS = Cues(
    Phrases(
        phrases(
            True,
            "sắp sinh | dự sinh | sắp đẻ | sắp sanh | có bầu | mang bầu | đang bầu | có thai | mang thai | tiền sinh",
            "thai sản | sinh con | sinh em bé | sinh bé | tiền sanh | tiền đẻ | ngày sinh dự kiến | bầu bì",
        )
    )
)
_HALF_A_YEAR = 6


def _is_a_day_of_the_law(tokens: Tokens, at: int, after: int) -> bool:
    """«từ 1/7/2025», with its day, tells of the law: payers count in months."""
    date = [token.digits for token in tokens[at:after] if token.is_number]
    return len(date) == _OF_A_DATE and date[0] == 1


def _asks_whether(passage: Passage, at: int, after: int) -> bool:
    """«đóng từ tháng 8 được không»: a month without its year, in a question."""
    tokens = passage.tokens
    year_said = any(len(token.text) == 4 for token in tokens[at:after] if token.is_number)
    return not year_said and _WHETHER.any(tokens, after, passage.clause_end(after))


_AT_A_FIRM = Cues(
    Phrases(
        phrases(
            True,
            "vào công ty | đi làm công ty | làm công ty | vào làm | đi làm | công ty nhận | nhận vào công ty",
            "vào xí nghiệp | vào nhà máy | có việc công ty | ký hợp đồng | đóng bắt buộc | qua bắt buộc",
            "sang bắt buộc | chuyển bắt buộc | xin được việc | có việc làm",
        )
    )
)
_SOON_AFTER = 5
"""Words between a month and what happened in it."""


def hired(passage: Passage, first: Month) -> Month | None:
    """The month in which who had paid from `first` on was hired: «… từ tháng 1, tới tháng 10 em vô công ty»."""
    tokens, found = passage.tokens, set[Month]()
    for at in range(len(tokens)):
        when = point(passage, at, "past") if MONTH.get(tokens, at) else None
        if when is None or not isinstance(when[0], Month):
            continue
        told = _AT_A_FIRM.any(tokens, when[1], min(len(tokens), when[1] + _SOON_AFTER))
        month = when[0] if when[0] > first else Month(when[0].year + 1, when[0].month)
        if told and month > first:
            found.add(month)
    return only(found)


def _did_not_pay(passage: Passage, first: int, at: int) -> bool:
    """«thời gian không đi làm từ …», «từ 2016 đến 2019 tôi ở nhà không đóng»."""
    tokens = passage.tokens
    if _PAYS.any(tokens, first, at):
        return _NOT_THEN.any(tokens, first, at)
    return _NOT_THEN.any(tokens, first, passage.clause_end(at + 1))


def _pays_right_before(passage: Passage, at: int) -> bool:
    """«đóng tự nguyện hồi 12/2025»; «quên chuyển tiền đóng cho má hồi tháng 8» tells of one month."""
    tokens = passage.tokens
    here = at - 1
    while here > 0 and _INSURANCE.get(tokens, here) and not passage.begins(here):
        here -= 1
    return here >= 0 and bool(_PAY_VERB.get(tokens, here))


def _in_a_year(passage: Passage, at: int) -> Found[Month | int] | None:
    """«từ 2026», «từ đầu năm nay»: the year alone."""
    tokens = passage.tokens
    first = at
    while at < min(len(tokens), first + MOST_FILLERS) and FILLER.get(tokens, at) and not passage.begins(at):
        at += 1
    when = point(passage, at, "past")
    return when if when is not None and isinstance(when[0], int) else None


def first_paid(passage: Passage, at: int) -> Mention | None:
    """The first month paid: «đóng từ tháng 8/2025», «vào bảo hiểm hồi tháng 10/2025», «mới tham gia tháng 9/2025».

    A year alone gives no month: «từ 2019».
    """
    tokens = passage.tokens
    began = _BEGAN.read(tokens, at)
    if began:
        here = began[1]
        while here < len(tokens) and _INSURANCE.get(tokens, here) and not passage.begins(here):
            here += 1
        said = _FROM.read(tokens, here)
        said = (True, said[1] if said and not passage.begins(here) else here)
    else:
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
        or not (began or _PAYS.any(tokens, start, at) or _PAYS.any(tokens, at, said[1]))
        or (tokens[at].fold == "hoi" and not began and not _pays_right_before(passage, at))
    ):
        return None
    when = _in_a_year(passage, said[1]) or point(passage, said[1], "past")
    now = Month.of(passage.today)
    if when is None or (when[0] > now if isinstance(when[0], Month) else when[0] > now.year):
        return None
    if _is_a_day_of_the_law(tokens, said[1], when[1]):
        return None
    if _asks_whether(passage, said[1], when[1]) and not _is_nearer_behind(passage, when[0], now):
        return None
    return Mention("first", when[0], at, when[1])


def _is_nearer_behind(passage: Passage, when: Month | int, now: Month) -> bool:
    """«sinh tháng 4, đóng từ tháng 9 có được tiền sinh không», in November: they have begun, and ask of the birth."""
    of_a_birth = _BEARS.any(passage.tokens, 0, len(passage.tokens))
    return of_a_birth and isinstance(when, Month) and now - when <= _HALF_A_YEAR
