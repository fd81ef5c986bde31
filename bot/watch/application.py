"""What watches over the service asks here: /metrics, /healthz, /readyz. Never on an address of the public."""

from __future__ import annotations

from collections.abc import Collection

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.base.clock import Clock
from bot.watch.gauges import Gauges
from bot.watch.state import looked_at, readiness

_AS_IT_IS_NOW = {"Cache-Control": "no-store"}


def application(app: App, clock: Clock, channels: Collection[str]) -> Starlette:
    """The three addresses of a running app that serves these channels."""
    gauges = Gauges(app, clock)

    async def metrics(request: Request) -> Response:
        return Response(await gauges.told(), headers={**_AS_IT_IS_NOW, "Content-Type": CONTENT_TYPE_LATEST})

    async def healthz(request: Request) -> Response:
        health = await looked_at(app, clock())
        return JSONResponse(health.as_json(), 503 if health.problems else 200, _AS_IT_IS_NOW)

    async def readyz(request: Request) -> Response:
        ready = await readiness(app, channels)
        return JSONResponse(ready, 200 if all(ready.values()) else 503, _AS_IT_IS_NOW)

    return Starlette(routes=[Route(f"/{each.__name__}", each) for each in (metrics, healthz, readyz)])
