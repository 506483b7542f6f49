"""Two tickets that nobody answers about: reminded, opened again, listed, asked again. S100; D7."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.journeys.test_solved import typed
from tests.kit.journey import SHARED, Journey

ANSWER = "The export stands under Reports, in the menu of list {}."
ONE, OTHER = "BW-1001", "BW-1002"
CAUSE = "Used otherwise than meant"
# Thursday the 26th is a bank holiday: three business days end on Friday.
OPEN_AGAIN_AT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
ASKED = ["is still waiting for your word"] * 2
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


def test_what_silence_opened_again_is_listed_and_asked_once_more_on_two_days(desk: Journey) -> None:
    silent(desk)
    assert all(reference in listed(desk, "csm-one") for reference in (ONE, OTHER))
    chosen(desk, "csm-one", "Ask again", ONE, OTHER)
    desk.hears(SHARED, *ASKED)
    desk.walk_to(MONDAY)
    chosen(desk, "csm-one", "Ask again", ONE, OTHER)
    # Nobody wrote by when the notice of its re-opening had promised it.
    desk.hears(SHARED, *["We said you would hear from us"] * 2, *ASKED)
    assert all(reference in listed(desk, "cs-manager-one") for reference in (ONE, OTHER))
