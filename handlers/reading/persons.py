"""Reads of whom a text tells: «vợ tôi», «mẹ», «con gái em»; «con sinh 1990» and «chị ơi» name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from handlers.reading.choices import Sex
from handlers.reading.passages import Passage
from handlers.reading.words import Found, Phrases, phrases, words

Whom = Literal["self", "wife", "husband", "mother", "father", "child", "other", "neighbour"]
"""Of whom a text tells: the writer, somebody of theirs, somebody of another household; each is a person apart."""
PERSONS: tuple[Whom, ...] = get_args(Whom)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody named from `first` up to `after`; `payee`: contributions are to be paid for them."""

    whom: Whom
    sex: Sex | None
    first: int
    after: int
    payee: bool = False


_Kin = tuple[Whom, Sex | None]
_SURELY: Phrases[_Kin] = Phrases(
    {
        **phrases(("wife", "female"), "vợ | mụ vợ | bà xã | bà nhà tôi | bà nhà em | vợ chưa cưới"),
        **phrases(("husband", "male"), "chồng | ông xã | ông nhà tôi | ông nhà em | chồng chưa cưới"),
        **phrases(("other", "female"), "mẹ chồng | mẹ vợ | má chồng | má vợ | chị dâu | em dâu | con dâu | dì ghẻ"),
        **phrases(("other", "male"), "bố chồng | bố vợ | cha chồng | cha vợ | ba chồng | ba vợ | tía vợ | tía chồng"),
        **phrases(("other", "male"), "anh rể | em rể | con rể | em trai | anh trai | bác trai | ông nội | ông ngoại"),
        **phrases(("other", "female"), "em gái | chị gái | bác gái | bà nội | bà ngoại"),
        **phrases(
            ("other", "male"), "bố dượng | cha dượng | ba dượng | anh vợ | anh chồng | em trai chồng | em trai vợ"
        ),
        **phrases(("other", "female"), "chị chồng | chị vợ | em gái chồng | em gái vợ | bà nội chồng | bà ngoại chồng"),
        **phrases(
            ("other", None),
            "em chồng | em vợ | cháu nội | cháu ngoại | em ruột | đứa em ruột | em họ | đứa cháu",
        ),
        **phrases(("other", "male"), "thằng em ruột | thằng em trai | anh ruột | anh họ | ông anh | thằng cháu"),
        **phrases(("other", "female"), "chị ruột | chị họ | bà chị | con em gái | nhỏ em | bà dì | bà cô"),
        **phrases(("neighbour", None), "người hàng xóm | đứa hàng xóm | người bạn | đồng nghiệp | người quen"),
        **phrases(("neighbour", "male"), "ông bạn | thằng bạn"),
        **phrases(("neighbour", "female"), "bà bạn | cô bạn | nhỏ bạn"),
        **phrases(("mother", "female"), "mẹ | má | mẹ già | má già | bà già | mạ | mạ già"),
        **phrases(("other", "female"), "mệ | mệ nội | mệ ngoại"),
        **phrases(("other", None), "em út | em kế | em áp út"),
        **phrases(("child", None), "con út | thằng út | đứa út"),
        **phrases(("other", "male"), "thằng em út | thằng em kế | em trai út"),
        **phrases(("father", "male"), "bố | cha | tía | bố già | cha già | ông già"),
    }
)
_WITH_OWNER: Phrases[_Kin] = Phrases(
    {
        **phrases(("father", "male"), "ba | thầy"),
        **phrases(("mother", "female"), "bu | u"),
        **phrases(("other", "female"), "o"),
        **phrases(("other", None), "nội | ngoại"),
        **phrases(("child", "male"), "con trai | thằng con trai | đứa con trai | con trai lớn | con trai út"),
        **phrases(("child", "female"), "con gái | đứa con gái | con gái lớn | con gái út"),
        **phrases(("child", None), "con | đứa con"),
        **phrases(("other", "female"), "chị | cô | dì | thím | mợ | bà"),
        **phrases(("other", "male"), "anh | chú | cậu | dượng | ông"),
        **phrases(
            ("other", None),
            "em | bác | cháu | đứa em | thằng em | người thân | người nhà",
        ),
        **phrases(("neighbour", None), "bạn | hàng xóm"),
    }
)
"""Words that also address somebody or stand for the writer: these people only with «tôi», «em» … after them."""
_OWNER = words("tôi tui tớ mình em cháu con anh chị nhà")
_WRITERS = frozenset({"toi", "tui", "em", "con", "chau"})
_BY_ACCENTS = {"o": "o", "u": "u", "bu": "bu", "noi": "nội", "ngoai": "ngoại", "thay": "thầy"}
"""Words for people that are everyday words but for their accents («o nha toi» is «ở», «nam ngoai toi» is «năm»)."""
_ONLY_OWNERS_OF_SOME = {("chi", "em"), ("anh", "em"), ("anh", "chi"), ("con", "chau"), ("con", "em"), ("ba", "con")}
"""«chị em», «con cháu» and so on are people in general, or two forms of address."""
_NO_OWNER_AFTER = words("em cháu con anh chị")
_OF = words("của")
_ADDRESSED_BEFORE = words("chào thưa dạ gửi vâng ơi bẩm")
_ADDRESSED_AFTER = words("ơi")
_SAYS = words("bảo nói kêu khuyên đưa chê dặn rủ")
"""«chồng em bảo đem gửi ngân hàng», «tiền chồng đưa»: the writer asks for themselves."""
_TITLES: Phrases[Sex | None] = Phrases(
    {
        **phrases("female", "bà | chị | cô | thím | dì | mợ | o | con | nhỏ"),
        **phrases("male", "ông | anh | chú | cậu | dượng | thằng"),
        **phrases(None, "bác | em | cháu | đứa | nhà"),
    }
)
_NEXT_DOOR = Phrases(
    phrases(
        True,
        "hàng xóm | hàng xóm nhà mình | kế bên | kế bên nhà | bên cạnh | cạnh nhà | gần nhà | sát nhà | kế nhà",
        "sát vách",
        "cùng xóm | cùng thôn | cùng làng | cùng ấp | cùng tổ | cùng chợ | cùng chỗ làm | trong xóm | trong thôn",
        "trong làng | đầu xóm | cuối xóm | đầu ngõ | đối diện nhà | nhà bên | nhà kế bên | nhà bên cạnh | bán cùng chợ",
    )
)
_BESIDE = words("bám với và cùng nhờ lo nuôi chăm hai theo nhà về cả không chưa có lấy cưới bên sinh đẻ")
"""After these somebody is of the story, not the one it is about."""
_NO_PERSON = Phrases(
    phrases(
        True,
        "bố mẹ | cha mẹ | ba má | ba mẹ | mẹ con | bà mẹ | vợ chồng | chồng con | vợ con | mẹ bầu | mẹ bỉm",
        "mẹ đơn thân",
        "con cái | con nhỏ | mẹ và bé | bố con | cha con | chồng vợ | má ơi | mẹ ơi | con gái rượu | bố mẹ vợ | cha xứ",
        "bố mẹ chồng | anh em | chị em phụ nữ | bà con | ông bà | cô chú | chú bác | cô bác | anh chị em | anh chị",
        "vợ và con | vợ hoặc chồng | vợ hay chồng | chồng hoặc vợ | chồng hay vợ | mẹ hoặc con | cha hoặc mẹ",
        "giấy má | thuế má",
        "công bố | tuyên bố | phân bố | bố trí | chồng chéo | công ty mẹ | vợ lẽ | vợ cả | cha hay mẹ | bố cáo",
        "ba tơ | ba vì | ba đình | ba bể | ba chẽ | ba đồn | ba tri | mê linh | con cuông | côn đảo | bố trạch",
        "bà rịa",
        "một mình | con dấu | con số | con người | con giáp | con vật | con nuôi | mẹ kế",
    )
)
_PARENT_OF_THE_WRITER = ("ba con", "mẹ con", "má con", "me con", "ma con", "bố con", "cha con", "bo con")
_BEFORE_NOW = words("rứa từ đến tới bây kể hồi")
"""«chừ» of the Centre follows these, where «chú» is nobody."""
_SHOWS = words("với cách làm biết cho nghe thêm hộ giúp giùm dùm cái chỗ")
_ASKED_WITH_MO = words("khi ở nơi chỗ đi lúc hồi cái")
_SELF = Phrases(
    phrases(
        True,
        "tôi | tui | mình | em | tớ | bản thân | bản thân tôi | chính tôi | con | cháu",
    )
)
_EXPRESSLY = Phrases(
    phrases(
        True,
        "cho bản thân | cho chính tôi | cho chính mình | bản thân tôi | tính cho tôi | tính cho mình | tính cho em",
        "còn tôi thì | thế tôi thì | còn em thì | còn mình thì | cho tôi thì | tôi thì sao | em thì sao | mình thì sao",
    )
)
_I = ("toi", "tui", "minh")
_OTHERS = ("chi", "anh", "chau", "nha", "ong", "co", "chu", "bac")
_TWO_WORDS = 2
_THEN_WHAT = Phrases(phrases(True, "thì sao | thì s | sao | thì thế nào | thì bao nhiêu | thì được bao nhiêu"))
_NOT_THE_SUBJECT_AFTER = words("cho của với hỏi giúp giùm bảo nhờ xin chào thưa")
_NO_SELF_AFTER = Phrases(phrases(True, "con cái | em bé | con nhỏ | con em | cháu bé | con cháu | con số | em ơi"))
_THIRD = Phrases(
    phrases(
        True,
        "anh ấy | chị ấy | ông ấy | bà ấy | cô ấy | chú ấy | bác ấy | em ấy | cháu ấy | nó | ảnh | ổng | bả | cổ",
        "cụ | người ấy | người đó | mụ | mụ ấy | hắn",
    )
)
_FOR = Phrases(
    phrases(
        True,
        "đóng cho | mua cho | tham gia cho | tính cho | nộp cho | đăng ký cho | tính giùm | tính giúp | tính dùm",
        "đóng bảo hiểm xã hội cho | mua bảo hiểm cho | đóng bảo hiểm cho | tính hộ | đóng giùm | đóng hộ | xem cho",
        "xem giúp",
        "đóng tự nguyện cho | mua tự nguyện cho | hỏi cho | làm cho",
    )
)
_LONGEST_FOR = 4


