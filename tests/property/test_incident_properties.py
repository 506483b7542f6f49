"""What holds in every incident, whatever anyone asks and whenever it falls due.

Proves: F05.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from bot.engine.ledger import EVENTS, POINTS
from bot.engine.outgoing import Roads, rows
from protocols.account import outbound
from protocols.account.addresses import AccountMail, Channel, CustomerThread, VendorMail
from protocols.clock.events import DuePassed
from protocols.closure.state import Closure
from protocols.decisions.events import DecisionLapsed, DecisionMade, DecisionWithdrawn
from protocols.decisions.state import Decisions, DecisionState
from protocols.deliveries.events import BuryDelivery
from protocols.executives.state import Executives
from protocols.fixed_texts.events import FixedTextSent
from protocols.investigation.events import FindingRecorded
from protocols.kernel.changing import evolve, fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import StaffMail
from protocols.kernel.event import Event
from protocols.ladder.events import StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.promises.events import PromiseMade
from protocols.promises.state import Promises
from protocols.rights.state import Known
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.subjects import DUE_KINDS
from protocols.ticket import Ticket
from protocols.updates.addresses import StatusPage
from protocols.updates.events import TextReleased
from protocols.updates.state import Updates
from protocols.withdrawals.events import WithdrawWords
from store import bodies
from store.outbox_rows import NewRow
from templates.kit.links import Links
from tests.kit.chance import FINDING, histories, in_every_history, in_every_history_after
from tests.kit.rules_incident import Incident

pytestmark = pytest.mark.xdist_group("every history")
SOME = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
END = timedelta(days=40)
A_MOMENT = timedelta(seconds=1)
SETTLES = (DecisionMade, DecisionLapsed, DecisionWithdrawn)


def states(incident: Incident) -> list[Ticket]:
    """Return the ticket as it stood after each event."""
    first, *rest = incident.history
    return list(accumulate(rest, evolve, initial=fold([first])))


class Rendered(Incident):
    """An incident whose outbox rows are made as the engine makes them."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.outbox: list[NewRow] = []

    def _apply(self, command: Command, ctx: Context) -> None:
        super()._apply(command, ctx)
        if self.last:
            roads = Roads(mail=True, pager=True)
            self.outbox += rows(self.last_effects, self.ticket, ctx, Links(), roads)


@in_every_history
def test_the_history_alone_makes_the_ticket(incident: Incident) -> None:
    assert fold(incident.history) == incident.ticket


@in_every_history
def test_ticket_and_events_survive_the_journal(incident: Incident) -> None:
    body = bodies.anew(incident.ticket)
    assert bodies.decoded(Ticket, body, lambda newer: newer) == incident.ticket
    for event in incident.history:
        assert EVENTS.decode(EVENTS.encode(event)) == event


@in_every_history
def test_every_due_point_is_of_a_kind_that_has_a_rule(incident: Incident) -> None:
    assert {point.kind for point in incident.dues()} <= DUE_KINDS


@in_every_history
def test_every_due_point_is_read_as_it_was_stored(incident: Incident) -> None:
    for point in incident.dues():
        assert POINTS.decode(json.loads(json.dumps(POINTS.encode(point)))) == point


@in_every_history_after(END)
def test_a_due_point_never_comes_twice_and_the_walk_ends(incident: Incident) -> None:
    passed = [event.key for event in incident.events(DuePassed)]
    assert len(passed) == len(set(passed))
    assert {point.key for point in incident.dues()}.isdisjoint(passed)


@in_every_history
def test_no_two_effects_share_a_key(incident: Incident) -> None:
    keys = [effect.key for effect in incident.effects]
    assert sorted(keys) == sorted(set(keys))


@in_every_history
def test_an_effect_waits_only_for_one_that_was_planned(incident: Incident) -> None:
    known: set[str] = set()
    for effect in incident.effects:
        known.add(effect.key)
    for number, effect in enumerate(incident.effects):
        assert set(effect.needs) <= known, (number, effect.key)


@in_every_history
def test_an_open_ticket_has_exactly_one_contact(incident: Incident) -> None:
    for ticket in states(incident):
        assert ticket.poc is not None
        assert ticket.of(Known).knows(ticket.poc.key)


@in_every_history
def test_nobody_investigates_and_writes(incident: Incident) -> None:
    for ticket in states(incident):
        seats = {
            seat.role: seat.holder.key for seat in ticket.of(Roles).seats if seat.holder is not None
        }
        investigator = seats.get(Role.INVESTIGATOR)
        assert investigator is None or investigator != seats.get(Role.COMMUNICATOR)


@in_every_history
def test_the_holding_line_leaves_once_between_two_releases(incident: Incident) -> None:
    since_release: list[Event] = []
    for event in incident.history:
        if isinstance(event, TextReleased):
            since_release = []
        elif isinstance(event, FixedTextSent) and event.name == "holding":
            assert not since_release
            since_release.append(event)


@in_every_history
def test_a_time_that_a_holding_line_names_is_a_promise_on_record(incident: Incident) -> None:
    promised = {event.promised_at for event in incident.events(PromiseMade)}
    for event in incident.events(FixedTextSent):
        if event.name == "holding":
            assert event.next_at in promised
            assert event.next_at is not None
            assert event.next_at > event.at


@in_every_history
def test_no_text_is_sent_twice_within_a_moment(incident: Incident) -> None:
    window = incident.ctx.policy.update.press_again_after
    for name in ("holding", "no_change", "late", "acknowledgment"):
        sent = [event.at for event in incident.events(FixedTextSent) if event.name == name]
        assert all(later - earlier >= window for earlier, later in pairwise(sent))


