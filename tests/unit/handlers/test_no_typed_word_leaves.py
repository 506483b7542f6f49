"""No word that one of us types leaves the house without a release, whichever form it stood in.

A word of its own is typed into every field of every form, and after every verb; then everything
is sent that leaves without a second person, and days pass. Source: D15, D22.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from handlers.slack.subjects import DOORS
from protocols.bridge.events import NoteJoined
from protocols.closure.events import RecordAnswer, Resolve
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.executives.events import AskQuestion
from protocols.fixed_texts.events import SendFixed
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.refusals import Refusal
from protocols.people.people import Who
from protocols.scales import Tier
from protocols.second_reviews.events import AskSecondReview, ReviewTeam
from protocols.status import Status
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import hash_of
from protocols.updates.events import ReleaseText
from protocols.updates.state import Updates
from templates.analysis.words import VIEW_ANALYSIS
from templates.answers.words import VIEW_WRITE_ANSWER
from templates.bridge.words import VIEW_BRING_IN, VIEW_KEEP_PERSON
from templates.checklist.words import VIEW_CHECKLIST
from templates.closure.words import (
    VIEW_NAME_CAUSE,
    VIEW_OPENED_BY_MISTAKE,
    VIEW_RESOLVE,
    VIEW_STILL_WRONG,
)
from templates.contact.words import VIEW_HAND_OVER, VIEW_SHIFT
from templates.decisions.words import VIEW_DECISION_REQUEST
from templates.details.words import VIEW_ASK_DETAILS, VIEW_GO_ON
from templates.directory.words import VIEW_EDIT_ACCOUNT
from templates.escalation.words import VIEW_END_ESCALATION, VIEW_ESCALATE
from templates.executives.words import VIEW_ANSWER_QUESTION, VIEW_ASK_QUESTION
from templates.fixed_texts.words import VIEW_SAY_LATE
from templates.holds.words import VIEW_CLEAR_HOLD, VIEW_HOLD_STOPPED, VIEW_PLACE_HOLD
from templates.investigation.words import (
    VIEW_EXPOSURE,
    VIEW_FINDING,
    VIEW_ISOLATED,
    VIEW_NOT_POSSIBLE,
    VIEW_SCOPE,
)
from templates.naming.words import VIEW_SET_ACCOUNT
from templates.opening.words import VIEW_OPEN_TICKET
from templates.outreach.words import VIEW_DRAFT_OUTREACH, VIEW_IMPACTED
from templates.program_records.words import VIEW_LINK_RECORD
from templates.queue.words import VIEW_ASK_MANY, VIEW_CLOSE_MANY
from templates.relations.words import VIEW_LINK
from templates.replies.words import VIEW_CALLED, VIEW_THEIR_WORDS
from templates.routing.words import VIEW_CHANGE_TICKET
from templates.second_reviews.words import (
    VIEW_ANSWER_REVIEW,
    VIEW_ASK_REVIEW,
    VIEW_DROP_REVIEW,
)
from templates.status_page.words import VIEW_DRAFT_STATUS_PAGE
from templates.tiers.words import VIEW_CHANGE_TIER
from templates.timeline.words import VIEW_NOTE
from templates.updates.words import (
    VIEW_DRAFT_CORRECTION,
    VIEW_DRAFT_UPDATE,
    VIEW_SEND_BACK,
    VIEW_SUGGEST_WORDS,
)
from templates.verification.words import VIEW_RECORD_VERIFIED
from tests.kit.tickets import with_fields
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Answer, Modal
from tests.unit.handlers.telling_desk import TellingDesk

WORD = "quillfeather"
State = Callable[[Incident], None]


def telling(incident: Incident) -> TellingDesk:
    assert isinstance(incident.desk, TellingDesk)
    return incident.desk


def opened() -> Incident:
    """Return a staffed Tier 3 with an update that was released and taken."""
    incident = Incident(TellingDesk())
    incident.staff()
    incident.draft()
    release(incident)
    incident.later(1)
    return incident


def release(incident: Incident) -> None:
    draft = incident.ticket.of(Updates).drafts[-1]
    incident.ask("cs-manager-one", ReleaseText(REF, draft.number, hash_of(draft)))
    telling(incident).taken()


def as_it_is(_incident: Incident) -> None:
    """Leave it open."""


def questioned(incident: Incident) -> None:
    """Have the sponsor ask a question."""
    incident.ask("sponsor-one", AskQuestion(REF, "How many accounts?"))


def resolved(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "The copies were returned.", "See your statement."))
    release(incident)


def reviewed(incident: Incident) -> None:
    incident.ask("csm-one", AskSecondReview(REF, ReviewTeam.LEGAL, "May we say so?"))


def held(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies settle"))


def crowded(incident: Incident) -> None:
    incident.ask("csm-one", NoteJoined(REF, incident.who("finance-one")))


def in_review(incident: Incident) -> None:
    incident.draft(known="37 copies have settled.")


def systemic(incident: Incident) -> None:
    incident.ask("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "in nine accounts"))


@dataclass(frozen=True)
class Form:
    """How a form is opened and what stands in its fields that take no words."""

    opens: Callable[[Incident], Modal]
    by: str = "csm-one"
    state: State = as_it_is
    given: Mapping[str, object] = field(default_factory=dict)
    team: str = ""


def pressed(by: str, action: str, *more: str) -> Callable[[Incident], Modal]:
    return lambda incident: incident.form(by, action, *more)


def typed(text: str) -> Callable[[Incident], Modal]:
    def open_form(incident: Incident) -> Modal:
        incident.slack.slash("csm-one", "/ticket", text, channel="C0OTHER")
        return incident.own(incident.slack.shown())

    return open_form


def not_possible(incident: Incident) -> Modal:
    below = incident.form("engineer-one", "isolated.open")
    incident.slack.press_in("engineer-one", below, "isolated.not_possible", REF)
    return incident.own(incident.slack.shown())


def theirs(incident: Incident) -> Modal:
    incident.slack.press("U0THEIRS", "solved.no", REF, channel=ACME_CHANNEL, team=ACMES_TEAM)
    return incident.own(incident.slack.shown())


DUE = 1795449600
PERSON = {"person": slack_id("security-one")}
PHONE = {"contact": "other"}
FORMS: dict[str, list[Form]] = {
    VIEW_OPEN_TICKET: [
        Form(
            typed("Payments sent twice"),
            given={
                "account": "birch",
                "impact_money": ["funds_moved_wrongly"],
                "noticed": "account",
            },
        ),
        Form(typed("Payments sent twice"), given={"account": "birch"}),
    ],
    VIEW_OPENED_BY_MISTAKE: [
        Form(pressed("cs-manager-one", "ticket.mistake"), "cs-manager-one", given={"kind": kind})
        for kind in ("wrong_account", "not_a_problem")
    ],
    VIEW_SCOPE: [Form(pressed("csm-one", "scope.open"))],
    VIEW_FINDING: [
        Form(
            pressed("engineer-one", "finding.open"),
            "engineer-one",
            given={"accounts_count": "1", "records_count": "412"},
        )
    ],
    VIEW_ISOLATED: [Form(pressed("engineer-one", "isolated.open"), "engineer-one")],
    VIEW_NOT_POSSIBLE: [Form(not_possible, "engineer-one")],
    VIEW_EXPOSURE: [Form(pressed("csm-one", "exposure.open"))],
    VIEW_PLACE_HOLD: [
        Form(pressed("csm-one", "hold.place"), given={"kind": kind})
        for kind in ("transaction", "disclosure", "retention")
    ],
    VIEW_HOLD_STOPPED: [Form(pressed("csm-one", "hold.stopped", "1"), state=held)],
    VIEW_CLEAR_HOLD: [Form(pressed("finance-one", "hold.clear", "1"), "finance-one", state=held)],
    VIEW_CHANGE_TIER: [
        Form(
            pressed("csm-one", "tier.open"),
            given={"tier": "4", "impacts": ["platform_failing"]},
        )
    ],
    VIEW_CHANGE_TICKET: [Form(pressed("csm-one", "ticket.change"), given={"severity": "low"})],
    VIEW_HAND_OVER: [
        Form(
            pressed("csm-two", "hand_over.open", "communicator"),
            "csm-two",
            given={"person": slack_id("csm-one")},
        ),
        Form(
            pressed("csm-one", "hand_over.open"),
            given={"role": "contact", "person": slack_id("csm-two")},
        ),
    ],
    VIEW_BRING_IN: [Form(pressed("csm-one", "bridge.invite"), given=PERSON)],
    VIEW_KEEP_PERSON: [
        Form(pressed("cs-manager-one", "bridge.keep", "finance-one"), "cs-manager-one", crowded)
    ],
    VIEW_RESOLVE: [Form(pressed("csm-one", "ticket.resolve"))],
    VIEW_THEIR_WORDS: [
        Form(pressed("csm-one", "words.open"), given=PHONE),
        *(
            Form(pressed("csm-one", "words.open"), state=resolved, given={**PHONE, "solved": said})
            for said in ("yes", "no", "not_asked")
        ),
    ],
    VIEW_NOTE: [Form(pressed("csm-one", "note.open"))],
    VIEW_CALLED: [Form(pressed("csm-one", "called.open"))],
    VIEW_ANALYSIS: [Form(pressed("csm-one", "analysis.open"), state=resolved)],
    VIEW_NAME_CAUSE: [Form(pressed("csm-one", "cause.open"), state=resolved)],
    VIEW_DRAFT_UPDATE: [Form(pressed("csm-two", "update.draft"), "csm-two")],
    VIEW_DRAFT_OUTREACH: [
        Form(pressed("csm-one", "outreach.draft"), state=systemic, given={"since_at": DUE - 9999})
    ],
    VIEW_DRAFT_STATUS_PAGE: [
        Form(pressed("csm-one", "status_page.open"), state=systemic),
    ],
    VIEW_DRAFT_CORRECTION: [Form(pressed("csm-two", "update.correct"), "csm-two")],
    VIEW_SUGGEST_WORDS: [
        Form(pressed("csm-one", "update.suggest", "2"), state=in_review),
    ],
    VIEW_SEND_BACK: [
        Form(pressed("csm-one", "update.send_back", "2"), state=in_review),
    ],
    VIEW_SAY_LATE: [
        Form(pressed("csm-one", "fixed.late"), state=lambda incident: incident.later(46))
    ],
    VIEW_STILL_WRONG: [Form(theirs, "U0THEIRS", state=resolved, team=ACMES_TEAM)],
    VIEW_ASK_QUESTION: [Form(pressed("sponsor-one", "exec.ask"), "sponsor-one")],
    VIEW_ANSWER_QUESTION: [Form(pressed("csm-one", "question.answer", "1"), state=questioned)],
    VIEW_SET_ACCOUNT: [Form(pressed("csm-one", "account.set"), given={"account": "acme"})],
    VIEW_IMPACTED: [Form(pressed("csm-one", "outreach.accounts"), given={"accounts": "birch"})],
    VIEW_ASK_REVIEW: [Form(pressed("csm-one", "second_review.open"), given={"team": "legal"})],
    VIEW_ANSWER_REVIEW: [
        Form(pressed("legal-one", "second_review.answer", "1"), "legal-one", state=reviewed)
    ],
    VIEW_DROP_REVIEW: [Form(pressed("csm-one", "second_review.drop", "1"), state=reviewed)],
    VIEW_RECORD_VERIFIED: [Form(typed(f"verified {REF}"))],
    VIEW_CHECKLIST: [Form(pressed("csm-one", "checklist.open"), given={"do_document": "waived"})],
    VIEW_DECISION_REQUEST: [
        Form(pressed("cs-manager-one", "decision.open"), "cs-manager-one", given={"due_at": DUE})
    ],
}
WORDLESS = {VIEW_NAME_CAUSE, VIEW_SAY_LATE, VIEW_IMPACTED, VIEW_SET_ACCOUNT}
"""Forms in which no words are typed: one asks, the other takes keys of accounts."""
BELOW = {
    *(VIEW_ASK_DETAILS, VIEW_WRITE_ANSWER, VIEW_GO_ON),
    *(VIEW_ESCALATE, VIEW_END_ESCALATION),
}
"""Forms of Tier 1 and 2, whose words may leave: tests/unit/protocols/test_second_person.py."""
NAMING = {VIEW_LINK, VIEW_LINK_RECORD}
"""Forms that take the reference of another ticket or a record, and no words at all."""
OF_NO_TICKET = {VIEW_EDIT_ACCOUNT, VIEW_SHIFT, VIEW_ASK_MANY, VIEW_CLOSE_MANY}
"""Forms of the directory, of which names are said alone, and of lists of tickets."""
LINES = {"answers": f"{WORD}one\n{WORD}two"}
"""Fields that are read line by line."""


def fill(modal: Modal, given: Mapping[str, object]) -> int:
    """Type a word of its own into every field, and choose where there is a choice."""
    count = 0
    for block in modal.view["blocks"]:
        if block["type"] != "input":
            continue
        name, element = block["block_id"].partition(":")[0], block["element"]
        if name in given:
            modal.fill(name, given[name])
        elif element["type"] == "plain_text_input":
            count += 1
            modal.fill(name, LINES.get(name, f"{WORD}{count}"))
        elif element["type"] in ("radio_buttons", "static_select") and not modal.stands(name):
            modal.fill(name, element["options"][0]["value"])
    return count


def everything_leaves(incident: Incident, reference: str = REF) -> None:
    """Send all that leaves without a second person, and let days pass."""
    desk = telling(incident)
    desk.taken()
    for name in ("acknowledgment", "holding", "no_change"):
        with suppress(Refusal):
            incident.ask("csm-one", SendFixed(reference, name))
    desk.pass_time(reference, timedelta(hours=3))
    ticket = desk.tickets[reference]
    if ticket.status is Status.OPEN and not ticket.of(Updates).waiting_drafts():
        with suppress(Refusal):
            incident.ask("csm-one", Resolve(reference, "It was returned.", "Look at your list."))
            release(incident)
    desk.pass_time(reference, timedelta(days=8))
    for solved in (False, True):
        with suppress(Refusal):
            words = RecordAnswer(reference, f"{WORD}who", f"{WORD}when", f"{WORD}said", solved)
            incident.ask("csm-one", words)
    desk.pass_time(reference, timedelta(days=8))


def stay_inside(incident: Incident) -> None:
    heard = telling(incident).outward()
    assert heard
    assert not [words for words in heard if WORD in words]


def test_every_form_is_filled_here() -> None:
    known = set(FORMS) | BELOW | NAMING | OF_NO_TICKET
    assert set(DOORS.submissions) == known, "how is the new form opened and filled?"


PICKED = {VIEW_SET_ACCOUNT}
"""Forms without a field for words, for tickets that have no account yet."""
CASES = [
    (view, at) for view, forms in FORMS.items() if view not in PICKED for at in range(len(forms))
]


@pytest.mark.parametrize(("view", "at"), CASES)
def test_no_word_typed_into_a_form_leaves_unreleased(view: str, at: int) -> None:
    form, incident = FORMS[view][at], opened()
    form.state(incident)
    modal = form.opens(incident)
    assert modal.view["callback_id"] == view
    takes_words = fill(modal, form.given)
    assert takes_words or view in WORDLESS
    before = len(incident.desk.commands)
    answer = submitted(incident, form, modal)
    assert len(incident.desk.commands) > before or "asked_reason" in answer.raw, answer.raw
    everything_leaves(incident, max(incident.desk.tickets))
    stay_inside(incident)


def submitted(incident: Incident, form: Form, modal: Modal) -> Answer:
    """Submit a form, twice where it says first what has changed meanwhile."""
    team = {"team": form.team} if form.team else {}
    answer = incident.slack.submit(form.by, modal, **team)
    if "Something changed while you wrote" in answer.raw:
        fill(modal, form.given)
        answer = incident.slack.submit(form.by, modal, **team)
    return answer


def test_the_same_words_arrive_once_they_are_released() -> None:
    incident = opened()
    modal = incident.form("csm-two", "update.draft")
    fill(modal, {})
    incident.send("csm-two", modal)
    release(incident)
    assert [words for words in telling(incident).outward() if WORD in words]


VERBS = [("/ticket", verb) for verb in DOORS.ticket_verbs] + [
    ("/bridge", verb) for verb in DOORS.bridge_verbs
]
RESTS = (f"{WORD} words", f"4 {WORD}", f"2 {WORD}", f"scribe <@{slack_id('support-one')}> {WORD}")


@pytest.mark.parametrize(("command", "verb"), VERBS)
@pytest.mark.parametrize("state", [as_it_is, held, resolved], ids=lambda state: state.__name__)
def test_no_word_typed_after_a_verb_leaves(command: str, verb: str, state: State) -> None:
    incident = opened()
    state(incident)
    done = len(incident.desk.commands)
    for person in ("csm-one", "cs-manager-one"):
        for rest in RESTS:
            for text in (f"{verb} {REF} {rest}", f"{verb} {rest}"):
                incident.slack.slash(person, command, text, channel="C0BRIDGE01")
    if len(incident.desk.commands) > done:  # of what changed nothing, nothing is left to leave
        everything_leaves(incident)
    stay_inside(incident)


@pytest.mark.parametrize("shortcut", DOORS.message_shortcuts)
def test_no_word_of_a_message_leaves(shortcut: str) -> None:
    incident = opened()
    for author in ("csm-one", "csm-two"):
        incident.slack.message_shortcut(
            "csm-one", shortcut, channel="C0BRIDGE01", text=f"{WORD} seen", author=author
        )
    everything_leaves(incident)
    stay_inside(incident)


def test_no_name_that_people_gave_themselves_leaves() -> None:
    incident = opened()
    stranger = Who("U0MEMBER1", f"{WORD} Support")
    incident.ask("csm-one", OfferPoc(REF, Who("csm-two", f"{WORD} CSM")))
    incident.ask("csm-two", AnswerPoc(REF, True))
    incident.desk.tickets[REF] = with_fields(incident.ticket, poc=stranger)
    everything_leaves(incident)
    stay_inside(incident)
    assert "Bridgewatch Payments support" in "".join(telling(incident).outward())
