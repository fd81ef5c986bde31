"""Takes a long message apart: the story before, and the questions in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vietnamese.normalize import fold, normalize

SENTENCE_END = re.compile(r"(?<=[?!…])\s*|(?<=\.)\s+(?=\S)|(?<=\.)(?=[A-ZÀ-Ỹ][a-zà-ỹ])|(?<=\s\.)(?=[^\W\d])|[\n;]+")
_CLAUSE_END = re.compile(r"[,:–]\s+|\s-\s")
_CUES = (
    r"\b(?:không|chưa|gì|bao nhiêu|mấy|bao lâu|bao giờ|nào|sao|đâu|ai|hỏi|phải làm|hướng dẫn|tư vấn|hả|nhỉ|"
    r"thắc mắc|muốn biết|giúp)\b"
)
_ASKS = {True: re.compile(_CUES), False: re.compile(fold(_CUES).replace("hoi", "(?<!xa )hoi"))}
_KIN = "em|anh|chị|cháu|con|bác|cô|chú|bạn"
_ALL = "các anh chị|anh chị|mọi người|cả nhà|các bạn|các bác|các mẹ|các cụ|các mom|admin|ad"
_THEM = f"anh chị em|{_ALL}|tổng đài|luật sư|quý cơ quan|quý vị|quý báo|tòa soạn|bot"
_YOU, _ME = f"(?:{_THEM}|{_KIN})", f"(?:tôi|mình|bà|ông|mẹ|{_KIN})"
_OPENING = (
    f"(?:(?:(?:xin |kính )?chào(?: {_YOU})?|alo|hello|hi|kính gửi|(?:kính )?thưa|{_YOU} ơi|vậy|"
    f"(?:{_YOU} |xin )?cho (?:{_ME} )?hỏi(?: chút)?|(?:{_ME} )?(?:xin|muốn|cần) hỏi(?: {_THEM})?|{_ME} hỏi|"
    f"nhờ {_YOU}|(?:{_YOU} )?tư vấn giúp {_ME}|(?:xin )?cho biết|cho {_ME} biết|{_ME} đang thắc mắc|là|rằng|thì) )+"
)
_CLOSING = f" (?:ạ|ơi|{_ALL}|(?:{_ME} )?(?:xin )?(?:chân thành )?cảm ơn(?: nhiều| {_YOU})?|giúp {_ME})$"
_ACCENTED_ONLY = "(?:dạ|vâng|nhé|nha|với|hỏi) "
"""Without accents these would be other words: «đã», «vàng», «nhà», «với», «hội»."""
_COURTESIES = {
    True: (re.compile(f"(?:{_ACCENTED_ONLY}|{_OPENING})+"), re.compile(f"{_CLOSING}| (?:nhé|nha|vậy)$")),
    False: (re.compile(fold(_OPENING)), re.compile(fold(_CLOSING))),
}
_POLITE_WORDS = """
xin em toi minh chau con da vang kinh chao cam on a chi anh ad bac co chu quy quan bao hiem xa hoi tong dai luat su
nhieu rat mong duoc giai dap tra loi phan som nhan am giup ho tro do chan thanh tran trong cho voi moi nguoi ban oi nhe
nha ah va tu van nay de alo hello hi vi thay muon the truong hop cua cac gui thac mac cau mot vai sau hy vong
"""
_POLITE = frozenset(_POLITE_WORDS.split())
SHORT_MESSAGE, LONG_SENTENCE, SHORT_QUESTION, FEWEST_LEFT, LONGEST, CONTEXT = 22, 24, 12, 2, 120, 26
"""In words: a message that is one question, a sentence that holds a story, a question too short to stand alone,
what must be left when courtesies are taken away, how much of a message is read, from its end, and how much of what
leads up to a question tells what «it» is in «is it possible»."""
MOST_LETTERS = 1500


@dataclass(frozen=True, slots=True)
class Letter:
    """A message taken apart: every question in it in order, what leads up to the first, and all; normalized words."""

    whole: str
    questions: tuple[str, ...]
    context: str = ""

    @property
    def question(self) -> str:
        """The question answered: the first one asked, or all of the message when none stands out."""
        return self.questions[0] if self.questions else self.whole


def read(text: str) -> Letter:
    """Sentences that ask something; of a long sentence its last asking clauses. A short message is one question."""
    sentences = [
        (part.strip(), normalize(part)) for part in SENTENCE_END.split(text[-MOST_LETTERS:]) if part and part.strip()
    ]
    whole = without_courtesy(" ".join(" ".join(words for _, words in sentences if words).split()[-LONGEST:]))
    asking = [(sentence, words) for sentence, words in sentences if _asks(sentence, words)]
    if len(asking) <= 1 and len(whole.split()) <= SHORT_MESSAGE:
        return Letter(whole, (whole,) if whole else (), whole)
    marked = [(sentence, words) for sentence, words in asking if sentence.endswith("?")]
    questions = [_asking_part(sentence, words) for sentence, words in marked or asking[-1:]]
    first = next((at for at, each in enumerate(sentences) if each in (marked or asking[-1:])), len(sentences))
    before = " ".join(words for _, words in sentences[: first + 1] if words).split()
    context = without_courtesy(" ".join(before[-CONTEXT:]))
    asked = tuple(map(without_courtesy, questions)) or ((whole,) if whole else ())
    return Letter(whole, asked, context or whole)


def without_courtesy(plain: str) -> str:
    """«chào ad cho em hỏi rút được không ạ» as «rút được không»; a mere greeting stays as it is."""
    opening, closing = _COURTESIES[not plain.isascii()]
    start = opening.match(f"{plain} ")
    rest = plain[start.end() :] if start else plain
    while end := closing.search(rest):
        rest = rest[: end.start()]
    return rest if len(rest.split()) >= FEWEST_LEFT else plain


def _asks(sentence: str, words: str) -> bool:
    if _POLITE.issuperset(fold(words).split()):
        return False
    return sentence.endswith("?") or _ASKS[not words.isascii()].search(words) is not None


def _asking_part(sentence: str, words: str) -> str:
    """The end of a long sentence: from its last asking clause on, with the clause before it."""
    if len(words.split()) <= LONG_SENTENCE:
        return words
    clauses = [clause for clause in (normalize(part) for part in _CLAUSE_END.split(sentence)) if clause]
    asking = [place for place, clause in enumerate(clauses) if _asks("", clause)]
    if not asking:
        return " ".join(words.split()[-LONGEST:])
    first = asking[-1]
    while first > 0 and sum(len(clause.split()) for clause in clauses[first:]) < SHORT_QUESTION:
        first -= 1
    return " ".join(clauses[first:])
