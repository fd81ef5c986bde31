"""What the desk read for a message, in the transaction the turn is kept in."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Literal

from handlers.dialogue.announcement import AnnouncementTopic, ShownAnnouncement
from handlers.dialogue.reminder import Reminder, ToldPayment
from handlers.dialogue.state import State

CampaignTouch = Literal["none", "known", "unknown", "malformed", "expired", "early", "shared"]
"""How a /start counts: by no link, by a campaign's, by one nobody made, by one that can't be a code, by the link of a
campaign that is over, or that has not begun, or by one that somebody passed on."""


@dataclass(frozen=True, slots=True)
class CampaignLink:
    """The campaign whose link was followed: its code, what is said in the place of the ordinary greeting, what it opens
    (an entry, or «calc_» and a form); '' where nothing.
    """

    code: str
    greeting: str = ""
    opens: str = ""


Role = Literal["viewer", "editor", "admin"]
"""What a member of the staff may do: read; also answer, assign and draft; everything."""


ClosedBy = Literal["citizen", "staff", "silence", "gone"]
"""Who ended a conversation: one of the two sides, nobody for 72 hours, or the citizen by blocking the assistant."""


Shelf = Literal["open", "mine", "free", "done", "all"]
"""Of conversations. open: nobody ended it; mine, free: open, and taken by who looks, or by nobody; done: somebody ended
it; all: both."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff: what their decisions are signed with, their role, and what the admin calls them."""

    signature: str
    role: Role
    name: str = ""


def mark(conversation: int) -> str:
    """What the group of the staff knows a conversation by: «#K27»."""
    return f"#K{conversation}"


@dataclass(frozen=True, slots=True)
class LastMessage:
    """The last message of a conversation: its number, who wrote it and when; `by` is who of the staff, where known."""

    number: int
    side: Literal["citizen", "staff"]
    at: datetime.datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class KnownConversation:
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
    closed_by: ClosedBy | None = None
    last: LastMessage | None = None
    """Read for the staff only, as all that follows."""
    later: bool = False
    """Whether the citizen has opened another one since."""
    reachable: bool = True
    """Whether the citizen can be written to now; else what is said waits until they write."""
    assignee: str | None = None
    """Who of the staff has taken it."""
    topic: str | None = None
    question: str = ""
    """What it began with, masked."""

    @property
    def mark(self) -> str:
        """What the group knows it by: «#K27»."""
        return mark(self.id)


@dataclass(frozen=True, slots=True)
class ListedTalk:
    """A conversation in a list for the staff; `waiting_since`: since when its citizen waits, None where nobody does."""

    id: int
    question: str
    waiting_since: datetime.datetime | None
    open: bool
    assignee: str | None


@dataclass(frozen=True, slots=True)
class ConversationList:
    """A page of a list of conversations: which page of how many, and how many there are."""

    rows: tuple[ListedTalk, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What the desk read for a message: the state always, the rest as the row of `router.py` needs it."""

    state: State = dataclasses.field(default_factory=State)
    campaign: CampaignTouch = "none"
    link: CampaignLink | None = None
    """Of the campaign that the link names; also where it is over, or has not begun."""
    offered_subjects: frozenset[str] = frozenset()
    """Subjects this person was already asked to rate."""
    offered_at: datetime.datetime | None = None
    """When this person was last asked to rate anything unasked."""
    role: Role | None = None
    """Of a member of the staff; None for a citizen."""
    colleague: str = ""
    """Who of the staff does it: what their decisions are signed with."""
    colleagues: tuple[Colleague, ...] = ()
    """Everybody of the staff, where one of them does something."""
    listed: ConversationList | None = None
    """The conversations that one of the staff wants to see in the group."""
    notes: tuple[str, ...] = ()
    """What colleagues have noted in the conversation that is spoken of, where it is to be shown."""
    conversation: KnownConversation | None = None
    """A citizen's last conversation with the staff; in the group of the staff, the one that is spoken of."""
    next_conversation: int = 0
    """The number of the conversation that this message may open."""
    staff_barred: bool = False
    """Whether the group of the staff is known to take nothing now."""
    usual_wait: datetime.timedelta | None = None
    """How long citizens waited for a first answer of the staff lately; None while too few did."""
    share_code: str = ""
    """What a link carries that this person passes on: random, theirs until they take it back; '' where none is read."""
    cannot_appoint: str = ""
    """Why the person an admin wants to add to the staff is not added, by the name of its text; '' where they are."""
    question: str = ""
    """The question, masked, that the person may want to hand to the staff."""
    can_remind: bool = True
    """Whether the person's channel can write to them first."""
    reminders: tuple[Reminder, ...] = ()
    """What the person is to be reminded of."""
    book: tuple[ToldPayment, ...] = ()
    """What they told of what they have paid, in the order of the months."""
    subscribed: tuple[AnnouncementTopic, ...] = ()
    """The topics on which they are sent what the office announces."""
    announcements: tuple[ShownAnnouncement, ...] = ()
    """The announcements that an admin wants to see, the newest first."""
    due: Reminder | None = None
    """Of a tick: what is to be said to the person now."""
