"""A life is told in any order, at once or in answers, in this form or the one before: the figures are the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.dialogue.context import Resources
from handlers.dialogue.state import FieldValue
from handlers.dialogue.turn import Turn
from tests.handlers.dialogue.test_labels import Talk, said

SEXES = {"female": "nữ", "male": "nam"}
GROUPS = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "ethnic_minority": "dân tộc thiểu số",
    "island_or_special_zone": "xã đảo",
    "other": "người không thuộc diện ưu tiên",
}
NO_GROUP = "không thuộc diện nào"
LOWEST = 2_200_000
"""The income that is gone by where none was told, and which the other amounts are above."""
AMOUNT = 4
"""The part that tells an amount: said when another amount is asked, it is the answer to that."""
ASKED_IN_ORDER = ("sex", "birth", "paid", "past", "vol", "group", "income")


@dataclass(frozen=True)
class Life:
    """Somebody who paid voluntarily only, and what they would choose from now on."""

    sex: str
    year: int
    month: int
    paid: int
    past: int
    group: str
    income: int

    @property
    def values(self) -> Mapping[str, FieldValue]:
        """What the pension form goes by."""
        return {
            "sex": self.sex,
            "born": self.year,
            "month": self.month,
            "paid": self.paid,
            "past": self.past,
            "vol": self.paid,
            "total": 0,
            "group": self.group,
            "income": self.income,
        }

    @property
    def answers(self) -> Mapping[str, str]:
        """What is typed in answer to each question of the pension form."""
        return {
            "sex": SEXES[self.sex],
            "birth": f"{self.month}/{self.year}",
            "paid": length(self.paid),
            "past": amount(self.past),
            "vol": "tất cả",
            "group": GROUPS[self.group],
            "income": f"thu nhập {amount(self.income)}",
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a sentence that tells it, but for the income of the time that was paid."""
        return (
            f"tôi là {SEXES[self.sex]}",
            f"sinh {self.month}/{self.year}",
            f"đã đóng tự nguyện {length(self.paid)}",
            NO_GROUP if self.group == "other" else GROUPS[self.group],
            f"nay chọn mức thu nhập {amount(self.income)}",
        )


def length(months: int) -> str:
    years, rest = divmod(months, 12)
    return " ".join(filter(None, (f"{years} năm" if years else "", f"{rest} tháng" if rest else "")))


def amount(dong: int) -> str:
    return f"{dong:,} đồng".replace(",", ".")


LIVES = st.builds(
    Life,
    sex=st.sampled_from(sorted(SEXES)),
    year=st.integers(1968, 1985),
    month=st.integers(1, 12),
    paid=st.integers(12, 110),
    past=st.integers(15, 60).map(lambda hundreds: hundreds * 100_000),
    group=st.sampled_from(sorted(GROUPS)),
    income=st.integers(22, 90).map(lambda hundreds: hundreds * 100_000),
)


def in_the_form(talk: Talk, life: Life, until: str = "") -> Turn:
    talk.says("/luonghuu")
    return answered(talk, life, until=until)


def answered(talk: Talk, life: Life, until: str = "", **otherwise: str) -> Turn:
    """What the pension form still asks, answered, up to a question; the household, which it takes unasked, is told."""
    answers = {**life.answers, **otherwise}
    while (state := talk.memory.state.form) is not None:
        before = state
        if state.field == "income" and state.values["group"] != life.group:
            talk.says(answers["group"])
            continue
        if state.field == until:
            break
        talk.says(answers["birth" if state.field == "born" else state.field])
        assert talk.memory.state.form != before, said(talk.last)
    result = talk.memory.state.result
    if result is not None and result.values["group"] != life.group:  # the last part told ended the form
        talk.says(answers["group"])
    return talk.last


def figures(talk: Talk) -> tuple[Mapping[str, FieldValue], Sequence[str]]:
    """What the result goes by, and its amounts, months and rates as a person reads them."""
    result = talk.memory.state.result
    assert result is not None, said(talk.last)
    assert result.name == "pension", said(talk.last)
    text = said(talk.last)
    below = text.find("Tính cho:") + 1  # what the facts decide already stands above it, and names the age too
    estimate = text[text.index("tuổi nghỉ hưu", below) : text.index("⚠")]
    return result.values, re.findall(r"[\d.]+ đ|\d+/\d{4}|[\d,]+%", estimate)


def plain(resources: Resources, life: Life, **otherwise: str) -> tuple[Mapping[str, FieldValue], Sequence[str]]:
    """The figures of a life told as the form asks for it."""
    talk = Talk(resources)
    talk.says("/luonghuu")
    answered(talk, life, **otherwise)
    values, told = figures(talk)
    assert otherwise or values == life.values
    assert any(each.endswith(" đ") for each in told)
    return values, told


@given(life=LIVES.map(lambda life: dataclasses.replace(life, income=LOWEST)), order=st.permutations(range(4)))
@settings(max_examples=20)
def test_a_sentence_in_any_order_is_the_form_answered(resources: Resources, life: Life, order: Sequence[int]) -> None:
    talk = Talk(resources)
    talk.says(", ".join(life.parts[each] for each in order) + "; lương hưu được bao nhiêu")
    assert figures(talk) == plain(resources, life, past="không biết")


