"""Cedar's ticket in its team's channel: a card, who takes it, what is noted, where it goes. M26."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from protocols.flags.state import Flags
from protocols.people.channels import team_key
from protocols.scales import Severity
from protocols.stage import Stage, stage_of
from protocols.timeline.events import NoteAdded
from protocols.triage.events import NoteAltered
from tests.journeys.test_missed import deaf_to, read_back
from tests.kit.bot import DIRECTORY, ROOT
from tests.kit.journey import Journey, journey

FINANCE, OPERATIONS = "team-finance", "team-operations"
CHANNELS = f"""
  - {{name: {FINANCE}, id: C0FINANCE1, bot: true, members: [csm-one, csm-two, finance-one]}}
  - {{name: {OPERATIONS}, id: C0OPERATE1, bot: true, members: [csm-one, csm-two, support-one]}}
"""
MARKER = "zebra-4711"
CEDAR = "partner.admin.two@cedar.example"


def written(folder: Path) -> tuple[Path, Path]:
    """Write a workspace with two teams' channels, and a directory that names them."""
    world = (ROOT / "drill/worlds/acme.yaml").read_text()
    head, channels, rest = world.partition("\nchannels:")
    (folder / "world.yaml").write_text(f"{head}{channels}{CHANNELS.rstrip()}{rest}")
    known = DIRECTORY.read_text()
    for name, at in (("Channel Finance", "C0FINANCE1"), ("Channel Operations", "C0OPERATE1")):
        known = known.replace(f"{{name: {name}}}", f"{{name: {name}, channel: {at}}}")
    (folder / "directory.yaml").write_text(known)
    return folder / "world.yaml", folder / "directory.yaml"


@pytest.fixture
def desk(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Journey]:
    """Give a desk whose teams have channels."""
    world, directory = written(tmp_path)
    with journey(migrated_sqlite_url, directory=directory, world=world) as played:
        yield played


def opened(desk: Journey) -> None:
    """Have CSM Two open Cedar's ticket on a missing commission."""
    desk.opened(
        "csm-two",
        from_message=False,
        account="Cedar Resellers",
        summary="October statement is missing deals",
        category="Commission and Payment",
        severity="High",
        noticed="The account told us",
    )
    desk.sees(lambda: desk.person("finance-one").sees(FINANCE, "BW-1001"), "the card")


def card(desk: Journey, channel: str = FINANCE, who: str = "finance-one") -> str:
    found = desk.sees(lambda: desk.person(who).sees(channel, "BW-1001 · Cedar"), "the card")
    return found.words


def below(desk: Journey, said: str) -> bool:
    """Wait until a line stands below the card."""
    return bool(desk.sees(lambda: desk.person("finance-one").sees(FINANCE, said), said))


def test_the_team_takes_notes_and_resolves_and_no_note_leaves(desk: Journey) -> None:
    opened(desk)
    assert "nobody in Channel Finance has taken it" in card(desk)
    desk.press("finance-one", "Take", FINANCE)
    assert "Finance One has it" in card(desk)
    assert desk.contact() == "finance-one"
    said = desk.answered("csm-two", lambda: desk.press("csm-two", "More ...", FINANCE))
    assert "Finance One" in said
    parent = desk.person("finance-one").sees(FINANCE, "BW-1001 · Cedar")
    assert parent is not None
    note = f"The Elm deal was booked under Birch, {MARKER}."
    desk.person("csm-two").say(FINANCE, note, thread=parent.ts)
    desk.settle()
    with desk.bot.program.parts.desk.gesture() as asked:
        notes = [e for e in asked.history("BW-1001") if isinstance(e, NoteAdded)]
    assert [each.text for each in notes] == [note]
    said = "We added the missing deals to your October statement."
    cause = "Deal missing on the statement"
    desk.form(
        *("finance-one", "Resolve", FINANCE),
        done=said,
        how_to_check="See the statement.",
        cause=cause,
    )
    desk.hears(CEDAR, "BW-1001", "Under review", said)
    assert "✅ resolved" in card(desk)
    shown = desk.types("csm-two", "/ticket", "show BW-1001", FINANCE)
    assert said in shown
    assert cause in shown
    inside = (MARKER, cause)
    assert not [
        heard for _key, heard in desk.outside() if any(each in heard.words for each in inside)
    ]


