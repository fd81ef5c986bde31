"""Options that several commands of `bhxh` have."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
On = Annotated[datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Answer as on this day, not today.")]
Since = Annotated[
    datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was asked from this day on.")
]
Until = Annotated[
    datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was asked up to the end of this day.")
]
By = Annotated[str | None, typer.Option(help="Who decides; the name of the account unless given.")]
