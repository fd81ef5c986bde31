"""Addresses, accounts, and numbers in words or disguised are masked in what was kept before the masking knew them."""

from alembic import op

from bot.storage.remasking import mask_again
from vietnamese.masking import mask

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    mask_again(op.get_bind(), lambda text: mask(text)[0])


def downgrade() -> None:
    """What is masked stays masked."""
