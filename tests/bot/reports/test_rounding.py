"""No figure is told as more than it is where it matters: at a target, which is a whole percent."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports import rounding
from bot.reports.paper import Column, Paper, Section, Table
from bot.reports.plain import write_csv, write_json, write_text
from bot.reports.spans import Span
from bot.reports.workbook import write_xlsx


@pytest.mark.parametrize(
    ("satisfied", "of", "said"),
    [
        (2249, 2500, "89,96%"),  # was «90%» on a page, beside «chưa đạt»
        (89_997, 100_000, "89,99%"),  # would be 90,00 %
        (9, 10, "90%"),
        (90_001, 100_000, "90%"),
        (2, 3, "66,67%"),
        (1, 8, "12,5%"),
        (99_999, 100_000, "99,99%"),
        (1, 100_000, "0%"),
        (0, 5, "0%"),
        (29, 100, "29%"),
    ],
)
def test_a_share_is_told_to_two_places_and_never_up_to_a_whole_percent(satisfied: int, of: int, said: str) -> None:
    assert rounding.said(satisfied / of) == said


@given(st.integers(1, 10**6), st.data())
def test_no_share_is_lifted_onto_a_whole_percent_it_does_not_reach(of: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, of))
    told, exact = Fraction(rounding.rounded(satisfied / of)), Fraction(100 * satisfied, of)
    assert abs(told - exact) < Fraction(1, 100)
    for percent in (80, 85, 90, 100):
        assert (told >= percent) == (exact >= percent)
        assert rounding.reaches(satisfied / of, percent) == (exact >= percent)


def test_every_format_tells_the_same_percent() -> None:
    table = Table("t", "T", (Column("share", "Tỷ lệ", "share"),), ((0.899_97,), (None,)))
    span = Span.of_year(2026)
    paper = Paper("satisfaction", "T", span, span.since, (Section("", (), (table,)),), ())
    files = {write: io.BytesIO() for write in (write_text, write_csv, write_json, write_xlsx)}
    for write, file in files.items():
        write(paper, file)
    assert "89,99%" in files[write_text].getvalue().decode()
    assert "89,99%" in files[write_csv].getvalue().decode()
    assert '"share": 89.99' in files[write_json].getvalue().decode()
    sheet = openpyxl.load_workbook(files[write_xlsx])["T"]
    assert sheet["A4"].value == 0.8999  # a program that opens it rounds what it shows by itself
