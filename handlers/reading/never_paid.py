"""Reads in a sentence that nothing was paid yet: «chưa đóng bao giờ», «chưa tham gia»."""

from __future__ import annotations

from handlers.reading.passages import Mention, Passage
from handlers.reading.words import Phrases, phrases

_NEVER = Phrases(
    phrases(
        True,
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
        if never:
            after = never[1]
        elif not_yet and (passage.begins(not_yet[1]) or passage.tokens[not_yet[1]].fold in ("thi", "ma", "gio", "a")):
            after = not_yet[1]
        else:
            continue
        if passage.free(at, after):
            found.append(Mention("paid", 0, at, after))
            passage.take(at, after)
    return found
