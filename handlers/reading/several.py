"""Takes the questions of a message apart: «đóng bao nhiêu và bao lâu thì được hưởng?» asks two things."""

from __future__ import annotations

import re
import unicodedata

from faq.engine.letter import MOST_LETTERS, SENTENCE_END
from vietnamese.normalize import fold, folded_words, has_accents, normalize

_MOST = 5
_WH = (
    "bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|chừng nào|thế nào|làm sao|ra sao|tại sao|vì sao|sao|gì|nào|đâu|mấy|ai|"
    "bao tiền"
)
_CUES = rf"\b(?:{_WH})\b|\b(?:không|chưa)(?: (?:ạ|vậy|nhỉ|hả|em|ad|bạn|thế|đấy))*$"
_ASKS = {True: re.compile(_CUES), False: re.compile(fold(_CUES))}
"""By whether the message is typed with accents: «đầu» and «máy» ask nothing."""
_INDEFINITE = re.compile(
    r"\bmay (?:nam|thang|bua|ngay|hom|tuan|lan)(?: \w+)? (?:nay|truoc|qua|roi|sau|toi|lien|gan day)\b"
    r"|\bmay (?:dua|ong|anh|chi|em|ba|co|chu|bac|sao|cong|con|cai|nguoi|chau|vu|cay|moi|hop|chiec|chuc)\b"
    r"|\bco (?:san |duoc )?may (?:nam|thang|tram)\b"
    r"|\b(?:khong|chua|chang|cha|dau)\b(?! (?:biet|hieu|ro|phai)\b)(?:(?!\b(?:thi|ma|duoc)\b).)*"
    r"\b(?:gi|nao|dau|ai|bao gio|bao nhieu|bao lau|may)\b(?! (?:khong|chua)\b)"
    r"|\b(?:khong|chua) (?:nhan|thay|lay|dong|mua) duoc\b.*\b(?:gi|nao|dau|may)\b"
    r"|\b(?:khong|chua) duoc (?:huong|nhan|lanh|cap)\b.*\b(?:gi|nao)$"
    r"|\b(?:gi|ai|nao|sao|dau|bao nhieu|bao gio)(?: \w+){0,2} cung\b|\b(?:co|nghe) ai\b|\bai (?:noi|bao|keu)\b"
    r"|\bdau (?:co|phai|biet|ngo)\b|\b(?:nao|gi) do\b|\bgi (?:het|ca)\b|\b(?:nao|gi|ai) dau$|\bai \w+ gi\b|\bly khong\b"
    r"|\b(ngay|thang|bua|luc|cai) nao\b.*\b\1 (?:do|ay|nay)\b"
    r"|\b(?:ngay|thang|bua|luc|nam)(?: \w+){0,2} (?:ngay|thang|bua|luc|nam) khong\b"
    r"|\b(?:nghe|nguoi ta|ho|cong ty|can bo) (?:noi|bao|don)\b.*\bmay\b"
)
"""What asks nothing with a word that asks elsewhere: «mấy năm nay», «chưa đóng tháng nào», «ai cũng»; folded."""
_AFTER = "(?: (?:ạ|vậy|nhỉ|hả|em|ad|bạn|thế|đấy|luôn|nữa|anh|chị|nha|cô|chú|bác))*"
_CLEAR = (
    r"\b(?:bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|chừng nào|hồi nào|thế nào|như nào|gì|nào|bao tiền|nhiều nhất mấy|"
    r"mấy (?:ngày|bữa|hôm|tiền|đồng|trăm|triệu|tuổi|phần|người|lâu)|(?:thì|làm|ra|tại|vì|tính) sao|"
    r"(?:là|cho|với|gửi|hỏi|gặp) ai|ai (?:được|thu|lập|quản|trả|cấp|giữ|chịu|nhận|lãnh|hưởng))\b"
    r"|\b(?:ở|tới|đến|ra|lên|vô|vào|tại|đi|nộp|xin|làm) đâu" + _AFTER + r"$|\b(?:sao|ai)" + _AFTER + r"$|^sao\b"
    r"|\b(?:không|chưa|(?:được|có|phải|kịp) chứ)" + _AFTER + "$"
)
_SHORTLY = r"|\b(?:thi|het|la|nhat|dong|nop) nhieu\b|\bnhieu (?:tien )?(?:1|mot) (?:thang|nam|lan|quy)\b"
"""«nhiêu» without its accent."""
_CLEARLY = {True: re.compile(_CLEAR), False: re.compile(fold(_CLEAR) + _SHORTLY)}
"""What asks in a clause between commas, by whether the message is typed with accents."""
_OF_A_LENGTH = (
    r"^(?=.*\b(?:thì|được|phải|cần|nữa|đủ|hưởng|lãnh|nhận|có|nhất|tối thiểu|tối đa|trong|cỡ|khoảng|mất)\b)"
    r".*\bmấy (?:tuần|tháng|năm|lần)\b"
)
_LENGTH = {True: re.compile(_OF_A_LENGTH), False: re.compile(fold(_OF_A_LENGTH))}
"""«mới đóng mấy tháng» tells, «phải đóng mấy tháng» asks."""
_COMMA = re.compile(r"\s*,\s*(?=[^\W\d])|(?<=\D),\s+(?=\d)")
_LINK = re.compile(
    r"^(?:(?:rồi|roi|với lại|voi lai|với|voi|và|va|thêm nữa|them nua|ngoài ra|ngoai ra|sẵn|san|một là|mot la|hai là|"
    r"hai la|ba là|ba la|bốn là|bon la|cuối cùng|cuoi cung)\s+(?:là\s+|la\s+)?"
    r"(?:(?:cho|xin)\s+(?:(?:em|tôi|toi|mình|minh|con|cháu)\s+)?(?:hỏi|hoi)\s+(?:luôn|luon|thêm|them)?\s*)?)+",
    re.IGNORECASE,
)
_THEN = re.compile(r"\s+(?:rồi|roi|với|voi)\s+(?!(?:thì|thi|mà|ma|ai|nhau|công|cong|nhà|nha|chồng|chong|vợ|vo)\b)")
_ASKED_LAST = re.compile(r"\b(?:gi|dau|nao|ai|bao nhieu|bao lau|khong|tien|the nao|lam sao|ra sao)$")
_TAG = re.compile(
    r"^(?:co )?(?:dung|phai|duoc|the|vay|sao|ok)(?: (?:khong|a|chua|ha|vay))*$"
    r"|^(?:\w+ ){0,3}(?:dung|phai|thiet|that|chac)(?: (?:the|vay))? khong(?: \w+)?$|^co (?:khong|chua)(?: a)?$"
)
_NUMBER = re.compile(
    r"(?:(?<=\s)|^)(?:(?:câu|cau|ý|y)\s*)?(\d)\s*[.):/]\s*(?=[^\W\d])"
    r"|(?:(?<=\s)|^)thứ (nhất|hai|ba|tư|năm)\s*(?:là|,|:)"
)
_AND = re.compile(
    r"[,\s]\s*(?:và|va|với lại|voi lai|cùng với|ngoài ra|đồng thời)\s+(?:là\s+|cho\s+(?:em|tôi|mình|hỏi)\s+)?"
)
_AND_THEN = re.compile(r"[,\s]\s*(?=(?:còn|con)\s)")
_OWN_FRAME = re.compile(r"\b(?:thi sao|thi the nao|thi bao nhieu|thi duoc gi|thi nhu the nao|ra sao)\b")
_OF_ANOTHER = re.compile(
    r"^con (?:phan |nha |ben )?"
    r"(?:toi|tui|minh|em|chau|con|chong|vo|ck|vk|me|ma|bo|ba|cha|tia|ong|anh|chi|bac|co|chu|di)\b"
)
"""«còn tui …»: from here on it is asked of somebody else."""
_HOW_MUCH_LAST = re.compile(r"\b(?:may|nhieu|bn|bao nhieu)(?: \w+)?$")
_OPEN_END = re.compile(r"\b(?:thi|co|ma|van|duoc|se|dang|toi|con|la|cua|truoc)$")
_LONE = re.compile(rf"^(?:{fold(_WH)})(?: \w+)?$")


