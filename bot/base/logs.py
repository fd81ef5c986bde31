"""Logs that tell no secret: no token stands in one, and libraries that quote what people wrote are silent."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

_HIDDEN = "***"
_LONG_ENOUGH = 16
_TOO_CHATTY = ("httpx", "httpcore", "aiosqlite", "sqlalchemy", "uvicorn", "python_multipart", "asyncio")
"""What these tell at length are addresses with tokens in them, and rows with what people wrote."""
_QUOTES_PEOPLE = ("telegram",)


class SecretFilter(logging.Filter):
    """Replaces secrets in whatever a record says: message, arguments, exception, stack."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._forms: list[str] = []
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        """Hide these too: whole, as they stand in an address, and the long part behind a colon."""
        quoted = [quote(secret, safe="") for secret in secrets]
        halves = [half for secret in secrets if len(half := secret.partition(":")[2]) >= _LONG_ENOUGH]
        self._forms = sorted({*self._forms, *secrets, *quoted, *halves} - {""}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; no record is held back."""
        try:
            said = record.getMessage()
        except Exception:  # arguments that don't fit the message: said as it stands, without them
            record.msg, record.args = self.hide(str(record.msg)), None
        else:
            if self.hide(said) != said:
                record.msg, record.args = self.hide(said), None
        if record.exc_info and not record.exc_text:
            told = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if self.hide(told) != told:
                record.exc_info = None
                record.exc_text = told
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True

    def hide(self, text: str) -> str:
        """The text without the secrets."""
        for form in self._forms:
            text = text.replace(form, _HIDDEN)
        return text


class _Records:
    """Makes log records, as before but without secrets."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make
        self.filter = SecretFilter()

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        self.filter.filter(record)
        return record


def guard(*secrets: str) -> None:
    """From now on no log record of this process tells a secret, whichever logger or handler writes it.

    Request addresses hold the token, and the Telegram library quotes whole messages: neither is logged.
    """
    records = logging.getLogRecordFactory()
    if not isinstance(records, _Records):
        records = _Records(records)
        logging.setLogRecordFactory(records)
    records.filter.add(*secrets)
    for name in _TOO_CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _QUOTES_PEOPLE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def told(error: BaseException | None) -> str:
    """What kind of error it was and where, without its message, which may quote what a person wrote."""
    where = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
    return f"{type(error).__name__}\n{where}".rstrip("\n")
