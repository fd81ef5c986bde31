"""The tables. No name, username or phone anywhere; a person is a key; their chat is in `addresses` only, sealed.

`month` (its first day), `day` and `hour` of a question, an estimate and a rating are those in Vietnam: reports count
by them, over indexes whose order spares sorting a million rows. A person forgotten leaves a day that can't lead back to
them (`fading`), and no hour. In these tables, and in `starts`, no number is used again: those of forgotten rows are
drawn by chance, below all that are given.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)

_ID = BigInteger().with_variant(Integer, "sqlite")
_KEY = _DELIVERY = String(64).with_variant(String(64, collation="C"), "postgresql")
"""In the order of its letters, whatever the language of the server: what the clock brought is found by a beginning, and
people are told apart many times as fast."""
_COMMENTED = text("comment IS NOT NULL")
_WORDED = text("wording IS NOT NULL")

states = Table(
    "states",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("state", Text, nullable=False),
    Column("owes", Boolean, nullable=False),
    Column("at", DateTime, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("address", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("channel", String(16), nullable=False),
    Column("delivery", _DELIVERY, nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    PrimaryKeyConstraint("channel", "delivery"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("reply", Text, nullable=False),
    Column("replaces", String(64)),
    Column("at", DateTime, nullable=False),
    Column("conversation", Integer, index=True),
    Column("kind", String(8), nullable=False, server_default="last"),
    Column("delivery", String(64)),
    Column("told", Boolean, nullable=False, server_default=false()),
    Column("sender", String(32)),
    sqlite_autoincrement=True,
)
"""`told`: whoever wrote what waits here knows that it waits. `sender`: the process that sends it (`claims`).

No number is used again: what went out is marked by it, and may have been forgotten and followed by another meanwhile.
"""

questions = Table(
    "questions",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("delivery", String(64), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("masked", Boolean, nullable=False),
    Column("decision", String(8), nullable=False),
    Column("entries", Text, nullable=False),
    Column("answered", String(64)),
    Column("chosen", Boolean),
    Column("misanswered", Boolean, nullable=False, server_default=false()),
    Index(None, "key", "delivery"),
    Column("month", Date, nullable=False),
    Column("day", Date),
    Column("hour", SmallInteger),
    Column("wording", _ID),
    Column("channel", String(16)),
    Index("ix_questions_by_month", "month", "decision", "chosen", "misanswered", "answered", "channel"),
    Index("ix_questions_by_day", "day", "decision", "chosen", "misanswered", "answered", "channel"),
    Index("ix_questions_by_hour", "day", "hour", "decision"),
    Index("ix_questions_by_person", "key", "month", "day", "decision", "channel"),
    Index(
        "ix_questions_by_wording",
        *("wording", "at", "decision", "answered", "misanswered", "key"),
        sqlite_where=_WORDED,
        postgresql_where=_WORDED,
    ),
    sqlite_autoincrement=True,
)
"""`wording`: of a question that is or was unanswered its row in `wordings`, 0 while it waits for one. `channel`, here
and below: where its person wrote, while they are known."""

estimates = Table(
    "estimates",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("calculation", String(32), nullable=False),
    Column("month", Date, nullable=False),
    Column("day", Date),
    Column("channel", String(16)),
    Index("ix_estimates_by_month", "month", "calculation", "channel"),
    Index("ix_estimates_by_day", "day", "calculation", "channel"),
    Index("ix_estimates_by_person", "key", "month", "day", "channel"),
    sqlite_autoincrement=True,
)

ratings = Table(
    "ratings",
    metadata,
    Column("key", _KEY, nullable=False),
    Column("offer", String(64), nullable=False),
    Column("offered_at", DateTime, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("asked_for", Boolean, nullable=False),
    Column("level", SmallInteger),
    Column("rated_at", DateTime),
    Column("reason", String(32)),
    Column("comment", Text),
    Column("month", Date, nullable=False),
    Column("day", Date),
    Column("campaign", String(64)),
    Column("channel", String(16)),
    PrimaryKeyConstraint("key", "offer"),
    Index("ix_ratings_by_month", "month", "asked_for", "level", "kind", "subject", "campaign", "channel"),
    Index("ix_ratings_by_day", "day", "asked_for", "level", "kind", "subject", "campaign", "channel"),
    Index("ix_ratings_by_level", "level", "offered_at"),
    Index("ix_ratings_by_reason", "reason", "offered_at"),
    Index("ix_ratings_commented", "offered_at", sqlite_where=_COMMENTED, postgresql_where=_COMMENTED),
    Index(
        "ix_ratings_by_person",
        *("key", "month", "day", "offered_at", "level", "kind", "subject", "campaign", "channel"),
    ),
)
"""`campaign`: the one that had first touched the person. The time of a rating is that of its offer."""

reminders = Table(
    "reminders",
    metadata,
    Column("key", _KEY, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("whom", String(8), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("period", Date),
    Column("asked", Date),
    Column("given", Text, nullable=False),
    Column("touched", DateTime, nullable=False),
    PrimaryKeyConstraint("key", "kind", "whom"),
)
"""What people are to be reminded of, and when next. `given`: what it goes by, as JSON; `period`, `asked`: the first day
of the months that are paid for next, and of those they were reminded of last; `touched`: when the person last did
something about it."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("key", _KEY, nullable=False),
    Column("topic", String(8), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    PrimaryKeyConstraint("key", "topic"),
)
"""Who agreed to be sent announcements on which topics; `at`: when they last chose."""

