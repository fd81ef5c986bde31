"""What a text states of a person and of what they wish: one reader, at the door and at every question of a form."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.reading.birth_windows import window_in
from handlers.reading.choices import Sex, sexes_in
from handlers.reading.courtesies import without_courtesy
from handlers.reading.dates import Birth, agreed
from handlers.reading.frequencies import Frequency, frequencies_in
from handlers.reading.histories import find_history
from handlers.reading.passages import Cues, Mention, Passage, mentions
from handlers.reading.persons import Whom
from handlers.reading.subjects import of_one
from handlers.reading.support_groups import agreed_groups, groups_in
from handlers.reading.told_amounts import amounts_taken, amounts_told
from handlers.reading.told_at_once import at_once
from handlers.reading.told_births import births_in
from handlers.reading.told_circumstances import circumstances_in
from handlers.reading.told_deaths import died
from handlers.reading.told_lengths import lengths_told
from handlers.reading.told_levels import LevelInWords, levels_told
from handlers.reading.told_payments import first_paid, hired, paid_ahead, stopped
from handlers.reading.told_pensions import pensions_told
from handlers.reading.told_pregnancies import born_together, due, with_child
from handlers.reading.withdrawals import Why
from handlers.reading.words import Phrases, composed, only, phrases
from law.base.month import Month
from law.paying.support import SupportGroup
from law.pension.history import Scheme
from vietnamese.normalize import folded_words

_CHOSEN = ("income", "money")
_KINDS: Mapping[Scheme | None, tuple[str, str]] = {
    "voluntary": ("own", "past"),
    "compulsory": ("firm", "wage"),
    None: ("paid", "past"),
}
"""By the kind of insurance of a period, the facts that its length and its level are."""
_DATED = ("first", "stopped", "paid", "own", "firm")
_BY_KIND = {"own": "firm", "firm": "own"}
_OF_WHICH = Cues(Phrases(phrases(True, "trong đó | trong số đó | trong ấy")))
_PAID_AHEAD = re.compile(r"\b(?:dong|nop) truoc(?: (?:mot|1) lan)?(?: ca)? (3|6|12) thang\b")
_NOTHING_SINCE = re.compile(
    r"\b(?:chua|khong) dong (?:lai|tiep|them|dau|nua)\b|"
    r"\b(?:nghi|ngung|bo|thoi)(?: \w+){0,2}? (?:den|toi) (?:nay|gio)\b"
)
"""«… tới 12/2019, nghỉ tới giờ, chưa đóng lại»: after what was paid, and no pause among it."""
_PAUSES = re.compile(
    r"\b(?:khong|chua|nghi|ngung|bo|dung) (?:co )?dong\b(?! (?:cong ty|bat buoc))"
    r"|\bo nha\b|\bthat nghiep\b|\bgian doan\b"
)
"""Where a text tells of time without payments, which of its dates are of payments is not taken for granted."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was stated of one person, as far as it is clear; amounts in dong a month, lengths of time in months."""

    whom: Whom | None = None
    sex: Sex | None = None
    birth: Birth | None = None
    groups: tuple[SupportGroup, ...] | None = None
    """The household's and the person's groups, sorted; («other»,) where all are denied."""
    paid: int | None = None
    """Months paid so far, of a kind not said."""
    own: int | None = None
    """Months paid voluntarily so far."""
    firm: int | None = None
    """Months paid as an employee so far."""
    past: int | None = None
    """The income level of the voluntary months so far."""
    wage: int | None = None
    """The average wage of the months as an employee."""
    payment: int | None = None
    """What is to be paid."""
    income: int | None = None
    """The income level to be chosen."""
    money: int | None = None
    """An amount of which it is not said what it is."""
    wanted: int | None = None
    """A pension wished for."""
    level: LevelInWords | None = None
    """The lowest or the highest level of income, chosen in words."""
    every: Frequency | None = None
    """Every how many months it is to be paid."""
    ahead: int | None = None
    """Months to be paid for at once, beyond a year («đóng luôn một lần cho 3 năm sau»)."""
    total: int | None = None
    """Months to be paid in all, or for how long to pay («đóng 20 năm thì»)."""
    span: int | None = None
    """A length of time of which it is not said what it is."""
    first: Month | int | None = None
    """The first month paid, or its year alone."""
    stopped: Month | None = None
    """The last month paid; the month of the reading where they still pay."""
    hired: Month | None = None
    """The month from which compulsory insurance is paid, in the middle of what was paid for at once."""
    ahead_until: Month | None = None
    """The month up to which was paid ahead."""
    due: Month | None = None
    """When a birth is expected, or was."""
    children: int | None = None
    """How many are born together."""
    died: Month | None = None
    drawing: bool | None = None
    """Whether a pension is drawn, or was at death."""
    pension: int | None = None
    """The pension that is drawn, or was, in dong a month."""
    drawn: int | None = None
    """Months for which a pension was drawn."""
    why: Why | None = None
    """Why the money is to be taken out."""

    @property
    def empty(self) -> bool:
        return self == Facts()

    def names(self) -> tuple[str, ...]:
        """The names of the facts that are stated."""
        return tuple(each.name for each in dataclasses.fields(self) if getattr(self, each.name) is not None)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text states, and how it was read."""

    facts: Facts = dataclasses.field(default_factory=Facts)
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By the name of a fact, the words of the text that gave it."""
    rest: str = ""
    """The text without those words: folded, without punctuation."""
    others: tuple[Facts, ...] = ()
    """What is told of the others named, the writer too («self»): each their own facts only, `whom` said in each."""


