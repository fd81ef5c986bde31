"""An answer quotes today's figures, and does not speak of a change nobody knows."""

from faq.answer import answer, fill
from faq.library import Citation, Entry
from law.figures import FigureOf

FIGURES = {"contribution_min": FigureOf(330_000, "dong"), "hotline": FigureOf("1900 9068", "text")}


def test_figures_are_filled_with_their_unit() -> None:
    assert fill("Thấp nhất {contribution_min}, gọi {hotline}.", FIGURES) == "Thấp nhất 330.000 đ, gọi 1900 9068."


def test_a_line_about_an_unknown_change_is_left_out() -> None:
    text = (
        "Mức thấp nhất là {contribution_min}.\nTừ {income_floor_next_from} là {contribution_min_next}.\nGọi {hotline}."
    )
    assert fill(text, FIGURES) == "Mức thấp nhất là 330.000 đ.\nGọi 1900 9068."


def test_an_answer_names_its_articles_in_words() -> None:
    entry = Entry(
        "min_income",
        "answer",
        "Đóng thấp nhất bao nhiêu?",
        ("mức thấp nhất",),
        answer="Thấp nhất {contribution_min}.",
        more="Gọi {hotline}.",
        sources=(Citation("luat-41-2024", "Điều 31 khoản 2"), Citation("tt-11-2025", "")),
    )
    said = answer(entry, FIGURES, {"luat-41-2024": "Luật Bảo hiểm xã hội 2024", "tt-11-2025": "Thông tư 11/2025"})
    assert (said.question, said.short, said.more) == (
        "Đóng thấp nhất bao nhiêu?",
        "Thấp nhất 330.000 đ.",
        "Gọi 1900 9068.",
    )
    assert said.sources == ("Luật Bảo hiểm xã hội 2024, Điều 31 khoản 2", "Thông tư 11/2025")


def test_an_aspect_is_said_with_its_figures_and_one_that_nothing_is_left_of_is_not_said() -> None:
    entry = Entry(
        "min_income",
        "answer",
        "Đóng thấp nhất bao nhiêu?",
        ("mức thấp nhất",),
        label="Thấp nhất {contribution_min}?",
        aspects={"amount": "Thấp nhất {contribution_min}.\n", "wait": "Từ {income_floor_next_from}.\n"},
    )
    said = answer(entry, FIGURES, {})
    assert said.aspects == {"amount": "Thấp nhất 330.000 đ."}
    assert said.label == "Thấp nhất 330.000 đ?"
