"""The posters of a campaign as files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.base.clock import now_in_vietnam
from bot.base.content import read_content
from bot.base.settings import BrokenSettings, Settings
from bot.commands.campaign_links import found, link, write
from bot.desk.resources import resources_of
from bot.outreach.posters import FORMS, PosterForm, drawn, file_name
from bot.outreach.wording import Invitation, worded
from bot.storage.campaigns import Campaign


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
    """What the posters of a campaign are made of; raises BrokenSettings where the bot has no name."""
    return Invitation.of(campaign, link(settings, campaign.code))


def _files(code: str, output: Path, forms: Sequence[PosterForm] | None) -> dict[Path, PosterForm]:
    """Which form goes into which file."""
    ending = output.suffix.lower()
    if ending not in (".pdf", ".png"):
        return {output / file_name(code, form): form for form in forms or FORMS}
    wanted = tuple(forms or (("picture",) if ending == ".png" else ("a4",)))
    if len(wanted) > 1 or (wanted[0] == "picture") != (ending == ".png"):
        raise BrokenSettings(f"{output}: a4, a5 and cards are .pdf, picture is .png; for several name a folder")
    return {output: wanted[0]}
