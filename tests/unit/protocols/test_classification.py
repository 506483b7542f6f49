"""Nothing heard becomes Tier 1 by silence: a person says the tier, and somebody is asked. D44."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from protocols.classification.asking import is_another_matter
from protocols.classification.events import ClassificationAsked, Classify, TicketClassified
from protocols.classification.state import Classification
from protocols.closure.events import Resolve
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.intake.state import HeardReport
from protocols.kernel.refusals import AlreadyDone, NotAllowed, WrongState
from protocols.ladder.measures import facts_of
from protocols.opening.matrix_words import heard_words
from protocols.people.people import ENGINE
from protocols.replies.events import RecordAlteration, RecordReply
from protocols.rights.refusals import Outside
from protocols.routing.state import Routing
from protocols.scales import Category, Impact, Severity, Signal, Tier
from protocols.ticket import Ticket
from protocols.tiers.events import ChangeTier, TierChanged
from tests.kit.rules_incident import REF, Incident, actor, customer, instant, who

TWICE = "We paid V-201 twice this morning."
STATEMENT = "The October statement is missing deals."
CRITICAL = Classify(
    REF, Tier.CRITICAL, frozenset({Impact.FUNDS_MOVED_WRONGLY}), Signal.DUPLICATE_PAYMENT
)
ROUTINE, ELEVATED = Classify(REF, Tier.ROUTINE), Classify(REF, Tier.ELEVATED)
WEEKEND = 28


def asked(incident: Incident) -> list[list[str]]:
    return [[who.key for who in each.to] for each in incident.events(ClassificationAsked)]


def test_a_report_has_no_tier_to_show_until_a_person_says_one() -> None:
    incident = Incident.heard(STATEMENT)
    assert not incident.ticket.is_classified
    assert incident.ticket.shown_tier == 0


def test_a_grave_word_asks_the_csm_on_duty_at_once_with_what_was_heard() -> None:
    incident = Incident.heard(TWICE)
    (first,) = incident.events(ClassificationAsked)
    assert (first.signal, first.words) == (Signal.DUPLICATE_PAYMENT, "paid V-201 twice")
    assert asked(incident) == [["csm-one"]]
    assert len(incident.told("classify")) == 1


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("V-201 went out twice", Signal.DUPLICATE_PAYMENT),
        ("We see duplicated payments", Signal.DUPLICATE_PAYMENT),
        ("Wir haben V-201 doppelt bezahlt", Signal.DUPLICATE_PAYMENT),
        ("On a payé deux fois la facture", Signal.DUPLICATE_PAYMENT),
        ("Hemos pagado dos veces", Signal.DUPLICATE_PAYMENT),
        ("Abbiamo pagato due volte", Signal.DUPLICATE_PAYMENT),
        ("Pagamos duas vezes", Signal.DUPLICATE_PAYMENT),
        ("We hebben twee keer betaald", Signal.DUPLICATE_PAYMENT),
        ("Zapłaciliśmy dwa razy", Signal.DUPLICATE_PAYMENT),
        ("Faturayı iki kez ödedik", Signal.DUPLICATE_PAYMENT),
        ("二重払いになっています", Signal.DUPLICATE_PAYMENT),
        ("Our run has not started", Signal.PAYMENT_RUN_MISSED),
        ("All payments failed this morning", Signal.PAYMENT_RUN_MISSED),
        ("Die Löhne sind nicht angekommen", Signal.PAYMENT_RUN_MISSED),
        ("The check bounced", Signal.ACH_RETURN_SPIKE),
        ("We see rejected payments", Signal.ACH_RETURN_SPIKE),
        ("A hacker has our password", Signal.UNUSUAL_LOGIN),
        ("We see you in court", Signal.LEGAL_THREAT),
        ("Notre avocat vous écrira", Signal.LEGAL_THREAT),
    ],
)
def test_grave_words_are_heard_however_they_are_said(text: str, signal: Signal) -> None:
    found = heard_words(text)
    assert found is not None
    assert found.signal is signal


@pytest.mark.parametrize(
    "text",
    [
        STATEMENT, "The portal does not let me log in.", "Unser Kontoauszug fehlt",
        "Je ne trouve pas la facture", "Ho una domanda sul pagamento", "Ik kan niet inloggen",
        "pago recibido", "I tried to log in two times", "請求書はどこですか",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_grave_ones(text: str) -> None:
    assert heard_words(text) is None


def test_a_grave_word_that_an_edit_brings_asks_at_once() -> None:
    incident = Incident.heard(STATEMENT)
    stamp = incident.ticket.of(HeardReport).message_ts
    incident.by(ENGINE, RecordAlteration(REF, customer().who, STATEMENT, TWICE, "C", stamp))
    assert incident.events(ClassificationAsked)[-1].words == "paid V-201 twice"


def test_grave_words_beside_a_routine_ticket_are_another_matter_unless_it_was_grave() -> None:
    routine = Incident.heard(STATEMENT)
    assert not is_another_matter(routine.ticket, TWICE)
    routine.by("csm-one", ROUTINE)
    assert is_another_matter(routine.ticket, TWICE)
    assert not is_another_matter(routine.ticket, STATEMENT)
    assert not is_another_matter(Incident.heard(TWICE).by("csm-one", ROUTINE).ticket, TWICE)
    elevated = Incident.heard(STATEMENT).by("csm-one", ELEVATED)
    assert not is_another_matter(elevated.ticket, TWICE)


def test_a_grave_word_in_an_edit_of_ours_asks_nobody() -> None:
    incident = Incident.heard(STATEMENT)
    incident.by(ENGINE, RecordAlteration(REF, who("csm-one"), "a", TWICE, "C", "9.1"))
    assert len(incident.events(ClassificationAsked)) == 1


def test_after_five_minutes_the_next_is_asked_and_after_ten_the_cs_manager() -> None:
    incident = Incident.heard(TWICE).until("14:07")
    assert asked(incident) == [["csm-one"], ["csm-two"]]
    incident.until("14:12")
    assert asked(incident)[-1] == ["cs-manager-one"]


def test_after_that_it_is_never_silent_and_asks_every_quarter_of_an_hour() -> None:
    incident = Incident.heard(TWICE).until("16:02")
    at = [event.at for event in incident.events(ClassificationAsked)]
    gaps = [b - a for a, b in pairwise(at)]
    assert gaps[:2] == [timedelta(minutes=5)] * 2
    assert set(gaps[2:]) == {timedelta(minutes=15)}
    assert set(asked(incident)[-1]) >= {"cs-manager-one", "csm-one", "csm-two"}


def test_without_such_words_a_person_has_half_an_hour_of_desk_time_then_the_next() -> None:
    incident = Incident.heard(STATEMENT).until("14:31")
    assert asked(incident) == [["csm-one"]]
    assert asked(incident.until("14:32")) == [["csm-one"], ["csm-two"]]


def test_without_such_words_nobody_is_asked_before_the_desk_opens() -> None:
    incident = Incident.heard(STATEMENT, at="03:00", day=WEEKEND)
    assert asked(incident) == []
    incident.until("20:00", day=WEEKEND)
    assert asked(incident) == []
    incident.until("20:00", day=30)
    assert asked(incident)


def test_a_grave_word_is_asked_about_at_night_too() -> None:
    assert asked(Incident.heard(TWICE, at="03:00", day=WEEKEND))


def test_a_grave_word_that_comes_later_is_asked_about_at_once() -> None:
    incident = Incident.heard(STATEMENT).at("14:03")
    incident.by(customer(), RecordReply(REF, "AP", TWICE, "C0ACME0001", "1764000060.000100"))
    assert asked(incident) == [["csm-one"], ["csm-one"]]
    assert incident.ticket.of(Classification).is_urgent
    assert asked(incident.until("14:08"))[-1] == ["csm-two"]


def test_routine_says_it_and_tier_one_counts_from_the_report() -> None:
    incident = Incident.heard(STATEMENT)
    assert facts_of(incident.ticket).tiers == ()
    incident.at("14:10").by("csm-one", ROUTINE)
    assert incident.ticket.shown_tier == 1
    assert facts_of(incident.ticket).tiers == ((Tier.ROUTINE, instant("14:02")),)
    assert not [point for point in incident.dues() if point.kind == "classify_unanswered"]


def test_tier_two_counts_from_the_press_and_was_never_tier_one() -> None:
    incident = Incident.heard(STATEMENT).at("14:10").by("csm-one", ELEVATED)
    assert incident.ticket.tier is Tier.ELEVATED
    assert facts_of(incident.ticket).tiers == ((Tier.ELEVATED, instant("14:10")),)


def test_tier_three_starts_the_protocol_in_that_press() -> None:
    incident = Incident.heard(TWICE).at("14:03").by("csm-one", CRITICAL)
    assert incident.ticket.tier is Tier.CRITICAL
    assert incident.ticket.poc == who("csm-one")
    assert "bridge" in incident.planned()
    assert [text.name for text in incident.ticket.of(FixedTexts).fixed_texts] == ["acknowledgment"]
    assert incident.promised_at() == instant("15:03")
    assert incident.owed()


def test_the_form_of_tier_three_is_kept_as_if_it_had_been_opened_with_it() -> None:
    command = Classify(
        REF, Tier.CRITICAL, frozenset({Impact.RECORDS_WRONG}), None, severity=Severity.CRITICAL
    )
    incident = Incident.heard(TWICE).by("csm-one", command)
    assert incident.ticket.severity is Severity.CRITICAL


def test_a_legal_threat_calls_legal_and_holds_the_cause() -> None:
    command = Classify(REF, Tier.CRITICAL, signal=Signal.LEGAL_THREAT)
    incident = Incident.heard("Our lawyer will write.").by("csm-one", command)
    assert incident.ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)


def test_a_matter_of_security_leaves_the_shared_channel() -> None:
    command = Classify(REF, Tier.CRITICAL, frozenset({Impact.DATA_EXPOSED}))
    incident = Incident.heard("We see a breach.").by("csm-one", command).until("14:10")
    posts = [e for e in incident.effects if e.template and e.template.startswith("ack")]
    assert [effect.method for effect in posts] == ["send"]
    assert not incident.told("heard")


@pytest.mark.parametrize("second", [ROUTINE, ELEVATED, CRITICAL])
def test_a_press_on_what_another_has_said_is_refused_with_who_said_it(second: Classify) -> None:
    incident = Incident.heard(TWICE).by("csm-one", ROUTINE)
    refused = incident.refused("csm-two", second)
    assert isinstance(refused, AlreadyDone)
    assert refused.facts["person"] == who("csm-one").name


def test_who_was_not_asked_and_has_no_duty_of_the_front_line_may_not_say_it() -> None:
    assert isinstance(Incident.heard(TWICE).refused("engineer-one", ROUTINE), NotAllowed)
    assert isinstance(Incident.heard(TWICE).refused(customer(), ROUTINE), Outside)


def test_a_report_that_has_ended_is_not_classified_any_more() -> None:
    incident = Incident.heard(STATEMENT).by(
        "cs-manager-one", Resolve(REF, "The list was sent.", "", "")
    )
    assert isinstance(incident.refused("csm-one", ROUTINE), WrongState)


def test_a_typed_tier_classifies_as_well() -> None:
    incident = Incident.heard(STATEMENT)
    incident.by("cs-manager-one", ChangeTier(REF, Tier.ROUTINE, "a question"))
    assert incident.ticket.is_classified
    assert incident.events(TicketClassified)
    other = Incident.heard(STATEMENT)
    other.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "several users"))
    assert other.ticket.is_classified
    assert other.events(TierChanged)


def owes_a_question(ticket: Ticket, incident: Incident) -> bool:
    return any(point.kind == "classify_unanswered" for point in incident.dues())


@pytest.mark.parametrize("text", [TWICE, STATEMENT])
@pytest.mark.parametrize("at", ["03:00", "14:02", "21:30"])
def test_while_nobody_has_said_it_somebody_is_always_still_to_be_asked(text: str, at: str) -> None:
    incident = Incident.heard(text, at=at)
    for _ in range(40):
        assert owes_a_question(incident.ticket, incident)
        incident.fall(next(p for p in incident.dues() if p.kind == "classify_unanswered"))
    assert not incident.ticket.is_classified
    assert actor("csm-one") is not None


def test_another_category_said_with_the_tier_routes_it_anew() -> None:
    incident = Incident.heard("Something is missing.")
    wanted = replace(CRITICAL, tier=Tier.ELEVATED, category=Category.COMMISSION_PAYMENT)
    incident.by("csm-one", wanted)
    assert incident.ticket.of(Routing).team == "Channel Finance"
