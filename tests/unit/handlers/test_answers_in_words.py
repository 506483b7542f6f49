"""What the account writes in answer to *is it solved?*, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from protocols.account.addresses import CustomerThread
from protocols.account.state import Road
from protocols.analysis.events import RecordRca
from protocols.closure.events import AccountConfirmed, CloseUnconfirmed, Resolve
from protocols.closure.state import Closure
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.effects import Dm
from protocols.people.people import ENGINE
from protocols.promises.state import Promises
from protocols.replies.events import CustomerSaid, CustomerWrote, RecordCall
from protocols.status import Status
from protocols.updates.events import ReleaseText
from protocols.updates.state import Updates
from tests.kit.rules_incident import who
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.telling_desk import TellingDesk

FIRST, SECOND = "U0APDIRECTOR", "U0APCLERK"
THREAD = "1.1"
_STAMPS = count(1795446200)


class AcmesChannel(TellingDesk):
    """Takes what goes to the account's channel, and nothing else: the bridge is elsewhere."""

    def taken(self) -> None:
        for effect in [one for one, _ in self.told if isinstance(one.to, CustomerThread)]:
            taken = TakeDelivery(REF, effect.key, self.at, ACME_CHANNEL, "", "1.0001")
            self.submit(taken, ENGINE)


class Told(Incident):
    """An incident that is resolved, and whose account was asked whether it is solved."""

    def __init__(self) -> None:
        super().__init__(AcmesChannel())
        taken = TakeDelivery(REF, f"{REF}/ack", self.desk.now(), ACME_CHANNEL, "", THREAD)
        self.desk.submit(taken, ENGINE)
        self.resolve()

    def resolve(self) -> None:
        self.ask("csm-one", Resolve(REF, "The second copies are returned.", "Your statement."))
        draft = self.ticket.of(Updates).drafts[-1]
        self.ask("cs-manager-one", ReleaseText(REF, draft.number, draft.text_hash))
        self.taken(draft.number)

    def write(
        self, text: str, *, thread: str | None = None, by: str = FIRST, team: str = ACMES_TEAM
    ) -> str:
        stamp = f"{next(_STAMPS)}.000100"
        event: dict[str, Any] = {
            "type": "message",
            "channel": ACME_CHANNEL,
            "user": by,
            "user_team": team,
            "team": team,
            "text": text,
            "ts": stamp,
            "event_ts": stamp,
            "channel_type": "channel",
        }
        own = self.ticket.of(Road).thread_ts
        if thread != "":
            event["thread_ts"] = own if thread is None else thread
        assert self.slack.event(event, event_id=f"Ev{stamp}").status == 200
        return stamp

    def says(self, answer: str, *, by: str = FIRST) -> None:
        """Have someone at the account press a button of the question."""
        self.press(by, answer, team=ACMES_TEAM, channel=ACME_CHANNEL)

    def still_wrong(self, text: str, *, by: str = FIRST) -> None:
        """Have someone at the account press No, and say what is still wrong."""
        self.says("solved.no", by=by)
        form = self.own(self.slack.shown())
        form.fill("still_wrong", text)
        assert not self.slack.submit(by, form, team=ACMES_TEAM).errors

    def templates_to(self, person: str) -> list[str | None]:
        return [e.template for e, _ in self.tellings.told if e.to == Dm(who(person))]

    @property
    def tellings(self) -> TellingDesk:
        assert isinstance(self.desk, TellingDesk)
        return self.desk

    def shown_to_contact(self) -> str:
        """Return the newest message to the contact, as it goes to Slack."""
        return str([r.payload for e, r in self.tellings.told if e.to == Dm(who("csm-one"))][-1])

    def is_now(self, status: Status) -> bool:
        return self.ticket.status is status


@pytest.fixture
def asked() -> Told:
    return Told()


@pytest.fixture
def closed(asked: Told) -> Told:
    asked.says("solved.yes")
    return asked


THANKS = (
    "Thank you so much", "Merci beaucoup", "👍", ":pray:", "Thanks, perfect!", "Vielen Dank!",
)  # fmt: skip


@pytest.mark.parametrize("text", THANKS)
def test_thanks_open_no_closed_ticket_again(closed: Told, text: str) -> None:
    known = len(closed.tellings.told)
    closed.write(text)
    assert closed.is_now(Status.CONFIRMED)
    assert {e.template for e, _ in closed.tellings.told[known:]} <= {"reply_line", "card"}


