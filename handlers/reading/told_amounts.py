"""Reads in a sentence what an amount is: to be paid, an income level, a wage, a pension wished for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handlers.reading.amount_grammar import CURRENCY, MILLION, MONTH, THOUSAND, per_month, quantity
from handlers.reading.amounts import amounts_in
from handlers.reading.numbers import HUNDRED
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.told_wishes import asks_what_to_pay, wished_from
from handlers.reading.words import Phrases, is_one, phrases, words

_Role = Literal["payment", "level", "earning", "change", "fee", "wage", "pension", "gets", "earns", "sends"]
_ROLES: Cues[_Role] = Cues(
    Phrases(
        {
            **phrases(
                "payment",
                "đóng | nộp | bỏ ra | bỏ | trích ra | góp ra | trích | góp | để dành | dành | dành dụm | tiết kiệm",
                "tham gia | đóng được | bỏ vào | bỏ vô | đóng vào | đóng vô | nộp vào | nộp vô | góp vào | góp vô",
                "để ra",
                "dành ra | để ra được | dành ra được | bỏ ra được | trích ra được | góp được | nộp được | bỏ được",
                "đưa ra",
                "đưa vào | để dành được | dành được | cất | cất được | cất ra | bỏ ống | bỏ heo | xuất ra | chi ra",
                "chi",
                "đóng góp | rút ra được | nhín ra | nhín được | nhín | chắt chiu được | gom được | gom | xuất",
                "mua gói",
                "đóng gói | bỏ ra có | đóng có | nộp có | góp có",
                "đóng mỗi tháng | đóng mức một tháng | đóng một tháng | nộp được | bỏ ra được | đóng hàng tháng",
                "đóng hằng tháng",
                "đóng tháng | trả | đóng thử | đóng bảo hiểm | đóng bảo hiểm xã hội | tháng đóng | có thể đóng",
                "lo được",
                "kham được",
                "đóng tự nguyện | đóng bảo hiểm tự nguyện | đóng bảo hiểm xã hội tự nguyện | mua bảo hiểm | mua",
            ),
            **phrases(
                "level",
                "mức | mức thu nhập | chọn | chọn mức | đóng mức | đóng ở mức | mức thu nhập chọn",
                "theo mức",
                "đóng theo mức | mức thu nhập đóng | mức thu nhập tháng | gói | mức thu nhập làm căn cứ đóng",
                "thu nhập chọn",
                "thu nhập tháng | đổi mức | nâng mức | thu nhập mức",
            ),
            **phrases("earning", "thu nhập"),
            **phrases(
                "sends",
                "gửi | gửi vào | gửi vô | gửi bảo hiểm | gửi bảo hiểm xã hội | gửi vào bảo hiểm",
                "gửi vào bảo hiểm xã hội",
                "gửi bảo hiểm xã hội tự nguyện | gửi vào bảo hiểm xã hội tự nguyện | gửi tự nguyện | gửi cho bảo hiểm",
                "gửi được | gửi cho bảo hiểm xã hội | gửi vào đó | gửi vào đây | gửi cho nhà nước",
            ),
            **phrases("fee", "mức đóng | số tiền đóng | phí | mức phí"),
            **phrases(
                "wage",
                "lương | mức lương | lương cơ bản | lương cb | lcb | lương bình quân | mức lương bình quân",
                "tiền lương",
                "bình quân | lương tháng | lương đóng | mức lương đóng | lương đóng bảo hiểm xã hội | mức lương cơ bản",
                "lương cứng",
                "mức lương cb | lương bình quân đóng bảo hiểm xã hội | mức bình quân | lương bq",
                "mức lương đóng bảo hiểm xã hội",
                "mức lương bình quân đóng bảo hiểm xã hội | lương trung bình | lương đóng bảo hiểm",
                "mức bình quân tiền lương",
                "lương tôi | lương em | lương mình | lương chồng tôi",
            ),
            **phrases(
                "pension", "lương hưu | tiền hưu | hưu | hưu trí | tiền lương hưu | mức lương hưu | lương hưu trí"
            ),
            **phrases(
                "gets",
                "lãnh | lĩnh | nhận | hưởng | được | hỗ trợ | trợ cấp | phụ | phụ cấp | thưởng | vay | nợ | phạt",
                "lãi | thuế",
                "giá | hết | mất | tổng | tổng cộng| tuất | mai táng | học phí | bán | thai sản | chuẩn",
                "tham chiếu",
                "cơ sở | rút | lấy | hoàn | trừ | giảm | tăng thêm | bù | chênh | tiền tuất | nhà nước | khoảng lời",
                "lời | lợi",
                "biếu | nuôi | viện phí | tiền thuốc | đã đóng | đã nộp | thiếu | gấp | quá | lương tối thiểu",
                "chuẩn nghèo",
                "mức hưởng | mức hỗ trợ | mức trợ cấp | mức tham chiếu | mức chuẩn | mức lãnh | bhyt | bảo hiểm y tế",
                "mua xe | mua đất | mua vàng | được lãnh | mức lương tối thiểu | lương cơ sở | mức lương cơ sở",
                "đủ | trên | dưới | vốn | sàn",
            ),
            **phrases(
                "change",
                "tăng lên | nâng lên | lên | đổi sang | hạ xuống | xuống | giảm xuống | xuống còn | đổi thành",
                "lên thành",
                "tăng thành | chuyển sang | chuyển lên | nâng mức lên | tăng mức lên | hạ mức xuống | đổi mức sang",
                "gấp đôi lên | gấp đôi thành | gấp đôi | tăng gấp đôi lên | tăng gấp đôi",
                "giảm còn | tăng lên mức | nâng lên mức | hạ xuống mức | lên mức | xuống mức | sang mức",
            ),
            **phrases("earns", "kiếm | kiếm được | làm được | làm ra | thu được | dư | dư được | có | thu | lãi được"),
        }
    )
)
_SENT_ELSEWHERE = words("về cho ngân hàng tiết kiệm nhà con vợ chồng mẹ má bố ba cha lên xuống")
_ONLY = words("mỗi chỉ thôi có")
_INSURED = Cues(Phrases(phrases(True, "đóng | nộp | bảo hiểm | bảo hiểm xã hội | tham gia | góp")))
_HUNDREDS = range(100, 1_000, 10)
_AFTER_HUNDREDS = words("suốt trong thì mỗi một hàng hằng ạ thôi à được có là nha nhé")
_REACH = 12

_NEW = Cues(Phrases(phrases(True, "giờ | bây giờ | nay | muốn | định | sẽ | đóng tiếp | đóng thêm | thì | tiếp | nếu")))
_SO_FAR = Cues(
    Phrases(
        phrases(
            True, "đang đóng | đã đóng | trước đây | trước giờ | hồi trước | năm ngoái | lâu nay | từ trước | xưa nay"
        )
    )
)
_LONG_AGO = Cues(Phrases(phrases(True, "năm ngoái | năm trước | hồi trước | trước đây | lúc trước | ngày trước")))
"""«năm ngoái đóng 1tr5 giờ đóng tiếp được không»: no payment that is wished, and a level as likely."""
_UP_TO_NOW = Cues(
    Phrases(
        phrases(
            True,
            "mấy năm nay | lâu nay | từ trước | trước giờ | xưa nay | bao năm nay | từ đó đến nay | từ trước đến nay",
        )
    )
)
_CAN_PAY = frozenset({"dong", "nop", "ra", "gop", "tra", "danh"})
"""«đóng được 300k» can be paid; what «đóng tự nguyện được» is what one gets."""
_FAR = 9999
_FURTHER = words("thêm")
_BESIDE_PAYMENT = words(
    "khoảng tầm chừng cỡ là được với chỉ có thôi độ gần hơn đúng tới đến mỗi tháng một hàng hằng bảo hiểm xã hội",
    "con vợ chồng mẹ má bố cha ba nó cháu anh chị vào vô ra bạn à cũng tháng có mỗi",
    "tự nguyện bh cho ít nhất phải tiền mình tôi em thấp cao đều đặn quy định mức nhất theo từ tối thiểu đa đâu đó nổi",
)
_GETS_OR_EARNS = Cues(
    Phrases(phrases(True, "lương | thu nhập | trợ cấp | lãnh | lĩnh | nhận | hưởng | làm | kiếm | phụ cấp | hưu | bán"))
)
_DAY = words("ngày buổi tuần giờ công")
_LEAST_LEVEL = MILLION // 2
"""Below no level of income ever was; so little is what is paid."""
_MOST_A_MONTH = 15 * MILLION
"""An amount beyond is paid for years at once, or is no payment."""
_EACH = words("mỗi một hàng hằng từng")
_YEAR = words("năm")
_OF_MONTHS_PAID = ("paid", "own", "firm")
_TWO = 2
_NEAR = 12
"""Words between months paid and the level they were paid at."""
_LETTER = 40
"""Words; in a longer text an amount without a word for what it is belongs to the story."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in dong from `at` up to `after`, «một tháng» behind it included."""

    value: int
    at: int
    after: int
    monthly: bool


