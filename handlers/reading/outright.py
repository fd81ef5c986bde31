"""Reads what is asked in words that leave no other meaning, whatever a question as a whole is near to."""

from __future__ import annotations

import functools
import re
from typing import Literal

from handlers.reading.asked_for import asks_whether, takes_it_out
from handlers.reading.questions import is_supposed
from vietnamese.normalize import folded_words

Outright = Literal[
    "taken_out_of_the_dead",  # «ba em mất rồi, giờ rút được không»
    "first_of_two",  # «hai vợ chồng ai nghỉ trước»
    "support_taken_out",  # «phần nhà nước hỗ trợ có được lấy luôn không»
    "deducted",  # «có bị trừ gì không», of money taken out
    "ability",  # «mất 65% sức lao động rút được không»
    "any_money",  # «mệ tui 78 tuổi có được đồng mô không»
    "floor",  # «lương hưu có mức sàn không»
    "may_join",  # «tôi 52 tuổi chưa đóng gì, đóng tự nguyện được không»
    "rest_of_the_dead",  # «lỡ giữa chừng mất thì tiền còn lại tính sao»
    "rise_after_paying",  # «nộp cả năm rồi sang năm mức tăng có phải bù thêm không»
    "towards_a_pension",  # «ba em muốn có lương hưu phải làm sao»
    "without_paying",  # «không đóng thì về già có được gì không»
    "collector",  # «bà đại lý cầm tiền rồi tắt máy»
]

_HAS_DIED = re.compile(
    r"\b(?:da|moi|vua|bi) (?:mat|chet)\b(?! (?:so|the|viec|tien|giay|bien lai|dien|mang|phuong|trang))"
    r"|(?<!so )(?<!the )(?<!tien )(?<!giay )\b(?:mat|chet) (?:roi|hom|luc|hoi|thang|nam|tuan|bua|duoc)\b"
    r"|\b(?:qua doi|tu tran|tu vong|khuat nui)\b"
)
_WHO = (
    "(?:la nguoi |duoc |se |ma |thi )*(?:nghi|huu|ve huu|ve|lanh|linh|nhan|du tuoi|den tuoi|toi tuoi|huong|co luong)\\b"
)
_FIRST = re.compile(
    rf"\bai {_WHO}(?: \w+){{0,4}} (?:truoc|som)\b|\bai (?:truoc|som hon)\b"
    r"|\bnguoi nao\b(?: \w+){0,4} (?:truoc|som hon)\b"
)
_SUPPORT = re.compile(r"\b(?:nha nuoc|ho tro|ngan sach)\b")
_ITS_FATE = re.compile(r"\b(?:lay|rut|tru|tra|linh|lanh|nhan|mat|hoan|duoc|tinh|cong|thu hoi|giu)\b")
_DEDUCTED = re.compile(
    r"\b(?:bi |co |phai )?tru (?:mat |di |lai )?(?:gi|chi|khoan nao|khoan gi|bao nhieu|nhung gi|cai gi|phan nao)\b"
)
_MAY_JOIN = re.compile(
    r"\b(?:dong|tham gia|mua)(?: (?:bao hiem|xa hoi|tu nguyen|cai nay|nay))*(?: (?:con|co|thi))? duoc (?:khong|chua)\b"
)
_DIES = re.compile(r"\b(?:mat|chet|qua doi)\b")
_REST = re.compile(r"\b(?:tien|phan|so|thang)(?: \w+){0,3} (?:con lai|con du|chua toi|chua den|chua het|du ra)\b")
_FURTHER = re.compile(
    r"\b(?:bu|dong bu|nop bu|dong them|nop them|thu them|bu them|truy thu|bu lai|chenh lech)"
    r"(?: \w+){0,4} (?:khong|chua|a|ha)\b"
)
_RISES = re.compile(r"\b(?:muc|san|luong|gia)(?: \w+){0,4} (?:tang|len|doi|thay doi)\b|\btang (?:muc|san)\b|\b2027\b")
_HOW_LONG = re.compile(r"\b(?:may nam|bao lau|may phan|phan tram)\b")
_ABILITY = re.compile(r"\b(?:suc lao dong|kha nang lao dong|mat suc|suc khoe|giam dinh|thuong tat)\b")
_ANY_MONEY = re.compile(
    r"\b(?:duoc|co|huong|lanh|linh|nhan|cho)(?: \w+){0,3}? "
    r"(?:dong (?:nao|mo|gi|chi)|tien|tro cap|gi|chi|may dong|khoan nao)\b"
)
_PAYING_IN = re.compile(r"\b(?:dong|nop) (?!nao|mo|gi|chi)\w+|\b(?:tham gia|mua|dang ky|dong|nop)$|\b(?:tham gia|mua) ")
_PENSION = re.compile(r"\b(?:luong huu|huu tri|tien huu|luong gia)\b")
_FLOOR = re.compile(
    r"\b(?:muc )?san\b|\b(?:dam bao|bao dam)\b(?: \w+){0,3}? (?:muc|it nhat|toi thieu|bang|thap nhat)\b|"
    r"\b(?:it nhat|toi thieu|thap nhat|bang|duoi|hon)(?: \w+){0,2}? (?:luong co so|muc tham chieu|luong toi thieu)\b|"
    r"\bluong huu (?:thap nhat|toi thieu)\b(?: \w+){0,2} (?:khong|bao nhieu|bn|nhieu)\b"
)
_WANTS_A_PENSION = re.compile(
    r"\bmuon (?:\w+ )?(?:co|duoc) (?:luong )?huu\b"
    r"(?: \w+){0,4} (?:lam sao|lam gi|the nao|lam the nao|can gi|phai gi|phai sao|lam rang)\b"
)
_WITHOUT_PAYING = re.compile(
    r"\b(?:khong|chua|chang) (?:\w+ )?(?:dong|tham gia|mua)(?: \w+){0,3}? (?:ve gia|gia|tuoi gia|sau nay|mai mot)\b"
)
_GETS_ANY = re.compile(r"\b(?:duoc|co) (?:gi|chi|dong|tien|tro cap)\b")
_COLLECTOR = re.compile(
    r"\b(?:dai ly|cong tac vien|nguoi thu|(?:ba|co|chi|anh|ong|chu|nhan vien|can bo) (?:di )?thu|thu tien)\b"
)
_IS_GONE = re.compile(
    r"\b(?:tat may|khoa may|chan so|(?:khong|chang) (?:nghe|bat) may|bo tron|om tien|bien mat|lan mat|mat tich|mat hut"
    r"|goi (?:hoai |mai )?khong duoc|chay mat|tron mat)\b"
)


