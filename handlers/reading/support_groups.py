"""Reads the groups the State supports: poor, near poor, ethnic minority, island, or none of them.

«dao» without accents is an island or a people; «nghèo» in a story is no list of households; «dân tộc Kinh» is
no minority; poor and near poor exclude each other: there the answer is None or the plain reading, no guess.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from handlers.reading.words import (
    Found,
    Phrases,
    Tokens,
    answer_of,
    only_values,
    phrases,
    skipping,
    spelled_no,
    words,
)
from law.paying.support import SupportGroup

_Named = Literal["poor", "near_poor", "ethnic_minority", "island_or_special_zone", "majority", "none"]

_PEOPLES = (
    "tày | thái | mường | khmer | khơ me | khơme | hoa | nùng | mông | hmông | h mông | hmong | h mong | dao",
    "gia rai | jrai | ê đê | êđê | ba na | bana | sán chay | cao lan | chăm | cơ ho | k ho | xơ đăng",
    "sán dìu | hrê",
    "ra glai | mnông | m nông | thổ | xtiêng | s tiêng | khơ mú | bru vân kiều | vân kiều | cơ tu",
    "giáy | tà ôi",
    "mạ | giẻ triêng | co | chơ ro | xinh mun | hà nhì | chu ru | lào | la chí | kháng | phù lá",
    "la hủ | la ha",
    "pà thẻn | lự | ngái | chứt | lô lô | mảng | cơ lao | bố y | cống | si la | pu péo | rơ măm | brâu",
    "ơ đu",
)
_PEOPLES_IN_A_SENTENCE = (
    "tày | nùng | mường | dao | hmông | sán dìu | sán chay | khmer | khơ me | chăm | ê đê | cơ tu | gia rai | jrai"
    " | ba na | xơ đăng | mnông"
)
"""After «người» alone the others are also other words: «người lao động», «người có», «người mong muốn»."""
_KNOWN_BY_ACCENTS = "tày | mường | nùng | khmer | sán dìu | hmông | khơ me | ê đê | gia rai"
"""Peoples whose name alone is no other word."""


def _with(before: str, names: tuple[str, ...]) -> str:
    return " | ".join(f"{before} {name.strip()}".strip() for line in names for name in line.split("|"))


_NAMED_IN_A_SENTENCE: dict[str, _Named] = {
    **phrases("poor", "hộ nghèo | sổ hộ nghèo | sổ nghèo | diện nghèo | thuộc hộ nghèo"),
    **phrases("near_poor", "hộ cận nghèo | cận nghèo | sổ cận nghèo | diện cận nghèo"),
    **phrases(
        "ethnic_minority",
        "dân tộc thiểu số | người dân tộc thiểu số | dtts | người dân tộc",
        "dân tộc ít người",
    ),
    **phrases(
        "ethnic_minority",
        _with("người", (_PEOPLES_IN_A_SENTENCE,)),
        _with("dân tộc", _PEOPLES),
        _with("người dân tộc", _PEOPLES),
    ),
    **phrases("ethnic_minority", "người em đê | người ede | dân tộc em đê"),  # «e» is spelled «em»
    **phrases("island_or_special_zone", "đặc khu | xã đảo | huyện đảo | hải đảo | ở đảo | ngoài đảo", "trên đảo"),
    **phrases("island_or_special_zone", "cát hải | cát bà | bạch long vĩ | đặc khu cát hải", "đặc khu bạch long vĩ"),
    **phrases("island_or_special_zone", "đảo cát bà | đảo cát hải | đảo bạch long vĩ"),
    **phrases("majority", "dân tộc kinh | người kinh | người dân tộc kinh"),
}
_NAMED: Phrases[_Named] = Phrases(
    {
        **_NAMED_IN_A_SENTENCE,
        **phrases("poor", "nghèo"),
        **phrases("near_poor", "hộ cận | hcn | cận"),
        **phrases(
            "ethnic_minority",
            "dân tộc | thiểu số",
            _with("người", _PEOPLES),
            _with("dt", _PEOPLES),
            _KNOWN_BY_ACCENTS,
        ),
        **phrases("island_or_special_zone", "dân đảo | ra đảo"),
        **phrases("majority", "kinh | dt kinh"),
        **phrases(
            "none",
            "không | không có | không thuộc | không thuộc diện nào | không thuộc nhóm nào",
            "không diện nào",
        ),
        **phrases(
            "none",
            "không thuộc hộ nào | không phải | không có gì | không có diện nào",
            "không thuộc đối tượng nào",
        ),
        **phrases(
            "none",
            "không nhóm nào | không hộ nào | không cái nào | không phải diện nào | không đâu",
            "không gì cả",
        ),
        **phrases(
            "none",
            "không thuộc trường hợp nào | không trường hợp nào | không thuộc diện nào cả",
            "không ở diện nào",
        ),
        **phrases(
            "none",
            "không thuộc các diện trên | không thuộc các nhóm trên",
            "không thuộc diện ưu tiên | không phải diện ưu tiên | không ưu tiên | người không thuộc diện ưu tiên",
            "không có trong danh sách | ko | k | hok",
        ),
        **phrases(
            "none",
            "ko thuộc | k thuộc | ko có | k có | ko thuộc diện nào | k thuộc diện nào",
            "chẳng thuộc diện nào",
        ),
        **phrases(
            "none",
            "hộ khá | đủ ăn",
            "không thuộc diện gì | không diện gì | không thuộc gì | không có diện gì | không phải diện gì",
        ),
        **phrases(
            "none",
            "khác hết | thường | thường dân | nông dân | làm ruộng | làm nông | làm nông nghiệp",
            "bình thường | khác | diện khác | hộ bình thường | dân thường | hộ thường",
            "khá giả | hộ khác",
        ),
        **phrases(
            "none",
            "trung bình | hộ trung bình | mức sống trung bình | đối tượng khác | nhóm khác",
            "còn lại | bt",
        ),
    }
)
_skip = skipping(
    "nhà gia đình thuộc diện hộ có thẻ sổ giấy ở xã người và với cùng vừa lại nhóm đối tượng vùng dân cả mới đã cũng"
)
_NONE_IN_A_SENTENCE: dict[str, _Named] = phrases(
    "none",
    "không thuộc diện nào | không thuộc diện nào cả | không thuộc diện gì | không thuộc hộ nào | không diện nào",
    "không thuộc nhóm nào | không thuộc đối tượng nào | không thuộc trường hợp nào | không phải diện nào",
    "không thuộc diện ưu tiên | không phải diện ưu tiên | không có diện ưu tiên",
    "chẳng thuộc diện nào | không có diện nào | không ở diện nào | không có diện gì | không nằm trong diện nào",
    "hộ bình thường | hộ thường | hộ khác | diện khác | diện bình thường | hộ trung bình | hộ khá | dân thường",
    "thoát nghèo | thoát cận nghèo | thoát khỏi hộ nghèo | thoát hộ nghèo | đối tượng khác | nhà bình thường",
)
_BY_A_BOOK: dict[str, _Named] = {
    **phrases("poor", "nghèo có sổ | có sổ nghèo | nghèo có tên trong sổ | nghèo theo sổ"),
    **phrases("near_poor", "hộ cận | diện cận | hcn"),
}
_LINE_OF_POVERTY = words("chuẩn")
_DENIED = Phrases(
    phrases(
        True,
        "không | không phải | không phải là | không thuộc | không có | không còn | không còn là | chưa phải | hết",
        "thoát | chưa | chẳng | chả có | chả thuộc | đâu có | đâu phải | đâu thuộc | đâu được | đâu phải là",
        "nào có | làm gì có",
        "có đâu",
        "ra khỏi | chưa được | chưa có | chưa thuộc | không được | chẳng phải | hết là | không nằm trong | chả phải",
        "khôn có | khôn phải | khôn thuộc",
        "thoát khỏi | không là | bị cắt | cắt | rớt | rớt khỏi | bị loại khỏi | bị gạt khỏi | bị đưa ra khỏi",
        "bị xoá | bị xóa | bị gạch | mất diện | mất suất | có phải là đâu | khỏi | bị loại | bị gạt | đâu nằm trong",
        "không được xét | không đạt | chưa tới | chưa đến | chưa tới mức | chưa đến mức | chưa đến nỗi | chưa tới nỗi",
    )
)
_OF_THE_KIND = words(
    "diện hộ thuộc sổ thẻ là được nhà người vào trong danh sách xét công nhận cấp tên có đạt lọt bình duyệt đưa cho ra",
    "đối tượng giấy chứng giấy phải chuẩn nằm thành khỏi mức ở là cái suất làm xin nổi còn gì tính gọi coi lên dạng",
)
_DOUBTED = Phrases(
    phrases(
        True,
        "hình như | có lẽ | không biết có | không rõ có | không chắc | chưa chắc | chưa biết có | sắp | xin | đang xin",
        "suýt | gần như | không biết phải | chắc là | có phải | có thuộc | có nằm trong | có được | có là",
        "phải chăng | mất",
        "có được tính là | liệu có | liệu | bị mất | muốn vào | làm đơn | đăng ký | chờ xét | chờ duyệt | đang xét",
        "đang chờ | đang làm | sẽ được | chuẩn bị | trước là | trước kia là | hồi trước là | trước thuộc",
        "từng là",
        "trước đây là | hồi trước | trước đây | năm ngoái | năm trước | hồi xưa | trước kia | ngày trước | hồi đó",
        "từng",
    )
)
"""Words before a group that leave open whether it is one, or was one: nothing is stated then."""
_DENIED_AFTER = Phrases(
    phrases(
        True,
        "thì không | thì chưa | cũng không | thì không phải | thì không có | cũng không phải | cũng không có",
        "thì đâu có",
        "cũng chưa | thì chưa được | thì không thuộc | không phải | thì hết rồi | nay hết rồi | giờ hết rồi | hết rồi",
        "không được | cũng không được | hoài không được | mà không được | thì không được | không có | gì đâu | đâu mà",
        "bị cắt rồi | thì bị cắt rồi | đã bị cắt | bị cắt | năm nay hết | giờ hết | nay hết | thì hết | nay không còn",
        "thì không còn | thì không còn nữa | giờ không còn | không còn nữa | nay không còn nữa | giờ không còn nữa",
        "năm nay bị cắt | mới bị cắt | mới bị cắt rồi | nay bị cắt | nay thoát rồi | giờ thoát rồi | thoát rồi",
    )
)
"""«hộ nghèo thì không có», at the end of a clause: denied; «hộ nghèo thì không phải đóng à» is not."""
_POOR_IN_WORDS = Phrases(phrases(True, "nghèo | cận"))
_NOT_POOR_IN_WORDS = Phrases(
    phrases(True, "không | chẳng | chả | đâu có | không phải | chẳng phải | không có | chưa phải | đâu phải")
)
_OWN = words("tôi tui em mình con cháu anh chị bố mẹ má ba gia đình")
_SAID_FOR_SURE = Phrases(
    phrases(True, "thôi | à | mới đúng | chứ | mà | cơ | thì có | thì đúng | mới phải | đó | nè | lận")
)
_OF_A_QUESTION = words("à hả chứ sao ư nhỉ bao mấy thì")
_GOES_ON = words("mà nhưng thì chỉ giờ nên rồi nữa ạ nha nghe thôi vì muốn do bây")
_OF_A_LIST = words("gì nào hết cả ráo chi")
_OR, _OR_WORDS = words("hay hoặc và cũng lẫn hộ diện cả"), 3
_LONGEST_DENIAL = 7
_PERSON = words("người cũng dân")
_A_PEOPLE_AS_WRITTEN = words(
    "tày thái mường nùng mông hmông khơ ê chăm cơ xơ sán mnông thổ xtiêng giáy tà mạ giẻ kháng phù lự ngái chứt lô",
    "mảng cống",
)
_PEOPLE: Phrases[_Named] = Phrases(phrases("ethnic_minority", _with("", _PEOPLES)))
_MINORITY: Phrases[_Named] = Phrases(phrases("ethnic_minority", "dân tộc"))
_NOT_A_MINORITY = words("kinh gì nào khác việt")
_PEOPLE_OR_ISLAND = "dao"
_SENTENCE: Phrases[_Named] = Phrases({**_NAMED_IN_A_SENTENCE, **_NONE_IN_A_SENTENCE, **_BY_A_BOOK})
_BARE_NAME = 2
_BARE_PEOPLE: Phrases[bool] = Phrases(phrases(True, _KNOWN_BY_ACCENTS))
_GROUP: dict[_Named, SupportGroup] = {
    "poor": "poor",
    "near_poor": "near_poor",
    "ethnic_minority": "ethnic_minority",
    "island_or_special_zone": "island_or_special_zone",
}


def groups(text: str) -> frozenset[SupportGroup] | None:
    """The groups a message names, {"other"} for none of them; None when unclear or in contradiction."""
    return _together(only_values(spelled_no(answer_of(text)), _named, _skip), whole_answer=True)


def groups_in(tokens: Tokens) -> list[tuple[SupportGroup, int, int]]:
    """Every group named in a sentence and where; «other» for one denied or left, and for «không thuộc diện nào».

    A group that is doubted, asked about, or was left is not named.
    """
    if len(tokens) <= _BARE_NAME:
        alone = _BARE_PEOPLE.read(tokens, 0)
        if alone is not None and alone[1] == len(tokens):  # «khmer» is all of a message
            return [("ethnic_minority", 0, alone[1])]
    found: list[tuple[SupportGroup, int, int]] = []
    at, denied_last = 0, -1
    while at < len(tokens):
        here = _in_a_sentence(tokens, at) or _not_poor(tokens, at)
        if here is None or _LINE_OF_POVERTY.get(tokens, at - 1):
            at += 1
            continue
        first, after = _denied_from(tokens, at), here[1]
        denied = here[0] == "none" or first < at
        if not denied and found and found[-1][0] == "other" and 0 < at - found[-1][2] <= _OR_WORDS:
            denied = all(_OR.get(tokens, place) for place in range(found[-1][2], at))
            first = found[-1][2] if denied else at
        if not denied and denied_last == at and tokens[at].gap == 1 and not _SAID_FOR_SURE.read(tokens, after):
            last = found.pop()  # «không thuộc hộ nghèo, cận nghèo»: the second may be denied too, or said
            denied_last = -1
            if any(_OF_A_LIST.get(tokens, place) for place in range(after, min(len(tokens), after + 3))):
                found.append(("other", last[1], after))
            at = after
            continue
        if not denied and here[0] in _GROUP:
            behind = _denied_behind(tokens, after)
            denied, after = behind is not None, behind or after
        if denied or not _doubted(tokens, at):
            found.append(("other" if denied else _GROUP.get(here[0], "other"), first, after))
        denied_last, at = (after if denied and here[0] != "majority" else -1), after
    return found


def _not_poor(tokens: Tokens, at: int) -> Found[_Named] | None:
    """«nhà không nghèo»: only where it is denied, for «nghèo» alone is no household on a list."""
    if not _POOR_IN_WORDS.read(tokens, at):
        return None
    for first in range(max(0, at - 2), at):
        denied = _NOT_POOR_IN_WORDS.read(tokens, first)
        if denied and denied[1] == at:
            return "none", at + 1
    return None


def _denied_behind(tokens: Tokens, after: int) -> int | None:
    """Where «thì không phải», «giờ hết rồi» behind a group ends, with its clause; None where nothing denies it."""
    said = _DENIED_AFTER.read(tokens, after)
    if said is None:
        near = after if after < len(tokens) and tokens[after].gap == 1 else None  # «hộ nghèo, giờ hết rồi»
        said = None if near is None else _DENIED_AFTER.read(tokens, near)
    if said is None:
        return None
    asks = any(_OF_A_QUESTION.get(tokens, place) for place in range(said[1], min(len(tokens), said[1] + 2)))
    ends = said[1] >= len(tokens) or tokens[said[1]].gap > 0 or bool(_GOES_ON.get(tokens, said[1]))
    return said[1] if ends and not asks else None


def _doubted(tokens: Tokens, at: int) -> bool:
    """Whether a group there is doubted, asked about or asked for: «có phải hộ nghèo không», «xin vào hộ nghèo»."""
    for first in range(max(0, at - _LONGEST_DENIAL), at):
        said = _DOUBTED.read(tokens, first)
        while (
            said
            and said[1] < at
            and (_OF_THE_KIND.get(tokens, said[1]) or _OWN.get(tokens, said[1]))
            and not tokens[said[1]].gap
        ):
            said = True, said[1] + 1
        if said and said[1] >= at and not tokens[at].gap:
            return True
    return False


def agreed_groups(named: Collection[SupportGroup]) -> tuple[SupportGroup, ...] | None:
    """The groups of one household, sorted; («other»,) where all are denied; None where two exclude each other."""
    yes = set(named) - {"other"}
    if {"poor", "near_poor"} <= yes or not named:
        return None
    return tuple(sorted(yes)) or ("other",)


def _in_a_sentence(tokens: Tokens, at: int) -> Found[_Named] | None:
    """A group named there in so many words. After «người» a people's name counts with all of its accents."""
    here = _SENTENCE.read(tokens, at)
    if here is not None:
        return here
    people = _PEOPLE.read(tokens, at + 1) if _PERSON.get(tokens, at) else None
    abroad = people is not None and people[1] < len(tokens) and tokens[people[1]].fold == "lan"  # «người Thái Lan»
    if people is not None and not abroad and tokens[at + 1].accents and _A_PEOPLE_AS_WRITTEN.get(tokens, at + 1):
        return people
    minority = _MINORITY.read(tokens, at)
    return None if minority is None or _NOT_A_MINORITY.get(tokens, minority[1]) else minority


