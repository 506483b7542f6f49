"""A notice to many accounts: recalled, put right, answered, called, each by its own road."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drill.reading import Seen
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


def writes(desk: Journey, who: str, words: str) -> Seen:
    """Write in the thread of the notice that stands in Birch's channel; return what was written."""
    person = desk.person(who)
    notice = desk.sees(lambda: person.sees(BIRCH, KNOWN), "the notice")
    said = person.say(BIRCH, words, notice.ts)
    desk.settle()
    return said


def test_a_reply_to_a_notice_waits_for_its_csm_until_one_of_us_has_answered(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    writes(told, "partner-admin-one", "Which of our runs?")
    assert any('"Which of our runs?"' in words for words in told.told("csm-two"))
    assert "Waiting for an answer: Birch" in told.card().replace("*", "")
    told.walk(minutes=31)
    assert any("No answer yet" in words for words in told.told("cs-manager-one"))
    writes(told, "csm-three", "Two of them. The list comes by mail.")
    assert "Waiting for an answer" not in told.card()
    timeline = told.types("csm-one", "/bridge", "timeline")
    assert 'Partner Admin One of Birch wrote in reply to the service notice: "Which' in timeline
    assert "CSM Three answered Birch" in timeline
    assert not [b for m in told.person("csm-two").dm() for b in m.buttons if b == "I answered"]


def test_what_is_changed_and_what_a_check_stops_under_a_notice_is_told(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    said = writes(told, "partner-admin-one", "You may stop all runs.")
    told.person("partner-admin-one").edit(BIRCH, said.ts, "Do NOT stop our runs.")
    told.settle()
    assert any("Do NOT stop our runs." in words for words in told.told("csm-two"))
    writes(told, "csm-three", "As with Elm, it was a bug.")
    assert any("a check would have stopped" in words for words in told.told("cs-manager-one"))
    timeline = told.types("csm-one", "/bridge", "timeline")
    assert "what they wrote under the service notice to Birch" in timeline


def test_a_reply_that_was_answered_by_phone_is_said_to_be(told: Journey) -> None:
    told.hears(BIRCH, KNOWN)
    writes(told, "partner-admin-one", "Which of our runs?")
    asked = told.reads("csm-two", "Which of our runs?", None)
    said = told.answered("csm-two", lambda: told.press("csm-two", "I answered", None))
    assert "Birch counts as answered by you." in said
    old = told.answered("csm-two", lambda: told.presses_old("csm-two", asked, "I answered", None))
    assert "CSM Two answered at" in old
