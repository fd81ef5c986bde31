"""The files of the law: what holds on which date, and that a broken file is said, with its key and remedy."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from law.base.law import BrokenLaw, Law, NoSuchParameter, NoValueKnownOn
from law.base.month import Month
from law.figures import figures

SOURCES: dict[str, object] = {
    "luat-41-2024": {"title": "Luật BHXH", "kind": "luật", "read": "bản Word", "confidence": "A"},
}


def row(value: object = 22, **more: object) -> dict[str, object]:
    return {"value": value, "source": "luat-41-2024", "place": "Điều 36", "confidence": "A", **more}


def parameter(**more: object) -> dict[str, object]:
    return {
        "term": "mức đóng",
        "unit": "%",
        "checked": datetime.date(2026, 11, 23),
        "review_by": datetime.date(2027, 6, 30),
        "values": {datetime.date(2025, 7, 1): row()},
        **more,
    }


def problems_of(data: object, sources: dict[str, object] | None = None) -> tuple[str, ...]:
    with pytest.raises(BrokenLaw) as broken:
        Law.from_data({"contribution_rate": data}, SOURCES if sources is None else sources)
    assert str(broken.value) == "\n".join(broken.value.problems)
    return broken.value.problems


def the_problem(data: object) -> str:
    [problem] = problems_of(data)
    assert problem.startswith("law/parameters/contribution_rate.yaml, ")
    return problem


def with_row(day: datetime.date = datetime.date(2025, 7, 1), **row_: object) -> dict[str, object]:
    return parameter(values={day: row(**row_)})


def test_a_good_file_is_read() -> None:
    law = Law.from_data({"contribution_rate": parameter()}, SOURCES)
    found = law.on(datetime.date(2026, 1, 1)).value("contribution_rate")
    assert (found.value, found.since, found.place) == (22, datetime.date(2025, 7, 1), "Điều 36")
    assert law.sources[found.source].title == "Luật BHXH"


@pytest.mark.parametrize("key", ["term", "unit", "checked", "review_by", "values"])
def test_missing_key_is_named(key: str) -> None:
    data = parameter()
    del data[key]
    assert any(f", {key}: is missing" in problem for problem in problems_of(data))


@pytest.mark.parametrize("key", ["value", "source", "confidence"])
def test_missing_key_of_a_value_is_named_with_its_date(key: str) -> None:
    found = row()
    del found[key]
    problems = problems_of(parameter(values={datetime.date(2025, 7, 1): found}))
    assert any(f", values 2025-07-01 {key}: is missing" in problem for problem in problems)


def test_unknown_key_is_named_with_the_known_ones() -> None:
    problem = the_problem(parameter(terms="mức đóng"))
    assert "'terms'" in problem
    assert "term" in problem


def test_unknown_key_of_a_value_is_named() -> None:
    assert "'sourcee'" in the_problem(with_row(sourcee="x"))


def test_float_is_refused_and_how_to_write_it_is_shown() -> None:
    assert 'quote it: "22.5"' in the_problem(with_row(value=22.5))


def test_exact_fractions_may_be_quoted_or_exact() -> None:
    for value in ("22.5", Decimal("22.5")):
        law = Law.from_data({"contribution_rate": with_row(value=value)}, SOURCES)
        assert law.on(Month(2026, 1)).value("contribution_rate").rate() == Decimal("0.225")


@pytest.mark.parametrize("value", ["many", "NaN", "Infinity", True, [22], datetime.date(2026, 1, 1)])
def test_value_that_is_no_number_is_refused(value: object) -> None:
    assert "must be a number" in the_problem(with_row(value=value))


def test_value_below_zero_is_refused() -> None:
    assert "below zero" in the_problem(with_row(value=-1))


@pytest.mark.parametrize(
    ("unit", "value", "kind"),
    [
        ("đồng", "330000", "a whole number"),
        ("đồng/tháng", True, "a whole number"),
        ("tháng", Decimal("1.5"), "a whole number"),
        ("ngày tháng", "2026-01-01", "a date"),
        ("ngày tháng", datetime.datetime(2026, 1, 1), "a date"),
        ("chữ", 19009068, "a text"),
        ("chữ", "  ", "a text"),
        ("có/không", "no", "true or false"),
    ],
)
def test_value_must_fit_its_unit(unit: str, value: object, kind: str) -> None:
    problem = the_problem(parameter(unit=unit, values={datetime.date(2025, 7, 1): row(value)}))
    assert f"must be {kind}" in problem


@pytest.mark.parametrize(
    ("unit", "value"),
    [("đồng", 330000), ("ngày tháng", datetime.date(2026, 1, 1)), ("chữ", "1900 9068"), ("có/không", False)],
)
def test_value_that_fits_is_kept(unit: str, value: object) -> None:
    law = Law.from_data(
        {"contribution_rate": parameter(unit=unit, values={datetime.date(2025, 7, 1): row(value)})}, SOURCES
    )
    assert law.on(Month(2025, 7)).value("contribution_rate").value == value


def test_empty_value_needs_a_note_that_says_why() -> None:
    assert "note" in the_problem(with_row(value=None))
    law = Law.from_data({"contribution_rate": with_row(value=None, note="Luật không quy định.")}, SOURCES)
    assert law.on(Month(2025, 7)).value("contribution_rate").value is None


def test_unknown_unit_is_refused_with_the_known_ones() -> None:
    problem = the_problem(parameter(unit="VND"))
    assert "'VND'" in problem
    assert "đồng/tháng" in problem


def test_unknown_source_is_refused() -> None:
    assert "law/sources.yaml" in the_problem(with_row(source="luat-42-2024"))


@pytest.mark.parametrize("key", ["confidence", "reference_confidence"])
def test_unknown_grade_is_refused(key: str) -> None:
    assert "A, B, B-, C" in the_problem(parameter(values={datetime.date(2025, 7, 1): {**row(), key: "D"}}))


def test_dates_out_of_order_are_refused() -> None:
    values = {datetime.date(2025, 7, 1): row(), datetime.date(2016, 1, 1): row()}
    problem = the_problem(parameter(values=values))
    assert "values 2016-01-01" in problem
    assert "in order" in problem


def test_date_within_a_month_needs_a_reason() -> None:
    day = datetime.date(2025, 5, 12)
    assert "1st of a month" in the_problem(with_row(day))
    law = Law.from_data({"contribution_rate": with_row(day, reason="Quyết định có hiệu lực từ ngày ký")}, SOURCES)
    assert not law.on(datetime.date(2025, 5, 11)).knows("contribution_rate")
    assert law.on(day).knows("contribution_rate")


@pytest.mark.parametrize("day", ["2025-07-01", 2025, True])
def test_date_that_is_none_is_refused(day: object) -> None:
    assert "must be a date" in the_problem(parameter(values={day: row()}))


def test_end_before_the_beginning_is_refused() -> None:
    assert "until" in the_problem(with_row(until=datetime.date(2025, 6, 30)))


def test_end_that_reaches_into_the_next_value_is_refused() -> None:
    values = {
        datetime.date(2025, 7, 1): row(until=datetime.date(2026, 1, 1)),
        datetime.date(2026, 1, 1): row(),
    }
    assert "reaches into 2026-01-01" in the_problem(parameter(values=values))


def test_end_that_is_no_date_is_refused() -> None:
    assert "until" in the_problem(with_row(until="2026"))


def test_review_before_the_check_is_refused() -> None:
    assert "review_by" in the_problem(parameter(review_by=datetime.date(2026, 1, 1)))


@pytest.mark.parametrize("data", [None, [], "22", 22])
def test_file_that_is_no_mapping_is_refused(data: object) -> None:
    assert "must be a mapping" in the_problem(data)


@pytest.mark.parametrize(("values", "problem"), [({}, "at least one date"), ([], "key: value"), (22, "key: value")])
def test_file_without_values_is_refused(values: object, problem: str) -> None:
    assert problem in the_problem(parameter(values=values))


def test_value_that_is_no_mapping_is_refused() -> None:
    assert "value, source, confidence" in the_problem(parameter(values={datetime.date(2025, 7, 1): 22}))


@pytest.mark.parametrize("key", ["term", "unit"])
def test_text_that_is_none_is_refused(key: str) -> None:
    assert any(f"{key}: must be a text" in problem for problem in problems_of(parameter(**{key: 5})))


def test_groups_that_yaml_read_as_yes_or_no_are_refused() -> None:
    assert "yes, no, on or off" in the_problem(with_row(value={True: 22}))


def test_empty_groups_are_refused() -> None:
    assert "at least one group" in the_problem(with_row(value={}))


def test_float_of_a_group_is_refused() -> None:
    assert "poor" in the_problem(with_row(value={"poor": 0.5, "other": 20}))


def test_all_problems_of_all_files_are_told_at_once() -> None:
    with pytest.raises(BrokenLaw) as broken:
        Law.from_data(
            {"first": with_row(value=1.5), "second": parameter(unit="VND"), "third": with_row(source="x")},
            {**SOURCES, "nd-1": {"title": ""}},
        )
    told = broken.value.problems
    for named in ("first.yaml", "second.yaml", "third.yaml", "sources.yaml, nd-1, title"):
        assert any(named in problem for problem in told), named


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("Luật", "must be a mapping"),
        ({"title": "x", "kind": "luật", "read": "y", "confidence": "A", "url": "z"}, "'url'"),
        ({"title": "x", "kind": "luật", "read": "y", "confidence": "Z"}, "confidence"),
        ({"title": "x", "kind": "luật", "confidence": "A"}, "read"),
        ({"title": "x", "kind": "luật", "read": "báo", "confidence": "B"}, "told"),
        ({"title": "x", "kind": "luật", "read": "y", "confidence": "A", "in_force": "2025"}, "in_force"),
        ({"title": "x", "kind": "luật", "read": "y", "confidence": "A", "in_force": {"since": 1}}, "in_force"),
        ({"title": "x", "kind": "luật", "read": "y", "confidence": "A", "in_force": {"from": "2025"}}, "from"),
        (
            {
                "title": "x",
                "kind": "luật",
                "read": "y",
                "confidence": "A",
                "in_force": {"from": datetime.date(2025, 7, 1), "to": datetime.date(2025, 6, 30)},
            },
            "before it begins",
        ),
    ],
)
def test_broken_source_is_named(entry: object, named: str) -> None:
    [problem] = problems_of(parameter(), {**SOURCES, "nd-1": entry})
    assert "nd-1" in problem
    assert named in problem


# --- the law as it ships


def test_a_value_holds_from_its_date_on(law: Law) -> None:
    values = law.parameter("base_salary").values
    for before, after in pairwise(values):
        assert law.on(after.since - datetime.timedelta(days=1)).value("base_salary") is before
        assert law.on(after.since).value("base_salary") is after
    assert law.on(Month(2099, 1)).value("base_salary") is values[-1]


def test_nothing_is_guessed_before_the_first_value(law: Law) -> None:
    with pytest.raises(NoValueKnownOn, match="contribution_rate is known from 2016-01-01 on, not for 2015-12-31"):
        law.on(datetime.date(2015, 12, 31)).value("contribution_rate")


def test_an_unknown_number_is_named(law: Law) -> None:
    with pytest.raises(NoSuchParameter, match=r"law/parameters/minimum_luck\.yaml"):
        law.on(Month(2026, 1)).value("minimum_luck")


def test_a_stated_period_ends(law: Law) -> None:
    assert not law.on(datetime.date(2030, 12, 31)).stale("rural_poverty_line")
    assert law.on(datetime.date(2031, 1, 1)).stale("rural_poverty_line")
    carried_on = law.on(datetime.date(2031, 1, 1)).value("rural_poverty_line")
    assert carried_on is law.on(datetime.date(2030, 12, 31)).value("rural_poverty_line")
    assert not law.on(Month(2040, 1)).stale("base_salary")


def test_the_next_change_is_a_change_of_the_value(law: Law, coming_floor: int) -> None:
    coming = law.on(Month(2025, 12)).next("rural_poverty_line")
    assert coming is not None
    assert (coming.since, coming.value) == (datetime.date(2027, 1, 1), coming_floor)
    assert law.on(Month(2027, 1)).next("rural_poverty_line") is None


def test_the_previous_value_is_a_different_one(law: Law) -> None:
    before = law.on(Month(2026, 6)).previous("rural_poverty_line")
    assert before is not None
    assert before.value == 700000
    assert law.on(Month(2016, 1)).previous("rural_poverty_line") is None


def test_change_dates_are_in_order_and_hold_the_known_ones(law: Law) -> None:
    dates = law.change_dates()
    assert list(dates) == sorted(set(dates))
    assert {datetime.date(2025, 7, 1), datetime.date(2026, 7, 1), datetime.date(2027, 1, 1)} <= set(dates)


def test_a_value_is_read_as_what_it_is(law: Law) -> None:
    now = law.on(Month(2026, 11))
    for wrong in (
        lambda: now.value("state_support_rate").number(),
        lambda: now.value("base_salary").table(),
        lambda: now.value("base_salary").rate(),
        lambda: now.value("base_salary").day(),
        lambda: now.value("fund_rate").whole(),
        lambda: now.value("payment_in_arrears").number(),
    ):
        with pytest.raises(TypeError):
            wrong()


def test_a_law_in_an_error_message_is_short(law: Law) -> None:
    assert len(repr(law)) < 80


def test_no_number_of_the_law_is_kept_and_never_used(law: Law) -> None:
    packages = (_package(), _package().parent / "handlers")
    code = "".join(path.read_text(encoding="utf-8") for each in packages for path in each.rglob("*.py"))
    quoted = set(re.findall(r'"([a-z0-9_]+)"', code))
    roadmaps = {"retirement_age_male", "retirement_age_female"}
    unused = {each.name for each in law.parameters} - quoted - roadmaps
    assert unused == set()


def _package() -> Path:
    import law

    return Path(law.__file__).parent


def test_what_is_only_general_knowledge_is_never_a_figure_told_as_fact(law: Law) -> None:
    """No figure rests on one; and nothing of what is weak stands there without whose word it is."""
    for day in (datetime.date(2016, 6, 1), datetime.date(2026, 11, 24), datetime.date(2027, 7, 5)):
        weak = {name: each for name, each in figures(law, day).items() if each.confidence != "A"}
        assert {name for name, each in weak.items() if each.confidence == "C"} == set()
        assert {name for name, each in weak.items() if not each.grounds} <= {"hotline", "local_authority"}


def test_weak_documents_name_no_decree_number(law: Law) -> None:
    """A decree number that is general knowledge (C) may stand in a note, never in the title a citizen sees."""
    for each in law.parameters:
        for dated in each.values:
            if dated.reference_confidence == "C" and each.name == "base_salary":
                assert not re.search(r"\d+/\d{4}", law.sources[dated.source].title), dated


def test_nothing_a_citizen_sees_names_where_the_project_was_made(law: Law) -> None:
    texts = [source.title for source in law.sources.values()]
    texts += [note for each in law.parameters for dated in each.values for note in (dated.place, dated.note)]
    assert not [text for text in texts if re.search(r"\bS\d{1,2}\b|/work|shared|session", text)]


def test_units_of_one_shipped_file(yaml_of: Callable[[Path], Any]) -> None:
    line = yaml_of(_package() / "parameters" / "rural_poverty_line.yaml")
    assert line["unit"] == "đồng/tháng"
    assert line["values"][datetime.date(2027, 1, 1)]["until"] == datetime.date(2030, 12, 31)
