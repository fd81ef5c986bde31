"""The question is found in a long letter, and courtesy is no question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.engine.letter import LONGEST, read, without_courtesy


def test_a_short_message_is_one_question() -> None:
    assert read("Rút một lần được không").questions == ("rút một lần được không",)


def test_the_question_at_the_end_of_a_story_is_found() -> None:
    read_ = read(
        "Tôi sinh 1966, đóng BHXH từ năm 1988 lúc còn làm cho nhà nước. Sau đó tôi làm công ty tư nhân đến nay. "
        "Tổng cộng khoảng 33 năm. Xin hỏi khi nghỉ hưu lương hưu của tôi tính thế nào? Xin cảm ơn."
    )
    assert read_.question == "khi nghỉ hưu lương hưu của tôi tính thế nào"
    assert read_.whole.startswith("tôi sinh 1966")


def test_what_leads_up_to_a_question_tells_what_it_is_about() -> None:
    read_ = read(
        "Tôi sinh 1966, có hai con trai đang làm xa nhà, vợ tôi mất đã lâu. Nay tôi muốn rút hết bảo hiểm một lần. "
        "Vậy có được không và cần những gì?"
    )
    assert read_.question == "có được không và cần những gì"
    assert read_.context.endswith("rút hết bảo hiểm một lần vậy có được không và cần những gì")
    assert len(read_.context) < len(read_.whole)


def test_of_a_long_sentence_the_asking_end_is_taken() -> None:
    read_ = read(
        "con tham gia bhxh tự nguyện từ tháng 8 năm ngoái do chị ở hội phụ nữ vận động, đóng được hơn một năm thì "
        "chồng con không xoay nổi nữa, con nghỉ đóng đủ 12 tháng thì có được lấy lại tiền như mấy người trước không cô"
    )
    assert read_.question == "con nghỉ đóng đủ 12 tháng thì có được lấy lại tiền như mấy người trước không cô"


def test_a_question_too_short_takes_the_clause_before_it() -> None:
    read_ = read(
        "Tôi là giáo viên nghỉ dạy rồi, tháng 9 vừa qua đủ tuổi về hưu mà mới đóng được 12 năm 4 tháng, giờ muốn đóng "
        "luôn phần còn thiếu một lần để tháng sau lãnh lương hưu, có được không"
    )
    assert read_.question == "giờ muốn đóng luôn phần còn thiếu một lần để tháng sau lãnh lương hưu có được không"


def test_a_full_stop_before_the_next_sentence_instead_of_after_the_last() -> None:
    read_ = read(
        "em đóng tự nguyện ở bưu điện được 3 năm rồi .giờ em đi làm công ty nên không đóng nữa .công ty đòi em nộp "
        "sổ mà em làm mất rồi .vậy em xin cấp lại ở đâu"
    )
    assert read_.question == "em xin cấp lại ở đâu"


def test_several_questions_are_kept_in_order() -> None:
    read_ = read("Mức đóng thấp nhất bao nhiêu? Rút một lần được không? Cảm ơn ad.")
    assert read_.questions == ("mức đóng thấp nhất bao nhiêu", "rút một lần được không")


def test_a_long_letter_without_any_question_is_its_whole() -> None:
    read_ = read("Tôi làm ruộng nuôi hai đứa con ăn học. " * 4)
    assert read_.question == read_.whole


def test_a_long_sentence_without_clauses_is_taken_whole() -> None:
    story = "tôi làm ruộng ở quê với chồng và ba đứa con còn nhỏ nên đang tính đóng bảo hiểm xã hội tự nguyện"
    assert read(f"{story} có nên không").question == f"{story} có nên không"
    assert read(f"{story}, còn đứa út thì mới được lên ba?").question.startswith("tôi làm ruộng")


def test_a_letter_without_end_is_read_from_its_end() -> None:
    read_ = read("tôi kể chuyện dài dòng. " * 200 + "Rút một lần được không?")
    assert read_.question == "rút một lần được không"
    assert len(read_.whole.split()) <= LONGEST


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("chào ad cho em hỏi rút một lần được không ạ", "rút một lần được không"),
        ("dạ cho con hỏi mẹ con đóng được không", "mẹ con đóng được không"),
        ("xin hỏi mức đóng thấp nhất em cảm ơn", "mức đóng thấp nhất"),
        ("chao ad cho hoi rut bao hiem", "rut bao hiem"),
        ("chào ad", "chào ad"),
        ("cho em hỏi với ạ", "cho em hỏi với ạ"),
        ("", ""),
    ],
)
def test_courtesy_is_taken_away_unless_nothing_else_is_said(said: str, asked: str) -> None:
    assert without_courtesy(said) == asked


@pytest.mark.parametrize("text", ["", "...", "🙏🙏", "?!"])
def test_nothing_said_is_nothing_asked(text: str) -> None:
    assert read(text).questions == ()
    assert read(text).question == ""


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    read_ = read(text)
    assert bool(read_.questions) == bool(read_.whole)
