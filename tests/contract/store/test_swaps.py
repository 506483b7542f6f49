"""Swaps of duties: kept once, read while they may stand, in the order in which they were made."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from protocols.people.people import Who
from protocols.people.swaps import Swap
from store.db import Database
from store.write import swaps
from tests.contract.store.samples import NOON, TEAM, later

ONE, TWO = Who("csm-one", "CSM One"), Who("csm-two", "CSM Two")
SWAP = Swap("csm", TWO, ONE, ONE, NOON, later(3600))


def test_a_swap_is_read_as_it_was_kept_until_it_ends(database: Database) -> None:
    nobody = Swap("legal", TWO, None, TWO, NOON, later(60))
    with database.write() as conn:
        swaps.put(conn, "first", SWAP, TEAM)
        swaps.put(conn, "second", nobody, TEAM)
    with database.read() as conn:
        assert swaps.standing(conn, NOON) == (SWAP, nobody)
        assert swaps.standing(conn, later(60)) == (SWAP,)
        assert swaps.standing(conn, later(3600)) == ()
        assert swaps.by_key(conn, "second") == nobody
        assert swaps.by_key(conn, "third") is None


def test_a_key_is_kept_once(database: Database) -> None:
    with database.write() as conn:
        swaps.put(conn, "first", SWAP, TEAM)
    with database.write() as conn, pytest.raises(IntegrityError):
        swaps.put(conn, "first", SWAP, TEAM)