def persons_in(passage: Passage) -> tuple[Somebody, ...]:
    """Everybody named, in order, the writer included; «nó» and «anh ấy» are the relative named last."""
    tokens = passage.tokens
    found: list[Somebody] = []
    last: Somebody | None = None
    at = 0
    while at < len(tokens):
        but_i = _but_i(passage, at)
        expressly = _EXPRESSLY.read(tokens, at) if but_i is None else (True, but_i)
        kin = _relative(passage, at)
        nobody = _nobody(passage, at)
        third = _THIRD.read(tokens, at)
        if nobody and not (kin and kin[1] > nobody):
            at = nobody
        elif kin and kin[0] is not None:
            (whom, sex), after = kin[0], kin[1]
            last = Somebody(whom, sex, at, after, payee=_paid_for(passage, at))
            found.append(last)
            at = after
        elif third and last is not None and (tokens[at].accents or third[1] - at > 1):
            found.append(Somebody(last.whom, last.sex, at, third[1], payee=_paid_for(passage, at)))
            at = third[1]
        elif expressly:
            found.append(Somebody("self", None, at, expressly[1], payee=True))
            at = expressly[1]
        elif (self_ := _SELF.read(tokens, at)) and _is_subject(passage, at):
            found.append(Somebody("self", None, at, self_[1]))
            at = self_[1]
        else:
            at += 1
    return tuple(found)


