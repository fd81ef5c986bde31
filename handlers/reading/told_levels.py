"""Reads in a sentence which level is to be chosen, where words say it: «mức thấp nhất», «gói rẻ nhất», «tối đa»."""

from __future__ import annotations

from typing import Literal

from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.words import Phrases, Tokens, phrases, words

LevelInWords = Literal["lowest", "highest"]

_BY_NAME: Phrases[LevelInWords] = Phrases(
    {
        **phrases(
            "lowest",
            "mức thấp nhất | mức đóng thấp nhất | mức thu nhập thấp nhất | mức tối thiểu | mức đóng tối thiểu",
            "mức rẻ nhất | gói rẻ nhất | gói thấp nhất | gói nhỏ nhất | gói bèo nhất | mức bèo nhất | mức sàn",
            "mức ít nhất | mức nhỏ nhất | mức bét nhất | mức bét | mức min | mức đáy | loại rẻ nhất | mức đóng ít nhất",
            "mức thu nhập tối thiểu | mức đóng nhỏ nhất | gói tối thiểu | gói ít tiền nhất | mức ít tiền nhất",
            "mức nhẹ nhất | gói nhẹ nhất | gói ít nhất | cái thấp nhất | cái rẻ nhất | mức chót | mức đóng rẻ nhất",
        ),
        **phrases(
            "highest",
            "mức cao nhất | mức đóng cao nhất | mức thu nhập cao nhất | mức tối đa | mức đóng tối đa | mức trần",
            "mức kịch trần | gói cao nhất | gói mắc nhất | gói đắt nhất | mức lớn nhất | mức nhiều nhất | mức max",
            "mức kịch khung | kịch trần | kịch khung | mức thu nhập tối đa | gói to nhất | gói lớn nhất | gói tối đa",
            "gói xịn nhất | mức đóng nhiều nhất | mức to nhất | mức mắc nhất | cái cao nhất | cái mắc nhất",
        ),
    }
)
_BARE: Phrases[LevelInWords] = Phrases(
    {
        **phrases(
            "lowest",
            "thấp nhất | rẻ nhất | tối thiểu | ít nhất | nhỏ nhất | bét nhất | bèo nhất | nhẹ nhất | ít tiền nhất",
        ),
        **phrases("highest", "cao nhất | tối đa | nhiều nhất | lớn nhất | mắc nhất | đắt nhất"),
    }
)
"""Only after «đóng», «chọn» or as all of a clause: «đóng tối đa mấy năm» and «ít nhất 15 năm» name no level."""
_CHOSEN = words("đóng nộp chọn lấy mua theo góp cái gói đăng ký")
_AFTER = words("tháng một thì thôi đi ạ mỗi luôn nha nhé được mà đó hàng hằng cho")
_GOT = words("hưởng lương hưu lãnh lĩnh nhận cấp trợ được chuẩn")
_THAT = words("cùng theo vẫn giữ ở y")
"""After these «muc day» without accents is «mức đấy», and no lowest."""
_CHANGES = words("tăng vượt hạn quy định đổi khi")
_OF_THE_LAW = words("tăng lên bằng áp của làm năm từ không tiền cho theo khác")
_SO_FAR = Cues(Phrases(phrases(True, "đang đóng | đã đóng | trước đây | trước giờ | hồi trước | lâu nay | từng đóng")))
_NEW = Cues(Phrases(phrases(True, "giờ | bây giờ | nay | muốn | định | sẽ | đóng tiếp | tiếp | nếu | thì | tính")))
_PAID = ("paid", "own", "firm")
_NEAR = 8
"""Words between months paid and the level they were paid at."""


def levels_told(passage: Passage, told: list[Mention]) -> list[Mention]:
    """Every level named in words, beside what else is `told`: the level of months paid so far is none to choose."""
    found: list[Mention] = []
    tokens = passage.tokens
    at = 0
    while at < len(tokens):
        here = _BY_NAME.read(tokens, at) or _bare(passage, at)
        if here is None or not passage.free(at, here[1]):
            at += 1
            continue
        if (
            not (at and (_GOT.get(tokens, at - 1) or _is_that(tokens, at, here[1])))
            and not _is_of_the_law(tokens, at, here[1])
            and not _is_so_far(passage, at, told)
        ):
            found.append(Mention("level", here[0], at, here[1]))
            passage.take(at, here[1])
        at = here[1]
    return found


def past_level(tokens: Tokens, first: int, after: int) -> int:
    """Past the last level named between two places, or the first of them: «đóng mức thấp nhất 15 năm»."""
    ends = (here[1] for at in range(first, after) for here in (_BY_NAME.read(tokens, at),) if here is not None)
    return max((end for end in ends if end <= after), default=first)


def _is_that(tokens: Tokens, at: int, after: int) -> bool:
    """«cung muc day»: the one told before."""
    return tokens[after - 1].text == "day" and bool(_THAT.get(tokens, at - 1))


def _is_of_the_law(tokens: Tokens, at: int, after: int) -> bool:
    """Whether none is chosen: «bao giờ tăng mức sàn», «mức thấp nhất năm 2027», «có phải mức thấp nhất không»."""
    if at and _CHANGES.get(tokens, at - 1):
        return True
    if after < len(tokens) and tokens[after].fold == "duoc":
        return after + 1 < len(tokens) and tokens[after + 1].fold in ("phep", "chon", "dong")
    return bool(_OF_THE_LAW.get(tokens, after)) and not tokens[after].gap


def _bare(passage: Passage, at: int) -> tuple[LevelInWords, int] | None:
    tokens = passage.tokens
    here = _BARE.read(tokens, at)
    if here is None:
        return None
    alone = passage.begins(at) and passage.begins(here[1])
    chosen = at > 0 and _CHOSEN.get(tokens, at - 1) and not passage.begins(at) and _ends(passage, tokens, here[1])
    return here if alone or chosen else None


def _ends(passage: Passage, tokens: Tokens, at: int) -> bool:
    return passage.begins(at) or bool(_AFTER.get(tokens, at))


def _is_so_far(passage: Passage, at: int, told: list[Mention]) -> bool:
    """«đang đóng mức thấp nhất», «đóng được 5 năm mức thấp nhất»."""
    start = passage.clause_start(at)
    if _NEW.any(passage.tokens, start, at):
        return False
    beside = any(one.fact in _PAID and one.value and 0 <= at - one.after <= _NEAR for one in told)
    return beside or _SO_FAR.any(passage.tokens, start, at + 1)
