"""The revisions of the database's shape, oldest first; run by `store.schema`."""
