"""A notice tells many accounts, each by its own road, and of none it says more than is so.

Proves: F40.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from protocols.account.addresses import AccountMail
from protocols.account.events import RouteKind
from protocols.account.rules import account_card
from protocols.clock.events import FallDue
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect, Gateway
from protocols.kernel.endings import ending_of
from protocols.kernel.event import Event
from protocols.kernel.posting import posts
from protocols.kernel.record import Record
from protocols.kernel.refusals import AlreadyDone
from protocols.notices.events import (
    AddToNotice,
    EndNotice,
    HearNotice,
    HearNoticeReply,
    MarkCalled,
    NoticeListed,
    NoticeText,
    OpenNotice,
    Reach,
    RecallNotice,
    RecordNoticeAlteration,
    RecordNoticeAnswer,
    RecordNoticeReply,
    SayFurther,
)
from protocols.notices.routing import URGENT_NOTICE, key_of
from protocols.notices.standing import objection
from protocols.notices.state import Notice, NoticeReplies, NoticeTelling
from protocols.people.channels import ChannelFacts
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.rights.refusals import NotYours, Outside
from protocols.subjects import decide, dues, plan
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from tests.kit.rules_incident import Incident, instant

REF = "BW-1001-N1"
FIELDS = (("known", "Runs are delayed."), ("doing", "We check each of them."))
NEXT = instant("16:30")
TEXT = NoticeText(7, FIELDS, instant("15:00"), NEXT)
SHARED = ChannelFacts("C-BIRCH", "birch-support", is_ext_shared=True, bot_is_member=True)
"""Birch has a channel, Elm is written to, Cedar can only be called in this world."""


class Played:
    """A notice, decided step by step as the engine does it, without a database."""

    def __init__(self, accounts: tuple[str, ...], **changes: Any) -> None:
        seen: dict[str, Any] = {
            "channels": {"birch": SHARED},
            "now": TEXT.released_at,
            "actor": Actor(ENGINE.who),
        }
        self.ctx: Context = replace(Incident.open().ctx, **{**seen, **changes})
        self.notice: Notice | None = None
        self.told: list[Effect] = []
        self.posted: list[Command] = []
        self.version = 0
        self.ask(OpenNotice(REF, "BW-1001", TEXT, accounts))

    def ask(self, command: Command) -> tuple[Event, ...]:
        before = self.notice
        events = decide(before, command, self.ctx)
        if events:
            self.notice = fold(events, before)
            assert self.notice is not None
            self.version += 1
            self.told += plan(before, events, self.notice, self.ctx, self.version)
            for each in posts(events, self.notice, self.ctx):
                self.posted += [post.command for post in each]
        return events

    @property
    def telling(self) -> NoticeTelling:
        assert self.notice is not None
        return self.notice.of(NoticeTelling)

    def points(self) -> dict[str, datetime]:
        assert self.notice is not None
        found = dues(self.notice, self.ctx.policy, self.ctx.calendar)
        return {point.key: point.at for point in found}

    def until(self, at: datetime) -> Played:
        """Let everything fall due up to an instant, in order."""
        for _ in range(200):
            assert self.notice is not None
            found = dues(self.notice, self.ctx.policy, self.ctx.calendar)
            if not found or found[0].at > at:
                break
            self.ctx = replace(self.ctx, now=max(found[0].at, self.ctx.now))
            self.ask(FallDue(REF, found[0]))
        self.ctx = replace(self.ctx, now=max(at, self.ctx.now))
        return self

    def reach(self, account: str) -> Reach:
        assert self.telling.text is not None
        way = self.telling.way(account, self.telling.text.number)
        assert way is not None
        return way.reached.reach

    def key(self, account: str, number: int = 7) -> str:
        assert self.notice is not None
        return key_of(self.notice, number, account)

    def taken(self, account: str, number: int = 7) -> None:
        self.ask(TakeDelivery(REF, self.key(account, number), self.ctx.now))

    def calls(self) -> list[tuple[str, str]]:
        """Return whom of us the notice asked to call which account, in order."""
        return [(each.to.person.key, str(each.params["account"])) for each in self.told
                if isinstance(each.to, Dm) and each.template == "notice_call"]  # fmt: skip


def out(*accounts: str, **changes: Any) -> Played:
    return Played(accounts, **changes).until(TEXT.released_at)


def test_each_account_is_told_by_its_own_road() -> None:
    played = out("birch", "elm")
    words = {each.key: each for each in played.told}
    birch, elm = words[played.key("birch")], words[played.key("elm")]
    assert (birch.gateway, birch.stream) == (Gateway.SLACK, "customer/C-BIRCH")
    assert elm.gateway is Gateway.MAIL
    assert {birch.urgent, elm.urgent} == {URGENT_NOTICE}
    assert {played.reach("birch"), played.reach("elm")} == {Reach.SENDING}


def test_an_account_without_a_road_is_called_by_its_csm() -> None:
    played = out("birch", "elm", has_mail=False)
    assert played.reach("elm") is Reach.TO_CALL
    ((caller, account),) = played.calls()
    known = played.ctx.directory.account("elm")
    assert known is not None
    assert (caller, account) == (known.csm, "elm")


def test_without_a_reachable_csm_the_manager_on_duty_calls() -> None:
    everyone = frozenset(one.key for one in Incident.open().ctx.directory.people
                         if not one.has("cs-manager"))  # fmt: skip
    played = out("elm", has_mail=False, unreachable=everyone)
    assert [who for who, _ in played.calls()] == ["cs-manager-one"]


def test_a_channel_that_is_not_shared_any_more_is_no_road() -> None:
    alone = replace(SHARED, is_ext_shared=False)
    assert out("birch", channels={"birch": alone}).telling.ways[0].send.channel_id == ""


def test_in_a_security_matter_only_the_named_contact_is_written_to() -> None:
    played = Played(("birch",))
    played.ask(SayFurther(REF, replace(TEXT, number=8, security=True)))
    played.until(TEXT.released_at)
    assert played.telling.way("birch", 8) is not None
    assert all(way.send.channel_id == "" for way in played.telling.ways)
    assert RouteKind.CHANNEL.value == "channel"


def test_what_slack_or_the_mail_server_took_counts_as_told_once() -> None:
    played = out("birch")
    played.taken("birch")
    assert played.reach("birch") is Reach.TOLD
    assert played.ask(TakeDelivery(REF, played.key("birch"), played.ctx.now)) == ()


def test_what_was_refused_for_good_is_called_with_the_words() -> None:
    played = out("birch")
    played.ask(BuryDelivery(REF, played.key("birch"), "channel_not_found"))
    assert played.reach("birch") is Reach.TO_CALL
    assert [account for _, account in played.calls()] == ["birch"]


def test_a_call_counts_and_what_comes_later_changes_nothing() -> None:
    played = out("elm", has_mail=False)
    caller = Who("csm-two", "CSM Two")
    played.ask(MarkCalled(REF, "elm", caller, instant("15:04")))
    (way,) = played.telling.ways
    assert (way.reached.reach, way.reached.by) == (Reach.CALLED, caller)
    assert played.ask(MarkCalled(REF, "elm", caller, instant("15:05"))) == ()


def test_who_calls_is_asked_again_and_the_manager_reads_the_names() -> None:
    played = out("elm", has_mail=False).until(TEXT.released_at + timedelta(minutes=10))
    assert len(played.calls()) == 2
    (late,) = [each for each in played.told if each.template == "notice_late"]
    assert late.params["accounts"] == ["elm"]


def test_what_is_not_taken_in_time_is_called() -> None:
    played = out("birch").until(TEXT.released_at + timedelta(minutes=10))
    assert played.reach("birch") is Reach.TO_CALL
    played.taken("birch")
    assert played.reach("birch") is Reach.TOLD
    assert not [key for key in played.points() if key.startswith("notice_chase")]


def test_an_account_that_is_added_later_gets_the_words_too() -> None:
    played = out("birch")
    played.ask(AddToNotice(REF, ("birch", "elm")))
    played.until(TEXT.released_at)
    assert [way.send.account for way in played.telling.ways] == ["birch", "elm"]


def test_further_words_go_to_the_same_list() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    played.ask(SayFurther(REF, replace(TEXT, number=9)))
    played.until(TEXT.released_at)
    assert [(way.number, way.send.account) for way in played.telling.ways] == [
        (7, "birch"), (7, "elm"), (9, "birch"), (9, "elm"),
    ]  # fmt: skip
    assert played.ask(SayFurther(REF, replace(TEXT, number=9))) == ()


def test_very_many_accounts_leave_in_turns_of_a_minute() -> None:
    accounts = tuple(f"account-{number}" for number in range(120))
    played = Played(accounts, has_mail=False).until(TEXT.released_at)
    assert len(played.telling.ways) == 50
    played.until(TEXT.released_at + timedelta(minutes=1))
    assert len(played.telling.ways) == 100
    played.until(TEXT.released_at + timedelta(minutes=2))
    assert len(played.telling.ways) == 120


def test_recalled_words_leave_no_more_and_are_not_read_by_phone() -> None:
    played = out("birch", "elm", has_mail=False)
    played.ask(RecallNotice(REF, 7))
    assert [each.params["account"] for each in played.told
            if each.template == "notice_recalled"] == ["elm"]  # fmt: skip
    assert played.notice is not None
    why = objection(played.notice, played.key("birch"), "C-BIRCH", (), played.ctx)
    assert why is Withdrawal.RECALLED
    played.ask(WithdrawWords(REF, played.key("birch"), Withdrawal.RECALLED))
    assert {way.reached.reach for way in played.telling.ways} == {Reach.HELD_BACK}
    assert not [key for key in played.points() if key.startswith("notice_chase")]


@pytest.mark.parametrize(
    ("channel", "addresses", "why"),
    [
        ("C-BIRCH", (), None),
        ("C-OTHER", (), Withdrawal.ROAD),
        ("", ("someone@elsewhere.example",), Withdrawal.ROAD),
    ],
)
def test_words_leave_only_by_the_road_of_their_account(
    channel: str, addresses: tuple[str, ...], why: Withdrawal | None
) -> None:
    played = out("birch")
    assert played.notice is not None
    key = played.key("birch")
    assert objection(played.notice, key, channel, addresses, played.ctx) is why


def became(played: Played, asked: Effect) -> str:
    """Return how the question of a message ended, empty while it stands."""
    assert played.notice is not None
    ending = ending_of(played.notice, asked.key.removeprefix(f"{REF}/"), (), played.ctx)
    return "" if ending is None else ending.word


def test_whoever_was_asked_to_call_reads_what_became_of_it() -> None:
    calls = []
    for _ in range(5):
        played = out("elm", has_mail=False)
        (asked,) = [each for each in played.told if each.template == "notice_call"]
        assert became(played, asked) == ""
        calls.append((played, asked))
    (one, asked), (two, _), (three, _), (four, _), (five, _) = calls
    one.ask(MarkCalled(REF, "elm", Who("csm-two", "CSM Two"), instant("15:04")))
    two.taken("elm")
    three.ask(RecallNotice(REF, 7))
    four.ask(SayFurther(REF, replace(TEXT, number=9)))
    four.until(TEXT.released_at)
    five.until(TEXT.released_at + timedelta(minutes=10))
    assert [became(each, asked) for each, _ in calls] == ["called", "told", "recalled", "newer", ""]
    assert [became(five, each) for each in five.told if each.template == "notice_call"] == ["", ""]


def test_what_recalled_words_promised_binds_those_who_have_them() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    played.ask(RecallNotice(REF, 7))
    played.until(NEXT)
    asked = [each.params["is_late"] for each in played.told if each.template == "notice_promise"]
    assert asked == [False, True]
    nobody_has_it = out("birch", "elm")
    nobody_has_it.ask(RecallNotice(REF, 7))
    assert not [key for key in nobody_has_it.points() if key.startswith("notice_prompt")]


def test_whoever_has_recalled_words_reads_that_the_next_are_a_correction() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    played.ask(RecallNotice(REF, 7))
    played.ask(SayFurther(REF, replace(TEXT, number=9)))
    assert played.telling.replaced("birch", 9) == TEXT
    assert played.telling.replaced("elm", 9) is None


def test_a_road_that_is_none_any_more_is_a_call() -> None:
    played = out("birch")
    played.ask(WithdrawWords(REF, played.key("birch"), Withdrawal.CHANNEL))
    assert played.reach("birch") is Reach.TO_CALL


def test_what_a_hold_keeps_here_is_told_to_the_manager() -> None:
    played = out("birch")
    played.ask(WithdrawWords(REF, played.key("birch"), Withdrawal.LEGAL_HOLD))
    assert played.reach("birch") is Reach.HELD_BACK
    assert "notice_held" in [each.template for each in played.told]


def test_the_record_that_opened_it_hears_what_became_of_each_account() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    heard = [one for one in played.posted if isinstance(one, HearNotice)]
    assert {(one.reference, one.notice, one.number) for one in heard} == {("BW-1001", REF, 7)}
    assert [(each.account, each.reach) for one in heard for each in one.reached] == [
        ("birch", Reach.SENDING), ("elm", Reach.SENDING), ("birch", Reach.TOLD),
    ]  # fmt: skip


def test_the_next_words_that_were_promised_are_asked_for_and_missed_aloud() -> None:
    played = out("birch")
    played.taken("birch")
    played.until(NEXT)
    asked = [each.params["is_late"] for each in played.told if each.template == "notice_promise"]
    assert asked == [False, True]


def test_what_was_promised_is_owed_although_it_is_over() -> None:
    played = out("birch")
    played.taken("birch")
    played.ask(EndNotice(REF))
    assert set(played.points()) == {"notice_prompt:7", "notice_missed:7"}
    assert played.notice is not None
    assert not played.notice.is_open


def moves(played: Played, number: int) -> Iterator[Command]:
    account = ("birch", "elm", "fern")[number % 3]
    caller = Who("csm-two", "CSM Two")
    yield TakeDelivery(REF, played.key(account), played.ctx.now)
    yield BuryDelivery(REF, played.key(account), "channel_not_found")
    yield WithdrawWords(REF, played.key(account), Withdrawal.ROAD)
    yield MarkCalled(REF, account, caller, played.ctx.now)
    yield SayFurther(REF, replace(TEXT, number=20 + number))
    yield AddToNotice(REF, ("fern", "grove"))


@pytest.mark.parametrize("seed", range(36))
def test_no_account_of_the_list_is_ever_silent(seed: int) -> None:
    """It has the words, or there is a due point at which somebody is asked."""
    played = out("birch", "elm", has_mail=bool(seed % 2))
    for step in range(6):
        choices = list(moves(played, seed + step))
        played.ask(choices[(seed * 7 + step * 5) % len(choices)])
        played.until(played.ctx.now + timedelta(minutes=seed % 5))
        points = played.points()
        waits = played.telling.unsent()
        is_open = played.telling.in_reach(Reach.SENDING, Reach.TO_CALL)
        assert not waits or any(key.startswith("notice_out") for key in points)
        assert not is_open or any(key.startswith("notice_chase") for key in points)
        assert isinstance(played.notice, Record)


ADMIN = Actor(
    Who("partner-admin-one", "Partner Admin One"), Standing.CUSTOMER, accounts=frozenset({"birch"})
)
COLLEAGUE = Actor(Who("csm-two", "CSM Two"))
ASKED = RecordNoticeReply(REF, "birch", "Partner Admin One", "Which runs?", "C-BIRCH", "2.1")


def replied(command: RecordNoticeReply = ASKED, writer: Actor = ADMIN) -> Played:
    """Return a notice that Birch has, and has written under."""
    played = out("birch", "elm")
    played.taken("birch")
    played.ctx = replace(played.ctx, actor=writer)
    played.ask(command)
    played.ctx = replace(played.ctx, actor=Actor(ENGINE.who))
    return played


def asked_to_answer(played: Played) -> list[Effect]:
    return [each for each in played.told if each.template == "notice_reply"]


def test_a_reply_goes_to_the_accounts_own_csm_and_is_on_record() -> None:
    played = replied()
    (asked,) = asked_to_answer(played)
    known = played.ctx.directory.account("birch")
    assert known is not None
    assert isinstance(asked.to, Dm)
    assert asked.to.person.key == known.csm
    assert (asked.params["words"], asked.params["outside"]) == ("Which runs?", False)
    heard = [each for each in played.posted if isinstance(each, HearNoticeReply)]
    assert [(each.reference, each.account, each.waits) for each in heard] == [
        ("BW-1001", "birch", True)
    ]


def test_a_reply_that_waits_is_asked_for_again_and_the_manager_reads_the_names() -> None:
    played = replied().until(TEXT.released_at + timedelta(minutes=30))
    assert len(asked_to_answer(played)) == 2
    (late,) = [each for each in played.told if each.template == "notice_unanswered"]
    assert late.params["accounts"] == ["birch"]
    played.until(TEXT.released_at + timedelta(minutes=60))
    assert len(asked_to_answer(played)) == 3


@pytest.mark.parametrize("message", ["2.2", ""])
def test_an_answer_in_the_thread_or_elsewhere_ends_the_waiting(message: str) -> None:
    played = replied()
    (asked,) = asked_to_answer(played)
    played.ctx = replace(played.ctx, actor=COLLEAGUE)
    events = played.ask(RecordNoticeAnswer(REF, "birch", "Two of them.", "C-BIRCH", message))
    assert played.notice is not None
    ending = ending_of(played.notice, asked.key.removeprefix(f"{REF}/"), events, played.ctx)
    assert ending is not None
    assert (ending.word, ending.by, ending.keeps) == ("answered", COLLEAGUE.who, True)
    assert not [key for key in played.points() if key.startswith("notice_unanswered")]
    said = played.posted[-1]
    assert isinstance(said, HearNoticeReply)
    assert said.answered_by == COLLEAGUE.who


def test_a_message_that_is_told_twice_is_heard_once() -> None:
    played = replied()
    played.ctx = replace(played.ctx, actor=COLLEAGUE)
    answer = RecordNoticeAnswer(REF, "birch", "Two of them.", "C-BIRCH", "2.2")
    played.ask(answer)
    assert played.ask(answer) == ()
    assert played.ask(ASKED) == ()


def test_thanks_are_shown_and_ask_for_nothing() -> None:
    played = replied(replace(ASKED, text="Thank you so much!"))
    (shown,) = asked_to_answer(played)
    assert not shown.params["waits"]
    assert not [key for key in played.points() if key.startswith("notice_unanswered")]


def test_who_is_no_named_contact_is_heard_as_such() -> None:
    played = replied(writer=replace(ADMIN, accounts=frozenset({"elm"})))
    assert asked_to_answer(played)[0].params["outside"]


def test_only_its_csm_or_a_manager_says_that_an_account_was_answered() -> None:
    played = replied()
    played.ctx = replace(played.ctx, actor=Actor(Who("engineer-one", "Engineer One")))
    with pytest.raises(NotYours):
        played.ask(RecordNoticeAnswer(REF, "birch"))
    played.ctx = replace(played.ctx, actor=COLLEAGUE)
    played.ask(RecordNoticeAnswer(REF, "birch"))
    with pytest.raises(AlreadyDone):
        played.ask(RecordNoticeAnswer(REF, "birch"))


def test_nobody_from_outside_asks_anything_else_of_a_notice() -> None:
    played = out("birch")
    played.ctx = replace(played.ctx, actor=ADMIN)
    with pytest.raises(Outside):
        played.ask(RecallNotice(REF, 7))


def test_a_card_number_in_a_reply_is_not_kept() -> None:
    played = replied(replace(ASKED, text="It is card 4111 1111 1111 1111."))
    assert "4111 1111" not in str(asked_to_answer(played)[0].params["words"])


def test_a_mail_is_answered_to_the_csm_else_to_the_manager() -> None:
    for csm, expected in (("csm-two", "csm-two"), (None, "cs-manager-one")):
        played = Played(())
        known = played.ctx.directory.account("elm")
        assert known is not None
        card = replace(account_card(known), csm=csm)
        played.notice = fold((NoticeListed(played.ctx.now, ENGINE.who, (card,)),), played.notice)
        played.until(TEXT.released_at)
        (mail,) = [each for each in played.told if each.gateway is Gateway.MAIL]
        assert isinstance(mail.to, AccountMail)
        assert mail.to.reply_to is not None
        assert mail.to.reply_to.key == expected


LAST = NoticeText(8, FIELDS, instant("16:00"), last=True)


def test_after_the_last_words_nothing_is_owed_of_a_notice() -> None:
    played = out("birch")
    played.taken("birch")
    assert "notice_missed:7" in played.points()
    played.ask(SayFurther(REF, LAST))
    assert not [key for key in played.points() if key.startswith(("notice_prompt", "notice_miss"))]
    assert said_instead(played, "missed/7/cs-manager-one") == "last"
    assert said_instead(played, "near/7/cs-manager-one") == "last"
    assert said_instead(played, "missed/7/birch/1/csm-two") == ""


def test_last_words_go_to_whoever_has_the_notice_and_to_nobody_else() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    played.ask(RecallNotice(REF, 7))
    played.ask(SayFurther(REF, LAST))
    played.until(LAST.released_at)
    assert [way.send.account for way in played.telling.ways if way.number == 8] == ["birch"]


def test_who_has_a_notice_that_was_recalled_and_whose_matter_is_over_is_named() -> None:
    played = out("birch", "elm")
    played.taken("birch")
    played.ask(RecallNotice(REF, 7))
    played.ask(EndNotice(REF))
    (told,) = [each for each in played.told if each.template == "notice_over"]
    assert told.params["accounts"] == ["birch"]
    assert said_instead(played, "over/cs-manager-one") == ""
    played.ask(SayFurther(REF, LAST))
    assert said_instead(played, "over/cs-manager-one") == "last"


def test_a_notice_that_stands_when_its_matter_is_over_asks_for_nothing_more() -> None:
    played = out("birch")
    played.taken("birch")
    played.ask(EndNotice(REF))
    assert not [each for each in played.told if each.template == "notice_over"]


def said_instead(played: Played, suffix: str) -> str:
    assert played.notice is not None
    ending = ending_of(played.notice, suffix, (), played.ctx)
    return ending.word if ending is not None else ""


def test_words_that_an_account_changes_under_a_notice_are_told_with_what_they_were() -> None:
    played = out("birch")
    played.taken("birch")
    said = RecordNoticeReply(REF, "birch", "Partner Admin One", "You may stop.", "C-BIRCH", "2.1")
    played.ask(said)
    admin = Who("partner-admin-one", "Partner Admin One")
    changed = RecordNoticeAlteration(
        REF, "birch", admin, "You may stop.", "Do NOT stop.", "C-BIRCH", "2.1"
    )
    played.ask(changed)
    (told,) = [each for each in played.told if each.template == "notice_altered"]
    assert (told.params["was"], told.params["words"]) == ("You may stop.", "Do NOT stop.")
    assert isinstance(played.posted[-1], HearNoticeReply)
    assert played.posted[-1].was == "You may stop."
    assert played.notice is not None
    (waiting,) = played.notice.of(NoticeReplies).waiting
    assert waiting.text == "Do NOT stop."
    assert not played.ask(changed)
    played.ask(replace(changed, was="Do NOT stop.", text=""))
    assert len(played.notice.of(NoticeReplies).waiting) == 1
