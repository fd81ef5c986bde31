"""Tells a question from a failed answer: in the middle of a form, «3 triệu 1 năm» is none, «đóng mấy năm» is."""

from __future__ import annotations

import re
from itertools import pairwise

from vietnamese.normalize import fold, folded_words, normalize

_LEAST_WORDS = 3
_STATEMENT_WORDS = 8
"""So many words without a question word may still ask («tôi muốn tìm hiểu về chế độ thai sản»)."""
_ASKING = frozenset(
    {
        *("bao nhiêu", "thế nào", "làm sao", "ra sao", "vì sao", "tại sao", "là sao", "thì sao", "là gì", "làm gì"),
        *("ở đâu", "chỗ nào", "khi nào", "lúc nào", "bao giờ", "bao lâu", "nào", "mấy", "gì", "ai", "đâu"),
        *("được không", "có không", "phải không", "không vậy", "không ạ", "không nhỉ", "hay không", "đúng không"),
        *("cho hỏi", "muốn hỏi", "hỏi về", "hướng dẫn", "giải thích", "có được", "có phải", "có nên", "sao"),
    }
)
_PLAIN = frozenset(fold(words) for words in _ASKING)


def is_question(text: str) -> bool:
    """Whether a message asks something; a value, however badly written, does not."""
    words = folded_words(text).split()
    if len(words) < _LEAST_WORDS:
        return False
    return len(words) >= _STATEMENT_WORDS or asks_in_words(text)


def asks_in_words(text: str) -> bool:
    """Whether a message holds a question mark or a word that asks, however long it is."""
    words = _NEVER.sub("", folded_words(text)).split()
    if "?" in text or words[-1:] == [fold("không")]:
        return True
    pairs = {" ".join(pair) for pair in pairwise(words)}
    return bool((pairs | set(words)) & _PLAIN) or _HOW_MUCH_IN_SHORT.search(" ".join(words)) is not None


_HOW_MUCH_IN_SHORT = re.compile(
    r"\b(?:thi|het|ton|la|moi lan|moi thang|mot thang) (?:nhieu|nhiu)\b"
    r"(?! (?:qua|lam|nhat|hon|nguoi|nam|khi|lan|tien qua|cho|viec))"
)
"""«đóng mức 4 triệu thì nhiêu»: «nhiêu» without its accent, and no «nhiều»."""


_NEVER = re.compile(
    r"\b(?:chua|khong|chang|cha) (?:he |tung )?(?:dong|nop|mua|tham gia|co dong|duoc dong)"
    r"(?: (?:bao hiem|bao hiem xa hoi))? (?:bao gio|lan nao|dong nao|thang nao|ngay nao|nam nao|bua nao|gi|dau)\b"
)
"""«chưa đóng bao giờ» asks nothing."""


_OF_ONESELF = re.compile(
    r"^(?:(?:da|thua|chao|alo|vang|u|ad|admin|bot|cho|hoi|ban|anh|chi|co|chu|bac) )*"
    r"(?:toi|em|e|minh|mk|mik|tui|tao|to|chau|con)\b(?! (?:oi|a|trai|gai|dau|re|ut|ca|ho|nha|chong|vo|me|bo)\b)"
)


_RESUME = re.compile(
    r"\b(?:tinh|lam|hoi|di|noi) tiep\b|\btiep tuc\b|"
    r"\b(?:cai|phan|cho) (?:hoi nay|luc nay|dang do|vua roi)\b|^tiep(?: di| nhe| nha)?$"
)
_LONGEST_STEERING = 8


def is_resume(text: str) -> bool:
    """Whether a message only asks to go on with what was left."""
    plain = folded_words(text)
    return len(plain.split()) <= _LONGEST_STEERING and _RESUME.search(plain) is not None and "dong tiep" not in plain


def speaks_of_oneself(text: str) -> bool:
    """Whether the writer begins with themselves: «tôi nam 1970», «e dong 1tr»."""
    return _OF_ONESELF.search(folded_words(text)) is not None


_BACK = re.compile(r"\b(?:quay|tro|tro ve) lai\b|\b(?:hoi nay|luc nay|ban nay|nay gio|vua nay|khi nay)\b")


def turns_back(text: str) -> bool:
    """Whether a message comes back to what was talked of before the last answer: «quay lại cái hộ nghèo hồi nãy»."""
    return _BACK.search(folded_words(text)) is not None


_GOES_ON_PAYING = re.compile(r"\b(?:dong|nop|tham gia) (?:tiep|them)\b|\btiep tuc (?:dong|nop|tham gia)\b")


def goes_on_paying(text: str) -> bool:
    """Whether a message speaks of paying on: «nếu đóng tiếp mức 3 triệu»."""
    return _GOES_ON_PAYING.search(folded_words(text)) is not None


_THE_REST = re.compile(
    r"\b(?:dong|nop)(?: (?:luon|tiep|bu|them))? (?:not|cho du|du luon|(?:1|mot) (?:cuc|lan|luc|phat))\b"
)


def pays_the_rest(text: str) -> bool:
    """Whether a message speaks of paying what is missing: «đóng nốt cho đủ»."""
    return _THE_REST.search(folded_words(text)) is not None


_LEFT_OPEN = re.compile(r"\bthi(?: (?:a|ha|nhi|vay))*$")


