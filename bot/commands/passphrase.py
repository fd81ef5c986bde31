"""The passphrase of backups: from the environment, a file, or typed in a terminal; never from the command line, which
everybody on the machine can read."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import typer

from bot.base.settings import CannotGoOn

VARIABLE = "BHXH_BACKUP_PASSPHRASE"
LEAST = 12
"""Letters: whoever has the file may try as many as they like."""


class NoPassphrase(CannotGoOn):
    """There is no passphrase, or one that is too short."""

    code = 2


def passphrase(file: Path | None, *, new: bool) -> str:
    """What is given; `new`: for a backup that is made, so that it must be long enough and is typed twice.

    Raises NoPassphrase.
    """
    given, where = os.environ.get(VARIABLE), VARIABLE
    if file is not None:
        try:
            given, where = file.read_text(encoding="utf-8"), str(file)
        except (OSError, UnicodeDecodeError) as error:
            raise NoPassphrase(f"{file}: can't be read: {getattr(error, 'strerror', None) or 'is no text'}") from None
    if given is None:
        if not sys.stdin.isatty():
            raise NoPassphrase(f"a passphrase is needed: set {VARIABLE}, or name a file with --passphrase-file")
        given, where = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True), "the passphrase"
    words = unicodedata.normalize("NFC", given.strip())
    if not words or (new and len(words) < LEAST):
        raise NoPassphrase(f"{where}: at least {LEAST} letters are expected")
    return words