@functools.lru_cache(maxsize=16)  # one message is read by whoever may take it
def stated(text: str, today: datetime.date) -> Stated:
    """Read a text, a short answer or a letter, of the one person it mostly speaks of.

    What is said twice and differently is None, and so are the facts of anybody else.

    >>> stated("nữ sinh 8/1974 đóng 7 năm mức 1tr5", datetime.date(2026, 11, 27)).facts.birth
    Birth(year=1974, month=8, day=None, approximate=False)
    """
    passage = Passage.of(text, today)
    said = _said(passage)
    person, told, others = of_one(passage, said)
    told = _by_kind(passage, told)
    values = _values(told)
    spans = [(one.fact, one.first, one.after) for one in told]
    if person is not None and (person.whom != "self" or person.payee):
        values["whom"] = person.whom
        spans.append(("whom", person.first, person.after))
        if person.sex is not None and values.setdefault("sex", person.sex) != person.sex:
            del values["sex"]
    of_another = any(one.fact in _DATED for theirs in others.values() for one in theirs)
    if not {"paid", "own", "firm"} & values.keys() and not of_another:
        periods = _of_periods(text, today)
        of_the_past = (periods.get("past"), periods.get("wage"))
        now = {name: value for name, value in values.items() if name not in _CHOSEN or value not in of_the_past}
        values = {**periods, **now}  # the level of a period is none to be chosen
    if {"payment", "income", "wanted"} & values.keys():
        values.pop("money", None)
    window = window_in(passage)
    if window is not None:
        values.setdefault("due", window.due)
        if window.first <= Month.of(today):
            values.setdefault("first", window.first)
    ahead = _PAID_AHEAD.search(folded_words(text))
    if ahead is not None:  # «đóng trước 12 tháng» are to come, and none that were paid so far
        months = int(ahead[1])
        if values.get("paid") == months:
            values = {name: value for name, value in values.items() if name not in ("paid", "stopped")}
        values["every"] = months
    started = values.get("first")
    if "every" in values and isinstance(started, Month) and (month := hired(passage, started)) is not None:
        values.pop("stopped", None)
        values["hired"] = month
    if (of_a_man := others.get("husband")) is not None and "due" not in values:  # «cháu với chồng …, đang mang thai»
        expected = _values(of_a_man).get("due")
        values.update({} if expected is None else {"due": expected})
    words, rest = _words_and_rest(text, passage, [span for span in spans if span[0] in values])
    beside = tuple(Facts(**{"whom": whom, **_values(theirs)}) for whom, theirs in others.items())  # type: ignore[arg-type]
    return Stated(Facts(**values), words, rest, beside)  # type: ignore[arg-type]


def _of_periods(text: str, today: datetime.date) -> dict[str, object]:
    """Months paid, by kind, with their level, of who tells from when to when and not how long: «tự nguyện từ 1/2010 tới
    12/2025 mức 2 triệu»."""
    if _PAUSES.search(_NOTHING_SINCE.sub(" ", folded_words(text))) is not None:
        return {}
    periods = find_history(text, today) or ()
    if not periods or any(one.stretch.by_year for one in periods):
        return {}
    lengths: dict[str, int] = {}
    levels: dict[str, set[int]] = {}
    for one in periods:
        kind, level = _KINDS[one.scheme]
        lengths[kind] = lengths.get(kind, 0) + (one.stretch.last - one.stretch.first + 1)
        levels.setdefault(level, set()).update(() if one.income is None else (one.income,))
    dates = {"first": min(one.stretch.first for one in periods), "stopped": max(one.stretch.last for one in periods)}
    if "paid" in lengths:
        return {"paid": sum(lengths.values()), **dates}
    return {**lengths, **dates, **{level: of.pop() for level, of in levels.items() if len(of) == 1}}


_SAYS_NOTHING = frozenset("toi tui em minh chau la a da u ma".split())
"""Beside facts: «tôi là nữ»."""


def states_only(text: str, today: datetime.date) -> bool:
    """Whether a text states facts and says nothing else, courtesies aside: «hộ cận nghèo nha»."""
    core = stated(without_courtesy(text), today)
    return not (core.facts.empty or set(core.rest.split()) - _SAYS_NOTHING)


