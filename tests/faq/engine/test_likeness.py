"""What counts as the same question typed again, and as one that two entries claim."""

import pytest

from faq.engine.likeness import ALIKE, SAME, alike, meaning_two, words


@pytest.mark.parametrize(
    "typed",
    [
        "Thẻ ATM mất thì lương hưu lãnh kiểu gì?",
        "dạ cho em hỏi the atm mat thi luong huu lanh kieu gi ạ",
        "the atm mat thi luong huu lanh kieu ji",
    ],
)
def test_accents_courtesies_and_slips_leave_the_words_as_they_are(typed: str) -> None:
    assert (
        alike(words(typed), [words("the atm mat thi luong huu lanh kieu gi"), words("rut mot lan duoc khong")], SAME)
        is not None
    )


def test_sharing_the_name_of_the_insurance_makes_no_likeness() -> None:
    one, other = "đóng bảo hiểm xã hội tự nguyện ở đâu", "bảo hiểm xã hội tự nguyện có thai sản không"
    assert alike(words(other), [words(one)], ALIKE) is None


def test_another_order_of_words_is_the_same_question() -> None:
    assert alike(words("heo chết được đền không"), [words("được đền không heo chết")], ALIKE) is not None


def test_words_claimed_by_two_entries_are_found_and_those_of_one_are_not() -> None:
    found = meaning_two(
        [
            ("a", "Mất sổ thì làm lại ở đâu?"),
            ("b", "làm lại ở đâu thì mất sổ"),
            ("a", "mat so thi lam lai o dau"),
            ("b", "mức thấp nhất"),
            ("c", "mức cao nhất"),
            ("b", "👍"),
            ("c", "👍"),
        ]
    )
    assert [(one[0], other[0]) for one, other in found] == [("a", "b"), ("b", "a")]
