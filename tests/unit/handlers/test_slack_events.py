"""What Slack tells us unasked: replies, alterations, joins, leaves, shares, changed people."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.slack.messages import is_an_echo
from protocols.bridge.events import NoteShared
from protocols.bridge.state import BridgeState
from protocols.closure.events import Resolve
from protocols.deliveries.events import TakeDelivery
from protocols.people.people import ENGINE
from protocols.replies.events import CustomerWrote, RecordReply
from protocols.rights.state import Known
from protocols.status import Status
from protocols.timeline.events import NoteEdited
from tests.unit.handlers.desk_in_memory import (
    ACME_CHANNEL,
    ACMES_TEAM,
    BRIDGE_CHANNEL,
    TEAM,
    slack_id,
)
from tests.unit.handlers.incident import REF, Incident

CUSTOMER = "U0APDIRECTOR"
TS = "1795446200.000100"


@pytest.fixture
def incident() -> Incident:
    return Incident()


def message(**changed: object) -> dict[str, Any]:
    """Return a message of the account's in its shared channel."""
    return {
        "type": "message",
        "channel": ACME_CHANNEL,
        "user": CUSTOMER,
        "user_team": ACMES_TEAM,
        "team": ACMES_TEAM,
        "text": "Is it one run &amp; all?",
        "ts": TS,
        "event_ts": TS,
        "channel_type": "channel",
    } | changed


def begin_thread(incident: Incident) -> None:
    """Have Slack take the acknowledgment, in whose thread the account answers."""
    taken = TakeDelivery(REF, f"{REF}/ack", incident.desk.now(), ACME_CHANNEL, "", "1.1")
    incident.desk.submit(taken, ENGINE)


def replies(incident: Incident) -> list[RecordReply]:
    return [c for c in incident.desk.commands if isinstance(c, RecordReply)]


def test_what_the_account_writes_is_recorded_with_its_link(incident: Incident) -> None:
    answer = incident.slack.event(message())
    assert answer.status == 200
    (reply,) = replies(incident)
    assert (reply.reference, reply.author) == (REF, "AP Director One")
    assert reply.text == "Is it one run & all?"
    assert reply.link.endswith(f"{ACME_CHANNEL}/p1795446200000100")


def test_one_message_is_recorded_once_under_any_event_id(incident: Incident) -> None:
    incident.slack.event(message(), event_id="Ev1")
    incident.slack.event(message(), event_id="Ev1")
    incident.slack.event(message(), event_id="Ev2")
    incident.slack.event(message(subtype="thread_broadcast", thread_ts="1.1"), event_id="Ev3")
    assert len(replies(incident)) == 1


@pytest.mark.parametrize("team", ["T0OTHER", ACMES_TEAM])
def test_a_strangers_words_are_on_record_as_from_outside(incident: Incident, team: str) -> None:
    incident.slack.event(message(user="U0STRANGER", user_team=team, team=team))
    (wrote,) = [e for e in incident.desk.history(REF) if isinstance(e, CustomerWrote)]
    assert wrote.outside


def test_a_strangers_words_open_nothing_again(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    incident.press(CUSTOMER, "solved.yes", team=ACMES_TEAM, channel=ACME_CHANNEL)
    stranger = {"user": "U0STRANGER", "user_team": ACMES_TEAM, "team": ACMES_TEAM}
    incident.slack.event(message(text="It is still broken", thread_ts="1.1", **stranger))
    assert incident.ticket.status is not Status.OPEN


def test_a_file_without_words_is_recorded_as_one(incident: Incident) -> None:
    incident.slack.event(message(subtype="file_share", text=""))
    assert replies(incident)[0].text == "(a file, without words)"


PDF = {"name": "statement.pdf", "pretty_type": "PDF", "size": 120_400}


def test_what_is_attached_is_on_record_by_name_kind_and_size_beside_who_sent_it(
    incident: Incident,
) -> None:
    incident.slack.event(message(subtype="file_share", text="See page 2.", files=[PDF]))
    (wrote,) = [e for e in incident.desk.history(REF) if isinstance(e, CustomerWrote)]
    assert wrote.text == (
        "See page 2.\nAttached: statement.pdf (PDF, 120 kB). In Slack, where it was written."
    )
    assert wrote.author == "AP Director One"
    assert wrote.link


def test_an_attachment_changes_nothing_of_what_the_words_say(incident: Incident) -> None:
    incident.slack.event(message(subtype="file_share", text="Thank you!", files=[PDF]))
    (wrote,) = [e for e in incident.desk.history(REF) if isinstance(e, CustomerWrote)]
    assert wrote.understood == "thanks"


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message", "bot_id": "B0OTHER"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"user": slack_id("csm-one"), "user_team": TEAM, "team": TEAM},
        {"channel": "C0GENERAL1"},
        {"user": None},
    ],
)
def test_what_the_account_did_not_write_is_not_its_reply(
    incident: Incident, changed: dict[str, object]
) -> None:
    assert incident.slack.event(message(**changed)).status == 200
    assert replies(incident) == []