announcements = Table(
    "announcements",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("topics", String(64), nullable=False),
    Column("campaign", String(64)),
    Column("place", String(80)),
    Column("state", String(8), nullable=False, index=True),
    Column("made_at", DateTime, nullable=False),
    Column("by", String(64), nullable=False),
    Column("begun_at", DateTime),
    Column("begun_by", String(64)),
    Column("ended_at", DateTime),
    Column("people", Integer),
    Column("unsubscribed", Integer, nullable=False, server_default=text("0")),
    Column("outcome", Text),
    sqlite_autoincrement=True,
)
"""What staff announce to those who agreed. `outcome`: of one that is over how many it was sent to, and all the rest."""

announcement_recipients = Table(
    "announcement_recipients",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("announcement", Integer, nullable=False),
    Column("key", _KEY, nullable=False, index=True),
    Column("state", String(8), nullable=False),
    Column("sender", String(32)),
    Index(None, "announcement", "state", "id"),
    sqlite_autoincrement=True,
)
"""To whom an announcement goes that is under way; nothing is left of it when it is over. `sender`: the process that has
claimed one. No number is used again: what became of one is marked by it.
"""

reminders_set = Table(
    "reminders_set",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("month", Date, nullable=False),
    Column("day", Date),
    Index("ix_reminders_set_by_day", "day", "kind"),
    sqlite_autoincrement=True,
)
"""That somebody asked to be reminded, a fact that stays when the reminder ends."""

