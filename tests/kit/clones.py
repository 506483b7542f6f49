"""Databases on PostgreSQL that are emptied and taken again: each is like its template when given.

Cloning a database costs fifteen times what emptying one does. One is taken again only when nothing
of its shape was changed and nobody stayed connected to it: who stayed might still write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.kit.postgres import Postgres
from tests.kit.waiting import NeverHappened, until

Connection = psycopg.Connection[tuple[object, ...]]
LEFT_WITHIN_S = 0.5
SHAPE = """
SELECT (SELECT string_agg(concat(relname, relkind, relacl), ' ' ORDER BY oid)
          FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) || ' ' || max(xmin::text::bigint) FROM pg_attribute),
       (SELECT count(*) || ' ' || max(xmin::text::bigint) FROM pg_constraint),
       (SELECT count(*) || ' ' || max(xmin::text::bigint) FROM pg_trigger),
       (SELECT count(*) || ' ' || max(xmin::text::bigint) FROM pg_proc),
       (SELECT count(*) FROM pg_db_role_setting WHERE setdatabase =
          (SELECT oid FROM pg_database WHERE datname = current_database())),
       (SELECT string_agg(version_num, ' ') FROM alembic_version)
"""
"""What every change of a table, a trigger, a function or a setting shows in."""
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
   AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
EMPTY = """
DO $$
DECLARE each record; has_rows boolean; full_ones text[] := '{}';
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r'
      AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', each.name) INTO has_rows;
    IF has_rows THEN full_ones := full_ones || each.name::text; END IF;
  END LOOP;
  IF full_ones <> '{}' THEN
    EXECUTE format('TRUNCATE %s CASCADE', array_to_string(full_ones, ', '));
  END IF;
  PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL;
END $$
"""
"""The journal refuses this to everybody but a replica."""


class Clones:
    """Databases like one template.

    Attributes:
        template: The name of the database that they are like; nobody writes to it.
    """

    def __init__(self, postgres: Postgres, template: str) -> None:
        self.template = template
        self._postgres = postgres
        self._free: list[str] = []
        with self._connected(template) as connection:
            self._shape = connection.execute(SHAPE).fetchone()

    @contextmanager
    def taken(self) -> Iterator[str]:
        """Give the URL of a database that nobody else has until the context ends, in any thread."""
        try:
            name = self._free.pop()
        except IndexError:
            name = self._postgres.create(self.template)
        try:
            yield self._postgres.url(name)
        finally:
            self._taken_back(name)

    def _taken_back(self, name: str) -> None:
        with self._connected(name) as connection:
            is_same = _is_left(connection) and self._is_like_its_template(connection)
            if is_same:
                connection.execute(EMPTY)
        if is_same:
            self._free.append(name)
        else:
            self._postgres.drop(name)

    def _is_like_its_template(self, connection: Connection) -> bool:
        return connection.execute(SHAPE).fetchone() == self._shape

    def _connected(self, name: str) -> Connection:
        return psycopg.connect(self._postgres.url(name).replace("+psycopg", ""), autocommit=True)


def _is_left(connection: Connection) -> bool:
    """Return whether nobody else is connected, or soon will not be: a session takes time to end."""
    try:
        until(
            lambda: connection.execute(OTHERS).fetchone() == (0,), LEFT_WITHIN_S, what="their end"
        )
    except NeverHappened:
        return False
    return True
