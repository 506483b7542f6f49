"""Every word of the account is heard, wherever it stands and whoever of them writes it."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from protocols.deliveries.events import TakeDelivery
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import Dm
from protocols.kernel.event import Event
from protocols.ladder.measures import answered_at
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE
from protocols.replies.events import ColleagueWrote, CustomerWrote, WordsAltered
from protocols.scales import Category, NoticedBy, Severity
from protocols.timeline.events import MessageAltered
from tests.unit.handlers.desk_in_memory import (
    ACME_CHANNEL,
    ACMES_TEAM,
    BRIDGE_CHANNEL,
    TEAM,
    TEAM_URL,
    slack_id,
)
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Answer
from tests.unit.handlers.telling_desk import TellingDesk

CUSTOMER, NEW = "U0APDIRECTOR", "U0BRANDNEW"
SOURCE = "1795446100.000200"
_STAMPS = count(1795446300)


class Channel(Incident):
    """An incident, and what is written in the account's channel."""

    def __init__(self) -> None:
        super().__init__(TellingDesk())

    def acknowledged(self) -> Channel:
        taken = TakeDelivery(REF, f"{REF}/ack", self.desk.now(), ACME_CHANNEL, "", "1.1")
        self.desk.submit(taken, ENGINE)
        return self

    def open_from_message(self, link: str, account: str = "acme") -> str:
        """Open a Tier 1 ticket from a message of the account's."""
        opening = OpenTicket(
            "", TEAM, "The export is slow", account, NoticedBy.ACCOUNT, Severity.MEDIUM,
            Category.TECHNICAL_PRODUCT, source="message", source_link=link,
        )  # fmt: skip
        return self.ask("csm-one", opening).reference

    def write(
        self, text: str, thread: str = "", *, by: str = CUSTOMER, team: str = ACMES_TEAM,
        channel: str = ACME_CHANNEL, stamp: str = "", tries: int = 0,
    ) -> Answer:  # fmt: skip
        stamp = stamp or f"{next(_STAMPS)}.000100"
        event = self.message(text, thread, by, team, stamp) | {
            "channel": channel, "event_ts": stamp, "channel_type": "channel",
        }  # fmt: skip
        return self.slack.event(event, tries=tries)

    def message(self, text: str, thread: str, by: str, team: str, stamp: str) -> dict[str, Any]:
        sent = {"type": "message", "user": by, "team": team, "text": text, "ts": stamp}
        return sent | ({"thread_ts": thread} if thread else {})

    def alter(
        self, was: str, now: str, stamp: str, thread: str = "1.1", *, by: str = CUSTOMER,
        team: str = ACMES_TEAM, channel: str = ACME_CHANNEL, buried: bool = False,
    ) -> None:  # fmt: skip
        at = f"{next(_STAMPS)}.000100"
        event = {
            "type": "message", "channel": channel, "ts": at, "event_ts": at,
            "subtype": "message_changed" if now else "message_deleted",
            "previous_message": self.message(was, thread, by, team, stamp),
        }  # fmt: skip
        if now:
            said = self.message(now, thread, by, team, stamp)
            event["message"] = said | ({"subtype": "tombstone"} if buried else {})
        assert self.slack.event(event).status == 200

    def on_record(self, kind: type[Event], reference: str = REF) -> list[Any]:
        return [each for each in self.desk.history(reference) if isinstance(each, kind)]

    def told_to(self, person: str) -> list[tuple[str | None, str]]:
        assert isinstance(self.desk, TellingDesk)
        sent = [
            (e, row)
            for e, row in self.desk.told
            if isinstance(e.to, Dm) and e.to.person.key == person
        ]
        return [(effect.template, str(row.payload)) for effect, row in sent]


@pytest.fixture
def channel() -> Channel:
    return Channel().acknowledged()


LINK = f"{TEAM_URL}/archives/{ACME_CHANNEL}/p{SOURCE.replace('.', '')}"


@pytest.mark.parametrize(
    ("link", "thread"),
    [(LINK, SOURCE), (f"{LINK}?thread_ts=1795446000.000100&cid=C1", "1795446000.000100")],
)
def test_the_thread_that_the_account_began_before_the_ticket_is_the_tickets(
    channel: Channel, link: str, thread: str
) -> None:
    newer = channel.open_from_message(link)
    channel.write("It is the month-end export", thread)
    [wrote] = channel.on_record(CustomerWrote, newer)
    assert wrote.place == ""
    assert not channel.on_record(CustomerWrote)


