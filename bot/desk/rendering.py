"""What a reply that waited becomes when it goes out: an id, a one-time link, a report made at the last moment."""

from __future__ import annotations

import dataclasses
import html
import logging
from collections.abc import Awaitable, Callable

from bot.base import logs
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import OwnId, ReportWanted, Said, StaffLink, Text, Waiting

log = logging.getLogger(__name__)


class Renderer:
    """Makes of a reply what a channel carries out."""

    def __init__(
        self,
        texts: Texts,
        report: Callable[[ReportWanted], Awaitable[Said]] | None = None,
        links: Callable[[str], Awaitable[str | None]] | None = None,
    ) -> None:
        """`links` makes a one-time link to the staff pages for a key, or None where it may not have one."""
        self._texts = texts
        self._report = report
        self._links = links

    async def render(self, reply: Waiting, key: str, address: str, own: bool) -> Said:
        """What is said for a reply; `own`: the address is a chat with this person alone."""
        match reply:
            case OwnId():
                return Text(reply.html.format(id=address))
            case StaffLink():
                link = await self._links(key) if own and self._links is not None else None
                return Text(reply.refused if link is None else reply.html.format(link=html.escape(link)))
            case ReportWanted():
                return await self._reported(reply)
            case _:
                return reply

    def led(self, said: Said, lead: str) -> Said:
        """The same with a line before it."""
        if isinstance(said, Text):
            return dataclasses.replace(said, html=f"{lead}\n\n{said.html}")
        return dataclasses.replace(said, caption=f"{lead}\n\n{said.caption}".rstrip())

    async def _reported(self, reply: ReportWanted) -> Said:
        """The report; one that can't be made is said to be so."""
        try:
            if self._report is not None:
                return await self._report(reply)
        except Exception as error:
            log.error("the report %s can't be made: %s", reply.name, logs.told(error))
        return Text(self._texts.say("staff.no_report"))