@pytest.mark.parametrize("text", THANKS)
def test_thanks_answer_nothing_and_the_contact_reads_them(asked: Told, text: str) -> None:
    asked.write(text)
    assert asked.is_now(Status.RESOLVED)
    assert asked.templates_to("csm-one")[-1] == "reply_to_read"


@pytest.mark.parametrize(
    "text",
    [
        "still broken, third batch now",
        "not working now",
        "it does not work yet",
        "doesn't work now",
        "Geht immer noch nicht",
    ],
)
def test_still_broken_opens_a_resolved_ticket_again_at_once(asked: Told, text: str) -> None:
    asked.write(text)
    assert asked.is_now(Status.OPEN)
    assert not asked.ticket.of(Closure).awaits_answer
    assert asked.ticket.of(Promises).promise is not None
    assert "reopened_inside" in asked.templates_to("csm-one")


@pytest.mark.parametrize("text", ["works now, you can close it", "Ja, ist erledigt"])
def test_works_now_confirms_in_the_accounts_own_words(asked: Told, text: str) -> None:
    asked.write(text)
    assert asked.is_now(Status.CONFIRMED)
    (event,) = [e for e in asked.desk.history(REF) if isinstance(e, AccountConfirmed)]
    assert (event.speaker, event.words, event.by_phone) == ("AP Director One", text, False)
    said = asked.tellings.outward()[-1]
    assert text in said
    assert "Say so in this thread, and it opens again" in said


@pytest.mark.parametrize(
    "text",
    [
        "works now, but the March one is still wrong",
        "What should we do about the duplicates?",
        "You can close it once the refund has arrived",
        "Yes",
    ],
)
def test_what_is_unclear_decides_nothing_and_goes_to_the_contact(asked: Told, text: str) -> None:
    asked.write(text)
    assert asked.is_now(Status.RESOLVED)
    assert asked.templates_to("csm-one")[-1] == "reply_to_read"
    shown = asked.shown_to_contact()
    assert text in shown
    assert "They said yes" in shown
    assert "Open it again" in shown


def test_the_contact_says_that_they_said_yes(asked: Told) -> None:
    stamp = asked.write("All is as it should be with the runs of this week")
    asked.press("csm-one", "answer.yes", stamp)
    assert asked.is_now(Status.CONFIRMED)
    (event,) = [e for e in asked.desk.history(REF) if isinstance(e, AccountConfirmed)]
    assert (event.speaker, event.by.key) == ("AP Director One", "csm-one")
    assert event.words.startswith("All is as it should be")
    assert "BW-1001 is confirmed" in asked.told


def test_the_contact_opens_it_again_on_their_words(asked: Told) -> None:
    stamp = asked.write("Hm, what about the March one?")
    asked.press("csm-one", "answer.no", stamp)
    assert asked.is_now(Status.OPEN)
    asked.press("csm-one", "answer.yes", stamp)
    assert asked.is_now(Status.OPEN)
    assert "BW-1001 is open" in asked.told


@pytest.mark.parametrize(("by", "team"), [(FIRST, ACMES_TEAM), ("support-two", "T0VENDOR")])
def test_nobody_else_says_what_the_account_said(asked: Told, by: str, team: str) -> None:
    stamp = asked.write("Hm, what about the March one?")
    asked.press(by, "answer.yes", stamp, team=team)
    assert asked.is_now(Status.RESOLVED)


def test_a_strangers_words_are_no_answer_to_pick(asked: Told) -> None:
    stamp = asked.write("It works", by="U0STRANGER")
    asked.press("csm-one", "answer.yes", stamp)
    assert asked.is_now(Status.RESOLVED)
    assert "earlier state" in asked.told


def test_a_new_question_leaves_a_closed_ticket_closed_and_goes_to_the_contact(closed: Told) -> None:
    stamp = closed.write("Could you also send us the statement of March?")
    assert closed.is_now(Status.CONFIRMED)
    assert closed.templates_to("csm-one")[-1] == "reply_to_read"
    closed.press("csm-one", "answer.no", stamp)
    assert closed.is_now(Status.OPEN)


@pytest.mark.parametrize("text", ["It is back.", "still broken", "works now", "Lunch, anybody?"])
def test_a_message_in_the_channel_never_opens_a_ticket_again(closed: Told, text: str) -> None:
    closed.later(90)
    known = len(closed.tellings.told)
    closed.write(text, thread="")
    assert closed.is_now(Status.CONFIRMED)
    told = {e.template for e, _ in closed.tellings.told[known:]}
    assert "reply_to_read" in told
    assert not told & {"reopened", "reopened_inside"}
    assert closed.ticket.of(Promises).promise is None


