"""Words of an account propose a complaint or a dispute; only a person says so. D15, D44; M19."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.flags.events import (
    AnswerFlag,
    Flag,
    FlagAgain,
    FlagDenied,
    FlagProposed,
    FlagSet,
    SetFlag,
)
from protocols.flags.heard import heard_flags
from protocols.flags.refusals import FlagStays
from protocols.flags.state import Flags
from protocols.kernel.effects import Dm, OutsideAddress
from protocols.kernel.endings import ending_of
from protocols.kernel.refusals import AlreadyDone
from protocols.relations.events import MergeTickets
from protocols.replies.events import RecordReply
from protocols.rights.refusals import Outside
from tests.kit.rules_incident import REF, Incident, customer, who
from tests.unit.protocols.test_escalation import to
from tests.unit.protocols.test_flags import taken

BIRCH = customer("birch")
WORDS = "We have written three times. This is a formal complaint."


def wrote(words: str = WORDS) -> Incident:
    incident = taken()
    return incident.by(BIRCH, RecordReply(REF, "Birch One", words, "C1", "9.1"))


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (WORDS, Flag.COMPLAINT),
        ("Wir reichen hiermit eine Beschwerde ein.", Flag.COMPLAINT),
        ("Nous déposons plainte auprès de vous.", Flag.COMPLAINT),
        ("Presentamos una queja.", Flag.COMPLAINT),
        ("Sporgiamo formale reclamo.", Flag.COMPLAINT),
        ("Apresentamos uma reclamação.", Flag.COMPLAINT),
        ("Wij dienen een klacht in.", Flag.COMPLAINT),
        ("Składamy skargę.", Flag.COMPLAINT),
        ("Şikayetimiz var.", Flag.COMPLAINT),
        ("これは苦情です。", Flag.COMPLAINT),
        ("You are in breach of contract.", Flag.CONTRACT_DISPUTE),
        ("Das ist ein Vertragsbruch.", Flag.CONTRACT_DISPUTE),
        ("C'est une rupture de contrat.", Flag.CONTRACT_DISPUTE),
        ("Es un incumplimiento de contrato.", Flag.CONTRACT_DISPUTE),
    ],
)
def test_words_of_ten_languages_propose(words: str, flag: Flag) -> None:
    assert [each.flag for each in heard_flags(words)] == [flag]


@pytest.mark.parametrize(
    "words", ["It works, no complaints.", "This is not a complaint.", "Our contract is signed."]
)
def test_other_words_propose_nothing(words: str) -> None:
    assert heard_flags(words) == ()


def test_who_has_the_ticket_is_asked_and_nothing_begins_by_the_words_alone() -> None:
    before = {point.kind for point in wrote("We have written three times.").dues()}
    incident = wrote()
    assert to(incident, "flag_proposed") == [Dm(who("csm-two"))]
    assert not incident.ticket.of(Flags).flagged
    assert incident.events(FlagSet) == []
    assert {point.kind for point in incident.dues()} - before == {"flag_unanswered"}
    assert not any(isinstance(effect.to, OutsideAddress) for effect in incident.last_effects)


def test_yes_puts_it_on_record_in_the_name_of_who_pressed() -> None:
    incident = wrote().by("csm-two", AnswerFlag(REF, 1, is_one=True))
    (said,) = incident.events(FlagSet)
    assert (said.by.key, said.flag) == ("csm-two", Flag.COMPLAINT)
    assert "formal complaint" in said.reason
    assert to(incident, "flag_ask") == [Dm(who("legal-one"))]
    assert isinstance(incident.refused("csm-two", AnswerFlag(REF, 1, is_one=False)), AlreadyDone)


def test_no_is_on_record_and_later_words_ask_anew() -> None:
    incident = wrote().by("csm-two", AnswerFlag(REF, 1, is_one=False))
    assert incident.events(FlagDenied)
    assert not incident.ticket.of(Flags).flagged
    incident.by(BIRCH, RecordReply(REF, "Birch One", WORDS, "C1", "9.2"))
    assert [event.number for event in incident.events(FlagProposed)] == [1, 2]


def test_it_is_asked_once_at_a_time_and_not_when_somebody_has_said_so() -> None:
    incident = wrote().by(BIRCH, RecordReply(REF, "Birch One", WORDS, "C1", "9.2"))
    assert len(incident.events(FlagProposed)) == 1
    incident.by("csm-one", SetFlag(REF, Flag.COMPLAINT, "They complain."))
    assert not incident.ticket.of(Flags).proposed
    incident.by(BIRCH, RecordReply(REF, "Birch One", WORDS, "C1", "9.3"))
    assert len(incident.events(FlagProposed)) == 1


def test_the_question_says_who_answered_it() -> None:
    incident = wrote()
    key = next(key for key in incident.planned() if key.startswith("flag-proposed/"))
    incident.by("csm-two", AnswerFlag(REF, 1, is_one=False))
    became = ending_of(incident.ticket, key.removeprefix(f"{REF}/"), incident.last, incident.ctx)
    assert became is not None
    assert became.by is not None
    assert (became.word, became.by.key) == ("said", "csm-two")


def test_unanswered_it_is_asked_again_with_the_manager_beside_each_business_day() -> None:
    incident = wrote()
    incident.until(incident.now + timedelta(days=3))
    turns = [event.turn for event in incident.events(FlagAgain)]
    assert turns[:2] == [2, 3]
    assert {who.key for who in incident.events(FlagAgain)[0].to} == {"csm-two", "cs-manager-one"}


def test_nobody_outside_answers_it() -> None:
    assert isinstance(wrote().refused(BIRCH, AnswerFlag(REF, 1, is_one=False)), Outside)


def test_what_is_or_may_be_a_complaint_is_not_merged_away() -> None:
    refused = wrote().refused("csm-two", MergeTickets(REF, "BW-1002"))
    assert isinstance(refused, FlagStays)
