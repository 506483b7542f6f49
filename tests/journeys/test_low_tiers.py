"""A ticket without a bridge: its clocks speak, a person has it, Engineering is in, words arrive."""

from __future__ import annotations

from pathlib import Path

from tests.kit.bot import DIRECTORY
from tests.kit.journey import SHARED, Journey, journey

BLOCKED = "Payments are delayed or blocked, or soon will be"


def tier_2(desk: Journey) -> None:
    """Open a Tier 2 that Acme reported."""
    desk.opened(impact_payments=[BLOCKED], summary="The run of 23 Nov waits")
    desk.hears(SHARED, "We have your ticket")


def is_told(desk: Journey, who: str, words: str) -> bool:
    return any(words in told for told in desk.told(who))


def test_a_tier_2_that_nobody_takes_is_told_before_and_at_its_breach_until_it_is_acknowledged(
    desk: Journey,
) -> None:
    tier_2(desk)
    desk.minute(50)
    assert not is_told(desk, "csm-one", "a person's acknowledgment")
    desk.minute(55)
    assert is_told(desk, "csm-one", "a person's acknowledgment is due")
    assert not is_told(desk, "cs-manager-one", "a person's acknowledgment")
    desk.minute(61)
    assert is_told(desk, "cs-manager-one", "escalated to you")
    [said] = desk.hears(SHARED, "We have escalated this. Its full history is kept")
    assert "CS Manager One" not in said
    assert not is_told(desk, "csm-one", "LATE: BW-1001"), "they were told five minutes ago"
    desk.minute(85)
    assert is_told(desk, "csm-one", "was due 15:02 UTC; escalated. You still have it")
    assert "LATE: acknowledged by a person" in desk.types(
        "csm-one", "/ticket", "show BW-1001", None
    )
    desk.press("csm-one", "Acknowledge", None)
    [said] = desk.hears(SHARED, "CSM One has your ticket")
    assert "Tier" not in said
    why = desk.types("csm-one", "/ticket", "why BW-1001", None)
    assert ", late" in why
    assert "Steps that it owes, by the policy:" in why
    assert "Engineering (S7, D28)" in why
    desk.press("csm-one", "Triage started", None)
    desk.press("cs-manager-one", "I have it", None)
    before = len(desk.told("cs-manager-one"))
    desk.minute(250)
    assert len(desk.told("cs-manager-one")) == before, "both are met: nobody is told again"


def test_an_account_says_with_two_presses_what_blocks_it_and_a_person_owes_it_an_answer(
    desk: Journey,
) -> None:
    tier_2(desk)
    desk.press("csm-one", "Acknowledge", None)
    desk.press("ap-director-one", "It blocks my business", SHARED)
    assert is_told(desk, "csm-one", "Acme says: it blocks our business")
    desk.hears(SHARED, "CSM One has your ticket", "*BW-1001 · Escalated*")
    desk.press("ap-director-one", "A live customer", SHARED)
    assert is_told(desk, "csm-one", "says what it blocks: a live customer")
    assert is_told(desk, "cs-manager-one", "One more reason why it is escalated")
    desk.minute(31)
    assert is_told(desk, "csm-one", "nobody has answered Acme, whose business is blocked")
    shown = desk.types("csm-one", "/ticket", "show BW-1001", None)
    assert "says: it blocks a live customer" in shown


def test_engineering_is_asked_and_its_being_in_is_a_fact(desk: Journey) -> None:
    tier_2(desk)
    assert is_told(desk, "engineer-one", "Engineering is needed")
    shown = desk.types("csm-one", "/ticket", "show BW-1001", None)
    assert "Engineer One is asked, and has not answered yet" in shown
    desk.press("engineer-one", "I am on it", None)
    assert is_told(desk, "csm-one", "Engineering: Engineer One is on it")
    assert "Engineer One is on it" in desk.types("csm-one", "/ticket", "show BW-1001", None)
    desk.minute(20)
    assert not is_told(desk, "engineering-lead-one", "Engineering is needed")