def test_a_message_in_the_channel_is_no_answer_while_it_is_asked(asked: Told) -> None:
    asked.write("works now", thread="")
    assert asked.is_now(Status.RESOLVED)
    assert "may be about something new" in asked.shown_to_contact()


def test_within_the_hour_a_message_in_the_channel_joins_its_authors_open_ticket(
    asked: Told,
) -> None:
    asked.write("still broken")
    asked.later(50)
    asked.write("and the third batch, too", thread="")
    asked.later(61)
    asked.write("lunch, anybody?", thread="")
    asked.write("we have the same, I think", thread="", by=SECOND)
    wrote = [e for e in asked.desk.history(REF) if isinstance(e, CustomerWrote)]
    assert [e.place for e in wrote] == ["", "joined", "apart", "apart"]


def test_a_no_after_a_yes_opens_it_again(closed: Told) -> None:
    closed.still_wrong("Two are missing", by=SECOND)
    assert closed.is_now(Status.OPEN)


def test_a_yes_after_silence_opened_it_again_confirms(asked: Told) -> None:
    asked.tellings.pass_time(REF, timedelta(days=6))
    assert asked.ticket.of(Closure).awaits_answer
    asked.says("solved.yes")
    assert asked.is_now(Status.CONFIRMED)
    assert "Thank you. BW-1001 is closed." in asked.told


def test_works_now_after_silence_opened_it_again_confirms(asked: Told) -> None:
    asked.tellings.pass_time(REF, timedelta(days=6))
    asked.write("works now, you can close it")
    assert asked.is_now(Status.CONFIRMED)


def test_two_who_disagree_are_both_on_record_and_the_contact_decides(asked: Told) -> None:
    asked.still_wrong("Two are missing")
    asked.says("solved.yes", by=SECOND)
    assert asked.is_now(Status.OPEN)
    said = [e for e in asked.desk.history(REF) if isinstance(e, CustomerSaid)]
    assert [e.solved for e in said] == ["", "yes"]
    assert asked.templates_to("csm-one")[-1] == "answered_after"
    assert "CSM One has it, and BW-1001 goes on." in asked.told


def test_a_second_no_is_on_record_with_its_words(asked: Told) -> None:
    asked.still_wrong("Two are missing")
    asked.still_wrong("And a third one", by=SECOND)
    said = [e.words for e in asked.desk.history(REF) if isinstance(e, CustomerSaid)]
    assert said == ["Two are missing", "And a third one"]
    assert "And a third one" in asked.shown_to_contact()


def test_works_now_on_an_open_ticket_reaches_the_contact(asked: Told) -> None:
    asked.write("still broken")
    asked.write("ah, works now", by=SECOND)
    assert asked.is_now(Status.OPEN)
    assert asked.templates_to("csm-one")[-1] == "reply_to_read"


def given_up(asked: Told) -> Told:
    """Close it without the account's word, after two attempts on two days."""
    asked.tellings.pass_time(REF, timedelta(days=6))
    for _ in range(2):
        asked.ask("csm-one", RecordCall(REF, "no answer"))
        asked.tellings.pass_time(REF, timedelta(days=1))
    return asked


def close_unconfirmed(asked: Told) -> Told:
    asked.ask("csm-one", RecordRca(REF, "https://records.vendor.example/1"))
    given_up(asked).ask("cs-manager-one", CloseUnconfirmed(REF, "nobody answers"))
    assert asked.is_now(Status.CLOSED)
    return asked


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hello, what happened to the March one?", Status.OPEN),
        ("It is back.", Status.OPEN),
        ("Thank you so much", Status.CLOSED),
    ],
)
def test_any_reply_but_thanks_opens_what_was_closed_without_the_account(
    asked: Told, text: str, status: Status
) -> None:
    close_unconfirmed(asked).write(text)
    assert asked.is_now(status)


def test_a_yes_after_it_was_closed_without_the_account_is_its_confirmation(asked: Told) -> None:
    close_unconfirmed(asked).says("solved.yes")
    resolution = asked.ticket.of(Closure).resolution
    assert resolution is not None
    assert resolution.confirmed_by == "AP Director One"
    assert asked.is_now(Status.CLOSED)


def test_an_old_no_by_phone_is_not_dropped_either(closed: Told) -> None:
    form = closed.form("csm-one", "words.open")
    said = {"contact": "0", "said_at": "14:40 UTC", "words": "Two are missing"}
    closed.send("csm-one", form, **said, solved="no")
    assert closed.is_now(Status.OPEN)
