"""«Gửi cho người nhà»: one message to forward, with its source and a link that leads to nobody; and taking it back."""

from __future__ import annotations

import dataclasses
import re

import pytest

from handlers import router
from handlers.answers import passed_on
from handlers.dialogue.context import Context, Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.records import Shared, Unshared
from handlers.dialogue.state import State
from handlers.dialogue.turn import Button, Picture, Text, Turn
from tests.conftest import TODAY

CODE = "s-0123456789abcdef0123"
SEND = "📨 Gửi cho người nhà"


@pytest.fixture
def named(resources: Resources) -> Resources:
    return dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, link="https://t.me/bhxh_bot"))


def says(resources: Resources, state: State, text: str, delivery: str = "1") -> Turn:
    kind = "press" if "|" in text else "text"
    return router.converse(Message(kind, delivery, TODAY, text), Memory(state, share_code=CODE), resources)  # type: ignore[arg-type]


def buttons(turn: Turn) -> dict[str, str]:
    texts = [each for each in turn.replies if isinstance(each, Text)]
    shown: list[Button] = [button for text in texts for row in text.buttons for button in row]
    return {each.label: each.data for each in shown}


def with_details(resources: Resources) -> Turn:
    """The details of an answer."""
    answered = says(resources, State(), "đóng mấy năm thì có lương hưu", "0")
    return says(resources, answered.state, buttons(answered)["📄 Chi tiết và căn cứ"])


def test_an_answer_is_passed_on_whole_with_its_source_and_the_persons_link(named: Resources) -> None:
    answered = with_details(named)
    turn = says(named, answered.state, buttons(answered)[SEND], "2")
    how, message = turn.replies
    assert isinstance(how, Text)
    assert isinstance(message, Text)
    said = named.answer("pension_min_years", TODAY.date())
    assert message.html.startswith(f"<b>{said.label}</b>")
    assert said.sources[0] in message.html
    assert f"https://t.me/bhxh_bot?start={CODE}" in message.html
    assert message.buttons == ()
    assert "Chuyển tiếp" in how.html
    assert turn.records == (Shared("button", "pension_min_years"),)
    assert turn.state.entry == answered.state.entry


def test_where_there_is_a_page_with_every_way_the_link_leads_there(named: Resources) -> None:
    paged = dataclasses.replace(named, manner=dataclasses.replace(named.manner, page="https://tro-ly.example.vn"))
    picture = says(paged, State(), "/chiase").replies[0]
    assert isinstance(picture, Picture)
    assert picture.figures["link"] == f"https://tro-ly.example.vn/c/{CODE}"
    only_page = dataclasses.replace(paged, manner=dataclasses.replace(paged.manner, link=None))
    assert says(only_page, State(), "/chiase").replies[0] == picture
    posted = passed_on.to_post(Context(Message("text", "1", TODAY, ""), Memory(share_code=CODE), paged), "pension_age")
    assert f"https://t.me/bhxh_bot?start={CODE}" in posted.foot, "who reads it is on Telegram"


def test_it_stands_under_every_answer_in_no_row_of_its_own_where_another_has_room(named: Resources) -> None:
    for question in ("đóng mấy năm thì có lương hưu", "đăng ký tham gia ở đâu"):
        (said, *_) = says(named, State(), question, "0").replies
        assert isinstance(said, Text)
        (row,) = [row for row in said.buttons if any(each.label == SEND for each in row)]
        assert len(row) == 2, question


PENSION = "nữ sinh 8/1974 hộ cận nghèo đóng được 7 năm mức 1tr5 thì lương hưu bao nhiêu"


