"""What nobody has read in the law's own text is never told as fact: every entry and every talk, on three days.

What is looked for is found without the references that the texts carry: an amount is weak that a figure of the day is,
or that stands for one in what was said; a year is one that is written.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.base.content import read_raw_texts, read_yaml
from faq.library import Entry
from handlers import reading
from handlers.dialogue import whose_word
from handlers.dialogue.context import Context, Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.state import State
from handlers.dialogue.turn import Picture, Text
from handlers.router import converse
from law.base.ground import Ground
from law.base.law import Law
from law.figures import FigureOf, figures
from tests.conftest import TODAY
from vietnamese import references, wording

DAYS = [datetime.date(2026, 11, 27), datetime.date(2027, 1, 5), datetime.date(2027, 7, 5)]
NEW_FLOOR = datetime.date(2027, 1, 1)
DIALOGUES = sorted((Path(__file__).parents[2] / "dialogues").glob("*.yaml"))

_YEAR_BY_HAND = re.compile(r"năm 20(?:2[6-9]|[3-9]\d)\b")
_SINCE = re.compile(r"\b[Tt]ừ (?:ngày |tháng )?(?:(\d\d)/)?(\d\d?)/(20\d\d)\b")
_TO_COME = re.compile(r"\b(?:sẽ|sắp|sang năm)\b|(?<!trở )\blên\b")
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:tr|k|ng)\w*\s?\d*")
_NOW = re.compile(r"\bhiện nay\b|\bnay là\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


# --- what is looked for --------------------------------------------------------------------------


def weak_amounts(law: Law, day: datetime.date) -> Mapping[str, frozenset[str]]:
    """The amounts and rates of the day that rest on what was not read → whose word they are."""
    found: dict[str, frozenset[str]] = {}
    for each in figures(law, day).values():
        words = frozenset(whose(law, ground) for ground in each.grounds if confidence(law, ground) != "A")
        if words and each.unit in ("dong", "percent"):
            found[wording.figure(each)] = found.get(wording.figure(each), frozenset()) | words
    return found


def whose(law: Law, ground: Ground) -> str:
    dated = next(each for each in law.parameter(ground.parameter).values if each.since == ground.since)
    return law.sources[dated.source].told


def confidence(law: Law, ground: Ground) -> str:
    return next(each for each in law.parameter(ground.parameter).values if each.since == ground.since).confidence


def bare(text: str, amounts: Mapping[str, frozenset[str]]) -> list[str]:
    """The weak amounts of a text under which nobody is named whose word they are."""
    said = [each for each in amounts if re.search(rf"(?<![\d.,]){re.escape(each)}(?!\w)", text)]
    return [each for each in said if not any(word in text for word in amounts[each])]


def told_as_to_come(text: str, day: datetime.date) -> list[str]:
    """The clauses that tell of a day or month gone by as one to come."""
    found = []
    for clause in re.split(r"[.;\n]", text):
        dates = [(int(date[3]), int(date[2]), int(date[1] or 1)) for date in _SINCE.finditer(clause)]
        if _TO_COME.search(clause) and any(date <= (day.year, day.month, day.day) for date in dates):
            found.append(clause.strip())
    return found


def over_and_told_of_now(text: str, known: Mapping[str, FigureOf], law: Law, day: datetime.date) -> list[str]:
    """The lines of a template that say «hiện nay» of a value whose period is over."""
    return [
        line
        for line in text.splitlines()
        if _NOW.search(line)
        and any(
            law.on(day).stale(ground.parameter)
            for name in _PLACEHOLDER.findall(line)
            if name in known
            for ground in known[name].grounds
        )
    ]


def test_the_search_finds_what_it_looks_for(resources: Resources) -> None:
    law, day = resources.law, NEW_FLOOR
    amounts = weak_amounts(law, day)
    without_the_line = plain(context_on(resources, day).answer("min_income").short)
    assert {"484.000 đ", "2.200.000 đ", "387.200 đ"} <= {*bare(without_the_line, amounts)}
    assert bare("Hiện nay mức đóng thấp nhất là 484.000 đ.", amounts) == ["484.000 đ"]
    assert bare("Thấp nhất 484.000 đ.\nTheo Nghị định 351/2025 như báo chí đưa.", amounts) == []
    assert bare("Chọn 1.484.000 đ, gọi 1900 9068, lương cơ sở 2.530.000 đ.", amounts) == []
    assert told_as_to_come("Từ 01/01/2027 mức thấp nhất lên 2.200.000 đ.", day) != []
    assert told_as_to_come("Từ 01/01/2027 mức thấp nhất lên 2.200.000 đ.", DAYS[0]) == []
    premium = "Mức đóng hiện nay: {accident_premium_6}."
    assert over_and_told_of_now(premium, figures(law, day), law, day) == [premium]
    assert over_and_told_of_now(premium, figures(law, DAYS[0]), law, DAYS[0]) == []
    assert _YEAR_BY_HAND.search("lãi dùng cho năm 2026")
    assert not _YEAR_BY_HAND.search("lãi dùng cho năm {fund_rate_year}; từ 01/07/2025")


# --- every entry ---------------------------------------------------------------------------------


def written(entry: Entry) -> Iterator[tuple[str, str]]:
    return ((key, text) for key, text in entry.texts() if key not in ("question", "label"))


def context_on(resources: Resources, day: datetime.date) -> Context:
    at = datetime.datetime.combine(day, TODAY.timetz())
    return Context(Message("text", "1", at, ""), Memory(State()), resources)


@pytest.mark.parametrize("day", DAYS)
def test_no_entry_tells_as_fact_what_nobody_read(resources: Resources, day: datetime.date) -> None:
    context, amounts = context_on(resources, day), weak_amounts(resources.law, day)
    found = {}
    for entry in resources.library:
        said = context.answer(entry.id)
        for key, text in (("answer", said.short), ("more", said.more), *said.aspects.items()):
            shown = plain(whose_word.under(context, text))
            found[f"{entry.id} {key}"] = bare(shown, amounts) + told_as_to_come(shown, day)
    assert {place: problems for place, problems in found.items() if problems} == {}


@pytest.mark.parametrize("day", DAYS)
def test_no_entry_tells_of_now_what_is_over(resources: Resources, day: datetime.date) -> None:
    known = figures(resources.law, day)
    found = {
        f"{entry.id} {key}": lines
        for entry in resources.library
        for key, text in written(entry)
        if (lines := over_and_told_of_now(text, known, resources.law, day))
    }
    assert found == {}


def test_no_entry_has_a_year_of_a_value_typed_by_hand(resources: Resources) -> None:
    found = {
        f"{entry.id} {key}": years
        for entry in resources.library
        for key, text in written(entry)
        if (years := _YEAR_BY_HAND.findall(text))
    }
    assert found == {}


def test_a_title_says_nothing_of_whose_word_it_is(resources: Resources) -> None:
    for day in DAYS:
        context = context_on(resources, day)
        for entry in resources.library:
            said = context.answer(entry.id)
            assert (references.of(said.question), references.of(said.label)) == ((), ())


def test_since_when_and_what_was_before_is_told_after_the_change(resources: Resources) -> None:
    before, after = (plain(context_on(resources, day).answer("change_2027").short) for day in DAYS[:2])
    assert "Từ 01/01/2027" in before
    assert "lên 2.200.000 đ" in before
    assert "Từ 01/01/2027" in after
    assert "trước đó 330.000 đ" in after
    assert "484.000 đ" in after


@pytest.mark.parametrize("entry_id", ["accident_insurance", "advance_payment"])
def test_a_value_whose_year_is_over_is_told_as_that_of_its_year(resources: Resources, entry_id: str) -> None:
    during, after = (context_on(resources, day) for day in DAYS[:2])
    assert "năm 2026" in during.answer(entry_id).short
    assert "31/12/2026" not in whose_word.under(during, during.answer(entry_id).short)
    told = plain(whose_word.under(after, after.answer(entry_id).short))
    assert "của năm 2026" in told
    assert "năm 2027 tôi chưa có" in told
    assert "mới có số đến 31/12/2026" in told


@pytest.mark.parametrize("entry_id", ["min_income", "cannot_afford", "state_support"])
def test_what_is_paid_is_still_told_after_the_change(resources: Resources, entry_id: str) -> None:
    for day in DAYS:
        said, known = context_on(resources, day).answer(entry_id), figures(resources.law, day)
        told = [each for each in ("own_min_poor", "support_poor") if wording.figure(known[each]) in plain(said.short)]
        assert told, (entry_id, day)


# --- every talk ----------------------------------------------------------------------------------


@dataclasses.dataclass
class Talk:
    """A person on one day, who types and presses."""

    resources: Resources
    day: datetime.date
    state: State = dataclasses.field(default_factory=State)
    said: int = 0
    buttons: dict[str, str] = dataclasses.field(default_factory=dict)

    def hears(self, kind: MessageKind, text: str) -> list[str]:
        self.said += 1
        at = datetime.datetime.combine(self.day, TODAY.timetz()) + datetime.timedelta(seconds=5 * self.said)
        message = Message(kind, str(self.said), at, text)
        turn = converse(message, Memory(self.state, offered_at=at), self.resources)
        self.state = turn.state
        texts = [each for each in turn.replies if isinstance(each, Text)]
        self.buttons = {each.label: each.data for text in texts for row in text.buttons for each in row}
        pictures = [each for each in turn.replies if isinstance(each, Picture)]
        shown = "\n".join(plain(each.html) for each in texts)
        assert references.of("".join(each.html for each in texts) + "".join(self.buttons)) == ()
        return [shown, *(f"{_amounts_of(each)}\n{each.figures.get('note', '')}" for each in pictures)]


def _amounts_of(picture: Picture) -> str:
    """The amounts a picture draws, as they are written on it."""
    rows = [each if isinstance(each, tuple) else (each,) for each in picture.figures.values()]
    numbers = [each for row in rows for each in row if isinstance(each, int)]
    return "; ".join(wording.money(each) for each in numbers if each >= 1000)


def played(path: Path, resources: Resources, day: datetime.date) -> Iterator[tuple[str, str]]:
    """What is said in a dialogue, were it held on this day: what was typed last, and what came."""
    dialogue = read_yaml(path.read_text(encoding="utf-8"), path.name)
    talk = Talk(resources, day)
    assert isinstance(dialogue, dict)
    for turn in dialogue["turns"]:
        if "says" in turn:
            yield from ((turn["says"], each) for each in talk.hears("text", turn["says"]))
        elif turn.get("presses") in talk.buttons:
            yield from ((turn["presses"], each) for each in talk.hears("press", talk.buttons[turn["presses"]]))


MORE = [
    ("hộ nghèo được nhà nước hỗ trợ bao nhiêu tiền", "chi tiết"),
    ("200k một tháng đóng được không",),
    ("/tinhdong", "50 nghìn", "chọn theo mức thu nhập", "1 triệu", "mức thấp nhất", "cận nghèo", "12 tháng"),
    ("/muchuu", "nữ", "5/1990", "chưa đóng", "khác", "200 triệu", "2 triệu", "chi tiết"),
    ("mức đóng thấp nhất là bao nhiêu", "cần giấy tờ gì", "được bao nhiêu", "ai được", "hạn khi nào", "chi tiết"),
    ("từ năm 2027 mức đóng thay đổi thế nào", "hạn khi nào", "ai được", "chi tiết"),
    ("đóng một lần cho nhiều năm sau được không", "được bao nhiêu", "chi tiết"),
    ("tai nạn lao động bhxh tự nguyện có trả không", "được bao nhiêu", "chi tiết"),
]
"""What else is typed, for the texts that no dialogue hears."""


PERCENT = (100, 45, 40)
"""What fifteen years bring of a level: where the person named the level, that pension rests on nothing else."""


def typed_amounts(text: str) -> set[str]:
    """The amounts somebody typed, and the pensions they bring."""
    facts = reading.stated(text, TODAY.date()).facts
    named = (facts.payment, facts.income, facts.money, facts.past, facts.wage, facts.wanted)
    typed = [each for each in (*named, *map(reading.money, _AMOUNT.findall(text))) if isinstance(each, int)]
    return {wording.money(each * percent // 100) for each in typed for percent in PERCENT}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("typed", MORE, ids=lambda typed: typed[0])
def test_no_other_talk_does_either(resources: Resources, typed: tuple[str, ...], day: datetime.date) -> None:
    amounts, talk = weak_amounts(resources.law, day), Talk(resources, day)
    own = {each for text in typed for each in typed_amounts(text)}
    for text in typed:
        for said in talk.hears("text", text):
            assert bare(said, {each: words for each, words in amounts.items() if each not in own}) == [], (text, said)
            assert told_as_to_come(said, day) == [], (text, said)


@pytest.mark.parametrize("day", DAYS)
def test_whose_word_it_is_is_said_once_in_a_message(resources: Resources, day: datetime.date) -> None:
    said = Talk(resources, day).hears("text", "hộ cận nghèo đóng 300k 6 tháng một lần")
    assert said[0].count("như báo chí đưa") == 1


def test_no_text_of_the_conversation_has_a_year_of_a_value_typed_by_hand() -> None:
    assert {name: text for name, text in read_raw_texts().items() if _YEAR_BY_HAND.search(text)} == {}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_no_talk_tells_as_fact_what_nobody_read(resources: Resources, path: Path, day: datetime.date) -> None:
    amounts = weak_amounts(resources.law, day)
    typed: set[str] = set()
    for text, said in played(path, resources, day):
        typed |= typed_amounts(text)
        assert bare(said, {each: words for each, words in amounts.items() if each not in typed}) == [], (text, said)
        assert told_as_to_come(said, day) == [], (text, said)
