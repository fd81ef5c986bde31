"""A phrasing is judged by what it does to the check questions."""

from __future__ import annotations

import dataclasses

import pytest

from bot.base.content import Content
from bot.evaluation.held_out import held_out
from faq.engine import checks
from faq.engine.evaluate import LabelledQuestion
from faq.engine.match import Matcher
from faq.library import Library

STRAY = "chạy xe ôm công nghệ như anh thì đóng kiểu gì mới có lương hưu"


@pytest.fixture(scope="module")
def rows(content: Content) -> list[LabelledQuestion]:
    return checks.check_rows(content.library, held_out())


def compared(content: Content, rows: list[LabelledQuestion], entry: str, text: str) -> checks.Comparison:
    after = Matcher.build(content.library.with_phrasings([(entry, text)]), content.matcher.weights)
    return checks.compare(content.matcher, after, rows, entry, text)


def test_a_phrasing_that_draws_a_check_question_to_its_entry_is_found_out(
    content: Content, rows: list[LabelledQuestion]
) -> None:
    found = compared(content, rows, "book_lost", STRAY)
    assert "Chạy xe ôm công nghệ như tôi thì đóng kiểu gì mới được lương hưu?" in [row.text for row in found.drawn]


def test_the_same_words_where_they_belong_draw_nothing_and_worsen_nothing(
    content: Content, rows: list[LabelledQuestion]
) -> None:
    found = compared(content, rows, "who_can_join", STRAY)
    assert (found.drawn, found.worse) == ((), ())


def test_the_checks_written_in_an_entry_are_asked_and_those_of_no_answer_want_none(content: Content) -> None:
    changed = {
        id: dataclasses.replace(content.library[id], checks=("câu thử một", "câu thử hai"))
        for id in ("min_income", "weather")
    }
    rows = checks.check_rows(Library({**content.library.entries, **changed}), [])
    assert {(row.id, row.text, row.expect) for row in rows if "câu thử" in row.text} >= {
        ("min_income-1", "câu thử một", ("min_income",)),
        ("weather-2", "câu thử hai", ()),
    }


def test_a_check_question_is_known_in_other_letters(rows: list[LabelledQuestion]) -> None:
    assert checks.is_check(rows[0].text.upper() + " ", rows)
    assert not checks.is_check(STRAY, rows)
