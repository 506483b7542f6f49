"""Whether a release still stands is read from the database at the instant of the question.

Proves: T14.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.clock import BusinessClock, MachineClock
from bot.engine.engine import Engine
from bot.engine.facts import Acquaintance, Facts, Identity
from bot.engine.outgoing import Roads
from bot.engine.standing import Releases
from bot.gateways.outcomes import NotSent, Withheld
from protocols.bridge.events import NoteShared, NoteUnshared
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.command import Command
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote
from protocols.updates.events import DraftKind, DraftState, DraftText, ReleaseText
from protocols.updates.state import Updates
from store.db import Database
from store.outbox_rows import OutboxRow
from store.read import deliveries
from store.write import outbox
from store.write.claim import claim
from store.write.people import SlackUser
from templates.kit.links import Links
from tests.contract.newer.hand import NewerHand
from tests.kit.rules_incident import DOING, KNOWN, SHARED, actor, instant, opening, people, policy
from tests.property.leak.courier import Leaving

ROUNDS = 12


@dataclass
class Desk:
    """An engine on a database, without any Slack."""

    database: Database
    engine: Engine
    releases: Releases
    clock: BusinessClock

    def does(self, who: str, command: Command) -> Ticket:
        return self.engine.submit(command, actor(who)).ticket

    def released(self, number: int = 0) -> Ticket:
        """Open a ticket whose first update is released and waits."""
        found = self.does(
            "csm-one",
            opening(
                reference="", summary=f"Payments sent twice, run {number}", another_problem=True
            ),
        )
        reference, next_at = found.reference, self.clock.now().replace(year=2090)
        fields = (("known", KNOWN), ("doing", DOING))
        self.does("csm-one", DraftText(reference, DraftKind.UPDATE, fields, next_at))
        text = (
            self.engine.submit(AddNote(reference, "read"), actor("csm-one"))
            .ticket.of(Updates)
            .drafts[0]
        )
        return self.does("cs-manager-one", ReleaseText(reference, 1, text.text_hash))

    def row(self, key: str) -> OutboxRow:
        with self.database.read() as conn:
            return next(
                r for r in deliveries.of_ticket(conn, key.partition("/")[0]) if r.key == key
            )

    def hold(self, reference: str) -> Ticket:
        placed = PlaceHold(reference, HoldKind.DISCLOSURE, "their lawyer wrote")
        return self.does("cs-manager-one", placed)


@pytest.fixture
def desk(migrated_database_url: str) -> Iterator[Desk]:
    database = Database(migrated_database_url)
    facts = Facts(policy(), people())
    facts.learn(Acquaintance(channels={"acme": SHARED}))
    clock = BusinessClock(MachineClock(), lambda: 0.0)
    engine = Engine(
        database,
        facts,
        clock=clock,
        machine=MachineClock(),
        links=Links,
        roads=Roads(mail=True),
        committed=lambda: None,
        changed=lambda _ticket: None,
    )
    yield Desk(database, engine, Releases(database, facts, clock.now), clock)
    database.dispose()


def test_once_a_hold_is_committed_no_question_finds_the_release_standing(desk: Desk) -> None:
    for number in range(ROUNDS):
        reference = desk.released(number).reference
        row = desk.row(f"{reference}/text/1")
        committed = threading.Event()

        def place(of: str = reference, done: threading.Event = committed) -> None:
            desk.hold(of)
            done.set()

        placing = threading.Thread(target=place)
        placing.start()
        stopped = False
        while not stopped:
            too_late = committed.is_set()
            stopped = isinstance(desk.releases.ask(row).stop, Withheld)
            assert stopped or not too_late
        placing.join()


def test_words_that_wait_are_taken_back_in_the_holds_own_transaction(desk: Desk) -> None:
    ticket = desk.hold(desk.released().reference)
    row = desk.row(f"{ticket.reference}/text/1")
    assert (row.state, row.last_error) == ("dropped", "withdrawn: legal_hold")
    assert ticket.of(Updates).drafts[0].state is DraftState.REVIEW


def test_words_that_a_courier_holds_are_left_to_its_own_question(desk: Desk) -> None:
    reference = desk.released().reference
    key = f"{reference}/text/1"
    with desk.database.write() as conn:
        for row in deliveries.waiting_of(conn, reference):
            if row.key != key:
                outbox.end_waiting(conn, row.id, state="dropped", error="out of the way")
    with desk.database.write() as conn:
        now = desk.clock.now()
        [mine] = claim(
            conn, now=now, business_now=now, owner="c", lease_s=60.0, limit=1, sweep=False
        )
    assert mine.key == key
    ticket = desk.hold(reference)
    assert ticket.of(Updates).drafts[0].state is DraftState.RELEASED
    with desk.database.write() as conn:
        desk.engine.withheld(conn, mine, "legal_hold")
        outbox.drop(conn, mine.id, "c", error="withdrawn: legal_hold")
    back = desk.engine.submit(AddNote(reference, "seen"), ENGINE).ticket
    assert back.of(Updates).drafts[0].state is DraftState.REVIEW


def test_what_stays_inside_is_never_held_back(desk: Desk) -> None:
    ticket = desk.hold(desk.released().reference)
    assert desk.releases.ask(desk.row(f"{ticket.reference}/card")).stop is None


def brief_edit(person: str) -> Leaving:
    """Return the edit of a brief that stands in a person's direct messages."""
    payload = {"channel": {"$result": ["BW-1/brief", "channel"]},
               "ts": {"$result": ["BW-1/brief", "ts"]}}  # fmt: skip
    return Leaving(f"BW-1/brief-edit/{person}/7", "BW-1", "slack", f"dm/{person}/BW-1", payload)


