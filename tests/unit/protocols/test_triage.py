"""The card in a team's channel, and what is written below it. Source: S91, D29; M26."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from protocols.closure.events import MarkOpenedInError
from protocols.deliveries.events import TakeDelivery
from protocols.details.events import GoOn
from protocols.escalation.events import Escalate
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import Effect
from protocols.losses.events import TakeStock
from protocols.people.channels import ChannelFacts, team_key
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.replies.events import CustomerWrote, RecordReply
from protocols.rights.refusals import Confidential, NotTaken, NotYours, Outside
from protocols.routing.events import ChangeTicket
from protocols.scales import Category, Impact, Severity, Tier
from protocols.stage import Stage, stage_of
from protocols.targets.clocks import running
from protocols.targets.events import Acknowledge
from protocols.targets.taking import need_taken
from protocols.tiers.events import ChangeTier
from protocols.timeline.events import NoteAdded
from protocols.triage.events import CardPlaced, CardWithheld, NoteCardDeleted, WriteUnderCard
from protocols.triage.state import Triage
from protocols.updates.events import DraftKind, DraftText
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from protocols.withdrawals.standing import Leaving, objection
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, customer, people, report
from tests.unit.presenters.walking import LINKS

FINANCE, OPERATIONS = "C0FINANCE1", "C0OPERATE1"
CHANNELS = {"channel-finance": FINANCE, "channel-operations": OPERATIONS}
ASK = DraftText(REF, DraftKind.DETAILS, (("questions", "Which deals?\nWhich month?"),))
NOTE = WriteUnderCard(REF, "The Elm deal was booked under Birch.", "https://slack.example/p1")


FINANCE_ONE = Actor(Who("finance-one", "Finance One"), Standing.MEMBER)


def world(**channels: str) -> Directory:
    """Return the sample world with channels of teams, by the keys of the teams."""
    given = channels or {key.replace("-", "_"): at for key, at in CHANNELS.items()}
    teams = (replace(one, channel=given.get(one.key.replace("-", "_"))) for one in people().teams)
    return replace(people(), teams=tuple(teams))


def facts(channel_id: str, **changes: Any) -> ChannelFacts:
    return replace(ChannelFacts(channel_id, "triage", False, True), **changes)


INSIDE = {team_key(at): facts(at) for at in CHANNELS.values()}


def opened(channels: dict[str, ChannelFacts] | None = None, **form: Any) -> Incident:
    """Open Cedar's ticket on a missing commission, with what Slack said of the channels."""
    values: dict[str, Any] = {
        "impacts": frozenset(),
        "signal": None,
        "severity": Severity.HIGH,
        "account_key": "cedar",
        "category": Category.COMMISSION_PAYMENT,
        "directory": world(),
        **form,
    }
    known = INSIDE if channels is None else channels
    return Incident.open(by="csm-two", channels=known, **values)


def stood(incident: Incident, number: int = 1) -> Incident:
    """Let Slack take the card."""
    taken = TakeDelivery(REF, f"{REF}/triage/{number}", incident.now, FINANCE, "triage", "17.1")
    return incident.by(ENGINE, taken)


def cards(incident: Incident) -> list[Effect]:
    return [each for each in incident.told("triage") if each.method == "chat.postMessage"]


def edits(effects: tuple[Effect, ...]) -> list[tuple[str | None, str]]:
    """Return the words that take the place of a card, and which card's."""
    of_cards = [each for each in effects if "/triage/" in each.key]
    found = (each for each in of_cards if each.method == "chat.update")
    return [(each.template, each.key.split("/")[2]) for each in found]


def words(incident: Incident, template: str = "triage") -> dict[str, object]:
    return facts_of(template, {}, incident.ticket, incident.ctx, LINKS)


def test_the_card_stands_in_the_channel_of_the_team_once() -> None:
    incident = opened()
    (card,) = cards(incident)
    assert card.key == f"{REF}/triage/1"
    assert incident.ticket.of(Triage).channel_id == FINANCE
    stood(incident).at("14:30").by("finance-one", Acknowledge(REF))
    assert len(cards(incident)) == 1
    assert ("triage", "1") in edits(incident.last_effects)


@pytest.mark.parametrize(
    "channels",
    [
        {},
        {team_key(FINANCE): facts(FINANCE, is_ext_shared=True)},
        {team_key(FINANCE): facts(FINANCE, outside_count=1)},
        {team_key(FINANCE): facts(FINANCE, bot_is_member=False)},
    ],
)
def test_no_card_where_somebody_from_outside_reads_or_nobody_knows(
    channels: dict[str, ChannelFacts],
) -> None:
    incident = opened(channels)
    assert not cards(incident)
    incident.ctx = replace(incident.ctx, channels=INSIDE)
    incident.by("csm-two", Acknowledge(REF))
    assert len(cards(incident)) == 1


