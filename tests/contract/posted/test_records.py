"""A record of another kind is opened, decided, told and verified as a ticket is, whoever dies.

Source: design, Records.
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from bot.commands import verify as commands
from bot.engine import kinds, ledger
from protocols.clock.events import DuePassed
from protocols.kernel.refusals import BeingUpdated
from store.db import CommitPoint
from store.read import others, upcoming
from store.read.verification import Flaw, verify
from store.tables import record as table
from tests.contract.posted import errands
from tests.contract.posted.errand.events import (
    Errand,
    ErrandDue,
    ErrandGiven,
    ErrandGrew,
    ErrandHead,
    ErrandHeard,
    GiveErrand,
)
from tests.contract.posted.place import Killed, Place, says, ticks
from tests.kit.bot import RunningBot, environment, settings_of
from tests.kit.waiting import until

pytestmark = pytest.mark.slow
GIVEN = "errand 1: Count the returned cheques."
BACK = "Under way: Count the returned cheques."
DECIDED = [ErrandGiven, DuePassed, ErrandDue, ErrandGrew]


@pytest.fixture(autouse=True)
def _errands() -> Iterator[None]:
    with errands.in_force():
        yield


def errand_of(place: Place, number: int = 1) -> str:
    return f"{place.one}-E{number}"


def happened(place: Place, bot: RunningBot, number: int = 1) -> list[type]:
    return [type(event) for event in place.history(bot, errand_of(place, number))]


def errand(place: Place, bot: RunningBot) -> Errand:
    with bot.database.read() as conn:
        row = kinds.found(conn, errand_of(place))
    assert row is not None
    found = kinds.read(row)
    assert isinstance(found, Errand)
    return found


def test_a_posted_command_opens_a_record_with_a_chain_a_row_and_a_due_point(place: Place) -> None:
    bot = place.bot()
    says(bot, place.one, GIVEN)
    ticks(bot)
    assert happened(place, bot) == DECIDED
    assert errand(place, bot).of(ErrandHead).more == ("and soon",)
    assert place.notes(bot, place.one) == [GIVEN, BACK]
    with bot.database.read() as conn:
        assert verify(conn).sound
        (row,) = others.every(conn)
        assert (row.kind, row.open) == ("errand", True)
        assert ledger.refolded(conn, row) == ledger.reread(row)
        assert upcoming.coming(conn).is_posted is False
        points = upcoming.of_ticket(conn, errand_of(place))
    assert [(point.key, point.state) for point in points] == [("errand", "done")]


def test_what_a_record_tells_is_sent_and_comes_back_to_it(place: Place) -> None:
    with RunningBot(place.slack.addresses, place.url) as bot:
        bot.wait_until_known()
        says(bot, place.one, GIVEN)
        until(lambda: ErrandHeard in happened(place, bot), what="the errand hears that it was told")
        bot.settle()
        assert errand(place, bot).of(ErrandHead).heard == (f"{errand_of(place)}/due",)
        assert not errand(place, bot).is_open


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_at_any_commit_opens_decides_and_posts_once(
    place: Place, point: CommitPoint
) -> None:
    """The commits of a tick: it is opened, falls due, hears more, and the ticket is told."""
    for number in range(1, 5):
        left: list[int] = []

        def die(reached: CommitPoint, left: list[int] = left) -> None:
            if reached == point and left:
                left[0] -= 1
                if left[0] == 0:
                    raise Killed

        dying, other = place.bot(die), place.bot()
        says(other, place.one, GIVEN.replace("1", str(number)))
        left.append(number)
        with pytest.raises(Killed):
            ticks(dying)
        left.clear()
        ticks(other)
        assert sorted(map(str, happened(place, other, number))) == sorted(map(str, DECIDED))
        assert place.notes(other, place.one).count(BACK) == number
        with other.database.read() as conn:
            assert verify(conn).sound


def test_two_replicas_open_and_decide_each_record_once(place: Place) -> None:
    bots = [place.bot(), place.bot()]
    for number in range(1, 9):
        says(bots[number % 2], place.one, GIVEN.replace("1", str(number)))
    threads = [threading.Thread(target=ticks, args=(bot,)) for bot in bots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ticks(bots[0])
    for number in range(1, 9):
        found = happened(place, bots[0], number)
        assert found[0] is ErrandGiven
        assert sorted(map(str, found)) == sorted(map(str, DECIDED))
    assert place.notes(bots[0], place.one).count(BACK) == 8


def test_a_record_that_is_opened_already_is_not_opened_again(place: Place) -> None:
    bot = place.bot()
    give = GiveErrand(errand_of(place), place.one, "Count the cheques.", "csm-one")
    engine, actor = bot.program.parts.engine, bot.actor("csm-one")
    assert [engine.submit(give, actor).repeated for _ in range(2)] == [False, True]
    assert happened(place, bot) == [ErrandGiven]


def test_a_record_of_a_kind_that_only_a_newer_process_knows_is_left_to_it(
    place: Place,
) -> None:
    bot = place.bot()
    says(bot, place.one, GIVEN)
    ticks(bot)
    with bot.database.write() as conn:
        conn.execute(update(table).values(kind="voyage"))
        with pytest.raises(BeingUpdated, match="a record of the kind voyage"):
            ledger.held(conn, errand_of(place))


def test_verify_reads_records_of_every_kind(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = place.bot()
    says(bot, place.one, GIVEN)
    ticks(bot)
    settings = settings_of(environment(place.slack.addresses, place.url))
    assert commands.verify(settings, argparse.Namespace(reference=errand_of(place))) == 0
    assert commands.verify(settings, argparse.Namespace(reference=None)) == 0
    with bot.database.write() as conn:
        conn.execute(update(table).values(account_key="acme"))
    capsys.readouterr()
    assert commands.verify(settings, argparse.Namespace(reference=None)) == 1
    assert errand_of(place) in capsys.readouterr().out


def test_a_record_that_is_gone_shows(place: Place) -> None:
    bot = place.bot()
    says(bot, place.one, GIVEN)
    ticks(bot)
    with bot.database.write() as conn:
        conn.execute(table.delete())
        report = verify(conn)
    assert Flaw(errand_of(place), None, "the chain's record is missing") in report.flaws
