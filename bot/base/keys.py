"""A person's key: HMAC-SHA-256 of a secret over their channel and id, so that no id is kept in any record."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

LEAST_BYTES = 32
_FILE = "secret"


class WeakSecret(Exception):
    """The secret is shorter than `LEAST_BYTES`; the message says where it came from."""

    def __init__(self, where: str, length: int) -> None:
        super().__init__(f"{where}: {length} < {LEAST_BYTES}")
        self.where = where
        self.length = length


def load_secret(folder: Path, given: str | None) -> bytes:
    """The secret given by the environment, or the one in the data folder, made there at first start (mode 0600).

    Raises WeakSecret for one under 32 bytes.
    """
    if given is not None:
        return _checked(given.encode(), "BHXH_SECRET")
    path = folder / _FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(prefix=f"{_FILE}.", dir=folder)  # mode 0600
        fresh = Path(name)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(LEAST_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # whole or not at all, and never over one that another process just made
        except FileExistsError:
            pass
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
