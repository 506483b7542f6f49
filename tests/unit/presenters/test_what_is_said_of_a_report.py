"""What is said of a report that was heard: the sentence that matters, and times that agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.slack.classification import filled
from protocols.intake.state import HeardReport
from protocols.people.people import ENGINE
from protocols.replies.events import RecordAlteration, RecordReply
from protocols.scales import ProgramLevel
from templates.kit import render
from templates.kit.presenting import facts_of
from templates.ticket.certificate import certificate_facts
from templates.ticket.show import show_facts
from tests.kit.rules_incident import SHARED, Incident, actor, customer, instant, people, report
from tests.unit.presenters.walking import LINKS, REFERENCE
from tests.unit.protocols.test_classification import CRITICAL
from tests.unit.templates import prose

QUESTION = "We have a question."
TWICE = "We paid V-201 twice."


def asked(incident: Incident) -> tuple[object, object]:
    facts = facts_of("classify", {}, incident.ticket, incident.ctx, LINKS)
    return facts["words"], facts["wrote_at"]


def test_who_is_asked_for_the_tier_reads_the_sentence_with_the_grave_words() -> None:
    incident = Incident.heard(QUESTION).at("14:05")
    incident.by(
        customer(), RecordReply(REFERENCE, "AP Director One", TWICE, SHARED.channel_id, "2.2")
    )
    assert asked(incident) == (TWICE, instant("14:05"))


def test_who_is_asked_for_the_tier_of_a_legal_threat_reads_that_legal_hears_of_it() -> None:
    for words, hears in (("Our lawyers write to you tonight.", True), (TWICE, False)):
        incident = Incident.heard(words)
        facts = facts_of("classify", {}, incident.ticket, incident.ctx, LINKS)
        assert ("Legal One" in str(facts["told"])) is hears


def test_a_report_that_was_heard_is_opened_by_the_words_of_its_author_not_by_a_bot() -> None:
    incident = Incident.heard(QUESTION)
    facts = show_facts(incident.ticket, incident.ctx, LINKS)
    assert (facts["opened_by"], facts["source"]) == ("the words of AP Director One", "")


def test_a_certificate_names_the_words_that_opened_a_report_and_not_a_bot() -> None:
    incident = Incident.heard(QUESTION)
    facts = certificate_facts(incident.ticket, (), incident.ctx, LINKS, intact=True)
    assert facts["opened_by"] == "the words of AP Director One"


def test_the_form_of_tier_3_begins_with_the_grave_sentence_and_keeps_the_report() -> None:
    incident = Incident.heard(QUESTION).at("14:05")
    assert filled(incident.ticket).description == QUESTION
    incident.by(
        customer(), RecordReply(REFERENCE, "AP Director One", TWICE, SHARED.channel_id, "2.2")
    )
    form = filled(incident.ticket)
    assert (form.summary, form.description) == (TWICE, f"{QUESTION}\n{TWICE}")


def test_who_is_asked_for_the_tier_reads_the_report_as_it_says_now() -> None:
    incident = Incident.heard(QUESTION).at("14:05")
    stamp = incident.ticket.of(HeardReport).message_ts
    incident.by(
        ENGINE,
        RecordAlteration(REFERENCE, customer().who, QUESTION, TWICE, SHARED.channel_id, stamp),
    )
    assert asked(incident) == (TWICE, instant("14:02"))


def test_who_is_asked_for_the_tier_reads_when_it_was_written_and_not_when_it_opened() -> None:
    begun = Incident.heard(QUESTION)
    late = replace(report(TWICE), written_at=instant("13:10"))
    assert asked(Incident.begun(late, begun.ctx)) == (TWICE, instant("13:10"))
    waited = replace(report(TWICE), asked_at=instant("13:47"))
    incident = Incident.begun(waited, begun.ctx)
    assert asked(incident) == (TWICE, instant("13:47"))
    (told, *_) = incident.told("account_wrote")
    assert told.params["wrote_at"] == instant("13:47").isoformat()


def test_a_line_never_says_that_the_desk_opens_after_a_person_has_answered() -> None:
    known = people()
    accounts = tuple(replace(each, program_level=ProgramLevel.GOLD) for each in known.accounts)
    gold = replace(known, accounts=accounts)
    for at, day in (("07:00", 24), ("23:00", 27), ("14:02", 23)):
        incident = Incident.heard("The API answers 500.", at=at, day=day, directory=gold)
        facts = facts_of("heard", {}, incident.ticket, incident.ctx, LINKS)
        opens, reply = facts["next_open_at"], facts["reply_at"]
        assert isinstance(reply, datetime)
        assert opens is None or (isinstance(opens, datetime) and opens <= reply)
        assert bool(facts["phone"]) is (at != "14:02")


def shown(incident: Incident) -> str:
    made = render.message("show", show_facts(incident.ticket, incident.ctx, LINKS))
    return prose.message(made.text, made.blocks)


def test_show_names_who_wrote_the_report_that_opened_by_itself() -> None:
    assert "by the words of AP Director One" in shown(Incident.heard(QUESTION))


def test_show_names_who_of_us_opened_a_report_and_whose_message_it_is() -> None:
    begun = Incident.heard(QUESTION)
    ctx = replace(begun.ctx, actor=actor("csm-one"))
    words = shown(Incident.begun(report(QUESTION), ctx))
    assert "by CSM One (a message of AP Director One)" in words


def test_whoever_says_the_tier_and_has_it_then_reads_that_they_are_the_one_contact() -> None:
    incident = Incident.heard(TWICE).by("csm-two", CRITICAL)
    assert facts_of("opened", {}, incident.ticket, incident.ctx, LINKS)["is_contact"]


def test_show_gives_the_instant_of_the_opening_once() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).at("14:10")
    assert shown(incident).count("14:02") == 1


def test_words_are_called_the_accounts_own_until_somebody_may_have_replaced_them() -> None:
    incident = Incident.heard(QUESTION)
    assert show_facts(incident.ticket, incident.ctx, LINKS)["in_their_words"]
    incident.by("csm-one", replace(CRITICAL, description="A colleague says it."))
    facts = show_facts(incident.ticket, incident.ctx, LINKS)
    assert (facts["described"], facts["in_their_words"]) == ("A colleague says it.", False)