def test_a_ticket_from_a_reply_knows_the_thread_of_the_reply(channel: Channel) -> None:
    channel.slack.message_shortcut(
        "csm-one", "ticket.open_from_message", channel=ACME_CHANNEL, text="Slow", author=CUSTOMER,
        author_team=ACMES_TEAM, ts=SOURCE, thread="1795446000.000100",
    )  # fmt: skip
    assert "?thread_ts=1795446000.000100" in str(channel.slack.shown().view)


def test_a_reply_under_a_colleagues_line_is_heard_beside_the_ticket(channel: Channel) -> None:
    channel.write("We see it, too", "1795445000.000300")
    [wrote] = channel.on_record(CustomerWrote)
    assert wrote.place == "apart"
    assert channel.told_to("csm-one")[-1][0] == "reply_to_read"


def test_a_reply_in_the_thread_before_slack_told_its_stamp_is_the_tickets() -> None:
    channel = Channel()
    channel.write("Is it one run or all?", "1795446201.000100")
    [wrote] = channel.on_record(CustomerWrote)
    assert wrote.place == ""


class Renamed(TellingDesk):
    """A desk that no longer knows whose channel it is: it was renamed, or the account left."""

    def account_of_channel(self, channel_id: str) -> str | None:
        return None


@pytest.mark.parametrize(("thread", "place"), [("1.1", ""), ("", "apart")])
def test_a_channel_that_was_renamed_is_heard_still(
    channel: Channel, thread: str, place: str
) -> None:
    channel.desk.__class__ = Renamed
    channel.write("still broken", thread)
    [wrote] = channel.on_record(CustomerWrote)
    assert wrote.place == place


def test_a_channel_of_no_account_is_not_listened_to(channel: Channel) -> None:
    channel.write("hello", channel="C0GENERAL1")
    channel.write("hello", channel=BRIDGE_CHANNEL)
    assert not channel.on_record(CustomerWrote)


def test_a_guest_whom_nobody_names_is_heard_as_from_outside(channel: Channel) -> None:
    guest = slack_id("finance-one")
    channel.desk.outside.add(guest)
    channel.write("It is still broken", "1.1", by=guest, team=TEAM)
    [wrote] = channel.on_record(CustomerWrote)
    assert wrote.outside


def test_whom_slack_has_not_named_yet_is_asked_about_and_heard_when_known(channel: Channel) -> None:
    assert channel.write("Is it one run?", "1.1", by=NEW, team="T0UNKNOWN").status == 500
    assert not channel.on_record(CustomerWrote)
    assert channel.write("Is it one run?", "1.1", by=NEW, tries=1).status == 200
    [wrote] = channel.on_record(CustomerWrote)
    assert not wrote.outside


def test_whom_slack_never_names_is_on_record_as_from_outside(channel: Channel) -> None:
    assert channel.write("Is it one?", "1.1", by=NEW, team="T0UNKNOWN", tries=2).status == 200
    [wrote] = channel.on_record(CustomerWrote)
    assert wrote.outside


def test_a_colleague_whom_slack_has_not_named_is_never_the_accounts_voice(channel: Channel) -> None:
    assert channel.write("works now", "1.1", by=NEW, team=TEAM).status == 500
    assert channel.write("works now", "1.1", by=NEW, team=TEAM, tries=2).status == 200
    assert not channel.on_record(CustomerWrote)


WAS, NOW = "You may stop all payments", "Do NOT stop the payments"


def test_an_edit_of_the_accounts_words_is_on_record_and_shown_to_the_contact(
    channel: Channel,
) -> None:
    channel.write(WAS, "1.1", stamp="1795446800.000100")
    channel.alter(WAS, NOW, "1795446800.000100")
    [altered] = channel.on_record(WordsAltered)
    assert (altered.was, altered.text, altered.person.name) == (WAS, NOW, "AP Director One")
    template, shown = channel.told_to("csm-one")[-1]
    assert template == "words_altered"
    assert WAS in shown
    assert NOW in shown


def test_a_deletion_of_the_accounts_words_is_on_record_and_shown_to_the_contact(
    channel: Channel,
) -> None:
    channel.write(WAS, stamp="1795446800.000100")
    channel.alter(WAS, "", "1795446800.000100", thread="")
    [altered] = channel.on_record(WordsAltered)
    assert (altered.was, altered.text) == (WAS, "")
    assert "deleted what they wrote" in channel.told_to("csm-one")[-1][1]


