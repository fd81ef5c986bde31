"""Takes the questions of a message apart: «đóng bao nhiêu và bao lâu thì được hưởng?» asks two things."""

from __future__ import annotations

import re
import unicodedata

from faq.engine.letter import MOST_LETTERS, SENTENCE_END
from vietnamese.normalize import fold, has_accents, normalize

_MOST = 5
_WH = (
    "bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|chừng nào|thế nào|làm sao|ra sao|tại sao|vì sao|sao|gì|nào|đâu|mấy|ai|"
    "bao tiền"
)
_CUES = rf"\b(?:{_WH})\b|\b(?:không|chưa)(?: (?:ạ|vậy|nhỉ|hả|em|ad|bạn|thế|đấy))*$"
_ASKS = {True: re.compile(_CUES), False: re.compile(fold(_CUES))}
"""By whether the message is typed with accents: «đầu» and «máy» ask nothing."""
_TAG = re.compile(r"^(?:co )?(?:dung|phai|duoc|the|vay|sao|ok)(?: (?:khong|a|chua|ha|vay))*$")
_NUMBER = re.compile(
    r"(?:(?<=\s)|^)(?:(?:câu|cau|ý|y)\s*)?(\d)\s*[.):/]\s*(?=[^\W\d])"
    r"|(?:(?<=\s)|^)thứ (nhất|hai|ba|tư|năm)\s*(?:là|,|:)"
)
_AND = re.compile(
    r"[,\s]\s*(?:và|va|với lại|voi lai|cùng với|ngoài ra|đồng thời)\s+(?:là\s+|cho\s+(?:em|tôi|mình|hỏi)\s+)?"
)
_AND_THEN = re.compile(r"[,\s]\s*(?=(?:còn|con)\s)")
_OWN_FRAME = re.compile(r"\b(?:thi sao|thi the nao|thi bao nhieu|thi duoc gi|thi nhu the nao|ra sao)\b")
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
        if questions and not before and _TAG.match(_plain(piece)):
            questions[-1] = f"{questions[-1]} {piece}"
        elif _asks(piece, accented):
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
    """A sentence cut before «và», «còn» where both what stands before and what follows ask."""
    for link in (_AND, _AND_THEN):
        for found in link.finditer(sentence):
            before, after = sentence[: found.start()].strip(" ,"), sentence[found.end() :].strip()
            if _can_part(before, after, accented, then=link is _AND_THEN):
                return [before, *_parts(after, accented)]
    return [sentence]


def _can_part(before: str, after: str, accented: bool, *, then: bool) -> bool:
    first, second = _plain(before), _plain(after)
    if not (_asks(before, accented) and _asks(after, accented)) or _LONE.match(first) or _OPEN_END.search(first):
        return False
    return not then or _OWN_FRAME.search(second) is not None


def _asks(piece: str, accented: bool) -> bool:
    words = normalize(piece)
    return _ASKS[accented].search(words if accented else fold(words)) is not None


def _plain(piece: str) -> str:
    return fold(normalize(piece))