def amounts_taken(passage: Passage) -> list[Amount]:
    """The amounts no other reader took, so that none takes them now."""
    found = []
    for value, at, after in sorted([*amounts_in(passage.tokens), *_hundreds_paid(passage)], key=lambda one: one[1]):
        if after - at > 1 and passage.taken[after - 1] and CURRENCY.get(passage.tokens, after - 1):
            after -= 1  # «muc 2 trieu dong 6 thang 1 lan»
        if passage.free(at, after):
            end = _past_month(passage, after)
            found.append(Amount(value, at, end, end > after or _each_month_before(passage, at) < at))
            passage.take(at, end)
    return found


def _hundreds_paid(passage: Passage) -> list[tuple[int, int, int]]:
    """«tháng đóng 3 trăm»: thousands are meant where the word for paying stands right before."""
    tokens = passage.tokens
    found = []
    for at in range(1, len(tokens)):
        said = quantity(tokens, at) if HUNDRED.get(tokens, at + 1) else None
        if said is None or said[0] not in _HUNDREDS:
            continue
        ends = passage.begins(said[1]) or per_month(tokens, said[1]) or bool(_AFTER_HUNDREDS.get(tokens, said[1]))
        start = max(0, at - 4)
        cue = _ROLES.nearest(tokens, max(start, passage.clause_start(at)), at)
        straight = cue is not None and all(_BESIDE_PAYMENT.get(tokens, place) for place in range(cue[1], at))
        if ends and straight and cue is not None and cue[2] == "payment":
            found.append((int(said[0]) * THOUSAND, at, said[1]))
    return found


