"""What a desk answers of the queue, whichever it is; and that it follows from the tickets alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select

from bot.engine.relisting import Relisted, Relisting
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.people.people import Who
from protocols.queue.pages import QueueCounts, QueuePage, Wanted
from protocols.queue.queued import Turn
from protocols.scales import Category
from protocols.targets.events import Acknowledge
from store.read import listed
from store.tables import on_ticket, queue, ticket, ticket_word
from tests.contract.ports.asking import CRITICAL, REF, ROUTINE, ask
from tests.contract.ports.houses import House, RealHouse, acquainted
from tests.kit.errors import ErrorLines

FINANCE = replace(ROUTINE, account_key="birch", category=Category.COMMISSION_PAYMENT)
ALL = Wanted()


def page(house: House, wanted: Wanted = ALL, *, limit: int = 10, offset: int = 0) -> QueuePage:
    with house.desks.gesture() as desk:
        return desk.queue(wanted, limit=limit, offset=offset)


def refs(found: QueuePage) -> list[str]:
    return [each.reference for each in found.entries]


def played(house: House) -> None:
    """Open four tickets: one with a bridge, two of other teams, one by mistake."""
    ask(house, ROUTINE)
    ask(house, CRITICAL)
    ask(house, FINANCE, "support-one")
    ask(house, replace(FINANCE, summary="Statement of October is wrong"), "support-one")
    ask(house, MarkOpenedInError("BW-1004", "duplicate", "It is BW-1003."), "support-one")
    ask(house, Acknowledge("BW-1003"), "support-one")


def test_the_queue_has_each_open_ticket_once_in_its_order(house: House) -> None:
    played(house)
    assert refs(page(house)) == ["BW-1002", "BW-1003", REF]
    assert refs(page(house, limit=1, offset=1)) == ["BW-1003"]
    assert refs(page(house, Wanted(team="Channel Finance"))) == ["BW-1003"]
    assert page(house).counts == QueueCounts(3, 0, 0)


def test_what_nears_its_breach_rises_by_time_alone(house: House) -> None:
    played(house)
    house.later(timedelta(hours=3, minutes=30))
    assert refs(page(house, Wanted(risen=True))) != []
    house.later(timedelta(days=5))
    assert page(house).counts.late == 3


def test_who_has_how_much_follows_a_hand_over(house: House) -> None:
    played(house)
    ask(house, OfferPoc(REF, Who("csm-two", "CSM Two")))
    ask(house, AnswerPoc(REF, accept=True), "csm-two")
    assert refs(page(house, Wanted(owners=("csm-two",)))) == [REF]
    assert "BW-1002" in refs(page(house, Wanted(on=("csm-one",))))
    with house.desks.gesture() as desk:
        loads = {each.owner: each.counts.total for each in desk.workload("")}
    assert loads["csm-two"] == 1


def test_a_resolved_ticket_stands_last_and_no_clock_lifts_it(house: House) -> None:
    played(house)
    ask(house, Resolve(REF, "The report of 23 November is there.", "Read it in the portal."))
    house.later(timedelta(days=9))
    last = page(house).entries[-1]
    assert (last.reference, last.turn, last.clock) == (REF, Turn.SOLVED, None)


def test_tickets_are_found_by_their_words_open_or_closed(house: House) -> None:
    played(house)
    with house.desks.gesture() as desk:
        for typed, expected in (
            ("statement october", ["BW-1004"]), ("REPORT late", ["BW-1003", REF]),
            ("1002", ["BW-1002"]), ("nowhere", []), ("", []),
        ):  # fmt: skip
            tickets, is_cut = desk.tickets_with(typed, 10)
            assert ([each.reference for each in tickets], is_cut) == (expected, False)


def test_a_newer_processs_ticket_hides_no_other_from_the_queue(house: House) -> None:
    played(house)
    house.touch(REF)
    assert {"BW-1002", "BW-1003"} <= {*refs(page(house))}


def relisting(house: RealHouse) -> Relisting:
    facts = acquainted()
    return Relisting(house.database, facts, house.clock, between_s=0.0)


def kept(house: RealHouse) -> listed.Kept:
    with house.database.read() as conn:
        every = tuple(conn.execute(select(ticket.c.reference)).scalars())
        return listed.kept(conn, every)


def test_what_is_rebuilt_is_what_was_kept(real: RealHouse) -> None:
    played(real)
    before = kept(real)
    assert relisting(real).rebuild() == Relisted(4, 0)
    with real.database.write() as conn:
        for table in (queue, on_ticket, ticket_word):
            conn.execute(delete(table))
    assert kept(real) != before
    told: list[Relisted] = []
    assert relisting(real).rebuild(told.append) == Relisted(4, 4)
    assert told == [Relisted(4, 4)]
    assert kept(real) == before


def test_a_first_sweep_lists_closed_tickets_too_and_until_then_the_queue_says_so(
    real: RealHouse,
) -> None:
    played(real)
    with real.database.write() as conn:
        conn.execute(delete(ticket_word))
    assert not page(real).is_whole
    assert relisting(real).sweep().mended == 1
    assert page(real).is_whole
    with real.desks.gesture() as desk:
        assert desk.tickets_with("october", 10)[0]


def test_a_sweep_makes_good_what_an_older_process_left(real: RealHouse) -> None:
    played(real)
    relisting(real).rebuild()
    before = kept(real)
    with real.database.write() as conn:
        conn.execute(delete(queue).where(queue.c.reference == REF))
        gone = {"reference": "BW-1004", "person": "csm-one"}
        conn.execute(on_ticket.insert(), gone)
    assert relisting(real).sweep() == Relisted(4, 2)
    assert kept(real) == before
    assert relisting(real).sweep().mended == 0


def test_a_newer_processs_rows_are_left_to_it(real: RealHouse, error_lines: ErrorLines) -> None:
    played(real)
    with real.database.write() as conn:
        newer = queue.update().where(queue.c.reference == REF)
        conn.execute(newer.values(value={"reference": REF, "since_release": 2}))
    relisting(real).rebuild()
    assert kept(real)[REF] is None
    assert REF not in refs(page(real))
    assert not error_lines.unexpected()