payments_told = Table(
    "payments_told",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("whom", String(8), nullable=False),
    Column("period", Date),
    Column("months", SmallInteger, nullable=False),
    Column("supported", SmallInteger, nullable=False),
    Column("own", BigInteger, nullable=False),
    Column("support", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""What people told that they have paid, in dong; without a `period`: the months paid before the first one told."""

campaigns = Table(
    "campaigns",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("place_kind", String(16)),
    Column("collaborator", String(64)),
    Column("begins", Date),
    Column("ends", Date),
    Column("greeting", Text),
    Column("opens", String(64)),
    Column("cost", BigInteger),
    Column("closed_at", DateTime),
)
"""`code` in small letters: those that differ only by case are one. `begins`, `ends`: its first and last day.
`collaborator`: a label, no name. `opens`: an entry, or «calc_» and a calculation. `cost` in dong."""

starts = Table(
    "starts",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("campaign", String(16), nullable=False),
    Column("code", String(64), index=True),
    Column("channel", String(16)),
    sqlite_autoincrement=True,
)
"""`campaign`: how its code counts (`CampaignTouch`); `code` where there is such a campaign."""

touches = Table(
    "touches",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("first_code", String(64), nullable=False, index=True),
    Column("first_at", DateTime, nullable=False),
    Column("last_code", String(64), nullable=False, index=True),
    Column("last_at", DateTime, nullable=False),
)

share_codes = Table(
    "share_codes",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("at", DateTime, nullable=False),
)
"""What the links that a person passes on carry, at random; taken back, it is gone."""

shares = Table(
    "shares",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("by", String(8), nullable=False),
    Column("subject", String(64), nullable=False),
    sqlite_autoincrement=True,
)
"""What was passed on: an entry or a calculation, and by what means; not to whom."""

plain_chats = Table(
    "plain_chats",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("lines", Text, nullable=False),
    Column("rest", Text),
    Column("answered", Boolean, nullable=False),
    Column("at", DateTime, nullable=False, index=True),
)
"""Of a channel without buttons: what the person may pick, and what of a long answer they have not read."""

shown_pictures = Table(
    "shown_pictures",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("picture", Text, nullable=False),
    Column("at", DateTime, nullable=False, index=True),
)
"""Of a channel that fetches pictures: what each shows, under a name that nobody can guess."""

# --- what staff made of questions ----------------------------------------------------------------

phrasings = Table(
    "phrasings",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("entry", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("merged", DateTime),
    Column("taken_back", DateTime),
    Column("taken_back_by", String(64)),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("source", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("phrasings", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("merged", DateTime),
    Column("taken_back", DateTime),
    Column("taken_back_by", String(64)),
)

wordings = Table(
    "wordings",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("words", Text, nullable=False),
    Column("leader", _ID, index=True),
    Column("settled", DateTime),
    sqlite_autoincrement=True,
)
"""The different words of questions that were not answered, each once, and the group they stand in: see `wordings`.

`digest` tells them apart, for an index holds no long letter. `leader`: the wording its group is alike to. `settled`: up
to when what was asked in these words is decided about.
"""

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("words", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("phrasing", _ID),
    Column("by", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("draft", _ID),
)
"""`phrasing`, `draft`: the one that settled the words, which are open again when it is taken back."""

signed_reports = Table(
    "signed_reports",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("report", String(32), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("narrowed", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    sqlite_autoincrement=True,
)

signed_words = Table(
    "signed_words",
    metadata,
    Column("report", _ID, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("asked", DateTime, nullable=False),
    PrimaryKeyConstraint("report", "digest"),
)
"""What people wrote in a signed report, apart from it: they may be forgotten, and the report holds a digest of it."""

# --- how staff come to the pages -----------------------------------------------------------------

staff_links = Table(
    "staff_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("key", _KEY, nullable=False),
    Column("role", String(8), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("spent", Boolean, nullable=False, server_default=false()),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("key", _KEY, nullable=False),
    Column("role", String(8), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("used", DateTime),
    Column("waits", Boolean, nullable=False, server_default=false()),
)
"""`used`: when it was last used, to the minute. `waits`: for the code of the second factor; it opens nothing before."""

second_factors = Table(
    "second_factors",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failed_at", DateTime),
)
"""What codes are made of, sealed; `step` is that of the last code that was used, so that none is used twice."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("key", _KEY, nullable=False, index=True),
)

staff = Table(
    "staff",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("role", String(8)),
    Column("name", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
)
"""Who an admin made one of the staff, besides those of the settings; without a role only a name was given to one."""

audit = Table(
    "audit",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("key", _KEY, nullable=False),
    Column("name", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("about", String(200), nullable=False),
)
"""What the staff did and downloaded. `key` of who did it, `name` as they were called then; no word of a citizen."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("key", _KEY, nullable=False, index=True),
    Column("opened_at", DateTime, nullable=False, index=True),
    Column("last_at", DateTime, nullable=False),
    Column("waiting_since", DateTime),
    Column("answered_at", DateTime),
    Column("with_staff", Boolean, nullable=False),
    Column("closed_at", DateTime, index=True),
    Column("closed_by", String(16)),
    Column("answerer", String(64)),
    Column("closer", String(64)),
    Column("assignee", String(64)),
    Column("topic", String(64)),
    Index("ix_conversations_by_assignee", "assignee", "closed_at"),
)
"""`answerer`, `closer`, `assignee`: who of the staff answered first, ended it and has taken it, as they sign."""

conversation_messages = Table(
    "conversation_messages",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("conversation", Integer, nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("side", String(8), nullable=False),
    Column("delivery", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(64)),
)
"""`by`: who of the staff wrote it, as their decisions are signed."""

conversation_notes = Table(
    "conversation_notes",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("conversation", Integer, nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("by", String(64), nullable=False),
    Column("text", Text, nullable=False),
)
"""What the staff note for each other. No message: nothing that goes out or becomes a draft is read from here."""

handled = Table(
    "handled",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("step", String(8), nullable=False),
    Column("week", Date, nullable=False, index=True),
    Column("by", String(64)),
    Column("seconds", BigInteger, nullable=False),
)
"""What is left of the times of deleted conversations: the Monday of a week, who of the staff, how long. No citizen."""

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)

guests = Table(
    "guests",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("token", String(64), nullable=False),
    Column("before", String(64)),
    Column("at", DateTime, nullable=False, index=True),
)
"""Who talks on the chat page: hashes of the token in the cookie, and of the one before until the new one came back."""

talk_lines = Table(
    "talk_lines",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("key", _KEY, nullable=False, index=True),
    Column("delivery", _DELIVERY),
    Column("said", Text, nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("shown", DateTime),
    sqlite_autoincrement=True,
)
"""The talk as the chat page shows it again, sealed. `delivery` is of what the person did; a reply has none.

`shown`: when a browser had it first. No number is used again: a browser asks for what came after one.
"""

group_moves = Table(
    "group_moves",
    metadata,
    Column("old", String(64), primary_key=True),
    Column("new", Text, nullable=False),
)

identity = Table(
    "identity",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("value", String(64), nullable=False),
)
"""What the database was made with."""

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(32), nullable=False),
    Column("told", String(128), nullable=False),
    Column("until", DateTime, nullable=False),
    Column("errors", Integer, nullable=False, server_default=text("0")),
)
"""What one process alone does, and which processes there are; `told` says to people where the holder is, `errors` how
many it has logged."""
