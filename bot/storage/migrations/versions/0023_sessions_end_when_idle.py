"""When a session was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"  # which would put the column behind the key
    with op.batch_alter_table("staff_sessions", recreate="always" if on_sqlite else "never") as sessions:
        sessions.add_column(sa.Column("used", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff_sessions") as sessions:
        sessions.drop_column("used")
