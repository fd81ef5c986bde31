"""Names of people are masked in what was kept before they were masked on the way in."""

from alembic import op

from bot.storage.remasking import mask_again
from vietnamese.masking import mask_names

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    mask_again(op.get_bind(), mask_names)


def downgrade() -> None:
    """What is masked stays masked."""
