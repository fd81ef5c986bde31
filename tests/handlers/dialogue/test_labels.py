"""What stands on a button does the same when it is typed: every button of every dialogue, and every name there is."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.base.content import read_yaml
from bot.base.settings import Staff
from bot.desk.resources import staff_hours
from bot.storage.states import to_json
from bot.testing.quotes import Quotes
from handlers import router
from handlers.calculators import menu
from handlers.dialogue import filling
from handlers.dialogue.context import Resources, plain
from handlers.dialogue.memory import KnownConversation, Memory
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.records import (
    Asked,
    BookDeleted,
    Offered,
    PaymentTakenBack,
    PaymentTold,
    Record,
    ReminderMoved,
    ReminderSet,
    ReminderStopped,
    Subscribed,
    Unsubscribed,
    Wrote,
)
from handlers.dialogue.state import State
from handlers.dialogue.turn import Button, Picture, Text, Turn
from tests.conftest import TODAY
from vietnamese.normalize import fold

DIALOGUES = sorted((Path(__file__).parents[2] / "dialogues").glob("*.yaml"))
MINUTE = datetime.timedelta(minutes=1)


class Talk:
    """One person's conversation, without channel or database: what the desk would remember is remembered here."""

    def __init__(self, resources: Resources, memory: Memory | None = None) -> None:
        self.resources, self.memory, self.at, self.turns = resources, memory or Memory(), TODAY, 0
        self.last = Turn((), State())

    def would(self, kind: MessageKind, text: str) -> Turn:
        """The turn that a message would lead to now."""
        return router.converse(Message(kind, str(self.turns + 1), self.at, text), self.memory, self.resources)

    def does(self, kind: MessageKind, text: str) -> Turn:
        self.last = self.would(kind, text)
        self.turns, self.at = self.turns + 1, self.at + MINUTE
        offered = [each for each in self.last.records if isinstance(each, Offered) and not each.asked_for]
        self.memory = dataclasses.replace(
            self.memory,
            state=self.last.state,
            offered_at=self.at if offered else self.memory.offered_at,
            offered_subjects=self.memory.offered_subjects | {each.subject for each in offered},
        )
        for record in self.last.records:
            self.reminded(record)
        return self.last

    def goes(self, says: Sequence[str], hears: Sequence[str], never: Sequence[str]) -> None:
        """These lines are said, and the last answer holds all of `hears` and none of `never`."""
        for each in says:
            self.says(each)
        first = self.last.replies[0]
        assert isinstance(first, Text)
        html = plain(first.html)
        assert [each for each in hears if each not in html] == [], html
        assert [each for each in never if each in html] == [], html

    def reminded(self, record: Record) -> None:
        """What they are reminded of, and what they told that they paid, as the desk would keep it."""
        held = {(each.kind, each.whom): each for each in self.memory.reminders}
        book = {(each.whom, each.period): each for each in self.memory.book}
        match record:
            case ReminderSet(each) | ReminderMoved(each):
                held[each.kind, each.whom] = each
            case ReminderStopped(kind, whom):
                held = {of: each for of, each in held.items() if kind not in (None, of[0]) or whom not in (None, of[1])}
            case PaymentTold(paid):
                book[paid.whom, paid.period] = paid
            case PaymentTakenBack(whom, period):
                book.pop((whom, period), None)
            case BookDeleted():
                book = {}
            case Subscribed(topics):
                self.memory = dataclasses.replace(self.memory, subscribed=topics)
            case Unsubscribed():
                self.memory = dataclasses.replace(self.memory, subscribed=())
        self.memory = dataclasses.replace(self.memory, reminders=tuple(held.values()), book=tuple(book.values()))

    def says(self, text: str) -> Turn:
        return self.does("text", text)

    def buttons(self) -> list[Button]:
        return buttons_of(self.last)

    def presses(self, label: str) -> Turn:
        (data,) = {each.data for each in self.buttons() if each.label == label}
        return self.does("press", data)


