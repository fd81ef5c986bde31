"""Different words for one thing lead to one concept, and accents keep different things apart."""

from collections import Counter
from collections.abc import Callable

import pytest

from bot.base.content import Content
from faq.engine.concepts import Concepts
from faq.engine.features import Counted, Space
from faq.engine.features import features as counted
from faq.synonyms import BrokenSynonyms, Synonyms

Spoken = Callable[[str, bool], tuple[str, ...]]
Features = Callable[[str, bool], Counter[str]]


@pytest.fixture(scope="module")
def concepts(content: Content) -> Spoken:
    return Concepts.of(content.library.synonyms).spoken


@pytest.fixture(scope="module")
def features(content: Content) -> Features:
    read = Concepts.of(content.library.synonyms)
    return lambda text, accents: counted(text, accents, read)


@pytest.mark.parametrize(
    "said", ["rút một lần", "lãnh một cục", "lấy một lần", "rut 1 lan", "nhận bảo hiểm xã hội một lần"]
)
def test_taking_the_money_out_is_one_thing(concepts: Spoken, said: str) -> None:
    assert {"withdraw", "once"} <= set(concepts(said, not said.isascii()))


@pytest.mark.parametrize(
    ("said", "spoken", "not_spoken"),
    [
        ("trợ cấp hưu trí xã hội", "social_pension", "pension"),
        ("mất sổ", "book_lost", "die"),
        ("chồng tôi mất", "die", "book_lost"),
        ("quên mật khẩu", "vssid", "die"),
        ("đóng bao nhiêu năm", "how_many_years", "contribution_amount"),
        ("đóng bao nhiêu tiền", "contribution_amount", "how_many_years"),
        ("đóng một lần", "pay_once", "withdraw"),
        ("hồ sơ xã hội", "papers", "where"),
        ("tham gia", "join", "collector"),
    ],
)
def test_near_words_are_kept_apart(concepts: Spoken, said: str, spoken: str, not_spoken: str) -> None:
    found = concepts(said, True)
    assert spoken in found
    assert not_spoken not in found


def test_hoi_and_nga_are_one(concepts: Spoken) -> None:
    assert concepts("sỗ bảo hiểm", True) == concepts("sổ bảo hiểm", True)


def test_a_word_with_many_meanings_says_nothing_without_accents(concepts: Spoken) -> None:
    assert "too_old" not in concepts("tham gia", False)
    assert "too_old" in concepts("tôi già", True)


def test_whose_year_or_number_it_is_does_not_matter(features: Features) -> None:
    assert features("sinh năm 1972", True) == features("sinh năm 1965", True)
    assert features("đóng 7 năm", True) == features("đóng 8 năm", True)
    assert features("đóng 15 năm", True) != features("đóng 8 năm", True)


def test_a_child_s_age_is_not_an_old_man_s(features: Features) -> None:
    assert features("14 tuổi mua được không", True) == features("16 tuổi mua được không", True)
    assert features("16 tuổi mua được không", True) != features("45 tuổi mua được không", True)
    assert features("45 tuổi mua được không", True) != features("67 tuổi mua được không", True)


def test_odd_months_of_a_duration_are_no_way_of_paying(concepts: Spoken, features: Features) -> None:
    assert features("đóng 14 năm 3 tháng", True) == features("đóng 14 năm", True)
    assert "modes" in concepts("đóng 3 tháng một lần", True)


def test_unknown_words_lower_what_is_known(features: Features) -> None:
    space = Space.build(Counted.of([features("rút một lần", True), features("đóng bao nhiêu", True)]))
    assert space.known(features("rút một lần", True)) == pytest.approx(1)
    assert space.known(features("rút thăm trúng thưởng", True)) < 0.5
    assert space.known(features("", True)) == 0
    assert len(space.vector(features("", True)).weights) == 0


def test_vectors_have_length_one(features: Features) -> None:
    space = Space.build(Counted.of([features("rút một lần", True)]))
    known, strange = (space.vector(features(text, True)).weights for text in ("rút một lần", "rút một lần lạ lùng"))
    assert sum(known**2) == pytest.approx(1)
    assert 0.1 < sum(strange**2) < 0.9


def test_a_table_that_is_wrong_is_refused_with_the_field_and_what_would_be_right() -> None:
    data: object = {"concepts": {"once": "một lần, , 1 lần", "die": "chết, mất, chết", "pay": ["đóng"]}, "ambiguous": 7}
    with pytest.raises(BrokenSynonyms) as broken:
        Synonyms.from_data(data)
    told = broken.value.problems
    assert [problem.split(": ")[1] for problem in told] == [
        "ambiguous",
        "concepts.once",
        "concepts.die",
        "concepts.pay",
    ]
    assert all(problem.startswith("faq/content/synonyms.yaml: ") for problem in told)
    assert "chết" in told[2]
    wrong: tuple[object, ...] = ([], {"concepts": {}}, {"concepts": {}, "ambiguous": "", "more": ""})
    for each in wrong:
        with pytest.raises(BrokenSynonyms):
            Synonyms.from_data(each)
    with pytest.raises(BrokenSynonyms):
        Synonyms.from_data({"concepts": [], "ambiguous": ""})
