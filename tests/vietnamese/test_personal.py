"""What tells who somebody is: found in letters of two samples, one worked with and one held out; ordinary letters stay.

A mark in a letter, ⟦kind:so⟧, is found when none of its words is left. The letters were written for this, by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.base.content import Content
from vietnamese.masking import mask, unmasked
from vietnamese.normalize import fold

_SAMPLES = Path(__file__).parent / "personal"
_TALKS = Path(__file__).parents[1] / "dialogues" / "talks"
_SPAN = re.compile(r"⟦(\w+):([^⟧]+)⟧")
_WORD = re.compile(r"\w+")


class Letter(NamedTuple):
    typed: str
    spans: list[tuple[str, str]]
    beside: str


def lines(name: str) -> list[str]:
    return [line for line in (_SAMPLES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def letters(name: str) -> list[Letter]:
    return [Letter(_SPAN.sub(r"\2", line), _SPAN.findall(line), _SPAN.sub(" ", line)) for line in lines(name)]


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


def left(letter: Letter) -> Iterator[tuple[str, str]]:
    """The marked details of which anything is left."""
    kept = words(unmasked(mask(letter.typed)[0])) - words(letter.beside)
    return ((kind, span) for kind, span in letter.spans if kept & words(span))


def test_the_letters_worked_with_keep_nothing_personal_and_all_the_rest() -> None:
    sample = letters("worked.txt")
    assert sum(len(each.spans) for each in sample) >= 100
    assert [found for each in sample for found in left(each)] == []
    lost = [words(each.beside) - words(unmasked(mask(each.typed)[0])) for each in sample]
    assert Counter(word for each in lost for word in each) <= Counter(["https"])


def test_nine_in_ten_are_found_in_letters_that_nobody_worked_with() -> None:
    sample = letters("held_out.txt")
    count = sum(len(each.spans) for each in sample)
    missed = sum(1 for each in sample for _ in left(each))
    assert count >= 60
    assert 1 - missed / count >= 0.9


def test_ordinary_questions_are_not_touched(content: Content) -> None:
    """Two in a hundred at most, of hard ones written for this and of all that is known to be asked."""
    asked = [text for entry in content.library for text in (entry.question, *entry.phrasings)]
    talks = [text for file in sorted(_TALKS.glob("*.yaml")) for text in said(yaml.safe_load(file.read_text("utf-8")))]
    for sample, most in ((lines("ordinary_held_out.txt"), 0.02), (asked, 0.002), (talks, 0.002)):
        touched = [text for text in sample if mask(text)[0] != text]
        assert len(touched) <= most * len(sample), touched[:20]


def said(talk: object) -> Iterator[str]:
    if isinstance(talk, str):
        yield talk
    elif isinstance(talk, dict | list):
        for each in talk.values() if isinstance(talk, dict) else talk:
            yield from said(each)


@pytest.mark.parametrize(
    "kept",
    [
        "đóng 500k 12 tháng 1 lần", "lương 120000000 đồng một năm", "tôi dc 500k", "được 5tr6",
        "gọi 1900 9068 không được", "tổng đài 19009068", "Luật 41/2024/QH15",
        "Nghị định 159/2025/NĐ-CP", "năm 2018, 2019, 2020 đóng đủ",
        "đóng 10 năm (2013-2022), sau đó nghỉ 5 năm", "ba bốn năm sáu tháng", "không năm nào", "tổ dân phố thu",
        "hỗ trợ tổ 3 người", "bộ đội 3 năm", "thôn tôi", "ở đường Lê Lợi", "sinh 3/1975", "tuổi 55 năm 8 tháng",
        "zalo bhxh việt nam", "facebook.com có tin này", "số sổ ở đâu", "tài khoản 1.500.000 đ", "mã số 2015",
        "một nghìn chín trăm bảy mươi lăm", "đóng 0,5 triệu, 0,7 triệu, 1,2 triệu", "áp dụng mức 2 nghìn",
        "hồ sơ ở bàn số 3", "trồng ngô 5 sào", "ở tờ 3 xã nhận",
    ],
)  # fmt: skip
def test_what_looks_like_it_stays(kept: str) -> None:
    assert mask(kept) == (kept, False)


@pytest.mark.parametrize("sample", ["worked.txt", "held_out.txt", "ordinary_held_out.txt"])
def test_masking_a_letter_twice_changes_nothing(sample: str) -> None:
    for letter in letters(sample):
        once, _ = mask(letter.typed)
        assert mask(once) == (once, False)


@pytest.mark.parametrize(
    ("typed", "warned"),
    [("tôi là Lan", False), ("ở số nhà 5", False), ("sinh 5/3/1970", False), ("@teo85", True), ("o9l2 345 678", True)],
)
def test_who_tells_a_number_or_an_account_is_warned(typed: str, warned: bool) -> None:
    masked, told = mask(typed)
    assert masked != typed
    assert told == warned
