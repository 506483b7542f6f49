"""Words that were released leave while their release stands, asked at the instant of a send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from protocols.account import outbound
from protocols.account.addresses import AccountMail, CustomerThread, VendorMail
from protocols.account.state import Road
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.fixed_texts.events import SendFixed
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.investigation.events import RecordFinding
from protocols.people.channels import ChannelFacts
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.addresses import StatusPage
from protocols.updates.events import DraftKind, DraftText
from protocols.withdrawals.events import RecallText, Withdrawal, WithdrawWords
from protocols.withdrawals.standing import Leaving, objection
from tests.kit.rules_incident import REF, SHARED, Incident

CHANNEL = "C0ACME0001"
TEXT = Leaving(f"{REF}/text/1", CHANNEL, channel_of="acme")


def released() -> Incident:
    """Return an incident with an update that is released and has not left."""
    return Incident.open().staffed().delivered("ack").at("14:45").draft().release().at("14:46")


def against(incident: Incident, leaving: Leaving = TEXT) -> Withdrawal | None:
    return objection(incident.ticket, leaving, incident.ctx)


def held(incident: Incident) -> Incident:
    return incident.by("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "their lawyer wrote"))


def test_a_release_stands_while_nothing_came_after_it() -> None:
    assert against(released()) is None


AFTER: dict[Withdrawal, Callable[[Incident], Incident]] = {
    Withdrawal.LEGAL_HOLD: held,
    Withdrawal.RECALLED: lambda i: i.by("cs-manager-one", RecallText(REF, 1)),
    Withdrawal.OPENED_IN_ERROR: lambda i: i.by(
        "cs-manager-one", MarkOpenedInError(REF, "wrong_account", "it is Birch's")
    ),
    Withdrawal.CHECKS: lambda i: i.by(
        "engineer-one",
        RecordFinding(REF, "raw", "412 payments of your run of 23 November were submitted"),
    ),
    Withdrawal.ROAD: lambda i: i.by(
        "engineering-lead-one",
        ChangeTier(REF, Tier.SYSTEMIC, "break-in", frozenset({Impact.SECURITY_INCIDENT})),
    ),
}


@pytest.mark.parametrize("why", AFTER)
def test_what_came_after_a_release_wins(why: Withdrawal) -> None:
    assert against(AFTER[why](released())) is why


def test_a_hold_of_the_same_instant_wins_too() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").draft().release()
    assert against(held(incident)) is Withdrawal.LEGAL_HOLD


def test_what_legal_releases_under_its_hold_may_leave() -> None:
    incident = held(Incident.open().staffed().delivered("ack").at("14:45")).draft()
    incident.at("14:50").release("legal-one")
    assert against(incident) is None


def test_a_hold_that_is_cleared_binds_nothing_that_waits() -> None:
    incident = held(released()).at("14:50").by("legal-one", ClearHold(REF, 1, "settled"))
    assert against(incident) is None


def test_a_hold_on_payments_does_not_keep_words_back() -> None:
    hold = PlaceHold(REF, HoldKind.TRANSACTION, "copies may go out")
    assert against(released().by("engineer-one", hold)) is None


def test_payments_are_stopped_cannot_leave_once_they_are_not() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:40")
    incident.by("engineer-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies may go out"))
    incident.by("csm-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    incident.draft(known="Payments have been stopped.").release()
    assert against(incident) is None
    incident.at("14:50").by("finance-one", ClearHold(REF, 1, "all separated"))
    assert against(incident) is Withdrawal.CHECKS


def test_words_that_are_with_the_account_are_not_said_again() -> None:
    assert against(released().delivered("text/1")) is Withdrawal.OUTDATED


def test_a_text_released_anew_makes_its_older_row_void() -> None:
    incident = released().by("cs-manager-one", RecallText(REF, 1))
    incident.by("cs-manager-one", WithdrawWords(REF, TEXT.key, Withdrawal.RECALLED))
    incident.at("14:50").release()
    assert against(incident) is Withdrawal.OUTDATED
    assert against(incident, replace(TEXT, key=f"{REF}/text/1/2")) is None


@pytest.mark.parametrize(
    ("seen", "owner"),
    [(replace(SHARED, is_ext_shared=False), "acme"), (SHARED, "birch")],
    ids=["not shared any more", "another account's"],
)
def test_a_channel_is_a_road_while_it_is_the_accounts_alone(seen: ChannelFacts, owner: str) -> None:
    incident = released()
    incident.ctx = replace(incident.ctx, channel=seen)
    assert against(incident, replace(TEXT, channel_of=owner)) is Withdrawal.CHANNEL


def test_a_mail_goes_to_nobody_whom_the_road_does_not_name() -> None:
    incident = Incident.open(channel=None)
    known = Leaving(f"{REF}/ack", addresses=incident.ticket.of(Road).route.addresses)
    assert against(incident, known) is None
    stranger = replace(known, addresses=("someone@elsewhere.example",))
    assert against(incident, stranger) is Withdrawal.ROAD


def test_no_change_repeats_words_and_a_hold_binds_them() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.at("15:30").by("csm-one", SendFixed(REF, "no_change"))
    sent = Leaving(f"{REF}/no-change/1", CHANNEL)
    assert against(incident, sent) is None
    assert against(held(incident.at("15:31")), sent) is Withdrawal.LEGAL_HOLD


@pytest.mark.parametrize(("name", "key"), [("no_change", "no-change/1"), ("holding", "holding/1")])
def test_what_says_released_words_again_stays_when_a_check_stops_them_since(
    name: str, key: str
) -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45")
    incident.by("engineer-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies may go out"))
    incident.by("csm-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    stopped = "Payments have been stopped."
    incident.draft(known=stopped, doing=stopped).release().delivered()
    incident.at("15:20").by("csm-one", SendFixed(REF, name))
    assert against(incident, Leaving(f"{REF}/{key}", CHANNEL)) is None
    incident.at("15:21").by("finance-one", ClearHold(REF, 1, "all separated"))
    assert against(incident, Leaving(f"{REF}/{key}", CHANNEL)) is Withdrawal.CHECKS


def test_the_acknowledgment_may_leave_under_a_hold() -> None:
    assert against(held(Incident.open()), Leaving(f"{REF}/ack", CHANNEL)) is None


def test_we_are_late_is_said_until_the_account_hears_what_was_done() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:50")
    incident.by("csm-one", SendFixed(REF, "late", sure=True))
    sent = Leaving(f"{REF}/late/1", CHANNEL)
    assert against(incident, sent) is None
    resolve = Resolve(REF, "The copies were returned.", "See your statement.")
    incident.by("engineering-lead-one", resolve)
    assert against(incident, sent) is None
    incident.release().delivered("text/1")
    assert against(incident, sent) is Withdrawal.MOVED_ON


def test_nothing_is_disregarded_of_what_nobody_has_read() -> None:
    incident = Incident.open().at("14:05")
    incident.by("cs-manager-one", MarkOpenedInError(REF, "duplicate", "twice"))
    text = DraftText(REF, DraftKind.DISREGARD, (("disregard", "it was a mistake"),))
    incident.by("csm-one", text).release("cs-manager-one")
    assert against(incident) is Withdrawal.NOTHING_THERE


def test_every_effect_that_leaves_is_known_by_its_key() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.by("csm-one", SendFixed(REF, "holding")).until("17:00")
    for effect in incident.effects:
        if isinstance(effect.to, CustomerThread | StatusPage):
            assert outbound.words_of(REF, effect.key), effect.key
        elif outbound.words_of(REF, effect.key):
            assert isinstance(effect.to, AccountMail | VendorMail), effect.key