def buttons_of(turn: Turn) -> list[Button]:
    texts = [reply for reply in turn.replies if isinstance(reply, Text)]
    return [button for text in texts for row in text.buttons for button in row]


def said(turn: Turn) -> str:
    """All a person gets to see: words, what stands on buttons, pictures."""
    parts = []
    for reply in turn.replies:
        if isinstance(reply, Text):
            parts += [plain(reply.html), *(each.label for row in reply.buttons for each in row)]
        elif isinstance(reply, Picture):
            parts.append(f"{reply.name} {sorted(reply.figures.items())} {reply.caption}")
        else:
            parts.append(str(reply))
    return "\n".join(parts)


def turns_of(path: Path, resources: Resources) -> list[dict[str, Any]]:
    dialogue = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(dialogue, dict)
    quotes = Quotes(resources.law, TODAY.date()).calculated(dialogue.pop("figures", {}))
    turns: list[dict[str, Any]] = [quotes.said_in(turn) for turn in dialogue["turns"]]
    of_one_person = [] if dialogue.get("staff") or dialogue.get("role") else turns
    return list(itertools.takewhile(lambda turn: "clock_strikes" not in turn, of_one_person))


def walked(path: Path, resources: Resources) -> Iterator[Talk]:
    """The conversation of a dialogue after each of its turns."""
    talk, remembered = Talk(resources), dict[str, list[Button]]()
    for turn in turns_of(path, resources):
        if "says" in turn:
            talk.says(turn["says"])
        elif "presses" in turn:
            talk.presses(turn["presses"])
        elif "presses_old" in turn:
            of, label = turn["presses_old"]["of"], turn["presses_old"]["label"]
            talk.does("press", next(each.data for each in remembered[of] if each.label == label))
        elif "starts" in turn:
            talk.does("start", turn["starts"])
        elif "sends" in turn:
            talk.does("media", "")
        elif "later" in turn:
            talk.at += datetime.timedelta(**turn["later"])
        if "remember" in turn:
            remembered[turn["remember"]] = talk.buttons()
        yield talk


def told_of_her_pension(talk: Talk) -> None:
    """All the pension form asks, answered: the result is on the screen."""
    for words in ("/luonghuu", "nữ", "8/1974", "7 năm", "3 triệu", "tất cả", "khác", "3 triệu"):
        talk.says(words)
    assert talk.memory.state.result is not None


