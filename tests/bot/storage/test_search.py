"""What is searched for without accents is found on both databases."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.database import Database
from vietnamese.normalize import fold

LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
"""Of every language that is written with Latin letters, Vietnamese among them."""

TEXTS = (
    "Đóng BHXH ở đâu?",
    "Nói còn KHÓ HIỂU lắm",
    "e\u0302\u0301 Ê\u0301 ế",
    LETTERS,
    "100 % _ ' \\ «»",
    "",
)


async def test_the_database_folds_as_the_software_does(database: Database) -> None:
    async with database.read() as connection:
        for text in TEXTS:
            found = await connection.execute(sa.select(sa.func.folded(sa.literal(text, sa.Text))))
            assert found.scalar_one() == fold(text)
        assert (await connection.execute(sa.select(sa.func.folded(sa.null())))).scalar_one() is None
