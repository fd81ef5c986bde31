"""Reads choices typed instead of pressed: sex, yes and no, stop, back, how satisfied."""

from __future__ import annotations

from typing import Literal

from handlers.reading.numbers import DIGIT
from handlers.reading.words import (
    Found,
    Phrases,
    Tokens,
    answer_of,
    only,
    only_values,
    phrases,
    skipping,
    spelled_no,
    words,
)

Sex = Literal["male", "female"]
Level = Literal[1, 2, 3, 4, 5]


# --- sex ------------------------------------------------------------------------------------------

_SEX: Phrases[Sex] = Phrases(
    {
        **phrases(
            "female", "nữ | nữ giới | phái nữ | là gái | là con gái | phụ nữ | đàn bà | con gái | giới tính nữ | female"
        ),
        **phrases(
            "male", "nam | nam giới | phái nam | là trai | là con trai | đàn ông | con trai | giới tính nam | male"
        ),
    }
)
_SEX_BY_ADDRESS: Phrases[Sex] = Phrases(
    {
        **phrases("female", "bà | chị | cô | mẹ | vợ | gái | em gái | chị gái | bác gái | dì | thím | mợ"),
        **phrases("male", "ông | anh | chú | bố | chồng | trai | em trai | anh trai | bác trai | cậu | dượng"),
    }
)
_BOTH_A_GRANDMOTHER_AND_A_FATHER = "ba"
_SELF = ("toi", "minh", "tui")
_skip_sex = skipping("giới tính người")
_TWO_WORDS = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PAYS_NEXT = words("đóng đã chưa mới tham sinh sn ở làm")
_NOT_A_SEX_BEFORE = words("hội miền việt phía tỉnh hà quảng đài đồng sinh đẻ sanh vào trong")
_NOT_A_SEX_AFTER = words("định bộ sách trung phi triều trang tôi em của rượu tính nào nay ngoái mấy")
_A_SEX_BEFORE = words("là giới tính người tôi em tui mình")
_A_SEX_AFTER = words("sinh sn giới")


def sex(text: str) -> Sex | None:
    """What a message says of somebody's sex; a form of address alone says it too («chị», «bà»)."""
    tokens = answer_of(text)
    explicit = only_values(tokens, _SEX.read, _skip_sex)
    if explicit:
        return only(explicit)
    said = [at for at in range(len(tokens)) if tokens[at].text not in ("ạ", "a", "là", "la", "dạ", "da")]
    if any(tokens[at].text == _BOTH_A_GRANDMOTHER_AND_A_FATHER for at in said) or len(said) > 3:
        return None
    words_of_self = tuple(tokens[at] for at in said)
    if len(words_of_self) > 1 and words_of_self[0].fold in _SELF:
        words_of_self = words_of_self[1:]
    elif len(words_of_self) > 1 and words_of_self[-1].fold in _SELF:  # «vợ tôi»
        words_of_self = words_of_self[:-1]
    found = _SEX_BY_ADDRESS.read(words_of_self, 0)
    return found[0] if found and found[1] == len(words_of_self) else None


def sexes_in(tokens: Tokens, *, accented: bool) -> list[tuple[Sex, int, int]]:
    """Every sex named in a sentence and where; «nam» in a message without accents is mostly «năm»."""
    found: list[tuple[Sex, int, int]] = []
    at = 0
    while at < len(tokens):
        here = _SEX.read(tokens, at) or _sex_of_the_writer(tokens, at)
        if here is None:
            at += 1
            continue
        place = _NOT_A_SEX_BEFORE.get(tokens, at - 1) if at else None
        child = here[1] - at > 1 and tokens[at].fold == "con" and not _is_said_of_oneself(tokens, at, here[1])
        joined = here[1] < len(tokens) and not tokens[here[1]].gap  # «nữ, mấy tuổi nghỉ»
        of_another = joined and _NOT_A_SEX_AFTER.get(tokens, here[1])
        if not (place or child or of_another or _is_a_year(tokens, at, here[1], accented)):
            found.append((here[0], at, here[1]))
        at = here[1]
    return found


def _sex_of_the_writer(tokens: Tokens, at: int) -> Found[Sex] | None:
    """«em gái 30t», «em trai, sn 1990» at the beginning: who writes; «em gái em» is another."""
    if at or len(tokens) < _TWO_WORDS or tokens[0].fold != "em" or tokens[1].fold not in ("gai", "trai"):
        return None
    after = tokens[_TWO_WORDS] if len(tokens) > _TWO_WORDS else None
    if after is None or not (after.is_number or after.gap):
        return None
    return ("female" if tokens[1].fold == "gai" else "male"), _TWO_WORDS


def _is_said_of_oneself(tokens: Tokens, at: int, after: int) -> bool:
    """Whether «con gái» is a sex: the whole answer, after «là», or before a birth; else it is somebody's child."""
    if (at == 0 and after == len(tokens)) or (at and tokens[at - 1].fold in ("la", "tinh")):
        return True
    return after < len(tokens) and (tokens[after].is_number or tokens[after].fold in ("sinh", "sn"))


