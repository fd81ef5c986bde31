"""What the audit log is told of what a member of the staff does in a chat."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.memory import mark
from handlers.dialogue.records import (
    AnnouncementStopped,
    Appointed,
    Closed,
    Drafted,
    HandedTo,
    Noted,
    Reopened,
    Sorted,
    Undrafted,
    Wrote,
)
from handlers.dialogue.turn import ReportWanted, Turn

_READ = ("text", "picture")


def noted(turn: Turn) -> Iterator[tuple[str, str]]:
    """(what was done, about what), of everything a turn leaves that the staff did; what citizens do is not asked."""
    for record in turn.records:
        match record:
            case Wrote(side="staff"):
                yield "reply", mark(record.conversation)
            case Closed(by="staff"):
                yield "close", mark(record.conversation)
            case Reopened():
                yield "reopen", mark(record.conversation)
            case HandedTo():
                yield "hand_over", " ".join((mark(record.conversation), record.to or "-"))
            case Noted():
                yield "note", mark(record.conversation)
            case Sorted():
                yield "sort", " ".join((mark(record.conversation), record.topic or "-"))
            case Drafted():
                yield "keep_reply", mark(record.conversation)
            case Undrafted():
                yield "unkeep_reply", mark(record.conversation)
            case AnnouncementStopped():
                yield "stop_announcement", f"#{record.announcement}"
            case Appointed():
                yield "appoint", f"{record.name}, {record.role}"
    for reply in turn.replies:
        if isinstance(reply, ReportWanted) and reply.format != "picture":
            what = "report" if reply.format in _READ else "download"
            yield what, f"{reply.name} {reply.period} {reply.format}"
