"""Campaign links: made, listed, and written as QR codes."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.settings import BrokenSettings, CannotGoOn, Settings
from bot.charts import pictures
from bot.commands.noting import noting
from bot.reports.definitions import defined
from bot.storage import campaigns
from bot.storage.campaigns import Campaign
from handlers.welcome import well_formed


class BadCampaign(CannotGoOn):
    """A code that can't be used: malformed, taken, or of no campaign."""


def link(settings: Settings, code: str) -> str:
    """`https://t.me/<bot>?start=CODE`; raises BrokenSettings when the bot's name is not set."""
    found = settings.telegram.link(code)
    if found is None:
        raise BrokenSettings("telegram.username: is missing; expected the bot's name without @, for its links")
    return found


async def add(settings: Settings, code: str, name: str, place: str) -> Campaign:
    """A new campaign; raises BadCampaign."""
    if not well_formed(code):
        raise BadCampaign(f"{code!r} is no code; expected 1 to 64 of A-Z a-z 0-9 _ -, as in cho-phu-thai")
    database = await open_database(settings)
    try:
        async with database.begin() as connection:
            if not await campaigns.add(connection, code, name, place, now_in_vietnam()):
                raise BadCampaign(f"{code!r} is taken by another campaign; choose another code")
            await noting("campaign", code)(connection)
    finally:
        await database.close()
    return Campaign(code, name, place)


@dataclass(frozen=True, slots=True)
class Everything:
    """All campaigns, with the starts that came by no link, an unknown one, or a malformed one."""

    campaigns: tuple[Campaign, ...]
    other_starts: dict[str, int]

    def as_json(self, settings: Settings) -> dict[str, object]:
        named = settings.telegram.username is not None
        return {
            "definitions": dict(defined("campaigns", "campaign_ratings")),
            "campaigns": [
                {**dataclasses.asdict(each), "link": link(settings, each.code) if named else None}
                for each in self.campaigns
            ],
            "other_starts": self.other_starts,
        }


async def everything(settings: Settings) -> Everything:
    """Every campaign and what came of it."""
    database = await open_database(settings)
    try:
        async with database.read() as connection:
            found = await campaigns.list_all(connection)
            return Everything(tuple(found), await campaigns.other_starts(connection))
    finally:
        await database.close()


def print_all(found: Everything, settings: Settings, console: Console) -> None:
    """For a person: of each campaign its counts and its link, every line whole."""
    for each in found.campaigns:
        console.print(f"{each.code}: {each.name}, {each.place}", markup=False, soft_wrap=True)
        console.print(
            f"    starts {each.starts}, people {each.people}, of them answered {each.people_answered}, "
            f"estimates {each.estimates}, ratings {each.ratings}"
        )
        if settings.telegram.username is not None:
            console.print(f"    {link(settings, each.code)}", markup=False, soft_wrap=True)
    others = ", ".join(f"{name} {count}" for name, count in sorted(found.other_starts.items()))
    if others:
        console.print(f"starts by no campaign: {others}", markup=False)
    for name, meaning in defined("campaigns", "campaign_ratings"):
        console.print(f"{name}: {meaning}", markup=False, soft_wrap=True)


async def qr(settings: Settings, code: str, folder: Path) -> tuple[Path, Path]:
    """Write CODE.png and CODE.svg into the folder; raises BadCampaign for a code of no campaign."""
    database = await open_database(settings)
    try:
        async with database.read() as connection:
            if not well_formed(code) or not await campaigns.exists(connection, code):
                raise BadCampaign(f"{code!r} is no campaign; `bhxh campaign list` names those there are")
    finally:
        await database.close()
    address = link(settings, code)
    png, svg = folder / f"{code}.png", folder / f"{code}.svg"
    await asyncio.to_thread(_write, {png: pictures.qr_png(address), svg: pictures.qr_svg(address)})
    return png, svg


def _write(files: Mapping[Path, bytes]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
