"""What anybody may type, press or hand in, drawn at random; and how hard that is tried.

A few of each are drawn everywhere. `THOROUGH=1` draws ten thousand, and then no message may take long.
"""

from __future__ import annotations

import ast
import functools
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import hypothesis
from hypothesis import strategies as st

import handlers.reading
from bot.base.content import read_content

T = TypeVar("T")

THOROUGH = "THOROUGH" in os.environ
LONGEST_SECONDS = 0.2
"""Of processor time, which one message may take."""
LONGEST_TEXT = 4_096
"""Characters a client lets people type."""

REPEATED = (
    "1", "1 ", "1.", "1,", "1/", "1-", "1.1.1.", "0 9 1 2 ", "0912345678 ", "8/1974 ", "2000-", "15-20 ", "1,5 ",
    "a", "a ", "á", "à\u0300", "a\u0336", "đ", "ư", "w", "z\u0327", "aa", "Ã¡", "áº¡", "Æ°",
    "năm ", "năm năm ", "1 năm ", "năm mươi ", "mươi ", "trăm ", "một trăm linh ", "tháng ", "tháng 1 năm 2000 ",
    "triệu ", "1tr", "1 triệu ", "300k ", "đóng 300k ", "nghìn ", "rưỡi ", "k", "mỗi tháng ",
    "từ 2001 đến 2005 ", "từ 1/2000 ", "đến ", "và ", "rồi ", "thì ", "không ", "sao ", "bao nhiêu ", "mức ",
    "tôi ", "chồng tôi ", "con ", "sinh ", "nữ sinh 8/1974 ", "50 tuổi ", "hộ nghèo ", "ba ", "má ",
    "Nguyễn ", "nguyễn văn a ", "tên tôi là ", "ông Nguyễn Văn A ", "@a", "http://", "t.me/a ",
    "<", "<b>", "&", "&amp;", "&#", "(", "«", "!", "?", "? ", ".", ". ", ",", "\n", "\t", " ", "/", "/a ", "|", "{{",
    "\u200b", "\u200d", "\u202e", "\ufeff", "\u00a0", "🙂", "👨\u200d👩\u200d👧", "\ufffd", "Ａ", "１",
)  # fmt: skip
"""What stands a thousand times in a row in a text made to be slow."""

_LETTERS = st.one_of(
    st.characters(),  # half characters (lone surrogates) and NUL among them
    st.sampled_from("aáàảãạăắâấđeêếioôốơớuưứyýAÁĐƠƯ"),
    st.sampled_from("0123456789٣३３²½.,/-:%()<>&#@|\\'\"{}[]"),
    st.sampled_from(
        "\u0300\u0301\u0303\u0309\u0323\u0336\u200b\u200d\u200e\u200f\u202e\u2066\ufeff\u00a0\x00\x1b\ud83d\udc4d"
    ),
    st.sampled_from("аеорсухіΑΒοℓ🙂👍🏽🇻🇳🙏"),  # look-alikes of other alphabets, pictures
)


def tries(few: int, many: int = 10_000) -> hypothesis.settings:
    """`few` examples, or as `many` where it is to be thorough."""
    return hypothesis.settings(
        max_examples=many if THOROUGH else few,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def quick(work: Callable[[], T]) -> T:
    """The result of `work`; where it is thorough, the fastest of three goes must not take long."""
    if not THOROUGH:
        return work()
    took = []
    for _ in range(3):
        began = time.process_time()
        done = work()
        took.append(time.process_time() - began)
        if took[-1] <= LONGEST_SECONDS:
            return done
    raise AssertionError(f"took {min(took):.3f} s of processor time")


@functools.cache
def questions() -> tuple[str, ...]:
    """How people ask: the phrasings of every entry."""
    return tuple(phrasing for entry in read_content().library for phrasing in entry.phrasings)


@functools.cache
def _words() -> tuple[str, ...]:
    return tuple(sorted({word for question in questions() for word in question.split()}))


@functools.cache
def phrases_read() -> tuple[str, ...]:
    """The phrases that the readers of handlers/reading look for, as they stand in them."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path(handlers.reading.__path__[0]).glob("*.py"))
    written = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    lines = (each for each in written if isinstance(each, str) and len(each) < 400 and "\n" not in each)
    return tuple(sorted({phrase.strip() for line in lines for phrase in line.split("|") if phrase.strip()}))


def _one_of(known: Callable[[], tuple[str, ...]]) -> st.SearchStrategy[str]:
    """One of many, which are not shown when something fails."""
    return st.integers(0, len(known()) - 1).map(lambda number: known()[number])


def repeated() -> st.SearchStrategy[str]:
    """The same few letters or words, up to the longest text there is."""
    said = _one_of(phrases_read)
    number = st.sampled_from(("1", "7", "15", "60", "1974", "2010", "300k", "1tr5", "8/1974", "2 triệu"))
    sentence = st.lists(st.one_of(said, number), min_size=1, max_size=4).map(lambda words: " ".join(words) + " ")
    unit = st.one_of(st.sampled_from(REPEATED), sentence, st.text(_LETTERS, min_size=1, max_size=6))
    return st.tuples(unit, st.integers(2, LONGEST_TEXT)).map(lambda drawn: (drawn[0] * drawn[1])[:LONGEST_TEXT])


def texts() -> st.SearchStrategy[str]:
    """A text as it may be typed: a question, words and numbers in any order, letters of any kind, or a long one."""
    word = _one_of(_words)
    number = st.one_of(
        st.integers(0, 10**13).map(str),
        st.sampled_from(("1tr5", "300k", "1,5 triệu", "7 năm", "8/1974", "12/2026", "15-20", "0912345678", "50%")),
        st.from_regex(r"[0-9]{1,4}([./,-][0-9]{1,4}){0,3}", fullmatch=True),
    )
    asked = _one_of(questions)
    mixed = st.lists(st.one_of(word, number, asked, st.text(_LETTERS, max_size=4)), max_size=24).map(" ".join)
    return st.one_of(asked, mixed, st.text(_LETTERS, max_size=60), repeated())
