"""What the command line shows of groups, phrasings and merges, in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence

from bot.curating.deciding import Assigned
from bot.curating.grouping import GroupList
from bot.curating.merging import Merged
from bot.curating.wording import say
from bot.storage.drafts import Draft
from bot.storage.phrasings import Phrasing
from faq.library import Library
from vietnamese.wording import day


def groups_as_text(found: GroupList, library: Library) -> str:
    """Each group with its number, how often and by how many it was asked, a sample, and the nearest entries."""
    if not found.groups:
        return say("none_waiting")
    lines = [say("waiting", groups=found.count, count=found.asked), ""]
    for group in found.groups:
        reasons = ", ".join(say(f"reason_{reason}", count=count) for reason, count in group.reasons.items())
        lines.append(
            say(
                "group",
                id=group.id,
                count=group.count,
                people=group.people,
                reasons=reasons,
                last=day(group.last_at.date()),
            )
        )
        lines.append(f"    «{group.sample}»")
        if len(group.wordings) > 1:
            lines.append("    " + say("other_wordings", count=group.other_wordings, second=group.wordings[1]))
        lines += [f"      {id}: {library[id].question}" for id in group.nearest if id in library]
    if found.count > len(found.groups):
        lines += ["", say("more_waiting", count=found.count - len(found.groups))]
    return "\n".join([*lines, "", say("what_to_do")])


def assigned_as_text(made: Assigned, library: Library) -> str:
    """What was stored, and what the question leads to now."""
    known = made.first is not None and made.first in library
    title = library[made.first].question if known and made.first is not None else ""
    return "\n".join(
        [
            say("assigned", id=made.id, text=made.text, entry=made.entry, checked=made.checked),
            say(f"now_{made.decision}", entry=made.first or "", title=title),
        ]
    )


def assigned_as_json(made: Assigned) -> dict[str, object]:
    return {
        "id": made.id,
        "entry": made.entry,
        "text": made.text,
        "checked": made.checked,
        "now": {"decision": made.decision, "first": made.first},
    }


def phrasings_as_text(found: Sequence[Phrasing]) -> str:
    if not found:
        return say("no_phrasings")
    return "\n".join(
        say(
            "phrasing_merged" if each.merged else "phrasing",
            id=each.id,
            entry=each.entry,
            text=each.text,
            by=each.by,
            on=day(each.at.date()),
        )
        for each in found
    )


def phrasings_as_json(found: Sequence[Phrasing]) -> list[dict[str, object]]:
    return [
        {
            "id": each.id,
            "entry": each.entry,
            "text": each.text,
            "by": each.by,
            "at": each.at.isoformat(timespec="seconds"),
            "merged": each.merged.isoformat(timespec="seconds") if each.merged else None,
        }
        for each in found
    ]


def drafts_as_text(found: Sequence[Draft]) -> str:
    if not found:
        return say("no_drafts")
    return "\n".join(
        say(
            "draft_merged" if each.merged else "draft",
            id=each.id,
            question=each.question,
            by=each.by,
            on=day(each.at.date()),
        )
        for each in found
    )


def drafts_as_json(found: Sequence[Draft]) -> list[dict[str, object]]:
    return [
        {
            "id": each.id,
            "source": each.source,
            "question": each.question,
            "phrasings": list(each.phrasings),
            "by": each.by,
            "at": each.at.isoformat(timespec="seconds"),
            "merged": each.merged.isoformat(timespec="seconds") if each.merged else None,
        }
        for each in found
    ]


def merged_as_text(merged: Merged) -> str:
    """How much was written, the files to review, and the phrasings whose entry is not there."""
    lines = [say("merged", phrasings=merged.phrasings, drafts=merged.drafts, files=len(merged.files))]
    lines += [f"    {file}" for file in merged.files]
    lines += [say("orphan", id=each.id, text=each.text, entry=each.entry) for each in merged.orphans]
    return "\n".join([*lines, say("review")] if merged.files else lines)