def companion(passage: Passage, person: Somebody) -> bool:
    """Whether somebody is only of the story: «nhờ vợ lãnh giùm», «ở với mẹ chồng»."""
    before = person.first - 1
    if _SAYS.get(passage.tokens, person.after) and not person.payee:
        return True
    return not passage.begins(person.first) and bool(_BESIDE.get(passage.tokens, before)) and not person.payee


def _but_i(passage: Passage, at: int) -> int | None:
    """Past «con toi» for «còn tôi», where that is all of a message without accents, or but for «thi sao»."""
    tokens = passage.tokens
    if at or passage.accented or len(tokens) < _TWO_WORDS or tokens[0].fold != "con" or tokens[1].fold not in _I:
        return None
    return _TWO_WORDS if len(tokens) == _TWO_WORDS or _THEN_WHAT.read(tokens, _TWO_WORDS) else None


def _is_but(passage: Passage, at: int) -> bool:
    """Whether «con» at the beginning of a message without accents is «còn»: «con chi em thi sao», «con anh toi»."""
    tokens = passage.tokens
    return not at and not passage.accented and len(tokens) > 1 and tokens[0].fold == "con" and tokens[1].fold in _OTHERS


def _neighbour(passage: Passage, at: int) -> Found[_Kin] | None:
    """«bà Tư kế bên nhà», «chị hàng xóm»: somebody of another household, with a name between or without."""
    tokens = passage.tokens
    title = _TITLES.read(tokens, at)
    if title is None:
        return None
    for here in (title[1], title[1] + 1):
        near = (
            None if any(passage.begins(place) for place in range(at + 1, here + 1)) else _NEXT_DOOR.read(tokens, here)
        )
        if near is not None and not (here > title[1] and (tokens[here - 1].is_number or _OWNER.get(tokens, here - 1))):
            return ("neighbour", title[0]), _past_owner(passage, near[1]) or near[1]
    return None


