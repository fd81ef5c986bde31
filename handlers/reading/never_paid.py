"""Reads in a sentence that nothing was paid yet: «chưa đóng bao giờ», «chưa tham gia»."""

from __future__ import annotations

from handlers.reading.amount_grammar import amount
from handlers.reading.passages import Mention, Passage
from handlers.reading.words import Phrases, phrases, words

_NEVER = Phrases(
    phrases(
        True,
        *(
            f"{no} {pays} {nothing}"
            for no in ("chưa", "chưa hề", "chưa có", "chưa từng", "không hề", "chẳng", "chả")
            for pays in (
                "đóng",
                "nộp",
                "góp",
                *(() if no in ("chẳng", "chả") else ("mua",)),
                "tham gia",
                "đóng được",
                "nộp được",
                "bỏ vào",
                "đóng vào",
            )
            for nothing in (
                *("gì", "gì hết", "gì cả", "gì hết trơn", "gì ráo", "chi", "chi hết", "chi cả", "cái gì", "cái chi"),
                *("đồng nào", "bữa nào", "ngày nào", "tháng nào", "năm nào", "lần nào", "xu nào", "cắc nào", "bao giờ"),
                *("một đồng nào", "một ngày nào", "một tháng nào", "một xu nào", "hồi nào", "được gì", "kỳ nào"),
            )
        ),
        "chưa ai đóng | chưa ai đóng gì | chưa ai tham gia | không ai đóng | chưa ai đóng hết | chưa đứa nào đóng",
        "chưa từng đóng bảo hiểm | chưa từng tham gia bảo hiểm | chưa từng đóng bảo hiểm xã hội",
        "chưa từng tham gia bảo hiểm xã hội | cả đời chưa đóng | xưa giờ chưa đóng | hồi giờ chưa đóng",
        "chưa đóng bao giờ | chưa bao giờ đóng | chưa từng đóng | chưa đóng ngày nào | chưa đóng tháng nào",
        "chưa đóng năm nào | chưa đóng lần nào | chưa đóng gì | chưa đóng đồng nào | chưa hề đóng",
        "chưa tham gia bao giờ",
        "chưa từng tham gia | chưa bao giờ tham gia | chưa hề tham gia | chưa tham gia gì | chưa tham gia ngày nào",
        "chưa đóng bảo hiểm gì | chưa đóng bảo hiểm xã hội bao giờ | chưa đóng bảo hiểm bao giờ",
        "chưa tham gia bảo hiểm xã hội bao giờ",
        "chưa đóng được ngày nào | chưa đóng được tháng nào | chưa đóng được năm nào | chưa có đóng gì | chưa đóng một",
        "chưa đóng bảo hiểm xã hội bao giờ | chưa đóng bảo hiểm xã hội lần nào | chưa mua bao giờ | chưa từng mua",
        "chưa đóng được đồng nào | chưa đóng cái nào | chưa có ngày nào | chưa đóng một tháng nào",
        "chưa đóng một ngày nào",
        "chưa có năm nào | chưa có tháng nào | trước giờ chưa đóng | chưa đóng bảo hiểm xã hội gì",
        "không đóng ngày nào",
    )
)
_BEGINS_NOW = Phrases(
    phrases(
        True,
        "giờ mới bắt đầu đóng | bây giờ mới bắt đầu đóng | nay mới bắt đầu đóng | giờ mới bắt đầu tham gia",
        "bây giờ mới bắt đầu tham gia | giờ mới đóng | bây giờ mới đóng | nay mới đóng | giờ mới tham gia",
        "bây giờ mới tham gia | bây giờ mới bắt đầu mua | giờ mới bắt đầu mua",
    )
)
"""«nữ sinh 1973 giờ mới bắt đầu đóng»; of who tells of months paid, or «đến nay mới đóng được …», it says nothing."""
_UNTIL = ("den", "toi", "hoi", "xua", "cho")
_PAID_BEFORE = ("duoc", "lai", "tiep", "them", "nua")
_HAS_PAID = words("công ty cty xí nghiệp nhà máy rút")
_DOES_NOT = Phrases(
    phrases(
        True,
        "không đóng gì hết trơn | không đóng gì hết | không đóng gì cả | không có đóng gì hết",
        "không tham gia gì hết | không tham gia gì cả | không đóng chi hết",
        "không đóng đồng nào | không đóng tháng nào | không đóng bữa nào | không có đóng đồng nào",
    )
)
"""Where the clause ends after it and somebody stands before it; «không đóng gì» alone asks what is lost by that."""
_NOT_YET = Phrases(
    phrases(
        True,
        "chưa đóng | chưa tham gia | chưa đóng bảo hiểm xã hội | chưa đóng bảo hiểm | chưa đóng bảo hiểm xã hội",
        "chưa tham gia bảo hiểm xã hội",
        "chưa mua | chưa tham gia bảo hiểm | chưa đóng bao nhiêu | chưa có đóng | chưa tham gia bảo hiểm xã hội",
    )
)


def never_paid(passage: Passage) -> list[Mention]:
    """Every place that says so, as no months paid; not «chưa đóng đủ», «chưa đóng tháng này»."""
    found = []
    for at in range(len(passage.tokens)):
        never, not_yet = _NEVER.read(passage.tokens, at), _NOT_YET.read(passage.tokens, at)
        does_not, begins_now = _DOES_NOT.read(passage.tokens, at), _BEGINS_NOW.read(passage.tokens, at)
        if begins_now and _is_new(passage, at, begins_now[1]):
            after = begins_now[1]
        elif never:
            after = never[1]
        elif does_not and passage.begins(does_not[1]) and not passage.begins(at):
            after = does_not[1]
        elif not_yet and (passage.begins(not_yet[1]) or _goes_on(passage, not_yet[1])):
            after = not_yet[1]
        else:
            continue
        if passage.free(at, after):
            found.append(Mention("paid", 0, at, after))
            passage.take(at, after)
    return found


def _is_new(passage: Passage, at: int, after: int) -> bool:
    """Whether nobody tells there of months paid before, by a length of time or a date or a firm."""
    tokens = passage.tokens
    if at and tokens[at - 1].fold in _UNTIL:
        return False
    if after < len(tokens) and (tokens[after].fold in _PAID_BEFORE or tokens[after].is_number):
        return False
    before = range(at)
    spans = any(
        tokens[place].is_number and tokens[place + 1].fold in ("nam", "thang") for place in before if place < at - 1
    )
    return not spans and not any(_HAS_PAID.get(tokens, place) for place in before)


def _goes_on(passage: Passage, at: int) -> bool:
    """Whether «thì», «giờ», or the level to be chosen follows: «chưa đóng mức 3 triệu»."""
    tokens = passage.tokens
    if tokens[at].fold == "muc":
        return amount(tokens, at + 1) is not None
    return tokens[at].fold in ("thi", "ma", "gio", "a", "nen", "muon", "cung", "tinh", "dinh")
