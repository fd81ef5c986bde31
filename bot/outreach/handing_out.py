"""Campaigns made of a list, as staff keep one in a spreadsheet: a line is a place and who hands out its link there.

    rows = read_rows(content, library)            # BadList: every problem, with its line
    planned = plan(rows, known)                   # which are there already, which code each new one gets

The same list gives the same campaigns, however often it is brought.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.base.settings import CannotGoOn, Settings
from bot.base.spreadsheet import harmless
from bot.outreach import campaigns
from bot.outreach.campaigns import BadCampaign
from bot.outreach.wording import greeting, label, place_kind, texts
from bot.storage import campaigns as storage
from bot.storage.audit import Noting
from bot.storage.campaigns import Campaign
from bot.storage.database import Connection
from faq.library import Library
from handlers.dialogue.texts import OneOf
from vietnamese.normalize import fold

MOST = 500
"""Lines of a list: each becomes four files."""
MOST_BYTES = 1_000_000
"""Of a list: far more than so many lines need."""
_NEEDED = ("place", "name")
_COLUMN = OneOf("outreach.column_{}", ("place", "name", "collaborator"))
_CHANNELS = ("web", "telegram", "zalo")
_WAY = OneOf("outreach.head_{}", _CHANNELS)
_SEPARATORS = ";,\t"
_NO_CODE_YET = "x"
_LOST = re.compile(r"\?\w|\ufffd")
"""What is left of letters that a spreadsheet could not write: «Ch? G?o»."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


class BadList(CannotGoOn):
    """A list that can't be used: `problems` say of each line what is wrong and what to do. Nothing was made."""

    code = 1

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join([*problems, label("nothing_made")]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list, and the campaign it asks for, which has no code of its own yet."""

    line: int
    campaign: Campaign


@dataclass(frozen=True, slots=True)
class PlannedCampaign:
    """What lines of the list come to, by their numbers; `new`: it is not there yet."""

    campaign: Campaign
    lines: tuple[int, ...]
    new: bool


def read_rows(content: bytes, library: Library) -> tuple[ListRow, ...]:
    """The lines of a CSV file, as Excel or others write it; raises BadList."""
    if len(content) > MOST_BYTES:
        raise BadList([label("too_many", most=MOST)])
    lines = _lines(_decoded(content))
    (first, header), *rest = lines or [(1, [])]
    columns = _columns(header)
    missing = [_named(each)[0] for each in _NEEDED if each not in columns]
    if missing:
        if (lost := _lost(header)) is not None:
            raise BadList([label("lost_letters", line=first, given=lost)])
        raise BadList([label("no_column", line=first, columns=missing)])
    if not rest:
        raise BadList([label("no_lines")])
    if len(rest) > MOST:
        raise BadList([label("too_many", most=MOST)])
    rows, problems = [], list[str]()
    for line, cells in rest:
        given = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        if (lost := _lost(list(given.values()))) is not None:
            problems.append(label("lost_letters", line=line, given=lost))
            continue
        kind = place_kind(given["place"])
        try:
            found = campaigns.read({**given, "code": _NO_CODE_YET, "place_kind": kind or ""}, library)
            rows.append(ListRow(line, found))
        except BadCampaign as bad:
            problems += [label("bad_line", line=line, what=what) for what in bad.problems.values()]
    if problems:
        raise BadList(problems)
    return tuple(rows)


def plan(rows: Sequence[ListRow], known: Sequence[Campaign]) -> tuple[PlannedCampaign, ...]:
    """Each campaign of the list once, in its order; a new one gets a code that no other has."""
    there = {_same(each): each for each in known}
    taken = {each.code.lower() for each in known}
    lines: dict[tuple[str, ...], list[int]] = {}
    planned: dict[tuple[str, ...], PlannedCampaign] = {}
    for row in rows:
        meant = _same(row.campaign)
        lines.setdefault(meant, []).append(row.line)
        if meant in planned:
            continue
        campaign = there.get(meant)
        new = campaign is None
        if campaign is None:
            wanted = f"{row.campaign.place} {row.campaign.collaborator or ''}"
            campaign = dataclasses.replace(row.campaign, code=campaigns.proposed_code(wanted, taken.__contains__))
        taken.add(campaign.code.lower())
        planned[meant] = PlannedCampaign(campaign, (), new)
    return tuple(dataclasses.replace(each, lines=tuple(lines[meant])) for meant, each in planned.items())


async def keep(
    connection: Connection, rows: Sequence[ListRow], now: datetime.datetime, note: Noting
) -> tuple[PlannedCampaign, ...]:
    """The same, and what is new is kept and noted, in the transaction of the connection; raises BadList."""
    planned = plan(rows, await storage.named(connection))
    for each in planned:
        if not each.new:
            continue
        if not await storage.add(connection, each.campaign, now):
            raise BadList([label("taken_meanwhile", code=each.campaign.code)])
        await note(connection, each.campaign.code)
    return planned


def listed(planned: Sequence[PlannedCampaign], settings: Settings) -> bytes:
    """The campaigns with every way to each as a CSV file that Excel opens as it is."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    channels = [_called(each.channel) for each in settings.ways()]
    table.writerow([label("head_code"), *(_named(each)[0] for each in _COLUMN), label("head_link"), *channels])
    for each in planned:
        one = each.campaign
        ways = (greeting(one.code) if way.greeted else way.link for way in settings.ways(one.code))
        cells = (one.code, one.place, one.name, one.collaborator or "", settings.qr_link(one.code) or "", *ways)
        table.writerow([harmless(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> str:
    """The text, its letters in one piece each: UTF-8 or UTF-16, else as Windows in Vietnamese writes («ANSI», 1258)."""
    utf = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for encoding in (utf, "cp1258"):
        try:
            text = unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise BadList([label("not_utf8")])


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, by their numbers; the separator is the one the first of them has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    told = re.fullmatch(r"sep=(.)", first.strip())  # Excel's own word for it, in a line of its own
    separator = told[1] if told else max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        found = [(reader.line_num, [" ".join(cell.split()) for cell in cells]) for cells in reader]
    except csv.Error:
        raise BadList([label("no_csv", line=reader.line_num)]) from None
    return [(line, cells) for line, cells in found if any(cells)][1 if told else 0 :]


def _lost(cells: Sequence[str]) -> str | None:
    """The first cell whose letters a spreadsheet has replaced; None where all are there."""
    return next((each for each in cells if _LOST.search(each)), None)


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    """By column, where it stands."""
    names = {fold(name): column for column in _COLUMN for name in _named(column)}
    named = ((names.get(fold(cell)), place) for place, cell in enumerate(header))
    return {column: place for column, place in named if column is not None}


def _named(column: str) -> list[str]:
    """What a column may be called; first how staff are told of it."""
    return [each.strip() for each in texts().label(_COLUMN[column]).split("|")]


def _called(channel: str) -> str:
    """How staff are told of a channel."""
    return texts().label(_WAY[channel]) if channel in _CHANNELS else channel


def _same(campaign: Campaign) -> tuple[str, ...]:
    """What makes it one campaign: letters of either size and blanks make no difference."""
    parts = (campaign.place, campaign.collaborator or "", campaign.name)
    return tuple(" ".join(unicodedata.normalize("NFC", each).casefold().split()) for each in parts)
