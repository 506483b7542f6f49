"""What is kept of a text that a check stopped: which check, and nothing that was written."""

from __future__ import annotations

import re
from inspect import getsource

from protocols.rights.refusals import NotYours
from protocols.updates.events import DraftKind, NoteStopped, TextStopped
from protocols.words import language
from templates.updates.words import STOPPED, stopped_for
from tests.kit.rules_incident import REF, Incident


def noted(*codes: str) -> NoteStopped:
    return NoteStopped(REF, DraftKind.UPDATE, codes)


def test_each_check_is_named_once_and_what_is_no_check_is_left_out() -> None:
    incident = Incident.open().by("csm-one", noted("zone", "the deploy", "cause", "zone"))
    [stopped] = incident.events(TextStopped)
    assert stopped.codes == ("zone", "cause")
    incident.by("csm-one", noted("the deploy"))
    assert incident.last == ()


def test_a_stopped_text_tells_nobody_and_changes_no_card() -> None:
    assert Incident.open().by("csm-one", noted("cause")).last_effects == ()


def test_only_people_on_the_ticket_have_texts_stopped_on_it() -> None:
    assert isinstance(Incident.open().refused("finance-one", noted("cause")), NotYours)


def test_every_code_of_a_check_is_known_and_has_words() -> None:
    used = set(re.findall(r'Gravity\.[A-Z]+,\s*"(\w+)"', getsource(language)))
    assert used == language.CODES == set(STOPPED)
    assert stopped_for(("cause", "zone", "cause")) == "a cause, a time without zone"
