"""Reads in a sentence what a length of time is: months paid, of which kind; for how long to pay; how often."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from handlers.reading.amount_grammar import amount
from handlers.reading.amounts import amounts_in
from handlers.reading.durations import lengths_in
from handlers.reading.insured_kinds import kinds_named
from handlers.reading.never_paid import never_paid
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.told_levels import past_level
from handlers.reading.words import Phrases, Tokens, is_one, phrases, words

_SHORT = 12
"""Words; a length without a word for what it is counts only in so short a text."""

_PAYS = Cues(
    Phrases(
        phrases(
            True,
            "đóng | nộp | góp | tham gia | mua | bảo hiểm xã hội | bảo hiểm xã hội | bảo hiểm | bh | đóng được",
            "tham gia được",
            "bảo hiểm xã hội tự nguyện",
        )
    )
)
_DONE_BEFORE = Cues(
    Phrases(
        phrases(
            True,
            "đã | được | đã được | có được | tổng cộng | tổng | tổng thời gian | thời gian đóng | thời gian tham gia",
            "từng",
            "quá trình đóng | đang đóng | mới đóng | mới được | đủ được | có tổng | vừa đóng | mới | tròn | đang có",
            "có",
            "cũng gần | cũng được | hiện có | hiện đóng | trước đây đóng | trước đóng | hồi trước đóng",
        )
    )
)
_SUPPOSED = Cues(Phrases(phrases(True, "nếu | giả sử | giả như | lỡ | ví dụ")))
_ALTOGETHER = Cues(
    Phrases(phrases(True, "cộng lại | tổng cộng | tổng | tổng thời gian | tất cả | cả thảy | cộng được"))
)
_DONE_AFTER = words("rồi nay")
_PLAN = Cues(
    Phrases(
        {
            **phrases(
                True,
                "nếu | sẽ | định | tính | muốn | trong | phải | cần | giả sử | liên tục | dự định | dự tính | suốt",
                "nên",
                "lên | đều | thử | ví dụ | chọn",
            ),
            **phrases(
                False,
                "tính lương hưu | tính tiền | tính hưu | tính giùm | tính giúp | tính dùm | tính xem | tính cho",
                "tính hộ",
                "tính thử | tính lương | lên sổ",
                "đều đóng | đều tham gia | đều mua | đều có | đều đã | trong đó",
            ),
        }
    )
)
"""False: «tính lương hưu …» asks to reckon, «vợ chồng đều đóng» means both; neither plans anything."""
_STOPS = Cues(
    Phrases(
        {
            **phrases(True, "nghỉ | nghỉ việc | nghỉ làm | thôi việc | ngừng | dừng | ngưng | nghỉ đóng | ngừng đóng"),
            **phrases(False, "nghỉ hưu | về nghỉ | nghỉ chế độ"),
        }
    )
)
_OWN = Cues(Phrases(phrases(True, "tự nguyện")))
_OWED = words("nợ thiếu quên trễ")
_ENOUGH = words("đủ tròn")
_NOT_A_LENGTH_BEFORE = Cues(
    Phrases(
        phrases(
            True,
            "mất | thiếu | còn thiếu | chưa đủ | không đủ | chưa được | chưa đến | chưa tới | dưới | trên | ngoài",
            "sau",
            "sau khi",
            "trước | chờ | đợi | hỗ trợ | trợ | vòng | nghỉ | cách | cách đây | hạn | lãi | mỗi | cứ | từng | tối đa",
            "không quá | quá | thiếu có | còn có | chỉ còn | còn | bao nhiêu | nhiêu | nghỉ việc | nghỉ làm",
            "nghỉ được",
            "nghỉ đóng | ngừng đóng | ngưng đóng | dừng đóng | bỏ đóng | gián đoạn | ngừng | ngưng | dừng",
            "ít nhất | tối thiểu | hơn kém | nghỉ hơn | chênh | chênh lệch | kéo dài | ứng trước | đóng trước | nợ",
            "bù | đóng bù | truy đóng | giảm | tăng | tuổi | thai sản | qua | cuối | đầu | giữa | lần | tù | sớm",
            "trễ | muộn",
        )
    )
)
_ALL_THE_SAME = words("đủ tròn hơn gần khoảng tầm chừng cỡ là thêm độ đúng chẵn cũng mới tới đến được đã lên còn")
"""May stand between such a word, or «đóng», and the length."""
_NOT_A_LENGTH_AFTER = words("trước sau tới qua tuổi kia lần một tù đầu cuối kề ngày")
_NEXT = words("kề trước sau")
_OF_A_DATE = words("tháng năm hồi đầu cuối giữa khi lúc ngày")
_AND_NO_MORE = Phrases(
    phrases(
        True,
        "rồi thôi | rồi nghỉ | rồi dừng | rồi ngừng | rồi ngưng | rồi nghỉ đóng | rồi thôi đóng | rồi dừng đóng",
        "rồi không đóng nữa | thôi rồi nghỉ | rồi nghỉ luôn | rồi bỏ | là nghỉ | là thôi | là dừng",
    )
)
"""After what is still to be paid: the plan ends there, and nothing was stopped."""
_LACKING = Phrases(phrases(True, "còn thiếu | còn lại | thiếu | không đóng | chưa đóng | không có đóng | không đi làm"))
_MORE_BEFORE = words("thêm tiếp nốt")
_MORE_AFTER = words("nữa")
_BEFORE_A_SPAN = words(
    "cũng thế vậy rứa dzậy nữ nam còn nếu thì là tính muốn chọn với ừ không thôi hay hoặc đổi sang lên thành ý nhầm"
)
_THEN = Cues(
    Phrases(
        phrases(
            True,
            "thì | là | có | sẽ | mới | được không | bao nhiêu | về già | được gì | lương hưu | hưởng | được hưởng",
            "sao | seo | răng",
        )
    )
)
_WHO_PAYS = words("tôi tui em mình con cháu chị anh bác cô chú tớ vợ chồng mẹ bố má")
_TAKING_OUT = Cues(
    Phrases(phrases(True, "rút | lãnh một lần | một lần | 1 lần | tuất | mai táng | mất | qua đời | chết | tiền tuất"))
)
_DIES = Cues(Phrases(phrases(True, "rồi chết | mà chết | thì chết | rồi mất | thì mất | rồi qua đời | chết")))
_OF_A_BIRTH = Cues(
    Phrases(phrases(True, "thai sản | sinh con | bầu | mang thai | có thai | đẻ | dự sinh | sinh em bé"))
)
_PRICE = Cues(Phrases(phrases(True, "bao nhiêu tiền | hết bao nhiêu | mất bao nhiêu | hết mấy | bao nhiêu | nhiêu")))
_COST = Cues(
    Phrases(phrases(True, "bao nhiêu tiền | hết bao nhiêu | mất bao nhiêu | hết mấy | nộp bao nhiêu | hết nhiêu"))
)
_LEVEL = words("mức lương")
_OR = words("và hay hoặc với so đến tới")
_FREQUENCIES = (1, 3, 6, 12)
_YEAR = 12
_NOT_OF_ITS_KIND = words("cả rồi thì xong sau mà")
"""«11 năm cả công ty lẫn tự nguyện», «3 năm bộ đội rồi làm công ty»."""
_EARLIER = 14
"""Words of the clauses before in which the kind may be named."""
_AS_IF = Cues(
    Phrases(
        phrases(
            True,
            "coi như | coi như là | xem như | kể như | cứ cho là | cứ cho | cho là | cứ coi | cứ tính là",
        )
    )
)
"""«coi như có 4 năm chẵn»: so long it was in all, whatever was told before."""
_EXACTLY_AFTER = words("được đóng nộp là tròn gần buộc nguyện vừa tổng")
"""«dong bat buoc duoc dung 9 nam»: «dung» after these is «đúng», and stops nothing."""
_INSTEAD = words("đổi chuyển sang qua thành lại một lần thay bằng")
_TAKEN_OUT = Phrases(
    phrases(
        True,
        "đã rút | rút rồi | rút hết rồi | rút một lần rồi | rút 1 lần rồi | đã rút hết | đã rút một lần | rút xong",
        "lãnh một lần rồi | lãnh 1 lần rồi | đã lãnh một lần | đã lãnh 1 lần",
    )
)
_TAKES_OUT = Cues(
    Phrases(
        phrases(
            True,
            "rút | rút một lần | rút 1 lần | rút bảo hiểm | rút bảo hiểm xã hội | rút bảo hiểm xã hội một lần",
            "rút hết",
            "rút bảo hiểm xã hội 1 lần | lãnh một lần | lãnh 1 lần | rút mất | rút ra",
        )
    )
)
_BY_NOW = words("đã từng")
_SINCE = Cues(
    Phrases(phrases(True, "sau đó | giờ | nay | rồi | lại | sau này | tiếp | bây giờ | mới | chừ | hiện nay"))
)
_REACH_SINCE = 4
_NOT_YET = ("duoc", "chua")
"""«đã rút được chưa» asks."""
_SOON_AFTER = 4
"""Words after a length in which it is said that it was taken out."""
_RIGHT_AFTER = 3
"""Words after a length in which the insurance it counts is named: «8 năm công nhân may», «21 năm đóng bhxh»."""
_LIFE_OF_WORK = 15 * 12
_PLANNED = range(_LIFE_OF_WORK, 40 * 12, 5 * 12)
"""What people reckon with: 15, 20, 25, 30 years."""


@dataclass(frozen=True, slots=True)
class _Length:
    """A length in months, and the words from `first` to `end` of its clause that no other length claims."""

    months: int
    at: int
    after: int
    first: int
    end: int
    floor: int
    """Where the length before ends, with the words of its kind."""


@dataclass(frozen=True, slots=True)
class _About:
    """What the whole text is about: a price, taking the money out, a birth; and where a payer is first named."""

    priced: bool
    born: bool
    taken_out: bool
    birth: bool
    payer: int


def lengths_told(passage: Passage, *, priced: bool, born: bool) -> list[Mention]:
    """What every length of time is; `priced`: whether a group or an amount is named, so that a price is asked for;
    `born`: whether somebody's birth is told, whose months they then are.

    Amounts are to be taken before, with their «một tháng».
    """
    found = never_paid(passage)
    tokens = passage.tokens
    about = _About(
        priced,
        born,
        any(not _at_a_time(passage, cue[0]) for cue in _TAKING_OUT.found(tokens, 0, len(tokens))),
        _OF_A_BIRTH.any(tokens, 0, len(tokens)),
        next((at for at in range(len(tokens)) if _WHO_PAYS.get(tokens, at)), len(tokens)),
    )
    lengths = [one for one in lengths_in(tokens) if passage.free(one[1], one[2])]
    compared = {
        place
        for one, other in pairwise(lengths)
        if other[1] == one[2] + 1 and _OR.get(tokens, one[2])
        for place in (one[1], other[1])
    }
    compared |= {
        place for one, other in pairwise(lengths) if _is_exchanged(tokens, one, other) for place in (one[1], other[1])
    }
    before, gone = 0, False
    for number, (months, at, after) in enumerate(lengths):
        first, floor, before = max(passage.clause_start(at), before), before, after
        following = lengths[number + 1][1] if number + 1 < len(lengths) else len(tokens)
        end = min(passage.clause_end(after), following)
        if at in compared:
            continue
        one = _Length(months, at, after, first, end, floor)
        if _was_taken_out(passage, one):
            passage.take(at, after)
            gone = True
            continue
        fact, start = (None, at) if _is_a_rate(passage, one) else _meant(passage, one, about)
        if gone and fact in ("span", "total", None) and _is_paid_since(passage, one):
            fact = "paid"
        if fact is None:
            continue
        if fact in ("paid", "own", "firm") and _is_taken_out(passage, after, following):
            passage.take(at, after)
            gone = True
            continue
        if fact == "paid" and not _AS_IF.any(tokens, one.first, one.at):
            fact = _kind_told_before(passage, one) or fact
        start = past_level(passage.tokens, passage.free_from(start, at), at)
        before = after_all = _past_its_kind(passage, one) if fact in ("own", "firm") else after
        ended = _AND_NO_MORE.read(passage.tokens, after_all) if fact in ("total", "span") else None
        if ended is not None:
            after_all = ended[1]
        elif _DONE_AFTER.get(passage.tokens, after_all) and not passage.begins(after_all):
            after_all += 1
        found.append(Mention(fact, months, start, after_all))
        passage.take(start, after_all)
    return found


def _is_exchanged(tokens: Tokens, one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """«đang đóng 6 tháng đổi sang 12 tháng»: of two ways to pay, and no length that was paid."""
    between = range(one[2], other[1])
    if not 0 < len(between) <= _SOON_AFTER or not {one[0], other[0]} <= {*_FREQUENCIES}:
        return False
    changes = any(tokens[place].fold in ("sang", "qua", "thanh") for place in between)
    return changes and all(_INSTEAD.get(tokens, place) or is_one(tokens, place) for place in between)


def _is_taken_out(passage: Passage, after: int, following: int) -> bool:
    """«bắt buộc 6 năm rút rồi», «6 năm, đã rút»: what was taken out is gone, and counts for nothing any more."""
    tokens = passage.tokens
    for at in range(after, min(after + _SOON_AFTER, following)):
        out = _TAKEN_OUT.read(tokens, at)
        if out is not None:
            return not (out[1] < len(tokens) and tokens[out[1]].fold in _NOT_YET)
        if tokens[at].gap > 1:
            return False
    return False


def _was_taken_out(passage: Passage, one: _Length) -> bool:
    """«đã rút 5 năm rồi», «rút 1 lần 6 năm rồi»: so long was taken out."""
    tokens = passage.tokens
    out = next((cue for cue in _TAKES_OUT.found(tokens, max(one.first, one.at - 4), one.at) if cue[1] == one.at), None)
    if out is None or any(passage.begins(place) for place in range(out[0] + 1, one.at + 1)):
        return False
    return bool(_BY_NOW.get(tokens, out[0] - 1)) or bool(_DONE_AFTER.get(tokens, one.after))


def _is_paid_since(passage: Passage, one: _Length) -> bool:
    """After what was taken out: «sau đó đóng thêm 3 năm nữa», «giờ đóng lại được 4 năm»."""
    tokens, first = passage.tokens, max(one.floor, one.first - _REACH_SINCE)
    pays = _PAYS.any(tokens, one.first, one.at)
    return pays and _SINCE.any(tokens, first, one.at) and not _PLAN.any(tokens, one.first, one.at)


def _at_a_time(passage: Passage, at: int) -> bool:
    """Whether «một lần» there is of paying: «nộp 1 lần bao nhiêu»."""
    return is_one(passage.tokens, at) and bool(at) and passage.tokens[at - 1].fold in ("nop", "dong")


def _meant(passage: Passage, one: _Length, about: _About) -> tuple[str | None, int]:
    """The fact, or None; and where the words that say it begin."""
    tokens = passage.tokens
    if _is_no_length_of_payments(passage, one):
        return None, one.at
    nearest = _before(passage, one)
    if _is_of_a_firm_too(passage, one):
        return "firm", _kind(passage, one)[0]
    if _MORE_BEFORE.get(tokens, nearest) and nearest >= one.first:
        return "span", nearest
    if _MORE_AFTER.get(tokens, one.after):
        return ("span", nearest) if _PAYS.any(tokens, one.first, one.at) else (None, one.at)
    as_if = next(_AS_IF.found(tokens, one.first, one.at), None)
    if as_if is not None and one.floor > 0 and _ENOUGH.get(tokens, one.at - 1):
        return None, one.at  # «đóng được 14 năm 7 tháng thì coi như đủ 15 năm chưa» asks of the first
    if as_if is not None and not _PAYS.any(tokens, as_if[1], one.at):
        return "paid", as_if[0]
    start, kind = _kind(passage, one)
    paying = next(_PAYS.found(tokens, one.first, one.at), None)
    pays = paying is not None or _PAYS.any(tokens, one.after, min(one.end, one.after + _RIGHT_AFTER))
    done = next(_DONE_BEFORE.found(tokens, one.first, one.at), None)
    done_at_its_level = _done_after_its_level(passage, one.after)
    is_done = done is not None or bool(_DONE_AFTER.get(tokens, one.after)) or done_at_its_level
    plan = any(cue[2] and not _is_of_before(passage, cue, done) for cue in _PLAN.found(tokens, one.first, one.at))
    begins = min([one.at, *(cue[0] for cue in (paying, done) if cue is not None), *([start] if kind else [])])
    if _ENOUGH.get(tokens, one.at - 1) and one.at > one.first:
        if one.after < len(tokens) and tokens[one.after].fold == "chua":
            return None, one.at
        over = _DONE_AFTER.get(tokens, one.after) or done_at_its_level or (about.born and _is_over(passage, one))
        over = over or (pays and _then_stopped(passage, one))
        if not over and about.birth and one.months < _YEAR:  # what the law asks of a mother
            return None, one.at
        return ((kind or "paid") if over else "total"), begins if pays else one.at - 1
    if (pays or kind) and is_done and not plan:
        return kind or "paid", begins
    if kind and not plan and (kind == "firm" or not _is_hypothetical(passage, one, about)):
        return kind, begins
    before_paying = paying is None and one.after < len(tokens) and tokens[one.after].fold == "dong" and not plan
    if before_paying and one.months in _FREQUENCIES and _PRICE.any(tokens, one.after, one.end):
        return "every", begins
    if before_paying:
        return "paid", begins
    if is_done and pays and _DIES.any(tokens, one.after, one.end):  # «giả sử đóng được 6 năm rồi chết»
        return kind or "paid", begins
    if pays:
        if plan and one.months >= _YEAR:
            return "total", begins
        return ("every" if one.months in _FREQUENCIES else None) if plan else _undecided(passage, one, about), begins
    if is_done and not plan and (earlier := _kind_told_before(passage, one)):
        return earlier, begins
    if done is not None and done[1] == one.at and _SUPPOSED.any(tokens, one.first, done[0]) and one.months >= _YEAR:
        return "paid", begins  # «còn nếu tôi mới có 13 năm thì sao»
    return _alone(passage, one, about)


def _is_of_a_firm_too(passage: Passage, one: _Length) -> bool:
    """«đóng tự nguyện 6 năm, ở công ty 3 năm nữa»: beside what was paid so far, and nothing still to be paid."""
    tokens = passage.tokens
    more = _MORE_AFTER.get(tokens, one.after) or any(
        _MORE_BEFORE.get(tokens, place) for place in range(one.first, one.at)
    )
    planned = _PLAN.any(tokens, one.first, one.at) or _THEN.any(tokens, one.after, one.end)
    return bool(more) and one.floor > 0 and _kind(passage, one)[1] == "firm" and not planned


def _is_of_before(passage: Passage, plan: tuple[int, int, bool], done: tuple[int, int, bool] | None) -> bool:
    """Whether a wish is of something else, told before what is done: «muốn hưu 3 triệu nữ sinh 1975 đã đóng 5 năm»."""
    return done is not None and any(not passage.free(place, place + 1) for place in range(plan[1], done[0]))


def _is_over(passage: Passage, one: _Length) -> bool:
    """«đóng đủ mười lăm năm, giờ …», «đủ 16 năm đóng, muốn ngưng» of somebody whose birth is told."""
    tokens, after = passage.tokens, one.after
    if after < len(tokens) and tokens[after].fold == "dong":
        after += 1
    return after < len(tokens) and tokens[after].gap > 0


def _before(passage: Passage, one: _Length) -> int:
    """The place of the nearest word before that is more than «khoảng», «là»."""
    here = one.at - 1
    while here >= one.first and here > one.at - 4 and _ALL_THE_SAME.get(passage.tokens, here):
        if _MORE_BEFORE.get(passage.tokens, here):
            break
        here -= 1
    return here


def _then_stopped(passage: Passage, one: _Length) -> bool:
    """«đóng đủ 15 năm 3 tháng tới hết tháng 6 thì nghỉ»; «… thì bao giờ được nghỉ» asks."""
    cues = _STOPS.found(passage.tokens, one.after, one.end)
    return any(cue[2] and passage.tokens[cue[0] - 1].fold in ("thi", "roi") for cue in cues)


def _ends(passage: Passage, at: int) -> bool:
    """Whether nothing more is said of what «có 14 năm» counts."""
    return passage.begins(at) or bool(_DONE_AFTER.get(passage.tokens, at))


def _done_after_its_level(passage: Passage, at: int) -> bool:
    """«đóng đủ 15 năm mức 2 triệu rồi»: the level stands between, and nothing follows."""
    tokens = passage.tokens
    if at >= len(tokens) or tokens[at].fold != "muc":
        return False
    level = amount(tokens, at + 1)
    over = level is not None and level[1] < len(tokens) and tokens[level[1]].fold in ("roi", "xong")
    return level is not None and over and passage.begins(level[1] + 1)


def _is_a_rate(passage: Passage, one: _Length) -> bool:
    """«một tháng đóng bao nhiêu», «một năm đóng 3 triệu»: a month or a year as such, unless so much was paid."""
    if not is_one(passage.tokens, one.at) or one.months not in (1, _YEAR):
        return False
    if _DONE_BEFORE.any(passage.tokens, max(one.first, one.at - 2), one.at) or _DONE_AFTER.get(
        passage.tokens, one.after
    ):
        return False
    return one.months == 1 or _PAYS.any(passage.tokens, one.after, min(one.end, one.after + 2))


def _is_no_length_of_payments(passage: Passage, one: _Length) -> bool:
    tokens = passage.tokens
    voluntary = _OWN.any(tokens, one.after, one.after + 2)  # «11 nam tu nguyen» is no «tù»
    dated = tokens[one.after : one.after + 1] and _is_from(tokens, one.after)  # «9 nam tu 2012»
    until = [token.fold for token in tokens[one.after : one.after + 2]] in (["toi", "het"], ["den", "het"])
    if _NOT_A_LENGTH_AFTER.get(tokens, one.after) and not (voluntary or dated or until or passage.begins(one.after)):
        return True
    if tokens[one.after : one.after + 1] and tokens[one.after].fold == "lien" and _NEXT.get(tokens, one.after + 1):
        return True  # «12 tháng liền trước», but not «8 tháng liền rồi»
    lacking = None if passage.begins(one.after) else _LACKING.read(tokens, one.after)
    if lacking is not None and not any(lacking[1] <= at < lacking[1] + 3 for _, at, _ in lengths_in(tokens)):
        return True  # «14 năm còn thiếu», but not «14 năm, còn thiếu 1 năm»
    if one.months < _YEAR and one.after + 1 < len(tokens) and tokens[one.after].fold == "luong":  # «hai tháng lương»
        return not tokens[one.after + 1].is_number
    stop = _STOPS.nearest(tokens, one.first, one.at)
    if (
        stop is not None
        and stop[2]
        and not _is_exactly(tokens, stop[0])
        and not _PAYS.any(tokens, stop[1], one.at)
        and not _OWN.any(tokens, stop[1], one.at)
    ):
        return True
    if any(_OWED.get(tokens, place) for place in range(one.first, one.at)):
        return True
    place = _before(passage, one)
    for cue in _NOT_A_LENGTH_BEFORE.found(tokens, max(one.first, place - 2), one.at):
        if _is_exactly(tokens, cue[0]):
            continue
        if cue[1] > place or cue[1] == one.at:
            return tokens[cue[0]].fold != "con" or cue[1] - cue[0] > 1 or not passage.begins(cue[0])
    return False


def _is_exactly(tokens: Tokens, at: int) -> bool:
    """Whether «dung» without accents is «đúng»: right before a number, after «được», «đóng» …"""
    number = at + 1 < len(tokens) and tokens[at + 1].is_number
    return tokens[at].text == "dung" and number and bool(_EXACTLY_AFTER.get(tokens, at - 1))


def _is_from(tokens: Tokens, at: int) -> bool:
    """Whether «tu» there is «từ» before a date, and no prison."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].text == "tu" and after is not None and (after.is_number or bool(_OF_A_DATE.get(tokens, at + 1)))


