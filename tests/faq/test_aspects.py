"""What the entries say of their aspects: to a person who asks «cần giấy tờ gì» of what they were just told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import pytest

from bot.base.content import Content
from faq.answer import Answer, answer
from faq.library import Aspect
from law.figures import figures
from vietnamese import references

ON = datetime.date(2026, 11, 24)
BENEFITS = {"pension", "lump_sum", "former_worker", "maternity", "survivors", "allowance", "social_pension"}
"""The forms of what one receives: it is not had without papers."""
DEATHS = ("survivors_funeral", "death_before_pension", "inheritance", "family_members", "pension_last_month")
DEATH_CERTIFICATE = re.compile("giấy chứng tử|khai tử")
JOINING_FORM = "TK1-TS"
SORRY = "chia buồn"


def said_on(content: Content, day: datetime.date) -> Mapping[str, Answer]:
    titles = {id: source.title for id, source in content.law.sources.items()}
    return {entry.id: answer(entry, figures(content.law, day), titles) for entry in content.library}


@pytest.fixture(scope="module")
def said(content: Content) -> Mapping[str, Answer]:
    return said_on(content, ON)


def test_who_may_open_the_form_of_a_benefit_is_told_its_papers_and_where_they_go(
    content: Content, said: Mapping[str, Answer]
) -> None:
    of_benefits = [entry.id for entry in content.library if BENEFITS & {entry.opens, entry.answered_by}]
    assert len(of_benefits) > 15
    assert [id for id in of_benefits if not {"papers", "where"} <= said[id].aspects.keys()] == []


@pytest.mark.parametrize("id", DEATHS)
def test_the_bereaved_hear_of_the_death_certificate_and_never_of_the_form_for_joining(
    said: Mapping[str, Answer], id: str
) -> None:
    assert DEATH_CERTIFICATE.search(said[id].aspects["papers"])
    assert [aspect for aspect, text in said[id].aspects.items() if JOINING_FORM in text] == []


def test_the_bereaved_are_condoled_with_whatever_they_ask(said: Mapping[str, Answer]) -> None:
    assert len(said["survivors_funeral"].aspects) == 7
    for id in ("survivors_funeral", "pension_last_month", "maternity_loss"):
        assert [aspect for aspect, text in said[id].aspects.items() if SORRY not in text.splitlines()[0]] == []
    elsewhere = {each.entry for each in said.values() if any(SORRY in text for text in each.aspects.values())}
    assert elsewhere == {*DEATHS, "maternity_loss"}


def test_a_pensioners_family_is_not_sent_to_look_for_a_book(said: Mapping[str, Answer]) -> None:
    assert "chưa nhận lương hưu" in said["survivors_funeral"].aspects["papers"]
    assert "đang nhận lương hưu" in said["survivors_funeral"].aspects["amount"]


@pytest.mark.parametrize(
    ("id", "aspect", "figure", "others"),
    [
        ("maternity", "wait", "maternity_decide_days", ("survivors_decide_days", "withdraw_decide_days")),
        ("maternity", "deadline", "maternity_file_days", ("survivors_file_days",)),
        ("survivors_funeral", "wait", "survivors_decide_days", ("maternity_decide_days",)),
        ("death_before_pension", "deadline", "survivors_file_days", ("maternity_file_days",)),
        ("one_time_withdrawal", "wait", "withdraw_decide_days", ("survivors_decide_days",)),
        ("one_time_amount", "wait", "withdraw_decide_days", ("survivors_decide_days",)),
        ("monthly_allowance_under_15y", "wait", "allowance_decide_days", ("social_pension_decide_days",)),
        ("social_pension", "wait", "social_pension_decide_days", ("allowance_decide_days",)),
        ("pension_amount", "wait", "pension_decide_days", ("withdraw_decide_days",)),
        ("register_where", "wait", "book_issue_days", ("withdraw_decide_days",)),
        ("payment_modes", "deadline", "year_deadline_months", ("maternity_file_days",)),
    ],
)
def test_each_benefit_has_its_own_time_and_not_that_of_another(
    content: Content, id: str, aspect: Aspect, figure: str, others: tuple[str, ...]
) -> None:
    text = content.library[id].aspects[aspect]
    assert f"{{{figure}}}" in text
    assert [other for other in others if f"{{{other}}}" in text] == []


def test_the_social_pension_goes_to_the_commune_and_what_was_paid_for_goes_to_the_insurance(
    said: Mapping[str, Answer],
) -> None:
    assert "UBND xã" in said["social_pension"].aspects["where"]
    for id in (
        "maternity",
        "survivors_funeral",
        "pension_amount",
        "one_time_withdrawal",
        "monthly_allowance_under_15y",
    ):
        assert "cơ quan BHXH" in said[id].aspects["where"]


def test_an_aspect_reads_alone_and_is_short(content: Content, said: Mapping[str, Answer]) -> None:
    """As many letters as a short answer at most; no mark of the file is left in it."""
    for day in (ON, datetime.date(2027, 2, 1)):
        for each in said_on(content, day).values():
            for aspect, text in each.aspects.items():
                assert 20 <= len(references.without(text)) <= 500, (each.entry, aspect, day)
                assert not re.search(r"[{}]|\bxem mục\b|bên dưới", text), (each.entry, aspect)


def test_no_time_limit_or_age_of_the_law_is_written_by_hand(content: Content) -> None:
    of_full_age = "18 tuổi"
    by_hand = re.compile(r"\d+ (?:ngày|tháng|năm|tuổi|lần|mức)\b")
    found = {
        f"{entry.id} {aspect}": numbers
        for entry in content.library
        for aspect, text in entry.aspects.items()
        if aspect not in entry.said_by and (numbers := by_hand.findall(text.replace(of_full_age, "")))
    }
    assert found == {}


def test_buttons_of_entries_are_not_cut_on_a_phone_and_tell_them_apart(
    content: Content, said: Mapping[str, Answer]
) -> None:
    labels = [said[entry.id].label for entry in content.library if entry.kind == "answer"]
    assert max(map(len, labels)) <= 32
    assert len(set(labels)) == len(labels) >= 71
