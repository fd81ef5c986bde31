"""The chat page as the settings have it, and on this machine alone."""

from __future__ import annotations

from functools import partial

from bot.app import App
from bot.base.clock import Clock, now_in_vietnam
from bot.channels.web.application import application
from bot.channels.web.channel import ChatPlace, WebChannel
from bot.charts import pictures


def opened(app: App) -> WebChannel:
    """The chat page of a running app."""
    web = app.settings.web
    place = ChatPlace(web.link() or "", web.host, web.chat_port, str(web.proxy), web.embed_hosts)
    return _made(app, place, now_in_vietnam)


def opened_here(app: App, clock: Clock) -> WebChannel:
    """The chat page for who sits at this machine, whatever the settings say."""
    host, port = "127.0.0.1", app.settings.web.chat_port
    return _made(app, ChatPlace(f"http://{host}:{port}/", host, port, host), clock)


def _made(app: App, place: ChatPlace, clock: Clock) -> WebChannel:
    made = partial(application, ways=app.settings.ways, office=app.settings.office.name or "")
    return WebChannel(app.desk, app.delivery, place, clock=clock, pictures=pictures.make, application=made)