def _kind(passage: Passage, one: _Length) -> tuple[int, Literal["own", "firm"] | None]:
    """Of which insurance the months are, by the nearest word before, else after; and where that word begins."""
    tokens = passage.tokens
    before = kinds_named(passage, range(one.at - 1, one.first - 1, -1))
    after = kinds_named(passage, range(one.after, min(one.end, one.after + _RIGHT_AFTER)))
    if not before and after and _NOT_OF_ITS_KIND.get(tokens, one.after):
        return one.at, None
    if not (before or after):
        return one.at, None
    place, _, kind = (before or after)[0]
    return min(place, one.at), "own" if kind == "voluntary" else "firm"


def _kind_told_before(passage: Passage, one: _Length) -> Literal["own", "firm"] | None:
    """The one kind named earlier in the sentence: «tham gia tự nguyện từ 3/2013, đến nay được 13 năm»."""
    first = one.first
    while first > max(one.floor, one.first - _EARLIER) and passage.tokens[first].gap < 2:
        first -= 1
    kinds = kinds_named(passage, range(first, one.first))
    if len({kind for _, _, kind in kinds}) != 1 or _PLAN.any(passage.tokens, max(first, kinds[0][0] - 4), kinds[0][0]):
        return None
    return "own" if kinds[0][2] == "voluntary" else "firm"