def several(text: str) -> tuple[str, ...]:
    """The questions of a message in order, each as typed and with what leads up to it; one is the whole message.

    At most five; a message that asks nothing, or a long letter, is one too, and an empty one none.
    """
    typed = unicodedata.normalize("NFC", text).strip()
    if not typed or len(typed) > MOST_LETTERS:
        return (typed,) if typed else ()
    accented = has_accents(typed)
    pieces = [each for sentence in _sentences(typed) for each in _parts(sentence, accented)]
    questions: list[str] = []
    before = ""
    for piece in pieces:
        if questions and not before and _TAG.match(folded_words(piece)):
            questions[-1] = f"{questions[-1]} {piece}"
        elif _asks(piece, accented) or (_OF_ANOTHER.match(folded_words(piece)) and _asks_for_it(piece, accented)):
            questions.append(f"{before} {piece}".strip())
            before = ""
        else:
            before = f"{before} {piece}".strip()
    if len(questions) < 2:
        return (typed,)
    if before:
        questions[-1] = f"{questions[-1]} {before}"
    return tuple(questions[:_MOST])


def _sentences(typed: str) -> list[str]:
    """Cut at question marks, full stops, line breaks, and at numbers where they count from one."""
    counted = list(_NUMBER.finditer(typed))
    marks = [found[1] or str(("nhất", "hai", "ba", "tư", "năm").index(found[2]) + 1) for found in counted]
    lines = typed
    if len(counted) > 1 and marks == [str(place) for place in range(1, len(marks) + 1)]:
        pieces = [typed[: counted[0].start()]]
        ends = [*(found.start() for found in counted[1:]), len(typed)]
        pieces += [typed[found.end() : end] for found, end in zip(counted, ends, strict=True)]
        lines = "\n".join(pieces)
    return [part.strip() for part in SENTENCE_END.split(lines) if part and normalize(part)]