def test_a_channel_that_is_shared_later_gets_nothing_more() -> None:
    incident = stood(opened())
    shared = {team_key(FINANCE): facts(FINANCE, is_ext_shared=True)}
    incident.ctx = replace(incident.ctx, channels=shared)
    incident.by("finance-one", Acknowledge(REF))
    assert not [each for each in incident.last_effects if "/triage/" in each.key]
    leaving = Leaving(f"{REF}/triage/1/edit/2", FINANCE)
    assert objection(incident.ticket, leaving, incident.ctx) is Withdrawal.CHANNEL
    assert objection(incident.ticket, leaving, replace(incident.ctx, channels=INSIDE)) is None


SHUT = {team_key(FINANCE): facts(FINANCE, is_ext_shared=True)}
STOCK = TakeStock(REF)


def looked(incident: Incident, channels: dict[str, ChannelFacts]) -> Incident:
    """Let Slack say who reads the channels, and have the ticket looked at."""
    incident.ctx = replace(incident.ctx, channels=channels)
    return incident.by(ENGINE, STOCK)


def test_a_card_that_was_held_back_is_posted_once_only_we_read_the_channel_again() -> None:
    incident = opened()
    incident.ctx = replace(incident.ctx, channels=SHUT)
    held = WithdrawWords(REF, f"{REF}/triage/1", Withdrawal.CHANNEL)
    incident.by(ENGINE, held, held)
    assert len(incident.events(CardWithheld)) == 1
    assert len(cards(looked(incident, SHUT))) == 1
    looked(looked(incident, INSIDE), INSIDE)
    assert [each.key for each in cards(incident)] == [f"{REF}/triage/1", f"{REF}/triage/2"]


def test_a_ticket_that_came_while_the_channel_was_shared_gets_its_card_afterwards() -> None:
    incident = opened(SHUT)
    assert not cards(incident)
    assert len(cards(looked(incident, INSIDE))) == 1


def test_a_card_that_stood_while_the_channel_was_shared_shows_what_changed_meanwhile() -> None:
    incident = stood(opened())
    incident.ctx = replace(incident.ctx, channels=SHUT)
    incident.by("finance-one", Acknowledge(REF))
    looked(incident, INSIDE)
    assert edits(incident.last_effects) == [("triage", "1")]
    assert len(cards(incident)) == 1
    assert not looked(incident, INSIDE).last_effects


def test_an_edit_that_was_held_back_is_made_once_only_we_read_the_channel_again() -> None:
    incident = stood(opened())
    incident.ctx = replace(incident.ctx, channels=SHUT)
    incident.by(ENGINE, WithdrawWords(REF, f"{REF}/triage/1/edit/2", Withdrawal.CHANNEL))
    assert edits(looked(incident, INSIDE).last_effects) == [("triage", "1")]


def test_a_card_that_was_deleted_while_the_channel_was_shared_is_posted_afterwards() -> None:
    incident = stood(opened())
    incident.ctx = replace(incident.ctx, channels=SHUT)
    incident.by(ENGINE, NoteCardDeleted(REF, 1))
    assert len(cards(incident)) == 1
    assert cards(looked(incident, INSIDE))[-1].key == f"{REF}/triage/2"


def test_a_card_that_a_shared_channel_never_got_is_not_posted_for_a_ticket_that_has_ended() -> None:
    incident = opened()
    incident.ctx = replace(incident.ctx, channels=SHUT)
    incident.by(ENGINE, WithdrawWords(REF, f"{REF}/triage/1", Withdrawal.CHANNEL))
    incident.by("csm-two", MarkOpenedInError(REF, "not_a_problem", "A test of theirs."))
    assert len(cards(looked(incident, INSIDE))) == 1


def test_with_another_team_the_old_card_says_where_it_went_and_a_new_one_stands() -> None:
    incident = stood(opened())
    incident.by("csm-two", ChangeTicket(REF, category=Category.DEAL_REGISTRATION))
    assert edits(incident.last_effects) == [("triage_moved", "1")]
    assert cards(incident)[-1].key == f"{REF}/triage/2"
    assert incident.ticket.of(Triage).channel_id == OPERATIONS
    assert words(incident, "triage_moved")["team"] == "Channel Operations"


def test_a_team_without_a_channel_has_no_card_and_the_old_one_says_so() -> None:
    incident = stood(opened())
    incident.by("csm-two", ChangeTicket(REF, "Technical Support"))
    assert edits(incident.last_effects) == [("triage_moved", "1")]
    assert len(cards(incident)) == 1
    incident.by("csm-two", ChangeTicket(REF, "Channel Finance"))
    assert edits(incident.last_effects) == [("triage", "1")]


