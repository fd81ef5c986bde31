"""Takes the courtesies off a wish: «à mà thôi tính tiền đóng trước đã» is «tính tiền đóng»."""

from __future__ import annotations

import unicodedata

from handlers.reading.words import LONGEST_ANSWER, Phrases, Token, phrases
from vietnamese.normalize import normalize

_PERSONS = "tôi|tui|em|mình|con|cháu|bác|cô|chú|anh|chị|ông|bà|bọn em|chúng tôi|gia đình tôi|nhà tôi"


def _each(*patterns: str) -> dict[str, bool]:
    """The patterns with each person for «…»."""
    return {
        pattern.replace("…", person): True
        for line in patterns
        for pattern in map(str.strip, line.split("|"))
        for person in (_PERSONS.split("|") if "…" in pattern else [""])
    }


_OPENING = Phrases(
    {
        **_each("cho … | giúp … | giúp cho … | làm ơn cho … | hộ … | giùm … | … muốn | … cần | … xin | nhờ …"),
        **_each("… ơi | bạn ơi | ad ơi | shop ơi | bot ơi | admin ơi | bạn cho … | bạn giúp …"),
        **phrases(
            True, "à mà thôi | à mà | thôi mà | mà thôi | à thôi | à | ờ | ừ | ừm | dạ | vâng | thôi | ok | oke | rồi"
        ),
        **phrases(
            True, "muốn | xin | xin hãy | hãy | giúp | làm ơn | vui lòng | giờ | bây giờ | giờ thì | bây giờ thì"
        ),
        **phrases(
            True, "thế thì | vậy thì | được rồi | thế giờ | vậy giờ | nhờ | phiền | phiền bạn | nhờ bạn | nhờ ad"
        ),
        **phrases(
            True, "mà khoan | à khoan | ơ khoan | ê khoan | khoan | khoan đã | khoan khoan | đợi đã | chờ đã | từ từ"
        ),
        **phrases(True, "ơ mà | ờ mà | ừ mà | ủa mà | ê mà | hay là | hay thôi | thôi khỏi | sẵn tiện | tiện thể"),
        **phrases(True, "nhân tiện | luôn tiện | sẵn | chừ | chừ thì | coi | coi thử | coi giùm | xem thử | cho coi"),
        **phrases(True, "sai rồi | nhầm rồi | lộn rồi | vậy thôi | thế thôi | nhưng mà thôi | lẹ lẹ | mau mau"),
        **_each("khoan … | khoan đã … | để … | thôi để … | cho … coi | để cho … | nói … nghe | chỉ …"),
        **phrases(True, "xin được | cho phép | cho xin | thôi thì | thôi để | trước tiên | trước hết"),
    }
)
_CLOSING = Phrases(
    {
        **_each("giúp … | hộ … | giùm … | dùm … | cho … | … ơi"),
        **phrases(
            True,
            "trước đã | đã | đi | nhé | nha | nhá | ạ | với | vậy | ơi | cái | luôn | hen | nghe | nhen | nghen | nhe",
        ),
        **phrases(
            True, "cái đã | trước cái đã | trước đi | trước đi đã | trước nha | trước nhé | trước hen | trước giùm"
        ),
        **phrases(
            True, "trước cho rồi | trước rồi tính sau | thử | thử coi | thử xem | thử đi | coi sao | xem sao | coi"
        ),
        **phrases(
            True, "trước giúp | trước với | trước luôn | giùm cái | giúp cái | cho lẹ | cho rồi | cái coi | hẵng"
        ),
        **phrases(True, "được không | có được không | được chứ | được chăng | được hông | giúp | giùm | dùm | hộ"),
        **phrases(True, "bạn ơi | ad ơi | bạn nhé | bạn nha | ad nhé | cảm ơn | xin cảm ơn | cám ơn | cảm ơn bạn"),
    }
)
_AFTER_CHO = frozenset({"xem", "biet", "tinh", "hoi", "gap"})
_SMALL = frozenset({"mà", "ủa", "ơ", "ê", "ờm"})
"""Only as typed: «ma» is rather «má»."""
_SWITCHES = frozenset({"khoan", "thoi", "de"})
_WISHED = frozenset({"tinh", "xem", "hoi", "gap", "lam", "tien", "luong"})
_LONGEST_PHRASE = 5
_LONE_LETTERS = frozenset("tmekj")
"""Which letters stand for a word; «a» is rather «à»."""


def without_courtesy(text: str) -> str:
    """The core of a wish, as it was typed; a message of courtesies alone, or a long one, stays as it is.

    >>> without_courtesy("cho mình xem kế hoạch của tôi với")
    'xem kế hoạch của tôi'
    """
    if len(text) > LONGEST_ANSWER:
        return text.strip()
    typed = text.split()
    tokens = tuple(_token(word) for word in typed)
    start, end = 0, len(typed)
    while start < end and (after := _opening(tokens[:end], start)) > start:
        start = after
    while end > start and (before := _closing(tokens, start, end)) < end:
        end = before
    if end - start > 1 and tokens[end - 1].fold == "truoc" and _comes_first(tokens, start, end):
        end -= 1
    if start >= end:
        return text.strip()
    return " ".join(typed[start:end]).strip(" ,.;:!…") if (start, end) != (0, len(typed)) else text.strip()


def _token(typed: str) -> Token:
    """A word spelled out where it is one word then («mk», «ko»), else as it was typed, without punctuation."""
    plain = unicodedata.normalize("NFC", typed.lower()).strip(" ,.;:!?…()\"'")
    spelled = normalize(plain) if len(plain) > 1 or plain in _LONE_LETTERS else plain
    return Token(spelled if spelled and " " not in spelled else plain or "-")


def _comes_first(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether «trước» says what is wished first, and not that something is paid ahead."""
    stays = end == len(tokens) and _SWITCHES.isdisjoint(token.fold for token in tokens[:start])
    return tokens[start].fold in _WISHED and not stays


def _opening(tokens: tuple[Token, ...], at: int) -> int:
    found = _OPENING.read(tokens, at)
    if found is not None:
        return found[1]
    if tokens[at].text in _SMALL and at + 1 < len(tokens):
        return at + 1
    if tokens[at].fold in ("cho", "de") and at + 1 < len(tokens) and tokens[at + 1].fold in _AFTER_CHO:
        return at + 1
    return at


def _closing(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Where the last courtesy of these words begins; the end where there is none."""
    for at in range(max(start, end - _LONGEST_PHRASE), end):
        found = _CLOSING.read(tokens[:end], at)
        if found is not None and found[1] == end:
            return at
    return end
