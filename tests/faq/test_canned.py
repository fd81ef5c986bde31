"""Canned answers: what of a file is refused, and that every one can be sent on every day as it is written."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from bot.storage.database import VIETNAM
from faq.canned import CANNED_MOST, BrokenCanned, read_canned
from handlers.dialogue.context import Resources
from handlers.handover import canned
from vietnamese import references
from vietnamese.masking import mask, mask_numbers

GOOD: Mapping[str, object] = {
    "title": "Mất sổ",
    "topic": "book",
    "text": "Gọi {hotline} nhé.",
    "reviewed": datetime.date(2026, 11, 28),
    "review_by": datetime.date(2027, 11, 28),
}


def test_a_good_file_is_read() -> None:
    (found,) = read_canned({"lost": GOOD}, {"hotline"}).values()
    assert (found.id, found.title, found.topic) == ("lost", "Mất sổ", "book")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": "Gọi {hotlin} nhé."}, "text: unknown figure {hotlin}"),
        ({"text": "Đóng 330.000 đ một tháng."}, "«330.000 đ» is a number of the law"),
        ({"text": "Nhà nước giúp 20 %."}, "«20 %» is a number of the law"),
        ({"text": ""}, "text: must be a text"),
        ({"title": "a" * 33}, "title: is a button"),
        ({"topic": "cattle"}, "topic: 'cattle' is not one of"),
        ({"review_by": datetime.date(2026, 11, 28)}, "review_by: must be after reviewed"),
        ({"answer": "x"}, "unknown key 'answer'"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(changed: Mapping[str, object], said: str) -> None:
    with pytest.raises(BrokenCanned) as broken:
        read_canned({"lost": {**GOOD, **changed}}, {"hotline"})
    (problem,) = broken.value.problems
    assert problem.startswith("faq/content/canned/lost.yaml: ")
    assert said in problem


def test_names_that_have_no_room_behind_a_button_and_titles_that_are_alike_are_refused() -> None:
    for files in ({"x" * 33: GOOD}, {"Lost|1": GOOD}, {"one": GOOD, "two": GOOD}):
        with pytest.raises(BrokenCanned):
            read_canned(files, {"hotline"})


@pytest.mark.parametrize("day", ["2026-11-28", "2027-01-01", "2027-07-01", "2028-01-05"])
def test_each_is_sent_as_it_is_written_on_any_day(resources: Resources, day: str) -> None:
    """What masks numbers of people takes none of the law away, and nothing of the machinery is left in it."""
    at = datetime.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=VIETNAM)
    for each in resources.canned.values():
        text = canned.said(resources, each, at)
        assert mask_numbers(text) == (text, False), each.id
        assert mask(text)[0] == text, each.id
        assert 20 < len(text) <= CANNED_MOST + 300, each.id
        assert not references.of(text)
        assert not set("{}<>&") & set(text), each.id


def test_a_figure_is_that_of_the_day_with_whose_word_it_is(resources: Resources) -> None:
    lowest = resources.canned["lowest_contribution"]
    november, january = (
        canned.said(resources, lowest, datetime.datetime(*day, 9, tzinfo=VIETNAM))
        for day in ((2026, 11, 28), (2027, 1, 2))
    )
    assert "330.000 đ mỗi tháng" in november  # 22 % of 1.500.000
    assert "484.000 đ mỗi tháng" in january  # 22 % of 2.200.000
    assert "330.000" not in january
    assert "như báo chí đưa" in november
