"""`bhxh check` finds what can't be said as it is, and what someone has to look at again."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from bot.base.content import Content, read_raw_texts
from bot.commands import review
from bot.commands.review import due, unusable
from faq.library import Citation, Entry

ON = datetime.date(2026, 11, 24)
ENTRY = "min_income"


def changed(content: Content, **what: Any) -> Content:
    """The content with one entry changed."""
    return with_entry(content, dataclasses.replace(content.library[ENTRY], **what))


def with_entry(content: Content, entry: Entry) -> Content:
    entries = {**content.library.entries, entry.id: entry}
    return dataclasses.replace(content, library=dataclasses.replace(content.library, entries=entries))


def new(found: list[str], before: list[str]) -> list[str]:
    return [line for line in found if line not in before]


@pytest.fixture(scope="module")
def few(content: Content) -> Content:
    """The content with few entries: what is told of one does not hang on how many there are."""
    entries = {id: content.library[id] for id in (ENTRY, "book_lost", "tax", "weather")}
    return dataclasses.replace(content, library=dataclasses.replace(content.library, entries=entries))


@pytest.fixture(scope="module")
def usual(few: Content) -> list[str]:
    return due(few, ON)


def test_what_is_installed_has_no_error_and_nothing_due_but_old_law(content: Content) -> None:
    assert unusable(content, ON) == []
    assert [line for line in due(content, ON) if "in force until" not in line] == []


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ({"answer": "a" * 501}, "500 at most"),
        ({"more": "a" * 3700}, "longer than a message"),
        ({"answer": "Ít nhất {contribution_min"}, "brace"),
        ({"more": "Ít nhất {{ income }} } đồng"}, "brace"),
        ({"aspects": {"papers": "a" * 501}}, "aspects papers: has 501"),
        ({"aspects": {"papers": "Ít nhất {contribution_min"}, "said_by": {}}, "aspects papers: a brace"),
    ],
)
def test_an_entry_that_can_not_be_said_is_an_error(content: Content, what: dict[str, object], named: str) -> None:
    (line,) = unusable(changed(content, **what), ON)
    assert line.startswith(ENTRY)
    assert named in line


def test_the_limit_of_a_short_answer_holds_with_its_figures_filled_in(content: Content) -> None:
    assert unusable(changed(content, answer="a" * 493 + "{contribution_min}"), ON) != []
    assert unusable(changed(content, answer="a" * 480 + "{contribution_min}"), ON) == []


@pytest.mark.parametrize(("letters", "wrong"), [(38, False), (39, True)])
def test_the_name_of_an_entry_fits_behind_a_button(content: Content, letters: int, wrong: bool) -> None:
    entry = dataclasses.replace(content.library[ENTRY], id="a" * letters, phrasings=())
    lines = unusable(with_entry(content, entry), ON)
    assert [("button" in line) for line in lines] == ([True] if wrong else [])


@pytest.mark.parametrize(
    ("name", "length", "wrong"),
    [
        ("ask.none", 4096, False),
        ("ask.none", 4097, True),
        ("share.caption", 1025, True),
        ("drawings.plan_caption", 1025, True),
        ("commands.hoi", 257, True),
        ("ask.none", 4000, False),
    ],
)
def test_texts_over_what_telegram_takes_are_errors(
    content: Content, monkeypatch: pytest.MonkeyPatch, name: str, length: int, wrong: bool
) -> None:
    texts = read_raw_texts() | {name: "a" * length + "{{ figure }}" * 30}
    monkeypatch.setattr(review, "read_raw_texts", lambda: texts)
    lines = unusable(content, ON)
    assert [line.split(":")[1].strip() for line in lines] == ([name.split(".")[1]] if wrong else [])


@pytest.mark.parametrize(
    ("source", "place", "on", "warns"),
    [
        ("nd-134-2015", "Điều 14", "2026-11-24", True),
        ("nd-134-2015", "Điều 14 (quy định cũ)", "2026-11-24", False),
        ("qd-595-2017", "Điều 12 (đã được thay thế)", "2026-11-24", False),
        ("qd-595-2017", "Điều 12", "2026-04-30", False),
        ("qd-595-2017", "Điều 12", "2026-05-01", True),
        ("luat-41-2024", "Điều 31", "2026-11-24", False),
    ],
)
def test_an_answer_that_rests_on_a_law_no_longer_in_force_is_told(
    few: Content, source: str, place: str, on: str, warns: bool
) -> None:
    day = datetime.date.fromisoformat(on)
    found = due(changed(few, sources=(Citation(source, place),)), day)
    assert any(line.startswith(f"{ENTRY}: sources: {source}") for line in found) == warns


def test_a_number_that_rests_on_a_law_no_longer_in_force_is_told_and_a_past_one_is_not(few: Content) -> None:
    law = few.law
    used = law.on(ON).value("funeral_amount" if "funeral_amount" in {p.name for p in law.parameters} else "base_salary")
    over = dataclasses.replace(law.sources[used.source], until=datetime.date(2026, 9, 30))
    ended = dataclasses.replace(law, sources={**law.sources, used.source: over})
    found = due(dataclasses.replace(few, law=ended), ON)
    assert any(line.startswith(f"law/parameters/{used.name}.yaml: its present value") for line in found)
    assert not any("its present value" in line for line in due(few, ON))


def test_a_figure_not_known_on_the_day_is_told_with_its_entry(few: Content, usual: list[str]) -> None:
    quoting = changed(few, more="Lãi {fund_rate} mỗi tháng.\nSang năm ít nhất {income_floor_next}.")
    assert new(due(quoting, ON), usual) == []
    later = due(quoting, datetime.date(2028, 3, 1))
    assert any(line.startswith("{fund_rate} is not known") and f"{ENTRY} (more)" in line for line in later)
    assert not any("income_floor_next" in line for line in later), "no floor is to come then: nothing is missing"


def test_a_phrasing_two_entries_claim_is_told_with_both(few: Content, usual: list[str]) -> None:
    taken = few.library["book_lost"].phrasings[0]
    words = taken.rstrip("?").split()
    claimed = changed(few, phrasings=(*few.library[ENTRY].phrasings, " ".join([*words[2:], *words[:2]])))
    (line,) = new(due(claimed, ON), usual)
    assert ENTRY in line
    assert "book_lost" in line


def test_an_entry_past_its_review_is_told(few: Content, usual: list[str]) -> None:
    past = changed(few, review_by=datetime.date(2026, 11, 23))
    assert new(due(past, ON), usual) == [f"{ENTRY}: to be reviewed by 2026-11-23"]
    assert new(due(changed(few, review_by=ON), ON), usual) == []
