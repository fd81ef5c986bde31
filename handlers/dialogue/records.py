"""What a turn leaves to be recorded: plain values, already masked, with nothing of the person in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.dialogue.announcement import AnnouncementTopic
from handlers.dialogue.memory import CampaignTouch, ClosedBy, Role
from handlers.dialogue.reminder import Reminder, ReminderKind, ToldPayment
from handlers.reading import Whom
from law.base.month import Month

LEVELS = (5, 4, 3, 2, 1)
"""The official levels of a rating: 5 is «Rất hài lòng»."""
LOW = 2
"""From here down a rating is asked why it was given."""
NOT_MY_QUESTION = "not_my_question"
REASONS = ("hard_to_understand", NOT_MY_QUESTION, "not_enough", "wrong_figures", "other")
"""Why a low level was given."""


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
    """A /start: how its code counts, and the code where there is such a campaign."""

    campaign: CampaignTouch
    code: str | None


@dataclass(frozen=True, slots=True)
class Shared:
    """The person passed on `subject` (an entry or a calculation; '' the assistant itself); by what, never to whom."""

    by: Literal["inline", "button", "link"]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Unshared:
    """The links a person passed on are to count no more."""


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
    """One more message of a conversation, already masked; `colleague`: who of the staff wrote it."""

    conversation: int
    side: Literal["citizen", "staff"]
    text: str
    colleague: str | None = None


@dataclass(frozen=True, slots=True)
class TurnedTo:
    """To whom goes what the citizen of a conversation types next: to the staff, or to the assistant."""

    conversation: int
    with_staff: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """A conversation ended; `offered`: its citizen is asked to rate it; `colleague`: who of the staff ended it."""

    conversation: int
    by: ClosedBy
    offered: Offered | None = None
    colleague: str | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """One of the staff took a conversation up again that had ended; what its citizen types stays with the assistant."""

    conversation: int
    colleague: str


@dataclass(frozen=True, slots=True)
class HandedTo:
    """A conversation is for one of the staff to answer, `to` nobody in particular where None; `colleague` said so."""

    conversation: int
    to: str | None
    colleague: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One of the staff left a note for the others, already masked; its citizen never reads it."""

    conversation: int
    text: str
    colleague: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """A conversation has a topic, or None of them."""

    conversation: int
    topic: str | None
    colleague: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A reply of the staff, known by its delivery, is kept as the draft of an entry."""

    conversation: int
    reply: str
    colleague: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """An admin made somebody one of the staff: their id of the staff's channel, which is not kept, role and name."""

    person: str
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Undrafted:
    """That a reply of the staff was kept as a draft is undone."""

    conversation: int
    reply: str
    colleague: str


@dataclass(frozen=True, slots=True)
class ReminderSet:
    """The person agreed to be reminded; the one of its kind before is replaced."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class ReminderMoved:
    """A reminder goes on as it stands here: it was said, is to come later, or what it is of is paid.

    `touched`: the person did so, and not the clock.
    """

    reminder: Reminder
    touched: bool = True


@dataclass(frozen=True, slots=True)
class ReminderStopped:
    """The person is reminded of this no more; of nothing at all where no kind is named."""

    kind: ReminderKind | None = None
    whom: Whom | None = None


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """The person told that they paid; what was told of the same months before is replaced."""

    paid: ToldPayment


@dataclass(frozen=True, slots=True)
class PaymentTakenBack:
    """What was told of a payment is deleted."""

    whom: Whom
    period: Month | None


@dataclass(frozen=True, slots=True)
class BookDeleted:
    """All that was told of payments is deleted."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The person agreed to be sent announcements on these topics, and on no others."""

    topics: tuple[AnnouncementTopic, ...]


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """The person is sent announcements no more; `announcement` is the one under which they said so."""

    announcement: int | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementStopped:
    """One of the staff had an announcement stopped that was being sent."""

    announcement: int


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
    | Shared
    | Unshared
    | Forgotten
    | HandedOver
    | Wrote
    | TurnedTo
    | Closed
    | Reopened
    | HandedTo
    | Noted
    | Sorted
    | Drafted
    | Appointed
    | Undrafted
    | ReminderSet
    | ReminderMoved
    | ReminderStopped
    | PaymentTold
    | PaymentTakenBack
    | BookDeleted
    | Subscribed
    | Unsubscribed
    | AnnouncementStopped
)
