"""Tells a pension wished for from what is paid for it, and from a pension somebody has."""

from __future__ import annotations

from handlers.reading.passages import Cues, Passage
from handlers.reading.words import Phrases, phrases

_WISH = Cues(Phrases(phrases(True, "muốn | mong | ước | để | cần | thích | mơ")))
_OLD_AGE = Cues(
    Phrases(
        phrases(
            True,
            "lương hưu | tiền hưu | hưu trí | về hưu | hưu | nghỉ hưu | về già | sau này | lúc già | khi già",
            "tuổi già | già | mai sau | mai mốt | mai này | về sau",
        )
    )
)
_PENSION = Cues(Phrases(phrases(True, "lương hưu | tiền hưu | hưu trí")))
_SPENDS = Cues(Phrases(phrases(True, "thì | phải | đóng | nộp | mua | góp | bỏ ra | thu nhập | mức | gửi | rút")))
_DRAWS = Cues(Phrases(phrases(True, "lãnh | lĩnh | nhận | hưởng")))
_HAS = Cues(
    Phrases(
        phrases(
            True,
            "đang lãnh | đang lĩnh | đang nhận | đang hưởng | đang có | đã lãnh | đã nhận | đã hưởng | đã có | đã lĩnh",
            "đang được hưởng | đang được nhận | hiện lãnh | hiện nhận | hiện hưởng | nghỉ hưu sớm",
        )
    )
)
_HOW_MUCH = Cues(
    Phrases(
        phrases(
            True,
            "đóng bao nhiêu | đóng mấy | đóng mức nào | đóng nhiêu | đóng thế nào | đóng sao | đóng ra sao",
            "đóng như thế nào",
            "đóng tiền bao nhiêu | đóng mỗi tháng bao nhiêu | đóng một tháng bao nhiêu | đóng tháng bao nhiêu",
            "nộp bao nhiêu",
            "đóng mức bao nhiêu | mỗi tháng đóng bao nhiêu | đóng mức mấy | đóng bao lâu | đóng ở mức nào",
            "đóng theo mức nào",
        )
    )
)


def asks_what_to_pay(passage: Passage) -> bool:
    """Whether a text asks how much is to be paid; the pension it names is then wished for."""
    return _HOW_MUCH.any(passage.tokens, 0, len(passage.tokens))


def wished_from(passage: Passage, first: int, at: int, after: int, *, asks: bool, monthly: bool) -> int | None:
    """Where the words begin that make an amount a pension wished for; None where it is none."""
    tokens = passage.tokens
    end = min(len(tokens), after + 5)
    for place in range(after, end):
        if tokens[place].gap:
            end = place
            break
    if _HAS.any(tokens, first, at) or _SPENDS.any(tokens, max(first, at - 1), at):
        return None
    follows = next(_OLD_AGE.found(tokens, after, end), None)
    if follows is not None and _SPENDS.any(tokens, after, follows[0]):
        follows = None
    before = _OLD_AGE.nearest(tokens, first, at)
    wish = _WISH.nearest(tokens, first, at)
    if wish is not None and passage.free(wish[0], wish[1]) and not _SPENDS.any(tokens, wish[1], at):
        if before is not None and not _SPENDS.any(tokens, before[1], at):
            return min(wish[0], before[0])
        if follows is not None or (monthly and _DRAWS.any(tokens, wish[1], at)):
            return wish[0]
    pension = _PENSION.nearest(tokens, max(first, at - 4), at)
    if asks and pension is not None and not _SPENDS.any(tokens, pension[1], at):
        return pension[0]
    return at if asks and follows is not None and _PENSION.any(tokens, after, end) else None
