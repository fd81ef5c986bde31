"""A file that only a passphrase opens: written in one go, and of which every cut, change and addition is noticed.

A head with what scrypt makes the key of, then pieces of 64 KiB, each sealed by AES-GCM under its number and whether it
is the last: a piece that is missing, moved or behind the end is none. The head is bound to every piece. The key is made
with a salt of this file alone, so no number is used twice under it.

CannotGoOn
    └── NotOpened        the passphrase is another one, or the file is damaged or cut off; the words say which
"""

from __future__ import annotations

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.base.settings import CannotGoOn

_HEAD = struct.Struct(">12sBBB16s")
"""What it is, the costs of scrypt (the logarithm of N, r and p), and its salt."""
_MAGIC = b"bhxh-backup1"
_LOG_N, _R, _P = 16, 8, 1
"""64 MiB and a fifth of a second for each passphrase that is tried."""
_MOST_LOG_N = 20
_PIECE, _TAG = 1 << 16, 16


class NotOpened(CannotGoOn):
    """The file can't be opened with this passphrase, or is not whole."""

    code = 2


def is_encrypted(file: BinaryIO) -> bool:
    """Whether a file begins like one of these; it is at its beginning again then."""
    begins = file.read(len(_MAGIC)) == _MAGIC
    file.seek(0)
    return begins


class Encrypting:
    """What is written to it stands in the file sealed; `finish` writes the end, without which it is no file."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(16)
        self._file = file
        self._head = _HEAD.pack(_MAGIC, _LOG_N, _R, _P, salt)
        self._cipher = _cipher(passphrase, salt, _LOG_N, _R, _P)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > _PIECE:  # the last piece is never empty, but of a file that is
            self._seal(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing: a piece is written when it is full."""

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._head))
        self._number += 1


def decrypt(file: BinaryIO, passphrase: str, to: BinaryIO) -> None:
    """Write what a file holds; raises NotOpened, and what was written until then is of no use."""
    head = file.read(_HEAD.size)
    try:
        magic, log_n, r, p, salt = _HEAD.unpack(head)
    except struct.error:
        raise NotOpened("is cut off within its first letters") from None
    if magic != _MAGIC or not 10 <= log_n <= _MOST_LOG_N or not 1 <= r <= 16 or not 1 <= p <= 4:
        raise NotOpened("is of another kind, or its beginning is damaged")
    cipher = _cipher(passphrase, salt, log_n, r, p)
    number, piece = 0, file.read(_PIECE + _TAG)
    while True:
        following = file.read(_PIECE + _TAG)
        last = not following
        try:
            to.write(cipher.decrypt(_nonce(number, last), piece, head))
        except (InvalidTag, ValueError):  # the latter: shorter than a tag
            raise NotOpened(_wrong(cipher, head, number, piece, last)) from None
        if last:
            return
        number, piece = number + 1, following


def _wrong(cipher: AESGCM, head: bytes, number: int, piece: bytes, last: bool) -> str:
    """What is the matter with a piece that can't be opened."""
    try:
        cipher.decrypt(_nonce(number, not last), piece, head)
    except (InvalidTag, ValueError):
        if number == 0 and len(piece) >= _TAG:
            return "the passphrase is another one, or the file is damaged"
        return "is cut off or damaged"
    return "is cut off" if last else "has something behind its end"


def _cipher(passphrase: str, salt: bytes, log_n: int, r: int, p: int) -> AESGCM:
    return AESGCM(Scrypt(salt, 32, n=1 << log_n, r=r, p=p).derive(passphrase.encode()))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