@pytest.mark.parametrize(
    ("kind", "complete", "stop"),
    [
        ("member", True, None),
        ("guest", True, Withheld("road")),
        ("deactivated", True, Withheld("road")),
        ("guest", False, None),
    ],
)
def test_a_message_that_one_who_left_us_had_before_is_not_edited_for_them(
    desk: Desk, kind: str, complete: bool, stop: Withheld | None
) -> None:
    """A post to them finds nobody; an edit would show them how the ticket stands. Source: D29."""
    facts = Facts(policy(), people())
    mail = people().person("sponsor-one")
    assert mail is not None
    user = SlackUser("U1", "T1", mail.email, "One", None, kind, instant("14:02"))
    facts.learn(Acquaintance(Identity(team_id="T1"), {"U1": user}, complete=complete))
    asked = Releases(desk.database, facts, desk.clock.now)
    assert asked.ask(brief_edit("sponsor-one")).stop == stop


@pytest.mark.parametrize("what", ["card", "bookmark"])
def test_what_waits_for_a_bridge_stays_once_people_outside_may_read_it(
    desk: Desk, what: str
) -> None:
    reference = desk.released().reference
    waits = desk.row(f"{reference}/{what}")
    assert waits.state == "pending"
    desk.engine.submit(NoteShared(reference, "C0BRIDGE01"), ENGINE)
    row = desk.row(waits.key)
    assert (row.state, row.last_error) == ("dropped", "withdrawn: channel")


def test_what_a_courier_holds_for_a_bridge_stays_too_once_people_outside_may_read_it(
    desk: Desk,
) -> None:
    reference = desk.released().reference
    waits = desk.row(f"{reference}/card")
    desk.engine.submit(NoteShared(reference, "C0BRIDGE01"), ENGINE)
    assert desk.releases.ask(waits).stop == Withheld("channel")
    desk.engine.submit(NoteUnshared(reference, "C0BRIDGE01"), ENGINE)
    assert desk.releases.ask(waits).stop is None


def test_a_card_that_stayed_while_the_bridge_was_shared_waits_anew_once_it_is_ours_again(
    desk: Desk,
) -> None:
    reference = desk.released().reference
    desk.engine.submit(NoteShared(reference, "C0BRIDGE01"), ENGINE)
    assert desk.row(f"{reference}/card").state == "dropped"
    desk.engine.submit(NoteUnshared(reference, "C0BRIDGE01"), ENGINE)
    row = desk.row(f"{reference}/card/anew/1")
    assert (row.state, row.method) == ("pending", "chat.postMessage")


def test_words_of_which_only_a_newer_process_knows_whether_they_stand_wait_for_it(
    desk: Desk,
) -> None:
    reference = desk.released().reference
    NewerHand(desk.database, reference).touch("drafts")
    assert isinstance(desk.releases.ask(desk.row(f"{reference}/text/1")).stop, NotSent)
