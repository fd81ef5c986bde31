"""A person's key: HMAC-SHA-256 of a secret over their channel and id, so that no id is kept in any record.

Where an id must be kept to write to somebody, it is sealed: AES-GCM with a key that HKDF makes of the same secret,
bound to the row it stands in. Neither is of use without the secret, which is kept apart from the database.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LEAST_BYTES = 32
FILE = "secret"
_SEALED = "1."
"""What is sealed begins with it; no id of a chat does."""
_NONCE_BYTES = 12
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


class NotSealedHere(ValueError):
    """What was to be opened was sealed with another secret, for another row, or is damaged."""


def is_sealed(kept: str) -> bool:
    """Whether a value was sealed, or stands as it is."""
    return kept.startswith(_SEALED)


class Keys:
    """Makes keys, and seals what must be read again; the secret never leaves it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, channel: str, person: str) -> str:
        """The key of a person of a channel: 64 hexadecimal digits."""
        return hmac.new(self._secret, f"{channel}:{person}".encode(), hashlib.sha256).hexdigest()

    @property
    def fingerprint(self) -> str:
        """By which the secret is known again, and not found: 64 hexadecimal digits."""
        return hmac.new(self._secret, _FINGERPRINT, hashlib.sha256).hexdigest()

    def seal(self, text: str, *row: str) -> str:
        """A text that only the same secret opens, and only for the same row: the names of its table and its key.

        Each time another one; a secret is good for 2^32 of them.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), _bound(row))
        return _SEALED + base64.urlsafe_b64encode(sealed).decode("ascii")

    def unseal(self, sealed: str, *row: str) -> str:
        """The text that was sealed for this row; raises NotSealedHere."""
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_SEALED))
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(row)).decode()
        except (InvalidTag, ValueError):
            raise NotSealedHere from None

    @functools.cached_property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"chat ids").derive(self._secret))


def _bound(row: tuple[str, ...]) -> bytes:
    return "\0".join(row).encode()
