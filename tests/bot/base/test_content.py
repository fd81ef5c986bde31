"""Reading the content: whatever is wrong in a file is said with the file, the key, and what would be right."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest

from bot.base.content import BrokenContent, Content, read_library, read_yaml
from bot.reports.records import read_targets
from faq.library import BrokenEntries, Library
from handlers.calculators.menu import FORMS
from handlers.dialogue.texts import BrokenTexts, Texts
from law.base.estimate import Note
from law.base.law import BrokenLaw, Law
from law.figures import every_name

# --- YAML ----------------------------------------------------------------------------------------


def test_yaml_is_taken_as_written() -> None:
    assert read_yaml("rate: 0.31\nbig: 1_000.50\non: no\nyes: off\nflag: true\nday: 2026-07-01\nn: 0", "x") == {
        "rate": Decimal("0.31"),
        "big": Decimal("1000.50"),
        "on": "no",
        "yes": "off",
        "flag": True,
        "day": datetime.date(2026, 7, 1),
        "n": 0,
    }


def test_a_fraction_never_goes_through_a_float() -> None:
    read = read_yaml("[0.1, 1.10, 3.00, 1.0e+3]", "x")
    assert isinstance(read, list)
    assert all(isinstance(each, Decimal) for each in read)
    assert [str(each) for each in read[:3]] == ["0.1", "1.10", "3.00"]


TRAPS = {
    "a: 1\nb: 2\na: 3": ("line 3", "'a'", "twice"),
    "a:\n  b: {c: 1, c: 1}": ("line 2", "'c'", "twice"),
    "a: 1\n? [b]\n: 2": ("line 2", "key"),
    "a: 1\nb: 2026-02-30": ("line 2", "2026-02-30", "date"),
    "a: 1\n\nb: .inf": ("line 3", ".inf", "number"),
    "b: 1:30.5": ("line 1", "1:30.5", "number"),
    "a: [1, 2": ("line 1",),
    "a: b: c": ("line 1",),
    "a:\n\t- b": ("line 2",),
    "a: 1\nb: \x00": ("line 2",),
    "a: !!python/object/apply:os.system [ls]": ("line 1",),
    "a: *nobody": ("line 1", "nobody"),
    "<<: {a: 1}": ("line 1",),
}


@pytest.mark.parametrize(("written", "named"), TRAPS.items())
def test_what_yaml_cannot_mean_is_named_by_file_and_line(written: str, named: tuple[str, ...]) -> None:
    with pytest.raises(BrokenContent) as broken:
        read_yaml(written, "faq/content/questions/x.yaml")
    (problem,) = broken.value.problems
    assert problem.startswith("faq/content/questions/x.yaml, line ")
    assert len(problem.splitlines()) == 1
    for words in named:
        assert words in problem


# --- copies of what is installed, to be broken ---------------------------------------------------


def _parsed(package: str, folder: str) -> dict[str, Any]:
    files: Iterator[Any] = (each for each in (resources.files(package) / folder).iterdir())
    return {
        each.name.removesuffix(".yaml"): read_yaml(each.read_text(encoding="utf-8"), each.name)
        for each in files
        if each.name.endswith(".yaml")
    }


@pytest.fixture(scope="module")
def read_parameters() -> dict[str, Any]:
    return _parsed("law", "parameters")


@pytest.fixture(scope="module")
def read_entries() -> dict[str, dict[str, Any]]:
    return {
        folder: _parsed("faq", f"content/{folder}") for folder in ("questions", "referrals", "smalltalk", "offtopic")
    }


@pytest.fixture
def law_with(read_parameters: dict[str, Any], content: Content) -> Callable[..., tuple[str, ...]]:
    """The problems of the law after a change of the parsed parameters."""

    def problems(change: Callable[[dict[str, Any]], object]) -> tuple[str, ...]:
        parameters = copy.deepcopy(read_parameters)
        change(parameters)
        sources = read_yaml((resources.files("law") / "sources.yaml").read_text(encoding="utf-8"), "sources.yaml")
        assert isinstance(sources, dict)
        with pytest.raises(BrokenLaw) as broken:
            Law.from_data(parameters, sources)
        return broken.value.problems

    return problems


@pytest.fixture
def library_with(read_entries: dict[str, dict[str, Any]], content: Content) -> Callable[..., tuple[str, ...]]:
    """The problems of the library after a change of the parsed entries."""
    law = content.law
    known = every_name(law)

    def problems(change: Callable[[dict[str, dict[str, Any]]], object]) -> tuple[str, ...]:
        entries: dict[str, Any] = copy.deepcopy(read_entries)
        change(entries)
        with pytest.raises(BrokenEntries) as broken:
            Library.from_data(**entries, sources=set(law.sources), figures=known, forms=FORMS)
        return broken.value.problems

    return problems


# --- parameters ----------------------------------------------------------------------------------

POVERTY = "rural_poverty_line"
DAY = datetime.date(2022, 1, 1)

BROKEN_PARAMETERS: dict[str, tuple[Callable[[dict[str, Any]], object], tuple[str, ...]]] = {
    "no term": (lambda p: p[POVERTY].pop("term"), ("term", "add")),
    "unknown unit": (lambda p: p[POVERTY].update(unit="VND"), ("unit", "đồng/tháng")),
    "unknown key": (lambda p: p[POVERTY].update(comment="x"), ("comment",)),
    "no values": (lambda p: p[POVERTY].update(values={}), ("values",)),
    "no mapping": (lambda p: p.update({POVERTY: ["x"]}), ("must be a mapping",)),
    "review as text": (lambda p: p[POVERTY].update(review_by="soon"), ("review_by", "date")),
    "value with dots": (lambda p: p[POVERTY]["values"][DAY].update(value="1.500.000"), ("2022-01-01", "whole number")),
    "value as fraction": (
        lambda p: p[POVERTY]["values"][DAY].update(value=Decimal("1500000.5")),
        ("2022-01-01", "whole number"),
    ),
    "value missing": (lambda p: p[POVERTY]["values"][DAY].pop("value"), ("2022-01-01", "value", "missing")),
    "value below zero": (lambda p: p[POVERTY]["values"][DAY].update(value=-1), ("2022-01-01", "below zero")),
    "no source": (lambda p: p[POVERTY]["values"][DAY].pop("source"), ("2022-01-01", "source")),
    "unknown source": (lambda p: p[POVERTY]["values"][DAY].update(source="nd-1"), ("nd-1", "law/sources.yaml")),
    "unknown grade": (lambda p: p[POVERTY]["values"][DAY].update(confidence="D"), ("confidence", "A, B, B-, C")),
    "date as text": (lambda p: p[POVERTY]["values"].update({"from 2030": {"value": 1}}), ("from 2030", "date")),
    "middle of a month": (
        lambda p: p[POVERTY]["values"].update(
            {datetime.date(2031, 1, 15): {"value": 1, "source": "nd-351-2025", "confidence": "B"}}
        ),
        ("2031-01-15", "reason"),
    ),
    "out of order": (
        lambda p: p[POVERTY]["values"].update(
            {datetime.date(2020, 1, 1): {"value": 1, "source": "nd-351-2025", "confidence": "B"}}
        ),
        ("2020-01-01", "order"),
    ),
}


@pytest.mark.parametrize("name", BROKEN_PARAMETERS)
def test_a_broken_parameter_is_named_with_key_and_remedy(law_with: Callable[..., tuple[str, ...]], name: str) -> None:
    change, named = BROKEN_PARAMETERS[name]
    problems = law_with(change)
    assert all(each.startswith("law/parameters/rural_poverty_line.yaml, ") for each in problems)
    assert any(all(words in each for words in named) for each in problems), problems


# --- entries -------------------------------------------------------------------------------------

ENTRY = "min_income"

BROKEN_ENTRIES: dict[str, tuple[Callable[[dict[str, Any]], object], tuple[str, ...]]] = {
    "no answer": (lambda e: e[ENTRY].pop("answer"), ("answer", "missing")),
    "empty answer": (lambda e: e[ENTRY].update(answer="  "), ("answer", "text")),
    "answer is a number": (lambda e: e[ENTRY].update(answer=5), ("answer", "quotes")),
    "unknown key": (lambda e: e[ENTRY].update(anser="x"), ("anser", "answer")),
    "few phrasings": (lambda e: e[ENTRY].update(phrasings=["a", "b"]), ("phrasings", "6")),
    "phrasings no list": (lambda e: e[ENTRY].update(phrasings="a"), ("phrasings", "list")),
    "phrasing a word for false": (lambda e: e[ENTRY]["phrasings"].append(False), ("phrasings", "quotes")),
    "unknown topic": (lambda e: e[ENTRY].update(topic="money"), ("topic", "paying")),
    "unknown source": (lambda e: e[ENTRY].update(sources=[{"source": "x", "place": "y"}]), ("sources", "'x'")),
    "source no mapping": (lambda e: e[ENTRY].update(sources=["luat-41-2024"]), ("sources", "place")),
    "unknown relation": (lambda e: e[ENTRY].update(related=["nothing"]), ("related", "nothing")),
    "related to itself": (lambda e: e[ENTRY].update(related=[ENTRY]), ("related", ENTRY)),
    "unknown figure": (lambda e: e[ENTRY].update(answer="{lowest}"), ("answer", "{lowest}")),
    "an amount of the law": (lambda e: e[ENTRY].update(answer="Thấp nhất 330.000 đ"), ("answer", "330.000 đ")),
    "a percentage": (lambda e: e[ENTRY].update(more="Đóng 22 %"), ("more", "22 %")),
    "unknown calculator": (lambda e: e[ENTRY].update(opens="abacus"), ("opens", "contribution")),
    "no date": (lambda e: e[ENTRY].update(reviewed="hôm qua"), ("reviewed", "2026-11-24")),
    "reviewed after its review": (
        lambda e: e[ENTRY].update(review_by=datetime.date(2020, 1, 1)),
        ("review_by", "after"),
    ),
    "a question no button holds": (lambda e: e[ENTRY].update(question="a" * 61), ("question", "60")),
    "a list for an entry": (lambda e: e.update({ENTRY: []}), ("keys and values",)),
}


@pytest.mark.parametrize("name", BROKEN_ENTRIES)
def test_a_broken_entry_is_named_with_field_and_remedy(library_with: Callable[..., tuple[str, ...]], name: str) -> None:
    change, named = BROKEN_ENTRIES[name]
    problems = library_with(lambda entries: change(entries["questions"]))
    found = [each for each in problems if each.startswith(f"faq/content/questions/{ENTRY}.yaml: ")]
    assert any(all(words in each for words in named) for each in found), problems


def test_the_same_words_in_two_entries_name_both(library_with: Callable[..., tuple[str, ...]]) -> None:
    def repeat(entries: dict[str, dict[str, Any]]) -> None:
        entries["questions"]["max_income"]["phrasings"].append(entries["questions"][ENTRY]["phrasings"][0].upper())

    (problem,) = library_with(repeat)
    assert f"faq/content/questions/{ENTRY}.yaml" in problem
    assert "faq/content/questions/max_income.yaml" in problem


def test_a_number_without_its_file_is_named(content: Content) -> None:
    kept = tuple(each for each in content.law.parameters if each.name != POVERTY)
    law = Law(kept, content.law.sources, {each.name: each for each in kept})
    with pytest.raises(BrokenContent) as broken:
        read_library(law)
    (problem,) = broken.value.problems
    assert f"law/parameters/{POVERTY}.yaml" in problem
    assert "put the file back" in problem


def test_one_id_in_two_folders_is_refused(library_with: Callable[..., tuple[str, ...]]) -> None:
    def twice(entries: dict[str, dict[str, Any]]) -> None:
        entries["smalltalk"][ENTRY] = {"question": "x", "answer": "y", "phrasings": ["zzz zzz"]}

    assert any(f"faq/content/smalltalk/{ENTRY}.yaml" in each and "rename" in each for each in library_with(twice))


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (5, "quote"),
        (None, "quote"),
        ("", "text"),
        ("{{ amount", "braces"),
        ("{% if a %}", "braces"),
        ("{{ a|no }}", ""),
    ],
)
def test_a_broken_text_is_named_with_key_and_remedy(text: object, named: str) -> None:
    with pytest.raises(BrokenTexts) as broken:
        Texts.from_data({"form": {"go_on": "Mình tiếp tục nhé.", "not_read": text}})
    (problem,) = broken.value.problems
    assert problem.startswith("handlers/texts/form.yaml, not_read: ")
    assert named in problem


def test_what_the_law_tells_may_stand_in_the_file_of_its_form_and_in_one_place() -> None:
    texts = Texts.from_data({"maternity": {"law_maternity_grant": "{{ amount }}"}})
    assert texts.note(Note("maternity_grant", {"amount": 2})) == "2"
    with pytest.raises(BrokenTexts) as broken:
        Texts.from_data({"law": {"grant": "một"}, "maternity": {"law_grant": "hai", "law_other": "{{ amount"}})
    twice, braces = broken.value.problems
    assert twice.startswith("handlers/texts/maternity.yaml, law_grant: stands as handlers/texts/law.yaml, grant too")
    assert braces.startswith("handlers/texts/maternity.yaml, law_other: ")


# --- all at once ---------------------------------------------------------------------------------


def test_all_problems_are_told_at_once(
    law_with: Callable[..., tuple[str, ...]], library_with: Callable[..., tuple[str, ...]]
) -> None:
    def break_parameters(parameters: dict[str, Any]) -> None:
        parameters[POVERTY].pop("term")
        parameters["base_salary"]["unit"] = "VND"
        parameters["hotline"]["checked"] = "now"

    problems = law_with(break_parameters)
    for stem in (POVERTY, "base_salary", "hotline"):
        assert any(each.startswith(f"law/parameters/{stem}.yaml") for each in problems)

    def break_entries(entries: dict[str, dict[str, Any]]) -> None:
        entries["questions"][ENTRY].pop("answer")
        entries["questions"]["max_income"]["topic"] = "money"
        entries["smalltalk"]["greeting"]["phrasings"] = "hi"

    problems = library_with(break_entries)
    for file in (f"questions/{ENTRY}", "questions/max_income", "smalltalk/greeting"):
        assert any(each.startswith(f"faq/content/{file}.yaml") for each in problems)

    with pytest.raises(BrokenTexts) as broken:
        Texts.from_data({"form": {"a": 1, "b": ""}, "ask": []})
    assert len(broken.value.problems) == 3


def test_what_is_installed_is_whole(content: Content) -> None:
    assert len(content.library) >= 30
    assert len(content.law.parameters) > 30
    assert read_targets().least_ratings == 30