def _parts(sentence: str, accented: bool) -> list[str]:
    """A sentence cut at commas between clauses that ask, and before «và», «còn» where both sides do."""
    return [piece for clause in _clauses(sentence, accented) for piece in _linked(clause, accented)]


def _clauses(sentence: str, accented: bool) -> list[str]:
    """Cut at the commas between clauses that ask; what tells goes with the one after, a lone «bao lâu» before."""
    pieces: list[str] = []
    told, start = 0, 0
    cuts = [*((found.start(), found.end()) for found in _COMMA.finditer(sentence)), (len(sentence), len(sentence))]
    for end, after in cuts:
        clause = sentence[start:end]
        if _asks_clearly(clause, accented):
            plain = folded_words(clause)
            if pieces and told == start and (_LONE.match(plain) or _TAG.match(plain)):
                pieces[-1] = f"{pieces[-1]}, {clause}"
            else:
                pieces.append(sentence[told:end])
            told = after
        start = after
    if len(pieces) < 2:
        return [sentence]
    if told < len(sentence):
        pieces[-1] = f"{pieces[-1]}, {sentence[told:]}"
    return [pieces[0], *(_LINK.sub("", each) or each for each in pieces[1:])]


def _linked(sentence: str, accented: bool) -> list[str]:
    for found in _THEN.finditer(sentence):
        before, after = sentence[: found.start()].strip(" ,"), sentence[found.end() :].strip()
        if (
            _ASKED_LAST.search(folded_words(before))
            and not _LONE.match(folded_words(before))
            and _asks_clearly(after, accented)
        ):
            return [before, *_linked(after, accented)]
    for link in (_AND, _AND_THEN):
        for found in link.finditer(sentence):
            before, after = sentence[: found.start()].strip(" ,"), sentence[found.end() :].strip()
            if _can_part(before, after, accented, then=link is _AND_THEN):
                return [before, *_linked(after, accented)]
    return [sentence]


def _can_part(before: str, after: str, accented: bool, *, then: bool) -> bool:
    first, second = folded_words(before), folded_words(after)
    if _LONE.match(first) or _OPEN_END.search(first):
        return False
    if then and _OF_ANOTHER.match(second) and _asks_clearly(before, accented) and _asks_for_it(after, accented):
        return True
    asks = _asks(before, accented) and _asks(after, accented)
    return asks and (not then or _OWN_FRAME.search(second) is not None)


def _asks_for_it(clause: str, accented: bool) -> bool:
    """Whether a clause asks clearly, or ends with «mấy», «tháng mấy»."""
    return _asks_clearly(clause, accented) or _HOW_MUCH_LAST.search(folded_words(clause)) is not None


def _asks(piece: str, accented: bool) -> bool:
    clauses = [_definite(clause, accented) for clause in piece.split(",")]
    return any(_ASKS[accented].search(clause) or _CLEARLY[accented].search(clause) for clause in clauses)


def _asks_clearly(clause: str, accented: bool) -> bool:
    definite = _definite(clause, accented)
    return _CLEARLY[accented].search(definite) is not None or _LENGTH[accented].search(definite) is not None


def _definite(clause: str, accented: bool) -> str:
    """The words of a clause, folded where no accents are typed, with every one that asks nothing struck out."""
    words = normalize(clause)
    plain = fold(words)
    left = words if accented else plain
    for found in _INDEFINITE.finditer(plain):
        left = f"{left[: found.start()]}{'-' * len(found[0])}{left[found.end() :]}"
    return left
