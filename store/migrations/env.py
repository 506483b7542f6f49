"""How Alembic runs a revision: inside the transaction `store.schema` opened."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from store.tables import counter


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=counter.metadata,
        transactional_ddl=True,
        compare_type=False,
        render_as_batch=True,
    )
    context.run_migrations()


_run(context.config.attributes["connection"])