@given(life=LIVES, order=st.permutations(range(5)), many=st.integers(1, 5))
@settings(max_examples=20)
def test_what_is_told_unasked_is_asked_no_more(
    resources: Resources, life: Life, order: Sequence[int], many: int
) -> None:
    """Parts of the sentence, one by one, whatever the form asks meanwhile; the rest is answered."""
    talk = Talk(resources)
    talk.says("/luonghuu")
    for each in order[:many]:
        state = talk.memory.state.form
        an_answer = state is not None and state.field == "past" and each == AMOUNT
        if state is not None and not an_answer:
            talk.says(life.parts[each])
    answered(talk, life)
    assert figures(talk) == plain(resources, life)


@given(life=LIVES)
@settings(max_examples=15)
def test_what_the_form_before_was_told_is_not_asked_again(resources: Resources, life: Life) -> None:
    talk = Talk(resources)
    talk.says("/tinhdong"), talk.says(life.answers["income"]), talk.says(GROUPS[life.group]), talk.says("hằng tháng")
    result = talk.memory.state.result
    assert result is not None
    assert result.name == "contribution"
    talk.says("/luonghuu")
    answered(talk, life, group="never asked", income="never asked")
    assert figures(talk) == plain(resources, life)


@given(life=LIVES, wrong=LIVES, which=st.sets(st.sampled_from(ASKED_IN_ORDER), min_size=1))
@settings(max_examples=20)
def test_an_answer_corrected_at_once_leaves_nothing_behind(
    resources: Resources, life: Life, wrong: Life, which: set[str]
) -> None:
    talk = Talk(resources)
    talk.says("/luonghuu")
    for name in ASKED_IN_ORDER:
        right, mistaken = life.answers[name], wrong.answers[name]
        if name in which and right != mistaken:
            talk.says(mistaken), talk.says(f"à nhầm, {right}")
        else:
            talk.says(right)
    assert figures(talk) == plain(resources, life)


@pytest.mark.parametrize("name", ["birth", "group", "income"])
@given(life=LIVES, wrong=LIVES)
@settings(max_examples=8)
def test_a_result_corrected_is_the_form_answered_rightly(
    name: str, resources: Resources, life: Life, wrong: Life
) -> None:
    fields = ("year", "month") if name == "birth" else (name,)
    told = dataclasses.replace(life, **{each: getattr(wrong, each) for each in fields})
    talk = Talk(resources)
    in_the_form(talk, told)
    if told.answers[name] != life.answers[name]:
        talk.says(f"à nhầm, {life.answers[name]}")
    assert figures(talk) == plain(resources, life)


SHE = Life("female", 1984, 6, 87, 2_000_000, "near_poor", 3_000_000)
CORRECTIONS = {
    "à nhầm, nam": dataclasses.replace(SHE, sex="male"),
    "à nhầm, tôi là nam": dataclasses.replace(SHE, sex="male"),
    "à nhầm, mức đã đóng 2.500.000 đ": dataclasses.replace(SHE, past=2_500_000),
    "à nhầm, không thuộc diện nào": dataclasses.replace(SHE, group="other"),
    "à nhầm, đã đóng 5 năm": dataclasses.replace(SHE, paid=60),
    "à nhầm, đã đóng 8 năm": dataclasses.replace(SHE, paid=96),
}
"""Said after all of them were told; «tất cả» was said to how much was voluntary."""


@pytest.mark.parametrize("until", ["income", ""], ids=["in the form", "under the result"])
@pytest.mark.parametrize("words", CORRECTIONS)
def test_a_correction_is_of_what_it_names(words: str, until: str, resources: Resources) -> None:
    meant = CORRECTIONS[words]
    talk = Talk(resources)
    in_the_form(talk, SHE, until)
    talk.says(words)
    answered(talk, meant)
    assert figures(talk) == plain(resources, meant)


@pytest.mark.parametrize(
    "told",
    [
        "nữ, sinh 6/1984, hộ cận nghèo, đã đóng tự nguyện 7 năm 3 tháng mức 2 triệu, nay chọn mức thu nhập 3 triệu",
        "nữ, sinh 6/1984, hộ cận nghèo, nay chọn mức thu nhập 3 triệu, đã đóng tự nguyện 7 năm 3 tháng mức 2 triệu",
        "nữ, sinh 6/1984, hộ cận nghèo, đã đóng tự nguyện 7 năm 3 tháng, mức đã đóng 2 triệu, mức thu nhập 3 triệu",
        "đã đóng tự nguyện 7 năm 3 tháng mức 2 triệu, hộ cận nghèo, nữ, sinh 6/1984, nay chọn mức thu nhập 3 triệu",
    ],
)
def test_the_amount_paid_so_far_and_the_one_from_now_on_in_one_sentence(told: str, resources: Resources) -> None:
    talk = Talk(resources)
    talk.says(f"{told}; lương hưu được bao nhiêu")
    assert figures(talk) == plain(resources, SHE)
