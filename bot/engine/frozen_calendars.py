"""The holidays of each policy, kept beside it in the database from its first day. Source: D13."""

from __future__ import annotations

import logging
from datetime import date

from bot.engine.calendars import NOTHING_KEPT, KeptHolidays, years_around
from bot.engine.facts import Facts
from protocols.kernel.refusals import BeingUpdated
from protocols.policy.calendars import where_holidays
from protocols.policy.policy import Policy
from store.db import Connection
from store.read.raw_rows import UNREADABLE
from store.write import meta, policies

_log = logging.getLogger(__name__)


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
        new += sum(_freeze(conn, facts, policy, source, today) for source in _sources(policy))
    return new


def _freeze(conn: Connection, facts: Facts, policy: Policy, source: str, today: date) -> bool:
    version = policy.version
    try:
        before = kept(conn, policy, source)
    except UNREADABLE:
        return False  # a newer process's form; the library is asked instead
    try:
        found = before.reaching(source, *years_around(today, policy.retention.years))
    except NotImplementedError:
        _log.warning("nobody knows the holidays of %s any more (policy %s)", source, version)
        return False
    if found != before:
        meta.put(conn, _name(policy, source), _wire(found))
    facts.know_holidays(version, source, found)
    return found != before


def _sources(policy: Policy) -> tuple[str, ...]:
    """Return whose holidays the calendars of a policy name, each once."""
    return tuple(dict.fromkeys(where_holidays(policy.calendar, policy.calendars).values()))


def kept(conn: Connection, policy: Policy, source: str) -> KeptHolidays:
    """Return the holidays of a country or a market that are kept with a policy."""
    found = meta.get(conn, _name(policy, source))
    if found is None:
        return NOTHING_KEPT
    days = frozenset(map(date.fromisoformat, found["days"]))
    return KeptHolidays(int(found["from"]), int(found["until"]), days)


def _wire(found: KeptHolidays) -> dict[str, object]:
    days = sorted(day.isoformat() for day in found.days)
    return {"from": found.first_year, "until": found.last_year, "days": days}


def _name(policy: Policy, source: str) -> str:
    """Return under which name they are kept: those of the desk's own calendar under the oldest."""
    own = f"holidays/{policy.version}"
    return own if source == policy.calendar.holidays else f"{own}/{source}"
