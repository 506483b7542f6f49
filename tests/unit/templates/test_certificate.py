"""What a certificate counts as released by a second person. Source: D15, D45."""

from __future__ import annotations

from protocols.updates.events import TextReleased
from templates.kit.links import Links
from templates.ticket.certificate import certificate_facts
from tests.kit.rules_incident import Incident, who


def test_words_that_left_on_their_writers_own_word_are_none_that_a_second_person_released() -> None:
    incident = Incident.open()
    at, by = incident.now, who("csm-two")
    history = [
        *incident.history,
        TextReleased(at, by, 1, "a", None, alone=True),
        TextReleased(at, by, 2, "b", None),
    ]
    facts = certificate_facts(incident.ticket, history, incident.ctx, Links("", ""), intact=True)
    assert facts["texts_released"] == 1
