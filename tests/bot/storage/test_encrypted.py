"""A file that a passphrase opens holds what was written, and whatever is done to it is noticed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import encrypted
from bot.storage.encrypted import Encrypting, NotOpened, decrypt

ONLY_SQLITE = True
WORDS = "sáu mươi con trâu đen"
PIECE = 1 << 16
HEAD, SEALED = 31, PIECE + 16


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is made quickly: the cost stands in the file."""
    monkeypatch.setattr(encrypted, "_LOG_N", 10)


def sealed(data: bytes, *, step: int = PIECE) -> bytes:
    file = io.BytesIO()
    writer = Encrypting(file, WORDS)
    for at in range(0, len(data), step):
        writer.write(data[at : at + step])
    writer.finish()
    return file.getvalue()


def opened(file: bytes, passphrase: str = WORDS) -> bytes:
    to = io.BytesIO()
    decrypt(io.BytesIO(file), passphrase, to)
    return to.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
@pytest.mark.parametrize("step", [1_000, PIECE, 1 << 20])
def test_what_was_written_is_read(size: int, step: int) -> None:
    data = bytes(each % 251 for each in range(size))
    file = sealed(data, step=step)
    assert opened(file) == data
    assert data[:16] not in file or not data[1:]


THREE = bytes(3 * PIECE + 7)


@given(st.integers(min_value=0))
def test_wherever_it_is_cut_it_is_noticed(at: int) -> None:
    file = sealed(THREE)
    with pytest.raises(NotOpened):
        opened(file[: at % len(file)])


@pytest.mark.parametrize("pieces", [0, 1, 2, 3])
def test_cut_between_two_pieces_it_is_noticed(pieces: int) -> None:
    with pytest.raises(NotOpened, match="cut off"):
        opened(sealed(THREE)[: HEAD + pieces * SEALED])


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_whichever_byte_changes_it_is_noticed(at: int, by: int) -> None:
    file = bytearray(sealed(THREE))
    place = at % len(file)
    if place in (12, 13, 14):  # a cost of scrypt: another key, which may take long to make
        return
    file[place] ^= by
    with pytest.raises(NotOpened):
        opened(bytes(file))


def test_pieces_that_change_places_or_come_twice_are_noticed() -> None:
    file = sealed(bytes(range(256)) * 800)
    head, rest = file[:HEAD], file[HEAD:]
    first, second, third = rest[:SEALED], rest[SEALED : 2 * SEALED], rest[2 * SEALED :]
    for order in ((second, first, third), (first, first, second, third), (first, third), (first, second, third, first)):
        with pytest.raises(NotOpened):
            opened(head + b"".join(order))


def test_the_end_of_another_file_is_no_end_of_this() -> None:
    one, other = sealed(THREE), sealed(THREE)
    with pytest.raises(NotOpened):
        opened(one[: HEAD + 3 * SEALED] + other[HEAD + 3 * SEALED :])


def test_another_passphrase_is_told_from_a_damaged_file() -> None:
    with pytest.raises(NotOpened, match="passphrase is another one"):
        opened(sealed(THREE), "sáu mươi con trâu trắng")
    with pytest.raises(NotOpened, match="behind its end"):
        opened(sealed(bytes(PIECE)) + b"x")


def test_a_cost_that_no_machine_could_pay_is_refused() -> None:
    file = bytearray(sealed(b"one"))
    file[12] = 40
    with pytest.raises(NotOpened, match="another kind"):
        opened(bytes(file))
