"""The account answers in words, in its own thread, before and after it is asked; and edits them."""

from __future__ import annotations

from protocols.status import Status
from tests.journeys.test_resolution import incident_until_update, resolves
from tests.kit.journey import SHARED, Journey

ACME = "ap-director-one"


def test_the_account_answers_in_words_takes_them_back_and_confirms(desk: Journey) -> None:
    incident_until_update(desk)
    resolves(desk)
    acme = desk.person(ACME)
    question = acme.sees(SHARED, "Is it solved for you?")
    assert question is not None
    said = acme.say(SHARED, "You may stop all payments", question.ts)
    told = desk.told
    desk.sees(lambda: "They said yes" in told("csm-one")[-1], "the contact reads it")
    assert desk.status() is Status.RESOLVED
    acme.edit(SHARED, said.ts, "Do NOT stop the payments")
    desk.sees(lambda: "Do NOT stop the payments" in told("csm-one")[-1], "the new words")
    assert "You may stop all payments" in told("csm-one")[-1]
    acme.say(SHARED, "works now, you can close it", question.ts)
    [closed] = desk.hears(SHARED, "BW-1001 is closed.")
    assert '"works now, you can close it"' in closed
    acme.say(SHARED, "Thank you so much \U0001f64f", question.ts)
    desk.hears(SHARED)
    acme.say(SHARED, "it is broken again", question.ts)
    desk.hears(SHARED, "is open again")


def test_a_reply_under_the_accounts_first_message_is_on_the_tickets_record(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    first = desk.person(ACME).messages(SHARED)[0]
    desk.person(ACME).say(SHARED, "It is the run of 13:10", first.ts)
    desk.person("csm-two").say(SHARED, "It was caused by a retry.", first.ts)
    desk.settle()
    timeline = desk.types("csm-one", "/bridge", "timeline")
    assert '(thread): "It is the run of 13:10"' in timeline
    assert 'CSM Two, to Acme in its thread: "It was caused by a retry."' in timeline
    told = desk.told("cs-manager-one")
    assert any("what a check would have stopped" in line for line in told)
