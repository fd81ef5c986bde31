"""Text spoiled by old fonts and wrong encodings comes back as it was, and sound text is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.content import Content
from vietnamese.encodings import is_damaged, repaired

QUESTIONS = [
    "Bảo hiểm xã hội tự nguyện đóng bao nhiêu một tháng",
    "Đóng mấy năm thì có lương hưu ạ?",
    "Ở nhà nội trợ, làm ruộng có tham gia được không?",
    "Mất sổ rồi, xin cấp lại ở đâu (quê Nghệ An)?",
    "vợ tôi nghỉ việc 3 tháng, muốn rút một lần thì cần giấy tờ gì",
    "ĐÓNG BẢO HIỂM Ở ĐÂU",
]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_utf_8_read_as_something_else(text: str, wrong: str) -> None:
    spoiled = text.encode().decode(wrong, errors="replace" if wrong == "cp1252" else "strict")
    if "\ufffd" not in spoiled:  # cp1252 has no letter for five bytes
        assert repaired(spoiled) == text
        assert repaired(spoiled.replace("\xa0", " ")) == text


def test_utf_8_read_wrong_twice() -> None:
    text = "tiền đóng bảo hiểm"
    assert repaired(text.encode().decode("latin-1").encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    ("spoiled", "meant"),
    [
        ("B¶o hiÓm x· héi tù nguyÖn ®ãng bao nhiªu mét th¸ng", "Bảo hiểm xã hội tự nguyện đóng bao nhiêu một tháng"),
        ("§ãng mÊy n¨m th× cã l\xad¬ng h\xadu ¹?", "Đóng mấy năm thì có lương hưu ạ?"),
        ("mÊt sæ råi, xin cÊp l¹i ë ®©u", "mất sổ rồi, xin cấp lại ở đâu"),
    ],
)
def test_the_fonts_of_tcvn3(spoiled: str, meant: str) -> None:
    assert repaired(spoiled) == meant


@pytest.mark.parametrize(
    ("spoiled", "meant"),
    [
        ("Ñoùng maáy naêm thì coù löông höu", "Đóng mấy năm thì có lương hưu"),
        ("ruùt baûo hieåm xaõ hoäi moät laàn ñöôïc khoâng", "rút bảo hiểm xã hội một lần được không"),
        ("BAÛO HIEÅM XAÕ HOÄI", "BẢO HIỂM XÃ HỘI"),
        ("maát soå roài, kyù laïi ôû ñaâu", "mất sổ rồi, ký lại ở đâu"),
    ],
)
def test_the_fonts_of_vni(spoiled: str, meant: str) -> None:
    assert repaired(spoiled) == meant


@pytest.mark.parametrize(
    ("spoiled", "meant"),
    [
        ("Ðiều kiện rút một lần", "Điều kiện rút một lần"),
        ("ðang ði làm", "đang đi làm"),
        ("Ɖóng ở đâu", "Đóng ở đâu"),
        ("ngƣời lao động đƣợc", "người lao động được"),
        ("đóng bảо hiểm хã hội", "đóng bảo hiểm xã hội"),  # Cyrillic «о», «х»
    ],
)
def test_letters_that_only_look_like_ours(spoiled: str, meant: str) -> None:
    assert repaired(spoiled) == meant


def test_what_people_write_is_left_alone(content: Content) -> None:
    """None of thousands of phrasings, typed with and without accents, is taken for another encoding or for damaged."""
    phrasings = [phrasing for entry in content.library for phrasing in entry.phrasings]
    assert len(phrasings) > 5000
    assert [text for text in phrasings if repaired(text) != text or is_damaged(text)] == []
    capitals = [text.upper() for text in phrasings]
    assert [text for text in capitals if repaired(text) != text] == []
    parts = [unicodedata.normalize("NFD", text) for text in phrasings[::7]]
    assert [
        text for text in parts if unicodedata.normalize("NFC", repaired(text)) != unicodedata.normalize("NFC", text)
    ] == []


@pytest.mark.parametrize(
    "text", ["как получить пенсию", "我想退保险", "Señor, ¿cuánto?", "MÃ SỐ BHXH", "ÔNG BÀ", "CHÃ ", "€ 5 – £ 3", "👍"]
)
def test_other_languages_and_signs_are_left_alone(text: str) -> None:
    assert repaired(text) == text


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(repaired(text), str)
    assert is_damaged(text) in {True, False}
