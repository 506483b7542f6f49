"""Released words that do not leave: recalled, taken back, sent by another road, told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.account.addresses import AccountMail, CustomerThread, VendorMail
from protocols.account.events import RoadLost, RouteKind
from protocols.account.state import Road
from protocols.deliveries.events import BuryDelivery, DeliveryRevived
from protocols.deliveries.state import Deliveries
from protocols.fixed_texts import repeating
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import Dm, Effect, Gateway
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton
from protocols.ladder.events import StepKind
from protocols.people.people import ENGINE
from protocols.replies import by_phone
from protocols.scales import Signal
from protocols.updates.events import DraftKind, DraftState, DraftText
from protocols.updates.refusals import TextChanged
from protocols.updates.state import Updates
from protocols.withdrawals import standing
from protocols.withdrawals.events import (
    RecallText,
    TextRecalled,
    TextRerouted,
    Withdrawal,
    WithdrawWords,
)
from protocols.withdrawals.refusals import AlreadyWithThem
from templates.kit.links import Links
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident
from tests.kit.rules_incident import who as one

TEXT = f"{REF}/text/1"
REVOKED = "token_revoked"


def released() -> Incident:
    """Return an incident with an update that is released and has not left."""
    return Incident.open().staffed().delivered("ack").at("14:45").draft().release().at("14:46")


def withdrawn(incident: Incident, why: Withdrawal = Withdrawal.LEGAL_HOLD) -> Incident:
    return incident.by(ENGINE, WithdrawWords(REF, TEXT, why))


def buried(incident: Incident, key: str, error: str = "not_in_channel") -> Incident:
    return incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error))


def to_account(effects: tuple[Effect, ...]) -> list[Effect]:
    return [e for e in effects if isinstance(e.to, CustomerThread | AccountMail | VendorMail)]


@pytest.mark.parametrize("who", ["cs-manager-one", "legal-one"])
def test_its_releaser_and_legal_may_recall_a_release(who: str) -> None:
    incident = released().by(who, RecallText(REF, 1))
    assert incident.events(TextRecalled)[0].by.key == who


def test_nobody_else_recalls_a_release_and_reads_who_may() -> None:
    refusal = released().refused("csm-two", RecallText(REF, 1))
    assert isinstance(refusal, NotAllowed)
    assert refusal.facts["people"] == "CS Manager One, Legal One"


def test_where_legal_is_off_duty_only_its_releaser_is_named_for_a_recall() -> None:
    incident = released()
    incident.ctx = replace(incident.ctx, unreachable=frozenset({"legal-one"}))
    assert incident.refused("csm-two", RecallText(REF, 1)).facts["people"] == "CS Manager One"


def test_legal_who_recalls_reads_that_it_was_not_sent() -> None:
    incident = withdrawn(released().by("legal-one", RecallText(REF, 1)), Withdrawal.RECALLED)
    assert Dm(one("legal-one")) in [e.to for e in incident.told("withdrawn_line")]


def test_who_recalls_words_that_had_left_reads_that_they_are_there() -> None:
    incident = released().by("legal-one", RecallText(REF, 1)).delivered("text/1")
    assert [e.to for e in incident.told("recalled_late")] == [Dm(one("legal-one"))]
    assert not released().delivered("text/1").told("recalled_late")


def test_what_is_with_the_account_cannot_be_recalled() -> None:
    incident = released().delivered("text/1")
    assert isinstance(incident.refused("legal-one", RecallText(REF, 1)), AlreadyWithThem)


def test_a_release_is_recalled_once_and_only_a_release() -> None:
    incident = released().by("legal-one", RecallText(REF, 1))
    assert isinstance(incident.refused("legal-one", RecallText(REF, 1)), AlreadyDone)
    waiting = Incident.open().staffed().at("14:45").draft()
    assert isinstance(waiting.refused("legal-one", RecallText(REF, 1)), OldButton)


def test_words_that_were_held_back_are_in_review_again_with_a_fresh_message() -> None:
    incident = released()
    asked = len(incident.told("review"))
    withdrawn(incident)
    draft = incident.ticket.of(Updates).drafts[0]
    assert (draft.state, draft.update_number, draft.released_by) == (DraftState.REVIEW, None, None)
    assert len(incident.told("review")) == 2 * asked


def test_who_released_and_who_wrote_read_that_nothing_was_sent() -> None:
    incident = withdrawn(released())
    people = [effect.params.get("person") for effect in incident.told("withdrawn_line")]
    assert people == [None, "cs-manager-one", "csm-two"]


def test_who_sent_a_holding_line_reads_that_its_time_passed_and_sends_another() -> None:
    incident = Incident.open().staffed().at("14:50").by("csm-two", SendFixed(REF, "holding"))
    incident.at("15:10").by(ENGINE, WithdrawWords(REF, f"{REF}/holding/1", Withdrawal.TIME_PASSED))
    lines = incident.told("withdrawn_line")
    assert "csm-two" in [effect.params.get("person") for effect in lines]
    facts = facts_of("withdrawn_line", lines[-1].params, incident.ticket, incident.ctx, Links())
    assert facts["can_hold"]
    incident.by("csm-two", SendFixed(REF, "holding"))
    assert [e.key for e in incident.told("holding")][-1] == f"{REF}/holding/2"


def test_nothing_that_counted_on_withdrawn_words_is_met() -> None:
    incident = released()
    promised_at = incident.promised_at()
    withdrawn(incident)
    assert StepKind.FIRST_UPDATE in incident.owed()
    assert incident.promised_at() == promised_at
    assert any(point.kind == "promise_due" for point in incident.dues())


def test_words_released_anew_leave_under_a_key_of_their_own_and_count_once() -> None:
    incident = withdrawn(released(), Withdrawal.RECALLED).at("14:50").release()
    assert [e.key for e in to_account(incident.last_effects)] == [f"{TEXT}/2"]
    incident.delivered("text/1/2")
    assert [d.update_number for d in incident.ticket.of(Updates).delivered_updates()] == [1]


@pytest.mark.parametrize("turns", [1, 2])
def test_a_release_that_was_taken_back_is_not_repeated_by_an_older_button(turns: int) -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").draft()
    for turn in range(turns):
        read = incident.releasing()
        incident.by("cs-manager-one", read).by("legal-one", RecallText(REF, 1))
        key = f"{TEXT}/{turn + 1}" if turn else TEXT
        incident.by(ENGINE, WithdrawWords(REF, key, Withdrawal.RECALLED))
        refusal = incident.refused("cs-manager-one", read)
        assert isinstance(refusal, TextChanged)
        assert refusal.facts["what"] == "taken back"
    incident.release()


def test_words_whose_release_was_taken_back_are_still_the_same_words() -> None:
    incident = withdrawn(released())
    text = DraftText(REF, DraftKind.UPDATE, incident.ticket.of(Updates).drafts[0].fields,
                         incident.ticket.of(Updates).drafts[0].next_at, "", None)  # fmt: skip
    assert isinstance(incident.refused("csm-two", text), AlreadyDone)


def test_no_two_updates_have_one_number_after_a_withdrawal() -> None:
    incident = released().draft().release().delivered("text/2")
    withdrawn(incident, Withdrawal.RECALLED).at("14:50").release(number=1)
    numbers = [draft.update_number for draft in incident.ticket.of(Updates).released_updates()]
    assert sorted(numbers, key=str) == [2, 3]


def test_words_are_withdrawn_once_and_never_when_they_have_arrived() -> None:
    incident = withdrawn(released())
    assert withdrawn(incident).last == ()
    assert withdrawn(released().delivered("text/1")).last == ()


def test_what_no_change_promised_is_not_promised_when_it_did_not_leave() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    promised_at = incident.promised_at()
    incident.at("15:20").by("csm-one", SendFixed(REF, "no_change"))
    assert incident.promised_at() != promised_at
    key = f"{REF}/no-change/1"
    incident.by(ENGINE, WithdrawWords(REF, key, Withdrawal.LEGAL_HOLD))
    assert incident.promised_at() == promised_at
    assert incident.told("withdrawn_line")


NEWER = "The second batch of payments is being separated now."


@pytest.mark.parametrize(("name", "key"), [("no_change", "no-change/1"), ("holding", "holding/1")])
def test_what_says_a_recalled_text_again_does_not_leave_either(name: str, key: str) -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.at("15:00").draft(known=NEWER, doing=NEWER).release()
    incident.at("15:01").by("csm-one", SendFixed(REF, name))
    incident.at("15:02").by("cs-manager-one", RecallText(REF, 2))
    incident.by(ENGINE, WithdrawWords(REF, f"{REF}/text/2", Withdrawal.RECALLED))
    repeated = standing.Leaving(f"{REF}/{key}", "C0ACME0001")
    assert standing.objection(incident.ticket, repeated, incident.ctx) is Withdrawal.OUTDATED
    assert incident.ticket.of(FixedTexts).fixed_texts[-1].withdrawn_at is not None
    again = WithdrawWords(REF, f"{REF}/{key}", Withdrawal.OUTDATED)
    assert incident.by(ENGINE, again).last == ()


def test_a_fixed_text_that_was_sent_before_a_recalled_release_is_not_touched() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.at("15:00").by("csm-one", SendFixed(REF, "no_change"))
    incident.at("15:01").draft(known=NEWER, doing=NEWER).release()
    incident.at("15:02").by("cs-manager-one", RecallText(REF, 2))
    incident.by(ENGINE, WithdrawWords(REF, f"{REF}/text/2", Withdrawal.RECALLED))
    assert incident.ticket.of(FixedTexts).fixed_texts[-1].withdrawn_at is None


def test_recalled_words_are_not_said_again_while_nobody_knows_whether_they_left() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.at("15:00").draft(known=NEWER, doing=NEWER).release()
    incident.at("15:01").by("cs-manager-one", RecallText(REF, 2))
    incident.at("15:20").by("csm-one", SendFixed(REF, "no_change"))
    assert repeating.said(incident.ticket, "doing") == DOING


def test_released_words_that_wait_for_a_call_are_withdrawn_by_a_hold() -> None:
    incident = Incident.nowhere().staffed().at("14:45").draft().release()
    assert by_phone.next_to_read(incident.ticket) is not None
    hold = PlaceHold(REF, HoldKind.DISCLOSURE, "their lawyer wrote")
    incident.at("14:46").by("cs-manager-one", hold)
    assert by_phone.next_to_read(incident.ticket) is None
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW


def test_words_that_a_channel_does_not_take_go_by_mail() -> None:
    incident = buried(Incident.open(), "ack")
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert incident.ticket.of(Deliveries).dead == ()
    [sent] = [e for e in incident.last_effects if e.reports]
    assert (sent.gateway, sent.key) == (Gateway.MAIL, f"{REF}/ack/by-mail")
    assert incident.told("road_lost")
    incident.delivered("ack/by-mail")
    assert incident.ticket.of(FixedTexts).fixed_texts[0].taken_at is not None
    assert StepKind.ACKNOWLEDGE not in incident.owed()


def test_released_words_go_by_mail_and_keep_their_promise() -> None:
    incident = buried(released(), "text/1", REVOKED).delivered("text/1/by-mail")
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.DELIVERED
    assert StepKind.FIRST_UPDATE not in incident.owed()


def test_the_channel_is_told_of_as_lost_once_however_much_waited() -> None:
    incident = buried(released().by("csm-one", SendFixed(REF, "holding")), "text/1", REVOKED)
    lines = len(incident.told("road_lost"))
    buried(incident, "holding/1", REVOKED)
    assert len(incident.told("road_lost")) == lines
    assert len(incident.events(TextRerouted)) == 2


def test_words_that_are_themselves_refused_are_dead_and_a_person_is_told() -> None:
    incident = buried(Incident.open(), "ack", "invalid_blocks")
    assert incident.ticket.of(Road).route.kind is RouteKind.CHANNEL
    assert incident.ticket.of(Deliveries).dead == (f"{REF}/ack",)
    assert incident.told("delivery_buried")


def test_a_security_matter_takes_no_other_road_than_its_own() -> None:
    incident = Incident.open(signal=Signal.UNUSUAL_LOGIN)
    assert buried(incident, "ack").ticket.of(Deliveries).dead == (f"{REF}/ack",)


def test_after_a_dead_acknowledgment_the_next_words_begin_the_thread() -> None:
    incident = buried(Incident.open().staffed(), "ack", "invalid_blocks").at("14:45")
    incident.draft().release()
    [first] = to_account(incident.last_effects)
    assert (first.needs, dict(first.arguments)) == ((), {})
    incident.delivered("text/1")
    incident.by("csm-one", SendFixed(REF, "holding"))
    [second] = to_account(incident.last_effects)
    assert second.arguments["thread_ts"] == incident.ticket.of(Road).thread_ts != ""


def test_what_was_dead_and_arrives_after_all_is_not_dead() -> None:
    incident = buried(Incident.open(), "ack", "invalid_blocks").delivered("ack")
    assert incident.ticket.of(Deliveries).dead == ()
    assert incident.events(DeliveryRevived)


def test_of_a_message_that_died_somebody_else_than_its_reader_is_told() -> None:
    incident = Incident.open().staffed()
    dead = BuryDelivery(REF, f"{REF}/role-lapsed/x/1/manager", "no_dm", "cs-manager-one")
    incident.by(ENGINE, dead)
    assert [e.params["person"] for e in incident.told("undelivered")] == ["csm-one"]


def test_what_stood_behind_something_dead_is_not_told_of_again() -> None:
    incident = Incident.open().staffed()
    dead = BuryDelivery(REF, f"{REF}/late/scope/1", "no channel", "", f"{REF}/bridge")
    incident.by(ENGINE, dead)
    assert not incident.told("undelivered")
    assert incident.ticket.of(Deliveries).dead


def test_whoever_was_to_read_words_by_phone_reads_that_they_are_not_to() -> None:
    incident = Incident.nowhere().staffed().at("14:45").draft().release()
    hold = PlaceHold(REF, HoldKind.DISCLOSURE, "their lawyer wrote")
    incident.at("14:46").by("cs-manager-one", hold)
    assert "csm-one" in [e.params.get("person") for e in incident.told("withdrawn_line")]


def test_whoever_was_to_put_words_on_the_page_reads_that_they_are_not_to() -> None:
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, status_hook=False)
    fields = (("known", KNOWN), ("doing", DOING))
    text = DraftText(REF, DraftKind.STATUS_PAGE, fields)
    incident.at("14:45").by("csm-two", text).release()
    poster = incident.ticket.of(Updates).drafts[0].poster
    assert poster is not None
    incident.by("legal-one", RecallText(REF, 1))
    assert poster.key in [e.params.get("person") for e in incident.told("withdrawn_line")]
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW


def test_words_go_by_mail_once_whatever_becomes_of_their_post_later() -> None:
    incident = buried(Incident.open(), "ack")
    assert buried(incident, "ack").last == ()
    assert incident.by(ENGINE, WithdrawWords(REF, f"{REF}/ack", Withdrawal.ROAD)).last == ()


def test_without_a_mail_server_nothing_is_said_to_go_by_mail() -> None:
    incident = released()
    incident.ctx = replace(incident.ctx, has_mail=False)
    buried(incident, "text/1")
    assert not incident.events(TextRerouted)
    assert not incident.events(RoadLost)
    assert TEXT in incident.ticket.of(Deliveries).dead