@pytest.mark.parametrize(("thread_ts", "apart"), [("", True), ("1.1", False), ("2.2", True)])
def test_what_stands_beside_the_tickets_thread_is_heard_beside_it(
    thread_ts: str, apart: bool
) -> None:
    incident = Incident()
    begin_thread(incident)
    incident.slack.event(message(thread_ts=thread_ts))
    assert [reply.apart for reply in replies(incident)] == [apart]


def test_a_reply_to_a_closed_ticket_opens_it_again(incident: Incident) -> None:
    begin_thread(incident)
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    incident.press(CUSTOMER, "solved.yes", team=ACMES_TEAM, channel=ACME_CHANNEL)
    incident.slack.event(message(text="Two copies are missing", thread_ts="1.1"))
    assert incident.ticket.status is Status.OPEN


def altered(subtype: str, **changed: object) -> dict[str, Any]:
    """Return a change of a colleague's message in the bridge."""
    before = {"type": "message", "user": slack_id("csm-two"), "text": "412 paid", "ts": "1.1"}
    now = {**before, "text": "413 paid"}
    made: dict[str, Any] = {
        "type": "message",
        "subtype": subtype,
        "channel": BRIDGE_CHANNEL,
        "previous_message": before,
        "ts": TS,
        "event_ts": TS,
    }
    if subtype == "message_changed":
        made["message"] = now
    return made | changed


def edits(incident: Incident) -> list[NoteEdited]:
    return [c for c in incident.desk.commands if isinstance(c, NoteEdited)]


@pytest.mark.parametrize(
    ("subtype", "deleted"), [("message_changed", False), ("message_deleted", True)]
)
def test_an_altered_message_in_the_bridge_is_on_record_as_it_was(
    incident: Incident, subtype: str, deleted: bool
) -> None:
    for _ in range(2):
        assert incident.slack.event(altered(subtype)).status == 200
    (edit,) = edits(incident)
    assert (edit.person.key, edit.was, edit.deleted) == ("csm-two", "412 paid", deleted)


def test_an_unfurled_link_is_no_alteration(incident: Incident) -> None:
    same = {"type": "message", "user": slack_id("csm-two"), "text": "412 paid", "ts": "1.1"}
    incident.slack.event(altered("message_changed", message=same))
    assert edits(incident) == []


def test_our_own_edits_are_no_alteration(incident: Incident) -> None:
    card = {"type": "message", "user": "UBOT", "bot_id": "B1", "text": "card", "ts": "1.1"}
    incident.slack.event(altered("message_changed", message=card))
    assert edits(incident) == []


def test_a_channel_that_is_no_bridge_is_not_watched_for_alterations(incident: Incident) -> None:
    incident.slack.event(altered("message_changed", channel="C0GENERAL1"))
    assert edits(incident) == []


def member(kind: str, user: str, **changed: object) -> dict[str, Any]:
    return {
        "type": kind,
        "user": user,
        "channel": BRIDGE_CHANNEL,
        "channel_type": "G",
        "team": TEAM,
        "event_ts": TS,
    } | changed


def test_who_comes_into_the_bridge_is_here_and_who_leaves_is_not(incident: Incident) -> None:
    incident.slack.event(member("member_joined_channel", slack_id("finance-one")))
    assert incident.who("finance-one") in incident.ticket.of(BridgeState).here
    incident.slack.event(member("member_left_channel", slack_id("finance-one")))
    assert incident.who("finance-one") not in incident.ticket.of(BridgeState).here


def test_who_brought_them_is_on_record(incident: Incident) -> None:
    inviter = slack_id("csm-one")
    joined = member("member_joined_channel", slack_id("finance-one"), inviter=inviter)
    incident.slack.event(joined)
    event = incident.desk.journal[REF][-1]
    assert event.by == incident.who("csm-one")


def test_a_bot_is_not_counted(incident: Incident) -> None:
    before = incident.ticket
    incident.slack.event(member("member_joined_channel", "U0BOT"))
    incident.slack.event(member("member_joined_channel", "UBOT", inviter="UBOT"))
    assert incident.ticket == before


@pytest.mark.parametrize("person", [CUSTOMER, "U0STRANGER", slack_id("finance-one")])
def test_someone_from_outside_is_seen_in_the_bridge_and_is_on_no_ticket_for_it(
    incident: Incident, person: str
) -> None:
    incident.desk.outside.add(slack_id("finance-one"))
    team = TEAM if person == slack_id("finance-one") else ACMES_TEAM
    incident.slack.event(member("member_joined_channel", person, team=team))
    assert any(who.key == person for who in incident.ticket.of(BridgeState).here)
    assert not incident.ticket.of(Known).knows(person)


def test_a_join_elsewhere_changes_nothing(incident: Incident) -> None:
    before = incident.ticket
    joined = member("member_joined_channel", slack_id("finance-one"), channel="C0GENERAL1")
    incident.slack.event(joined)
    assert incident.ticket == before


def test_a_bridge_that_is_shared_outside_is_locked_once(incident: Incident) -> None:
    for event_id in ("Ev1", "Ev2"):
        shared = {"type": "channel_shared", "channel": BRIDGE_CHANNEL, "event_ts": TS}
        incident.slack.event(shared, event_id=event_id)
    assert incident.ticket.of(BridgeState).shared_at is not None
    assert sum(isinstance(c, NoteShared) for c in incident.desk.commands) == 1