def leaves_open(text: str) -> bool:
    """Whether a message breaks off where it asks: «nếu nghỉ đóng từ giờ thì»."""
    return _LEFT_OPEN.search(folded_words(text)) is not None


_IF_DEAD = re.compile(r"\b(?:lo |ma |neu |bi )(?:\w+ ){0,2}?(?:mat|chet)\b|\b(?:qua doi|chet|tu vong)\b")
_LEFT_IN = re.compile(
    r"\b(?:de (?:lai|do|yen|danh|nguyen|day|im)|giu (?:lai|nguyen|do)|bao luu)\b"
    r"|\b(?:khong|chua|dung|khoi) (?:rut|lanh)\b"
)


def leaves_it_in(text: str) -> bool:
    """Whether a message asks what is if the money is not taken out: «còn để lại thì sau này sao»."""
    plain = folded_words(text)
    dies = _IF_DEAD.search(plain) is not None
    return not dies and _LEFT_IN.search(plain) is not None and _OF_WHAT_THEN.search(plain) is not None


_OF_WHAT_THEN = re.compile(r"\b(?:sao|the nao|rang|bao nhieu|nhieu|duoc gi|duoc khong|loi|hon|may)\b")

_TO_ONESELF = re.compile(
    r"\b(?:quay lai|tro lai|ve lai) (?:phan |cho |voi )?(?:toi|em|minh|tui|chau|con)\b|"
    r"\bneu (?:toi|tui|minh) (?:rut|dong|nghi|bi)\b|\b(?:con|the|rieng|ve) phan (?:toi|em|minh|tui|chau|con)\b|"
    r"^(?:the |vay |a |con )*(?:toi|em|minh|tui|chau|con)(?: (?:thi|nam|nu|la|sinh|sn|muon|\d+ tuoi)\b|$)"
)


_I_DRAW = re.compile(
    r"(?<!vo )(?<!chong )(?<!me )(?<!bo )(?<!ma )(?<!cua )\b(?:toi|tui|em|minh) (?:duoc |moi |thi )*"
    r"(?:linh|lanh|nhan luong|du tuoi)\b"
)


_BUT_I = re.compile(
    r"\b(?:còn(?: phần| riêng| về phần)? (?:tôi|tui|mình|em|con|cháu)"
    r"(?! (?:tôi|tui|mình|em|gái|trai|dâu|rể|ruột|út|họ|chồng|vợ|nội|ngoại|của|ơi|cái|nhỏ|bé|nào)\b)"
    r"|(?:chừ|giờ) (?:tôi|tui|mình|em) (?:muốn |thì )?(?:đóng|chọn|lấy))\b"
)
"""In a text with accents «còn em» is no child of the writer's."""
_BUT_I_PLAIN = re.compile(
    r"^(?:u |a |da |ok |roi |ma )*(?:(?:the|vay|rua|ua|thoi|ve) )+(?:con |chu |gio |bay gio |phan |rieng )*"
    r"(?:toi|tui|minh|em) (?:thi|con|dong|chon|lay|muon|duoc|thieu|sinh|sanh|sn|nam|nu|o|nha|rut|may)\b"
    r"|\b(?:quay lai|tro lai|ve lai|tinh lai|ve) (?:cho |phan |voi )+(?:toi|tui|minh|em)\b"
)


def turns_to_oneself(text: str) -> bool:
    """Whether a talk about somebody else comes back to the writer: «còn tôi thì sao», «thế còn em đóng 12 tháng»."""
    plain = folded_words(text)
    if _TO_ONESELF.search(plain) is not None or _I_DRAW.search(plain) is not None:
        return True
    return _BUT_I.search(normalize(text)) is not None or _BUT_I_PLAIN.search(plain) is not None


_GOES_ON = re.compile(r"^(?:(?:a|ma|u|ua|oh|o) )?(?:con|the|vay|rua)\b")


_ASIDE = re.compile(r"^(?:(?:à|a|ê|ừ|ờ|dạ|mà) )*khoan(?:,| đã\b| da\b| cho\b| hỏi\b| hoi\b)", re.IGNORECASE)
"""«khoản 3 triệu», a slip for «khoảng», turns nowhere."""


def turns_aside(text: str) -> bool:
    """Whether a message leaves what was asked for a question of its own: «khoan, cận nghèo được cho mấy phần trăm»."""
    return _ASIDE.search(text.strip()) is not None and asks_in_words(text)


def goes_on(text: str) -> bool:
    """Whether a message begins as the next line of a talk: «còn thất nghiệp»."""
    return _GOES_ON.search(folded_words(text)) is not None


_ADDS = re.compile(r"\b(?:con|lai|lai con|dong thoi|cung) (?:co|la|thuoc|duoc)\b")


def adds(text: str) -> bool:
    """Whether what a message tells comes to what was told: «nhà còn có sổ hộ cận nghèo nữa»."""
    return _ADDS.search(folded_words(text)) is not None


_SUPPOSED = re.compile(
    r"\b(?:neu|lo|nho|chang may|khong may|sau nay|gia su|vi du|ma chet|ma mat|rui|mai mot|truong hop)\b"
)


def is_supposed(text: str) -> bool:
    """Whether a message asks what would be, not of what has happened."""
    return _SUPPOSED.search(folded_words(text)) is not None
