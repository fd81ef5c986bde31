"""What is typed where nothing can be pressed: the mark of a line, the wish to read on, a code said with a greeting."""

from __future__ import annotations

import re

from vietnamese.normalize import folded_words

_MARK = re.compile(
    r"(?:(?:toi|minh|em|bac|con) )?(?:chon|bam|lay|lay so|chon so|bam so|so|chon dong|dong so) (\d{1,2})"
    r"(?: (?:nhe|nha|a|di))?"
)
_PLAIN_MARK = re.compile(r"[\s(\[]*(\d{1,2}|[a-z])[\s.,)\]:]*", re.ASCII | re.IGNORECASE)
_READS_ON = re.compile(
    r"(?:(?:doc|xem|nhan|gui|noi|cho xem) )?(?:tiep|not|tiep tuc|tiep theo|them nua)"
    r"(?: (?:di|nhe|nha|a|tiep|not|phan con lai))*"
)
_GREETING = re.compile(
    r"(?:(?:da|em|toi) )?(?:xin )?(?:kinh )?(?:chao|hello|hi|alo)(?: (?:ban|bac|anh|chi|em|co|chu|bot|tro ly|cac bac))?"
)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def line_picked(text: str) -> str | None:
    """The number or letter of a line: «2», «2.», «chọn số 2», «b»; None for any other text.

    A letter counts only as it is typed on its own: «ạ» is a word.
    """
    alone = _PLAIN_MARK.fullmatch(text)
    if alone is not None:
        return _plain(alone[1])
    said = _MARK.fullmatch(folded_words(text))
    return None if said is None else _plain(said[1])


def reads_on(text: str) -> bool:
    """«tiếp», «đọc nốt», «xem tiếp đi»: the rest of a long answer is wanted."""
    return _READS_ON.fullmatch(folded_words(text)) is not None


def code_greeted_with(text: str) -> str | None:
    """What may be the code of a campaign: the one word after a greeting, or alone where it is no word of the language.

    >>> code_greeted_with("Xin chào KIMTHANH01")
    'KIMTHANH01'
    """
    *before, last = text.strip().rstrip(".!").split() or [""]
    if _CODE.fullmatch(last) is None:
        return None
    if before:
        return last if _GREETING.fullmatch(folded_words(" ".join(before))) else None
    return last if any(not letter.isalpha() for letter in last) and any(letter.isalpha() for letter in last) else None


def _plain(mark: str) -> str:
    return str(int(mark)) if mark.isdecimal() else mark.lower()
