"""A person's key: HMAC-SHA-256 of a secret over their channel and id, so that no id is kept in any record."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path
from typing import ClassVar

LEAST_BYTES = 32
FILE = "secret"
_FINGERPRINT = b"whose keys these are"  # the key of nobody: theirs are made of words with a colon


class WeakSecret(Exception):
    """The secret is shorter than `LEAST_BYTES`; the message says where it came from."""

    code: ClassVar[int] = 2

    def __init__(self, where: str, length: int) -> None:
        super().__init__(f"{where}: {length} < {LEAST_BYTES}")
        self.where = where
        self.length = length


def existing_secret(folder: Path, given: str | None) -> bytes | None:
    """The secret given by the environment, or the one in the data folder; None where there is none yet.

    Raises WeakSecret for one under 32 bytes.
    """
    if given is not None:
        return _checked(given.encode(), "BHXH_SECRET")
    path = folder / FILE
    return _checked(path.read_bytes().strip(), str(path)) if path.exists() else None


def load_secret(folder: Path, given: str | None) -> bytes:
    """The secret there is, or one made in the data folder at first start (mode 0600); raises WeakSecret."""
    secret = existing_secret(folder, given)
    if secret is not None:
        return secret
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    descriptor, name = tempfile.mkstemp(prefix=f"{FILE}.", dir=folder)  # mode 0600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(LEAST_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all, and never over one that another process just made
    finally:
        fresh.unlink()
    return _checked(path.read_bytes().strip(), str(path))


def _checked(secret: bytes, where: str) -> bytes:
    if len(secret) < LEAST_BYTES:
        raise WeakSecret(where, len(secret))
    return secret


class Keys:
    """Makes keys; the secret never leaves it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, channel: str, person: str) -> str:
        """The key of a person of a channel: 64 hexadecimal digits."""
        return hmac.new(self._secret, f"{channel}:{person}".encode(), hashlib.sha256).hexdigest()

    @property
    def fingerprint(self) -> str:
        """By which the secret is known again, and not found: 64 hexadecimal digits."""
        return hmac.new(self._secret, _FINGERPRINT, hashlib.sha256).hexdigest()