def test_what_the_account_writes_reaches_who_has_the_ticket(desk: Journey) -> None:
    tier_2(desk)
    customer = desk.person("ap-director-one")
    parent = desk.sees(lambda: customer.sees(SHARED, "We have your ticket"), "the receipt")
    customer.say(SHARED, "The third batch waits now.", thread=parent.ts)
    desk.settle()
    assert is_told(desk, "csm-one", "The third batch waits now.")


def test_what_many_tickets_have_for_one_person_comes_at_most_every_half_hour(
    desk: Journey,
) -> None:
    tier_2(desk)
    desk.opened(impact_payments=[BLOCKED], summary="The run of 24 Nov waits, too")
    desk.hears(SHARED, "We have your ticket")
    heard: list[list[str]] = []
    for minute in (29, 45, 59, 61, 89, 91):
        before = len(desk.told("csm-one"))
        desk.minute(minute)
        heard.append(desk.told("csm-one")[before:])
    desk.hears(SHARED, "*BW-1001 · Escalated*", "*BW-1002 · Escalated*")
    alone, late, none, nor_here, together, nothing = heard
    assert "BW-1001 · Tier 2 · Acme: nobody in Engineering on duty has answered" in alone[0]
    assert "1 message about your tickets" in late[0]
    assert "BW-1002, Acme: nobody in Engineering on duty has answered" in late[0]
    assert (none, nor_here, nothing) == ([], [], [])
    assert "2 messages about your tickets" in together[0]
    assert together[0].count("LATE: BW-100") == 2
    assert together[0].count("escalated. You still have it") == 2
    assert "acknowledgment is due" not in together[0], "that warning has lost its sense"
    assert [len(each) for each in (alone, late, together)] == [1, 1, 1]


def test_what_comes_outside_of_a_duty_is_told_in_one_list_in_the_morning(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    by_day = '- {duty: csm, hours: "09:00-17:00", zone: America/New_York}'
    text = DIRECTORY.read_text(encoding="utf-8")
    path = tmp_path / "directory.yaml"
    path.write_text(text.replace("duties: [csm, communicator]", f"duties:\n      {by_day}", 1))
    with journey(migrated_sqlite_url, directory=path) as desk:
        desk.opened(summary="A statement cannot be downloaded")
        desk.press("csm-one", "Acknowledge", None)
        customer = desk.person("ap-director-one")
        parent = desk.sees(lambda: customer.sees(SHARED, "BW-1001"), "the receipt")
        desk.minute(650)  # 19:52 in New York
        before = len(desk.told("csm-one"))
        customer.say(SHARED, "It is the statement of March that we mean.", thread=parent.ts)
        desk.settle()
        desk.minute(1_420)
        assert desk.told("csm-one")[before:] == []
        desk.minute(1_424)  # 08:46 there
        [morning] = desk.told("csm-one")[before:]
        assert "about your tickets" in morning
        assert "Acme wrote" in morning
        desk.hears(SHARED, "We have your ticket", "CSM One has your ticket")


def test_what_somebody_leaves_stays_theirs_until_the_other_accepts_it(desk: Journey) -> None:
    tier_2(desk)
    desk.opened(impact_payments=[BLOCKED], summary="The run of 24 Nov waits, too")
    desk.hears(SHARED, "We have your ticket")
    before = desk.view_id("csm-one")
    desk.types("csm-one", "/ticket", "leave", None)
    desk.sees(lambda: desk.view_id("csm-one") not in ("", before), "the form")
    desk.person("csm-one").view.choose("person", desk.person("csm-two").user.id)
    desk.submits("csm-one")
    assert is_told(desk, "csm-two", "CSM One leaves you 2 tickets")
    assert desk.contact() == "csm-one"
    desk.press("csm-two", "Accept", None)
    desk.press("csm-two", "Accept all", None)
    assert desk.contact() == "csm-two"
    assert "first reply" not in desk.types("csm-one", "/ticket", "queue mine", None)