def _by_kind(passage: Passage, told: list[Mention]) -> list[Mention]:
    """«đóng được 6 năm mức 1tr5, ở công ty 3 năm»: what has a level of income chosen, and no kind, was voluntary.
    «12 năm, trong đó 7 năm công ty»: the rest is of the other kind."""
    lengths = {one.fact: one for one in told if one.fact in _BY_KIND or one.fact == "paid"}
    parts = lengths.keys() - {"paid"}
    if "paid" not in lengths or len(parts) != 1:
        return told
    part, total = lengths[parts.pop()], lengths["paid"]
    if not (isinstance(part.value, int) and isinstance(total.value, int)):
        return told
    other = _BY_KIND[part.fact]
    if _OF_WHICH.any(passage.tokens, total.after, part.first):
        rest = replace(total, fact=other, value=total.value - part.value)
    elif other == "own" and any(one.fact == "past" for one in told):
        rest = replace(total, fact=other)
    else:
        return told
    return [rest if one is total else one for one in told]


def _values(told: Iterable[Mention]) -> dict[str, object]:
    """By the name of a fact what its mentions agree on."""
    by_fact: dict[str, list[object]] = {}
    for one in told:
        by_fact.setdefault(one.fact, []).append(one.value)
    agreed_on = {fact: _agreed(fact, values) for fact, values in by_fact.items()}
    return {fact: value for fact, value in agreed_on.items() if value is not None}


def _said(passage: Passage) -> list[Mention]:
    """Everything that is said of anybody. The order decides: what one reader took, the next does not look at."""
    tokens = passage.tokens
    together = mentions(passage, born_together, take=False)
    bearing = mentions(passage, with_child)
    calendar = [one for read in (died, due, paid_ahead, stopped, first_paid) for one in mentions(passage, read)]
    expected = only(one.value for one in calendar if one.fact == "due")  # «bầu 6 tháng, dự sinh đầu tháng 3/2027»
    calendar += bearing if expected is None else [replace(one, value=expected) for one in bearing]
    births = births_in(passage)
    pensions = pensions_told(passage)
    at_a_time = mentions(passage, at_once)
    groups = [Mention("groups", group, first, after) for group, first, after in groups_in(tokens)]
    amounts = amounts_taken(passage)
    every = [
        Mention("every", often, first, after)
        for often, first, after in frequencies_in(tokens)
        if passage.free(first, after) and not _is_a_rate(passage, first, after)
    ]
    sexes = [Mention("sex", sex, first, after) for sex, first, after in sexes_in(tokens, accented=passage.accented)]
    standing = circumstances_in(passage)
    for one in (*groups, *every, *standing):
        passage.take(one.first, one.after)
    lengths = lengths_told(passage, priced=bool(groups or amounts), born=bool(births))
    money = amounts_told(passage, amounts, lengths)
    said = [
        *together,
        *calendar,
        *births,
        *groups,
        *at_a_time,
        *every,
        *pensions,
        *sexes,
        *standing,
        *lengths,
        *money,
        *levels_told(passage, lengths),
    ]
    return [one for one in said if one.fact == "groups" or not _is_denied(passage, one)]


def _is_denied(passage: Passage, one: Mention) -> bool:
    """Whether «không phải» stands right before: «nam chứ không phải nữ», «3 triệu, không phải 2 triệu»."""
    if passage.begins(one.first):
        return False
    before = [token.fold for token in passage.tokens[max(0, one.first - 3) : one.first]]
    return (
        before[-2:] == ["khong", "phai"]
        or before == ["khong", "phai", "la"]
        or before[-2:]
        in (
            ["chu", "khong"],
            ["cho", "khong"],
        )
    )


def _is_a_rate(passage: Passage, first: int, after: int) -> bool:
    """Whether «mỗi tháng» says of what time an amount beside it is: «đóng mỗi tháng một triệu hai», «3 trieu dong moi
    thang»."""
    beside = passage.taken[first - 1 : first] + passage.taken[after : after + 1]
    return passage.tokens[first].fold in ("moi", "mot", "1") and any(beside)


def _agreed(fact: str, values: list[object]) -> object:
    """The one value that all the mentions of a fact mean; None where they differ."""
    if fact == "birth":
        return agreed([one for one in values if isinstance(one, Birth)], about=False)
    if fact == "groups":
        return agreed_groups(values)  # type: ignore[arg-type]
    return only(values)


def _words_and_rest(text: str, passage: Passage, spans: Iterable[tuple[str, int, int]]) -> tuple[dict[str, str], str]:
    """The words of every fact as they were typed; and the rest of the text, folded."""
    typed = composed(text)
    words: dict[str, str] = {}
    gone = bytearray(len(typed))
    for fact, first, after in sorted(spans, key=lambda one: one[1]):
        start, end = passage.tokens[first].span[0], passage.tokens[after - 1].span[1]
        words[fact] = f"{words[fact]} {typed[start:end]}" if fact in words else typed[start:end]
        gone[start:end] = b"\x01" * (end - start)
    left = "".join("\n" if taken else letter for letter, taken in zip(typed, gone, strict=True))
    return words, folded_words(left)