def test_a_team_that_is_in_no_directory_stands_with_the_default_one_and_says_so() -> None:
    teams = tuple(team for team in world().teams if team.key != "channel-finance")
    incident = opened(directory=replace(world(), teams=teams))
    assert incident.ticket.of(Triage).channel_id == OPERATIONS
    assert words(incident)["team_here"] == "Channel Operations"


def test_a_ticket_that_is_raised_has_its_card_in_the_bridge() -> None:
    incident = stood(opened())
    incident.by("csm-two", ChangeTier(REF, Tier.CRITICAL, "paid twice"))
    assert edits(incident.last_effects) == [("triage_moved", "1")]
    assert words(incident, "triage_moved")["has_bridge"]
    assert not opened(impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY})).events(CardPlaced)


def test_whoever_takes_it_is_said_below_the_card() -> None:
    incident = stood(opened()).by("finance-one", Acknowledge(REF))
    (said,) = incident.told("triage_taken")
    assert said.params["by"] == "finance-one"
    assert said.arguments["thread_ts"] == {"$result": [f"{REF}/triage/1", "ts"]}
    assert words(incident)["is_taken"]
    assert not words(incident)["can_take"]


def test_what_the_account_wrote_is_said_below_the_card() -> None:
    incident = stood(opened())
    reply = RecordReply(REF, "Partner Admin Two", "Elm is missing too.", "C1", "9.1")
    incident.by(customer("cedar"), reply)
    (said,) = incident.told("triage_wrote")
    assert said.params["words"] == "Elm is missing too."


def writes_on(incident: Incident, count: int) -> Incident:
    for number in range(count):
        incident.at(incident.now + timedelta(milliseconds=60))
        stamp = f"{incident.now.timestamp():.6f}"
        words = f"Deal {number} is missing."
        incident.by(customer("cedar"), RecordReply(REF, "Partner Admin Two", words, "C1", stamp))
    return incident


def test_a_thousand_messages_in_a_minute_are_two_lines_below_the_card_and_few_messages() -> None:
    incident = stood(opened())
    before = len(incident.effects)
    writes_on(incident, 1000).until("14:10")
    said = incident.told("triage_wrote")
    assert [each.params.get("count") for each in said] == [None, 999]
    assert said[1].params["words"] == "Deal 999 is missing."
    assert len(incident.events(CustomerWrote)) == 1000
    assert len(incident.effects) - before < 10


def test_of_a_row_the_next_minute_is_another_line() -> None:
    incident = writes_on(stood(opened()), 3).until("14:04")
    writes_on(incident, 1).until("14:06")
    assert [each.params.get("count") for each in incident.told("triage_wrote")] == [None, 2, 1]


def test_a_report_that_was_heard_stands_on_the_card_alone() -> None:
    heard = replace(Incident.heard("Rows are missing.").ctx, channels=INSIDE)
    teams = (replace(one, channel=OPERATIONS) for one in people().teams)
    ctx = replace(heard, directory=replace(people(), teams=tuple(teams)))
    incident = Incident.begun(report("Rows are missing."), ctx)
    assert cards(incident)
    assert incident.told("triage_wrote") == []


def test_at_75_percent_the_card_says_so_and_nothing_is_said_below_it() -> None:
    incident = stood(opened()).by("finance-one", Acknowledge(REF))
    assert words(incident)["share_gone"] == 0
    (near,) = [each for each in incident.dues() if each.key.endswith(":75")][:1]
    lines = len(below(incident))
    incident.until(near.at)
    assert words(incident)["share_gone"] == 75
    assert ("triage", "1") in edits(incident.last_effects)
    assert len(below(incident)) == lines


def below(incident: Incident) -> list[Effect]:
    return [each for each in incident.effects if "thread_ts" in each.arguments]


