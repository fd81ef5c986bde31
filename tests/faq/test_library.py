"""A broken entry is refused with its file, the field and what would be right; all problems at once."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from faq.library import LONGEST, BrokenEntries, Library

SOURCES = {"luat-41-2024"}
FORMS = ("contribution", "pension")
FIGURES = {"contribution_min", "income_floor", "support_poor"}


def good(**changes: object) -> dict[str, object]:
    entry: dict[str, object] = {
        "question": "Mỗi tháng đóng thấp nhất bao nhiêu?",
        "label": "Đóng thấp nhất bao nhiêu?",
        "topic": "paying",
        "answer": "Mức thấp nhất là {contribution_min} mỗi tháng.",
        "more": "Từ năm sau mức này là {income_floor_next}.",
        "sources": [{"source": "luat-41-2024", "place": "Điều 31 khoản 2"}],
        "related": [],
        "opens": "contribution",
        "reviewed": datetime.date(2026, 11, 24),
        "review_by": datetime.date(2027, 1, 15),
        "phrasings": [
            "đóng ít nhất bao nhiêu",
            "mức thấp nhất",
            "gói rẻ nhất",
            "tối thiểu mấy trăm",
            "min là nhiêu",
            "thấp nhất",
        ],
    }
    return {key: value for key, value in {**entry, **changes}.items() if value is not ...}


def problems(questions: Mapping[str, object], **folders: Any) -> tuple[str, ...]:
    with pytest.raises(BrokenEntries) as broken:
        Library.from_data(questions, **folders, sources=SOURCES, figures=FIGURES, forms=FORMS)
    assert str(broken.value) == "\n".join(broken.value.problems)
    return broken.value.problems


def test_good_entries_are_read() -> None:
    library = Library.from_data(
        {"min_income": good()},
        {
            "unemployment_claim": {
                "question": "Trợ cấp thất nghiệp",
                "answer": "Hỏi nơi khác.",
                "phrasings": ["lãnh thất nghiệp"],
            }
        },
        {"thanks": {"question": "Cảm ơn", "answer": "Không có gì ạ.", "phrasings": ["cảm ơn nhé"]}},
        {"weather": {"phrasings": ["mai có mưa không"]}},
        sources=SOURCES,
        figures=FIGURES,
        forms=FORMS,
    )
    assert {entry.id: entry.kind for entry in library} == {
        "min_income": "answer",
        "unemployment_claim": "refer",
        "thanks": "chat",
        "weather": "unknown",
    }
    entry = library["min_income"]
    assert entry.sources[0].place == "Điều 31 khoản 2"
    assert entry.opens == "contribution"
    assert entry.review_by == datetime.date(2027, 1, 15)
    assert len(library) == 4
    assert "weather" in library


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"answer": ...}, "answer", "is missing"),
        ({"anwser": "x"}, "anwser", "unknown key"),
        ({"answer": 5}, "answer", "must be a text"),
        ({"answer": "  "}, "answer", "must be a text"),
        ({"topic": "money"}, "topic", "not one of: joining"),
        ({"topic": None}, "topic", "must be a text"),
        ({"review_by": None}, "review_by", "must be a date"),
        ({"opens": "lottery"}, "opens", "not one of: contribution, pension"),
        ({"reviewed": "24/11/2026"}, "reviewed", "must be a date"),
        ({"reviewed": datetime.datetime(2026, 11, 24, 8)}, "reviewed", "must be a date"),
        ({"review_by": datetime.date(2026, 11, 24)}, "review_by", "must be after reviewed"),
        ({"phrasings": ["một", "hai", "ba"]}, "phrasings", "at least 6"),
        ({"phrasings": "một câu"}, "phrasings", "must be a list"),
        ({"phrasings": [True, "b", "c", "d", "e", "f", "g"]}, "phrasings", "must be a text"),
        ({"phrasings": ["b", "c", "d", "e", "f", "g" * 201]}, "phrasings", "longer than 200"),
        ({"question": "dài " * 20}, "question", "60 characters"),
        ({"label": "dài " * 10}, "label", "32 characters"),
        ({"label": "Từ 330.000 đồng"}, "label", "is a number of the law"),
        ({"first": "yes"}, "first", "must be true or false"),
        ({"answered_by": "lottery"}, "answered_by", "not one of: contribution, pension"),
        ({"aspects": ["papers"]}, "aspects", "`key: value`"),
        ({"aspects": {"paper": "Căn cước."}}, "aspects paper", "not one of: papers, where, how"),
        ({"aspects": {"papers": 5}}, "aspects papers", "must be a text, or {see:"),
        ({"aspects": {"papers": "  "}}, "aspects papers", "must be a text"),
        ({"aspects": {"papers": {"sea": "min_income", "see": "min_income"}}}, "aspects papers sea", "unknown key"),
        ({"aspects": {"papers": {"see": "nowhere"}}}, "aspects papers", "'nowhere' is no entry"),
        ({"aspects": {"papers": {"see": "min_income", "aspect": "fee"}}}, "aspects papers aspect", "not one of"),
        ({"aspects": {"how": {"see": "min_income", "aspect": "wait"}}}, "aspects how", "'min_income' has no wait"),
        ({"aspects": {"how": {"see": "min_income", "aspect": "how"}}}, "aspects how", "circle: min_income how → min_"),
        ({"aspects": {"wait": "Trong {no_days}."}}, "aspects wait", "unknown figure {no_days}"),
        ({"aspects": {"amount": "Được 2 triệu."}}, "aspects amount", "«2 triệu» is a number of the law"),
        ({"sources": "luat"}, "sources", "must be a list"),
        ({"sources": [{"source": "luat-41-2024"}]}, "sources place", "is missing"),
        ({"sources": [{"source": "luat-99", "place": "Điều 1"}]}, "sources", "unknown source 'luat-99'"),
        ({"related": ["nowhere"]}, "related", "'nowhere' is no other entry"),
        ({"related": ["min_income"]}, "related", "'min_income' is no other entry"),
        ({"answer": "Mức {contribution_minimum}."}, "answer", "unknown figure {contribution_minimum}"),
        ({"more": "Mức {Contribution Min}."}, "more", "unknown figure"),
        ({"answer": "Đóng 330.000 đồng mỗi tháng."}, "answer", "«330.000 đồng» is a number of the law"),
        ({"answer": "Đóng 22% thu nhập."}, "answer", "«22%» is a number of the law"),
        ({"more": "Khoảng 1,5 triệu."}, "more", "«1,5 triệu» is a number of the law"),
        ({"question": "Có phải 22 phần trăm?"}, "question", "is a number of the law"),
        ({"phrasings": ["b", "c", "d", "e", "f", "Bao  nhiêu?", "bao nhiêu"]}, "phrasings", "stands already in"),
    ],
)
def test_each_mistake_is_named(changes: dict[str, object], field: str, says: str) -> None:
    found = problems({"min_income": good(**changes)})
    assert len(found) == 1
    assert found[0].startswith(f"faq/content/questions/min_income.yaml: {field}: ")
    assert says in found[0]


@pytest.mark.parametrize(
    ("field", "longest"),
    [
        ("question", lambda letters: "d" * letters),
        ("label", lambda letters: "d" * letters),
        ("phrasings", lambda letters: [*"bcdef", "g" * letters]),
    ],
)
def test_the_longest_there_may_be_is_no_mistake(field: str, longest: Callable[[int], object]) -> None:
    most = LONGEST[field.removesuffix("s")]
    just_fits = {"min_income": good(**{field: longest(most)})}
    assert "min_income" in Library.from_data(just_fits, sources=SOURCES, figures=FIGURES, forms=FORMS)
    assert len(problems({"min_income": good(**{field: longest(most + 1)})})) == 1


def other(**changes: object) -> dict[str, object]:
    """A second entry beside the good one."""
    return good(question="Đóng mấy năm?", phrasings=["h", "b", "c", "d", "e", "f"], **changes)


def test_what_another_entry_says_is_followed_to_where_it_stands_in_words() -> None:
    library = Library.from_data(
        {
            "min_income": good(
                aspects={
                    "where": {"see": "other", "aspect": "where"},
                    "papers": {"see": "other", "aspect": "papers"},
                    "amount": {"see": "min_income"},
                    "wait": "Ngay hôm ấy.",
                }
            ),
            "other": other(aspects={"where": "Ở xã.", "papers": {"see": "last"}}),
            "last": good(question="Giấy tờ gì?", phrasings=[*"ijklmn"], answer="Căn cước."),
        },
        sources=SOURCES,
        figures=FIGURES,
        forms=FORMS,
    )
    assert library["min_income"].aspects == {
        "where": "Ở xã.",
        "papers": "Căn cước.",
        "amount": "Mức thấp nhất là {contribution_min} mỗi tháng.",
        "wait": "Ngay hôm ấy.",
    }
    assert library["min_income"].said_by == {"where": "other", "papers": "last", "amount": "min_income"}
    assert "Ở xã." not in dict(library["min_income"].texts()).values()


def test_entries_that_send_to_each_other_in_a_circle_are_refused_with_the_whole_way() -> None:
    first = good(aspects={"where": {"see": "other", "aspect": "how"}})
    found = problems({"min_income": first, "other": other(aspects={"how": {"see": "min_income", "aspect": "where"}})})
    assert [each.split(": ")[:2] for each in found] == [
        ["faq/content/questions/min_income.yaml", "aspects where"],
        ["faq/content/questions/other.yaml", "aspects how"],
    ]
    assert "min_income where → other how → min_income where" in found[0]


def test_an_entry_that_says_nothing_can_not_say_it_for_another() -> None:
    sent = {"min_income": good(aspects={"papers": {"see": "weather"}})}
    (found,) = problems(sent, offtopic={"weather": {"phrasings": ["mai có mưa không"]}})
    assert "aspects papers: 'weather' has no answer" in found


def test_what_stands_on_a_button_is_the_label_and_of_what_is_no_answer_the_question() -> None:
    thanks = {"question": "Cảm ơn", "answer": "Không có gì ạ.", "phrasings": ["cảm ơn nhé"]}
    library = Library.from_data(
        {"min_income": good(label="Đóng ít nhất?")},
        smalltalk={"thanks": thanks},
        sources=SOURCES,
        figures=FIGURES,
        forms=FORMS,
    )
    assert [entry.label for entry in library] == ["Đóng ít nhất?", "Cảm ơn"]


def test_an_answer_without_a_short_form_is_told() -> None:
    (found,) = problems({"min_income": good(label=...)})
    assert found == "faq/content/questions/min_income.yaml: label: is missing; add `label:`"


def test_every_problem_is_told_at_once() -> None:
    found = problems({"a": good(topic="x", opens="y"), "b": "not a mapping"}, smalltalk={"c": {"question": "Chào"}})
    assert [problem.split(": ")[0] for problem in found] == [
        "faq/content/questions/a.yaml",
        "faq/content/questions/a.yaml",
        "faq/content/questions/b.yaml",
        "faq/content/smalltalk/c.yaml",
        "faq/content/smalltalk/c.yaml",
    ]


def test_a_broken_entry_is_not_told_of_again_by_its_neighbours() -> None:
    second = other(related=["min_income"], aspects={"where": {"see": "min_income", "aspect": "where"}})
    (found,) = problems({"min_income": good(topic="x"), "other": second})
    assert found.startswith("faq/content/questions/min_income.yaml: topic: ")


def test_one_phrasing_in_two_entries_is_named_with_both_files() -> None:
    second = good(phrasings=["Đóng ít nhất bao nhiêu?", "b", "c", "d", "e", "f"])
    (found,) = problems({"min_income": good(), "other": second})
    assert found.startswith("faq/content/questions/other.yaml: phrasings: «Đóng ít nhất bao nhiêu?»")
    assert "faq/content/questions/min_income.yaml" in found


def test_one_id_in_two_folders_is_refused() -> None:
    (found,) = problems({"min_income": good()}, offtopic={"min_income": {"phrasings": ["xem bói"]}})
    assert "already an entry of another folder" in found


def test_dates_and_document_numbers_are_no_numbers_of_the_law() -> None:
    text = "Theo Luật 41/2024/QH15 từ 01/07/2025, Tờ khai TK1-TS, gọi trong giờ làm việc, năm 2027."
    assert len(Library.from_data({"min_income": good(answer=text)}, sources=SOURCES, figures=FIGURES, forms=FORMS)) == 1


def test_more_phrasings_are_known_but_none_twice_and_none_of_nobody() -> None:
    library = Library.from_data(
        {"a": good(), "b": good(phrasings=["một", "hai", "ba", "bốn", "năm sáu", "bảy"])},
        sources=SOURCES,
        figures=FIGURES,
        forms=FORMS,
    )
    more = library.with_phrasings(
        [("a", "rẻ nhất mấy đồng"), ("b", "RẺ nhất mấy đồng?"), ("c", "ai biết"), ("b", "Hai!")]
    )
    assert more["a"].phrasings == (*library["a"].phrasings, "rẻ nhất mấy đồng")
    assert more["b"] == library["b"]
    assert "c" not in more
    assert library.with_phrasings([]) is library
    assert (more.owner_of("Rẻ nhất, mấy đồng"), library.owner_of("rẻ nhất mấy đồng")) == ("a", None)
