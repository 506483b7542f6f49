"""Our people are asked whether a message is a report; what nobody answers opens. M16, S144."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from protocols.clock.events import FallDue
from protocols.deliveries.events import BuryDelivery
from protocols.intake.events import AskedAbout, HearReport, NudgeTold, ReportHeard, Said
from protocols.intake.refusals import AlreadyHeard
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect
from protocols.kernel.endings import ending_of
from protocols.kernel.event import Event
from protocols.kernel.posting import posts
from protocols.kernel.refusals import AlreadyDone
from protocols.nudges.events import (
    AddToNudge,
    AnswerNudge,
    AskAboutReport,
    RewordNudge,
    SettleNudge,
    name_of,
)
from protocols.nudges.state import AskedBeside, Nudge, NudgeAsking, NudgeEnd
from protocols.people.channels import ChannelFacts, team_key
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.relations.events import OpenBeside, RelatedTicket
from protocols.replies.events import ColleagueWrote, CustomerWrote, RecordReply
from protocols.rights.refusals import Outside
from protocols.scales import Tier
from protocols.subjects import decide, dues, plan
from protocols.triage.addresses import TeamChannel
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from templates.kit.links import Links
from templates.nudges.facts import rendering
from tests.kit.rules_incident import SHARED, Incident, actor, customer, instant, people, who

TS = "1764000000.000100"
REF = name_of(SHARED.channel_id, TS)
LINK = f"https://vendor.example/archives/{SHARED.channel_id}/p{TS.replace('.', '')}"
WROTE = "The export of October is missing two rows."
TEAMS = "C0SUPPORT1"
INSIDE = ChannelFacts(TEAMS, "product-support", is_ext_shared=False, bot_is_member=True)


def said(text: str = WROTE, ts: str = TS, by: Who | None = None, *, is_ours: bool = False) -> Said:
    return Said(by or customer().who, text, ts, text, LINK, is_ours)


class Asked:
    """A question, decided step by step as the engine does it, without a database."""

    def __init__(self, text: str = WROTE, **changes: Any) -> None:
        seen: dict[str, Any] = {
            "now": instant("14:02"),
            "actor": ENGINE,
            "directory": with_a_channel(),
        }
        known = {**Incident.heard(WROTE).ctx.channels, team_key(TEAMS): INSIDE}
        start: dict[str, Any] = {"channels": known, **seen, **changes}
        self.ctx: Context = replace(Incident.heard(WROTE).ctx, **start)
        self.nudge: Nudge | None = None
        self.told: list[Effect] = []
        self.posted: list[Command] = []
        self.ask(AskAboutReport(REF, "acme", SHARED.channel_id, said(text)))

    def ask(self, command: Command, by: Actor = ENGINE, at: str = "") -> tuple[Event, ...]:
        self.ctx = replace(self.ctx, actor=by, now=instant(at) if at else self.ctx.now)
        before = self.nudge
        events = decide(before, command, self.ctx)
        if events:
            self.nudge = fold(events, before)
            self.told += plan(before, events, self.now, self.ctx, len(self.told) + 1)
            for each in posts(events, self.now, self.ctx):
                self.posted += [post.command for post in each]
        return events

    @property
    def now(self) -> Nudge:
        assert self.nudge is not None
        return self.nudge

    @property
    def end(self) -> NudgeEnd | None:
        return self.now.of(NudgeAsking).end

    def due_at(self) -> datetime | None:
        found = dues(self.now, self.ctx.policy, self.ctx.calendar)
        return found[0].at if found else None

    def lapses(self) -> None:
        (point,) = dues(self.now, self.ctx.policy, self.ctx.calendar)
        self.ctx = replace(self.ctx, now=point.at)
        self.ask(FallDue(REF, point))

    def becomes(self, suffix: str = "asked/team") -> str:
        found = ending_of(self.now, suffix, (), self.ctx)
        return "" if found is None else found.word


def with_a_channel() -> Directory:
    """Return the sample directory, in which each team has a channel."""
    known = people()
    return replace(known, teams=tuple(replace(team, channel=TEAMS) for team in known.teams))


def opened(asked: Asked) -> Incident:
    """Return the ticket that opens from what was posted."""
    (command,) = asked.posted
    assert isinstance(command, HearReport)
    ctx = replace(asked.ctx, actor=ENGINE, beside={AskedAbout: AskedAbout(REF)})
    return Incident.begun(replace(command, reference="BW-1012"), ctx)


def test_the_team_is_asked_in_its_channel_and_nobody_outside_reads_it() -> None:
    (question,) = Asked().told
    assert (question.to, question.template) == (TeamChannel(TEAMS), "nudge")


def test_without_a_channel_of_ours_the_accounts_csm_is_asked_in_person() -> None:
    (question,) = Asked(channels={}).told
    assert question.to == Dm(who("csm-one"))


def test_words_of_the_signal_matrix_ask_in_person_too() -> None:
    assert len(Asked("We paid V-201 twice this morning.").told) == 2


def test_words_of_the_matrix_that_come_later_or_by_an_edit_ask_in_person_once() -> None:
    asked = Asked()
    asked.ask(AddToNudge(REF, said("We paid V-201 twice.", "2.2")))
    assert [each.to for each in asked.told if isinstance(each.to, Dm)] == [Dm(who("csm-one"))]
    asked.ask(AddToNudge(REF, said("Twice, we paid it twice!", "2.3")))
    edited = Asked()
    edited.ask(RewordNudge(REF, customer().who, TS, "We paid twice", "We paid V-201 twice."))
    for each in (asked, edited):
        assert [who.key for who in each.now.of(NudgeAsking).asked] == ["csm-one"]


def test_where_somebody_is_asked_in_person_already_words_of_the_matrix_ask_another() -> None:
    asked = Asked(channels={})
    asked.ask(AddToNudge(REF, said("We paid V-201 twice.", "2.2")))
    assert [who.key for who in asked.now.of(NudgeAsking).asked] == ["csm-one", "csm-two"]


def test_what_someone_else_from_outside_wrote_opens_as_such() -> None:
    asked = Asked()
    clerk = replace(said(by=Who("slack:U9", "AP Clerk One")), outside=True)
    asked.nudge = None
    asked.ask(AskAboutReport(REF, "acme", SHARED.channel_id, clerk))
    asked.lapses()
    incident = opened(asked)
    (wrote,) = incident.events(CustomerWrote)
    assert (wrote.outside, wrote.owes) == (True, False)


def test_what_someone_else_from_outside_wrote_stands_beside_an_open_ticket_as_such() -> None:
    clerk = replace(said(by=Who("slack:U9", "AP Clerk One")), outside=True)
    other = RelatedTicket(
        "BW-1003", "", Tier.ROUTINE, instant("13:59"), "csm-one",
        heard_from="slack:U9", channel_id=SHARED.channel_id,
    )  # fmt: skip
    asked = Asked()
    asked.nudge = None
    asked.ask(AskAboutReport(REF, "acme", SHARED.channel_id, clerk))
    asked.ctx = replace(asked.ctx, beside={OpenBeside: OpenBeside((other,))})
    (point,) = dues(asked.now, asked.ctx.policy, asked.ctx.calendar)
    events = asked.ask(FallDue(REF, point))
    found = [post.actor for each in posts(events, asked.now, asked.ctx) for post in each]
    assert [by.standing for by in found] == [Standing.OUTSIDE]


def test_what_nobody_answers_opens_after_15_minutes() -> None:
    asked = Asked()
    assert asked.due_at() == instant("14:17")
    asked.lapses()
    assert asked.end is NudgeEnd.LAPSED
    (command,) = asked.posted
    assert isinstance(command, HearReport)
    assert (command.reference, command.description, command.asked_at) == (
        REF, WROTE, instant("14:02"),
    )  # fmt: skip


def test_open_ticket_opens_it_and_no_thanks_opens_nothing() -> None:
    one, other = Asked(), Asked()
    one.ask(AnswerNudge(REF, opens=True), actor("csm-two"))
    other.ask(AnswerNudge(REF, opens=False), actor("csm-two"))
    assert (len(one.posted), len(other.posted)) == (1, 0)
    assert (one.due_at(), other.due_at()) == (None, None)
    assert (one.becomes(), other.becomes()) == ("opens", "declined")
    assert (one.now.is_open, other.now.is_open) == (True, False)


@pytest.mark.parametrize("opens", [True, False])
def test_who_answers_second_hears_who_was_first(opens: bool) -> None:
    asked = Asked()
    asked.ask(AnswerNudge(REF, opens=False), actor("csm-two"))
    with pytest.raises(AlreadyDone):
        asked.ask(AnswerNudge(REF, opens), actor("csm-one"))


def test_nobody_from_outside_answers() -> None:
    stranger = Actor(Who("U0STRANGER", "Someone"), Standing.OUTSIDE)
    with pytest.raises(Outside):
        Asked().ask(AnswerNudge(REF, opens=True), stranger)


def test_it_says_which_ticket_stands_for_it_once_that_is_on_record() -> None:
    asked = Asked()
    asked.ask(AnswerNudge(REF, opens=True), actor("csm-two"))
    ticket = opened(asked)
    ticket.until("14:03")
    assert [event.nudge for event in ticket.events(NudgeTold)] == [REF]
    asked.ask(SettleNudge(REF, "BW-1012", ENGINE.who))
    assert asked.now.of(NudgeAsking).ticket == "BW-1012"
    assert not asked.now.is_open


def test_a_ticket_opened_from_the_message_overtakes_the_question() -> None:
    asked = Asked()
    asked.ask(SettleNudge(REF, "BW-1012", actor("csm-two").who))
    assert (asked.becomes(), asked.due_at(), asked.posted) == ("overtaken", None, [])


def test_more_of_theirs_and_a_colleagues_answer_come_onto_the_ticket() -> None:
    asked = Asked()
    asked.ask(AddToNudge(REF, said("Both of the 14th.", "1764000060.000100")), at="14:03")
    ours = said("We look into it.", "1764000120.000100", who("csm-two"), is_ours=True)
    asked.ask(AddToNudge(REF, ours), at="14:04")
    assert asked.due_at() == instant("14:17")
    asked.lapses()
    ticket = opened(asked)
    wrote = [event.text for event in ticket.events(CustomerWrote)]
    assert wrote == [WROTE, "Both of the 14th."]
    (own,) = ticket.events(ColleagueWrote)
    assert own.by.key == "csm-two"
    assert ticket.ticket.poc == who("csm-two")


def test_the_same_message_is_added_once_and_nothing_after_the_answer() -> None:
    asked = Asked()
    assert asked.ask(AddToNudge(REF, said())) == ()
    asked.ask(AnswerNudge(REF, opens=False), actor("csm-two"))
    assert asked.ask(AddToNudge(REF, said())) == ()
    with pytest.raises(AlreadyDone):
        asked.ask(AddToNudge(REF, said("More.", "1764000060.000100")))


@pytest.mark.parametrize("thread", ["", TS])
def test_what_is_part_of_what_is_asked_about_is_not_asked_about_by_itself(thread: str) -> None:
    asked, later = Asked(), "1764000060.000100"
    ctx = replace(asked.ctx, beside={AskedBeside: AskedBeside((asked.now,))})
    more = AskAboutReport(
        name_of(SHARED.channel_id, later), "acme", SHARED.channel_id, said("More.", later), thread
    )
    with pytest.raises(AlreadyDone):
        decide(None, more, ctx)


def test_what_another_person_writes_in_the_channel_is_asked_about_by_itself() -> None:
    asked, later = Asked(), "1764000060.000100"
    ctx = replace(asked.ctx, beside={AskedBeside: AskedBeside((asked.now,))})
    theirs = said("Another matter.", later, Who("slack:U0CLERK", "AP Clerk One"))
    name = name_of(SHARED.channel_id, later)
    assert decide(None, AskAboutReport(name, "acme", SHARED.channel_id, theirs), ctx)


def test_an_edit_that_comes_after_the_answer_is_no_matter_of_the_question() -> None:
    asked = Asked()
    asked.ask(AnswerNudge(REF, opens=True), actor("csm-two"))
    with pytest.raises(AlreadyDone):
        asked.ask(RewordNudge(REF, customer().who, TS, "Three rows.", "Three rows."))


def test_an_edit_is_asked_about_in_its_new_words_and_a_deletion_withdraws_the_question() -> None:
    asked = Asked()
    asked.ask(RewordNudge(REF, customer().who, TS, "It is three rows.", "It is three rows."))
    assert asked.now.of(NudgeAsking).report.text == "It is three rows."
    assert asked.told[-1].method == "chat.update"
    asked.ask(RewordNudge(REF, customer().who, TS, "", ""))
    assert (asked.becomes(), asked.due_at(), asked.posted) == ("withdrawn", None, [])


def test_of_two_messages_the_one_that_is_left_is_asked_about() -> None:
    asked = Asked()
    asked.ask(AddToNudge(REF, said("Both of the 14th.", "1764000060.000100")))
    asked.ask(RewordNudge(REF, customer().who, TS, "", ""))
    assert asked.end is None
    assert asked.now.of(NudgeAsking).report.text == "Both of the 14th."


@pytest.mark.parametrize("how", ["refused", "withheld"])
def test_where_the_channel_is_not_reached_the_csm_is_asked_in_person(how: str) -> None:
    asked = Asked()
    key = asked.told[0].key
    lost = BuryDelivery(REF, key, "is_archived", "", "")
    asked.ask(lost if how == "refused" else WithdrawWords(REF, key, Withdrawal.CHANNEL))
    assert asked.told[-1].to == Dm(who("csm-one"))


def test_the_record_says_who_opened_it_or_that_nobody_answered() -> None:
    one, other = Asked(), Asked()
    one.ask(AnswerNudge(REF, opens=True), actor("csm-two"))
    other.lapses()
    for asked, marked_by in ((one, "csm-two"), (other, None)):
        (heard,) = opened(asked).events(ReportHeard)
        assert heard.asked_at == instant("14:02")
        assert (heard.marked_by.key if heard.marked_by else None) == marked_by


def test_what_a_ticket_was_opened_from_on_the_way_is_not_asked_about() -> None:
    opened_meanwhile = RelatedTicket(
        "BW-1001", "", Tier.CRITICAL, instant("14:02"), "csm-one", began_in=(SHARED.channel_id, TS)
    )
    with pytest.raises(AlreadyHeard):
        Asked(beside={OpenBeside: OpenBeside((opened_meanwhile,))})


def test_a_ticket_from_another_message_leaves_it_to_be_asked_about() -> None:
    another = RelatedTicket(
        "BW-1001", "", Tier.CRITICAL, instant("14:02"), "csm-one", began_in=(SHARED.channel_id, "1")
    )
    assert Asked(beside={OpenBeside: OpenBeside((another,))}).end is None


def beside(channel_id: str, heard_from: str = "", reference: str = "BW-1009") -> OpenBeside:
    found = RelatedTicket(
        reference, "", Tier.ROUTINE, instant("14:10"), "csm-one", heard_from=heard_from,
        channel_id=channel_id,
    )  # fmt: skip
    return OpenBeside((found,))


def test_beside_a_ticket_that_was_opened_meanwhile_no_second_one_opens_by_itself() -> None:
    """Source: M16, D42."""
    asked = Asked()
    asked.ask(AddToNudge(REF, said("Both of the 14th.", "2.1")))
    asked.ctx = replace(asked.ctx, beside={OpenBeside: beside(SHARED.channel_id)})
    asked.lapses()
    replies = [each for each in asked.posted if isinstance(each, RecordReply)]
    assert len(replies) == len(asked.posted) == 2
    assert {(each.reference, each.apart) for each in replies} == {("BW-1009", True)}
    assert [each.text for each in replies] == [WROTE, "Both of the 14th."]
    assert asked.now.of(NudgeAsking).beside == "BW-1009"
    assert not asked.now.of(NudgeAsking).opens


def test_what_was_written_behind_it_goes_on_a_ticket_that_was_opened_from_it_elsewhere() -> None:
    """Source: D41, S144."""
    asked = Asked()
    asked.ask(AddToNudge(REF, said("Both of the 14th.", "2.1")))
    asked.ask(SettleNudge(REF, "BW-1012", who("csm-one")))
    assert asked.posted == []
    asked.lapses()
    assert [(each.reference, each.text) for each in asked.posted if isinstance(each, RecordReply)
            ] == [("BW-1012", "Both of the 14th.")]  # fmt: skip
    assert (len(asked.posted), asked.due_at()) == (1, None)


def test_a_ticket_elsewhere_stops_no_question_and_a_press_opens_one_all_the_same() -> None:
    one, other = Asked(), Asked()
    one.ctx = replace(one.ctx, beside={OpenBeside: beside("C0ELSEWHERE")})
    one.lapses()
    other.ctx = replace(other.ctx, beside={OpenBeside: beside(SHARED.channel_id)})
    other.ask(AnswerNudge(REF, opens=True), actor("csm-two"))
    assert [type(each) for each in (*one.posted, *other.posted)] == [HearReport, HearReport]


def test_of_several_it_goes_on_the_writers_own() -> None:
    both = (*beside(SHARED.channel_id).tickets,
            *beside(SHARED.channel_id, customer().who.key, "BW-1003").tickets)  # fmt: skip
    found = OpenBeside(both).heard_beside(SHARED.channel_id, customer().who.key)
    assert found is not None
    assert found.reference == "BW-1003"


def test_what_was_heard_in_another_order_is_shown_as_it_was_written() -> None:
    asked = Asked()
    for number in (3, 2):
        attached = f"Attached: statement-{number}.pdf. In Slack, where it was written."
        asked.ask(AddToNudge(REF, said(attached, f"176400000{number}.000100")))
    _, facts = rendering("nudge", {}, asked.now, asked.ctx, Links())
    assert facts["more_count"] == 2
    assert "statement-3.pdf" in str(facts["last"])