def _past_its_kind(passage: Passage, one: _Length) -> int:
    """Past «tự nguyện» of «4 năm tự nguyện», where the kind is not named before."""
    if kinds_named(passage, range(one.at - 1, one.first - 1, -1)):
        return one.after
    after = kinds_named(passage, range(one.after, min(one.end, one.after + _RIGHT_AFTER)))
    return after[0][1] if after else one.after


def _is_hypothetical(passage: Passage, one: _Length, about: _About) -> bool:
    """«đóng tự nguyện 15 năm thì được gì», not «em đóng tự nguyện 4 năm thì rút được bao nhiêu»."""
    tokens = passage.tokens
    if about.taken_out or _is_subject(passage, one):
        return False
    return _PAYS.any(tokens, one.first, one.at) and _THEN.any(tokens, one.after, one.end)


def _is_subject(passage: Passage, one: _Length) -> bool:
    """Whether «em đóng» says who paid."""
    return any(
        bool(_WHO_PAYS.get(passage.tokens, cue[0] - 1)) and cue[0] > one.first
        for cue in _PAYS.found(passage.tokens, one.first, one.at)
    )


def _undecided(passage: Passage, one: _Length, about: _About) -> str | None:
    """«đóng 7 năm» without «được» or «rồi»."""
    tokens = passage.tokens
    level = bool(_LEVEL.get(tokens, one.after)) or _paid_at(passage, one)
    paying = tokens[one.at - 1].fold in ("dong", "nop", "tra") if one.at else False
    if not level and _asks_its_price(passage, one, _PRICE):
        return "every"
    to_pay = one.months in _FREQUENCIES[1:] and not about.taken_out and not about.birth
    if level and paying and to_pay and _COST.any(tokens, one.after, one.end):  # «dong 6 thang muc thap nhat het bn»
        return "every"
    if one.months in _FREQUENCIES and not level and not paying and one.months < _YEAR:
        return "paid" if _is_subject(passage, one) or about.payer < one.first else None
    if one.months in _FREQUENCIES and not level:
        if about.taken_out or about.birth:
            return "paid" if _is_subject(passage, one) else None
        if one.months < _YEAR or about.priced or _PRICE.any(tokens, one.after, one.end):
            return "every"
        return "span"
    then = _THEN.any(tokens, one.after, one.end)
    if then and one.months in _PLANNED and tokens[one.first].text == "con" and not passage.accented:
        return "total"  # «con dong 20 nam thi sao» is «còn»
    if _is_subject(passage, one) or about.taken_out or (one.months > _YEAR and one.months % _YEAR):
        return "paid"
    if (level or about.born) and one.months < _LIFE_OF_WORK:
        return "paid"
    if one.months < _YEAR:
        return None
    return "total" if then or one.months in _PLANNED else "paid"


