"""The vocabulary of a conversation: what comes in, what is remembered, what is said, what a turn leaves behind.

A conversation is a function `(Message, Memory, Resources) -> Turn`. It fetches nothing and does nothing:
the desk reads the memory before and carries out the turn after, both in one transaction.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "press", "start", "media", "edit", "tick"]
"""text: typed; press: a button, its data; start: a link, its payload; media: no text; edit: a changed message;
tick: nobody did anything, it is time for something, named in its text."""

Place = Literal["private", "staff", "group"]
"""Where it was done: in the private chat of a person, in the group of the staff, in some other group."""

Value = str | int | bool | None | tuple[str, ...]
"""What a form remembers of one field: JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person did, as every channel reports it. `at` is in Asia/Ho_Chi_Minh."""

    kind: Kind
    delivery: str
    at: datetime.datetime
    text: str = ""
    place: Place = "private"
    replied: str = ""
    """In a group: the text of the message of the assistant that this one is a reply to."""

    @property
    def today(self) -> datetime.date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class FormState:
    """A form under way, or ended: its run (the delivery that opened it), the field asked, and what was said so far."""

    name: str
    run: str
    field: str
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    path: tuple[str, ...] = ()
    """The fields answered by the person, in order, so that «Quay lại» goes back the way they came."""
    ended: str = ""
    """When it ended, as ISO 8601: its details are told by the law of that moment."""
    begun: str = ""
    """When it was opened, as ISO 8601: what is said in a form is kept for a day at most."""


@dataclass(frozen=True, slots=True)
class State:
    """What one person's conversation remembers between two messages."""

    form: FormState | None = None
    result: FormState | None = None
    """The last finished form, so that «Chi tiết và căn cứ» under its result still speaks."""
    rate_on: str | None = None
    """The last offer to rate, so that a level typed in words finds it."""
    comment_on: str | None = None
    """The rating whose free comment is awaited."""
    asked: str | None = None
    """The last question answered, by its delivery, so that «Chưa đúng câu tôi hỏi» finds the other candidates."""
    candidates: tuple[str, ...] = ()
    """The entries that came next for it, best first."""
    unhelped: int = 0
    """How many questions in a row were not answered to the person's mind: first they rephrase, then see a person."""
    to_staff: str | None = None
    """The question, masked, that is about to be handed to the staff; empty while the next message is to be it."""
    entry: str | None = None
    """The entry answered last, so that «chi tiết» typed under it is understood."""

    @property
    def empty(self) -> bool:
        return self == State()

    @property
    def owes(self) -> bool:
        """Whether the person is in the middle of something that may have to be taken up again."""
        return self.form is not None

    def since(self, moment: datetime.datetime) -> State:
        """The state without forms opened before a moment, however often their person has written since."""

        def kept(form: FormState | None) -> FormState | None:
            old = form is not None and form.begun != "" and datetime.datetime.fromisoformat(form.begun) < moment
            return None if old else form

        return dataclasses.replace(self, form=kept(self.form), result=kept(self.result))

    def to_json(self) -> dict[str, object]:
        return {name: value for name, value in dataclasses.asdict(self).items() if value not in (None, (), 0)}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> State:
        """Read what `to_json` wrote; raises TypeError or KeyError for anything else."""

        def form(value: object) -> FormState | None:
            if value is None:
                return None
            if not isinstance(value, Mapping):
                raise TypeError(f"a form is a mapping, got {type(value).__name__}")
            values = {key: tuple(held) if isinstance(held, list) else held for key, held in value["values"].items()}
            return FormState(
                value["name"],
                value["run"],
                value["field"],
                values,
                tuple(value["path"]),
                value.get("ended", ""),
                value.get("begun", ""),
            )

        def word(value: object) -> str | None:
            return None if value is None else str(value)

        return cls(
            form(data.get("form")),
            form(data.get("result")),
            word(data.get("rate_on")),
            word(data.get("comment_on")),
            word(data.get("asked")),
            tuple(str(each) for each in _list(data.get("candidates"))),
            _number(data.get("unhelped")),
            word(data.get("to_staff")),
            word(data.get("entry")),
        )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


Campaign = Literal["none", "known", "unknown", "malformed"]

Role = Literal["viewer", "editor", "admin"]
"""What a member of the staff may do: read; also answer, assign and draft; everything."""


ClosedBy = Literal["citizen", "staff", "silence", "gone"]
"""Who ended a conversation: one of the two sides, nobody for 72 hours, or the citizen by blocking the assistant."""