@in_every_history
def test_promises_have_numbers_of_their_own(incident: Incident) -> None:
    numbers = [promise.number for promise in incident.ticket.of(Promises).promises]
    assert len(numbers) == len(set(numbers))


@in_every_history
def test_a_released_text_always_had_another_releaser(
    incident: Incident,
) -> None:
    for draft in incident.ticket.of(Updates).drafts:
        if draft.released_by is not None and not draft.alone:
            writers = {who.key for who in (draft.written_by, draft.edited_by, *draft.hands)}
            assert draft.released_by.key not in writers


@in_every_history_after(A_MOMENT)
def test_every_owed_step_is_to_come_or_marked_late(incident: Incident) -> None:
    if incident.ticket.status is Status.OPENED_IN_ERROR:
        return
    for step in incident.ticket.of(Ladder).steps:
        if step.state is StepState.OWED and step.kind != "rca":
            assert step.due_at > incident.now or step.late_told


@in_every_history_after(A_MOMENT)
def test_every_instant_to_come_lies_ahead_after_the_walk(incident: Incident) -> None:
    assert all(point.at > incident.now for point in incident.dues())


@in_every_history
def test_a_promise_binds_one_at_a_time(incident: Incident) -> None:
    for ticket in states(incident):
        binding = [p for p in ticket.of(Promises).promises if p.kept_at is None and not p.lapsed]
        assert len(binding) <= 1


@in_every_history_after(END)
def test_without_a_next_due_point_a_manager_has_been_told(incident: Incident) -> None:
    ticket = incident.ticket
    if (
        ticket.status is not Status.OPEN
        or not ticket.tier.has_bridge
        or ticket.of(Closure).reopened
    ):
        return
    if not incident.ctx.has_rota or incident.dues():
        return
    settled = {step.state for step in ticket.of(Ladder).steps} == {StepState.DONE}
    managed = incident.told("late_manager") + incident.told("overdue_update")
    assert settled or managed


@in_every_history
def test_a_decision_is_settled_once_and_waits_only_where_it_is_needed(incident: Incident) -> None:
    for ticket in states(incident):
        for decision in ticket.of(Decisions).decisions:
            assert (decision.settled_at is None) is (decision.state is DecisionState.ASKED)
    settled = [event.number for event in incident.history if isinstance(event, SETTLES)]
    assert len(settled) == len(set(settled))
    incident.until(incident.now + A_MOMENT)
    for decision in incident.ticket.of(Decisions).open_decisions:
        assert incident.ticket.status is Status.OPEN
        assert incident.ticket.tier.has_bridge
        assert decision.due_at > incident.now


@in_every_history
def test_only_the_one_who_was_asked_decides_and_in_time(incident: Incident) -> None:
    for made in incident.events(DecisionMade):
        decision = incident.ticket.of(Decisions).decision(made.number)
        assert decision is not None
        assert made.by.key == decision.asked_of.key
        assert decision.asked_at <= made.at < decision.due_at
        assert made.answer == decision.options[made.option - 1]


NUMBER = "4111 1111 1111 1111"
NOT_TYPED = frozenset({"reference", "key", "kind", "name", "text_hash", "channel_id", "message_ts"})


def poisoned(command: Command) -> Command:
    """Return the command with a card number in every text that somebody types."""
    changes: dict[str, object] = {}
    for field in fields(command):
        value = getattr(command, field.name)
        if field.name == "fields":
            changes["fields"] = tuple((name, f"{text} {NUMBER}") for name, text in value)
        elif isinstance(value, str) and field.name not in NOT_TYPED:
            changes[field.name] = f"{value} {NUMBER}"
    if isinstance(command, BuryDelivery | WithdrawWords):
        return command
    return replace(command, **changes)  # type: ignore[arg-type]


@SOME
@given(histories(change=poisoned))
def test_a_card_number_that_was_typed_is_kept_nowhere(incident: Incident) -> None:
    for kept in (incident.history, incident.ticket, incident.effects):
        at = str(kept).find("1111 1111")
        assert at < 0, str(kept)[max(0, at - 300) : at + 60]
        assert "4111111111111111" not in str(kept)


@settings(SOME, max_examples=30)
@given(histories(Rendered.open))
def test_no_finding_is_ever_in_words_that_leave(incident: Rendered) -> None:
    outside = {
        effect.key
        for effect in incident.effects
        if isinstance(effect.to, CustomerThread | AccountMail | VendorMail | StatusPage)
    }
    assert outside <= {row.key for row in incident.outbox}
    if said_before_it_was_found(incident):
        return
    for row in incident.outbox:
        if row.key in outside:
            assert FINDING.split()[1] not in str(row.payload)


@in_every_history
def test_whatever_leaves_is_known_by_its_key_and_nothing_inside_is(incident: Incident) -> None:
    """So every row, of any version, is asked of before it leaves."""
    executives = {executive.who.key for executive in incident.ticket.of(Executives).executives}
    for effect in incident.effects:
        words = outbound.words_of(incident.ticket.reference, effect.key)
        if isinstance(effect.to, CustomerThread | StatusPage | Channel):
            assert words is not None, effect.key
        elif words is not None:
            assert isinstance(effect.to, AccountMail | VendorMail), effect.key
        elif isinstance(effect.to, StaffMail):
            assert executives & set(effect.key.split("/")) or "decision" in effect.key, effect.key


def said_before_it_was_found(incident: Incident) -> bool:
    """Say whether the same words were released while nobody had recorded them as a finding."""
    found = [event.at for event in incident.events(FindingRecorded)]
    first_at = min(found, default=incident.now + END)
    return any(
        FINDING in str(draft.fields)
        for draft in incident.ticket.of(Updates).drafts
        if draft.released_at is not None and draft.released_at < first_at
    )
