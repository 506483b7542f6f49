"""A process that meets a newer one's record keeps its hands off, says so, and goes on with others.

Source: design, Versions.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.verify import verify
from bot.engine.desk_record import record_start
from bot.engine.facts import Facts
from protocols.bridge.state import BridgeState
from protocols.kernel.command import Command
from protocols.kernel.refusals import BeingUpdated
from protocols.people.directory import Directory
from protocols.relations.events import OpenBeside
from protocols.timeline.events import AddNote
from store.due_rows import DuePointRow
from store.journal_rows import DESK, Entry
from store.read import chains
from store.write import due_points, journal
from tests.contract.newer.hand import NewerHand
from tests.kit.bot import RunningBot, environment, settings_of
from tests.kit.incident import PlayedIncident, opening
from tests.kit.slack_process import SlackProcess
from tests.kit.waiting import until

IN_THE_BODY = ("field", "field_inside", "slices", "word")
BESIDE_IT = ("event", "due_point", "due_value", "policy", "schema", "form")
pytestmark = pytest.mark.slow
each_newer = pytest.mark.parametrize("what", [*IN_THE_BODY, *BESIDE_IT])


def note(incident: PlayedIncident) -> Command:
    return AddNote(incident.reference, "Seen in the file of 14:00.")


@each_newer
def test_a_command_on_it_is_refused_and_writes_nothing(
    bot: RunningBot, incident: PlayedIncident, newer: NewerHand, what: str
) -> None:
    newer.touch(what)
    before = newer.state()
    with pytest.raises(BeingUpdated):
        bot.does("csm-one", note(incident))
    assert newer.state() == before
    if newer.leave():
        bot.does("csm-one", note(incident))


@pytest.mark.parametrize("what", [each for each in (*IN_THE_BODY, *BESIDE_IT) if each != "form"])
def test_its_due_points_are_left_to_others_and_other_tickets_are_decided(
    bot: RunningBot,
    incident: PlayedIncident,
    newer: NewerHand,
    what: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = PlayedIncident(bot, "elm")
    other.open()
    bot.settle()
    newer.touch(what)
    before = newer.state()
    caplog.clear()
    bot.put_clock(bot.now() + timedelta(minutes=16))

    def others_are_decided() -> bool:
        bot.program.parts.ticker.tick()
        return not due(bot, other.reference)

    until(others_are_decided, what="the other ticket's due points")
    assert due(bot, incident.reference)
    assert newer.state()[:3] == before[:3]
    said = [line for line in caplog.records if incident.reference in line.getMessage()]
    left = [line for line in said if "left to the newer process" in line.getMessage()]
    assert 1 <= len(left) <= 6
    assert all(line.levelno <= logging.WARNING for line in said)
    if newer.leave():
        until(lambda: not due(bot, incident.reference), 60, what="its due points, later")


def due(bot: RunningBot, reference: str) -> tuple[DuePointRow, ...]:
    with bot.database.read() as conn:
        return due_points.due(conn, reference, bot.now())


def test_what_a_newer_process_wrote_of_the_desk_is_left_to_it(
    bot: RunningBot, incident: PlayedIncident
) -> None:
    with bot.database.write() as conn:
        entry = Entry("AccountsImported", bot.now(), "bridgewatch", {"digest": "d"})
        journal.append(conn, DESK, [entry], team_id="T0VENDOR01", drill=True)
        before = chains.head(conn, DESK)
    facts = bot.program.parts.facts
    other = Facts(facts.policy, Directory(), drill=True)
    assert record_start(bot.database, other, bot.now(), "T0VENDOR01") == 0
    manager = bot.actor("cs-manager-one")
    with bot.program.parts.desk.gesture() as desk:
        now_on_duty = desk.context(manager).first_on_duty("support")
        asked = ("support-one", "support-two")[now_on_duty == bot.actor("support-one").who]
        until_at = bot.now() + timedelta(hours=2)
        with pytest.raises(BeingUpdated):
            desk.swap("support", bot.actor(asked).who, until_at, manager)
    with bot.database.read() as conn:
        assert chains.head(conn, DESK) == before
    bot.does("csm-one", note(incident))


@pytest.mark.parametrize("what", ["field", "event"])
def test_a_check_of_the_record_names_what_it_could_not_compare(
    bot: RunningBot,
    incident: PlayedIncident,
    newer: NewerHand,
    what: str,
    capsys: pytest.CaptureFixture[str],
    migrated_database_url: str,
    slack: SlackProcess,
) -> None:
    newer.touch(what)
    settings = settings_of(environment(slack.addresses, migrated_database_url))
    assert verify(settings, argparse.Namespace(reference=incident.reference)) == 0
    assert f"only their chains were checked: {incident.reference}." in capsys.readouterr().out


def test_an_account_with_a_newer_ticket_can_have_another_opened(
    bot: RunningBot, incident: PlayedIncident, newer: NewerHand
) -> None:
    newer.touch("field")
    wanted = replace(opening(), summary="Another matter", another_problem=True)
    assert bot.does("csm-one", wanted).ticket.reference != incident.reference
    with bot.program.parts.desk.gesture() as desk:
        assert desk.context(bot.actor("csm-one"), "acme").known(OpenBeside).tickets


def test_one_newer_ticket_hides_no_other_from_a_list(
    bot: RunningBot, incident: PlayedIncident, newer: NewerHand
) -> None:
    wanted = replace(opening(), summary="Another matter", another_problem=True)
    other = bot.does("csm-one", wanted).ticket.reference
    newer.touch("field")
    with bot.program.parts.desk.gesture() as desk:
        open_ones = desk.context(bot.actor("csm-one"), "acme").known(OpenBeside).tickets
        assert [each.reference for each in desk.tickets_of("csm-one")] == [other]
        assert [each.reference for each in open_ones] == [other]
        assert [each.reference for each in desk.recent_tickets("acme", 10)] == [other]


def test_a_drills_clock_walks_on_past_a_newer_ticket(
    bot: RunningBot, incident: PlayedIncident, newer: NewerHand
) -> None:
    wanted = replace(opening(), summary="Another matter", another_problem=True)
    other = bot.does("csm-one", wanted).ticket.reference
    bot.settle()
    newer.touch("field")
    bot.walk_to(bot.now() + timedelta(minutes=16))
    assert bot.ticket(other).of(BridgeState).brought_in_at is not None
    assert due(bot, incident.reference)


def test_a_form_that_slack_sends_again_finds_what_it_opened_beside_a_newer_ticket(
    bot: RunningBot, incident: PlayedIncident, newer: NewerHand
) -> None:
    wanted = replace(opening(), summary="Another matter", another_problem=True)
    engine, csm = bot.program.parts.engine, bot.actor("csm-one")
    first = engine.submit(wanted, csm, "view:V1")
    newer.touch("field")
    again = engine.submit(wanted, csm, "view:V1")
    assert again.repeated
    assert again.ticket.reference == first.ticket.reference
