"""Reads the wish to get announcements of the office, and to get them no more."""

from __future__ import annotations

import re

from handlers.reading.words import LONGEST_ANSWER
from vietnamese.normalize import folded_words, normalize

_TOLD = r"(?:cac |nhung |may )?(?:tin tuc|tin bao|tin|thong bao)"
_NEWS = rf"(?:tin nhan|{_TOLD})"
_I = "toi|tui|minh|em|chau|con|bac|co|chu|anh|chi|ba|ong"
_BEFORE = rf"^(?:(?:{_I}|a|oi|bot|lam on|xin|hay|vui long|bay gio|tu nay) )*"
_OF = r"(?: (?:cua|tu|ve))?(?: (?:co quan|bhxh|bao hiem(?: xa hoi)?|tro ly|bot|kieu nay|nay|do))*"
_AFTER = rf"(?: (?:nua|gi|nao|het|di|nhe|nha|a|voi|cho (?:{_I})|{_I}))*$"
_GETS = r"(?:gui|nhan|dang ky nhan|dang ky|theo doi|bao|dua|lay|xem)(?: (?:duoc|them|cho|toi|minh|em))*"
_ENDS = r"(?:dung|ngung|huy|thoi|tat|bo|cham dut|ket thuc|tu choi)"
_GOT = rf"(?:{_GETS} {_NEWS}|(?:cac |nhung |may )?thong bao)"
"""«đừng tin nữa» doubts what was read; only of what is sent is «tin» news."""
_STOP = re.compile(
    rf"{_BEFORE}(?:{_ENDS} )+(?:(?:co|viec|muon|can) )*{_GOT}{_OF}{_AFTER}"
    rf"|{_BEFORE}(?:thoi )?(?:ngung|huy|tat|cham dut|ket thuc) {_NEWS}{_OF}{_AFTER}"
    rf"|{_BEFORE}(?:khong|ko) (?:(?:muon|can|thich) )+{_GOT}{_OF}{_AFTER}"
    rf"|{_BEFORE}(?:thoi )?(?:khong|ko|thoi) {_GOT}{_OF}(?: cho (?:{_I}))? nua{_AFTER}"
)
_FATHER = "bố"
"""Who writes of him does not write «bỏ»."""
_WISH = re.compile(
    rf"{_BEFORE}(?:(?:muon|can|cho|dong y|dang ky) )*(?:(?:{_I}) )?(?:nhan|dang ky nhan|gui) {_TOLD}{_OF}"
    rf"(?: moi)?{_AFTER}"
    rf"|^{_TOLD} (?:cua|tu) (?:co quan )?(?:bhxh|bao hiem(?: xa hoi)?)$"
    rf"|^(?:(?:bao gio|khi nao|neu|he) )?co (?:tin|thong bao|gi|chinh sach)(?: gi| nao)?(?: moi)? (?:thi )?"
    rf"(?:nhan|bao|gui|thong bao|cho)(?: tin)?(?: (?:cho|lai|voi))*(?: (?:{_I}))(?: (?:biet|voi|nhe|nha|a))*$"
)


def _read(text: str) -> str:
    return folded_words(text) if len(text) <= LONGEST_ANSWER and "đúng" not in normalize(text).split() else ""


def wishes_no_announcements(text: str) -> bool:
    """Whether a message asks for no more announcements, and for nothing else: «đừng gửi tin nữa», «huy nhan tin»."""
    return bool(_STOP.search(_read(text))) and _FATHER not in normalize(text).split()


def wishes_announcements(text: str) -> bool:
    """Whether a message asks to be sent what the office announces: «cho tôi nhận tin», «co gi moi thi bao toi»."""
    return bool(_WISH.search(_read(text))) and not wishes_no_announcements(text)