def amounts_told(passage: Passage, amounts: Sequence[Amount], lengths: Sequence[Mention]) -> list[Mention]:
    """What every amount is, beside the `lengths` of time that were read."""
    found: list[Mention] = []
    asks = asks_what_to_pay(passage)
    before = 0
    for one in amounts:
        fact, first = _meant(passage, max(before, one.at - _REACH), one, lengths, asks=asks)
        if fact == "change":
            fact = "payment" if any(said.fact == "payment" for said in found) else "income"
            found = [said for said in found if said.fact != fact]
        if fact is not None and (one.value <= _MOST_A_MONTH or one.monthly or fact not in ("payment", "income")):
            first = passage.free_from(first, one.at)
            found.append(Mention(fact, one.value, first, one.after))
            passage.take(first, one.after)
        before = one.after
    found = _one_from_now_on(found, lengths)
    chosen = any(said.fact == "income" for said in found)
    return [
        replace(said, fact="income") if said.fact == "earning" else said
        for said in found
        if not (chosen and said.fact == "earning")  # «thu nhập tầm 8tr, muốn đóng mức 3tr»
    ]


def _one_from_now_on(found: list[Mention], lengths: Sequence[Mention]) -> list[Mention]:
    """Of two levels beside one length of time the second is to be chosen: «7 năm, mức đã đóng 2 triệu, mức 3 triệu»."""
    past = [said for said in found if said.fact == "past"]
    once = sum(one.fact in _OF_MONTHS_PAID for one in lengths) == 1
    if not (once and len(past) == _TWO and past[0].value != past[1].value) or any(
        said.fact in ("income", "payment") for said in found
    ):
        return found
    return [replace(said, fact="income") if said is past[1] else said for said in found]