def _is_a_year(tokens: Tokens, at: int, after: int, accented: bool) -> bool:
    """Whether a lone «nam» there is rather «năm»: after a number, or unaccented with no sign of a man."""
    if tokens[at].fold != "nam" or after - at > 1:
        return False
    if (at == 0 or tokens[at].gap > 0) and (after == len(tokens) or tokens[after].gap > 0):
        return False
    written = after + 1 < len(tokens) and tokens[after].is_number and tokens[after + 1].text == "/"
    if written and not (at and tokens[at - 1].is_number):  # «nam 8/1976» is no «năm»
        return False
    if not accented and _is_a_man_of_years(tokens, at, after):
        return False
    aged_before = at > 0 and tokens[at - 1].fold in ("tuoi", "t")
    if aged_before and (after == len(tokens) or tokens[after].gap > 0 or _PAYS_NEXT.get(tokens, after)):
        return False  # «toi 62 tuoi nam», «58 tuoi nam dong duoc 16 nam»
    if not accented and at and _FIRST_YEAR <= (tokens[at - 1].digits or 0) <= _LAST_YEAR:
        return False  # «sinh 1979 nam, ho can ngheo»
    if at and (tokens[at - 1].is_number or DIGIT.get(tokens, at - 1) is not None):
        return True
    aged = after + 1 < len(tokens) and tokens[after].is_number and tokens[after + 1].fold in ("tuoi", "t")
    if aged:
        return False
    before, following = bool(_A_SEX_BEFORE.get(tokens, at - 1)), bool(_A_SEX_AFTER.get(tokens, after))
    if accented or following:
        return False
    ends = after == len(tokens) or tokens[after].gap > 0 or tokens[after].is_number
    return not (before and ends)  # «anh huong toi nam dong»


_BUT = words("còn thế vậy rứa nếu là thì")


def _is_a_man_of_years(tokens: Tokens, at: int, after: int) -> bool:
    """«nam 35 nam», «con nam dong 20 nam»: at the beginning, before a length of time."""
    if at and not (at <= _TWO_WORDS and all(_BUT.get(tokens, place) for place in range(at))):
        return False
    here = after + 1 if after < len(tokens) and tokens[after].fold in ("dong", "nop") else after
    if here < len(tokens) and tokens[here].fold in ("duoc", "du", "tron"):
        here += 1
    return here + 1 < len(tokens) and tokens[here].is_number and tokens[here + 1].fold == "nam"


# --- yes and no, stop and back --------------------------------------------------------------------

_YES_NO: Phrases[bool] = Phrases(
    {
        **phrases(
            True,
            "có | có chứ | vâng | ừ | uh | um | ừm | đúng | đúng rồi | đúng vậy | phải",
            "phải rồi | chuẩn",
        ),
        **phrases(
            True,
            "ok | oke | okay | okie | oki | đồng ý | được | nhất trí | chắc chắn | yes | y",
            "dạ có | dạ vâng",
        ),
        **phrases(
            False,
            "không | không có | không phải | không đúng | không đồng ý | không được | chưa",
            "chưa có | sai",
        ),
        **phrases(False, "không cần | không muốn | no | chẳng | chả | không đâu | chưa đâu | dạ không"),
    }
)
_CANCEL = Phrases(
    phrases(
        True,
        "thôi | hủy | huỷ | hủy bỏ | dừng lại | ngừng | ngừng lại | thoát | thoát ra | không làm nữa",
        "stop | cancel",
        "không tính nữa | không muốn nữa | không cần nữa | không trả lời nữa | không hỏi nữa",
        "thôi không làm nữa | thôi không tính nữa | thôi khỏi | để sau | để lúc khác | lúc khác",
        "để khi khác",
        "kết thúc | bỏ đi | / hủy | / huỷ | / cancel | / stop | / thoát | exit | quit | dẹp",
        "nghỉ không làm nữa | thôi khỏi tính | thôi khỏi làm | khỏi | khỏi tính | khỏi tính nữa | khỏi làm",
        "thôi bỏ đi | thôi bỏ | bỏ đi em | dẹp đi",
        "không tính nữa đâu | không làm nữa đâu | thôi không tính nữa đâu | không tính đâu | không thèm tính nữa",
        "không muốn tính nữa | không muốn tính | thôi nghỉ | nghỉ tính | nghỉ đi | thôi dẹp | ngưng | ngưng lại",
    )
)
_BACK = Phrases(
    phrases(
        True,
        "quay lại | quay lại câu trước | quay lại bước trước | quay về | quay lui | lùi | lùi lại",
        "trở lại | trở về",
        "trở lại câu trước | sửa lại câu trước | sửa câu trước | câu trước | bước trước | sửa lại",
        "back | lùi lại một câu",
        "lùi một bước | về câu trước | trả lời lại câu trước | / back | / quaylai | quaylai | / lùi",
        "nhầm | nhầm rồi | bấm nhầm | bấm nhầm rồi | ghi nhầm | ghi nhầm rồi | nhập nhầm | gõ nhầm | bấm sai | ghi sai",
        "go back",
    )
)
_AGAIN = Phrases(
    phrases(
        True,
        "tính lại | làm lại | nhập lại | làm lại từ đầu | tính lại từ đầu | nhập lại từ đầu | bắt đầu lại | từ đầu",
        "tính lại cái khác | tính lại lần nữa | làm lại hết | tính lại hết | làm lại cái khác | bắt đầu lại từ đầu",
        "quay lại từ đầu | trở lại từ đầu | nhập lại hết | khai lại | khai lại từ đầu | kê lại từ đầu",
    )
)
_DETAILS = Phrases(
    phrases(
        True,
        "chi tiết | căn cứ | chi tiết và căn cứ | xem chi tiết | xem căn cứ | chi tiết hơn | rõ hơn | cụ thể hơn",
        "nói rõ hơn | giải thích thêm | điều nào | luật nào | căn cứ ở đâu | theo luật nào",
    )
)
_skip_polite = skipping()
_skip_wish = skipping("cho xin muốn hãy giúp giùm dùm vậy")
_skip_weary = skipping(
    "cho xin muốn hãy giúp giùm dùm vậy mệt quá phiền rắc rối lằng nhằng dài dòng rườm rà lâu lắm nữa đâu nhiều chán",
    "đau đầu nhức rồi mỏi",
)
_skip_mistaken = skipping("cho xin muốn hãy giúp giùm dùm vậy sai nhầm lộn hết bét mất đi")


