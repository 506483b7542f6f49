"""Steps at the exact second, promises that never pass in silence, the fixed texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.account.events import Route, RouteKind
from protocols.account.refusals import NoRoute
from protocols.account.state import Road
from protocols.bridge.events import BringInNow, StartCall
from protocols.bridge.state import BridgeState
from protocols.closure.events import Resolve
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.refusals import AlreadySent, NothingReleased, TooManyInARow
from protocols.investigation.events import ConfirmScope, RecordFinding, RecordIsolation
from protocols.investigation.state import Investigation
from protocols.kernel.refusals import AlreadyDone, ReasonNeeded, WrongState
from protocols.ladder.events import StepKind, StepSettled, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.promises.events import PromiseLapsed
from protocols.promises.state import Promises
from protocols.replies.events import RecordCall
from protocols.rights.refusals import NotYours
from protocols.roles.events import TakeRole
from protocols.scales import NoticedBy, Tier
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident, instant
from tests.kit.tickets import with_fields

WINDOWS = {
    StepKind.ACKNOWLEDGE: ("14:02", "14:03"),
    StepKind.BRIDGE_OPEN: ("14:02", "14:03"),
    StepKind.SPONSOR_TOLD: ("14:02", "14:03"),
    StepKind.VENDOR_TOLD: ("14:02", "14:03"),
    StepKind.SCOPE: ("14:02", "14:17"),
    StepKind.LEADS_HERE: ("14:17", "14:32"),
    StepKind.ROLES_TAKEN: ("14:17", "14:32"),
    StepKind.CALL_RUNNING: ("14:17", "14:32"),
    StepKind.BLAST_RADIUS: ("14:32", "15:02"),
    StepKind.RECORDS_ISOLATED: ("14:32", "15:02"),
    StepKind.FIRST_UPDATE: ("14:02", "15:02"),
}
SCOPE = ConfirmScope(REF, "one account", "13:10 UTC", "seen in the run")


@pytest.mark.parametrize(("kind", "window"), WINDOWS.items())
def test_each_step_opens_and_is_late_at_its_time(kind: StepKind, window: tuple[str, str]) -> None:
    step = Incident.open().step(kind)
    assert (step.opens_at, step.due_at) == (instant(window[0]), instant(window[1]))


def test_one_contact_is_done_with_the_opening() -> None:
    assert Incident.open().step(StepKind.ONE_CONTACT).state is StepState.DONE


@pytest.mark.parametrize(
    ("clock", "late_by_s"), [("14:16:59", 0.0), ("14:17:00", 0.0), ("14:17:01", 1.0)]
)
def test_a_step_done_in_its_due_second_is_on_time(clock: str, late_by_s: float) -> None:
    incident = Incident.open().at(clock).by("csm-one", SCOPE)
    assert incident.step(StepKind.SCOPE).late_by_s == late_by_s


def test_a_late_step_is_told_once_at_its_due_second_and_still_done_later() -> None:
    incident = Incident.open().until("14:16:59")
    assert "late/scope/1" not in incident.planned()
    incident.until("14:17")
    assert incident.planned().count("late/scope/1") == incident.planned().count(
        "late/scope/1/manager"
    )
    incident.until("16:00")
    assert incident.planned().count("late/scope/1") == 1
    incident.by("csm-one", SCOPE)
    assert incident.step(StepKind.SCOPE).state is StepState.DONE
    assert incident.step(StepKind.SCOPE).late_by_s == 6180.0


def test_the_times_kept_of_set_up_are_those_of_the_deliveries() -> None:
    incident = Incident.open().at("14:02:03").delivered()
    for kind in (
        StepKind.ACKNOWLEDGE,
        StepKind.BRIDGE_OPEN,
        StepKind.SPONSOR_TOLD,
        StepKind.VENDOR_TOLD,
    ):
        assert incident.step(kind).settled_at == instant("14:02:03")
    assert incident.ticket.of(BridgeState).channel_id == "C0BRIDGE01"
    assert incident.ticket.of(Road).thread_ts


def test_a_delivery_that_is_told_twice_counts_once() -> None:
    incident = Incident.open().delivered()
    known = len(incident.history)
    assert len(incident.delivered().history) == known


def test_scope_said_again_corrects_it_and_is_not_done_again() -> None:
    incident = Incident.open().by("csm-one", SCOPE)
    incident.by("csm-one", ConfirmScope(REF, "two accounts", "13:00 UTC", "looked again"))
    assert incident.ticket.of(Investigation).scope_accounts == "two accounts"
    assert len([e for e in incident.events(StepSettled) if e.kind is StepKind.SCOPE]) == 1


def test_the_call_is_started_once() -> None:
    incident = Incident.open().at("14:32").by("csm-one", StartCall(REF))
    assert incident.step(StepKind.CALL_RUNNING).late_by_s == 0.0
    assert isinstance(incident.refused("csm-one", StartCall(REF)), AlreadyDone)


def test_a_finding_with_both_counts_is_the_blast_radius() -> None:
    incident = Incident.open().staffed()
    incident.by("engineer-one", RecordFinding(REF, "scope", "two batches", 1))
    incident.by("engineer-one", RecordFinding(REF, "raw", "two batches", 1, 412))
    assert StepKind.BLAST_RADIUS in incident.owed()
    incident.by("engineer-one", RecordFinding(REF, "scope", "two batches", 1, 412))
    assert incident.step(StepKind.BLAST_RADIUS).note == "412 records, 1 account"


@pytest.mark.parametrize("possible", [True, False])
def test_isolation_is_the_investigators_word_with_where_or_why(possible: bool) -> None:
    incident = Incident.open().staffed()
    said = RecordIsolation(REF, possible, "set aside in the ledger")
    refusal = incident.refused("csm-two", said)
    assert refusal.code == "not_allowed"
    bare = RecordIsolation(REF, possible, " ")
    assert isinstance(incident.refused("engineer-one", bare), ReasonNeeded)
    incident.by("engineer-one", said)
    assert incident.step(StepKind.RECORDS_ISOLATED).note.startswith("not possible") is not possible


def test_strangers_to_the_ticket_change_nothing() -> None:
    assert isinstance(Incident.open().refused("support-two", SCOPE), NotYours)


def test_a_promise_that_passes_is_told_once_with_a_quarter_of_an_hour_more() -> None:
    incident = Incident.open().until("15:01:59")
    assert not incident.told("late")
    incident.until("15:02")
    assert len(incident.told("late")) == 1
    assert incident.promised_at() == instant("15:17")
    assert incident.step(StepKind.FIRST_UPDATE).late_told
    assert StepKind.FIRST_UPDATE in incident.owed()


def test_the_second_promise_that_passes_goes_to_the_manager_instead() -> None:
    incident = Incident.open().until("15:17")
    assert len(incident.told("late")) == 1
    assert incident.promised_at() is None
    last = incident.last_effects
    assert "cs-manager-one" in [e.params.get("person") for e in last]


def test_a_released_update_on_its_way_counts_as_in_time() -> None:
    incident = Incident.open().staffed().at("15:01").draft().release().until("15:03")
    assert not incident.told("late")
    incident.at("15:04").delivered()
    assert incident.ticket.of(Promises).promises[0].kept_at == instant("15:04")
    assert incident.promised_at() == instant("16:01")


def test_a_released_update_that_was_refused_for_good_does_not_count() -> None:
    incident = Incident.open().staffed().at("15:00").draft().release()
    incident.by("cs-manager-one", BuryDelivery(REF, f"{REF}/text/1", "gone")).until("15:02")
    assert incident.told("delivery_buried")
    assert incident.told("late")


def test_a_promise_is_kept_at_the_instant_of_the_delivery_not_of_the_record() -> None:
    incident = Incident.open().staffed().at("15:01").draft().release().at("15:05")
    incident.by("cs-manager-one", TakeDelivery(REF, f"{REF}/text/1", instant("15:01:30")))
    assert incident.ticket.of(Promises).promises[0].kept_at == instant("15:01:30")
    assert incident.step(StepKind.FIRST_UPDATE).late_by_s == 0.0


def test_a_delivered_update_starts_the_row_of_late_texts_anew() -> None:
    incident = Incident.open().staffed().until("15:05").updated().until("16:05")
    assert len(incident.told("late")) == 2


def test_no_change_between_two_late_promises_breaks_the_row() -> None:
    incident = Incident.open().staffed().at("14:50").updated().until("15:51")
    assert len(incident.told("late")) == 1
    incident.by("csm-two", SendFixed(REF, "no_change")).until("16:52")
    assert len(incident.told("late")) == 2


def test_the_holding_line_keeps_no_promise() -> None:
    incident = Incident.open().at("14:55").by("csm-one", SendFixed(REF, "holding"))
    assert incident.told("holding")
    incident.until("15:02")
    assert incident.told("late")


def test_no_change_needs_released_words_and_keeps_the_promise_twice_in_a_row() -> None:
    no_change = SendFixed(REF, "no_change")
    incident = Incident.open().staffed()
    assert isinstance(incident.refused("csm-two", no_change), NothingReleased)
    incident.at("15:00").updated().at("15:50").by("csm-two", no_change)
    assert incident.promised_at() == instant("16:50")
    incident.at("16:40").by("csm-two", no_change)
    assert isinstance(incident.at("17:30").refused("csm-two", no_change), TooManyInARow)
    incident.updated().at("18:00").by("csm-two", no_change)
    assert len(incident.told("no_change")) == 3


def test_the_communicator_is_prompted_15_minutes_before_and_nobody_while_a_draft_waits() -> None:
    incident = Incident.open().staffed().until("14:46:59")
    assert not incident.told("prompt_first_update")
    incident.until("14:47")
    assert [e.params["person"] for e in incident.told("prompt_first_update")] == ["csm-two"]
    waiting = Incident.open().staffed().at("14:40").draft().until("14:47")
    assert not waiting.told("prompt_first_update")


def test_later_promises_are_prompted_as_no_first_update() -> None:
    incident = Incident.open().staffed().at("15:00").updated().until("15:45")
    assert [e.params["person"] for e in incident.told("prompt_update")] == ["csm-two"]


def test_a_waiting_draft_reaches_more_and_more_people() -> None:
    incident = Incident.open().staffed().at("14:45").draft().until("14:49:59")
    assert not incident.told("prompt_review")
    incident.until("14:50")
    asked = {e.params["person"] for e in incident.told("prompt_review")}
    assert {"csm-one", "cs-manager-one", "engineering-lead-one"} <= asked
    assert {"csm-two", "engineer-one", "sponsor-one"}.isdisjoint(asked)
    incident.until("14:55")
    assert [e.key for e in incident.last_effects if "review-again" in e.key]
    incident.until("14:57")
    assert "last-call/1" in incident.planned()


def test_the_acknowledgment_leaves_once() -> None:
    incident = Incident.open()
    again = SendFixed(REF, "acknowledgment")
    refusal = incident.refused("csm-one", again)
    assert isinstance(refusal, AlreadySent)
    assert (refusal.facts["person"], refusal.facts["sent_at"]) == ("CSM One", instant("14:02"))


def test_an_acknowledgment_pressed_after_t60_promises_what_can_be_kept() -> None:
    incident = Incident.open(noticed_by=NoticedBy.US).until("15:10")
    incident.by("csm-one", SendFixed(REF, "acknowledgment"))
    assert incident.promised_at() == instant("15:25")


def test_where_nothing_can_be_written_a_fixed_text_is_refused_and_a_call_tells() -> None:
    incident = Incident.nowhere().staffed()
    assert isinstance(incident.refused("csm-one", SendFixed(REF, "holding")), NoRoute)
    incident.at("14:50").draft().release()
    assert StepKind.FIRST_UPDATE in incident.owed()
    incident.at("14:55").by("csm-one", RecordCall(REF, "read it to them"))
    assert incident.step(StepKind.FIRST_UPDATE).settled_at == instant("14:55")
    assert incident.promised_at() is not None


def test_a_lowered_ticket_still_keeps_the_promise_it_made() -> None:
    incident = Incident.open().staffed()
    incident.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "nothing moved")).agreed()
    incident.until("15:02")
    assert incident.told("late")


def test_nothing_is_pressed_on_a_ticket_that_is_resolved() -> None:
    incident = Incident.open().by("csm-one", Resolve(REF, "Copies returned.", "Look at your list."))
    for command in (
        StartCall(REF),
        BringInNow(REF),
        TakeRole(REF, Role.SCRIBE),
        SendFixed(REF, "holding"),
        ChangeTier(REF, Tier.SYSTEMIC, "worse"),
    ):
        assert isinstance(incident.refused("csm-one", command), WrongState)


def test_everything_late_after_a_long_silence_still_runs_and_is_marked() -> None:
    incident = Incident.open().at("17:30").until(instant("17:30") + timedelta(minutes=11))
    assert all(
        step.late_told for step in incident.ticket.of(Ladder).steps if step.state is StepState.OWED
    )
    assert incident.ticket.of(BridgeState).brought_in_at == instant("17:30")


def without_a_road() -> Incident:
    """Return an incident whose account can only be called."""
    incident = Incident.open().staffed().delivered("ack").at("14:45")
    incident._ticket = with_fields(incident.ticket, route=Route(RouteKind.NONE))
    return incident


def test_a_promise_runs_while_released_words_wait_for_a_call() -> None:
    incident = without_a_road().draft().release()
    assert incident.due_at("promise_due") == instant("15:02")
    incident.until("15:02")
    [lapsed] = incident.events(PromiseLapsed)
    assert not lapsed.told


def test_older_words_that_nobody_read_out_hide_no_later_promise() -> None:
    incident = without_a_road().draft().release().draft(known="The second run is safe.").release()
    incident.at("14:50").by("csm-one", RecordCall(REF, "read to their director"))
    assert incident.due_at("promise_due") == instant("15:45")