def same(pressed: Turn, typed: Turn) -> bool:
    """Whether both do the same. A form says «Bà con chọn: …» only to a press, for what is typed stands there."""
    chosen, heard = said(pressed), said(typed)
    return chosen == heard or (chosen.startswith("Bà con chọn: ") and chosen.endswith(heard))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_every_button_of_every_dialogue_does_the_same_when_its_label_is_typed(path: Path, resources: Resources) -> None:
    wrong, done = [], set[tuple[str, ...]]()
    for talk in walked(path, resources):
        for button in talk.buttons():
            name, *carried = button.data.split("|")
            what = (button.label, name, *(each for each in carried if not each.isdecimal()))
            if what in done or (filling.FIX in carried and carried[-1]):
                continue  # «sinh 8/1974» in a list of what may be corrected: typed, it is an answer
            done.add(what)
            pressed, typed = talk.would("press", button.data), talk.would("text", button.label)
            if not same(pressed, typed):
                wrong.append(f"«{button.label}»\npressed: {said(pressed)[:300]}\ntyped: {said(typed)[:300]}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("typed", ["{}", "dạ {} giúp em với ạ", "{} nhé"])
def test_a_label_is_known_without_its_picture_and_accents_and_among_words_of_courtesy(
    typed: str, resources: Resources
) -> None:
    talk = Talk(resources)
    told_of_her_pension(talk)
    wrong = []
    for button in talk.buttons():
        words = " ".join(re.findall(r"[a-z]+", fold(button.label)))
        if said(talk.would("text", typed.format(words))) != said(talk.would("press", button.data)):
            wrong.append((words, said(talk.would("text", typed.format(words)))[:200]))
    assert not wrong, wrong


def test_the_latest_of_two_buttons_with_one_label_is_meant(resources: Resources) -> None:
    talk = Talk(resources)
    for income in ("500k", "1 triệu"):
        talk.says("/tinhdong"), talk.says(income), talk.says("khác"), talk.says("hằng tháng")
    assert "1.000.000" in said(talk.says("tất cả cách đóng"))


def test_a_button_is_forgotten_when_it_left_the_screen(resources: Resources) -> None:
    talk = Talk(resources)
    talk.says("đóng mấy năm thì có lương hưu")
    last = talk.buttons()[-1]
    assert same(talk.would("press", last.data), talk.would("text", last.label))
    for _ in range(3):
        talk.says("/id")
    assert talk.memory.state.buttons == ()


def test_many_turns_keep_little(resources: Resources) -> None:
    """The state of a person is read and written with every message."""
    talk = Talk(resources)
    for topic in ("tham gia", "tiền đóng", "lương hưu", "rút một lần", "quyền lợi khác"):
        talk.says(topic)
        assert sum(map(len, talk.memory.state.buttons)) <= 40
        assert len(to_json(talk.memory.state)) < 4_000


def test_nothing_stays_on_the_screen_of_who_had_all_deleted(resources: Resources) -> None:
    talk = Talk(resources)
    talk.says("/tinh"), talk.says("xóa dữ liệu của tôi")
    talk.presses("Xoá hết")
    assert talk.memory.state.empty


# --- names that stand on no screen ---------------------------------------------------------------


@pytest.mark.parametrize("name", menu.FORMS)
def test_every_name_of_a_calculation_opens_it(name: str, resources: Resources) -> None:
    talk, of = Talk(resources), menu.FORMS[name]
    opened = said(talk.would("text", f"/{of.command}"))
    names = [resources.texts.label(each[name]) for each in (menu.MENU, menu.COMMAND, menu.OPENS, menu.TOPIC)]
    for label in names:
        assert said(talk.would("text", label)) == opened, label


def test_a_name_that_two_calculations_share_opens_neither(resources: Resources) -> None:
    names = [resources.texts.label(menu.OPENS[each]).partition(" ") for each in ("maternity", "social_pension")]
    shared = {words for _, _, words in names}
    assert len(shared) == 1, "the two have names of their own now: another pair is needed here"
    assert Talk(resources).says(shared.pop()).state.form is None


@pytest.mark.parametrize("command", [each for each in router.DESCRIPTIONS if each not in ("gapcanbo",)])
def test_what_stands_beside_a_command_is_the_command(command: str, resources: Resources) -> None:
    talk = Talk(resources)
    label = resources.texts.label(router.DESCRIPTIONS[command])
    assert said(talk.would("text", label)) == said(talk.would("text", f"/{command}"))
    assert said(talk.would("text", fold(label))) == said(talk.would("text", f"/{command}"))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("menu", "trogiup"),
        ("Menu ạ", "trogiup"),
        ("tính thai sản", "thaisan"),
        ("cho vợ em tính thai sản với", "thaisan"),
        ("từng đóng ở công ty", "tungdong"),
        ("xóa dữ liệu", "xoadulieu"),
        ("xoa du lieu cua toi", "xoadulieu"),
        ("tôi muốn xoá dữ liệu của tôi", "xoadulieu"),
        ("tính hưu", "luonghuu"),
        ("tính toán", "tinh"),
        ("chia sẻ", "chiase"),
        ("gui cho ban be", "chiase"),
        ("muốn lương hưu bao nhiêu", "muchuu"),
        ("cac phep tinh khac", "tinh"),
    ],
)
def test_what_people_call_a_command(typed: str, command: str, resources: Resources) -> None:
    talk = Talk(resources)
    assert said(talk.would("text", typed)) == said(talk.would("text", f"/{command}"))