def test_a_note_that_is_edited_and_then_deleted_is_on_record_as_it_was(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    parent = desk.reads("finance-one", "BW-1001 · Cedar", FINANCE)
    two = desk.person("csm-two")
    note = two.say(FINANCE, "The Elm deal is theirs.", thread=parent.ts)
    desk.settle()
    two.edit(FINANCE, note.ts, "The Elm deal is not theirs.")
    desk.settle()
    two.delete(FINANCE, note.ts)
    desk.settle()
    with desk.bot.program.parts.desk.gesture() as asked:
        past = [e for e in asked.history("BW-1001") if isinstance(e, NoteAltered)]
    assert [(each.was, each.text) for each in past] == [
        ("The Elm deal is theirs.", "The Elm deal is not theirs."),
        ("The Elm deal is not theirs.", ""),
    ]
    timeline = desk.types("csm-two", "/bridge", "timeline BW-1001", None)
    assert 'CSM Two deleted a note: "The Elm deal is not theirs."' in timeline


def test_notes_that_nobody_heard_are_read_back_once_and_so_is_their_edit(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    parent = desk.reads("finance-one", "BW-1001 · Cedar", FINANCE)
    desk.walk(minutes=1)
    deaf_to(desk, "message.channels", 2)
    deaf_to(desk, "message.groups", 2)
    two = desk.person("csm-two")
    note = two.say(FINANCE, "The Elm deal is theirs.", thread=parent.ts)
    desk.walk(minutes=2)
    for _ in range(2):
        read_back(desk)
    two.edit(FINANCE, note.ts, "The Elm deal is not theirs.")
    desk.walk(minutes=2)
    for _ in range(2):
        read_back(desk)
    with desk.bot.program.parts.desk.gesture() as asked:
        past = asked.history("BW-1001")
    (added,) = [each for each in past if isinstance(each, NoteAdded)]
    (altered,) = [each for each in past if isinstance(each, NoteAltered)]
    assert (added.text, altered.was, altered.text) == (
        "The Elm deal is theirs.", "The Elm deal is theirs.", "The Elm deal is not theirs.",
    )  # fmt: skip
    assert added.written_at is not None


def test_a_wrong_category_is_changed_from_the_card_and_the_card_moves(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    desk.form("finance-one", "Change", FINANCE, category="Deal Registration and Pipeline")
    assert "Channel Operations has it now" in card(desk)
    assert "nobody in Channel Operations has taken it" in card(desk, OPERATIONS, "support-one")
    desk.press("support-one", "Take", OPERATIONS)
    assert desk.contact() == "support-one"
    desk.hears(CEDAR, "Under review")


def test_what_a_colleague_changed_while_the_form_stood_open_stays(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    form = desk.opens("csm-one", "Change", FINANCE)
    desk.form(
        "csm-two", "Change", FINANCE,
        category="MDF and Incentive Programs", flags=["A complaint"], reason="They say so.",
    )  # fmt: skip
    form.choose("severity", "Severity Medium")
    desk.submits("csm-one")
    assert (desk.ticket.category, desk.ticket.severity) == ("mdf_incentive", Severity.MEDIUM)
    assert len(desk.ticket.of(Flags).flagged) == 1


def test_two_take_at_once_and_the_second_reads_who_has_it(desk: Journey) -> None:
    opened(desk)
    parent = desk.reads("csm-one", "BW-1001 · Cedar", FINANCE)
    desk.press("finance-one", "Take", FINANCE)
    said = desk.answered("csm-one", lambda: desk.presses_old("csm-one", parent, "Take", FINANCE))
    assert "Finance One" in said
    desk.hears(CEDAR, "BW-1001", "Under review")


def test_a_channel_that_is_shared_with_outsiders_gets_nothing_more(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    desk.slack.share(FINANCE)
    known = desk.bot.program.parts.facts
    desk.sees(lambda: known.known.channels[team_key("C0FINANCE1")].is_ext_shared, "that it is told")
    desk.hears(FINANCE, "nobody in Channel Finance has taken it")
    desk.types("csm-two", "/ticket", "acknowledge BW-1001", None)
    desk.hears(FINANCE)
    desk.hears(CEDAR, "Under review")


def test_one_who_has_not_taken_it_is_told_to_and_then_asks_and_the_clock_waits_in_sight(
    desk: Journey,
) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    said = desk.answered("finance-one", lambda: desk.press("finance-one", "Answer", FINANCE))
    assert "Take it first" in said
    desk.press("finance-one", "Take", FINANCE)
    desk.hears(CEDAR, "Under review")
    desk.form("finance-one", "Ask for details", FINANCE, questions="Which deals?\nWhich month?")
    desk.hears(CEDAR, "Which deals?")
    assert below(desk, "2 questions are with Cedar Resellers")
    assert "Cedar Resellers has owed an answer" in card(desk)
    assert stage_of(desk.ticket) is Stage.AWAITING
    told = {
        "contact": "Partner Admin Two",
        "said_at": "14:03, by mail",
        "words": "Two, in October.",
    }
    desk.form("finance-one", "Record their words", FINANCE, **told)
    assert below(desk, "Cedar Resellers answered")
    assert "owed an answer" not in card(desk)
    desk.form("finance-one", "Answer", FINANCE, answer="We look into the deals of October.")
    desk.hears(CEDAR, "We look into the deals of October.")


def test_a_card_that_a_person_deletes_in_the_teams_channel_is_posted_anew(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    first = desk.person("finance-one").sees(FINANCE, "BW-1001 · Cedar")
    assert first is not None
    desk.person("finance-one").remove(FINANCE, first.ts)
    assert below(desk, "was deleted, and is posted anew")
    again = desk.person("finance-one").sees(FINANCE, "BW-1001 · Cedar")
    assert again is not None
    desk.person("finance-one").say(FINANCE, "The dealer report is there.", again.ts)
    desk.settle()
    with desk.bot.program.parts.desk.gesture() as asked:
        notes = [e.text for e in asked.history("BW-1001") if isinstance(e, NoteAdded)]
    assert notes == ["The dealer report is there."]


def test_a_card_that_was_deleted_unheard_is_missed_when_it_changes(desk: Journey) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    first = desk.person("finance-one").sees(FINANCE, "BW-1001 · Cedar")
    assert first is not None
    desk.slack.mishap("lost", "message.channels", 1)
    desk.person("finance-one").remove(FINANCE, first.ts)
    desk.settle()
    desk.press("csm-two", "Acknowledge", None)
    desk.hears(CEDAR, "Under review")
    assert below(desk, "was deleted, and is posted anew")
