"""What `bhxh staff link` and `bhxh pages` do: print a link to the staff pages, and serve them alone."""

from __future__ import annotations

import contextlib

from bot.app import open_app
from bot.base import log_lines
from bot.base.clock import now_in_vietnam
from bot.base.settings import BrokenSettings, CannotGoOn, Settings
from bot.base.tasks import Stopped, beside, stop_signals, until_stopped
from bot.desk.sign_in import Entrance
from bot.web.server import serving
from handlers.dialogue.memory import Role


async def link(settings: Settings, role: Role) -> str:
    """A one-time link that carries its role; raises BrokenSettings where no pages are served."""
    if settings.web.port == 0:
        raise BrokenSettings("web.port: is 0, so no pages are served; expected 1 to 65535")
    app = await open_app(settings)
    try:
        return await Entrance(app.database, app.roles, now_in_vietnam, settings.web).link_on_server(role)
    finally:
        await app.close()


async def pages(settings: Settings) -> None:
    """Serve the pages until SIGTERM or SIGINT; raises CannotGoOn where they can't be."""
    log_lines.begin(settings.log)
    app = await open_app(settings)
    try:
        await app.replica.join("beside")  # so that nobody changes the tables under it
        heard, learnt = app.replica.run(app.delivery.take_over), app.freshener.run()
        async with beside(heard), beside(learnt), serving(app, now_in_vietnam, alone=True) as served:
            if not served:
                raise CannotGoOn("the staff pages are not served; see web.host and web.port")
            with stop_signals() as stop, contextlib.suppress(Stopped):
                raise await until_stopped(app.database.damage(), stop)
    finally:
        await app.close()