def _relative(passage: Passage, at: int) -> Found[_Kin] | None:
    if _but_i(passage, at) is not None:
        return None
    neighbour = _neighbour(passage, at)
    if neighbour is not None:
        return neighbour
    if _is_but(passage, at):
        return None
    if passage.tokens[at].fold == "mo" and _ASKED_WITH_MO.get(passage.tokens, at - 1):  # «khi mo» is «khi mô»
        return None
    if passage.tokens[at].text == "chi" and _SHOWS.get(passage.tokens, at + 2):  # «chi tui voi» is «chỉ»
        return None
    if passage.tokens[at].text == "chu" and _BEFORE_NOW.get(passage.tokens, at - 1):  # «rua chu tui dong» is «chừ»
        return None
    if (
        passage.tokens[at].text == "ba"
        and at + 1 < len(passage.tokens)
        and passage.tokens[at + 1].text in ("gia", "già")
    ):
        return None  # «bà già» or «ba già»
    tokens = passage.tokens
    if tokens[at].text == "ba" and _SAID_THEN.get(tokens, at + 2) and tokens[at + 1].text == "noi":
        return None  # «ba noi doi muc 2 trieu» is what he says
    surely, owned = _within(passage, at, _SURELY.read(tokens, at)), _WITH_OWNER.read(tokens, at)
    if surely and not (owned and owned[1] > surely[1]):
        if _ADDRESSED_AFTER.get(tokens, surely[1]):
            return None
        if (
            tokens[at].fold in ("ma", "me", "cha", "bo", "vo")
            and not tokens[at].accents
            and not _fits_without(passage, at)
        ):
            return None
        return surely[0], _past_owner(passage, surely[1]) or surely[1]
    if _is_ba(passage, at) or (tokens[at].text == "ba" and _is_a_parent(passage, at)):
        return ("father", "male"), at + 1
    if owned is None or (_ADDRESSED_BEFORE.get(tokens, at - 1) and not passage.begins(at)):
        return None
    kin, after = owned
    owner = _past_owner(passage, after)
    if owner is None:
        return None
    if tokens[at].fold == "em":
        sure = tokens[after].accents or _told_of(passage, after + 1)  # «e toi dau r» is «em tới đâu rồi»
        if tokens[after].fold != "toi" or not sure:
            return None
    if tokens[at].fold in _BY_ACCENTS and not _is_meant(passage, at, after):
        return None
    pair = tokens[at].fold, tokens[after].fold
    if (
        after == at + 1
        and pair in _ONLY_OWNERS_OF_SOME
        and not (pair == ("ba", "con") and _told_of(passage, after + 1))
    ):
        return None
    if tokens[at].fold == "ba" and at and (tokens[at - 1].is_number or tokens[at - 1].fold in ("sinh", "thu")):
        return None
    if (
        after == at + 1
        and kin[0] in ("other", "neighbour")
        and _NO_OWNER_AFTER.get(tokens, after)
        and not _told_of(passage, after + 1)
    ):
        return None
    return kin, owner