def _asks_its_price(passage: Passage, one: _Length, cues: Cues[bool]) -> bool:
    """«6 tháng thì hết bao nhiêu»: how much it is, paid so."""
    tokens = passage.tokens
    follows = one.after < len(tokens) and tokens[one.after].fold in ("thi", "het") and not passage.begins(one.after)
    asked = (cue for cue in cues.found(tokens, one.after, min(one.end, one.after + 5)))
    return one.months in _FREQUENCIES[1:] and follows and any(not _asks_for_time(tokens, cue[1]) for cue in asked)


def _asks_for_time(tokens: Tokens, at: int) -> bool:
    """Whether «năm», «phần trăm» follows «bao nhiêu»."""
    return at < len(tokens) and tokens[at].fold in ("nam", "thang", "phan", "tuoi", "ngay")


def _paid_at(passage: Passage, one: _Length) -> bool:
    return any(not place for _, place, _ in amounts_in(passage.tokens[one.after : one.after + 4]))


def _alone(passage: Passage, one: _Length, about: _About) -> tuple[str | None, int]:
    """A length without a word for paying."""
    tokens = passage.tokens
    if _LEVEL.get(tokens, one.after) and tokens[one.after].fold == "muc":
        return "paid", one.at
    added = _ALTOGETHER.nearest(tokens, one.first, one.at)
    if added is not None and one.months > _YEAR:
        return "paid", added[0]
    if _TAKING_OUT.any(tokens, one.at - 2 if one.at > 1 else 0, one.at):
        return None, one.at
    near = _before(passage, one)
    if (
        near >= one.first
        and tokens[near].fold == "co"
        and (about.born or about.payer < near)
        and _ends(passage, one.after)
    ):
        return "paid", near
    opens = near < one.first or passage.begins(one.at) or bool(_BEFORE_A_SPAN.get(tokens, near))
    if one.months in _FREQUENCIES[1:] and about.priced and not _DONE_AFTER.get(tokens, one.after):
        return "every", one.at
    if _asks_its_price(passage, one, _COST):
        return "every", one.at
    if tokens[one.at - 1].fold == "trong" and one.at > 0 and about.priced:
        return "total", one.at - 1
    if not opens or len(tokens) > _SHORT:
        return None, one.at
    exact = one.months > _YEAR and one.months % _YEAR != 0
    return ("paid" if exact or _DONE_AFTER.get(tokens, one.after) else "span"), one.at
