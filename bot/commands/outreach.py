"""Posters of a campaign as files, and campaigns made of a list, each with its posters."""

from __future__ import annotations

import asyncio
import datetime
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.content import read_content
from bot.base.settings import BrokenSettings, Settings
from bot.commands.campaign_links import found, link, no_link, write
from bot.commands.noting import noting
from bot.desk.resources import resources_of
from bot.outreach import handing_out
from bot.outreach.handing_out import PlannedCampaign
from bot.outreach.posters import FORMS, PosterForm, drawn, file_name
from bot.outreach.wording import Invitation, label, worded
from bot.storage import campaigns
from bot.storage.campaigns import Campaign
from handlers.dialogue.context import Resources

_LISTED = "danh-sach.csv"


async def posters(
    settings: Settings, code: str, output: Path, forms: Sequence[PosterForm] | None = None
) -> tuple[Path, ...]:
    """Write the posters of a campaign: all into a folder, or one into a file whose ending says PDF or PNG.

    Raises BadCampaign for a code of no campaign, BrokenSettings for a file that can't hold the form.
    """
    campaign = await found(settings, code)
    files = _files(campaign.code, output, forms)
    words = worded(resources_of(read_content(), settings), now_in_vietnam(), invitation(settings, campaign))
    made = {path: await asyncio.to_thread(drawn, words, now_in_vietnam(), form) for path, form in files.items()}
    await asyncio.to_thread(write, made)
    return tuple(made)


def invitation(settings: Settings, campaign: Campaign) -> Invitation:
    """What the posters of a campaign are made of; raises BrokenSettings where no address of the assistant is set."""
    invited = Invitation.of(campaign, settings)
    if invited is None:
        raise no_link()
    return invited


def _files(code: str, output: Path, forms: Sequence[PosterForm] | None) -> dict[Path, PosterForm]:
    """Which form goes into which file."""
    ending = output.suffix.lower()
    if ending not in (".pdf", ".png"):
        return {output / file_name(code, form): form for form in forms or FORMS}
    wanted = tuple(forms or (("picture",) if ending == ".png" else ("a4",)))
    if len(wanted) > 1 or (wanted[0] == "picture") != (ending == ".png"):
        raise BrokenSettings(f"{output}: a4, a5 and cards are .pdf, picture is .png; for several name a folder")
    return {output: wanted[0]}


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What came of a list on a day: its campaigns, and the ZIP with their posters; None after a dry run."""

    planned: tuple[PlannedCampaign, ...]
    today: datetime.date
    file: Path | None

    def told(self) -> str:
        """For a person: a line for each campaign, and how many."""
        new = sum(each.new for each in self.planned)
        counts = {"new": new, "old": len(self.planned) - new}
        last = label("dry", **counts) if self.file is None else label("packed", file=self.file, **counts)
        return "\n".join([*(line for each in self.planned for line in self._told(each)), last])

    def _told(self, planned: PlannedCampaign) -> list[str]:
        one = planned.campaign
        name = "there_already" if not planned.new else "planned_new" if self.file is None else "made_new"
        told = label(name, code=one.code, called=one.name, place=one.place, collaborator=one.collaborator or "")
        beside = []
        if one.touch(self.today) == "expired":
            beside.append(label("over", code=one.code))
        if len(planned.lines) > 1:
            beside.append(label("same_lines", lines=planned.lines))
        return [told, *(f"    {each}" for each in beside)]


async def hand_out(settings: Settings, content: bytes, output: Path, *, dry: bool) -> HandedOut:
    """Make the campaigns of a list that are not there yet, and write the posters of all into one ZIP.

    Raises BadList, BrokenSettings where there is no link, OSError where the ZIP can't be written; then nothing is made.
    A `dry` run makes nothing.
    """
    written, now = read_content(), now_in_vietnam()
    rows = handing_out.read_rows(content, written.library)
    link(settings)
    database = await open_database(settings)
    try:
        if dry:
            async with database.read() as connection:
                return HandedOut(handing_out.plan(rows, await campaigns.named(connection)), now.date(), None)
        output.parent.mkdir(parents=True, exist_ok=True)
        unfinished = output.with_name(f"{output.name}.part")
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
            async with database.begin() as connection:
                planned = await handing_out.keep(connection, rows, now, noting("chien-dich/moi"))
            await asyncio.to_thread(_pack, packed, settings, resources_of(written, settings), planned, now)
        unfinished.replace(output)
    finally:
        await database.close()
    return HandedOut(planned, now.date(), output)


def _pack(
    packed: zipfile.ZipFile,
    settings: Settings,
    resources: Resources,
    planned: Sequence[PlannedCampaign],
    now: datetime.datetime,
) -> None:
    """The list with its links, and the posters of each campaign in a folder of its own; one at a time in memory."""
    packed.writestr(_LISTED, handing_out.listed(planned, settings))
    console = Console(stderr=True)
    for each in track(planned, label("packing"), console=console, disable=not console.is_terminal):
        code = each.campaign.code
        words = worded(resources, now, invitation(settings, each.campaign))
        for form in FORMS:
            packed.writestr(f"{code}/{file_name(code, form)}", drawn(words, now, form))
