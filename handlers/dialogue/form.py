"""What a form is: a list of facts wanted, how each is asked and read, and what comes of them.

How one is filled in, in a conversation, is said in `filling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.dialogue.context import Context
from handlers.dialogue.records import Record
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Reply, Turn
from handlers.dialogue.values import Given, Values
from handlers.reading import Facts


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a field: what it carries, its words, and the values it stands for."""

    token: str
    label: str
    values: Given
    say_back: str = ""
    """What is said once, when it is chosen."""
    returns_to: str = ""
    """The earlier field it goes back to, where it gives no values: what was said from there on is forgotten."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a field asks: HTML, and the answers offered as buttons, `wide` to a row."""

    html: str
    choices: Sequence[Choice] = ()
    wide: int = 2


@dataclass(frozen=True, slots=True)
class Got:
    """A typed answer was understood: the values it gives, and what is said back before the next question.

    `returns_to` as of a `Choice`.
    """

    values: Given
    say_back: str = ""
    returns_to: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A typed answer was an attempt, but can't be right: what to say, with an example, and other buttons to offer."""

    html: str
    choices: Sequence[Choice] = ()


Reading = Got | Wrong | None
"""None: the text is no answer to the field at all; it may be a question."""


Wanted = Callable[[Context, Values], bool]


def always(context: Context, values: Values) -> bool:
    """Of a field that is asked whatever was said."""
    return True


def not_assumed(context: Context, values: Values) -> Given | None:
    """Of a field that nothing can be assumed for."""
    return None


@dataclass(frozen=True, slots=True)
class Fact:
    """How the answer to a field stands for what is known of a person."""

    names: tuple[str, ...]
    """The facts it is."""
    words: Callable[[Facts], str | None]
    """Facts as they would be typed in answer to the field, which reads and checks them; None where they say nothing."""
    learnt: Callable[[Values], Facts]
    """The facts that an answer tells."""
    said: Callable[[Context, Values], str]
    """The answer in words, as part of «Tính cho: …»; empty where it goes without saying."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks."""

    name: str
    ask: Callable[[Context, Values], Question]
    read: Callable[[Context, Values, str], Reading]
    example: str
    """The text that says what to type, with an example."""
    wanted: Wanted = always
    fact: Fact | None = None
    assume: Callable[[Context, Values], Given | None] = not_assumed
    """What is taken where a question is answered at once and nothing was told; it is said with the result."""
    resets: tuple[str, ...] = ()
    """The fields whose answers fall when this one is answered anew."""
    unasked: bool = False
    """Whether what may be assumed is, however the form was opened: other answers stand as buttons under the result."""

    def of_facts(self, context: Context, values: Values, facts: Facts) -> Reading:
        """The answer that facts are, checked like a typed one; None where they say nothing of it."""
        words = self.fact.words(facts) if self.fact is not None else None
        return None if words is None else self.read(context, values, words)


@dataclass(frozen=True, slots=True)
class Finished:
    """How a form ends: what is said, what is recorded, and the subject that may be rated."""

    replies: tuple[Reply, ...]
    records: tuple[Record, ...] = ()


def nothing_decided(context: Context, facts: Facts) -> str:
    """Of a form that decides nothing before all is told."""
    return ""


def nothing_read(context: Context, text: str) -> Given:
    """Of a form that reads facts only."""
    return {}


def never_told(facts: Facts) -> bool:
    """Of a form that no statement of facts alone opens."""
    return False


@dataclass(frozen=True, slots=True)
class Form:
    """A list of fields and its ending. `after` answers the buttons under the result, by their action.

    `name` is also that of its texts file, which says what stands on its buttons («menu», «opens»), beside its
    command («command») and in reports («topic»).
    """

    name: str
    command: str
    fields: tuple[Field, ...]
    finish: Callable[[Context, FormState], Finished]
    after: Mapping[str, Callable[[Context, FormState], Turn]] = field(default_factory=dict)
    entry: str = ""
    """The entry of the FAQ that tells papers, places and deadlines of what it reckons."""
    told_by: Callable[[Facts], bool] = never_told
    """Whether facts told without a question are a need that this form answers."""
    decides: Callable[[Context, Facts], str] = nothing_decided
    """What the facts known so far decide already, as HTML; empty where nothing."""
    considers: tuple[str, ...] = ()
    """The facts that what it decides goes by, beside those its fields want."""
    unclear: Mapping[str, str] = field(default_factory=dict)
    """What an amount or a length of time of which nothing is said most likely is, in the middle of it."""
    reads: Callable[[Context, str], Given] = nothing_read
    """The values that a whole sentence fills beside the facts it states."""
    formerly: tuple[str, ...] = ()
    """Names it once had: buttons sent then still carry them."""
    offers: Mapping[str, str] = field(default_factory=dict)
    """What may stand under its result: an action of `after` → the text on its button."""

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The names of the facts that its fields want."""
        return tuple(name for each in self.fields if each.fact is not None for name in each.fact.names)

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    def next_field(self, context: Context, values: Values) -> Field | None:
        """The first wanted field that has no value yet."""
        return next((each for each in self.fields if each.name not in values and each.wanted(context, values)), None)

    def takes(self, facts: Facts) -> tuple[str, ...]:
        """The names among these facts that one of its fields wants."""
        return tuple(name for name in facts.names() if name in self.asks_for or name in self.considers)
