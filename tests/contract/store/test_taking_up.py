"""Tickets of an earlier release are posted their taking up once, however often a program starts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.engine.kinds import COMMANDS
from protocols.people.people import ENGINE
from protocols.targets.events import TakeUpTargets
from store import codec
from store.db import Database
from store.tables import posted as table
from store.write import posted
from tests.unit.templates.world import at

NOON = at("12:00")


def test_what_a_start_posts_is_kept_once(migrated_database_url: str) -> None:
    command = COMMANDS.encode(TakeUpTargets("BW-1001"))
    post = posted.NewPost("take-up/BW-1001", "BW-1001", command, codec.encode(ENGINE))
    database = Database(migrated_database_url)
    try:
        for start in range(3):
            with database.write() as conn:
                posted.put_once(conn, [post], NOON + timedelta(hours=start))
        with database.read() as conn:
            count = conn.execute(select(func.count()).select_from(table)).scalar()
        assert count == 1
    finally:
        database.dispose()