def _denied_from(tokens: Tokens, at: int) -> int:
    """Where the denial of the group there begins: «không phải hộ nghèo», «hết diện cận nghèo»; `at` where none is."""
    for first in range(max(0, at - _LONGEST_DENIAL), at):
        if any(tokens[place].gap for place in range(first + 1, at + 1)):
            continue
        denied = _DENIED.read(tokens, first)
        while denied and denied[1] < at and _OF_THE_KIND.get(tokens, denied[1]):
            denied = True, denied[1] + 1
        if denied and denied[1] >= at:  # the words of both may overlap: «không thuộc hộ nghèo»
            return first
    return at


def _named(tokens: Tokens, at: int) -> Found[_Named] | None:
    if tokens[at].fold == _PEOPLE_OR_ISLAND and tokens[at].accents:
        return "island_or_special_zone", at + 1
    return _NAMED.read(tokens, at)


def _together(found: list[_Named], *, whole_answer: bool) -> frozenset[SupportGroup] | None:
    named = frozenset(found)
    yes = {_GROUP[one] for one in named if one in _GROUP}
    if {"poor", "near_poor"} <= yes or ("none" in named and yes) or ({"majority", "ethnic_minority"} <= named):
        return None
    if yes:
        return frozenset(yes)
    return frozenset({"other"}) if named and whole_answer else None
