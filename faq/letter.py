"""Takes a long message apart: the story before, and the questions in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from faq.normalize import fold, normalize

_SENTENCE_END = re.compile(r"(?<=[?!…])\s*|(?<=\.)\s+(?=\S)|(?<=\.)(?=[A-ZÀ-Ỹ][a-zà-ỹ])|[\n;]+")
_CLAUSE_END = re.compile(r"[,:–]\s+|\s-\s")
_ASKS = re.compile(
    r"\b(?:khong|chua|gi|bao nhieu|may|bao lau|bao gio|khi nao|luc nao|the nao|lam sao|ra sao|tai sao|vi sao|sao|"
    r"o dau|cho nao|dau|nao|ai|hoi|phai lam|huong dan|tu van|ha|nhi|thac mac|muon biet|giup)\b"
)
_ONLY_POLITE = re.compile(
    r"(?:(?:xin|em|toi|minh|chau|con|da|vang|kinh|chao|cam on|cam|on|a|chi|anh|ad|bac|co|chu|quy|co quan|bao hiem|xa hoi|"
    r"bao hiem xa hoi|tong dai|luat su|nhieu|rat|mong|duoc|giai dap|tra loi|phan hoi|som|nhan|hoi am|giup|ho tro|do|"
    r"chan thanh|tran trong|cho|hoi|voi|moi nguoi|ban|oi|nhe|nha|a|ah|va|tu van|da|nay|de|alo|hello|hi|quy vi|thay|muon|"
    r"the|nay|truong hop|cua|tu|cac|nguoi|gui|thac mac|co|cau|mot|vai|sau|hy vong)(?:\s+|$))+"
)
SHORT_MESSAGE, LONG_SENTENCE = 22, 24


@dataclass(frozen=True, slots=True)
class Letter:
    """A message taken apart: every question in it in order, and all of it; normalized words."""

    whole: str
    questions: tuple[str, ...]

    @property
    def question(self) -> str:
        """The question answered: the first one asked, or all of the message when none stands out."""
        return self.questions[0] if self.questions else self.whole


def read(text: str) -> Letter:
    """Sentences that ask something; of a long sentence its last asking clauses. A short message is one question."""
    sentences = [
        (part.strip(), normalize(part)) for part in _SENTENCE_END.split(text) if part and part.strip()
    ]
    whole = " ".join(words for _, words in sentences if words)
    asking = [(sentence, words) for sentence, words in sentences if _asks(sentence, words)]
    if len(asking) <= 1 and len(whole.split()) <= SHORT_MESSAGE:
        return Letter(whole, (whole,) if whole else ())
    marked = [(sentence, words) for sentence, words in asking if sentence.endswith("?")]
    return Letter(whole, tuple(_asking_part(sentence, words) for sentence, words in marked or asking[-1:]))


def _asks(sentence: str, words: str) -> bool:
    folded = fold(words)
    if not words or _ONLY_POLITE.fullmatch(folded):
        return False
    return sentence.endswith("?") or _ASKS.search(folded) is not None


def _asking_part(sentence: str, words: str) -> str:
    """The end of a long sentence: from its last asking clause on, with the clause before it."""
    if len(words.split()) <= LONG_SENTENCE:
        return words
    clauses = [clause for clause in (normalize(part) for part in _CLAUSE_END.split(sentence)) if clause]
    asking = [place for place, clause in enumerate(clauses) if _asks("", clause)]
    if not asking:
        return words
    first = asking[-1]
    while first > 0 and sum(len(clause.split()) for clause in clauses[first:]) < 12:
        first -= 1
    return " ".join(clauses[first:])
