"""Two tickets that nobody answers about, to their ends: one by a word, one without. S100; D7."""

from __future__ import annotations

from datetime import UTC, datetime

from protocols.account.state import Road
from protocols.status import Status
from tests.journeys.test_solved import typed
from tests.kit.journey import SHARED, Journey

ANSWER = "The export stands under Reports, in the menu of list {}."
ONE, OTHER = "BW-1001", "BW-1002"
CAUSE = "Used otherwise than meant"
# Thursday the 26th is a bank holiday: three business days end on Friday.
OPEN_AGAIN_AT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)


def silent(desk: Journey) -> None:
    """Resolve two tickets of Acme, remind it, and let silence open them again."""
    for reference in (ONE, OTHER):
        desk.opened("csm-one", summary=f"How do I export list {reference}", severity="Low")
        desk.hears(SHARED, reference)
    for reference in (ONE, OTHER):
        done = ANSWER.format(reference)
        fields = {"done": done, "how_to_check": f"Open list {reference}.", "cause": CAUSE}
        typed(desk, "csm-one", f"resolve {reference}", **fields)
        desk.hears(SHARED, done)
    desk.walk_to(datetime(2026, 11, 24, 16, 0, tzinfo=UTC))
    desk.hears(SHARED, "is still waiting for your word", "is still waiting for your word")
    desk.walk_to(OPEN_AGAIN_AT)
    desk.hears(SHARED, "is open again", "is open again")


def listed(desk: Journey, who: str) -> str:
    """Return the Follow-up list as somebody reads it."""
    return desk.types(who, "/ticket", "queue follow-up", None)


def chosen(desk: Journey, who: str, label: str, *references: str, **fields: object) -> None:
    """Press a button of the list, choose tickets in its form, and submit it."""
    listed(desk, who)
    form = desk.opens(who, label, None)
    labels = [each for each in form.offered("tickets") if each.startswith(references)]
    assert len(labels) == len(references)
    form.choose("tickets", labels)
    for name, value in fields.items():
        form.choose(name, value)
    desk.submits(who)
    desk.closes_all(who)


def test_after_three_reminders_a_word_brings_one_back_and_a_lead_closes_the_other(
    desk: Journey,
) -> None:
    silent(desk)
    assert all(reference in listed(desk, "csm-one") for reference in (ONE, OTHER))
    for at in (OPEN_AGAIN_AT, MONDAY):
        desk.walk_to(at)
        chosen(desk, "csm-one", "Ask again", ONE, OTHER)
        desk.hears(SHARED, "is still waiting for your word", "is still waiting for your word")
    thread = desk.bot.ticket(ONE).of(Road).thread_ts
    desk.person("ap-director-one").say(SHARED, "The menu has no export.", thread=thread)
    desk.settle()
    left = listed(desk, "cs-manager-one")
    assert ONE not in left
    assert ONE in desk.types("csm-one", "/ticket", "queue all", None)
    reason = "No answer in a week"
    chosen(desk, "cs-manager-one", "Close without their word", OTHER, reason=reason)
    assert desk.bot.ticket(OTHER).status is Status.CLOSED
    desk.hears(SHARED, "We could not reach you about BW-1002")
    assert OTHER not in listed(desk, "cs-manager-one")
