"""Campaigns on the command line: made, changed, ended, listed, and their links written as QR codes."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.content import read_content
from bot.base.settings import BrokenSettings, Settings
from bot.charts import pictures
from bot.commands.noting import noting
from bot.outreach import campaigns as outreach
from bot.outreach.wording import greeting
from bot.reports.definitions import defined
from bot.storage import campaigns
from bot.storage.campaigns import Campaign, CampaignCount
from bot.storage.database import Database
from handlers.dialogue.memory import CampaignTouch

_COUNTS = ("starts", "people", "people_answered", "estimates", "reminders", "ratings", "outside")


def link(settings: Settings, code: str = "") -> str:
    """Where the QR code of a campaign leads: `Settings.qr_link`; raises BrokenSettings where no address is set."""
    address = settings.qr_link(code)
    if address is None:
        raise no_link()
    return address


def no_link() -> BrokenSettings:
    """Why there is no link."""
    return BrokenSettings(
        "web.chat_url, telegram.username: neither is set; expected the address of the chat page, "
        "or the bot's name without @, for links"
    )


async def add(settings: Settings, given: Mapping[str, str]) -> Campaign:
    """A new campaign of what was given (`outreach.campaigns.FIELDS`); raises BadCampaign."""
    campaign = outreach.read(given, read_content().library)
    async with _opened(settings) as database:
        await outreach.make(database, campaign, now_in_vietnam(), noting("chien-dich/moi"))
    return campaign


async def edit(settings: Settings, code: str, given: Mapping[str, str | None]) -> Campaign:
    """The same campaign with what was given changed, the rest (None) as it was; raises BadCampaign."""
    library = read_content().library
    async with _opened(settings) as database:
        before = outreach.written(await outreach.find(database, code))
        changed = {name: value for name, value in given.items() if value is not None}
        campaign = outreach.read({**before, **changed}, library, before["code"])
        await outreach.change(database, campaign, noting("chien-dich/ma/sua"))
    return campaign


async def close(settings: Settings, code: str, *, again: bool = False) -> bool:
    """End a campaign, or open it `again`; whether that changed anything. Raises BadCampaign."""
    async with _opened(settings) as database:
        noted = noting("chien-dich/ma/mo-lai" if again else "chien-dich/ma/dong")
        return await outreach.close(database, code, None if again else now_in_vietnam(), noted)


@contextlib.asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = await open_database(settings)
    try:
        yield database
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class Everything:
    """All campaigns, with the starts that came by no link, an unknown one, or a malformed one."""

    campaigns: tuple[CampaignCount, ...]
    other_starts: Mapping[CampaignTouch, int]

    def as_json(self, settings: Settings) -> dict[str, object]:
        return {
            "definitions": dict(defined("campaigns", "campaign_ratings")),
            "campaigns": [
                {
                    **_as_json(each.campaign),
                    **{name: getattr(each, name) for name in _COUNTS},
                    "link": settings.qr_link(each.campaign.code),
                    "ways": _ways(settings, each.campaign.code),
                }
                for each in self.campaigns
            ],
            "other_starts": self.other_starts,
        }


async def everything(settings: Settings) -> Everything:
    """Every campaign and what came of it."""
    async with _opened(settings) as database, database.read() as connection:
        counted = await campaigns.list_all(connection)
        return Everything(tuple(counted), await campaigns.other_starts(connection))


def _ways(settings: Settings, code: str) -> dict[str, str]:
    """By channel: its link with the code, or what is typed there first."""
    return {each.channel: greeting(code) if each.greeted else each.link for each in settings.ways(code)}


def _as_json(campaign: Campaign) -> dict[str, object]:
    values = {name: value for name, value in dataclasses.asdict(campaign).items() if name != "made_at"}
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in values.items()}


def print_all(listed: Everything, settings: Settings, console: Console) -> None:
    """For a person: of each campaign its counts and its link, every line whole."""
    for each in listed.campaigns:
        campaign = each.campaign
        beside = _time(campaign, now_in_vietnam().date())
        console.print(f"{campaign.code}: {campaign.name}, {campaign.place}{beside}", markup=False, soft_wrap=True)
        outside = f", outside its time {each.outside}" if each.outside else ""
        console.print(
            f"    starts {each.starts}, people {each.people}, of them answered {each.people_answered}, "
            f"estimates {each.estimates}, reminders {each.reminders}, ratings {each.ratings}{outside}"
        )
        for name, how in _ways(settings, campaign.code).items():
            console.print(f"    {name}: {how}", markup=False, soft_wrap=True)
    others = ", ".join(f"{name} {count}" for name, count in sorted(listed.other_starts.items()))
    if others:
        console.print(f"starts by no campaign: {others}", markup=False)
    for name, meaning in defined("campaigns", "campaign_ratings"):
        console.print(f"{name}: {meaning}", markup=False, soft_wrap=True)


def _time(campaign: Campaign, today: datetime.date) -> str:
    """« (2026-11-01 to 2026-12-31, over)»; nothing where it has no end."""
    days = f"{campaign.begins or ''} to {campaign.ends or ''}".strip() if campaign.begins or campaign.ends else ""
    state = {"expired": "over", "early": "not begun"}.get(campaign.touch(today), "")
    told = ", ".join(each for each in (days, state) if each)
    return f" ({told})" if told else ""


async def qr(settings: Settings, code: str, folder: Path) -> tuple[Path, Path]:
    """Write CODE.png and CODE.svg into the folder; raises BadCampaign for a code of no campaign."""
    code = (await found(settings, code)).code
    address = link(settings, code)
    png, svg = folder / f"{code}.png", folder / f"{code}.svg"
    await asyncio.to_thread(write, {png: pictures.qr_png(address), svg: pictures.qr_svg(address)})
    return png, svg


async def found(settings: Settings, code: str) -> Campaign:
    """The campaign of a code; raises BadCampaign."""
    async with _opened(settings) as database:
        return await outreach.find(database, code)


def write(files: Mapping[Path, bytes]) -> None:
    """Write each file, and the folders it stands in."""
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