def _is_meant(passage: Passage, at: int, after: int) -> bool:
    """Whether such a word names somebody: typed with its accent among others, before «tôi» …, and no «ừ tôi sinh»."""
    tokens = passage.tokens
    spelled = passage.accented and tokens[at].text == _BY_ACCENTS[tokens[at].fold]
    pays_for = at > 0 and _INSTEAD_OF.get(tokens, at - 1)
    first = tokens[at].fold == "u" and at == 0
    return spelled and tokens[after].fold in _WRITERS and not (pays_for or first)


_INSTEAD_OF = words("nộp đóng làm đi ký nhận lãnh")
"""«nộp thay tôi»."""


def _within(passage: Passage, at: int, named: Found[_Kin] | None) -> Found[_Kin] | None:
    """Somebody named within a clause: «vợ chồng em, vợ sinh 1975» names no «em vợ»."""
    across = named is not None and any(passage.begins(place) for place in range(at + 1, named[1]))
    return None if across else named


def _is_ba(passage: Passage, at: int) -> bool:
    """«Ba đóng tự nguyện 11 năm»: no number among words with accents, at the beginning, before what he does."""
    tokens = passage.tokens
    if tokens[at].text != "ba" or not passage.accented or not passage.begins(at):
        return False
    return at + 1 < len(tokens) and tokens[at + 1].text in _DOES


def _is_a_parent(passage: Passage, at: int) -> bool:
    """«ba 63 tuoi me 58 tuoi» where «ba me» are named; «me thi sao», «con ba» and no more."""
    tokens = passage.tokens
    if passage.accented:
        return False
    alone = len(tokens) <= _NAMED_ALONE and all(
        place == at or _BESIDE_A_NAME.get(tokens, place) for place in range(len(tokens))
    )
    pair = any(
        tokens[place].fold in ("ba", "bo", "cha") and tokens[place + 1].fold in ("me", "ma")
        for place in range(len(tokens) - 1)
        if at not in (place, place + 1)
    )
    return alone or (pair and at + 1 < len(tokens) and tokens[at + 1].is_number)


_NAMED_ALONE = 4
_BESIDE_A_NAME = words("còn thế vậy rứa thì sao răng nào a à ạ ha")
_SAID_THEN = words("đổi là rằng thôi chọn mức đừng để cũng muốn")