def test_of_a_result_nothing_is_sent_but_an_invitation_until_the_person_has_seen_the_amounts(named: Resources) -> None:
    reckoned = says(named, State(), PENSION, "0")
    sent = says(named, reckoned.state, buttons(reckoned)[SEND], "1")
    how, message = sent.replies
    assert isinstance(how, Text)
    assert isinstance(message, Text)
    assert not re.search(r"\d", message.html.replace(CODE, "")), "no amount, age or time"
    for words in ("nghèo", "nữ"):
        assert words not in message.html
    assert how.pass_on is not None
    assert (how.pass_on.link, CODE) == (f"https://t.me/bhxh_bot?start={CODE}", CODE)
    assert how.pass_on.words in plain(message.html)
    assert sent.records == (Shared("button", "pension"),)
    amounts = says(named, sent.state, buttons(sent)["Gửi kèm số tiền vừa tính"], "2")
    warned, whole = amounts.replies
    assert isinstance(warned, Text)
    assert isinstance(whole, Text)
    assert "đọc kỹ" in warned.html
    (result,) = [each for each in reckoned.replies if isinstance(each, Text)][:1]
    assert "Tính cho:" in result.html
    assert "Tính cho:" not in whole.html
    assert "đ</b> một tháng" in whole.html
    assert "&lt;b&gt;" not in whole.html
    assert warned.pass_on is not None
    assert " ".join(warned.pass_on.words.split()) in " ".join(plain(whole.html).split()), "nothing is sent unseen"
    assert whole.buttons == ()


def test_the_amounts_of_an_older_result_are_not_sent(named: Resources) -> None:
    reckoned = says(named, State(), PENSION, "0")
    sent = says(named, reckoned.state, buttons(reckoned)[SEND], "1")
    again = says(named, sent.state, "còn nam thì sao", "2")
    for old in (buttons(reckoned)[SEND], buttons(sent)["Gửi kèm số tiền vừa tính"]):
        assert says(named, again.state, old, "3").records == ()


def test_without_a_link_no_button_hands_it_on(resources: Resources) -> None:
    answered = with_details(resources)
    how, _ = says(resources, answered.state, buttons(answered)[SEND], "2").replies
    assert isinstance(how, Text)
    assert how.pass_on is None


def test_without_a_public_name_it_is_passed_on_without_a_link(resources: Resources) -> None:
    answered = with_details(resources)
    message = says(resources, answered.state, buttons(answered)[SEND], "2").replies[1]
    assert isinstance(message, Text)
    assert "t.me" not in message.html
    assert CODE not in message.html


def test_it_is_taken_back_by_one_press(named: Resources) -> None:
    answered = with_details(named)
    sent = says(named, answered.state, buttons(answered)[SEND], "2")
    back = says(named, sent.state, buttons(sent)["Thu hồi đường dẫn đã gửi"], "3")
    assert back.records == (Unshared(),)


def test_the_qr_code_carries_the_persons_code_and_is_taken_back_by_one_press(named: Resources) -> None:
    shown = says(named, State(), "/chiase")
    picture = shown.replies[0]
    assert isinstance(picture, Picture)
    assert picture.figures["link"] == f"https://t.me/bhxh_bot?start={CODE}"
    assert shown.records == (Shared("link"),)
    back = says(named, shown.state, buttons(shown)["Thu hồi đường dẫn đã gửi"], "2")
    assert back.records == (Unshared(),)


def test_the_button_of_an_entry_that_is_no_more_is_old(named: Resources) -> None:
    turn = says(named, State(), "share|entry|gone_since")
    assert turn.records == ()


def test_the_code_is_read_for_whoever_passes_something_on_only() -> None:
    def needs(kind: str, text: str) -> frozenset[str]:
        return frozenset(router.needs(Message(kind, "1", TODAY, text), State()))  # type: ignore[arg-type]

    assert "share_code" in needs("press", "share|entry|pension_age")
    assert "share_code" in needs("text", "Gửi cho người nhà")
    for typed in ("/chiase", "Chia sẻ", "mã QR"):
        assert "share_code" in needs("text", typed)
    assert "share_code" not in needs("text", "đóng mấy năm thì có lương hưu")
    assert "share_code" not in needs("press", "more|pension_age")
