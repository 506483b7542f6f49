"""The hand of a newer process on a record: what a later release may leave behind in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from store.db import Connection, Database
from store.journal_rows import Entry
from store.read import chains, upcoming
from store.tables import outbox as outbox_table
from store.tables import step as step_table
from store.tables import ticket as ticket_table
from store.write import due_points, journal, meta, policies, records

Body = dict[str, Any]


@dataclass
class NewerHand:
    """Touches one ticket, and can take back what it did."""

    database: Database
    reference: str
    _undo: list[Callable[[Connection], object]] = field(default_factory=list)

    def touch(self, what: str) -> None:
        """Leave something behind that is not known today."""
        with self.database.write() as conn:
            getattr(self, f"_{what}")(conn)

    def leave(self) -> bool:
        """Take it back, as if it had never been; say whether that can be: a journal keeps all."""
        with self.database.write() as conn:
            for undo in reversed(self._undo):
                undo(conn)
        return bool(self._undo)

    def state(self) -> tuple[object, ...]:
        """Return all that a process could write of the ticket."""
        with self.database.read() as conn:
            row = records.get(conn, self.reference)
            return (
                row,
                upcoming.of_ticket(conn, self.reference),
                chains.head(conn, self.reference),
                conn.execute(select(func.count()).select_from(outbox_table)).scalar_one(),
            )

    def _change(self, conn: Connection, change: Callable[[Body], None]) -> None:
        row = records.get(conn, self.reference)
        assert row is not None
        was = dict(row.body)
        body = {**was}
        change(body)
        self._put(conn, body)
        self._undo.append(lambda later: self._put(later, was))

    def _put(self, conn: Connection, body: Body) -> None:
        of = ticket_table.c.reference == self.reference
        conn.execute(update(ticket_table).where(of).values(body=body))

    def _field(self, conn: Connection) -> None:
        self._change(conn, lambda body: body.update(merged_into="BW-1009"))

    def _field_inside(self, conn: Connection) -> None:
        self._change(conn, lambda body: body.update(opening={**body["opening"], "tone": "calm"}))

    def _drafts(self, conn: Connection) -> None:
        self._in_each(conn, "drafts")

    def _people(self, conn: Connection) -> None:
        self._in_each(conn, "people")

    def _called_by(self, conn: Connection) -> None:
        """In a slice that hardly a rule asks for."""
        self._change(
            conn, lambda body: body.update(called_by={**body["opened_by"], "tone": "calm"})
        )

    def _in_each(self, conn: Connection, name: str) -> None:
        self._change(
            conn,
            lambda body: body.update({name: [{**each, "tone": "calm"} for each in body[name]]}),
        )

    def _slices(self, conn: Connection) -> None:
        """The form to come: head and slices, so that much of today's is missing, too."""

        def change(body: Body) -> None:
            kept = {name: body[name] for name in ("reference", "tier")}
            body.clear()
            body.update(kept, slices={"roles": {"v": 2}})

        self._change(conn, change)

    def _word(self, conn: Connection) -> None:
        self._change(conn, lambda body: body.update(status="merged"))

    def _event(self, conn: Connection) -> None:
        row = records.get(conn, self.reference)
        assert row is not None
        said = {"type": "TicketTranslated", "into": "BW-1009"}
        entry = Entry("TicketTranslated", row.updated_at, "csm-one", said)
        journal.append(conn, self.reference, [entry], team_id=row.team_id, drill=row.drill)

    def _due_point(self, conn: Connection) -> None:
        row = records.get(conn, self.reference)
        assert row is not None
        due_at = row.opened_at + timedelta(minutes=1)
        point = due_points.Point("merge:1", "merge_waits", due_at)
        due_points.begin(conn, self.reference, [point], row.opened_at)
        self._undo.append(
            lambda later: later.execute(
                step_table.update().where(step_table.c.key == "merge:1").values(state="done")
            )
        )

    def _due_value(self, conn: Connection) -> None:
        """In a point of a kind that is known: an argument that is not."""
        waits = upcoming.of_ticket(conn, self.reference)
        point = next(each for each in waits if each.state == "pending")
        of = (step_table.c.reference == self.reference) & (step_table.c.key == point.key)
        change = update(step_table).where(of)
        conn.execute(change.values(value={**point.value, "tone": "calm"}))
        self._undo.append(lambda later: later.execute(change.values(value=point.value)))

    def _policy(self, conn: Connection) -> None:
        row = records.get(conn, self.reference)
        assert row is not None
        schema, body = policies.get(conn, row.policy_version)
        more = '{"merging": {"within": "5m"},' + body[1:]
        policies.keep(conn, "newer0000001", more, schema, row.opened_at)
        self._change(conn, lambda changed: changed.update(policy_version="newer0000001"))

    def _schema(self, conn: Connection) -> None:
        row = records.get(conn, self.reference)
        assert row is not None
        _, body = policies.get(conn, row.policy_version)
        policies.keep(conn, "newer0000002", body, 2, row.opened_at)
        self._change(conn, lambda changed: changed.update(policy_version="newer0000002"))

    def _form(self, conn: Connection) -> None:
        meta.put(conn, "format", 2)
        self._undo.append(lambda later: meta.forget(later, "format"))
