"""Messages that are no question for the FAQ: another language, orders to the machine, personal data alone, damaged
text, keys hit at random."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal

from vietnamese.abbreviations import SHORT
from vietnamese.encodings import is_damaged
from vietnamese.masking import DAY
from vietnamese.normalize import ENGLISH, LOANS, fold, normalize
from vietnamese.syllable import is_syllable

Special = Literal["foreign_language", "injection", "personal_data_only", "damaged"]

_INJECTION = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|rules?|prompts?|previous|above|all)\b"
    r"|\bsystem prompt\b|\bprompt\b|\bjailbreak|\byou are now\b|\bact as\b|\bpretend\b"
    r"|\bdeveloper mode\b|\bapi[ _-]?key\b"
    r"|\b(?:bo qua|phot lo|quen|xoa|lam trai|khong (?:can )?(?:theo|tuan theo|tuan thu)) "
    r"(?:het |di |ngay )*(?:moi |tat ca |toan bo |cac |nhung )*"
    r"(?:huong dan|chi dan|chi thi|quy tac|menh lenh|cau lenh|lenh|loi dan|nguyen tac)\b"
    r"|\b(?:tu gio|tu nay|tu bay gio|bay gio|gio) (?:ban|may|bot|chatbot|ai) (?:la|hay|phai|se|dong vai)\b"
    r"|\b(?:tu gio|tu nay|tu bay gio) em (?:hay|phai noi|dong vai)\b|\bdong vai (?!tro)|\bgia vo\b"
    r"|\b(?:in|in ra|cho xem|tiet lo|hien thi|doc|dua) .{0,20}\b(?:token|cau hinh|ma nguon|source code|database)\b"
    r"|\b(?:drop|delete|alter|truncate)\s+(?:table|database|from)\b|\bselect\b.{1,60}\bfrom\b|\bunion\s+select\b"
    r"|'\s*or\s+'?\d|<\s*script|javascript:|\$\{|\{\{|\{%|/etc/passwd|\brm\s+-rf\b|\bimport os\b|\bsudo\b",
    re.DOTALL,
)
ENOUGH_TO_TELL = 500
"""So many letters tell a language."""
_WORD = re.compile(r"[^\W\d_]+")
_ONE_KEY, _STUTTER = re.compile(r"(.)\1{3,}"), re.compile(r"(.)\1{2,}")
_KEYBOARD = "qwertyuiop asdfghjkl zxcvbnm"
_VOWELS, _PLAIN_VOWEL = re.compile("[aeiouy]"), re.compile("[aeiou]")
_DATA = re.compile(rf"(?!{re.escape(DAY)})\[[^\[\]\n]{{1,20}}\]")
"""What is masked, but for the day of a birth: to say when somebody was born is a question's beginning."""
_AROUND_DATA = frozenset(
    fold(
        "đây là mã số sổ căn cước công dân chứng minh nhân dân thư điện thoại tài khoản ngân hàng bảo hiểm xã hội y tế "
        "tôi tên em mình cháu con anh chị của sinh ngày năm tháng gửi ạ nhé dạ vâng thông tin họ và địa chỉ thẻ cho ad "
        "admin bạn nha nè này cũ mới với nhà gmail email số"
    ).split()
)


def special(text: str, plain: str) -> Special | None:
    """What keeps a message from being answered; `text` is masked, `plain` its normalized words."""
    folded = " ".join(fold(unicodedata.normalize("NFKC", text)).split())
    if _INJECTION.search(folded):
        return "injection"
    if _DATA.search(text) and all(word in _AROUND_DATA or word[0].isdigit() for word in fold(plain).split()):
        return "personal_data_only"
    if is_damaged(text):
        return "damaged"
    return "foreign_language" if _is_foreign(text[:ENOUGH_TO_TELL]) and not is_gibberish(text) else None


def is_gibberish(text: str) -> bool:
    """Whether most of the letters are of words that no language has: one key held down, keys hit at random."""
    words = _WORD.findall(text[:ENOUGH_TO_TELL].lower())
    return sum(len(word) for word in words if _is_unspeakable(word)) * 2 > sum(map(len, words))


def _is_unspeakable(word: str) -> bool:
    folded = fold(word)
    if _ONE_KEY.fullmatch(folded) or (len(word) >= 4 and word in _KEYBOARD):
        return True
    consonants = max(map(len, _VOWELS.split(folded)))
    if not folded.isascii() or (consonants < 4 and (len(folded) < 3 or _PLAIN_VOWEL.search(folded))):
        return False
    once = _STUTTER.sub(r"\1", word)
    return not _is_vietnamese(once) and once not in LOANS


def _is_foreign(text: str) -> bool:
    """Most letters of another script, or at least half of three or more words spelled as no Vietnamese word is."""
    letters = [c for c in text if c.isalpha()]
    if sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters) * 2 > len(letters):
        return True
    words = [word for word in _WORD.findall(text.lower()) if word not in LOANS]
    return len(words) >= 3 and sum(not _is_vietnamese(word) for word in words) * 2 >= len(words)


@functools.lru_cache(maxsize=16_384)
def _is_vietnamese(word: str) -> bool:
    if word in ENGLISH:
        return False
    return word in SHORT or all(is_syllable(fold(part)) for part in normalize(word).split())