def mark(conversation: int) -> str:
    """What the group of the staff knows a conversation by: «#K27»."""
    return f"#K{conversation}"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of a citizen with the staff, as a turn needs it."""

    id: int
    open: bool
    with_staff: bool
    """Whether what the citizen types goes to the staff, and not to the assistant."""
    last_at: datetime.datetime
    answered: bool
    in_form: bool
    """Whether the citizen is in the middle of a form."""
    asked_to_rate_at: datetime.datetime | None
    """When the citizen was last asked to rate anything unasked."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the desk read for a message: the state always, the rest as the row of `router.py` needs it."""

    state: State = dataclasses.field(default_factory=State)
    campaign: Campaign = "none"
    offered_subjects: frozenset[str] = frozenset()
    """Subjects this person was already asked to rate."""
    offered_at: datetime.datetime | None = None
    """When this person was last asked to rate anything unasked."""
    role: Role | None = None
    """Of a member of the staff; None for a citizen."""
    conversation: Conversation | None = None
    """A citizen's last conversation with the staff; in the group of the staff, the one that is spoken of."""
    next_conversation: int = 0
    """The number of the conversation that this message may open."""
    usual_wait: datetime.timedelta | None = None
    """How long citizens waited for a first answer of the staff lately; None while too few did."""
    question: str = ""
    """The question, masked, that the person may want to hand to the staff."""


# --- what is said -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: its words, and the data that comes back (at most 64 bytes)."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A message. `html` knows <b> and <i> only; `replaces` asks to change the message whose button was pressed."""

    html: str
    buttons: Rows = ()
    menu: tuple[tuple[str, ...], ...] = ()
    """The persistent keyboard: labels that are sent back as typed text."""
    replaces: bool = False
    quiet: bool = False
    """Whether it comes without a sound."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the bot makes on the way out: its maker's name, the figures it shows, and a caption."""

    name: str
    figures: Mapping[str, str | int]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OwnId:
    """A message with the person's own id of the channel in the place of `{id}`: no record ever holds it."""

    html: str


@dataclass(frozen=True, slots=True)
class StaffLink:
    """A message with a one-time link to the staff pages in the place of `{link}`; `refused` where none is made."""

    html: str
    refused: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report the bot makes on the way out: its name, the span as it is written («2026», «2026-11»), the format.

    The format is the ending of a file («xlsx»), or «text» or «picture» for what is read in chat.
    """

    name: str
    period: str
    format: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A report there is: its name, its title on a button, the formats of its file."""

    name: str
    title: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its name, its bytes, and a caption."""

    file: str
    content: bytes
    caption: str = ""


Waiting = Text | Picture | OwnId | Report | StaffLink
"""What waits for its way to a person."""


@dataclass(frozen=True, slots=True)
class Relay:
    """A message that goes to the group of the staff, or to the citizen of a conversation, wherever it was led from.

    It waits for its way longer than a reply does. `conversation` is the one it belongs to, where it does.
    """

    to: Literal["staff", "citizen"]
    text: Text
    conversation: int | None = None


Reply = Waiting | Relay
"""What a turn says."""

Said = Text | Picture | Document
"""What a channel carries out: the desk makes it of a reply on the way out."""


# --- what a turn leaves --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, already masked, with what became of it. `entries` best first."""

    text: str
    decision: str
    entries: tuple[str, ...]
    masked: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entry a person picked among those offered for an earlier question; None: none of them."""

    question: str
    entry: str | None


@dataclass(frozen=True, slots=True)
class Misanswered:
    """The person said that the answer to an earlier question was to another one."""

    question: str


@dataclass(frozen=True, slots=True)
class Estimated:
    """A finished estimate: which calculation, and nothing of the person in it."""

    calculation: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The person was asked to rate `subject` (an entry or a calculation), or `asked_for` it by themselves."""

    offer: str
    kind: Literal["answer", "estimate", "person", "service"]
    subject: str
    asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """The level tapped under an offer, 1 (Rất không hài lòng) to 5 (Rất hài lòng); a later tap replaces it."""

    offer: str
    level: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a low level was given: one of the reasons' names."""

    offer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Commented:
    """A free comment under a rating, already masked."""

    offer: str
    text: str


@dataclass(frozen=True, slots=True)
class Started:
    """A /start: whether its code names a campaign, and the code when it does."""

    campaign: Campaign
    code: str | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person asked, and confirmed, that everything that leads to them be deleted."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A citizen opened a conversation with this question, already masked."""

    conversation: int
    text: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """One more message of a conversation, already masked."""

    conversation: int
    side: Literal["citizen", "staff"]
    text: str


@dataclass(frozen=True, slots=True)
class TurnedTo:
    """To whom goes what the citizen of a conversation types next: to the staff, or to the assistant."""

    conversation: int
    with_staff: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """A conversation ended; `offered`: its citizen is asked to rate it."""

    conversation: int
    by: ClosedBy
    offered: Offered | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A reply of the staff, known by its delivery, is kept as the draft of an entry."""

    conversation: int
    reply: str


Record = (
    Asked
    | Chosen
    | Misanswered
    | Estimated
    | Offered
    | Rated
    | Explained
    | Commented
    | Started
    | Forgotten
    | HandedOver
    | Wrote
    | TurnedTo
    | Closed
    | Drafted
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message leads to: what is said, what is remembered next, what is recorded."""

    replies: tuple[Reply, ...]
    state: State
    records: tuple[Record, ...] = ()
