"""How Alembic meets the tables. The connection is handed in by `records.migrate`; there is no offline mode."""

import sqlalchemy as sa
from alembic import context

from records.models.tables import metadata

connection: sa.Connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
