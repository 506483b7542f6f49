"""What the account writes is answered: each message anew, until one of us has answered. M17."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from protocols.closure.events import Reopen, Resolve
from protocols.kernel.command import Command
from protocols.kernel.endings import ending_of
from protocols.ladder.measures import facts_of
from protocols.replies.events import RecordCall, RecordOwnWords, RecordReply, RecordWords
from protocols.scales import Severity
from protocols.targets.events import Acknowledge, SayBlocked, TargetBreached, TargetNeared
from protocols.targets.state import NextReply
from protocols.time.targets import Measure, targets
from templates.kit import render
from templates.kit.links import Links
from templates.kit.presenting import facts_of as facts_of_message
from tests.kit.rules_incident import REF, Incident, calendar, customer, instant, policy

NEXT = Measure.NEXT_REPLY
ASKS = "Is the run of Thursday included as well?"
OUTSIDER = customer("birch")


def tier_1(**changes: Any) -> Incident:
    form: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.LOW}
    return Incident.open(**{**form, **changes})


def wrote(text: str = ASKS, *, apart: bool = False, stamp: str = "1.1") -> RecordReply:
    return RecordReply(REF, "AP Director One", text, "C0ACME0001", stamp, apart=apart)


def own(text: str) -> RecordOwnWords:
    return RecordOwnWords(REF, text, "C0ACME0001", "2.2")


def asked(incident: Incident) -> Incident:
    return incident.at("15:00").by(customer(), wrote())


def waits(incident: Incident) -> bool:
    return incident.ticket.of(NextReply).asked_at is not None


def spoken(incident: Incident) -> list[tuple[str, str]]:
    return [
        (f"{event.at:%a %H:%M}", getattr(event, "mark", "breach"))
        for event in incident.history
        if isinstance(event, TargetNeared | TargetBreached)
        and event.measure == Measure.NEXT_REPLY.name
    ]


def test_a_message_that_nobody_answers_speaks_before_its_time_and_at_it() -> None:
    incident = asked(tier_1().at("14:30").by("csm-one", Acknowledge(REF)))
    assert spoken(incident.until("15:30", 24)) == [
        ("Mon 21:00", "75"),
        ("Tue 14:12", "90"),
        ("Tue 15:00", "breach"),
    ]


def test_on_tier_3_an_answer_is_due_in_half_an_hour() -> None:
    incident = Incident.open().at("15:00").by(customer(), wrote()).until("15:31")
    assert spoken(incident)[-1] == ("Mon 15:30", "breach")


def test_a_second_message_waits_with_the_first() -> None:
    incident = asked(tier_1()).at("15:40").by(customer(), wrote(stamp="1.2"))
    assert incident.ticket.of(NextReply).asked_at == instant("15:00")


@pytest.mark.parametrize(
    "answer",
    [own("Yes, it is. You have the list by noon on Friday."), RecordCall(REF, "They know it.")],
    ids=["written", "called"],
)
def test_an_answer_of_ours_meets_it_and_the_next_message_is_waited_for_anew(
    answer: Command,
) -> None:
    incident = asked(tier_1()).at("15:20").by("csm-one", answer)
    assert not waits(incident)
    incident.at("16:00").by(customer(), wrote(stamp="1.3"))
    assert incident.ticket.of(NextReply).asked_at == instant("16:00")


def test_a_released_text_meets_it_when_it_has_arrived() -> None:
    incident = Incident.open().staffed().at("15:00").by(customer(), wrote())
    incident.at("15:05").draft().release()
    assert waits(incident)
    assert not waits(incident.delivered())


def test_a_line_that_needs_a_second_person_is_no_answer() -> None:
    """Source: D15."""
    assert waits(asked(Incident.open()).by("csm-one", own("Yes, it is.")))


def test_that_somebody_has_the_ticket_is_no_answer() -> None:
    assert waits(asked(tier_1()).by("csm-one", Acknowledge(REF)))


@pytest.mark.parametrize("text", ["Thank you so much!", "Merci beaucoup", ":pray:"])
def test_thanks_ask_for_no_answer(text: str) -> None:
    assert not waits(tier_1().by(customer(), wrote(text)))


def test_words_of_somebody_who_does_not_stand_for_the_account_arm_nothing() -> None:
    assert not waits(tier_1().by(OUTSIDER, wrote()))


def test_what_they_said_by_phone_is_answered_too() -> None:
    said = RecordWords(REF, "AP Director One", "14:50", "Send us the list of the payments.")
    assert waits(tier_1().by("csm-one", said))


def test_that_it_blocks_them_is_answered_too() -> None:
    pressed = SayBlocked(REF, "AP Director One", "C0ACME0001", "3.3")
    assert waits(tier_1().by(customer(), pressed))


def test_closing_ends_it() -> None:
    incident = asked(tier_1()).by(
        "csm-one", Resolve(REF, "The list was sent.", "Please look at it in the list.")
    )
    incident.delivered().by(customer(), wrote("It works now, thank you.", stamp="1.4"))
    assert not waits(incident)
    assert not spoken(incident.until(incident.now + timedelta(days=5)))


def test_a_reply_that_nobody_could_read_has_its_time_though_the_ticket_is_resolved() -> None:
    incident = tier_1().by(
        "csm-one", Resolve(REF, "The list was sent.", "Please look at it in the list.")
    )
    incident.delivered().at("15:00").by(customer(), wrote("Hm, row 12?"))
    assert spoken(incident.until("15:30", 24))[-1] == ("Tue 15:00", "breach")


def test_the_breach_after_the_end_offers_nothing_that_is_done_and_stands_until_a_later_end() -> (
    None
):
    incident = tier_1().by(
        "csm-one", Resolve(REF, "The list was sent.", "Please look at it in the list.")
    )
    incident.delivered().at("15:00").by(customer(), wrote("Hm, row 12?")).until("15:00", 24)
    [told] = incident.told("target_breached")[-1:]
    facts = facts_of_message("target_breached", told.params, incident.ticket, incident.ctx, Links())
    buttons = str(render.message("target_breached", facts).blocks)
    assert "ticket.show" in buttons
    assert "ticket.resolve" not in buttons
    suffix = told.key.removeprefix(f"{REF}/")
    assert ending_of(incident.ticket, suffix, incident.last, incident.ctx) is None
    incident.by("csm-one", Reopen(REF, "row 12 is wrong"))
    incident.by("csm-one", Resolve(REF, "The list was sent.", "Please look at it in the list."))
    ending = ending_of(incident.ticket, suffix, incident.last, incident.ctx)
    assert ending is not None
    assert ending.word == "over"


def test_what_is_written_beside_a_ticket_that_has_ended_is_no_matter_of_it() -> None:
    incident = tier_1().by(
        "csm-one", Resolve(REF, "The list was sent.", "Please look at it in the list.")
    )
    incident.delivered().at("15:00").by(customer(), wrote(apart=True))
    assert not waits(incident)


def test_a_report_of_no_tier_is_answered_within_the_lowest_tiers_time_and_names_none() -> None:
    incident = Incident.heard("The October statement is missing deals.").at("15:00")
    incident.by(customer(), wrote())
    found = targets(policy(), facts_of(incident.ticket), calendar(), {NEXT})
    assert [(each.rule, each.runs) for each in found] == [
        ("8 business hours · not classified yet", True)
    ]
