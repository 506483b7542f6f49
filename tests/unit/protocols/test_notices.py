"""A notice tells many accounts, each by its own road, and of none it says more than is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from protocols.account.events import RouteKind
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
from protocols.notices.events import (
    AddToNotice,
    EndNotice,
    HearNotice,
    MarkCalled,
    NoticeText,
    OpenNotice,
    Reach,
    RecallNotice,
    SayFurther,
)
from protocols.notices.routing import URGENT_NOTICE, key_of
from protocols.notices.standing import objection
from protocols.notices.state import Notice, NoticeTelling
from protocols.people.channels import ChannelFacts
from protocols.people.people import ENGINE, Actor, Who
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


def test_once_it_is_over_nothing_more_is_promised() -> None:
    played = out("birch")
    played.taken("birch")
    played.ask(EndNotice(REF))
    assert played.points() == {}
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
