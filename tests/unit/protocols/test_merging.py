"""A ticket becomes part of another: silent outside, nothing owed is lost, and it can be undone.

Source: S66, S68; D33, D41.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.clock.events import FallDue
from protocols.closure.events import Resolve
from protocols.closure.refusals import StillOwed
from protocols.deliveries.events import TakeDelivery
from protocols.escalation.events import Escalate
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import OutsideAddress
from protocols.kernel.refusals import NotAllowed, Refusal, WrongState
from protocols.ladder.measures import met
from protocols.people.people import ENGINE
from protocols.relations.dues import MergedPoint
from protocols.relations.events import (
    HearMerge,
    HearSplit,
    MergedOwedLate,
    MergeHeard,
    MergeTickets,
    MergeUndone,
    UndoMerge,
)
from protocols.relations.leading import leads_on
from protocols.relations.merging import owed
from protocols.relations.refusals import (
    IsEscalated,
    IsMerged,
    MergedLongAgo,
    OfAnotherAccount,
    WordsAreLeaving,
)
from protocols.relations.state import Relations
from protocols.replies.events import RecordCall, RecordReply
from protocols.routing.events import ChangeTicket
from protocols.scales import Severity
from protocols.status import Status
from protocols.targets.events import Acknowledge, StartTriage
from protocols.updates.events import DraftKind, DraftText
from tests.kit.rules_incident import REF, Incident
from tests.unit.protocols.test_relations import OTHER, Two, _opened, _refused

MERGE = MergeTickets(REF, OTHER)


def two(account: str = "acme", **other: object) -> Two:
    """Return two tickets of which nothing is on its way to an account."""
    made = Two(account, **other)
    for reference, one in made.tickets.items():
        _delivered(one, reference)
    return made


def _delivered(one: Incident, reference: str) -> Incident:
    for key in [effect.key for effect in one.effects if effect.reports]:
        taken = TakeDelivery(reference, key, one.now, "C0ACME0001", "acme-support", "1.5")
        one.by(ENGINE, taken)
    return one


def merged() -> Two:
    made = two()
    made.asks("csm-one", MERGE)
    made.hears()
    return made


def test_a_merged_ticket_rests_and_the_other_has_what_it_owed() -> None:
    made = two()
    before = made.tickets[REF]
    promised = owed(before.ticket, before.ctx)
    assert {one.what for one in promised} == {"hear", "solve"}
    made.asks("csm-one", MERGE)
    assert before.status() is Status.CLOSED
    assert before.dues() == ()
    made.hears()
    there = made.tickets[OTHER]
    points = [point for point in there.dues() if isinstance(point, MergedPoint)]
    assert sorted((p.what, p.at) for p in points) == sorted((o.what, o.by_at) for o in promised)


def test_nothing_of_a_merge_leaves() -> None:
    made = two()
    made.asks("csm-one", MERGE)
    made.hears()
    told = [*made.tickets[REF].last_effects, *made.tickets[OTHER].last_effects]
    assert not [effect for effect in told if isinstance(effect.to, OutsideAddress)]


def test_what_was_owed_there_is_told_as_late_here_to_its_owner_and_the_manager() -> None:
    made = merged()
    there = made.tickets[OTHER]
    point = next(point for point in there.dues() if isinstance(point, MergedPoint))
    there.at(point.at).by(ENGINE, FallDue(OTHER, point))
    (late,) = there.events(MergedOwedLate)
    assert (late.other, late.by_at) == (REF, point.at)
    assert late.told
    assert point.key not in {each.key for each in there.dues()}


def test_words_that_the_account_has_do_what_was_owed_there() -> None:
    made = merged()
    there = made.tickets[OTHER]
    there.by("csm-one", RecordCall(OTHER, "they know"))
    assert {p.what for p in there.dues() if isinstance(p, MergedPoint)} == {"solve"}
    there.by("csm-one", Resolve(OTHER, "The deals stand on the statement.", "See the statement."))
    assert not [p for p in there.dues() if isinstance(p, MergedPoint)]


def test_undone_it_owes_as_if_it_had_never_rested_and_the_other_nothing_of_it() -> None:
    made = two()
    here = made.tickets[REF]
    here.by("csm-one", StartTriage(REF))
    answered, due = met(here.ticket), here.dues()
    made.asks("csm-one", MERGE)
    made.hears()
    here.at(here.now + timedelta(minutes=5))
    made.asks("csm-one", UndoMerge(REF))
    made.hears()
    assert (here.status(), met(here.ticket), here.dues()) == (Status.OPEN, answered, due)
    assert made.tickets[OTHER].ticket.of(Relations).merged == ()
    assert made.tickets[REF].events(MergeUndone)


def test_after_a_day_it_is_not_undone() -> None:
    made = merged()
    made.tickets[REF].at(made.tickets[REF].now + timedelta(hours=25))
    assert isinstance(_refused(made, UndoMerge(REF)), MergedLongAgo)


def test_what_people_ask_of_a_merged_ticket_is_refused_and_names_the_one_that_stands() -> None:
    made = merged()
    refused = _refused(made, ChangeTicket(REF, severity=Severity.LOW))
    assert isinstance(refused, IsMerged)
    assert refused.facts["other"] == OTHER


def test_what_the_account_writes_there_is_heard_on_the_one_that_stands() -> None:
    made = merged()
    here = made.tickets[REF].ticket
    wrote = RecordReply(REF, "AP Director One", "And May?", "C0ACME0001", "1.1")
    assert leads_on(here, wrote) == OTHER
    assert leads_on(here, Acknowledge(REF)) == OTHER
    assert not leads_on(here, ChangeTicket(REF))
    assert not leads_on(made.tickets[OTHER].ticket, wrote)


def test_it_is_not_merged_across_accounts_nor_into_what_does_not_stand() -> None:
    assert isinstance(_refused(two("birch"), MERGE), OfAnotherAccount)
    made = merged()
    assert isinstance(_refused(made, MergeTickets(OTHER, REF)), WrongState)
    assert isinstance(_refused(made, MergeTickets(REF, OTHER)), IsMerged)
    assert isinstance(_refused(two(), MERGE, "engineer-one"), NotAllowed)


def test_what_is_under_way_to_the_account_is_not_merged_away() -> None:
    made = Two()
    assert isinstance(_refused(made, MERGE), WordsAreLeaving)
    made = two()
    words = DraftText(REF, DraftKind.ANSWER, (("answer", "Your file has arrived."),))
    made.tickets[REF].by("csm-one", words)
    assert isinstance(_refused(made, MERGE), WordsAreLeaving)


def test_a_hold_is_not_merged_away() -> None:
    made = two()
    made.tickets[REF].by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "sent twice"))
    assert isinstance(_refused(made, MERGE), StillOwed)


def test_an_escalated_ticket_is_not_merged_away() -> None:
    made = two()
    made.tickets[REF].by("csm-one", Escalate(REF, "they wait for their deals"))
    _delivered(made.tickets[REF], REF)
    assert isinstance(_refused(made, MERGE), IsEscalated)


def test_heard_twice_or_after_all_it_is_one_merge() -> None:
    made = merged()
    there = made.tickets[OTHER]
    there.by("csm-one", HearMerge(OTHER, REF, ()))
    assert there.last == ()
    there.by("csm-one", HearSplit(OTHER, REF))
    there.by("csm-one", HearSplit(OTHER, REF))
    assert there.last == ()
    assert len(there.events(MergeHeard)) == 1


THIRD = "BW-1003"
ALL = (REF, OTHER, THIRD)
MERGES = st.tuples(st.sampled_from(ALL), st.sampled_from(ALL))
ACTS = st.lists(st.one_of(MERGES, st.sampled_from(ALL)), max_size=10)


@settings(max_examples=60, deadline=None)
@given(ACTS, st.data())
def test_however_three_are_merged_and_undone_each_stands_or_is_part_of_one_that_knows(
    acts: list[tuple[str, str] | str], data: st.DataObject
) -> None:
    made = _three()
    for act in acts:
        hears = data.draw(st.booleans()) and made.posted
        if hears:
            made.hears()
        command = UndoMerge(act) if isinstance(act, str) else MergeTickets(*act)
        with suppress(Refusal):
            made.asks("csm-one", command)
    while made.posted:
        made.hears()
    into = {ref: made.tickets[ref].ticket.of(Relations).merged_into for ref in ALL}
    for ref, other in into.items():
        here = made.tickets[ref]
        assert [one.other for one in here.ticket.of(Relations).merged].count(ref) == 0
        assert (here.status() is Status.CLOSED) == bool(other)
        assert bool(other) == (here.dues() == ())
        assert _last(ref, into) is not None
    for ref in ALL:
        parts = {one.other for one in made.tickets[ref].ticket.of(Relations).merged}
        assert parts == {each for each, other in into.items() if other == ref}


def _last(ref: str, into: dict[str, str]) -> str | None:
    """Return the ticket to which one leads; None where that goes round."""
    for _ in range(len(into)):
        if not into[ref]:
            return ref
        ref = into[ref]
    return None


def _three() -> Two:
    made = two()
    made.tickets[THIRD] = _delivered(_opened(THIRD, "acme").copied(), THIRD)
    return made