def _fits_without(passage: Passage, at: int) -> bool:
    """Whether «me», «ma», «bo», «cha» without accents is a parent: with «tôi» … after it, or before a birth."""
    tokens = passage.tokens
    if tokens[at].fold == "ma" and at + 1 < len(tokens) and tokens[at + 1].fold in _AFTER_BUT:  # «mà đóng ở đâu»
        return False
    if tokens[at].text == "ma" and at and passage.begins(at) and _is_but_i(passage, at):
        return False
    if _past_owner(passage, at + 1) is not None or (passage.begins(at) and _told_of(passage, at + 1)):
        return True
    if at == 1 and len(tokens) == _TWO_WORDS and tokens[0].text == "con":  # «con vo» is «còn vợ»
        return True
    return tokens[at].fold in ("me", "ma") and _is_a_parent(passage, at)


def _is_but_i(passage: Passage, at: int) -> bool:
    """«nu sinh 4/1976, ma toi dong duoc 7 nam» is «mà tôi», where no other of a family stands before it."""
    tokens = passage.tokens
    mine = at + 2 < len(tokens) and tokens[at + 1].fold in _I and tokens[at + 2].fold in _AFTER_BUT_I
    return mine and not any(_OF_THE_FAMILY.get(tokens, place) for place in range(at))


_OF_THE_FAMILY = words("ba bố cha tía mẹ má vợ chồng ông bà anh chị em nhà")
_AFTER_BUT_I = frozenset({"dong", "da", "moi", "chua", "khong", "co", "la", "muon", "cung", "thi", "con"})


def _past_owner(passage: Passage, at: int) -> int | None:
    """Past «tôi», «của em» after a relative; None where nobody's is said."""
    tokens = passage.tokens
    here = at + 1 if _OF.get(tokens, at) else at
    if here >= len(tokens) or passage.begins(here) or not _OWNER.get(tokens, here):
        return None
    return here + 1


_AFTER_BUT = frozenset({"dong", "tham", "mat", "bi"})
_DOES = frozenset({"đóng", "mất", "bị", "nghỉ", "sinh", "tham", "đang", "đã", "có", "chưa", "muốn", "vừa", "mới"})
_TELLS = words("năm sinh sn đóng mất bị sn ns tham")


def _told_of(passage: Passage, at: int) -> bool:
    """Whether something is told of «cô em» right after, so that it is no form of address."""
    return at < len(passage.tokens) and (passage.tokens[at].is_number or bool(_TELLS.get(passage.tokens, at)))


def _nobody(passage: Passage, at: int) -> int | None:
    said = _NO_PERSON.read(passage.tokens, at)
    if said is None or any(passage.begins(place) for place in range(at + 1, said[1])):
        return None
    pair = " ".join(token.text for token in passage.tokens[at : said[1]])
    own = pair in _PARENT_OF_THE_WRITER and _told_of(passage, said[1]) and not passage.begins(said[1])
    return None if own and not (at and passage.tokens[at - 1].fold == "hai") else said[1]


def _is_subject(passage: Passage, at: int) -> bool:
    tokens = passage.tokens
    if _NO_SELF_AFTER.read(tokens, at) or (_NOT_THE_SUBJECT_AFTER.get(tokens, at - 1) and not passage.begins(at)):
        return False
    return tokens[at].fold != "con" or not (at and tokens[at - 1].fold in ("sinh", "sanh", "de", "nuoi", "co", "mot"))


def _paid_for(passage: Passage, at: int) -> bool:
    """Whether «đóng cho», «mua bảo hiểm cho» stands right before."""
    for first in range(max(0, at - _LONGEST_FOR), at):
        said = _FOR.read(passage.tokens, first)
        if said and said[1] == at:
            return True
    return False


def subject(people: Sequence[Somebody], telling: Sequence[Somebody], question: int | None) -> Somebody | None:
    """Of whom the text mostly speaks: the one it is to be paid for, of those told of the one named last
    before the question, else the first."""
    payees = [person for person in people if person.payee]
    if payees:
        return payees[-1]
    if len({person.whom for person in telling}) <= 1 or question is None:
        return telling[0] if telling else None
    among = {person.whom for person in telling}
    named = [person for person in people if person.whom in among and person.first < question]
    return named[-1] if named else telling[0]