def test_the_message_that_a_ticket_was_opened_from_is_watched_too(channel: Channel) -> None:
    newer = channel.open_from_message(LINK)
    channel.alter("Slow", "Stopped altogether", SOURCE, thread="")
    assert len(channel.on_record(WordsAltered, newer)) == 1


def test_an_edit_of_what_was_never_heard_is_left_alone(channel: Channel) -> None:
    channel.alter("lunch?", "lunch at noon?", "1795440000.000100", thread="")
    channel.alter(WAS, WAS, "1.1", thread="1.1")
    assert not channel.on_record(WordsAltered)


def test_an_edit_in_the_bridge_is_the_bridges(channel: Channel) -> None:
    channel.alter("a", "b", "2.2", by=slack_id("csm-one"), team=TEAM, channel=BRIDGE_CHANNEL)
    assert channel.on_record(MessageAltered)
    assert not channel.on_record(WordsAltered)


def ours(channel: Channel, text: str, thread: str = "1.1", by: str = "csm-two") -> None:
    assert channel.write(text, thread, by=slack_id(by), team=TEAM).status == 200


def test_what_one_of_us_writes_in_the_thread_is_on_record_and_nobody_is_told(
    channel: Channel,
) -> None:
    ours(channel, "Good morning. Which run do you mean?")
    [wrote] = channel.on_record(ColleagueWrote)
    assert (wrote.by.key, wrote.text, wrote.stops) == (
        "csm-two", "Good morning. Which run do you mean?", (),
    )  # fmt: skip
    assert "own_words" not in [template for template, _ in channel.told_to("cs-manager-one")]


def test_a_line_that_a_check_would_stop_is_told_to_the_cs_manager_once(channel: Channel) -> None:
    ours(channel, "It was caused by our retry and it should be fixed soon.")
    told = [
        shown for template, shown in channel.told_to("cs-manager-one") if template == "own_words"
    ]
    assert len(told) == 1
    assert "names a cause" in told[0]
    assert "is a forecast" in told[0]
    assert "delete it or to change it" in told[0]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("It was caused by our retry and it should be fixed soon.", False),
        ("All payments have been stopped.", True),
        ("Birch has the same.", True),
        ("The card is 4111 1111 1111 1111.", True),
    ],
)
def test_on_tier_1_only_the_gravest_is_told(channel: Channel, text: str, is_told: bool) -> None:
    newer = channel.open_from_message(LINK)
    ours(channel, text, SOURCE)
    [wrote] = channel.on_record(ColleagueWrote, newer)
    assert bool(wrote.stops) is is_told


def is_answered(channel: Channel, reference: str) -> bool:
    return answered_at(channel.desk.tickets[reference]) is not None


def test_on_tier_1_a_colleagues_plain_reply_is_the_answer_that_the_clock_waits_for(
    channel: Channel,
) -> None:
    newer = channel.open_from_message(LINK)
    ours(channel, "Birch has the same.", SOURCE)
    assert not is_answered(channel, newer), "a check stands against it"
    ours(channel, "We look into the export of this month.", SOURCE)
    assert is_answered(channel, newer)


def test_on_tier_3_a_plain_line_answers_nothing(channel: Channel) -> None:
    ours(channel, "We look into the run of this morning.")
    assert not is_answered(channel, REF)


def test_under_a_hold_nobody_answers_alone(channel: Channel) -> None:
    newer = channel.open_from_message(LINK)
    channel.ask("csm-one", PlaceHold(newer, HoldKind.DISCLOSURE, "a legal threat"))
    ours(channel, "We look into the export of this month.", SOURCE)
    assert not is_answered(channel, newer)


def test_what_one_of_us_writes_beside_the_thread_is_not_the_tickets(channel: Channel) -> None:
    ours(channel, "Lunch, anybody?", "")
    ours(channel, "Lunch, anybody?", "1795445000.000300")
    assert not channel.on_record(ColleagueWrote)


def test_words_that_were_deleted_after_others_had_answered_say_nothing_any_more(
    channel: Channel,
) -> None:
    channel.write("Still broken.", "1.1", stamp="1795446099.000100")
    channel.alter("Still broken.", "This message was deleted.", "1795446099.000100", buried=True)
    (altered,) = channel.on_record(WordsAltered)
    assert (altered.was, altered.text) == ("Still broken.", "")