def yes_no(text: str) -> bool | None:
    """True for yes, False for no; None when it is neither, both, or a question («được không»)."""
    tokens = spelled_no(answer_of(text))
    found = only_values(tokens, _YES_NO.read, _skip_polite)
    if not found and [token.text for token in tokens] in (["dạ"], ["da"], ["dạ", "ạ"]):
        return True
    return only(found)


def is_cancel(text: str) -> bool:
    """Whether a message only says to stop. «dung» is rather «đúng»; «bỏ qua» skips one question."""
    tokens = spelled_no(answer_of(text))
    if [token.text for token in tokens] in (["dừng"], ["dưng"], ["bỏ"]):
        return True
    return bool(only_values(tokens, _CANCEL.read, _skip_weary))


def is_back(text: str) -> bool:
    """Whether a message only asks for the question before."""
    return bool(only_values(spelled_no(answer_of(text)), _BACK.read, _skip_wish))


def is_again(text: str) -> bool:
    """Whether a message only asks to begin the calculation anew."""
    return bool(only_values(spelled_no(answer_of(text)), _AGAIN.read, _skip_mistaken))


def is_details(text: str) -> bool:
    """Whether a message asks for what stands behind the button «Chi tiết và căn cứ»."""
    return bool(only_values(answer_of(text), _DETAILS.read, _skip_wish))


# --- how satisfied --------------------------------------------------------------------------------

_LEVEL: Phrases[Level] = Phrases(
    {
        **phrases(5, "rất hài lòng | vô cùng hài lòng | cực kỳ hài lòng | hài lòng lắm | rất là hài lòng"),
        **phrases(4, "hài lòng | khá hài lòng"),
        **phrases(3, "bình thường | bt | bth | bthg | bình thường thôi | tạm được | cũng tạm | cũng bình thường"),
        **phrases(2, "không hài lòng | chưa hài lòng | không hài lòng lắm | không được hài lòng"),
        **phrases(1, "rất không hài lòng | rất chưa hài lòng | không hài lòng chút nào | không hài lòng tí nào"),
        **phrases(1, "hoàn toàn không hài lòng | cực kỳ không hài lòng | rất là không hài lòng"),
    }
)
_LEVEL_DIGITS: dict[str, Level] = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_POINTS = words("sao điểm")
_skip_level = skipping("mức chọn đánh giá cho điểm thấy rồi cũng")


def level(text: str) -> Level | None:
    """How satisfied a message says somebody is: 5 Rất hài lòng, 4, 3 Bình thường, 2, 1 Rất không hài lòng."""
    return only(only_values(spelled_no(answer_of(text)), _level, _skip_level))


def _level(tokens: Tokens, at: int) -> Found[Level] | None:
    said = _LEVEL.read(tokens, at)
    if said:
        return said
    digit = _LEVEL_DIGITS.get(tokens[at].text)
    if digit is None:
        return None
    after = at + 1
    if after + 1 < len(tokens) and tokens[after].text == "/" and tokens[after + 1].text == "5":
        return digit, after + 2
    return digit, after + 1 if _POINTS.get(tokens, after) else after
