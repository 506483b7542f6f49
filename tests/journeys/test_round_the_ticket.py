"""One problem of two accounts, a history and a hold, as people and accounts see them. S67; M10."""

from __future__ import annotations

from drill.reading import Form
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.status import Status
from tests.journeys.test_relations import of_acme, opened
from tests.journeys.test_triage import CEDAR, desk
from tests.kit.journey import SHARED, Journey

__all__ = ["desk"]


def typed(played: Journey, who: str, text: str) -> Form:
    """Type what opens a form, and return the form."""
    before = played.view_id(who)
    played.types(who, "/ticket", text, None)
    played.sees(lambda: played.view_id(who) not in ("", before), f"the form of {text}")
    return played.person(who).view


def test_a_problems_words_answer_each_account_in_its_own_thread(desk: Journey) -> None:
    problem = of_acme(desk, "October export is empty")
    theirs = opened(desk, "October statement is empty")
    desk.hears(CEDAR, theirs)
    desk.hears(SHARED, problem)
    desk.types("csm-two", "/ticket", f"link {theirs} {problem} problem", None)
    form = typed(desk, "csm-one", f"resolve {problem}")
    assert f"These words also answer* {theirs} (Cedar Resellers)" in str(form.wire)
    form.choose("cause", "Something else")
    form.choose("done", "The export of October was made anew for all rows.")
    form.choose("how_to_check", "Open the export of October.")
    desk.submits("csm-one")
    desk.closes_all("csm-one")
    desk.hears(SHARED)
    desk.press("cs-manager-one", "Release", None)
    [mine] = desk.hears(SHARED, f"{problem} · Please check")
    desk.sees(lambda: desk.bot.ticket(theirs).status is Status.RESOLVED, "their ticket is resolved")
    [other] = desk.hears(CEDAR, f"{theirs} · Please check")
    assert "Cedar" not in mine
    assert theirs not in mine
    assert "Acme" not in other
    assert problem not in other


def test_one_notice_of_a_problem_reaches_every_account_that_has_it(desk: Journey) -> None:
    problem = of_acme(desk, "October export is empty")
    theirs = opened(desk, "October statement is empty")
    desk.hears(CEDAR, theirs)
    desk.hears(SHARED, problem)
    desk.types("csm-two", "/ticket", f"link {theirs} {problem} problem", None)
    desk.types("csm-one", "/ticket", f"show {problem}", None)
    form = desk.opens("csm-one", "Accounts to tell", None)
    assert "Cedar Resellers" in str(form.wire)
    desk.submits("csm-one")
    desk.closes_all("csm-one")
    desk.types("csm-one", "/ticket", f"show {problem}", None)
    words = {"known": "Exports of October are empty.", "doing": "We make the exports anew."}
    desk.form("csm-one", "Write to all of them", None, **words)
    desk.closes_all("csm-one")
    desk.hears(CEDAR)
    desk.press("cs-manager-one", "Release", None)
    [notice] = desk.hears(CEDAR, "Exports of October are empty.")
    assert "Acme" not in notice
    desk.hears(SHARED)


def test_a_history_is_read_and_a_hold_is_placed_by_a_command(desk: Journey) -> None:
    reference = of_acme(desk, "October export is empty")
    desk.hears(SHARED, reference)
    said = desk.types("csm-one", "/ticket", f"history {reference}", None)
    assert f"{reference} · Acme · timeline" in said
    typed(desk, "csm-one", f"hold {reference} check the batch until 18:00")
    desk.submits("csm-one")
    desk.closes_all("csm-one")
    (held,) = desk.bot.ticket(reference).of(Holds).holds_in_force(HoldKind.TRANSACTION)
    assert held.reason == "check the batch"
    assert held.until_at is not None
    form = typed(desk, "csm-one", f"hold {reference} off")
    assert "Clear a hold" in str(form.wire)
    desk.closes_all("csm-one")
