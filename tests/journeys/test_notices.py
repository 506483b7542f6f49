"""A notice to many accounts: recalled, put right, answered, called, each by its own road."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from protocols.notices.events import Reach
from protocols.outreach.state import OutreachTold
from tests.journeys.test_tier4 import DOING, KNOWN, raises
from tests.kit.bot import DIRECTORY
from tests.kit.journey import Journey, journey

BIRCH = "birch-partners"
COMMANDER = "engineering-lead-one"
RIGHT = "Payment runs of some accounts were submitted twice."
ACCOUNTS = ["Birch", "Elm"]
SINCE = int(datetime(2026, 11, 23, 13, 10, tzinfo=UTC).timestamp())
ELMS = """    contacts:
      - {name: Elm Controller One, email: controller.one@elm.example, phone: "+1 555-0170"}
"""


@pytest.fixture
def told(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Journey]:
    """Give a Tier 4 whose outreach went to Birch's channel; Elm can only be called."""
    path = tmp_path / "directory.yaml"
    kept = DIRECTORY.read_text(encoding="utf-8")
    shared = f"name: Birch\n    shared_channel: {BIRCH}\n"
    assert ELMS in kept
    known = kept.replace("name: Birch\n", shared, 1).replace(ELMS, "    contacts: []\n")
    path.write_text(known, encoding="utf-8")
    with journey(migrated_sqlite_url, directory=path) as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        desk.takes_up()
        desk.minute(20)
        raises(desk)
        desk.press(COMMANDER, "Take commander")
        desk.form(COMMANDER, "Add accounts", picked=ACCOUNTS)
        releases(desk, KNOWN)
        yield desk


def releases(desk: Journey, known: str) -> None:
    form = desk.opens("csm-two", "Draft outreach")
    form.fill({"known": known, "doing": DOING, "since_at": SINCE})
    desk.submits("csm-two")
    desk.press(COMMANDER, "Release")


def standing(desk: Journey, reach: Reach) -> tuple[str, ...]:
    return desk.ticket.of(OutreachTold).at(reach)


def test_a_recall_holds_back_what_has_not_left_and_the_list_is_put_right(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    assert "outreach: 1 of 2 told, 1 to call (Elm)" in told.card()
    assert "*Impacted accounts:* 1 of 2 told" in told.types("csm-one", "/ticket", "show BW-1001")
    call = told.reads("csm-one", "Call Elm", None)
    said = told.answered(COMMANDER, lambda: told.press(COMMANDER, "Recall the notice"))
    assert "It is held back from 1 account, unless it had left already. 1 account has" in said
    assert "recalled by Engineering Lead One" in told.card()
    assert any("Do not call Elm." in words for words in told.told("csm-one"))
    assert not any("Read this to them" in words for words in told.told("csm-one"))
    old = told.answered("csm-one", lambda: told.presses_old("csm-one", call, "I called", None))
    assert "The service notice was recalled: do not call." in old
    releases(told, RIGHT)
    [right] = told.hears(BIRCH, RIGHT)
    assert "this takes the place of the service notice of" in right
    assert standing(told, Reach.TO_CALL) == ("elm",)
    assert not any("takes the place" in words for words in told.told("csm-one"))


def test_who_neither_released_a_notice_nor_is_of_legal_does_not_recall_it(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    said = told.answered("csm-one", lambda: told.press("csm-one", "Recall the notice"))
    assert "Engineering Lead One" in said
    assert standing(told, Reach.TO_CALL) == ("elm",)


def test_a_call_that_was_made_takes_its_button_with_it(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    call = told.reads("csm-one", "Call Elm", None)
    told.press("csm-one", "I called", None)
    assert any("CSM One called Elm at" in words for words in told.told("csm-one"))
    old = told.answered("csm-one", lambda: told.presses_old("csm-one", call, "I called", None))
    assert "CSM One called Elm at" in old
    assert "outreach: 2 of 2 told" in told.card()
