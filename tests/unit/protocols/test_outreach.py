"""The outreach goes to each listed account, and is met once each has it. Source: S23, D24."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from protocols.closure.events import MarkOpenedInError
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, OldButton, WrongState
from protocols.ladder.events import StepKind
from protocols.notices.events import HearNotice, HearNoticeReply, Reach, Reached, SayFurther
from protocols.outreach.events import (
    AddImpacted,
    CallImpacted,
    OutreachAltered,
    OutreachAnswered,
    OutreachSent,
)
from protocols.outreach.rules import to_the_notice
from protocols.outreach.state import OutreachTold
from protocols.people.people import ENGINE, Who
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.events import DraftKind, DraftText
from protocols.updates.refusals import NoNextUpdate
from protocols.withdrawals.events import RecallText
from protocols.withdrawals.refusals import AlreadyWithThem
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident, who


@pytest.mark.parametrize("list_first", [True, False])
def test_the_outreach_is_met_once_each_account_has_it_whatever_came_first(
    list_first: bool,
) -> None:
    incident = Incident.open(account_key=None).staffed()
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    listed = AddImpacted(REF, ("birch", "nobody-known"))
    if list_first:
        incident.by("csm-one", listed)
    fields = (("known", KNOWN), ("doing", DOING))
    next_at = incident.now + timedelta(minutes=30)
    incident.by("csm-two", DraftText(REF, DraftKind.OUTREACH, fields, next_at)).release()
    assert len(incident.events(OutreachSent)) == (1 if list_first else 0)
    incident.by("csm-one", listed)
    (sent,) = incident.events(OutreachSent)
    assert (sent.notice, sent.number, sent.accounts) == (f"{REF}-N1", 1, ("birch",))
    assert StepKind.OUTREACH in incident.owed()
    incident.by(ENGINE, heard(incident, "birch", Reach.SENDING))
    incident.by(ENGINE, heard(incident, "birch", Reach.TO_CALL))
    assert StepKind.OUTREACH in incident.owed()
    incident.by("csm-one", CallImpacted(REF, "birch"))
    assert incident.step(StepKind.OUTREACH).note == "1 account"
    assert isinstance(incident.refused("csm-one", CallImpacted(REF, "birch")), AlreadyDone)


def heard(incident: Incident, account: str, reach: Reach) -> HearNotice:
    return HearNotice(REF, f"{REF}-N1", 1, (Reached(account, reach, incident.now),))


def outreach_to(*accounts: str) -> Incident:
    """Return a Tier 4 whose outreach is released for these accounts, and on its way."""
    incident = Incident.open().staffed()
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    incident.by("csm-one", AddImpacted(REF, accounts))
    fields = (("known", KNOWN), ("doing", DOING))
    next_at = incident.now + timedelta(minutes=30)
    return incident.by("csm-two", DraftText(REF, DraftKind.OUTREACH, fields, next_at)).release()


def test_accounts_that_are_named_later_and_further_words_go_to_the_same_notice() -> None:
    incident = outreach_to("birch").by("csm-one", AddImpacted(REF, ("elm",)))
    fields = (("known", KNOWN), ("doing", DOING))
    next_at = incident.now + timedelta(minutes=30)
    incident.by("csm-two", DraftText(REF, DraftKind.OUTREACH, fields, next_at)).release()
    sent = [(event.number, event.accounts) for event in incident.events(OutreachSent)]
    assert sent == [(1, ("birch",)), (1, ("elm",)), (2, ())]
    assert incident.ticket.of(OutreachTold).listed == ("birch", "elm")


def test_the_tickets_own_account_gets_the_tickets_updates_and_no_notice() -> None:
    incident = outreach_to("acme", "birch")
    assert [event.accounts for event in incident.events(OutreachSent)] == [("birch",)]


def test_what_comes_late_takes_nothing_from_who_has_the_words() -> None:
    incident = outreach_to("birch", "elm")
    incident.by(ENGINE, heard(incident, "birch", Reach.TOLD))
    incident.by(ENGINE, heard(incident, "birch", Reach.SENDING))
    assert incident.ticket.of(OutreachTold).at(Reach.TOLD) == ("birch",)
    assert incident.ticket.of(OutreachTold).missing == ("elm",)


def test_a_recall_holds_back_what_has_not_left_and_nobody_is_called_any_more() -> None:
    incident = outreach_to("birch", "elm")
    incident.by(ENGINE, heard(incident, "birch", Reach.TOLD))
    incident.by("cs-manager-one", RecallText(REF, 1))
    told = incident.ticket.of(OutreachTold)
    assert (told.at(Reach.TOLD), told.at(Reach.HELD_BACK)) == (("birch",), ("elm",))
    assert isinstance(incident.refused("csm-one", CallImpacted(REF, "elm")), OldButton)


def test_what_every_account_has_is_not_recalled() -> None:
    incident = outreach_to("birch").by("csm-one", CallImpacted(REF, "birch"))
    assert isinstance(incident.refused("cs-manager-one", RecallText(REF, 1)), AlreadyWithThem)


LAST = DraftText(REF, DraftKind.OUTREACH, (("known", KNOWN), ("doing", DOING)))


def test_the_last_words_of_a_notice_promise_none_and_are_released_by_another() -> None:
    incident = outreach_to("birch").by("csm-two", LAST).release()
    sent = incident.events(OutreachSent)[-1]
    (post,) = to_the_notice(incident.ticket, sent, incident.ctx)
    assert isinstance(post.command, SayFurther)
    assert (post.command.text.last, post.command.text.next_at) == (True, None)


def test_without_a_notice_there_are_no_last_words() -> None:
    incident = Incident.open().staffed()
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    assert isinstance(incident.refused("csm-two", LAST), NoNextUpdate)


def test_of_a_mistake_only_last_words_are_said_to_those_who_have_a_notice() -> None:
    incident = outreach_to("birch")
    incident.by(ENGINE, heard(incident, "birch", Reach.TOLD))
    incident.by("csm-one", MarkOpenedInError(REF, "not_a_problem", "the bank's own test"))
    promising = replace(LAST, next_at=incident.now + timedelta(minutes=30))
    assert isinstance(incident.refused("csm-two", promising), WrongState)
    incident.by("csm-two", LAST).release()
    assert incident.events(OutreachSent)[-1].number == 2


def wrote(words: str, account: str = "birch") -> HearNoticeReply:
    writer = Who("csm-two", "CSM Two")
    return HearNoticeReply(REF, f"{REF}-N1", account, "CSM Two", words, answered_by=writer)


def test_what_we_write_under_a_notice_and_a_check_stops_is_told_to_the_manager() -> None:
    incident = outreach_to("birch").by(ENGINE, wrote("As with Elm Bank, your runs are late."))
    assert incident.events(OutreachAnswered)[-1].stopped
    (told,) = incident.told("notice_own_words")
    assert told.to == Dm(who("cs-manager-one"))


def test_an_account_may_be_named_under_its_own_notice() -> None:
    incident = outreach_to("birch")
    known = incident.ctx.directory.account("birch")
    assert known is not None
    incident.by(ENGINE, wrote(f"{known.name}, your runs are checked one by one."))
    assert incident.events(OutreachAnswered)[-1].stopped == ()


def test_words_changed_under_a_notice_stand_on_the_tickets_record() -> None:
    changed = HearNoticeReply(
        REF, f"{REF}-N1", "birch", "Partner Admin One", "Do NOT stop.", was="You may stop."
    )
    incident = outreach_to("birch").by(ENGINE, changed)
    (event,) = incident.events(OutreachAltered)
    assert (event.was, event.words) == ("You may stop.", "Do NOT stop.")
