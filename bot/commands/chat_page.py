"""`bhxh web`: the chat page for who sits at this machine, as `bhxh chat` is for the terminal."""

from __future__ import annotations

import typer

from bot.app import open_app
from bot.base.clock import Clock
from bot.base.settings import Settings
from bot.base.tasks import beside, stop_signals
from bot.channels.web.opening import opened_here


async def here(settings: Settings, clock: Clock) -> None:
    """Serve the page on 127.0.0.1 until SIGTERM or SIGINT; raises CannotGoOn for a port that is taken."""
    no_group = settings.staff.model_copy(update={"group": None})  # nobody of the staff hears who tries it out
    app = await open_app(settings.model_copy(update={"staff": no_group}), clock)
    try:
        await app.replica.join("beside")
        page, heard = opened_here(app, clock), app.replica.run(app.delivery.take_over)
        async with beside(app.freshener.run()), beside(heard):
            typer.echo(page.place.address)
            with stop_signals() as stop:
                await page.run(stop)
    finally:
        await app.close()
