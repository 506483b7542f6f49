"""The queue in Slack, as a person of the team and as the support lead see it. S85-S89, S104."""

from __future__ import annotations

from drill.errors import DrillRefusal
from tests.journeys.test_low_tiers import tier_2
from tests.kit.journey import SHARED, Journey


def home(desk: Journey, who: str) -> str:
    """Return what a person's Home says now; empty while there is none."""
    try:
        return desk.person(who).home.words
    except DrillRefusal:
        return ""


def opens_home(desk: Journey, who: str) -> str:
    desk.person(who).open_home()
    desk.sees(lambda: home(desk, who), f"{who}'s Home")
    return home(desk, who)


def shows(desk: Journey, who: str, words: str) -> None:
    desk.sees(lambda: words in home(desk, who), f"{who}'s Home: {words}")


def test_a_person_of_the_team_has_their_own_first_and_sees_it_rise_before_it_is_late(
    desk: Journey,
) -> None:
    assert "No open tickets." in opens_home(desk, "csm-one")
    tier_2(desk)
    shows(desk, "csm-one", "Yours now (1)")
    shows(desk, "csm-one", "Severity")
    desk.minute(50)
    shows(desk, "csm-one", "75 % of its time for acknowledgment is gone")
    desk.minute(61)
    shows(desk, "csm-one", "LATE:* acknowledgment")
    desk.hears(SHARED, "We have escalated this")
    desk.person("csm-one").home.press("Open")
    desk.sees(lambda: desk.person("csm-one").has_view, "the ticket")
    assert "BW-1001 · Acme" in desk.person("csm-one").view.words


def test_the_support_lead_sees_who_has_how_much_finds_and_gives_a_ticket_on(desk: Journey) -> None:
    tier_2(desk)
    lead = "cs-manager-one"
    said = desk.answered(lead, lambda: desk.types(lead, "/ticket", "queue", None))
    assert "1 · BW-1001 · Acme" in said
    assert "CSM One: 1 open" in said
    assert "BW-1001" in desk.types(lead, "/ticket", "find RUN waits", None)
    assert "No ticket has all of these words" in desk.types(lead, "/ticket", "find salary", None)
    desk.types(lead, "/ticket", "note BW-1001 They call at three", None)
    opens_home(desk, lead)
    desk.types(lead, "/ticket", "assign BW-1001 @csm-two", None)
    desk.press("csm-two", "Accept", None)
    shows(desk, lead, "CSM Two: 1 open")
    mine = desk.answered("csm-two", lambda: desk.types("csm-two", "/ticket", "mine", None))
    assert '"The run of 23 Nov waits"' in mine
    desk.person(lead).home.press("Nobody's")
    shows(desk, lead, "All teams, nobody's: 0 open")


def test_nobody_from_outside_sees_a_home(desk: Journey) -> None:
    tier_2(desk)
    said = opens_home(desk, "ap-director-one")
    assert "BW-1001" not in said
    assert "staff" in said