@functools.lru_cache(maxsize=16)  # one message is looked at by several
def asked_outright(text: str) -> frozenset[Outright]:
    """What a message asks outright; mostly nothing.

    >>> sorted(asked_outright("hai vợ chồng ai nghỉ trước"))
    ['first_of_two']
    """
    plain = folded_words(text)
    found: set[Outright] = set()
    if takes_it_out(text):
        found |= {"taken_out_of_the_dead"}
        found |= {"ability"} if _ABILITY.search(plain) else set()
    if _FIRST.search(plain):
        found.add("first_of_two")
    if _SUPPORT.search(plain) and _ITS_FATE.search(plain) and not _HOW_LONG.search(plain) and asks_whether(text):
        found.add("support_taken_out")
    if _DEDUCTED.search(plain):
        found.add("deducted")
    if _MAY_JOIN.search(plain):
        found.add("may_join")
    if _DIES.search(plain) and _REST.search(plain):
        found.add("rest_of_the_dead")
    if _FURTHER.search(plain) and _RISES.search(plain) and asks_whether(text):
        found.add("rise_after_paying")
    if _ANY_MONEY.search(plain) and not _PAYING_IN.search(plain) and asks_whether(text):
        found.add("any_money")
    if _PENSION.search(plain) and _FLOOR.search(plain) and asks_whether(text):
        found.add("floor")
    if _WANTS_A_PENSION.search(plain):
        found.add("towards_a_pension")
    if _follows(_WITHOUT_PAYING, _GETS_ANY, plain):
        found.add("without_paying")
    if _follows(_COLLECTOR, _IS_GONE, plain):
        found.add("collector")
    return frozenset(found)


def _follows(first: re.Pattern[str], second: re.Pattern[str], plain: str) -> bool:
    """Whether one stands before the other, looked for once each."""
    found = first.search(plain)
    return found is not None and second.search(plain, found.end()) is not None


def tells_of_a_death(text: str) -> bool:
    """Whether a message says that somebody has died, with a date or without: «ba em mất rồi»."""
    return _HAS_DIED.search(folded_words(text)) is not None and not is_supposed(text)
