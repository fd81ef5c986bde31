"""The log as JSON: one object a line that a machine reads, and no secret in any part of it."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.base import logs
from bot.base.log_lines import begin
from bot.base.settings import Log

TOKEN = "123456789:AAH-not_a_real_token_but_as_long_as_one"


@contextlib.contextmanager
def logged(settings: Log) -> Iterator[io.StringIO]:
    """What is logged meanwhile, by settings; afterwards the loggers are as they were."""
    logger = logging.getLogger()
    handlers, level, factory = logger.handlers[:], logger.level, logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in ("alembic", "uvicorn", "httpx", "httpcore", "telegram")}
    logger.handlers.clear()
    begin(settings)
    (handler,) = logger.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    yield stream
    logger.handlers[:] = handlers
    logger.setLevel(level)
    logging.setLogRecordFactory(factory)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_each_line_is_an_object_whatever_is_said() -> None:
    with logged(Log(format="json")) as stream:
        logging.getLogger("bot.desk").warning("một dòng\nhai dòng, «%s»", 'ngoặc "kép"')
        try:
            raise ValueError("hỏng")
        except ValueError:
            logging.getLogger("bot.desk").exception("failed")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["level"], first["logger"]) == ("warning", "bot.desk")
    assert first["message"] == 'một dòng\nhai dòng, «ngoặc "kép"»'
    assert first["time"].endswith("+00:00")
    assert "ValueError: hỏng" in second["raised"]


def test_no_secret_is_in_any_part_of_a_line() -> None:
    with logged(Log(format="json", level="debug")) as stream:
        logs.guard(TOKEN)
        logger = logging.getLogger("bot.anything")
        try:
            raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
        except RuntimeError:
            logger.exception("of %s", TOKEN, stack_info=True, extra={"url": TOKEN, "token": TOKEN})
        logger.debug("x", extra={"url": f"bot{TOKEN}"})
    assert len(stream.getvalue().splitlines()) == 2
    assert TOKEN not in stream.getvalue()
    assert TOKEN.partition(":")[2] not in stream.getvalue()


@pytest.mark.parametrize(("level", "kept"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_holds_back_what_is_below(level: str, kept: int) -> None:
    with logged(Log.model_validate({"level": level})) as stream:
        for each in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logging.getLogger("bot.desk").log(each, "said")
    assert len(stream.getvalue().splitlines()) == kept


def test_text_stays_text() -> None:
    with logged(Log()) as stream:
        logging.getLogger("bot.desk").info("served")
    assert stream.getvalue().endswith(" INFO bot.desk: served\n")
