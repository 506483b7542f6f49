"""The holidays of each policy, kept beside it in the database from its first day. Source: D13."""

from __future__ import annotations

from datetime import date

from bot.engine.calendars import NOTHING_KEPT, KeptHolidays, years_around
from bot.engine.facts import Facts
from protocols.kernel.refusals import BeingUpdated
from store.db import Connection
from store.read.raw_rows import UNREADABLE
from store.write import meta, policies


def freeze(conn: Connection, facts: Facts, today: date) -> int:
    """Keep the holidays of every policy as far as they are needed; return how many were new.

    What is kept already stays as it is; only years are added.
    """
    new = 0
    for version in policies.versions(conn):
        try:
            policy = facts.policy_of(conn, version)
        except (BeingUpdated, ValueError):
            continue  # a newer process's own, or one that `verify` names
        if not policy.calendar.bank_holidays:
            continue
        try:
            before = kept(conn, version)
        except UNREADABLE:
            continue  # a newer process's form; the library is asked instead
        found = before.reaching(*years_around(today, policy.retention.years))
        if found != before:
            meta.put(conn, _name(version), _wire(found))
            new += 1
        facts.know_holidays(version, found)
    return new


def kept(conn: Connection, version: str) -> KeptHolidays:
    """Return the holidays that are kept with a policy."""
    found = meta.get(conn, _name(version))
    if found is None:
        return NOTHING_KEPT
    days = frozenset(map(date.fromisoformat, found["days"]))
    return KeptHolidays(int(found["from"]), int(found["until"]), days)


def _wire(found: KeptHolidays) -> dict[str, object]:
    days = sorted(day.isoformat() for day in found.days)
    return {"from": found.first_year, "until": found.last_year, "days": days}


def _name(version: str) -> str:
    return f"holidays/{version}"
