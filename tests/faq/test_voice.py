"""One voice: every answer and every text of the chat says one word for one thing, plainly, and no line twice."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.base.content import Content
from faq.answer import PLACEHOLDER
from law.figures import figures
from vietnamese.wording import figure

TEXTS = Path(__file__).parents[2] / "handlers" / "texts"
OF_STAFF = {"group", "staff", "staff_commands", "terminal", "ticks", "online"}
TYPED = re.compile(r"also|example_also")
"""What people type stands in these, in their own words."""

# Understood when typed, never written: the word of the office or of one region, and what is said in its place.
NOT_WRITTEN = {
    "lãnh": "nhận",
    "lĩnh": "nhận",
    "coi": "xem",
    "giùm": "giúp",
    "kẹt tiền": "cần tiền",
    "rành": "quen, biết",
    "điểm thu": "nơi thu",
    "nhân viên thu": "nơi thu",
    "bà con khác": "người không thuộc diện ưu tiên",
    "gia đình bình thường": "người không thuộc diện ưu tiên",
    "qua đời": "mất",
    "chết": "mất",
    "luật định": "the number itself",
    "tư pháp xã": "UBND xã, phường",
    "nói thật": "left out",
    "cho số chính thức": "số chính thức do cơ quan BHXH tính",
    "như bắt buộc": "theo diện bắt buộc",
}
OF_A_COURT = "tuyên bố là đã chết"
"""What a court says of a missing person stands as it is."""
NEVER = re.compile(rf"\b(?:{'|'.join(NOT_WRITTEN)})\b", re.IGNORECASE)
# The assistant names itself so only where it says what it is, or where its button and its rating name it.
NAMES_ITSELF = re.compile(
    r"là trợ lý|(?:hỏi|gặp|gửi|chê|đánh giá|hài lòng với) trợ lý|trợ lý (?:BHXH|này)|quản trị trợ lý", re.IGNORECASE
)
LONGEST_SHORT = 454
DAYS = [datetime.date(2026, 11, 28), datetime.date(2027, 1, 5), datetime.date(2027, 7, 5)]


def of_entries(content: Content) -> Iterator[tuple[str, str]]:
    for entry in content.library:
        if entry.kind == "unknown":
            continue
        yield from ((f"{entry.id} {key}", text) for key, text in entry.texts())
        own = {aspect: text for aspect, text in entry.aspects.items() if aspect not in entry.said_by}
        yield from ((f"{entry.id} {aspect}", text) for aspect, text in own.items())


def of_the_chat() -> Iterator[tuple[str, str]]:
    for file in sorted(TEXTS.glob("*.yaml")):
        if file.stem not in OF_STAFF:
            for key, text in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                if not TYPED.match(str(key)):
                    yield f"{file.stem}.{key}", re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]+>", "", str(text))


def of_the_law(content: Content) -> Iterator[tuple[str, str]]:
    """What a number of the law is called, under «Chi tiết» and in the line of whose word it is."""
    for each in content.law.parameters:
        yield from ((f"{each.name} term", each.term), (f"{each.name} called", each.called))


def test_one_word_for_one_thing(content: Content) -> None:
    said = [*of_entries(content), *of_the_chat(), *of_the_law(content)]
    assert len(said) > 800
    assert [(where, found) for where, text in said if (found := NEVER.findall(text.replace(OF_A_COURT, "")))] == [], (
        NOT_WRITTEN
    )


def test_the_assistant_says_i(content: Content) -> None:
    said = [*of_entries(content), *of_the_chat()]
    assert [where for where, text in said if "trợ lý" in NAMES_ITSELF.sub("", text).lower()] == []


def test_where_to_ask_is_said_once_in_a_text(content: Content) -> None:
    assert [where for where, text in of_entries(content) if text.count("{hotline}") > 1] == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (re.compile(r'"'), "« » quote"),
        (re.compile(r"^\s*(?:\d\)|[–-]\s)", re.MULTILINE), "lists begin with • or 1."),
        (re.compile(r"\b(?:\d/\d{1,2}|\d{1,2}/\d)/\d{4}\b"), "a day is 01/07/2025"),
        (re.compile(r"(?<!bảo hiểm )\bthẻ y tế", re.IGNORECASE), "thẻ bảo hiểm y tế, thẻ BHYT"),
    ],
)
def test_answers_are_written_alike(content: Content, wrong: re.Pattern[str], what: str) -> None:
    assert [where for where, text in of_entries(content) if wrong.search(text)] == [], what


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_short_answer_fits_a_small_screen(content: Content, day: datetime.date) -> None:
    known = figures(content.law, day)
    lengths: dict[str, int] = {}
    for entry in content.library:
        lines = [line for line in entry.answer.splitlines() if set(PLACEHOLDER.findall(line)) <= known.keys()]
        lengths[entry.id] = len(PLACEHOLDER.sub(lambda name: figure(known[name[1]]), "\n".join(lines)).strip())
    assert {entry: length for entry, length in lengths.items() if length > LONGEST_SHORT} == {}


EXAMPLE_DATE = re.compile(r"[Vv]í dụ[^\"\n]*?(?<!/)\b\d{1,2}/(20\d\d)\b(?! -)")
"""A month typed as an example of what to answer; of periods long over, as in a history, it may stand."""


def test_no_example_of_what_to_type_is_a_month_that_will_be_over() -> None:
    assert EXAMPLE_DATE.search("ví dụ: 12/2028.")
    found = {
        f"{path.name}: {said[0]}"
        for path in TEXTS.glob("*.yaml")
        for said in EXAMPLE_DATE.finditer(path.read_text(encoding="utf-8"))
        if int(said[1]) >= 2024
    }
    assert found == set()


TELLS_NEXT_YEAR = {
    "contribution_rate": ("387.200 đ", "290.400 đ", "242.000 đ"),
    "state_support": ("242.000 đ", "193.600 đ", "145.200 đ", "96.800 đ"),
    "cannot_afford": ("242.000 đ", "290.400 đ", "338.800 đ", "387.200 đ"),
    "level_table": ("387.200 đ", "990.000 đ", "880.000 đ"),
    "pension_amount": ("2.200.000 đ", "990.000 đ", "880.000 đ"),
}
"""What an answer of 2026 says of 2027 without a button: who asks of next year reads the first lines only."""


@pytest.mark.parametrize("entry_id", TELLS_NEXT_YEAR)
def test_what_is_paid_next_year_is_in_the_short_answer(content: Content, entry_id: str) -> None:
    said = short_answer(content, entry_id, datetime.date(2026, 11, 28))
    assert [each for each in TELLS_NEXT_YEAR[entry_id] if each not in said] == []


def short_answer(content: Content, entry_id: str, day: datetime.date) -> str:
    known = figures(content.law, day)
    lines = content.library[entry_id].answer.splitlines()
    said = "\n".join(line for line in lines if set(PLACEHOLDER.findall(line)) <= known.keys())
    return PLACEHOLDER.sub(lambda name: figure(known[name[1]]), said)