@pytest.mark.parametrize("typed", ["anh", "tinh cảm", "không chia sẻ", "tôi chưa xóa dữ liệu", "mẹ tôi mất"])
def test_words_that_only_look_like_a_name_are_none(typed: str, resources: Resources) -> None:
    turn = Talk(resources).says(typed)
    assert any(isinstance(record, Asked) for record in turn.records)


def test_what_stands_under_a_result_says_what_to_calculate_first(resources: Resources) -> None:
    for typed, opens in (
        ("so các mức", "👵 Tính lương hưu"),
        ("kế hoạch (ảnh)", "👵 Tính lương hưu"),
        ("tat ca cach dong", "💰 Tính tiền đóng"),
        ("giấy tờ, cách làm", "🧮 Các phép tính khác"),
        ("tính lại", "🧮 Các phép tính khác"),
        ("bắt đầu lại", "🧮 Các phép tính khác"),
    ):
        talk = Talk(resources)
        turn = talk.says(typed)
        assert "tính trước" in said(turn), typed
        assert [each.label for each in talk.buttons()] == [opens], typed


def test_what_stands_under_a_result_acts_on_the_last_one_however_far_it_is_up(resources: Resources) -> None:
    talk = Talk(resources)
    told_of_her_pension(talk)
    (by_income,) = [each for each in talk.buttons() if "So các mức" in each.label]
    pressed = said(talk.would("press", by_income.data))
    for _ in range(4):
        talk.says("/id")
    assert said(talk.would("text", "so các mức")) == pressed
    assert isinstance(talk.would("text", "gửi ảnh cho tôi").replies[0], Picture)
    assert "Bà con là nam hay nữ?" in said(talk.would("text", "bắt đầu lại"))


# --- in the middle of something ------------------------------------------------------------------


def test_in_a_form_its_own_answers_come_before_a_label_on_the_screen(resources: Resources) -> None:
    talk = Talk(resources)
    told_of_her_pension(talk)
    talk.says("/thaisan")
    assert talk.says("tháng 12/2026").state.form is not None
    assert talk.memory.state.form is not None
    assert talk.memory.state.form.field != "born"
    assert isinstance(talk.would("text", "Kế hoạch của tôi (ảnh)").replies[0], Picture)


def test_what_goes_to_the_staff_is_no_press(resources: Resources) -> None:
    talk = Talk(resources)
    talk.says("lương hưu")
    question = talk.buttons()[0].label
    held = KnownConversation(7, True, True, TODAY, False, False, None)
    hours = Staff(group=-100)
    manner = dataclasses.replace(resources.manner, staff=staff_hours(hours))
    talk.resources = dataclasses.replace(resources, manner=manner)
    talk.memory = dataclasses.replace(talk.memory, conversation=held)
    turn = talk.would("text", question)
    assert [type(each) for each in turn.records] == [Wrote]
    asking = dataclasses.replace(
        talk.memory, conversation=None, state=dataclasses.replace(talk.memory.state, to_staff="")
    )
    talk.memory = asking
    assert talk.would("text", question).state.to_staff == question


def test_another_question_for_the_staff_is_typed_as_well_as_pressed(resources: Resources) -> None:
    manner = dataclasses.replace(resources.manner, staff=staff_hours(Staff(group=-100)))
    talk = Talk(dataclasses.replace(resources, manner=manner))
    talk.memory = Memory(question="nuôi ong thì sao")
    talk.says("/gapcanbo")
    (other,) = [each for each in talk.buttons() if "Hỏi câu khác" in each.label]
    assert talk.would("text", "hỏi câu khác").state.to_staff == ""
    assert said(talk.would("text", "hỏi câu khác")) == said(talk.would("press", other.data))