def _past_month(passage: Passage, after: int) -> int:
    """Past «một tháng», «/tháng» after an amount."""
    tokens = passage.tokens
    if per_month(tokens, after):
        return after + 2
    if (_EACH.get(tokens, after) or is_one(tokens, after)) and MONTH.get(tokens, after + 1):
        return after + 2
    return after + 1 if MONTH.get(tokens, after) and not passage.begins(after) else after


def _meant(
    passage: Passage, first: int, one: Amount, lengths: Sequence[Mention], *, asks: bool
) -> tuple[str | None, int]:
    """The fact an amount is, or None; and where the words that say it begin."""
    tokens, at, after = passage.tokens, one.at, one.after
    sentence = _sentence_start(passage, first, at)
    wished = wished_from(passage, sentence, at, after, asks=asks, monthly=one.monthly)
    if wished is not None:
        return "wanted", wished
    clause = max(first, passage.clause_start(at, _REACH))
    if _by_year(passage, clause, at, after):
        return None, at
    cue = _ROLES.nearest(tokens, clause, at)
    if cue is not None and passage.begins(cue[0]) and tokens[cue[0]].text == "vay":  # «vay 2 triệu thì sao»: «vậy»
        cue = None
    if cue is not None and cue[1] - cue[0] == 1 and tokens[cue[0]].fold in ("duoc", "co"):
        earlier = _ROLES.nearest(tokens, clause, cue[0])
        pays = earlier is not None and earlier[1] == cue[0] and tokens[cue[0] - 1].fold in _CAN_PAY  # «đóng có 264k»
        cue = earlier if pays else cue
    if cue is None and one.monthly:  # «muốn đóng tự nguyện, mỗi tháng 300 nghìn»
        earlier = _ROLES.nearest(tokens, sentence, at)
        if earlier is not None and earlier[2] == "payment":
            return "payment", _each_month_before(passage, at)
    if cue is None:
        short = len(tokens) <= _LETTER
        return ("money" if short else None), at
    return _by_role(passage, cue, one, lengths), _each_month_before(passage, cue[0])


def _by_role(passage: Passage, cue: tuple[int, int, _Role], one: Amount, lengths: Sequence[Mention]) -> str | None:
    tokens, at, after = passage.tokens, one.at, one.after
    months = _months_beside(passage, at, after, lengths)
    match cue[2]:
        case "sends":
            insured = cue[1] - cue[0] > 1 or one.monthly
            elsewhere = any(_SENT_ELSEWHERE.get(tokens, place) for place in (*range(cue[1], at), after))
            return "payment" if insured and not elsewhere else None
        case "payment":
            done = cue[0] > 0 and tokens[cue[0] - 1].fold == "da"
            done = done or _LONG_AGO.any(tokens, passage.clause_start(cue[0]), cue[0])
            if done or any(_FURTHER.get(tokens, place) for place in range(cue[1], at)):
                return None
            straight = all(_BESIDE_PAYMENT.get(tokens, place) for place in range(cue[1], at))
            return "payment" if straight else "money" if len(tokens) <= _LETTER else None
        case "level" | "earning":
            sent = tokens[cue[0]].text == "goi" and one.monthly  # «mỗi tháng gởi 1tr5», and no «gói»
            if one.value <= _LEAST_LEVEL or sent:
                return "payment"
            chosen = any(token.fold == "chon" for token in tokens[max(0, cue[0] - 2) : cue[1]])
            past = not chosen and (months is not None or _is_level_so_far(passage, cue[0], after))
            return "wage" if months == "firm" else "past" if past else "income" if cue[2] == "level" else "earning"
        case "change":
            others = _ROLES.found(tokens, passage.clause_start(cue[0]), cue[0])
            return None if any(cue[2] in ("gets", "pension") for cue in others) else "change"
        case "fee":
            return "wage" if months == "firm" else "past" if months else "money"
        case "wage":
            if months == "firm" or (months is None and any(one.fact == "firm" for one in lengths)):
                return "wage"
            leveled = any(token.fold in ("muc", "dong") for token in tokens[cue[0] : cue[1]])
            return "past" if months and leveled else "money"
        case "earns":
            if _is_all_there_is(passage, cue, one):
                return "payment"
            return "money" if len(tokens) <= _LETTER else None
        case "gets" if cue[0] and tokens[cue[0] - 1].fold == "muc" and tokens[cue[1] - 1].fold in ("dong", "nop"):
            return "past"
        case "pension" | "gets":
            return None


