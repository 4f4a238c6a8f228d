"""Alembic's entry: runs migrations on the connection that the archive hands over, inside its transaction."""

from alembic import context

from dateline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