def test_the_card_says_the_clock_that_binds_and_not_always_the_reply() -> None:
    incident = stood(opened(severity=Severity.LOW, category=Category.TECHNICAL_PRODUCT,
                            directory=everywhere()))  # fmt: skip
    clocks = running(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    assert words(incident)["due_at"] == min(clock.breach_at for clock in clocks)


def everywhere() -> Directory:
    teams = (replace(one, channel=FINANCE) for one in people().teams)
    return replace(people(), teams=tuple(teams))


def test_an_escalation_is_said_below_the_card_with_why_and_who_is_asked() -> None:
    incident = stood(opened()).at("15:00").by("csm-two", Escalate(REF, "They call every hour."))
    (said,) = incident.told("triage_escalated")
    assert said.arguments["thread_ts"]
    assert "They call every hour." in str(said.params["why"])
    assert said.params["asked"] == "CS Manager One"


def test_a_breach_is_said_below_the_card_with_who_was_told() -> None:
    incident = stood(opened()).until("14:02", 24)
    said = incident.told("triage_late")
    assert said
    assert "CSM Two" in str(said[0].params["told"])


def test_what_our_people_write_below_it_is_a_note_and_nothing_leaves() -> None:
    incident = stood(opened()).by("engineer-one", NOTE)
    (note,) = incident.events(NoteAdded)
    assert note.text == NOTE.text
    assert not [each for each in incident.last_effects if each.template != "triage"]


def test_nobody_from_outside_writes_there() -> None:
    guest = Actor(Who("U0GUEST01", "Guest One"), Standing.OUTSIDE)
    assert isinstance(stood(opened()).refused(guest, NOTE), Outside)


def test_a_confidential_ticket_shows_none_of_its_words() -> None:
    incident = stood(opened()).by("cs-manager-one", PlaceHold(REF, HoldKind.RETENTION, "audit"))
    assert words(incident)["summary"] == ""
    assert ("triage", "1") in edits(incident.last_effects)
    assert isinstance(incident.refused("engineer-one", NOTE), Confidential)
    incident.by(customer("cedar"), RecordReply(REF, "Partner Admin Two", "Hm.", "C1", "9.1"))
    assert [each.params["words"] for each in incident.told("triage_wrote")] == [""]


def test_a_change_that_the_card_does_not_show_edits_nothing() -> None:
    incident = stood(opened())
    incident.by("csm-two", WriteUnderCard(REF, "Looked at it."))
    assert not edits(incident.last_effects)


def asked() -> Incident:
    """Let the team take it and ask the account two things, which Slack takes at 15:02."""
    incident = stood(opened()).at("15:00").by("finance-one", Acknowledge(REF))
    return incident.by("finance-one", ASK).at("15:02").delivered("text/1")


def test_a_clock_that_stopped_is_said_below_the_card_and_on_it() -> None:
    incident = asked()
    (said,) = incident.told("triage_waits")
    assert (said.params["count"], str(said.params["since_at"])[11:16]) == (2, "15:02")
    assert ("triage", "1") in edits(incident.last_effects)
    assert words(incident)["asked_at"] == incident.now
    assert stage_of(incident.ticket) is Stage.AWAITING


def test_questions_after_questions_name_the_instant_at_which_the_clock_stopped() -> None:
    incident = asked().at("15:30").by("finance-one", ASK).delivered("text/2")
    first, second = incident.told("triage_waits")
    assert second.key != first.key
    assert second.params["since_at"] == first.params["since_at"]


def test_an_answer_of_the_account_is_said_below_the_card_and_its_stage_is_ours_again() -> None:
    incident = asked().at("15:40")
    incident.by(customer("cedar"), RecordReply(REF, "Partner Admin Two", "Elm.", "C1", "9.1"))
    (said,) = incident.told("triage_goes_on")
    assert str(said.params["answered_at"])[11:16] == "15:40"
    assert said.params["words"] == "Elm."
    assert incident.told("triage_wrote") == []
    assert words(incident)["asked_at"] is None
    assert stage_of(incident.ticket) is Stage.UNDER_REVIEW


def test_who_goes_on_without_the_answer_is_said_below_the_card() -> None:
    incident = asked().by("finance-one", GoOn(REF, "Found in the records."))
    (said,) = incident.told("triage_goes_on")
    assert said.params == {"by": "finance-one", "reason": "Found in the records."}


def test_one_of_the_team_who_has_not_taken_it_is_told_to_take_it_first() -> None:
    incident = stood(opened())
    with pytest.raises(NotTaken):
        need_taken(incident.ticket, replace(incident.ctx, actor=FINANCE_ONE))
    incident.by("finance-one", Acknowledge(REF)).by("finance-one", ASK)


def test_who_may_not_take_it_or_finds_it_taken_is_told_whom_to_ask() -> None:
    incident = stood(opened())
    assert isinstance(incident.refused("engineer-one", ASK), NotYours)
    incident.by("finance-one", Acknowledge(REF))
    assert isinstance(incident.refused("support-one", ASK), NotYours)


def test_words_to_the_account_are_offered_while_they_would_be_allowed() -> None:
    incident = stood(opened())
    assert words(incident)["can_write"]
    incident.by("csm-two", ChangeTier(REF, Tier.CRITICAL, "paid twice"))
    assert not words(incident)["can_write"]
