"""How a line of the log is written: for people to read, or as JSON for what gathers logs."""

from __future__ import annotations

import datetime
import json
import logging

from bot.base.settings import Log

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_ONLY_WARNINGS = ("alembic", "uvicorn")


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, logger, message, and what was raised.

    Nothing else of a record is written: the secrets are hidden when it is made (`logs`), and fields that a library
    adds later would pass that by.
    """

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, str] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        raised = record.exc_text or (self.formatException(record.exc_info) if record.exc_info else "")
        if raised:
            told["raised"] = raised
        if record.stack_info:
            told["stack"] = record.stack_info
        return json.dumps(told, ensure_ascii=False)


def begin(settings: Log) -> None:
    """From now on this process logs as the settings say, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if settings.format == "json" else logging.Formatter(_FORMAT))
    logging.basicConfig(level=settings.level.upper(), handlers=[handler])
    for name in _ONLY_WARNINGS:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(settings.level.upper())))