def _is_all_there_is(passage: Passage, cue: tuple[int, int, _Role], one: Amount) -> bool:
    """«có mỗi 200 ngàn một tháng», «em có 400k/tháng thôi»: so much for it, where paying is spoken of or nobody
    lives on so little."""
    tokens = passage.tokens
    if (
        not one.monthly
        or tokens[cue[0]].fold != "co"
        or _GETS_OR_EARNS.any(tokens, passage.clause_start(cue[0]), cue[0])
    ):
        return False
    if one.value <= _LEAST_LEVEL:
        return True
    beside = (cue[0] - 1, *range(cue[1], one.at), one.after)
    return any(_ONLY.get(tokens, place) for place in beside) and _INSURED.any(tokens, 0, len(tokens))


def _is_level_so_far(passage: Passage, at: int, after: int) -> bool:
    """«đang đóng mức 2 triệu», «đóng mức 2 triệu mấy năm nay», «tự nguyện từ 2023 mức 1,5 triệu»."""
    tokens = passage.tokens
    start = passage.clause_start(at)
    if _NEW.any(tokens, start, at):
        return False
    since = any(tokens[place].fold == "tu" and _is_past_year(passage, place + 1) for place in range(start, at))
    return (
        since
        or _SO_FAR.any(tokens, start, min(at + 2, after))
        or _UP_TO_NOW.any(tokens, after, passage.clause_end(after))
    )


def _is_past_year(passage: Passage, at: int) -> bool:
    ahead = passage.tokens[at : at + 4]
    return any(len(token.text) == 4 and (token.digits or _FAR) <= passage.today.year for token in ahead)


def _months_beside(passage: Passage, at: int, after: int, lengths: Sequence[Mention]) -> str | None:
    """The kind of the months paid just before an amount, or right after it."""
    before = [one for one in lengths if one.fact in _OF_MONTHS_PAID and one.value and 0 <= at - one.after <= _NEAR]
    if before:
        last = max(before, key=lambda one: one.after)
        if not _NEW.any(passage.tokens, last.after, at):
            return last.fact
    following = [one for one in lengths if one.fact in _OF_MONTHS_PAID and one.value and 0 <= one.first - after <= 1]
    return following[0].fact if following and not _NEW.any(passage.tokens, max(0, at - 3), at) else None


def _sentence_start(passage: Passage, first: int, at: int) -> int:
    start = at
    while start > first and passage.tokens[start].gap < 2:
        start -= 1
    return start


def _by_year(passage: Passage, first: int, at: int, after: int) -> bool:
    """«một năm đóng 3 triệu», «3 triệu một năm», «3 triệu/năm»; not the year of a birth, «tháng 1 năm 1990»."""
    tokens = passage.tokens
    here = after + 1 if after < len(tokens) and (tokens[after].text == "/" or _EACH.get(tokens, after)) else after
    if (here > after or is_one(tokens, here)) and here < len(tokens) and not passage.begins(after):
        unit = here + 1 if is_one(tokens, here) else here
        if (_YEAR.get(tokens, unit) or _DAY.get(tokens, unit)) and not passage.begins(unit):
            return True
    return any(
        (_EACH.get(tokens, place) or is_one(tokens, place)) and tokens[place + 1].text in ("năm", "nam")
        for place in range(first, at - 1)
        if passage.free(place, place + 2)
    )


def _each_month_before(passage: Passage, first: int) -> int:
    """Back over «mỗi tháng» and who pays, before «đóng»."""
    tokens = passage.tokens
    for back in (3, 2):
        here = first - back
        if here >= 0 and _EACH.get(tokens, here) and MONTH.get(tokens, here + 1) and not passage.begins(first):
            return here
    return first