def test_a_bridge_that_is_no_longer_shared_goes_on(incident: Incident) -> None:
    share(incident)
    incident.slack.event(unshared(still=True), event_id="Ev2")
    assert incident.ticket.of(BridgeState).shared_at is not None
    incident.slack.event(unshared(still=False, ts="1795442999.000100"), event_id="Ev3")
    assert incident.ticket.of(BridgeState).shared_at is None


def test_security_or_a_manager_has_it_go_on_where_the_event_was_lost(incident: Incident) -> None:
    share(incident)
    incident.press("csm-one", "bridge.go_on")
    assert incident.ticket.of(BridgeState).shared_at is not None
    incident.press("security-one", "bridge.go_on")
    assert incident.ticket.of(BridgeState).shared_at is None
    assert "Posting in the bridge of BW-1001 goes on" in incident.told


@pytest.mark.parametrize(
    ("slack_says", "told"),
    [(True, "Slack still shows the bridge of BW-1001 as shared outside"), (None, "did not say")],
)
def test_nobody_is_believed_that_a_bridge_is_ours_alone_while_slack_does_not_say_so(
    incident: Incident, slack_says: bool | None, told: str
) -> None:
    share(incident)
    incident.desk.still_shared[BRIDGE_CHANNEL] = slack_says
    incident.press("security-one", "bridge.go_on")
    assert incident.ticket.of(BridgeState).shared_at is not None
    assert told in incident.told


def test_a_certificate_is_not_posted_in_a_shared_bridge_and_the_way_on_is_said(
    incident: Incident,
) -> None:
    share(incident)
    incident.press("csm-one", "certificate.post")
    assert "Not posted: this bridge was shared outside" in incident.told
    assert "CS Manager One, Security One" in incident.told


def share(incident: Incident) -> None:
    """Have Slack tell that the bridge was shared outside."""
    shared = {"type": "channel_shared", "channel": BRIDGE_CHANNEL, "event_ts": TS}
    incident.slack.event(shared)


def unshared(*, still: bool, ts: str = TS) -> dict[str, Any]:
    """Return that an organisation was taken out of the bridge; others may still be in it."""
    return {
        "type": "channel_unshared", "channel": BRIDGE_CHANNEL, "event_ts": ts,
        "previously_connected_team_id": "T0ELSE", "is_ext_shared": still,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["channel_shared", "channel_unshared"])
def test_the_facts_of_an_accounts_channel_are_read_again(incident: Incident, kind: str) -> None:
    incident.slack.event({"type": kind, "channel": ACME_CHANNEL, "event_ts": TS})
    assert incident.desk.channels_changed == [ACME_CHANNEL]


@pytest.mark.parametrize("kind", ["team_join", "user_change"])
def test_what_slack_says_of_a_person_is_kept(incident: Incident, kind: str) -> None:
    user = {"id": "U0NEW", "team_id": TEAM, "is_restricted": True}
    incident.slack.event({"type": kind, "user": user, "event_ts": TS})
    assert incident.desk.people_changed == [user]


def test_an_event_nobody_handles_is_acknowledged(incident: Incident) -> None:
    answer = incident.slack.event({"type": "app_home_opened", "user": CUSTOMER, "event_ts": TS})
    assert answer.status == 200


def test_an_event_that_was_not_saved_is_asked_for_again(incident: Incident) -> None:
    incident.desk.saves = False
    assert incident.slack.event(message()).status == 500
    incident.desk.saves = True
    assert incident.slack.event(message()).status == 200
    assert len(replies(incident)) == 1


def callback(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event as Slack delivers it."""
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}


EDITED = {"subtype": "message_changed", "message": {"text": "now"}}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (message(), False),
        (message(subtype="file_share"), False),
        (message(subtype="message_deleted", previous_message={"user": CUSTOMER}), False),
        (message(**EDITED), False),
        (message(subtype="message_changed", message={"bot_id": "B1", "text": "now"}), True),
        (message(bot_id="B1"), True),
        (message(subtype="bot_message"), True),
        (message(subtype="channel_topic"), True),
        (message(subtype="channel_join"), True),
        (message(user=""), True),
        ({"type": "member_joined_channel", "user": CUSTOMER, "channel": BRIDGE_CHANNEL}, False),
        ({"type": "channel_shared", "channel": BRIDGE_CHANNEL}, False),
        ({}, False),
    ],
)
def test_only_a_message_that_nobody_would_act_on_is_an_echo(
    incident: Incident, event: dict[str, Any], expected: bool
) -> None:
    assert is_an_echo(callback(event)) is expected
    before = len(incident.desk.commands)
    if expected:
        assert incident.slack.event(event).status == 200
        assert len(incident.desk.commands) == before


@pytest.mark.parametrize("body", [{}, {"type": "event_callback"}, {"type": "block_actions"}])
def test_what_is_no_event_is_no_echo(body: dict[str, Any]) -> None:
    assert not is_an_echo(body)
